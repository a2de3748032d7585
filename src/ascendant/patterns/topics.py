"""Acts -> what is being pushed: hashtags and sites, how much of it was moved, by whom, when, and in which community.

A topic is told by what acts carry, not by what they mean: the tag of those who oppose is a topic like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat
from ascendant.infer.named import Questions
from ascendant.patterns.clock import local_micros

HASHTAG, DOMAIN = "hashtag", "domain"
TOPICS: Final = pa.schema(
    [
        ("kind", pa.string()),  # hashtag, domain
        ("topic", pa.string()),  # without #; of a link the host without www
        ("n_acts", pa.int64()),  # acts that carry it
        ("n_moved", pa.int64()),  # of these, moved by another account
        ("n_accounts", pa.int64()),  # whose acts carry it
        ("n_pushers", pa.int64()),  # accounts that moved at least one of these acts
        ("n_for_half", pa.int64()),  # the fewest of them that moved half; 0 where none was moved
        ("source_id", pa.string()),  # who moved most of them
        ("n_by_source", pa.int64()),
        ("first_at", pa.timestamp("us", tz="UTC")),
        ("last_at", pa.timestamp("us", tz="UTC")),
    ]
)
TOPIC_TIMES: Final = pa.schema(
    [
        ("kind", pa.string()),
        ("topic", pa.string()),
        ("since", pa.timestamp("us")),  # on the clock of the display time zone
        ("n_hours", pa.int64()),  # how long; the same for all rows
        ("n_accounts", pa.int64()),  # whose acts carry the topic, in all spans together
        ("n_acts", pa.int64()),
        ("n_moved", pa.int64()),
    ]
)
COMMUNITY_TOPICS: Final = pa.schema(
    [
        ("community", pa.int32()),
        ("rank", pa.int32()),  # from 1: the most telling
        ("topic", pa.string()),  # a hashtag
        ("n_accounts", pa.int64()),  # of the community, whose acts carry it
        ("n_expected", pa.float64()),  # were the community like the others
    ]
)
# They hide where they lead.
SHORTENERS: Final = frozenset(
    "t.co bit.ly lnkd.in fb.me ow.ly buff.ly dlvr.it tinyurl.com goo.gl trib.al is.gd ift.tt j.mp shorturl.at".split()
)
MOST_SPANS: Final = 48
_SPANS_HOURS: Final = (1, 2, 3, 6, 12, 24, 48, 168, 336, 672, 2184, 8736)
_WORDS_PER_COMMUNITY: Final = 3
_TELLING_FROM: Final = 1.5  # times as many accounts as expected
_HOUR: Final = 3_600_000_000

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Topics:
    """What acts carry, when, and what tells communities apart."""

    topics: pa.Table
    topic_times: pa.Table
    community_topics: pa.Table
    caveats: tuple[Caveat, ...]


def find_topics(questions: Questions, named_by: pa.Table, communities: pa.Table, zone: str = "UTC") -> Topics:
    """Topics in falling order of accounts; those that only one account uses are left out."""
    acts = questions.ask("topics", named=named_by)
    hidden = pc.and_(pc.equal(acts["kind"], DOMAIN), pc.is_in(acts["topic"], pa.array(sorted(SHORTENERS))))
    n_hidden = pc.count_distinct(acts["activity_id"].filter(hidden)).as_py()
    acts = acts.filter(pc.invert(hidden))
    caveat = Caveat("{n} acts carry shortened links, which do not say where they lead", {"n": n_hidden})
    if acts.num_rows == 0:
        nothing = TOPICS.empty_table(), TOPIC_TIMES.empty_table(), COMMUNITY_TOPICS.empty_table()
        return Topics(*nothing, (caveat,) * bool(n_hidden))
    start = _starts(acts)
    topics = _topics(acts, start)
    # Rows of the store come in the order of kind and topic; people look for the most shared first.
    order = [("n_accounts", "descending"), ("n_acts", "descending"), ("kind", "ascending"), ("topic", "ascending")]
    return Topics(
        topics.sort_by(order),
        _times(acts, start, topics["n_accounts"], zone),
        _telling(acts, start, communities),
        (caveat,) * bool(n_hidden),
    )


def _starts(acts: pa.Table) -> Whole:
    """The first row of each topic, then the number of rows."""
    is_new = np.ones(acts.num_rows, bool)
    columns = [acts[name].combine_chunks() for name in ("kind", "topic")]
    is_new[1:] = np.any(
        [pc.not_equal(one.slice(1), one.slice(0, len(one) - 1)).to_numpy(zero_copy_only=False) for one in columns],
        axis=0,
    )
    return np.append(np.flatnonzero(is_new), is_new.size)


def _topics(acts: pa.Table, start: Whole) -> pa.Table:
    topic = np.repeat(np.arange(start.size - 1), np.diff(start))
    n_acts, n_moved = acts["n_acts"].to_numpy(), acts["n_moved"].to_numpy()
    times = acts["happened_at"].cast(pa.timestamp("us", tz="UTC"))
    known = pa.table({"topic": topic, "at": times}).group_by("topic", use_threads=False)
    ends = known.aggregate([("at", "min"), ("at", "max")]).sort_by("topic")
    n_pushers, n_for_half, source_id, n_by_source = _pushers(acts, topic, start.size - 1)
    first = pa.array(start[:-1])
    columns = [
        *(acts[name].take(first) for name in ("kind", "topic")),
        np.add.reduceat(n_acts, start[:-1]),
        np.add.reduceat(n_moved, start[:-1]),
        _n_distinct(acts["actor_id"], topic, start.size - 1),
        *(n_pushers, n_for_half, source_id, n_by_source),
        *(ends["at_min"], ends["at_max"]),
    ]
    return pa.table(columns, schema=TOPICS)


def _n_distinct(ids: pa.ChunkedArray, topic: Whole, n_topics: int) -> Whole:
    pairs, _ = _pairs(ids, topic)
    return np.bincount(pairs[:, 0], minlength=n_topics).astype(np.int64)


def _pairs(ids: pa.ChunkedArray, topic: Whole) -> tuple[Whole, Whole]:
    """Each topic with each of its ids once (places in the sorted ids), and where each row's pair stands."""
    everyone = pc.unique(ids)
    everyone = everyone.take(pc.sort_indices(everyone))
    place = pc.index_in(ids, everyone).to_numpy().astype(np.int64)
    pairs, row = np.unique(np.column_stack([topic, place]), axis=0, return_inverse=True)
    return pairs, row.reshape(-1)


