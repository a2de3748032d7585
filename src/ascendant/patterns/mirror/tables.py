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
from ascendant.patterns.mirror.beside import UNLINKED, OwnKind, Unlinked, WorkedFor
from ascendant.patterns.mirror.columns import number as _float
from ascendant.patterns.mirror.columns import schema as _schema
from ascendant.patterns.mirror.columns import text as _text
from ascendant.patterns.mirror.columns import time as _time
from ascendant.patterns.mirror.columns import whole as _whole
from ascendant.patterns.mirror.columns import yes as _yes

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
    "me": _schema(
        ("platform", _text, "x, facebook or linkedin"),
        ("account_id", _text, "the owner's account there"),
        ("handle", _text, "without @"),
        ("name", _text, "display name"),
        ("followers", _whole, "counted in the archive; null when unknown"),
        ("following", _whole, "counted in the archive; null when unknown"),
        ("n_acts", _whole, "posts, reposts, quotes and replies"),
        ("n_timed", _whole, "of these, with a known day"),
        ("first_at", _time, "first of these acts"),
        ("last_at", _time, "last of these acts"),
        ("collected_at", _time, "when the archive was made; null when it does not say"),
    ),
    "answers": _schema(
        ("topic", _text, "one of TOPICS"),
        ("platform", _text, "x, facebook or linkedin; a row for each platform of `me`"),
        ("status", _text, "the best of its files: one of STATUSES"),
        ("n_rows", _whole, "rows kept from these files"),
        ("n_rejected", _whole, "records that could not be read"),
        ("expected", _whole, "records announced by the export itself; null where it announces none"),
        ("n_met", _whole, "records that were met in the files that were announced, well formed or not"),
        ("first_at", _time, "first of these rows with a time; null where they have none"),
        ("last_at", _time, "last of these rows"),
        ("files", pa.list_(_text), "names of its files, those that were looked for when absent"),
    ),
    "balance": _schema(
        ("platform", _text, "null: all"),
        ("part", _text, "one of PARTS"),
        (
            "kind",
            _text,
            "post, link_with_words, repost, quote, link, reply, conversation, react, vote, view, click,"
            " ad_view, ad_click",
        ),
        ("n", _whole, "how many"),
        ("n_timed", _whole, "of these, with a known day"),
        ("first_at", _time, "first with a time"),
        ("last_at", _time, "last with a time"),
    ),
    "reaction": _schema(
        ("platform", _text, "null: all"),
        ("n_acts", _whole, "posts, reposts, quotes, first replies to others; without conversation and n_unsure"),
        ("n_reaction", _whole, "of these, reposts, quotes and first replies to others: surely moved"),
        ("n_links", _whole, "posts that are a bare link: passed on from outside, perhaps a reaction"),
        ("n_conversation", _whole, "replies beyond the first of a pair in a thread, and replies to oneself"),
        ("n_unsure", _whole, "first replies that may only go on with a conversation: no archive shows its beginning"),
        ("share", _float, "n_reaction / n_acts: AT LEAST so much is reaction, the rest is unknown; null without acts"),
        ("low", _float, "90 % interval of that least share, as a habit rather than a count"),
        ("high", _float, "its upper end; not the upper end of what may be reaction, which is 1"),
        ("share_with_links", _float, "(n_reaction + n_links) / n_acts"),
    ),
    "sources": _schema(
        ("platform", _text, "where"),
        ("account_id", _text, "whose items they were"),
        ("n", _whole, "acts of the owner that name it: reposts + quotes + first replies"),
        ("n_reposts", _whole, ""),
        ("n_quotes", _whole, ""),
        ("n_replies", _whole, "first replies"),
        ("n_conversation", _whole, "further replies; not in n"),
        ("n_likes", _whole, "reactions to its items, where the archive (or collected posts) tells whose they are"),
        ("share", _float, "n / all acts of that platform whose source is known"),
        ("low", _float, "90 % interval of the share, as a habit"),
        ("high", _float, ""),
        ("n_delays", _whole, "acts with a known delay"),
        ("median_delay_seconds", _float, "between their item and the owner's act; null without delays"),
        ("first_at", _time, ""),
        ("last_at", _time, ""),
        ("is_followed", _yes, "whether the owner follows it; null where the archive has no follows"),
    ),
    "concentration": _schema(
        ("platform", _text, "null: all"),
        ("n_attributed", _whole, "moved acts whose source is known"),
        ("n_unattributed", _whole, "moved acts of which the archive does not tell whose item it was"),
        ("n_sources", _whole, "distinct sources"),
        ("n_half", _whole, "the fewest sources that make half of n_attributed; null without any"),
        ("n_half_low", _whole, "90 % interval for as many acts of the same habits, acts drawn again"),
        ("n_half_high", _whole, ""),
        ("share_of_first", _float, "what the first source makes"),
    ),
    "diversity": _schema(
        ("quarter", pa.date32(), "first day of the quarter"),
        ("n_acts", _whole, "acts of the owner with a day, conversation left out"),
        ("n_reaction", _whole, "of these, moved"),
        ("n_attributed", _whole, "of these, with a known source"),
        ("n_sources", _whole, "distinct sources"),
        ("n_half", _whole, "the fewest that make half; null without any"),
    ),
    "passed_on": _schema(
        ("act_id", _text, "a repost, a quote or a bare link of the owner"),
        ("platform", _text, ""),
        ("kind", _text, "repost, quote, link"),
        ("source", _text, "account whose item it was; null when the archive does not tell"),
        ("happened_at", _time, "null when unknown"),
        ("object_at", _time, "when the item was published; null when unknown"),
        ("delay_seconds", _float, "null when one of both is unknown or only a day"),
    ),
    "passing": _schema(
        ("platform", _text, "null: all"),
        ("n_passed_on", _whole, "reposts, quotes, bare links, links with words"),
        ("n_without_words", _whole, "reposts and bare links"),
        ("n_delays", _whole, "of those without words, with a known delay"),
        ("n_minute", _whole, "passed on within a minute"),
        ("n_ten_minutes", _whole, "within ten minutes"),
        ("n_hour", _whole, "within an hour"),
        ("n_day", _whole, "within a day"),
        ("median_delay_seconds", _float, ""),
        ("median_low", _float, "90 % interval of the median; null with fewer than five delays"),
        ("median_high", _float, ""),
    ),
    "advertisers": _schema(
        ("platform", _text, ""),
        ("advertiser", _text, "as the platform calls it; null where an ad names none"),
        ("account_id", _text, "its account where the archive tells"),
        ("n_shown", _whole, "ads shown to the owner"),
        ("n_opened", _whole, "ads that the owner opened or answered on purpose"),
        ("by_list", _yes, "it uploaded contact data in which the owner is; this and what follows: null where not told"),
        ("by_lookalike", _yes, "it asked for people like its customers"),
        ("by_visit", _yes, "the owner used its site, app or shop (retargeting, store visit)"),
        ("by_criteria", _yes, "by what the platform thinks of the owner: interests, age, place ..."),
        ("first_at", _time, "first ad with a time"),
        ("last_at", _time, ""),
    ),
    "criteria": _schema(
        ("platform", _text, ""),
        ("class", _text, "demographic, interest, behaviour, context, lookalike, uploaded_list, retargeting, platform"),
        ("type", _text, "as the platform calls it: Age, Locations, Follower look-alikes ..."),
        ("value", _text, "as the platform writes it; may be empty"),
        ("n_shown", _whole, "ads shown by it"),
        ("n_advertisers", _whole, "distinct advertisers that used it"),
    ),
    "ad_months": _schema(
        ("platform", _text, ""),
        ("month", pa.date32(), "first day; null: ads without a date"),
        (
            "criteria_class",
            _text,
            "one of advertising.ways.WAYS; any: all ads; none: nothing narrows; untold: no criteria",
        ),
        ("n_shown", _whole, "ads shown; one may stand in several classes"),
        ("n_advertisers", _whole, "distinct advertisers of these"),
    ),
    "ad_trend": _schema(
        ("platform", _text, ""),
        ("n_shown", _whole, "ads with a month and told criteria"),
        ("n_untold", _whole, "ads of which no criterion is told"),
        ("n_months", _whole, "months with enough of them"),
        ("first_month", pa.date32(), "of these months"),
        ("last_month", pa.date32(), ""),
        ("fineness", _float, "kinds of criteria by which an average ad narrowed whom it met; null where none is told"),
        ("trend", _float, "kinds more a month; null with too few months"),
        ("low", _float, "90 % interval"),
        ("high", _float, ""),
        ("p_value", _float, "chance of as much where nothing changes"),
        ("verdict", _text, "finer, coarser, flat, too_few, untold"),
    ),
    "inferred": _schema(
        ("platform", _text, ""),
        ("class", _text, "as in criteria"),
        ("type", _text, ""),
        ("value", _text, ""),
        (
            "is_declared",
            _yes,
            "the owner wrote it there (LinkedIn: profile, follows): not inferred",
        ),
    ),
    "trackers": _schema(
        ("platform", _text, "whom it was told to"),
        ("site", _text, "site, shop or app that told it"),
        ("n_events", _whole, ""),
        ("first_at", _time, ""),
        ("last_at", _time, ""),
    ),
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
