"""The inferred layer as tables and figures: coherent, bounded, and silent where there is nothing to tell."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from ascendant.infer.exposure import SILENT, exposures, timeline, timeline_of
from ascendant.infer.inferred import FIGURES, INFERRED, inferred_of
from ascendant.infer.options import InfluenceOptions
from infer_worlds import invented, rows


def layer(table, follows=None, **options):
    times = timeline_of(table)
    return times, inferred_of(times, exposures(times, follows), InfluenceOptions(**options))


@pytest.fixture(scope="module")
def world():
    return layer(invented(seed=5, n_accounts=60)[0])


def test_counts_lie_between_their_ends_and_never_exceed_what_an_account_did(world):
    table = world[1].influence
    assert table.schema.equals(INFERRED)
    known = table.filter(table["n_inferred"].is_valid())
    assert known.num_rows
    column = {name: known[name].to_numpy() for name in known.column_names[1:]}
    for low, mean, high in (
        ("inferred_low", "n_inferred", "inferred_high"),
        ("moves_low", "n_moves", "moves_high"),
        ("transitive_low", "n_transitive", "transitive_high"),
        ("from_others_low", "n_from_others", "from_others_high"),
    ):
        assert (column[low] <= column[mean]).all()
        assert (column[mean] <= column[high]).all()
    assert (column["inferred_high"] <= column["n_silent_since"]).all()
    assert (column["n_moves_silent"] <= column["n_moves"] + 1e-9).all()
    assert (column["n_moves"] <= column["n_transitive"] + 1e-9).all()
    assert (column["n_acts_since"] == column["n_named_since"] + column["n_silent_since"]).all()


def test_what_accounts_are_moved_to_is_what_others_move_them_to(world):
    times, found = world
    silent = found.moved_acts.filter(pc.invert(found.moved_acts["is_named"]))
    assert silent.num_rows == np.count_nonzero((times.kind == SILENT) & np.isin(times.act_id, silent["act_id"]))
    pairs = pc.sum(found.ties["n_inferred"]).as_py()
    accounts = pc.sum(found.influence["n_moves_silent"]).as_py()
    assert pairs == pytest.approx(accounts, rel=0.15)  # the former from chances, the latter from draws


def test_figures_have_the_headline_within_its_parts(world):
    figures = {figure.name: figure for figure in world[1].figures}
    assert tuple(figures) == FIGURES
    whole, named, inferred = (figures[name] for name in FIGURES[:3])
    assert named.estimate <= whole.low <= whole.estimate <= whole.high <= 1
    assert whole.estimate == pytest.approx(named.estimate + inferred.estimate)
    assert figures["raw_share"].estimate > figures["null_share"].estimate


def test_evidence_of_a_pair_are_acts_of_the_target_that_name_nobody(world):
    times, found = world
    owner = dict(zip(times.act_id.to_pylist(), times.account.tolist(), strict=True))
    kind = dict(zip(times.act_id.to_pylist(), times.kind.tolist(), strict=True))
    ids = times.account_id.to_pylist()
    acts = [(row["target_id"], act) for row in found.ties.to_pylist() for act in row["evidence"]]
    assert acts
    assert all(ids[owner[act]] == target and kind[act] == SILENT for target, act in acts)


@pytest.mark.parametrize("n_threads", [2, 5])
def test_threads_change_nothing(n_threads):
    table = invented(seed=9, n_accounts=40)[0]
    one, other = layer(table, n_threads=1)[1], layer(table, n_threads=n_threads)[1]
    assert one.influence.equals(other.influence)
    assert one.moved_acts.equals(other.moved_acts)
    assert one.figures == other.figures


def silent_rows(hours, actors):
    return rows(list(hours), list(actors))


CASES = {
    "no act": silent_rows([], []),
    "one account": silent_rows(np.arange(100.0), ["a"] * 100),
    "nobody names anybody": silent_rows(np.arange(300.0), ["abc"[i % 3] for i in range(300)]),
    "all at one moment": silent_rows(np.zeros(300), ["abc"[i % 3] for i in range(300)]),
    "forty acts": invented(seed=3, n_accounts=2, days=2)[0].slice(0, 40),
}


@pytest.mark.parametrize("name", CASES)
def test_where_nothing_can_be_told_it_is_said_and_no_number_is_given(name):
    found = layer(CASES[name])[1]
    assert found.influence.num_rows == 0
    assert all(figure.estimate is None for figure in found.figures)
    assert found.caveats
    json.dumps([figure.estimate for figure in found.figures], allow_nan=False)


def test_named_acts_at_one_moment_give_a_result_without_nan():
    n = 400
    table = rows(
        [0.0] * 150 + [1.0] * (n - 150),
        [f"a{i % 20}" for i in range(n)],
        authors=[f"a{(i + 1) % 20}" if i % 3 == 0 else None for i in range(n)],
        objects=[f"x:{i % 50:05}" if i % 3 == 0 else None for i in range(n)],
        object_hours=[0.0 if i % 3 == 0 else None for i in range(n)],
    )
    found = layer(table)[1]
    for column in found.influence.columns:
        if pa.types.is_floating(column.type):
            assert not pc.any(pc.is_nan(column)).as_py()
    for figure in found.figures:
        assert figure.estimate is None or np.isfinite(figure.estimate)


class Answers:
    """A study that answers with one table."""

    def __init__(self, table):
        self.table = table

    def ask(self, _name, **_tables):
        return self.table


def test_acts_of_a_clock_that_is_decades_off_are_left_out_and_counted():
    table = rows([*np.arange(200.0), 40 * 8766.0, 50 * 8766.0], ["abc"[i % 3] for i in range(202)])
    named = pa.table({"delay_seconds": pa.nulls(0, pa.int64()), "object_at": pa.nulls(0, pa.timestamp("us", tz="UTC"))})
    times = timeline(Answers(table), named)
    assert times.n_far == 2
    assert times.hours.size == 200
    assert times.hours.max() - times.hours.min() < 200
