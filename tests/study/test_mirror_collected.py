"""Own archives beside collected posts: what moved their owner without a link; of archives alone, what there was."""

import pytest

from ascendant.demo.options import WorldOptions
from ascendant.patterns.mirror.beside import OWN_KIND, UNLINKED, WORKED_FOR
from ascendant.patterns.mirror.tables import SCHEMAS
from ascendant.report.language import Language
from ascendant.report.mirror import mirror_json
from ascendant.study import Study, rooms
from ascendant.study import mirror as mirrors
from owner_worlds import owner_world

EN = Language("en")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    options = WorldOptions(accounts=150, acts=6000, seed=121, platforms="x")
    return owner_world(tmp_path_factory.mktemp("world"), options)


@pytest.fixture(scope="module")
def study(world, tmp_path_factory):
    made = Study.make(tmp_path_factory.mktemp("studies") / "study", is_own=True)
    made.read([world.posts])
    made.read([world.archive])
    return made


@pytest.fixture(scope="module")
def found(study):
    return mirrors.find(study)


def results(study):
    return {path.stem for path in (study.folder / "results").glob("mirror_*.parquet")}


def test_acts_without_a_link_are_counted_as_the_world_knows_them(world, found):
    [row] = found.unlinked["unlinked"].to_pylist()
    mine = [
        act
        for act in world.truth.to_pylist()
        if act["account_id"] == world.owner and act["is_act"] and not act["named"] and act["is_in_window"]
    ]
    assert row["n_acts"] == sum(row["since"] <= act["happened_at"] <= row["until"] for act in mine)
    assert 0 <= row["low"] <= row["n_moved"] <= row["high"] <= row["n_acts"]


def test_examples_are_acts_and_posts_of_the_world_with_their_times(world, found):
    truth = {act["act_id"]: act for act in world.truth.to_pylist()}
    for row in found.unlinked["unlinked_examples"].to_pylist():
        mine, theirs = truth[row["act_id"]], truth[row["source_act_id"]]
        assert (mine["account_id"], theirs["account_id"]) == (world.owner, row["source"])
        whole = mine["happened_at"].replace(microsecond=0) - theirs["happened_at"].replace(microsecond=0)
        assert row["delay_seconds"] == pytest.approx(whole.total_seconds(), abs=1)


def test_the_mirror_says_what_the_study_says(study, world, found):
    influence = study.find().tables["influence"].to_pylist()
    [mine] = [row for row in influence if row["account_id"] == world.owner]
    [row] = found.unlinked["unlinked"].to_pylist()
    assert row["n_moved"] == pytest.approx(mine["n_inferred"])
    assert (row["n_acts"], row["n_outside"]) == (mine["n_silent_since"], 0)


def test_reposts_of_an_archive_have_the_delays_that_collected_posts_give(world, found):
    truth = {act["act_id"]: act for act in world.truth.to_pylist()}
    known = [row for row in found["passed_on"].to_pylist() if row["delay_seconds"] is not None]
    assert len(known) >= 5
    assert any(truth[row["act_id"]]["verb"] == "repost" for row in known)
    items = {act["happened_at"].replace(microsecond=0): act for act in truth.values()}
    for row in known:
        act, item = truth[row["act_id"]], items[row["object_at"].replace(microsecond=0)]
        assert item["account_id"] == row["source"] == act["named_author_id"]
        assert row["delay_seconds"] == pytest.approx((act["happened_at"] - item["happened_at"]).total_seconds(), abs=1)


def test_what_was_found_is_taken_again_for_another_page(study, found, monkeypatch):
    monkeypatch.setattr(rooms, "answer", None)
    again = mirrors.find(study)
    for name in UNLINKED:
        assert again.unlinked[name].equals(found.unlinked[name])


def test_archives_alone_have_the_tables_that_they_had_and_infer_nothing(world, tmp_path, monkeypatch):
    monkeypatch.setattr(Study, "find", None)
    made = Study.make(tmp_path / "study", is_own=True)
    made.read([world.archive])
    found = mirrors.find(made)
    assert found.unlinked is None
    assert results(made) == {f"mirror_{name}" for name in SCHEMAS}
    assert "unlinked" not in mirror_json(mirrors.inputs(made, found, EN), EN)


def test_the_order_of_reading_and_one_command_for_all_give_the_same(world, tmp_path, found, study, monkeypatch):
    findings = study.find()  # of the same rows
    monkeypatch.setattr(Study, "find", lambda *_, **__: findings)
    assert results(study) == {f"mirror_{name}" for name in (*SCHEMAS, *UNLINKED, *WORKED_FOR, *OWN_KIND)}
    page = mirrors.mirror([world.archive, world.posts], tmp_path / "study", lang="en")
    assert 'id="unlinked"' in page.read_text(encoding="utf-8")
    together = mirrors.find(Study.open(tmp_path / "study"))
    for name in UNLINKED:
        assert together.unlinked[name].equals(found.unlinked[name]), name
