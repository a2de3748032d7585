"""What each character is worth when texts are compared: its letter without case, accent or disguise.

Copies are often disguised: invisible marks between letters, letters of another alphabet that look alike, full-width or
mathematical letters. Here each counts as the letter that a reader sees. Nothing of this is ever shown.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ascendant.kernels.texts import ALONE, NOTHING, SIGN

_END = 0x20000  # beyond it are ideographs, and marks that nobody sees
# Letters that look alike, in lower case: Cyrillic and Greek as Latin. Real Russian stays as different as it was.
_LOOK_ALIKE = dict(zip("авекмнорстухіјѕԁһꙅαορνυικτχεη", "abekmhopctyxijsdhsaopvuiktxen", strict=True))
_UNSEEN = {0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x0640, 0x180B, 0x180C, 0x180D, 0x2800}
# Scripts that write no blank between words: each character is a word, so that a sentence has several.
_WITHOUT_BLANKS = ("CJK ", "HIRAGANA ", "KATAKANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ")


@cache
def letters() -> NDArray[np.uint32]:
    """The table `letter` of `kernels.texts`: two columns, one row for each code point below 0x20000."""
    table = np.zeros((_END, 2), np.uint32)
    for code in range(_END):
        seen = _seen(chr(code))
        for place, value in enumerate(seen[:2]):
            table[code, place] = value
    return table


def _seen(character: str) -> list[int]:
    category = unicodedata.category(character)
    if category in {"Cc", "Cn", "Co", "Cs"} or category.startswith("Z"):
        return [SIGN]
    if _is_unseen(character, category):
        return [NOTHING]
    seen = []
    # A syllable of Hangul falls into up to three signs: it stays whole.
    falls = "\uac00" <= character <= "\ud7a3"
    for one in character if falls else unicodedata.normalize("NFKD", character).casefold():
        kind = unicodedata.category(one)
        if _is_unseen(one, kind):
            continue
        if kind[0] not in "LNM":
            return [SIGN]
        seen.append(ord(_LOOK_ALIKE.get(one, one)))
    if not seen:
        return [NOTHING]
    if unicodedata.name(character, "").startswith(_WITHOUT_BLANKS):
        seen[0] |= ALONE
    return seen


def _is_unseen(character: str, category: str) -> bool:
    """Accents and points, and what has no shape; vowel signs of Indic and Thai letters are seen."""
    if category == "Cf" or ord(character) in _UNSEEN or "\ufe00" <= character <= "\ufe0f":
        return True
    place = unicodedata.combining(character)
    return 10 <= place <= 35 or place >= 200
