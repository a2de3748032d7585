"""A reading that is stopped, by another writer, a full disk, a kill or Ctrl-C, loses nothing and is taken up again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from ascendant.store import files, parts
from ascendant.store.parts import writing
from study.bad_files import GOOD, N_GOOD, english_in, n_rows, tweets

LANGS = pytest.mark.parametrize("lang", ["en", "fr"])
resource = pytest.importorskip("resource", reason="limits of a process are those of Unix")


@LANGS
def test_a_second_writer_is_told_who_holds_the_study_and_a_reader_goes_on(lang, study, command, tmp_path):
    (tmp_path / "more.jsonl").write_bytes(tweets(5))
    with writing(study):
        done = command("read", "more.jsonl", "--study", "study", "--lang", lang)
        assert command("who", "u12", "--study", "study").code == 0
    assert done.code == 4
    assert (f"process {os.getpid()} on" if lang == "en" else f"processus {os.getpid()} sur") in done.err
    assert lang == "en" or english_in(done.err) == []
    assert command("read", "more.jsonl", "--study", "study").code == 0
    assert n_rows(study) == N_GOOD + 5


@LANGS
def test_a_full_disk_is_told_and_the_same_command_goes_on(lang, study, command, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "ROWS_PER_PART", 50)
    (tmp_path / "more.jsonl").write_bytes(tweets(400))
    synced, calls = files._sync, []

    def full(path):
        calls.append(path)
        if len(calls) > 6:
            raise OSError(28, "No space left on device")
        synced(path)

    monkeypatch.setattr(files, "_sync", full)
    done = command("read", "more.jsonl", "--study", "study", "--lang", lang)
    monkeypatch.setattr(files, "_sync", synced)
    assert done.code == 4
    assert ("the disk of study is full" if lang == "en" else "le disque de study est plein") in done.err
    assert lang == "en" or english_in(done.err) == []
    assert N_GOOD < n_rows(study) < N_GOOD + 400
    assert command("read", "more.jsonl", "--study", "study").code == 0
    assert n_rows(study) == N_GOOD + 400


def started(*words, cwd, limit=None):
    def limited():
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background leaves it ignored
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "ascendant", *map(str, words)]
    return subprocess.Popen(command, cwd=cwd, stderr=subprocess.PIPE, text=True, preexec_fn=limited)  # noqa: PLW1509  no threads here


@pytest.mark.parametrize("limit", [1_000, 30_000, 60_000])
def test_no_room_for_a_file_of_any_kind_is_told_as_a_full_disk(limit, study, command, tmp_path):
    (tmp_path / "more.jsonl").write_bytes(tweets(3000, length=60))
    with started("read", "more.jsonl", "--study", "study", cwd=tmp_path, limit=limit) as process:
        said = process.stderr.read()
    assert process.returncode == 4
    assert "the disk of study is full" in said
    assert n_rows(study) >= N_GOOD
    assert command("read", "more.jsonl", "--study", "study").code == 0
    assert n_rows(study) == N_GOOD + 3000


def until_rows(study, n):
    """Wait until the study holds more than `n` rows."""
    for _ in range(600):
        if n_rows(study) > n:
            return
        time.sleep(0.05)
    raise AssertionError("nothing was committed in half a minute")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_whatever_stops_a_reading_the_same_command_ends_it(sent, study, command, tmp_path):
    (tmp_path / "more.jsonl").write_bytes(tweets(60_000, length=60))
    with started("read", "more.jsonl", "--study", "study", cwd=tmp_path) as process:
        until_rows(study, N_GOOD)
        process.send_signal(sent)
        said = process.stderr.read()
    if sent == signal.SIGINT:
        assert process.returncode == 130
        assert said == "cancelled: what had been committed is kept\n"
    committed = n_rows(study)
    assert committed > N_GOOD
    assert command("who", "u12", "--study", "study").code == 0, "a study can be asked as it was left"
    assert n_rows(study) >= committed
    assert command("read", "more.jsonl", "--study", "study").code == 0
    assert n_rows(study) == N_GOOD + 60_000


def test_what_a_kill_leaves_of_standard_input_is_swept(study, command):
    (study / ".incoming-left").mkdir()
    (study / ".incoming-left" / "standard input").write_bytes(GOOD)
    assert command("read", "-", "--study", "study", stdin=tweets(3)).code == 0
    assert not list(study.glob(".incoming-*"))
