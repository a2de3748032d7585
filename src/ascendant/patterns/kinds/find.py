"""What every account of a study is: as one that influences, and as one that is influenced. One table, and its terms."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from ascendant.errors import Caveat, mark
from ascendant.patterns.kinds.influencers import Profile, find_influencer_kinds, moves
from ascendant.patterns.kinds.terms import KIND_TERMS
from ascendant.patterns.options import PatternOptions
from ascendant.store.duckdb import Questions

_NO_PROFILES = mark(
    "the files describe {n} of {all} accounts that move others: of the rest, kinds rest on what they did alone"
)
_FEW = 0.5  # of the accounts that move others


@dataclass(frozen=True)
class Kinds:
    """One row per account of `standing`; the terms behind kinds of influencers; limits."""

    kinds: pa.Table
    terms: pa.Table
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True)
class _Silent:
    """Nothing of what accounts say of themselves."""

    profiles: pa.Table
    terms: pa.Table
    caveats: tuple[Caveat, ...] = ()


def no_profile(accounts: pa.Table) -> _Silent:
    """What profiles say, were they not read."""
    basis = pa.array(["nothing"] * accounts.num_rows, pa.string())
    return _Silent(pa.table({"account_id": accounts["account_id"], "basis": basis}), KIND_TERMS.empty_table())


def find_kinds(
    questions: Questions,
    standing: pa.Table,
    accounts: pa.Table,
    options: PatternOptions = PatternOptions(),
    *,
    profile: Profile = no_profile,
    groups: pa.Table | None = None,
    members: pa.Table | None = None,
    advertisers: pa.Table | None = None,
) -> Kinds:
    """Kinds of the accounts in `standing`; groups and advertisers may not be known."""
    found = find_influencer_kinds(
        questions,
        standing,
        accounts,
        options,
        profile=profile,
        groups=groups,
        members=members,
        advertisers=advertisers,
    )
    return Kinds(found.kinds, found.terms, (*found.caveats, *_caveats(standing, accounts)))


def _caveats(standing: pa.Table, accounts: pa.Table) -> tuple[Caveat, ...]:
    """Says so where most of those that move others are known by name only."""
    moving = set(standing.filter(pa.array(moves(standing)))["account_id"].to_pylist())
    is_told = accounts["bio"].is_valid()
    told = moving & set(accounts.filter(is_told)["account_id"].to_pylist())
    if len(told) >= _FEW * len(moving):
        return ()
    return (Caveat(_NO_PROFILES, {"n": len(told), "all": len(moving)}),)
