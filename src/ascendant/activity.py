"""THE table: who did what, when, in answer to whom; and its companions.

`Activity` and `Account` are records as readers make them; `ACTIVITY` and `ACCOUNT` are the same columns as
Arrow tables at rest. A time is a whole number of microseconds since 1970 in UTC. An account's or item's id is
`platform:id`, so that it stays text in every tool; a handle stands as `platform:@handle` where no id is known.
"""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec
import pyarrow as pa

FORMAT: Final = 1  # of the study folder; in study.toml and in each Parquet file

VERBS: Final = frozenset(
    "post repost quote reply mention react vote follow unfollow join leave view click search save session ad_view"
    " ad_click targeted inferred tracked recommended measured invite accept block mute".split()
)
ACTS: Final = frozenset({"post", "repost", "quote", "reply"})
DIRECTIONS: Final = frozenset({"by_me", "to_me", "about_me", "third"})
RELAYS: Final = frozenset({"pure", "with_comment", "quote", "link"})
TIME_BASES: Final = frozenset(
    {"epoch", "explicit", "assumed_utc", "account_tz", "local_unknown", "derived_from_id", "order_only", "export_time"}
)
TIME_PRECISIONS: Final = frozenset({"us", "ms", "s", "min", "day", "none"})


class Ad(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who paid to reach whom. Spend and impressions are intervals: platforms publish no exact figure."""

    advertiser: str | None = None
    criteria: tuple[tuple[str, str, str], ...] = ()  # type, value, class
    currency: str | None = None
    spend_low: float | None = None
    spend_high: float | None = None
    impressions_low: int | None = None
    impressions_high: int | None = None


class Metrics(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the platform counted on the item, when it was collected."""

    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    views: int | None = None


class Activity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One fact: somebody did something. Meanings of the columns: `ACTIVITY`.

    >>> Activity(activity_id="x:2", platform="x", verb="repost", actor_id="x:7", object_id="x:1").direction
    'third'
    """

    activity_id: str
    platform: str
    verb: str
    direction: str = "third"
    actor_id: str | None = None
    object_id: str | None = None
    object_author_id: str | None = None
    thread_id: str | None = None
    happened_at: int | None = None
    time_basis: str | None = None
    text: str | None = None
    lang: str | None = None
    urls: tuple[str, ...] | None = None
    hashtags: tuple[str, ...] | None = None
    mentions: tuple[str, ...] | None = None
    media_hash: tuple[str, ...] | None = None
    relay: str | None = None
    time_precision: str | None = None
    time_order: int | None = None
    ad: Ad | None = None
    metrics: Metrics | None = None
    count: int = 1
    object_kind: str | None = None
    context_id: str | None = None
    audience: str | None = None
    confidence: float = 1.0
    text_repaired: bool = False
    collected_at: int | None = None
    missing: tuple[str, ...] | None = None
    source_file: str | None = None
    source_pointer: str | None = None
    reader: str | None = None


class Account(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is known of an account at `collected_at`. Meanings of the columns: `ACCOUNT`."""

    account_id: str
    platform: str
    handle: str | None = None
    name: str | None = None
    bio: str | None = None
    url: str | None = None
    followers: int | None = None
    following: int | None = None
    created_at: int | None = None
    verified: bool | None = None
    declared_kind: str | None = None
    is_me: bool = False
    resolved: str | None = None
    collected_at: int | None = None
    source_file: str | None = None
    reader: str | None = None


class Coverage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a reader met in one member of an export: absent is never zero.

    `rows_in` counts records met, well formed or not; `expected` is what the export itself announces. A `member` that
    ends in `/` stands for all files of that folder that have no row of their own.
    """

    member: str
    status: str  # parsed | empty | absent | unreadable | unread (known, and left on purpose) | unknown
    rows_in: int = 0
    expected: int | None = None
    note: str | None = None


class Reject(msgspec.Struct, frozen=True, gc=False):
    """A record that could not be read: where it stands, why (a template), and a detail without post text.

    `member` is the file that it stands in, where an export has several.
    """

    pointer: str
    reason: str
    detail: str = ""
    member: str | None = None


_text, _whole, _time = pa.string(), pa.int64(), pa.timestamp("us", tz="UTC")
_AD = pa.struct(
    [
        ("advertiser", _text),
        ("criteria", pa.list_(pa.struct([("type", _text), ("value", _text), ("class", _text)]))),
        ("currency", _text),
        ("spend_low", pa.float64()),
        ("spend_high", pa.float64()),
        ("impressions_low", _whole),
        ("impressions_high", _whole),
    ]
)
_METRICS = pa.struct([(name, _whole) for name in ("likes", "reposts", "replies", "quotes", "views")])


def _schema(columns: list[tuple[str, pa.DataType, str]]) -> pa.Schema:
    fields = [pa.field(name, kind, metadata={"meaning": meaning}) for name, kind, meaning in columns]
    return pa.schema(fields, metadata={"ascendant_format": str(FORMAT)})


ACTIVITY: Final = _schema(
    [
        ("activity_id", _text, "platform:id of the act; the same in every export that holds it"),
        ("platform", _text, "x, facebook, linkedin, or the name given to a table"),
        ("verb", _text, "what was done: one of VERBS"),
        ("direction", _text, "by_me, to_me, about_me (own exports) or third (collected posts)"),
        ("actor_id", _text, "who did it"),
        ("object_id", _text, "the item that was reposted, quoted, answered, liked ...: its root, never a repost of it"),
        ("object_author_id", _text, "who wrote that item; null when unknown"),
        ("thread_id", _text, "the conversation it belongs to"),
        ("happened_at", _time, "when; null when unknown"),
        ("time_basis", _text, "how the time is known: one of TIME_BASES"),
        ("text", _text, "its words; of a repost, the words of the original"),
        ("lang", _text, "language code given by the platform"),
        ("urls", pa.list_(_text), "links, expanded where the platform expands them"),
        ("hashtags", pa.list_(_text), "without the sign, lower case"),
        ("mentions", pa.list_(_text), "accounts that the text names"),
        ("media_hash", pa.list_(_text), "fingerprints of pictures"),
        ("relay", _text, "how an item was passed on: one of RELAYS"),
        ("time_precision", _text, "one of TIME_PRECISIONS"),
        ("time_order", _whole, "place in the export's own order, where it has no times"),
        ("ad", _AD, "advertiser, criteria, spend and impressions as intervals"),
        ("metrics", _METRICS, "what the platform counted at collected_at"),
        ("count", _whole, "how many facts the row stands for (aggregates)"),
        ("object_kind", _text, "post, comment, page, account, ad, url, topic, segment, event, query, metric"),
        ("context_id", _text, "group, page or list in which it happened"),
        ("audience", _text, "public, connections, group, private"),
        ("confidence", pa.float32(), "1 unless the reader had to guess"),
        ("text_repaired", pa.bool_(), "true where wrongly decoded text was put right"),
        ("collected_at", _time, "when the row was collected; the latest wins"),
        ("missing", pa.list_(_text), "columns that the source should have had and had not"),
        ("source_file", _text, "member that it was read from"),
        ("source_pointer", _text, "line, or path inside a document"),
        ("reader", _text, "name and version of the reader"),
    ]
)

ACCOUNT: Final = _schema(
    [
        ("account_id", _text, "platform:id, or platform:@handle where the id is unknown"),
        ("platform", _text, "x, facebook, linkedin, or the name given to a table"),
        ("handle", _text, "short name without @, as written"),
        ("name", _text, "display name"),
        ("bio", _text, "what it says of itself"),
        ("url", _text, "its own link"),
        ("followers", _whole, "followers at collected_at; null when unknown"),
        ("following", _whole, "accounts that it follows, at collected_at"),
        ("created_at", _time, "when the account was opened"),
        ("verified", pa.bool_(), "verified by the platform, in any way"),
        ("declared_kind", _text, "what the platform or a list declares it to be: business, government, page, ..."),
        ("is_me", pa.bool_(), "the owner of an own export"),
        ("resolved", _text, "exact, name_only, sentence, derived"),
        ("collected_at", _time, "when the row was collected; the latest wins"),
        ("source_file", _text, "member that it was read from"),
        ("reader", _text, "name and version of the reader"),
    ]
)


def content_id(platform: str, *facts: object) -> str:
    """An activity id made of the facts themselves, for sources that give none.

    >>> content_id("x", "repost", "x:1", None, 12) == content_id("x", "repost", "x:1", None, 12)
    True
    """
    written = "\x1f".join("" if fact is None else str(fact) for fact in facts)
    return f"{platform}:#{hashlib.blake2b(written.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"


def activity_batch(rows: list[Activity], *, source_file: str, reader: str) -> pa.RecordBatch:
    """Rows as one Arrow batch in the columns of `ACTIVITY`; `source_file` and `reader` fill the rows without."""
    return _batch(ACTIVITY, [msgspec.structs.astuple(row) for row in rows], source_file, reader)


def account_batch(rows: list[Account], *, source_file: str, reader: str) -> pa.RecordBatch:
    """Rows as one Arrow batch in the columns of `ACCOUNT`."""
    return _batch(ACCOUNT, [msgspec.structs.astuple(row) for row in rows], source_file, reader)


def _batch(schema: pa.Schema, rows: list[tuple[object, ...]], source_file: str, reader: str) -> pa.RecordBatch:
    given = {"source_file": source_file, "reader": reader}
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [_array(field, column, given.get(field.name)) for field, column in zip(schema, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(field: pa.Field, column: tuple[object, ...], given: str | None) -> pa.Array:
    if not column or (column[0] is None and column.count(None) == len(column)):
        return pa.nulls(len(column), field.type) if given is None else pa.repeat(given, len(column))
    if field.type == _time:
        return pa.array(column, _whole).cast(_time)
    if field.name == "ad":
        return pa.array([_ad(value) for value in column], field.type)
    if field.name == "metrics":
        return _metrics(column)
    array = pa.array(column, field.type)
    return array if given is None else array.fill_null(given)


def _ad(ad: object) -> dict[str, object] | None:
    if not isinstance(ad, Ad):
        return None
    built: dict[str, object] = msgspec.structs.asdict(ad)
    built["criteria"] = [dict(zip(("type", "value", "class"), criterion, strict=True)) for criterion in ad.criteria]
    return built


def _metrics(column: tuple[object, ...]) -> pa.Array:
    nothing = (None,) * len(_METRICS)
    values = zip(*(msgspec.structs.astuple(m) if isinstance(m, Metrics) else nothing for m in column), strict=True)
    absent = pa.array([m is None for m in column])
    return pa.StructArray.from_arrays([pa.array(v, _whole) for v in values], fields=list(_METRICS), mask=absent)
