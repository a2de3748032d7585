"""Exports of platforms that no reader is for are called by their name, and take nothing of ours with them."""

import pytest

from ascendant.read.elsewhere import without_others
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.readers import reader_for
from facebook_archives import EXPORTS, archive_in, zipped
from linkedin_archives import EXPORTS as LINKEDIN
from x_archives import EXPORTS as X

OTHERS = {
    "Instagram": [
        "your_instagram_activity/comments/post_comments_1.json",
        "connections/followers_and_following/following.json",
        "ads_information/ads_and_topics/ads_viewed.json",
        "ads_information/instagram_ads_and_businesses/advertisers_using_your_activity_or_information.json",
        "personal_information/personal_information/personal_information.json",
        "preferences/your_topics/recommended_topics.json",
    ],
    "TikTok": ["user_data_tiktok.json"],
    "Google": ["Takeout/archive_browser.html", "Takeout/YouTube and YouTube Music/history/watch-history.json"],
    "Snapchat": ["json/account.json", "json/snap_history.json", "html/account.html", "html/snap_history.html"],
    "Reddit": ["post_votes.csv", "comments.csv", "subscribed_subreddits.csv"],
    "WhatsApp": ["WhatsApp Chat with Jo.txt"],
    "Mastodon": ["actor.json", "outbox.json", "likes.json"],
    "Discord": ["account/user.json", "messages/index.json"],
}


def export_of(platform):
    return {name: {"a": [1]} for name in OTHERS[platform]}


@pytest.mark.parametrize("wrap", ["", "wrapped/"])
@pytest.mark.parametrize("platform", OTHERS)
def test_an_export_is_called_by_the_name_of_its_platform_once(platform, wrap, tmp_path):
    files = {f"{wrap}{name}": content for name, content in export_of(platform).items()}
    given = Export.at(zipped(tmp_path / "export.zip", files))
    assert reader_for(given, ReadOptions()) is None
    rest, told = without_others(given)
    assert rest.members == ()
    assert [one.facts["platform"] for one in told] == [platform]


@pytest.mark.parametrize("platform", OTHERS)
def test_what_lies_beside_it_stays(platform, tmp_path):
    files = {f"theirs/{name}": content for name, content in export_of(platform).items()}
    folder = archive_in(tmp_path / "both", {**files, "mine/posts.jsonl": "{}", "posts.csv": "a,b\n"})
    rest, told = without_others(Export.at(folder))
    assert [member.name for member in rest.members] == ["mine/posts.jsonl", "posts.csv"]
    assert len(told) == 1


@pytest.mark.parametrize("archive", [*EXPORTS.iterdir(), *LINKEDIN.iterdir(), *X.iterdir()], ids=lambda path: path.name)
def test_no_archive_of_ours_is_taken_for_another_s(archive):
    export = Export.at(archive)
    assert reader_for(export, ReadOptions()) is not None, "so that nobody asks"
    if archive.name != "AC_2025":  # Facebook and Instagram in one
        assert without_others(export) == (export, [])
