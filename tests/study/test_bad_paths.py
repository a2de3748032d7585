"""A path may be a folder, a pipe, a device, standard input, or one that may not be read: each is told by its name."""

from __future__ import annotations

import gzip
import os
import threading
from pathlib import Path

import pytest

from study.bad_files import GOOD, N_GOOD, cut_gzip, english_in, marked, n_rows, zipped

UNIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices in folders are Unix's")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_in_a_folder_the_good_files_are_read_and_the_bad_ones_told(lang, command, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.jsonl").write_bytes(GOOD)
    (folder / "broken link.jsonl").symlink_to("nowhere")
    bad = {
        "words.txt": b"hello\nworld\n",
        "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(99),
        "locked.zip": marked(zipped(posts_jsonl=GOOD), flag=1),
        "empty.jsonl": b"",
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")  # would wait for ever
    done = command("read", "folder", "--study", "study", "--lang", lang)
    assert done.code == 1
    assert n_rows(tmp_path / "study") == N_GOOD
    for name in ("words.txt", "photo.jpg", "locked.zip", "broken link.jsonl"):
        assert f"folder/{name}" in done.err
    assert "empty.jsonl" not in done.err, "an empty file of a folder is no loss"
    assert ("empty.jsonl: 0 rows, empty" if lang == "en" else "empty.jsonl\u202f: 0 ligne, vide") in done.out
    assert lang == "en" or english_in(done.err + done.out) == []


@UNIX
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_device_is_refused_instead_of_read_for_ever(lang, command):
    done = command("read", "/dev/zero", "--study", "study", "--lang", lang)
    assert done.code == 3
    assert ("/dev/zero is a device" if lang == "en" else "/dev/zero est un périphérique") in done.err


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_is_told(lang, command, tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    (tmp_path / "closed.jsonl").write_bytes(GOOD)
    (tmp_path / "closed.jsonl").chmod(0)
    done = command("read", "closed.jsonl", "good.jsonl", "--study", "study", "--lang", lang)
    assert done.code == 1
    assert ("closed.jsonl cannot be opened" if lang == "en" else "closed.jsonl ne peut pas être ouvert") in done.err
    assert n_rows(tmp_path / "study") == N_GOOD


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_file_that_the_system_does_not_open_is_told(lang, command, tmp_path, monkeypatch):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    (tmp_path / "closed.jsonl").write_bytes(GOOD + GOOD)
    opened = Path.open

    def refusing(self, *args, **named):
        if self.name == "closed.jsonl":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **named)

    monkeypatch.setattr(Path, "open", refusing)
    done = command("read", "closed.jsonl", "good.jsonl", "--study", "study", "--lang", lang)
    assert done.code == 1
    said = "you are not allowed to read it" if lang == "en" else "vous n’avez pas le droit de le lire"
    assert f"closed.jsonl {'cannot be opened: ' if lang == 'en' else 'ne peut pas être ouvert'}" in done.err
    assert said in done.err
    assert n_rows(tmp_path / "study") == N_GOOD


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    ("content", "code", "said", "said_fr"),
    [
        (GOOD, 0, "standard input: 30 rows", "l’entrée standard\u202f: 30 lignes"),
        (b"", 3, "standard input is empty", "l’entrée standard est vide"),
        (b"hello\n", 3, "standard input is in no format", "l’entrée standard n’est dans aucun format"),
        (cut_gzip(), 1, "standard input breaks off", "l’entrée standard s’interrompt"),
    ],
)
def test_standard_input_is_told_by_its_name(content, code, said, said_fr, lang, command, tmp_path):
    done = command("read", "-", "--study", "study", "--lang", lang, stdin=content)
    assert done.code == code
    assert (said if lang == "en" else said_fr) in done.out + done.err
    assert lang == "en" or english_in(done.out + done.err) == []
    assert not list((tmp_path / "study").glob(".incoming-*"))


@UNIX
def test_a_pipe_is_read_like_a_file(command, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(gzip.compress(GOOD),))
    writer.start()
    done = command("read", "pipe", "--study", "study")
    writer.join()
    assert (done.code, n_rows(tmp_path / "study")) == (0, N_GOOD)
