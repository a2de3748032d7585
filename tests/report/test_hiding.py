"""Private persons in the words of public accounts and in names of files."""

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.people import BOB, PAPER, names, person

ZOE = person(5, handle="zoe_42", name="Zoé Vasseur-Tilleul 🌻 (elle)", followers=12)
WROTE = pa.table({"act_id": ["x:77", "x:78", "x:79"], "account_id": ["x:880022", "x:770011", None]})


@pytest.mark.parametrize(
    "text",
    [
        "@zqbob",
        "cc @ZQBOB.",
        "＠zqbob",
        "see https://x.com/zqbob/status/77",
        "x.com/zqbob",
        "by ZQBOB ZQMARTIN, ",
        "a zqbob@mail.org",
    ],
)
def test_a_private_person_is_hidden_in_the_words_of_a_public_account(text):
    assert "zqbob" not in names(BOB, PAPER).words(text, "x:880022").casefold()


@pytest.mark.parametrize("name", ["zqbob.csv", "posts_zqbob_2024.json", "x-ZqBob-zqbob.csv", "@zqbob.zip"])
def test_a_file_named_after_a_private_person_hides_them(name):
    held = names(BOB, PAPER)
    assert "zqbob" not in held.file_name(name).casefold()
    assert held.file_name("posts_zqpaper_2024.json") == "posts_zqpaper_2024.json"


def test_a_handle_with_signs_of_its_own_is_hidden_in_a_file_name_but_a_number_is_left():
    held = names(person(1, handle="zq_mia.b"), person(2, handle="2024"))
    assert held.file_name("posts_zq_mia.b_2024.csv") == f"posts_{held.shown('x:1')}_2024.csv"


def test_what_names_nobody_private_is_left_as_it_is():
    text = "@zqpaper wrote The Zq Paper at https://x.com/zqpaper/status/1 and https://example.org/a@b, 5 @ 3"
    assert names(BOB, PAPER).hide_in(text) == text


def test_a_handle_that_stands_in_place_of_an_id_is_hidden_too():
    held = names(person("@zqmia"), PAPER)
    assert held.hide_in("@zqmia said") == f"{held.shown('x:@zqmia')} said"


@pytest.mark.parametrize("way", ["{} wrote", "by {}.", "({})", "« {} »", "see medium.com/{}/a-post", "{}, too", "{}'s"])
@pytest.mark.parametrize("handle", ["zoe_42", "ZOE_42", "zqjdoe42", "zq-mia.b7", "1zqjdoe"])
def test_a_handle_without_its_sign_is_hidden_where_it_is_like_no_word(handle, way):
    held = names(person(5, handle=handle.lower()), PAPER)
    assert held.hide_in(way.format(handle)) == way.format(held.shown("x:5"))


@pytest.mark.parametrize("handle", ["zqbob", "paix", "mp3", "2024", "2024_05", "15h30", "10_000"])
def test_a_handle_that_may_be_a_word_a_date_or_an_amount_stays_without_its_sign(handle):
    text = f"on {handle} and {handle}."
    assert names(person(5, handle=handle), PAPER).hide_in(text) == text


@pytest.mark.parametrize("text", ["zoe_421", "azoe_42", "zoe_42_b", "zoe 42", "zoe_4", "zoe.42"])
def test_another_word_that_holds_a_handle_stays(text):
    assert names(ZOE, PAPER).hide_in(text) == text


def test_a_public_account_s_handle_stays_though_a_private_person_bears_it_elsewhere():
    both = names(person(5, handle="zq_news"), person(6, handle="zq_news", followers=9000))
    assert both.hide_in("zq_news wrote") == "zq_news wrote"


