"""Who acted on the same objects as whom, close in time: what each account has in common with its closest company.

N events by object, then time   object[N], account[N] 0..A-1, at[N] in any unit; one event of an account on an object
W windows, ascending
C chosen accounts
V visits by account, by time    where a chosen account acts, or would act by chance: visit_first[C + 1],
                                visit_object[V], visit_at[V], instead[V] the event whose place it takes
first[W, V], last[W, V]         places of the events on the visited object within the window
visit_weight[W, V], weight[W, N]   what an act together counts there: little in a crowd
A pair's count in a window is the sum of the weights of the objects that both acted on within it. Of an account's visits
within the length of the window the first one counts: one post with a link and a picture, or one evening with the day's
news, is met once. Of one ring around a visit (beyond the last window, within the next) at most `most` events are looked
at, spread evenly over it from a place drawn for the visit: time is bounded where 200,000 accounts share one link, and
whoever is left out is left out by chance. The obvious version is tests/reference/pairs.py.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED
from ascendant.kernels.chance import stream, uniform

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
Places = NDArray[np.int32]


@njit(cache=CACHED, nogil=True)
def spans(
    object_first: Whole, at: Whole, visit_object: Whole, visit_at: Whole, windows: Whole
) -> tuple[Places, Places]:
    """Of each visit and window: the first and the last event on the object that is no further away in time.

    Events of object o stand at `object_first[o]:object_first[o + 1]`, by time. Where none is near, last comes before
    first.

    >>> at, seconds = np.array([0, 5, 9, 9]), np.array([5])
    >>> first, last = spans(np.array([0, 3, 4]), at, np.array([0, 0, 0, 1]), at, seconds)
    >>> first.tolist(), last.tolist()
    ([[0, 0, 1, 3]], [[1, 2, 2, 3]])
    """
    V, W = visit_object.size, windows.size
    first, last = np.empty((W, V), np.int32), np.empty((W, V), np.int32)
    for v in range(V):
        begin, end = object_first[visit_object[v]], object_first[visit_object[v] + 1]
        near = at[begin:end]
        for w in range(W):
            first[w, v] = begin + np.searchsorted(near, visit_at[v] - windows[w])
            last[w, v] = begin + np.searchsorted(near, visit_at[v] + windows[w], side="right") - 1
    return first, last


class _Around(NamedTuple):
    """What stands around each visit, as above; looked at and not changed."""

    windows: Whole
    visit_at: Whole
    instead: Places
    first: Places
    last: Places
    visit_weight: Floats
    account: Places
    weight: Floats
    most: int
    seed: int


class _Company(NamedTuple):
    """Whom one account met, of A: empty again before the next account."""

    together: Floats  # [A, W]
    met_at: Whole  # [A, W] the last visit that counted
    is_met: NDArray[np.bool_]  # [A]
    seen: Places  # [A] the visit at which an account was looked at last
    accounts: Places  # [A] those that were met, first come first


@njit(cache=CACHED, nogil=True)
def _nobody(A: int, W: int) -> _Company:
    return _Company(
        np.zeros((A, W), np.float32),
        np.zeros((A, W), np.int64),
        np.zeros(A, np.bool_),
        np.full(A, -1, np.int32),
        np.empty(A, np.int32),
    )


@njit(cache=CACHED, nogil=True)
def _meet(v: int, u: int, around: _Around, company: _Company, n_company: int) -> int:
    """Add what visit v of account u has in common with those around it; returns how many were met until now."""
    windows, first, last, most = around.windows, around.first, around.last, around.most
    count, met_at = company.together, company.met_at
    W = first.shape[0]
    inner_first, inner_last = last[0, v] + 1, last[0, v]  # what smaller windows have looked at: nothing yet
    for r in range(W):
        left, right = inner_first - first[r, v], last[r, v] - inner_last
        size = left + right
        step, place = 1.0, 0.0
        if size > most:
            step = size / most
            place = step * uniform(stream(around.seed, v * W + r))
        while place < size:
            k = int(place)
            n = first[r, v] + k if k < left else inner_last + 1 + k - left
            place += step
            other = around.account[n]
            if other == u or n == around.instead[v] or company.seen[other] == v:
                continue
            company.seen[other] = v
            if not company.is_met[other]:
                company.is_met[other] = True
                company.accounts[n_company] = other
                n_company += 1
            for w in range(r, W):
                worth = min(around.visit_weight[w, v], around.weight[w, n])
                if worth > 0.0 and (count[other, w] == 0.0 or around.visit_at[v] - met_at[other, w] > windows[w]):
                    count[other, w] += worth
                    met_at[other, w] = around.visit_at[v]
        inner_first, inner_last = first[r, v], last[r, v]
    return n_company


@njit(cache=CACHED, nogil=True)
def _part(company: _Company, n_company: int) -> None:
    """Forget those that were met, for the next account."""
    for k in range(n_company):
        company.is_met[company.accounts[k]] = False
        for w in range(company.together.shape[1]):
            company.together[company.accounts[k], w] = 0.0


@njit(cache=CACHED, nogil=True)
def company_of(
    chosen: Places,
    visit_first: Whole,
    visit_object: Whole,
    visit_at: Whole,
    instead: Places,
    windows: Whole,
    n_objects: int,
    n_accounts: int,
    first: Places,
    last: Places,
    visit_weight: Floats,
    account: Places,
    weight: Floats,
    most: int,
    seed: int,
) -> tuple[Floats, Floats]:
    """Of the chosen accounts: partners in repeated acts, and the count with the second closest; both [chosen, W].

    A partner counts by what the pair has beyond one act together, up to 1. A second visit of an object is left out.
    """
    W, A = first.shape[0], n_accounts
    partners, second = np.zeros((chosen.size, W), np.float32), np.zeros((chosen.size, W), np.float32)
    around = _Around(windows, visit_at, instead, first, last, visit_weight, account, weight, most, seed)
    company = _nobody(A, W)
    last_visitor = np.full(n_objects, -1, np.int32)
    for c in range(chosen.size):
        u, n_company = chosen[c], 0
        for v in range(visit_first[c], visit_first[c + 1]):
            if last_visitor[visit_object[v]] == u:
                continue
            last_visitor[visit_object[v]] = u
            n_company = _meet(v, u, around, company, n_company)
        for w in range(W):
            best = np.float32(0.0)
            for k in range(n_company):
                found = company.together[company.accounts[k], w]
                if found > 1.0:
                    partners[c, w] += min(np.float32(1.0), found - np.float32(1.0))
                if found > best:
                    second[c, w], best = best, found
                elif found > second[c, w]:
                    second[c, w] = found
        _part(company, n_company)
    return partners, second


@njit(cache=CACHED, nogil=True)
def pairs_among(
    chosen: NDArray[np.bool_],
    visit_first: Whole,
    visit_at: Whole,
    instead: Places,
    windows: Whole,
    first: Places,
    last: Places,
    visit_weight: Floats,
    account: Places,
    weight: Floats,
    most: int,
    seed: int,
) -> tuple[Places, Places, Floats]:
    """Pairs of chosen accounts u < v that acted together: their count in each window, [P, W], as seen from u."""
    A, W = visit_first.size - 1, first.shape[0]
    us, vs, counts = [np.int32(0)][:0], [np.int32(0)][:0], [np.float32(0)][:0]
    around = _Around(windows, visit_at, instead, first, last, visit_weight, account, weight, most, seed)
    company = _nobody(A, W)
    for u in range(A):
        if not chosen[u]:
            continue
        n_company = 0
        for v in range(visit_first[u], visit_first[u + 1]):
            n_company = _meet(v, u, around, company, n_company)
        for other in np.sort(company.accounts[:n_company]):
            if other > u and chosen[other]:
                us.append(np.int32(u))
                vs.append(other)
                for w in range(W):
                    counts.append(company.together[other, w])
        _part(company, n_company)
    return np.array(us, np.int32), np.array(vs, np.int32), np.array(counts, np.float32).reshape(-1, W)
