"""Whom the person is bound to, who answered them, and what they saw, opened, searched and kept."""

from __future__ import annotations

from typing import Final

import numpy as np

from ascendant.demo.archives.clock import Clock
from ascendant.demo.archives.facts import Looked, Met, Tie
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.person import Account, Person
from ascendant.demo.names import PLACES
from ascendant.demo.texts import say, topic_tags

_FOLLOWERS: Final = 420
_NOTIFICATIONS: Final = 420
_RESPONSES: Final = (
    "react",
    "react",
    "react",
    "react",
    "reply",
    "reply",
    "repost",
    "mention",
    "follow",
    "accept",
    "push",
)


def ties(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Tie]:
    """Follows, friends, connections, groups, lists, blocks."""
    return [*_on_x(person), *_on_facebook(options, person, clock), *_on_linkedin(options, person, clock, rng)]


def followers(options: ArchiveOptions, person: Person, rng: np.random.Generator) -> dict[str, tuple[int, ...]]:
    """Numbers of those who follow the person on X: every third of those followed, and strangers."""
    mutual = [one.key for place, one in enumerate(person.accounts["x"]) if place % 3 == 0]
    strangers = rng.integers(10**8, 2 * 10**9, max(1, options.n(_FOLLOWERS) - len(mutual))).tolist()
    return {"x": tuple(dict.fromkeys([*mutual, *strangers]))}


def _on_x(person: Person) -> list[Tie]:
    found = [_tie("follow", one) for one in person.accounts["x"] if one.is_followed]
    others = [one for one in person.accounts["x"] if not one.is_followed]
    found += [_tie("block", one) for one in others[:3]]
    found += [_tie("mute", one) for one in others[3:8]]
    for role, n in (("created", 2), ("subscribed", 3), ("member", 4)):
        for place in range(n):
            keeper = None if role == "created" else person.accounts["x"][place + n]
            found.append(
                Tie(platform="x", verb=role, name=f"{role}-{place + 1}", account=keeper, by_me=role != "member")
            )
    return found


def _on_facebook(options: ArchiveOptions, person: Person, clock: Clock) -> list[Tie]:
    found = []
    followed = [one for one in person.accounts["facebook"] if one.is_followed]
    times = clock.draw(len(followed), "evening", is_even=True)
    for place, (one, at) in enumerate(zip(followed, times, strict=True)):
        if not one.is_organisation:
            found.append(_tie("friend" if place % 9 else "person", one, at))
        else:
            found.append(_tie("follow", one, at))
            if one.has_address:
                found.append(_tie("like", one, at))
    for place, (group, at) in enumerate(zip(person.groups, clock.draw(len(person.groups), "evening"), strict=True)):
        found.append(Tie(platform="facebook", verb="join", name=group, at=at))
        if place % 5 == 4:
            found.append(Tie(platform="facebook", verb="leave", name=group, at=clock.after(at, 40 * 86_400)))
    others = [one for one in person.accounts["facebook"] if not one.is_followed]
    found += [_tie("suggested", one) for one in others if not one.is_organisation]
    found += [Tie(platform="facebook", verb="suggested_group", name=one.name) for one in others if one.is_organisation]
    found += [_tie("mute", one) for one in followed if not one.is_organisation][-3:]
    for place, at in enumerate(clock.draw(6, "day")):
        verb = ("join_event", "interested", "declined")[place % 3]
        name = say(person.lang, "outing", person.topics[0], place + 7)
        found.append(Tie(platform="facebook", verb=verb, name=name, at=at))
    return found


def _on_linkedin(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Tie]:
    followed = [one for one in person.accounts["linkedin"] if one.is_followed]
    found = []
    times = clock.draw(len(followed), "office", is_even=True)
    for place, (one, at) in enumerate(zip(followed, times, strict=True)):
        if one.is_organisation:
            found.append(_tie("company", one, at))
        elif one.has_address:
            found.append(_tie("connection", one, at))
            if place % 4 == 0:
                found.append(_tie("invite", one, max(clock.first, at - 90_000), by_me=place % 8 == 0))
        else:
            found.append(_tie("unfollow" if place % 12 == 5 else "member", one, at))
    for tag, at in zip(topic_tags(person.lang)[:8], clock.draw(8, "office"), strict=True):
        found.append(Tie(platform="linkedin", verb="hashtag", name=tag, at=at))
    for place, at in enumerate(clock.draw(3, "office")):
        found.append(
            Tie(
                platform="linkedin",
                verb=("APPROVED", "INTERESTED", "RELINQUISHED")[place],
                name=f"Forum {place + 3}",
                at=at,
            )
        )
    return found


