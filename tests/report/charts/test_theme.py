"""Colours that everybody can tell apart and read; numbers and days as each language writes them."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from ascendant.report.charts import theme
from ascendant.report.language import LANGUAGES, Language

# At full severity: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", 2009; for linear RGB.
SIGHTS = {
    "all colours": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# sRGB, and CIE L*a*b* with its white (D65).
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)
# In that space black and white are 100 apart. Okabe and Ito's blue and green come to 17 for who sees no blue.
AREAS_APART, LINES_APART = 15.0, 10.0


def linear(colour):
    part = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one, other, sight):
    return float(np.linalg.norm(lab(np.array(sight) @ linear(one)) - lab(np.array(sight) @ linear(other))))


def contrast(one, other):
    light = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)) for colour in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def test_the_measure_knows_grey_from_grey_and_red_from_green():
    assert distance("#000000", "#ffffff", np.eye(3)) == pytest.approx(100, abs=0.1)
    assert distance("#d62728", "#2ca02c", SIGHTS["no green"]) < distance("#d62728", "#2ca02c", np.eye(3)) / 2


@pytest.mark.parametrize("sight", list(SIGHTS))
@pytest.mark.parametrize(
    ("colours", "least"),
    [
        (theme.SIDES.values(), AREAS_APART),
        ([theme.MOVED, theme.REST], AREAS_APART),
        (theme.DARK_SIDES.values(), LINES_APART),
    ],
)
def test_colours_of_a_meaning_are_told_apart_by_every_sight(colours, least, sight):
    for one, other in combinations(colours, 2):
        assert distance(one, other, SIGHTS[sight]) >= least


@pytest.mark.parametrize("sight", list(SIGHTS))
def test_the_ramp_darkens_step_by_step_for_every_sight(sight):
    lights = [lab(np.array(SIGHTS[sight]) @ linear(colour))[0] for colour in theme.RAMP]
    assert all(one - other > 6 for one, other in pairwise(lights))


def test_words_can_be_read_on_what_they_stand_on():
    grounds = [theme.PAPER, theme.FAINT, *theme.TINTS.values()]
    for ink in (theme.INK, theme.SOFT, *theme.DARK_SIDES.values()):
        assert all(contrast(ink, ground) >= 4.5 for ground in grounds)
    assert contrast(theme.PAPER, theme.RAMP[-1]) >= 4.5
    assert contrast(theme.INK, theme.LINE) >= 4.5


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_drawing_writes_numbers_as_the_page_does(code):
    """vega writes with the locale of the theme, the page with Babel: a reader must not see two ways."""
    import vl_convert

    spec = {
        "data": {"values": [{"n": number} for number in (0, 0.1, 1234567, 2500)]},
        "mark": "text",
        "encoding": {
            "text": {"field": "n", "type": "quantitative", "format": ",.7~r"},
            "y": {"field": "n", "type": "ordinal", "axis": None},
        },
        "config": theme.config(code),
    }
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    for number in (0.1, 1234567, 2500):
        assert f">{Language(code).number(number)}<" in svg


def test_every_language_has_its_own_numbers_and_all_its_days():
    assert set(theme.NUMBERS) == set(theme.TIMES) == set(LANGUAGES)
    for times in theme.TIMES.values():
        assert [len(times[name]) for name in ("days", "shortDays", "months", "shortMonths")] == [7, 7, 12, 12]
