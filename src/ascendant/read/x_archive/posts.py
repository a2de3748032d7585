"""Posts of the owner -> acts, with the accounts that they name.

An archive marks nothing: `retweeted` is always false, and a quote has no key of its own. A repost is known by its text,
which begins `RT @name: ` and breaks off at about 140 signs, and by the mention that stands at its fourth sign, whose id
is the author's; which post was passed on is not told. A quote is known by a link to a post. What a post is, where
several could be told, is chosen as in `x_posts.api_v1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from ascendant.activity import Account, Activity, Metrics
from ascendant.read.x_archive.records import Entities, Mention, Note, NoteLine, Post, PostLine
from ascendant.read.x_archive.story import UNKNOWN, Item, Moment, Owner, Place, count, digits, moment
from ascendant.read.x_posts.entities import language, names_post, unique, words
from ascendant.read.x_posts.refusals import NO_ID, Refused
from ascendant.read.x_posts.times import when

_REPOST: Final = re.compile(r"RT @(\w{1,50}): ?")
_STATUS: Final = re.compile(
    r"(?i)https?://(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(?:i/web|(\w{1,50}))/status(?:es)?/(\d+)"
)
_NO_HANDLES: Final = frozenset({"i", "statuses"})
_CUT_SIGNS: Final = ("…", "...")
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_CUT_END: Final = re.compile(r"\s*(?:…|\.\.\.)?\s*(?:https?://\S+)?\s*$")
_MIDNIGHT: Final = " 00:00:00 +0000"
_SNOWFLAKES: Final = 29_700_859_247  # the first id that carries its own time, 4 November 2010
_START: Final = 100  # signs by which a long post is looked up


class LongTexts:
    """Words of long posts, which stand in a file of their own without the post's id."""

    decoder: msgspec.json.Decoder[NoteLine] = msgspec.json.Decoder(NoteLine)

    def __init__(self) -> None:
        self._by_start: dict[str, list[str]] = {}

    def records(self, line: NoteLine, place: Place) -> Iterator[Item]:
        """Remember the words; they are told by the posts."""
        note: Note = line.note_tweet or line
        text = words(note.core.text) if note.core is not None else None
        if text:
            self._by_start.setdefault(text[:_START], []).append(text)
        return iter(())

    def note(self) -> str | None:
        """Nothing is to be said."""
        return None

    def whole(self, text: str) -> str:
        """The words of the long post that begins as this text, which breaks off; the text itself if there is none.

        >>> from ascendant.read.x_archive.records import NoteCore
        >>> texts = LongTexts()
        >>> _ = texts.records(NoteLine(core=NoteCore(text="word " * 80)), Place("note-tweet.js", "item 1", 0, False))
        >>> len(texts.whole("word " * 54 + "wor… https://t.co/a"))
        400
        """
        for candidate in self._by_start.get(text[:_START], ()) if len(text) > _START else ():
            if candidate.startswith(_CUT_END.sub("", text)):
                return candidate
        return text


