"""Posts of an invented person -> moulds: what X writes of them, with holes for numbers, times and accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import itemgetter
from typing import Any, Final, NamedTuple

from ascendant.demo.archives.facts import Act
from ascendant.demo.archives.person import Account, Person
from ascendant.demo.archives.x import written
from ascendant.demo.archives.x_records import Record, has_wrong_time, in_words, number, post, stamp

SLOTS: Final = ("key", "time", "until", "handle", "account", "item")
# All handles are as long as this one: where a mention stands in a text does not change.
_HANDLE, _ACCOUNT = "compte_00000", 1_111_111_111


class Mould(NamedTuple):
    """A record with holes, and what goes into them."""

    kind: str
    text: str
    fill: Callable[[tuple[str, ...]], tuple[str, ...]]
    has_source: bool


def is_mould(act: Act) -> bool:
    """Whether a post can be one."""
    return act.kind not in ("react", "vote") and not act.is_deleted and not has_wrong_time(act)


def mould_of(act: Act, person: Person, *, with_media: bool) -> Mould:
    """The record of an act, with holes where the act stood."""
    if act.source is not None:
        act = replace(act, source=_nobody(act.source))
    record = post(act, person)
    if with_media:
        _show_media(record["tweet"])
    text = laid_out(record).replace("%", "%%")
    marks = [
        ("key", str(number(act.at, act.key))),
        ("time", in_words(act.at)),
        ("until", stamp(act.at + 3600)),
        ("handle", _HANDLE),
        ("account", str(_ACCOUNT)),
    ]
    if act.item_at is not None and act.item_key is not None:
        marks.append(("item", str(number(act.item_at, act.item_key))))
    places = []
    for slot, mark in marks:
        start = text.find(mark)
        while start >= 0:
            places.append((start, slot, mark))
            start = text.find(mark, start + len(mark))
    pieces, end = [], 0
    for start, _, mark in sorted(places):
        pieces += [text[end:start], "%s"]
        end = start + len(mark)
    order = [SLOTS.index(slot) for _, slot, _ in sorted(places)]
    return Mould(act.kind, "".join([*pieces, text[end:]]), itemgetter(*order), act.source is not None)


def laid_out(record: Record) -> str:
    """A record as it stands in the list of its file."""
    return written([record]).decode().removeprefix("[\n").removesuffix("\n]")


def _nobody(source: Account) -> Account:
    return replace(source, handle=_HANDLE, name=f"Nom de {_HANDLE}", key=_ACCOUNT)


def _show_media(tweet: dict[str, Any]) -> None:
    """A picture, as posts of X have it twice."""
    size = {"w": "680", "h": "383", "resize": "fit"}
    key, start = tweet["id"], tweet["display_text_range"][1]
    media = {
        "expanded_url": f"https://twitter.com/i/status/{key}/photo/1",
        "indices": [start, start],
        "url": "https://t.co/0000000000",
        "media_url": "https://images.example/0.jpg",
        "id_str": key,
        "id": key,
        "media_url_https": "https://images.example/0.jpg",
        "sizes": dict.fromkeys(("medium", "thumb", "small", "large"), size),
        "type": "photo",
        "display_url": "pic.example/0",
    }
    tweet["entities"]["media"] = [media]
    tweet["extended_entities"] = {"media": [media]}
