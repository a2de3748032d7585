"""Facts of X -> records as X writes them into its archive. Numbers are text there, and nothing is marked.

`retweeted` is always false; a repost is known by its text, cut at 140 signs, and names no post; a quote by a link.
"""

from __future__ import annotations

from typing import Any, Final

from ascendant.demo.archives.dates import spelled
from ascendant.demo.archives.facts import Act, Shown
from ascendant.demo.archives.person import Account, Person

Record = dict[str, Any]

EPOCH_MS: Final = 1_288_834_974_657  # of the numbers of X
WRONG_TIME: Final = 852_117_664  # January 1997: a few posts have such a time, and the right one in their number
_LONGEST_REPOST: Final = 140
_LONGEST: Final = 270
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SOURCE: Final = '<a href="https://telephone.example" rel="nofollow">Telephone</a>'
_DEVICE: Final = {"osType": "Android", "deviceId": "T0N0ZXN0ZGV2aWNl"}
_PLACES: Final = ("TimelineHome", "TimelineHome", "TimelineHome", "SearchTweets", "ProfileTweets")


def number(at: int, key: int) -> int:
    """The number of a post that was made at a second; its low bits tell it from others."""
    return ((at * 1000 - EPOCH_MS) << 22) | key


def in_words(at: int) -> str:
    """A time as posts have it."""
    return spelled(at, "%a %b %d %H:%M:%S +0000 %Y")


def stamp(at: int) -> str:
    """A time as most files have it."""
    return spelled(at, "%Y-%m-%dT%H:%M:%S.000Z")


def plainly(at: int) -> str:
    """A time as ads have it, without a zone."""
    return spelled(at, "%Y-%m-%d %H:%M:%S")


def post(act: Act, person: Person) -> Record:
    """An item of tweets.js; of deleted-tweets.js where it was deleted."""
    text, mentions, links = _words(act, person)
    key = str(number(act.at, act.key))
    answered: Record = {}
    if act.kind == "reply":
        assert act.item_at is not None
        assert act.item_key is not None
        who = (str(person.key), person.handle) if act.source is None else (str(act.source.key), act.source.handle)
        item = str(number(act.item_at, act.item_key))
        answered = {
            "in_reply_to_status_id_str": item,
            "in_reply_to_status_id": item,
            "in_reply_to_user_id": who[0],
            "in_reply_to_user_id_str": who[0],
            "in_reply_to_screen_name": who[1],
        }
    is_repost = act.kind == "repost"
    shown: Record = {
        "edit_info": {
            "initial": {
                "editTweetIds": [key],
                "editableUntil": stamp(act.at + 3600),
                "editsRemaining": "5",
                "isEditEligible": act.kind == "post",
            }
        },
        "retweeted": False,
        "source": _SOURCE,
        "entities": {
            "hashtags": [{"text": tag, **_span(text, f"#{tag}")} for tag in act.tags if f"#{tag}" in text],
            "symbols": [],
            "user_mentions": mentions,
            "urls": links,
        },
        "display_text_range": ["0", str(len(text))],
        "favorite_count": "0" if is_repost else str(act.likes),
        **answered,
        "id_str": key,
        "truncated": False,
        "retweet_count": str(act.key % 300 if is_repost and act.key % 3 else 0 if is_repost else act.reposts),
        "id": key,
        "created_at": in_words(WRONG_TIME if has_wrong_time(act) else act.at),
        "favorited": False,
        "full_text": text.replace("&", "&amp;"),
        "lang": person.lang,
    }
    if links:
        shown["possibly_sensitive"] = False
    if act.is_deleted:
        shown["deleted_at"] = in_words(min(act.at + 5000 + act.key % 90_000, act.at + 90_000))
    return {"tweet": shown}