def _pushers(acts: pa.Table, topic: Whole, n_topics: int) -> tuple[Whole, Whole, pa.Array, Whole]:
    """How many moved these acts, how many of them half, who most, and how many that one moved."""
    is_moved = acts["author_id"].is_valid().to_numpy() & (acts["n_moved"].to_numpy() > 0)
    moved = acts.filter(pa.array(is_moved))
    pairs, row = _pairs(moved["author_id"], topic[is_moved])
    n = np.zeros(len(pairs), np.int64)
    np.add.at(n, row, moved["n_moved"].to_numpy())
    order = np.lexsort((pairs[:, 1], -n, pairs[:, 0]))  # the largest first; of equals the first id
    pairs, n = pairs[order], n[order]
    n_pushers = np.bincount(pairs[:, 0], minlength=n_topics).astype(np.int64)
    n_for_half, n_by_source = np.zeros(n_topics, np.int64), np.zeros(n_topics, np.int64)
    first = np.searchsorted(pairs[:, 0], np.arange(n_topics + 1))
    leader = np.full(n_topics, -1, np.int64)
    for one in np.flatnonzero(n_pushers):
        held = np.cumsum(n[first[one] : first[one + 1]])
        n_for_half[one] = np.searchsorted(2 * held, held[-1]) + 1
        n_by_source[one], leader[one] = held[0], pairs[first[one], 1]
    everyone = pc.unique(moved["author_id"])
    everyone = everyone.take(pc.sort_indices(everyone))
    return n_pushers, n_for_half, everyone.take(pa.array(leader, mask=leader < 0)), n_by_source


