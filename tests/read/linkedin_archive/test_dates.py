from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.linkedin_archive.dates import (
    BOTH_ORDERS,
    EITHER_ORDER,
    GUESSED,
    UNKNOWN,
    UNREADABLE,
    Dates,
    order_of,
)
from linkedin_archives import COMPLETE, found_in, micros

moments = st.datetimes(datetime(2003, 6, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def since_1970(at, **floor):
    return int(at.replace(tzinfo=UTC, **floor).timestamp()) * 1_000_000


def read(written, *column):
    return Dates(lambda: column or (written,)).read(written)


@given(moments)
def test_every_form_gives_back_the_moment_that_was_written(at):
    second, minute, day = since_1970(at), since_1970(at, second=0), since_1970(at, hour=0, minute=0, second=0)
    half = f"{(at.hour - 1) % 12 + 1}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"
    sure = "1/13/26"  # tells that months come first
    for written, expected in {
        f"{at:%Y-%m-%d %H:%M:%S}": (second, "assumed_utc", "s"),
        f"{at:%Y-%m-%d %H:%M:%S} UTC": (second, "explicit", "s"),
        f"{at:%Y/%m/%d %H:%M:%S} UTC": (second, "explicit", "s"),
        f"{at:%Y-%m-%d %H:%M} UTC": (minute, "explicit", "min"),
        f"{at:%Y-%m-%dT%H:%M:%S}Z": (second, "explicit", "s"),
        f"{at:%m/%d/%Y %H:%M:%S} UTC": (second, "explicit", "s"),
        f"{at.month}/{at.day}/{at:%y}, {half}": (minute, "local_unknown", "min"),
        f"{at.month}/{at.day}/{at:%y}, {half}".replace(" AM", "\u202fAM").replace(" PM", "\u202fPM"): (
            minute,
            "local_unknown",
            "min",
        ),
        f"{at.day:02} {MONTHS[at.month - 1]} {at.year}": (day, "assumed_utc", "day"),
        f"{DAYS[at.weekday()]} {MONTHS[at.month - 1]} {at.day:02} {at:%H:%M:%S} UTC {at.year}": (
            second,
            "explicit",
            "s",
        ),
    }.items():
        if at.year >= 2070 and ", " in written:
            continue  # two digits do not say which century
        found = read(written, sure, written)
        assert found[:3] == expected, written
        assert not found.is_guess


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20 juil. 2026", "2026-07-20"),
        ("3 juin 2026", "2026-06-03"),
        ("01 août 2026", "2026-08-01"),
        ("9 de mar. de 2026", "2026-03-09"),
        ("2 ene 2026", "2026-01-02"),
        ("2 gen 2026", "2026-01-02"),
        ("5. Mai 2026", "2026-05-05"),
        ("5 mei 2026", "2026-05-05"),
        ("31 out 2025", "2025-10-31"),
        ("24 Dez. 2025", "2025-12-24"),
    ],
)
def test_months_have_names_in_other_languages_too(written, day):
    assert read(written)[:3] == (micros(day), "assumed_utc", "day")


def test_three_orders_of_day_month_and_year_stand_in_one_archive():
    """Year first in searches, month first in clicks, day first in connections: each file has its own."""
    found = found_in(COMPLETE)
    assert found.of("search")[0].happened_at == micros("2026-07-20T10:25:25")
    clicked = [act.happened_at for act in found.of("ad_click")]
    assert clicked[:2] == [micros("2026-05-06T10:25:25"), micros("2026-07-20T10:25:25")]
    assert found.of("accept")[0].happened_at == micros("2026-07-14")
    invited = {act.direction: act for act in found.of("invite")}
    assert invited["by_me"].happened_at == micros("2026-07-08T18:05:00")
    assert (invited["by_me"].time_basis, invited["by_me"].time_precision) == ("local_unknown", "min")
    assert found.of("session")[0].happened_at == micros("2026-07-16T06:55:00")


