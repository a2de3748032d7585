"""Options -> a world in memory: people, ties, acts, words, and which of it is collected. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from ascendant.demo.acts import live
from ascendant.demo.background import background, make_clock
from ascendant.demo.columns import Acts
from ascendant.demo.expected import Expected, expect
from ascendant.demo.flows import Flows, exposing_acts, make_flows
from ascendant.demo.names import Names, make_names
from ascendant.demo.options import WorldOptions
from ascendant.demo.people import CAUSE, COMPANY, INDIVIDUAL, INSTITUTION, MEDIA, Flags, People, Whole, make_people
from ascendant.demo.prior import WorldParameters, draw_parameters
from ascendant.demo.texts import Texts, Writer, make_texts, tags_of
from ascendant.demo.ties import Ties, make_ties

START: Final = datetime(2026, 3, 1, tzinfo=UTC)
START_MS: Final = int(START.timestamp()) * 1000
_SNOWFLAKE_EPOCH_MS: Final = 1_288_834_974_657
_SEQUENCE: Final = 1 << 22


@dataclass(frozen=True)
class World:
    """Everything about one world. Arrays have a place for each account (`people`) or for each act (`acts`)."""

    options: WorldOptions
    parameters: WorldParameters
    people: People
    ties: Ties
    flows: Flows
    acts: Acts
    expected: Expected
    names: Names
    followers: Whole
    texts: Texts
    happened_ms: Whole  # since 1970
    key: Whole  # of each act, the number in its platform's own id
    account_key: Whole
    is_covered: Flags  # of each account: the collection could hold it
    is_collected: Flags  # the act stands in the files for itself
    is_included: Flags  # X hands it over because a collected act names it

    @property
    def is_in_window(self) -> Flags:
        """Acts of the days that the files cover; the world began earlier."""
        found: Flags = self.acts.hours >= 0
        return found

    @property
    def author(self) -> Whole:
        """Who wrote the item that each act shows."""
        return self.acts.actor[self.acts.item]

    def writer(self) -> Writer:
        """Writes the words of any act."""
        return Writer(self.texts, self.people, self.names)


def make_world(options: WorldOptions, parameters: WorldParameters | None = None, *, replay: int = 0) -> World:
    """The world of a seed. `replay` lives the same days of the same people again, by other chances."""
    parameters = parameters or draw_parameters(options.seed)
    of_people, of_ties, of_clock, of_names = np.random.default_rng(options.seed).spawn(4)
    of_acts, of_texts, of_sample = np.random.default_rng([options.seed, replay]).spawn(3)
    people = make_people(options, parameters, of_people)
    exposing = exposing_acts(people, parameters)
    ties = make_ties(people, parameters, exposing, of_ties)
    flows = make_flows(people, parameters, ties, exposing)
    clock = make_clock(people, parameters, options.days, of_clock)
    first = background(people, parameters, ties, flows, clock, of_acts)
    acts = live(first, people, parameters, ties, flows, clock, of_acts)
    happened_ms = START_MS + np.floor(acts.hours * 3_600_000).astype(np.int64)
    followers = _followers(people, ties, of_names)
    is_covered = _covered(people, parameters, followers)
    is_collected = _collected(people, parameters, acts, is_covered, of_sample)
    return World(
        options=options,
        parameters=parameters,
        people=people,
        ties=ties,
        flows=flows,
        acts=acts,
        expected=expect(people, parameters, ties, flows, first, is_covered, clock.end_hours),
        names=make_names(people, tags_of(people.n_communities), of_names),
        followers=followers,
        texts=make_texts(acts, people, parameters, of_texts),
        happened_ms=happened_ms,
        key=_keys(people, acts, happened_ms),
        account_key=_account_keys(people, of_names),
        is_covered=is_covered,
        is_collected=is_collected,
        is_included=_included(people, acts, is_collected),
    )


def _keys(people: People, acts: Acts, happened_ms: Whole) -> Whole:
    """X and LinkedIn write the time into a post's number; Facebook counts."""
    nth = np.arange(acts.n) % _SEQUENCE
    platform = _platform(people, acts)
    return np.select(
        [platform == "x", platform == "linkedin"],
        [(happened_ms - _SNOWFLAKE_EPOCH_MS) * _SEQUENCE + nth, happened_ms * _SEQUENCE + nth],
        1_000_000_000_000_000 + 37 * np.arange(acts.n),
    )


def _platform(people: People, acts: Acts) -> np.typing.NDArray[np.str_]:
    """The platform of each act, by name."""
    names: np.typing.NDArray[np.str_] = np.array(people.platforms)
    return names[people.platform[acts.actor]]


def _account_keys(people: People, rng: np.random.Generator) -> Whole:
    """Numbers that say nothing of what an account is."""
    nth = rng.permutation(people.n)
    return np.select(
        [people.on("x"), people.on("facebook")],
        [1_500_000_000_000_000_000 + 7919 * nth, 100_000_000_000_000 + 6151 * nth],
        120_000_000 + 83 * nth,
    )


def _followers(people: People, ties: Ties, rng: np.random.Generator) -> Whole:
    """What a profile shows: organisations are known widely, persons by some hundreds; few of them live in the world."""
    in_world = np.bincount(ties.source, minlength=people.n)
    wide = np.isin(people.kind, (COMPANY, MEDIA, INSTITUTION)) | (people.is_lead & (people.kind == CAUSE))
    shown = in_world * rng.lognormal(2.2, 0.6, people.n) + rng.lognormal(3.5, 1.0, people.n)
    shown = np.where(people.kind == INDIVIDUAL, shown + 250, shown)
    found: Whole = np.where(wide, 6_000 + 25 * shown, np.minimum(shown, 4_900)).astype(np.int64)
    return found


def _covered(people: People, parameters: WorldParameters, followers: Whole) -> Flags:
    """The library of Facebook holds the best known accounts; on X and LinkedIn anybody may be met."""
    on_facebook = people.on("facebook")
    if not on_facebook.any():
        return ~on_facebook
    least = np.quantile(followers[on_facebook], 1 - parameters.sampling_facebook)
    found: Flags = ~on_facebook | (followers >= least)
    return found


def _collected(
    people: People, parameters: WorldParameters, acts: Acts, is_covered: Flags, rng: np.random.Generator
) -> Flags:
    """Each platform is collected in its own way: a sample of posts, all of the covered accounts, whole threads."""
    platform = _platform(people, acts)
    of_act, of_thread = rng.random(acts.n), rng.random(acts.n)
    found: Flags = (acts.hours >= 0) & np.select(
        [platform == "x", platform == "facebook"],
        [of_act < parameters.sampling_x, is_covered[acts.actor]],
        of_thread[acts.thread] < parameters.sampling_linkedin,
    )
    return found


def _included(people: People, acts: Acts, is_collected: Flags) -> Flags:
    names = np.flatnonzero(is_collected & (acts.object >= 0) & people.on("x")[acts.actor])
    found = np.zeros(acts.n, bool)
    found[acts.object[names]] = True
    return found & ~is_collected
