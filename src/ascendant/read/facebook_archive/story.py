"""What the parts of this reader share: whose archive it is, where a record stands, and how a row is made of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final, TypeAlias

import msgspec

from ascendant.activity import Account, Activity, Reject
from ascendant.read.facebook_archive.label_values import Said, said
from ascendant.read.facebook_archive.mending import mended
from ascendant.read.facebook_archive.people import People
from ascendant.read.facebook_archive.records import Record, Seconds

Item: TypeAlias = Activity | Account | Reject
Moment: TypeAlias = tuple[int | None, str | None, str | None]  # microseconds, time_basis, time_precision
Tell: TypeAlias = Callable[["Telling", Any, "Place"], Iterator[Activity]]

SEPARATOR: Final = "\x1f"
UNKNOWN: Final[Moment] = (None, None, None)
ORDER_ONLY: Final[Moment] = (None, "order_only", "none")
# Years 1990 to 2100. Facebook began in 2004; posts are dated back by whom they tell of.
_FIRST, _END = 631_152_000, 4_133_980_800
BY_SENTENCE: Final = 0.7  # of an author who was looked up in a sentence
UNSAID: Final = 0.9  # of an answer, where whom it was for is told by a sentence that names nobody known
GUESSED: Final = 0.5  # of a verb, where only the wording could tell


@dataclass(frozen=True)
class Owner:
    """Whose archive it is, and when it was made (`collected_at`, null when unknown).

    `account_id` is the owner's id, `salt` what makes an id of an act theirs in every export: the second in which the
    account was made, where that is told, since names change. `zone` is the account's time zone.
    """

    account_id: str
    salt: str
    names: tuple[str, ...] = ()
    zone: str | None = None
    collected_at: int | None = None


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a record stands, and how it is spelled: in JSON, whose text is to be mended, or on a page.

    Pages tell times without a zone: `basis` is what is known of these (null in JSON), `moment` that of the record.
    """

    file: str
    pointer: str
    order: int
    is_repaired: bool = False
    basis: str | None = None
    moment: Moment | None = None

    @property
    def is_page(self) -> bool:
        """Whether it stands on a page in HTML."""
        return self.basis is not None

    def words(self, text: str) -> str:
        """Text of the record, as it was meant."""
        return text if self.basis is not None else mended(text)

    def said(self, record: Record) -> Said:
        """What the labels of a new record say."""
        return said(record.label_values or [], self.words)

    def when(self, *seconds: Seconds) -> Moment:
        """The first of these times that is one; on a page, the time that stands there."""
        if self.moment is not None:
            return self.moment
        for one in seconds:
            found = moment(one)
            if found[0] is not None:
                return found if self.basis is None else (found[0], self.basis, found[2])
        return UNKNOWN

    def part(self, number: int) -> Place:
        """The place of a part of the record."""
        return msgspec.structs.replace(self, pointer=f"{self.pointer}/{number}")


@dataclass
class Telling:
    """What a story needs of its archive: the owner and the people, and what was said of the file in hand."""

    owner: Owner
    people: People
    notes: dict[str, None] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)  # what a story keeps from record to record

    def __post_init__(self) -> None:
        self.me = self.owner.account_id

    def key(self, *facts: object) -> str:
        """An id that is the same in every export which tells these facts of this owner."""
        # As `content_id`, in half the time.
        written = [fact if type(fact) is str else "" if fact is None else str(fact) for fact in facts]
        told = f"{self.owner.salt}\x1f{SEPARATOR.join(written)}".encode("utf-8", "surrogatepass")
        return f"facebook:#{blake2b(told, digest_size=12).hexdigest()}"

    def note(self, sentence: str) -> None:
        """Something to be said of the file in hand, once."""
        self.notes[sentence] = None

    def row(
        self,
        place: Place,
        verb: str,
        direction: str,
        facts: tuple[object, ...],
        when: Moment = UNKNOWN,
        *,
        missing: tuple[str, ...] = (),
        **columns: Any,
    ) -> Activity:
        """An act; `facts` are what makes it that one and no other."""
        happened_at, basis, precision = when
        if happened_at is None:
            missing = (*missing, "happened_at")
            columns["time_order"] = place.order if basis == "order_only" else None
        return Activity(
            activity_id=self.key(verb, direction, *facts, happened_at),
            platform="facebook",
            verb=verb,
            direction=direction,
            happened_at=happened_at,
            time_basis=basis,
            time_precision=precision,
            collected_at=self.owner.collected_at,
            missing=missing or None,
            source_file=place.file,
            source_pointer=place.pointer,
            **columns,
        )


def moment(seconds: Seconds) -> Moment:
    """A time that Facebook writes in seconds since 1970; 0 and what lies outside 1990 to 2100 are unknown.

    >>> moment(1546300800), moment(0), moment(float("nan")), moment(10**15)
    ((1546300800000000, 'epoch', 's'), (None, None, None), (None, None, None), (None, None, None))
    """
    if seconds is None or not _FIRST <= seconds < _END or (isinstance(seconds, float) and math.isnan(seconds)):
        return UNKNOWN
    return int(seconds) * 1_000_000, "epoch", "s"
