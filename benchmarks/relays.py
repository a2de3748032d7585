"""Whether ascendant tells those who work for a group from others of their community who saw the same.

    python benchmarks/relays.py --first-seed 1000 --seeds 20
    python benchmarks/relays.py --first-seed 1000 --seeds 20 --members noisy
    python benchmarks/relays.py --first-seed 1000 --seeds 20 --members found
    python benchmarks/relays.py --first-seed 1000 --seeds 20 --null

Each seed is an invented world of 2,000 accounts and 80,000 acts, written, read and answered by the main path's rooms.
Members of the groups are the true ones; or (`noisy`) a quarter of them is missing and 8 % as many others of the same
community stand among them; or (`found`) those that ascendant finds. Few worlds have groups that are found, so that of
`found` each has four groups or so of ten, who act within seconds and mostly together, and all posts of X are collected;
what relays do is drawn as in all others. A group that was found stands for the one that half of its members are of.

Three comparisons, each of the world's relays with accounts outside of all groups that are none, of the group's own
community (where most of its members are), relays of other communities left aside:

  judged   both passed on what the group brought at least five times, three times with a known delay
  passed   both passed it on at least once
  tied     relays that passed it on at least five times; the others passed it on, or have a true tie to the group

Beside the score stand the ratio (how much is passed on) and the oracle's share: what the world knows of how much of
each account's moved acts the group moves. `--null` are the same worlds without relays: the two that each group has
at least are readers like others. Shown relays are counted with those that are none (relays of other groups among
them), and spreads with the true share inside their interval.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy.stats import rankdata

from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import WorldParameters, draw_parameters
from ascendant.demo.world import write_world
from ascendant.infer.communities import find_communities
from ascendant.infer.named import named_layer
from ascendant.patterns.groups.find import find_groups
from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.groups.shown import act_ids
from ascendant.patterns.groups.traces import find_traces
from ascendant.patterns.relays.carried import carried_of
from ascendant.patterns.relays.find import find_relays
from ascendant.patterns.relays.tables import Relays
from ascendant.patterns.relays.told_apart import FEWEST_PASSED, FEWEST_TIMED
from ascendant.store.duckdb import Questions, asking
from ascendant.study import Study

COMPARED = ("judged", "passed", "tied", "ratio", "oracle")
_FOUND = {  # groups as tests/study/test_mirror_groups.py has them; nothing of it is about relays
    "groups_per_1000": 2.0,
    "group_size": 10.0,
    "group_tempo_seconds": 20.0,
    "group_turnout": 0.9,
    "group_cover": 0.3,
    "sampling_x": 1.0,
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--first-seed", type=int, default=200)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--accounts", type=int, default=2_000)
    options.add_argument("--acts", type=int, default=80_000)
    options.add_argument("--members", choices=("true", "noisy", "found"), default="true")
    options.add_argument("--null", action="store_true")
    chosen = options.parse_args()
    figures, counts = [], []
    print(HEAD)
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        started = time.perf_counter()
        auc, count = one_world(seed, chosen)
        print(f"{row_of(seed, auc, count)} | {time.perf_counter() - started:.0f}", flush=True)
        figures.append(auc)
        counts.append(count)
    summary(figures, counts)


HEAD = "seed  relays others | AUC judged passed  tied | ratio oracle | shown none missed | told held"


def row_of(seed: int, auc: dict[str, float], count: list[int]) -> str:
    said = f"{seed:4} {count[5]:7} {count[6]:6} | {auc['judged']:10.3f} {auc['passed']:6.3f}"
    said += f" {auc['tied']:5.3f} | {auc['ratio']:5.3f} {auc['oracle']:6.3f}"
    return f"{said} | {count[0]:5} {count[1]:4} {count[2]:6} | {count[3]:4} {count[4]:4}"


def summary(figures: list[dict[str, float]], counts: list[list[int]]) -> None:
    table = np.array([[auc[name] for name in COMPARED] for auc in figures])
    for name, column in zip(COMPARED, table.T, strict=True):
        known = column[~np.isnan(column)]
        if known.size > 1:
            error = known.std(ddof=1) / np.sqrt(known.size)
            print(f"AUC {name:8}{known.mean():.3f} ± {error:.3f}, worst {known.min():.3f}, {known.size} worlds")
    shown, none, missed, told, held, able, _ = np.sum(counts, axis=0)
    n_worlds = sum(count[0] > 0 for count in counts)
    print(f"{shown} shown as relays in {n_worlds} worlds, {none} of them none, {missed} accounts of a group", end="; ")
    print(f"{able} relays with acts enough: {(shown - none) / max(able, 1):.0%} shown")
    print(f"spread: {told} groups with a share, the true one inside the interval in {held}")


def parameters_of(seed: int, members: str, *, is_null: bool) -> WorldParameters:
    parameters = draw_parameters(seed)
    if members == "found":
        parameters = replace(parameters, **_FOUND)
    if is_null:
        parameters = replace(parameters, relays_per_group=1e-9, relay_loyalty=0.0, relay_lag=1.0)
    return parameters


def one_world(seed: int, chosen: argparse.Namespace) -> tuple[dict[str, float], list[int]]:
    """As `judged`."""
    parameters = parameters_of(seed, chosen.members, is_null=chosen.null)
    with tempfile.TemporaryDirectory() as temporary:
        options = WorldOptions(accounts=chosen.accounts, acts=chosen.acts, seed=seed)
        written = write_world(Path(temporary) / "world", options, parameters)
        study = Study.make(Path(temporary) / "study")
        study.read(list(written.files))
        accounts, ties = (pq.read_table(written.truth / f"{name}.parquet") for name in ("accounts", "ties"))
        with asking(study.folder) as questions:
            named = named_layer(questions)
            communities = find_communities(named.ties, named.accounts["account_id"])
            community = dict(zip(*(communities[name].to_pylist() for name in ("account_id", "community")), strict=True))
            carried = None
            if chosen.members == "found":
                members, carried = members_found(questions, named.named_by, communities)
            else:
                members = members_of(accounts, community, seed if chosen.members == "noisy" else None)
            relays = find_relays(questions, members, named.named_by, communities, carried=carried)
    return judged(relays, members, accounts, ties, community, is_null=chosen.null)


def judged(
    relays: Relays,
    members: pa.Table,
    accounts: pa.Table,
    ties: pa.Table,
    community: dict[str, int | None],
    *,
    is_null: bool,
) -> tuple[dict[str, float], list[int]]:
    """The areas, and counts: shown, none, accounts of a group, spreads told, spreads held, relays judged, others."""
    home = {group: most(community, members, group) for group in set(members["group_id"].to_pylist())}
    truly = true_groups(members, accounts)
    inside = set(accounts.filter(pc.is_valid(accounts["group"]))["account_id"].to_pylist())
    works_for = dict(zip(accounts["account_id"].to_pylist(), accounts["relays_for"].to_pylist(), strict=True))
    if is_null:
        works_for = dict.fromkeys(works_for)
    share, tied = oracle(accounts, ties)
    rows = relays.relays.to_pylist()
    n_true: dict[int, int] = {}
    for row in rows:
        group = truly[row["group_id"]]
        row["is_true"] = group is not None and works_for.get(row["account_id"]) == group
        row["share"] = share.get((row["account_id"], group), 0.0)
        n_true[row["group_id"]] = n_true.get(row["group_id"], 0) + row["is_true"] * row["n_passed"]
    near = [
        row
        for row in rows
        if community.get(row["account_id"]) == home[row["group_id"]]
        and row["account_id"] not in inside
        and (row["is_true"] or works_for.get(row["account_id"]) is None)
    ]
    able = [
        row
        for row in near
        if row["n_passed"] >= FEWEST_PASSED
        and row["n_passed"] - row["n_unlinked"] >= FEWEST_TIMED
        and row["median_lag_seconds"] is not None
        and not row["is_synchronous"]
    ]
    passed = [(row["score"] if row["score"] is not None else -10.0, row["is_true"]) for row in near]
    seen = {(row["account_id"], row["group_id"]) for row in near}
    others = [
        (-20.0, False)
        for account, group in tied
        for found, true in truly.items()
        if true == group
        and (account, found) not in seen
        and account not in inside
        and works_for.get(account) is None
        and community.get(account) == home.get(found)
    ]
    kept = [
        pair for pair, row in zip(passed, near, strict=True) if not row["is_true"] or row["n_passed"] >= FEWEST_PASSED
    ]
    auc = {
        "judged": area([(row["score"], row["is_true"]) for row in able]),
        "passed": area(passed),
        "tied": area([*kept, *others]),
        "ratio": area([(row["ratio"], row["is_true"]) for row in able]),
        "oracle": area([(row["share"], row["is_true"]) for row in able]),
    }
    shown = [row for row in rows if row["is_relay"]]
    told = [row for row in relays.spread.to_pylist() if row["share"] is not None]
    held = [row for row in told if row["low"] <= n_true.get(row["group_id"], 0) / row["n_spread"] <= row["high"]]
    n_able = sum(
        row["is_true"]
        and row["n_passed"] >= FEWEST_PASSED
        and row["n_passed"] - row["n_unlinked"] >= FEWEST_TIMED
        and not row["is_synchronous"]
        for row in rows
    )
    return auc, [
        len(shown),
        sum(not row["is_true"] for row in shown),
        sum(row["account_id"] in inside for row in shown),
        len(told),
        len(held),
        n_able,
        sum(not row["is_true"] for row in able),
    ]


def members_found(questions: Questions, named_by: pa.Table, communities: pa.Table) -> tuple[pa.Table, pa.Table | None]:
    """Members that ascendant finds, and the acts that carry what these were first to post, as the main path has it."""
    traces = find_traces(questions)
    groups = find_groups(traces, communities, questions=questions)
    if groups.members.num_rows == 0:
        return groups.members, None
    return groups.members, carried_of(traces, TRACES, partial(act_ids, questions), named_by, groups.members)


def true_groups(members: pa.Table, accounts: pa.Table) -> dict[int, int | None]:
    """Of each group the true one that at least half of its members are of."""
    group = dict(zip(accounts["account_id"].to_pylist(), accounts["group"].to_pylist(), strict=True))
    found: dict[int, list[int | None]] = {}
    for name, one in zip(members["account_id"].to_pylist(), members["group_id"].to_pylist(), strict=True):
        found.setdefault(one, []).append(group.get(name))
    true: dict[int, int | None] = {}
    for one, groups in found.items():
        best = max(sorted({group for group in groups if group is not None}), key=groups.count, default=None)
        true[one] = best if best is not None and 2 * groups.count(best) >= len(groups) else None
    return true


def members_of(accounts: pa.Table, community: dict[str, int | None], noise: int | None) -> pa.Table:
    """Members of the groups, true or with some missing and some false."""
    inside = accounts.filter(pc.is_valid(accounts["group"]))
    pairs = list(zip(inside["account_id"].to_pylist(), inside["group"].to_pylist(), strict=True))
    if noise is not None:
        random = np.random.default_rng([noise, 25])
        known = table_of(pairs)
        outside = [
            name
            for name, group in zip(accounts["account_id"].to_pylist(), accounts["group"].to_pylist(), strict=True)
            if group is None
        ]
        false = {}
        for group in sorted({group for _, group in pairs}):
            near = [
                name for name in outside if community.get(name) == most(community, known, group) and name not in false
            ]
            n_false = max(1, round(0.08 * sum(other == group for _, other in pairs)))
            false.update((near[place], group) for place in random.choice(len(near), n_false, replace=False))
        pairs = [pair for pair in pairs if random.random() > 0.25] + list(false.items())
    return table_of(pairs)


def table_of(pairs: list[tuple[str, int]]) -> pa.Table:
    return pa.table(
        {
            "account_id": pa.array([name for name, _ in pairs], pa.string()),
            "group_id": pa.array([group for _, group in pairs], pa.int32()),
        }
    )


def most(community: dict[str, int | None], members: pa.Table, group: int) -> int | None:
    """The community of most members of a group."""
    named = zip(members["account_id"].to_pylist(), members["group_id"].to_pylist(), strict=True)
    found = [community.get(name) for name, one in named if one == group]
    known = sorted(one for one in found if one is not None)
    return max(known, key=known.count, default=None)


def oracle(accounts: pa.Table, ties: pa.Table) -> tuple[dict[tuple[str, int], float], set[tuple[str, int]]]:
    """Share of what moves each account that a group moves, in the world's own terms; and who is tied to which group."""
    group = dict(zip(accounts["account_id"].to_pylist(), accounts["group"].to_pylist(), strict=True))
    total: dict[str, float] = {}
    from_group: dict[tuple[str, int], float] = {}
    for row in ties.filter(pc.invert(ties["is_friend"])).to_pylist():
        total[row["target_id"]] = total.get(row["target_id"], 0.0) + row["expected_moved"]
        if group[row["source_id"]] is not None:
            key = row["target_id"], group[row["source_id"]]
            from_group[key] = from_group.get(key, 0.0) + row["expected_moved"]
    return {key: moved / max(total[key[0]], 1e-12) for key, moved in from_group.items()}, set(from_group)


def area(scored: list[tuple[float, bool]]) -> float:
    """Chance that a relay stands above another account; nan without one of either."""
    score, is_true = np.array([one for one, _ in scored], float), np.array([one for _, one in scored], bool)
    n_true, n_other = int(is_true.sum()), int((~is_true).sum())
    if not n_true or not n_other:
        return float("nan")
    return float((rankdata(score)[is_true].sum() - n_true * (n_true + 1) / 2) / (n_true * n_other))


if __name__ == "__main__":
    main()
