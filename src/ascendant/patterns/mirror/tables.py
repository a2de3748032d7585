"""What the mirror of a person is made of: tables by name, each with its columns and their meaning.

`me` is the owner of the archives: one account on each platform. `platform` is null in a row that tells of all
platforms together. A count is exact for what the archives hold; what they do not hold is told in ANSWERS: a topic
without a `parsed` file has no rows elsewhere, and absent is never zero. Times are UTC; hours and weekdays are of the
study's time zone.

Parts of the balance, in this order: `start` (a post of one's own words), `pass_on` (a repost, a quote, a bare link),
`answer` (a reply), `like` (reactions and votes: a response too, but no act), `take_in` (views, clicks, ads seen).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from ascendant.errors import Caveat
from ascendant.patterns.mirror.ads_tables import ADS
from ascendant.patterns.mirror.beside import UNLINKED, OwnKind, Unlinked, WorkedFor
from ascendant.patterns.mirror.columns import number as _float
from ascendant.patterns.mirror.columns import schema as _schema
from ascendant.patterns.mirror.columns import text as _text
from ascendant.patterns.mirror.columns import whole as _whole
from ascendant.patterns.mirror.columns import yes as _yes
from ascendant.patterns.mirror.own_tables import OWN

PARTS: Final = ("start", "pass_on", "answer", "like", "take_in")
TOPICS: Final = (
    "posts",  # what they wrote, passed on, answered
    "likes",  # reactions and votes
    "follows",  # whom they follow, friends, connections
    "followers",  # who follows them
    "responses",  # others' responses to what they wrote, by account
    "ads_seen",  # ads that were shown
    "ads_opened",
    "targeting",  # who put them on a list, by which means
    "inferred",  # what the platform thinks that they are
    "tracked",  # what sites and apps told the platform
    "seen",  # posts, videos, pages that were shown to them or that they opened
    "searches",
    "time_spent",
)
STATUSES: Final = ("parsed", "empty", "unread", "unreadable", "absent", "never")  # never: no export of it has this

SCHEMAS: Final = {
    **OWN,
    **ADS,
    "week": _schema(
        ("part", _text, "start, pass_on, answer, like"),
        ("weekday", pa.int32(), "1 Monday to 7 Sunday"),
        ("hour", pa.int32(), "0 to 23"),
        ("n", _whole, "acts with a time of day"),
    ),
    "audience": _schema(
        ("platform", _text, ""),
        ("n_posts", _whole, "own posts, replies and quotes"),
        ("n_counted", _whole, "items with counts of the platform; LinkedIn's statistics may count some not in n_posts"),
        ("likes", _whole, "null where the archive counts none"),
        ("reposts", _whole, ""),
        ("replies", _whole, ""),
        ("quotes", _whole, ""),
        ("views", _whole, ""),
    ),
    "moved": _schema(
        ("platform", _text, ""),
        ("account_id", _text, "who responded"),
        ("n", _whole, "reposts + quotes + replies"),
        ("n_reposts", _whole, ""),
        ("n_quotes", _whole, ""),
        ("n_replies", _whole, ""),
        ("n_likes", _whole, "not in n"),
    ),
    "standing": _schema(
        ("platform", _text, "null: all"),
        ("standing", _text, "influencer, influenced or both: the likeliest"),
        ("p_influencer", _float, "the three sum to 1; null where nothing, or too little, is told of what it moved"),
        ("p_influenced", _float, "where p_influencer is null: that it is materially influenced; null without acts"),
        ("p_both", _float, "null where p_influencer is"),
        ("n_acts", _whole, ""),
        ("n_moved", _whole, "own acts that were moved, at least"),
        ("n_moved_by_it", _whole, "others' acts that it moved, at least; null where the archive tells nothing of it"),
        ("is_one_sided", _yes, "what the archive shows is a lower bound: always, without collected posts"),
        (
            "is_presumed",
            _yes,
            "influenced by presence alone: no act seen and none moved, or nothing is told of what it"
            " moved and it is not likely to be materially influenced",
        ),
        ("evidence", _text, "none, weak, fair, strong"),
    ),
    "advice": _schema(
        ("rank", pa.int32(), "1 has the largest effect; at most three"),
        ("key", _text, "mute_sources, wait_before_passing, leave_lists, refuse_criteria, quiet_hours, widen_sources"),
        ("platform", _text, "null: all"),
        ("subjects", pa.list_(_text), "account ids, advertisers, kinds of criteria or hours that it is about"),
        ("measure", _text, "what the effect is a share of: moved_acts, passed_without_words, ads_shown"),
        ("n", _whole, "how many of them it rests on"),
        ("effect", _float, "expected change of `measure`, negative: -.3 is 30 % fewer; null if not measurable"),
        ("low", _float, "90 % interval: the larger fall"),
        ("high", _float, "the smaller fall"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Mirror:
    """All that the archives of one person tell; `tables` has every name of SCHEMAS.

    `unlinked` is there where the study also holds acts of others that somebody collected, `worked_for` where groups
    were found among them, `own_kind` where there are enough others to compare the owner with.
    """

    tables: dict[str, pa.Table]
    caveats: tuple[Caveat, ...]
    has_collected: bool  # whether the study also holds posts collected from others
    time_zone: str
    unlinked: Unlinked | None = None
    worked_for: WorkedFor | None = None
    own_kind: OwnKind | None = None

    def __getitem__(self, name: str) -> pa.Table:
        return self.tables[name]


def table_of(name: str, rows: list[dict[str, object]]) -> pa.Table:
    """Rows as the table of that name."""
    return pa.Table.from_pylist(rows, schema=SCHEMAS.get(name) or UNLINKED[name])
