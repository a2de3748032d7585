"""Weights of ties -> weights by which relays are moved by their group, beyond those who merely read it.

E ties   source[E]   target[E]   weight[E]

A relay is who passes a group on beyond others of its community who saw the same. A fixed share of loyalty does not make
one: a busy group with a strong pull moved .68 of what its readers were moved to, and .55 for its relays (mean of worlds
200 to 224). So its pull is weaker on who merely reads it, and a relay's loyalty is counted from there.
"""

from __future__ import annotations

import numpy as np

from ascendant.demo.people import TARGET, Flags, Floats, People, Whole
from ascendant.demo.prior import WorldParameters


def is_from_own_group(source: Whole, target: Whole, people: People) -> Flags:
    """Ties over which a relay is moved by the group that it works for."""
    found: Flags = (people.relays_for[target] >= 0) & (people.group[source] == people.relays_for[target])
    return found


def loyal(
    weight: Floats, source: Whole, target: Whole, people: People, parameters: WorldParameters, exposing: Floats
) -> Floats:
    """Of what else moves the readers of its group, a relay takes the share `relay_loyalty` from the group too.

    At 0 it would be one of them, at 1 nothing else would move it. `exposing[v]` are the acts of v that others see.
    """
    own = is_from_own_group(source, target, people)
    read = (people.group[source] >= 0) & (people.kind[target] >= TARGET) & ~own
    weight = np.where(read, weight / parameters.readers_reserve, weight)
    arriving = weight * exposing[source]
    from_group = np.bincount(target, arriving * own, people.n)
    from_others = np.bincount(target, arriving * ~own, people.n)
    readers = _readers_share(arriving, source, target, people)[people.relays_for]
    share = readers + (1 - readers) * parameters.relay_loyalty
    odds = share / np.maximum(1 - share, 1e-12)
    raised = np.where(from_group > 0, odds * from_others / np.maximum(from_group, 1e-12), 1.0)
    return np.where(own, weight * raised[target], weight)


def _readers_share(arriving: Floats, source: Whole, target: Whole, people: People) -> Floats:
    """Of each group, its mean share in what moves those of its community who read it and are no relays; 0 without any.

    The last value is for the place -1.
    """
    n_groups = people.n_groups
    found = np.zeros(n_groups + 1)
    ties = np.flatnonzero((people.group[source] >= 0) & (arriving > 0))
    pairs, place = np.unique(target[ties] * (n_groups + 1) + people.group[source[ties]], return_inverse=True)
    reader, group = pairs // (n_groups + 1), pairs % (n_groups + 1)
    share = np.bincount(place, arriving[ties], pairs.size) / np.bincount(target, arriving, people.n)[reader]
    home = np.zeros(n_groups + 1, np.int64)
    home[people.group] = np.arange(people.n)  # one of its accounts: all of them live in one place
    near = (people.community[reader] == people.community[home][group]) & (people.kind[reader] >= TARGET)
    near &= (people.platform[reader] == people.platform[home][group]) & (people.relays_for[reader] < 0)
    n_readers = np.bincount(group[near], minlength=found.size)
    found[:] = np.bincount(group[near], share[near], found.size) / np.maximum(n_readers, 1)
    return found