def _times(acts: pa.Table, start: Whole, n_accounts: pa.ChunkedArray, zone: str) -> pa.Table:
    """Acts of each topic over at most 48 equal spans; the few that lie far from all others are left out."""
    known = acts["happened_at"].is_valid().to_numpy()
    if not known.any():
        return TOPIC_TIMES.empty_table()
    timed = acts.filter(pa.array(known))
    times = local_micros(timed["happened_at"].cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()).to_numpy(), zone)
    since, n_hours = spans(times)
    span = (times - since) // (n_hours * _HOUR)
    is_inside = (span >= 0) & (span < MOST_SPANS)
    topic = np.repeat(np.arange(start.size - 1), np.diff(start))[known][is_inside]
    cells, row = np.unique(topic * MOST_SPANS + span[is_inside], return_inverse=True)
    n_acts, n_moved = np.zeros(cells.size, np.int64), np.zeros(cells.size, np.int64)
    np.add.at(n_acts, row, timed["n_acts"].to_numpy()[is_inside])
    np.add.at(n_moved, row, timed["n_moved"].to_numpy()[is_inside])
    first = pa.array(start[cells // MOST_SPANS])
    at = pa.array(since + cells % MOST_SPANS * n_hours * _HOUR).cast(pa.timestamp("us"))
    columns = [*(acts[name].take(first) for name in ("kind", "topic")), at]
    sharing = n_accounts.take(pa.array(cells // MOST_SPANS))
    return pa.table([*columns, np.full(cells.size, n_hours), sharing, n_acts, n_moved], schema=TOPIC_TIMES)


def spans(times: Whole) -> tuple[int, int]:
    """Where spans start (on a midnight) and the hours of each, so that at most 48 hold nearly all of the times.

    >>> spans(np.array([0, 40 * 24 * _HOUR]))
    (0, 24)
    """
    low, high = int(times.min()), int(times.max())
    nearly_low, nearly_high = (int(end) for end in np.quantile(times, [0.005, 0.995], method="nearest"))
    if high - low > 2 * (nearly_high - nearly_low + 24 * _HOUR):
        low, high = nearly_low, nearly_high
    since = low // (24 * _HOUR) * 24 * _HOUR
    needed = (high - since) // _HOUR // MOST_SPANS + 1
    return since, next((hours for hours in _SPANS_HOURS if hours >= needed), needed)


def _telling(acts: pa.Table, start: Whole, communities: pa.Table) -> pa.Table:
    """Of each community, the hashtags that more of its accounts use than elsewhere."""
    place = pc.index_in(acts["actor_id"], communities["account_id"].combine_chunks())
    community = communities["community"].take(place)
    wanted = pc.and_(pc.equal(acts["kind"], HASHTAG), community.is_valid()).to_numpy()
    if not wanted.any():
        return COMMUNITY_TOPICS.empty_table()
    topic = np.repeat(np.arange(start.size - 1), np.diff(start))[wanted]
    part = community.to_numpy()[wanted].astype(np.int64)
    who = place.to_numpy()[wanted].astype(np.int64)
    users = np.unique(np.column_stack([topic, part, who]), axis=0)
    n_in_part = np.bincount(np.unique(users[:, 1:], axis=0)[:, 0])
    pairs, n = np.unique(users[:, :2], axis=0, return_counts=True)
    of_topic = np.bincount(pairs[:, 0], n)[pairs[:, 0]]
    expected = of_topic * n_in_part[pairs[:, 1]] / n_in_part.sum()
    is_telling = n >= _TELLING_FROM * expected
    pairs, n, expected = pairs[is_telling], n[is_telling], expected[is_telling]
    score = n * np.log(n / expected)
    order = np.lexsort((pairs[:, 0], -score, pairs[:, 1]))
    pairs, n, expected = pairs[order], n[order], expected[order]
    rank = np.arange(len(pairs)) - np.searchsorted(pairs[:, 1], pairs[:, 1])
    kept = rank < _WORDS_PER_COMMUNITY
    words = acts["topic"].take(pa.array(start[pairs[kept, 0]]))
    columns = [pairs[kept, 1].astype(np.int32), (rank[kept] + 1).astype(np.int32), words, n[kept], expected[kept]]
    return pa.table(columns, schema=COMMUNITY_TOPICS)
