"""The posts and accounts of one record of API v2 -> activity rows: what a post refers to stands beside it.

Relations are chosen as in `api_v1`. A post of `includes` is a fact like one of `data`.
"""

from __future__ import annotations

from ascendant.activity import Account, Activity, Metrics, Reject
from ascendant.read.x_posts.api_v1 import Facts, Said
from ascendant.read.x_posts.entities import (
    account_id,
    author_in_link,
    kind,
    language,
    names_post,
    post_key,
    reposted_handle,
    tags_in,
    unique,
    words,
)
from ascendant.read.x_posts.post_row import post_row
from ascendant.read.x_posts.records_v2 import Link, Post, PostMetrics, User
from ascendant.read.x_posts.refusals import Refused
from ascendant.read.x_posts.times import since, when


def account_of(user: User, collected_at: int | None) -> Account | None:
    """An account; None when the record holds no more than its name (a mention)."""
    name = account_id(user.id, user.username)
    if name is None or user.username is None or (user.public_metrics is None and user.created_at is None):
        return None
    url = user.url
    if url and user.entities is not None and user.entities.url is not None and user.entities.url.urls:
        url = user.entities.url.urls[0].expanded_url or url
    metrics = user.public_metrics
    verified = user.verified
    if user.verified_type is not None and user.verified_type not in ("none", ""):
        verified = True
    return Account(
        account_id=name,
        platform="x",
        handle=user.username,
        name=user.name or None,
        bio=words(user.description) or None,
        url=url or None,
        followers=metrics.followers_count if metrics is not None else None,
        following=metrics.following_count if metrics is not None else None,
        created_at=since(user.created_at),
        verified=verified,
        declared_kind=kind(user.verified_type),
        resolved="exact",
        collected_at=collected_at,
    )


