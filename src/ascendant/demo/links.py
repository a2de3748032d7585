"""Which acts name an item of somebody else: in the world, and as far as the files let a reader know.

The rules are those of `docs/decisions/0002-named-acts.md`, written down a second time: what the main path counts in the
files has to agree with what is counted here from the world, to the last act.
"""

from __future__ import annotations

import numpy as np

from ascendant.demo.columns import CONVERSATION, REPLY, Acts
from ascendant.demo.make import World
from ascendant.demo.people import Flags, Whole


def named_author(world: World) -> Whole:
    """The account whose item each act names, of a repost the author of the item at the end; -1 where none is named."""
    named = _named_item(world.acts)
    found: Whole = np.where(named >= 0, world.acts.actor[named], -1)
    return found


def _named_item(acts: Acts) -> Whole:
    """The item that each act names: of a repost the one at the end, of an answer what it answers; -1 for none."""
    shows_other = acts.item != np.arange(acts.n)
    found: Whole = np.where(shows_other & (acts.verb != REPLY), acts.item, acts.object)
    return found


def is_named(world: World) -> Flags:
    """Acts that name an item of somebody else, but for the further turns of a conversation."""
    author = named_author(world)
    found: Flags = (author >= 0) & (author != world.acts.actor) & (world.acts.cause != CONVERSATION)
    return found


def is_act(world: World) -> Flags:
    """Posts, reposts, quotes and first answers to others: neither asides under own posts nor further turns."""
    acts = world.acts
    is_aside = (acts.verb == REPLY) & (named_author(world) == acts.actor)
    found: Flags = ~is_aside & (acts.cause != CONVERSATION)
    return found


def counts_of_files(world: World) -> dict[str, Whole]:
    """The counts of decision 0002, from what stands in the files alone."""
    acts, people = world.acts, world.people
    held = world.is_collected | world.is_included
    author = np.where(held, named_author(world), -1)
    author = np.where(_is_lost_share(world, held), -1, author)
    names = (author >= 0) & (author != acts.actor)
    turns = _later_turns(acts, np.flatnonzero(names & (acts.verb == REPLY)), author)
    named = names & ~turns
    is_aside = (acts.verb == REPLY) & (author == acts.actor)
    own = held & ~is_aside & ~turns
    target = _named_item(acts)[named]
    unheld = np.unique(target[~held[target]])
    n = people.n
    return {
        "n_acts_files": np.bincount(acts.actor[own], minlength=n) + np.bincount(acts.actor[unheld], minlength=n),
        "n_named_files": np.bincount(acts.actor[named], minlength=n),
        "n_named_by_others_files": np.bincount(author[named], minlength=n),
        "n_conversation_files": np.bincount(acts.actor[turns], minlength=n),
    }


def _is_lost_share(world: World, held: Flags) -> Flags:
    """Shares on Facebook that name a post, of which no file says whose it is."""
    acts = world.acts
    shares = world.people.on("facebook")[acts.actor] & (acts.object >= 0)
    end = np.arange(acts.n)
    while True:  # a share of a share of a share is followed as long as the files hold them
        goes_on = shares[end] & held[end]
        if not goes_on.any():
            return shares & ~held[end]
        end = np.where(goes_on, acts.object[end], end)


def _later_turns(acts: Acts, replies: Whole, author: Whole) -> Flags:
    """Of the replies, those that are not the first between two accounts in a thread."""
    low = np.minimum(acts.actor[replies], author[replies])
    high = np.maximum(acts.actor[replies], author[replies])
    _, first = np.unique(np.column_stack([acts.thread[replies], low, high]), axis=0, return_index=True)
    later = np.zeros(acts.n, bool)
    later[replies] = True
    later[replies[first]] = False
    return later
