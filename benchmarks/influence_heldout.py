"""Does knowing whom an account reads foretell when it acts? Log-likelihood of later acts, on real interactions.

    python benchmarks/influence_heldout.py ../shared/data/higgs/higgs-activity_time.txt.gz --develop
    python benchmarks/influence_heldout.py ...

Three models of the same accounts (8 acts before the split): the background alone; with own bursts; with the sources
that each was exposed to. All acts of an account are scored, those that name somebody and those that do not, as times
without a mark. The background is one shape for all three: the hours of the account's community, the test's included
(what all others do in that hour is given, and is no foresight), the account itself left out; and one kind of level, a
Gamma over accounts learnt from what each model leaves to the background. Exposure is learnt before t0 (40 % of the acts
before the split), rates between t0 and the split, then frozen: means over draws. Named acts whose author was not
exposed are to be explained by background and bursts. After the split acts are scored one after the other, with all that
happened before each known. Beside them the same with matched strangers for sources. Left out are pairs whose source (or
stranger) showed no act between t0 and the split: named acts without anything that they could follow on drive the pulls
beyond all bounds. Standard errors draw accounts again.
"""

import argparse
from dataclasses import replace

import numpy as np
from influence_higgs import SHARE, enough, read, study_of

from ascendant.infer import batches
from ascendant.infer.batches import _NEWS_PSEUDO, _personal, assemble, cut, explained_acts, profiles
from ascendant.infer.doubt import matched
from ascendant.infer.exposure import NAMED, SILENT, TOLD, exposures, split_time
from ascendant.infer.fits import gamma_poisson
from ascendant.infer.learning import communities_before, learn
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.sampling import sample, start_of
from ascendant.kernels.attribution import PI, SA, SB, K

N_REPLICATES, N_DRAWS, SEED = 2000, 40, 120


def shapes(times, known, community, split, end):
    """Targets x hours after t0: density of the background, mean 1 between t0 and the split."""
    weight = (times.kind != TOLD).astype(np.float32)
    counts, week, began = profiles(times, weight, community, known.since, end)
    n_hours, n = counts.shape[1], times.n_accounts
    chosen = np.flatnonzero((weight > 0) & (times.hours >= known.since))
    hour = np.minimum((times.hours[chosen] - known.since).astype(int), n_hours - 1)
    own = np.bincount(times.account[chosen] * n_hours + hour, minlength=n * n_hours).reshape(n, n_hours)
    others = counts[community] - own
    padded = np.pad(others, ((0, 0), (1, 1)), mode="edge")
    near = 0.5 * others + 0.25 * padded[:, :-2] + 0.25 * padded[:, 2:]
    usual = week[community][:, (began + np.arange(n_hours)) % 168]
    expected = others.sum(axis=1, keepdims=True) * usual / usual.sum(axis=1, keepdims=True)
    frozen = type("Hours", (), {"since": known.since, "weekday_hour": began, "week": week, "community": community})
    personal = _personal(np.arange(n), times, frozen)[:, (began + np.arange(n_hours)) % 24]
    level = np.maximum(usual * (near + _NEWS_PSEUDO) / (expected + _NEWS_PSEUDO) * personal, 1e-6)
    edge = known.since + np.arange(n_hours + 1)

    def integral(low, high):
        return level @ np.clip(np.minimum(edge[1:], high) - np.maximum(edge[:-1], low), 0, 1)

    mean = integral(known.since, split) / (split - known.since)
    return level / mean[:, None], integral(split, end) / mean


def at_acts(shape, batch, times, since):
    owner = np.repeat(batch.target, np.diff(batch.act_of))
    return shape[owner, np.minimum((times.hours[batch.act] - since).astype(int), shape.shape[1] - 1)]


