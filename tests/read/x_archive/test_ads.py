import pytest

from ascendant.read.x_archive import READER
from ascendant.read.x_archive.ads import CLICKS
from ascendant.read.x_archive.criteria import criterion_class
from ascendant.testing import check_reader
from x_archives import ME, found_in

AT = "2025-09-17 15:28:57"


def shown(at=AT, post="1994000000000000000", payer="@velos_ex", criteria=(), **more):
    told = {"deviceInfo": {"osType": "Android"}, "displayLocation": "TimelineHome", "impressionTime": at}
    if post:
        told["promotedTweetInfo"] = {"tweetId": post, "tweetText": "Roulez &lt;3", "urls": ["https://shop.example"]}
    if payer:
        told["advertiserInfo"] = {"advertiserName": payer.strip("@").title(), "screenName": payer}
    if criteria:
        told["matchedTargetingCriteria"] = [
            dict(zip(("targetingType", "targetingValue"), c, strict=False)) for c in criteria
        ]
    return {**told, **more}


def group(kind, records, key):
    return {"ad": {"adsUserData": {key: {kind: records}}}}


def impressions(*records):
    return group("impressions", list(records), "adImpressions")


def engagements(impression, *types):
    responses = [{"engagementTime": f"2025-09-17 15:29:0{n}", "engagementType": kind} for n, kind in enumerate(types)]
    record = {"impressionAttributes": impression, "engagementAttributes": responses}
    return group("engagements", [record], "adEngagements")


def test_an_ad_tells_who_paid_and_by_which_criteria_it_met_the_owner(archive):
    criteria = [("Age", "25 to 49"), ("List",), ("Website Activity",), ("Follower look-alikes", "@ville")]
    told = found_in(archive({"ad-impressions": [impressions(shown(criteria=criteria))]})).only
    assert (told.verb, told.direction, told.actor_id, told.object_id) == (
        "ad_view",
        "to_me",
        "x:@velos_ex",
        "x:1994000000000000000",
    )
    assert (told.happened_at, told.time_basis) == (1758122937000000, "assumed_utc")
    assert told.ad.advertiser == "Velos_Ex"
    assert told.ad.criteria == (
        ("Age", "25 to 49", "demographic"),
        ("Follower look-alikes", "@ville", "lookalike"),
        ("List", "", "uploaded_list"),
        ("Website Activity", "", "retargeting"),
    )
    assert told.text == "Roulez <3"


def test_an_ad_of_another_network_has_no_advertiser_and_is_kept(archive):
    rtb = shown(post=None, payer=None, publisherInfo={"publisherName": "Jeu"}, rtbCreativeMediaInfo={"dspName": "dsp"})
    told = found_in(archive({"ad-impressions": [impressions(rtb)]})).only
    assert (told.actor_id, told.ad.advertiser, told.object_id) == (None, None, None)
    assert "actor_id" in told.missing


def test_a_paid_trend_is_a_topic(archive):
    trend = shown(post=None, promotedTrendInfo={"trendId": "77", "name": "#LeFilm", "description": "…"})
    told = found_in(archive({"ad-impressions": [impressions(trend)]})).only
    assert (told.object_id, told.object_kind, told.text) == ("x:trend/77", "topic", "#LeFilm")


def test_most_engagements_are_none_and_are_counted_apart(archive):
    types = ["ChargeableImpression"] * 3 + ["VideoContentPlayback25", "CardUrlClick", "Detail", "VideoContentMrcView"]
    found = found_in(archive({"ad-engagements": [engagements(shown(), *types)]}))
    clicks = found.of("ad_click")
    assert len(clicks) == 2
    assert {(act.direction, act.actor_id, act.object_author_id) for act in clicks} == {
        ("by_me", f"x:{ME}", "x:@velos_ex")
    }
    assert {act.happened_at - 1758122940000000 for act in clicks} == {4_000_000, 5_000_000}
    note = found.coverage("ad-engagements.js").note
    assert note == "ChargeableImpression: 3; VideoContentMrcView: 1; VideoContentPlayback25: 1"


def test_nothing_that_happens_by_itself_is_a_click():
    assert not any(kind.startswith(("Video", "Chargeable")) for kind in CLICKS)
    assert {"CardUrlClick", "Detail", "ScreenName", "CardAppInstallAttempt"} <= CLICKS


def test_an_ad_that_stands_in_both_files_is_one_row_and_one_shown_twice_in_a_second_is_two(archive):
    both = {"ad-impressions": [impressions(shown(), shown())], "ad-engagements": [engagements(shown(), "Detail")]}
    path = archive(both)
    found = found_in(path)
    assert len({act.activity_id for act in found.of("ad_view")}) == 2
    assert len(found.of("ad_view")) == 3
    check_reader(READER, path)


def test_ads_told_only_by_the_engagements_are_ads_that_were_shown(archive):
    found = found_in(
        archive({"ad-engagements": [engagements(shown(criteria=[("Gender", "female")]), "ChargeableImpression")]})
    )
    (view,) = found.of("ad_view")
    assert view.ad.criteria == (("Gender", "female", "demographic"),)


