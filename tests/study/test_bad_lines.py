"""A line that cannot be read is told with its file, its number and the reason; its neighbours are read."""

from __future__ import annotations

import json

import pytest

from study.bad_files import COLUMNS, TABLE, english_in, n_rows, tweet

LONG = b"x" * 50_000_000

# the second line of three, reason in English and in French
LINES = {
    "cut": (tweet(2)[:90].encode(), "not valid JSON", "JSON non valide"),
    "invalid UTF-8": (tweet(2).encode().replace(b"words", b"wo\xffrds"), "not valid UTF-8", "UTF-8 non valide"),
    "NUL bytes": (tweet(2).encode().replace(b"words", b"wo\0rds"), "holds NUL bytes", "contient des octets nuls"),
    "an array": (
        f"[{tweet(2)}]".encode(),
        "something else where one JSON object is expected",
        "autre chose, là où l’on attend un objet JSON",
    ),
    "a wrong type": (
        tweet(2, full_text=12).encode(),
        "a field has the wrong type",
        "un champ n’est pas du bon type",
    ),
    "an absurd date": (
        tweet(2, created_at="Wed Oct 10 20:19:24 +0000 1997").encode(),
        "an absurd date",
        "une date absurde",
    ),
    "50 MB": (b'{"id_str":"5","full_text":"' + LONG + b'"}', "longer than the limit", "plus long que la limite"),
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", LINES)
def test_a_bad_line_of_posts_is_told_with_its_number_and_reason(case, lang, command, tmp_path):
    line, reason, reason_fr = LINES[case]
    (tmp_path / "posts.jsonl").write_bytes(tweet(1).encode() + b"\n" + line + b"\n" + tweet(3).encode())
    done = command("read", "posts.jsonl", "--study", "study", "--lang", lang)
    assert done.code == 1
    assert ("one line could not be read:" if lang == "en" else "1 ligne n’a pas pu être lue\u202f:") in done.err
    colon = ":" if lang == "en" else "\u202f:"
    place = f"posts.jsonl, {'line' if lang == 'en' else 'ligne'} 2{colon}"
    assert f"{place} {reason if lang == 'en' else reason_fr}" in done.err
    assert "rejects.jsonl" in done.err
    assert n_rows(tmp_path / "study") == 2
    assert "words" not in done.err, "no word of a post is shown"
    assert lang == "en" or english_in(done.err + done.out) == []


ROWS = {
    "NUL bytes": (b"\0\0,b1,1600000000,RT", "an identifier holds NUL bytes", "un identifiant contient des octets nuls"),
    "cells too few": (b"a1,b1", "another number of cells than the table has", "n’a pas autant de cellules"),
    "an absurd date": (b"a1,b1,99999999999999,RT", "outside the years 1990 to 2100", "sort des années 1990 à 2100"),
    "no date": (b"a1,b1,yesterday,RT", "not written as in the rest of its column", "le reste de sa colonne"),
    "a wrong type": (b"1.4E+18,b1,1600000000,RT", "has lost digits", "a perdu des chiffres"),
    "no actor": (b",b1,1600000000,RT", "does not say who acts", "ne dit pas qui agit"),
    "an unknown code": (b"a1,b1,1600000000,MT", "has no meaning", "n’a pas de sens"),
    "50 MB": (b"a1,b1,1600000000," + LONG, "the line is too long", "la ligne est trop longue"),
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_of_a_table_is_told_with_its_line_and_reason(case, lang, command, tmp_path):
    line, reason, reason_fr = ROWS[case]
    (tmp_path / "table.csv").write_bytes(TABLE.encode() + line + b"\na9,b9,1600000000,RT\n")
    done = command("read", "table.csv", "--study", "study", "--lang", lang, *COLUMNS)
    assert done.code == 1
    assert f"table.csv, {'line' if lang == 'en' else 'ligne'} 42" in done.err
    assert (reason if lang == "en" else reason_fr) in done.err
    assert n_rows(tmp_path / "study") == 41
    assert lang == "en" or english_in(done.err + done.out) == []


def test_a_code_without_meaning_is_shown_so_that_it_can_be_given_one(command, tmp_path):
    (tmp_path / "table.csv").write_text(TABLE + "a1,b1,1600000000,MT\n" * 7)
    done = command("read", "table.csv", "--study", "study", *COLUMNS)
    assert "table.csv, line 42 and 6 more: the code of what is done has no meaning" in done.err
    assert "(MT)" in done.err
    assert command("read", "table.csv", "--study", "study", *COLUMNS, "MT=mention").code == 0
    assert n_rows(tmp_path / "study") == 47


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_when_no_line_can_be_read_the_reasons_are_told_too(lang, command, tmp_path):
    (tmp_path / "posts.jsonl").write_text((tweet(1, full_text=3) + "\n") * 3)
    done = command("read", "posts.jsonl", "--study", "study", "--lang", lang)
    assert done.code == 3
    line = (
        "posts.jsonl, line 1 and 2 more: a field"
        if lang == "en"
        else "posts.jsonl, ligne 1 et 2 autres\u202f: un champ"
    )
    assert line in done.err
    assert ("nothing could be read from posts.jsonl" if lang == "en" else "rien n’a pu être lu") in done.err
    assert lang == "en" or english_in(done.err) == []


def test_of_two_contents_of_one_id_one_row_stays_and_the_other_is_counted(command, tmp_path):
    (tmp_path / "posts.jsonl").write_text(f"{tweet(1)}\n{tweet(1, full_text='other')}\n{tweet(2)}\n")
    done = command("read", "posts.jsonl", "--study", "study")
    assert done.code == 0
    assert done.out == "posts.jsonl: 2 rows, one repeat of an id (x_posts)\n"


def test_rejects_of_another_file_do_not_make_this_command_partial(command, tmp_path):
    (tmp_path / "bad.jsonl").write_text(f"{tweet(1)}\nnot JSON\n")
    (tmp_path / "good.jsonl").write_text(f"{tweet(2)}\n")
    assert command("read", "bad.jsonl", "--study", "study").code == 1
    done = command("read", "good.jsonl", "--study", "study")
    assert (done.code, done.err) == (0, "")
    assert command("read", "bad.jsonl", "--study", "study").code == 1, "read before, and in part"


def test_json_tells_the_rejects_and_the_problems(command, tmp_path):
    (tmp_path / "bad.jsonl").write_text(f"{tweet(1)}\nnot JSON\n")
    done = command("read", "bad.jsonl", "absent.jsonl", "--study", "study", "--json")
    printed = json.loads(done.out)
    assert (done.code, printed["rejects"]) == (1, 1)
    assert [problem["kind"] for problem in printed["problems"]] == ["FileMissing"]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    ("times", "said", "said_fr", "remedy"),
    [
        (
            ("03/04/2024", "05/06/2024"),
            "03/04/2024 may be day/month or month/day",
            "peut être jour/mois ou mois/jour",
            "%m/%d/%Y",
        ),
        (("someday", "later"), "one is someday", "l’une est someday", "--time-format"),
    ],
)
def test_times_that_cannot_be_told_are_asked_for(times, said, said_fr, remedy, lang, command, tmp_path):
    rows = "".join(f"a,b,{time},RT\n" for time in times)
    (tmp_path / "times.csv").write_text("who,whom,when,what\n" + rows)
    done = command("read", "times.csv", "--study", "study", "--lang", lang, *COLUMNS)
    message, _, advice = done.err.partition("  -> ")
    assert done.code == 3
    assert message.startswith("times.csv")
    assert "when" in message
    assert (said if lang == "en" else said_fr) in message
    assert remedy in advice
    assert lang == "en" or english_in(done.err) == []
