"""Parameters -> who lives in the world: accounts, their kinds, communities, groups, relays, and how each behaves.

Columns are arrays with a place for each account. An account is on one platform; a person may have several accounts.
Rates are per account over the days that the files cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import WorldParameters

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

KINDS: Final = ("company", "cause", "individual", "media", "institution", "target", "consumer", "relay")
COMPANY, CAUSE, INDIVIDUAL, MEDIA, INSTITUTION, TARGET, CONSUMER, RELAY = range(len(KINDS))
LANGUAGES: Final = ("fr", "en", "ar")

# Of 1,000 accounts about so many are of each kind of leader; coordinated groups come on top.
_PERSONS_PER_1000: Final = {COMPANY: 6.0, INDIVIDUAL: 8.0, MEDIA: 2.0, INSTITUTION: 2.0}
_MOST_IN_GROUPS, _MOST_RELAYS = 0.10, 0.15  # of all accounts
_ACTS: Final = np.array([2.5, 2.0, 1.5, 6.0, 1.5, 0.6, 1.6, 1.8])  # by kind, against the average
_MOST_ACTS_PER_DAY: Final = 60.0
_PLATFORM_WEIGHTS: Final = {"x": 0.5, "facebook": 0.25, "linkedin": 0.25}
_SECOND_ACCOUNT: Final = 0.10
# By kind: how fast they react (against the world's delay), how much of what they do that names nobody.
_SPEED: Final = np.array([1.0, 1.0, 1.0, 1.0, 1.5, 1.5, 0.4, 1.0])
_UNNAMED: Final = np.array([1.2, 1.0, 1.0, 1.2, 1.2, 1.3, 0.4, 1.0])
_EXTRA_REPOSTS: Final = np.array([0.0, 0.0, 0.0, 0.0, 0.0, -0.3, 0.8, -0.2])


@dataclass(frozen=True)
class People:
    """Everybody. Places: `platform` in the world's platforms, `kind` in `KINDS`, `language` in `LANGUAGES`."""

    platforms: tuple[str, ...]
    platform: Whole
    person: Whole
    kind: Whole
    community: Whole
    n_communities: int
    group: Whole  # coordinated group that the account is part of; -1
    is_lead: Flags  # the face of its group
    relays_for: Whole  # group that it passes on without being part of it; -1
    newsroom: Whole  # place of the medium that employs the person; -1
    primary: Whole  # the person's account whose posts are copied to this one; -1 where this is it
    language: Whole
    acts: Floats  # expected, before groups are added
    moved_share: Floats
    unnamed_share: Floats
    verbs: Floats  # N x 3: repost, quote, reply among acts that name somebody
    speed: Floats
    sleeps: Flags
    phase_hours: Floats
    is_scheduled: Flags

    @property
    def n(self) -> int:
        """How many accounts."""
        return int(self.kind.size)

    def on(self, platform: str) -> Flags:
        """Which accounts are on that platform."""
        found: Flags = np.array([name == platform for name in self.platforms])[self.platform]
        return found

    @property
    def n_groups(self) -> int:
        """How many coordinated groups."""
        return int(self.group.max(initial=-1)) + 1


@dataclass
class _Rows:
    """Accounts in the making: one array per block of accounts."""

    person: list[Whole]
    kind: list[Whole]
    platform: list[Whole]
    group: list[Whole]
    relays_for: list[Whole]
    n_persons: int = 0

    def add(self, person: Whole, kind: int | Whole, platform: Whole, group: int = -1, relays_for: int = -1) -> None:
        size = person.size
        self.person.append(person + self.n_persons)
        self.platform.append(platform.astype(np.int64))
        for column, value in ((self.kind, kind), (self.group, group), (self.relays_for, relays_for)):
            column.append(np.broadcast_to(np.asarray(value, np.int64), (size,)))
        self.n_persons += int(person.max(initial=-1)) + 1

    @property
    def size(self) -> int:
        return sum(block.size for block in self.person)


