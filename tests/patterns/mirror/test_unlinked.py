"""What moved the owner without a link: counted in the days of the collected posts, and no number where none holds."""

from dataclasses import dataclass

import pyarrow as pa
import pytest

from ascendant.activity import Account
from ascendant.errors import Caveat
from ascendant.patterns.mirror import unlinked as rules
from ascendant.patterns.mirror.beside import UNLINKED
from ascendant.patterns.mirror.unlinked import has_times, unlinked
from mirrors import HOUR, ME, OWNER, START, act
from strategies import study_of

ANN = Account(account_id="x:7", platform="x", handle="ann", followers=9)
OWNERS = pa.table({"account_id": [ME], "main_id": [ME]})
MOVED = pa.schema(
    [
        ("act_id", pa.string()),
        ("actor_id", pa.string()),
        ("is_named", pa.bool_()),
        ("p_moved", pa.float32()),
        ("likeliest_source_id", pa.string()),
        ("p_likeliest", pa.float32()),
    ]
)


@dataclass
class Figure:
    name: str
    estimate: float | None
    n: int
    caveats: tuple = ()


FIGURES = (
    Figure("influenced_share", 0.4, 200),
    Figure("inferred_share", 0.05, 200),
    Figure("raw_share", 0.1, 100),
    Figure("null_share", 0.02, 100),
)


def theirs(number, hour, **columns):
    return act(1000 + number, "post", actor_id="x:7", direction="third", happened_at=START + hour * HOUR, **columns)


def rows(n=12, more=()):
    """`n` acts of the owner, one each hour from hour 1; Ann posts half an hour before each, and once after the last."""
    mine = [act(number, "post", happened_at=START + number * HOUR) for number in range(1, n + 1)]
    return [*mine, *(theirs(number, number - 0.5) for number in range(1, n + 2)), *more]


def moved(table, p=0.4, likeliest=0.8):
    """Every act that names nobody: the owner's moved by Ann with these chances."""
    found = []
    for row in table:
        is_mine = row.actor_id == ME
        found.append((row.activity_id, row.actor_id, False, p if is_mine else 0.0, "x:7", likeliest if is_mine else 0))
    return pa.Table.from_pylist([dict(zip(MOVED.names, one, strict=True)) for one in found], schema=MOVED)


def found(
    table, *, influence=(5.0, 2.0, 9.0), ties=(("x:7", ME, 5.0),), figures=FIGURES, limits=(), n_sources=1, **chances
):
    owner = {"account_id": ME, "n_sources": n_sources}
    owner |= dict(zip(("n_inferred", "inferred_low", "inferred_high"), influence, strict=True))
    pairs = [{"source_id": a, "target_id": b, "n_inferred": n} for a, b, n in ties]
    floats = pa.schema([(name, pa.float64()) for name in ("n_inferred", "inferred_low", "inferred_high")])
    tables = {
        "influence": pa.Table.from_pylist(
            [owner], schema=pa.schema([("account_id", pa.string()), ("n_sources", pa.int64()), *floats])
        ),
        "moved_acts": moved(table, **chances),
        "ties": pa.Table.from_pylist(
            pairs, schema=pa.schema([("source_id", pa.string()), ("target_id", pa.string()), floats.field(0)])
        ),
    }
    with study_of(table, (OWNER, ANN)) as questions:
        return unlinked(questions, OWNERS, tables, figures, limits)


def test_the_number_is_that_of_the_study_beside_what_strangers_are_given():
    held = found(rows())
    for name, schema in UNLINKED.items():
        assert held[name].schema == schema
    [row] = held["unlinked"].to_pylist()
    assert (row["n_acts"], row["n_outside"], row["n_sources"]) == (12, 0, 1)
    assert (row["low"], row["n_moved"], row["high"]) == pytest.approx((2.0, 5.0, 9.0))
    assert (row["study_share"], row["strangers_share"], row["is_doubted"]) == (0.1, 0.02, False)
    assert held["unlinked_sources"].to_pylist() == [{"account_id": "x:7", "n": 5.0}]
    assert held.reason is None


