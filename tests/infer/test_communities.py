"""Communities: found, numbered, and always the same."""

import networkit
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.infer.communities import COMMUNITIES, find_communities

SCHEMA = pa.schema(
    [("source_id", pa.string()), ("target_id", pa.string()), ("n_moved", pa.int64()), ("n_conversation", pa.int64())]
)


def ties(rows):
    columns = zip(*rows, strict=True) if rows else [[]] * 4
    return pa.table([pa.chunked_array([pa.array(c, f.type)]) for c, f in zip(columns, SCHEMA, strict=True)], SCHEMA)


def ids(*names):
    return pa.chunked_array([pa.array(names, pa.string())])


def clique(names, weight=1):
    return [(a, b, weight, 0) for a in names for b in names if a < b]


def test_groups_that_talk_among_themselves_are_communities_numbered_by_size_then_name():
    rows = clique("abcd") + clique("mnopq") + clique("wxyz") + [("a", "m", 1, 0), ("d", "w", 0, 1)]
    table = find_communities(ties(rows), ids(*"abcdmnopqwxyz", "lonely"))
    found = dict(zip(table["account_id"].to_pylist(), table["community"].to_pylist(), strict=True))
    assert {found[name] for name in "mnopq"} == {0}
    assert {found[name] for name in "abcd"} == {1}
    assert {found[name] for name in "wxyz"} == {2}
    assert found["lonely"] is None
    assert table.schema.equals(COMMUNITIES)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(*[st.sampled_from("abcdefghij")] * 2, st.integers(1, 5), st.integers(0, 5)), max_size=40),
    st.randoms(use_true_random=False),
)
def test_neither_the_order_of_ties_nor_an_earlier_run_changes_anything(rows, random):
    rows = [row for row in rows if row[0] != row[1]]
    everyone = list("abcdefghijk")
    one = find_communities(ties(rows), ids(*everyone))
    random.shuffle(rows)
    random.shuffle(everyone)
    other = find_communities(ties(rows), ids(*everyone))
    assert one.equals(other)
    tied = {name for row in rows for name in row[:2]}
    alone = [a for a, c in zip(one["account_id"].to_pylist(), one["community"].to_pylist(), strict=True) if c is None]
    assert set(alone) == set("abcdefghijk") - tied


def test_the_number_of_threads_of_the_host_program_is_left_as_it_was():
    before = networkit.getMaxNumberOfThreads()
    find_communities(ties(clique("abc")), ids(*"abc"))
    assert networkit.getMaxNumberOfThreads() == before
