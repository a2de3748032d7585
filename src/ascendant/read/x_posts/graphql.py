"""One post as X's own pages load it (GraphQL), collected by Zeeschuimer or 4CAT -> activity rows.

The post stands in `legacy`, its author in `core`; Zeeschuimer wraps it in `data` and says when it was collected,
4CAT puts that in `__import_meta`. Older pages gave `{"type": "adaptive", "legacy": ..., "user": ...}`. The numeric
`id` beside them went through JavaScript and has lost digits: only `rest_id` and `id_str` are read.

What was collected was shown in somebody's browser. A promoted post is therefore two facts: the post, by its author,
and an `ad_view` of it (`to_me`: whoever used that browser), so that no advertisement counts as an act of anybody.
"""

from __future__ import annotations

from typing import Final

import msgspec

from ascendant.activity import Activity, Ad, Metrics, Reject, content_id
from ascendant.read.x_posts import records_v1
from ascendant.read.x_posts.api_v1 import Facts, Said, account_of, counts, said
from ascendant.read.x_posts.entities import (
    account_id,
    author_in_link,
    post_key,
    reposted_handle,
)
from ascendant.read.x_posts.post_row import post_row
from ascendant.read.x_posts.records_graphql import Boxed, Legacy, Line, Post
from ascendant.read.x_posts.refusals import NO_ID, UNAVAILABLE, Refused
from ascendant.read.x_posts.times import from_epoch, when

_decode: Final = msgspec.json.Decoder(Line).decode


def read(line: bytes, pointer: str) -> Facts | str | None:
    """The facts of one record; None when it is of another shape."""
    record = _decode(line)
    post = _opened(record.data if record.data is not None and record.legacy is None else record)
    if post.legacy is None:
        if post.tombstone is None and record.kind not in ("TweetTombstone", "TweetUnavailable"):
            return None
        raise Refused(UNAVAILABLE)
    stamp = record.timestamp_collected
    if stamp is None and record.import_meta is not None:
        stamp = record.import_meta.timestamp_collected
    collected_at = from_epoch(stamp, per_second=1000) if stamp else None
    facts = Facts()
    waiting = [(post, pointer)]
    for inner, place in waiting:
        _add(inner, place, collected_at, facts)
        root = _root(inner)
        if root is not None:
            waiting.append((root, f"{place}/retweeted_status_result"))
        quoted = _boxed(inner.quoted_status_result)
        if quoted is not None and quoted.legacy is not None and root is None:
            waiting.append((quoted, f"{place}/quoted_status_result"))
    shown = facts[0]
    if (record.promoted or post.promoted) and isinstance(shown, Activity):
        facts.insert(1, _ad_view(shown, collected_at))
    return facts


def _add(post: Post, pointer: str, collected_at: int | None, facts: Facts) -> None:
    try:
        facts.append(_row(post, pointer, collected_at))
    except Refused as refusal:
        facts.append(Reject(pointer, refusal.reason, refusal.detail))
    user = _user(post)
    account = account_of(user) if user is not None else None
    if account is not None:
        facts.append(msgspec.structs.replace(account, collected_at=collected_at))


def _row(post: Post, pointer: str, collected_at: int | None) -> Activity:
    legacy = post.legacy
    if legacy is None:
        raise Refused(NO_ID)
    key = post_key(_key(post))
    actor = _author(post)
    verb, object_key, author, own = _relation(post, key, actor)
    root = _root(post) if verb == "repost" and object_key is not None else None
    if root is not None and object_key is not None:
        own = _relation(root, object_key, author)[3]
    return post_row(
        key,
        actor,
        when(legacy.created_at, key),
        (verb, object_key, author),
        _said(post if root is None else root, own),
        thread=legacy.conversation_id_str,
        metrics=_counts(post) if verb != "repost" else None,
        collected_at=collected_at,
        pointer=pointer,
        has_original=root is not None,
    )


def _relation(post: Post, key: str, actor: str | None) -> tuple[str, str | None, str | None, tuple[str, ...]]:
    """As `api_v1._relation`; a repost's original may be out of sight, then only its text names the author."""
    legacy = post.legacy or Legacy()
    if legacy.retweeted_status_result is not None:
        root = _root(post)
        if root is None:
            return "repost", None, _handle_or_mention(legacy), (key,)
        return "repost", _key(root), _author(root), (key,)
    answered, whom = legacy.in_reply_to_status_id_str, None
    if answered:
        whom = account_id(legacy.in_reply_to_user_id_str, legacy.in_reply_to_screen_name)
        if whom != actor:
            return "reply", answered, whom, (key,)
    quoted = _boxed(post.quoted_status_result)
    quoted_key = (_key(quoted) if quoted is not None else None) or legacy.quoted_status_id_str
    if quoted_key:
        author = _author(quoted) if quoted is not None else None
        return "quote", quoted_key, author or _quoted_author(legacy, quoted_key), (key, quoted_key)
    return ("reply" if answered else "post"), answered or None, whom, (key,)