def test_acts_beside_the_days_of_the_collected_posts_do_not_count_and_take_their_part_with_them():
    """Before, after, on a platform of which nothing was collected, and on a clock of an unknown zone."""
    beside = [
        act(100, "post", happened_at=START - 50 * HOUR),
        act(101, "post", happened_at=START + 500 * HOUR),
        act(102, "post", happened_at=START + 5 * HOUR, time_basis="local_unknown"),
        act(103, "post", happened_at=START + 5 * HOUR, time_precision="min"),
    ]
    [row] = found(rows(more=beside))["unlinked"].to_pylist()
    assert (row["n_acts"], row["n_outside"]) == (12, 4)
    assert (row["low"], row["n_moved"], row["high"]) == pytest.approx((2 * 12 / 16, 5 * 12 / 16, 9 * 12 / 16))


def test_no_more_acts_are_moved_than_there_are():
    [row] = found(rows(), influence=(30.0, 11.0, 90.0))["unlinked"].to_pylist()
    assert (row["low"], row["n_moved"], row["high"]) == (11.0, 12.0, 12.0)


def test_an_example_is_the_last_thing_that_the_account_had_posted_before():
    answer = theirs(50, 0.9)  # nobody sees an answer who does not look for it
    table = rows(more=[act(1050, "reply", actor_id="x:7", direction="third", happened_at=answer.happened_at)])
    examples = found(table, likeliest=1.0)["unlinked_examples"].to_pylist()
    assert len(examples) == rules.MOST_EXAMPLES
    for row in examples:
        assert row["source"] == "x:7"
        assert row["source_act_id"] == f"x:{1000 + int(row['act_id'][2:])}"
        assert row["delay_seconds"] == 1800 == (row["happened_at"] - row["source_at"]).total_seconds()


@pytest.mark.parametrize("likeliest", [0.0, 0.45, 0.9])
def test_what_strangers_are_given_lowers_the_chance_of_an_example(likeliest):
    """One act in ten is put down to sources, and one in twelve stands for it: .9 is .9 times what is left."""
    scale = FIGURES[1].estimate * FIGURES[1].n / FIGURES[2].n / FIGURES[2].estimate
    examples = found(rows(), likeliest=likeliest)["unlinked_examples"]
    assert bool(examples.num_rows) == (likeliest * scale >= rules.LEAST_CHANCE)
    less = (*FIGURES[:1], Figure("inferred_share", 0.01, 200), *FIGURES[2:])
    assert not found(rows(), likeliest=likeliest, figures=less)["unlinked_examples"].num_rows


def test_where_a_check_speaks_against_the_estimate_it_is_said_and_no_example_is_given():
    limit = Caveat("{after} {before} {strangers}", {"after": 2.5, "before": 5.0, "strangers": 1.6})
    held = found(rows(), likeliest=1.0, limits=(Caveat("another"), limit))
    assert held["unlinked"].to_pylist()[0]["is_doubted"]
    assert not held["unlinked_examples"].num_rows


def test_sources_are_few_and_of_some_weight():
    ties = [(f"x:{number}", ME, 0.3 * number) for number in range(9)]
    sources = found(rows(), ties=[*ties, ("x:8", "x:99", 100.0)])["unlinked_sources"].to_pylist()
    assert [one["account_id"] for one in sources] == ["x:8", "x:7", "x:6", "x:5", "x:4"]
    assert all(one["n"] >= rules.LEAST_ACTS for one in sources)


WHY = Caveat("because")


@pytest.mark.parametrize(
    ("table", "options", "template"),
    [
        (rows(), {"figures": (Figure("influenced_share", None, 9, (WHY,)),)}, "because"),
        (rows(), {"figures": ()}, rules.NO_TIMES),
        (rows(), {"influence": (None, None, None)}, rules.NO_SOURCES),
        (rows(9), {}, rules.FEW_ACTS),
        (rows(0), {}, rules.NOTHING_SINCE),
    ],
    ids=["the study cannot tell", "nothing inferred", "reads nobody", "few acts", "no acts"],
)
def test_where_the_files_cannot_tell_there_is_a_reason_and_no_number(table, options, template):
    held = found(table, **options)
    assert held.reason.template == template
    assert str(held.reason)
    assert [held[name].num_rows for name in UNLINKED] == [0, 0, 0]


def test_a_cheap_question_tells_whether_others_acts_have_times():
    day = {"time_precision": "day"}
    only_mine = [act(1, "post"), act(2, "post", actor_id="x:7", direction="to_me")]
    for table, is_so in (
        (rows(), True),
        (only_mine, False),
        ([*only_mine, theirs(1, 1, **day)], False),
        ([*only_mine, act(9, "react", actor_id="x:7", direction="third")], False),
    ):
        with study_of(table, (OWNER, ANN)) as questions:
            assert has_times(questions, OWNERS) is is_so
