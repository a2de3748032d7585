"""Posts of Facebook and Instagram, as researchers collect them -> Activity rows, with the accounts that wrote them.

Tables of the Meta Content Library (`content_library`) and of CrowdTangle (`crowdtangle`), told apart by their columns.

The author of a post is its owner (the page or profile that wrote it), and a group is where it was written
(`context_id`): influence runs between those who write. Where a file hides the author and names the group alone, the
group stands for its members, and the coverage says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ascendant.activity import Coverage, Reject
from ascendant.errors import mark
from ascendant.read.export import Export
from ascendant.read.facebook_posts import content_library, crowdtangle
from ascendant.read.known_tables import Columns, Item, RowReader, known_table, table_items
from ascendant.read.options import ReadOptions

UNKNOWN_FILE: Final = mark("not a table of the Content Library or of CrowdTangle")

FILES: Final = {
    "content_library": "CSV of the Meta Content Library; without `shared_post_id` shares cannot be told",
    "pages": "CSV of CrowdTangle, posts of pages (the tool closed in August 2024)",
    "groups": "CSV of CrowdTangle, posts in groups",
    "instagram": "CSV of CrowdTangle, posts of Instagram",
}
_KINDS: Final = {
    "content_library": content_library.NEEDED,
    "pages": crowdtangle.NEEDED_PAGES,
    "groups": crowdtangle.NEEDED_GROUPS,
    "instagram": crowdtangle.NEEDED_INSTAGRAM,
}
_OPENED: Final[dict[str, Callable[[Columns], RowReader]]] = {
    "content_library": content_library.ContentLibrary,
    "pages": crowdtangle.CrowdTangle,
    "groups": crowdtangle.CrowdTangle,
    "instagram": crowdtangle.CrowdTangle,
}


class FacebookPostsReader:
    """The reader of collected posts of Facebook and Instagram."""

    name = "facebook_posts"
    version = 1

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """One table whose columns are those of a known kind."""
        return len(export.members) == 1 and known_table(export.members[0].head(), _KINDS) is not None

    def read(self, export: Export, options: ReadOptions) -> Iterator[Item]:
        """Raises `BrokenFile` after what could be read."""
        for member in export.members:
            found = known_table(member.head(), _KINDS)
            if found is None:
                yield Reject("file", UNKNOWN_FILE)
                yield Coverage(member=member.name, status="unknown", rows_in=1)
                continue
            kind, layout = found
            yield from table_items(member, layout, _OPENED[kind])


READER = FacebookPostsReader()
