"""Every file of twarc's own tests is read, or refused with the right reason.

The counts are the reader's own, frozen; that they are right is tested against the obvious reading of the pages.
"""

from __future__ import annotations

import json
from collections import Counter

import pytest

from ascendant.errors import EmptyFile
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.x_posts import READER
from ascendant.read.x_posts.refusals import BROKEN_JSON, COMPLIANCE, COUNTS, LISTS

NOT_PAGES = {"flat.jsonl", "users.jsonl", "streaming_output_with_error.jsonl"}  # other shapes: tested on their own
VERBS_OF = {"retweeted": "repost", "replied_to": "reply", "quoted": "quote"}  # in the order of choice

# file: records, posts in all, of these post/repost/quote/reply, accounts (with repetitions), reasons of rejects
COUNTED = {
    "2sets.jsonl": (200, 278, (92, 145, 24, 17), 289, {}),
    "brexit.jsonl": (100, 155, (47, 67, 24, 17), 177, {}),
    "cashtags.jsonl": (1, 1, (1, 0, 0, 0), 1, {}),
    "cotweet.jsonl": (1, 1, (1, 0, 0, 0), 1, {}),
    "counts.jsonl": (1, 0, (0, 0, 0, 0), 0, {COUNTS: 1}),
    "edited.jsonl": (1, 2, (2, 0, 0, 0), 1, {}),
    "edited_after.jsonl": (1, 2, (2, 0, 0, 0), 1, {}),
    "edited_before.jsonl": (1, 2, (2, 0, 0, 0), 1, {}),
    "entities_test.jsonl": (474, 650, (191, 314, 20, 125), 612, {}),
    "flat.jsonl": (100, 194, (75, 47, 18, 54), 398, {}),
    "geo_tweets.jsonl": (2, 3, (2, 0, 0, 1), 4, {}),
    "kpop.jsonl": (100, 123, (45, 78, 0, 0), 112, {}),
    "lists.jsonl": (2, 0, (0, 0, 0, 0), 0, {LISTS: 2}),
    "many_urls.jsonl": (1, 2, (1, 0, 0, 1), 1, {}),
    "media_policy_violation_off.jsonl": (100, 161, (88, 42, 24, 7), 52, {}),
    "media_policy_violation_on.jsonl": (100, 160, (87, 42, 24, 7), 46, {}),
    "media_tweet.jsonl": (1, 1, (1, 0, 0, 0), 1, {}),
    "mentions_tweet.jsonl": (1, 2, (1, 1, 0, 0), 2, {}),
    "noflat.jsonl": (100, 164, (50, 47, 17, 50), 178, {}),
    "quoted_edit.jsonl": (1, 3, (2, 0, 0, 1), 2, {}),
    "streaming_output_with_error.jsonl": (8, 11, (7, 0, 1, 3), 11, {BROKEN_JSON: 1}),
    "tweets_compliance.jsonl": (2, 0, (0, 0, 0, 0), 0, {COMPLIANCE: 2}),
    "two_tweets.jsonl": (1, 2, (1, 1, 0, 0), 2, {}),
    "users.jsonl": (96, 52, (45, 1, 6, 0), 96, {}),
    "users_compliance.jsonl": (2, 0, (0, 0, 0, 0), 0, {COMPLIANCE: 2}),
    "verified_type.jsonl": (1, 1, (1, 0, 0, 0), 1, {}),
    "withheld.jsonl": (215, 284, (118, 83, 12, 71), 591, {}),
}


@pytest.mark.parametrize("name", COUNTED)
def test_the_file_is_read_or_refused_with_the_right_reason(name, research, read):
    path = research / "twarc" / name
    assert READER.recognises(Export.at(path), ReadOptions())
    found = read(path)
    (coverage,) = found.coverage
    verbs = Counter(act.verb for act in found.acts)
    told = tuple(verbs[verb] for verb in ("post", "repost", "quote", "reply"))
    reasons = dict(Counter(reject.reason for reject in found.rejects))
    assert (coverage.rows_in, len(found.acts), told, len(found.accounts), reasons) == COUNTED[name]
    assert coverage.status == "parsed"