def make_people(options: WorldOptions, parameters: WorldParameters, rng: np.random.Generator) -> People:
    """Exactly `options.accounts` accounts."""
    n = options.accounts
    weights = np.array([_PLATFORM_WEIGHTS[name] for name in options.platform_names])
    weights /= weights.sum()
    rows = _Rows([], [], [], [], [])
    _add_leaders(rows, n, weights, rng)
    _add_groups(rows, n, parameters, weights, rng)
    _add_ordinary(rows, n, parameters, weights, rng)
    person, kind, platform, group, relays_for = (
        np.concatenate(column)[:n] for column in (rows.person, rows.kind, rows.platform, rows.group, rows.relays_for)
    )
    _, person = np.unique(person, return_inverse=True)
    is_lead = np.zeros(n, bool)
    groups, first = np.unique(group, return_index=True)
    is_lead[first[groups >= 0]] = True
    community, n_communities = _communities(person, group, relays_for, rng)
    is_organisation = np.isin(kind, (COMPANY, MEDIA, INSTITUTION)) | is_lead
    is_person = ~is_organisation
    scheduled = np.where(is_person, parameters.scheduled_persons, parameters.scheduled_leaders)
    phase = rng.normal(0, parameters.rhythm_phase_hours, n)
    return People(
        platforms=options.platform_names,
        platform=platform,
        person=person,
        kind=kind,
        community=community,
        n_communities=n_communities,
        group=group,
        is_lead=is_lead,
        relays_for=relays_for,
        newsroom=_newsrooms(kind, platform, community, rng),
        primary=_primaries(person),
        language=_languages(person, community, n_communities, rng),
        acts=_activity(kind, is_lead, person, options, parameters, rng),
        **_behaviour(kind, parameters, rng),
        speed=_SPEED[kind] * rng.lognormal(0, 0.3, n),
        sleeps=is_person & (rng.random(n) < parameters.sleep_share),
        phase_hours=np.where(is_person, phase, 0.0),
        is_scheduled=rng.random(n) < scheduled,
    )


def _add_leaders(rows: _Rows, n: int, weights: Floats, rng: np.random.Generator) -> None:
    """Companies, media, institutions on several platforms; persons with a goal on one."""
    for kind, per_1000 in _PERSONS_PER_1000.items():
        n_persons = max(1, round(per_1000 * n / 1000))
        if kind == INDIVIDUAL:
            rows.add(np.arange(n_persons), kind, _some_platform(n_persons, weights, rng))
            continue
        is_on = rng.random((n_persons, weights.size)) < 0.7
        is_on[np.arange(n_persons), _some_platform(n_persons, weights, rng)] = True
        person, platform = np.nonzero(is_on)
        rows.add(person, kind, platform)


def _add_groups(rows: _Rows, n: int, parameters: WorldParameters, weights: Floats, rng: np.random.Generator) -> None:
    """Each group on one platform, its lead first, then its relays."""
    n_groups = round(parameters.groups_per_1000 * n / 1000)
    if parameters.groups_per_1000 > 0:
        n_groups = max(2, n_groups)
    room_group, room_relays = max(4 * n_groups, int(_MOST_IN_GROUPS * n)), int(_MOST_RELAYS * n)
    for group in range(n_groups):
        left = n_groups - group - 1
        size = int(np.clip(rng.lognormal(np.log(parameters.group_size), 0.4), 4, 60))
        size = min(size, max(4, room_group - 4 * left))
        room_group -= size
        n_relays = min(int(np.clip(rng.lognormal(np.log(parameters.relays_per_group), 0.4), 2, 120)), room_relays)
        room_relays -= n_relays
        platform = 0 if group < 2 else int(_some_platform(1, weights, rng)[0])  # two that the demo's reader meets
        rows.add(np.arange(size), CAUSE, np.full(size, platform), group=group)
        rows.add(np.arange(n_relays), RELAY, np.full(n_relays, platform), relays_for=group)


def _add_ordinary(rows: _Rows, n: int, parameters: WorldParameters, weights: Floats, rng: np.random.Generator) -> None:
    size = n - rows.size
    if size < n // 4:
        raise ValueError(f"{n} accounts leave no room for ordinary ones beside {rows.size} others")
    kind = np.where(rng.random(size) < parameters.consumer_share, CONSUMER, TARGET)
    first = _some_platform(size, weights, rng)
    has_second = (rng.random(size) < _SECOND_ACCOUNT) & (weights.size > 1)
    second = (first + 1 + rng.integers(0, max(1, weights.size - 1), size)) % weights.size
    person = np.repeat(np.arange(size), 1 + has_second)[:size]
    is_second = np.append(False, person[1:] == person[:-1])
    rows.add(person, kind[person], np.where(is_second, second[person], first[person]))


def _some_platform(size: int, weights: Floats, rng: np.random.Generator) -> Whole:
    return rng.choice(weights.size, size, p=weights)


