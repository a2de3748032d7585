"""LinkedIn's statistics of pages and of persons."""

from __future__ import annotations

import datetime
import io
import shutil
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Activity, Coverage, Metrics, Reject
from ascendant.errors import BrokenFile, ProtectedFile, UnknownFormat, UnknownPacking
from ascendant.read.export import Export
from ascendant.read.known_tables import NEGATIVE_NOTE
from ascendant.read.options import ReadOptions
from ascendant.read.page_analytics import READER, SECOND_TIME, UNKNOWN_COLUMNS, UNKNOWN_SHEET
from ascendant.read.page_analytics.days import NOT_A_DAY, TWO_READINGS, Days
from ascendant.read.page_analytics.measures import NEGATIVE, NOT_A_COUNT
from ascendant.read.page_analytics.names import columns_in
from ascendant.testing import check_reader
from page_analytics_sheets import COMPETITORS, CONTENT, CREATOR, FOLLOWERS, METRICS, POST, TOP, VISITORS, write

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "page_analytics"
ALL = sorted(path.name for path in SAMPLES.iterdir())
DAY = 86_400_000_000
FIRST = 1_772_323_200_000_000  # 2026-03-01
MADE = 1_772_582_400_000_000
PAGE = "linkedin:name:cyclesdumont"
KEY = "linkedin:7434153020620800077"


def told(acts: list[Activity]) -> dict[tuple[str | None, int | None], Activity]:
    """Rows by what was measured and when."""
    return {(act.object_id, act.happened_at): act for act in acts if act.thread_id is None}


def metric(name: str) -> str:
    return f"linkedin:metric/{name}"


@pytest.mark.parametrize("name", ALL)
def test_every_promise_of_a_reader_is_kept_and_no_other_reader_claims_the_file(name, who_knows):
    check_reader(READER, SAMPLES / name)
    assert who_knows(SAMPLES / name) == ["page_analytics"]


def test_the_real_header_is_read_to_its_values(headers, read_with):
    found = read_with(READER, headers / "linkedin_page_content.xlsx")
    rows = told(found.acts)
    organic, sponsored, total = (rows[metric(f"posts/{scope}"), FIRST] for scope in ("organic", "sponsored", "total"))
    assert organic.metrics == Metrics(views=100, replies=0, reposts=1), "-1 reactions are unknown, not zero"
    assert (organic.missing, total.missing) == (("likes",), ("likes",))
    assert sponsored.metrics == Metrics(views=0, likes=0, replies=0, reposts=0), "a measured zero is a zero"
    assert total.metrics == Metrics(views=100, replies=0, reposts=1)
    assert {(act.object_id, act.count, act.text) for act in found.acts if act.metrics is None} == {
        (metric("unique_impressions/organic"), 80, None),
        (metric("clicks/organic"), 5, None),
        (metric("clicks/sponsored"), 0, None),
        (metric("clicks/total"), 5, None),
        (metric("engagement_rate/organic"), 1, "0.05"),
        (metric("engagement_rate/sponsored"), 1, "0"),
        (metric("engagement_rate/total"), 1, "0.05"),
    }
    assert {(act.verb, act.direction, act.time_precision, act.time_basis) for act in found.acts} == {
        ("measured", "about_me", "day", "explicit")
    }
    assert found.rejects == []
    assert [(one.status, one.rows_in, one.note) for one in found.coverage] == [("parsed", 1, NEGATIVE_NOTE)]


@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_an_old_and_a_new_workbook_say_the_same(workbook, read_with, suffix):
    found = read_with(READER, workbook(CONTENT, f"cyclesdumont_content_1772582400000.{suffix}"))
    rows = told(found.acts)
    assert rows[metric("posts/total"), FIRST].metrics == Metrics(views=120, likes=1, replies=0, reposts=1)
    assert rows[metric("posts/organic"), FIRST + DAY].metrics == Metrics(views=0, likes=0, replies=0, reposts=0)
    assert rows[metric("engagement_rate/sponsored"), FIRST].text == "0.1", "a share of 1, as it is written"
    assert {act.object_author_id for act in found.acts} == {PAGE}
    assert {act.collected_at for act in found.acts} == {MADE}
    assert found.account[PAGE].is_me
    assert found.account[PAGE].resolved == "name_only"


