import numpy as np
import pyarrow as pa
import pytest

from ascendant.demo.accuracy import calibration_error, is_clear, measure
from ascendant.demo.truth import STANDINGS, standing_of

RNG = np.random.default_rng(3)
N = 3000


def truth_of(share, rate):
    names = pa.array(STANDINGS).take(pa.array(standing_of(share, rate)))
    columns = {
        f"{of}_{what}": value for of in ("covered", "named") for what, value in (("share", share), ("rate", rate))
    }
    ids = [f"x:{n}" for n in range(share.size)]
    return pa.table({"account_id": ids, **columns, "standing_covered": names, "standing_named": names})


def said(p, n_acts, ids=None):
    """Probabilities of (influenced, both, influencer), one row an account."""
    columns = {f"p_{name}": p[:, place] for place, name in enumerate(STANDINGS)}
    standing = pa.array(STANDINGS).take(pa.array(np.argmax(p, axis=1)))
    ids = ids or [f"x:{n}" for n in range(len(p))]
    return pa.table({"account_id": ids, "n_acts": n_acts, "standing": standing, **columns})


@pytest.fixture(scope="module")
def truth():
    return truth_of(RNG.random(N), RNG.exponential(0.5, N))


def test_who_knows_the_truth_is_always_right_and_never_off(truth):
    place = standing_of(truth["covered_share"].to_numpy(), truth["covered_rate"].to_numpy())
    found = measure(said(np.eye(3)[place], np.full(N, 50)), truth)
    assert found.right == found.right_material == 1.0
    assert found.worst_calibration_error == 0.0
    assert found.n_accounts == N
    assert found.n_judged == np.count_nonzero(
        is_clear(truth["covered_share"].to_numpy()) & is_clear(truth["covered_rate"].to_numpy())
    )
    assert sum(found.confusion[name][name] for name in STANDINGS) == found.n_judged


def test_who_says_the_wrong_thing_with_certainty_is_wholly_off(truth):
    place = (standing_of(truth["covered_share"].to_numpy(), truth["covered_rate"].to_numpy()) + 1) % 3
    found = measure(said(np.eye(3)[place], np.full(N, 50)), truth)
    assert found.right == 0.0
    for number, name in enumerate(STANDINGS):
        frequency = np.mean(place == number) + np.mean((place - 1) % 3 == number)
        assert found.calibration_error[name] == pytest.approx(frequency)


def test_honest_probabilities_are_hardly_off_and_boastful_ones_are():
    p = RNG.random(200_000)
    is_true = RNG.random(p.size) < p
    assert calibration_error(p, is_true) < 0.005
    boast = np.where(p > 0.5, 1.0, 0.0)
    assert calibration_error(boast, is_true) == pytest.approx(0.25, abs=0.01)


def test_accounts_without_acts_or_unknown_to_the_truth_are_left_out(truth):
    p = np.tile([1.0, 0.0, 0.0], (4, 1))
    table = said(p, [50, 0, 50, 29], ["x:0", "x:1", "facebook:group", "x:2"])
    found = measure(table, truth)
    assert found.n_accounts == 2
    assert found.n_judged <= 1


def test_where_nobody_can_be_judged_there_is_no_figure(truth):
    found = measure(said(np.tile([1.0, 0.0, 0.0], (3, 1)), [5, 5, 5]), truth)
    assert found.n_judged == 0
    assert found.right is None
    assert found.right_material is None


def test_a_study_of_other_accounts_cannot_be_held_against_this_truth(truth):
    with pytest.raises(ValueError, match="of this world"):
        measure(said(np.tile([1.0, 0.0, 0.0], (2, 1)), [5, 5], ["x:a", "x:b"]), truth)
