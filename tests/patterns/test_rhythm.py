"""Hours of reaction: counted on the right clock, and a peak is only sure when items and days both say so."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import Activity
from ascendant.infer.named import named_layer
from ascendant.patterns.clock import local_micros
from ascendant.patterns.rhythm import HOURS, RHYTHM, find_rhythm, peak_chances
from strategies import activities, asks_a_study, study_of

ZONES = st.sampled_from(["UTC", "Europe/Paris", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"])
MICROS = st.integers(-(10**9), 4 * 10**9).map(lambda second: second * 1_000_000 + 123_456)


@given(st.lists(MICROS, max_size=30), ZONES)
def test_clocks_show_what_the_time_zone_says(micros, zone):
    found = local_micros(np.array(micros, np.int64), zone)
    for utc, local in zip(micros, found.tolist(), strict=True):
        moment = datetime.fromtimestamp(utc // 1_000_000, UTC).astimezone(ZoneInfo(zone))
        shown = datetime.fromtimestamp(local // 1_000_000, UTC)
        assert (shown.day, shown.hour, shown.minute, shown.second) == (
            moment.day, moment.hour, moment.minute, moment.second,
        )  # fmt: skip
        assert local % 1_000_000 == 123_456


@asks_a_study
@given(activities(), ZONES)
def test_every_timed_act_is_in_one_hour_of_one_day(rows, zone):
    with study_of(rows) as questions:
        named = named_layer(questions)
        rhythm = find_rhythm(questions, named.named_by, zone)
    assert rhythm.rhythm.schema == RHYTHM
    assert rhythm.hours.schema == HOURS
    by = {row.activity_id: row for row in rows}
    moved = sum(
        row["n"]
        for row in named.named_by.to_pylist()
        if not row["is_conversation"] and by[row["act_id"]].happened_at is not None
    )
    days, hours = rhythm.rhythm.to_pydict(), rhythm.hours.to_pydict()
    assert sum(days["n_moved"]) == sum(hours["n_moved"]) == moved
    assert sum(days["n_acts"]) == sum(hours["n_acts"])
    assert all(m <= n for m, n in zip(days["n_moved"], days["n_acts"], strict=True))
    assert hours["hour"] == list(range(24))
    for hour in range(24):
        inside = [n for n, h in zip(days["n_moved"], days["hour"], strict=True) if h == hour]
        assert sum(inside) == hours["n_moved"][hour]


def test_a_day_is_no_time_of_day():
    rows = [
        Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:a", happened_at=0),
        Activity(activity_id="x:2", platform="x", verb="repost", actor_id="x:b", object_id="x:1",
                 object_author_id="x:a", happened_at=10**12, time_precision="day"),
    ]  # fmt: skip
    with study_of(rows) as questions:
        named = named_layer(questions)
        rhythm = find_rhythm(questions, named.named_by)
    assert rhythm.hours["n_moved"].to_pylist() == [0] * 24
    (caveat,) = rhythm.caveats
    assert caveat.facts == {"n": 0, "of": 1}


def evening(n, *, items, days, seed=1):
    """Reactions that come at 19 h more than at other hours, on so many items and days."""
    random = np.random.default_rng(seed)
    hour = np.where(random.random(n) < 0.5, random.integers(18, 21, n), random.integers(0, 24, n))
    return hour, np.ones(n, np.int64), random.integers(0, items, n), random.integers(0, days, n)


def test_an_hour_that_every_day_and_item_favours_is_sure():
    chances = peak_chances(*evening(4000, items=300, days=28))
    assert int(np.argmax(chances)) == 18
    assert chances[18] > 0.95
    assert sum(chances) <= 1 + 1e-9


def test_what_one_item_or_one_day_did_is_not_a_rhythm():
    random = np.random.default_rng(2)
    n = 3000
    hour, day, item = random.integers(0, 24, n), random.integers(0, 20, n), random.integers(0, 200, n)
    loud = np.arange(n) < 900
    one_item = np.where(loud, 5, hour)
    assert max(peak_chances(one_item, np.ones(n, np.int64), np.where(loud, 0, item), day)) < 0.9
    assert max(peak_chances(one_item, np.ones(n, np.int64), item, np.where(loud, 0, day))) < 0.9
    assert max(peak_chances(one_item, np.ones(n, np.int64), item, day)) > 0.9


@pytest.mark.parametrize(("items", "days"), [(9, 20), (50, 4), (0, 0)])
def test_too_few_items_or_days_say_nothing(items, days):
    n = 500 if items else 0
    random = np.random.default_rng(3)
    item = random.integers(0, max(items, 1), n)
    day = random.integers(0, max(days, 1), n)
    assert peak_chances(random.integers(0, 24, n), np.ones(n, np.int64), item, day) is None
