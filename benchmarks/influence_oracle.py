"""An observer of an invented world who knows its true parameters, and sees what the files hold: the best that can be
done.

Known: every tie with its pull, hidden or not; each account's speed and rates of its own; the law of delays; the hours
of
its community; when news came up. Not known: what caused which act, and how viral each was. Acts are judged one by one.
"""

import numpy as np
from numba import njit

from ascendant.demo.background import make_clock
from ascendant.demo.columns import BURST, CONTROLLER, NEWS, POST, REPLY
from ascendant.demo.laws import draw_delays

_HORIZON = 24 * 14.0
_EDGES = np.append(0.0, np.geomspace(4 / 3600, _HORIZON, 220))


def delay_density(parameters):
    drawn = draw_delays(4_000_000, parameters, np.random.default_rng(3))
    held = np.histogram(drawn, _EDGES)[0] / drawn.size
    return held / np.diff(_EDGES)


@njit(cache=True)
def _at(x, edge, density):
    if x >= edge[-1]:
        return 0.0
    return density[np.searchsorted(edge, x, side="right") - 1]


@njit(cache=True)
def _weights(
    target_acts,
    actor,
    hours,
    tie_first,
    tie_source,
    tie_weight,
    tie_lag,
    speed,
    shown_first,
    shown_hours,
    edge,
    density,
    known,
):
    """For each act the density of being moved by what is seen: of all ties, and of the ties known to the method."""
    every, some = np.zeros(target_acts.size), np.zeros(target_acts.size)
    for n in range(target_acts.size):
        u, t = actor[target_acts[n]], hours[target_acts[n]]
        for e in range(tie_first[u], tie_first[u + 1]):
            v = tie_source[e]
            stretch = speed[u] * tie_lag[e]
            k = shown_first[v] + np.searchsorted(shown_hours[shown_first[v] : shown_first[v + 1]], t) - 1
            w = 0.0
            while k >= shown_first[v] and t - shown_hours[k] < edge[-1] * stretch:
                w += _at((t - shown_hours[k]) / stretch, edge, density) / stretch
                k -= 1
            every[n] += tie_weight[e] * w
            if known[e]:
                some[n] += tie_weight[e] * w
    return every, some


def _by_account(places, account, hours, n):
    order = places[np.lexsort((hours[places], account[places]))]
    return np.searchsorted(account[order], np.arange(n + 1)), hours[order]


def judge(world, silent, known_pairs):
    """Chances for the acts `silent` (places in the world): moved by anybody; by a seen act over one of `known_pairs`.

    `known_pairs` are keys source * n + target, ascending.
    """
    people, acts, ties, flows, p = world.people, world.acts, world.ties, world.flows, world.parameters
    n, days = people.n, world.options.days
    hours_all = days * 24.0
    follow = np.flatnonzero(~ties.is_friend)
    follow = follow[np.argsort(ties.target[follow], kind="stable")]
    source, target = ties.source[follow], ties.target[follow]
    is_silent = np.where(ties.is_hidden[follow], 1.0, people.unnamed_share[target])
    weight = ties.pull[follow] * is_silent
    key = source * n + target
    place = np.minimum(np.searchsorted(known_pairs, key), max(known_pairs.size - 1, 0))
    known = (known_pairs[place] == key) & ~ties.is_hidden[follow] if known_pairs.size else np.zeros(key.size, bool)
    if known_pairs.size:
        known |= known_pairs[place] == key
    first = np.searchsorted(target, np.arange(n + 1))
    held = world.is_collected | world.is_included
    shown = np.flatnonzero(held & (acts.verb != REPLY) & (acts.hours >= 0))
    shown_first, shown_hours = _by_account(shown, acts.actor, acts.hours, n)
    density = delay_density(p)
    every, some = _weights(
        silent,
        acts.actor,
        acts.hours,
        first,
        source,
        weight,
        ties.lag[follow],
        people.speed,
        shown_first,
        shown_hours,
        _EDGES,
        density,
        known,
    )
    actor, hours = acts.actor[silent], acts.hours[silent]
    of_clock = np.random.default_rng(world.options.seed).spawn(4)[2]  # as `demo.make` spawns it
    clock = make_clock(people, p, days, of_clock)
    week = clock.profile / clock.profile.mean(axis=1, keepdims=True)
    hour = np.floor(hours - people.phase_hours[actor]).astype(int) % 168
    shape = week[people.community[actor], hour]
    told = np.bincount(acts.actor[(acts.cause == CONTROLLER) & (acts.verb == POST) & (acts.hours >= 0)], minlength=n)
    copies = np.where(people.primary >= 0, p.crossposts * (flows.free + flows.news)[people.primary], 0.0)
    own = (flows.free + flows.outings + told + copies)[actor] / hours_all * shape
    n_hours = int(hours_all) + 1
    news = np.flatnonzero((acts.cause == NEWS) & (acts.hours >= 0))
    cell = people.community[acts.actor[news]] * n_hours + acts.hours[news].astype(int)
    counts = np.bincount(cell, minlength=people.n_communities * n_hours).reshape(-1, n_hours).astype(float)
    level = np.maximum(counts - 0.9 * (counts > 0), 0.02) / np.maximum(counts.sum(axis=1, keepdims=True), 1e-9)
    own += flows.news[actor] * level[people.community[actor], hours.astype(int)]
    # Bursts by what is seen of the own acts; what is not seen of them adds evenly.
    seen_share = np.bincount(acts.actor[shown], minlength=n) / np.maximum(
        np.bincount(acts.actor[(acts.verb != REPLY) & (acts.hours >= 0)], minlength=n), 1
    )
    x = np.random.default_rng(4).lognormal(np.log(0.4), 1.0, 2_000_000)
    burst_density = np.histogram(x, _EDGES)[0] / x.size / np.diff(_EDGES)
    self_first = np.arange(n + 1)
    bursts, _ = _weights(
        silent,
        acts.actor,
        acts.hours,
        self_first,
        np.arange(n),
        flows.bursts_per_act * 0.8,
        np.ones(n),
        np.ones(n),
        shown_first,
        shown_hours,
        _EDGES,
        burst_density,
        np.zeros(n, bool),
    )
    n_bursts = np.bincount(acts.actor[(acts.cause == BURST) & (acts.hours >= 0)], minlength=n)
    own += bursts + ((1 - seen_share) * n_bursts * 0.8)[actor] / hours_all * shape
    shown_all = np.bincount(acts.actor[(acts.verb != REPLY) & (acts.hours >= 0)], minlength=n)
    shown_seen = np.bincount(acts.actor[shown], minlength=n)
    unseen = np.bincount(target, weight * (shown_all - shown_seen)[source], n)
    lost = unseen[actor] / hours_all * shape
    total = own + every + lost
    return (every + lost) / total, some / total
