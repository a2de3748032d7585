"""The keys of API v1.1 that are read, as typed records: everything else in a line is skipped while decoding."""

from __future__ import annotations

import msgspec

from ascendant.read.x_posts.entities import Whole


class Unwound(msgspec.Struct, gc=False):
    """Where a shortened link leads."""

    url: str | None = None


class Link(msgspec.Struct, gc=False):
    """A link in a text."""

    url: str | None = None
    expanded_url: str | None = None
    unwound: Unwound | None = None


class Mention(msgspec.Struct, gc=False):
    """An account that a text names."""

    id_str: str | None = None
    id: int | str | None = None
    screen_name: str | None = None


class Hashtag(msgspec.Struct, gc=False):
    """A hashtag, without its sign."""

    text: str | None = None


class Entities(msgspec.Struct, gc=False):
    """What X found in a text."""

    urls: list[Link] | None = None
    hashtags: list[Hashtag] | None = None
    user_mentions: list[Mention] | None = None


class Links(msgspec.Struct, gc=False):
    """The links of a profile."""

    urls: list[Link] | None = None


class UserEntities(msgspec.Struct, gc=False):
    """What X found in a profile."""

    url: Links | None = None


class User(msgspec.Struct, gc=False):
    """An account."""

    id_str: str | None = None
    id: int | str | None = None
    screen_name: str | None = None
    name: str | None = None
    description: str | None = None
    url: str | None = None
    entities: UserEntities | None = None
    followers_count: Whole | None = None
    friends_count: Whole | None = None
    created_at: str | None = None
    verified: bool | None = None
    is_blue_verified: bool | None = None
    ext_is_blue_verified: bool | None = None
    verified_type: str | None = None


class LongText(msgspec.Struct, gc=False):
    """The whole of a text that was streamed in two parts."""

    full_text: str | None = None
    entities: Entities | None = None


class Views(msgspec.Struct, gc=False):
    """How often a post was shown."""

    count: Whole | str | None = None


class Permalink(msgspec.Struct, gc=False):
    """The address of a quoted post."""

    expanded: str | None = None


class Post(msgspec.Struct, gc=False):
    """A post, with what it passes on inside."""

    id_str: str | None = None
    id: int | str | None = None
    created_at: str | None = None
    full_text: str | None = None
    text: str | None = None
    lang: str | None = None
    user: User | None = None
    entities: Entities | None = None
    extended_tweet: LongText | None = None
    conversation_id_str: str | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_status_id: int | str | None = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_user_id: int | str | None = None
    in_reply_to_screen_name: str | None = None
    retweeted_status: Post | None = None
    quoted_status: Post | None = None
    quoted_tweet: Post | None = None
    parent: Post | None = None
    quoted_status_id_str: str | None = None
    quoted_status_id: int | str | None = None
    quoted_status_permalink: Permalink | None = None
    favorite_count: Whole | None = None
    retweet_count: Whole | None = None
    reply_count: Whole | None = None
    quote_count: Whole | None = None
    ext_views: Views | None = None


class Line(Post, gc=False):
    """A line: a post, or an account (which has no text, but a handle)."""

    screen_name: str | None = None
