"""`ascendant mirror` on the command line: from archives to the page, and made again."""

import json
import subprocess
import sys

import pytest

from ascendant.cli.app import main
from ascendant.demo.archives.make import write_archives
from ascendant.demo.archives.options import ArchiveOptions
from x_archives import EXPORTS, account, post, written


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    return write_archives(tmp_path_factory.mktemp("archives"), ArchiveOptions(lang="fr", n_days=150, scale=0.1))


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def one(*words):
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        return left.value.code or 0, *capsys.readouterr()

    return one


@pytest.mark.parametrize(("lang", "begins"), [("en", "At least "), ("fr", "Au moins ")])
def test_archives_come_to_a_mirror_in_one_command(run, archives, tmp_path, lang, begins):
    code, out, err = run("mirror", *archives.files, "--lang", lang, "--time-zone", "Europe/Paris")
    assert (code, out.startswith(begins)) == (0, True)
    assert "@joris_abaudin" in err  # whose archives were read
    page = tmp_path / "mirror-study" / "report" / f"mirror-{lang}.html"
    assert out.rstrip().endswith(str(page.relative_to(tmp_path)))
    assert "Europe/Paris" in page.read_text(encoding="utf-8")
    assert "expires" not in (tmp_path / "mirror-study" / "study.toml").read_text(encoding="utf-8")
    shared = run("mirror", "--share", "--lang", lang)[1].rstrip().rpartition(" ")[2]
    assert "Abaudin" not in (tmp_path / shared).read_text(encoding="utf-8")
    assert (tmp_path / "mirror-study" / "results" / "mirror_sources.parquet").exists()


def test_json_has_the_answer_and_the_figures(run, archives):
    code, out, _ = run("mirror", archives.x, "--json", "--lang", "en")
    told = json.loads(out)
    assert code == 0
    assert told["answer"]["sentences"][0].startswith("At least ")
    assert told["page"].endswith("mirror-en.html")
    assert told["problems"] == []


def test_without_archives_and_without_a_study_it_says_what_to_give(run):
    code, out, err = run("mirror", "--lang", "en")
    assert (code, out) == (2, "")
    assert "ascendant mirror ARCHIVE.zip" in err


def test_files_that_are_no_archives_hold_no_mirror_up_to_anybody(run):
    code, _, err = run("mirror", EXPORTS.parent / "x_posts" / "api_v1.jsonl", "--lang", "en")
    assert code == 3
    assert "nobody to hold a mirror up to" in err


def test_few_acts_count_and_conclude_nothing(run, tmp_path):
    data = tmp_path / "archive" / "data"
    data.mkdir(parents=True)
    for name, records in {"account": account(), "tweets": [post(text="RT @ana_b: Bonjour")]}.items():
        (data / f"{name}.js").write_text(written(name, records), encoding="utf-8")
    code, out, _ = run("mirror", "archive", "--lang", "en")
    assert code == 0
    assert "concludes nothing" in out
    assert "move" not in out.replace("moved", "")


def test_who_says_that_an_archive_tells_one_side_only(run, archives):
    run("mirror", archives.x, "--lang", "en")
    code, out, _ = run("who", "@joris_abaudin", "--study", "mirror-study", "--lang", "en")
    assert code == 0
    assert "Influence rate     at least" in out
    assert "one-sided" in out


def test_a_mirror_without_collected_posts_loads_neither_numba_nor_networkit(archives, tmp_path):
    program = (
        "import sys; from ascendant.cli.app import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as left: assert not left.code, left.code\n"
        "assert not {'numba', 'networkit'} & set(sys.modules)"
    )
    words = ["mirror", *map(str, archives.files), "--study", str(tmp_path / "study")]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
