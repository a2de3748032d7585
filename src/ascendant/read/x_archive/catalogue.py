"""The files of an X archive: which are read, and which are left unread on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ascendant.read.archive import plain
from ascendant.read.options import ReadOptions
from ascendant.read.x_archive import inferred, messages, traces
from ascendant.read.x_archive.ads import Ads
from ascendant.read.x_archive.conversions import Conversions
from ascendant.read.x_archive.owner import OF_ONE_OWNER, OLD_INDEX
from ascendant.read.x_archive.posts import LongTexts, Posts
from ascendant.read.x_archive.records import (
    ApplicationLine,
    ConversationLine,
    LikeLine,
    LinkClickLine,
    ListLine,
    NamedLine,
    NoteRatingLine,
    SearchLine,
)
from ascendant.read.x_archive.records_ads import AgeLine, PersonalLine
from ascendant.read.x_archive.story import Owner, Story, Told

MANIFEST: Final = "manifest.js"
POSTS: Final = "tweets.js"
HEADERS: Final = "tweet-headers.js"
MONTHS: Final = "data/js/tweets"
TABLE: Final = "tweets.csv"
MESSAGE_HEADERS: Final = ("direct-message-headers.js", "direct-message-group-headers.js")

# Today's name -> what the file was called before.
FORMER: Final = {
    POSTS: ("tweet.js",),
    "community-note-rating.js": ("birdwatch-note-rating.js", "birdwatch-rating.js"),
    "direct-messages.js": ("direct-message.js",),
    "direct-messages-group.js": ("direct-message-group.js",),
    "community-note.js": ("birdwatch-note.js",),
    "community-note-tombstone.js": ("birdwatch-note-tombstone.js",),
}

# Known, and left unread: other people's addresses and words, telephone numbers, devices and places of login, what was
# bought; and some files in which nobody has yet been seen to have anything.
LEFT: Final = tuple(
    f"{name}.js"
    for name in (
        "account-creation-ip account-label account-suspension account-timezone ads-revenue-sharing"
        " ad-free-article-visits app article article-metadata audio-video-calls-in-dm"
        " audio-video-calls-in-dm-recipient-sessions branch-links catalog-item commerce-catalog community-note"
        " community-note-batsignal community-note-tombstone contact deleted-tweet-headers device-token"
        " direct-message-mute direct-messages direct-messages-group email-address-change expanded-profile"
        " grok-chat-item ip-audit key-registry moment ni-devices periscope-account-information"
        " periscope-ban-information periscope-broadcast-metadata periscope-comments-made-by-user"
        " periscope-expired-broadcasts periscope-followers periscope-profile-description phone-number product-drop"
        " product-set professional-data protected-history reply-prompt shop-module shopify-account smartblock"
        " spaces-metadata sso tweetdeck twitter-shop verified-organization"
    ).split()
)
_LEFT_BESIDE: Final = (
    "your archive.html",
    "readme.txt",
    "data/readme.txt",
    "lisez-moi.txt",
    "tweets.csv",
    "index.html",
)


def stories(owner: Owner, options: ReadOptions) -> Iterator[tuple[str, Story]]:
    """The files that tell of acts, by today's names, in the order in which they are read, and how."""
    long_texts = LongTexts()
    posts = Posts(owner, long_texts)
    yield "note-tweet.js", long_texts
    yield "deleted-note-tweet.js", long_texts
    yield POSTS, posts
    yield "deleted-tweets.js", posts
    yield "community-tweet.js", posts
    yield "like.js", Told(LikeLine, traces.likes(owner))
    for name, verb in (("follower", "followed"), ("following", "follow"), ("block", "block"), ("mute", "mute")):
        yield f"{name}.js", Told(NamedLine, traces.named(owner, verb))
    for role in ("created", "member", "subscribed"):
        yield f"lists-{role}.js", Told(ListLine, traces.lists(owner, role))
    yield "ad-impressions.js", Ads(owner)
    yield "ad-engagements.js", Ads(owner)
    for place in ("mobile", "online"):
        for kind in ("attributed", "unattributed"):
            yield f"ad-{place}-conversions-{kind}.js", Conversions(owner)
    yield "personalization.js", Told(PersonalLine, inferred.personalization(owner))
    yield "ageinfo.js", Told(AgeLine, inferred.ages(owner))
    yield "user-link-clicks.js", Told(LinkClickLine, traces.link_clicks(owner))
    yield "connected-application.js", Told(ApplicationLine, traces.applications(owner))
    yield "saved-search.js", Told(SearchLine, traces.searches(owner))
    yield "community-note-rating.js", Told(NoteRatingLine, traces.note_ratings(owner))
    for name in MESSAGE_HEADERS if options.with_messages else ():
        yield name, Told(ConversationLine, messages.conversations(owner))


def names_of(name: str) -> tuple[str, ...]:
    """A file's name today, and those that it had.

    >>> names_of("tweets.js"), names_of("like.js")
    (('tweets.js', 'tweet.js'), ('like.js',))
    """
    return (name, *FORMER.get(name, ()))


TODAY: Final = (
    MANIFEST,
    HEADERS,
    *OF_ONE_OWNER,
    *(name for name, _ in stories(Owner(), ReadOptions(with_messages=True))),
    *LEFT,
)
_KNOWN: Final = frozenset(plain(f"data/{one}") for name in TODAY for one in names_of(name))
_KNOWN_AT_ROOT: Final = frozenset(plain(one) for name in TODAY for one in names_of(name))
_OLD: Final = frozenset((*(f"data/{name}" for name in OLD_INDEX), TABLE))
_LEFT: Final = frozenset(plain(one) for name in (*LEFT, *MESSAGE_HEADERS) for one in names_of(name))
IDENTITY: Final = frozenset(
    ("data/account.js", "data/manifest.js", "account.js", "manifest.js", "data/js/user_details.js")
)


def is_known(path: str) -> bool:
    """Whether a path (`plain`) is one of an X archive of any year.

    >>> is_known("data/tweets.js"), is_known("like.js"), is_known("data/js/tweets/2016_04.js"), is_known("posts.json")
    (True, True, True, False)
    """
    if path in _KNOWN or path in _KNOWN_AT_ROOT or path in _OLD:
        return True
    start, _, name = path.rpartition("/")
    return start == MONTHS and name.endswith(".js")


def is_left(path: str) -> bool:
    """Whether a path (`plain`) is of a file that is known and left unread.

    >>> is_left("data/ip-audit.js"), is_left("data/tweets.js"), is_left("data/new-thing.js")
    (True, False, False)
    """
    return path.removeprefix("data/") in _LEFT or path in _LEFT_BESIDE or path.startswith("data/js/")
