"""concepts.toml, and a name, handle and bio -> the concepts that they hold, with the words found.

A concept is one idea in English and French ("holds an office"), so that what is learnt of it in one language holds in
the other. Words are compared folded: Unicode compatibility forms, case and accents are gone.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

Found = list[tuple[int, str]]  # place of the concept in `Lexicon.concepts`, and the words as they were written

_Written = tuple[str, list[int], list[int]]  # a text, and where its words begin and end

# French "j'" keeps its apostrophe: without one, "j" is a day ("7 j/7") or an initial, and no pronoun.
_WORD: Final = re.compile(r"(?<!\w)[jJ]['’]|[^\W_]+")
_GLUED: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")
_SHORTEST_STEM: Final = 2
_MOST_REMEMBERED: Final = 200_000  # folded words kept; one is some 100 bytes
_LISTS: Final = ("en", "fr", "only_en", "only_fr", "name_en", "name_fr")


@dataclass(frozen=True)
class Concept:
    """One idea: its key, and whether its words tell a conviction."""

    key: str
    is_opinion: bool


class Lexicon:
    """Words and phrases of the concepts. Holds what it has folded and looked up: profiles repeat words."""

    def __init__(self, written: dict[str, dict[str, object]]) -> None:
        self._folded: dict[str, str] = {}
        self._seen: dict[tuple[str, str], tuple[int, ...]] = {}
        self.concepts = tuple(Concept(key, bool(lists.get("opinion"))) for key, lists in written.items())
        self._words: dict[str, dict[str, set[int]]] = {name: {} for name in _LISTS}
        self._stems: dict[str, dict[str, set[int]]] = {name: {} for name in _LISTS}
        self._phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for place, lists in enumerate(written.values()):
            for name in _LISTS:
                words = lists.get(name, [])
                assert isinstance(words, list)
                for word in words:
                    self._add(name, str(word), place)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase))

    def in_bio(self, bio: str, language: str) -> Found:
        """Concepts of a bio in `language` ("en", "fr"; any other: words of both, save the false friends)."""
        lists = "bio_" + (language if language in {"en", "fr"} else "")
        return self._find(*_words(bio), lists, {"en", "fr"})

    def in_name(self, name: str, handle: str) -> Found:
        """Concepts of a display name and of what a handle adds to it (`RepDoe` of Jane Doe adds "Rep")."""
        words, written = _words(name)
        added = self._added(words, handle)
        return self._find(words + added, written, "name", {"en", "fr", "name_en", "name_fr"})

    def fold(self, word: str) -> str:
        """
        >>> lexicon().fold("Sénatrice")
        'senatrice'
        """
        folded = self._folded.get(word)
        if folded is None:
            apart = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
            folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
            if len(self._folded) > _MOST_REMEMBERED:
                self._folded.clear()
            self._folded[word] = folded
        return folded

    def _added(self, words: list[str], handle: str) -> list[str]:
        rest = self.fold(handle)
        for word in sorted((self.fold(word) for word in words), key=len, reverse=True):
            if len(word) > 2:
                rest = rest.replace(word, " ", 1)
        seen = {self.fold(word) for word in words}
        # A handle is cut at its capitals, and, for those without any, at what the name leaves of it.
        pieces = [*_GLUED.findall(handle), *_WORD.findall(rest.replace("_", " "))]
        added = []
        for piece in pieces:
            if self.fold(piece) not in seen:
                seen.add(self.fold(piece))
                added.append(piece)
        return added

    def _add(self, name: str, word: str, place: int) -> None:
        pieces = [self.fold(piece) for piece in _WORD.findall(unicodedata.normalize("NFKC", word))]
        if len(pieces) > 1:
            self._phrases.setdefault(pieces[0], []).append((tuple(pieces), place))
            if word.endswith("*"):  # "since 19*": the last word of the phrase is a stem
                self._phrases[pieces[0]][-1] = ((*pieces[:-1], pieces[-1] + "*"), place)
        elif pieces:
            where = self._stems if word.endswith("*") else self._words
            where[name].setdefault(pieces[0], set()).add(place)

    def _find(self, words: list[str], written: _Written, lists: str, names: set[str]) -> Found:
        found: dict[int, list[str]] = {}
        folded = [self.fold(word) for word in words]
        place = 0
        while place < len(words):
            length, concepts = self._phrase(folded, place)
            if not length:
                length, concepts = 1, self._single(folded[place], lists, names)
            for concept in concepts:
                found.setdefault(concept, []).append(_as_written(words, written, place, place + length))
            place += length
        return [(concept, ", ".join(dict.fromkeys(said))) for concept, said in sorted(found.items())]

    def _phrase(self, folded: list[str], place: int) -> tuple[int, tuple[int, ...]]:
        """The longest phrase that begins here, and every concept that has it."""
        length, concepts = 0, []
        for pieces, concept in self._phrases.get(folded[place], ()):
            if len(pieces) < length:
                break
            here = folded[place : place + len(pieces)]
            if len(here) == len(pieces) and here[:-1] == list(pieces[:-1]) and _fits(here[-1], pieces[-1]):
                length = len(pieces)
                concepts.append(concept)
        return length, tuple(concepts)

    def _single(self, word: str, lists: str, names: set[str]) -> tuple[int, ...]:
        seen = self._seen.get((word, lists))
        if seen is None:
            names = names | {"only_" + one for one in ("en", "fr") if lists in {"bio_" + one, "name"}}
            concepts: set[int] = set()
            for name in names:
                concepts |= self._words[name].get(word, set())
                for end in range(_SHORTEST_STEM, len(word) + 1):
                    concepts |= self._stems[name].get(word[:end], set())
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.clear()
            seen = self._seen[word, lists] = tuple(sorted(concepts))
        return seen


@cache
def lexicon() -> Lexicon:
    """The concepts that come with ascendant."""
    return Lexicon(tomllib.loads(files(__package__).joinpath("concepts.toml").read_text(encoding="utf-8")))


def _words(text: str) -> tuple[list[str], _Written]:
    text = unicodedata.normalize("NFKC", text)
    found = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    return [word for word, _, _ in found], (text, [start for _, start, _ in found], [end for _, _, end in found])


def _as_written(words: list[str], written: _Written, start: int, stop: int) -> str:
    text, starts, ends = written
    if stop > len(starts):  # words that a handle adds stand in no text
        return " ".join(words[start:stop])
    return text[starts[start] : ends[stop - 1]]


def _fits(word: str, piece: str) -> bool:
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
