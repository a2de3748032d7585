"""The pictures of influence are made by code: they add up, fit their sheet, and come out the same each time."""

import re
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
TINY = WorldOptions(accounts=60, acts=1_800, seed=121, platforms="x", days=14)
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
def tiny(tool):
    return tool.seen(TINY, doses=(0.1,))


def test_the_same_world_gives_the_same_bytes(tool, tiny, tmp_path):
    first = tool.draw(tiny, TINY, tmp_path / "first")
    second = tool.draw(tool.seen(TINY, doses=(0.1,)), TINY, tmp_path / "second")
    assert [one.name for one in first] == [one.name for one in second]
    assert len(first) == len(LANGUAGES) * len(tool.PICTURES)
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]
    for one in first:
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