def test_a_post_s_figures_are_its_metrics_and_the_others_stand_in_its_thread(workbook, read_with):
    found = read_with(READER, workbook(CONTENT))
    (post,) = (act for act in found.acts if act.object_kind == "post")
    assert (post.object_id, post.urls) == (KEY, (POST,))
    assert post.metrics == Metrics(views=1500, likes=84, replies=6, reposts=11)
    assert (post.happened_at, post.time_basis) == (MADE, "export_time"), "it was counted when the file was made"
    others = {(act.object_id, act.count, act.text) for act in found.acts if act.thread_id == KEY}
    assert others == {
        (metric("clicks"), 40, None),
        (metric("follows"), 3, None),
        (metric("click_rate"), 1, "0.0267"),
        (metric("engagement_rate"), 1, "0.09"),
    }


def test_what_a_sheet_of_days_calls_total_followers_are_the_new_ones(workbook, read_with):
    found = read_with(READER, workbook(FOLLOWERS, "cyclesdumont_followers_1772582400000.xls"))
    rows = told(found.acts)
    scopes = ("total", "organic", "sponsored", "invited")
    assert [rows[metric(f"new_followers/{scope}"), FIRST].count for scope in scopes] == [5, 4, 0, 1]
    assert [rows[metric(f"new_followers/{scope}"), FIRST + DAY].count for scope in scopes] == [0, 0, 0, 0]
    segments = {act.object_id: act.count for act in found.acts if act.object_kind == "segment"}
    assert segments == {
        "linkedin:segment/followers/location/Lille, France": 812,
        "linkedin:segment/followers/location/Bruxelles, Belgique": 40,
        "linkedin:segment/followers/company_size/11-50": 300,
    }


def test_visits_are_read_by_section_and_device(workbook, read_with):
    found = read_with(READER, workbook(VISITORS, "cyclesdumont_visitors_1772582400000.xls"))
    counts = {act.object_id: act.count for act in found.acts}
    assert len(counts) == 24
    assert (counts[metric("page_views_overview/desktop")], counts[metric("visitors_total/total")]) == (0, 23)


def test_competitors_are_accounts_that_are_known_by_name_only(workbook, read_with):
    found = read_with(READER, workbook(COMPETITORS, "cyclesdumont_competitor_analytics_1772582400000.xlsx"))
    rival = found.account["linkedin:name:vélos & fils"]
    assert (rival.followers, rival.resolved, rival.is_me) == (9000, "name_only", False)
    assert {act.happened_at for act in found.acts} == {FIRST}, "the last day of the line above"
    counts = {(act.object_author_id, act.object_id): act.count for act in found.acts}
    assert counts[rival.account_id, metric("followers")] == 9000
    assert counts["linkedin:name:cycles dumont", metric("post_engagements/window")] == 900
    assert (rival.account_id, metric("new_followers/window")) not in counts
    assert found.reasons == [NEGATIVE], "a lost follower is no count of new ones"


@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_a_person_s_statistics_are_read_from_all_five_sheets(workbook, read_with, suffix):
    found = read_with(READER, workbook(CREATOR, f"AggregateAnalytics_Ana_2025-03-01_2026-02-28.{suffix}"))
    assert found.rejects == []
    rows = told(found.acts)
    ana, last = "linkedin:@ana-riviere", FIRST - DAY
    assert {act.object_author_id for act in found.acts} == {ana}, "the handle in the addresses of the posts"
    assert (found.account[ana].followers, found.account[ana].collected_at, found.account[ana].is_me) == (
        3412,
        last,
        True,
    )
    assert rows[metric("followers"), last].count == 3412
    assert rows[metric("new_followers/total"), last - DAY].count == 4
    assert rows[metric("new_followers/total"), last].count == 0
    window = rows[metric("impressions/window"), last]
    assert (window.count, window.text) == (65_300, "3/1/2025 - 2/28/2026")
    assert rows[metric("members_reached/window"), last].count == 21_043
    day = rows[metric("posts/total"), last - DAY]
    assert day.metrics == Metrics(views=653)
    assert rows[metric("engagements/total"), last - DAY].count == 12
    shares = {act.object_id: act.text for act in found.acts if act.object_kind == "segment"}
    assert shares == {
        "linkedin:segment/audience/job titles/Founder": "4%",
        "linkedin:segment/audience/company/Acme": "< 1%",
    }


