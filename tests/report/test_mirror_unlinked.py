"""The part of the mirror on acts without a link: with collected posts alone, an estimate in words, nobody betrayed."""

import json
import re

import pytest

from ascendant.errors import Caveat
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.mirror import mirror_html, mirror_json
from report import mirrors

EN = Language("en")


def part(given, code="en"):
    told = mirror_json(given, Language(code))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    return told["unlinked"]


def section(html):
    """Markup of the part."""
    return html.split('<section aria-labelledby="unlinked">')[1].split("</section>")[0]


def test_archives_alone_give_the_page_that_they_gave_before():
    for build in (mirrors.full, mirrors.empty):
        assert "unlinked" not in mirror_json(build(), EN)
        assert 'id="unlinked"' not in mirror_html(build(), EN)


def test_the_number_is_said_with_its_interval_its_days_and_what_strangers_are_given():
    told = part(mirrors.collected())
    assert told["title"].startswith("Of your 214 acts without a link, about 31 seem to come from posts")
    assert told["reading"].startswith("Between 12 and 55, in nine cases out of ten.")
    assert "9 January 2023" in told["reading"]
    assert "1.2%" in told["strangers"]
    assert "7.1%" in told["strangers"]
    assert (told["n_moved"], told["low"], told["high"]) == (31.4, 12.2, 55.0)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("n_moved", "low"), [(0.2, 0.0), (1.0, 0.0), (1.0, 1.0), (31.0, 0.4)])
def test_a_low_end_that_rounds_to_nothing_is_never_printed_as_a_nought(n_moved, low, code):
    told = part(mirrors.collected(mirrors.unlinked(n_moved=n_moved, low=low, high=40.0)), code)
    words = told["title"] + " " + told["reading"]
    assert not re.search(r"(?<![\d.,])0(?![\d.,])", words)
    assert "{" not in words
    if code == "en":
        assert ("Perhaps none" in words) == (round(low) == 0)
        assert ("hardly any" in words) == (round(n_moved) == 0)
        assert ("about one seems" in words) == (round(n_moved) == 1)


def test_examples_show_own_words_theirs_and_the_delay_and_say_that_they_are_no_proof():
    told = part(mirrors.collected())
    assert [one["delay_seconds"] for one in told["examples"]] == [900.0, 901.0]
    assert told["examples"][0]["account"] == "Marthe Vasseurzq (@marthe_zq)"
    assert told["examples"][0]["yours"] == "Mine: the tram zqmine"
    html = section(mirror_html(mirrors.collected(), EN))
    assert "Theirs: &lt;b&gt;the tram&lt;/b&gt; zqtheirs" in html
    assert "None of them is proof" in html
    assert "15\xa0min later" in html.replace("&#160;", "\xa0")


def test_without_examples_it_is_said_why():
    told = part(mirrors.collected(mirrors.unlinked(examples=0)))
    assert told["examples"] == []
    assert told["without_examples"].startswith("No example is shown")
    assert "No example is shown" in section(mirror_html(mirrors.collected(mirrors.unlinked(examples=0)), EN))


def test_what_is_not_known_is_said_and_a_check_that_speaks_comes_first():
    assert len(part(mirrors.collected())["limits"]) == 4
    doubted = part(mirrors.collected(mirrors.unlinked(examples=0, is_doubted=True, n_outside=0)))["limits"]
    assert len(doubted) == 4
    assert doubted[0].startswith("A check speaks against part of the number")
    assert not any("are not counted" in one for one in doubted)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("is_shared", [False, True])
def test_where_nothing_can_be_told_there_is_one_sentence_and_no_number(code, is_shared):
    given = mirrors.untold(Caveat("the collected posts have no time of day"), is_shared=is_shared)
    told = part(given, code)
    assert list(told) == ["missing"]
    [sentence] = told["missing"]
    html = section(mirror_html(given, Language(code)))
    assert html.count("<p>") == 1
    assert sentence in html
    assert not re.search(r"\d", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_shared_page_has_the_figures_and_nobody_s_words(code):
    told = part(mirrors.collected(is_shared=True), code)
    assert told["n_moved"] == 31.4
    assert told["examples"] == []
    assert told["without_examples"] is None
    assert told["sources"][0]["account"] == "Le Courrier zq (@courrier_zq)"  # public
    assert re.fullmatch(r"person(?:ne)?-[0-9A-Z-]+", told["sources"][1]["account"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_nobody_is_blamed_and_no_cause_is_claimed(code):
    words = re.sub(r"<[^>]+>", " ", section(mirror_html(mirrors.collected(), Language(code))))
    assert not re.search(
        r"\bbecause of\b|\bcaused\b|\bna[iï]ve|\bmanipul|\bvictim|\bfault|à cause de", words, re.IGNORECASE
    )
