"""What becomes of the figures on real acts, where one thing about them is known: links hidden, thinned, halved, broken.

    python benchmarks/influence_real.py thinned ../shared/data/higgs/higgs-activity_time.txt.gz --develop
    python benchmarks/influence_real.py halves ...
    python benchmarks/influence_real.py controls ...

563,069 interactions around a discovery (`benchmarks/influence_higgs.py`: the same loading, nothing judged but accounts
with at least 8 acts). Nearly all acts in the file name somebody: reposts and answers. Silent are mentions alone, and of
every fifth repost or answer, drawn by account and second, the name is hidden. So of the silent acts those are known
that others moved, for certain where the hidden author is one to whom the account was known to be exposed; mentions may
have been moved as well. Exposure is learnt before t0, from what is left, as in a study. `--develop` is the first
70 % of the rows. Standard errors draw accounts again.
"""

import argparse
from dataclasses import replace

import numpy as np
from higgs_hidden import N_DRAWS, SEED, area, drawn_again, made, moved_by_account, moving, of_second, theta_of
from influence_higgs import SHARE, enough, read
from influence_real_controls import controls
from scipy.stats import rankdata, spearmanr

from ascendant.infer.exposure import NAMED, SILENT, TOLD
from ascendant.infer.recent import recent
from ascendant.kernels.chance import uniforms

KEEPS_ACT, KEEPS_ACCOUNT = 121, 122


def told(study, figures, real):
    """What theta says against what was hidden."""
    times = study.times
    late = times.hours >= study.known.since
    asked, named = late & (times.kind == SILENT), late & (times.kind == NAMED)
    of_known, of_every = study.by_exposed(study.known) & late, study.by_exposed(study.every) & late
    owner, n = times.account, times.n_accounts
    columns = np.column_stack([np.bincount(owner[x], minlength=n) for x in (asked, named, of_known, of_every)])
    (truth, te), (wide, we), (a, ae) = (
        drawn_again(columns, lambda s, f=f: f(s))
        for f in (lambda s: s[2] / s[0], lambda s: s[3] / s[0], lambda s: s[1] / (s[0] + s[1]))
    )
    words = "  ".join(f"{name} {v:.4f} ± {e:.4f}" for name, (v, e) in figures.items())
    print(
        f"  A {a:.3f} ± {ae:.3f}  {words}\n  {asked.sum():,} silent, {(late & (study.true >= 0)).sum():,} hidden, "
        f"by an exposed author {of_every.sum():,} = {wide:.4f} ± {we:.4f}, by one with a null {of_known.sum():,} = "
        f"{truth:.4f} ± {te:.4f}; theta finds {figures['theta'][0] * asked.sum():.0f} ± "
        f"{figures['theta'][1] * asked.sum():.0f}",
        flush=True,
    )


def recovered(study, real):
    """Own or moved: hidden acts against mentions, by whether the author is one to whom the account was exposed."""
    times = study.times
    late, owner, p = times.hours >= study.known.since, times.account, real.p_moved
    mention = late & (times.kind == SILENT) & (study.true < 0)
    seen = study.by_exposed(study.known) & late
    unseen = (study.true >= 0) & late & ~study.by_exposed(study.every)
    of = recent(times, study.known, np.flatnonzero(late & (times.kind == SILENT)))
    touch = np.full(p.size, -np.inf)
    np.maximum.at(touch, of.act[of.row], -of.age)
    for name, score in (("ours", p), ("last touch", touch)):
        for what, yes, no in (
            ("hidden, exposed author, or mention", seen, mention),
            ("hidden, other author, or mention", unseen, mention),
            ("hidden: exposed or other author", seen, unseen),
        ):
            value, error = area(score, yes, no, owner)
            print(f"  {name:10} {what:36} area {value:.3f} ± {error:.3f}")
    for what, x in (("hidden, exposed author", seen), ("hidden, other author", unseen), ("mention", mention)):
        found = np.column_stack([np.bincount(owner[x], w, times.n_accounts) for w in (np.ones(x.sum()), p[x])])
        value, error = drawn_again(found, lambda s: s[1] / s[0])
        print(f"  mean p_moved, {what:24} {value:.4f} ± {error:.4f} of {x.sum():,}")
    reached = touch > -np.inf
    print(
        f"  exposed author: it or another source acted within 48 h in {reached[seen].mean():.3f}; likeliest is the "
        f"author in {(real.likeliest == study.true)[seen & (real.p_likeliest > 0)].mean():.3f}",
        flush=True,
    )


def thinned(rows, judged, held):
    a, _, t, _ = rows
    whole = made(rows, judged, held=held)
    since, ids = whole.known.since, whole.times.account_id.cast("int64").to_numpy()
    plain = made(rows, judged, since, 0.0, held)
    at, frozen = plain.fit()
    null, _ = plain.fit(instead=plain.stranger)
    print(f"nothing hidden: {at.n_silent.sum():,} mentions, {at.n_named.sum():,} named; q "
          f"{q_of(frozen):.4f}", flush=True)  # fmt: skip
    columns = np.column_stack([at.n_silent, moved_by_account(at), moved_by_account(null)])
    for name, place in (("B", 1), ("C", 2)):
        print("  {} {:.5f} ± {:.5f}".format(name, *drawn_again(columns, lambda s, k=place: s[k] / s[0])))
    exerted_whole = None
    act, actor = of_second(KEEPS_ACT, a, t), uniforms(KEEPS_ACCOUNT, a.astype(np.int64))
    for name, chance in (("all", None), ("acts", 0.5), ("acts", 0.25), ("accounts", 0.5), ("accounts", 0.25)):
        kept = np.ones(a.size, bool) if chance is None else (act if name == "acts" else actor) < chance
        some = tuple(x[kept] for x in rows)
        study = made(some, np.intersect1d(judged, some[0]), since, held=held) if chance else whole
        figures, real, frozen, _ = theta_of(study)
        mine = study.times.account_id.cast("int64").to_numpy()
        print(f"{name} {chance or ''}: {mine.size:,} accounts, {np.count_nonzero(study.every.is_exposed):,} pairs, "
              f"with a null {np.count_nonzero(study.known.is_exposed):,}, q {q_of(frozen):.3f}")  # fmt: skip
        told(study, figures, real)
        exerted = np.zeros(ids.size)
        place = np.searchsorted(ids, mine)
        held = np.isin(mine, ids)
        exerted[place[held]] = moving(study.times, real).mean(axis=0)[held]
        if chance is None:
            exerted_whole = exerted
            recovered(study, real)
            continue
        order(exerted_whole, exerted)


