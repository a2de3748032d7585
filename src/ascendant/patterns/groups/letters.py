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
_WHOLE = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3))  # ideographs, and syllables of Hangul: not taken apart
# Scripts that write no blank between words: each character is a word, so that a sentence has several.
_WITHOUT_BLANKS = ("CJK ", "HIRAGANA ", "KATAKANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ")


@cache
def letters() -> NDArray[np.uint32]:
    """The table `letter` of `kernels.texts`: two columns, one row for each code point below 0x20000."""
    table = np.zeros((_END, 2), np.uint32)
    for first, last in _WHOLE:  # two in five of all, and each stands for itself
        table[first : last + 1, 0] = np.arange(first, last + 1) | (ALONE if last < 0xA000 else 0)
    for code in range(_END):
        if table[code, 0]:
            continue
        for place, value in enumerate(_seen(chr(code))[:2]):
            table[code, place] = value
    return table


def _seen(character: str) -> list[int]:
    category = unicodedata.category(character)
    if category in {"Cc", "Cn", "Co", "Cs"} or category.startswith("Z"):
        return [SIGN]
    if _is_unseen(character, category):
        return [NOTHING]
    seen = []
    for one in unicodedata.normalize("NFKD", character).casefold():
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
