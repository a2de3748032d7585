"""Groups in a briefing: counts that agree, doubt and innocent explanations beside them, and nobody private by name."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from ascendant.errors import Caveat
from ascendant.patterns.groups.limits import FEW
from ascendant.patterns.groups.tables import GROUP_MEMBERS, GROUP_OBJECTS, GROUPS
from ascendant.patterns.relays.tables import GROUP_SPREAD
from ascendant.report import briefing_group_words as group_words
from ascendant.report.briefing import briefing_html, briefing_json
from ascendant.report.charts.barcode import barcode
from ascendant.report.charts.chart import Chart, NoChart
from ascendant.report.charts.render import svg_of
from ascendant.report.content_groups import SHOWN_GROUPS, evidence_acts, groups_content
from ascendant.report.drawings import given_of
from ascendant.report.inputs import EvidencePost
from ascendant.report.language import LANGUAGES, Language
from report import invented
from report.pages import Page

AT = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
EN = Language("en")
TRACES = ("repost", "fast_repost", "link", "text", "hashtags", "image", "reply")
MEMBERS = ("x:11", "x:13", "x:15", "x:18")  # one is public
SECRET = "private words of Marthe Vasseur"
POSTS = (
    EvidencePost(act_id="x:t0", actor_id="x:13", writer_id="x:13", verb="post", text=SECRET, url="https://x.com/i/1"),
    EvidencePost(act_id="x:t1", actor_id="x:11", writer_id="x:11", verb="post", text="public words on @marthe_v"),
)


def group(group_id=0, n_members=4, innocent=(), **changes):
    return {
        "group_id": group_id, "n_members": n_members, "q_value": 0.034, "traces": list(TRACES), "window_seconds": 60,
        "tempo_seconds": 6.0, "n_objects": 30, "n_meetings": 176, "expected": 67.7, "n_on_objects": 96,
        "usual_pace": 5.48, "pace_distance": 26.6, "first_at": AT, "last_at": AT + timedelta(days=9), "community": 1,
        "community_share": 0.875, "innocent": list(innocent),
    } | changes  # fmt: skip


def thing(trace="link", words="ville.example/a/b", *, group_id=0, delays=(0, 3, 7, 61), n_others=2, acts=None):
    who = (MEMBERS * 4)[: len(delays)]
    return {
        "group_id": group_id, "trace": trace, "object": words, "n_members": len(delays), "n_others": n_others,
        "first_at": AT, "span_seconds": float(max(delays)), "account_ids": list(who),
        "act_ids": list(acts or (f"x:{trace}{one}" for one in range(len(delays)))),
        "happened_at": [AT + timedelta(seconds=one) for one in delays],
    }  # fmt: skip


def tables(groups=None, objects=None, members=MEMBERS, spread=None):
    groups = [group()] if groups is None else groups
    objects = [thing(), thing("text", SECRET, acts=["x:t0", "x:t1"], delays=(0, 9))] if objects is None else objects
    told = {"n_accounts": 4, "n_by_relays": 20, "n_relays": 3, "share": 0.25, "low": 0.2, "high": 0.4}
    member = {"q_value": 0.03, "n_meetings": 9, "expected": 2.0, "n_partners": 3, "closeness": 2.0, "traces": ["link"]}
    return {
        "groups": pa.Table.from_pylist(groups, GROUPS),
        "group_objects": pa.Table.from_pylist(objects, GROUP_OBJECTS),
        "group_members": pa.Table.from_pylist(
            [{"group_id": one["group_id"], "account_id": who, **member} for one in groups for who in members],
            GROUP_MEMBERS,
        ),
        "group_spread": pa.Table.from_pylist(
            [{"group_id": one["group_id"], "n_spread": 80, **told} | (spread or {}) for one in groups], GROUP_SPREAD
        ),
    }


def briefing(**given):
    whole = invented.with_drawings(invented.briefing())
    posts = {**whole.posts, **{post.act_id: post for post in POSTS}}
    return replace(whole, tables={**whole.tables, **tables(**given)}, posts=posts)


def content(code="en", **given):
    inputs = briefing(**given)
    language = Language(code)
    return groups_content(inputs, inputs.names.speaking(language), language)


def test_a_study_in_which_no_group_was_sought_has_no_section():
    whole = invented.told()
    assert groups_content(whole, whole.names, EN) is None
    assert 'aria-labelledby="groups"' not in briefing_html(whole, EN)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_section_names_the_public_member_and_no_private_person(code):
    html = briefing_html(briefing(), Language(code))
    Page(html)  # every element is closed
    section = re.search(r'<section aria-labelledby="groups">.*?</section>', html, re.DOTALL)[0]
    assert "Ville Demain" in section
    assert ("person-" if code == "en" else "personne-") in section
    assert section.count("<svg") == 2  # the barcode, wide and narrow
    assert section.count("<details>") == 1
    for secret in (*invented.SECRETS, "private words", "https://x.com/i/1"):
        assert secret not in section


def test_the_json_tells_the_numbers_of_the_tables_and_no_raw_id():
    told = briefing_json(briefing(), EN)["groups"]
    [one] = told["groups"]
    for name in ("n_members", "q_value", "n_meetings", "expected", "n_on_objects", "usual_pace", "window_seconds"):
        assert one[name] == group()[name]
    assert one["relays"]["n_relays"] == 3
    assert not [secret for secret in (*invented.SECRETS, "private words") if secret in str(told)]


def test_every_number_of_a_group_stands_in_its_sentences():
    said = " ".join(content()["groups"][0]["sentences"])
    for number in ("176", "68", "96", "5.5", "3.4%", "1\xa0min", "6\xa0s", "88%"):
        assert number in said


def test_the_general_innocent_explanation_stands_always_and_the_others_where_they_fit():
    plain, fits = content(), content(groups=[group(innocent=group_words.INNOCENT)])
    assert "a newsroom, a party, fans" in plain["general"]
    assert plain["groups"][0]["innocent_words"] == []
    assert len(set(fits["groups"][0]["innocent_words"])) == len(group_words.INNOCENT) == 4


def test_relays_are_counts_and_what_they_know_is_not_claimed():
    [one] = content()["groups"]
    assert "3 accounts that amplify the group" in one["relay_words"]
    assert "not observable" in one["relay_words"]
    assert "@" not in one["relay_words"]
    assert "person-" not in one["relay_words"]


def test_without_a_group_the_page_says_what_was_looked_at_and_its_limits_alone():
    caveat = Caveat(FEW, {"n": 12})
    inputs = replace(briefing(groups=[], objects=[]), caveats=(*invented.briefing().caveats, caveat))
    told = groups_content(inputs, inputs.names, EN)
    assert told["groups"] == []
    assert told["title"].startswith("No group")
    assert "Compared were reposts, links" in told["general"]
    assert [one.startswith("only 12 accounts") for one in told["limits"]] == [True]
    Page(briefing_html(inputs, EN))


def test_the_largest_groups_are_shown_and_the_others_counted():
    groups = [group(number, n_members=number + 3) for number in range(SHOWN_GROUPS + 2)]
    told = content(groups=groups, objects=[thing(group_id=one["group_id"]) for one in groups])
    assert [one["n_members"] for one in told["groups"]] == [9, 8, 7, 6, 5]
    assert (told["n_groups"], told["n_more"]) == (7, 2)
    assert "9 accounts" in told["title"]


def test_members_that_are_not_listed_are_counted():
    [one] = content(groups=[group(n_members=40)])["groups"]
    assert len(one["members"]) + one["n_more_members"] == 40


def test_words_of_an_object_come_from_a_public_account_and_hide_private_persons():
    [link, text] = content()["groups"][0]["evidence"]
    assert text["post"]["writer"] == "Ville Demain (@ville_demain)"
    assert text["post"]["text"].startswith("public words on person-")
    assert link["hidden"] is None
    [_, alone] = content(objects=[thing(), thing("text", SECRET, acts=["x:t0"], delays=(0,))])["groups"][0]["evidence"]
    assert (alone["post"], alone["words"]) == (None, None)
    assert "private persons" in alone["hidden"]


@pytest.mark.parametrize(("n_others", "shown"), [(5, "ville.example"), (6, "ville.example/a/b")])
def test_a_link_of_fewer_than_ten_accounts_is_told_by_its_site_alone(n_others, shown):
    assert content(objects=[thing(n_others=n_others)])["groups"][0]["evidence"][0]["words"] == shown


def test_hashtags_that_are_private_handles_go_by_pseudonyms():
    [one] = content(objects=[thing("hashtags", "#ville30 #marthe_v", n_others=20)])["groups"][0]["evidence"]
    assert one["words"].startswith("#ville30 #person-")


def test_delays_of_the_evidence_are_counted_from_the_first_act():
    [one] = content(objects=[thing(delays=(9, 2, 5))])["groups"][0]["evidence"]
    assert [act["seconds_after"] for act in one["acts"]] == [0, 3, 7]
    assert one["first_at"] == AT + timedelta(seconds=2)


def test_the_words_of_every_act_that_may_be_shown_are_asked_for():
    given = tables()
    assert set(evidence_acts(given)) == {act for row in given["group_objects"]["act_ids"].to_pylist() for act in row}


@pytest.mark.parametrize("trace", TRACES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_trace_has_words(trace, code):
    told = content(
        code, groups=[group(traces=[trace], tempo_seconds=None, community_share=None)], objects=[thing(trace)]
    )
    assert told["groups"][0]["evidence"][0]["what"]
    assert len(told["groups"][0]["sentences"]) == 4


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("longest", [0, 61, 899, 7_200, 90_000])
def test_the_barcode_has_a_tick_and_a_cell_for_each_act_and_stays_within_its_width(code, longest):
    rows = [thing(delays=(0, 2, longest)), thing("reply", "x:1", delays=(0, 1))]
    chart = barcode(given_of(briefing(objects=rows), Language(code)), 0)
    assert isinstance(chart, Chart)
    assert "30" in chart.title
    assert [len(row[-1].split(" · ")) for row in chart.rows] == [3, 2]
    assert [row[2] for row in chart.rows] == ["3", "2"]
    ticks = next(one["data"]["values"] for one in chart.spec["layer"] if one["mark"].get("strokeWidth") == 2)
    assert len(ticks) == 5
    assert all(0 < tick["x"] < chart.spec["width"] for tick in ticks)
    assert "<script" not in svg_of(chart)


def test_a_later_act_stands_further_to_the_right():
    for longest in (50, 50_000):
        chart = barcode(given_of(briefing(objects=[thing(delays=(0, 1, 40, longest))]), EN), 0)
        places = [
            one["x"]
            for layer in chart.spec["layer"] if layer["mark"].get("strokeWidth") == 2
            for one in layer["data"]["values"]
        ]  # fmt: skip
        assert places == sorted(set(places))


def test_without_objects_there_is_no_barcode_and_a_reason():
    found = barcode(given_of(briefing(objects=[]), EN), 0)
    assert isinstance(found, NoChart)
    assert found.reason.endswith(".")
    Page(briefing_html(briefing(objects=[]), EN))


def test_a_revealed_page_shows_members_by_name():
    inputs = briefing()
    names = inputs.names.reveal("an invented purpose, for a test")
    shown = [one["account"] for one in groups_content(inputs, names, EN)["groups"][0]["members"]]
    assert "Marthe Vasseur (@marthe_v)" in shown
