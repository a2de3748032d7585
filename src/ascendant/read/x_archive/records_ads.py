"""The keys that tell of ads, of those who pay for them, and of what X infers, as typed records."""

from __future__ import annotations

from typing import Any

import msgspec

from ascendant.read.x_archive.records import Number


class Advertiser(msgspec.Struct, gc=False, rename="camel"):
    """Who paid."""

    advertiser_name: str | None = None
    screen_name: str | None = None


class PromotedPost(msgspec.Struct, gc=False, rename="camel"):
    """The post that was paid for."""

    tweet_id: Number = None
    tweet_text: str | None = None
    urls: list[Any] | None = None


class Trend(msgspec.Struct, gc=False, rename="camel"):
    """The trend that was paid for."""

    trend_id: Number = None
    name: str | None = None
    description: str | None = None


class Criterion(msgspec.Struct, gc=False, rename="camel"):
    """Why an ad was shown: what the advertiser asked for and its reader met."""

    targeting_type: str | None = None
    targeting_value: str | None = None


class Impression(msgspec.Struct, gc=False, rename="camel"):
    """An ad that was shown."""

    impression_time: str | None = None
    display_location: str | None = None
    promoted_tweet_info: PromotedPost | None = None
    promoted_trend_info: Trend | None = None
    advertiser_info: Advertiser | None = None
    matched_targeting_criteria: list[Criterion] | None = None


class Response(msgspec.Struct, gc=False, rename="camel"):
    """What was counted as a response to an ad."""

    engagement_time: str | None = None
    engagement_type: str | None = None


class Engagement(msgspec.Struct, gc=False, rename="camel"):
    """An ad, and what was counted as responses to it."""

    impression_attributes: Impression | None = None
    engagement_attributes: list[Response] | None = None


class Conversion(msgspec.Struct, gc=False, rename="camel"):
    """What somebody did outside X, as an advertiser told X."""

    conversion_time: str | None = None
    conversion_event: str | None = None
    event_type: str | None = None
    conversion_url: str | None = None
    application_name: str | None = None
    advertiser_info: Advertiser | None = None


class Ads(msgspec.Struct, gc=False):
    """A group of ads, of responses or of conversions."""

    impressions: list[msgspec.Raw] | None = None
    engagements: list[msgspec.Raw] | None = None
    conversions: list[msgspec.Raw] | None = None


class AdsOf(msgspec.Struct, gc=False, rename="camel"):
    """The groups of one account, by kind."""

    ads_user_data: dict[str, Ads] | None = None


class AdLine(msgspec.Struct, gc=False):
    """A group in one of the files about ads."""

    ad: AdsOf | None = None


class Interest(msgspec.Struct, gc=False, rename="camel"):
    """A topic that X infers."""

    name: str | None = None


class Language(msgspec.Struct, gc=False):
    """A language that X infers."""

    language: str | None = None


class Gender(msgspec.Struct, gc=False):
    """A gender that X infers."""

    gender: str | None = None


class Demographics(msgspec.Struct, gc=False, rename="camel"):
    """Languages and gender."""

    languages: list[Language] | None = None
    gender_info: Gender | None = None


class Audiences(msgspec.Struct, gc=False, rename="camel"):
    """Advertisers whose lists hold the owner, or resemble them."""

    advertisers: list[Any] | None = None
    lookalike_advertisers: list[Any] | None = None
    do_not_reach_advertisers: list[Any] | None = None
    catalog_audience_advertisers: list[Any] | None = None


class Interests(msgspec.Struct, gc=False, rename="camel"):
    """Topics, and who targets the owner."""

    interests: list[Interest] | None = None
    partner_interests: list[Any] | None = None
    audience_and_advertisers: Audiences | None = None
    shows: list[Any] | None = None


class Ages(msgspec.Struct, gc=False):
    """Ages or ranges of age."""

    age: list[Any] | Number = None


class Personal(msgspec.Struct, gc=False, rename="camel"):
    """Who X thinks that the owner is."""

    demographics: Demographics | None = None
    interests: Interests | None = None
    location_history: list[Any] | None = None
    inferred_age_info: Ages | None = None


class PersonalLine(msgspec.Struct, gc=False):
    """The one item of personalization.js."""

    p13nData: Personal | None = None  # noqa: N815  X's own key


class AgeMeta(msgspec.Struct, gc=False, rename="camel"):
    """What X keeps of an age."""

    age_info: Ages | None = None
    inferred_age_info: Ages | None = None


class AgeLine(msgspec.Struct, gc=False, rename="camel"):
    """The one item of ageinfo.js."""

    age_meta: AgeMeta | None = None
