"""Templates, numbers, dates and errors in both languages."""

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.errors import STANDARD_INPUT, BadChoice, BrokenFile, Caveat, MissingColumn, NoPurpose
from ascendant.report.language import Language, language_for, typeset_french

EN, FR = Language("en"), Language("fr")
NARROW, BOUND = "\u202f", "\xa0"


def test_french_sets_narrow_spaces_and_curly_apostrophes():
    assert typeset_french("Qui ? Lui : « l'autre » ; 12 % !") == (
        f"Qui{NARROW}? Lui{NARROW}: «{NARROW}l’autre{NARROW}»{NARROW}; 12{NARROW}%{NARROW}!"
    )


def test_code_is_left_as_it_is_typed():
    assert typeset_french("`a : l'b` --columns verb=:post https://x.com/a") == (
        "`a : l'b` --columns verb=:post https://x.com/a"
    )


@given(st.text())
def test_facts_are_shown_as_they_are(words):
    assert words in FR.say("{file} is empty", file=words)
    assert words in EN.say("{file} is empty", file=words)


def test_an_error_is_told_in_both_languages_with_its_hint():
    error = MissingColumn(file="a.csv", column="autheur", found="author, date", field="actor")
    assert EN.error(error)[0] == "a.csv has no column “autheur”; its columns are: author, date"
    assert FR.error(error)[0] == (
        f"a.csv n’a pas de colonne «{NARROW}autheur{NARROW}»{NARROW}; ses colonnes sont{NARROW}: author, date"
    )
    assert "--columns actor=COLONNE" in FR.error(error)[1]


def test_a_reason_that_is_a_sentence_of_ours_is_translated_inside_an_error():
    error = BrokenFile(file="a.gz", place="12", reason="not valid UTF-8")
    assert "UTF-8 non valide" in FR.error(error)[0]
    assert "not valid UTF-8" in EN.error(error)[0]


def test_facts_inside_the_facts_of_an_error_are_translated_too():
    place = Caveat("byte {n:,} of its contents", {"n": 1234567})
    error = BrokenFile(file="a.gz", place=place, reason="the packed data ends too early")
    assert EN.error(error)[0] == (
        "a.gz breaks off or is damaged at byte 1,234,567 of its contents: the packed data ends too early"
    )
    assert FR.error(error)[0] == (
        f"a.gz s’interrompt ou est abîmé à cet endroit (octet 1{NARROW}234{NARROW}567 de son contenu){NARROW}: "
        "les données compressées s’arrêtent trop tôt"
    )
    assert str(error) == EN.error(error)[0]


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("line 12345", "ligne 12345"),
        ("line 3/data/0", "ligne 3/data/0"),
        ("row 7", "ligne 7"),
        ("item 2", "élément 2"),
        ("document", "document"),
        ("file", "fichier"),
        ("liner 2", "liner 2"),
        ("posts[3]", "posts[3]"),
    ],
)
def test_the_place_of_a_record_is_told_in_the_language_and_its_number_as_an_editor_shows_it(pointer, shown):
    assert FR.say("{pointer}", pointer=pointer) == shown
    assert EN.say("{pointer}", pointer=pointer) == pointer


def test_standard_input_has_a_name_in_each_language():
    assert FR.say("{file} is empty", file=STANDARD_INPUT) == "l’entrée standard est vide"
    assert EN.say("{file} is empty", file=STANDARD_INPUT) == "standard input is empty"


def test_a_caveat_may_be_a_fact_of_another_text():
    inner = Caveat("{file} is empty", {"file": "a.csv"})
    assert FR.say("nothing to study: {reason}", reason=inner) == f"rien à étudier{NARROW}: a.csv est vide"


def test_numbers_have_the_separators_of_the_language():
    assert EN.number(1234567.5) == "1,234,567.5"
    assert FR.number(1234567.5) == f"1{NARROW}234{NARROW}567,5"
    assert EN.say("{n:.2f}", n=math.pi) == "3.14"
    assert FR.say("{n:.1%}", n=0.1234) == f"12,3{NARROW}%"


@pytest.mark.parametrize("unknown", [None, math.nan, math.inf])
def test_an_unknown_number_is_a_dash_and_never_nan(unknown):
    shown = [EN.number(unknown), EN.percent(unknown), EN.span(unknown), EN.chance(unknown), EN.interval(unknown, 1)]
    assert set(shown) == {"–"}


@given(st.floats(0, 1))
def test_a_share_is_never_printed_as_none_or_all_when_it_is_not(share):
    shown = EN.percent(share)
    assert (shown == "0%") == (share == 0)
    assert (shown == "100%") == (share == 1)


@given(st.floats(0, 1), st.floats(0, 1))
def test_both_ends_of_an_interval_have_the_same_precision(one, other):
    low, high = EN.share_interval(min(one, other), max(one, other)).rstrip("%").split("–")
    assert ("." in low) == ("." in high)


@given(st.floats(0, 1))
def test_a_probability_is_never_printed_as_certain(probability):
    assert EN.chance(probability) not in ("0%", "100%")


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0 s"), (59.7, "1 min"), (3599.9, "1 h"), (7800, "2 h 10 min"), (86399, "1 d"), (90061, "1 d 1 h")],
)
def test_a_span_is_rounded_before_it_is_cut_into_units(seconds, shown):
    assert EN.span(seconds).replace(BOUND, " ") == shown


@given(st.floats(0, 1e9))
def test_a_span_never_shows_a_full_unit_as_its_part(seconds):
    parts = EN.span(seconds).replace(BOUND, " ").replace(",", "").split(" ")
    units = dict(zip(parts[1::2], parts[0::2], strict=True))
    assert int(units.get("s", 0)) < 60
    assert int(units.get("min", 0)) < 60
    assert int(units.get("h", 0)) < 24


def test_dates_are_written_out_and_shown_in_the_zone_of_the_study():
    moment = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)
    assert EN.date(moment, time=True) == "29 February 2024, 23:30 UTC"
    assert Language("fr", zone="Europe/Paris").date(moment, time=True) == "1er mars 2024, 00:30 (Europe/Paris)"
    assert FR.say("from {since}", since=date(2024, 1, 1)) == "depuis le 1er janvier 2024"


def test_facts_of_many_types_are_put_in_words():
    template = "{a}, {b}, {c}, {d}"
    assert FR.say(template, a=True, b=None, c=["x", "y"], d=timedelta(minutes=5)) == f"oui, –, x et y, 5{BOUND}min"


def test_french_has_its_singular_for_nothing_at_all():
    assert FR.plural("one act", "{n} acts", 0) == "0 acte"
    assert EN.plural("one act", "{n} acts", 0) == "0 acts"
    assert FR.plural("one act", "{n} acts", 2) == "2 actes"


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_BE.UTF-8"}, "fr"),
        ({"LC_ALL": "", "LANG": "fr"}, "fr"),
        ({}, "en"),
    ],
)
def test_the_locale_decides_where_nothing_was_asked(monkeypatch, environment, code):
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert language_for().code == code
    assert language_for("fr-CA").code == "fr"


def test_a_language_that_is_not_spoken_is_refused_by_name():
    with pytest.raises(BadChoice) as caught:
        language_for("de")
    assert "“de”" in EN.error(caught.value)[0]


def test_an_error_without_facts_for_its_hint_is_complete():
    assert FR.error(NoPurpose(n=10))[0].endswith("d’au moins 10 lettres")