def _quoted_author(legacy: Legacy, key: str) -> str | None:
    permalink = legacy.quoted_status_permalink
    handle = author_in_link(permalink.expanded, key) if permalink is not None and permalink.expanded else None
    return account_id(None, handle)


def _handle_or_mention(legacy: Legacy) -> str | None:
    handle = reposted_handle(legacy.full_text)
    mentioned = (legacy.entities.user_mentions if legacy.entities is not None else None) or ()
    for one in mentioned:
        if handle and one.screen_name and one.screen_name.lower() == handle.lower():
            return account_id(one.id_str or one.id, handle)
    return account_id(None, handle)


def _said(post: Post, own: tuple[str, ...]) -> Said:
    legacy = post.legacy or Legacy()
    long = post.note_tweet.note_tweet_results if post.note_tweet is not None else None
    note = long.result if long is not None else None
    if note is not None and note.text:
        return said(note.text, note.entity_set or legacy.entities, legacy.lang, own)
    return said(legacy.full_text, legacy.entities, legacy.lang, own)


def _counts(post: Post) -> Metrics | None:
    legacy = post.legacy or Legacy()
    views = post.views or post.ext_views
    if views is not None and views.count is not None:
        legacy.ext_views = records_v1.Views(views.count)
    return counts(legacy)


def _user(post: Post) -> records_v1.User | None:
    """The author in one form: X moved the fields of accounts out of `legacy` one after the other."""
    results = post.core.user_results if post.core is not None else None
    found = results.result if results is not None else None
    if found is None or found.rest_id is None:
        return post.user
    user = found.legacy or records_v1.User()
    user.id_str = found.rest_id
    if found.core is not None:
        user.screen_name = user.screen_name or found.core.screen_name
        user.name = user.name or found.core.name
        user.created_at = user.created_at or found.core.created_at
    if found.profile_bio is not None:
        user.description = user.description or found.profile_bio.description
    if found.relationship_counts is not None:
        numbers = found.relationship_counts
        user.followers_count = numbers.followers if user.followers_count is None else user.followers_count
        user.friends_count = numbers.following if user.friends_count is None else user.friends_count
    if found.website is not None:
        user.url = user.url or found.website.url
    if found.verification is not None:
        user.verified = user.verified or found.verification.verified
        user.verified_type = user.verified_type or found.verification.verified_type
    user.is_blue_verified = found.is_blue_verified or (
        found.verification.is_blue_verified if found.verification is not None else None
    )
    return user


def _author(post: Post) -> str | None:
    user = _user(post)
    legacy_id = post.legacy.user_id_str if post.legacy is not None else None
    if user is None:
        return account_id(legacy_id)
    return account_id(user.id_str or legacy_id, user.screen_name)


def _key(post: Post) -> str | None:
    return post.rest_id or (post.legacy.id_str if post.legacy is not None else None)


def _root(post: Post) -> Post | None:
    root = _boxed(post.legacy.retweeted_status_result) if post.legacy is not None else None
    return root if root is not None and root.legacy is not None else None


def _boxed(box: Boxed | None) -> Post | None:
    return _opened(box.result) if box is not None and box.result is not None else None


def _opened(post: Post) -> Post:
    """Posts of restricted visibility stand one level deeper."""
    return post.tweet if post.tweet is not None and post.legacy is None else post


def _ad_view(shown: Activity, collected_at: int | None) -> Activity:
    return Activity(
        activity_id=content_id("x", "ad_view", shown.activity_id, collected_at),
        platform="x",
        verb="ad_view",
        direction="to_me",
        actor_id=shown.actor_id,
        object_id=shown.activity_id,
        object_author_id=shown.actor_id,
        object_kind="ad",
        happened_at=collected_at,
        time_basis="epoch" if collected_at is not None else None,
        time_precision="ms" if collected_at is not None else None,
        ad=Ad(advertiser=shown.actor_id),
        collected_at=collected_at,
        source_pointer=shown.source_pointer,
    )
