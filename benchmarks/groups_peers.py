"""Rules of other tools, written again from their sources, as detectors: traces -> flagged accounts with a ranking.

`rule_cnt`        coordination-network-toolkit 1.5.2: an edge where two accounts acted on the same object within
                  `window` seconds at least `weight` times. Its README gives 60 s; its command line takes 1 s and weight
                  2 when nothing is said.
`rule_coortweet`  CooRTweet: pairs within 10 s, accounts with at least two such acts, edges above the median weight.

`groups_peers_real.py` runs the programs themselves and compares. Nothing here is shared with the kernels.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

SECOND = 10**6


@dataclass(frozen=True)
class Flags:
    """What a detector says. `score` ranks all accounts, higher first; -inf: not ranked."""

    account: np.ndarray  # places in account_ids of those flagged
    group: np.ndarray  # of each flagged
    q: np.ndarray  # of each flagged; nan where a rule has none
    score: np.ndarray  # [n_accounts]

    def mask(self):
        found = np.zeros(self.score.size, bool)
        found[self.account] = True
        return found


def rule_cnt(traces, communities=None, *, window=60, weight=2):
    """Accounts with an edge of `weight` acts within `window` seconds (inclusive); ranked by their heaviest edge."""
    first, second, n = co_acts(traces, window)
    return _flags(len(traces.account_ids), first, second, n, n >= weight)


def rule_coortweet(traces, communities=None, *, window=10, min_participation=2, edge_weight=0.5, subgraph=1):
    """CooRTweet's `detect_groups`, then `generate_coordinated_network`; `subgraph=0` keeps all edges, as by default."""
    n_accounts, account = len(traces.account_ids), traces.account
    first, second = close_pairs(traces, window)
    enough = np.bincount(account, minlength=n_accounts) >= min_participation
    here = enough[account[first]] & enough[account[second]]
    first, second = first[here], second[here]
    taking_part = np.unique(np.concatenate([first, second]))  # acts, not accounts
    n_acts = np.bincount(account[taking_part], minlength=n_accounts)
    here = (n_acts[account[first]] >= min_participation) | (n_acts[account[second]] >= min_participation)  # either
    u, v, n = counted(account[first[here]], account[second[here]], n_accounts)
    heavy = n > np.quantile(n, edge_weight) if subgraph and n.size else np.ones(n.size, bool)
    return _flags(n_accounts, u, v, n, heavy)


def co_acts(traces, window):
    """Pairs of accounts (first < second) and on how many objects they acted within `window` seconds of each other."""
    a, b = close_pairs(traces, window)
    return counted(traces.account[a], traces.account[b], len(traces.account_ids))


def close_pairs(traces, window):
    """Places of both events, for each two events on one object within `window` seconds, by different accounts."""
    order = np.lexsort((traces.at, traces.object))
    account, last = traces.account[order], _last(traces.object[order], traces.at[order], window * SECOND)
    after = last - np.arange(order.size)
    a = np.repeat(np.arange(order.size), after)
    b = a + 1 + np.arange(a.size) - np.repeat(np.cumsum(after) - after, after)
    here = account[a] != account[b]
    return order[a[here]], order[b[here]]


def counted(u, v, n_accounts):
    key, n = np.unique(np.minimum(u, v).astype(np.int64) * n_accounts + np.maximum(u, v), return_counts=True)
    return key // n_accounts, key % n_accounts, n


@njit(cache=True)
def _last(object_, at, window):
    """Of each event (by object, time): the place of the last one on its object not later than `window` after it."""
    last, j = np.empty(at.size, np.int64), 0
    for i in range(at.size):
        j = max(i, j)
        while j + 1 < at.size and object_[j + 1] == object_[i] and at[j + 1] - at[i] <= window:
            j += 1
        last[i] = j
    return last


def _flags(n_accounts, u, v, n, kept):
    score = np.full(n_accounts, -np.inf)
    np.maximum.at(score, u, n)
    np.maximum.at(score, v, n)
    account = np.unique(np.concatenate([u[kept], v[kept]]))
    return Flags(account, components(n_accounts, u[kept], v[kept])[account], np.full(account.size, np.nan), score)


def components(n, u, v):
    """The number of the connected part of each of n accounts."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    return connected_components(coo_array((np.ones(u.size), (u, v)), (n, n)), directed=False)[1]
