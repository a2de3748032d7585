"""Who reached the person with ads, by what, and what is known of them: counted from the facts, for the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any, Final

from ascendant.demo.archives.facts import OPENINGS, Life, Shown
from ascendant.demo.archives.person import Person

Rows = list[dict[str, Any]]

MADE_OF_PERSON: Final = ("demographic", "interest", "behaviour")  # what `by_criteria` stands for


def advertisers(platform: str, life: Life, person: Person) -> Rows:
    """By what the archive calls them. Facebook numbers those whose ads it shows, and names those who hold a list."""
    rows: dict[str | None, dict[str, Any]] = {}

    def row(key: str | None, name: str | None, real: str | None) -> dict[str, Any]:
        empty = {"account_id": key, "advertiser": name, "real_name": real, "n_shown": 0, "n_opened": 0, "n_clicks": 0}
        return rows.setdefault(key, {**empty, "classes": set(), "means": set(), "times": []})

    for shown in life.shown:
        payer = shown.advertiser
        if payer is None:
            found = row(None, None, None)
        elif platform == "x":
            found = row(f"x:@{payer.handle.lower()}", payer.name, payer.name)
        else:
            found = row(f"facebook:{payer.key}", None, payer.name)
        found["n_shown"] += is_view(shown)
        found["n_opened"] += shown.is_opened
        found["n_clicks"] += sum(kind in OPENINGS for kind, _ in shown.responses)
        found["classes"].update(group for _, _, group in shown.criteria)
        found["means"].update(_means(kind, group) for kind, _, group in shown.criteria)
        found["times"].append(shown.at)
    for told in life.told:
        if told.verb == "targeted" and platform == "x":
            payer_of = {f"@{one.handle}": one.name for one in person.advertisers["x"]}
            found = row(f"x:{told.type.lower()}", payer_of[told.type], payer_of[told.type])
            for name in ("classes", "means"):
                found[name].add(_CLASS_OF[told.value])
        elif told.verb == "targeted":
            for name in ("classes", "means"):
                row(f"facebook:name:{told.type}", told.type, told.type)[name].add(told.value)
    made = []
    for found in sorted(rows.values(), key=lambda one: one["account_id"] or ""):
        classes, means, times = (found.pop(name) for name in ("classes", "means", "times"))
        columns = {"by_list": "uploaded_list", "by_lookalike": "lookalike", "by_visit": "retargeting"}
        found |= {name: group in means for name, group in columns.items()}
        found["by_criteria"] = bool(means & {*MADE_OF_PERSON})
        found["classes"] = sorted(classes)
        made.append(
            {**found, "first_at": time_of(min(times, default=None)), "last_at": time_of(max(times, default=None))}
        )
    return made


def _means(kind: str, group: str) -> str:
    """Who resembles the followers of some account resembles nobody's customers: it is an interest."""
    return "interest" if kind == "Follower look-alikes" else group


_CLASS_OF = {
    "uploaded_list": "uploaded_list",
    "not_to_be_reached": "uploaded_list",
    "lookalike": "lookalike",
    "catalog": "retargeting",
}


def is_view(shown: Shown) -> bool:
    """Whether the archive tells that it was shown; lists of clicks tell of clicks alone."""
    return shown.files != "clicks" and not (shown.files == "elsewhere" and shown.is_opened)


def criteria(shown: tuple[Shown, ...]) -> Rows:
    """By how many ads that were shown, and by how many who pay, each criterion was used."""
    n: Counter[tuple[str, str, str]] = Counter()
    payers: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in filter(is_view, shown):
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


def attributes(life: Life, verb: str) -> Rows:
    """What the platform takes the person for (`inferred`), or lets advertisers choose by (`listed`); no denials."""
    found = dict.fromkeys((one.group, one.type, one.value) for one in life.told if one.verb == verb and not one.is_no)
    return [{"class": group, "type": kind, "value": value} for group, kind, value in sorted(found)]


def trackers(life: Life, verb: str) -> Rows:
    """What sites told (`tracked`), or which applications were let in (`app`)."""
    times: defaultdict[str, list[int]] = defaultdict(list)
    for one in life.told:
        if one.verb == verb and one.at is not None:
            times[one.type].append(one.at)
    return [
        {"site": site, "n_events": len(found), "first_at": time_of(min(found)), "last_at": time_of(max(found))}
        for site, found in sorted(times.items())
    ]


def time_of(at: int | None) -> str | None:
    """As ISO 8601 has it."""
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat()
