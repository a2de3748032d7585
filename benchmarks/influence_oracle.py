"""An observer of an invented world who knows its true parameters, and sees what the files hold: the best that can be
done.

Known: every tie with its pull, hidden or not; each account's speed and rates of its own; the law of delays; the hours
of
its community; when news came up; how links are made, taken over and shared. Not known: what caused which act, and how
viral each was. Acts are judged one by one.
"""

import numpy as np
from numba import njit

from ascendant.demo import texts
from ascendant.demo.background import make_clock
from ascendant.demo.columns import BURST, CONTROLLER, NEWS, POST, REPLY
from ascendant.demo.laws import draw_delays
from ascendant.demo.people import CAUSE, COMPANY, INSTITUTION, MEDIA

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
def _link_chance(link, shown, own, shared_own, above, taken):
    """Chance of an act's link if an act that shows `shown` moved it; own: of none of its own, shared_own: of this."""
    if link == -2:  # not asked
        return 1.0
    if link < 0:
        return own if shown < 0 else own * (1.0 - taken)
    if shown < 0:
        return shared_own
    if link == shown:
        return taken * (1.0 - above) + shared_own
    return shared_own if link > shown else shared_own * (1.0 - taken)  # of two links the higher number stays


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
    link,
    shown_link,
    no_own,
    this_own,
    above,
    taken,
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
                late = _at((t - shown_hours[k]) / stretch, edge, density) / stretch
                w += late * _link_chance(link[n], shown_link[k], no_own[n], this_own[n], above[n], taken)
                k -= 1
            every[n] += tie_weight[e] * w
            if known[e]:
                some[n] += tie_weight[e] * w
    return every, some


def _by_account(places, account, hours, n):
    order = places[np.lexsort((hours[places], account[places]))]
    return np.searchsorted(account[order], np.arange(n + 1)), hours[order], order


class _Links:
    """Chances of the link (or of none) that each silent act carries, by the reason of the act."""

    def __init__(self, world, silent, shown):
        people, acts, links = world.people, world.acts, world.texts.link
        self.actor, self.link = acts.actor[silent], links[silent]
        self.is_none = self.link < 0
        self.page, self.of_site = self.link % texts.N_LINKS, self.link // texts.N_LINKS
        kind = people.kind[self.actor]
        has_site = np.isin(kind, (COMPANY, MEDIA, INSTITUTION))
        site = np.where(has_site, people.n_communities + self.actor, acts.topic[silent])
        self.is_plain = ~self.is_none & (self.page < 4000)
        self.could = self.is_plain & (self.of_site == site)
        share = texts._LINK_SHARE[kind]
        in_cover = (kind == CAUSE) & ~people.is_lead[self.actor]
        personal = np.where(in_cover, 0.5, texts._PERSONAL_SHARE[kind])
        self.own = self._of(share * (1 - personal), self.could)
        self.copied = self._of(share * (1 - personal), self.is_plain)
        self.no_own, self.this_own = 1 - share, np.where(self.could, share / 4000, 0.0)
        beyond = np.where(self.of_site == site, 1 - np.minimum(self.page, 4000) / 4000, site > self.of_site)
        self.above = share * np.where(self.is_none, 0.0, beyond)
        self.shown_link = links[acts.item[shown]]
        seen = self.shown_link[self.shown_link >= 0]
        linked = seen.size / max(1, shown.size)
        pages, counts = np.unique(seen, return_counts=True)
        place = np.minimum(np.searchsorted(pages, self.link), pages.size - 1)
        popular = (np.where(pages[place] == self.link, counts[place], 0) + 0.5) / (1.5 * seen.size)
        plain = 1 - texts._SAME_LINK * linked
        self.unseen = np.where(
            self.is_none, self.no_own * plain, self.this_own * plain + texts._SAME_LINK * linked * popular
        )
        is_operation = ~self.is_none & (self.page >= 100_000)
        self.told = np.where(self.is_none, 0.4, np.where(is_operation, 1 / 3, 0.27 / 4000 * self.could))

    def _of(self, share, could):
        return np.where(self.is_none, 1 - share, np.where(could, share / 4000, 0.0))

    def news(self, world, hour, n_hours):
        """Of news: the page of one that others answered in that hour, the likelier the more of them."""
        acts, people = world.acts, world.people
        news = np.flatnonzero((acts.cause == NEWS) & (acts.hours >= 0))
        cell = people.community[acts.actor[news]] * n_hours + acts.hours[news].astype(int)
        mine = people.community[self.actor] * n_hours + hour
        event = self.page - 4000
        is_news = ~self.is_none & (event >= 0) & (self.page < 100_000)
        keys, counts = np.unique(cell * 100_000 + acts.event[news], return_counts=True)
        cells, sizes = np.unique(cell, return_counts=True)
        if not cells.size:
            return np.where(self.is_none, 1.0, 0.0)
        key = mine * 100_000 + np.clip(event, 0, 99_999)
        of_event = np.minimum(np.searchsorted(keys, key), keys.size - 1)
        of_event = np.where(keys[of_event] == key, counts[of_event], 0)
        of_cell = np.minimum(np.searchsorted(cells, mine), cells.size - 1)
        of_cell = np.where(cells[of_cell] == mine, sizes[of_cell], 0)
        share = np.maximum(of_event - 0.9, 0.02) / np.maximum(of_cell - 0.9, 0.2)
        return np.where(
            self.is_none, 1 - texts._NEWS_LINK, np.where(is_news, texts._NEWS_LINK * np.minimum(share, 1), 0.0)
        )


