from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.errors import BadChoice, UnclearTimes
from ascendant.read.tabular.instants import ABSURD_TIME, NO_SUCH_TIME, NOT_A_TIME, UNKNOWN_ZONE, NotATime
from ascendant.read.tabular.times import time_reader

instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  Hypothesis takes naive bounds
offsets = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


def reader(*sample, time_format=None, time_zone=None):
    return time_reader(sample, time_format=time_format, time_zone=time_zone, file="a.csv", column="date")


def micros(year, *rest, zone=UTC):
    return round(datetime(year, *rest, tzinfo=zone).timestamp() * 1_000_000)


@given(instants, offsets)
def test_an_iso_time_with_its_zone_is_that_instant_in_any_zone(instant, zone):
    written = instant.astimezone(zone).isoformat()
    if len(written) > 30:
        written = written[:32]
    found, _, basis = reader(written)(written)
    assert found == (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    assert basis == "explicit"


@given(instants.map(lambda instant: instant.replace(microsecond=0)))
def test_every_way_of_writing_an_instant_gives_the_same_instant(instant):
    expected = int(instant.timestamp()) * 1_000_000
    seconds = int(instant.timestamp())
    for written in (
        instant.strftime("%Y-%m-%d %H:%M:%S"),
        instant.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        instant.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        instant.strftime("%d-%b-%Y %I:%M:%S%p"),
        instant.strftime("%B %d, %Y at %I:%M:%S %p"),
        *([str(seconds), str(seconds * 1000), str(seconds * 1_000_000)] if seconds >= 631_152_000 else []),
    ):
        assert reader(written)(written)[0] == expected, written


@given(st.integers(631_152_000, 4_102_444_799))
def test_digits_keep_their_unit_and_are_never_a_float(second):
    assert reader(str(second))(str(second)) == (second * 1_000_000, "s", "epoch")
    assert reader(f"{second}123")(f"{second}123") == (second * 1_000_000 + 123_000, "ms", "epoch")
    assert reader(f"{second}123457")(f"{second}123457") == (second * 1_000_000 + 123_457, "us", "epoch")
    assert reader(f"{second}.123457")(f"{second}.123457")[0] == second * 1_000_000 + 123_457


@given(st.dates(datetime(1990, 1, 1).date(), datetime(2100, 12, 31).date()))  # noqa: DTZ001  Hypothesis takes naive bounds
def test_day_and_month_are_told_apart_by_one_row_of_the_sample_or_asked_for(day):
    us, fr = day.strftime("%m/%d/%Y"), day.strftime("%d/%m/%Y")
    expected = micros(day.year, day.month, day.day)
    assert reader(fr, "25/12/2020")(fr)[0] == expected
    assert reader(us, "12/25/2020")(us)[0] == expected
    if day.day <= 12:
        with pytest.raises(UnclearTimes, match=f"{fr} may be day/month or month/day"):
            reader(fr)
    assert reader(fr, time_format="%d/%m/%Y")(fr)[0] == expected


def test_the_pattern_that_the_question_offers_reads_the_column():
    for example in (
        "03/04/2026",
        "03-04-2026 10:05",
        "3/4/26, 10:05 AM",
        "03.04.2026 10:05:06",
        "03/04/2026 10:05:06.25",
    ):
        with pytest.raises(UnclearTimes) as raised:
            reader(example)
        pattern = raised.value.advice.split('"')[1]
        assert datetime.fromtimestamp(reader(time_format=pattern)(example)[0] / 1e6, UTC).month == 4


def test_precision_is_what_is_written():
    for written, precision in {
        "2024-01-02": "day",
        "2024-01-02 10:00": "min",
        "2024-01-02 10:00:00": "s",
        "2026-03-01 10:00:00.0": "s",
        "2024-01-02T10:00:00.123Z": "ms",
        "2024-01-02T10:00:00.123456+01:00": "us",
        "01-Mar-2022 10:00AM": "min",
    }.items():
        assert reader(written)(written)[1] == precision


def test_noon_and_midnight_of_the_twelve_hour_clock():
    read = reader("01-Mar-2022 10:00AM")
    assert read("01-Mar-2022 12:00AM")[0] == micros(2022, 3, 1, 0)
    assert read("01-Mar-2022 12:00PM")[0] == micros(2022, 3, 1, 12)
    with pytest.raises(NotATime, match=NO_SUCH_TIME):
        read("01-Mar-2022 13:00PM")


def test_a_time_without_zone_is_utc_and_says_so_unless_a_zone_is_given():
    assert reader("2024-07-02 10:00")("2024-07-02 10:00") == (micros(2024, 7, 2, 10), "min", "assumed_utc")
    paris = reader("2024-07-02 10:00", time_zone="Europe/Paris")
    assert paris("2024-07-02 10:00") == (micros(2024, 7, 2, 8), "min", "explicit")
    assert paris("2024-07-02 10:00Z")[0] == micros(2024, 7, 2, 10)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2037, 12, 31)))  # noqa: DTZ001  Hypothesis takes naive bounds
