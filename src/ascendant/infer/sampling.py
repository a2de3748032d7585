"""A batch of targets -> draws of what moved their acts: both chains, for as long as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.infer.batches import Batch, Frozen
from ascendant.infer.convergence import effective_size, split_r_hat
from ascendant.infer.exposure import NAMED, SILENT, Floats, Whole
from ascendant.kernels import attribution as kernel

N_CHAINS: Final = 2
_MOST_R_HAT: Final = 1.02
_MARGIN, _MOST_STRIDE = 1.5, 8  # how much a chain is worth is known to about a fifth
_AGAIN: Final = 15_485_863  # added to the seed


@dataclass(frozen=True)
class Draws:
    """Of one chain of a batch, as in `kernels/attribution.py`. `p_entry` is empty where single acts are not asked."""

    moved: NDArray[np.int32]
    p_moved: NDArray[np.float32]
    p_entry: NDArray[np.float32]
    thinned: NDArray[np.int32]
    tally: Floats


def run(batch: Batch, frozen: Frozen, seed: int, *, n_burn: int, n_kept: int, n_thin: int, n_worth: int) -> list[Draws]:
    """Both chains, each gone on with for the targets whose draws are worth fewer than `n_worth` independent ones."""
    seeds = [seed + 7919 * chain for chain in range(N_CHAINS)]
    z = [start_of(batch, chain) for chain in range(N_CHAINS)]
    b = [np.full(batch.target.size, frozen.hyper[kernel.CB] / frozen.hyper[kernel.DB]) for _ in range(N_CHAINS)]
    draws = [
        sample(batch, frozen, of_chain, n_burn, n_kept, n_thin, z[chain], b[chain], tells=n_thin > 0)
        for chain, of_chain in enumerate(seeds)
    ]
    stride = _stride(np.stack([one.moved for one in draws]), n_worth)
    if stride.any():
        for chain, of_chain in enumerate(seeds):
            _sweep(batch, frozen, of_chain + _AGAIN, 0, stride, z[chain], b[chain], draws[chain])
    return draws


def start_of(batch: Batch, chain: int) -> NDArray[np.int32]:
    """Where a chain begins: the first with nothing moved but what says so, the second with all that could be."""
    z = np.where(batch.kind == NAMED, batch.author_pair, -1).astype(np.int32)
    if chain % 2:
        size = np.diff(batch.entry_first)
        could = np.flatnonzero((batch.kind == SILENT) & (size > 0))
        z[could] = batch.entry_pair[batch.entry_first[could]]
    return z


def sample(
    batch: Batch,
    frozen: Frozen,
    seed: int,
    n_burn: int,
    n_kept: int,
    n_thin: int,
    z: NDArray[np.int32],
    b: Floats,
    *,
    tells: bool = True,
) -> Draws:
    """One chain; z and b are moved on. `tells` of single acts how likely others moved them."""
    n = batch.act.size
    draws = Draws(
        moved=np.zeros((n_kept, batch.target.size), np.int32),
        p_moved=np.zeros(n, np.float32),
        p_entry=np.zeros(batch.entry_pair.size if tells else 0, np.float32),
        thinned=np.full((n_thin, n), -1, np.int32),
        tally=np.zeros((batch.target.size, 6)),
    )
    _sweep(batch, frozen, seed, n_burn, np.ones(batch.target.size, np.int64), z, b, draws)
    return draws


def _sweep(
    batch: Batch, frozen: Frozen, seed: int, n_burn: int, stride: Whole, z: NDArray[np.int32], b: Floats, draws: Draws
) -> None:
    kernel.attribute(
        batch.target,
        batch.act_of,
        batch.pair_first,
        batch.s,
        batch.o,
        batch.kind,
        batch.entry_first,
        batch.entry_pair,
        batch.entry_h,
        batch.G,
        batch.is_exposed,
        batch.E,
        batch.S,
        frozen.hyper,
        seed,
        n_burn,
        draws.moved.shape[0],
        draws.thinned.shape[0],
        stride,
        z,
        b,
        draws.moved,
        draws.p_moved,
        draws.p_entry,
        draws.thinned,
        draws.tally,
    )


def _stride(moved: NDArray[np.int32], n_worth: int) -> Whole:
    """Of each target how far apart draws have to be for them to be worth enough; 0 where these will do.

    It follows from the target's own draws, and so from nothing that other targets or batches do.
    """
    n_draws = moved.shape[0] * moved.shape[1]
    if n_worth == 0 or n_draws < 2 * n_worth or moved.shape[2] == 0:
        return np.zeros(moved.shape[2], np.int64)
    worth = effective_size(moved)
    is_short = (worth < n_worth) | (split_r_hat(moved) > _MOST_R_HAT)
    apart = np.clip(np.ceil(_MARGIN * n_worth / np.maximum(worth, 1.0)), 2, _MOST_STRIDE)
    return np.where(is_short, apart, 0).astype(np.int64)
