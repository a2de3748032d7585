"""Who was reposted, with the name hidden: 563,069 real interactions around a discovery (SNAP, higgs-activity_time).

    python benchmarks/influence_higgs.py ../shared/data/higgs/higgs-activity_time.txt.gz
    python benchmarks/influence_higgs.py ... --develop     the same within the first 70 % of the rows

Accounts with at least 8 acts in the first 70 % of the rows are judged. Whom they named until then is what they are
exposed to. Of each of their later reposts the author is hidden, and sought among those exposed sources that acted
within the 48 hours before. The file holds no posts: a source acts when it names somebody, and when an account that is
not judged names it (so that no hidden name is told by the signal). Two questions: with the target's own earlier links,
and with all links of half of the targets hidden at a time, so that others' links alone tell. Rules are tuned on the
last fifth of the rows before the split; ours learns from all of them. Differences are drawn again over accounts.
"""

import argparse
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.csv

from ascendant.infer.attribution import Effort
from ascendant.infer.baselines import RULES, habits, scores, tuned
from ascendant.infer.batches import assemble, cut, explained_acts
from ascendant.infer.doubt import matched
from ascendant.infer.exposure import NAMED, SILENT, TOLD, Exposure, Timeline
from ascendant.infer.learning import communities_before, learn
from ascendant.infer.links import no_links
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.recent import HORIZON_HOURS, author_of, rank_of, recent
from ascendant.infer.sampling import sample, start_of
from ascendant.kernels import attribution as kernel

FEWEST, SHARE, N_DRAWS = 8, 0.7, 4000


def read(path):
    """actor, author, hours, verb (RT, MT, RE) in the order of the file; to oneself is left out."""
    rows = pyarrow.csv.read_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(column_names=["a", "b", "second", "code"]),
        parse_options=pyarrow.csv.ParseOptions(delimiter=" "),
    )
    a, b, t = (rows[name].to_numpy() for name in ("a", "b", "second"))
    verb = rows["code"].to_numpy(zero_copy_only=False).astype(str)
    other = a != b
    return a[other], b[other], (t[other] - t.min()) / 3600, verb[other]


def enough(a, t, split):
    """Accounts with enough acts before the split; several rows of one moment are one act."""
    who, n_acts = np.unique(np.unique(np.column_stack([a, t])[t < split], axis=0)[:, 0], return_counts=True)
    return who[n_acts >= FEWEST].astype(np.int64)


