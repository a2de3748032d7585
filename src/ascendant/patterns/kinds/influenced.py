"""What accounts do with what others bring -> kinds of the influenced: target, consumer, relay.

Kinds are behaviour. A target writes for itself and seldom passes on; a consumer passes on fast and seldom adds a word;
a relay amplifies one group without any sign of coordinating with it. What anybody thinks or knows is not observable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.infer.named import Questions
from ascendant.patterns.kinds.behaviours import BEHAVIOURS, Counts, count_behaviours
from ascendant.patterns.kinds.roles import Floats, amplifies, chances, features, given, learnt_weights
from ascendant.patterns.kinds.shrinking import Shares, Shrunk, shrink
from ascendant.patterns.kinds.sorts import ROLES
from ascendant.patterns.options import PatternOptions
from ascendant.patterns.standing import INFLUENCER

UNDETERMINED: Final = "undetermined"
SHOWN_FROM: Final = 0.80  # the chance from which a kind is shown, and not a best guess
FEWEST_ACTS: Final = 20

INFLUENCED_KINDS: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("kind_as_influenced", pa.string()),  # target, consumer, relay, undetermined; null: nothing moves it
        # What it would be, were it moved, where nothing is seen to move it:
        ("best_influenced", pa.string()),  # the likeliest of the three
        ("p_target", pa.float64()),  # writes for itself, seldom passes on; the three sum to 1
        ("p_consumer", pa.float64()),  # passes on fast, seldom adds a word
        ("p_relay", pa.float64()),  # amplifies one group
        ("n_acts", pa.int64()),  # of it, in the files
    ]
)
INFLUENCED_BEHAVIOUR: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("behaviour", pa.string()),  # one of `behaviours.BEHAVIOURS`
        ("n", pa.int64()),  # so many
        ("of", pa.int64()),  # of so many
        ("share", pa.float64()),  # behind them, shrunk to what the study is like
        ("low", pa.float64()),  # its 90 % interval
        ("high", pa.float64()),
        ("study_median", pa.float64()),  # of the accounts of its platform
        ("group_id", pa.int32()),  # which group, of `group` and `late`; else null
    ]
)
# Of a study too small to show what is usual: nothing is shown then, and the best guess leans on these.
FALLBACK: Final = Shares(1.0, 1.0, is_learnt=False)


@dataclass(frozen=True)
class InfluencedKinds:
    """Kinds of the influenced, the behaviours that they rest on, and their limits."""

    kinds: pa.Table
    behaviours: pa.Table
    caveats: tuple[Caveat, ...]


def find_influenced_kinds(
    questions: Questions,
    named_by: pa.Table,
    standing: pa.Table,
    members: pa.Table | None = None,
    relays: pa.Table | None = None,
    options: PatternOptions = PatternOptions(),
) -> InfluencedKinds:
    """One row for each account of `standing`, in its order.

    `members` has account_id and group_id of coordinated groups; None, or no row, where none is known. `relays` has the
    columns account_id, group_id and n_unlinked: acts that repeat what a group brought without naming it.
    """
    counts = count_behaviours(questions, named_by, standing, members, relays)
    what = given(counts)
    shrunk = {
        key: shrink(counts.n[key], counts.of[key], counts.platform, FALLBACK, options.interval) for key in BEHAVIOURS
    }
    p = chances(features(counts, shrunk, what), amplifies(counts), learnt_weights(what), what)
    best = np.argmax(p, axis=1) if len(p) else np.zeros(0, np.int64)
    is_comparable = shrunk["passes_on"].is_learnt
    is_shown = (p.max(axis=1, initial=0.0) >= SHOWN_FROM) & (counts.n_acts >= FEWEST_ACTS) & is_comparable
    words = pa.array([*ROLES, UNDETERMINED])
    kind = words.take(pa.array(np.where(is_shown, best, len(ROLES))))
    kind = pc.if_else(_nothing_moves(standing), pa.scalar(None, pa.string()), kind)
    kinds = pa.table(
        [counts.account_id, kind, words.take(pa.array(best)), *p.T, counts.n_acts], schema=INFLUENCED_KINDS
    )
    return InfluencedKinds(kinds, _behaviours(counts, shrunk), _caveats(counts, what, is_comparable))


def _nothing_moves(standing: pa.Table) -> pa.Array:
    """Influencers of which no act is seen to have been moved, by name or by time. Who was only seen is not one."""
    inferred = pc.fill_null(standing["n_inferred"], 0.0)
    moved = pc.add(standing["n_moved"].cast(pa.float64()), inferred)
    nothing = pc.and_(pc.equal(standing["standing"], INFLUENCER), pc.less(moved, 0.5))
    return nothing.combine_chunks() if isinstance(nothing, pa.ChunkedArray) else nothing


def _behaviours(counts: Counts, shrunk: dict[str, Shrunk]) -> pa.Table:
    """A row for each account and behaviour of which there was an occasion, by account."""
    known = [key for key in BEHAVIOURS if counts.is_known[key]]
    if not known:
        return INFLUENCED_BEHAVIOUR.empty_table()
    occasions = np.column_stack([counts.of[key] for key in known])
    account, behaviour = np.nonzero(occasions)
    group = np.array([key in ("group", "late") for key in known])[behaviour] & (counts.group_id[account] >= 0)

    def of_each(columns: list[Floats]) -> Floats:
        found: Floats = np.column_stack(columns)[account, behaviour]
        return found

    told = [[getattr(shrunk[key], name) for key in known] for name in ("share", "low", "high", "study_median")]
    return pa.table(
        [
            counts.account_id.take(pa.array(account)),
            pa.array(known).take(pa.array(behaviour)),
            np.column_stack([counts.n[key] for key in known])[account, behaviour],
            occasions[account, behaviour],
            *(of_each(columns) for columns in told),
            pa.array(counts.group_id[account].astype(np.int32), mask=~group),
        ],
        schema=INFLUENCED_BEHAVIOUR,
    )


def _caveats(counts: Counts, what: tuple[str, ...], is_comparable: np.ndarray) -> tuple[Caveat, ...]:
    if counts.n_acts.size == 0:
        return ()
    found = []
    if "groups" not in what:
        found.append(
            Caveat(
                "no group is known in these files: an account that amplifies one could not be told from the others, and"
                " nobody is called a relay"
            )
        )
    if "times" not in what:
        found.append(
            Caveat("the files do not say how long after an item it was passed on: kinds rest on the other behaviours")
        )
    if "links" not in what:
        found.append(Caveat("no post carries a link in these files: kinds rest on the other behaviours"))
    n_few = int(np.count_nonzero(~is_comparable & (counts.n_acts >= FEWEST_ACTS)))
    if n_few:
        found.append(
            Caveat(
                "too few accounts act in these files to say what is usual: the kinds of {n} accounts stay undetermined",
                {"n": n_few},
            )
        )
    return tuple(found)
