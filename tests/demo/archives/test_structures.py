"""Keys and columns are those of real archives, whose structures stand in `shared/data`: no error can be shared with the
readers. What the real structures lack, and the notes on formats have, is named here."""

import csv
import io
import json
import re
import zipfile
from pathlib import PurePosixPath

import pytest

# Of X, what nobody of the three had: files whose records are as those of another file, and keys from the notes.
X_ELSEWHERE = {"data/deleted-tweets.js": "data/tweets.js"}
X_IMPRESSIONS = ".ad.adsUserData.adImpressions"
X_CONVERSIONS = ".ad.adsUserData.attributedOnlineConversionData"
X_MORE = {
    "data/block.js": {".blocking", ".blocking.accountId", ".blocking.userLink"},
    "data/mute.js": {".muting", ".muting.accountId", ".muting.userLink"},
    "data/deleted-tweets.js": {".tweet.deleted_at"},
    "data/ad-impressions.js": {".ad", ".ad.adsUserData", X_IMPRESSIONS, f"{X_IMPRESSIONS}.impressions"},
    "data/ad-online-conversions-attributed.js": {
        *(".ad", ".ad.adsUserData", X_CONVERSIONS, f"{X_CONVERSIONS}.conversions"),
        *(f"{X_CONVERSIONS}.conversions.conversion{name}" for name in ("Platform", "Url", "Value", "Time")),
        *(f"{X_CONVERSIONS}.conversions.{name}" for name in ("eventType", "advertiserInfo")),
        *(f"{X_CONVERSIONS}.conversions.advertiserInfo.{name}" for name in ("advertiserName", "screenName")),
    },
    "data/note-tweet.js": {
        *(f".noteTweet{name}" for name in ("", ".noteTweetId", ".createdAt", ".core")),
        *(f".noteTweet.core.{name}" for name in ("text", "urls", "mentions", "hashtags")),
    },
}
# Of Facebook, files of 2026, after the structures were taken.
FACEBOOK_NEWER = re.compile(
    r"logged_information/interactions/(ads|content_that_has_been_shown|shows_you_have|profile_visits|groups_and_events)"
    r"|your_facebook_activity/other_activity/link_history"
)
FACEBOOK_MORE = {
    # `group` in comments, and the three keys of a click, are in the notes.
    "your_facebook_activity/comments_and_reactions/comments.json": {".comments_v2.data.comment.group"},
    "ads_information/advertisers_you've_interacted_with.json": {".label_values.value", ".label_values.href"},
    "apps_and_websites_off_of_facebook/your_activity_off_meta_technologies.json": {
        ".label_values.vec.dict.timestamp_value"
    },
}
# Columns that the notes have and the sample of private messages, which is older, has not.
LINKEDIN_NEWER = ["ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"]