def _words(act: Act, person: Person) -> tuple[str, list[Record], list[Record]]:
    """The text, the accounts that it names, and its links."""
    source = act.source
    if act.kind == "repost":
        assert source is not None
        text = f"RT @{source.handle}: {act.text}"
        text = text if len(text) <= _LONGEST_REPOST else f"{text[: _LONGEST_REPOST - 1]}…"
        return text, [_mention(source, 3)], []
    text, mentions = act.text, []
    if is_long(act):
        text = f"{text[:_LONGEST]}… {_short(act.key)}"
    if act.kind == "reply" and source is not None:
        text, mentions = f"@{source.handle} {text}", [_mention(source, 0)]
    link = act.link
    if act.kind == "quote":
        assert source is not None
        assert act.item_at is not None
        assert act.item_key is not None
        link = f"https://twitter.com/{source.handle}/status/{number(act.item_at, act.item_key)}"
    if link is None:
        return text, mentions, []
    short = _short(act.key)
    text = f"{text} {short}" if text else short
    return text, mentions, [{"url": short, "expanded_url": link, "display_url": link[8:34], **_span(text, short)}]


def is_long(act: Act) -> bool:
    """Whether the words stand whole in note-tweet.js only."""
    return act.kind == "post" and len(act.text) > _LONGEST


def note(act: Act) -> Record:
    """A long post whole; its number is not that of the post."""
    core = {"text": act.text, "urls": [], "mentions": [], "hashtags": list(act.tags)}
    return {"noteTweet": {"noteTweetId": str(number(act.at, act.key + 1)), "createdAt": stamp(act.at), "core": core}}


def has_wrong_time(act: Act) -> bool:
    """Whether X writes a time that cannot be."""
    return act.key % 600 == 0


def header(act: Act, person: Person) -> Record:
    """An item of tweet-headers.js."""
    key = str(number(act.at, act.key))
    return {"tweet": {"tweet_id": key, "user_id": str(person.key), "created_at": in_words(act.at)}}


def like(act: Act) -> Record:
    """An item of like.js: the post, without its author or the time of the like."""
    assert act.item_at is not None
    assert act.item_key is not None
    key = str(number(act.item_at, act.item_key))
    words = {"fullText": act.text.replace("&", "&amp;")} if act.text else {}
    return {"like": {"tweetId": key, **words, "expandedUrl": f"https://twitter.com/i/web/status/{key}"}}


def impression(shown: Shown) -> Record:
    """An ad as both files of ads have it."""
    made: Record = {"deviceInfo": _DEVICE, "displayLocation": _PLACES[shown.key % len(_PLACES)]}
    payer = shown.advertiser
    if payer is None:
        made["publisherInfo"] = {"publisherName": "Patience", "screenName": "@patience"}
    else:
        made["promotedTweetInfo"] = {
            "tweetId": str(number(shown.at - 86_400 * (1 + shown.key % 20), shown.key)),
            "tweetText": shown.text,
            "urls": [shown.link] if shown.key % 2 else [],
            "mediaUrls": [],
        }
        made["advertiserInfo"] = {"advertiserName": payer.name, "screenName": f"@{payer.handle}"}
    if shown.criteria:
        made["matchedTargetingCriteria"] = [
            {"targetingType": kind, **({"targetingValue": value} if value else {})} for kind, value, _ in shown.criteria
        ]
    made["impressionTime"] = plainly(shown.at)
    return made


def engagement(shown: Shown) -> Record:
    """An ad with what X counts as responses to it."""
    return {
        "impressionAttributes": impression(shown),
        "engagementAttributes": [
            {"engagementTime": plainly(at), "engagementType": kind} for kind, at in shown.responses
        ],
    }


def _mention(account: Account, start: int) -> Record:
    key = str(account.key)
    return {
        "name": account.name,
        "screen_name": account.handle,
        "indices": [str(start), str(start + len(account.handle) + 1)],
        "id_str": key,
        "id": key,
    }


def _span(text: str, words: str) -> Record:
    start = text.index(words)
    return {"indices": [str(start), str(start + len(words))]}


def _short(key: int) -> str:
    digits, left = [], key * 7_355_608_331_071 % 62**10
    for _ in range(10):
        left, digit = divmod(left, 62)
        digits.append(_LETTERS[digit])
    return f"https://t.co/{''.join(digits)}"
