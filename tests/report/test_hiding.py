"""Private persons in the words of public accounts and in names of files."""

import pytest

from report.people import BOB, PAPER, names, person


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
