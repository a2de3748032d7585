"""Accounts that move others -> what kind each is: company, cause, individual, media, institution, or undetermined.

Evidence is log-odds, summed term by term over layers; each term is kept. Two questions are yes or no: is it an
organisation, and is it political. What sort of organisation it is, where it is not political, is the softmax of three
sums. The five probabilities follow:

    cause        political, organisation or person (a politician is a cause, with `is_person`)
    individual   a person, not political
    company, media, institution   an organisation, not political, by sort

The two questions are taken as independent given the evidence. A kind is shown from `kind_shown_from` on; `individual`
only where evidence speaks for a person and against politics: by itself the prior would show it of everybody. A bare
name does not count there. Of a private person politics are not asked: no term is made, and `p_cause` is null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.patterns.kinds import terms as t
from ascendant.patterns.kinds.acts import act_layers
from ascendant.patterns.kinds.lists import (
    advertising_terms,
    coordination_terms,
    declared_kinds,
    known,
    list_terms,
    sources,
)
from ascendant.patterns.kinds.private import is_public, may_be_political, without_opinions
from ascendant.patterns.kinds.terms import KIND_TERMS, Flags, Floats, Terms
from ascendant.patterns.kinds.weights import layers, public_declarations, sorts, temperature
from ascendant.patterns.options import PatternOptions
from ascendant.store.duckdb import Questions

KINDS: Final = ("company", "cause", "individual", "media", "institution")
UNDETERMINED: Final = "undetermined"
COMPUTED, DECLARED, OVERRIDE = "computed", "declared", "override"
INFLUENCER_KINDS: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("kind_as_influencer", pa.string()),  # one of KINDS, or undetermined; null: it moves nobody
        ("best_influencer", pa.string()),  # the likeliest of KINDS, shown or not; as computed, whatever the user says
        *((f"p_{kind}", pa.float64()) for kind in KINDS),  # its chance; p_cause of a private person is null: not asked
        ("is_person", pa.bool_()),  # null: not known
        ("p_person", pa.float64()),  # chance that a person stands behind it, and no organisation
        ("basis", pa.string()),  # computed, declared, override
        ("basis_source", pa.string()),  # who declares it; the user's reason
    ]
)
_MOVES_FROM: Final = 1.0  # acts of others
SPEAKS_FROM: Final = 0.25  # log-odds; of a French registry left out, 47 % of those shown were right; at 0, 30 %


class Said(Protocol):
    """What profiles say, as `profile.profile_terms` gives it: rows of `KIND_TERMS`, and of each account its `basis`."""

    @property
    def terms(self) -> pa.Table:
        """Columns of `KIND_TERMS`, at even prior odds."""

    @property
    def profiles(self) -> pa.Table:
        """`account_id` and `basis`, in the order of the accounts; `page` where only the name of a page was read."""

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """Their limits."""


Profile = Callable[[pa.Table], Said]  # rows of `activity.ACCOUNT` -> what they say of themselves


@dataclass(frozen=True)
class InfluencerKinds:
    """One row per account of `standing`, in its order (columns of `INFLUENCER_KINDS`), and the terms of those that move
    others.
    """

    kinds: pa.Table
    terms: pa.Table
    caveats: tuple[Caveat, ...] = ()


def find_influencer_kinds(
    questions: Questions,
    standing: pa.Table,
    accounts: pa.Table,
    options: PatternOptions = PatternOptions(),
    *,
    profile: Profile,
    groups: pa.Table | None = None,
    members: pa.Table | None = None,
    advertisers: pa.Table | None = None,
) -> InfluencerKinds:
    """The kind of each account in `standing` that moves others; a row of nulls for each that does not.

    `accounts` has the columns of `activity.ACCOUNT`; groups and advertisers may not be known.
    """
    moving = known(accounts, standing.filter(pa.array(moves(standing)))["account_id"])
    ids = moving["account_id"]
    said = profile(moving)
    by_layer = {
        "profile": t.from_table(said.terms, ids),
        **act_layers(questions, moving),
        "list": list_terms(moving),
        "coordination": coordination_terms(ids, groups, members),
        "advertising": advertising_terms(ids, advertisers),
    }
    is_page: Flags = pc.equal(said.profiles["basis"], "page").to_numpy()
    has_bio: Flags = pc.equal(said.profiles["basis"], "bio").to_numpy()
    found = judge(moving, by_layer, options, is_page=is_page, has_bio=has_bio)
    everybody = standing.select(["account_id"])
    place = pc.index_in(everybody["account_id"], ids.combine_chunks())
    columns = [everybody["account_id"], *(found.kinds[name].take(place) for name in INFLUENCER_KINDS.names[1:])]
    return InfluencerKinds(pa.table(columns, schema=INFLUENCER_KINDS), found.terms, said.caveats)


def moves(standing: pa.Table) -> Flags:
    """Which accounts are on the side that moves: by their standing, or since an act of others is put down to them."""
    inferred = pc.fill_null(standing["n_inferred_by_it"], 0.0)
    acts = pc.add(standing["n_moved_by_it"].cast(pa.float64()), inferred)
    found: Flags = pc.or_(
        pc.not_equal(standing["standing"], "influenced"), pc.greater_equal(acts, _MOVES_FROM)
    ).to_numpy()
    return found


def judge(
    accounts: pa.Table,
    by_layer: Mapping[str, Terms],
    options: PatternOptions,
    *,
    is_page: Flags | None = None,
    has_bio: Flags | None = None,
) -> InfluencerKinds:
    """Layers of terms on accounts (places in that table) -> their kinds, with every term that counts.

    Of a page of which only the name was read (`is_page`), political stands beside the three sorts of organisations, as
    it was learnt. Who is not known to have no bio (`has_bio`) is judged as if there were one.
    """
    n = accounts.num_rows
    weights = layers()
    evidence = {
        name: t.weighed(part, n, weight=weights[name].weight / temperature(), bound=weights[name].bound)
        for name, part in by_layer.items()
    }
    organised = sum((part.sums(n)[:, t.ORGANISATION] for part in evidence.values()), np.zeros(n))
    asked = may_be_political(is_public(accounts, public_declarations()), organised)
    all_terms = {
        name: without_opinions(part, asked) for name, part in {"prior": _prior(n, options), **evidence}.items()
    }
    sums = sum((part.sums(n) for part in all_terms.values()), np.zeros((n, len(t.HEADS))))
    chances, person = _chances(sums, asked, np.zeros(n, bool) if is_page is None else is_page)
    bare = 0.0 if has_bio is None or "profile" not in evidence else ~has_bio * evidence["profile"].sums(n)[:, 0]
    spoken = sums[:, t.POLITICAL] - all_terms["prior"].sums(n)[:, t.POLITICAL]
    is_told = (organised - bare <= -SPEAKS_FROM) & (~asked | (spoken <= -SPEAKS_FROM))
    kinds = _kinds(accounts, chances, person, asked, is_told, options)
    return InfluencerKinds(kinds, _terms_table(accounts, all_terms))


def _prior(n: int, options: PatternOptions) -> Terms:
    """What is held of every account before anything is known."""
    even = np.log(np.array([sorts()[t.HEADS[head]] for head in t.SORTS]) * len(t.SORTS))
    log_odds = {
        "organisation": _logit(options.prior_organisation),
        "political": _logit(options.prior_political),
        **{t.HEADS[head]: float(one) for head, one in zip(t.SORTS, even, strict=True)},
    }
    return t.term("base_rate", np.ones(n), log_odds, [""] * n)


def _logit(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def _chances(sums: Floats, asked: Flags, is_page: Flags) -> tuple[Floats, Floats]:
    """Probabilities of `KINDS` (n x 5; of a cause nan where it is not asked), and of a person."""
    organisation, political = (1 / (1 + np.exp(-sums[:, head])) for head in (t.ORGANISATION, t.POLITICAL))
    four = np.exp(sums[:, 1:] - sums[:, 1:].max(axis=1, keepdims=True, initial=-np.inf))
    political = np.where(is_page, four[:, 0] / four.sum(axis=1), political)
    political = np.where(asked, political, 0.0)
    scores = np.exp(sums[:, t.SORTS] - sums[:, t.SORTS].max(axis=1, keepdims=True, initial=-np.inf))
    company, media, institution = (scores / scores.sum(axis=1, keepdims=True)).T * (organisation * (1 - political))
    cause = np.where(asked, political, np.nan)
    individual = (1 - organisation) * (1 - political)
    return np.column_stack([company, cause, individual, media, institution]), 1 - organisation


def _kinds(
    accounts: pa.Table, chances: Floats, person: Floats, asked: Flags, is_told: Flags, options: PatternOptions
) -> pa.Table:
    shown = np.nan_to_num(chances)
    best = shown.argmax(axis=1) if len(shown) else np.zeros(0, np.int64)
    is_shown = shown.max(axis=1, initial=0.0) >= options.kind_shown_from
    is_shown &= is_told | (best != KINDS.index("individual"))
    best_kind = [KINDS[one] for one in best.tolist()]
    kind = [one if sure else UNDETERMINED for one, sure in zip(best_kind, is_shown.tolist(), strict=True)]
    declared = declared_kinds(accounts)
    is_declared = [one is not None and one == said for one, said in zip(declared, kind, strict=True)]
    said_by = zip(accounts["platform"].to_pylist(), accounts["declared_kind"].to_pylist(), is_declared, strict=True)
    is_known = (person >= options.kind_shown_from) | (person <= 1 - options.kind_shown_from)  # as for kinds
    cause = KINDS.index("cause")
    return pa.table(
        [
            accounts["account_id"],
            pa.array(kind, pa.string()),
            pa.array(best_kind, pa.string()),
            *(
                pa.array(chances[:, place], pa.float64(), mask=~asked if place == cause else None)
                for place in range(len(KINDS))
            ),
            pa.array(person >= 0.5, mask=~is_known),
            pa.array(person, pa.float64()),
            pa.array([DECLARED if one else COMPUTED for one in is_declared], pa.string()),
            pa.array([sources(p, k and k.lower()) if one else None for p, k, one in said_by], pa.string()),
        ],
        schema=INFLUENCER_KINDS,
    )


def _terms_table(accounts: pa.Table, by_layer: Mapping[str, Terms]) -> pa.Table:
    """Columns of `KIND_TERMS`, by account, then by layer in the order of `LAYERS`, head and term."""
    ids = accounts["account_id"]
    tables = [
        pa.table(
            [
                ids.take(pa.array(part.account)),
                pa.array([layer] * part.n, pa.string()),
                pa.array(list(part.key), pa.string()),
                pa.array([t.HEADS[head] for head in part.head.tolist()], pa.string()),
                pa.array(part.log_odds, pa.float64()),
                pa.array([one or None for one in part.detail], pa.string()),
            ],
            schema=KIND_TERMS,
        )
        for layer, part in by_layer.items()
    ]
    found = pa.concat_tables([KIND_TERMS.empty_table(), *tables])
    order = [pc.index_in(found["layer"], pa.array(t.LAYERS)), pc.index_in(found["head"], pa.array(t.HEADS))]
    keyed = found.append_column("l", order[0]).append_column("h", order[1])
    by = ("account_id", "l", "h", "term", "detail")
    return keyed.sort_by([(name, "ascending") for name in by]).select(KIND_TERMS.names)
