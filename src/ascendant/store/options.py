"""What narrows a question. Standard library only, so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ascendant.errors import BadChoice, mark


@dataclass(frozen=True, kw_only=True)
class Question:
    """The part of a study that is asked about; the whole of it by default.

    >>> Question(since="2026-03-01").window_us()
    (1772323200000000, None)
    """

    about: str | None = field(default=None, metadata={"help": "only acts that hold this: a word, a #tag or a domain"})
    since: str | None = field(default=None, metadata={"help": "only acts from this day on: 2026-03-01"})
    until: str | None = field(default=None, metadata={"help": "only acts up to and including this day: 2026-03-31"})
    time_zone: str = "UTC"

    @property
    def is_whole(self) -> bool:
        """True when nothing is narrowed."""
        return self.about is None and self.since is None and self.until is None

    def window_us(self) -> tuple[int | None, int | None]:
        """First and last-but-one microsecond (UTC): since <= time < until. Raises `BadChoice`."""
        since = None if self.since is None else self._instant("--since", self.since)
        until = None
        if self.until is not None:
            until = self._instant("--until", self.until, days=1 if _is_day(self.until) else 0)
        if since is not None and until is not None and since >= until:
            raise BadChoice(option="--until", value=self.until, reason=mark("it comes before --since"))
        return since, until

    def _instant(self, option: str, written: str, *, days: int = 0) -> int:
        try:
            moment = datetime.fromisoformat(written) + timedelta(days=days)
            return _microseconds(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.time_zone)))
        except (ValueError, OverflowError):
            reason = mark("write a day as 2026-03-01, or a moment as 2026-03-01T12:00")
            raise BadChoice(option=option, value=written, reason=reason) from None


def _is_day(written: str) -> bool:
    return "T" not in written and ":" not in written


def _microseconds(moment: datetime) -> int:
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
