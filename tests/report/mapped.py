"""An invented study as the map receives it: standing of every account, names, hashtags of communities."""

import numpy as np
import pyarrow as pa

from ascendant.patterns.map import find_map
from ascendant.report.charts.chart import Given
from ascendant.report.language import Language
from ascendant.report.naming import Names
from reference.map_worlds import random_study

KEY = b"an invented key, used in tests only"
HOSTILE = "Zoé</text><script>alert(1)</script> & “Fils”"
NO_TOPICS = pa.table(
    {
        "community": pa.array([], pa.int32()),
        "rank": pa.array([], pa.int32()),
        "topic": pa.array([], pa.string()),
        "n_accounts": pa.array([], pa.int64()),
        "n_expected": pa.array([], pa.float64()),
    }
)


def tables_of(ties, communities, accounts, topics=NO_TOPICS):
    """The tables of a study, from those that the map is made of."""
    found = find_map(ties, communities, accounts)
    order = np.argsort(accounts["account_id"].to_numpy(zero_copy_only=False))
    sorted_accounts = accounts.take(pa.array(order))
    n = accounts.num_rows
    n_moved_by_it = sorted_accounts["n_moved_by_it"].to_numpy()
    moved = dict.fromkeys(accounts["account_id"].to_pylist(), 0)
    for row in ties.to_pylist():
        moved[row["target_id"]] += row["n_moved"]
    n_moved = np.array([moved[one] for one in sorted_accounts["account_id"].to_pylist()], np.int64)
    side = np.where(n_moved_by_it > n_moved, "influencer", np.where(n_moved_by_it * 2 > n_moved, "both", "influenced"))
    standing = pa.table(
        {
            "account_id": sorted_accounts["account_id"],
            "n_acts": n_moved + 1,
            "n_moved": n_moved,
            "n_moved_by_it": n_moved_by_it,
            "standing": pa.array(side.astype(str), pa.string()),
            "is_slight": np.zeros(n, bool),
            "is_presumed": (n_moved + n_moved_by_it) == 0,
            "community": found.accounts["community"],
        }
    )
    return {
        "map": found.accounts, "map_discs": found.discs, "standing": standing, "ties": ties, "community_topics": topics
    }  # fmt: skip


def topics_of(words):
    """Hashtags by community, carried by twelve accounts each."""
    rows = [(number, rank, word) for number, tags in words.items() for rank, word in enumerate(tags, 1)]
    columns = list(zip(*rows, strict=True))
    n = len(rows)
    return pa.table(
        {
            "community": pa.array(columns[0], pa.int32()),
            "rank": pa.array(columns[1], pa.int32()),
            "topic": list(columns[2]),
            "n_accounts": [12] * n,
            "n_expected": [2.0] * n,
        }
    )


def known(tables, n_public=3):
    """The account table: those that moved most are public, the first with a hostile name, all others private."""
    standing = tables["standing"].sort_by([("n_moved_by_it", "descending"), ("account_id", "ascending")])
    ids = standing["account_id"].to_pylist()
    n = len(ids)
    names = [HOSTILE, "Radio Estuaire", "مدينة الغد"][:n_public]
    return pa.table(
        {
            "account_id": pa.array(ids, pa.string()),
            "handle": pa.array([f"handle{number}" for number in range(n)], pa.string()),
            "name": pa.array([*names, *(f"Prénom Nom{number}" for number in range(n))][:n], pa.string()),
            "followers": pa.array([50_000 if number < n_public else 12 for number in range(n)], pa.int64()),
            "declared_kind": pa.nulls(n, pa.string()),
            "is_me": np.zeros(n, bool),
        }
    )


def given(tables, *, code="en", is_revealed=False):
    """What charts are made of."""
    names = Names(known(tables), KEY, revealed=is_revealed)
    return Given(tables=tables, figures={}, names=names, language=Language(code), source="Source: 2 files")


def study(seed=4, n=400, n_communities=8, share_alone=0.2, topics=NO_TOPICS):
    return tables_of(*random_study(seed, n, n_communities, share_alone), topics)
