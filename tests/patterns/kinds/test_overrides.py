"""A kind that the user gives wins; what was computed stays beside it, and comes back."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ascendant.activity import Account, account_batch
from ascendant.patterns.kinds.influencers import judge
from ascendant.patterns.kinds.overrides import overridden
from ascendant.patterns.kinds.terms import term
from ascendant.patterns.options import PatternOptions


@dataclass(frozen=True)
class Given:
    account: str
    kind: str
    reason: str = "the legal notice says so"


ACCOUNTS = pa.Table.from_batches(
    [
        account_batch(
            [
                Account(account_id="x:big", platform="x", followers=80_000),
                Account(account_id="x:small", platform="x", followers=80),
                Account(account_id="x:club", platform="x", followers=80),
            ],
            source_file="invented",
            reader="invented@1",
        )
    ]
)
# The club is small, and clearly an organisation.
KINDS = judge(
    ACCOUNTS,
    {"profile": term("we", np.array([0.1, 0.1, 1.0]), {"organisation": 6.0}, ["", "", ""])},
    PatternOptions(),
).kinds


def rows(*given):
    return {row["account_id"]: row for row in overridden(KINDS, ACCOUNTS, given).to_pylist()}


def test_the_given_kind_wins_and_the_computed_one_stays_beside_it():
    before, after = rows()["x:big"], rows(Given("x:big", "media"))["x:big"]
    assert after["kind_as_influencer"] == "media"
    assert (after["basis"], after["basis_source"]) == ("override", "the legal notice says so")
    changed = {"kind_as_influencer", "basis", "basis_source"}
    assert {name for name in before if before[name] != after[name]} <= changed
    assert after["best_influencer"] == before["best_influencer"] == "individual"


def test_without_it_everything_is_as_computed():
    assert list(rows().values()) == KINDS.to_pylist()
    assert rows(Given("x:nobody", "media"), Given("x:big", "no such kind")) == rows()


def test_a_private_person_is_not_made_a_cause_and_an_organisation_may_be():
    given = rows(*(Given(one, "cause") for one in ("x:big", "x:small", "x:club")))
    assert {one: row["basis"] for one, row in given.items()} == {
        "x:big": "override",
        "x:small": "computed",
        "x:club": "override",
    }
    assert rows(Given("x:small", "company"))["x:small"]["kind_as_influencer"] == "company"
