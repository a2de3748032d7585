"""Laws that hold for every act of every world."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.demo import columns as c
from ascendant.demo.links import is_act, is_named, named_author
from ascendant.demo.make import START_MS, make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.people import RELAY
from ascendant.demo.truth import root_of

SET_OFF = (c.CROSSPOST, c.BURST, c.INFLUENCE, c.FRIEND, c.CONVERSATION)
worlds = st.builds(
    WorldOptions,
    accounts=st.just(90),
    acts=st.just(1500),
    seed=st.integers(0, 999),
    platforms=st.sampled_from(["x", "facebook", "linkedin", "x,facebook", "linkedin,x", "x,facebook,linkedin"]),
)
few = settings(deadline=None, max_examples=25)


@few
@given(worlds)
def test_an_act_has_a_parent_exactly_when_its_cause_is_another_act_and_the_parent_comes_first(options):
    world = make_world(options)
    acts = world.acts
    has_parent = acts.parent >= 0
    assert np.array_equal(has_parent, np.isin(acts.cause, SET_OFF))
    child = np.flatnonzero(has_parent)
    assert np.all(acts.parent[child] < child)
    # Files know whole seconds: even there an act stands after what set it off.
    assert np.all(world.happened_ms[child] // 1000 > world.happened_ms[acts.parent[child]] // 1000)
    assert np.all(np.diff(world.happened_ms) >= 0)


@few
@given(worlds)
def test_influence_comes_from_somebody_else_on_the_same_platform_over_a_tie_once_for_each_act(options):
    world = make_world(options)
    acts, people = world.acts, world.people
    moved = np.flatnonzero(acts.cause == c.INFLUENCE)
    source, target = acts.actor[acts.parent[moved]], acts.actor[moved]
    assert np.all(source != target)
    assert np.all(people.platform[source] == people.platform[target])
    ties = set(zip(world.ties.source.tolist(), world.ties.target.tolist(), strict=True))
    assert set(zip(source.tolist(), target.tolist(), strict=True)) <= ties
    pairs = np.column_stack([acts.parent[moved], target])
    assert len(np.unique(pairs, axis=0)) == len(pairs)


@few
@given(worlds)
def test_items_objects_and_threads_are_what_the_verb_says(options):
    world = make_world(options)
    acts, place = world.acts, np.arange(world.acts.n)
    facebook = world.people.on("facebook")[acts.actor]
    posts, reposts, quotes, replies = (acts.verb == verb for verb in (c.POST, c.REPOST, c.QUOTE, c.REPLY))
    assert np.array_equal(acts.object >= 0, ~posts)
    assert np.all(acts.item[posts] == place[posts])
    assert np.all(acts.item[quotes & ~facebook] == place[quotes & ~facebook])
    assert np.all(acts.object[reposts & ~facebook] == acts.item[reposts & ~facebook])
    passed = (reposts | quotes) & facebook
    assert np.all(acts.item[acts.object[passed]] == acts.item[passed])
    assert not np.any(replies & facebook)
    assert np.all(acts.thread[~replies & ~reposts] == place[~replies & ~reposts])
    assert np.all(acts.thread[replies] == acts.item[replies])
    shown = acts.item[reposts | replies]
    assert np.all(np.isin(acts.verb[shown], (c.POST, c.QUOTE)))


@few
@given(worlds)
def test_nobody_passes_on_or_answers_one_item_twice_nor_passes_on_their_own(options):
    world = make_world(options)
    acts = world.acts
    once = ((acts.verb == c.REPOST) | (acts.verb == c.REPLY)) & is_named(world)
    pairs = np.column_stack([acts.actor[once], acts.item[once]])
    assert len(np.unique(pairs, axis=0)) == len(pairs)
    passed = (acts.verb == c.REPOST) | (acts.verb == c.QUOTE)
    assert np.all(named_author(world)[passed] != acts.actor[passed])


@few
@given(worlds)
def test_a_conversation_is_two_accounts_in_turns_and_no_act(options):
    world = make_world(options)
    acts = world.acts
    turns = np.flatnonzero(acts.cause == c.CONVERSATION)
    before = acts.parent[turns]
    assert np.all(acts.verb[before] == c.REPLY)
    assert np.all(acts.actor[turns] != acts.actor[before])
    assert np.all(acts.thread[turns] == acts.thread[before])
    assert np.all(acts.actor[turns] == acts.actor[acts.object[before]])
    assert not is_act(world)[turns].any()
    assert not is_named(world)[turns].any()


@few
@given(worlds)
def test_the_root_is_the_first_of_its_chain_of_causes(options):
    world = make_world(options)
    root = root_of(world.acts.parent)
    assert np.all(world.acts.parent[root] < 0)
    child = np.flatnonzero(world.acts.parent >= 0)
    assert np.array_equal(root[child], root[world.acts.parent[child]])


@few
@given(worlds)
def test_numbers_of_acts_and_accounts_are_each_given_once_and_hold_the_time_where_the_platform_writes_it(options):
    world = make_world(options)
    platform = world.people.platform[world.acts.actor]
    for one, name in enumerate(world.people.platforms):
        here = platform == one
        assert np.unique(world.key[here]).size == here.sum()
        keys = world.account_key[world.people.platform == one]
        assert np.unique(keys).size == keys.size
        since = {"x": 1_288_834_974_657, "linkedin": 0}.get(name)
        if since is not None:
            assert np.array_equal((world.key[here] >> 22) + since, world.happened_ms[here])
    assert np.all(world.happened_ms[world.is_in_window] >= START_MS)
    assert np.all(world.happened_ms < START_MS + world.options.days * 86_400_000)


@few
@given(worlds)
def test_only_acts_of_the_window_are_collected_and_what_is_included_is_named_by_one_that_is(options):
    world = make_world(options)
    acts = world.acts
    assert np.all(world.is_in_window[world.is_collected])
    assert not np.any(world.is_collected & world.is_included)
    on_x = world.people.on("x")[acts.actor]
    named = np.unique(acts.object[world.is_collected & on_x & (acts.object >= 0)])
    assert np.array_equal(
        np.flatnonzero(world.is_included | (world.is_collected & np.isin(np.arange(acts.n), named))), named
    )


def test_a_platform_is_collected_as_much_as_its_parameter_says(world):
    p, acts, people = world.parameters, world.acts, world.people
    now = world.is_in_window
    on = {name: people.on(name)[acts.actor] & now for name in people.platforms}
    assert world.is_collected[on["x"]].mean() == pytest.approx(p.sampling_x, abs=0.03)
    facebook = people.on("facebook")
    covered = world.is_covered[facebook].mean()
    assert covered == pytest.approx(p.sampling_facebook, abs=0.03)
    lost = facebook & ~world.is_covered
    assert world.followers[lost].max() <= world.followers[facebook & world.is_covered].min()
    threads = np.flatnonzero(on["linkedin"])
    held = world.is_collected[threads]
    thread, kept = acts.thread[threads], {}
    for one, is_held in zip(thread.tolist(), held.tolist(), strict=True):
        assert kept.setdefault(one, is_held) == is_held, "a thread is held whole or not at all"


def test_as_many_acts_are_made_as_were_asked_for():
    made = [
        make_world(WorldOptions(accounts=1000, acts=20_000, seed=seed)).is_in_window.sum() / 20_000
        for seed in range(20)
    ]
    assert min(made) > 0.9
    assert max(made) < 1.4  # further turns of conversations and answers of friends come on top
    assert 1.0 < np.mean(made) < 1.2


def test_an_operation_is_done_by_one_group_in_a_short_time(world):
    acts, people = world.acts, world.people
    told = np.flatnonzero(acts.cause == c.CONTROLLER)
    spans = []
    for event in np.unique(acts.event[told]):
        block = told[acts.event[told] == event]
        assert np.unique(people.group[acts.actor[block]]).size == 1
        assert people.group[acts.actor[block]].min() >= 0
        assert np.unique(acts.flavour[block]).size == 1
        assert np.unique(acts.actor[block]).size == block.size
        spans.append(np.median(acts.hours[block] - acts.hours[block].min()) * 3600)
    assert len(spans) > 30
    assert np.median(spans) < 5 * world.parameters.group_tempo_seconds


def test_relays_pass_on_what_their_group_does_and_later_than_others(world):
    acts, people, ties = world.acts, world.people, world.ties
    own = (people.relays_for[ties.target] >= 0) & (people.group[ties.source] == people.relays_for[ties.target])
    assert own.sum() > 50
    assert np.all(ties.lag[own] == world.parameters.relay_lag)
    moved = np.flatnonzero((acts.cause == c.INFLUENCE) & (people.kind[acts.actor] == RELAY))
    from_group = people.group[acts.actor[acts.parent[moved]]] == people.relays_for[acts.actor[moved]]
    assert from_group.mean() > world.parameters.relay_loyalty - 0.15  # readers alone do some of it
    assert not np.any((acts.cause == c.CONTROLLER) & (people.relays_for[acts.actor] >= 0))