def study_of(a, b, t, verb, split, judged=None):
    """Timeline, exposures, the true author of each act, and which acts are reposts that can be judged."""
    judged = enough(a, t, split) if judged is None else judged
    _, of_row = np.unique(np.column_stack([a, t]), axis=0, return_inverse=True)
    is_judged = np.isin(a, judged)
    # One act a moment: a repost before an answer before a mention, then the lowest author.
    order = np.lexsort((b, np.select([verb == "RT", verb == "RE"], [0, 1], 2), of_row))
    first = order[np.append(True, np.diff(of_row[order]) > 0)]
    alone = np.bincount(of_row)[of_row[first]] == 1
    kind = np.where(verb[first] == "MT", SILENT, NAMED)
    sources = np.unique(b[is_judged & (t < split)])
    signal = np.unique(np.column_stack([b, t])[~is_judged & np.isin(b, sources)], axis=0)
    kept = np.isin(a[first], np.union1d(judged, sources))
    first, alone, kind = first[kept], alone[kept], kind[kept]
    kind = np.where(np.isin(a[first], judged), kind, TOLD)
    ids = np.unique(np.concatenate([judged, sources, b[first]]))
    n = first.size + signal.shape[0]
    account = np.searchsorted(ids, np.append(a[first], signal[:, 0].astype(np.int64)))
    hours = np.append(t[first], signal[:, 1])
    author = np.append(np.where(kind == NAMED, np.searchsorted(ids, b[first]), -1), np.full(signal.shape[0], -1))
    kind = np.append(kind, np.full(signal.shape[0], TOLD)).astype(np.int8)
    is_shown = np.append(verb[first] != "RE", np.ones(signal.shape[0], bool))
    judge = np.append(alone & (verb[first] == "RT") & (t[first] >= split), np.zeros(signal.shape[0], bool))
    order = np.lexsort((hours, account))
    account, hours, author, kind, judge = (x[order] for x in (account, hours, author, kind, judge))
    shown = np.flatnonzero(is_shown[order])
    begin = np.searchsorted(account, np.arange(ids.size + 1))
    judge &= kind == NAMED
    late = (hours >= split) & (kind == NAMED)
    times = Timeline(
        account_id=pa.array(ids).cast(pa.string()),
        act_id=pa.array(np.arange(n)).cast(pa.string()),
        first=begin,
        hours=hours,
        kind=np.where(late, SILENT, kind).astype(np.int8),
        is_repost=np.zeros(n, bool),
        author=np.where(late, -1, author),
        item=np.full(n, -1),
        item_act=np.full(n, -1),
        item_hours=np.full(n, np.nan),
        n_items=0,
        shown_first=np.searchsorted(shown, begin),
        shown_act=shown,
        start_us=1_341_100_800_000_000,  # 1 July 2012
        links=no_links(n),
    )
    named = (a < np.inf) & is_judged & (t < split)
    key = np.searchsorted(ids, a[named]) * ids.size + np.searchsorted(ids, b[named])
    key, count = np.unique(key, return_counts=True)
    known = Exposure(
        first=np.searchsorted(key, np.arange(ids.size + 1) * ids.size),
        source=key % ids.size,
        is_exposed=np.ones(key.size, bool),
        n_named_before=count,
        since=0.0,
        until=float(hours.max()) + 1e-6,
    )
    return times, known, author, judge


def hidden(times, accounts):
    """The timeline in which these accounts name nobody."""
    mine = np.isin(times.account, accounts) & (times.kind == NAMED)
    return replace(
        times, kind=np.where(mine, SILENT, times.kind).astype(np.int8), author=np.where(mine, -1, times.author)
    )


def ours(times, known, of, effort, *, with_null=False):
    """Of each candidate the chance that it moved the act, by our model; 0 where it is no candidate there."""
    community = communities_before(times, known, InfluenceOptions())
    known = matched(times, known, community).judged(known) if with_null else known
    frozen = learn(times, known, community=community)
    acts, act_of = explained_acts(times, known.since)
    targets = np.unique(times.account[of.act])
    row_of = np.full(times.hours.size, -1)
    row_of[of.act] = np.arange(of.act.size)
    key = of.row * known.source.size + of.pair
    found = np.zeros(of.pair.size)
    for some in cut(act_of, targets):
        batch = assemble(some, times, known, frozen, acts, act_of, times.passes())
        owner = np.repeat(np.arange(batch.target.size), np.diff(batch.act_of))
        of_entry = np.repeat(np.arange(batch.act.size), np.diff(batch.entry_first))
        pair = batch.pair[batch.pair_first[owner[of_entry]] + batch.entry_pair]
        asked = row_of[batch.act[of_entry]] >= 0
        place = np.searchsorted(key, (row_of[batch.act[of_entry]] * known.source.size + pair)[asked])
        wanted = (row_of[batch.act[of_entry]] * known.source.size + pair)[asked]
        held = (place < key.size) & (key[np.minimum(place, key.size - 1)] == wanted)
        for chain in range(2):
            b = np.full(batch.target.size, frozen.hyper[kernel.CB] / frozen.hyper[kernel.DB])
            draws = sample(
                batch, frozen, effort.seed + chain, effort.n_burn, effort.n_kept, 0, start_of(batch, chain), b
            )
            found[place[held]] += draws.p_entry[asked][held] / 2
    return found, frozen


