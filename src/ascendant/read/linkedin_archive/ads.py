"""Advertisements that the owner clicked, and what LinkedIn lets advertisers choose the owner by -> rows.

LinkedIn tells by which attributes somebody can be reached, never by whom: the advertiser stays unknown. What the owner
wrote into the profile, and whom the owner follows, is `targeted`; what LinkedIn made of it is `inferred`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ascendant.activity import Activity, Ad
from ascendant.errors import mark
from ascendant.read.linkedin_archive.story import NOTHING, Tell, Telling
from ascendant.read.linkedin_archive.table import Row, column_key
from ascendant.read.tabular.cells import EMPTY, Unreadable

SAID_NO: Final = mark("answers “No” are no inference: they are counted, and left out")
NO_ANSWER: Final = mark("answers that are neither yes nor no are counted, and left out")
UNKNOWN_COLUMN: Final = mark("columns of attributes that are not known stand as chosen by LinkedIn")

_YES: Final = frozenset("yes true 1 oui sí si ja sim sì".split())
_NO: Final = frozenset("no false 0 non nein nee não nao".split())


class Attribute(NamedTuple):
    """What a column of attributes holds: who put it there (`targeted` or `inferred`), and the class of criterion."""

    verb: str
    group: str


def _table(verb: str, **names: str) -> dict[str, Attribute]:
    return {column_key(name): Attribute(verb, group) for group, all_of in names.items() for name in all_of.split("|")}


# Which columns come from the profile, from the network, and from LinkedIn: as a research group sorted them
# (data-donation tools of Utrecht University); the class of criterion is ours.
_ATTRIBUTES: Final = {
    **_table(
        "targeted",
        demographic="Company Names|Degrees|degreeClass|Member Schools|Fields of Study|Graduation Year|Job Titles"
        "|Profile Locations|Interface Locales|interfaceLocale",
        interest="Member Groups|Company Follower of",
        behaviour="Company Connections",
    ),
    **_table(
        "inferred",
        demographic="Member Age|Member Gender|Company Category|Company Size|Company Growth Rate|Company Industries"
        "|Company Revenue|Function By Size|Job Functions|Job Seniorities|Years of Experience|Member Skills",
        interest="Member Interests",
        behaviour="Member Traits",
        context="Devices|Recent Device OS",
        platform="Buyer Groups|High Value Audience Segments|Standard Audience Segments",
    ),
}
_INFERENCES: Final = {
    "inferred interests": "interest",
    "inferred personal characteristics": "demographic",
    "career inferences": "demographic",
    "job search inferences": "behaviour",
    "linkedin activity inferences": "behaviour",
}


def ads_clicked(telling: Telling) -> Tell:
    """Advertisements on LinkedIn that the owner clicked."""

    def tell(row: Row) -> Iterator[Activity]:
        yield _ad_act(telling, row, "ad_click", "adclickeddate")

    return tell


def ads_elsewhere(telling: Telling) -> Tell:
    """Advertisements that LinkedIn placed on other sites, and what the owner did with them.

    What is no click tells that the advertisement was there.
    """

    def tell(row: Row) -> Iterator[Activity]:
        is_click = "click" in (row.value("action") or "").lower()
        yield _ad_act(telling, row, "ad_click" if is_click else "ad_view", "date")

    return tell


def targeting(telling: Telling) -> Tell:
    """Attributes by which advertisers can choose the owner: one wide row, several columns of which share a name."""

    def tell(row: Row) -> Iterator[Activity]:
        told: set[tuple[str, str]] = set()
        for place, (name, cell) in enumerate(zip(row.table.names, row.cells, strict=False), start=1):
            for what in _parts(cell):
                if (fact := (column_key(name), what)) in told:
                    continue
                told.add(fact)
                attribute = _ATTRIBUTES.get(fact[0])
                if attribute is None:
                    telling.note(UNKNOWN_COLUMN)
                    attribute = Attribute("targeted", "platform")
                criterion = (name.strip(), what, attribute.group)
                yield _about_me(telling, row, attribute.verb, criterion, f"/{place}.{len(told)}")
        if not told:
            raise Unreadable(NOTHING)

    return tell


def inferences(telling: Telling) -> Tell:
    """What LinkedIn takes the owner for."""

    def tell(row: Row) -> Iterator[Activity]:
        category, what = row.words("category") or "", row.words("typeofinference")
        answer = (row.words("inference") or "").lower()
        if what is None:
            raise Unreadable(NOTHING)
        if answer not in _YES:
            telling.note(SAID_NO if answer in _NO else NO_ANSWER)
            return
        yield _about_me(telling, row, "inferred", (category, what, _INFERENCES.get(category.lower(), "platform")), "")

    return tell


def _ad_act(telling: Telling, row: Row, verb: str, when: str) -> Activity:
    ad, where = row.value("adtitle/id") or row.value("adtitle"), row.value("page/app")
    written = row.words(when)
    if ad is None and written is None:
        raise Unreadable(NOTHING)
    number = ad if ad is not None and ad.isdecimal() and ad.isascii() else None
    by_me = verb == "ad_click"
    return telling.act(
        row,
        verb,
        ad,
        where,
        moment=row.moment(when),
        written=written,
        direction="by_me" if by_me else "to_me",
        missing=[*(["object_id"] if number is None else []), *(["object_author_id"] if by_me else [])],
        object_id=f"linkedin:ad/{number}" if number is not None else None,
        object_kind="ad",
        text=ad if number is None else None,
        ad=Ad(criteria=(("Page/App", where, "context"),)) if where else None,
    )


def _about_me(telling: Telling, row: Row, verb: str, criterion: tuple[str, str, str], place: str) -> Activity:
    kind, what, group = criterion
    return telling.act(
        row,
        verb,
        kind,
        what,
        direction="about_me",
        place=place,
        missing=("actor_id",) if verb == "targeted" else (),
        object_id=telling.owner.key,
        object_kind="topic" if group == "interest" else "segment",
        text=what,
        ad=Ad(criteria=(criterion,)),
    )


def _parts(cell: str) -> Iterator[str]:
    """The values of a cell.

    >>> list(_parts("Acme, Inc.; Ex; ")), list(_parts("10 001+")), list(_parts("N/A"))
    (['Acme, Inc.', 'Ex'], ['10 001+'], [])
    """
    for part in re.split(";" if ";" in cell else r"\|", cell.replace("\0", "")):
        if (what := part.strip()) and what not in EMPTY:
            yield what