def met(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Met]:
    """Others' responses where an archive tells of them; messages."""
    known = [one for one in person.accounts["facebook"] if one.is_followed and not one.is_organisation]
    weights = 1.0 / np.arange(1, len(known) + 1)
    n = options.n(_NOTIFICATIONS)
    who = rng.choice(len(known), n, p=weights / weights.sum()).tolist()
    verbs = rng.integers(0, len(_RESPONSES), n).tolist()
    found = [
        Met(
            platform="facebook",
            verb=_RESPONSES[verb],
            account=known[one],
            at=at,
            key=int(rng.integers(10**15, 9 * 10**15)),
        )
        for at, one, verb in zip(clock.draw(n, "evening"), who, verbs, strict=True)
    ]
    for platform, accounts in person.accounts.items():
        mates = [one for one in accounts if one.is_followed and not one.is_organisation][2:9]
        for at in clock.draw(options.n(60), "evening"):
            draw = int(rng.integers(2**40))
            found.append(Met(platform=platform, verb="message", account=mates[draw // 8 % len(mates)], at=at, key=draw))
    mates = [one for one in person.accounts["linkedin"] if one.has_address][5:30]
    for place, at in enumerate(clock.draw(options.n(30), "office")):
        verb = ("endorse", "endorse", "endorse", "endorse", "recommend", "recommended")[place % 6]
        found.append(Met(platform="linkedin", verb=verb, account=mates[place % len(mates)], at=at, key=place))
    return found


def looked(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Looked]:
    """What was seen, opened, searched, kept; and how long the person stayed."""
    return [
        *_seen(options, person, clock, rng),
        *_sought(options, person, clock, rng),
    ]


def _seen(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Looked]:
    accounts = person.accounts["facebook"]
    weights = np.array([one.weight for one in accounts]) ** 0.7
    found = []
    for verb, usual in (("post", 800), ("video", 280), ("link", 90), ("show", 40), ("visit", 30), ("visit_group", 12)):
        n = options.n(usual)
        who = rng.choice(len(accounts), n, p=weights / weights.sum()).tolist()
        for at, place in zip(clock.draw(n, "night", last_days=90), who, strict=True):
            draw, one = int(rng.integers(2**50)), accounts[place]
            found.append(
                Looked(
                    platform="facebook",
                    verb=verb,
                    at=at,
                    text=say(person.lang, "headline" if verb == "link" else "interest", person.topics[draw % 4], draw),
                    account=one,
                    key=draw % 10**15,
                )
            )
    found += [
        Looked(platform="facebook", verb="session", at=at, seconds=60 + int(rng.exponential(900)))
        for at in clock.draw(options.n(240), "night", last_days=90)
    ]
    return found


def _sought(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Looked]:
    tags, found = topic_tags(person.lang), []
    for platform, verb, usual, days in (
        ("facebook", "search", 220, 365),
        ("facebook", "click", 90, 90),
        ("facebook", "save", 40, None),
        ("linkedin", "search", 120, None),
        ("linkedin", "save", 25, None),
        ("linkedin", "login", 160, 365),
        ("linkedin", "course", 6, None),
    ):
        for at in clock.draw(options.n(usual), "evening" if platform == "facebook" else "office", last_days=days):
            draw = int(rng.integers(2**50))
            name = PLACES[draw % 40]
            found.append(
                Looked(
                    platform=platform,
                    verb=verb,
                    at=at,
                    text=f"{tags[person.topics[draw % 4]]} {name}",
                    link=f"https://gazette-{name.lower()}.example/{draw % 997}",
                    account=_any(person.accounts[platform], draw),
                    key=draw % 10**15,
                )
            )
    found += [
        Looked(platform="x", verb="saved_search", at=None, text=f"{tags[one]} {PLACES[one]}", key=10**15 + one)
        for one in range(5)
    ]
    return found


def _any(accounts: tuple[Account, ...], draw: int) -> Account:
    return accounts[draw // 64 % len(accounts)]


def _tie(verb: str, one: Account, at: int | None = None, *, by_me: bool = True) -> Tie:
    return Tie(platform=one.platform, verb=verb, name=one.name, at=at, account=one, by_me=by_me)