class Page:
    """The posts and accounts of one record, by which its references are resolved."""

    def __init__(self, collected_at: int | None) -> None:
        self.facts = Facts()
        self._collected_at = collected_at
        self._posts: dict[str, Post] = {}
        self._accounts: dict[str, str] = {}  # by handle, lower case: streams give mentions without an id

    def add(self, posts: list[Post], places: list[str], included: list[Post], users: list[User], pointer: str) -> None:
        """A response: its posts, the posts that these refer to, then the accounts."""
        self.facts.n_records = max(1, len(posts))
        for user in users:
            if user.username is not None and user.id is not None:
                self._accounts[user.username.lower()] = f"x:{user.id}"
        for post in included:
            self._posts[str(post.id)] = post
        for post in posts:
            self._posts[str(post.id)] = post
        for post, place in zip(posts, places, strict=True):
            self._add_post(post, place)
        listed = {str(post.id) for post in posts}
        for n, post in enumerate(included):
            if str(post.id) not in listed:
                self._add_post(post, f"{pointer}/includes/tweets/{n}")
        self.add_users(users)

    def add_users(self, users: list[User]) -> None:
        """Accounts of a response."""
        for user in users:
            account = account_of(user, self._collected_at)
            if account is not None:
                self.facts.append(account)

    def add_flattened(self, post: Post, pointer: str) -> None:
        """A flattened post: itself, its author, the accounts that it mentions, then the same of what it refers to."""
        waiting = [(post, pointer)]
        for inner, _ in waiting:
            for n, reference in enumerate(inner.referenced_tweets or ()):
                if reference.text is not None and reference.id is not None:
                    self._posts[str(reference.id)] = reference
                    waiting.append((reference, f"{pointer}/referenced_tweets/{n}"))
        for inner, place in waiting:
            self._add_post(inner, place)
            mentioned = inner.entities.mentions if inner.entities is not None else None
            known = [inner.author, inner.in_reply_to_user, *(mentioned or ())]
            self.add_users([user for user in known if user is not None])

    def _add_post(self, post: Post, pointer: str) -> None:
        try:
            self.facts.append(self._row(post, pointer))
        except Refused as refusal:
            self.facts.append(Reject(pointer, refusal.reason, refusal.detail))

    def _row(self, post: Post, pointer: str) -> Activity:
        key = post_key(post.id)
        actor = account_id(post.author_id)
        verb, object_key, author, own = self._relation(post, key, actor)
        root = self._posts.get(object_key) if verb == "repost" and object_key is not None else None
        if root is not None and object_key is not None:
            own = self._relation(root, object_key, author)[3]
        return post_row(
            key,
            actor,
            when(post.created_at, key),
            (verb, object_key, author),
            self._said(post if root is None else root, own),
            thread=post.conversation_id,
            metrics=_counts(post.public_metrics) if verb != "repost" else None,
            collected_at=self._collected_at,
            pointer=pointer,
            has_original=root is not None,
        )

    def _relation(self, post: Post, key: str, actor: str | None) -> tuple[str, str | None, str | None, tuple[str, ...]]:
        """Verb, key and author of the post that it passes on or answers, and the posts whose address is no link."""
        references = {one.type: str(one.id) for one in post.referenced_tweets or () if one.id is not None}
        if (root := references.get("retweeted")) is not None:
            return "repost", root, self._author(root) or self._reposted_author(post), (key,)
        answered, quoted = references.get("replied_to"), references.get("quoted")
        whom = None
        if answered is not None:
            whom = account_id(post.in_reply_to_user_id) or self._author(answered)
            if quoted is None or whom != actor:
                return "reply", answered, whom, (key,)
        if quoted is not None:
            return "quote", quoted, self._author(quoted) or self._quoted_author(post, quoted), (key, quoted)
        return "post", None, None, (key,)

    def _author(self, key: str) -> str | None:
        post = self._posts.get(key)
        return account_id(post.author_id) if post is not None else None

    def _reposted_author(self, post: Post) -> str | None:
        handle = reposted_handle(post.text)
        return self._named(handle, post) if handle else None

    def _quoted_author(self, post: Post, quoted: str) -> str | None:
        for link in (post.entities.urls if post.entities is not None else None) or ():
            handle = author_in_link(link.expanded_url, quoted) if link.expanded_url else None
            if handle:
                return self._named(handle, post)
        return None

    def _named(self, handle: str, post: Post) -> str | None:
        for mention in (post.entities.mentions if post.entities is not None else None) or ():
            if mention.id is not None and mention.username and mention.username.lower() == handle.lower():
                return f"x:{mention.id}"
        return self._accounts.get(handle.lower()) or account_id(None, handle)

    def _said(self, post: Post, own: tuple[str, ...]) -> Said:
        long = post.note_tweet
        if long is not None and long.text:
            text, entities = words(long.text), long.entities or post.entities
        else:
            text, entities = words(post.text), post.entities
        links = tags = mentions = None
        if entities is not None:
            if entities.urls:
                links = _links(entities.urls, own)
            if entities.hashtags:
                tags = unique(tag.tag.lower() for tag in entities.hashtags if tag.tag)
            if entities.mentions:
                named = (
                    account_id(one.id) or (self._named(one.username, post) if one.username else None)
                    for one in entities.mentions
                )
                mentions = unique(account for account in named if account)
        if tags is None and text and "#" in text:
            tags = tags_in(text)
        return text, language(post.lang), links, tags, mentions


def _links(urls: list[Link], own: tuple[str, ...]) -> tuple[str, ...] | None:
    found = []
    for link in urls:
        if link.media_key is not None or (link.display_url or "").startswith(("pic.twitter.com/", "pic.x.com/")):
            continue
        address = link.expanded_url or link.url
        if address and not any(names_post(address, key) for key in own):
            found.append(link.unwound_url or address)
    return unique(found)


def _counts(counted: PostMetrics | None) -> Metrics | None:
    if counted is None:
        return None
    return Metrics(
        likes=counted.like_count,
        reposts=counted.retweet_count,
        replies=counted.reply_count,
        quotes=counted.quote_count,
        views=counted.impression_count,
    )
