"""A real conversation, taken apart by chance or left as it is, and campaigns put into it whose members are known.

Events cross: who did what, on which trace, when. One account acts once on an object (its first act), always removed
*before* anything is permuted: an account's own repeats would become other people's co-acts. The conversation is
`german_elections.csv` of CooRTweet (Facebook pages and X accounts before an election, 42 days), the real campaign its
`russian_coord_tweets.csv` (reposts of a protest); nobody has labelled either.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

TRACES = ("repost", "fast_repost", "link", "text", "hashtags", "image", "reply")  # places are the codes of `trace`
COLUMNS = {"link": "url_id", "hashtags": "hashtag_id", "image": "phash_id"}
SECOND, DAY = 10**6, 86_400 * 10**6
SCHEMES = ("who", "what")  # nothing is left above chance: `groups.py residual`
STRESS = ("platform", "clocks", "turned")  # harder, or something is left: `permuted` says what


@dataclass(frozen=True)
class Mix:
    """N events of A accounts, by trace, object, time, account; `planted` events are the campaign's."""

    account: np.ndarray  # int32[N]
    object: np.ndarray  # int64[N], distinct over all traces
    trace: np.ndarray  # int8[N]
    at: np.ndarray  # int64[N], us UTC
    planted: np.ndarray  # bool[N]
    group: np.ndarray  # int32[A]: which group of the campaign; -1 none
    platform: np.ndarray  # int8[A]: 0 Facebook, 1 X
    told: str = ""  # what was drawn, for the log

    @property
    def n_accounts(self):
        return self.group.size

    @property
    def members(self):
        """Accounts with an act of the campaign: whoever has none left is an ordinary account."""
        return np.bincount(self.account[self.planted], minlength=self.n_accounts) > 0

    @property
    def judged(self):
        """Members with two objects of the campaign: with one, nobody could tell."""
        return np.bincount(self.account[self.planted], minlength=self.n_accounts) >= 2


def sorted_mix(account, object_, trace, at, planted, group, platform, told=""):
    """One event of an account on an object: the campaign's before an ordinary one, then the first."""
    keep = first_of(account, object_, at + np.where(planted, 0, 2**60))
    columns = [np.asarray(column)[keep] for column in (account, object_, trace, at, planted)]
    order = np.lexsort((columns[0], columns[3], columns[1], columns[2]))
    kinds = (np.int32, np.int64, np.int8, np.int64, bool)
    columns = [column[order].astype(kind) for column, kind in zip(columns, kinds, strict=True)]
    return Mix(*columns, group=group.astype(np.int32), platform=platform.astype(np.int8), told=told)


def first_of(account, object_, at):
    """Places of the first event of each account on each object.

    >>> first_of(np.array([0, 0, 1]), np.array([5, 5, 5]), np.array([9, 3, 4])).tolist()
    [1, 2]
    """
    order = np.lexsort((at, object_, account))
    u, o = account[order], object_[order]
    new = np.r_[True, (u[1:] != u[:-1]) | (o[1:] != o[:-1])]
    return order[new[: order.size]]


@cache
def background(folder):
    """The conversation as it was: about 82,000 events on links, sets of hashtags and images, and no campaign."""
    told = pa.csv.ConvertOptions(column_types={column: pa.int64() for column in (*COLUMNS.values(), "timestamp")})
    rows = pa.csv.read_csv(Path(folder) / "german_elections.csv", convert_options=told)
    rows = rows.filter(pc.is_valid(rows["timestamp"]))
    ids = pc.unique(rows["account_id"])
    ids = ids.take(pc.sort_indices(ids))
    who, when = pc.index_in(rows["account_id"], ids).to_numpy(), rows["timestamp"].to_numpy() * SECOND
    parts, n_objects = [], 0
    for trace, column in COLUMNS.items():
        has = pc.is_valid(rows[column]).to_numpy()
        _, what = np.unique(rows[column].filter(pa.array(has)).to_numpy(), return_inverse=True)
        parts.append((who[has], what + n_objects, np.full(what.size, TRACES.index(trace)), when[has]))
        n_objects += what.max() + 1
    account, object_, trace, at = (np.concatenate(column) for column in zip(*parts, strict=True))
    seen, account = np.unique(account, return_inverse=True)  # accounts without any trace are left out
    platform = pc.starts_with(ids, "tw_").to_numpy(zero_copy_only=False)[seen]
    return sorted_mix(account, object_, trace, at, np.zeros(account.size, bool), np.full(seen.size, -1), platform)


