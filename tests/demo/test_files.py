"""The files have the keys, columns and spellings of the real ones (`shared/data/research`), and hold what they must."""

import csv
import json
import re
from datetime import date, datetime

import numpy as np
import pytest

from ascendant.demo.ads_file import MONTHS_BEFORE, _of_the_year_before, _steady, advertisers
from ascendant.demo.facebook_file import COLUMNS as FACEBOOK
from ascendant.demo.linkedin_file import COLUMNS as LINKEDIN
from ascendant.demo.make import START


def pages(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rows(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def paths_of(value, prefix=""):
    """Every key with the way to it; lists are looked into."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{prefix}.{key}"
            yield from paths_of(inner, f"{prefix}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from paths_of(inner, f"{prefix}[]")


def test_keys_of_x_are_keys_that_x_writes(written, research):
    real = set()
    for name in ("noflat", "edited", "verified_type", "entities_test", "mentions_tweet", "many_urls", "two_tweets"):
        for page in pages(research / "twarc" / f"{name}.jsonl"):
            real |= set(paths_of(page))
    # Views have been counted since 2022, after these payloads; mentions have carried ids since 2021.
    real |= {f".{where}[].public_metrics.impression_count" for where in ("data", "includes.tweets")}
    ours = {path for page in pages(written.posts[0]) for path in paths_of(page)}
    assert len(ours) > 60
    assert ours <= real


def test_columns_of_the_library_and_the_report_are_those_of_the_real_files(written, research):
    headers = research / "synthetic_headers"
    with (headers / "meta_content_library_posts.csv").open(encoding="utf-8") as lines:
        assert next(csv.reader(lines)) == FACEBOOK
    (real,) = headers.glob("FacebookAdLibraryReport_*.csv")
    report, records = written.ads
    assert real.read_bytes()[:3] == report.read_bytes()[:3] == b"\xef\xbb\xbf"
    assert rows(real, "utf-8-sig")[0].keys() == rows(report, "utf-8-sig")[0].keys()
    assert re.fullmatch(r"FacebookAdLibraryReport_\d{4}-\d\d-\d\d_FR_last_30_days_advertisers\.csv", report.name)
    known = json.loads((headers / "meta_ad_library_api.json").read_text(encoding="utf-8"))["data"][0].keys()
    assert all(ad.keys() <= known for ad in json.loads(records.read_text(encoding="utf-8"))["data"])


def test_every_table_has_its_columns_in_each_row(written):
    for path, columns in ((written.posts[1], FACEBOOK), (written.posts[2], LINKEDIN)):
        with path.open(encoding="utf-8", newline="") as lines:
            table = csv.reader(lines)
            assert next(table) == columns
            lengths = {len(row) for row in table}
        assert lengths == {len(columns)}


def test_pages_of_x_hold_a_hundred_posts_the_newest_first_with_all_that_they_refer_to(written):
    ids = []
    for page in pages(written.posts[0]):
        held = {post["id"] for post in page["includes"].get("tweets", ())}
        known = {user["id"]: user["username"] for user in page["includes"]["users"]}
        for post in page["data"]:
            assert {reference["id"] for reference in post.get("referenced_tweets", ())} <= held
            assert post["author_id"] in known
            for mention in post.get("entities", {}).get("mentions", ()):
                assert known[mention["id"]] == mention["username"]
        assert page["meta"]["result_count"] == len(page["data"]) <= 100
        ids += [int(post["id"]) for post in page["data"]]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids)


def test_entities_stand_where_they_say(written):
    n_seen = 0
    for page in pages(written.posts[0]):
        for post in [*page["data"], *page["includes"].get("tweets", ())]:
            entities = post.get("entities", {})
            text = post["text"].replace("&amp;", "&")
            for kind, spelled in (("hashtags", "#{tag}"), ("mentions", "@{username}"), ("urls", "{url}")):
                for entity in entities.get(kind, ()):
                    n_seen += 1
                    assert text[entity["start"] : entity["end"]] == spelled.format(**entity)
    assert n_seen > 2000


def test_a_repost_on_x_repeats_the_original_and_is_cut(written):
    n_cut = 0
    for page in pages(written.posts[0]):
        original = {post["id"]: post["text"] for post in page["includes"].get("tweets", ())}
        for post in page["data"]:
            for reference in post.get("referenced_tweets", ()):
                if reference["type"] == "retweeted":
                    words = post["text"].partition(": ")[2]
                    n_cut += words.endswith("…")
                    assert original[reference["id"]].startswith(words.removesuffix("…"))
                    assert len(post["text"]) <= 140
    assert n_cut > 10


def test_times_are_spelled_as_each_platform_spells_them(written):
    spellings = (
        (written.posts[1], "creation_time", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"),
        (written.posts[2], "created_at", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
    )
    for path, column, spelled in spellings:
        for row in rows(path):
            assert re.fullmatch(spelled, row[column])
    for row in rows(written.posts[2]):
        millis = int(row["post_id"]) >> 22
        assert datetime.fromisoformat(row["created_at"]).timestamp() * 1000 == pytest.approx(millis, abs=0.6)


def test_a_share_without_words_is_empty_and_one_with_words_is_not(written):
    shares = [row for row in rows(written.posts[2]) if row["reshared_post_id"]]
    assert {bool(row["text"]) for row in shares} == {True, False}
    assert all(row["reshared_author_id"] for row in shares)
    on_facebook = [row for row in rows(written.posts[1]) if row["shared_post_id"]]
    assert sum(not row["text"] for row in on_facebook) > 20


def test_advertisers_are_pages_of_the_posts_and_small_sums_are_intervals(written, world):
    report, records = written.ads
    paying = {str(world.account_key[place]) for place in advertisers(world)}
    table = rows(report, "utf-8-sig")
    assert {row["Page ID"] for row in table} == paying
    assert len(table) > len(paying), "some pages stand in several rows, one a disclaimer"
    for row in table:
        assert row["Amount spent (EUR)"] == "≤100" or int(row["Amount spent (EUR)"]) > 100
    ads = json.loads(records.read_text(encoding="utf-8"))["data"]
    assert {ad["page_id"] for ad in ads} == paying
    for ad in ads:
        assert "access_token" not in ad["ad_snapshot_url"]
        for interval in (ad["spend"], ad["impressions"]):
            if "upper_bound" in interval:
                assert int(interval["lower_bound"]) < int(interval["upper_bound"])


def test_some_pages_advertise_each_month_of_the_year_before_and_half_of_them_ever_more_finely(world):
    pages = advertisers(world)
    n_by_month, fineness = {}, {False: [[], []], True: [[], []]}
    for seed in range(200, 204):
        finer = _steady(pages, np.random.default_rng(seed))
        for place, day, aim in _of_the_year_before(finer, np.random.default_rng(seed)):
            n_by_month[seed, place, day.month] = n_by_month.get((seed, place, day.month), 0) + 1
            assert day < START.date()
            [where] = aim["target_locations"]
            ways = (aim["target_ages"] != ["18", "65+"], aim["target_gender"] != "All", where["name"] != "France")
            fineness[finer[place] > 0][day >= date(2025, 10, 1)].append(sum(ways))
    assert min(n_by_month.values()) >= 5
    assert len(n_by_month) == 4 * MONTHS_BEFORE * len(finer)
    grown = {is_finer: np.mean(after) - np.mean(before) for is_finer, (before, after) in fineness.items()}
    assert grown[True] > 0.5
    assert abs(grown[False]) < 0.2


def test_nothing_but_invented_addresses_stands_in_the_files(written):
    allowed = re.compile(r"https://([\w-]+\.example|t\.co|twitter\.com|www\.facebook\.com|www\.linkedin\.com)(/|$)")
    for path in written.files:
        for address in re.findall(r"https?://[^\s\"',\\]+", path.read_text(encoding="utf-8-sig")):
            assert allowed.match(address) or address.endswith("…"), address


def test_texts_are_in_three_languages_and_copies_of_an_operation_are_alike(written, world):
    posts = [post for page in pages(written.posts[0]) for post in page["data"]]
    assert {"fr", "en", "ar"} <= {post["lang"] for post in posts}
    assert any(re.search("[\u0600-\u06ff]", post["text"]) for post in posts)
    assert any("👉" in post["text"] or "☀" in post["text"] or "🔥" in post["text"] for post in posts)
    from ascendant.demo.columns import CONTROLLER, COPY

    writer, acts, texts = world.writer(), world.acts, world.texts
    same = (acts.cause == CONTROLLER) & (acts.flavour == COPY)
    for event in set(acts.event[same].tolist()):
        block = [place for place in (same & (acts.event == event)).nonzero()[0] if texts.variation[place] == 0]
        plain = {writer.write(place).words.partition(" #")[0] for place in block if texts.language[place] == 0}
        assert len(plain) <= 1


def test_long_texts_seldom_meet_by_chance(world):
    from ascendant.demo.columns import OWN

    writer = world.writer()
    own = (world.acts.cause == OWN).nonzero()[0]
    words = [writer.write(place).words for place in own]
    long = [one for one in words if len(one) > 60]
    assert len(long) > 1000
    assert len(set(long)) > 0.98 * len(long)


def test_numbers_of_platforms_are_counts_of_the_whole_world(written, world):
    from ascendant.demo.columns import REPOST

    reposted = {}
    for place in (world.acts.verb == REPOST).nonzero()[0]:
        key = str(world.key[world.acts.item[place]])
        reposted[key] = reposted.get(key, 0) + 1
    for page in pages(written.posts[0]):
        for post in page["data"]:
            if not post.get("referenced_tweets"):
                assert post["public_metrics"]["retweet_count"] == reposted.get(post["id"], 0)