def templates(path):
    """The structure of each file of the real archives, by its path."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {head.split(" ", 1)[1]: json.loads(body) for head, body in zip(lines[0::2], lines[1::2], strict=True)}


def keys_in(value, above=""):
    """Every key with the way to it; lists, and choices of the structures, are looked through."""
    if isinstance(value, list):
        for inner in value:
            yield from keys_in(inner, above)
    elif isinstance(value, dict):
        for key, inner in value.items():
            path = above if key in ("<obj>", "<list>") else f"{above}.{key}"
            if path != above:
                yield path
            yield from keys_in(inner, path)


def texts_in(value):
    if isinstance(value, list | dict):
        for inner in value if isinstance(value, list) else value.values():
            yield from texts_in(inner)
    else:
        yield value


def files_of(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def of_x(content):
    start, _, body = content.decode().partition(" = ")
    assert re.fullmatch(r"window\.(YTD\.\w+\.part\d|__THAR_CONFIG)", start)
    return json.loads(body)


def test_keys_of_x_are_keys_that_x_writes(case, shared):
    real = templates(shared / "x" / "real_structures.txt")
    files = files_of(case.written.x)
    names = {re.sub(r"-part\d", "", name): name for name in files if name.endswith(".js") and name.startswith("data/")}
    assert set(real) - set(names) == set(case.of("x")["absent"]) & set(real)
    assert set(names) <= set(real) | {"data/note-tweet.js"}
    checked = 0
    for stem, name in names.items():
        ours = set(keys_in(of_x(files[name])))
        template = set(keys_in(real.get(X_ELSEWHERE.get(stem, stem), {}))) | X_MORE.get(stem, set())
        if stem == "data/ad-impressions.js":
            inside, there = ".ad.adsUserData.adEngagements.engagements.impressionAttributes", "data/ad-engagements.js"
            template |= {f"{X_IMPRESSIONS}.impressions{key.removeprefix(inside)}" for key in keys_in(real[there])}
        assert ours <= template, (stem, ours - template)
        checked += bool(ours)
    assert checked > 20


def test_x_writes_numbers_as_text_and_marks_no_repost(case):
    files = files_of(case.written.x)
    posts = [one["tweet"] for part in ("", "-part1") for one in of_x(files[f"data/tweets{part}.js"])]
    assert {type(one) for one in texts_in(posts)} <= {str, bool}
    assert not any(post["retweeted"] for post in posts)
    reposts = [post for post in posts if post["full_text"].startswith("RT @")]
    assert len(reposts) > 50
    assert all(post["entities"]["user_mentions"][0]["indices"][0] == "3" for post in reposts)
    assert max(len(post["full_text"]) for post in reposts) <= 150
    assert [post["id"] for post in posts] == sorted((post["id"] for post in posts), key=lambda key: -int(key))
    for post in posts:  # what is marked stands where the marks say
        for link in post["entities"]["urls"]:
            start, end = map(int, link["indices"])
            assert post["full_text"].replace("&amp;", "&")[start:end] == link["url"]


def test_manifest_of_x_is_that_of_x(case, shared):
    real = templates(shared / "x" / "real_structures.txt")["data/manifest.js"]
    ours = of_x(files_of(case.written.x)["data/manifest.js"])
    assert set(ours["dataTypes"]) - {"noteTweet"} <= set(real["dataTypes"])
    for name in ("userInfo", "archiveInfo", "readmeInfo"):
        assert set(ours[name]) == set(real[name])
    assert [file["fileName"] for file in ours["dataTypes"]["tweets"]["files"]] == [
        "data/tweets-part1.js",
        "data/tweets.js",
    ]


def test_keys_of_facebook_are_keys_that_facebook_writes(case, shared):
    real = templates(shared / "facebook" / "real_structures.txt")
    newer, checked = set(), 0
    for name, content in files_of(case.written.facebook).items():
        if not name.endswith(".json"):
            continue
        path = re.sub(r"/inbox/[^/]+/", "/inbox/X/", re.sub(r"_\d\.json$", "_N.json", name))
        path = path.replace("you_ve", "you've")
        if FACEBOOK_NEWER.match(path):
            newer.add(path)
            continue
        allowed = set(keys_in(real[path])) | FACEBOOK_MORE.get(path, set())
        ours = set(keys_in(json.loads(content)))
        assert ours <= allowed, (path, ours - allowed)
        checked += bool(ours)
    assert len(newer) == 6
    assert checked > 25


def test_facebook_spells_each_byte_and_leaves_one_record_bare(case):
    files = files_of(case.written.facebook)
    assert all(content.isascii() for name, content in files.items() if name.endswith(".json"))
    posts = files["your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"]
    if case.options.lang == "fr":
        assert b"\\u00c3\\u00a9" in posts
        assert b"\\u00e9" not in posts
    assert isinstance(json.loads(files["ads_information/advertisers_using_your_activity_or_information.json"]), dict)
    assert isinstance(json.loads(files["logged_information/location/timezone.json"]), dict)


@pytest.fixture
def headers(shared):
    """Columns of LinkedIn's files in the samples, by name."""
    found = {}
    for folder in ("silkyrich/fixtures/sample_export", "synthetic_suffixed", "kawsay"):
        for path in sorted((shared / "linkedin" / folder).glob("*.csv")):
            rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
            first = next((row for row in rows if len(row) > 1), [])
            found.setdefault(re.sub(r"[_ ]|_\d+(?=\.)", "", re.sub(r"_\d+(?=\.)", "", path.name)).lower(), []).append(
                first
            )
    return found


def test_columns_of_linkedin_are_those_that_linkedin_writes(case, headers):
    checked = 0
    for name, content in files_of(case.written.linkedin).items():
        path = PurePosixPath(name)
        if path.suffix != ".csv" or path.name.startswith("._") or name == "LearningCoachMessages.csv":
            continue
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), escapechar="\\" if "Comments" in name else None)
        ours = next(row for row in rows if len(row) > 1)
        real = headers.get(re.sub("[_ ]", "", re.sub(r"_\d+(?=\.)", "", path.name)).lower(), [])
        if name == "Ad_Targeting.csv":  # which columns there are differs from person to person
            assert set(ours) <= set(real[0]), set(ours) - set(real[0])
            assert len(ours) > len(set(ours))
        elif name == "messages.csv":  # the sample is older: since then, drafts are told
            assert [*real[0], *LINKEDIN_NEWER] == ours
        elif real:
            assert ours in real, (name, ours, real)
        checked += bool(real)
        assert {len(row) for row in rows if row} <= {len(ours)}, name
    assert checked > 18


def test_one_archive_of_linkedin_has_three_orders_of_dates_notes_and_a_mark_of_the_mac(case):
    files = {re.sub(r"_\d+(?=\.)", "", name): content.decode("utf-8-sig", "replace") for name, content in
             files_of(case.written.linkedin).items()}  # fmt: skip
    assert re.search(r"\n\d\d/\d\d/20\d\d ", files["Ads Clicked.csv"])
    assert re.search(r"\n20\d\d/\d\d/\d\d ", files["SearchQueries.csv"])
    assert re.search(r",\d\d [A-Z][a-z]{2} 20\d\d\n", files["Connections.csv"])
    assert files["Connections.csv"].startswith("Notes:\n")
    assert any(name.startswith("__MACOSX/._") for name in files)
    assert "No" in {row.rpartition(",")[2] for row in files["Inferences_about_you.csv"].splitlines()}
