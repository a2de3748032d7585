"""What ascendant said of an invented world, held against what is true of it: how often right, how well doubted.

Tables come as arguments: this room knows neither readers nor inference. The truth of an account's standing is where
its rates of named links lie, not its counts: the files may show counts exactly, and what is printed with a probability
is the rate behind them (`docs/explanation/world.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.demo.people import Flags, Floats, Whole
from ascendant.demo.truth import MATERIAL_FROM, STANDINGS

LEAST_ACTS: Final = 30
CLEAR_FACTOR: Final = 1.5  # away from one third, either way
_N_BINS: Final = 10


@dataclass(frozen=True)
class Accuracy:
    """Figures of one world. Calibration errors are over all accounts that act, whatever they did."""

    n_accounts: int  # in the study, known to the truth, with an act
    n_judged: int  # of them with at least `LEAST_ACTS` acts and a clear truth
    right: float | None  # share of the judged whose standing is the true one; None where there is none
    n_material: int  # of the judged, those whose share or rate really reaches one third
    right_material: float | None
    calibration_error: Mapping[str, float]  # by standing, over ten bins
    confusion: Mapping[str, Mapping[str, int]]  # of the judged: true standing, said standing, accounts

    @property
    def worst_calibration_error(self) -> float:
        """The largest of the three."""
        return max(self.calibration_error.values())


def measure(standing: pa.Table, truth: pa.Table, *, of: str = "covered") -> Accuracy:
    """`standing` has the columns account_id, n_acts, standing, p_influencer, p_influenced and p_both.

    `truth` is `accounts.parquet`; `of` says by which of its rates to judge: covered, or named (those of the whole
    world, which no files show where a collection leaves accounts out). Accounts without any act in the files are left
    out, and so are those that the truth does not know.
    """
    place = pc.index_in(standing["account_id"], truth["account_id"].combine_chunks())
    known = place.is_valid().to_numpy() & (standing["n_acts"].to_numpy() > 0)
    standing, truth = standing.filter(pa.array(known)), truth.take(place.filter(pa.array(known)))
    if standing.num_rows == 0:
        raise ValueError("no account of the study is one of this world")
    true = _places(truth[f"standing_{of}"])
    said = _places(standing["standing"])
    share, rate = truth[f"{of}_share"].to_numpy(), truth[f"{of}_rate"].to_numpy()
    judged = (standing["n_acts"].to_numpy() >= LEAST_ACTS) & is_clear(share) & is_clear(rate)
    errors = {
        name: calibration_error(standing[f"p_{name}"].to_numpy(), true == number)
        for number, name in enumerate(STANDINGS)
    }
    confusion = {
        name: {
            other: int(np.count_nonzero(judged & (true == number) & (said == second)))
            for second, other in enumerate(STANDINGS)
        }
        for number, name in enumerate(STANDINGS)
    }
    material = judged & ((share >= MATERIAL_FROM) | (rate >= MATERIAL_FROM))
    return Accuracy(
        n_accounts=int(true.size),
        n_judged=int(np.count_nonzero(judged)),
        right=_share(true == said, judged),
        n_material=int(np.count_nonzero(material)),
        right_material=_share(true == said, material),
        calibration_error=errors,
        confusion=confusion,
    )


def is_clear(value: Floats) -> Flags:
    """A factor of 1.5 away from one third.

    >>> is_clear(np.array([0.0, 0.2, 0.3, 0.4, 0.6])).tolist()
    [True, True, False, False, True]
    """
    found: Flags = (value <= MATERIAL_FROM / CLEAR_FACTOR) | (value >= MATERIAL_FROM * CLEAR_FACTOR)
    return found


def calibration_error(p: Floats, is_true: Flags) -> float:
    """Mean distance of printed probability and frequency over ten bins, weighted by their size.

    >>> calibration_error(np.array([0.25, 0.25, 0.25, 0.25]), np.array([True, False, False, False]))
    0.0
    """
    bin_of = np.minimum((p * _N_BINS).astype(np.int64), _N_BINS - 1)
    gap = np.abs(np.bincount(bin_of, p, _N_BINS) - np.bincount(bin_of, is_true, _N_BINS))
    return float(gap.sum() / p.size)


def _share(is_so: Flags, among: Flags) -> float | None:
    return float(np.mean(is_so[among])) if among.any() else None


def _places(column: pa.ChunkedArray) -> Whole:
    found: Whole = pc.index_in(column, pa.array(STANDINGS)).to_numpy()
    return found
