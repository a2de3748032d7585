"""Invented acts -> what charts are given, through the same rooms as a real study."""

from __future__ import annotations

import random
from functools import cache

import pyarrow as pa

from ascendant.activity import Account, Activity, account_batch, activity_batch
from ascendant.infer.communities import find_communities
from ascendant.infer.headline import headline
from ascendant.infer.named import named_layer
from ascendant.patterns.flows import find_flows
from ascendant.patterns.rhythm import find_rhythm
from ascendant.patterns.spheres import find_spheres
from ascendant.patterns.standing import find_standing
from ascendant.patterns.tiers import find_tiers
from ascendant.patterns.topics import find_topics
from ascendant.report.charts.chart import Given
from ascendant.report.language import Language
from ascendant.report.naming import Names
from ascendant.store.duckdb import asking_tables
from report import invented

KEY = b"an invented key, used in tests only"
MARCH = 1_772_323_200_000_000  # 1 March 2026, UTC
HOUR = 3_600_000_000
TAGS = ("ville30", "سرعة", "🚲", "vélo<b>", "z" * 500)


def acts(n_accounts=120, n_acts=1500, *, days=20, seed=1, with_times=True, with_tags=True, n_groups=3):
    """A world in which the first account of each group moves many of its own group, mostly in the evening."""
    drawn = random.Random(seed)
    rows = []
    n_posts = max(1, n_acts // 3)
    for number in range(n_acts):
        group = drawn.randrange(n_groups)
        members = range(group, n_accounts, n_groups)
        day = drawn.randrange(days)
        at = MARCH + day * 24 * HOUR + int(drawn.gauss(19, 2) * HOUR) % (24 * HOUR)
        tag = TAGS[group % len(TAGS)]
        common = {
            "activity_id": f"x:{number}",
            "platform": "x",
            "hashtags": (tag, tag, drawn.choice(TAGS)) if with_tags else None,
            "urls": ("https://www.Exemple.org/a?b", "https://t.co/x") if with_tags and number % 5 == 0 else None,
        }
        if number < n_posts:
            leader = drawn.random() < 0.4
            rows.append(
                Activity(
                    verb="post",
                    actor_id=_id(group if leader else drawn.choice(members)),
                    happened_at=at if with_times else None,
                    **common,
                )
            )
            continue
        parent = rows[drawn.randrange(n_posts)]
        if drawn.random() < 0.8:  # mostly one's own group, and who is loud there
            mine = [row for row in rows[:n_posts] if row.actor_id == _id(group)]
            parent = drawn.choice(mine) if mine else parent
        delay = int(drawn.expovariate(1 / 3) * HOUR)
        rows.append(
            Activity(
                verb=drawn.choice(["repost", "repost", "quote", "reply"]),
                actor_id=_id(drawn.choice(members)),
                object_id=parent.activity_id,
                object_author_id=parent.actor_id,
                happened_at=parent.happened_at + delay if with_times else None,
                **common,
            )
        )
    return rows


def people(n_accounts=120):
    """The first three are public; their names are long, hostile, and written from right to left."""
    names = ["Y" * 500, "<script>alert(1)</script> & co", "مدينة الغد 🚲 للجميع"]
    return [
        Account(
            account_id=_id(number),
            platform="x",
            handle=f"handle{number}",
            name=names[number] if number < len(names) else f"Private Person{number}",
            followers=9000 if number < len(names) else 12,
        )
        for number in range(n_accounts)
    ]


def given(rows, accounts=(), *, code="en", zone="UTC", width=760) -> Given:
    """What charts are given of a study with these rows."""
    tables, figures = _found(tuple(rows), tuple(accounts), zone)
    language = Language(code, zone)
    return Given(
        tables=tables, figures=figures, names=Names(tables["accounts"], KEY), language=language,
        source="Source: invented", width=width,
    )  # fmt: skip


@cache
def _found(rows, accounts, zone):
    activity = pa.Table.from_batches([activity_batch(list(rows), source_file="invented", reader="invented@1")])
    account = pa.Table.from_batches([account_batch(list(accounts), source_file="invented", reader="invented@1")])
    with asking_tables(activity, account) as questions:
        named = named_layer(questions)
        communities = find_communities(named.ties, named.accounts["account_id"])
        topics = find_topics(questions, named.named_by, communities, zone)
        rhythm = find_rhythm(questions, named.named_by, zone)
        known = questions.ask("known_accounts")
    standing = find_standing(named.accounts, communities)
    flows = find_flows(named.ties, communities)
    tables = {
        "accounts": known,
        "named_by": named.named_by,
        "standing": standing.standing,
        "spheres": find_spheres(named.ties, communities),
        "tiers": find_tiers(named.named_by, named.accounts),
        "topics": topics.topics,
        "topic_times": topics.topic_times,
        "community_topics": topics.community_topics,
        "rhythm": rhythm.rhythm,
        "hours": rhythm.hours,
        "flows": flows.flows,
        "borders": flows.borders,
    }
    figures = headline(named.accounts, standing.standing, named.named_by)
    if named.accounts.num_rows > 10:  # what time tells, as invented
        tables |= {"doses": invented.doses()}
        figures = (*figures, *invented.layer())
    return tables, {figure.name: figure for figure in figures}


def _id(number):
    return f"x:{number:04}"


def whole(**changes):
    """A study with everything in it."""
    return given(acts(), people(), **changes)


def edges():
    """Studies at the edges, by name."""
    alone = [Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:0000", happened_at=MARCH)]
    pair = [
        *alone,
        Activity(activity_id="x:2", platform="x", verb="repost", actor_id="x:0001", object_id="x:1",
                 object_author_id="x:0000", happened_at=MARCH + HOUR, hashtags=("a",)),
    ]  # fmt: skip
    return {
        "whole": acts(),
        "nothing": [],
        "one account": alone,
        "two accounts": pair,
        "no times": acts(with_times=False),
        "no tags": acts(with_tags=False),
        "one day": acts(days=1, n_acts=600),
        "one group": acts(n_groups=1, n_acts=600),
        "a year": acts(days=370),
        "many accounts": acts(n_accounts=2400, n_acts=5000),
    }
