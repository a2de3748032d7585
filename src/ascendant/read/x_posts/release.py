"""A row of X's releases on information operations -> a post and its author.

31 columns; lists as Python writes them, times to the minute in UTC; accounts with few followers are hashes.
"""

from __future__ import annotations

from ascendant.activity import Account
from ascendant.read.x_posts.cells import Cells
from ascendant.read.x_posts.entities import account_id, author_in_link, post_key, reposted_handle, words
from ascendant.read.x_posts.times import since, when
from ascendant.read.x_posts.told import Other, Pair, Told, activity, metrics


def read(row: Cells, pointer: str) -> Pair:
    """A post of an information operation. Accounts with few followers are hashes, here and where others name them."""
    key = post_key(row.key("tweetid"))
    user = row.key("userid")
    actor = account_id(user)
    text = row.text("tweet_text")
    named = reposted_handle(text)
    root = None
    if row.flag("is_retweet"):
        root = Other(row.key("retweet_tweetid"), account_id(row.key("retweet_userid"), named))
    quoted = row.key("quoted_tweet_tweetid")
    told = Told(
        key=key,
        actor=actor,
        moment=when(row.text("tweet_time"), key),
        text=text,
        root=root,
        answered=_answered(row.key("in_reply_to_tweetid"), account_id(row.key("in_reply_to_userid"))),
        quoted=Other(quoted, _quoted_in(row.bracketed("urls"), quoted)) if quoted is not None else None,
        lang=row.text("tweet_language"),
        links=tuple(row.bracketed("urls")),
        tags=tuple(row.bracketed("hashtags")),
        mentions=tuple(map(account_id, row.bracketed("user_mentions"))),
        metrics=metrics(row),
    )
    account = None
    if actor is not None:
        handle, name = row.text("user_screen_name"), row.text("user_display_name")
        account = Account(
            account_id=actor,
            platform="x",
            handle=handle if handle != user else None,
            name=name if name != user else None,
            bio=words(row.text("user_profile_description")),
            url=row.text("user_profile_url"),
            followers=row.count("follower_count"),
            following=row.count("following_count"),
            created_at=since(row.text("account_creation_date")),
            resolved="exact",
        )
    return activity(told, pointer), account


def _answered(key: str | None, author: str | None) -> Other | None:
    return Other(key, author) if key is not None else None


def _quoted_in(links: list[str], key: str | None) -> str | None:
    handles = (author_in_link(link, key) for link in links) if key is not None else ()
    return account_id(None, next((handle for handle in handles if handle), None))
