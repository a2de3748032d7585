"""Invented worlds: what files say of the influenced, their true kinds, and their groups as they may be found."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ascendant.demo.options import WorldOptions
from ascendant.demo.world import accounts_truth, write_world
from ascendant.infer.communities import find_communities
from ascendant.infer.named import named_layer
from ascendant.patterns.groups.find import find_groups
from ascendant.patterns.groups.traces import find_traces
from ascendant.patterns.kinds.roles import ROLES
from ascendant.patterns.standing import find_standing
from ascendant.store.duckdb import asking
from ascendant.study import Study


@dataclass(frozen=True)
class Tables:
    """What one world's files say, and the truth of it."""

    seed: int
    named_by: pa.Table
    standing: pa.Table
    acts: pa.Table
    truth: pa.Table
    found: pa.Table  # account_id and group_id of the groups that are found

    def ask(self, name: str, /, **tables: pa.Table) -> pa.Table:
        """The one question that kinds ask."""
        if name != "influenced_acts":
            raise KeyError(name)
        return self.acts


@dataclass(frozen=True)
class Worlds:
    accounts: int
    acts: int
    keep: Path | None

    def of(self, seed: int) -> Tables:
        kept = None if self.keep is None else self.keep / str(seed)
        names = ("named_by", "standing", "acts", "truth", "found")
        if kept is not None and (kept / "found.parquet").exists():
            return Tables(seed, *(pq.read_table(kept / f"{name}.parquet") for name in names))
        made = self._made(seed)
        if kept is not None:
            kept.mkdir(parents=True, exist_ok=True)
            for name in names:
                pq.write_table(getattr(made, name), kept / f"{name}.parquet")
        return made

    def _made(self, seed: int) -> Tables:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            written = write_world(folder / "world", WorldOptions(accounts=self.accounts, acts=self.acts, seed=seed))
            study = Study.make(folder / "study")
            study.read(list(written.files))
            with asking(folder / "study") as questions:
                named = named_layer(questions)
                communities = find_communities(named.ties, named.accounts["account_id"])
                standing = find_standing(named.accounts, communities).standing
                acts = questions.ask("influenced_acts", named=named.named_by)
                found = find_groups(find_traces(questions), communities).members.select(["account_id", "group_id"])
            return Tables(seed, named.named_by, standing, acts, accounts_truth(written), found)


def members_of(tables: Tables, how: str, draw: int = 0) -> pa.Table | None:
    """The groups of a world as they are said to be found."""
    if how == "none":
        return None
    if how == "found":
        return tables.found
    truth = tables.truth
    group = truth["group"].fill_null(-1).to_numpy().astype(np.int64)
    found = group if how == "true" else _doubtful(group, truth["community"].to_numpy(), tables.seed, draw)
    is_in = found >= 0
    return pa.table(
        {"account_id": truth["account_id"].filter(pa.array(is_in)), "group_id": pa.array(found[is_in], pa.int32())}
    )


def _doubtful(group: np.ndarray, community: np.ndarray, seed: int, draw: int) -> np.ndarray:
    rng = np.random.default_rng([seed, draw])
    found = np.where(rng.random(group.size) < rng.uniform(0.5, 1.0), group, -1)
    groups = np.unique(group[group >= 0])
    for one in groups:
        if groups.size > 1 and rng.random() < 0.1:
            found[found == one] = -1
    for one in np.unique(found[found >= 0]):
        home = np.bincount(community[found == one]).argmax()
        near = np.flatnonzero((found < 0) & (group < 0) & (community == home))
        found[rng.permutation(near)[: rng.binomial(np.sum(found == one), 1 / 12)]] = one
    if rng.random() < 0.3:
        near = np.flatnonzero((found < 0) & (group < 0) & (community == rng.integers(community.max() + 1)))
        found[rng.permutation(near)[: rng.integers(4, 11)]] = found.max(initial=-1) + 1
    return found


def true_roles(tables: Tables) -> np.ndarray:
    """Places in ROLES of the accounts of the standing; -1 where there is no true kind as influenced."""
    place = pc.index_in(tables.standing["account_id"], tables.truth["account_id"].combine_chunks())
    kind = tables.truth["kind_as_influenced"].combine_chunks().take(place.combine_chunks())
    return pc.fill_null(pc.index_in(kind, pa.array(ROLES)), -1).to_numpy(zero_copy_only=False).astype(np.int64)
