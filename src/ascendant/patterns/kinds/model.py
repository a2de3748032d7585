"""model.json and wording.npy -> heads: from what profiles show to log-odds, term by term.

A part is one head in one situation: P(organisation) with a bio, or from a name alone. Its log-odds are
`start` + the weights of what is shown + the wording of the name and of the bio, each a weighted mean over known pieces.
Weights are kept after calibration and at even prior odds, so that their sum is a log-odds as it stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ascendant.patterns.kinds.features import Profiles, columns
from ascendant.patterns.kinds.trust import Seen
from ascendant.patterns.kinds.wording import PLACES, once, pieces

Floats = NDArray[np.float64]
FORMAT: Final = 2
_BYTE: Final = 127  # the largest weight of a piece, as a byte


@dataclass(frozen=True)
class Known:
    """Pieces of words that the model knows: their marks (ascending), and how rare each is."""

    marks: dict[str, NDArray[np.uint32]]  # by place
    rarity: dict[str, Floats]

    def held(self, profiles: Profiles) -> dict[str, sp.csr_matrix]:
        """By place, n x pieces: rarity of the pieces that each profile holds, of length 1 for each profile."""
        return self.read(profiles)[0]

    def read(self, profiles: Profiles) -> tuple[dict[str, sp.csr_matrix], dict[str, Floats]]:
        """`held`, and by place the share of each profile's pieces that are known (0 where there is no text)."""
        texts = {"name": profiles.names, "bio": profiles.bios}
        found = {place: self._held(texts[place], place) for place in PLACES}
        return {place: one for place, (one, _) in found.items()}, {place: one for place, (_, one) in found.items()}

    def _held(self, texts: list[str], place: str) -> tuple[sp.csr_matrix, Floats]:
        marks = self.marks[place]
        rows, held = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        n_all, n_known = np.zeros(len(texts)), np.zeros(len(texts))
        for text, mark in pieces(texts, place):
            where = np.searchsorted(marks, mark)
            where[where == marks.size] = 0
            is_known = marks[where] == mark if marks.size else np.zeros(mark.size, bool)
            n_all += np.bincount(text, minlength=len(texts))
            n_known += np.bincount(text[is_known], minlength=len(texts))
            row, which = once(text[is_known], where[is_known])
            rows.append(row)
            held.append(which)
        row, which = np.concatenate(rows), np.concatenate(held)
        weight = self.rarity[place][which]
        norm = np.sqrt(np.bincount(row, weight**2, minlength=len(texts)))
        found = sp.csr_matrix((weight / norm[row], (row, which)), shape=(len(texts), marks.size))
        return found, n_known / np.maximum(n_all, 1)


@dataclass(frozen=True)
class Part:
    """One head in one situation."""

    start: float
    weights: Floats  # one for each of `columns()`
    wording: dict[str, Floats]  # by place, one for each known piece; absent where wording is not read

    def terms(self, profiles: Profiles, held: dict[str, sp.csr_matrix], rows: NDArray[np.int64]) -> Terms:
        """Log-odds of each term of some rows."""
        shown = profiles.shown[rows].multiply(self.weights).tocsr()
        shown.eliminate_zeros()
        wording = {place: held[place][rows] @ weight for place, weight in self.wording.items()}
        return Terms(np.full(rows.size, self.start), shown, wording)


@dataclass(frozen=True)
class Terms:
    """Log-odds of n profiles: of the start, of what each shows, and of its wording by place."""

    start: Floats
    shown: sp.csr_matrix
    wording: dict[str, Floats]

    def times(self, factor: Floats) -> Terms:
        """All terms of each profile, and so their sum, times its factor."""
        wording = {place: value * factor for place, value in self.wording.items()}
        return Terms(self.start * factor, self.shown.multiply(factor[:, None]).tocsr(), wording)

    def total(self) -> Floats:
        """Sum of each profile's terms."""
        found: Floats = self.start + np.asarray(self.shown.sum(axis=1)).ravel() + sum(self.wording.values())
        return found


@dataclass(frozen=True)
class Model:
    """Parts by name ("organisation/bio"), the pieces that they know, and how many profiles taught them."""

    known: Known
    parts: dict[str, Part]
    seen: Seen

    def written(self) -> tuple[str, NDArray[np.uint8]]:
        """What `read` reads: JSON, and bytes. Weights of pieces keep two digits, which is what a byte holds."""
        sizes = [self.known.marks[place].size for place in PLACES]
        blocks = [np.concatenate([self.known.marks[place] for place in PLACES]).astype("<u4").view(np.uint8)]
        highest = max(float(self.known.rarity[place].max(initial=1e-9)) for place in PLACES)
        blocks += [np.rint(self.known.rarity[place] / highest * 255).astype(np.uint8) for place in PLACES]
        parts: dict[str, object] = {}
        for name, part in self.parts.items():
            scales = {}
            for place, weight in part.wording.items():
                scales[place] = float(np.abs(weight).max(initial=1e-9))
                blocks.append(np.rint(weight / scales[place] * _BYTE).astype(np.int8).view(np.uint8))
            weights = dict(zip(columns(), np.round(part.weights, 4).tolist(), strict=True))
            weights = {column: weight for column, weight in weights.items() if weight}
            parts[name] = {"start": round(part.start, 4), "wording": scales, "weights": weights}
        sizes_by_place = dict(zip(PLACES, sizes, strict=True))
        written = {"format": FORMAT, "pieces": sizes_by_place, "rarity": highest, "seen": self.seen, "parts": parts}
        return json.dumps(written, indent=1) + "\n", np.concatenate(blocks)

    @staticmethod
    def read(text: str, bytes_: NDArray[np.uint8]) -> Model:
        """The model that `written` wrote."""
        written = json.loads(text)
        sizes, at = written["pieces"], 0

        def take(n: int) -> NDArray[np.uint8]:
            nonlocal at
            at += n
            return bytes_[at - n : at]

        marks = {place: take(4 * sizes[place]).copy().view("<u4") for place in PLACES}
        rarity = {place: take(sizes[place]) * (written["rarity"] / 255) for place in PLACES}
        place_of = {name: place for place, name in enumerate(columns())}
        parts = {}
        for name, one in written["parts"].items():
            wording = {
                place: take(sizes[place]).view(np.int8) * (scale / _BYTE) for place, scale in one["wording"].items()
            }
            weights = np.zeros(len(place_of))
            for column, weight in one["weights"].items():
                weights[place_of[column]] = weight
            parts[name] = Part(one["start"], weights, wording)
        return Model(Known(marks, rarity), parts, written["seen"])


@cache
def model() -> Model:
    """The model that comes with ascendant; `tools/train_kinds.py` makes it."""
    folder = files(__package__)
    with (folder / "wording.npy").open("rb") as file:
        bytes_ = np.load(file, allow_pickle=False)
    return Model.read((folder / "model.json").read_text(encoding="utf-8"), bytes_)
