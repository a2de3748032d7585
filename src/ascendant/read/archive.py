"""An export seen as somebody's personal archive: its members by the paths that the platform gives them.

Archives come wrapped: in a folder named after their owner, in a zip, in several zips that each hold a part, in a zip of
zips. Names drift too: `who_you've_followed` and `who_you_ve_followed` are one file, `tweets-part1.js` goes on with
`tweets.js`. A file that is absent is told as absent: it never means that nothing was done.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from ascendant.activity import Coverage
from ascendant.errors import AmbiguousMember, mark
from ascendant.read.export import MEDIA, Export, Member

NOT_ASKED: Final = mark("known, and left unread on purpose")
PICTURES: Final = mark("pictures and films are not read")

_NUMBER: Final = re.compile(r"(?:[-_ ]part[-_ ]?(\d+)|_(\d+)|[ _]?\((\d+)\))$")
_PART_OF_ZIP: Final = re.compile(r"(?:[-_ ]part[-_ ]?\d+|-\d{3}| ?\(\d+\))(?=\.zip$)")
_DATE: Final = re.compile(r"(?<!\d)(?:(20\d\d)-?([01]\d)-?([0-3]\d)|([01]\d)-([0-3]\d)-(20\d\d))(?!\d)")


def plain(path: str) -> str:
    """A path as it is compared: case, the kind of apostrophe and the way letters are composed do not count.

    >>> plain("Connections/Who_You’ve_Followed.json") == plain("connections/who_you_ve_followed.json")
    True
    """
    folded = unicodedata.normalize("NFC", path).casefold()
    return folded.replace("'", "_").replace("\u2019", "_")


def stem_and_number(path: str) -> tuple[str, int]:
    """A path without its number, and the number; -1 where it has none.

    >>> stem_and_number("data/tweets-part2.js"), stem_and_number("posts/your_posts_1.json")
    (('data/tweets.js', 2), ('posts/your_posts.json', 1))
    >>> stem_and_number("data/like (1).js"), stem_and_number("data/like.js")
    (('data/like.js', 1), ('data/like.js', -1))
    """
    start, dot, suffix = path.rpartition(".")
    if not dot or "/" in suffix:
        start, suffix = path, ""
    found = _NUMBER.search(start)
    if found is None or not found.start() or start[found.start() - 1] == "/":
        return path, -1
    return start[: found.start()] + dot + suffix, int(found[1] or found[2] or found[3])


def stem_of_parts(name: str) -> str:
    """The name of a zip without the number of its part.

    >>> stem_of_parts("facebook-jo-part2.zip"), stem_of_parts("drive-001.zip"), stem_of_parts("jo (1).zip")
    ('facebook-jo.zip', 'drive.zip', 'jo.zip')
    """
    return _PART_OF_ZIP.sub("", name)


@dataclass(frozen=True)
class Archive:
    """Somebody's archive. `root` is what it is wrapped in, `places` its members by `plain` paths below that.

    Where parts of one archive hold the same path, all of them stand there, in the order of their names. Pictures and
    films, which no reader opens, are only counted: `n_media` by folder (`a/b/`).
    """

    export: Export
    root: str
    places: Mapping[str, tuple[Member, ...]]
    n_media: Mapping[str, int] = field(default_factory=dict)
    _families: dict[str, list[tuple[int, str]]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_name: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for path in self.places:
            stem, number = stem_and_number(path)
            family = self._families.setdefault(stem, [])
            if not family:
                self._by_name.setdefault(stem.rpartition("/")[2], []).append(stem)
            family.append((number, path))
            family.sort()

    def find(self, path: str) -> Member | None:
        """The member at a path: there exactly, else the one whose path ends in it. None when there is none.

        Raises `AmbiguousMember` when several paths end in it.
        """
        wanted = plain(path)
        if wanted not in self.places:
            stem = self._stem(stem_and_number(wanted)[0])
            ends = [place for _, place in self._families.get(stem or "", []) if f"/{place}".endswith(f"/{wanted}")]
            if not ends:
                return None
            wanted = ends[0]
        return self.places[wanted][0]

    def family(self, path: str) -> list[Member]:
        """All members that continue a path, in the order of their numbers: `tweets.js`, `tweets-part1.js`, ...

        Raises `AmbiguousMember` when families in several folders would fit.
        """
        stem = self._stem(plain(path))
        return [member for _, place in self._families.get(stem or "", []) for member in self.places[place]]

    def below(self, folder: str) -> list[Member]:
        """All members in a folder of the archive and in those inside it, in the order of their paths."""
        start = plain(folder).rstrip("/") + "/"
        return [member for place in sorted(self.places) if place.startswith(start) for member in self.places[place]]

    @property
    def members(self) -> list[Member]:
        """All members, in the order of their paths."""
        return [member for place in sorted(self.places) for member in self.places[place]]

    def named_date(self) -> int | None:
        """The day that the names of its folder or zip give, in microseconds; null when they give none.

        >>> from pathlib import Path
        >>> Archive(Export(Path("facebook-jo-2025-06-04-Ab1.zip"), ()), "", {}).named_date()
        1748995200000000
        """
        for name in (self.root, self.export.path.name):
            for y, m, d, month, day, year in _DATE.findall(name):
                try:
                    found = datetime(int(y or year), int(m or month), int(d or day), tzinfo=UTC)
                except ValueError:
                    continue
                return int(found.timestamp()) * 1_000_000
        return None

    def _stem(self, wanted: str) -> str | None:
        if wanted in self._families:
            return wanted
        ends = [s for s in self._by_name.get(wanted.rpartition("/")[2], []) if s.endswith(f"/{wanted}")]
        if len(ends) > 1:
            raise AmbiguousMember(file=self.export.label, wanted=wanted, n=len(ends), found=", ".join(sorted(ends)))
        return ends[0] if ends else None


def archives_in(export: Export, is_known: Callable[[str], bool], identity: Collection[str]) -> list[Archive]:
    """The archives of one platform in an export; none when no path in it is known.

    `is_known` is asked of `plain` paths without numbers, `identity` are those of the files that name the owner. What
    names no owner belongs to the one archive that does: parts are often packed apart. Where several do, each is an
    archive, and what lies in none of them is one that names nobody.
    """
    roots: dict[str, bool] = {}  # and whether it names an owner
    below: list[tuple[Member, str | None, str]] = []
    media: Counter[str] = Counter()
    for member in export.members:
        if member.suffix in MEDIA:
            start, slash, _ = member.name.rpartition("/")
            media[start + slash or member.name] += 1
            continue
        root, path = _rooted(member.name, is_known)
        below.append((member, root, path))
        if root is not None:
            roots[root] = roots.get(root, False) or stem_and_number(path)[0] in identity
    if not roots:
        return []
    owners = [root for root in roots if roots[root]] or [min(roots)]
    places: dict[str, dict[str, list[Member]]] = {owner: {} for owner in owners}
    n_media: dict[str, dict[str, int]] = {}
    for member, root, path in below:
        owner = owners[0] if len(owners) == 1 else _owner_of(member.name, root, owners)
        place = path if root is not None else plain(member.name.removeprefix(f"{owner}/"))
        same = places.setdefault(owner, {}).setdefault(place, [])
        if not any(_is_copy(member, other) for other in same):
            same.append(member)
    for folder, n in media.items():
        owner = owners[0] if len(owners) == 1 else _owner_of(folder, None, owners)
        n_media.setdefault(owner if owner in places else owners[0], {})[folder] = n
    return [
        Archive(export, root, {path: tuple(found) for path, found in below_it.items()}, n_media.get(root, {}))
        for root, below_it in places.items()
    ]


def covered(
    archive: Archive,
    told: Mapping[str, Coverage],
    known: Iterable[str],
    left: Callable[[str], bool],
    folders: tuple[str, ...] = (),
) -> Iterator[Coverage]:
    """One row for each member and each known file of an archive, in the order of their names.

    `told` are the rows of members that were read, by member name. Of the others, those whose path (`plain`, without
    number) is `left` were left unread on purpose; pictures and films are told by folder, and so is all that lies in
    one of the `folders`; the rest is unknown. A path of `known` that has no member is absent.
    """
    rows = dict(told)
    whole = tuple(f"{plain(folder)}/" for folder in folders)
    n_files = Counter({(folder, PICTURES): n for folder, n in archive.n_media.items()})
    for path, members in archive.places.items():
        for member in members:
            if member.name in rows:
                continue
            if path.startswith(whole):
                start = member.name[: len(member.name) - len(path)]
                n_files[f"{start}{path.partition('/')[0]}/", NOT_ASKED] += 1
            elif left(stem_and_number(path)[0]):
                rows[member.name] = Coverage(member=member.name, status="unread", note=NOT_ASKED)
            else:
                rows[member.name] = Coverage(member=member.name, status="unknown")
    for (folder, note), n in n_files.items():
        rows[folder] = Coverage(member=folder, status="unread", rows_in=n, note=note)
    for path in known:
        name = f"{archive.root}/{path}" if archive.root else path
        if name not in rows and not archive.family(path):
            rows[name] = Coverage(member=name, status="absent")
    yield from (rows[name] for name in sorted(rows))


def _rooted(name: str, is_known: Callable[[str], bool]) -> tuple[str | None, str]:
    """What a member is wrapped in and its path below that, the longest that is known; or None and its whole path."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    paths = [plain("/".join(parts[start:])) for start in range(len(parts))]
    for start, path in enumerate(paths):
        if is_known(stem_and_number(path)[0]) or is_known(path):
            return "/".join(stem_of_parts(part) for part in parts[:start]), path
    return None, paths[0] if paths else plain(name)


def _owner_of(name: str, root: str | None, owners: list[str]) -> str:
    place = root if root is not None else "/".join(stem_of_parts(part) for part in name.split("/")[:-1])
    around = [owner for owner in owners if not owner or f"{place}/".startswith(f"{owner}/")]
    return max(around, key=len) if around else ""


def _is_copy(one: Member, other: Member) -> bool:
    """The same file, unpacked or packed twice: a download that was made again."""
    if one.packed is None or other.packed is None or one.size != other.size:
        return False
    return one.packed.checksum == other.packed.checksum
