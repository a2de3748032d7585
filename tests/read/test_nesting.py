import json
import os
import time

from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.nesting import Nesting

_values = st.recursive(
    st.one_of(st.text('ab"\\[]{}\n', max_size=12), st.integers(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text('a"\\[{', max_size=4), inner, max_size=3)
    ),
    max_leaves=30,
)


def depth_of(value):
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max((depth_of(one) for one in value), default=0) if isinstance(value, list) else 0


@given(_values, st.integers(1, 9))
def test_the_depth_is_that_of_the_value_wherever_the_blocks_are_cut(value, size):
    written = json.dumps(value).encode()
    nesting = Nesting()
    deepest = max(nesting.deepest(written[start : start + size]) for start in range(0, len(written), size))
    assert deepest == depth_of(value)
    assert nesting.depth == 0


def test_random_bytes_are_counted_without_an_error():
    nesting = Nesting()
    for _ in range(200):
        nesting.deepest(os.urandom(50))
    assert isinstance(nesting.deepest(b""), int)


def test_looking_is_faster_than_walking():
    block = json.dumps([{"text": 'a "quoted" [text]', "n": [1, {"b": "é"}]}] * 20_000).encode()
    nesting, started = Nesting(), time.process_time()
    assert nesting.deepest(block) == 4
    spent = time.process_time() - started
    assert len(block) / spent > 20e6  # bytes a second; some ten times that on an idle machine
