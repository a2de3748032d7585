"""Ads, lists, inferences and reports of sites -> who pays to reach the owner, and by what it chose them.

One advertiser is one account: a name without an account, or an account made of a name, is taken for the account of
that name where exactly one bears it. What a platform never tells is null, not "no": Facebook names lists and never the
criteria of an ad, LinkedIn names attributes and never who used them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import pyarrow as pa

from ascendant.patterns.mirror.tables import table_of

BY_LIST: Final = frozenset({"uploaded_list"})
BY_LOOKALIKE: Final = frozenset({"lookalike"})
BY_VISIT: Final = frozenset({"retargeting", "store_visit"})
BY_CRITERIA: Final = frozenset({"demographic", "interest", "behaviour"})  # what is held of the person
Row = dict[str, Any]


def advertisers(facts: list[Row], answers: pa.Table) -> pa.Table:
    """One row an advertiser, those that showed most first. `facts` is the answer of `mirror_ads` as rows."""
    lists = {row["platform"] for row in answers.to_pylist() if row["topic"] == "targeting" and _is_told(row)}
    paid = [row for row in facts if row["verb"] in ("ad_view", "ad_click") or _is_by_advertiser(row)]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row, who in zip(paid, who_paid(paid), strict=True):
        groups.setdefault((row["platform"], who), []).append(row)
    rows = [_advertiser(platform, found, has_lists=platform in lists) for (platform, _), found in groups.items()]
    rows.sort(key=lambda row: (-row["n_shown"], -row["n_opened"], row["platform"], row["advertiser"] or "\U0010ffff"))
    return table_of("advertisers", rows)


def who_paid(facts: list[Row]) -> list[str]:
    """A key of the advertiser of each fact: its account, else its name in small letters; empty for nobody."""
    bearers: dict[tuple[str, str], set[tuple[bool, str]]] = {}
    for row in facts:
        if row["account_id"] is not None and (name := _folded(row)):
            bearers.setdefault((row["platform"], name), set()).add((_is_of_name(row), row["account_id"]))
    found = []
    for row in facts:
        name, account = _folded(row), row["account_id"]
        named = bearers.get((row["platform"], name), set()) if name else set()
        exact = {who for is_of_name, who in named if not is_of_name}
        if account is None or _is_of_name(row):
            if len(exact) == 1:
                account = next(iter(exact))
            elif account is None and not exact and len(named) == 1:
                account = next(iter(named))[1]
        found.append(account or f"~{name}" if account or name else "")
    return found


def class_of(criterion: Row) -> str:
    """Its class, but for X's "follower look-alikes": X makes these from whom people follow, no advertiser's customers.

    >>> class_of({"class": "lookalike", "type": "Follower look-alikes"})
    'behaviour'
    """
    is_of_followers = criterion["class"] == "lookalike" and "follower" in (criterion["type"] or "").casefold()
    return "behaviour" if is_of_followers else str(criterion["class"])


def _is_of_name(row: Row) -> bool:
    return bool(row["resolved"] == "name_only")


def _is_by_advertiser(row: Row) -> bool:
    return bool(row["verb"] == "targeted" and (row["account_id"] is not None or row["advertiser"]))


def _folded(row: Row) -> str:
    # A list of X names its advertiser by the handle.
    name = row["name"] or row["advertiser"] or ""
    return " ".join(name.casefold().split())


def _advertiser(platform: str, facts: list[Row], *, has_lists: bool) -> Row:
    shown = [row for row in facts if row["verb"] == "ad_view"]
    classes = {class_of(one) for row in facts for one in row["criteria"] or ()}
    # The page on which LinkedIn showed an ad is all that it tells: nothing of how those who saw it were chosen.
    has_criteria = any(one["class"] != "context" for row in shown for one in row["criteria"] or ())
    # Facebook tells lists and visits by advertiser, X look-alikes too; criteria stand with the ads that were shown.
    told = {"lists": has_lists or has_criteria, "alike": (has_lists and platform == "x") or has_criteria}
    times = [row["happened_at"] for row in facts if row["happened_at"] is not None]
    accounts = [row["account_id"] for row in facts if row["account_id"] is not None]
    exact = [row["account_id"] for row in facts if row["account_id"] is not None and not _is_of_name(row)]
    return {
        "platform": platform,
        "advertiser": _called(facts),
        "account_id": min(exact or accounts, default=None),
        "n_shown": sum(row["n"] for row in shown),
        "n_opened": sum(row["n"] for row in facts if row["verb"] == "ad_click"),
        "by_list": _yes(classes & BY_LIST, told["lists"]),
        "by_lookalike": _yes(classes & BY_LOOKALIKE, told["alike"]),
        "by_visit": _yes(classes & BY_VISIT, told["lists"]),
        "by_criteria": _yes(classes & BY_CRITERIA, has_criteria),
        "first_at": min(times, default=None),
        "last_at": max(times, default=None),
    }


def _yes(seen: Iterable[str], is_told: bool) -> bool | None:
    return True if seen else False if is_told else None


def _called(facts: list[Row]) -> str | None:
    """The name that its ads bear most often; else that of its account, else what a list calls it."""
    for names in (
        [row["advertiser"] for row in facts if row["verb"] != "targeted"],
        [row["name"] for row in facts],
        [row["advertiser"] for row in facts],
        [row["handle"] for row in facts],
    ):
        counted = Counter(name for name in names if name)
        if counted:
            return str(min(counted, key=lambda name: (-counted[name], name)))
    return None


def criteria(facts: list[Row]) -> pa.Table:
    """One row a criterion of ads that were shown, the commonest first."""
    shown = [row for row in facts if row["verb"] == "ad_view"]
    n_shown: Counter[tuple[str, str, str, str]] = Counter()
    used_by: dict[tuple[str, str, str, str], set[str]] = {}
    for row, who in zip(shown, who_paid(shown), strict=True):
        for key in {(row["platform"], one["class"], one["type"], one["value"] or "") for one in row["criteria"] or ()}:
            n_shown[key] += row["n"]
            users = used_by.setdefault(key, set())
            if who:
                users.add(who)
    rows: list[dict[str, object]] = [
        {
            **dict(zip(("platform", "class", "type", "value"), key, strict=True)),
            "n_shown": n_shown[key],
            "n_advertisers": len(used_by[key]),
        }
        for key in sorted(n_shown, key=lambda key: (-n_shown[key], key))
    ]
    return table_of("criteria", rows)


def inferred(facts: list[Row]) -> pa.Table:
    """What the platform holds the owner for. What LinkedIn took from the profile and lets advertisers choose by is
    here too, since nobody is named who used it; `is_declared` tells it from what LinkedIn made of it."""
    found = {
        (row["platform"], one["class"], one["type"], one["value"] or "", row["verb"] == "targeted")
        for row in facts
        if row["verb"] == "inferred" or (row["verb"] == "targeted" and not _is_by_advertiser(row))
        for one in row["criteria"] or ()
    }
    names = ("platform", "class", "type", "value", "is_declared")
    return table_of("inferred", [dict(zip(names, one, strict=True)) for one in sorted(found)])


def trackers(facts: list[Row]) -> pa.Table:
    """Sites, shops and apps that reported what the owner did there, those with most reports first."""
    groups: dict[tuple[str, str | None], list[Row]] = {}
    for row in facts:
        if row["verb"] == "tracked":
            groups.setdefault((row["platform"], _teller(row)), []).append(row)
    rows: list[Row] = []
    for (platform, site), found in groups.items():
        times = [row["happened_at"] for row in found if row["happened_at"] is not None]
        rows.append(
            {
                "platform": platform,
                "site": site,
                "n_events": sum(row["n"] for row in found),
                "first_at": min(times, default=None),
                "last_at": max(times, default=None),
            }
        )
    rows.sort(key=lambda row: (-row["n_events"], row["platform"], row["site"] or "\U0010ffff"))
    return table_of("trackers", rows)


def _teller(row: Row) -> str | None:
    """An application by its own name, which people know; its maker seldom."""
    name: str | None = row["application"] or row["advertiser"] or row["name"] or row["handle"]
    return name


def _is_told(row: dict[str, object]) -> bool:
    return row["status"] in ("parsed", "empty")
