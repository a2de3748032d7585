"""Ads that were shown to the owner, and what they did with them -> rows.

X keeps about 90 days, with the criteria by which each ad met the owner: the only place where a person can see them.
Most of the "engagements" are none: being charged for an ad, or a film that starts by itself. Only what a person does on
purpose is a click; the rest is counted in the note of its file. Ads of other networks (RTB) name no advertiser. Times
have no zone: UTC is assumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import msgspec

from ascendant.activity import Account, Activity, Ad, Reject, content_id
from ascendant.read.json_items import Found, decoded
from ascendant.read.x_archive.criteria import criterion_class
from ascendant.read.x_archive.records_ads import (
    AdLine,
    Advertiser,
    Engagement,
    Impression,
    Response,
)
from ascendant.read.x_archive.story import UNKNOWN_RECORD, Item, Owner, Place, digits, handle_in, moment, texts
from ascendant.read.x_posts.entities import unique, words
from ascendant.read.x_posts.refusals import Refused

_T = TypeVar("_T")

# What a person does, among the types that X writes. A film that starts, plays or ends is not done by them.
CLICKS: Final = frozenset(
    "CardUrlClick CardAppInstallAttempt CardOpenApp CardInstallApp Detail ScreenName ProfilePic Url UrlClick Permalink"
    " UserMention Hashtag EmbeddedMedia SpotlightClick TrendClick Follow Fav Favorite Retweet Reply Quote".split()
)


class Ads:
    """Ads that were shown (`impressions`), and responses to them (`engagements`), as records of groups."""

    decoder: msgspec.json.Decoder[AdLine] = msgspec.json.Decoder(AdLine)
    _impression: msgspec.json.Decoder[Impression] = msgspec.json.Decoder(Impression)
    _engagement: msgspec.json.Decoder[Engagement] = msgspec.json.Decoder(Engagement)

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._same: Counter[str] = Counter()  # rows that say the same, in one kind of file
        self._others: Counter[str] = Counter()  # responses that nobody gave on purpose
        self._named: set[str] = set()

    def records(self, line: AdLine, place: Place) -> Iterator[Item]:
        """What a group tells."""
        if line.ad is None or line.ad.ads_user_data is None:
            raise Refused(UNKNOWN_RECORD)
        for group in line.ad.ads_user_data.values():
            yield from each_in(group.impressions, self._impression, place, self.shown)
            yield from each_in(group.engagements, self._engagement, place, self._answered)

    def note(self) -> str | None:
        """The responses that are none, by X's own names."""
        told = "; ".join(f"{kind}: {n}" for kind, n in sorted(self._others.items()))
        self._others.clear()
        self._same.clear()
        return told or None

    def shown(self, impression: Impression, place: Place) -> Iterator[Item]:
        """An ad that was shown, and who paid for it."""
        yield self._view(impression, place)
        yield from self._advertiser(impression.advertiser_info, place)

    def _answered(self, engagement: Engagement, place: Place) -> Iterator[Item]:
        impression = engagement.impression_attributes
        if impression is None:
            impression = Impression()
        else:  # X counts it here since it was shown; where the other file has it too, it is the same row
            yield from self.shown(impression, place)
        for number, response in enumerate(engagement.engagement_attributes or ()):
            kind = response.engagement_type or "?"
            if kind in CLICKS:
                yield self._click(impression, response, place._replace(pointer=f"{place.pointer}/{number}"))
            else:
                self._others[kind] += 1

    def _view(self, impression: Impression, place: Place) -> Activity:
        moment_shown = moment(impression.impression_time)
        facts = (moment_shown[0], *_subject(impression))
        key = content_id("x", "ad_view", self._owner.key, *facts)
        self._same[key] += 1
        if (n := self._same[key]) > 1:
            key = content_id("x", "ad_view", self._owner.key, *facts, n)
        actor = self._who(impression.advertiser_info)
        return self._row(
            impression,
            place,
            key,
            "ad_view",
            "to_me",
            moment_shown,
            actor,
            None if actor is not None else ("actor_id",),
        )

    def _click(self, impression: Impression, response: Response, place: Place) -> Activity:
        happened = moment(response.engagement_time)
        facts = (happened[0], response.engagement_type, *_subject(impression))
        key = content_id("x", "ad_click", self._owner.key, *facts)
        return self._row(impression, place, key, "ad_click", "by_me", happened, self._owner.key, None)

    def _row(
        self,
        impression: Impression,
        place: Place,
        key: str,
        verb: str,
        direction: str,
        happened: tuple[int | None, str | None, str | None],
        actor: str | None,
        missing: tuple[str, ...] | None,
    ) -> Activity:
        post, trend, payer = impression.promoted_tweet_info, impression.promoted_trend_info, impression.advertiser_info
        post_key = digits(post.tweet_id) if post is not None else None
        trend_key = digits(trend.trend_id) if trend is not None else None
        if post_key is not None:
            object_id: str | None = f"x:{post_key}"
        else:
            object_id = f"x:trend/{trend_key}" if trend_key is not None else None
        text = post.tweet_text if post is not None else trend.name if trend is not None else None
        if happened[0] is None:
            missing = (*(missing or ()), "happened_at")
        return Activity(
            activity_id=key,
            platform="x",
            verb=verb,
            direction=direction,
            actor_id=actor,
            object_id=object_id,
            object_author_id=self._who(payer),
            object_kind="ad" if trend is None else "topic",
            happened_at=happened[0],
            time_basis=happened[1],
            time_precision=happened[2],
            text=words(text) or None,
            urls=unique(texts(post.urls)) if post is not None else None,
            ad=Ad(
                advertiser=(payer.advertiser_name if payer is not None else None) or None,
                criteria=_criteria(impression),
            ),
            text_repaired=place.is_repaired,
            collected_at=self._owner.collected_at,
            missing=missing,
            source_file=place.file,
            source_pointer=place.pointer,
        )

    def _who(self, payer: Advertiser | None) -> str | None:
        return self._owner.account(None, payer.screen_name) if payer is not None else None

    def _advertiser(self, payer: Advertiser | None, place: Place) -> Iterator[Account]:
        handle = handle_in(payer.screen_name) if payer is not None else None
        if payer is None or handle is None or handle.lower() in self._named:
            return
        self._named.add(handle.lower())
        yield Account(
            account_id=f"x:@{handle.lower()}",
            platform="x",
            handle=handle,
            name=payer.advertiser_name or None,
            declared_kind="advertiser",
            resolved="exact",
            source_file=place.file,
        )


