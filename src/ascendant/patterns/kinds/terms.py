"""Evidence on what an account is, term by term: log-odds that can be added up, shown, and disputed.

A term speaks on one of five questions (its head). Two are yes or no: is it an organisation, and is it political. The
other three share one answer, which sort of organisation it is: their sums are scores, of which the softmax is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

HEADS: Final = ("organisation", "political", "company", "media", "institution")
ORGANISATION, POLITICAL, COMPANY, MEDIA, INSTITUTION = range(len(HEADS))
SORTS: Final = (COMPANY, MEDIA, INSTITUTION)
LAYERS: Final = ("prior", "profile", "posts", "list", "behaviour", "coordination", "advertising")

KIND_TERMS: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("layer", pa.string()),  # one of LAYERS: where the evidence is from
        ("term", pa.string()),  # what was found
        ("head", pa.string()),  # one of HEADS: which question it speaks on
        ("log_odds", pa.float64()),  # how much it adds, weighed; the terms of a head sum to its log-odds
        ("detail", pa.string()),  # words found, or counts; of a private person never on opinions
    ]
)


@dataclass(frozen=True)
class Terms:
    """N terms, a column each. `account` is a place among the accounts that were asked about, `head` one in `HEADS`."""

    account: Whole
    head: NDArray[np.int8]
    log_odds: Floats
    key: Sequence[str]
    detail: Sequence[str]

    @property
    def n(self) -> int:
        """How many terms."""
        return int(self.account.size)

    def sums(self, n_accounts: int) -> Floats:
        """What the terms of each account add up to, on each head: n_accounts x 5."""
        found = np.zeros((n_accounts, len(HEADS)))
        np.add.at(found, (self.account, self.head), self.log_odds)
        return found


NO_TERMS: Final = Terms(np.zeros(0, np.int64), np.zeros(0, np.int8), np.zeros(0), (), ())


def term(key: str, strength: Floats, log_odds: Mapping[str, float], details: Sequence[str]) -> Terms:
    """One finding of a layer: how strongly it is there (0 to 1, a place for each account), what it then adds to which
    heads, and what was seen of each account.

    >>> found = term("own_site", np.array([0.0, 0.5]), {"organisation": 1.0}, ["0/20", "12/20"])
    >>> found.account.tolist(), found.log_odds.tolist(), found.detail
    ([1], [0.5], ('12/20',))
    """
    places = np.flatnonzero(strength != 0)
    heads = np.array([HEADS.index(head) for head in log_odds], np.int8)
    sizes = np.array(list(log_odds.values()), np.float64)
    said = [details[place] for place in places.tolist()]
    return Terms(
        np.repeat(places, heads.size),
        np.tile(heads, places.size),
        np.repeat(strength[places], heads.size) * np.tile(sizes, places.size),
        (key,) * (places.size * heads.size),
        tuple(one for one in said for _ in range(heads.size)),
    )


def together(parts: Sequence[Terms]) -> Terms:
    """All terms of several findings."""
    if not parts:
        return NO_TERMS
    return Terms(
        np.concatenate([part.account for part in parts]),
        np.concatenate([part.head for part in parts]),
        np.concatenate([part.log_odds for part in parts]),
        tuple(one for part in parts for one in part.key),
        tuple(one for part in parts for one in part.detail),
    )


def weighed(terms: Terms, n_accounts: int, *, weight: float, bound: float) -> Terms:
    """The terms of a layer times its weight; where they pass the bound on one head, all of that head in proportion.

    >>> two = term("a", np.ones(1), {"organisation": 3.0}, [""]), term("b", np.ones(1), {"organisation": 1.0}, [""])
    >>> weighed(together(two), 1, weight=1.0, bound=2.0).log_odds.tolist()
    [1.5, 0.5]
    """
    size = np.abs(terms.sums(n_accounts)) * weight
    over = np.maximum(size, bound) / bound
    scaled = terms.log_odds * weight / over[terms.account, terms.head]
    return Terms(terms.account, terms.head, scaled, terms.key, terms.detail)


def from_table(table: pa.Table, account_ids: pa.ChunkedArray) -> Terms:
    """Rows of `KIND_TERMS` on accounts, whose places are those of their ids."""
    place = pc.index_in(table["account_id"], account_ids.combine_chunks())
    return Terms(
        place.to_numpy().astype(np.int64),
        pc.index_in(table["head"], pa.array(HEADS)).to_numpy().astype(np.int8),
        table["log_odds"].to_numpy(),
        tuple(table["term"].to_pylist()),
        tuple(detail or "" for detail in table["detail"].to_pylist()),
    )


def kept(terms: Terms, keep: Flags) -> Terms:
    """Those of the terms that are flagged."""
    places = np.flatnonzero(keep).tolist()
    return Terms(
        terms.account[keep],
        terms.head[keep],
        terms.log_odds[keep],
        tuple(terms.key[place] for place in places),
        tuple(terms.detail[place] for place in places),
    )