def test_two_tables_side_by_side_tell_of_the_same_posts_once(workbook, read_with):
    found = read_with(READER, workbook(CREATOR, "AggregateAnalytics_Ana.xlsx"))
    posts = {act.urls[0]: act for act in found.acts if act.object_kind == "post" and act.urls}
    assert set(posts) == set(TOP)
    assert {url: act.metrics for url, act in posts.items()} == {
        TOP[0]: Metrics(views=4000),
        TOP[1]: Metrics(views=9000),
        TOP[2]: None,
    }
    engagements = {act.thread_id: act.count for act in found.acts if act.object_id == metric("engagements")}
    assert engagements == {"linkedin:7434153020620800070": 120, "linkedin:7434153020620800072": 80}


def test_the_days_of_a_french_file_decide_how_they_are_written(workbook, read_with):
    heads = [
        "Date",
        "Impressions (organiques)",
        "Impressions (total)",
        "Clics (organiques)",
        "Taux d’engagement (total)",
    ]

    def days(*written: str) -> list[list[object]]:
        return [["Indicateurs agrégés de vos posts."], heads, *([day, 100, 120, 5, 0.05] for day in written)]

    for written, first in (
        (("13/03/2026", "14/03/2026"), FIRST + 12 * DAY),
        (("03/13/2026", "03/14/2026"), FIRST + 12 * DAY),
        (("01/03/2026", "02/03/2026", "03/03/2026"), FIRST),
        (("03/01/2026", "03/02/2026", "03/03/2026"), FIRST),
    ):
        found = read_with(READER, workbook({"Indicateurs": days(*written)}))
        assert min(act.happened_at or 0 for act in found.acts) == first, written
        assert found.rejects == []
    open_ = read_with(READER, workbook({"Indicateurs": days("03/01/2026", "05/01/2026")}))
    assert (open_.acts, open_.reasons) == ([], [TWO_READINGS, TWO_READINGS])
    rows = read_with(READER, workbook({"Indicateurs": days("03/03/2026")})).acts
    assert {act.object_id for act in rows} == {metric(f"posts/{s}") for s in ("organic", "total")} | {
        metric("clicks/organic"),
        metric("engagement_rate/total"),
    }


def test_columns_are_known_in_each_language_of_the_list():
    english, french, portuguese = (
        columns_in(heads)[0]
        for heads in (
            ["Date", "Impressions (organic)", "Clicks (sponsored)"],
            ["Date", "Impressions (organiques)", "Clics (sponsorisés)"],
            ["Data", "Impressões (orgânicas)", "Cliques (patrocinados)"],
        )
    )
    assert english == french == portuguese
    assert None not in english


def test_cells_that_are_dates_need_no_reading(workbook, read_with):
    rows = [["x"], METRICS[:2], [datetime.datetime(2026, 3, 1), 7], [datetime.date(2026, 3, 2), 8]]  # noqa: DTZ001
    found = read_with(READER, workbook({"Metrics": rows}))
    assert sorted(act.happened_at or 0 for act in found.acts) == [FIRST, FIRST + DAY]


def test_bad_rows_are_rejects_with_their_place_and_the_others_are_read(workbook, read_with):
    rows = [
        ["x"],
        ["Date", "Clicks (total)", "Nouveauté"],
        ["13/13/2026", 1, "?"],
        ["03/01/2026", -4, "?"],
        ["03/02/2026", "≤ 10", "?"],
        ["03/03/2026", 7, "?"],
        ["03/03/2026", 8, "?"],
        ["", "", ""],
    ]
    found = read_with(READER, workbook({"Metrics": rows, "Notes": [["à lire", "svp"]]}))
    assert [(act.happened_at, act.count) for act in found.acts] == [(FIRST + 2 * DAY, 7)]
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [
        ("Metrics!3", NOT_A_DAY),
        ("Metrics!4", NEGATIVE),
        ("Metrics!5", NOT_A_COUNT),
        ("Metrics!7", SECOND_TIME),
        ("Notes", UNKNOWN_SHEET),
    ]
    assert found.notes == [UNKNOWN_COLUMNS]
    assert found.coverage[0].rows_in == 6


@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_a_workbook_from_another_program_is_refused_by_what_is_in_it(workbook, suffix, who_knows):
    path = workbook({"Budget 2026": [["Poste", "Montant"], ["Loyer", 900]], "Notes": [["à voir"]]}, f"budget.{suffix}")
    assert who_knows(path) == []
    with pytest.raises(UnknownFormat, match=r"Budget 2026: Poste, Montant; Notes: à voir"):
        list(READER.read(Export.at(path), ReadOptions()))


