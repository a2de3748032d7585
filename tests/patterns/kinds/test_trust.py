"""How far a profile is trusted: never less for more that is known, and never without bound."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.patterns.kinds.model import model
from ascendant.patterns.kinds.profile import _PARTS, Prior, profile_terms
from ascendant.patterns.kinds.trust import FACTS, PAGE, TRUSTED, factors, facts_of, trusts
from ascendant.patterns.kinds.weights import sorts
from ascendant.patterns.options import PatternOptions

facts = st.lists(st.floats(0, 1), min_size=len(FACTS), max_size=len(FACTS))


@given(facts, st.integers(0, len(FACTS) - 1), st.floats(0, 1))
def test_more_that_is_known_never_lowers_trust(known, place, more):
    better = [max(one, more) if each == place else one for each, one in enumerate(known)]
    for trust in trusts():
        low, high = trust.of(np.array([known, better]))
        assert 0 < low <= high <= trust.most


def test_trust_tells_profiles_apart():
    nothing, all_ = np.zeros((1, 3, len(FACTS))), np.ones((1, 3, len(FACTS)))
    basis = np.array(["bio"])
    low, high = factors(nothing, basis, trusts())[0], factors(all_, basis, trusts())[0]
    assert low.shape == (5,)
    assert (high[[0, 2]] > 1.2 * low[[0, 2]]).all()


def test_a_page_is_trusted_by_one_factor_since_political_is_one_of_four():
    weight = factors(
        np.random.default_rng(3).random((4, 3, len(FACTS))), np.array([PAGE, "bio", PAGE, "name"]), trusts()
    )
    assert (weight[[0, 2], 1] == weight[[0, 2], 2]).all()
    assert (weight[:, 2:] == weight[:, [2]]).all()


def test_a_class_that_nobody_taught_is_worth_nothing_and_many_are_worth_nearly_all():
    seen = {"organisation/bio": {"bio fr": {"yes": 950}}}
    basis, cells = np.array(["bio", "bio"]), np.array(["bio fr", "bio fr"])
    known = {"bio": np.array([0.5, 0.5]), "name": np.array([0.25, 0.25])}
    found = facts_of(np.array([[2.0, 0, 0, 0, 0], [-2.0, 0, 0, 0, 0]]), cells, known, seen, basis)
    assert found[:, 0, FACTS.index("seen")].tolist() == [0.95, 0.0]  # an organisation, a person
    assert found[:, 0, FACTS.index("least")].tolist() == [0.0, 0.0]
    assert not found[:, 1:, :2].any()


def test_what_the_model_has_seen_is_kept_by_part_and_counts_profiles():
    assert set(model().seen) == {
        "organisation/page",
        "page",
        "domain",
        *(f"{a}/{b}" for a in TRUSTED[:2] for b in _PARTS if b != PAGE),
    }
    for cells in model().seen.values():
        assert all(n > 0 for classes in cells.values() for n in classes.values())


def test_the_default_prior_is_that_of_a_study():
    prior, options = Prior(), PatternOptions()
    assert (prior.organisation, prior.political) == (options.prior_organisation, options.prior_political)
    assert {name: getattr(prior, name) for name in sorts()} == pytest.approx(sorts())


def test_no_account_is_a_result_too():
    import pyarrow as pa

    assert profile_terms(pa.table({"account_id": pa.array([], pa.string())})).profiles.num_rows == 0
