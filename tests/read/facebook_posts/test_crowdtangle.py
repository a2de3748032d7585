"""Exports of CrowdTangle: pages, groups, Instagram."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Activity, Ad, Coverage, Metrics, Reject
from ascendant.read.export import Export
from ascendant.read.facebook_posts import READER
from ascendant.read.facebook_posts.addresses import address, post_id
from ascendant.read.facebook_posts.crowdtangle import GROUPS_STAND, NO_TIME, NO_ZONE, UNKNOWN_ZONES
from ascendant.read.known_tables import NEGATIVE_NOTE
from ascendant.read.options import ReadOptions

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "facebook_posts"
SAMPLE = SAMPLES / "crowdtangle_pages.csv"
POST, SHARE = "facebook:10158887777666555", "facebook:10158887777666777"
HALLE, ASSO = "facebook:100061550000001", "facebook:100061550000002"
NOON = 1_625_572_800_000_000  # 2021-07-06 12:00 UTC


def page_with(**changes) -> str:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        row = {**next(rows), **changes}
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, rows.fieldnames or [])
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue()


def test_the_real_header_is_read_to_its_values(headers, read_with):
    found = read_with(READER, headers / "crowdtangle_facebook_posts.csv")
    act = found.only
    assert act.activity_id == "facebook:7533944086_10160", "a short number is counted page by page"
    assert (act.actor_id, act.verb) == ("facebook:7533944086", "post")
    assert (act.happened_at, act.time_basis) == (1_625_604_320_000_000, "explicit"), "16:45:20 EDT is 20:45:20 UTC"
    assert act.metrics == Metrics(likes=900 + 10 + 5 + 5 + 5 + 5 + 4, replies=200, reposts=100)
    assert (act.text, act.urls) == ("Message\nsur deux lignes", ("https://example.org/a",))
    assert act.ad == Ad(advertiser="Sponsor SA")
    page = found.account["facebook:7533944086"]
    assert (page.name, page.handle, page.followers, page.declared_kind, page.bio) == (
        "The Example",
        "theexample",
        1_562_141,
        "news_site",
        "desc",
    )
    assert (page.created_at, page.collected_at) == (1_199_989_258_000_000, act.happened_at)
    assert found.account["facebook:123"].name == "Sponsor SA"
    assert [(one.status, one.rows_in, one.note) for one in found.coverage] == [("parsed", 1, None)]


def test_a_link_to_somebody_else_s_post_is_a_share_of_it(read_with):
    share = read_with(READER, SAMPLE).act[SHARE]
    assert (share.verb, share.relay, share.object_id) == ("repost", "pure", POST)
    assert share.object_author_id == "facebook:@hallecycles", "the handle that the account of the page bears"
    assert share.urls is None, "the post that is passed on is no link beside it"


def test_a_link_to_one_s_own_picture_or_video_is_no_share(read_with):
    video = read_with(READER, SAMPLE).acts[2]
    assert (video.verb, video.urls, video.activity_id) == ("post", None, f"{ASSO}_998")
    own = page_with(**{"Link": "https://www.facebook.com/HalleCycles/photos/a.1/99", "Final Link": ""})
    assert read_with(READER, own).only.verb == "post"
    without_owner = page_with(
        **{"Link": "https://www.facebook.com/photo.php?fbid=998877665544332211", "Final Link": ""}
    )
    assert read_with(READER, without_owner).only.verb == "post", "whose picture it is, is not told"


def test_numbers_with_thousands_are_numbers_and_views_of_what_is_no_video_are_unknown(read_with):
    found = read_with(READER, SAMPLE)
    assert found.act[POST].metrics == Metrics(likes=1114, replies=90, reposts=30)
    assert found.acts[2].metrics is not None
    assert found.acts[2].metrics.views == 2310


def test_what_begins_like_a_formula_is_text(read_with):
    assert read_with(READER, SAMPLE).acts[2].text == "=1+1 en images"


@pytest.mark.parametrize(
    ("written", "hours", "basis"),
    [
        ("EDT", -4, "explicit"),
        ("EST", -5, "explicit"),
        ("CDT", -5, "explicit"),
        ("CST", -6, "explicit"),
        ("MDT", -6, "explicit"),
        ("MST", -7, "explicit"),
        ("PDT", -7, "explicit"),
        ("PST", -8, "explicit"),
        ("UTC", 0, "explicit"),
        ("GMT", 0, "explicit"),
        ("BST", 1, "explicit"),
        ("CET", 1, "explicit"),
        ("CEST", 2, "explicit"),
        ("+0200", 2, "explicit"),
        ("GMT-03:00", -3, "explicit"),
        ("IST", 0, "assumed_utc"),
        ("XYZ", 0, "assumed_utc"),
        ("", 0, "assumed_utc"),
    ],
)
def test_the_zone_of_a_dashboard_is_read_and_one_of_several_meanings_is_said(read_with, written, hours, basis):
    found = read_with(READER, page_with(**{"Post Created": f"2021-07-06 12:00:00 {written}".strip()}))
    assert found.only.happened_at == NOON - hours * 3_600_000_000
    assert found.only.time_basis == basis
    assert found.notes == ([] if basis == "explicit" else [UNKNOWN_ZONES if written else NO_ZONE])


def test_without_its_moment_a_post_has_the_day_and_the_clock_that_stand_beside(read_with):
    found = read_with(READER, page_with(**{"Post Created": "", "Post Created Time": "12:00:00"}))
    assert (found.only.happened_at, found.only.time_basis) == (NOON, "assumed_utc")
    nothing = {"Post Created": "", "Post Created Date": "", "Post Created Time": ""}
    assert read_with(READER, page_with(**nothing)).reasons == [NO_TIME]


def test_reactions_are_unknown_where_one_of_them_is(read_with):
    found = read_with(READER, page_with(Love="≤10", Shares="-2"))
    assert found.only.metrics == Metrics(replies=90)
    assert set(found.only.missing or ()) == {"likes", "reposts"}
    assert found.notes == [NEGATIVE_NOTE]


def test_a_group_stands_for_its_members_and_the_coverage_says_so(read_with):
    found = read_with(READER, SAMPLES / "crowdtangle_groups.csv")
    act = found.only
    assert (act.actor_id, act.context_id) == ("facebook:900000000000003", "facebook:900000000000003")
    assert (act.verb, act.relay, act.object_id) == ("repost", "with_comment", POST)
    assert (found.accounts[0].declared_kind, found.accounts[0].followers) == ("group", 4520)
    assert found.notes == [GROUPS_STAND]


def test_instagram_is_a_platform_of_its_own(read_with):
    act = read_with(READER, SAMPLES / "crowdtangle_instagram.csv").only
    assert (act.platform, act.activity_id, act.actor_id) == (
        "instagram",
        "instagram:CRabc-12xyz",
        "instagram:@halle.cycles",
    )
    assert (act.text, act.hashtags, act.urls) == ("Réouverture #Canal", ("canal",), None)
    assert act.metrics == Metrics(likes=200, replies=10)


def test_the_name_of_the_score_may_vary(read_with):
    for name in (
        "Overperforming Score",
        "Overperforming Score (weighted - Likes 1x )",
        "Total Interactions (weighted)",
    ):
        text = SAMPLE.read_text(encoding="utf-8-sig")
        start, end = text.index("Overperforming"), text.index("1x )") + 4
        assert read_with(READER, text[:start] + name + text[end:]).act[POST].verb == "post"


@pytest.mark.parametrize(
    ("link", "owner", "key"),
    [
        ("https://www.facebook.com/12/posts/34", "12", "34"),
        ("https://m.facebook.com/page.ex/posts/titre-du-post/34?ref=x", "page.ex", "34"),
        ("https://fr-fr.facebook.com/page/videos/titre/34/", "page", "34"),
        ("https://www.facebook.com/page/photos/a.12/34/?type=3", "page", "34"),
        ("https://www.facebook.com/permalink.php?story_fbid=34&id=12", "12", "34"),
        ("https://www.facebook.com/permalink.php?story_fbid=pfbid0AbC&id=12", "12", "pfbid0AbC"),
        ("https://www.facebook.com/watch/?v=34", None, "34"),
        ("https://www.facebook.com/reel/34", None, "34"),
        ("https://www.instagram.com/halle/reel/Cx_1/", "halle", "Cx_1"),
    ],
)
def test_addresses_of_posts_are_known_in_every_spelling(link, owner, key):
    assert address(link) == (owner, key)


@pytest.mark.parametrize(
    "link",
    [
        "",
        None,
        "https://www.facebook.com/page",
        "https://example.org/12/posts/34",
        "https://facebook.com.evil.example/1/posts/2",
        "https://[",
        "page/posts/1",
    ],
)
def test_what_is_no_address_of_a_post_is_none(link):
    assert address(link) is None


@given(st.text(max_size=60))
def test_no_text_stops_the_reading_of_addresses(text):
    found = address("https://www.facebook.com/" + text)
    assert found is None or post_id("facebook", found.key, found.owner).startswith("facebook:")


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "-1", "9" * 30, "\0", "1,234", "2021-07-06 25:00:00 EDT", "2021-07-06 16:45:20 +99:99", "https://[", "NaN"]
    ),
)
COLUMNS = [
    "Post Created",
    "URL",
    "Link",
    "Facebook Id",
    "User Name",
    "Likes",
    "Post Views",
    "Sponsor Name",
    "Page Created",
    "Message",
]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(COLUMNS), CELLS))
def test_no_cell_stops_the_reading(tmp_path, changes):
    path = tmp_path / "mutated.csv"
    path.write_bytes(page_with(**changes).encode("utf-8", "surrogatepass"))
    items = list(READER.read(Export.at(path), ReadOptions()))
    assert isinstance(items[-1], Coverage)
    assert sum(isinstance(item, Activity | Reject) for item in items) == items[-1].rows_in
