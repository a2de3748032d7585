from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.tabular.repeats import Repeats


@given(st.lists(st.lists(st.integers(0, 6) | st.integers(2**64 - 3, 2**64 - 1), max_size=12), max_size=12))
def test_each_key_is_told_how_often_it_came_before(batches):
    seen, counted = Repeats(), Counter()
    for batch in batches:
        expected = []
        for key in batch:
            expected.append(counted[key])
            counted[key] += 1
        assert seen.earlier(np.array(batch, np.uint64)).tolist() == expected


def test_a_million_different_rows_take_about_eight_bytes_each():
    seen = Repeats()
    keys = np.random.default_rng(0).integers(0, 2**64, 1_000_000, np.uint64)
    for batch in np.array_split(keys, 200):
        seen.earlier(batch)
    assert sum(run.nbytes for run in seen._runs) == 8 * len(keys)
    assert len(seen._runs) < 20
