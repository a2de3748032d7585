"""What is advised: three things at most, the largest first, each measured where it can be; nothing out of nothing."""

import numpy as np
import pytest

from ascendant.activity import Activity, Ad
from ascendant.patterns.mirror.advice import busiest, largest
from mirrors import DAY, HOUR, ME, SECOND, START, act, mirror, only

AGE, LIST = ("Age", "25 to 49", "demographic"), ("List", "", "uploaded_list")
INTEREST = ("Interests", "Vélo", "interest")


def reposts(n, who=lambda number: "x:2", at=lambda number: START + number * 5 * HOUR, **columns):
    return [
        act(number, "repost", object_author_id=who(number), happened_at=at(number), **columns) for number in range(n)
    ]


def shown(n, criteria, verb="ad_view", first=0):
    return [
        Activity(activity_id=f"x:ad{first + number}", platform="x", verb=verb, direction="to_me",
                 actor_id=f"x:@brand_{number % 20}", happened_at=START + number, ad=Ad(criteria=criteria(number)))
        for number in range(n)
    ]  # fmt: skip


def advised(rows, **more):
    return {row["key"]: row for row in mirror(rows, **more)["advice"].to_pylist()}


def test_of_little_nothing_is_advised():
    assert mirror(reposts(12))["advice"].num_rows == 0
    assert mirror([act(number, "post") for number in range(300)])["advice"].num_rows == 0


def test_one_source_of_all_is_muted_with_all_its_acts():
    row = advised(reposts(400))["mute_sources"]
    assert row["subjects"] == ["x:2"]
    assert row["measure"] == "moved_acts"
    assert row["effect"] == -1
    assert row["low"] == -1
    assert row["high"] < -0.98


def test_sources_are_muted_from_the_largest_and_no_more_than_needed():
    many = reposts(600, lambda number: "x:2" if number % 4 == 0 else f"x:{100 + number % 97}")
    row = advised(many)["mute_sources"]
    assert row["subjects"] == ["x:2"]
    assert row["low"] <= -0.25 <= row["high"]
    assert len(largest(np.arange(50), np.ones(50, np.int64))) == 3


def test_waiting_promises_anything_from_nothing_to_all_that_was_fast():
    delays = [10 * 60 if number % 2 else 5 * 3_600 for number in range(100)]
    item = [START + number * DAY - delays[number] * SECOND for number in range(100)]
    rows = [
        act(
            number,
            "repost",
            object_id=f"x:{(item[number] // 1000 - 1_288_834_974_657) << 22}",
            object_author_id=f"x:{1000 + number}",
            happened_at=START + number * DAY,
        )
        for number in range(100)
    ]
    row = advised(rows)["wait_before_passing"]
    assert (row["n"], row["effect"], row["measure"]) == (100, -0.25, "passed_without_words")
    assert row["low"] == pytest.approx(-0.475, abs=0.06)
    assert row["high"] == pytest.approx(-0.025, abs=0.01)


def test_the_evening_in_which_all_is_passed_on_is_to_be_quiet():
    random = np.random.default_rng(1)
    evening = [
        START + day * DAY + int(minute) * 60 * SECOND for day, minute in enumerate(random.integers(-70, 100, 200))
    ]
    rows = reposts(200, lambda number: f"x:{number}", lambda number: evening[number])
    row = advised(rows, zone="Africa/Lagos")["quiet_hours"]  # the start is 23:13 there
    assert row["subjects"] == ["22", "23", "0"]
    assert row["effect"] == -1
    assert "quiet_hours" not in advised(reposts(500, lambda number: f"x:{number}"))  # every five hours, all day


def test_a_block_of_hours_goes_over_midnight():
    assert busiest(np.array([22, 23, 0, 12]), np.array([3, 3, 3, 5])) == 22


def test_lists_that_alone_selected_an_ad_are_told_from_those_that_did_not():
    only_list = shown(100, lambda number: (AGE, LIST) if number % 2 else (AGE,))
    row = advised(only_list)["leave_lists"]
    assert (row["platform"], row["measure"], row["n"], row["effect"]) == ("x", "ads_shown", 100, -0.5)
    assert row["low"] < -0.5 < row["high"]
    both = advised(shown(100, lambda number: (AGE, LIST, INTEREST) if number % 2 else (AGE,)))
    for key in ("leave_lists", "refuse_criteria"):
        assert both[key]["effect"] == -0.25
        assert both[key]["high"] == 0  # the other criterion may select all of them
    assert both["refuse_criteria"]["subjects"] == ["Interests"]


def test_ads_without_criteria_say_nothing_of_criteria():
    rows = shown(40, lambda number: (LIST,)) + shown(400, lambda number: (), first=1000)
    assert advised(rows)["leave_lists"]["n"] == 40


def test_lists_without_ads_are_advised_against_without_a_figure():
    rows = [Activity(activity_id=f"facebook:t{number}", platform="facebook", verb="targeted", direction="about_me",
                     actor_id=f"facebook:name:{name}", ad=Ad(advertiser=name, criteria=(LIST,)))
            for number, name in enumerate(["Cie Exemple", "Atelier Exemple"])]  # fmt: skip
    [row] = mirror(rows, ())["advice"].to_pylist()
    assert (row["rank"], row["key"], row["platform"]) == (1, "leave_lists", "facebook")
    assert row["subjects"] == ["Atelier Exemple", "Cie Exemple"]
    assert row["effect"] is row["low"] is row["high"] is None


def test_three_things_at_most_and_the_largest_first():
    rows = reposts(400, lambda number: f"x:{2 + number % 3}")
    rows += shown(100, lambda number: (LIST, INTEREST))
    table = mirror(rows)["advice"].to_pylist()
    assert [row["rank"] for row in table] == [1, 2, 3]
    assert len({row["key"] for row in table}) == 3
    effects = [row["effect"] for row in table if row["effect"] is not None]
    assert effects == sorted(effects)
    for row in table:
        assert row["effect"] is None or row["low"] <= row["effect"] <= row["high"] <= 0


def test_half_from_one_source_asks_for_more_without_promising():
    rows = reposts(60, lambda number: "x:2" if number % 3 else f"x:{number}")
    row = advised(rows)["widen_sources"]
    assert row["subjects"] == ["x:2"]
    assert row["effect"] is None
    assert "widen_sources" not in advised(reposts(60, lambda number: f"x:{number}"))


def test_acts_on_items_of_ones_own_are_nobodys_to_mute():
    rows = [act(number, "quote", object_id="x:0", object_author_id=ME) for number in range(1, 300)]
    assert mirror(rows)["advice"].num_rows == 0


def test_advice_names_who_is_found_in_the_sources():
    found = mirror(reposts(300, lambda number: f"x:{2 + number % 5}"))
    row = only(found["advice"], key="mute_sources")
    assert set(row["subjects"]) <= set(found["sources"]["account_id"].to_pylist())
