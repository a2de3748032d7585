"""Tables of the Meta Content Library."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Account, Activity, Ad, Coverage, Metrics, Reject
from ascendant.read.export import Export
from ascendant.read.facebook_posts import READER
from ascendant.read.facebook_posts.content_library import HIDDEN_AUTHORS, NO_SHARES, NO_TEXTS
from ascendant.read.known_tables import NEGATIVE_NOTE, NO_ID
from ascendant.read.options import ReadOptions
from ascendant.read.tabular.cells import INEXACT
from ascendant.testing import check_reader

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "facebook_posts"
SAMPLE = SAMPLES / "content_library.csv"
POST, SHARE, IN_GROUP, ARABIC, HIDDEN = (
    f"facebook:10200000000000{n}" for n in ("00101", "00202", "00303", "00404", "00505")
)
HALLE, ASSO, CANAL, GROUP = (
    f"facebook:{n}" for n in ("61550000000000001", "61550000000000002", "61550000000000004", "900000000000003")
)
HEADER = "id,creation_time,post_owner.type,post_owner.id,text,shared_post_id,statistics.reaction_count\n"


def sample_with(**changes) -> str:
    """The first row of the sample, with other cells."""
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        row = {**next(rows), **changes}
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, rows.fieldnames or [])
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_every_promise_of_a_reader_is_kept_and_no_other_reader_claims_the_file(name, who_knows):
    check_reader(READER, SAMPLES / name)
    assert who_knows(SAMPLES / name) == ["facebook_posts"]


def test_the_real_header_is_read_to_its_values(headers, read_with):
    found = read_with(READER, headers / "meta_content_library_posts.csv")
    act = found.only
    assert (act.activity_id, act.verb, act.actor_id, act.context_id) == (
        "facebook:1234567890123456",
        "post",
        "facebook:111",
        "facebook:222",
    )
    assert (act.happened_at, act.time_basis, act.time_precision) == (1_725_184_800_000_000, "explicit", "s")
    assert act.metrics == Metrics(likes=11, replies=2, reposts=3, views=4567), "likes are all reactions"
    assert act.collected_at == 1_725_321_600_000_000, "the day on which views were refreshed"
    assert (act.text, act.lang, act.urls, act.ad) == ("Texte", "fr", ("https://example.org/a",), None)
    assert found.account["facebook:111"] == Account(
        account_id="facebook:111",
        platform="facebook",
        handle="pageex",
        name="Page Ex",
        declared_kind="page",
        resolved="exact",
    )
    assert found.account["facebook:222"].declared_kind == "group"
    assert found.coverage == [Coverage(member="meta_content_library_posts.csv", status="parsed", rows_in=1)]


def test_a_share_names_the_shared_post_and_stands_where_it_was_written(read_with):
    found = read_with(READER, SAMPLE)
    share, in_group = found.act[SHARE], found.act[IN_GROUP]
    assert (share.verb, share.relay, share.object_id, share.object_kind) == ("repost", "pure", POST, "post")
    assert (share.object_author_id, share.missing) == (None, ("object_author_id",)), "known where the study holds it"
    assert (share.text, share.lang, share.context_id) == (None, None, None)
    assert (in_group.relay, in_group.actor_id, in_group.context_id) == ("with_comment", ASSO, GROUP)
    assert in_group.text == "Venez,\nc'est « gratuit » 😀"
    assert in_group.happened_at == found.act[POST].happened_at + (4 * 60 + 30) * 60_000_000, "+01:00 is read"


def test_where_the_author_is_hidden_the_group_stands_for_it_and_the_coverage_says_so(read_with):
    found = read_with(READER, SAMPLE)
    hidden = found.act[HIDDEN]
    assert (hidden.actor_id, hidden.context_id) == (GROUP, GROUP)
    assert found.account[GROUP].declared_kind == "group"
    assert found.notes == [HIDDEN_AUTHORS]


def test_a_post_without_owner_and_group_has_no_actor_so_that_these_do_not_become_one_account(read_with):
    found = read_with(READER, HEADER + "1020000000000000101,2026-03-02T07:15:00+00:00,,,a,,1\n")
    assert (found.only.actor_id, found.only.missing, found.accounts) == (None, ("actor_id",), [])


def test_links_are_those_attached_and_those_in_the_words_behind_facebook_s_own_door(read_with):
    post = read_with(READER, SAMPLE).act[POST]
    assert post.urls == ("https://canal.example/programme", "https://canal.example/fete")
    assert post.hashtags == ("canalàvélo",)


def test_arabic_words_and_branded_content_are_kept(read_with):
    found = read_with(READER, SAMPLE)
    assert (found.act[ARABIC].hashtags, found.act[ARABIC].lang) == (("دراجات",), "ar")
    assert found.account[CANAL].name == "نادي القناة"
    assert [act.activity_id for act in found.acts if act.ad is not None] == [ARABIC]
    assert found.act[ARABIC].ad == Ad(), "who paid is not told"


def test_an_instagram_table_is_of_instagram_and_its_listed_hashtags_are_read(read_with):
    found = read_with(READER, SAMPLES / "content_library_instagram.csv")
    assert (found.only.platform, found.only.activity_id) == ("instagram", "instagram:17900000000000011")
    assert found.only.hashtags == ("canalàvélo", "lille")
    assert found.only.metrics == Metrics(likes=31, replies=2, views=410), "like_count, where no reaction_count is"
    assert found.account["instagram:17840000000000001"].handle == "halle.cycles"


def test_a_file_without_shared_post_id_says_that_shares_cannot_be_told(read_with):
    found = read_with(READER, "id,creation_time,post_owner.id\n7,2026-03-02T07:15:00Z,8\n")
    assert found.only.verb == "post"
    assert found.notes == [NO_SHARES, NO_TEXTS]


def test_ids_of_seventeen_digits_stay_exact_and_rounded_ones_are_refused(read_with):
    exact = "12345678901234567"
    rows = f"{exact},2026-03-02T07:15:00Z,facebook_page,{exact},a,{exact[:-1]}8,1\n"
    rows += "1.23457E+16,2026-03-02T07:15:00Z,,,a,,\n"
    found = read_with(READER, HEADER + rows)
    assert (found.acts[0].activity_id, found.acts[0].actor_id) == (f"facebook:{exact}", f"facebook:{exact}")
    assert found.acts[0].object_id == "facebook:12345678901234568"
    assert found.reasons == [INEXACT]
    assert found.rejects[0].pointer == "line 3"
    assert found.coverage[0].rows_in == 2


def test_a_count_that_is_no_count_is_unknown_never_zero(read_with):
    found = read_with(READER, sample_with(**{"statistics.reaction_count": "-1", "statistics.views": "≤100"}))
    assert found.only.metrics == Metrics(replies=7, reposts=9)
    assert found.only.missing == ("likes", "views")
    assert found.notes == [NEGATIVE_NOTE]


def test_bad_rows_are_rejected_with_their_line_and_the_others_are_read(read_with):
    rows = (
        ",2026-03-02T07:15:00Z,facebook_page,1,a,,1\n"
        "5,yesterday,facebook_page,1,a,,1\n"
        "6,2026-03-02T07:15:00Z,facebook_page\n"
        "7,2026-03-02T07:15:00Z,facebook_page,1,b,,1\n"
    )
    found = read_with(READER, HEADER + rows)
    assert [act.activity_id for act in found.acts] == ["facebook:7"]
    assert [reject.pointer for reject in found.rejects] == ["line 2", "line 3", "line 4"]
    assert found.reasons[0] == NO_ID


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ",")])
def test_a_table_that_a_spreadsheet_saved_again_is_read_all_the_same(read_with, encoding, separator):
    text = "id,creation_time,post_owner.id,post_owner.name,text,shared_post_id\n7,2026-03-02T07:15:00Z,8,Café,Été,\n"
    found = read_with(READER, text.replace(",", separator).encode(encoding))
    assert (found.only.activity_id, found.only.text, found.accounts[0].name) == ("facebook:7", "Été", "Café")


def test_a_header_alone_is_an_empty_file_and_no_error(read_with):
    found = read_with(READER, HEADER)
    assert (found.acts, found.coverage[0].status, found.coverage[0].rows_in) == ([], "empty", 0)


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "-1", "1e400", "9" * 30, "\0", "\ud83d", "2026-13-45", "≤100", "=cmd()", "[", "https://[x", "NaN"]
    ),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(sorted({*HEADER.strip().split(","), "surface.id", "lang", "statistics.views"})), CELLS
    )
)
def test_no_cell_stops_the_reading(tmp_path, changes):
    path = tmp_path / "mutated.csv"
    path.write_bytes(sample_with(**changes).encode("utf-8", "surrogatepass"))
    items = list(READER.read(Export.at(path), ReadOptions()))
    assert isinstance(items[-1], Coverage)
    n_facts = sum(isinstance(item, Activity | Reject) for item in items)
    assert n_facts == items[-1].rows_in, "each record is a row or a reject"
