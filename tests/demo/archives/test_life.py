"""What is invented is a person: a few move most, what is passed on is passed on fast and late, and nothing is in the
future. The same seed writes the same bytes."""

import zipfile
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from ascendant.demo.archives.life import make_life
from ascendant.demo.archives.make import write_archives
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.person import N_MAIN
from ascendant.errors import BadSetting

SMALL = ArchiveOptions(seed=5, scale=0.05, n_days=150)


@pytest.fixture(scope="module", params=[7, 8, 9])
def life(request):
    return make_life(ArchiveOptions(seed=request.param, lang="fr" if request.param % 2 else "en"))


def contents(options, folder):
    written = write_archives(folder, options)
    return [path.read_bytes() for path in (*written.files, written.truth)], [path.name for path in written.files]


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path):
    first, again = contents(SMALL, tmp_path / "a"), contents(SMALL, tmp_path / "b")
    assert first == again
    others = contents(ArchiveOptions(seed=6, scale=0.05, n_days=150), tmp_path / "c")
    assert all(one != other for one, other in zip(first[0], others[0], strict=True))


def test_archives_are_written_over_what_stood_there(tmp_path):
    contents(ArchiveOptions(seed=5, scale=0.2, n_days=150), tmp_path)
    assert contents(SMALL, tmp_path) == contents(SMALL, tmp_path / "b")


def test_zips_hold_their_files_in_order_at_one_time(tmp_path):
    for path in write_archives(tmp_path, SMALL).files:
        with zipfile.ZipFile(path) as archive:
            assert archive.namelist() == sorted(archive.namelist())
            assert {info.date_time for info in archive.infolist()} == {(2026, 8, 31, 5, 40, 0)}
            assert archive.testzip() is None


def test_a_few_sources_make_half(life):
    person, facts = life
    for platform in ("x", "linkedin"):
        moved = [act.source for act in facts.acts if act.platform == platform and act.kind in ("repost", "quote")]
        n = Counter(one.account_id for one in moved)
        main = sum(n[one.account_id] for one in person.accounts[platform][:N_MAIN])
        error = (0.25 / len(moved)) ** 0.5
        assert abs(main / len(moved) - 0.5) < 4 * error


def test_main_sources_are_passed_on_within_minutes_and_by_night(life):
    person, facts = life
    main = {one.account_id for one in person.accounts["x"][:N_MAIN]}
    passed = [act for act in facts.acts if act.platform == "x" and act.kind == "repost"]
    delays = [act.at - act.item_at for act in passed if act.source.account_id in main]
    assert 60 < np.median(delays) < 900
    assert max(delays) > 3600
    zone = ZoneInfo(person.zone)
    hours = Counter(datetime.fromtimestamp(act.at, UTC).astimezone(zone).hour for act in passed)
    assert sum(hours[hour] for hour in (22, 23, 0, 1)) > len(passed) / 3
    assert hours[3] + hours[4] + hours[5] < len(passed) / 20


def test_one_stretch_of_days_has_several_times_the_usual(life):
    _, facts = life
    days = Counter(act.at // 86_400 for act in facts.acts)
    counts = np.array([days[day] for day in range(min(days), max(days) + 1)])
    weeks = np.convolve(counts, np.ones(10), "valid")
    assert weeks.max() > 3 * np.median(weeks)


def test_some_answers_go_on_and_nothing_is_older_than_what_it_answers(life):
    _, facts = life
    turns = Counter(act.thread for act in facts.acts if act.kind == "reply" and act.platform == "x")
    assert max(turns.values()) >= 4
    for act in facts.acts:
        assert facts.first_at - 86_400 <= act.at < facts.last_at
        assert act.item_at is None or act.item_at < act.at


def test_numbers_names_and_times_are_of_one_thing_each(life):
    person, facts = life
    for accounts in person.accounts.values():
        for names in ([one.name for one in accounts], [one.handle.lower() for one in accounts]):
            assert len(set(names)) == len(accounts)
        assert abs(sum(one.weight for one in accounts) - 1) < 1e-9
    acts = [act for act in facts.acts if act.kind not in ("react", "vote")]
    assert len({(act.platform, act.at) for act in acts}) == len(acts)
    assert len({(act.platform, act.at, act.key) for act in facts.acts}) == len(facts.acts)
    domains = [act.link.split("/")[2] for act in facts.acts if act.link]
    assert all(domain.endswith(".example") for domain in domains)


def test_others_pass_on_what_the_person_starts(life):
    _, facts = life
    passed = [act.reposts for act in facts.acts if act.platform == "x" and act.kind == "post"]
    assert sum(passed) > 100
    assert max(passed) > 10 * np.median(passed)


def test_twice_the_scale_is_twice_the_acts():
    n = {}
    for scale in (0.5, 1.0):
        _, facts = make_life(ArchiveOptions(seed=11, scale=scale))
        n[scale] = Counter((act.platform, act.kind) for act in facts.acts)
    assert set(n[0.5]) == set(n[1.0])
    assert all(abs(n[1.0][key] - 2 * n[0.5][key]) <= 1 for key in n[1.0])


@pytest.mark.parametrize("wrong", [{"lang": "de"}, {"seed": -1}, {"n_days": 30}, {"scale": 0.0}])
def test_a_person_that_cannot_be_is_refused(wrong):
    with pytest.raises(BadSetting):
        ArchiveOptions(**wrong)