def each_in(
    raws: list[msgspec.Raw] | None,
    decoder: msgspec.json.Decoder[_T],
    place: Place,
    tell: Callable[[_T, Place], Iterator[Item]],
) -> Iterator[Item]:
    """The records of a group, each read or refused alone."""
    for number, raw in enumerate(raws or (), start=1):
        pointer = f"{place.pointer}/{number}"
        found = decoded(bytes(raw), pointer, decoder.decode)
        if not isinstance(found, Found):
            yield msgspec.structs.replace(found, member=place.file)
            continue
        try:
            yield from tell(
                found.value, place._replace(pointer=pointer, is_repaired=place.is_repaired or found.is_repaired)
            )
        except Refused as refusal:
            yield Reject(pointer, refusal.reason, refusal.detail, place.file)


def _criteria(impression: Impression) -> tuple[tuple[str, str, str], ...]:
    found = {
        (one.targeting_type, one.targeting_value or "", criterion_class(one.targeting_type))
        for one in impression.matched_targeting_criteria or ()
        if one.targeting_type
    }
    return tuple(sorted(found))  # both files that tell of an ad must tell the same


def _subject(impression: Impression) -> tuple[object, ...]:
    """All that a row tells of an ad: two that are the same in it are shown twice, or told by two files."""
    post, trend, payer = impression.promoted_tweet_info, impression.promoted_trend_info, impression.advertiser_info
    return (
        impression.display_location,
        (post.tweet_id, post.tweet_text, texts(post.urls)) if post is not None else None,
        (trend.trend_id, trend.name) if trend is not None else None,
        (payer.screen_name, payer.advertiser_name) if payer is not None else None,
        _criteria(impression),
    )
