"""Hypothesis generators for our own nouns, and small worlds as a study that can be asked."""

from contextlib import contextmanager

import pyarrow as pa
from hypothesis import settings
from hypothesis import strategies as st

from ascendant.activity import Account, Activity, account_batch, activity_batch
from ascendant.store.duckdb import asking_tables
from ascendant.store.options import Question

_PEOPLE = [f"x:{name}" for name in ("ann", "bob", "cem", "dia", "eve")]
_VERBS = ["post", "repost", "quote", "reply", "reply", "repost", "mention", "react", "follow"]


# Each example opens an engine, and the first compiles kernels: fewer examples, no deadline.
asks_a_study = settings(deadline=None, max_examples=25)


@contextmanager
def study_of(rows, accounts=(), question=Question()):
    """Questions on invented rows."""
    activity = pa.Table.from_batches([activity_batch(list(rows), source_file="invented", reader="invented@1")])
    account = pa.Table.from_batches([account_batch(list(accounts), source_file="invented", reader="invented@1")])
    with asking_tables(activity, account, question) as questions:
        yield questions


def maybe(strategy):
    return st.none() | strategy


@st.composite
def activities(draw, max_size=14):
    """Any acts of few accounts: self acts, missing ids and times, circles, objects that are in no file."""
    n = draw(st.integers(0, max_size))
    ids = [f"x:{number}" for number in range(n)]
    items = st.sampled_from([*ids, "x:gone", "x:lost"])
    rows = [
        Activity(
            activity_id=activity_id,
            platform="x",
            verb=draw(st.sampled_from(_VERBS)),
            actor_id=draw(st.sampled_from([*_PEOPLE, *_PEOPLE, None])),
            object_id=draw(maybe(items)),
            object_author_id=draw(maybe(st.sampled_from(_PEOPLE))),
            thread_id=draw(st.none() | st.none() | st.sampled_from(["x:t1", "x:0"])),
            happened_at=draw(maybe(st.integers(0, 6).map(lambda hour: 1_600_000_000_000_000 + hour * 3_600_000_000))),
            count=draw(st.sampled_from([1, 1, 1, 1, 2, 3, 0])),
        )
        for activity_id in ids
    ]
    return draw(st.permutations(rows))


@st.composite
def accounts(draw):
    """Some account rows, with or without followers."""
    who = draw(st.sets(st.sampled_from([*_PEOPLE, "x:fay"])))
    return [
        Account(account_id=account, platform="x", followers=draw(maybe(st.integers(0, 10**7))))
        for account in sorted(who)
    ]
