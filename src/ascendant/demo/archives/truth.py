"""What the archives of a person hold, counted from the facts before any file was written -> truth/mirror.json.

The words are those of the mirror's tables. Where an archive leaves something out, it stands here as left out, with what
really happened beside it (`true`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from ascendant.demo.archives.facts import OPENINGS, Act, Life, Shown
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.person import Person
from ascendant.demo.archives.told import PART_OF, act_id, delay_of, firsts, source_of, thread_of

Rows = list[dict[str, Any]]

MADE_OF_PERSON = ("demographic", "interest", "behaviour")  # what `by_criteria` stands for


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
            "advertisers": _advertisers(platform, own, person),
            "criteria": _criteria(own.shown),
            "inferred": _inferred(own),
            "trackers": _trackers(own, "tracked"),
            "apps": _trackers(own, "app"),
            "audience": _audience(own.acts) if platform == "x" else None,
            "responses": _responses(own),
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
        "first_at": _time(min(act.at for act in acts)),
        "last_at": _time(max(act.at for act in acts)),
        "made_at": _time(life.last_at),
    }


def _balance(life: Life, person: Person) -> Rows:
    """By part and kind. Of likes X tells no time."""
    first = firsts(life.acts, person)
    n: Counter[tuple[str, str]] = Counter()
    for act in life.acts:
        kind = "conversation" if act.kind == "reply" and id(act) not in first else act.kind
        n[PART_OF[kind], kind] += 1
    for shown in life.shown:
        n["take_in", "ad_view"] += _is_view(shown)
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
    """As told when all answers without a conversation share one; `alone` when each stands alone; and as it was."""

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
    """Those that the archive names, and what it tells of each; `n_answers` are first answers and conversation."""
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
    rows = []
    for key, found in sorted(n.items()):
        one = accounts[key]
        row = {name: found[name] for name in ("n_reposts", "n_quotes", "n_replies", "n_answers", "n_replies_alone")}
        row |= {"n_likes": found["n_likes"], "n_conversation": found["n_answers"] - found["n_replies"]}
        row["n"] = found["n_reposts"] + found["n_quotes"] + found["n_replies"]
        about = {"account_id": key, "name": one.name, "handle": one.handle, "is_followed": one.is_followed}
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


def _advertisers(platform: str, life: Life, person: Person) -> Rows:
    """By what the archive calls them. Facebook numbers those whose ads it shows, and names those who hold a list."""
    rows: dict[str | None, dict[str, Any]] = {}

    def row(key: str | None, name: str | None, real: str | None) -> dict[str, Any]:
        empty = {"account_id": key, "advertiser": name, "real_name": real, "n_shown": 0, "n_opened": 0, "n_clicks": 0}
        return rows.setdefault(key, {**empty, "classes": set(), "times": []})

    for shown in life.shown:
        payer = shown.advertiser
        if payer is None:
            found = row(None, None, None)
        elif platform == "x":
            found = row(f"x:@{payer.handle.lower()}", payer.name, payer.name)
        else:
            found = row(f"facebook:{payer.key}", None, payer.name)
        found["n_shown"] += _is_view(shown)
        found["n_opened"] += shown.is_opened
        found["n_clicks"] += sum(kind in OPENINGS for kind, _ in shown.responses)
        found["classes"].update(group for _, _, group in shown.criteria)
        found["times"].append(shown.at)
    for told in life.told:
        if told.verb == "targeted" and platform == "x":
            payer_of = {f"@{one.handle}": one.name for one in person.advertisers["x"]}
            found = row(f"x:{told.type.lower()}", payer_of[told.type], payer_of[told.type])
            found["classes"].add(_CLASS_OF[told.value])
        elif told.verb == "targeted":
            row(f"facebook:name:{told.type}", told.type, told.type)["classes"].add(told.value)
    made = []
    for found in sorted(rows.values(), key=lambda one: one["account_id"] or ""):
        classes, times = found.pop("classes"), found.pop("times")
        means = {"by_list": "uploaded_list", "by_lookalike": "lookalike", "by_visit": "retargeting"}
        found |= {name: group in classes for name, group in means.items()}
        found["by_criteria"] = bool(classes & {*MADE_OF_PERSON})
        found["classes"] = sorted(classes)
        made.append({**found, "first_at": _time(min(times, default=None)), "last_at": _time(max(times, default=None))})
    return made


_CLASS_OF = {
    "uploaded_list": "uploaded_list",
    "not_to_be_reached": "uploaded_list",
    "lookalike": "lookalike",
    "catalog": "retargeting",
}


def _is_view(shown: Shown) -> bool:
    """Whether the archive tells that it was shown; lists of clicks tell of clicks alone."""
    return shown.files != "clicks" and not (shown.files == "elsewhere" and shown.is_opened)


def _criteria(shown: tuple[Shown, ...]) -> Rows:
    n: Counter[tuple[str, str, str]] = Counter()
    payers: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in shown:
        for kind, value, group in one.criteria:
            n[group, kind, value] += 1
            if one.advertiser is not None:
                payers[group, kind, value].add(one.advertiser.name)
    return [
        {
            "class": group,
            "type": kind,
            "value": value,
            "n_shown": count,
            "n_advertisers": len(payers[group, kind, value]),
        }
        for (group, kind, value), count in sorted(n.items())
    ]


def _inferred(life: Life) -> Rows:
    found = dict.fromkeys(
        (one.group, one.type, one.value) for one in life.told if one.verb == "inferred" and not one.is_no
    )
    return [{"class": group, "type": kind, "value": value} for group, kind, value in sorted(found)]


def _trackers(life: Life, verb: str) -> Rows:
    times: defaultdict[str, list[int]] = defaultdict(list)
    for one in life.told:
        if one.verb == verb and one.at is not None:
            times[one.type].append(one.at)
    return [
        {"site": site, "n_events": len(found), "first_at": _time(min(found)), "last_at": _time(max(found))}
        for site, found in sorted(times.items())
    ]


def _audience(acts: tuple[Act, ...]) -> dict[str, int]:
    """Counts that X gives with own posts, answers and quotes."""
    own = [act for act in acts if act.kind in ("post", "link", "link_with_words", "reply", "quote")]
    return {"n_posts": len(own), "likes": sum(act.likes for act in own), "reposts": sum(act.reposts for act in own)}


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


def _time(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat()
