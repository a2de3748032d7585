"""Names of persons, organisations and groups that nobody else of one person's world has."""

from __future__ import annotations

import numpy as np

from ascendant.demo.names import FAMILIES, GIVEN, ORGANISATIONS, PLACES
from ascendant.demo.people import CAUSE, COMPANY, INSTITUTION, MEDIA


class Names:
    """Names that nobody else of this person's world has."""

    def __init__(self, lang: str, rng: np.random.Generator) -> None:
        self._english, self._rng = int(lang == "en"), rng
        self._taken: set[str] = set()
        self._persons = iter(rng.permutation(len(GIVEN) * len(FAMILIES)).tolist())

    def person(self) -> tuple[str, str]:
        """Given and family name."""
        draw = next(self._persons)
        return GIVEN[draw % len(GIVEN)], FAMILIES[draw // len(GIVEN)]

    def kind(self, place: int) -> int:
        """What an organisation is."""
        return (MEDIA, COMPANY, CAUSE, INSTITUTION, COMPANY)[place % 5]

    def organisation(self, kind: int) -> str:
        """Of a company, a cause, a medium or an institution."""
        while True:
            forms = ORGANISATIONS[kind][self._english]
            draw = int(self._rng.integers(2**40))
            name = forms[draw % len(forms)].format(
                place=PLACES[draw // 7 % len(PLACES)], family=FAMILIES[draw // 997 % len(FAMILIES)]
            )
            if name not in self._taken:
                self._taken.add(name)
                return name

    def group(self) -> str:
        """A group of Facebook."""
        while True:
            forms = (
                ("Voisins de {}", "Entraide {}", "Tu sais que tu viens de {} si", "Jardins de {}", "Trocs à {}"),
                ("{} Neighbours", "Swap and Share {}", "You know you are from {} if", "{} Gardens", "Old {}"),
            )[self._english]
            draw = int(self._rng.integers(2**40))
            name = forms[draw % len(forms)].format(PLACES[draw // 5 % len(PLACES)])
            if name not in self._taken:
                self._taken.add(name)
                return name

    def handle(self, wanted: str, longest: int = 15) -> str:
        """As wanted, cut, and with a number where somebody has it."""
        handle, number = wanted[:longest], 1
        while f"@{handle.lower()}" in self._taken:
            number += 1
            handle = f"{wanted[: longest - 3]}{number}"
        self._taken.add(f"@{handle.lower()}")
        return handle