def rates(times, known, judged, frozen, shape, instead=None):
    """What each target leaves to the background, its bursts' rate, and each pair's pull: means over draws."""
    acts, act_of = explained_acts(times, known.since)
    left, burst, pull = np.zeros(times.n_accounts), np.zeros(times.n_accounts), np.zeros(known.source.size)
    pi, k = frozen.hyper[PI], frozen.hyper[K]
    for some in cut(act_of, judged):
        batch = assemble(some, times, known, frozen, acts, act_of, times.passes(), instead)
        owner = np.repeat(np.arange(some.size), np.diff(batch.act_of))
        batch = replace(
            batch, s=at_acts(shape, batch, times, known.since) * batch.E[owner] / (known.until - known.since)
        )
        z, b = start_of(batch, 0), np.full(some.size, 1.0)
        of_pair = np.repeat(np.arange(some.size), np.diff(batch.pair_first))
        for draw in range(N_DRAWS):
            tally = sample(batch, frozen, SEED + draw, 60 if draw == 0 else 4, 1, 0, z, b).tally
            moved = z >= 0
            c = np.bincount((batch.pair_first[owner] + z)[moved], minlength=of_pair.size)
            g, hard = batch.G, b[of_pair]
            odds = pi * (hard / (hard + g)) ** k
            is_on = np.where(c > 0, 1.0, odds / (1 - pi + odds))
            pull[batch.pair] += is_on * (k + c) / (hard + g) * batch.is_exposed / N_DRAWS
            left[some] += tally[:, 0] / N_DRAWS
            burst[some] += (frozen.hyper[SA] + tally[:, 1]) / (frozen.hyper[SB] + batch.S) / N_DRAWS
    return left, burst, pull


def scored(times, known, frozen, shape, whole, level, burst, pull, split, end, instead=None):
    """Log-likelihood of each account's acts after the split, and how much of its expected number is the network's."""
    blank = replace(times, kind=np.where(times.kind == TOLD, TOLD, SILENT).astype(np.int8), author=times.author * 0 - 1)
    late, then = replace(known, since=split, until=end), replace(frozen, since=split, until=end)
    acts, act_of = explained_acts(blank, split)
    judged = np.unique(times.account[times.kind != TOLD])
    found, expected = np.zeros(times.n_accounts), np.zeros((3, times.n_accounts))
    for some in cut(act_of, judged):
        batch = assemble(some, blank, late, then, acts, act_of, blank.passes(), instead)
        owner = np.repeat(np.arange(some.size), np.diff(batch.act_of))
        of_pair = np.repeat(np.arange(some.size), np.diff(batch.pair_first))
        of_entry = np.repeat(np.arange(batch.act.size), np.diff(batch.entry_first))
        pair = batch.pair_first[owner[of_entry]] + batch.entry_pair
        rate = level[some][owner] * at_acts(shape, batch, times, known.since)
        rate += burst[some][owner] * batch.o
        rate += np.bincount(of_entry, pull[batch.pair[pair]] * batch.entry_h, batch.act.size)
        moved = np.bincount(of_pair, pull[batch.pair] * batch.G * batch.is_exposed, some.size)
        expected[:, some] = level[some] * whole[some], burst[some] * batch.S, moved
        found[some] = np.bincount(owner, np.log(rate), some.size) - expected[:, some].sum(axis=0)
    return found, expected