def test_a_workbook_is_one_member_under_any_name_and_inside_a_zip(tmp_path, workbook, read_with):
    book = workbook(CONTENT)
    renamed = shutil.copy(book, tmp_path / "statistiques.zip")
    assert [member.name for member in Export.at(Path(renamed)).members] == ["statistiques.zip"]
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(book, "2026/page.xlsx")
    assert len(read_with(READER, outer).acts) == len(read_with(READER, Path(renamed)).acts) > 0


def test_a_damaged_or_locked_workbook_is_said_in_words(tmp_path, workbook, who_knows):
    whole = workbook(CONTENT).read_bytes()
    path = tmp_path / "page.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    assert who_knows(path) == []
    with pytest.raises(BrokenFile):
        list(READER.read(Export.at(path), ReadOptions()))
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(ProtectedFile):
        list(READER.read(Export.at(locked), ReadOptions()))


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        with archive.open("xl/sheet.xml", "w", force_zip64=True) as part:
            for _ in range(160):
                part.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    assert READER.recognises(Export.at(path), ReadOptions()) is False
    with pytest.raises(UnknownFormat):
        list(READER.read(Export.at(path), ReadOptions()))


def test_an_empty_table_is_an_empty_file(workbook, read_with):
    found = read_with(READER, workbook({"Metrics": [["x"], METRICS]}))
    assert (found.acts, found.coverage[0].status) == ([], "empty")


@given(st.lists(st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)), min_size=1, max_size=40))
def test_days_are_read_right_or_refused_in_any_order_of_their_numbers(days):
    for pattern in ("%d/%m/%Y", "%m/%d/%Y"):
        written = [day.strftime(pattern) for day in days]
        read = Days(written, "detect")
        is_decided = any(day.day > 12 for day in days)
        for day, cell in zip(days, written, strict=True):
            expected = int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp()) * 1_000_000
            if is_decided:
                assert read.micros(cell) == expected


CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.sampled_from(["Date", "Post link", "Impressions (total)", "03/01/2026", "< 1%", "-1", TOP[0]]),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([CONTENT, FOLLOWERS, COMPETITORS, CREATOR]), st.data())
def test_no_cell_stops_the_reading(tmp_path, sheets, data):
    changed = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    for _ in range(data.draw(st.integers(1, 4))):
        rows = changed[data.draw(st.sampled_from(sorted(changed)))]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        if row:
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    path = write(tmp_path / "page.xlsx", changed)
    try:
        items = list(READER.read(Export.at(path), ReadOptions()))
    except UnknownFormat:
        return
    assert isinstance(items[-1], Coverage)
    acts = [item for item in items if isinstance(item, Activity)]
    assert len({act.activity_id for act in acts}) == len(acts)
    assert all(act.count >= 0 for act in acts)
    assert all(isinstance(item, Activity | Coverage | Reject) or item.account_id for item in items)


@cache
def metrics_book():
    """The same bytes for all examples: a workbook tells when it was made."""
    book = openpyxl.Workbook()
    for row in CONTENT["Metrics"]:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_byte_of_a_workbook_stops_more_than_its_own_file(tmp_path, data):
    raw = bytearray(metrics_book())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "page.xlsx"
    path.write_bytes(bytes(raw))
    try:
        export = Export.at(path)
        READER.recognises(export, ReadOptions())
        list(READER.read(export, ReadOptions()))
    except (BrokenFile, UnknownFormat, UnknownPacking, ProtectedFile):
        pass


def test_how_many_posts_and_what_these_posts_got_are_two_facts(tmp_path):
    """A competitor's row may hold both: the number of its posts, and the impressions of them."""
    rows = [list(row) for row in COMPETITORS["COMPETITORS"]]
    rows[1][1] = "Impressions (total)"
    items = list(READER.read(Export.at(write(tmp_path / "page.xlsx", {"COMPETITORS": rows})), ReadOptions()))
    acts = [item for item in items if isinstance(item, Activity)]
    assert len({act.activity_id for act in acts}) == len(acts) == 7
    by_item = {(act.object_author_id, act.object_id): act for act in acts}
    theirs = "linkedin:name:cycles dumont"
    assert by_item[theirs, "linkedin:metric/posts/window"].metrics.views == 15200
    assert by_item[theirs, "linkedin:metric/posts_written/window"].count == 12
