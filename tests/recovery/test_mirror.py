"""An invented person's archives through the main path: is every figure of the mirror what is true of the person?

Development seeds 1 to 5, both languages. What is compared, and what an archive leaves open, is told where it is done:
`demo/archives/recovery.py`.
"""

import json
from collections import Counter

import pyarrow as pa
import pytest

from ascendant.demo.archives.make import write_archives
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.recovery import TOLERANCE_SECONDS, Difference, differences
from ascendant.study import Study
from ascendant.study.mirror import find

PEOPLE = (
    ArchiveOptions(seed=1, lang="en", scale=0.4),
    ArchiveOptions(seed=2, lang="fr", scale=0.4),
    ArchiveOptions(seed=3, lang="en", scale=0.1, n_days=200),
    ArchiveOptions(seed=4, lang="fr", scale=0.2),
    ArchiveOptions(seed=5, lang="en", scale=0.05, n_days=150),
    ArchiveOptions(seed=5, lang="fr", scale=0.2),
)
FIGURES = (
    ("me", "n_acts"),
    ("me", "handle"),
    ("balance", "n"),
    ("balance", "n_timed"),
    ("reaction", "n_reaction"),
    ("reaction", "n_conversation"),
    ("sources", "n"),
    ("sources", "n_reposts"),
    ("sources", "n_quotes"),
    ("sources", "n_replies"),
    ("sources", "n_conversation"),
    ("sources", "n_likes"),
    ("sources", "n_delays"),
    ("sources", "median_delay_seconds"),
    ("sources", "is_followed"),
    ("concentration", "n_attributed"),
    ("concentration", "n_unattributed"),
    ("concentration", "n_half"),
    ("passing", "n_without_words"),
    ("passing", "n_hour"),
    ("passed_on", "delay_seconds"),
    ("advertisers", "n_shown"),
    ("advertisers", "n_opened"),
    ("advertisers", "by_list"),
    ("advertisers", "by_lookalike"),
    ("advertisers", "by_visit"),
    ("advertisers", "by_criteria"),
    ("criteria", "n_shown"),
    ("criteria", "n_advertisers"),
    ("inferred", "is_declared"),
    ("trackers", "n_events"),
    ("audience", "likes"),
    ("moved", "n"),
    ("week", "n"),
)


def lived(folder, options, zone=None):
    """The mirror's tables as the main path finds them, and the truth."""
    written = write_archives(folder / "archives", options)
    truth = json.loads(written.truth.read_text(encoding="utf-8"))
    study = Study.make(folder / "study", time_zone=zone or truth["zone"], is_own=True)
    assert not study.read(list(written.files)).problems
    return find(study).tables, truth


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    return lived(tmp_path_factory.mktemp("one"), PEOPLE[0])


def with_value(tables, table, column, change):
    """The same tables, but for one value: the last that there is, of X where X has rows of its own. A source that X
    names by a handle is passed by."""
    rows = tables[table].to_pylist()
    known = [row for row in rows if row[column] is not None and not str(row.get("account_id")).startswith("x:@")]
    row = next((row for row in reversed(known) if row.get("platform") == "x"), known[-1])
    row[column] = change(row[column])
    return {**tables, table: pa.Table.from_pylist(rows, schema=tables[table].schema)}


def other(value):
    """Another value of the same type; a delay by more than the tolerance."""
    if isinstance(value, bool):
        return not value
    return f"{value}_" if isinstance(value, str) else value + TOLERANCE_SECONDS + 1


@pytest.mark.parametrize("options", PEOPLE, ids=lambda options: f"{options.lang}{options.seed}")
def test_every_figure_of_the_mirror_is_the_true_one(options, tmp_path):
    tables, truth = lived(tmp_path, options)
    found = differences(tables, truth)
    assert found.differences == ()
    assert found.n_compared > 800
    for row in tables["reaction"].to_pylist():  # at least is at least: conversation that no archive shows is not in it
        if row["platform"] is not None:
            really = truth["platforms"][row["platform"]]["reaction"]["true"]
            assert row["share"] <= really["n_reaction"] / really["n_acts"]


def test_hours_of_another_zone_change_no_figure(tmp_path):
    assert differences(*lived(tmp_path, PEOPLE[4], "Pacific/Auckland")).differences == ()


@pytest.mark.parametrize(("table", "column"), FIGURES)
def test_a_figure_that_is_wrong_is_found(one, table, column):
    tables, truth = one
    found = differences(with_value(tables, table, column, other), truth)
    assert [(wrong.table, wrong.column) for wrong in found.differences] == [(table, column)]
    assert found.n_compared == differences(tables, truth).n_compared


@pytest.mark.parametrize("table", sorted({table for table, _ in FIGURES}))
def test_a_row_that_is_missing_or_doubled_is_found(one, table):
    tables, truth = one
    rows = tables[table].to_pylist()
    if table == "passed_on":
        rows = [row for row in rows if row["delay_seconds"] is not None]
    elif table == "audience":  # of the others nothing is told, and nothing compared
        rows = [row for row in rows if row["platform"] == "x"]
    for changed in (rows[1:], [*rows, rows[0]]):
        made = pa.Table.from_pylist(changed, schema=tables[table].schema)
        wrong = differences({**tables, table: made}, truth).differences
        assert {one.table for one in wrong} == {table}


def test_a_delay_may_be_a_second_off_and_a_source_go_by_its_handle(one):
    tables, truth = one
    late = with_value(tables, "sources", "median_delay_seconds", lambda seconds: seconds + TOLERANCE_SECONDS)
    late = with_value(late, "passed_on", "delay_seconds", lambda seconds: seconds - TOLERANCE_SECONDS)
    assert differences(late, truth).differences == ()
    handles = {row["account_id"]: f"x:@{row['handle'].lower()}" for row in truth["platforms"]["x"]["sources"]}
    renamed = with_value(tables, "sources", "account_id", lambda number: handles[number])
    assert differences(renamed, truth).differences == ()
    strange = with_value(tables, "sources", "account_id", lambda number: "x:@nobody")
    assert Counter(wrong.found is None for wrong in differences(strange, truth).differences) == {True: 9, False: 9}


def test_whom_somebody_follows_is_left_open_for_handles_alone(one):
    tables, truth = one
    rows = [row for row in tables["sources"].to_pylist() if row["platform"] == "x"]
    is_open = Counter(row["account_id"].startswith("x:@") for row in rows if row["is_followed"] is None)
    assert is_open.keys() <= {True}
    assert sum(is_open.values()) < 0.2 * len(rows)
    unsure = with_value(tables, "sources", "is_followed", lambda _: None)
    [wrong] = differences(unsure, truth).differences
    assert (wrong.column, wrong.found) == ("is_followed", None)


def test_a_difference_says_where_it_is(one):
    tables, truth = one
    [wrong] = differences(with_value(tables, "reaction", "n_links", lambda n: n + 5), truth).differences
    true = truth["platforms"]["x"]["reaction"]["n_links"]
    assert wrong == Difference("x", "reaction", "", "n_links", true + 5, true)
