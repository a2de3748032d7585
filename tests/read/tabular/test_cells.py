import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.tabular.cells import (
    EMPTY,
    INEXACT,
    Unreadable,
    account_id,
    exact,
    item_id,
    links,
    listed,
    tags,
    whole,
)

words = st.text("abcdéàß01_-.", min_size=1).filter(lambda word: word not in EMPTY)
urls = st.text("abc/=&,;|?#1", max_size=20).map(lambda rest: f"https://a.example/{rest}x")


@given(st.integers(0, 10**30))
def test_an_identifier_stays_exactly_what_was_written(n):
    assert exact(str(n)) == str(n)
    assert item_id("x", str(n)) == f"x:{n}"


@given(st.integers(0, 2**64))
def test_a_rounded_identifier_is_refused_and_an_exact_float_is_the_same_as_the_integer(n):
    written = f"{float(n)!r}" if n < 2**53 and n < 10**15 else f"{n}.0"
    if n < 2**53:
        assert exact(written) == str(n)
    else:
        with pytest.raises(Unreadable, match=INEXACT):
            exact(written)


@pytest.mark.parametrize("written", ["1.4e+18", "1.49847E+18", "1E+18", "12345678901234567000.0"])
def test_what_a_spreadsheet_made_of_an_identifier_is_refused(written):
    with pytest.raises(Unreadable):
        account_id("x", written)


@pytest.mark.parametrize("written", ["85e21", "1e10", "v1.0.0", "a.0", "1.05"])
def test_hashes_and_names_that_look_like_numbers_are_kept(written):
    assert exact(written) == written


@given(st.lists(words, min_size=1))
def test_a_list_is_the_same_in_each_way_of_writing_it(parts):
    for written in (json.dumps(parts), repr(parts), f"[{', '.join(parts)}]", "|".join(parts), ", ".join(parts)):
        assert listed(written) == parts, written


@given(st.lists(urls, min_size=1), st.sampled_from([" ", ", ", "|", ";", "\n", " | "]))
def test_signs_inside_links_do_not_cut_them(parts, separator):
    assert links(separator.join(parts)) == parts


def test_a_broken_or_nested_list_is_not_guessed_at():
    assert listed("['a', 'b") == ["['a'", "'b"]  # no list at all: it does not end as one
    assert listed("['a', 'b]") is None
    assert listed("[{'url': 'x'}]") is None
    assert listed("[[1]]") is None
    assert listed("[" * 20_000 + "]" * 20_000) is None
    assert listed("['" + "a" * 70_000 + "']") is None


def test_numbers_inside_lists_stay_exact():
    assert listed("[12345678901234567890]") == ["12345678901234567890"]


def test_hashtags_lose_sign_and_case():
    assert tags("#Été|#VOTE") == ["été", "vote"]
    assert tags('["#A", "b"]') == ["a", "b"]


@given(st.integers(-(10**15), 10**15))
def test_a_count_is_the_same_with_and_without_group_signs(n):
    for written in (str(n), f"{n:,}", f"{n:,}".replace(",", " "), f"{n:,}".replace(",", "\u202f"), f"{n}.0"):
        assert whole(written) == n


@pytest.mark.parametrize(
    "written", ["≤100", "< 1%", "1.2K", "1,23", "1.5", "٣", "²", "1e3", "100-499", "nope", "9" * 30]
)
def test_an_interval_or_a_rounding_is_no_count(written):
    assert whole(written) is None


def test_a_link_on_x_names_its_account_and_its_post():
    link = "https://twitter.com/Ada_L/status/190?s=20"
    assert (account_id("x", link), item_id("x", link)) == ("x:@ada_l", "x:190")
    assert item_id("facebook", link) == f"facebook:{link}"
    assert account_id("x", "https://x.com/i/status/190") == "x:https://x.com/i/status/190"
