"""A mirror's tables, held figure by figure against what is true of the invented person.

Tables come as arguments: this room knows neither readers nor patterns. Both sides are brought to figures under one
address (platform, table, row, column); a figure that only one side has is a difference too. What an archive does not
tell is not in the truth's main columns, so that nothing is asked of a mirror that no file holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any, Final

import pyarrow as pa

Address = tuple[str | None, str, str, str]  # platform (none: all), table, row, column
Row = dict[str, Any]

TOLERANCE_SECONDS: Final = 1.0  # of delays: files leave out parts of a second
_LEFT_OPEN: Final = object()  # what no file tells, and the mirror rightly does not
_ME: Final = ("account_id", "handle", "name", "followers", "following", "n_acts", "first_at", "last_at")
_REACTION: Final = ("n_acts", "n_reaction", "n_links", "n_conversation")
_SOURCE: Final = ("n", "n_reposts", "n_quotes", "n_replies", "n_conversation", "n_likes")
_CONCENTRATION: Final = ("n_attributed", "n_unattributed", "n_sources", "n_half")
_PASSING: Final = ("n_passed_on", "n_without_words", "n_delays", "n_minute", "n_ten_minutes", "n_hour", "n_day")
_MEANS: Final = ("by_list", "by_lookalike", "by_visit", "by_criteria")
_AUDIENCE: Final = ("n_posts", "likes", "reposts")
_MOVED: Final = ("n", "n_reposts", "n_replies", "n_likes")
_CRITERION: Final = ("class", "type", "value")


@dataclass(frozen=True)
class Difference:
    """One figure of the mirror that is not the true one; None where a side does not have it."""

    platform: str | None  # none: all together
    table: str
    key: str
    column: str
    found: Any
    true: Any


@dataclass(frozen=True)
class Recovered:
    """How many figures were held against the truth, and which of them differ."""

    n_compared: int
    differences: tuple[Difference, ...]


def differences(tables: Mapping[str, pa.Table], truth: Mapping[str, Any]) -> Recovered:
    """`tables` are those of the mirror by name, `truth` is `truth/mirror.json`.

    Counts, names and yes-or-no are exact; delays may be a second off.
    """
    platforms: dict[str, Row] = truth["platforms"]
    true = _Figures(_true(platforms))
    found = _Figures(_found({name: table.to_pylist() for name, table in tables.items()}, platforms))
    addresses = sorted(
        (one for one in {*true.held, *found.held} if found.held.get(one) is not _LEFT_OPEN),
        key=lambda one: (one[0] or "", *one[1:]),
    )
    return Recovered(
        len(addresses),
        tuple(
            Difference(*one, found.held.get(one), true.held.get(one))
            for one in addresses
            if one not in true.held or one not in found.held or not _is_same(one[3], found.held[one], true.held[one])
        ),
    )


class _Figures:
    """Figures by address. Rows of one name are told apart by their place among them."""

    def __init__(self, figures: Iterable[tuple[Address, Any]]) -> None:
        self.held: dict[Address, Any] = {}
        met: Counter[Address] = Counter()
        for address, value in figures:
            platform, table, key, column = address
            met[address] += 1
            self.held[platform, table, key if met[address] == 1 else f"{key} #{met[address]}", column] = value


def _is_same(column: str, found: Any, true: Any) -> bool:
    if "delay_seconds" in column and found is not None and true is not None:
        return abs(float(found) - float(true)) <= TOLERANCE_SECONDS
    return bool(found == true)


def _row(platform: str | None, table: str, key: str, row: Row, columns: Iterable[str]) -> Iterator[tuple[Address, Any]]:
    for column in columns:
        yield (platform, table, key, column), row[column]


def _true(platforms: dict[str, Row]) -> Iterator[tuple[Address, Any]]:
    parts: Counter[str] = Counter()
    for name, own in platforms.items():
        me = own["me"] | {end: _seconds(datetime.fromisoformat(own["me"][end])) for end in ("first_at", "last_at")}
        yield from _row(name, "me", "", me, _ME)
        yield from _true_sources(name, own)
        yield from _counted(name, own)
        yield from _true_ads(name, own)
        yield from _delays(name, own["delays"], lambda one: one["at"], "seconds")
        if own["audience"] is not None:
            yield from _row(name, "audience", "", own["audience"], _AUDIENCE)
        for row in own["responses"]:
            if row["n"] or row["n_likes"]:  # a mention is no response to an item
                yield from _row(name, "moved", row["account_id"], row, _MOVED)
        for row in own["balance"]:
            parts[row["part"]] += row["n_timed"]
    yield from _counted(None, _together(list(platforms.values())))
    for part in ("start", "pass_on", "answer", "like"):
        if parts[part]:
            yield (None, "week", part, "n"), parts[part]


def _together(owns: list[Row]) -> Row:
    """What is counted on each platform, of all of them."""
    balance: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in (row for own in owns for row in own["balance"]):
        balance[row["part"], row["kind"]].update(n=row["n"], n_timed=row["n_timed"])
    passing: Row = {column: sum(own["passing"][column] for own in owns) for column in _PASSING}
    return {
        "balance": [{"part": part, "kind": kind, **n} for (part, kind), n in balance.items()],
        "reaction": {column: sum(own["reaction"][column] for own in owns) for column in _REACTION},
        "sources": [row for own in owns for row in own["sources"]],
        "passing": passing,
    }


def _counted(platform: str | None, own: Row) -> Iterator[tuple[Address, Any]]:
    """What the mirror tells of each platform and of all together."""
    for row in own["balance"]:
        yield from _row(platform, "balance", f"{row['part']} {row['kind']}", row, ("n", "n_timed"))
    yield from _row(platform, "reaction", "", own["reaction"], _REACTION)
    each = sorted((row["n"] for row in own["sources"] if row["n"]), reverse=True)
    n_half = next((n for n in range(1, len(each) + 1) if 2 * sum(each[:n]) >= sum(each)), None)
    half = (sum(each), own["reaction"]["n_reaction"] - sum(each), len(each), n_half)
    yield from _row(platform, "concentration", "", dict(zip(_CONCENTRATION, half, strict=True)), _CONCENTRATION)
    yield from _row(platform, "passing", "", own["passing"], own["passing"])


def _true_sources(platform: str, own: Row) -> Iterator[tuple[Address, Any]]:
    for row in own["sources"]:
        delays = row["delays"]
        told = {
            "n_delays": len(delays),
            "median_delay_seconds": median(delays) if delays else None,
            "is_followed": bool(row["ties"]) and "unfollow" not in row["ties"],
        }
        yield from _row(platform, "sources", row["account_id"], row | told, (*_SOURCE, *told))


def _true_ads(platform: str, own: Row) -> Iterator[tuple[Address, Any]]:
    for row in own["advertisers"]:
        yield from _row(platform, "advertisers", row["account_id"] or "", row, ("n_shown", "n_opened", *_MEANS))
    for row in own["criteria"]:
        yield from _row(platform, "criteria", _criterion(row), row, ("n_shown", "n_advertisers"))
    for verb in ("inferred", "listed"):
        for row in own[verb]:
            yield (platform, "inferred", _criterion(row), "is_declared"), verb == "listed"
    sites: Counter[str] = Counter()
    for row in (*own["trackers"], *own["apps"]):
        sites[row["site"]] += row["n_events"]
    for site, n in sites.items():
        yield (platform, "trackers", site, "n_events"), n


def _delays(platform: str, rows: list[Row], at: Callable[[Row], int], column: str) -> Iterator[tuple[Address, Any]]:
    """Of what was passed on; those of answers stand with their sources."""
    known = [row for row in rows if row["kind"] in ("repost", "quote") and row[column] is not None]
    for row in sorted(known, key=lambda row: (row["kind"], at(row), row[column])):
        yield (platform, "passed_on", f"{row['kind']} {_iso(at(row))}", "delay_seconds"), row[column]


def _found(tables: dict[str, list[Row]], platforms: dict[str, Row]) -> Iterator[tuple[Address, Any]]:
    for row in tables["me"]:
        ends = {end: _seconds(row[end]) for end in ("first_at", "last_at")}
        yield from _row(row["platform"], "me", "", row | ends, _ME)
    for row in tables["balance"]:
        yield from _row(row["platform"], "balance", f"{row['part']} {row['kind']}", row, ("n", "n_timed"))
    for row in tables["reaction"]:  # the mirror leaves out the answers of which it cannot be sure
        counted = {column: row[column] + row["n_unsure"] for column in ("n_acts", "n_reaction")}
        yield from _row(row["platform"], "reaction", "", row | counted, _REACTION)
    for row in tables["concentration"]:
        yield from _row(row["platform"], "concentration", "", row, _CONCENTRATION)
    for row in tables["passing"]:  # the truth has a median for each platform, and none of all together
        pace = () if row["platform"] is None else ("median_delay_seconds",)
        yield from _row(row["platform"], "passing", "", row, (*_PASSING, *pace))
    for platform, own in platforms.items():
        here = {name: [row for row in rows if row.get("platform") == platform] for name, rows in tables.items()}
        yield from _found_sources(platform, here["sources"], own["sources"])
        yield from _found_ads(platform, here)
        yield from _delays(platform, here["passed_on"], lambda row: _seconds(row["happened_at"]), "delay_seconds")
        if own["audience"] is not None:
            for row in here["audience"]:
                yield from _row(platform, "audience", "", row, _AUDIENCE)
        for row in here["moved"]:
            yield from _row(platform, "moved", row["account_id"], row, _MOVED)
    parts: Counter[str] = Counter()
    for row in tables["week"]:
        parts[row["part"]] += row["n"]
    for part, n in parts.items():
        yield (None, "week", part, "n"), n


def _found_sources(platform: str, rows: list[Row], true: list[Row]) -> Iterator[tuple[Address, Any]]:
    """By their ids; a file may give a handle alone, which is taken for the account that bears it.

    Whether that one is followed cannot be told where follows are listed by number.
    """
    bearers = {f"{platform}:@{row['handle'].lower()}": row["account_id"] for row in true}
    named = {row["account_id"] for row in rows}
    for row in rows:
        account = str(row["account_id"])
        key = str(bearers.get(account.lower(), account))
        is_by_handle = key not in named
        told = _LEFT_OPEN if is_by_handle and row["is_followed"] is None else row["is_followed"]
        columns = (*_SOURCE, "n_delays", "median_delay_seconds", "is_followed")
        yield from _row(platform, "sources", key if is_by_handle else account, row | {"is_followed": told}, columns)


def _found_ads(platform: str, here: dict[str, list[Row]]) -> Iterator[tuple[Address, Any]]:
    for row in here["advertisers"]:
        key = str(row["account_id"] or row["advertiser"] or "")
        means = {name: bool(row[name]) for name in _MEANS}  # null: not told, so that nothing is said of it
        yield from _row(platform, "advertisers", key, row | means, ("n_shown", "n_opened", *_MEANS))
    for row in here["criteria"]:
        yield from _row(platform, "criteria", _criterion(row), row, ("n_shown", "n_advertisers"))
    for row in here["inferred"]:
        yield (platform, "inferred", _criterion(row), "is_declared"), row["is_declared"]
    for row in here["trackers"]:
        yield (platform, "trackers", row["site"], "n_events"), row["n_events"]


def _criterion(row: Row) -> str:
    return " | ".join(row[name] for name in _CRITERION)


def _seconds(at: datetime | None) -> int:
    return 0 if at is None else int(at.timestamp())


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()
