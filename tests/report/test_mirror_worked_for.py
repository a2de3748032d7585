"""The part of the mirror on groups: posts side by side, plain words where nothing shows it, and nobody's mind read."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from ascendant.errors import Caveat
from ascendant.patterns.mirror.beside import WorkedFor, worked_for_table
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.mirror import mirror_html, mirror_json
from report import mirrors

EN = Language("en")
STATUSES = ("relay", "member", "synchronous", "more", "alike", "few", "answers")


def found(status="relay", caveats=(), **changes):
    row = {"group_id": 0, "group_size": 9, "account_id": "x:1", "status": status, "n_passed": 11, "n_unlinked": 2}
    row |= {"n_members": 4, "expected": 3.2, "ratio": 3.1, "low": 1.7, "high": 5.2, "q_value": 0.01, "n_spread": 80}
    row |= {"median_lag_seconds": 14_400.0, "others_lag_seconds": 1_800.0}
    row |= {"is_by_words": False, "n_quoted": 0, "n_answered": 0}
    row |= {"n_meetings": 17, "expected_meetings": 4.5} if status == "member" else {}
    row |= {"n_passed": 0, "n_unlinked": 0, "expected": None, "n_answered": 3} if status == "answers" else {}
    row |= changes
    examples = [
        {
            "group_id": 0,
            "act_id": f"x:e{n}",
            "happened_at": mirrors.LAST - timedelta(days=n),
            "is_unlinked": n == 0,
            "source_id": source,
            "source_act_id": f"x:s{n}",
            "source_at": mirrors.LAST - timedelta(days=n, hours=4),
            "delay_seconds": 14_400.0,
        }
        for n, source in enumerate(("x:13", "x:16"))
    ]
    rows = {
        "worked_for": [row] if status else [],
        "worked_for_checked": [{"n_groups": 2, "n_group_accounts": 21, "n_others": 340}],
        "worked_for_examples": examples if status == "relay" else [],
    }
    return WorkedFor(tables={name: worked_for_table(name, held) for name, held in rows.items()}, caveats=caveats)


def given(of=None, **changes):
    inputs = mirrors.collected(**changes)
    return replace(inputs, mirror=replace(inputs.mirror, worked_for=of or found()))


def part(inputs, code="en"):
    told = mirror_json(inputs, Language(code))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    return told["worked_for"]


def section(html):
    return html.split('<section aria-labelledby="worked-for">')[1].split("</section>")[0]


def words(inputs, code):
    return re.sub(r"<[^>]+>", " ", section(mirror_html(inputs, Language(code))))


def test_without_groups_there_is_no_such_part():
    for build in (mirrors.full, mirrors.empty, mirrors.collected):
        assert "worked_for" not in mirror_json(build(), EN)
        assert 'id="worked-for"' not in mirror_html(build(), EN)


def test_a_relay_reads_how_many_acts_against_how_many_when_and_which_name_nobody():
    told = part(given())
    assert told["is_relay"]
    [group] = told["groups"]
    text = " ".join(group["lines"])
    assert "11 of your acts pass on what these accounts brought" in text
    assert "3.2 times (ratio 3.1, interval 1.7 to 5.2)" in text
    assert "2 of your acts name none of them" in text
    assert [one["is_unlinked"] for one in group["examples"]] == [True, False]
    assert group["examples"][0]["yours"] == "Mine: the tram zqmine"
    html = section(mirror_html(given(), EN))
    assert html.index("you, without naming anybody") < html.index("you passed it on")
    assert "Theirs: &lt;b&gt;the tram&lt;/b&gt; zqtheirs" in html


@pytest.mark.parametrize("status", ["more", "alike", "few", "answers", None])
def test_who_is_no_relay_is_told_so_plainly_with_what_was_checked(status):
    told = part(given(found(status)))
    assert told["title"] == "Nothing shows that you work for a group"
    assert told["groups"] == []
    assert told["checked"][0].startswith("The collected posts hold 2 groups of accounts that act together, 21 accounts")
    assert len(told["checked"]) == (2 if status else 1)


@pytest.mark.parametrize("status", ["member", "synchronous"])
def test_whose_acts_come_at_the_group_s_times_is_told_so_and_not_that_nothing_shows_it(status):
    told = part(given(found(status)))
    assert told["title"] == "Your acts are as close in time to those of a group of accounts as a member's"
    assert not told["is_relay"]
    assert told["groups"] == []
    assert any("17 occasions" in line and "chance would give 4.5" in line for line in told["checked"]) == (
        status == "member"
    )


def test_answers_and_quotes_stand_beside_what_was_passed_on_and_are_not_called_so():
    [group] = part(given(found(n_quoted=2, n_answered=5)))["groups"]
    assert "11 of your acts pass on" in group["lines"][0]
    quoted, answered = group["lines"][-2:]
    assert quoted.startswith("You quoted these accounts 2 times, with words of your own")
    assert answered.startswith("You answered these accounts 5 times")
    assert all(line.endswith("It is not counted as passing on.") for line in (quoted, answered))


@pytest.mark.parametrize("code", LANGUAGES)
def test_who_only_answers_is_not_said_to_have_passed_anything_on(code):
    told = part(given(found("answers")), code)
    line = told["checked"][1]
    assert "3" in line
    if code == "en":
        assert line.startswith("Of a group of 9 accounts you passed nothing on. You answered these accounts 3 times")


def test_a_member_by_reposts_alone_reads_that_the_posts_were_found_by_their_words():
    line = part(given(found("member", is_by_words=True)))["checked"][1]
    assert "would be counted in a group of 9 others" in line
    assert "found by their words" in line
    assert "17 occasions" in line


def test_one_thing_passed_on_is_one():
    line = part(given(found("few", n_passed=1, expected=None)))["checked"][1]
    assert line.startswith("Of a group of 9 accounts you passed on one thing:")


def test_what_cannot_be_told_is_among_what_was_checked():
    caveat = Caveat("the files do not tell when the acts happened: whether somebody is a relay cannot be told")
    html = section(mirror_html(given(found("few", caveats=(caveat,), expected=None)), EN))
    assert "whether somebody is a relay cannot be told" in html


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_nobody_is_blamed_and_no_mind_is_read(status, code):
    text = words(given(found(status)), code)
    assert not re.search(
        r"\bbecause of\b|\bcaused\b|\bna[iï]ve|\bmanipul|\bvictim|\bunwitting|\bbelieve|à votre insu|sans le savoir",
        text,
        re.IGNORECASE,
    )
    assert "{" not in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_shared_page_has_the_figures_and_nobody_s_words_or_account(code):
    told = part(given(is_shared=True), code)
    assert told["rows"][0]["n_passed"] == 11
    assert told["groups"][0]["examples"] == []
    assert "x:1" not in json.dumps(told)
    assert "account_id" not in told["rows"][0]


def test_lines_without_a_lag_or_an_unlinked_act_are_left_out():
    of = found(n_passed=1, n_unlinked=0, median_lag_seconds=None, others_lag_seconds=None)
    [group] = part(given(of))["groups"]
    assert len(group["lines"]) == 1
    assert group["lines"][0].startswith("One of your acts")


def test_posts_that_are_no_longer_held_have_no_words():
    without = replace(given(), posts={})
    assert [one["yours"] for one in part(without)["groups"][0]["examples"]] == [None, None]
