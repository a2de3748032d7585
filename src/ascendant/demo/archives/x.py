"""Facts of X -> the zip of "Download an archive of your data" as it has been since 2022: `data/*.js` and a manifest.

Every file is there, most of them empty, as in a real one, but for the two of `ABSENT`. Posts stand in two parts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from ascendant.demo.archives.facts import Life, Tie
from ascendant.demo.archives.packing import pack
from ascendant.demo.archives.person import Person
from ascendant.demo.archives.x_owner import messages, owner
from ascendant.demo.archives.x_records import (
    Record,
    engagement,
    header,
    impression,
    is_long,
    like,
    note,
    number,
    plainly,
    post,
    stamp,
)

NAME: Final = "twitter-2026-08-31-0a1b2c3d.zip"
ABSENT: Final = ("data/ad-free-article-visits.js", "data/user-link-clicks.js")
_ADS_IN_RECORD: Final = 60
# Files that this person has nothing in: they are there, and empty.
EMPTY: Final = tuple(
    "account-label account-suspension ad-mobile-conversions-attributed ad-mobile-conversions-unattributed"
    " ad-online-conversions-unattributed ads-revenue-sharing app article article-metadata audio-video-calls-in-dm"
    " audio-video-calls-in-dm-recipient-sessions branch-links catalog-item commerce-catalog community-note"
    " community-note-batsignal community-note-tombstone community-tweet contact deleted-note-tweet"
    " deleted-tweet-headers device-token direct-message-mute direct-messages-group email-address-change"
    " expanded-profile grok-chat-item key-registry moment ni-devices periscope-account-information"
    " periscope-ban-information periscope-broadcast-metadata periscope-comments-made-by-user"
    " periscope-expired-broadcasts periscope-followers periscope-profile-description phone-number product-drop"
    " product-set professional-data protected-history reply-prompt shop-module shopify-account smartblock"
    " spaces-metadata sso tweetdeck twitter-shop verified-organization".split()
)


def write_x(path: Path, person: Person, life: Life) -> dict[str, int]:
    """Write the archive; returns how many records stand in each file."""
    records: dict[str, list[Record]] = (
        {name: [] for name in EMPTY} | _acts(person, life) | _ads(person, life) | _ties(person, life)
    )
    records |= owner(person, life) | messages(person, life)
    files, counts = {}, {}
    for name, found in records.items():
        stem, _, part = name.partition("-part")
        start = f"window.YTD.{stem.replace('-', '_')}.part{part or 0} = "
        files[f"data/{name}.js"] = start.encode() + written(found)
        counts[f"data/{name}.js"] = len(found)
    files["data/manifest.js"] = b"window.__THAR_CONFIG = " + written(_manifest(person, life, counts, files))
    files["data/README.txt"] = b"An invented archive.\n"
    files["Your archive.html"] = b"<!doctype html><title>Your archive</title>\n"
    files["assets/js/main.js"] = b"// shows the archive\n"
    pack(path, files)
    return {**counts, "data/manifest.js": 1}


def written(value: object) -> bytes:
    """JSON as X lays it out. No text of this person holds a quotation mark before a colon."""
    if value == []:
        return b"[ ]"
    return msgspec.json.format(msgspec.json.encode(value), indent=2).replace(b'": ', b'" : ')


def _acts(person: Person, life: Life) -> dict[str, list[Record]]:
    acts = sorted((act for act in life.acts if act.kind not in ("react", "vote")), key=lambda act: -act.at)
    kept = [act for act in acts if not act.is_deleted]
    half = len(kept) * 3 // 5
    # The newest like stands first.
    likes = sorted((act for act in life.acts if act.kind == "react"), key=lambda act: -act.at)
    votes = [act for act in life.acts if act.kind == "vote"]
    return {
        "tweets": [post(act, person) for act in kept[:half]],
        "tweets-part1": [post(act, person) for act in kept[half:]],
        "tweet-headers": [header(act, person) for act in kept],
        "deleted-tweets": [post(act, person) for act in acts if act.is_deleted],
        "note-tweet": [note(act) for act in kept if is_long(act)],
        "like": [like(act) for act in likes],
        "community-note-rating": [
            {
                "communityNoteRating": {
                    "noteId": str(number(act.item_at or act.at, act.item_key or 0)),
                    "helpfulnessLevel": "Helpful" if act.key % 2 else "NotHelpful",
                    "createdAt": stamp(act.at),
                    "userId": str(person.key),
                    "helpfulTags": ["Clear"] if act.key % 2 else [],
                }
            }
            for act in votes
        ],
        "saved-search": [
            {"savedSearch": {"savedSearchId": str(one.key), "query": one.text}}
            for one in life.looked
            if one.verb == "saved_search"
        ],
    }


def _ads(person: Person, life: Life) -> dict[str, list[Record]]:
    shown = [impression(one) for one in life.shown if one.files != "engagements"]
    answered = [engagement(one) for one in life.shown if one.files != "impressions"]
    conversions = [
        {
            "eventType": one.value,
            "conversionPlatform": "Mobile",
            "conversionUrl": f"https://{payer.domain}/",
            "advertiserInfo": {"advertiserName": payer.name, "screenName": f"@{payer.handle}"},
            "conversionValue": "0",
            "conversionTime": plainly(one.at or 0),
        }
        for one in life.told
        if one.verb == "tracked"
        for payer in person.advertisers["x"]
        if payer.name == one.type
    ]
    told = {"attributedOnlineConversionData": {"conversions": conversions}}
    return {
        "ad-impressions": _groups("adImpressions", "impressions", shown),
        "ad-engagements": _groups("adEngagements", "engagements", answered),
        "ad-online-conversions-attributed": [{"ad": {"adsUserData": told}}] if conversions else [],
    }


def _groups(kind: str, name: str, records: list[Record]) -> list[Record]:
    """X puts the ads of a while into one record."""
    return [
        {"ad": {"adsUserData": {kind: {name: records[first : first + _ADS_IN_RECORD]}}}}
        for first in range(0, len(records), _ADS_IN_RECORD)
    ]


def _ties(person: Person, life: Life) -> dict[str, list[Record]]:
    def named(verb: str, key: str) -> list[Record]:
        keys = [tie.account.key for tie in life.ties if tie.verb == verb and tie.account is not None]
        return [_account(key, one) for one in keys]

    return {
        "following": named("follow", "following"),
        "follower": [_account("follower", key) for key in life.followers.get("x", ())],
        "block": named("block", "blocking"),
        "mute": named("mute", "muting"),
        **{f"lists-{role}": _lists(person, life.ties, role) for role in ("created", "member", "subscribed")},
    }


def _account(kind: str, key: int) -> Record:
    return {kind: {"accountId": str(key), "userLink": f"https://twitter.com/intent/user?user_id={key}"}}


def _lists(person: Person, ties: tuple[Tie, ...], role: str) -> list[Record]:
    return [
        {"userListInfo": {"url": f"https://twitter.com/{_keeper(person, tie)}/lists/{tie.name}"}}
        for tie in ties
        if tie.verb == role
    ]


def _keeper(person: Person, tie: Tie) -> str:
    return person.handle if tie.account is None else tie.account.handle


def _manifest(person: Person, life: Life, counts: dict[str, int], files: dict[str, bytes]) -> Record:
    kinds: dict[str, Record] = {}
    for path, n in sorted(counts.items()):
        name = path.removeprefix("data/").removesuffix(".js")
        stem, _, part = name.partition("-part")
        first, *others = stem.split("-")
        kind = kinds.setdefault("".join([first, *(word.title() for word in others)]), {"files": []})
        shown = f"YTD.{stem.replace('-', '_')}.part{part or 0}"
        kind["files"].append({"fileName": path, "globalName": shown, "count": str(n)})
    kinds["tweets"] = {"mediaDirectory": "data/tweets_media", **kinds["tweets"]}
    kinds["tweetsMedia"] = {"mediaDirectory": "data/tweets_media"}
    return {
        "userInfo": {"accountId": str(person.key), "userName": person.handle, "displayName": person.name},
        "archiveInfo": {
            "sizeBytes": str(sum(map(len, files.values()))),
            "generationDate": stamp(life.last_at),
            "isPartialArchive": False,
            "maxPartSizeBytes": "53687091200",
        },
        "readmeInfo": {"fileName": "data/README.txt", "directory": "data/", "name": "README.txt"},
        "dataTypes": dict(sorted(kinds.items())),
    }
