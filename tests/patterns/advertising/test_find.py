"""Who pays to reach whom: intervals add up as intervals, and what is not told stays unknown."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from ascendant.activity import Account, Activity, Ad
from ascendant.patterns.advertising.find import find_advertising
from ascendant.patterns.advertising.tables import SCHEMAS
from ascendant.read.ad_library import READER
from found import Found
from strategies import study_of

EXPORTS = Path(__file__).parents[2] / "read" / "exports" / "ad_library"
DAY = 86_400_000_000
MARCH = 20_513 * DAY  # 1 March 2026, 00:00 UTC
ALL_AGES, YOUNG = ("target_age", "18-65+", "demographic"), ("target_age", "25-34", "demographic")
FRANCE, RENNES = ("target_location", "France", "demographic"), ("target_location", "Rennes", "demographic")
WOMEN = ("target_gender", "Women", "demographic")
TOWN = Account(account_id="facebook:7", platform="facebook", name="Ville Demain", resolved="exact")


def ad(number, *criteria, page="facebook:7", payer="Ville Demain", at=MARCH, spend=(100, 199), currency="EUR", **other):
    given = {
        "direction": "third",
        "verb": "targeted",
        "object_id": f"facebook:{number}",
        "time_precision": "day",
    } | other
    return Activity(
        activity_id=f"facebook:ad-{number}",
        platform="facebook",
        actor_id=page,
        happened_at=at,
        ad=Ad(advertiser=payer, criteria=criteria, currency=currency, spend_low=spend[0], spend_high=spend[1],
              impressions_low=other.pop("seen", 1000), impressions_high=1999),
        **{name: value for name, value in given.items() if name != "seen"},
    )  # fmt: skip


def found(rows, accounts=(TOWN,), zone="UTC"):
    with study_of(rows, accounts) as questions:
        return find_advertising(questions, zone)


def rows_of(result, **wanted):
    rows = result.advertising.to_pylist()
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_a_study_without_ads_has_every_table_and_no_row_in_any():
    result = found([Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:7")], ())
    assert {name: (table.schema, table.num_rows) for name, table in result.tables.items()} == {
        name: (schema, 0) for name, schema in SCHEMAS.items()
    }
    assert result.caveats == ()


def test_spend_adds_up_end_by_end_and_an_open_end_leaves_the_sum_open():
    closed = found([ad(1, YOUNG), ad(2, ALL_AGES, spend=(200, 299))])
    [row] = rows_of(closed, criteria_class="any")
    assert (row["n_ads"], row["spend_low"], row["spend_high"]) == (2, 300, 498)
    [young] = rows_of(closed, criteria_class="age")
    assert (young["n_ads"], young["spend_low"], young["spend_high"]) == (1, 100, 199)
    [row] = rows_of(found([ad(1, YOUNG), ad(2, spend=(1000, None))]), criteria_class="any")
    assert (row["spend_low"], row["spend_high"]) == (1100, None)


def test_two_currencies_stand_in_two_rows_and_in_no_common_sum():
    result = found([ad(1), ad(2), ad(3, currency="CHF", spend=(5, 9))])
    sums = {row["currency"]: (row["spend_low"], row["spend_high"]) for row in rows_of(result, criteria_class="any")}
    assert sums == {"EUR": (200, 398), "CHF": (5, 9)}
    [row] = result.advertisers.to_pylist()
    assert (row["currency"], row["spend_low"], row["n_currencies"]) == ("EUR", 200, 2)
    assert any("never added" in str(caveat) for caveat in result.caveats)


def test_an_ad_of_which_no_aim_is_told_is_not_one_that_is_aimed_at_everybody():
    result = found([ad(1), ad(2, ALL_AGES, FRANCE), ad(3, YOUNG, RENNES, WOMEN)])
    n = {row["criteria_class"]: row["n_ads"] for row in rows_of(result)}
    assert n == {"any": 3, "untold": 1, "none": 1, "age": 1, "sex": 1, "place": 1}
    [trend] = result.tables["advertising_trends"].to_pylist()
    assert (trend["n_ads"], trend["n_untold"], trend["fineness"], trend["verdict"]) == (2, 1, 1.5, "too_few")


def test_without_spend_without_criteria_and_without_dates_everything_is_null_and_nothing_zero():
    result = found([ad(1, at=None, spend=(None, None), currency=None, time_precision=None)])
    [row] = result.advertisers.to_pylist()
    for name in (
        "spend_low",
        "currency",
        "spend_basis",
        "first_month",
        "n_classes",
        "trend",
        "grows_finer",
        "n_reported",
    ):
        assert row[name] is None, name
    assert result.tables["advertising_trends"].to_pylist()[0]["verdict"] == "untold"
    assert [row["month"] for row in rows_of(result)] == [None, None]


def test_months_are_of_the_clock_of_the_study_but_a_day_is_the_same_day_everywhere():
    evening = MARCH - 3 * 3_600_000_000  # 28 February, 21:00 UTC
    rows = [ad(1), ad(2, at=evening, time_precision="s")]
    months = {row["month"]: row["n_ads"] for row in rows_of(found(rows, zone="Asia/Tokyo"), criteria_class="any")}
    assert months == {date(2026, 3, 1): 2}
    months = {row["month"]: row["n_ads"] for row in rows_of(found(rows, zone="America/New_York"), criteria_class="any")}
    assert months == {date(2026, 3, 1): 1, date(2026, 2, 1): 1}


def test_who_pays_for_a_page_of_another_name_is_the_advertiser_and_its_page_is_told():
    page = Account(account_id="facebook:8", platform="facebook", name="Collectif Rivage", resolved="exact")
    result = found([ad(1), ad(2, page="facebook:8"), ad(3, page="facebook:8", payer=None)], (TOWN, page))
    held = {row["advertiser_id"]: row for row in result.advertisers.to_pylist()}
    assert set(held) == {"facebook:7", "facebook:8"}
    assert held["facebook:7"]["page_ids"] == ["facebook:7", "facebook:8"]
    assert (held["facebook:7"]["n_disclaimed"], held["facebook:8"]["n_disclaimed"]) == (2, 0)


def test_the_words_paid_for_by_are_no_part_of_a_name():
    rows = [ad(1), ad(2, payer="Financé par Ville demain"), ad(3, payer="Paid for by Ville Demain")]
    assert [row["n_ads"] for row in found(rows).advertisers.to_pylist()] == [3]


def test_a_payer_that_no_page_or_several_bear_stays_apart_from_them():
    twin = Account(account_id="facebook:8", platform="facebook", name="Ville  demain", resolved="exact")
    third = Account(account_id="facebook:9", platform="facebook", name="Café Coop", resolved="exact")
    result = found([ad(1), ad(2, page="facebook:8"), ad(3, page="facebook:9")], (TOWN, twin, third))
    ids = {row["advertiser_id"] for row in result.advertisers.to_pylist()}
    assert ids == {"facebook:7", "facebook:8", "facebook:payer:ville demain"}


def test_of_reports_that_tell_of_the_same_days_one_is_counted():
    def report(number, day, window, spend):
        told = (("country", "FR", "platform"), ("report_window", window, "platform"))
        return ad(number, *told, at=MARCH + day * DAY, spend=(spend, spend), object_id=None, time_basis="export_time")

    rows = [report(1, 30, "last_30_days", 500), report(2, 28, "last_7_days", 90), report(3, 0, "last_30_days", 70)]
    result = found(rows)
    [row] = result.advertisers.to_pylist()
    assert (row["spend_low"], row["n_reported"], row["n_ads"]) == (570, 2, 0)
    assert any("another one tells of" in str(caveat) for caveat in result.caveats)


def test_a_list_of_an_archive_is_a_way_without_an_ad():
    row = ad(1, ("List", "", "uploaded_list"), at=None, direction="about_me", object_id=None, spend=(None, None))
    result = found([row])
    assert [(one["criteria_class"], one["n_ads"]) for one in rows_of(result, source="list")] == [("uploaded_list", 0)]
    assert result.advertisers.to_pylist()[0]["classes"] == ["uploaded_list"]


def test_delivery_has_bounds_that_hold_whatever_each_ad_weighs():
    told = [("delivered_age_gender", f"25-34|female|{share}", "demographic") for share in ("1.0", "0.0")]
    result = found([ad(1, told[0]), ad(2, told[1])])
    rows = result.tables["advertising_audience"].to_pylist()
    [row] = [row for row in rows if row["advertiser_id"] is None and row["kind"] == "sex"]
    assert row["low"] == pytest.approx(1000 / 2999)
    assert row["high"] == pytest.approx(1999 / 2999)
    assert row["low"] < row["share"] < row["high"]


def test_ads_that_nobody_saw_weigh_nothing_and_break_nothing():
    row = ad(1, ("delivered_region", "Bretagne|0.5", "demographic"))
    nobody = Ad(advertiser="Ville Demain", criteria=row.ad.criteria, impressions_low=0, impressions_high=0)
    zero = Activity(activity_id="facebook:ad-2", platform="facebook", verb="targeted", actor_id="facebook:7",
                    object_id="facebook:2", happened_at=MARCH, ad=nobody)  # fmt: skip
    shares = [one["share"] for one in found([zero]).tables["advertising_audience"].to_pylist()]
    assert all(0 <= share <= 1 for share in shares)


def test_a_person_s_name_with_few_ads_may_be_private_and_an_organisation_s_is_not():
    person = Account(account_id="facebook:8", platform="facebook", name="Marthe Vasseur", resolved="exact")
    result = found([ad(1), ad(2, page="facebook:8", payer="Marthe Vasseur")], (TOWN, person))
    private = {row["advertiser_id"]: row["may_be_private"] for row in result.advertisers.to_pylist()}
    assert private == {"facebook:7": False, "facebook:8": True}
    assert {row["advertiser_id"] for row in rows_of(result) if row["may_be_private"]} == {"facebook:8"}


@pytest.mark.parametrize(
    ("declared", "is_private"),
    [
        ("Local_Business", False),
        ("retail company", False),
        ("newspaper", False),
        ("page", True),  # whatever has one, persons too
        ("advertiser", True),
        ("personal blog", True),
        ("public figure", True),
        ("politician", True),
        ("government", True),  # offices, and who holds them
        (None, True),
    ],
)
def test_a_shop_named_after_its_owner_is_no_private_person_where_its_page_declares_a_business(declared, is_private):
    shop = Account(
        account_id="facebook:8", platform="facebook", name="Marthe Vasseur", resolved="exact", declared_kind=declared
    )
    result = found([ad(1, page="facebook:8", payer="Marthe Vasseur")], (shop,))
    assert result.advertisers["may_be_private"].to_pylist() == [is_private]
    assert set(result.advertising["may_be_private"].to_pylist()) == {is_private}


def test_who_pays_for_the_page_of_a_business_may_be_a_private_person_all_the_same():
    shop = Account(account_id="facebook:8", platform="facebook", name="Vasseur Optique", declared_kind="local_business")
    result = found([ad(1, page="facebook:8", payer="Marthe Vasseur")], (shop,))
    private = {row["advertiser"]: row["may_be_private"] for row in result.advertisers.to_pylist()}
    assert private == {"Marthe Vasseur": True}


def test_every_sample_of_a_library_gives_advertisers_and_each_ad_once():
    read = [Found.by(READER, path) for path in sorted(EXPORTS.iterdir())]
    acts = [act for one in read for act in one.acts]
    result = found(acts, [account for one in read for account in one.accounts])
    single = [act for act in acts if act.verb == "targeted" and act.object_id is not None]
    by_class = rows_of(result, source="library", criteria_class="any")
    assert sum(row["n_ads"] for row in by_class) == len({act.activity_id for act in single}) > 0
    for row in rows_of(result):
        assert row["spend_high"] is None or row["spend_low"] <= row["spend_high"]


def test_one_advertiser_with_very_many_ads_is_one_row_in_bounded_time():
    rows = [ad(number, YOUNG if number % 2 else ALL_AGES, at=MARCH + number % 300 * DAY) for number in range(20_000)]
    [row] = found(rows).advertisers.to_pylist()
    assert (row["n_ads"], row["n_months"]) == (20_000, 10)
    assert row["spend_low"] == 2_000_000


def test_advertisements_of_years_ago_do_not_stretch_the_time_that_posts_cover():
    post = Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:7", happened_at=MARCH)
    old = ad(1, at=MARCH - 900 * DAY)
    for rows, wanted in (([post, old], {"x": MARCH, "facebook": None}), ([old], {"facebook": MARCH - 900 * DAY})):
        with study_of(rows, (TOWN,)) as questions:
            totals = questions.ask("totals")
        first_at = totals["first_at"].cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
        assert dict(zip(totals["platform"].to_pylist(), first_at.to_pylist(), strict=True)) == wanted
        assert sum(totals["n_rows"].to_pylist()) == len(rows)
