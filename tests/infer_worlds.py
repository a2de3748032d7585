"""Invented tables of acts for the tests of influence from time."""

import numpy as np
import pyarrow as pa

from ascendant.infer.exposure import exposures, timeline_of
from ascendant.infer.learning import learn

START = 1_600_000_000_000_000


def rows(hours, actors, *, authors=None, objects=None, object_hours=None, shown=None, urls=None):
    """The table of `timeline.sql`, from hours and names in any order."""
    n = len(hours)
    order = np.lexsort((np.arange(n), hours, np.asarray(actors, str)))

    def pick(values):
        return [None if values is None else values[i] for i in order]

    micro = [START + round(hours[i] * 3.6e9) for i in order]
    at = [None if x is None else START + round(x * 3.6e9) for x in pick(object_hours)]
    named = pick(authors)
    time = pa.timestamp("us", tz="UTC")
    return pa.table(
        {
            "act_id": [f"x:{i:05}" for i in order],
            "actor_id": [str(actors[i]) for i in order],
            "happened_at": pa.array(micro, pa.int64()).cast(time),
            "verb": ["post" if author is None else "repost" for author in named],
            "author_id": pa.array(named, pa.string()),
            "object_id": pa.array(pick(objects), pa.string()),
            "object_at": pa.array(at, pa.int64()).cast(time),
            "is_shown": pa.array([1 if shown is None else int(shown[i]) for i in order], pa.int64()),
            "is_told": pa.array([0] * n, pa.int64()),
            "urls": pa.array(pick(urls), pa.list_(pa.string())),
        }
    )


def invented(seed=1, n_accounts=30, days=20, pull=0.4, delay=0.5):
    """Accounts that post by themselves, each moved by two others: half of it is a repost, half says nothing."""
    rng = np.random.default_rng(seed)
    n = rng.poisson(30, n_accounts)
    actor = np.repeat(np.arange(n_accounts), n)
    hours = rng.uniform(0, 24 * days, actor.size)
    acts = list(zip(hours, actor, [None] * actor.size, [None] * actor.size, strict=True))
    moved = 0
    for place, (t, v) in enumerate(zip(hours, actor, strict=True)):
        for u in ((v + 1) % n_accounts, (v + 2) % n_accounts):
            if rng.random() < pull:
                moved += 1
                names = rng.random() < 0.5
                acts.append((t + rng.exponential(delay), u, f"a{v}" if names else None, place if names else None))
    t, u, author, place = zip(*acts, strict=True)
    return rows(
        list(t), [f"a{one}" for one in u], authors=list(author),
        objects=[None if one is None else f"x:{one:05}" for one in place],
        object_hours=[None if one is None else hours[one] for one in place],
    ), moved  # fmt: skip


def fitted(table, **options):
    times = timeline_of(table)
    known = exposures(times)
    return times, known, learn(times, known, **options)
