"""The inferred layer as a whole where one account does nearly everything."""

import time

import numpy as np

from ascendant.infer.exposure import exposures, timeline_of
from ascendant.infer.inferred import FIGURES, inferred_of
from infer_worlds import rows


def with_a_busy_account(n_busy, n_others=20, n_each=60, seed=5):
    """One account that acts all the time, among few that do now and then; all pass on each other."""
    rng = np.random.default_rng(seed)
    actors = ["busy"] * n_busy + [f"a{i}" for i in np.repeat(np.arange(n_others), n_each)]
    hours = rng.uniform(0, 700, len(actors))
    others = np.array([f"a{i}" for i in range(n_others)])
    names = np.where(rng.random(len(actors)) < 0.02, others[rng.integers(0, n_others, len(actors))], None)
    names[n_busy:] = np.where(
        rng.random(n_others * n_each) < 0.3,
        np.where(rng.random(n_others * n_each) < 0.5, "busy", others[rng.integers(0, n_others, n_others * n_each)]),
        None,
    )
    return rows(list(hours), actors, authors=[None if a == b else a for a, b in zip(names, actors, strict=True)])


def test_an_account_with_200_000_acts_among_few_is_answered_in_bounded_time():
    times = timeline_of(with_a_busy_account(200_000))
    known = exposures(times)
    started = time.process_time()
    found = inferred_of(times, known)
    assert time.process_time() - started < 240
    assert tuple(figure.name for figure in found.figures) == FIGURES
    table = found.influence
    for name in table.column_names[1:]:
        assert np.all(np.isfinite(table[name].drop_null().to_numpy())), name
    n_inferred = table["n_inferred"].fill_null(0).to_numpy()
    assert np.all(n_inferred <= table["n_silent_since"].to_numpy())
    assert np.all(found.draws.n_inferred <= table["n_silent_since"].to_numpy())
    told = found.draws.is_known
    assert np.all(
        table["inferred_high"].fill_null(1).to_numpy()[told] > table["inferred_low"].fill_null(0).to_numpy()[told]
    )
