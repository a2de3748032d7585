"""A file that cannot be read is told by its name, with what it is and what to try; the good ones beside it are read.

Every case is given alone and beside a good file, in both languages.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ascendant.read import readers
from study.bad_files import COLUMNS, GOOD, N_GOOD, TABLE, cut_gzip, english_in, marked, n_rows, tweets, zipped

PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20


def parquet(*, cut: bool) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"who": ["a", "b"] * 500, "whom": ["c", "d"] * 500}), sink)
    whole = sink.getvalue().to_pybytes()
    return whole[: len(whole) // 2] if cut else whole


# name -> contents, words in English, words in French, words of the hint in English, in French
CASES = {
    "absent.jsonl": (None, "does not exist", "n’existe pas", "spelling", "orthographe"),
    "empty.jsonl": (b"", "is empty", "est vide", "download", "téléchargez"),
    "empty.zip": (zipped(), "is empty", "est vide", "download", "téléchargez"),
    "unpacks to nothing.gz": (gzip.compress(b""), "is empty", "est vide", "download", "téléchargez"),
    "words.txt": (b"hello\nworld\n", "plain text", "texte ordinaire", "CSV", "CSV"),
    "photo.jpg": (PICTURE, "(a picture)", "(une image)", "give posts", "donnez des publications"),
    "noise.bin": (bytes(range(256)) * 20, "(binary data)", "(des données binaires)", "give posts", "donnez des pub"),
    "table.csv": (
        TABLE.encode(),
        "a table with these columns: who, whom, when, what",
        "un tableau avec ces colonnes\u202f: who, whom, when, what",
        "--columns actor=",
        "--columns actor=",
    ),
    "table.parquet": (
        parquet(cut=False),
        "a Parquet table with these columns: who, whom",
        "un tableau Parquet avec ces colonnes\u202f: who, whom",
        "--columns actor=",
        "--columns actor=",
    ),
    "half.parquet": (
        parquet(cut=True),
        "at its table of contents, which stands at its end: the Parquet data is damaged",
        "(sa table des colonnes, qui se trouve à sa fin)\u202f: les données Parquet sont abîmées",
        "again",
        "de nouveau",
    ),
    "array.json": (
        b'[{"who": "a", "whom": "b"}]',
        "a JSON array, where one object on each line is expected",
        "un tableau JSON, là où l’on attend un objet par ligne",
        "jq -c '.[]' FILE",
        "jq -c '.[]' FICHIER",
    ),
    "other.json": (b'{"hello":\n {"world": 1}}', "JSON of an unknown shape", "JSON de forme inconnue", "CSV", "CSV"),
    "lines.jsonl": (
        b'{"who": "a", "whom": "b"}\n',
        "JSON lines with these columns: who, whom",
        "des lignes JSON",
        "--columns",
        "--columns",
    ),
    "head.jsonl.gz": (
        gzip.compress(GOOD)[:7],
        "the packed data ends too early",
        "s’arrêtent trop tôt",
        "again",
        "de nouveau",
    ),
    "half.zip": (
        zipped(posts_jsonl=tweets(500, length=300))[:9000],
        "at its list of contents, which stands at its end",
        "(sa table des matières, qui se trouve à sa fin)",
        "again",
        "de nouveau",
    ),
    "locked.zip": (
        marked(zipped(posts_jsonl=GOOD), flag=1),
        "protected by a password",
        "protégé par un mot de passe",
        "unpack it with its password",
        "avec son mot de passe",
    ),
    "deflate64.zip": (
        marked(zipped(posts_jsonl=GOOD), method=9),
        "cannot unpack (method Deflate64)",
        "(méthode Deflate64)",
        "the tool that made it",
        "l’outil qui l’a fait",
    ),
}


def write(case: str, folder: Path) -> Path:
    path = folder / case
    if CASES[case][0] is not None:
        path.write_bytes(CASES[case][0])
    return path


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_is_told_with_what_it_is_and_what_to_try(case, lang, command, tmp_path):
    path = write(case, tmp_path)
    done = command("read", path, "--study", "study", "--lang", lang)
    _, said, said_fr, hint, hint_fr = CASES[case]
    message, _, advice = done.err.partition("  -> ")
    assert done.code == 3
    assert path.name in message
    assert (said if lang == "en" else said_fr) in message
    assert (hint if lang == "en" else hint_fr) in advice
    assert lang == "en" or english_in(done.err) == []


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", CASES)
def test_a_good_file_beside_it_is_read(case, lang, command, tmp_path):
    path = write(case, tmp_path)
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    done = command("read", path, "good.jsonl", "--study", "study", "--lang", lang)
    assert done.code == 1
    assert path.name in done.err
    assert (CASES[case][1] if lang == "en" else CASES[case][2]) in done.err
    assert n_rows(tmp_path / "study") == N_GOOD
    assert (f"good.jsonl: {N_GOOD} rows" if lang == "en" else f"good.jsonl\u202f: {N_GOOD} lignes") in done.out
    assert lang == "en" or english_in(done.err + done.out) == []


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    ("name", "content", "said", "said_fr"),
    [
        ("cut.jsonl.gz", cut_gzip(), "the packed data ends too early", "s’arrêtent trop tôt"),
        (
            "tail.jsonl.gz",
            gzip.compress(tweets(200)) + b"garbage",
            "is not packed as the rest is",
            "n’est pas compressée comme le reste",
        ),
    ],
)
def test_what_comes_before_the_damage_is_kept(name, content, said, said_fr, lang, command, tmp_path):
    (tmp_path / name).write_bytes(content)
    done = command("read", name, "--study", "study", "--lang", lang)
    assert done.code == 1
    assert (said if lang == "en" else said_fr) in done.err
    assert (" of its contents" if lang == "en" else " de son contenu") in done.err
    assert 100 < n_rows(tmp_path / "study") < 2000
    assert lang == "en" or english_in(done.err + done.out) == []
    again = command("read", name, "--study", "study", "--lang", lang)
    assert again.code == 1, "a file that was read in part is not whole the second time"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_zip_with_a_damaged_member_gives_what_can_be_unpacked(lang, command, tmp_path):
    archive = bytearray(zipped(posts_jsonl=tweets(8000, length=300)))
    place = len(archive) * 9 // 10
    archive[place : place + 200] = bytes(200)
    (tmp_path / "posts.zip").write_bytes(archive)
    done = command("read", "posts.zip", "--study", "study", "--lang", lang)
    assert done.code == 1
    assert "posts.zip › posts.jsonl" in done.err
    assert n_rows(tmp_path / "study") > 1000
    assert lang == "en" or english_in(done.err + done.out) == []


def test_a_zip_of_an_empty_and_a_good_member_is_read_whole(command, tmp_path):
    (tmp_path / "both.zip").write_bytes(zipped(empty_jsonl=b"", good_jsonl=GOOD))
    done = command("read", "both.zip", "--study", "study")
    assert (done.code, done.err) == (0, "")
    assert "both.zip › empty.jsonl: 0 rows, empty" in done.out
    assert f"both.zip › good.jsonl: {N_GOOD} rows" in done.out


@pytest.mark.parametrize(("n", "said"), [(4, "and one more like these"), (300, "and 297 more like these")])
def test_many_files_of_one_kind_are_told_in_a_few_lines(n, said, command, tmp_path):
    for i in range(n):
        (tmp_path / f"{i:03d}.txt").write_text(f"hello {i}")
    done = command("read", *sorted(tmp_path.glob("*.txt")), "--study", "study")
    assert done.code == 3
    assert len(done.err.splitlines()) == 5
    assert said in done.err


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_all_that_is_wrong_is_told_when_nothing_could_be_read(lang, command, tmp_path):
    write("locked.zip", tmp_path)
    done = command("read", "absent.jsonl", "locked.zip", "--study", "study", "--lang", lang, "--json")
    assert done.code == 3
    assert "absent.jsonl" in done.err
    assert "locked.zip" in done.err
    assert '"kind": "FileMissing"' in done.out
    assert '"kind": "ProtectedFile"' in done.out


def test_two_formats_are_named_and_one_is_chosen(command, tmp_path, monkeypatch):
    class Twin:
        name, version = "twin", 1

        def recognises(self, export, options):
            return True

    known = readers.known_readers()
    monkeypatch.setattr(readers, "known_readers", lambda: {**known, "twin": Twin()})
    (tmp_path / "posts.jsonl").write_bytes(GOOD)
    done = command("read", "posts.jsonl", "--study", "study")
    assert done.code == 3
    assert "posts.jsonl could be read in 2 ways: x_posts, twin" in done.err
    assert "--format x_posts" in done.err
    french = command("read", "posts.jsonl", "--study", "study", "--lang", "fr")
    assert english_in(french.err) == []
    assert command("read", "posts.jsonl", "--study", "study", "--format", "x_posts").code == 0


def test_the_same_bytes_under_another_name_are_told_as_read_before(command, tmp_path):
    (tmp_path / "one.jsonl").write_bytes(GOOD)
    (tmp_path / "two.jsonl").write_bytes(GOOD)
    command("read", "one.jsonl", "--study", "study")
    done = command("read", "two.jsonl", "--study", "study")
    assert done.out == f"two.jsonl: {N_GOOD} rows, read before: nothing added (x_posts)\n"
    assert n_rows(tmp_path / "study") == N_GOOD


def test_columns_that_fit_one_file_only_leave_the_other_unread(command, tmp_path):
    (tmp_path / "good.csv").write_text(TABLE)
    (tmp_path / "bad.csv").write_text(TABLE.replace("whom", "target"))
    done = command("read", "bad.csv", "good.csv", "--study", "study", *COLUMNS)
    assert done.code == 1
    assert "bad.csv has no column “whom”; its columns are: who, target" in done.err
    assert n_rows(tmp_path / "study") == 40


def test_english_words_in_french_would_be_noticed():
    assert english_in("a.gz s’interrompt : the packed data ends too early") == ["the packed data ends too early"]
    assert english_in("a.gz s’interrompt : les données compressées s’arrêtent trop tôt") == []
