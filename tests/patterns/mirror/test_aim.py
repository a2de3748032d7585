"""How ads are aimed at the owner, month by month; a network that tells no criteria is not one that uses none."""

import pytest

from mirrors import OWNER, coverage, mirror
from patterns.mirror.test_targeting import AGE, INTEREST, LISTS_TOLD, ad

MONTH = 31 * 86_400_000_000


def shown(n_months, *, n=6, grows=True):
    rows = []
    for month in range(n_months):
        for one in range(n):
            criteria = (AGE, INTEREST) if grows and one < month else (AGE,)
            rows.append((month, one, criteria))
    return [ad(month * MONTH + one, *criteria) for month, one, criteria in rows]


def test_a_month_has_each_ad_once_and_a_row_for_each_kind_that_it_uses():
    found = mirror(shown(2), (OWNER,), LISTS_TOLD)["ad_months"].to_pylist()
    n = {(row["month"], row["criteria_class"]): row["n_shown"] for row in found}
    assert sorted(n.values()) == [1, 6, 6, 6, 6]
    assert {name for _, name in n} == {"any", "age", "interest"}


def test_ads_that_are_aimed_more_finely_each_month_are_told_so_and_few_months_are_too_few():
    [row] = mirror(shown(7), (OWNER,), LISTS_TOLD)["ad_trend"].to_pylist()
    assert (row["verdict"], row["n_months"]) == ("finer", 7)
    assert row["trend"] == pytest.approx(1 / 6)
    [row] = mirror(shown(3), (OWNER,), LISTS_TOLD)["ad_trend"].to_pylist()
    assert (row["verdict"], row["trend"]) == ("too_few", None)


def test_ads_without_criteria_are_untold_and_have_no_fineness():
    told = coverage(("facebook_archive", "ads.json", "parsed", 1, 3))
    [row] = mirror([ad(1, platform="x")], (OWNER,), told)["ad_trend"].to_pylist()
    assert (row["verdict"], row["n_untold"], row["fineness"]) == ("untold", 1, None)
