"""Where nothing may be found on real acts: days shifted, exposures rewired, sources that did nothing, time turned.

Run by `influence_real.py controls`. Whom acts name stays with its pair in all but one: only the times of the sources
are somebody else's, as with the strangers that the estimate is held against (C).
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
from higgs_hidden import SEED, drawn_again, moved_by_account, moving

from ascendant.infer.doses import calibrated
from ascendant.infer.doubt import matched
from ascendant.infer.exposure import NAMED, TOLD
from ascendant.infer.placebo import placebo


def controls(study, figures, real, frozen, columns):
    n = study.times.n_accounts
    print("  " + "  ".join(f"{name} {v:.4f} ± {e:.4f}" for name, (v, e) in figures.items()), flush=True)

    def told(name, fit):
        mine = np.column_stack([columns, moved_by_account(fit)[:n]])

        def theta(s):
            share = s / s[0]
            return calibrated(share[-1], share[2], share[3:-1:2], share[4:-1:2])

        share, gap, of_theta = (
            drawn_again(mine, f) for f in (lambda s: s[-1] / s[0], lambda s: (s[-1] - s[2]) / s[0], theta)
        )
        print(f"  {name:44} B {share[0]:.4f}  minus C {gap[0]:+.4f} ± {gap[1]:.4f}  theta {of_theta[0]:+.4f} "
              f"± {of_theta[1]:.4f}", flush=True)  # fmt: skip

    for seed in (SEED, SEED + 1):
        other = matched(study.times, study.known, study.community, seed).instead
        told(f"other strangers, seed {seed}", study.fit(instead=np.where(other < 0, study.stranger, other))[0])
    shifted, instead = days_shifted(study)
    told("sources' acts shifted by whole days", shifted.fit(instead=instead)[0])
    swapped = rewired(study)
    told("rewired in the community, names stay", study.fit(instead=swapped)[0])
    told("rewired in the community, exposures replaced", study.fit(known=replaced(study, swapped))[0])
    idle, first_idle = with_idle(study)
    fit = idle.fit()[0]
    told("each also follows one who did nothing", fit)
    change = drawn_again(np.column_stack([columns, moved_by_account(fit)[:n]]), lambda s: (s[-1] - s[1]) / s[0])
    most = moving(idle.times, fit)[:, first_idle:].max()
    print(f"    moved by those who did nothing: {most} acts in the largest draw; B with them minus B without "
          f"{change[0]:+.5f} ± {change[1]:.5f}", flush=True)  # fmt: skip
    found = placebo(study.times, study.known, study.community, study.stranger)
    print(f"  time turned round: {found}\n  silent: {found.is_silent}", flush=True)


def added(study, hours, account):
    """The study with more accounts after its own: `account` from 0, sorted, and when each acted."""
    times, known = study.times, study.known
    n_more = int(account.max(initial=-1)) + 1
    n, m = times.hours.size, hours.size
    nothing = np.full(m, -1)
    first = np.append(times.first, n + np.searchsorted(account, np.arange(1, n_more + 1)))
    shown = np.append(times.shown_act, n + np.arange(m))
    more = replace(
        times,
        account_id=pa.concat_arrays([times.account_id, pa.array([f"~{x:07}" for x in range(n_more)])]),
        act_id=pa.concat_arrays([times.act_id, pa.array([f"~{x}" for x in range(m)], pa.string())]),
        first=first,
        hours=np.append(times.hours, hours),
        kind=np.append(times.kind, np.full(m, TOLD)).astype(np.int8),
        is_repost=np.append(times.is_repost, np.zeros(m, bool)),
        author=np.append(times.author, nothing),
        item=np.append(times.item, nothing),
        item_act=np.append(times.item_act, nothing),
        item_hours=np.append(times.item_hours, np.full(m, np.nan)),
        shown_first=np.searchsorted(shown, first),
        shown_act=shown,
    )
    return replace(
        study,
        times=more,
        known=replace(known, first=np.append(known.first, np.full(n_more, known.first[-1]))),
        community=np.append(study.community, np.zeros(n_more, np.int64)),
    )


def days_shifted(study):
    """Each source a second time, its acts later by a whole number of days, round the end; and who stands for whom."""
    times, known = study.times, study.known
    random = np.random.default_rng(SEED)
    sources = np.unique(known.source[known.is_exposed])
    n_days = int(np.ceil(times.hours.max() / 24))
    size = np.diff(times.shown_first)[sources]
    place = np.repeat(times.shown_first[sources] - np.append(0, np.cumsum(size)[:-1]), size) + np.arange(size.sum())
    account = np.repeat(np.arange(sources.size), size)
    days = random.integers(1, n_days, sources.size)
    hours = (times.shown_hours[place] + 24.0 * days[account]) % (24 * n_days)
    order = np.lexsort((hours, account))
    # The last is there so that each has a number, also those that never act.
    more = added(study, np.append(hours[order], 1e-3), np.append(account[order], sources.size))
    instead = np.where(known.is_exposed, times.n_accounts + np.searchsorted(sources, known.source), known.source)
    return more, instead


def rewired(study):
    """Sources dealt again among the pairs of a community: each target has as many, each source as many."""
    known, n = study.known, study.times.n_accounts
    random = np.random.default_rng(SEED)
    pairs = np.flatnonzero(known.is_exposed)
    of = study.community[known.target[pairs]]
    taken = np.unique(known.target * n + known.source)
    target, source = known.target[pairs], known.source[pairs].copy()
    left = np.ones(pairs.size, bool)
    for _ in range(30):
        # Those that do not fit change places with any of their community.
        for c in np.unique(of[left]):
            mine = np.flatnonzero(of == c)
            bad = mine[left[mine]]
            other = random.choice(mine, bad.size, replace=bad.size > mine.size) if bad.size < mine.size else mine
            pool = np.union1d(bad, other)
            source[pool] = random.permutation(source[pool])
        key = target * n + source
        twice = np.ones(key.size, bool)
        twice[np.unique(key, return_index=True)[1]] = False
        left = np.isin(key, taken) | (source == target) | twice
        if not left.any():
            break
    # What still fits nowhere (a community that reads the same few) has the stranger.
    instead = study.stranger.copy()
    instead[pairs[~left]] = source[~left]
    print(f"  rewired {np.count_nonzero(~left):,} of {pairs.size:,} pairs, strangers for the rest", flush=True)
    return instead


def replaced(study, instead):
    """The exposures with these sources for the real ones; pairs that a later act names stay, as not exposed."""
    times, known = study.times, study.known
    n = times.n_accounts
    exposed = known.is_exposed
    key, place = np.unique((known.target * n + instead)[exposed], return_index=True)
    late = (times.kind == NAMED) & (times.hours >= known.since)
    others = np.setdiff1d((times.account * n + times.author)[late], key)
    both = np.append(key, others)
    order = np.argsort(both)
    return replace(
        known,
        first=np.searchsorted(both[order], np.arange(n + 1) * n),
        source=both[order] % n,
        is_exposed=(np.arange(both.size) < key.size)[order],
        n_named_before=np.append(known.n_named_before[exposed][place], np.zeros(others.size, np.int64))[order],
    )


def with_idle(study):
    """Each target follows one account more, which never did anything. The places of these begin at the second."""
    known, n = study.known, study.times.n_accounts
    targets = np.unique(known.target[known.is_exposed])
    more = added(study, np.array([1e-3]), np.array([targets.size]))  # the last acts once and is read by nobody
    target = np.append(known.target, targets)
    source = np.append(known.source, n + np.arange(targets.size))
    order = np.lexsort((source, target))
    several = replace(
        more.known,
        first=np.searchsorted(target[order], np.arange(more.times.n_accounts + 1)),
        source=source[order],
        is_exposed=np.append(known.is_exposed, np.ones(targets.size, bool))[order],
        n_named_before=np.append(known.n_named_before, np.ones(targets.size, np.int64))[order],
    )
    return replace(more, known=several), n
