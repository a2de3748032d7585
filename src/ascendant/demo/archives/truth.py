"""What the archives of a person hold, counted from the facts before any file was written -> truth/mirror.json.

The words are those of the mirror's tables. Where an archive leaves something out, it stands here as left out, with what
really happened beside it (`true`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict
from statistics import median
from typing import Any, Final

from ascendant.demo.archives.facts import OPENINGS, Act, Life
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.person import Person
from ascendant.demo.archives.told import PART_OF, act_id, delay_of, firsts, source_of, thread_of
from ascendant.demo.archives.truth_ads import Rows, advertisers, attributes, criteria, is_view, time_of, trackers

# Ties by which the owner follows somebody; `unfollow` is the end of one.
BONDS: Final = ("follow", "like", "friend", "person", "connection", "member", "company", "unfollow")


def truth_of(
    options: ArchiveOptions,
    person: Person,
    life: Life,
    records: dict[str, dict[str, int]],
    absent: dict[str, tuple[str, ...]],
) -> dict[str, Any]:
    """All of it; `records` are those of each file by platform, `absent` the known files that are not there."""
    platforms = {}
    for platform in person.accounts:
        own = life.on(platform)
        platforms[platform] = {
            "me": _me(platform, person, own),
            "files": records[platform],
            "absent": list(absent[platform]),
            "balance": _balance(own, person),
            "reaction": _reaction(own.acts, person),
            "sources": _sources(platform, own, person),
            "delays": _delays(own.acts, person),
            "acts": [_act(act, person) for act in own.acts if act.kind not in ("react", "vote")],
            "advertisers": advertisers(platform, own, person),
            "criteria": criteria(own.shown),
            "inferred": attributes(own, "inferred"),
            "listed": attributes(own, "listed"),
            "trackers": trackers(own, "tracked"),
            "apps": trackers(own, "app"),
            "audience": _audience(own.acts) if platform == "x" else None,
            "responses": _responses(own),
            "passing": _passing(own.acts),
            "other": _other(own),
        }
    return {"format": 1, "options": asdict(options), "person": person.name, "zone": person.zone, "platforms": platforms}


def _me(platform: str, person: Person, life: Life) -> dict[str, Any]:
    acts = [act for act in life.acts if act.kind not in ("react", "vote")]
    handle = {"x": person.handle, "facebook": person.slug, "linkedin": person.linkedin_slug}[platform]
    follows = sum(tie.verb == "follow" for tie in life.ties)
    return {
        "account_id": person.account_ids[platform],
        "handle": handle,
        "name": person.name,
        "followers": len(life.followers["x"]) if platform == "x" else None,
        "following": follows if platform == "x" else None,
        "n_acts": len(acts),
        "first_at": time_of(min(act.at for act in acts)),
        "last_at": time_of(max(act.at for act in acts)),
        "made_at": time_of(life.last_at),
    }


def _balance(life: Life, person: Person) -> Rows:
    """By part and kind. Of likes X tells no time."""
    first = firsts(life.acts, person)
    n: Counter[tuple[str, str]] = Counter()
    for act in life.acts:
        kind = "conversation" if act.kind == "reply" and id(act) not in first else act.kind
        n[PART_OF[kind], kind] += 1
    for shown in life.shown:
        n["take_in", "ad_view"] += is_view(shown)
        n["take_in", "ad_click"] += sum(kind in OPENINGS for kind, _ in shown.responses)
    for one in life.looked:
        if one.verb in ("post", "video", "link", "show", "visit", "visit_group", "course"):
            n["take_in", "view"] += 1
        elif one.verb == "click":
            n["take_in", "click"] += 1
    untimed = ("react",) if life.acts[0].platform == "x" else ()
    return [
        {"part": part, "kind": kind, "n": count, "n_timed": 0 if kind in untimed else count}
        for (part, kind), count in sorted(n.items())
        if count
    ]


def _reaction(acts: tuple[Act, ...], person: Person) -> dict[str, Any]:
    """As told when answers without a conversation share one a day; `alone` when each stands alone; and as it was."""

    def counted(first: set[int]) -> dict[str, int]:
        n = Counter(act.kind for act in acts)
        n_moved = n["repost"] + n["quote"] + len(first)
        return {
            "n_acts": n["post"] + n["link_with_words"] + n["link"] + n_moved,
            "n_reaction": n_moved,
            "n_links": n["link"],
            "n_conversation": n["reply"] - len(first),
        }

    return {
        **counted(firsts(acts, person)),
        "alone": counted(firsts(acts, person, share_one=False)),
        "true": counted(firsts(acts, person, is_true=True)),
    }


def _sources(platform: str, life: Life, person: Person) -> Rows:
    """Those that the archive names, and what it tells of each; `n_answers` are first answers and conversation,
    `n_likes` are reactions and votes."""
    told, alone = firsts(life.acts, person), firsts(life.acts, person, share_one=False)
    n: defaultdict[str, Counter[str]] = defaultdict(Counter)
    delays: defaultdict[str, list[int]] = defaultdict(list)
    for act in life.acts:
        source = source_of(act, person)
        if source is None or act.to_me:
            continue
        found = n[source]
        if act.kind == "reply":
            found["n_answers"] += 1
            found["n_replies"] += id(act) in told
            found["n_replies_alone"] += id(act) in alone
        else:
            found[{"repost": "n_reposts", "quote": "n_quotes", "vote": "n_votes"}.get(act.kind, "n_likes")] += 1
        delay = delay_of(act)
        if delay is not None and (act.kind != "reply" or id(act) in told) and act.kind != "react":
            delays[source].append(delay)
    accounts = {one.account_id: one for one in person.accounts[platform]}
    ties: defaultdict[str, list[str]] = defaultdict(list)
    for tie in life.ties:
        if tie.account is not None and tie.verb in BONDS and tie.by_me:  # on X others' lists have a `member` too
            ties[tie.account.account_id].append(tie.verb)
    rows = []
    for key, found in sorted(n.items()):
        one = accounts[key]
        row = {name: found[name] for name in ("n_reposts", "n_quotes", "n_replies", "n_answers", "n_replies_alone")}
        row |= {"n_votes": found["n_votes"], "n_likes": found["n_likes"] + found["n_votes"]}
        row |= {"n_conversation": found["n_answers"] - found["n_replies"]}
        row["n"] = found["n_reposts"] + found["n_quotes"] + found["n_replies"]
        about = {"account_id": key, "name": one.name, "handle": one.handle, "ties": ties[key]}
        rows.append({**about, **row, "delays": sorted(delays[key])})
    return rows


def _delays(acts: tuple[Act, ...], person: Person) -> Rows:
    """Every act of which the archive tells how late it was."""
    return [
        {"act_id": act_id(act, person), "kind": act.kind, "at": act.at, "seconds": delay}
        for act in acts
        if (delay := delay_of(act)) is not None
    ]


def _act(act: Act, person: Person) -> dict[str, Any]:
    found = {
        "act_id": act_id(act, person),
        "kind": act.kind,
        "at": act.at,
        "source": source_of(act, person),
        "true_source": act.source.account_id if act.source is not None else None,
        "thread": thread_of(act),
        "true_thread": act.thread or None,
        "to_me": act.to_me or None,
        "item_at": act.item_at,
        "delay_seconds": delay_of(act),
    }
    return {name: value for name, value in found.items() if value is not None}


def _audience(acts: tuple[Act, ...]) -> dict[str, int]:
    """Counts that X gives with own posts, answers and quotes."""
    own = [act for act in acts if act.kind in ("post", "link", "link_with_words", "reply", "quote")]
    return {"n_posts": len(own), "likes": sum(act.likes for act in own), "reposts": sum(act.reposts for act in own)}


def _passing(acts: tuple[Act, ...]) -> dict[str, Any]:
    """What was passed on; of what had no words, how late, as far as the archive tells."""
    passed = [act for act in acts if act.kind in ("repost", "quote", "link", "link_with_words")]
    bare = [act for act in passed if act.kind in ("repost", "link")]
    delays = sorted(delay for act in bare if (delay := delay_of(act)) is not None)
    within = {"n_minute": 60, "n_ten_minutes": 600, "n_hour": 3600, "n_day": 86_400}
    return {
        "n_passed_on": len(passed),
        "n_without_words": len(bare),
        "n_delays": len(delays),
        **{name: sum(delay <= most for delay in delays) for name, most in within.items()},
        "median_delay_seconds": median(delays) if delays else None,
    }


def _other(life: Life) -> dict[str, dict[str, int]]:
    """How many of each other fact: what was seen, sought and kept, bonds, what others did, messages."""
    return {
        "looked": dict(sorted(Counter(one.verb for one in life.looked).items())),
        "ties": dict(sorted(Counter(one.verb for one in life.ties).items())),
        "met": dict(sorted(Counter(one.verb for one in life.met).items())),
    }


def _responses(life: Life) -> Rows:
    """Others' responses, by account."""
    names = {"react": "n_likes", "reply": "n_replies", "repost": "n_reposts", "mention": "n_mentions"}
    n: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in life.met:
        if one.verb in names:
            n[one.account.account_id][names[one.verb]] += 1
    return [
        {
            "account_id": key,
            **{name: found[name] for name in names.values()},
            "n": found["n_replies"] + found["n_reposts"],
        }
        for key, found in sorted(n.items())
    ]
