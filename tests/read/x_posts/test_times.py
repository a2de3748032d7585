"""Laws of times and ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.x_posts.refusals import ABSURD_TIME, BAD_TIME, Refused
from ascendant.read.x_posts.times import EARLIEST, LATEST, from_epoch, since, spelled, when, within

first, last = datetime(2006, 3, 2, tzinfo=UTC), datetime(2099, 12, 30, tzinfo=UTC)
instants = st.integers(0, (last - first) // timedelta(microseconds=1)).map(lambda n: first + timedelta(microseconds=n))


def micros(instant: datetime) -> int:
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@given(instants, st.integers(-14, 14))
def test_a_time_of_v1_is_read_as_the_standard_library_reads_it_in_any_zone(instant, hours):
    local = instant.astimezone(timezone(timedelta(hours=hours)))
    written = local.strftime("%a %b %d %H:%M:%S %z %Y")
    assert spelled(written) == (micros(instant.replace(microsecond=0)), "explicit", "s")


@given(instants)
def test_a_time_of_v2_is_read_to_the_millisecond(instant):
    instant = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    written = instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03}Z"
    assert spelled(written) == (micros(instant), "explicit", "ms" if instant.microsecond else "s")


@given(instants)
def test_any_other_iso_spelling_gives_the_same_instant(instant):
    assert spelled(instant.isoformat())[:2] == (micros(instant), "explicit")
    assert spelled(instant.replace(tzinfo=None).isoformat(" "))[:2] == (micros(instant), "assumed_utc")


@given(st.integers(0, 2**41), st.integers(0, 2**22 - 1))
def test_an_id_tells_its_own_millisecond(ms_since_epoch, sequence):
    key = (ms_since_epoch + 10_000 << 22) + sequence
    expected = (ms_since_epoch + 10_000 + 1_288_834_974_657) * 1000
    assert when(None, str(key)) == (expected, "derived_from_id", "ms")


def test_ids_from_before_november_2010_tell_no_time():
    assert when(None, "28000000000") == (None, None, None)
    assert when("", "x") == (None, None, None)


@pytest.mark.parametrize(
    "written", ["Wed Oct 10 20:19:24 +0000 1997", "2003-01-01T00:00:00.000Z", "2101-01-01", "1970-01-01T00:00:00Z"]
)
def test_an_absurd_date_is_refused(written):
    with pytest.raises(Refused) as caught:
        when(written, "1050118621198921728")
    assert caught.value.reason == ABSURD_TIME
    assert since(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "hier",
        "Wed Foo 10 20:19:24 +0000 2018",
        "Wed Oct 99 20:19:24 +0000 2018",
        "W",
        "2021-13-01",
        "2021-04-08T19:34:xx.000Z",
        "é",
    ],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(Refused) as caught:
        spelled(written)
    assert caught.value.reason == BAD_TIME


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1, 0, 1e300])
def test_what_is_no_count_of_seconds_is_refused(number):
    with pytest.raises(Refused):
        from_epoch(number)


def test_the_first_and_the_last_moment_are_inside():
    assert within(EARLIEST) == EARLIEST
    assert within(LATEST - 1) == LATEST - 1
    for outside in (EARLIEST - 1, LATEST):
        with pytest.raises(Refused):
            within(outside)
