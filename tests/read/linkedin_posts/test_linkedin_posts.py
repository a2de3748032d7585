"""Posts of LinkedIn: a plain table, 4CAT's table, Zeeschuimer's records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Account, Activity, Coverage, Metrics, Reject
from ascendant.read.export import Export
from ascendant.read.json_records import BROKEN_JSON, NOT_AN_OBJECT
from ascendant.read.known_tables import NEGATIVE_NOTE, NO_ID
from ascendant.read.linkedin_ids import account_key, post_key, time_of
from ascendant.read.linkedin_posts import READER
from ascendant.read.linkedin_posts.four_cat import NO_SHARES
from ascendant.read.linkedin_posts.voyager import NOT_A_POST
from ascendant.read.options import ReadOptions
from ascendant.read.tabular.cells import INEXACT, Unreadable
from ascendant.testing import check_reader

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "linkedin_posts"
ALL = sorted(path.name for path in SAMPLES.iterdir())
P0, P1, P2, P3, P4, P5, P6 = (
    f"linkedin:{key}"
    for key in (
        "7434153020620800077",
        "7434168120115200078",
        "7434183219609600079",
        "7434198319104000080",
        "7434213418598400081",
        "7434228518092800082",
        "7434243617587200083",
    )
)
HALF_PAST_EIGHT = 1_772_440_200_000_000  # 2026-03-02 08:30 UTC, which P0 holds
HOUR = 3_600_000_000
HEADER = (
    "post_id,author_id,author_name,author_type,author_followers,author_headline,created_at,text,url,reshared_post_id,"
    "reshared_author_id,parent_post_id,parent_author_id,likes,comments,reposts,hashtags,mentions\n"
)


def record(name: str = "zeeschuimer_4cat.ndjson", number: int = 0) -> dict:
    return json.loads((SAMPLES / name).read_text(encoding="utf-8").splitlines()[number])


@pytest.mark.parametrize("name", ALL)
def test_every_promise_of_a_reader_is_kept_and_no_other_reader_claims_the_file(name, who_knows):
    check_reader(READER, SAMPLES / name)
    assert who_knows(SAMPLES / name) == ["linkedin_posts"]


def test_a_table_tells_posts_reposts_quotes_and_comments_apart(read_with):
    found = read_with(READER, SAMPLES / "posts.csv")
    told = {
        act.activity_id: (act.verb, act.object_id, act.object_author_id, act.relay, act.thread_id) for act in found.acts
    }
    assert told == {
        P0: ("post", None, None, None, None),
        P1: ("repost", P0, "linkedin:501", "pure", None),
        P2: ("quote", P0, "linkedin:501", "quote", None),
        P3: ("reply", P0, "linkedin:501", None, None),
        P4: ("quote", "linkedin:7000000000000000001", None, "quote", None),
    }
    assert found.act[P4].missing == ("object_author_id",)
    assert found.act[P0].urls == ("https://cyclesdumont.example/emploi",), "a post's own address is no link in it"
    assert (found.act[P0].hashtags, found.act[P3].mentions) == (("emploi", "vélo"), ("linkedin:501", "linkedin:503"))
    assert found.account["linkedin:501"] == Account(
        account_id="linkedin:501",
        platform="linkedin",
        name="Cycles Dumont",
        bio="Vélos de ville depuis 1987",
        followers=15200,
        declared_kind="company",
        resolved="exact",
    )
    assert found.account["linkedin:502"].declared_kind is None, "a person is of no declared kind"


def test_a_moment_that_is_not_written_is_that_of_the_number(read_with):
    found = read_with(READER, SAMPLES / "posts.csv")
    assert (found.act[P2].happened_at, found.act[P2].time_basis) == (HALF_PAST_EIGHT + 2 * HOUR, "derived_from_id")
    assert (found.act[P0].happened_at, found.act[P0].time_basis) == (HALF_PAST_EIGHT, "explicit")
    assert found.act[P3].time_precision == "ms"


def test_a_negative_count_is_unknown_never_negative_and_never_zero(read_with):
    for name in ("posts.csv", "zeeschuimer.ndjson", "zeeschuimer_4cat.ndjson"):
        found = read_with(READER, SAMPLES / name)
        assert found.act[P2].metrics == Metrics(replies=2, reposts=0)
        assert "likes" in (found.act[P2].missing or ())
        assert NEGATIVE_NOTE in found.notes


def test_the_story_is_the_same_from_the_table_and_from_the_pages(read_with):
    table, pages = (read_with(READER, SAMPLES / name).act for name in ("posts.csv", "zeeschuimer.ndjson"))
    for key in (P1, P2, P4):
        assert (table[key].verb, table[key].object_id, table[key].relay) == (
            pages[key].verb,
            pages[key].object_id,
            pages[key].relay,
        )
        assert abs(table[key].happened_at - pages[key].happened_at) < 1_000_000


def test_both_wrappers_of_zeeschuimer_hold_the_same_records(read_with):
    one, other = (read_with(READER, SAMPLES / f"zeeschuimer{end}.ndjson") for end in ("", "_4cat"))
    assert (one.acts, one.accounts, one.rejects) == (other.acts, other.accounts, other.rejects)


def test_the_post_inside_a_share_is_a_fact_like_any(read_with):
    found = read_with(READER, SAMPLES / "zeeschuimer.ndjson")
    original = found.act[P0]
    assert (original.verb, original.actor_id) == ("post", "linkedin:@company/cycles-dumont")
    assert found.act[P2].object_author_id == original.actor_id
    assert original.urls == ("https://cyclesdumont.example/emploi",), "LinkedIn's own door is opened"
    company = found.account["linkedin:@company/cycles-dumont"]
    assert (company.declared_kind, company.followers, company.bio) == ("company", 15200, None)
    assert found.account["linkedin:@josé-ex"].declared_kind is None


def test_a_share_that_holds_only_a_reference_has_an_unknown_author(read_with):
    act = read_with(READER, SAMPLES / "zeeschuimer.ndjson").act[P4]
    assert (act.verb, act.object_id, act.missing) == ("quote", "linkedin:7000000000000000001", ("object_author_id",))


def test_of_a_collapsed_pair_the_first_number_counts(read_with):
    assert P6 in read_with(READER, SAMPLES / "zeeschuimer.ndjson").act


def test_who_is_mentioned_is_told_apart_by_kind(read_with):
    act = read_with(READER, SAMPLES / "zeeschuimer.ndjson").act[P2]
    assert act.mentions == ("linkedin:@ana-riviere", "linkedin:@company/cycles-dumont")
    assert act.hashtags == ("canal",)


@pytest.mark.parametrize("name", ["four_cat.csv", "zeeschuimer.ndjson"])
def test_a_promoted_post_is_a_post_and_something_that_was_shown(name, read_with):
    found = read_with(READER, SAMPLES / name)
    (shown,) = (act for act in found.acts if act.verb == "ad_view")
    assert (shown.object_id, shown.direction, shown.actor_id) == (P5, "to_me", "linkedin:@josé-ex")
    assert shown.happened_at == shown.collected_at == 1_772_528_400_000_000
    assert found.act[P5].verb == "post"
    assert shown.confidence < 1, "no digit in the age of a post is a sign, not a proof"


def test_the_age_that_is_shown_is_never_a_time(read_with):
    item = record(number=0)
    item["actor"]["subDescription"]["text"] = "3yr"
    item["updateMetadata"]["urn"] = "urn:li:activity:3966023054712791616"
    act = read_with(READER, json.dumps(item), "a.ndjson").acts[0]
    assert (act.happened_at, act.time_basis) == (None, None), "4CAT's table would say 2023"
    assert "happened_at" in (act.missing or ())


def test_four_cat_s_table_says_that_it_does_not_name_what_is_shared(read_with):
    found = read_with(READER, SAMPLES / "four_cat.csv")
    assert found.notes == [NO_SHARES]
    assert {act.verb for act in found.acts} == {"post", "ad_view"}
    assert (found.act[P0].happened_at, found.act[P0].time_basis) == (HALF_PAST_EIGHT, "derived_from_id")
    assert found.act[P0].collected_at == 1_772_528_400_000_000
    assert found.act[P0].metrics == Metrics(likes=84, replies=6, reposts=11)
    old = found.act["linkedin:3966023054712791616"]
    assert (old.happened_at, old.missing) == (None, ("happened_at",)), "1999 is no time of LinkedIn"


def test_bad_records_are_rejects_and_the_others_are_read(read_with):
    good = json.dumps(record(number=4))
    no_actor, no_id = record(number=4), record(number=4)
    del no_actor["actor"]
    no_id["updateMetadata"]["urn"] = "urn:li:member:12"
    lines = [good, "{broken", '["list"]', json.dumps(no_actor), json.dumps(no_id), good]
    found = read_with(READER, "\n".join(lines), "a.ndjson")
    assert [act.activity_id for act in found.acts] == [P6, P6]
    assert found.reasons == [BROKEN_JSON, NOT_AN_OBJECT, NOT_A_POST, NO_ID]
    assert [reject.pointer for reject in found.rejects] == ["line 2", "line 3", "line 4", "line 5"]
    assert found.coverage[0].rows_in == 6


def test_a_list_and_a_page_of_records_are_read_as_lines_are(read_with):
    items = [record(number=n) for n in range(5)]
    lines = read_with(READER, SAMPLES / "zeeschuimer_4cat.ndjson").act
    assert read_with(READER, json.dumps(items), "a.json").act.keys() == lines.keys()
    assert read_with(READER, json.dumps({"data": items}, indent=1), "a.json").act.keys() == lines.keys()


def test_ids_stay_exact_and_rounded_ones_are_refused(read_with):
    ids = ("7.43415E+18,501", "7434153020620800077,9007199254740993", "abc,501")
    rows = "".join(f"{one},,,,,,a,,,,,,,,,,\n" for one in ids)
    found = read_with(READER, HEADER + rows)
    assert [act.actor_id for act in found.acts] == ["linkedin:9007199254740993"]
    assert found.reasons == [INEXACT, NO_ID]


def test_a_person_and_a_company_of_one_name_are_two_accounts():
    assert account_key("https://www.linkedin.com/in/acme/") != account_key("https://www.linkedin.com/company/acme/")
    assert account_key("urn:li:member:42") != account_key("urn:li:organization:42")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("urn:li:share:7434153020620800077", "7434153020620800077"),
        ("urn:li:ugcPost:7434153020620800077", "7434153020620800077"),
        ("urn:li:fsd_update:(urn:li:activity:7434153020620800077,FEED_DETAIL)", "7434153020620800077"),
        ("urn:li:comment:(urn:li:activity:7434153020620800077,7434198319104000080)", "7434198319104000080"),
        ("https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7434153020620800077/", "7434153020620800077"),
        ("7434153020620800077", "7434153020620800077"),
    ],
)
def test_the_number_of_a_post_is_found_in_every_spelling(written, key):
    assert post_key(written) == key


@given(st.integers(min_value=1_052_000_000_000, max_value=2_199_000_000_000), st.integers(0, 2**22 - 1))
def test_the_time_in_a_number_is_its_upper_bits(ms, lower):
    assert time_of(str((ms << 22) | lower)) == (ms * 1000, "ms", "derived_from_id")


@given(st.text(max_size=60))
def test_no_text_is_taken_for_a_number_that_is_none(text):
    try:
        key = post_key(text)
    except Unreadable:
        return
    assert key is None or (key.isdecimal() and key.isascii())


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "-1", "9" * 30, "\0", "urn:li:activity:", "2026-13-01", "|||", "https://[", "1e5", "in/", "٣"]
    ),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELLS, min_size=18, max_size=18))
def test_no_cell_stops_the_reading(tmp_path, cells):
    path = tmp_path / "posts.csv"
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    path.write_bytes((HEADER + quoted + "\n").encode("utf-8", "surrogatepass"))
    items = list(READER.read(Export.at(path), ReadOptions()))
    assert isinstance(items[-1], Coverage)
    assert sum(isinstance(item, Activity | Reject) for item in items) == items[-1].rows_in


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "attributes", "actor", "paging", "total", "*miniProfile", "urn"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
KEYS = ["actor", "commentary", "content", "*socialDetail", "updateMetadata", "*resharedUpdate", "__import_meta"]


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1))
def test_no_value_stops_the_reading_of_records(tmp_path, changes):
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps(record()) + "\n" + json.dumps({**record(), **changes}) + "\n", encoding="utf-8")
    items = list(READER.read(Export.at(path), ReadOptions()))
    assert isinstance(items[-1], Coverage)
    assert any(
        isinstance(item, Activity | Reject)
        and str(getattr(item, "source_pointer", None) or getattr(item, "pointer", "")).startswith("line 2")
        for item in items
    )
