"""Archives as people really give them: what is wrong is told by name, in both languages, and the rest is read.

Each case is read through `Study.read` and through the command line. Exit codes: 0 whole, 1 in part, 3 not at all.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import facebook_archives as facebook
import linkedin_archives as linkedin
import x_archives as x
from ascendant.errors import ExportError
from ascendant.store.parts import reading
from ascendant.study import Study
from study.bad_files import english_in, marked, n_rows

POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
COMMENTS = "your_facebook_activity/comments_and_reactions/comments.html"
SHOWN = "logged_information/interactions/recently_viewed.html"
PAGE = (
    '<html><body><div role="main"><section class="_a6-g"><h2 class="_a6-h">Ada Exemple a commenté.</h2>'
    '<div class="_a6-p"><div><div class="_2pin"><div>Oui</div></div></div></div>'
    '<footer class="_a6-o"><div class="_a72d">Jun 04, 2025 6:46:10 pm</div></footer></section></div></body></html>'
)


def of_facebook(folder: Path, **more: object) -> Path:
    files = {facebook.PROFILE: facebook.ADA, POSTS: [{"timestamp": facebook.A_DAY, "data": [{"post": "a"}]}], **more}
    return facebook.zipped(folder / "facebook.zip", files)


def of_x(folder: Path, counts: dict[str, int] | None = None, **more: object) -> Path:
    """Two posts; with `counts`, a manifest that announces so many records of each file."""
    files: dict[str, object] = {"tweets": [x.post("1"), x.post("2")], **more}
    if counts is not None:
        named = [{"fileName": f"data/{name}.js", "globalName": "a", "count": str(n)} for name, n in counts.items()]
        manifest = {"userInfo": {"accountId": x.ME, "userName": "jo"}, "dataTypes": {"tweets": {"files": named}}}
        files["manifest"] = f"window.__THAR_CONFIG = {json.dumps(manifest)}"
    return x.zipped(x.archive_in(folder / "jo", files), folder / "jo.zip")


def html(folder: Path) -> Path:
    return facebook.zipped(folder / "facebook.zip", {COMMENTS: PAGE, SHOWN: PAGE})


def locked(folder: Path) -> Path:
    path = of_x(folder)
    path.write_bytes(marked(path.read_bytes(), flag=1))
    return path


def truncated(folder: Path) -> Path:
    path = of_facebook(folder)
    path.write_bytes(path.read_bytes()[:-30])
    return path


def zips_in_a_zip(folder: Path) -> Path:
    return packed(folder, jo=of_x(folder).read_bytes(), facebook=of_facebook(folder).read_bytes())


def a_broken_zip_in_a_zip(folder: Path) -> Path:
    return packed(folder, jo=of_x(folder, {"tweets": 2}).read_bytes(), ada=of_facebook(folder).read_bytes()[:-30])


def packed(folder: Path, **zips: bytes) -> Path:
    with zipfile.ZipFile(folder / "all.zip", "w") as outer:
        for name, content in zips.items():
            outer.writestr(f"{name}.zip", content)
    return folder / "all.zip"


def instagram(folder: Path) -> Path:
    names = ("your_instagram_activity/likes/liked_posts.json", "connections/followers_and_following/following.json")
    return facebook.zipped(folder / "instagram.zip", {name: {"a": []} for name in names})


def tiktok(folder: Path) -> Path:
    return facebook.zipped(folder / "tiktok.zip", {"user_data_tiktok.json": {"Profile": {}}})


def takeout(folder: Path) -> Path:
    names = ("Takeout/archive_browser.html", "Takeout/YouTube/history/watch-history.json")
    return facebook.zipped(folder / "takeout.zip", dict.fromkeys(names, "<html></html>"))


def quick(folder: Path) -> Path:
    return linkedin.zipped(linkedin.QUICK, folder / "quick.zip")


@dataclass(frozen=True)
class Case:
    """How an archive is made, what is left of it, and the words for it."""

    make: Callable[[Path], Path]
    code: int
    rows: int
    said: str
    said_fr: str
    hint: str = ""
    hint_fr: str = ""


CASES = {
    "an export in HTML": Case(html, 0, 1, "ask Facebook for JSON", "demandez plutôt le JSON à Facebook"),
    "what HTML does not give": Case(html, 0, 1, "for the main lists only", "seules les listes principales sont lues"),
    "no manifest": Case(of_x, 0, 2, "nothing tells how many records", "rien ne dit combien d’éléments"),
    "too few records": Case(
        lambda folder: of_x(folder, {"tweets": 3}), 1, 2, "tweets.js: it does not hold as many", "pas autant d’éléments"
    ),
    "too many records": Case(
        lambda folder: of_x(folder, {"tweets": 1}), 1, 2, "tweets.js: it does not hold as many", "pas autant d’éléments"
    ),
    "the first part alone": Case(
        lambda folder: of_x(folder, {"tweets": 2, "tweets-part1": 9}),
        1,
        2,
        "tweets-part1.js: announced, and not there",
        "annoncé et absent",
    ),
    "the second part alone": Case(
        lambda folder: of_x(folder, account=None), 0, 2, "whose archive it is", "à qui appartient cette archive"
    ),
    "the quick archive alone": Case(quick, 0, 4, "comes with the larger one", "vient avec la plus grande"),
    "a password": Case(locked, 3, 0, "protected by a password", "mot de passe", "unpack it", "décompressez"),
    "a broken download": Case(truncated, 3, 0, "its list of contents", "sa table des matières", "again", "de nouveau"),
    "zips in a zip": Case(zips_in_a_zip, 0, 3, "archives read", "archives lues"),
    "a broken zip in a zip": Case(
        a_broken_zip_in_a_zip,
        1,
        2,
        "all.zip › ada.zip breaks off",
        "all.zip › ada.zip s’interrompt",
        "again",
        "nouveau",
    ),
    "an export of Instagram": Case(
        instagram,
        3,
        0,
        "looks like an export of Instagram; ascendant reads Facebook, X and LinkedIn",
        "semble venir de Instagram\u202f; ascendant lit Facebook, X et LinkedIn",
        "explain export",
        "explain export",
    ),
    "an export of TikTok": Case(tiktok, 3, 0, "export of TikTok", "venir de TikTok", "explain", "explain"),
    "an export of Google": Case(takeout, 3, 0, "export of Google", "venir de Google", "explain", "explain"),
}
REFUSED = sorted(name for name, case in CASES.items() if case.code == 3)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_with_an_archive_is_told_on_the_command_line(name, lang, command, tmp_path):
    case = CASES[name]
    done = command("read", case.make(tmp_path), "--study", "study", "--lang", lang)
    assert done.code == case.code
    assert (case.said if lang == "en" else case.said_fr) in done.err
    assert (case.hint if lang == "en" else case.hint_fr) in done.err.partition("  -> ")[2]
    assert n_rows(tmp_path / "study") == case.rows
    assert lang == "en" or english_in(done.err + done.out) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_at_all_is_an_error_in_python(name, tmp_path):
    study = Study.make(tmp_path / "study")
    with pytest.raises(ExportError) as raised:
        study.read([CASES[name].make(tmp_path)])
    assert raised.value.exit_code == 3
    assert CASES[name].said in str(raised.value)


@pytest.mark.parametrize("name", sorted(CASES.keys() - set(REFUSED)))
def test_what_is_wrong_with_the_rest_is_told_in_python(name, tmp_path):
    study = Study.make(tmp_path / "study")
    done = study.read([CASES[name].make(tmp_path)])
    notes = [f"{row['member']}: {row['note']}" for row in study.coverage().to_pylist() if row["note"]]
    told = [*map(str, done.problems), *map(str, done.notes), *notes, "archives read" if done.owners else ""]
    assert CASES[name].said in "; ".join(told)
    assert CASES[name].code == 1 or done.problems == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_good_archive_beside_a_bad_one_is_read(name, command, tmp_path):
    (tmp_path / "good").mkdir()
    good = linkedin.zipped(linkedin.COMPLETE, tmp_path / "good" / "linkedin.zip")
    done = command("read", CASES[name].make(tmp_path), good, "--study", "study", "--lang", "en")
    assert done.code == 1
    assert CASES[name].said in done.err
    assert "archives read: LinkedIn: Camille Exemple" in done.err
    assert n_rows(tmp_path / "study") > 50


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_zip_that_cannot_be_opened_inside_an_archive_stands_in_coverage_too(is_folder, tmp_path):
    path = a_broken_zip_in_a_zip(tmp_path)
    if is_folder:
        path = tmp_path / "folder"
        with zipfile.ZipFile(tmp_path / "all.zip") as outer:
            outer.extractall(path)
    study = Study.make(tmp_path / "study")
    done = study.read([path])
    assert [type(problem).__name__ for problem in done.problems] == ["BrokenFile"]
    (row,) = [row for row in study.coverage().to_pylist() if row["member"] == "ada.zip"]
    assert (row["status"], row["rows_out"]) == ("unreadable", 0)
    assert row["note"]


def test_what_is_damaged_inside_does_not_take_the_rest_with_it_and_is_told_each_time(command, tmp_path):
    many = [x.post(str(n), f"texte {n * 7919 % 1013} {n}") for n in range(1, 4000)]
    path = of_x(tmp_path, tweets=many, mute=[{"muting": {"accountId": "5"}}])
    with zipfile.ZipFile(path) as whole:
        info = whole.getinfo("data/tweets.js")
    content = bytearray(path.read_bytes())
    middle = info.header_offset + info.compress_size * 2 // 3
    content[middle : middle + 64] = bytes(64)
    path.write_bytes(content)
    for _ in range(2):
        done = command("read", path, "--study", "study", "--lang", "en")
        assert done.code == 1
        assert "jo.zip › data/tweets.js" in done.err + done.out
    assert 1000 < n_rows(tmp_path / "study") < 4000


def test_misspelled_text_whole_mixed_and_cut_reaches_the_table_as_it_was_meant(tmp_path):
    whole = "déjà vu à Noël"
    mixed = "“déjà”"  # good quotation marks around misspelled letters
    cut = "très très é"
    raw = [
        facebook.misspelled(whole),
        "“" + facebook.misspelled("déjà") + "”",
        facebook.misspelled(cut)[:-1],
    ]
    posts = [{"timestamp": facebook.A_DAY + n, "data": [{"post": text}]} for n, text in enumerate(raw)]
    path = facebook.zipped(tmp_path / "ada.zip", {facebook.PROFILE: facebook.ADA, POSTS: json.dumps(posts)})
    Study.make(tmp_path / "study").read([path])
    found = texts(tmp_path / "study")
    assert found[:2] == [whole, mixed]
    assert found[2].startswith("très très ")
    assert "Ã" not in "".join(found)


def texts(study: Path) -> list[str]:
    with reading(study) as manifest:
        names = manifest.parts("activity")
    tables = [pq.read_table(study / "activity" / name, columns=["happened_at", "text"]).to_pylist() for name in names]
    return [row["text"] for row in sorted((row for rows in tables for row in rows), key=lambda row: row["happened_at"])]
