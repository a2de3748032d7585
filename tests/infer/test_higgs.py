"""563,069 real interactions without object ids: counts that can be had from the file by hand, and every law at size."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pytest

from ascendant.activity import ACTIVITY
from ascendant.infer.cascades import find_cascades
from ascendant.infer.communities import find_communities
from ascendant.infer.headline import headline
from ascendant.infer.named import named_layer
from ascendant.patterns.spheres import find_spheres
from ascendant.patterns.standing import STANDINGS, find_standing
from ascendant.patterns.tiers import find_tiers
from ascendant.store.duckdb import asking_tables
from ascendant.store.options import Question

FILE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "higgs" / "higgs-activity_time.txt.gz"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"{FILE.name} is not beside this checkout")


def higgs():
    lines = pyarrow.csv.read_csv(
        FILE,
        read_options=pyarrow.csv.ReadOptions(column_names=["a", "b", "second", "code"]),
        parse_options=pyarrow.csv.ParseOptions(delimiter=" "),
    )
    verbs = pa.array(["repost", "mention", "reply"])
    columns = {
        "activity_id": pc.cast(pa.array(range(lines.num_rows)), pa.string()),
        "platform": pa.array(["x"] * lines.num_rows),
        "verb": verbs.take(pc.index_in(lines["code"].combine_chunks(), pa.array(["RT", "MT", "RE"]))),
        "actor_id": pc.cast(lines["a"], pa.string()),
        "object_author_id": pc.cast(lines["b"], pa.string()),
        "happened_at": pc.multiply(lines["second"], 1_000_000).cast(ACTIVITY.field("happened_at").type),
        "count": pa.array(np.ones(lines.num_rows, np.int64)),
    }
    filled = [columns.get(field.name, pa.nulls(lines.num_rows, field.type)) for field in ACTIVITY]
    return lines, pa.table(filled, schema=ACTIVITY)


def test_the_whole_named_layer_of_a_real_file_holds_together():
    lines, activity = higgs()
    with asking_tables(activity) as questions:
        named = named_layer(questions)
        cascades = find_cascades(questions, named.accounts)
    by = named.named_by
    is_self = pc.equal(lines["a"], lines["b"])
    assert pc.sum(is_self).as_py() == 7588
    assert pc.sum(pc.equal(by["actor_id"], by["author_id"])).as_py() == 0
    n_named = pc.sum(pc.and_(pc.not_equal(lines["code"], "MT"), pc.invert(is_self))).as_py()
    assert by.num_rows == n_named == 391_325
    pairs = lines.filter(pc.and_(pc.equal(lines["code"], "RE"), pc.invert(is_self)))
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    n_first = np.unique(np.column_stack([np.minimum(a, b), np.maximum(a, b)]), axis=0).shape[0]
    is_moved = pc.invert(by["is_conversation"])
    assert pc.sum(pc.and_(is_moved, pc.equal(by["verb"], "reply"))).as_py() == n_first
    n_moved = pc.sum(is_moved).as_py()
    assert pc.sum(named.accounts["n_moved"]).as_py() == pc.sum(named.accounts["n_moved_by_it"]).as_py() == n_moved
    assert named.accounts.num_rows == 304_691
    assert cascades.cascades.num_rows == 0
    assert cascades.caveats[0].facts == {"n": 354_930, "of": 354_930}

    communities = find_communities(named.ties, named.accounts["account_id"])
    standing = find_standing(named.accounts, communities).standing
    assert standing.num_rows == 304_691
    p = sum(standing[f"p_{name}"].to_numpy() for name in STANDINGS)
    np.testing.assert_allclose(p, 1, atol=1e-9)
    assert set(standing["standing"].to_pylist()) == set(STANDINGS)
    assert find_spheres(named.ties, communities).num_rows == len(pc.unique(by.filter(is_moved)["author_id"]))
    by_account = {row["account_id"]: row for row in standing.to_pylist()}
    assert by_account["88"]["rate_is_upper_bound"], "the file holds who reposted it, and none of its posts"
    moving = standing.filter(pc.greater(standing["n_moved_by_it"], 0))
    assert pc.all(moving["rate_is_upper_bound"]).as_py()
    assert not pc.any(standing.filter(pc.equal(standing["n_moved_by_it"], 0))["rate_is_upper_bound"]).as_py()
    tiers = find_tiers(by, named.accounts)
    assert tiers["account_id"][0].as_py() == "88"
    assert max(tiers["tier"].to_pylist()) >= 2
    share, influencers, half, delay = headline(named.accounts, standing, by)
    assert share.low < share.estimate < share.high
    assert influencers.n == pc.sum(pc.greater(standing["n_acts"], 0)).as_py()
    assert half.estimate < 1000
    assert delay.estimate is None


def test_a_day_of_a_real_file_is_answered_as_that_day_of_the_whole():
    _, activity = higgs()
    question = Question(since="2012-07-04", until="2012-07-04")
    since, until = (pa.scalar(end, ACTIVITY.field("happened_at").type) for end in question.window_us())
    with asking_tables(activity) as questions:
        whole = named_layer(questions).named_by
    with asking_tables(activity, question=question) as questions:
        day = named_layer(questions).named_by
    is_of_the_day = pc.and_(
        pc.greater_equal(whole["happened_at"], since),
        pc.less(whole["happened_at"], until),
    )
    assert day.num_rows > 100_000
    assert day.equals(whole.filter(is_of_the_day))
