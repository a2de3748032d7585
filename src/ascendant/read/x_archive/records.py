"""The keys of an X archive that are read, as typed records: everything else is skipped while decoding.

Numbers are text in these files. Since 2019 an item stands inside one key (`{"tweet": {...}}`), before that bare: a
`...Line` takes both. Ads are in `records_ads`, the owner and the manifest in `records_owner`.
"""

from __future__ import annotations

from typing import Any

import msgspec

Number = int | str | None


class Mention(msgspec.Struct, gc=False):
    """An account that a text names; `indices` say where."""

    id_str: str | None = None
    id: Number = None
    screen_name: str | None = None
    name: str | None = None
    indices: list[Number] | None = None


class Link(msgspec.Struct, gc=False):
    """A link in a text."""

    url: str | None = None
    expanded_url: str | None = None


class Hashtag(msgspec.Struct, gc=False):
    """A hashtag, without its sign."""

    text: str | None = None


class Entities(msgspec.Struct, gc=False):
    """What X found in a text."""

    urls: list[Link] | None = None
    hashtags: list[Hashtag] | None = None
    user_mentions: list[Mention] | None = None


class User(msgspec.Struct, gc=False):
    """An account, as archives of before 2018 write it inside a post."""

    id_str: str | None = None
    id: Number = None
    screen_name: str | None = None
    name: str | None = None


class Post(msgspec.Struct, gc=False):
    """A post. `retweeted` is always false in an archive, so it is not even read."""

    id_str: str | None = None
    id: Number = None
    created_at: str | None = None
    full_text: str | None = None
    text: str | None = None
    lang: str | None = None
    favorite_count: Number = None
    retweet_count: Number = None
    entities: Entities | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_status_id: Number = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_user_id: Number = None
    in_reply_to_screen_name: str | None = None
    community_id: Number = None
    community_id_str: str | None = None
    user: User | None = None
    retweeted_status: Post | None = None


class PostLine(Post, gc=False):
    """A post in tweets.js, deleted-tweets.js or community-tweet.js."""

    tweet: Post | None = None
    communityTweet: Post | None = None  # noqa: N815  X's own key


class NoteCore(msgspec.Struct, gc=False):
    """The words of a long post."""

    text: str | None = None


class Note(msgspec.Struct, gc=False, rename="camel"):
    """A long post; its id is not that of the post."""

    created_at: str | None = None
    core: NoteCore | None = None


class NoteLine(Note, gc=False, rename="camel"):
    """A long post in note-tweet.js."""

    note_tweet: Note | None = None


class Like(msgspec.Struct, gc=False, rename="camel"):
    """A liked post, without its author or the time of the like."""

    tweet_id: Number = None
    full_text: str | None = None


class LikeLine(Like, gc=False):
    """A liked post in like.js."""

    like: Like | None = None


class Named(msgspec.Struct, gc=False, rename="camel"):
    """An account that is only an id."""

    account_id: Number = None
    user_link: str | None = None


class NamedLine(Named, gc=False):
    """An account in follower.js, following.js, block.js or mute.js."""

    follower: Named | None = None
    following: Named | None = None
    blocking: Named | None = None
    muting: Named | None = None


class ListInfo(msgspec.Struct, gc=False):
    """A list of accounts, or several."""

    url: str | None = None
    urls: list[Any] | None = None


class ListLine(ListInfo, gc=False, rename="camel"):
    """A list in lists-created.js, lists-member.js or lists-subscribed.js."""

    user_list_info: ListInfo | None = None


class Organization(msgspec.Struct, gc=False):
    """Who made an application."""

    name: str | None = None
    url: str | None = None


class Application(msgspec.Struct, gc=False, rename="camel"):
    """An application that may act for the owner, or read what the owner reads."""

    id: Number = None
    name: str | None = None
    organization: Organization | None = None
    approved_at: str | None = None


class ApplicationLine(msgspec.Struct, gc=False, rename="camel"):
    """An application in connected-application.js."""

    connected_application: Application | None = None


class Search(msgspec.Struct, gc=False, rename="camel"):
    """A search that was kept."""

    saved_search_id: Number = None
    query: str | None = None


class SearchLine(msgspec.Struct, gc=False, rename="camel"):
    """A search in saved-search.js."""

    saved_search: Search | None = None


class NoteRating(msgspec.Struct, gc=False, rename="camel"):
    """A vote on a community note."""

    note_id: Number = None
    created_at: Number = None


class NoteRatingLine(msgspec.Struct, gc=False, rename="camel"):
    """A vote in community-note-rating.js, or birdwatch-rating.js as it was once called."""

    community_note_rating: NoteRating | None = None
    birdwatch_note_rating: NoteRating | None = None
    birdwatch_rating: NoteRating | None = None


class LinkClick(msgspec.Struct, gc=False, rename="camel"):
    """A link that was opened."""

    tweet_id: Number = None
    final_url: str | None = None
    time_stamp_of_interaction: str | None = None


class Interactions(msgspec.Struct, gc=False, rename="camel"):
    """What holds a link that was opened."""

    link_click: LinkClick | None = None


class LinkClickLine(LinkClick, gc=False, rename="camel"):
    """A link in user-link-clicks.js."""

    user_interactions_data: Interactions | None = None
    link_click: LinkClick | None = None


class Message(msgspec.Struct, gc=False, rename="camel"):
    """That a message was sent; its words are never decoded."""

    sender_id: Number = None
    recipient_id: Number = None
    created_at: str | None = None


class MessageEvent(msgspec.Struct, gc=False, rename="camel"):
    """What happened in a conversation."""

    message_create: Message | None = None


class Conversation(msgspec.Struct, gc=False, rename="camel"):
    """A conversation."""

    conversation_id: str | None = None
    messages: list[MessageEvent] | None = None


class ConversationLine(msgspec.Struct, gc=False, rename="camel"):
    """A conversation in direct-message-headers.js or direct-message-group-headers.js."""

    dm_conversation: Conversation | None = None