def permuted(mix, scheme, rng):
    """The same accounts, objects and days without common doings; none is the threshold's own scheme.

    who       who acted is shuffled among the acts of one trace and day: objects keep their bursts, each account its
              number of acts on each day; platforms mix
    what      objects are shuffled among the acts of one platform, trace and day, and each account's clock moves by up
              to half an hour, its own for the whole period: accounts keep their rhythm, objects their day
    platform  `who` within platforms. Some Facebook pages have 350 links among 16,000, and objects come in bursts of
              hundreds within a minute: two such pages meet seven times in a minute by chance alone, so counts say
              little here
    clocks    `what` with clocks left as they are: accounts served by one scheduler still act in the same minute, and
              meet on the day's common objects
    turned    each account's whole timeline moves by its own number of days and up to an hour, around the end of the
              period: each keeps its objects, their order and its rhythm. Two accounts that put out the same objects in
              one go still do where both turns agree
    """
    if scheme == "turned":
        start, span = mix.at.min() // DAY * DAY, (np.ptp(mix.at) // DAY + 1) * DAY
        move = rng.integers(0, span // DAY, mix.n_accounts) * DAY + rng.integers(0, 3600, mix.n_accounts) * SECOND
        at = start + (mix.at - start + move[mix.account]) % span
        return sorted_mix(mix.account, mix.object, mix.trace, at, mix.planted, mix.group, mix.platform)
    stratum, at = strata(mix, DAY, by_platform=scheme != "who"), mix.at
    if scheme in {"who", "platform"}:
        account, ok = shuffled(mix.account, mix.object, stratum, rng)
        object_ = mix.object
    elif scheme in {"what", "clocks"}:
        object_, ok = shuffled(mix.object, mix.account, stratum, rng)
        account = mix.account
        if scheme == "what":
            at = at + rng.integers(-1800, 1801, mix.n_accounts)[account] * SECOND
    else:
        raise ValueError(f"no scheme {scheme!r}: one of {', '.join(SCHEMES + STRESS)}")
    return sorted_mix(account[ok], object_[ok], mix.trace[ok], at[ok], mix.planted[ok], mix.group, mix.platform)


def strata(mix, length, *, by_platform=True):
    """Of each event: the number of its platform, trace and stretch of time."""
    platform = mix.platform[mix.account].astype(np.int64) if by_platform else 0
    key = (platform * len(TRACES) + mix.trace.astype(np.int64)) * 10**6 + mix.at // length
    return np.unique(key, return_inverse=True)[1]


def residual(mix, co_acts, rng, windows=(60, 600, 3600), n_shuffles=5):
    """By window: pairs with at least 2 and 3 co-acts (mix, seconds -> counts), and the same after `who` is shuffled
    again within hours, the mean of some shuffles: what chance gives to these accounts, objects and hours."""
    again = []
    for _ in range(n_shuffles):
        account, ok = shuffled(mix.account, mix.object, strata(mix, 3600 * SECOND), rng)
        columns = (account[ok], mix.object[ok], mix.trace[ok], mix.at[ok], mix.planted[ok])
        again.append(sorted_mix(*columns, mix.group, mix.platform))
    rows = {}
    for window in windows:
        here, chance = co_acts(mix, window), [co_acts(one, window) for one in again]
        rows[window] = [(int((here >= n).sum()), float(np.mean([(c >= n).sum() for c in chance]))) for n in (2, 3)]
    return rows


def shuffled(label, other, stratum, rng, n_rounds=200):
    """`label` shuffled inside strata so that no (label, other) comes twice; and which events are kept.

    Twins are drawn again, by changing places with a random event of the stratum. The few left after all rounds (an
    account that did most of a stratum) are given up.

    >>> label, ok = shuffled(np.array([0, 1, 2]), np.array([0, 0, 1]), np.zeros(3, int), np.random.default_rng(1))
    >>> sorted(label.tolist()), ok.tolist()
    ([0, 1, 2], [True, True, True])
    """
    by_stratum = np.argsort(stratum, kind="stable")
    first = np.searchsorted(stratum[by_stratum], np.arange(stratum.max() + 1))
    size = np.bincount(stratum)
    label = label.copy()
    label[by_stratum] = label[np.lexsort((rng.random(label.size), stratum))]
    twin = np.empty(0, int)
    for _ in range(n_rounds):
        twin = _twins(label, other)
        if twin.size == 0:
            break
        swap = by_stratum[first[stratum[twin]] + (rng.random(twin.size) * size[stratum[twin]]).astype(int)]
        both = np.concatenate([twin, swap])
        _, at, n = np.unique(both, return_inverse=True, return_counts=True)
        alone = (n[at] == 1).reshape(2, -1).all(axis=0)  # each event changes places once in a round
        a, b = twin[alone], swap[alone]
        label[a], label[b] = label[b], label[a]
    ok = np.ones(label.size, bool)
    ok[_twins(label, other)] = False
    return label, ok


def _twins(label, other):
    key = label.astype(np.int64) * (int(other.max()) + 1) + other
    order = np.argsort(key, kind="stable")
    return order[1:][key[order][1:] == key[order][:-1]]


def campaign_real(folder, back, rng, *, n_members=300, pace=1.0, cover_share=None):
    """Real reposts among the ordinary accounts: who reposted what, in which order, on which hours.

    Members are met on a random walk from accounts to what they reposted, which knows no time. The dense weeks come
    to lie on the background's, by whole days. `pace` shortens the delays since the first repost of an object: at the
    real pace the rule finds about one in eighty of these accounts, so there is nothing to thin. Objects are the
    campaign's own: ordinary accounts are never falsely tied to members over them. `cover_share` of the members (by
    default drawn) take the place of ordinary accounts and keep their acts.
    """
    told = pa.csv.ConvertOptions(column_types={"timestamp_share": pa.int64()})
    rows = pa.csv.read_csv(Path(folder) / "russian_coord_tweets.csv", convert_options=told)
    who = rows["account_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    what = rows["object_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    when = rows["timestamp_share"].to_numpy() * SECOND
    keep = first_of(who, what, when)
    who, what, when = who[keep], what[keep], when[keep]
    n_days = int(np.ptp(back.at) // DAY)
    day = when // DAY
    dense = day.min() + int(np.convolve(np.bincount(day - day.min()), np.ones(n_days - 7), "valid").argmax())
    here = (day >= dense) & (day < dense + n_days - 7)
    here[here] = np.bincount(who[here])[who[here]] >= 2
    who, what, when = who[here], what[here], when[here] + (back.at.min() // DAY - dense + rng.integers(0, 7)) * DAY
    met = _walk(who, what, n_members, rng)
    here = np.isin(who, met)
    who, what, when = np.searchsorted(met, who[here]), np.unique(what[here], return_inverse=True)[1], when[here]
    born = np.full(what.max() + 1, np.iinfo(np.int64).max)
    np.minimum.at(born, what, when)
    when = born[what] + np.rint((when - born[what]) * pace / SECOND).astype(np.int64) * SECOND
    share = rng.random() if cover_share is None else cover_share
    told = f"real reposts, {met.size} members, {who.size} acts, pace {pace:.4g}, {share:.0%} with cover"
    return _mounted(back, who, what + back.object.max() + 1, np.zeros(who.size), when, np.zeros(met.size), share,
                    1.0, rng, told)  # fmt: skip


def _walk(who, what, n_members, rng):
    """Accounts met on a random walk between accounts and their objects, ascending."""
    by_who, by_what = np.argsort(who, kind="stable"), np.argsort(what, kind="stable")
    who_from = np.searchsorted(who[by_who], np.arange(who.max() + 2))
    what_from = np.searchsorted(what[by_what], np.arange(what.max() + 2))
    met, account = set(), int(who[rng.integers(who.size)])
    for _ in range(200 * n_members):
        met.add(account)
        if len(met) >= n_members:
            break
        one = what[by_who[rng.integers(who_from[account], who_from[account + 1])]]
        account = int(who[by_what[rng.integers(what_from[one], what_from[one + 1])]])
    return np.array(sorted(met))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a seed draws for a planted campaign."""

    n_groups: int
    tempo_seconds: float  # median delay of a member after the first of an operation
    jitter_seconds: float
    turnout: float  # chance that a member takes part
    n_operations: int  # of each group
    cover_share: float  # members that take the place of ordinary accounts, and keep their acts
    cover_kept: float  # how much of those acts
    popular: float  # share of the operations on objects that many ordinary accounts act on, within their bursts


def draw_plan(rng, *, small=False):
    """`small`: one or two groups. Else three to eight, so that one account is about a hundredth of what is found."""
    tempo = float(np.exp(rng.uniform(np.log(20), np.log(1800))))
    return Plan(
        n_groups=int(rng.integers(1, 3) if small else rng.integers(3, 9)),
        tempo_seconds=tempo,
        jitter_seconds=tempo * rng.uniform(0, 0.5),
        turnout=rng.uniform(0.25, 0.9),
        n_operations=int(rng.integers(4, 30)),
        cover_share=rng.uniform(0.3, 1.0),
        cover_kept=rng.uniform(0.3, 1.0),
        popular=rng.choice([0.0, 0.3, 0.7, 1.0]),
    )


def campaign_planted(back, rng, plan):
    """Invented groups of 10 to 60 among the ordinary accounts, each with its tempo (within a factor of two)."""
    busy = np.flatnonzero(np.bincount(back.object) >= 10)
    by_object = np.argsort(back.object, kind="stable")
    object_from = np.searchsorted(back.object[by_object], np.arange(back.object.max() + 2))
    trace_of = np.zeros(back.object.max() + 1, np.int8)
    trace_of[back.object] = back.trace
    who, what, trace, when, group = [], [], [], [], []
    n_members, new = 0, back.object.max() + 1
    for place in range(plan.n_groups):
        size = int(rng.integers(10, 61))
        tempo = plan.tempo_seconds * np.exp(rng.uniform(-0.7, 0.7))
        turnout = rng.beta(4 * plan.turnout, 4 * (1 - plan.turnout), size)  # some come nearly always, some seldom
        for _ in range(plan.n_operations):
            come = np.flatnonzero(rng.random(size) < turnout)
            if rng.random() < plan.popular:
                item = int(rng.choice(busy))
                kind = trace_of[item]
                first = back.at[by_object[rng.integers(object_from[item], object_from[item + 1])]]
            else:
                item, kind, new = new, rng.choice([0, 2, 3, 4, 5]), new + 1
                first = rng.choice(back.at)  # ordinary people's hours
            delay = tempo * np.exp(rng.normal(0, 0.8, come.size)) + rng.uniform(-1, 1, come.size) * plan.jitter_seconds
            delay[: min(1, come.size)] = 0
            who.append(n_members + rng.permutation(come))
            what.append(np.full(come.size, item))
            trace.append(np.full(come.size, kind))
            when.append(first + np.rint(np.maximum(delay, 0)).astype(np.int64) * SECOND)
        group.append(np.full(size, place))
        n_members += size
    told = ", ".join(f"{name} {value:.3g}" for name, value in vars(plan).items())
    columns = [np.concatenate(column) for column in (who, what, trace, when, group)]
    return _mounted(back, *columns, plan.cover_share, plan.cover_kept, rng, f"planted, {n_members} members, {told}")


def _mounted(back, who, what, trace, when, group, cover_share, cover_kept, rng, told):
    """Campaign events put among the background's, each group on one platform. Members with cover take the places of
    accounts with 2 to 40 acts."""
    n_acts = np.bincount(back.account, minlength=back.n_accounts)
    group = group.astype(int)
    platform = rng.integers(0, 2, group.max() + 1)[group]
    covered = rng.random(group.size) < cover_share
    place = back.n_accounts + np.cumsum(~covered) - 1
    for side in (0, 1):
        fit = rng.permutation(np.flatnonzero((n_acts >= 2) & (n_acts <= 40) & (back.platform == side)))
        here = covered & (platform == side)
        place[here] = fit[: here.sum()]
    of = np.full(back.n_accounts + np.count_nonzero(~covered), -1)
    of[place] = group
    side = np.append(back.platform, platform[~covered])
    kept = (of[back.account] < 0) | (rng.random(back.account.size) < cover_kept)
    parts = (
        (back.account[kept], place[who]), (back.object[kept], what), (back.trace[kept], trace), (back.at[kept], when),
        (np.zeros(kept.sum(), bool), np.ones(who.size, bool)),
    )  # fmt: skip
    return sorted_mix(*(np.concatenate(part) for part in parts), of, side, told)


def recall(mix, flagged):
    """Share of the judged members that are flagged (bool[A]); nan without any."""
    return float(flagged[mix.judged].mean()) if mix.judged.any() else float("nan")


def dropped(mix, keep, chance):
    """The mix without the campaign's events whose number (uniform, one an event) is above `keep`."""
    here = ~mix.planted | (chance < keep)
    group = np.where(np.bincount(mix.account[here & mix.planted], minlength=mix.n_accounts) > 0, mix.group, -1)
    columns = [column[here] for column in (mix.account, mix.object, mix.trace, mix.at, mix.planted)]
    return Mix(*columns, group=group, platform=mix.platform, told=f"{mix.told}; kept {keep:.2f}")


def thinned(mix, rule, rng, low=0.60, high=0.70):
    """Events of the campaign dropped by chance until `rule` (mix -> bool[A]) recalls between `low` and `high`.

    Bisection on one draw of numbers; None where the rule finds too few even of the whole campaign, or where recall
    jumps over the range.
    """
    chance = rng.random(mix.account.size)
    below, above = 0.0, 1.0
    if not recall(mix, rule(mix)) >= low:
        return None
    for _ in range(30):
        keep = 1.0 if above == 1.0 and below == 0.0 else (below + above) / 2
        found = dropped(mix, keep, chance)
        share = recall(found, rule(found))
        if low <= share <= high:
            return found
        if keep == 1.0:
            below, above = 0.0, 1.0 - 1e-9
        elif share > high:
            above = keep
        else:
            below = keep
    return None


def campaign(folder, back, kind, seed, rule):
    """The mix of one seed at the fixed difficulty, `kind` real, planted or small; None where it cannot be had.

    A real campaign is quickened, a planted one gets more operations, until the rule recalls .75; then it is thinned.
    """
    effort, found = 1.0, None
    for _ in range(14):
        rng = np.random.default_rng([seed, 1])
        if kind == "real":
            found = campaign_real(folder, back, rng, pace=effort)
            effort /= 3
        else:
            plan = draw_plan(rng, small=kind == "small")
            found = campaign_planted(back, rng, replace(plan, n_operations=round(plan.n_operations * effort)))
            effort *= 1.5
        if recall(found, rule(found)) >= 0.75:
            return thinned(found, rule, np.random.default_rng([seed, 2]))
    return None