def test_the_table_names_every_file(research):
    files = {path.name for path in (research / "twarc").iterdir()}
    assert files - COUNTED.keys() == {"LICENSE", "empty.json"}


def test_the_empty_file_is_told_before_reading(research):
    with pytest.raises(EmptyFile):
        Export.at(research / "twarc" / "empty.json")


def test_each_post_of_a_page_is_read_once_with_its_own_facts(research, read):
    """The slow, obvious reading of the pages, in a few lines, gives the same ids, authors and relations."""
    paged = [name for name, (_, n_posts, *_) in COUNTED.items() if n_posts and name not in NOT_PAGES]
    assert len(paged) == 20
    for name in paged:
        path = research / "twarc" / name
        expected = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            posts = [*page.get("includes", {}).get("tweets", []), *page["data"]]
            authors = {post["id"]: post["author_id"] for post in posts}
            for post in posts:
                references = {one["type"]: one["id"] for one in post.get("referenced_tweets", [])}
                kind = next((kind for kind in VERBS_OF if kind in references), "")
                verb, other = VERBS_OF.get(kind, "post"), references.get(kind)
                answered = post.get("in_reply_to_user_id") if verb == "reply" else authors.get(other)
                if verb == "reply" and "quoted" in references and answered == post["author_id"]:
                    continue  # chosen otherwise, on purpose: see `api_v1`
                expected[f"x:{post['id']}"] = (f"x:{post['author_id']}", verb, other and f"x:{other}", answered)
        rows = read(path).by_id
        assert rows.keys() >= expected.keys()
        for key, (actor, verb, other, author) in expected.items():
            row = rows[key]
            assert (row.actor_id, row.verb, row.object_id) == (actor, verb, other)
            if author is not None:
                assert row.object_author_id == f"x:{author}"


def test_flattened_and_paged_forms_of_one_collection_tell_the_same(research, read):
    """Except that a flattened line holds less of what its posts refer to: two authors are known by handle only."""
    flat, paged = read(research / "twarc" / "flat.jsonl"), read(research / "twarc" / "noflat.jsonl")
    differing = {}
    for key, act in paged.by_id.items():
        for field in act.__struct_fields__:
            ours, other = getattr(act, field), getattr(flat.by_id[key], field)
            if ours != other and field not in ("source_pointer", "metrics", "collected_at"):
                differing[key, field] = (ours, other)
    assert flat.by_id.keys() == paged.by_id.keys()
    assert differing.keys() == {(f"x:{key}", "object_author_id") for key in (1380239273299951618, 1379677464604114944)}
    for by_id, by_handle in differing.values():
        assert by_handle == f"x:@{paged.account[by_id].handle.lower()}"
    assert {a.account_id for a in flat.accounts} <= {a.account_id for a in paged.accounts}


def test_what_x_declares_of_an_account_is_kept(research, read):
    (account,) = read(research / "twarc" / "verified_type.jsonl").accounts
    assert (account.handle, account.verified, account.declared_kind) == ("TwitterDev", True, "business")
    assert account.url == "https://developer.twitter.com/en/community"
    (edited,) = read(research / "twarc" / "edited.jsonl").accounts
    assert (edited.verified, edited.declared_kind) == (True, None)


def test_versions_of_an_edited_post_keep_their_own_ids(research, read):
    rows = read(research / "twarc" / "edited.jsonl").by_id
    assert rows.keys() == {"x:1576994789110992896", "x:1576994746135764992"}
    assert {act.thread_id for act in rows.values()} == {"x:1576994789110992896", "x:1576994746135764992"}


def test_a_reply_that_quotes_an_absent_post_is_a_reply(research, read):
    row = read(research / "twarc" / "quoted_edit.jsonl").by_id["x:1576995594388000768"]
    assert (row.verb, row.object_author_id) == ("reply", "x:337119125")
    assert row.missing is None