def gained(name, one, other, n, chosen):
    random = np.random.default_rng(11)
    gap, n = (one - other)[chosen], n[chosen].astype(float)
    places = random.integers(0, gap.size, (N_REPLICATES, gap.size)) if gap.size else np.zeros((1, 0), int)
    again = gap[places].sum(axis=1) / n[places].sum(axis=1)
    of_mean = gap[places].mean(axis=1)
    print(f"    {name:44} per act {gap.sum() / n.sum():+.4f} ± {again.std():.4f}  per account {gap.mean():+.4f} ± "
          f"{of_mean.std():.4f}  median {np.median(gap):+.4f}  better {np.mean(gap > 0):.3f}", flush=True)  # fmt: skip


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("path")
    options.add_argument("--develop", action="store_true", help="within the first 70 %% of the rows only")
    options.add_argument("--deep", type=int, default=batches.DEEP, help="acts of a source that count at one act")
    chosen = options.parse_args()
    batches.DEEP = chosen.deep
    a, b, t, verb = read(chosen.path)
    split = np.quantile(t, SHARE)
    if chosen.develop:
        a, b, t, verb = (x[t < split] for x in (a, b, t, verb))
        split = np.quantile(t, SHARE)
    times, *_ = study_of(a, b, t, verb, np.inf, enough(a, t, split))
    end = float(times.hours.max()) + 1e-6
    after = times.hours >= split
    past = replace(
        times,
        kind=np.where(after, TOLD, times.kind).astype(np.int8),
        author=np.where(after, -1, times.author),
    )
    every = replace(exposures(past, since=split_time(past)), until=split)
    community = communities_before(past, every, InfluenceOptions())
    match = matched(past, every, community)
    shape, whole = shapes(times, every, community, split, end)
    n = times.n_accounts
    owner = times.account
    n_test = np.bincount(owner[after & (times.kind != TOLD)], minlength=n)
    judged = np.unique(owner[times.kind != TOLD])
    reads = np.bincount(every.target, every.is_exposed, n) > 0
    print(f"t0 {every.since:.1f} h, split {split:.1f}, end {end:.1f}; {judged.size:,} accounts, "
          f"{np.count_nonzero(n_test > 0):,} active in the test, {n_test.sum():,} acts to score; "
          f"{np.count_nonzero(every.is_exposed):,} pairs known before t0", flush=True)  # fmt: skip

    shown = times.account[times.shown_act][(times.shown_hours >= every.since) & (times.shown_hours < split)]
    acted = np.append(np.bincount(shown, minlength=n) > 0, False)
    alone = replace(every, is_exposed=np.zeros(every.source.size, bool))
    active = replace(every, is_exposed=every.is_exposed & acted[every.source])
    with_null = match.judged(active)
    with_null = replace(with_null, is_exposed=with_null.is_exposed & acted[match.instead])
    stranger = np.where(with_null.is_exposed, match.instead, with_null.source)
    print(f"  pairs whose source acted until the split {active.is_exposed.sum():,}, with a stranger who did "
          f"{with_null.is_exposed.sum():,}", flush=True)  # fmt: skip
    found = {}
    arms = (("background", alone, None), ("own bursts", alone, None), ("network", active, None),
            ("network, pairs with a null", with_null, None), ("network of strangers", with_null, stranger))  # fmt: skip
    for name, known, instead in arms:
        pairs = np.sort((known.target * n + known.source)[known.is_exposed])
        explains = (past.kind == NAMED) & np.isin(owner * n + past.author, pairs)
        fitted = replace(
            past,
            kind=np.select([past.kind == TOLD, explains], [TOLD, NAMED], SILENT).astype(np.int8),
            author=np.where(explains, past.author, -1),
        )
        frozen = learn(fitted, known, community=community, instead=instead)
        left, burst, pull = rates(fitted, known, judged, frozen, shape, instead)
        if name == "background":
            left = np.bincount(owner[(past.kind != TOLD) & (past.hours >= every.since)], minlength=n).astype(float)
            burst, pull = burst * 0, pull * 0
        span = split - every.since
        shape_of, rate_of = gamma_poisson(left[judged], np.full(judged.size, span), 1.0, span)
        level = (shape_of + left) / (rate_of + span)
        found[name], expected = scored(times, known, frozen, shape, whole, level, burst, pull, split, end, instead)
        print(f"  {name:28} {found[name][judged].sum() / n_test.sum():.4f} per act; {n_test[n_test > 0].sum():,} acts, "
              f"expected of background, bursts, network {expected[:, judged].sum(axis=1).round()}; level Gamma"
              f"({shape_of:.2f}, {rate_of:.2f})", flush=True)  # fmt: skip
    is_judged = np.isin(np.arange(n), judged)
    groups = {"active in the test": n_test > 0, "all judged": is_judged, "active, with a source": (n_test > 0) & reads}
    for group, some in groups.items():
        of = some & is_judged
        print(f"  {group}: {of.sum():,} accounts, {n_test[of].sum():,} acts; per act " + ", ".join(
            f"{name} {value[of].sum() / n_test[of].sum():.4f}" for name, value in found.items()))  # fmt: skip
        gained("own bursts over background", found["own bursts"], found["background"], n_test, of)
        gained("network over own bursts", found["network"], found["own bursts"], n_test, of)
        gained("same, pairs with a null", found["network, pairs with a null"], found["own bursts"], n_test, of)
        gained("strangers over own bursts", found["network of strangers"], found["own bursts"], n_test, of)
        gained("network over strangers", found["network, pairs with a null"], found["network of strangers"], n_test, of)


if __name__ == "__main__":
    main()