def compared(name, ranks, owner, against):
    """Top-1 and mean reciprocal rank, each with its difference to `against`, drawn again over accounts."""
    random = np.random.default_rng(11)
    _, owner = np.unique(owner, return_inverse=True)
    weight = random.poisson(1.0, (N_DRAWS, owner.max() + 1)).astype(float)
    n = weight @ np.bincount(owner)
    for rule, rank in ranks.items():
        line = f"  {rule:12}"
        for what, value in (("top-1", rank < 1.5), ("MRR", 1 / rank)):
            base = ranks[against] < 1.5 if what == "top-1" else 1 / ranks[against]
            mean = weight @ np.bincount(owner, value) / n
            gap = weight @ np.bincount(owner, value - base.astype(float)) / n
            line += f"  {what} {np.mean(value):.4f} ± {mean.std():.4f}"
            if rule != against:
                line += f" (minus {against} {np.mean(value - base.astype(float)):+.4f} ± {gap.std():.4f})"
        print(line, flush=True)
    print(f"  {name}: {owner.size} reposts of {owner.max() + 1} accounts")


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("path")
    options.add_argument("--develop", action="store_true", help="judge within the first 70 %% of the rows only")
    options.add_argument("--kept", type=int, default=150)
    options.add_argument(
        "--with-null", action="store_true", help="only pairs for which strangers are found are inferred"
    )
    chosen = options.parse_args()
    a, b, t, verb = read(chosen.path)
    split = np.quantile(t, SHARE)
    if chosen.develop:
        a, b, t, verb = (x[t < split] for x in (a, b, t, verb))
        split = np.quantile(t, SHARE)
    times, known, author, judge = study_of(a, b, t, verb, split)
    effort = Effort(n_burn=60, n_kept=chosen.kept)
    acts = np.flatnonzero(judge)
    of = recent(times, known, acts)
    is_author = author_of(times, known, of, author)
    n_candidates = np.diff(of.first)
    has = np.bincount(of.row, is_author, acts.size) > 0
    pairs = known.target * times.n_accounts + known.source
    is_exposed = np.isin(times.account[acts] * times.n_accounts + author[acts], pairs)
    scoreable = has & (n_candidates > 1)
    print(
        f"split at {split:.1f} h of {t.max():.1f}; {np.unique(known.target).size:,} accounts judged, "
        f"{known.source.size:,} exposures\n{acts.size:,} later reposts, one name at the moment: author exposed "
        f"{is_exposed.mean():.3f}, acting within {HORIZON_HOURS:.0f} h {has.mean():.3f}, among several and so scored "
        f"{scoreable.mean():.3f}; {n_candidates[scoreable].mean():.1f} candidates each"
    )
    chosen_one = is_author & scoreable[of.row]
    owner = times.account[acts][scoreable]

    everybody = np.unique(known.target)
    half = np.random.default_rng(5).permutation(everybody)[: everybody.size // 2]
    arms = (("own links known", (np.empty(0, int),)), ("own links hidden", (half, np.setdiff1d(everybody, half))))
    for arm, folds in arms:
        ranks = {name: np.zeros(owner.size) for name in ("ours", *RULES, "random")}
        for accounts in folds:
            blind, unknown = hidden(times, accounts), np.isin(np.arange(times.n_accounts), accounts)
            asked = np.isin(owner, accounts) if accounts.size else np.ones(owner.size, bool)
            score, frozen = ours(blind, known, of, effort, with_null=chosen.with_null)
            ranks["ours"][asked] = rank_of(score, of, chosen_one)[asked]
            told = " ".join(f"{value:.3f}" for value in frozen.hyper)
            print(f"  hyper-parameters {told}; half of the delays within "
                  f"{half_of(frozen.delay):.2f} h", flush=True)  # fmt: skip
            for rule in RULES:
                setting = tuned(rule, blind, known, split, own_links=not accounts.size)
                before = habits(blind, known, split, setting, unknown)
                score = scores(rule, blind, of, before, setting)
                ranks[rule][asked] = rank_of(score, of, chosen_one)[asked]
                print(f"  {rule}: {setting}")
        ranks["random"] = (1 + n_candidates[scoreable]) / 2
        compared(arm, ranks, owner, "rate")


def half_of(law):
    reached = np.append(0.0, np.cumsum(law.density * np.diff(law.edge)))
    return np.interp(0.5 * reached[-1], reached, law.edge)


if __name__ == "__main__":
    main()