def test_the_whole_file_decides_on_the_order_of_day_and_month(archive):
    table = "Ad clicked Date,Ad Title/Id\n05/06/2026 10:00:00 UTC,1\n{}\n"
    for last, expected in (("13/06/2026 10:00:00 UTC,2", "2026-06-05"), ("06/13/2026 10:00:00 UTC,2", "2026-05-06")):
        found = found_in(archive({"Ads Clicked.csv": table.format(last)}, place=last[:2]))
        first = found.of("ad_click")[0]
        assert first.happened_at == micros(f"{expected}T10:00:00")
        assert (first.confidence, found.coverage("Ads Clicked.csv").note) == (1, None)


def test_an_order_that_no_date_tells_is_said_and_its_times_are_guesses(archive):
    table = "Ad clicked Date,Ad Title/Id\n05/06/2026 10:00:00 UTC,1\n07/07/2026 10:00:00 UTC,2\n"
    found = found_in(archive({"Ads Clicked.csv": table}))
    unsure, sure = found.of("ad_click")
    assert (unsure.happened_at, unsure.confidence) == (micros("2026-05-06T10:00:00"), GUESSED)
    assert (sure.happened_at, sure.confidence) == (micros("2026-07-07T10:00:00"), 1)
    assert found.coverage("Ads Clicked.csv").note == EITHER_ORDER


def test_where_the_order_changes_within_a_file_only_sure_dates_are_read(archive):
    table = (
        "Ad clicked Date,Ad Title/Id\n13/06/2026 10:00:00 UTC,1\n06/14/2026 10:00:00 UTC,2\n05/06/2026 10:00:00 UTC,3\n"
    )
    found = found_in(archive({"Ads Clicked.csv": table}))
    first, second, third = found.of("ad_click")
    assert (first.happened_at, second.happened_at) == (micros("2026-06-13T10:00:00"), micros("2026-06-14T10:00:00"))
    assert (third.happened_at, third.time_basis) == (None, None)
    assert "happened_at" in third.missing
    assert found.coverage("Ads Clicked.csv").note == BOTH_ORDERS


@given(st.lists(st.dates(datetime(2004, 1, 1).date(), datetime(2060, 1, 1).date()), min_size=1))  # noqa: DTZ001
def test_a_column_that_was_written_in_one_order_is_never_read_in_the_other(days):
    for order, written in (
        ("month_first", [f"{day.month}/{day.day}/{day:%y}" for day in days]),
        ("day_first", [f"{day.day}/{day.month}/{day:%y}" for day in days]),
    ):
        assert order_of(written) in (order, "either")
        for day, cell in zip(days, written, strict=True):
            found = Dates(lambda written=written: written).read(cell)
            if found.at is not None and not found.is_guess:
                assert found.at == since_1970(datetime.combine(day, datetime.min.time()))


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30 10:00:00", "2026-13-05 09:00:00", "1842-06-12 20:58:00 UTC", "sometime later", "30 Feb 2026",
        "15 Brumaire 2026", "13/13/2026", "Mon Jul 20 25:25:25 UTC 2026", "2101-01-01 00:00:00", "7/20/26, 13:70 PM",
        "0000-00-00 00:00:00", "2002-12-31 23:59:59",
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_is_unknown_and_said(written):
    dates = Dates(lambda: (written,))
    assert dates.read(written) is UNKNOWN
    assert dates.notes == [UNREADABLE]


@pytest.mark.parametrize("written", ["", " ", None, "N/A", "NULL"])
def test_no_time_is_unknown_and_nothing_is_said(written):
    dates = Dates(lambda: ())
    assert dates.read(written) is UNKNOWN
    assert dates.notes == []


def test_a_look_at_the_whole_column_is_taken_only_where_it_is_needed():
    n_looks = 0

    def column():
        nonlocal n_looks
        n_looks += 1
        return ["1/2/26", "1/13/26"]

    dates = Dates(column)
    for written in ("2026-01-01 10:00:00", "1/13/26", "5/5/26"):
        dates.read(written)
    assert n_looks <= 1
    assert dates.read("1/2/26").at == micros("2026-01-02")
    dates.read("2/3/26")
    assert n_looks == 1


@given(st.text(max_size=30))
def test_no_cell_is_too_strange(text):
    found = read(text)
    assert found.at is None or found.basis is not None


def test_a_day_is_its_first_moment():
    assert read("20 Jul 2026").at + int(timedelta(days=1).total_seconds() * 1e6) == read("21 Jul 2026").at
