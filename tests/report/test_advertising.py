"""The section of a briefing on advertising, and what leaves a study of it."""

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from ascendant.activity import Account, Activity, Ad
from ascendant.patterns.advertising.find import find_advertising
from ascendant.patterns.advertising.ways import WAYS
from ascendant.report.advertising_words import leaders, title
from ascendant.report.briefing import briefing_html, briefing_json
from ascendant.report.charts.advertising_aim import GROUPS, by_month, main_trend
from ascendant.report.content_advertising import advertising_content
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.outgoing import pseudonymise_table
from report import invented
from report.pages import Page
from strategies import study_of

DAY = 86_400_000_000
NAMES = {"facebook:1": "Ville Demain", "facebook:2": "Marthe Vasseur", "facebook:3": "Collectif <b>Rivage</b>"}


def ad(number, page, at, *, narrow, spend=(100, 199), payer=None, text=None):
    ages = ("target_age", "25-34" if narrow else "18-65+", "demographic")
    return Activity(
        activity_id=f"facebook:ad-{number}", platform="facebook", verb="targeted", actor_id=page,
        object_id=f"facebook:{number}", happened_at=at, time_precision="day", text=text,
        ad=Ad(advertiser=payer, criteria=(ages,), currency="EUR", spend_low=spend[0], spend_high=spend[1]),
    )  # fmt: skip


def tables(*, n_months=8, pages=("facebook:1", "facebook:3")):
    random = np.random.default_rng(200)
    rows = [
        ad(number, page, month * 31 * DAY + 20_000 * DAY, narrow=random.random() < month / 10)
        for number, (month, page, _) in enumerate(product(range(n_months), pages, range(6)))
    ]
    rows.append(ad(9999, "facebook:2", 20_000 * DAY, narrow=True, text="Marthe Vasseur vous attend"))
    accounts = [
        Account(account_id=one, platform="facebook", name=name, resolved="exact") for one, name in NAMES.items()
    ]
    with study_of(rows, accounts) as questions:
        return find_advertising(questions).tables


def briefing(**given):
    whole = invented.told()
    return replace(whole, tables={**whole.tables, **tables(**given)})


def test_a_study_without_ads_has_no_section():
    whole = invented.told()
    assert advertising_content(whole, whole.names, Language("en")) is None
    assert 'aria-labelledby="advertising"' not in briefing_html(whole, Language("en"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_section_holds_its_charts_its_numbers_and_no_private_person(code):
    html = briefing_html(briefing(), Language(code))
    Page(html)  # every element is closed
    section = re.search(r'<section aria-labelledby="advertising">.*?</section>', html, re.DOTALL)[0]
    assert section.count("<svg") == 4  # two charts, wide and narrow
    assert section.count("<details>") == 2
    assert "Marthe" not in html
    assert "Vasseur" not in html
    assert "<b>Rivage" not in section
    assert ("person-" if code == "en" else "personne-") in section


def test_the_json_has_the_same_numbers():
    told = briefing_json(briefing(), Language("en"))["advertising"]
    first = told["advertisers"][0]
    assert (first["spend_low"], first["spend_high"]) == (4800, 48 * 199)
    assert first["paid"] == "€4,800 to €9,552"


def test_a_leader_is_named_only_where_no_other_may_have_paid_more():
    names, english = invented.briefing().names, Language("en")

    def row(who, low, high):
        return {"advertiser_id": who, "advertiser": f"Agence {who}", "may_be_private": False, "spend_low": low,
                "spend_high": high, "currency": "EUR"}  # fmt: skip

    apart = [row("a", 100, 200), row("b", 10, 99)]
    assert title(apart, names, english) == "Agence a pays most: €100 to €200"
    assert len(leaders([*apart, row("c", 0, None)])) == 2
    assert "overlap" in title([row("a", 100, 200), row("b", 10, 100)], names, english)
    assert "not what they paid" in title([row("a", None, None)], names, english)


def test_the_parts_of_the_bars_are_every_way_once_and_add_up_to_the_fineness():
    assert sorted(way for _, ways, _ in GROUPS for way in ways) == sorted(WAYS)
    held = tables()
    months = by_month(held["advertising"], main_trend(held["advertising_trends"]))
    assert sum(row["n"] for row in months) == 97
    for row in months:
        assert row["fineness"] == pytest.approx(sum(row["shares"].values()))


def test_what_leaves_the_study_hides_advertisers_that_may_be_private():
    held, names = tables(), invented.briefing().names
    for table in held.values():
        written = str(pseudonymise_table(table, names).to_pylist()) if "advertiser_id" in table.column_names else ""
        assert "Marthe" not in written
        assert "facebook:2" not in written
    rows = pseudonymise_table(held["advertisers"], names).to_pylist()
    assert {row["advertiser"] for row in rows} == {"Ville Demain", "Collectif <b>Rivage</b>", None}


def test_every_table_of_advertising_has_rules_for_leaving_the_study():
    for table in tables().values():
        pseudonymise_table(table, invented.briefing().names)