def test_a_given_zone_agrees_with_the_zone_database(local):
    zone = ZoneInfo("America/New_York")
    written = local.replace(microsecond=0).isoformat(" ")
    expected = int(datetime.fromisoformat(written).replace(tzinfo=zone).timestamp()) * 1_000_000
    assert reader(written, time_zone="America/New_York")(written)[0] == expected


def test_zone_abbreviations_are_american_or_refused_with_their_name():
    read = reader("2021-07-06 16:45:20 EDT")
    assert read("2021-07-06 16:45:20 EDT") == (micros(2021, 7, 6, 20, 45, 20), "s", "explicit")
    with pytest.raises(NotATime) as raised:
        read("2021-07-06 16:45:20 IST")
    assert raised.value.args == (UNKNOWN_ZONE, "IST")


@pytest.mark.parametrize(
    ("sample", "cell", "reason"),
    [
        ("1700000000", "0", ABSURD_TIME),
        ("1700000000", "-1", NOT_A_TIME),
        ("1700000000", "1700000000000", ABSURD_TIME),
        ("1700000000", "9" * 30, ABSURD_TIME),
        ("1700000000", "١٧٠٠٠٠٠٠٠٠", NOT_A_TIME),
        ("1700000000", "1_700_000_000", NOT_A_TIME),
        ("2024-01-02", "1969-01-02", ABSURD_TIME),
        ("2024-01-02", "2101-01-01", ABSURD_TIME),
        ("2024-01-02", "0001-01-01", ABSURD_TIME),
        ("2024-01-02", "9999-12-31T23:59:59-12:00", ABSURD_TIME),
        ("2024-01-02", "2023-02-29", NO_SUCH_TIME),
        ("2024-01-02", "2024-01-02 25:00", NO_SUCH_TIME),
        ("2024-01-02", "yesterday", NOT_A_TIME),
        ("2024-01-02", "2024-01-02 10:00 +99:00", UNKNOWN_ZONE),
    ],
)
def test_absurd_times_are_refused_each_with_its_reason(sample, cell, reason):
    with pytest.raises(NotATime) as raised:
        reader(sample)(cell)
    assert raised.value.args[0] == reason


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9a-z]{1,4}[-/. ][0-9]{1,4}[ T]?[0-9:.]{0,9}"))
def test_a_cell_is_a_time_within_the_years_or_is_refused(cell):
    first, last = micros(1990, 1, 1), micros(2101, 1, 1)
    written = ("1700000000", "2024-01-02", "Wed Oct 10 20:19:24 +0000 2018", "25/12/2020", "1 mars 2026")
    readers = [reader(one) for one in written] + [reader(time_format=one) for one in ("excel", "%d/%m/%Y")]
    for read in readers:
        with suppress(NotATime):
            assert first <= read(cell)[0] < last


def test_spreadsheet_days_are_counted_from_1899():
    read = reader(time_format="excel", time_zone="Europe/Paris")
    assert read("44197") == (micros(2021, 1, 1) - 3_600_000_000, "day", "explicit")
    assert reader(time_format="excel")("44197.5")[:2] == (micros(2021, 1, 1, 12), "s")


def test_a_column_that_is_no_time_an_unknown_zone_and_an_unknown_format_are_refused():
    with pytest.raises(UnclearTimes, match=r"'date' .* one is hello"):
        reader("hello", "world")
    with pytest.raises(UnclearTimes, match=r"a\.csv"):
        reader("26-07-20")  # three readings
    with pytest.raises(BadChoice, match="--time-zone cannot be 'Mars/Olympus'"):
        reader(time_zone="Mars/Olympus")
    with pytest.raises(BadChoice, match="--time-format cannot be '%Q'"):
        reader(time_format="%Q")
    with pytest.raises(BadChoice, match="%Z"):
        reader(time_format="%Y %Z")  # Python reads the name of the zone and drops it


def test_months_have_french_names_too():
    assert reader("1er mars 2026")("1er mars 2026")[0] == micros(2026, 3, 1)
    assert reader("31 déc. 2024 à 10:00")("31 déc. 2024 à 10:00")[0] == micros(2024, 12, 31, 10)