def judge(world, silent, known_pairs):
    """Chances for the acts `silent` (places in the world): moved by anybody; over one of `known_pairs`.

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
    shown_first, shown_hours, ordered = _by_account(shown, acts.actor, acts.hours, n)
    links = _Links(world, silent, ordered)
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
        links.link,
        links.shown_link,
        links.no_own,
        links.this_own,
        links.above,
        texts._SAME_LINK,
    )
    actor, hours = acts.actor[silent], acts.hours[silent]
    of_clock = np.random.default_rng(world.options.seed).spawn(4)[2]  # as `demo.make` spawns it
    clock = make_clock(people, p, days, of_clock)
    week = clock.profile / clock.profile.mean(axis=1, keepdims=True)
    hour = np.floor(hours - people.phase_hours[actor]).astype(int) % 168
    shape = week[people.community[actor], hour]
    told = np.bincount(acts.actor[(acts.cause == CONTROLLER) & (acts.verb == POST) & (acts.hours >= 0)], minlength=n)
    copies = np.where(people.primary >= 0, p.crossposts * (flows.free + flows.news)[people.primary], 0.0)
    own = flows.free[actor] * links.own + flows.outings[actor] * links.is_none
    own = (own + told[actor] * links.told + copies[actor] * links.copied) / hours_all * shape
    n_hours = int(hours_all) + 1
    news = np.flatnonzero((acts.cause == NEWS) & (acts.hours >= 0))
    cell = people.community[acts.actor[news]] * n_hours + acts.hours[news].astype(int)
    counts = np.bincount(cell, minlength=people.n_communities * n_hours).reshape(-1, n_hours).astype(float)
    level = np.maximum(counts - 0.9 * (counts > 0), 0.02) / np.maximum(counts.sum(axis=1, keepdims=True), 1e-9)
    of_news = links.news(world, hours.astype(int), n_hours)
    own += flows.news[actor] * level[people.community[actor], hours.astype(int)] * of_news
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
        np.full(silent.size, -2),
        links.shown_link,
        links.no_own,
        links.this_own,
        links.above,
        0.0,
    )
    n_bursts = np.bincount(acts.actor[(acts.cause == BURST) & (acts.hours >= 0)], minlength=n)
    bursts += ((1 - seen_share) * n_bursts * 0.8)[actor] / hours_all * shape
    own += bursts * links.own
    shown_all = np.bincount(acts.actor[(acts.verb != REPLY) & (acts.hours >= 0)], minlength=n)
    shown_seen = np.bincount(acts.actor[shown], minlength=n)
    unseen = weight * (shown_all - shown_seen)[source]
    of_known = np.bincount(target, unseen * known, n)[actor]
    unseen = np.bincount(target, unseen, n)
    lost = unseen[actor] / hours_all * shape * links.unseen
    total = np.maximum(own + every + lost, 1e-300)
    some += lost * of_known / np.maximum(unseen[actor], 1e-300)
    return (every + lost) / total, some / total