def test_each_advertiser_is_told_once_as_an_account(archive):
    many = [shown(at=f"2025-09-17 15:28:{n:02}") for n in range(5)] + [shown(payer="@Autre")]
    found = found_in(archive({"ad-impressions": [impressions(*many)]}))
    payers = {(one.account_id, one.handle, one.declared_kind) for one in found.accounts if not one.is_me}
    assert payers == {("x:@velos_ex", "velos_ex", "advertiser"), ("x:@autre", "Autre", "advertiser")}


def test_a_bad_ad_is_refused_without_those_beside_it(archive):
    bad = {"impressionTime": 12}
    found = found_in(archive({"ad-impressions": [impressions(shown(), bad, shown(at="2025-09-18 00:00:00"))]}))
    assert len(found.acts) == 2
    (reject,) = found.rejects
    assert reject.pointer == "item 1/2"
    assert found.coverage("ad-impressions.js").rows_in == 1


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("Follower look-alikes", "lookalike"),
        ("Locations", "demographic"),
        ("Keywords", "behaviour"),
        ("Languages", "demographic"),
        ("Conversation topics", "interest"),
        ("Age", "demographic"),
        ("Platforms", "platform"),
        ("App Activity Combination", "behaviour"),
        ("List", "uploaded_list"),
        ("Tailored audience CRM lookalike targeting", "lookalike"),
        ("Website Activity", "retargeting"),
        ("Retargeting custom audience lookalike", "lookalike"),
        ("Retargeting campaign engager", "retargeting"),
        ("Retargeting engagement type", "retargeting"),
        ("Followers of a user id", "behaviour"),
        ("Interests", "interest"),
        ("Gender", "demographic"),
        ("OS versions", "platform"),
        ("Events", "interest"),
        ("Movies and TV shows", "interest"),
        ("New device targeting", "platform"),
        ("Phases of the moon", "other"),
    ],
)
def test_a_criterion_says_what_the_advertiser_had_to_know(kind, group):
    assert criterion_class(kind) == group
    assert criterion_class(f" {kind.upper()} ") == group


def test_what_was_done_elsewhere_is_told_as_tracking(archive):
    online = {
        "eventType": "SiteVisit",
        "conversionUrl": "https://shop.example/",
        "conversionTime": "2025-11-30 15:40:00",
    }
    payer = {"advertiserInfo": {"advertiserName": "Vélos", "screenName": "@velos_ex"}}
    mobile = {"conversionEvent": "Install", "applicationName": "Jeu", "conversionTime": "2025-11-20 10:00:00"}
    files = {
        "ad-online-conversions-attributed": [group("conversions", [online | payer], "attributedOnlineConversions")],
        "ad-mobile-conversions-unattributed": [group("conversions", [mobile], "whateverTheyCallIt")],
    }
    found = found_in(archive(files))
    app, site = found.of("tracked")
    assert (site.actor_id, site.text, site.urls) == ("x:@velos_ex", "SiteVisit", ("https://shop.example/",))
    assert (app.actor_id, app.ad.advertiser, app.text) == (None, "Jeu", "Install")
    assert {act.direction for act in (app, site)} == {"about_me"}


def test_what_is_inferred_has_no_time_and_what_targets_is_told_apart(archive):
    personal = {
        "demographics": {
            "languages": [{"language": "French", "isDisabled": False}],
            "genderInfo": {"gender": "female"},
        },
        "interests": {
            "interests": [{"name": "Cyclisme", "isDisabled": False}, {"name": "Cyclisme", "isDisabled": False}],
            "partnerInterests": [],
            "audienceAndAdvertisers": {
                "advertisers": ["@velos_ex"],
                "lookalikeAdvertisers": ["@tram_ex", "@velos_ex"],
                "doNotReachAdvertisers": [],
                "catalogAudienceAdvertisers": [],
                "numAudiences": "3",
            },
            "shows": ["Le Tour"],
        },
        "locationHistory": [],
        "inferredAgeInfo": {"age": ["25-34"], "birthDate": ""},
    }
    path = archive(
        {"personalization": [{"p13nData": personal}], "ageinfo": [{"ageMeta": {"ageInfo": {"age": ["34"]}}}]}
    )
    found = found_in(path)
    inferred = {act.ad.criteria[0] for act in found.of("inferred")}
    assert inferred == {
        ("Languages", "French", "demographic"),
        ("Gender", "female", "demographic"),
        ("Interests", "Cyclisme", "interest"),
        ("Movies and TV shows", "Le Tour", "interest"),
        ("Age", "25-34", "demographic"),
        ("Age", "34", "demographic"),
    }
    assert {act.happened_at for act in found.acts} == {None}
    targeted = {(act.actor_id, act.ad.criteria[0][2]) for act in found.of("targeted")}
    assert targeted == {("x:@velos_ex", "uploaded_list"), ("x:@velos_ex", "lookalike"), ("x:@tram_ex", "lookalike")}
    check_reader(READER, path)
