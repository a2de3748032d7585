"""What the readers find in the archives of an invented person is what the truth says, file by file and act by act."""

import zipfile
from collections import Counter, defaultdict

import pytest

EPOCH_MS = 1_288_834_974_657
PLATFORMS = ("x", "facebook", "linkedin")


def by_id(acts):
    """Each act once: two files may tell of one."""
    return list({act.activity_id: act for act in acts}.values())


def seconds(act):
    return None if act.happened_at is None else act.happened_at // 1_000_000


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_is_rejected_and_nothing_is_unknown(case, platform):
    found = case.found[platform]
    assert found.rejects == []
    assert found.damage is None
    assert {row.status for row in found.rows} == {"parsed", "empty", "unread", "absent"}
    me = case.of(platform)["me"]
    assert (found.me.account_id, found.me.handle, found.me.name) == (me["account_id"], me["handle"], me["name"])
    assert (found.me.followers, found.me.following) == (me["followers"], me["following"])


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_file_holds_as_many_records_as_were_written(case, platform):
    truth, rows = case.of(platform), {row.member: row for row in case.found[platform].rows}
    read = 0
    for name, n in truth["files"].items():
        row = rows[name]
        assert row.status != "absent"
        if row.status in ("parsed", "empty"):
            read += 1
            assert (row.rows_in, row.status) == (n, "parsed" if n else "empty"), name
    assert read > 20
    assert 0 in truth["files"].values()
    assert truth["absent"]
    assert all(rows[name].status == "absent" for name in truth["absent"])


def test_the_manifest_of_x_announces_what_is_there(case):
    announced = {row.member: (row.expected, row.rows_in) for row in case.found["x"].rows if row.expected is not None}
    assert len(announced) > 70
    assert sum(expected == n for expected, n in announced.values() if n) > 20
    assert {name: expected for name, (expected, _) in announced.items()} == {
        name: n for name, n in case.of("x")["files"].items() if name != "data/manifest.js"
    }
    assert all(row.note is None or "announces" not in row.note for row in case.found["x"].rows)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_acts_of_each_verb_are_as_many_as_happened(case, platform):
    n = {row["kind"]: row["n"] for row in case.of(platform)["balance"]}
    expected = {
        "post": n["post"] + n["link"] + n["link_with_words"],
        "reply": n["reply"] + n.get("conversation", 0),
        **{verb: n.get(verb, 0) for verb in ("repost", "quote", "react", "vote", "click", "ad_click")},
    }
    acts = by_id(case.found[platform].acts)
    verbs = Counter(act.verb for act in acts if act.direction == "by_me")
    other = case.of(platform)["other"]
    looked, ties = Counter(other["looked"]), Counter(other["ties"])
    expected["search"] = looked["search"]
    expected["save"] = looked["save"] + looked["saved_search"] + ties["created"] + ties["INTERESTED"]
    expected["accept"] = ties["friend"] + ties["connection"]
    expected["mute"], expected["block"], expected["leave"] = ties["mute"], ties["block"], ties["leave"]
    expected["unfollow"] = ties["unfollow"]
    expected["follow"] = sum(ties[verb] for verb in ("follow", "person", "member", "company", "hashtag", "subscribed"))
    if platform == "x":
        expected["follow"] -= ties["member"]  # lists that others put the owner on
    assert {verb: verbs[verb] for verb in expected} == expected
    assert sum(act.verb == "view" for act in acts) == n.get("view", 0)
    assert sum(act.verb == "ad_view" for act in acts) == n.get("ad_view", 0)
    timed = sum(row["n_timed"] for row in case.of(platform)["balance"])
    kinds = ("post", "repost", "quote", "reply", "react", "vote", "click", "ad_click", "ad_view", "view")
    found = [act for act in acts if act.verb in kinds and (act.direction == "by_me" or "view" in act.verb)]
    assert sum(act.happened_at is not None for act in found) == timed


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_act_is_told_with_its_time_its_source_and_its_number(case, platform):
    """As a bag: Facebook gives no numbers. A quote of X gives the handle of its source, and no number."""
    truth = case.of(platform)
    numbers = {f"x:@{one['handle'].lower()}": one["account_id"] for one in truth["sources"]}
    verb_of = {"link": "post", "link_with_words": "post"}
    expected = Counter(
        (verb_of.get(act["kind"], act["kind"]), act["at"], act.get("source"), act.get("act_id"))
        for act in truth["acts"]
    )
    told = Counter()
    for act in case.found[platform].acts:
        if act.direction == "by_me" and act.verb in ("post", "repost", "quote", "reply"):
            number = None if act.activity_id.startswith((f"{platform}:#", "facebook:")) else act.activity_id
            told[act.verb, seconds(act), numbers.get(act.object_author_id, act.object_author_id), number] += 1
    assert told == expected