def _primaries(person: Whole) -> Whole:
    """For each account the person's first one; -1 where it is the first."""
    _, first, inverse = np.unique(person, return_index=True, return_inverse=True)
    primary = first[inverse]
    return np.where(primary == np.arange(person.size), -1, primary)


def _communities(person: Whole, group: Whole, relays_for: Whole, rng: np.random.Generator) -> tuple[Whole, int]:
    """Unequal communities; the accounts of a person share one, and so do a group and those who work for it."""
    n_communities = int(np.clip(round(person.size / 200), 3, 60))
    weights = 1 / np.arange(1, n_communities + 1) ** 0.6
    weights /= weights.sum()
    of_person = rng.choice(n_communities, int(person.max()) + 1, p=weights)
    home = np.maximum(group, relays_for)
    of_group = rng.permutation(n_communities)[np.arange(int(home.max(initial=-1)) + 1) % n_communities]
    community = of_person[person]
    community[home >= 0] = of_group[home[home >= 0]]
    return community, n_communities


def _newsrooms(kind: Whole, platform: Whole, community: Whole, rng: np.random.Generator) -> Whole:
    """A handful of persons for each medium, who pass on what it writes at once: synchrony without any plot."""
    newsroom = np.full(kind.size, -1)
    for medium in np.flatnonzero(kind == MEDIA):
        near = (kind == CONSUMER) & (platform == platform[medium]) & (newsroom < 0)
        at_home = np.flatnonzero(near & (community == community[medium]))
        chosen = at_home if at_home.size >= 3 else np.flatnonzero(near)
        staff = rng.permutation(chosen)[: int(rng.integers(3, 9))]
        newsroom[staff] = medium
    return newsroom


def _languages(person: Whole, community: Whole, n_communities: int, rng: np.random.Generator) -> Whole:
    """Communities speak French or English, with some of the other; a few persons write Arabic."""
    french = np.where(np.arange(n_communities) % 2 == 0, 0.92, 0.08)  # both in every world, as `LANGUAGES` has them
    draw = rng.random(int(person.max()) + 1)[person]
    return np.where(draw > 0.985, 2, np.where(draw < french[community] * 0.985, 0, 1))


def _activity(
    kind: Whole,
    is_lead: Flags,
    person: Whole,
    options: WorldOptions,
    parameters: WorldParameters,
    rng: np.random.Generator,
) -> Floats:
    """Who is busy on one platform is busy on the others."""
    busy = rng.lognormal(0, parameters.activity_spread, int(person.max()) + 1)[person]
    acts = _ACTS[kind] * np.where(is_lead, 2.0, 1.0) * busy
    most = _MOST_ACTS_PER_DAY * options.days
    for _ in range(20):  # what the cap takes from the busiest goes to the others
        acts = np.minimum(acts * (options.acts / acts.sum()), most)
    return acts


def _behaviour(kind: Whole, parameters: WorldParameters, rng: np.random.Generator) -> dict[str, Floats]:
    """Shares of each account around those of its kind; where two kinds blur, around a mixture."""
    p = parameters
    n = kind.size
    mean = np.array([p.moved_leader] * 5 + [p.moved_target, p.moved_consumer, p.moved_relay])
    other = np.where(kind >= TARGET, TARGET + rng.integers(0, 3, n), kind)
    mixture = np.where((kind >= TARGET) & (rng.random(n) < p.kind_blur), rng.uniform(0, 0.5, n), 0.0)

    def blurred(by_kind: Floats) -> Floats:
        found: Floats = (1 - mixture) * by_kind[kind] + mixture * by_kind[other]
        return found

    share = np.clip(blurred(mean), 0.01, 0.97)
    moved = rng.beta(share * p.share_evenness, (1 - share) * p.share_evenness) * p.influence
    extra = blurred(_EXTRA_REPOSTS)
    repost = np.where(extra > 0, p.repost_share + extra * (1 - p.repost_share), p.repost_share * (1 + extra))
    rest = 1 - repost
    verbs = rng.standard_gamma(12 * np.column_stack([repost, rest * (1 - p.reply_share), rest * p.reply_share]))
    return {
        "moved_share": np.clip(moved, 0.0, 0.97),
        "unnamed_share": np.clip(p.unnamed_share * blurred(_UNNAMED), 0.0, 0.95),
        "verbs": verbs / verbs.sum(axis=1, keepdims=True),
    }
