"""Times as X writes them -> microseconds since 1970 in UTC.

Three spellings: `Wed Oct 10 20:19:24 +0000 2018` (API v1.1), ISO 8601 (API v2 and tables), seconds or milliseconds
since 1970. Ids given since November 2010 carry their own millisecond. A time before X existed or after 2100 is
refused, not repaired: a post with such a date is a sign that its file was damaged.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from ascendant.read.x_posts.refusals import ABSURD_TIME, BAD_TIME, Refused

_SECOND: Final = 1_000_000
EARLIEST: Final = int(datetime(2006, 3, 1, tzinfo=UTC).timestamp()) * _SECOND
LATEST: Final = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()) * _SECOND
_ID_EPOCH_MS: Final = 1_288_834_974_657
_FIRST_TIMED_ID: Final = 29_700_859_247  # the first id of the present scheme, 4 November 2010; older ids only count up
_CACHED_MINUTES: Final = 65_536

_MONTHS: Final = {
    name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}

Moment = tuple[int, str, str]  # microseconds, time_basis, time_precision

_minutes: dict[str, int] = {}  # posts of a file share their minutes: a look-up is ten times faster than parsing


def when(written: str | None, post_id: str) -> tuple[int | None, str | None, str | None]:
    """Time, basis and precision of a post: as written, else from its id, else unknown.

    >>> when("Wed Oct 10 20:19:24 +0000 2018", "1050118621198921728")
    (1539202764000000, 'explicit', 's')
    >>> when(None, "1050118621198921728")
    (1539202764211000, 'derived_from_id', 'ms')
    >>> when(None, "20")
    (None, None, None)
    """
    if written:
        return spelled(written)
    if post_id.isdecimal() and (number := int(post_id)) >= _FIRST_TIMED_ID:
        return within((number >> 22) * 1000 + _ID_EPOCH_MS * 1000), "derived_from_id", "ms"
    return None, None, None


def spelled(written: str) -> Moment:
    """A time in words of either API.

    >>> spelled("2021-04-08T19:34:16.000Z")
    (1617910456000000, 'explicit', 's')
    >>> spelled("2017-08-19 15:13")
    (1503155580000000, 'assumed_utc', 'min')
    """
    try:
        if written[0] > "9":
            return within(_v1(written)), "explicit", "s"
        if written[-1] == "Z" and len(written) == 24 and written[10] == "T":
            minute = _minutes.get(written[:16])
            if minute is None:
                minute = _remember(written[:16], _iso(written[:16] + "Z"))
            fraction = int(written[20:23])
            micros = minute + int(written[17:19]) * _SECOND + fraction * 1000
            return within(micros), "explicit", "ms" if fraction else "s"
        return _other_iso(written)
    except (ValueError, KeyError, IndexError, OverflowError):
        raise Refused(BAD_TIME, repr(written[:40])) from None


def from_epoch(number: float, *, per_second: int = 1) -> int:
    """Microseconds of a count of seconds (or of `per_second` parts of one).

    >>> from_epoch(1610005273.0), from_epoch(1610005273123, per_second=1000)
    (1610005273000000, 1610005273123000)
    """
    try:
        return within(round(number * _SECOND) // per_second)
    except (ValueError, OverflowError):
        raise Refused(BAD_TIME, repr(number)) from None


def within(micros: int) -> int:
    """The same time; refused when X did not exist yet, or in another century."""
    if EARLIEST <= micros < LATEST:
        return micros
    raise Refused(ABSURD_TIME, _shown(micros))


def since(written: str | None) -> int | None:
    """When an account was opened, or a record collected; null when that is unknown or unreadable.

    >>> since("2013-07-03T12:02:53.000Z"), since("yesterday"), since(None)
    (1372852973000000, None, None)
    """
    if not written:
        return None
    try:
        return spelled(written)[0]
    except Refused:
        return None


def _v1(written: str) -> int:
    """`Wed Oct 10 20:19:24 +0000 2018`"""
    key = written[4:16] + written[20:]
    minute = _minutes.get(key)
    if minute is None:
        _, month, day, clock, zone, year = written.split(" ")
        minute = _remember(key, _iso(f"{year}-{_MONTHS[month]:02}-{int(day):02}T{clock[:5]}{zone}"))
    return minute + int(written[17:19]) * _SECOND


def _iso(written: str) -> int:
    return _micros(datetime.fromisoformat(written))


def _micros(instant: datetime) -> int:
    return int(instant.replace(microsecond=0).timestamp()) * _SECOND + instant.microsecond


def _other_iso(written: str) -> Moment:
    """ISO 8601 in its other spellings; one without a zone is taken as UTC, which X's own releases use."""
    instant = datetime.fromisoformat(written)
    basis = "explicit" if instant.tzinfo else "assumed_utc"
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    if len(written) <= 10:
        precision = "day"
    elif len(written) <= 16:
        precision = "min"
    else:
        precision = "s" if not instant.microsecond else "us" if instant.microsecond % 1000 else "ms"
    return within(_micros(instant)), basis, precision


def _remember(key: str, minute: int) -> int:
    if len(_minutes) >= _CACHED_MINUTES:
        _minutes.clear()
    _minutes[key] = minute
    return minute


def _shown(micros: int) -> str:
    try:
        return datetime.fromtimestamp(micros / _SECOND, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return str(micros)
