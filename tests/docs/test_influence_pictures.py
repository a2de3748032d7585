"""The pictures of influence are made by code: they add up, fit their sheet, and come out the same each time."""

import os
import pickle
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from ascendant.demo.options import WorldOptions
from ascendant.report.charts.font import width_of
from ascendant.report.language import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "images" / "influence"
TINY = WorldOptions(accounts=60, acts=1_800, seed=121, platforms="x")
SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 0.97  # of the sheet: other machines have other fonts


@pytest.fixture(scope="module")
def tool():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import influence_pictures

        yield influence_pictures
    finally:
        sys.path.remove(str(ROOT / "tools"))


@pytest.fixture(scope="module")
def tiny(tool, tmp_path_factory):
    kept = tmp_path_factory.mktemp("tiny") / "seen.pickle"
    code = "import pickle, sys; from influence_pictures import seen; from ascendant.demo.options import WorldOptions\n"
    code += f"pickle.dump(seen({TINY!r}), open(sys.argv[1], 'wb'))"
    alone("-c", code, kept)
    return pickle.loads(kept.read_bytes())


def alone(*command):
    """In a process of its own, with one thread for linear algebra: the fits are far too small to share."""
    places = [str(ROOT / "tools"), os.environ.get("PYTHONPATH", "")]
    given = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, places))}
    subprocess.run([sys.executable, *command], env=given, check=True, capture_output=True)


def test_the_same_world_gives_the_same_bytes(tool, tiny, tmp_path):
    here = tool.draw(tiny, TINY, tmp_path / "here")
    asked = f"--accounts {TINY.accounts} --acts {TINY.acts} --seed {TINY.seed} --folder".split()
    alone(ROOT / "tools" / "influence_pictures.py", *asked, tmp_path / "there")
    assert len(here) == len(LANGUAGES) * len(tool.PICTURES)
    assert [one.name for one in sorted(here)] == [one.name for one in sorted((tmp_path / "there").iterdir())]
    for one in here:
        assert one.read_bytes() == (tmp_path / "there" / one.name).read_bytes(), one.name
        ET.fromstring(one.read_text(encoding="utf-8"))


def test_the_parts_of_the_rate_sum_to_the_acts_of_the_account(tiny):
    close = tiny.close
    step = close.grid[1] - close.grid[0]
    expected = (close.background + close.burst + close.pulls).sum() * step
    assert expected == pytest.approx(close.own_hours.size + close.named_hours.size, rel=0.06)


def test_the_chances_of_an_act_sum_to_one(tiny):
    act = tiny.close.act
    assert act.background + act.burst + act.moved == pytest.approx(1.0)


def test_whole_numbers_out_of_a_hundred_sum_to_a_hundred(tool):
    from pictures.marks import whole

    shares = np.random.default_rng(3).dirichlet(np.ones(5), 50)
    assert all(sum(whole(list(one))) == 100 for one in shares)
    assert all(abs(n - 100 * share) < 1 for one in shares for n, share in zip(whole(list(one)), one, strict=True))


def test_each_picture_is_kept_and_shown_in_each_language(tool):
    pages = {
        "en": ROOT / "docs" / "explanation" / "influence-in-pictures.md",
        "fr": ROOT / "docs" / "fr" / "influence-en-images.md",
    }
    names = {name + ending for name in tool.PICTURES for ending in ("", "_fr")}
    assert {path.stem for path in FOLDER.iterdir()} == names
    for code, page in pages.items():
        shown = re.findall(r"!\[[^\]]{40,}\]\(\S+/(\w+)\.svg\)", page.read_text(encoding="utf-8"))
        assert set(shown) == {name for name in names if name.endswith("_fr") == (code == "fr")}


def test_the_pages_quote_the_figures_of_the_pictures():
    title = ET.fromstring((FOLDER / "of_100.svg").read_text(encoding="utf-8")).find(f"{SVG}title").text
    named, inferred, rest = (int(one) for one in re.findall(r"\d+", title)[1:])
    assert named + inferred + rest == 100
    for folder, name in (("explanation", "influence-in-pictures.md"), ("fr", "influence-en-images.md")):
        page = (ROOT / "docs" / folder / name).read_text(encoding="utf-8")
        assert re.search(rf"\b{named}\b.*\b{inferred}\b.*\b{rest}\b", page.partition("## 7.")[2], re.DOTALL)
    for folder, ending in (("explanation", ""), ("fr", "_fr")):
        words = "\n".join(one.text for one in ET.parse(FOLDER / f"of_100{ending}.svg").iter(f"{SVG}text"))
        share, low, high = map(int, re.search(r"(\d+)\s\((?:de\s)?(\d+)\s(?:to|à)\s(\d+)\)", words).groups())
        assert low <= share == named + inferred <= high
        page = (ROOT / "docs" / folder / "influence.md").read_text(encoding="utf-8")
        quoted = page.partition("> -")[2]
        assert all(re.search(rf"\b{n}\b", quoted) for n in (named, inferred, rest))
        assert re.search(rf"\b{share} \([^)]*\b{low} (to|à) {high}\)", quoted)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.svg")), ids=lambda path: path.stem)
def test_no_words_leave_the_sheet(path):
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    assert root.attrib["role"] == "img"
    assert root.find(f"{SVG}title").text
    wide, high = (float(one) for one in root.attrib["viewBox"].split()[2:])
    words = list(root.iter(f"{SVG}text"))
    assert len(words) > 5
    for one in words:
        width = width_of(one.text, float(one.attrib["font-size"]), is_bold="font-weight" in one.attrib)
        x = float(one.attrib["x"])
        left = {"start": x, "middle": x - width / 2, "end": x - width}[one.attrib.get("text-anchor", "start")]
        assert left >= (1 - LARGEST) * wide / 2, one.text
        assert left + width <= LARGEST * wide, one.text
        assert float(one.attrib["y"]) < high


def test_both_languages_have_the_same_words_with_the_same_facts():
    words = tomllib.loads((ROOT / "tools" / "pictures" / "words.toml").read_text(encoding="utf-8"))

    def facts(texts):
        return {
            key: facts(text) if isinstance(text, dict) else sorted(re.findall(r"\{(\w+)\}", text))
            for key, text in texts.items()
        }

    assert facts(words["en"]) == facts(words["fr"])
