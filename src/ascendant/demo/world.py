"""An invented month on X: a company, two causes, a person with a goal, and ordinary accounts.

A plain stand-in for the simulator that is to come: who follows whom is drawn once, each post is passed on by followers
after a delay, some answer, some write on their own. Times, names and texts are all drawn from one seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from ascendant.demo.options import WorldOptions

START = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 28
_PAGE = 100  # tweets a response, as the platform's own pages have
_SNOWFLAKE_EPOCH_MS = 1288834974657


@dataclass(frozen=True)
class _Account:
    """Somebody invented. `pull` is the chance that a follower passes a post on."""

    name: str
    handle: str
    bio: str
    followers: int
    pull: float
    posts_per_act: float
    tag: str


_LEADS = (
    _Account("Montclar Eaux", "MontclarEaux", "Mineral water from Montclar.", 48_000, 0.05, 9.0, "eau"),
    _Account("Rivières Libres", "RivieresLibres", "Campaign for rivers without dams.", 21_000, 0.09, 12.0, "rivieres"),
    _Account("Keep Our Mills", "KeepOurMills", "For the mills and their weirs.", 9_400, 0.08, 10.0, "moulins"),
    _Account("Inès Valbon", "ines_valbon", "For a footbridge at Port-Sec.", 640, 0.12, 6.0, "passerelle"),
)
_GIVEN = (
    "Ada Basil Chloé Dario Elif Farid Greta Hugo Iris Jonas Kenza Léon Mila Noam Olga Paul Rania Simon Tessa".split()
)
_FAMILY = "Abelin Brissac Corvo Delmas Estève Farnoux Guilhem Hazard Ibarra Jolin Kervel Lantier Morvan Nadal".split()
_SENTENCES = (
    "The river was high again this morning",
    "A meeting at the town hall on Thursday",
    "Who decides about the weir?",
    "Nine hundred signatures in a week",
    "Bottles come back with a deposit from June on",
    "The footbridge would save the children ten minutes",
    "Photographs from the walk along the water",
    "New figures about the level of the lake",
)


def write_world(folder: Path, options: WorldOptions) -> Path:
    """Write `posts.jsonl` (X API v2 responses, one a line) into the folder, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "posts.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for response in _responses(options):
            out.write(json.dumps(response, ensure_ascii=False, separators=(",", ":")) + "\n")
    return path


def _accounts(n: int, random: np.random.Generator) -> list[_Account]:
    accounts = list(_LEADS)
    followers = np.minimum(np.floor(random.pareto(1.1, n) * 60) + 3, 4_000).astype(int)
    rates = random.lognormal(0.0, 0.9, n)
    for i in range(len(_LEADS), n):
        given, family = _GIVEN[i % len(_GIVEN)], _FAMILY[(i // len(_GIVEN)) % len(_FAMILY)]
        tag = _LEADS[i % len(_LEADS)].tag
        handle = f"{given}_{family}{i}".lower()
        accounts.append(_Account(f"{given} {family}", handle, "", int(followers[i]), 0.015, float(rates[i]), tag))
    return accounts


def _responses(options: WorldOptions) -> Iterator[dict[str, Any]]:
    random = np.random.default_rng(options.seed)
    accounts = _accounts(max(20, options.accounts), random)
    n = len(accounts)
    rate = np.array([account.posts_per_act for account in accounts])
    # each account follows the lead of its community, others of it, and a few strangers
    community = np.arange(n) % len(_LEADS)
    followers = [
        np.unique(
            np.concatenate(
                [
                    np.flatnonzero(community == community[i])
                    if i < len(_LEADS)
                    else random.choice(np.flatnonzero(community == community[i]), min(12, n // 8)),
                    random.choice(n, 3),
                ]
            )
        )
        for i in range(n)
    ]
    moments: list[tuple[float, int, str, int]] = []  # hours since START, actor, verb, place of the object in `moments`
    n_own = int(options.acts * 0.55)
    authors = random.choice(n, n_own, p=rate / rate.sum())
    hours = np.sort(random.uniform(0, DAYS * 24, n_own))
    for author, hour in zip(authors.tolist(), hours.tolist(), strict=True):
        place = len(moments)
        moments.append((hour, author, "post", -1))
        heard = followers[author][random.random(followers[author].size) < accounts[author].pull]
        for reader in heard.tolist():
            if reader == author:
                continue
            delay = float(random.lognormal(0.3, 1.3))
            verb = str(random.choice(["retweeted", "replied_to", "quoted"], p=[0.7, 0.2, 0.1]))
            moments.append((hour + delay, reader, verb, place))
            if verb == "replied_to" and random.random() < 0.4:  # the author answers: a conversation
                moments.append((hour + delay + float(random.exponential(0.5)), author, "replied_to", len(moments) - 1))
    yield from _pages(accounts, moments[: options.acts], random)


def _pages(
    accounts: list[_Account], moments: list[tuple[float, int, str, int]], random: np.random.Generator
) -> Iterator[dict[str, Any]]:
    sentences = random.integers(0, len(_SENTENCES), len(moments))
    times = [START + timedelta(hours=hour) for hour, *_ in moments]
    ids = [str((int(time.timestamp() * 1000) - _SNOWFLAKE_EPOCH_MS << 22) + i) for i, time in enumerate(times)]
    threads = list(range(len(moments)))
    for i, (_, _, verb, place) in enumerate(moments):
        if verb == "replied_to":
            threads[i] = threads[place]

    def tweet(i: int) -> dict[str, Any]:
        _, actor, verb, place = moments[i]
        tag = accounts[actor].tag
        text = f"{_SENTENCES[sentences[i]]} #{tag}"
        built: dict[str, Any] = {
            "id": ids[i],
            "author_id": _user_id(actor),
            "created_at": times[i].strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "conversation_id": ids[threads[i]],
            "text": text,
            "lang": "en",
            "entities": {"hashtags": [{"start": len(text) - len(tag) - 1, "end": len(text), "tag": tag}]},
        }
        if place >= 0:
            built["referenced_tweets"] = [{"type": verb, "id": ids[place]}]
            if verb == "replied_to":
                built["in_reply_to_user_id"] = _user_id(moments[place][1])
            if verb == "retweeted":
                built["text"] = f"RT @{accounts[moments[place][1]].handle}: {_SENTENCES[sentences[place]]}"[:140]
        return built

    order = sorted(range(len(moments)), key=lambda i: (times[i], ids[i]))
    for first in range(0, len(order), _PAGE):
        page = order[first : first + _PAGE]
        included = sorted({moments[i][3] for i in page} - {-1} - set(page))
        users = sorted({moments[i][1] for i in [*page, *included]})
        yield {
            "data": [tweet(i) for i in page],
            "includes": {"users": [_user(accounts, u) for u in users], "tweets": [tweet(i) for i in included]},
            "meta": {"result_count": len(page)},
        }


def _user_id(place: int) -> str:
    return str(1_700_000_000_000_000_000 + place * 7919)


def _user(accounts: list[_Account], place: int) -> dict[str, Any]:
    account = accounts[place]
    return {
        "id": _user_id(place),
        "username": account.handle,
        "name": account.name,
        "description": account.bio,
        "created_at": "2019-05-04T08:00:00.000Z",
        "public_metrics": {"followers_count": account.followers, "following_count": 120, "tweet_count": 900},
    }
