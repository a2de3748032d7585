"""Who X thinks that the owner is, and which advertisers hold them on a list -> rows without a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from ascendant.activity import Activity, Ad, content_id
from ascendant.read.x_archive.records_ads import AgeLine, Ages, Personal, PersonalLine
from ascendant.read.x_archive.story import UNKNOWN_RECORD, Item, Owner, Place, texts
from ascendant.read.x_posts.refusals import Refused

# Criteria have the names that X gives them where it shows ads.
_AUDIENCES: Final = (
    ("advertisers", "List", "uploaded_list"),
    ("lookalike_advertisers", "Tailored audience CRM lookalike targeting", "lookalike"),
    ("do_not_reach_advertisers", "List (not to be reached)", "uploaded_list"),
    ("catalog_audience_advertisers", "Catalog audience", "retargeting"),
)


def personalization(owner: Owner) -> Callable[[PersonalLine, Place], Iterator[Item]]:
    """Languages, gender, age, places, topics and shows that X infers, and the advertisers that target the owner."""

    def tell(line: PersonalLine, place: Place) -> Iterator[Item]:
        if line.p13nData is None:
            raise Refused(UNKNOWN_RECORD)
        facts = [(kind, what, group) for kind, what, group in _inferred(line.p13nData) if what]
        for number, (kind, what, group) in enumerate(dict.fromkeys(facts)):
            yield _row(owner, place, number, kind, what, group)
        audiences = line.p13nData.interests.audience_and_advertisers if line.p13nData.interests is not None else None
        number = len(facts)
        for field, kind, group in _AUDIENCES if audiences is not None else ():
            for handle in dict.fromkeys(texts(getattr(audiences, field))):
                number += 1
                yield _targeted(owner, place, number, handle, (kind, "", group))

    return tell


def ages(owner: Owner) -> Callable[[AgeLine, Place], Iterator[Item]]:
    """The age that X keeps."""

    def tell(line: AgeLine, place: Place) -> Iterator[Item]:
        if line.age_meta is None:
            raise Refused(UNKNOWN_RECORD)
        found = [*_ages(line.age_meta.age_info), *_ages(line.age_meta.inferred_age_info)]
        for number, age in enumerate(dict.fromkeys(found)):
            yield _row(owner, place, number, "Age", age, "demographic")

    return tell


def _inferred(data: Personal) -> Iterator[tuple[str, str | None, str]]:
    about, liked = data.demographics, data.interests
    if about is not None:
        for one in about.languages or ():
            yield "Languages", one.language, "demographic"
        yield "Gender", about.gender_info.gender if about.gender_info is not None else None, "demographic"
    for age in _ages(data.inferred_age_info):
        yield "Age", age, "demographic"
    for where in _named(data.location_history):
        yield "Locations", where, "demographic"
    if liked is not None:
        for topic in liked.interests or ():
            yield "Interests", topic.name, "interest"
        for name in _named(liked.partner_interests):
            yield "Partner interests", name, "interest"
        for name in _named(liked.shows):
            yield "Movies and TV shows", name, "interest"


def _named(values: list[Any] | None) -> Iterator[str]:
    """Texts, or the names of objects."""
    for value in values or ():
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str) and name:
            yield name


def _ages(found: Ages | None) -> Iterator[str]:
    ages = found.age if found is not None else None
    for age in ages if isinstance(ages, list) else [ages]:
        if isinstance(age, str | int) and str(age):
            yield str(age)


def _row(owner: Owner, place: Place, number: int, kind: str, what: str, group: str) -> Activity:
    return Activity(
        activity_id=content_id("x", "inferred", owner.key, kind, what),
        platform="x",
        verb="inferred",
        direction="about_me",
        object_id=owner.key,
        object_kind="topic" if group == "interest" else "segment",
        text=what,
        ad=Ad(criteria=((kind, what, group),)),
        text_repaired=place.is_repaired,
        collected_at=owner.collected_at,
        source_file=place.file,
        source_pointer=f"{place.pointer}/{number}",
    )


def _targeted(owner: Owner, place: Place, number: int, handle: str, criterion: tuple[str, str, str]) -> Activity:
    actor = owner.account(None, handle)
    return Activity(
        activity_id=content_id("x", "targeted", owner.key, handle.lower(), criterion[0]),
        platform="x",
        verb="targeted",
        direction="about_me",
        actor_id=actor,
        object_id=owner.key,
        object_kind="account",
        ad=Ad(advertiser=handle, criteria=(criterion,)),
        text_repaired=place.is_repaired,
        collected_at=owner.collected_at,
        missing=("happened_at",) if actor is not None else ("actor_id", "happened_at"),
        source_file=place.file,
        source_pointer=f"{place.pointer}/{number}",
    )