@pytest.mark.parametrize("platform", PLATFORMS)
def test_likes_and_votes_have_the_authors_that_the_archive_tells(case, platform):
    likes = Counter(
        act.object_author_id
        for act in case.found[platform].acts
        if act.verb in ("react", "vote") and act.direction == "by_me" and act.object_author_id is not None
    )
    assert likes == {one["account_id"]: one["n_likes"] for one in case.of(platform)["sources"] if one["n_likes"]}
    assert bool(likes) == (platform == "facebook")


def test_sources_are_the_sums_of_their_acts(case):
    for platform in PLATFORMS:
        truth = case.of(platform)
        n = defaultdict(Counter)
        for act in truth["acts"]:
            if "source" in act and not act.get("to_me"):
                n[act["source"]][act["kind"]] += 1
        for one in truth["sources"]:
            found = n[one["account_id"]]
            assert (one["n_reposts"], one["n_quotes"], one["n_answers"]) == (
                found["repost"],
                found["quote"],
                found["reply"],
            )
            assert one["n_answers"] == one["n_replies"] + one["n_conversation"]
            assert one["n_replies"] <= one["n_replies_alone"] <= one["n_answers"]
        assert set(n) <= {one["account_id"] for one in truth["sources"]}


def test_answers_of_one_day_share_a_conversation_where_the_archive_tells_none(case):
    """Facebook names for whom an answer was, at most: neither the item nor the conversation."""
    truth = case.of("facebook")
    answers = [act for act in truth["acts"] if act["kind"] == "reply"]
    days = {(act["at"] // 86_400, act.get("source")) for act in answers}
    assert truth["reaction"]["n_conversation"] == len(answers) - len(days) > 0
    assert truth["reaction"]["alone"]["n_conversation"] == 0


def test_numbers_of_items_hold_the_delays(case):
    for platform, shift in (("x", EPOCH_MS), ("linkedin", 0)):
        told = Counter()
        for act in case.found[platform].acts:
            verbs = ("repost", "quote", "reply", "react", "vote") if platform == "linkedin" else ("quote", "reply")
            if act.direction == "by_me" and act.verb in verbs and act.object_kind in ("post", "comment"):
                item = act.object_id.removeprefix(f"{platform}:")
                if item.isdecimal():
                    told[act.verb, seconds(act), seconds(act) - ((int(item) >> 22) + shift) / 1000] += 1
        assert told == Counter((row["kind"], row["at"], row["seconds"]) for row in case.of(platform)["delays"])
        assert min(seconds for _, _, seconds in told) > 0


def test_ads_of_x_have_the_criteria_and_the_payers_that_were_drawn(case):
    truth = case.of("x")
    shown = by_id(act for act in case.found["x"].acts if act.verb == "ad_view")
    criteria, payers = Counter(), defaultdict(set)
    for act in shown:
        for kind, value, group in act.ad.criteria:
            criteria[group, kind, value] += 1
            payers[group, kind, value].update({act.ad.advertiser} - {None})
    assert criteria == {(row["class"], row["type"], row["value"]): row["n_shown"] for row in truth["criteria"]}
    for row in truth["criteria"]:
        assert len(payers[row["class"], row["type"], row["value"]]) == row["n_advertisers"]
    assert "other" not in {row["class"] for row in truth["criteria"]}
    assert any(not row["value"] for row in truth["criteria"])
    n_shown = Counter(act.actor_id for act in shown)
    assert n_shown == {row["account_id"]: row["n_shown"] for row in truth["advertisers"] if row["n_shown"]}
    clicks = Counter(act.object_author_id for act in case.found["x"].acts if act.verb == "ad_click")
    assert clicks == {row["account_id"]: row["n_clicks"] for row in truth["advertisers"] if row["n_clicks"]}


def test_lists_and_visits_of_advertisers_are_told(case):
    for platform in ("x", "facebook"):
        classes = defaultdict(set)
        for act in by_id(case.found[platform].acts):
            if act.verb in ("targeted", "ad_view"):
                classes[act.actor_id] |= {group for _, _, group in act.ad.criteria or ()}
        for row in case.of(platform)["advertisers"]:
            assert sorted(classes[row["account_id"]]) == row["classes"], row


def test_ads_of_facebook_are_counted_by_the_number_in_their_address(case):
    acts, truth = case.found["facebook"].acts, case.of("facebook")["advertisers"]
    shown = Counter(act.actor_id for act in acts if act.verb == "ad_view")
    opened = Counter(act.object_author_id for act in acts if act.verb == "ad_click")
    assert shown == {row["account_id"]: row["n_shown"] for row in truth if row["n_shown"]}
    assert opened == {row["account_id"]: row["n_opened"] for row in truth if row["n_opened"]}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_inferred_is_what_was_drawn_and_denials_are_left_out(case, platform):
    told = {
        (group, kind, value)
        for act in case.found[platform].acts
        if act.verb == "inferred"
        for kind, value, group in act.ad.criteria
    }
    assert told == {(row["class"], row["type"], row["value"]) for row in case.of(platform)["inferred"]}


def test_sites_told_facebook_and_x_as_often_as_drawn(case):
    for platform, kind in (("facebook", "event"), ("x", "event")):
        told = Counter(
            act.ad.advertiser for act in case.found[platform].acts if act.verb == "tracked" and act.object_kind == kind
        )
        assert told == {row["site"]: row["n_events"] for row in case.of(platform)["trackers"]}


def test_others_responses_have_their_names(case):
    names = {"react": "n_likes", "reply": "n_replies", "repost": "n_reposts", "mention": "n_mentions"}
    told = defaultdict(Counter)
    for act in case.found["facebook"].acts:
        if act.direction == "to_me" and act.verb in names and act.source_file.endswith("notifications.json"):
            told[act.actor_id][names[act.verb]] += 1
    expected = case.of("facebook")["responses"]
    assert {key: dict(n) for key, n in told.items()} == {
        row["account_id"]: {name: row[name] for name in names.values() if row[name]} for row in expected
    }


def test_counts_of_own_posts_on_x_add_up(case):
    own = [act for act in case.found["x"].acts if act.direction == "by_me" and act.verb in ("post", "reply", "quote")]
    assert case.of("x")["audience"] == {
        "n_posts": len(own),
        "likes": sum(act.metrics.likes for act in own),
        "reposts": sum(act.metrics.reposts for act in own),
    }


def test_text_comes_back_as_it_was_meant(case):
    facebook = [act for act in case.found["facebook"].acts if act.text]
    assert not any("Ã" in act.text or "â\x80" in act.text for act in facebook)
    if case.options.lang == "fr":
        assert sum(act.text_repaired for act in facebook) > 20
    long = [act for act in case.found["x"].acts if act.verb == "post" and len(act.text) > 280]
    assert len(long) == case.of("x")["files"]["data/note-tweet.js"]
    assert all("…" not in act.text[-40:] for act in long)
    shares = [act.text for act in case.found["linkedin"].acts if act.verb == "post" and act.text]
    assert any("\n\n" in text for text in shares) or len(shares) < 20
    assert not any('"\n' in text for text in shares)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_ids_are_unique_but_for_ads_in_two_files_and_pages_in_two_lists(case, platform):
    n = Counter(act.activity_id for act in case.found[platform].acts)
    twice = {act.verb for act in case.found[platform].acts if n[act.activity_id] > 1}
    assert twice <= {"x": {"ad_view"}, "facebook": {"follow"}, "linkedin": set()}[platform]


def test_words_of_private_messages_are_in_the_archives_and_are_not_read(case):
    for platform, path in (
        ("x", case.written.x),
        ("facebook", case.written.facebook),
        ("linkedin", case.written.linkedin),
    ):
        with zipfile.ZipFile(path) as archive:
            assert any(b"(entre nous)" in archive.read(name) for name in archive.namelist())
        assert not any("(entre nous)" in (act.text or "") for act in case.found[platform].acts)
