"""The page's own font: what a page needs to hold it, and how wide words come out in it.

Drawings are laid out before anybody looks at them, on a machine that may not have the reader's fonts: so the font is
shipped, used for the layout, and put into the page. What it lacks (Arabic, emoji) comes from the reader's machine.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from importlib.resources import files
from typing import Final

from ascendant.report.charts.theme import FAMILY

_FILES: Final = {"Regular": ("AscendantSans-Regular", "100 500"), "SemiBold": ("AscendantSans-SemiBold", "501 900")}
_UNKNOWN_LETTER: Final = 700  # thousandths of the type size
_WIDE_FROM: Final = 0x1100  # from here on, letters are mostly as wide as high
_ZERO_WIDTH: Final = frozenset("\u200b\u200c\u200d\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f")


@cache
def font_face_css() -> str:
    """The rules that put the font into a page: no file is asked for."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weights};font-display:block;'
        f"src:url(data:font/woff2;base64,{base64.b64encode(_data(f'{stem}.woff2')).decode()}) format('woff2')}}\n"
        for stem, weights in _FILES.values()
    )


def width_of(words: str, size: float, *, is_bold: bool = False) -> float:
    """How wide words come out, in the unit of `size`; without kerning, and guessed for letters that the font lacks.

    >>> width_of("1111", 10) == width_of("2026", 10)
    True
    """
    known = _widths()["SemiBold" if is_bold else "Regular"]
    total = 0
    for letter in words:
        if letter in _ZERO_WIDTH:
            continue
        total += known.get(letter, 1000 if ord(letter) >= _WIDE_FROM else _UNKNOWN_LETTER)
    return total * size / 1000


def fitted(words: str, width: float, size: float, *, is_bold: bool = False) -> str:
    """Words that fit a width, cut with an ellipsis where they are too long; what isolates other scripts stays closed.

    >>> fitted("Le Courrier du matin", 80, 12), fitted("short", 80, 12)
    ('Le Courrier…', 'short')
    """
    if width_of(words, size, is_bold=is_bold) <= width:
        return words
    isolated = words.startswith("\u2068") and words.endswith("\u2069")
    kept = words[1:-1] if isolated else words
    while kept and width_of(kept + "…", size, is_bold=is_bold) > width:
        kept = kept[:-1]
    kept = kept.rstrip(" (@·,\u200d\ufe0f\u202f\u00a0") + "…"
    return f"\u2068{kept}\u2069" if isolated else kept


def font_folder() -> str:
    """Where the font files stand, for whoever draws with them."""
    return str(files("ascendant.report") / "fonts")


@cache
def _widths() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads(_data("widths.json"))
    return found


def _data(name: str) -> bytes:
    return (files("ascendant.report") / "fonts" / name).read_bytes()
