"""What the owner searched, watched, and when the owner came -> acts without another account in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ascendant.activity import Activity
from ascendant.errors import mark
from ascendant.read.linkedin_archive.story import NOTHING, Tell, Telling
from ascendant.read.linkedin_archive.table import Row
from ascendant.read.tabular.cells import Unreadable

UNTOUCHED: Final = mark("courses that were neither watched nor saved are counted, and are no act")

_WATCHED: Final = "contentlastwatcheddate(ifviewed)"
_COMPLETED: Final = "contentcompletedat(ifcompleted)"


def searches(telling: Telling) -> Tell:
    """What the owner searched for."""

    def tell(row: Row) -> Iterator[Activity]:
        query, written = row.words("searchquery"), row.words("time")
        if query is None:
            raise Unreadable(NOTHING)
        moment = row.moment("time")
        yield telling.act(
            row, "search", query, moment=moment, written=written, object_kind="query", text=query, audience="private"
        )

    return tell


def logins(telling: Telling) -> Tell:
    """When the owner came. From where and with what is left out."""

    def tell(row: Row) -> Iterator[Activity]:
        written = row.words("logindate")
        if written is None:
            raise Unreadable(NOTHING)
        yield telling.act(row, "session", moment=row.moment("logindate"), written=written)

    return tell


def courses(telling: Telling) -> Tell:
    """Courses that the owner watched, or kept for later."""

    def tell(row: Row) -> Iterator[Activity]:
        title = row.words("contenttitle")
        if title is None:
            raise Unreadable(NOTHING)
        when = next((one for one in (_WATCHED, _COMPLETED) if row.value(one)), None)
        if when is None and (row.value("contentsaved") or "").lower() not in ("true", "yes"):
            telling.note(UNTOUCHED)
            return
        yield telling.act(
            row,
            "view" if when else "save",
            title,
            moment=row.moment(when or _WATCHED),
            written=row.value(when) if when else None,
            object_kind="page",
            text=title,
            audience="private",
        )

    return tell