@pytest.mark.parametrize(
    "written",
    [
        "Zoé Vasseur-Tilleul",
        "ZOÉ VASSEUR TILLEUL",
        "Zoe  Vasseur-Tilleul",
        "zoé vasseur-tilleul",
        "Zoé\nVasseur-Tilleul",
        "Zoé\u00a0Vasseur-Tilleul",
        unicodedata.normalize("NFD", "Zoé Vasseur-Tilleul"),
        "Zoé Vasseur-Tilleul 🌻",
    ],
)
def test_a_full_name_is_hidden_however_it_is_spaced_accented_or_decorated(written):
    held = names(ZOE, PAPER)
    hidden = held.hide_in(f"selon {written}, qui")
    assert held.shown("x:5") in hidden
    assert "tilleul" not in hidden.casefold()


@pytest.mark.parametrize(
    "text",
    ["Zoé arrive", "Vasseur-Tilleul SA", "zoé. Ailleurs, vasseur", "Tilleul, Vasseur, Zoé", "Zoé et Vasseur-Tilleul"],
)
def test_parts_of_a_full_name_stay(text):
    assert names(ZOE, PAPER).hide_in(text) == text


def test_an_initial_is_no_article():
    held = names(person(5, name="Zqanne L."), PAPER)
    assert held.hide_in("Zqanne l'a dit") == "Zqanne l'a dit"
    assert held.hide_in("by Zqanne L.") == f"by {held.shown('x:5')}."


def test_the_longer_of_two_names_is_hidden_whole():
    held = names(person(5, name="Zqanne Tilleul"), person(6, name="Zqanne Tilleul Vasseur"), PAPER)
    assert held.hide_in("Zqanne Tilleul Vasseur") == held.shown("x:6")
    assert held.hide_in("Zqanne Tilleul vint") == f"{held.shown('x:5')} vint"


def test_a_name_that_a_public_account_bears_stays():
    text = "The Zq Paper said so"
    assert names(person(5, name="the zq paper"), PAPER).hide_in(text) == text


WORDS = st.text("abcdefghij éà'-_.,@#/0123456789\n", max_size=60)


@given(WORDS, WORDS, st.sampled_from(["zoe_42", "Zoé Vasseur-Tilleul", "@Zoe_42", "x.com/zoe_42/status/5"]))
def test_nobody_is_left_between_any_other_words_and_a_second_look_finds_nothing_more(before, after, called):
    held = names(ZOE, PAPER)
    hidden = held.hide_in(f"{before} {called} {after}")
    assert "zoe_42" not in hidden.casefold()
    assert "tilleul" not in hidden.casefold()
    assert held.hide_in(hidden) == hidden


@given(WORDS)
def test_a_text_that_names_nobody_known_loses_handles_links_and_mails_alone(text):
    hidden = names(ZOE, PAPER).hide_in(text)
    assert "person-" not in hidden
    assert hidden == text or "…" in hidden


POST = "https://x.com/i/status/{}"


def test_a_link_to_a_post_that_names_nobody_is_shown_with_the_post_of_a_public_account():
    held = names(BOB, PAPER)
    for url in (POST.format(77), "https://twitter.com/i/web/status/77"):
        assert held.link(url, "x:880022") == url
        assert held.link(url, "x:770011") is None
        assert held.link(url, None) is None
    assert held.link("https://x.com/i/zqbob", "x:880022") is None
    assert held.link("https://x.com/i/status/77/@zqbob", "x:880022") is None


@pytest.mark.parametrize("host", ["https://x.com", "https://twitter.com", "mobile.twitter.com", "http://www.x.com"])
@pytest.mark.parametrize("path", ["i/status", "i/web/status"])
def test_in_a_text_such_a_link_stays_where_a_public_account_is_known_to_have_written_the_post(host, path):
    held = names(BOB, PAPER, writers=WROTE)
    for number in (77, 78, 79, 80):
        text = f"see {host}/{path}/{number}, too"
        assert (held.hide_in(text) == text) is (number == 77)
    assert names(BOB, PAPER).hide_in(f"{host}/{path}/77") != f"{host}/{path}/77", "nobody is known to have written it"
    assert "zqbob" not in held.hide_in(f"{host}/{path}/77/zqbob")
