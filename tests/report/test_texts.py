"""The French catalogue is complete, correct and compiled; and the tool that says so can tell when it is not."""

import importlib.util
from pathlib import Path

import pytest
from babel.messages.catalog import Message

TOOL = Path(__file__).resolve().parents[2] / "tools" / "texts.py"


@pytest.fixture(scope="module")
def texts():
    spec = importlib.util.spec_from_file_location("texts_tool", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_template_is_translated_with_its_placeholders_and_compiled(texts):
    assert texts.faults() == []


def test_templates_of_code_errors_and_pages_are_all_gathered(texts):
    found = {texts._first(one.id) for one in texts._messages(texts.gather())}
    assert {"{file} is empty", "The answer", "rests on one act", "person-{code}"} <= found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('mark("one")', ["one"]),
        ('language.say("a"  "b", n=1)', ["ab"]),
        ('Reject(pointer, "why", detail)', ["why"]),
        ('plural("one act", "{n} acts", 3)', [("one act", "{n} acts")]),
        ("tell(f\"{say('within')}\")", ["within"]),
        ('say("same", same=head == b"PK")', ["same"]),
        ('say(MARKS["key"], way="x")', []),
        ("say(template)", []),
        ('say("{only}", only=1)', []),
        ('def mark(template="nothing"): ...', []),
    ],
)
def test_a_template_is_what_a_marked_call_says_and_nothing_else(texts, tmp_path, monkeypatch, code, found):
    (tmp_path / "module.py").write_text(code)
    monkeypatch.setattr(texts, "PACKAGE", tmp_path)
    assert [one.id for one in texts._messages(texts.gather())] == found


@pytest.mark.parametrize(
    ("english", "french", "fault"),
    [
        ("{n} acts", "{m} actes", "placeholders"),
        ("{n} acts", "actes", "placeholders"),
        ("{share:.0%}", "{share}", "placeholders"),
        (("one act", "{n} acts"), ("un acte", "{n} actes"), "placeholders"),
        ("what: {x}", "quoi: {x}", "space"),
        ("say {x}?", "dire {x}?", "space"),
        ("a {x}", "a {x", "template"),
    ],
)
def test_a_bad_translation_is_found(texts, english, french, fault):
    assert fault in " ".join(texts._faults_of(Message(english, french)))


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("{n} acts: {x!r}", "{x!r} : {n} actes"),
        (("one act", "{n} acts"), ("{n} acte", "{n} actes")),
        ("run `a: b`; then {x}", "lancez `a: b` ; puis {x}"),
    ],
)
def test_a_good_translation_is_let_through(texts, english, french):
    assert texts._faults_of(Message(english, french)) == []


def test_the_catalogue_is_written_the_same_way_each_time(texts):
    catalog = texts._read(texts.PO)
    assert texts.written(catalog) == texts.written(texts._read(texts.PO))
    assert texts._words(texts.compiled(catalog)) == texts._words(texts.MO.read_bytes())


def test_an_untranslated_a_fuzzy_and_a_stale_text_are_reported(texts, tmp_path, monkeypatch):
    po, mo = tmp_path / "a.po", tmp_path / "a.mo"
    catalog = texts._read(texts.PO)
    catalog.get("The answer").string = ""
    catalog.get("The words").flags.add("fuzzy")
    catalog.add("nobody says this", "personne ne le dit")
    po.write_bytes(texts.written(catalog))
    mo.write_bytes(texts.MO.read_bytes())
    monkeypatch.setattr(texts, "PO", po)
    monkeypatch.setattr(texts, "MO", mo)
    wrong = "\n".join(texts.faults())
    for expected in ("not translated: 'The answer'", "fuzzy: 'The words'", "no longer used: 'nobody", "stale"):
        assert expected in wrong