def q_of(frozen):
    return frozen.hyper[8] / (frozen.hyper[8] + frozen.hyper[9])


def order(whole, part):
    """Accounts by what they move: all that move anything in the whole, and the largest."""
    able = whole >= 1
    n = max(10, np.count_nonzero(able) // 50)
    top, other = np.argsort(-whole, kind="stable")[:n], np.argsort(-part, kind="stable")[:n]
    many = whole >= 5
    print(
        f"  order against the whole: Spearman {spearman(whole[able], part[able])} of {able.sum():,} that move at least "
        f"1 act, {spearman(whole[many], part[many])} of {many.sum():,} at least 5; of the largest 2 % ({n}) shared "
        f"{np.isin(top, other).mean():.3f}",
        flush=True,
    )


def spearman(x, y):
    """With the standard error over accounts drawn again (ranks as in the whole)."""
    if x.size < 10:
        return "none"
    r, s = rankdata(x), rankdata(y)
    random = np.random.default_rng(15)
    again = [np.corrcoef(r[k], s[k])[0, 1] for k in random.integers(0, x.size, (N_DRAWS, x.size))]
    return f"{spearmanr(x, y).statistic:.3f} ± {np.std(again):.3f}"


def halves(rows, judged, held):
    """Time cut in two against acts cut in two at random: what else than chance changes."""
    study = made(rows, judged, held=held)
    times, since = study.times, study.known.since
    counted = (times.hours >= since) & (times.kind != TOLD)
    middle = np.median(times.hours[counted])
    chance = np.random.default_rng(SEED).random(times.hours.size) < 0.5
    # Chosen by what both halves are blind to: chosen by their sum, halves would seem to disagree.
    before = np.bincount(study.every.source, study.every.n_named_before, times.n_accounts)
    print(f"t0 {since:.1f} h, middle {middle:.1f} h, end {study.known.until:.1f} h")
    for name, first in (("halves of time", times.hours < middle), ("acts at random", chance)):
        found = []
        for mine in (first, ~first):
            # The other half's acts stay as what others saw, and are not explained.
            part = replace(times, kind=np.where(counted & ~mine, TOLD, times.kind).astype(np.int8))
            part = replace(part, author=np.where(part.kind == NAMED, part.author, -1))
            known = study.known
            if name == "halves of time":
                known = replace(known, **({"until": middle} if mine is first else {"since": middle}))
            found.append(study.fit(times=part, known=known)[0])
        one, two = found
        share = [(x.n_named + moved_by_account(x)) / np.maximum(x.n_named + x.n_silent, 1) for x in found]
        silent = [moved_by_account(x) / np.maximum(x.n_silent, 1) for x in found]
        n = [x.n_named + x.n_silent for x in found]
        enough_acts = np.minimum(*n) >= 10
        both = np.minimum(one.n_silent, two.n_silent) >= 3
        exerted = [moving(times, x).mean(axis=0) for x in found]
        inferred = [moving(times, x).mean(axis=0) - np.bincount(times.author[(times.kind == NAMED) & counted & mine],
                    minlength=times.n_accounts) for x, mine in zip(found, (first, ~first), strict=True)]  # fmt: skip
        able = before >= 5
        level = "  ".join(f"B {x.moved.sum(axis=2).mean() / x.n_silent.sum():.4f}" for x in found)
        print(
            f"{name}: {level}\n"
            f"  influenced share of all acts, {enough_acts.sum():,} accounts with 10 acts in each: "
            f"{spearman(share[0][enough_acts], share[1][enough_acts])}\n"
            f"  moved share of silent acts, {both.sum():,} accounts with 3 in each: "
            f"{spearman(silent[0][both], silent[1][both])}\n"
            f"  exerted, {able.sum():,} accounts named 5 times before: {spearman(exerted[0][able], exerted[1][able])}; "
            f"inferred alone {spearman(inferred[0][able], inferred[1][able])}",
            flush=True,
        )


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("what", choices=("thinned", "halves", "controls"))
    options.add_argument("path")
    options.add_argument("--develop", action="store_true", help="the first 70 %% of the rows only")
    options.add_argument("--held", type=float, help="the share of silent acts among moved ones; learnt by default")
    chosen = options.parse_args()
    rows = read(chosen.path)
    if chosen.develop:
        rows = tuple(x[rows[2] < np.quantile(rows[2], SHARE)] for x in rows)
    judged = enough(rows[0], rows[2], np.inf)
    if chosen.what == "controls":
        study = made(rows, judged, held=chosen.held)
        found = theta_of(study)
        told(study, *found[:2])
        recovered(study, found[1])
        controls(study, *found)
    else:
        {"thinned": thinned, "halves": halves}[chosen.what](rows, judged, chosen.held)


if __name__ == "__main__":
    main()
