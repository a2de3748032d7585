"""One record of API v1.1 (also of X's embedding service, which writes almost the same) -> activity rows.

Each line is a post with its author inside; `retweeted_status` and `quoted_status` hold the posts that it passes on,
whole. Long posts stand in `full_text`, or in `extended_tweet` when they were streamed. Ids are read from `*_str`:
the numeric ones lose digits in tools that count in floats.

Which relation a post has, where several could be told:
- a repost first: it has no words of its own, and its links and counts are the original's (so they stand there only);
- then a reply to somebody else: it is addressed to a person. If it also quotes, the quoted post stays among its links;
- then a quote, even inside a reply to oneself: going on with one's own thread moves nobody, quoting somebody does;
- then a reply to oneself. A post that only starts with `@name`, in answer to no post, is a post that mentions.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from ascendant.activity import Account, Activity, Metrics, Reject
from ascendant.read.x_posts.entities import (
    account_id,
    author_in_link,
    kind,
    language,
    names_post,
    post_key,
    tags_in,
    unique,
    words,
)
from ascendant.read.x_posts.records_v1 import Entities, Line, Link, Post, User
from ascendant.read.x_posts.refusals import NO_ID, Refused
from ascendant.read.x_posts.times import since, when

Fact: TypeAlias = Activity | Account | Reject
Said: TypeAlias = tuple[
    str | None, str | None, tuple[str, ...] | None, tuple[str, ...] | None, tuple[str, ...] | None
]  # text, language, links, hashtags, mentions


class Facts(list[Fact]):
    """What one record tells; `n_records` is how many posts or accounts it lists (a page lists many)."""

    n_records = 1


_NOTICES: Final = frozenset(
    "delete limit scrub_geo status_withheld user_withheld disconnect warning friends event for_user".split()
)
_decode = msgspec.json.Decoder(Line).decode
_decode_keys = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_user = msgspec.json.Decoder(User).decode


def read(line: bytes, pointer: str) -> Facts | str | None:
    """The facts of one record; the name of a notice that tells nothing of posts; None when it is of another shape."""
    post = _decode(line)
    if post.id_str is None and post.id is None:
        return next((key for key in _decode_keys(line) if key in _NOTICES), None)
    if post.text is None and post.full_text is None:
        if post.screen_name is not None:
            account = account_of(_decode_user(line))
            return None if account is None else Facts([account])
        if post.user is None:
            return None
    facts = Facts()
    add_facts(post, pointer, facts)
    return facts


def add_facts(post: Post, pointer: str, facts: list[Fact]) -> None:
    """Add the post, then its author, then the same of each post inside it."""
    waiting = [(post, pointer)]
    for inner, place in waiting:
        _add(inner, place, facts)
        root = inner.retweeted_status
        if root is not None:
            waiting.append((root, f"{place}/retweeted_status"))
        # What a repost quotes, the original quotes: it stands inside that one too, except in old records.
        if inner.quoted_status is not None and (root is None or root.quoted_status is None):
            waiting.append((inner.quoted_status, f"{place}/quoted_status"))
        if inner.quoted_tweet is not None:
            waiting.append((inner.quoted_tweet, f"{place}/quoted_tweet"))
        if inner.parent is not None:
            waiting.append((inner.parent, f"{place}/parent"))


def account_of(user: User) -> Account | None:
    """An account; None when the record only names its id."""
    name = account_id(user.id_str or user.id, user.screen_name)
    if name is None or user.screen_name is None:
        return None
    url = user.url
    if url and user.entities is not None and user.entities.url is not None and user.entities.url.urls:
        url = user.entities.url.urls[0].expanded_url or url
    verified = user.verified
    if user.is_blue_verified or user.ext_is_blue_verified or kind(user.verified_type):
        verified = True
    return Account(
        account_id=name,
        platform="x",
        handle=user.screen_name,
        name=user.name or None,
        bio=words(user.description) or None,
        url=url or None,
        followers=user.followers_count,
        following=user.friends_count,
        created_at=since(user.created_at),
        verified=verified,
        declared_kind=kind(user.verified_type) if user.verified_type else None,
        resolved="exact",
    )


def said(text: str | None, entities: Entities | None, lang: str | None, own: tuple[str, ...]) -> Said:
    """Words, language, links, hashtags and mentions; links to the posts `own` (itself, the quoted one) are left out."""
    links: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    mentions: tuple[str, ...] | None = None
    text = words(text)
    if entities is not None:
        if entities.urls:
            links = _links(entities.urls, own)
        if entities.hashtags:
            tags = unique(tag.text.lower() for tag in entities.hashtags if tag.text)
        if entities.user_mentions:
            named = (account_id(one.id_str or one.id, one.screen_name) for one in entities.user_mentions)
            mentions = unique(account for account in named if account)
    if tags is None and text and "#" in text:
        tags = tags_in(text)
    return text, language(lang), links, tags, mentions


def _quoted_author(post: Post, key: str) -> str | None:
    """Whose post is quoted, when the quoted post itself is not there: its address names the handle."""
    permalink = post.quoted_status_permalink
    handle = author_in_link(permalink.expanded, key) if permalink is not None and permalink.expanded else None
    if handle is None and post.entities is not None:
        for link in post.entities.urls or ():
            handle = handle or (author_in_link(link.expanded_url, key) if link.expanded_url else None)
    return account_id(None, handle)


def counts(post: Post) -> Metrics | None:
    """What X counted; null when it counted nothing."""
    views = post.ext_views.count if post.ext_views is not None else None
    if isinstance(views, str):
        views = int(views) if views.isdecimal() and len(views) < 19 else None
    if post.favorite_count is None and post.retweet_count is None and post.reply_count is None and views is None:
        return None
    return Metrics(
        likes=post.favorite_count,
        reposts=post.retweet_count,
        replies=post.reply_count,
        quotes=post.quote_count,
        views=views,
    )


def _add(post: Post, pointer: str, facts: list[Fact]) -> None:
    try:
        facts.append(_row(post, pointer))
    except Refused as refusal:
        facts.append(Reject(pointer, refusal.reason, refusal.detail))
    if post.user is not None:
        account = account_of(post.user)
        if account is not None:
            facts.append(account)


def _row(post: Post, pointer: str) -> Activity:
    key = post_key(post.id_str or post.id)
    actor = _author(post)
    happened_at, basis, precision = when(post.created_at, key)
    root = post.retweeted_status
    relay, metrics = None, None
    if root is not None:
        verb, relay, author = "repost", "pure", _author(root)
        object_key: str | None = _key(root)
        text, lang, links, tags, mentions = _said(root, _relation(root, author)[3])
    else:
        verb, object_key, author, own = _relation(post, actor)
        text, lang, links, tags, mentions = _said(post, own)
        relay = "quote" if verb == "quote" else None
        metrics = counts(post)
    missing = None
    if actor is None:
        missing = ("actor_id",)
    if verb != "post" and author is None:
        missing = (*(missing or ()), "object_author_id")
    return Activity(
        activity_id=f"x:{key}",
        platform="x",
        verb=verb,
        actor_id=actor,
        object_id=f"x:{object_key}" if object_key is not None else None,
        object_author_id=author,
        object_kind="post" if object_key is not None else None,
        thread_id=f"x:{post.conversation_id_str}" if post.conversation_id_str else None,
        happened_at=happened_at,
        time_basis=basis,
        time_precision=precision,
        text=text,
        lang=lang,
        urls=links,
        hashtags=tags,
        mentions=mentions,
        relay=relay,
        metrics=metrics,
        missing=missing,
        source_pointer=pointer,
    )


def _relation(post: Post, actor: str | None) -> tuple[str, str | None, str | None, tuple[str, ...]]:
    """Verb, key and author of the post that it answers or quotes, and the posts whose address is no link of its own."""
    key = post.id_str or str(post.id)
    answered = post.in_reply_to_status_id_str or _digits(post.in_reply_to_status_id)
    whom = None
    if answered is not None:
        whom = account_id(post.in_reply_to_user_id_str or post.in_reply_to_user_id, post.in_reply_to_screen_name)
        if whom != actor:
            return "reply", answered, whom, (key,)
    quoted = post.quoted_status or post.quoted_tweet
    if quoted is not None:
        quoted_key = _key(quoted)
        return "quote", quoted_key, _author(quoted) or _quoted_author(post, quoted_key), (key, quoted_key)
    named = post.quoted_status_id_str or _digits(post.quoted_status_id)
    if named is not None:
        return "quote", named, _quoted_author(post, named), (key, named)
    return ("post" if answered is None else "reply"), answered, whom, (key,)


def _said(post: Post, own: tuple[str, ...]) -> Said:
    long = post.extended_tweet
    if long is not None and long.full_text is not None:
        return said(long.full_text, long.entities or post.entities, post.lang, own)
    return said(post.full_text if post.full_text is not None else post.text, post.entities, post.lang, own)


def _links(urls: list[Link], own: tuple[str, ...]) -> tuple[str, ...] | None:
    found = []
    for link in urls:
        url = (link.unwound.url if link.unwound is not None else None) or link.expanded_url or link.url
        if url and not any(names_post(url, key) for key in own):
            found.append(url)
    return unique(found) if found else None


def _key(post: Post) -> str:
    key = post.id_str or _digits(post.id)
    if key is None:
        raise Refused(NO_ID, "of the post that it passes on")
    return key


def _author(post: Post) -> str | None:
    return account_id(post.user.id_str or post.user.id, post.user.screen_name) if post.user is not None else None


def _digits(value: int | str | None) -> str | None:
    return str(value) if value else None
