"""What the owner did, and from whom it came: columns of these tables of the mirror, and their meaning."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from ascendant.patterns.mirror.columns import number as _float
from ascendant.patterns.mirror.columns import schema as _schema
from ascendant.patterns.mirror.columns import text as _text
from ascendant.patterns.mirror.columns import time as _time
from ascendant.patterns.mirror.columns import whole as _whole
from ascendant.patterns.mirror.columns import yes as _yes

OWN: Final = {
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
}
