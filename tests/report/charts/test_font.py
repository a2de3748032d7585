"""The font: what a page holds of it, how wide words come out, and that it is named and licensed as it must be."""

import base64
import re
from importlib.resources import files
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.report.charts.font import fitted, font_face_css, font_folder, width_of
from ascendant.report.charts.theme import FAMILY

FOLDER = files("ascendant.report") / "fonts"


def test_the_page_holds_the_font_itself_and_asks_nobody_for_it():
    css = font_face_css()
    sources = re.findall(r"url\(([^)]*)\)", css)
    assert len(sources) == 2
    for source in sources:
        data = base64.b64decode(source.removeprefix("data:font/woff2;base64,"), validate=True)
        assert data[:4] == b"wOF2"
    assert css.count(f'font-family:"{FAMILY}"') == 2
    assert len(css) < 150 * 1024
    assert len(FAMILY.split()) == 2
    assert "Inter" not in FAMILY


def test_the_licence_is_beside_the_font():
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Inter Project Authors" in licence


@pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
def test_the_files_hold_french_and_figures_of_one_width_under_their_own_name(weight):
    fonttools = pytest.importorskip("fontTools.ttLib", reason="fonttools makes the fonts; it is not needed to use them")
    for ending in ("ttf", "woff2"):
        font = fonttools.TTFont(BytesIO((FOLDER / f"AscendantSans-{weight}.{ending}").read_bytes()))
        letters = font.getBestCmap()
        assert not {*"éèêëàâçîïôùûüÿœæÉÀÇŒ«»’–—…€×−≤≥▲▼◆", "\u202f", "\u00a0"} - {chr(code) for code in letters}
        advance = font["hmtx"].metrics
        assert len({advance[letters[ord(figure)]][0] for figure in "0123456789"}) == 1
        assert font["name"].getDebugName(16) == FAMILY
        assert "Inter Project Authors" in font["name"].getDebugName(0)
        scale = 1000 / font["head"].unitsPerEm
        is_bold = weight == "SemiBold"
        for letter in "Aé—7W":
            expected = advance[letters[ord(letter)]][0] * scale
            assert width_of(letter, 1000, is_bold=is_bold) == pytest.approx(expected, abs=1)


def test_the_drawing_library_finds_the_font():
    import vl_convert

    vl_convert.register_font_directory(font_folder())

    def png(family):
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">'
            f'<text x="5" y="30" font-size="24" font-family="{family}">Rivières 1234</text></svg>'
        )
        return vl_convert.svg_to_png(svg)

    assert png(FAMILY) != png("DejaVu Sans")
    assert png(FAMILY) != png("a family that nobody has")


@given(st.text(max_size=60), st.floats(0, 400), st.sampled_from([11, 12, 14]), st.booleans())
def test_words_fit_the_width_they_are_given(words, width, size, is_bold):
    found = fitted(words, width, size, is_bold=is_bold)
    if found != words:
        assert found.replace("\u2069", "").endswith("…")
        assert width_of(found, size, is_bold=is_bold) <= max(width, width_of("…", size, is_bold=is_bold))
    else:
        assert width_of(words, size, is_bold=is_bold) <= width


def test_isolated_words_stay_isolated_when_they_are_cut():
    found = fitted("\u2068مدينة الغد للجميع اليوم\u2069", 60, 12)
    assert found.startswith("\u2068")
    assert found.endswith("…\u2069")
