"""The keys of API v2 that are read, as typed records: everything else in a line is skipped while decoding."""

from __future__ import annotations

import msgspec

from ascendant.read.x_posts.entities import Whole


class Link(msgspec.Struct, gc=False):
    """A link in a text or a profile."""

    url: str | None = None
    expanded_url: str | None = None
    unwound_url: str | None = None
    display_url: str | None = None
    media_key: str | None = None


class Tag(msgspec.Struct, gc=False):
    """A hashtag, without its sign."""

    tag: str | None = None


class Links(msgspec.Struct, gc=False):
    """The links of a profile."""

    urls: list[Link] | None = None


class UserEntities(msgspec.Struct, gc=False):
    """What X found in a profile."""

    url: Links | None = None


class UserMetrics(msgspec.Struct, gc=False):
    """What X counted on an account."""

    followers_count: Whole | None = None
    following_count: Whole | None = None


class User(msgspec.Struct, gc=False):
    """An account; a mention in flattened files is one too, with all or only some of its fields."""

    id: str | int | None = None
    username: str | None = None
    name: str | None = None
    description: str | None = None
    url: str | None = None
    entities: UserEntities | None = None
    public_metrics: UserMetrics | None = None
    created_at: str | None = None
    verified: bool | None = None
    verified_type: str | None = None


class Entities(msgspec.Struct, gc=False):
    """What X found in a text."""

    urls: list[Link] | None = None
    hashtags: list[Tag] | None = None
    mentions: list[User] | None = None


class LongText(msgspec.Struct, gc=False):
    """The whole of a long post."""

    text: str | None = None
    entities: Entities | None = None


class PostMetrics(msgspec.Struct, gc=False):
    """What X counted on a post."""

    like_count: Whole | None = None
    retweet_count: Whole | None = None
    reply_count: Whole | None = None
    quote_count: Whole | None = None
    impression_count: Whole | None = None


class Post(msgspec.Struct, gc=False):
    """A post. `type` and the fields of a whole post stand together in the referenced posts of flattened files."""

    id: str | int | None = None
    text: str | None = None
    author_id: str | int | None = None
    created_at: str | None = None
    lang: str | None = None
    conversation_id: str | int | None = None
    in_reply_to_user_id: str | int | None = None
    referenced_tweets: list[Post] | None = None
    type: str | None = None
    entities: Entities | None = None
    note_tweet: LongText | None = None
    public_metrics: PostMetrics | None = None
    author: User | None = None
    in_reply_to_user: User | None = None


class Includes(msgspec.Struct, gc=False):
    """Posts and accounts that the posts of a page refer to."""

    tweets: list[Post] | None = None
    users: list[User] | None = None


class Collection(msgspec.Struct, gc=False):
    """What twarc noted when it collected."""

    retrieved_at: str | None = None


class Line(Post, gc=False, rename={"collection": "__twarc"}):
    """A line in any of the three shapes."""

    data: list[Post] | Post | None = None
    includes: Includes | None = None
    collection: Collection | None = None
    errors: list[msgspec.Raw] | None = None
    meta: dict[str, msgspec.Raw] | None = None


class Kind(msgspec.Struct, gc=False):
    """Keys that tell what a record is that has no text."""

    username: str | None = None
    tweet_count: int | None = None
    owner_id: str | None = None
    member_count: int | None = None
    private: bool | None = None
    action: str | None = None
