"""A study that is damaged, refused or wrongly set says so; nothing that was committed is lost."""

from __future__ import annotations

import json
import sqlite3
from datetime import date

import pytest

from ascendant.cli import app
from study.bad_files import GOOD, N_GOOD, english_in, n_rows

LANGS = pytest.mark.parametrize("lang", ["en", "fr"])


SETTINGS = {
    "no TOML": ("created = = 1", "line {n}, column 11 is not TOML", "la ligne {n}, colonne 11"),
    "cut": ("tags = [1,", "its end is not TOML", "sa fin n’est pas du TOML"),
    "a slip in a name": ("expire = 5", "expire cannot be 5: there is no setting", "aucun réglage ne porte ce nom"),
    "a zone": ('time_zone = "Mars/X"', "time_zone cannot be “Mars/X”", "ce fuseau horaire n’existe pas"),
    "a day": ('created = "yesterday"', "created cannot be “yesterday”: it should be a day", "il faut un jour"),
    "a moment": ("expires = 2026-03-01T10:00:00", "it should be a day", "il faut un jour"),
    "a text": ("purpose = 5", "purpose cannot be 5: it should be a text", "il faut un texte entre guillemets"),
    "a format": ("format = 0", "format cannot be 0: it should be 1", "il faut 1"),
    "a newer format": ("format = 99", "by a newer ascendant", "par un ascendant plus récent"),
}


@LANGS
@pytest.mark.parametrize("case", SETTINGS)
def test_a_wrong_setting_is_told_with_its_name_and_what_it_should_be(case, lang, study, command):
    line, said, said_fr = SETTINGS[case]
    kept = (study / "study.toml").read_text()
    name = line.partition(" ")[0]
    lines = [one for one in kept.splitlines() if not one.startswith(f"{name} ")]
    (study / "study.toml").write_text("\n".join([*lines, line]) + "\n")
    n = len(lines) + 1
    for words in (("who", "u12"), ("read", "good.jsonl")):
        done = command(*words, "--study", "study", "--lang", lang)
        assert done.code == 4
        assert (said if lang == "en" else said_fr).format(n=n) in done.err
        assert lang == "en" or english_in(done.err) == []
    assert command("doctor", "--study", "study", "--lang", lang).code == 4
    (study / "study.toml").write_text(kept)
    assert command("who", "u12", "--study", "study").code == 0


@LANGS
@pytest.mark.parametrize("value", ['"actor=who"', "[1]"])
def test_a_wrong_mapping_in_the_settings_is_told(value, lang, study, command, tmp_path):
    (tmp_path / "table.csv").write_text("who,whom\na,b\n")
    with (study / "study.toml").open("a") as settings:
        settings.write(f"\n[read]\ncolumns = {value}\n")
    done = command("read", "table.csv", "--study", "study", "--lang", lang)
    assert done.code == 4
    assert "read.columns" in done.err
    assert ("it should be a list of texts" if lang == "en" else "il faut une liste de textes") in done.err
    assert lang == "en" or english_in(done.err) == []


@LANGS
@pytest.mark.parametrize("damage", ["missing", "empty", "other bytes", "another database"])
def test_a_lost_manifest_is_told_and_no_row_is_swept(damage, lang, study, command):
    manifest, kept = study / "manifest.sqlite", (study / "manifest.sqlite").read_bytes()
    held = sorted(path.name for path in (study / "activity").iterdir())
    manifest.unlink()
    if damage == "empty":
        manifest.touch()
    elif damage == "other bytes":
        manifest.write_bytes(b"hello " * 1000)
    elif damage == "another database":
        with sqlite3.connect(manifest) as other:
            other.execute("create table other (column)")
        other.close()
    for words in (("read", "good.jsonl"), ("who", "u12"), ("report",)):
        done = command(*words, "--study", "study", "--lang", lang)
        assert done.code == 4
        assert "manifest.sqlite" in done.err
        assert lang == "en" or english_in(done.err) == []
    assert sorted(path.name for path in (study / "activity").iterdir()) == held
    manifest.write_bytes(kept)
    assert command("read", "good.jsonl", "--study", "study").code == 0
    assert n_rows(study) == N_GOOD


@LANGS
def test_a_damaged_key_is_told_before_names_change(lang, study, command):
    assert command("who", "u12", "--study", "study").code == 0
    key = (study / "pseudonyms.key").read_text()
    (study / "pseudonyms.key").write_text(key[:20])
    done = command("who", "u12", "--study", "study", "--lang", lang)
    assert done.code == 4
    assert "pseudonyms.key" in done.err
    assert lang == "en" or english_in(done.err) == []
    assert (study / "pseudonyms.key").read_text() == key[:20]


@LANGS
def test_a_folder_or_file_that_is_no_study_is_left_alone(lang, command, tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    for folder in ("thesis", "good.jsonl"):
        done = command("read", "good.jsonl", "--study", folder, "--lang", lang)
        assert done.code == 4
        assert f"{folder} is not a study" in done.err if lang == "en" else f"{folder} n’est ni une étude" in done.err
        assert lang == "en" or english_in(done.err) == []
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]
    assert (tmp_path / "good.jsonl").read_bytes() == GOOD
    below = command("read", "good.jsonl", "--study", "good.jsonl/study", "--lang", lang)
    assert below.code == 4
    assert lang == "en" or english_in(below.err) == []


@LANGS
def test_a_past_expiry_is_told_and_the_answer_is_given(lang, study, command):
    text = (study / "study.toml").read_text()
    expires = next(line for line in text.splitlines() if line.startswith("expires"))
    (study / "study.toml").write_text(text.replace(expires, f"expires = {date(2020, 1, 1)}"))
    done = command("who", "u12", "--study", "study", "--lang", lang)
    assert done.code == 0
    said = "this study expired on 1 January 2020" if lang == "en" else "cette étude a expiré le 1er janvier 2020"
    assert said in done.err


@LANGS
def test_a_study_that_cannot_be_written_is_told(lang, command, tmp_path, monkeypatch):
    (tmp_path / "good.jsonl").write_bytes(GOOD)

    def refused(*words, **named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("ascendant.store.parts.Manifest", refused)
    done = command("read", "good.jsonl", "--study", "study", "--lang", lang)
    assert done.code == 4
    said = "study cannot be written: you are not allowed to" if lang == "en" else "on ne peut pas écrire dans study"
    assert said in done.err
    assert lang == "en" or english_in(done.err) == []


def test_a_fault_of_ours_keeps_its_traceback_and_has_a_code_of_its_own(capsys, monkeypatch):
    def broken(*words, **named):
        raise ZeroDivisionError

    monkeypatch.setattr(app, "app", broken)
    with pytest.raises(SystemExit) as left:
        app.main(["who", "x", "--lang", "fr"])
    shown = capsys.readouterr().err
    assert left.value.code == 70
    assert "ZeroDivisionError" in shown
    assert "merci de signaler ce qui suit" in shown


def test_a_finished_command_leaves_one_file_of_sqlite(study, command):
    for words in (("read", "good.jsonl"), ("who", "u12"), ("report",), ("doctor",), ("export", "csv")):
        assert command(*words, "--study", "study").code == 0
        assert [path.name for path in study.glob("manifest.sqlite*")] == ["manifest.sqlite"]


def test_the_runs_of_a_failed_command_are_not_logged_as_done(study, command):
    before = sorted(path.name for path in (study / "runs").iterdir())
    assert command("read", "absent.jsonl", "--study", "study").code == 3
    assert sorted(path.name for path in (study / "runs").iterdir()) == before
    assert all(json.loads((study / "runs" / name).read_text())["what"] for name in before)
