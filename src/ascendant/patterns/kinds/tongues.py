"""Bios -> the language of each: "en", "fr", another's code, "unclear" (too few words), or null (no bio)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from py3langid.langid import LanguageIdentifier

READ: Final = ("en", "fr")  # languages that the lexicon knows
# Those that short bios in French and English are mistaken for are left out (Latin, Esperanto, Luxembourgish ...).
_LANGUAGES: Final = (
    "ar bg ca cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sv th tr uk vi zh".split()
)
_LEAST: Final = 0.6  # of the probability, to call a bio one of a third language
_FEWEST_WORDS: Final = 3
_NOISE: Final = re.compile(r"https?://\S+|www\.\S+|[@#]\w+|[\d_]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
# Words of grammar settle most bios at a tenth of the cost; those that neighbouring languages share are left out.
_GRAMMAR: Final = {
    "en": frozenset("the and of to for with your our are you we that from this".split()),
    "fr": frozenset("le et du pour avec vous nous une aux dans sur par je qui notre".split()),
}


def languages_of(bios: Sequence[str]) -> list[str | None]:
    """
    >>> languages_of(["Mother of two, I love the sea", "Maire de Villeneuve et fier de l'être", "", "ok"])
    ['en', 'fr', None, 'unclear']
    """
    return [_language(bio) for bio in bios]


def _language(bio: str) -> str | None:
    words = _WORD.findall(_NOISE.sub(" ", bio.lower()))
    if not bio.strip():
        return None
    if not words or (len(words) < _FEWEST_WORDS and all(word.isascii() for word in words)):
        return "unclear"
    met = {language: sum(word in grammar for word in words) for language, grammar in _GRAMMAR.items()}
    for language, other in (READ, READ[::-1]):
        if met[language] > 1 and not met[other] and met[language] * 8 > len(words):
            return language
    ranks: dict[str, float] = dict(_identifier().rank(" ".join(words)[:400]))
    best = max(ranks, key=lambda code: (ranks[code], code))
    if best not in READ and ranks[best] >= _LEAST:
        return best
    best = max(READ, key=lambda code: (ranks[code], code))
    return best if ranks[best] >= _LEAST else "unclear"


@cache
def _identifier() -> LanguageIdentifier:
    found = LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
    found.set_languages(_LANGUAGES)
    return found
