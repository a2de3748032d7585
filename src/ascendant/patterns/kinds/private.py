"""Which accounts are private persons, of whom nothing is ever said on opinions.

Public is who has an audience, and what a platform or a list declares an organisation or an office. A blue tick is not
enough, since on X it can be bought. An account of which this is not known is private; an organisation that nobody
declares is spoken of where what is known of it, politics left aside, says so clearly (`ORGANISATION_FROM`).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.kinds.terms import POLITICAL, Flags, Floats, Terms, kept

PUBLIC_FOLLOWERS: Final = 5000  # as for names (`report.naming`); a test holds the two together
# Held against the rate of organisations in the open, not against the prior of a study, which its owner may turn up.
ORGANISATION_FROM: Final = 0.90
OPEN_PRIOR: Final = 0.094  # of accounts on X (McCorriston and others 2015)
# What a profile may say that tells convictions: of a private person it counts for or against an organisation, unnamed.
OPINIONS: Final = frozenset(
    "office parliament party ideology campaign policy activism association union trade_body faith_body".split()
)
UNNAMED: Final = "other_words"


def is_public(accounts: pa.Table, declared: frozenset[str], followers_from: int = PUBLIC_FOLLOWERS) -> Flags:
    """Of each account, whether it is public; `declared` are the kinds that say so.

    >>> accounts = pa.table({"followers": [6000, None, 10], "declared_kind": [None, "Company", None]})
    >>> is_public(accounts, frozenset({"company"})).tolist()
    [True, True, False]
    """
    followers = accounts["followers"].cast(pa.int64())
    kinds = pc.utf8_lower(accounts["declared_kind"].cast(pa.string()))
    has_audience = pc.fill_null(pc.greater_equal(followers, followers_from), False)
    is_declared = pc.is_in(kinds, value_set=pa.array(sorted(declared), pa.string()))
    found: Flags = pc.or_(has_audience, is_declared).to_numpy()
    return found


def may_be_political(public: Flags, organisation: Floats) -> Flags:
    """Whose politics may be asked about; `organisation` is the evidence (log-odds, no prior) for an organisation."""
    least = np.log(ORGANISATION_FROM / (1 - ORGANISATION_FROM)) - np.log(OPEN_PRIOR / (1 - OPEN_PRIOR))
    found: Flags = public | (organisation >= least)
    return found


def without_opinions(terms: Terms, asked: Flags) -> Terms:
    """The terms without those on the politics of accounts that are not `asked`; of these, words that tell convictions
    are not named either.
    """
    left = kept(terms, (terms.head != POLITICAL) | asked[terms.account])
    hidden = [
        not is_asked and key.partition("@")[0] in OPINIONS  # `party@bio`: where it was found
        for key, is_asked in zip(left.key, asked[left.account].tolist(), strict=True)
    ]
    return Terms(
        left.account,
        left.head,
        left.log_odds,
        tuple(UNNAMED if hide else key for key, hide in zip(left.key, hidden, strict=True)),
        tuple("" if hide else detail for detail, hide in zip(left.detail, hidden, strict=True)),
    )
