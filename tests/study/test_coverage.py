"""Coverage tells of each file what became of its rows, those that another file replaced among them."""

import json
from contextlib import ExitStack

import pyarrow.parquet as pq
import pytest

import ascendant.study
from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_world
from ascendant.errors import NothingToStudy
from ascendant.report.language import Language
from ascendant.store.lock import writing_alone
from ascendant.store.options import Question
from ascendant.study import Study

EN = Language("en")


@pytest.fixture
def files(tmp_path):
    """A world, and the same again with one post more."""
    first = write_world(tmp_path, WorldOptions(accounts=40, acts=160, seed=5, platforms="x")).posts[0]
    lines = first.read_text().splitlines()
    tweet = json.loads(lines[0])["data"][0]
    more = json.dumps({"data": [{**tweet, "id": "1999999999999999999", "referenced_tweets": []}]})
    again = tmp_path / "again.jsonl"
    again.write_text("\n".join([*lines, more]) + "\n")
    return first, again


@pytest.fixture
def study(tmp_path):
    return Study.make(tmp_path / "study")


def counted(rows):
    return {row["file"]: (row["rows_out"], row["superseded"]) for row in rows}


def test_rows_that_a_second_file_replaces_are_counted_in_the_first_one(study, files):
    first, again = files
    study.read([first])
    n_rows = study.find().n_rows
    study.read([again])
    wanted = {first.name: (0, n_rows), again.name: (n_rows + 1, 0)}
    found = study.find()
    assert found.n_rows == n_rows + 1
    assert counted(study.coverage().to_pylist()) == wanted
    assert counted(pq.read_table(study.folder / "coverage.parquet").to_pylist()) == wanted
    told = study.summary(found, study.names(found, EN), EN)["briefing"]["coverage"]
    assert counted(told["rows"]) == wanted


def test_while_another_program_writes_it_is_the_other_that_tells_coverage(study, files, monkeypatch):
    first, again = files
    study.read([first])
    at_rest = study.folder / "coverage.parquet"
    with ExitStack() as stack:
        real = ascendant.study.import_files

        def then_another_writes(*arguments, **options):
            done = real(*arguments, **options)
            stack.enter_context(writing_alone(study.folder))
            at_rest.write_bytes(b"of the other")
            return done

        monkeypatch.setattr(ascendant.study, "import_files", then_another_writes)
        study.read([again])
    assert at_rest.read_bytes() == b"of the other"
    assert counted(study.coverage().to_pylist())[again.name][1] == 0


@pytest.mark.parametrize("question", [Question(since="2026-03-02"), Question(about="the")])
def test_a_narrowed_page_tells_the_coverage_of_the_whole_study(study, files, question):
    study.read([files[0]])
    whole, part = study.find(), study.find(question)
    pages = [study.summary(one, study.names(one, EN), EN)["briefing"] for one in (whole, part)]
    assert pages[1]["activity"] < pages[0]["activity"]
    assert pages[1]["coverage"]["rows"] == pages[0]["coverage"]["rows"]
    assert [page["coverage"]["of_whole_study"] is not None for page in pages] == [False, True]


@pytest.mark.parametrize(
    ("question", "said"),
    [(Question(since="2099-01-01"), "no row fits"), (Question(about="#nowhere"), "no row fits")],
)
def test_a_question_that_nothing_fits_is_told(study, files, question, said):
    study.read([files[0]])
    with pytest.raises(NothingToStudy, match=said):
        study.find(question)


def test_a_study_without_rows_says_so(study):
    with pytest.raises(NothingToStudy, match="holds no row"):
        study.find()
