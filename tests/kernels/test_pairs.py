"""Company in time against counting it visit by visit; few are looked at in a crowd, whoever they are."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.pairs import company_of, pairs_among, spans
from reference import pairs as twin

WINDOWS = np.array([2, 10, 50])


def events(seed, n_accounts, n_objects, *, span=120, share=0.5):
    """Accounts on objects, each once, by object, time and account."""
    rng = np.random.default_rng(seed)
    there = np.argwhere(rng.random((n_objects, n_accounts)) < share)
    object_, account = there[:, 0], there[:, 1]
    at = rng.integers(0, span, object_.size)
    order = np.lexsort((account, at, object_))
    first = np.searchsorted(object_[order], np.arange(n_objects + 1))
    return object_[order], account[order].astype(np.int32), at[order], first


def visits(seed, drawn, n_accounts, *, dealt):
    """The events as visits, by account and time; dealt, each account stands in places of others."""
    _, account, at, _ = drawn
    rng = np.random.default_rng([seed, 1])
    event = rng.permutation(at.size) if dealt else np.arange(at.size)
    order = np.lexsort((event, at[event], account))
    event = event[order].astype(np.int32)
    visit_first = np.searchsorted(account[order], np.arange(n_accounts + 1))
    return event, visit_first


def weights(seed, at):
    """Powers of two, so that sums are the same in whatever order they are made; and nothing, for some."""
    rng = np.random.default_rng([seed, 2])
    return rng.choice(np.array([0, 0.25, 0.5, 1], np.float32), (WINDOWS.size, at.size))


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(1, 6), st.booleans())
def test_a_span_holds_the_events_that_are_near_and_no_other(seed, n_accounts, n_objects, dealt):
    drawn = object_, _, at, object_first = events(seed, n_accounts, n_objects)
    event, _ = visits(seed, drawn, n_accounts, dealt=dealt)
    moved = at[event] + np.random.default_rng(seed).integers(-60, 60, event.size)
    first, last = spans(object_first, at, object_[event], moved, WINDOWS)
    near = twin.spans(object_first, at, object_[event], moved, WINDOWS)
    for window, begins, ends in zip(near, first, last, strict=True):
        assert [list(range(*span)) for span in zip(begins, ends + 1, strict=True)] == window


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 10), st.booleans())
def test_company_is_that_of_counting_each_visit(seed, n_accounts, n_objects, dealt):
    drawn = object_, account, at, object_first = events(seed, n_accounts, n_objects)
    event, visit_first = visits(seed, drawn, n_accounts, dealt=dealt)
    weight = weights(seed, at)
    where = object_[event], at[event], event
    first, last = spans(object_first, at, *where[:2], WINDOWS)
    near = twin.spans(object_first, at, *where[:2], WINDOWS)
    at_visit = np.ascontiguousarray(weight[:, event])
    chosen = np.flatnonzero(np.random.default_rng(seed).random(n_accounts) < 0.7).astype(np.int32)
    of = np.repeat(np.arange(n_accounts), np.diff(visit_first))
    kept = np.isin(of, chosen)
    begins = np.searchsorted(of[kept], [*chosen, n_accounts])
    found = company_of(
        chosen,
        begins,
        *(column[kept] for column in where),
        WINDOWS,
        n_objects,
        n_accounts,
        *(np.ascontiguousarray(table[:, kept]) for table in (first, last, at_visit)),
        account,
        weight,
        n_accounts + at.size,
        seed,
    )
    *expected, most_looked = twin.company_of(
        chosen, visit_first, where[0], near, *where[1:], WINDOWS, at_visit, account, weight, n_accounts + at.size, seed
    )
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_array_equal(found[1], expected[1])
    assert most_looked <= (n_accounts + at.size) * WINDOWS.size


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 10), st.sampled_from([2, 64]))
def test_pairs_are_those_of_counting_each_visit(seed, n_accounts, n_objects, most):
    drawn = object_, account, at, object_first = events(seed, n_accounts, n_objects)
    event, visit_first = visits(seed, drawn, n_accounts, dealt=False)
    weight = weights(seed, at)
    first, last = spans(object_first, at, object_[event], at[event], WINDOWS)
    near = twin.spans(object_first, at, object_[event], at[event], WINDOWS)
    at_visit = np.ascontiguousarray(weight[:, event])
    chosen = np.random.default_rng(seed).random(n_accounts) < 0.7
    us, vs, counts = pairs_among(
        chosen, visit_first, at[event], event, WINDOWS, first, last, at_visit, account, weight, most, seed
    )
    expected = twin.pairs_among(
        chosen, visit_first, near, at[event], event, WINDOWS, at_visit, account, weight, most, seed
    )
    assert dict(zip(zip(us.tolist(), vs.tolist(), strict=True), counts.tolist(), strict=True)) == expected
    assert list(zip(us, vs, strict=True)) == sorted(expected)


def counted(rows, *, most=64, weight=1.0):
    """Counts of accounts 0 and 1 in each window; rows are (object, account, at)."""
    object_, account, at = np.array(sorted(rows, key=lambda row: (row[0], row[2], row[1]))).T
    event = np.lexsort((at, account)).astype(np.int32)
    n_accounts = account.max() + 1
    visit_first = np.searchsorted(account[event], np.arange(n_accounts + 1))
    object_first = np.searchsorted(object_, np.arange(object_.max() + 2))
    first, last = spans(object_first, at, object_[event], at[event], WINDOWS)
    worth = np.full((WINDOWS.size, at.size), weight, np.float32)
    known = visit_first, at[event], event, WINDOWS, first, last, worth
    everybody, account = np.ones(n_accounts, bool), account.astype(np.int32)
    us, vs, counts = pairs_among(everybody, *known, account, worth, most, 1)
    return {(u, v): count for u, v, count in zip(us.tolist(), vs.tolist(), counts.tolist(), strict=True)}


def test_what_is_done_at_once_on_two_objects_counts_once_and_what_is_done_later_again():
    rows = [(o, a, t + a) for o, t in [(0, 100), (1, 100), (2, 130), (3, 1000)] for a in (0, 1)]
    assert counted(rows) == {(0, 1): [3, 3, 2]}


def test_a_crowd_of_any_size_is_looked_at_no_longer_than_its_bound():
    at = np.zeros(5000, np.int64)
    account = np.arange(5000, dtype=np.int32)
    object_first, visit_first = np.array([0, 5000]), np.arange(5001)
    first, last = spans(object_first, at, at, at, WINDOWS)
    weight = np.ones((WINDOWS.size, at.size), np.float32)
    us, vs, _ = pairs_among(
        np.ones(5000, bool), visit_first, at, account, WINDOWS, first, last, weight, account, weight, 16, 3
    )
    assert 0.4 * 16 * 5000 < us.size <= 16 * 5000
    assert np.unique(vs).size > 4500  # nobody is left out for where they stand
