"""What each account does on average, and how much of it is moved: the rates behind the counts, by solving the world.

The acts of a world are one draw. Its accounts have rates: what the shares and counts would settle to if the same days
were lived again and again with the same people, ties, news and operations. They solve linear equations in the same
flows and ties from which the acts are drawn; nothing is estimated from acts, except that the operations of groups
are taken as they were drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ascendant.demo.columns import BEFORE_HOURS, CONTROLLER, POST, REPLY, REPOST, Acts
from ascendant.demo.flows import SELF_ANSWERS, Flows
from ascendant.demo.people import Flags, Floats, People, Whole
from ascendant.demo.prior import WorldParameters
from ascendant.demo.ties import Ties

_MOST_STEPS, _STILL = 500, 1e-9


@dataclass(frozen=True)
class Expected:
    """Per account, over the days of the files. Shares are of its acts, rates are per act."""

    acts: Floats  # posts, reposts, quotes, and first answers to others
    named_share: Floats  # of them, those that name an item of somebody else
    named_rate: Floats  # others' acts that name an item of it
    covered_share: Floats  # as named_share, of links between accounts that the collection covers
    covered_rate: Floats
    seen_share: Floats  # as covered_share, with acts that name nobody and were moved over ties that do show
    seen_rate: Floats
    moved_share: Floats  # of its acts, those that somebody else moved, whether or not they name anybody
    moving_rate: Floats  # others' acts that it moved at first hand
    moved: Floats  # expected acts moved over each tie


def expect(
    people: People,
    parameters: WorldParameters,
    ties: Ties,
    flows: Flows,
    first: Acts,
    is_covered: Flags,
    end_hours: float,
) -> Expected:
    """`first` are the acts of `background`; `is_covered` tells the accounts that a collection could hold."""
    n, source, target = people.n, ties.source, ties.target
    per_file = end_hours / (end_hours + BEFORE_HOURS)
    told = first.cause == CONTROLLER
    told_posts, told_reposts, told_replies = (
        per_file * np.bincount(first.actor[told & (first.verb == verb)], minlength=n) for verb in (POST, REPOST, REPLY)
    )
    is_copy = people.primary >= 0
    copied = np.where(is_copy, parameters.crossposts * (flows.free + flows.news)[people.primary], 0.0)
    originals = flows.free + flows.news + flows.outings + copied + told_posts
    follow_pull = np.where(ties.is_friend, 0.0, ties.pull)
    friend_pull = np.where(ties.is_friend, ties.pull, 0.0)
    facebook = people.on("facebook")
    verbs = people.verbs * np.where(facebook[:, None], [1.0, 1.0, 0.0], 1.0)
    verbs /= verbs.sum(axis=1, keepdims=True)
    # A share with words on Facebook shows what was shared; elsewhere a quote is an item of its own.
    passing = verbs[:, 0] + np.where(facebook, verbs[:, 1], 0.0)
    quoting = np.where(facebook, 0.0, verbs[:, 1])
    named_chance = np.where(ties.is_hidden, 0.0, 1 - people.unnamed_share[target])
    asides = np.where(facebook, 0.0, SELF_ANSWERS)

    shown, items = originals.copy(), originals.copy()
    for _ in range(_MOST_STEPS):
        moved = follow_pull * shown[source]
        named = moved * named_chance
        arriving, arriving_named = _sums(target, moved, n), _sums(target, named, n)
        reposts = arriving_named * passing
        silent = arriving - arriving_named
        # An aside stands under an own item: after a repost there is nothing to stand under.
        bursts = flows.bursts_per_act * (shown - asides * items)
        items_next = originals + bursts + silent + arriving_named * quoting
        shown_next = items_next + reposts + told_reposts
        change = np.max(np.abs(shown_next - shown) / np.maximum(shown_next, 1e-9), initial=0.0)
        shown, items = shown_next, items_next
        if change < _STILL:
            break
    else:
        raise ArithmeticError("the world does not settle")
    answers = arriving_named * verbs[:, 2]
    friends_moved = friend_pull * items[source]
    friend_answers = _sums(target, friends_moved, n)
    acts = shown + answers + friend_answers + told_replies
    named_told = first.take(np.flatnonzero(told & (first.verb != POST)))
    told_author = first.actor[named_told.item]
    told_named = told_reposts + told_replies

    def rates(covered: Floats) -> tuple[Floats, Floats]:
        """Named acts of each account, and others' that name its items, between covered accounts."""
        known = _known(named, items, shown, covered, ties)
        own = _sums(target, named * known[source], n) + friend_answers + told_named
        credit = _credit(follow_pull * named_chance * covered[target], passing, ties, n)
        told_credit = 1.0 + np.where(named_told.verb == REPOST, credit[named_told.actor], 0.0)
        told_credit *= covered[named_told.actor]
        moving = items * (credit + _sums(source, friend_pull, n))
        moving += per_file * _sums(told_author, told_credit, n)
        return own, moving

    named_acts, moving = rates(np.ones(n))
    covered = is_covered.astype(float)
    covered_acts, covered_moving = rates(covered)
    # What names nobody is moved by whoever passed the item on: known where both ends are covered and the tie shows.
    silently = np.where(ties.is_hidden, 0.0, moved - named)
    silent_acts, silent_moving = (
        _sums(target, silently * covered[source], n),
        _sums(source, silently * covered[target], n),
    )
    some = np.maximum(acts, 1e-12)
    return Expected(
        acts=acts,
        named_share=named_acts / some,
        named_rate=moving / some,
        covered_share=covered_acts / some,
        covered_rate=covered_moving / some,
        seen_share=(covered_acts + silent_acts) / some,
        seen_rate=(covered_moving + silent_moving) / some,
        moved_share=arriving / some,
        moving_rate=_sums(source, moved, n) / some,
        moved=np.where(ties.is_friend, 0.0, moved),
    )


def _sums(place: Whole, weight: Floats, n: int) -> Floats:
    """The weights at each place, summed."""
    found: Floats = np.bincount(place, weight, n).astype(np.float64)
    return found


def _known(named: Floats, items: Floats, shown: Floats, covered: Floats, ties: Ties) -> Floats:
    """For each account, the share of what it shows whose author a covered chain of shares leads to."""
    n = covered.size
    own = items / np.maximum(shown, 1e-12)
    arriving = _sums(ties.target, named, n)
    known = covered
    for _ in range(_MOST_STEPS):
        of_passed = _sums(ties.target, named * known[ties.source], n) / np.maximum(arriving, 1e-12)
        further: Floats = covered * (own + (1 - own) * np.where(arriving > 0, of_passed, 1.0))
        if np.max(np.abs(further - known), initial=0.0) < _STILL:
            return further
        known = further
    raise ArithmeticError("reposts of reposts do not come to an end")


def _credit(named_pull: Floats, repost_share: Floats, ties: Ties, n: int) -> Floats:
    """Others' acts that name an item, for each time that an account shows it: at first hand, and through reposts."""
    direct = _sums(ties.source, named_pull, n)
    passing = named_pull * repost_share[ties.target]
    credit = direct
    for _ in range(_MOST_STEPS):
        through = direct + _sums(ties.source, passing * credit[ties.target], n)
        if np.max(np.abs(through - credit) / np.maximum(through, 1e-9), initial=0.0) < _STILL:
            return through
        credit = through
    raise ArithmeticError("reposts of reposts do not come to an end")
