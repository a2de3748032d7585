"""Studies whose times tell little or lie: each gets an answer with its limits, in bounded time and never a NaN."""

import json
import math
import time

import numpy as np
import pyarrow as pa
import pytest

from ascendant.cli.app import main
from ascendant.read.options import ReadOptions
from ascendant.study import Study

START = 1_600_000_000
OPTIONS = ReadOptions(
    columns=("actor=who", "object_author=whom", "verb=what", "happened_at=when"),
    values=("RT=repost", "PO=post"),
)


def acts(n=400, n_accounts=8, days=20, seed=1):
    """Lines of (who, whom, when): everybody posts, and passes on the next one within the hour."""
    rng = np.random.default_rng(seed)
    lines = []
    for who, at in zip(rng.integers(0, n_accounts, n), rng.uniform(0, days * 86_400, n), strict=True):
        lines.append([f"a{who}", "", START + int(at)])
        if rng.random() < 0.4:
            whom = "" if rng.random() < 0.5 else f"a{who}"
            lines.append([f"a{(who + 1) % n_accounts}", whom, START + int(at + rng.exponential(1800))])
    return lines


def without_repeats(lines):
    return [[f"once{place}", "", when] for place, (_, _, when) in enumerate(lines)]


def jumping(lines):
    """The clock of one account: some of its acts stand in 1970, some in the future."""
    odd = {0: 0, 1: 4_000_000_000}
    return [[who, whom, odd.get(place % 3, when) if who == "a1" else when] for place, (who, whom, when) in
            enumerate(lines)]  # fmt: skip


ODD = {
    "no act names anybody": lambda lines: [[who, "", when] for who, _, when in lines],
    "nobody acts twice": without_repeats,
    "one account": lambda lines: [["a0", "", when] for _, _, when in lines],
    "all at once": lambda lines: [[who, whom, START] for who, whom, _ in lines],
    "times to the minute": lambda lines: [[who, whom, when // 60 * 60] for who, whom, when in lines],
    "no times": lambda lines: [[who, whom, ""] for who, whom, _ in lines],
    "a clock that jumps": jumping,
    "forty acts": lambda lines: lines[:40],
    "days only": lambda lines: [
        [who, whom, str(np.datetime64(when, "s").astype("datetime64[D]"))] for who, whom, when in lines
    ],
}
TELLS_NOTHING = {
    "no act names anybody", "nobody acts twice", "one account", "all at once", "no times", "forty acts", "days only"
}  # fmt: skip


@pytest.fixture(scope="module", params=ODD)
def odd(request, tmp_path_factory):
    """What is odd, the study, and what it answers."""
    folder = tmp_path_factory.mktemp("odd")
    lines = ODD[request.param](acts())
    written = [f"{who},{whom},{'RT' if whom else 'PO'},{when}" for who, whom, when in lines]
    (folder / "acts.csv").write_text("\n".join(["who,whom,what,when", *written]) + "\n")
    made = Study.make(folder / "study")
    made.read([folder / "acts.csv"], OPTIONS)
    started = time.process_time()
    findings = made.find()
    return request.param, made, findings, time.process_time() - started


def numbers(table):
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_floating(column.type):
            yield name, column.drop_null().to_numpy()


def test_no_table_holds_a_nan_and_no_interval_stands_on_its_head(odd):
    _, _, findings, _ = odd
    for name, table in findings.tables.items():
        for column, values in numbers(table):
            assert np.all(np.isfinite(values)), (name, column)
    for table, low, middle, high in (
        ("standing", "share_low", "influenced_share", "share_high"),
        ("standing", "rate_low", "influence_rate", "rate_high"),
        ("influence", "inferred_low", "n_inferred", "inferred_high"),
        ("influence", "moved_share_low", "moved_share", "moved_share_high"),
        ("influence", "moves_low", "n_moves", "moves_high"),
        ("influence", "transitive_low", "n_transitive", "transitive_high"),
    ):
        rows = findings.tables[table].select([low, middle, high]).drop_null()
        first, between, last = (column.to_numpy() for column in rows.columns)
        assert np.all((first <= between) & (between <= last)), (table, middle)
        assert table != "standing" or np.all(first < last), "no certainty out of few acts"
    standing = findings.standing
    inferred = standing["n_inferred"].fill_null(0).to_numpy()
    assert np.all(inferred + standing["n_moved"].to_numpy() <= standing["n_acts"].to_numpy() + 1e-9)


def test_where_time_tells_nothing_there_is_no_number_and_the_reason_is_given(odd):
    what, _, findings, _ = odd
    figures = {figure.name: figure for figure in findings.figures}
    inferred = figures["inferred_share"]
    for figure in findings.figures:
        for value in (figure.estimate, figure.low, figure.high):
            assert value is None or math.isfinite(value), figure.name
    if what in TELLS_NOTHING:
        assert inferred.estimate is None
        assert inferred.caveats
        assert set(map(str, inferred.caveats)) <= set(map(str, findings.caveats))
        assert findings.tables["moved_acts"].num_rows == 0
        assert findings.standing["n_inferred"].null_count == findings.standing.num_rows, "unknown is not zero"
    else:
        assert any("lower bound" in str(caveat) for caveat in findings.caveats) or inferred.estimate is None
        assert inferred.estimate is None or inferred.low < inferred.high


def test_who_and_why_answer_in_words_and_in_json(odd, capsys):
    what, made, findings, _ = odd
    ties = findings.tables["ties"].to_pylist()
    account = findings.standing["account_id"][0].as_py()
    asked = [("who", account), *(("why", tie["source_id"], tie["target_id"]) for tie in ties[:1])]
    for words in asked:
        for extra in ([], ["--json"]):
            with pytest.raises(SystemExit) as left:
                main([*words, *extra, "--study", str(made.folder)])
            shown = capsys.readouterr()
            assert left.value.code == 0, shown.err
            assert "nan" not in shown.out.lower().split()
            if extra:
                json.loads(shown.out, parse_constant=lambda word: pytest.fail(f"{word} in JSON"))
            else:
                assert max(map(len, shown.out.splitlines())) <= 80
            if words[0] == "who" and not extra and what in TELLS_NOTHING:
                assert "Not known: " in shown.out


def test_an_odd_study_costs_no_more_than_a_usual_one(odd):
    assert odd[3] < 60  # CPU-seconds for some hundreds of acts, kernels compiled on the way
