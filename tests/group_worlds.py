"""Small invented conversations as traces: ordinary accounts, and groups planted among them."""

import numpy as np
import pyarrow as pa

from ascendant.patterns.groups.company import events_of
from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.groups.traces import Traces
from ascendant.patterns.options import GroupOptions

START = 1_600_000_200 * 1_000_000  # a full minute
SECOND, HOUR, DAY = 10**6, 3600 * 10**6, 86_400 * 10**6
N = 300  # accounts of small worlds: ten members of a group, and some of the others
MEMBERS = np.where(np.arange(N) < 10, 0, -1).astype(np.int32)
NOBODY = np.full(N, -1, np.int32)
SOME = np.arange(20, N)


def act(trace, accounts, object_, seconds):
    """Acts of accounts on one object: rows for `traces_of`."""
    seconds = np.broadcast_to(np.asarray(seconds, float), np.shape(accounts))
    return [(trace, int(who), object_, int(when)) for who, when in zip(accounts, seconds, strict=True)]


def traces_of(rows, *, n_accounts=None, ids=None, coarse=()):
    """Traces of rows (trace, account, object, seconds); the first act of an account on an object counts.

    Objects are named by anything; acts of `coarse` accounts are timed to the minute.
    """
    first = {}
    for trace, who, what, seconds in sorted(rows, key=lambda row: row[3]):
        first.setdefault((TRACES.index(trace), what, who), seconds)
    numbered = sorted({key[:2] for key in first}, key=lambda key: (key[0], str(key[1])))
    number = {key: n for n, key in enumerate(numbered)}
    listed = sorted((key[0], number[key[:2]], seconds, key[2]) for key, seconds in first.items())
    trace, object_, seconds, who = np.array(listed, np.int64).reshape(-1, 4).T
    if n_accounts is None:
        n_accounts = len(ids) if ids else int(who.max(initial=-1)) + 1
    to_the_minute = np.isin(who, np.array(coarse, np.int64))
    seconds = np.where(to_the_minute, seconds // 60 * 60, seconds)
    order = np.lexsort((who, seconds, object_, trace))
    return Traces(
        names=tuple(name for n, name in enumerate(TRACES) if (trace == n).any()),
        account_ids=pa.array(ids or [f"x:{n:06}" for n in range(n_accounts)], pa.string()),
        trace=trace[order].astype(np.int8),
        account=who[order].astype(np.int32),
        object=object_[order],
        at=START + seconds[order] * SECOND,
        row=order.astype(np.int64),
        is_to_the_minute=to_the_minute[order],
        object_hash=np.arange(len(number), dtype=np.uint64),
        caveats=(),
    )


def events_in(rows, **more):
    """Events of a small world."""
    return events_of(traces_of(rows, n_accounts=N, **more), GroupOptions())


def ordinary(seed, n_accounts, *, n_acts=8, n_objects=1500, traces=("link", "hashtags"), days=10):
    """Accounts on the day's common objects, as late as they please: some objects are popular, some accounts busy."""
    rng = np.random.default_rng([seed, 5])
    who = rng.choice(n_accounts, n_accounts * n_acts, p=_uneven(rng, n_accounts, 0.8))
    what = rng.choice(n_objects, who.size, p=_uneven(rng, n_objects, 1.2))
    kind = rng.integers(0, len(traces), n_objects)
    born = rng.uniform(0, days * 86_400, n_objects)
    seconds = born[what] + rng.lognormal(np.log(4 * 3600), 1.3, who.size)
    return [(traces[kind[o]], int(a), ("common", int(o)), int(s)) for a, o, s in zip(who, what, seconds, strict=True)]


def planted(seed, members, *, n_objects=25, gap=30.0, share=0.8, traces=("link",), others=(), days=10, name="planted"):
    """Members come upon objects of their own within moments of one another; some of `others` hours later."""
    rng = np.random.default_rng([seed, 6])
    rows = []
    for o in range(n_objects):
        start = rng.uniform(0, days * 86_400)
        there = [who for who in members if rng.random() < share]
        late = rng.choice(others, 3, replace=False) if len(others) else []
        what = (name, o)
        for trace in traces:
            rows += act(trace, there, what, start + rng.exponential(gap, len(there)))
            rows += act(trace, late, what, start + rng.exponential(4 * 3600, len(late)))
    return rows


def _uneven(rng, n, sigma):
    weight = rng.lognormal(0, sigma, n)
    return weight / weight.sum()