class Posts:
    """What the files of posts tell, whichever their layout."""

    decoder: msgspec.json.Decoder[PostLine] = msgspec.json.Decoder(PostLine)

    def __init__(self, owner: Owner, long_texts: LongTexts) -> None:
        self._owner, self._long_texts = owner, long_texts
        self._named: set[str] = set()

    def records(self, line: PostLine, place: Place) -> list[Item]:
        """The act, and the accounts that it names for the first time."""
        post = line.tweet or line.communityTweet or line
        told: list[Item] = [self._act(post, place)]
        if post.entities is not None and post.entities.user_mentions:
            told += self._accounts(post.entities.user_mentions, place)
        return told

    def note(self) -> str | None:
        """Nothing is to be said."""
        return None

    def _act(self, post: Post, place: Place) -> Activity:
        owner = self._owner
        key = digits(post.id_str or post.id)
        if key is None:
            raise Refused(NO_ID)
        actor = owner.key
        if actor is None and post.user is not None:
            actor = owner.account(post.user.id_str or post.user.id, post.user.screen_name)
        happened_at, basis, precision = _moment(post.created_at, key)
        text = words(post.full_text if post.full_text is not None else post.text)
        entities = post.entities
        relay = metrics = None
        collected_at = owner.collected_at
        missing = [] if actor is not None else ["actor_id"]
        reposted = _REPOST.match(text) if text else None
        if post.retweeted_status is not None or reposted is not None:
            verb, relay = "repost", "pure"
            # A collected repost names the post and has all its words: whenever it was collected, it tells more.
            collected_at = None
            object_key, author, text, is_cut = self._reposted(post, text or "", reposted)
            own: tuple[str, ...] = (key,) if object_key is None else (key, object_key)
            missing += ["object_id"] if object_key is None else []
            missing += ["text"] if is_cut else []
        else:
            verb, object_key, author, own = self._relation(post, key)
            relay = "quote" if verb == "quote" else None
            metrics = _metrics(post)
            text = self._long_texts.whole(text) if text else text
        if verb != "post" and author is None:
            missing.append("object_author_id")
        if happened_at is None:
            missing.append("happened_at")
        links, tags, mentions = self._said(entities, own) if entities is not None else (None, None, None)
        if verb == "post" and links:
            relay = "with_comment" if _has_words(text) else "link"
        community = digits(post.community_id_str or post.community_id)
        return Activity(
            activity_id=f"x:{key}",
            platform="x",
            verb=verb,
            direction="by_me",
            actor_id=actor,
            object_id=f"x:{object_key}" if object_key is not None else None,
            object_author_id=author,
            object_kind="post" if verb != "post" else None,
            happened_at=happened_at,
            time_basis=basis,
            time_precision=precision,
            text=text,
            lang=language(post.lang),
            urls=links,
            hashtags=tags,
            mentions=mentions,
            relay=relay,
            metrics=metrics,
            context_id=f"x:community/{community}" if community else None,
            text_repaired=place.is_repaired,
            collected_at=collected_at,
            missing=tuple(missing) or None,
            source_file=place.file,
            source_pointer=place.pointer,
        )

    def _reposted(
        self, post: Post, text: str, reposted: re.Match[str] | None
    ) -> tuple[str | None, str | None, str | None, bool]:
        """Key, author and words of what was passed on, and whether these break off."""
        root = post.retweeted_status
        if root is not None:
            who = root.user
            author = self._owner.account(who.id_str or who.id, who.screen_name) if who is not None else None
            said = words(root.full_text if root.full_text is not None else root.text)
            if said is not None or reposted is None:
                return digits(root.id_str or root.id), author, said, said is None
            rest = text[reposted.end() :]  # the table of old archives tells the post's number and not its words
            return digits(root.id_str or root.id), author or self._owner.account(None, reposted[1]), rest, True
        assert reposted is not None
        handle, key = reposted[1], None
        for mention in (post.entities.user_mentions if post.entities is not None else None) or ():
            if mention.indices and str(mention.indices[0]) == "3":
                key = mention.id_str or mention.id
                break
            if mention.screen_name is not None and mention.screen_name.lower() == handle.lower():
                key = mention.id_str or mention.id
        rest = text[reposted.end() :]
        return None, self._owner.account(key, handle), rest, rest.endswith(_CUT_SIGNS)

    def _relation(self, post: Post, key: str) -> tuple[str, str | None, str | None, tuple[str, ...]]:
        """Verb, key and author of the post answered or quoted, and the posts whose address is no link of its own."""
        owner = self._owner
        answered = digits(post.in_reply_to_status_id_str or post.in_reply_to_status_id)
        whom = None
        if answered is not None:
            user = post.in_reply_to_user_id_str or post.in_reply_to_user_id
            whom = owner.account(user, post.in_reply_to_screen_name)
            if whom is None or whom != owner.key:
                return "reply", answered, whom, (key,)
        quoted, author = self._quoted(post, key)
        if quoted is not None:
            return "quote", quoted, author, (key, quoted)
        return ("post" if answered is None else "reply"), answered, whom, (key,)

    def _quoted(self, post: Post, key: str) -> tuple[str | None, str | None]:
        """The last post that it links to: X shows that one inside it."""
        for link in reversed((post.entities.urls if post.entities is not None else None) or ()):
            found = _STATUS.match(link.expanded_url) if link.expanded_url else None
            if found and found[2] != key:
                handle = found[1] if found[1] and found[1].lower() not in _NO_HANDLES else None
                return found[2], self._by_handle(handle, post)
        return None, None

    def _by_handle(self, handle: str | None, post: Post) -> str | None:
        if handle is None:
            return None
        for mention in (post.entities.user_mentions if post.entities is not None else None) or ():
            if mention.screen_name is not None and mention.screen_name.lower() == handle.lower():
                return self._owner.account(mention.id_str or mention.id, handle)
        return self._owner.account(None, handle)

    def _said(
        self, entities: Entities, own: tuple[str, ...]
    ) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None, tuple[str, ...] | None]:
        """Links, hashtags and mentions; links to the posts `own` (itself, the quoted one) are left out."""
        links = tags = mentions = None
        if entities.urls:
            urls = [link.expanded_url or link.url for link in entities.urls]
            links = unique(url for url in urls if url and not any(names_post(url, key) for key in own))
        if entities.hashtags:
            tags = unique(tag.text.lower().removeprefix("#") for tag in entities.hashtags if tag.text)
        if entities.user_mentions:
            account = self._owner.account
            found = (account(one.id_str or one.id, one.screen_name) for one in entities.user_mentions)
            mentions = unique(one for one in found if one is not None)
        return links, tags, mentions

    def _accounts(self, mentions: list[Mention], place: Place) -> Iterator[Account]:
        for mention in mentions:
            key = digits(mention.id_str or mention.id)
            if key is None or key == "0" or key in self._named or not mention.screen_name:
                continue
            self._named.add(key)
            if f"x:{key}" != self._owner.key:
                handle = mention.screen_name.removeprefix("@")
                yield Account(
                    account_id=f"x:{key}",
                    platform="x",
                    handle=handle or None,
                    name=mention.name or None,
                    resolved="exact",
                    source_file=place.file,
                )


def _moment(written: str | None, key: str) -> Moment:
    """As written; else from the id, since some dates of 1997 and 2003 stand in archives; else unknown.

    Posts of before November 2010 stand at midnight in old archives: their time of day was lost.

    >>> _moment("Mon Jan 06 11:21:04 +0000 1997", "1995703198255059044")
    (1764647695493000, 'derived_from_id', 'ms')
    >>> _moment("2009-03-21 00:00:00 +0000", "1360000000")
    (1237593600000000, 'explicit', 'day')
    """
    found = moment(written)
    if found[0] is not None:
        is_without_clock = written is not None and written.endswith(_MIDNIGHT) and int(key) < _SNOWFLAKES
        return (found[0], found[1], "day") if is_without_clock else found
    try:
        return when(None, key)
    except Refused:
        return UNKNOWN


def _metrics(post: Post) -> Metrics | None:
    likes, reposts = count(post.favorite_count), count(post.retweet_count)
    return None if likes is None and reposts is None else Metrics(likes=likes, reposts=reposts)


def _has_words(text: str | None) -> bool:
    """Whether anything is said beside links.

    >>> _has_words("https://t.co/a https://t.co/b"), _has_words("Lire : https://t.co/a")
    (False, True)
    """
    return text is not None and any(character.isalnum() for character in _LINK.sub("", text))
