"""The promises of a reader, as one check. For the tests of readers here and in other packages.

    from ascendant.testing import check_reader

    def test_my_network_is_read():
        check_reader(READER, Path("tests/exports/my_network"))

A promise that is broken is an `AssertionError` with a sentence that names the item.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa

from ascendant.activity import (
    ACCOUNT,
    ACTIVITY,
    DIRECTIONS,
    RELAYS,
    TIME_BASES,
    TIME_PRECISIONS,
    VERBS,
    Account,
    Activity,
    Ad,
    Coverage,
    Metrics,
    Reject,
)
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.readers import Item, Reader

__all__ = ["check_reader", "check_row"]

_FIRST: Final = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_LAST: Final = int(datetime(2101, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_STATUSES: Final = frozenset({"parsed", "empty", "absent", "unreadable", "unread", "unknown"})
_MAY_DIFFER: Final = {
    "collected_at": None,
    "metrics": None,
    "source_pointer": None,
    "source_file": None,
}  # of two rows with one id

_Row = Activity | Account | Coverage | Reject


def check_reader(
    reader: Reader, export_path: Path, options: ReadOptions | None = None, *, expect_rejects: bool = False
) -> None:
    """Raises `AssertionError` when the reader breaks a promise on an export; returns nothing when it keeps all.

    It recognises the export; gives the same items twice; leaves the export as it was; gives times, identifiers,
    texts and words of the vocabularies as `ascendant.activity` defines them; gives one `Coverage` for each member
    (or for a folder of them) and others only for what is absent, which count at least the records that rows and
    rejects point at; and two rows with one `activity_id` differ in
    nothing but `collected_at`, `metrics` and where they stand. With `expect_rejects` there must be rejects, without
    it none.

    >>> class Silent:
    ...     name, version = "silent", 1
    ...     def recognises(self, export, options): return True
    ...     def read(self, export, options): return iter([])
    >>> check_reader(Silent(), Path(__file__))
    Traceback (most recent call last):
    ...
    AssertionError: silent gives no row for testing.py
    """
    options = options or ReadOptions()
    name = reader.name
    _promise(name and isinstance(name, str), "a reader needs a name")
    _promise(isinstance(reader.version, int), f"the version of {name} is a whole number, not {reader.version!r}")
    before = _fingerprint(export_path)
    export = Export.at(export_path)
    recognised = reader.recognises(export, options)
    _promise(recognised is True, f"{name} does not recognise {export_path.name}: it said {recognised!r}, not True")
    items = list(reader.read(export, options))
    for n, (one, other) in enumerate(zip_longest(items, reader.read(Export.at(export_path), options))):
        same = (
            one.equals(other) if isinstance(one, pa.RecordBatch) and isinstance(other, pa.RecordBatch) else one == other
        )
        _promise(same, f"{name} gives another item {n} when it reads again: {_brief(one)}, then {_brief(other)}")
    _promise(_fingerprint(export_path) == before, f"{name} changed the export {export_path.name}")
    rows = [row for item in items for row in _rows(item, name)]
    _promise(any(not isinstance(row, Coverage) for row in rows), f"{name} gives no row for {export_path.name}")
    for row in rows:
        check_row(row)
    _check_ids(row for row in rows if isinstance(row, Activity))
    rejects = [row for row in rows if isinstance(row, Reject)]
    if expect_rejects:
        _promise(rejects, f"{name} rejects nothing in {export_path.name}")
    else:
        _promise(not rejects, f"{name} rejects {len(rejects)} records; the first: {rejects[0] if rejects else None}")
    _check_coverage(rows, export)


def check_row(row: _Row) -> None:
    """Raises `AssertionError` when one row breaks a promise that it can break by itself.

    >>> check_row(Account(account_id="n:ada", platform="n", handle="@ada"))
    Traceback (most recent call last):
    ...
    AssertionError: the handle of account 'n:ada' has an @
    """
    for field in row.__struct_fields__:
        _check_text(getattr(row, field), f"{field} of {_brief(row)}")
    if isinstance(row, Activity):
        _check_activity(row)
    elif isinstance(row, Account):
        _check_id(row.account_id, row.platform, f"account_id of {_brief(row)}")
        _promise(not (row.handle or "").startswith("@"), f"the handle of {_brief(row)} has an @")
        for field in ("created_at", "collected_at"):
            _check_time(getattr(row, field), f"{field} of {_brief(row)}")
    elif isinstance(row, Reject):
        _promise(row.pointer, f"a reject does not say where it stands: {row}")
        _promise(row.reason, f"a reject does not say why: {row}")


def _check_activity(act: Activity) -> None:
    where = _brief(act)
    vocabularies = (
        ("verb", act.verb, VERBS),
        ("direction", act.direction, DIRECTIONS),
        ("relay", act.relay, RELAYS),
        ("time_basis", act.time_basis, TIME_BASES),
        ("time_precision", act.time_precision, TIME_PRECISIONS),
    )
    for field, word, known in vocabularies:
        optional = field not in ("verb", "direction")
        _promise(word in known or (optional and word is None), f"{field} {word!r} of {where} is not in the vocabulary")
    _check_id(act.activity_id, act.platform, f"activity_id of {where}")
    for field in ("actor_id", "object_id", "object_author_id", "thread_id", "context_id"):
        if (value := getattr(act, field)) is not None:
            _check_id(value, act.platform, f"{field} of {where}")
    for mention in act.mentions or ():
        _check_id(mention, act.platform, f"a mention of {where}")
    for tag in act.hashtags or ():
        _promise(tag == tag.lower() and not tag.startswith("#"), f"hashtag {tag!r} of {where} is not plain lower case")
    for field in ("happened_at", "collected_at"):
        _check_time(getattr(act, field), f"{field} of {where}")
    if act.happened_at is None:
        _promise(act.time_precision in (None, "none"), f"{where} has no time, and a precision: {act.time_precision}")
    else:
        _promise(act.time_basis is not None, f"{where} has a time, and no time_basis")
        _promise(act.time_precision not in (None, "none"), f"{where} has a time, and no time_precision")
    _promise(_is_whole(act.count), f"count of {where} is {act.count!r}, not a whole number")
    _promise(act.count >= (0 if act.verb == "measured" else 1), f"count of {where} is {act.count}")
    _promise(0 <= act.confidence <= 1, f"confidence of {where} is {act.confidence}")
    _promise(act.source_pointer, f"{where} does not say where it stands (source_pointer)")


def _check_id(value: object, platform: str, what: str) -> None:
    _promise(platform, f"{what}: the platform is empty")
    if not isinstance(value, str):
        raise AssertionError(f"{what} is {value!r}, not text")
    start, sign, rest = value.partition(":")
    _promise(start == platform and sign, f"{what} is {value!r}: it should begin with {platform}:")
    _promise(rest.strip() and rest != "@", f"{what} is {value!r}: there is nothing behind the platform")


def _check_time(value: object, what: str) -> None:
    if value is None:
        return
    if not isinstance(value, int) or isinstance(value, bool):
        raise AssertionError(f"{what} is {value!r}, not a whole number of microseconds")
    _promise(_FIRST <= value < _LAST, f"{what} is {value}: outside the years 1990 to 2100 in microseconds")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_text(value: object, what: str) -> None:
    if isinstance(value, str):
        _promise("\0" not in value, f"{what} holds NUL bytes")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise AssertionError(f"{what} holds half characters (surrogates)") from None
    elif isinstance(value, tuple):
        for part in value:
            _check_text(part, what)


def _check_ids(acts: Iterable[Activity]) -> None:
    met: dict[str, Activity] = {}
    for act in acts:
        plain = msgspec.structs.replace(act, **_MAY_DIFFER)
        first = met.setdefault(act.activity_id, plain)
        differing = [field for field in act.__struct_fields__ if getattr(first, field) != getattr(plain, field)]
        _promise(not differing, f"two rows have the id {act.activity_id} and differ in {', '.join(differing)}")


def _check_coverage(rows: list[_Row], export: Export) -> None:
    covered = [row for row in rows if isinstance(row, Coverage)]
    members = {member.name for member in export.members}
    names = sorted(row.member for row in covered)
    rule = "there should be one Coverage for each member"
    twice = sorted({name for name in names if names.count(name) > 1})
    _promise(not twice, f"{rule}, and several tell of {twice}")
    there = {row.member for row in covered if row.status != "absent"}
    folders = tuple(name for name in there if name.endswith("/"))
    untold = sorted(name for name in members - there if not name.startswith(folders))
    _promise(not untold, f"{rule}, and none tells of {untold}")
    invented = sorted(name for name in there - members if not any(member.startswith(name) for member in members))
    _promise(not invented, f"{rule}, and these are no members: {invented}")
    for row in covered:
        _promise(row.status in _STATUSES, f"the status {row.status!r} of {row.member} is not in the vocabulary")
        _promise(_is_whole(row.rows_in), f"rows_in of {row.member} is {row.rows_in!r}, not a whole number")
    # A record may hold several facts ("line 3/data/2"): what is counted is the records.
    pointers = {(row.source_file, row.source_pointer) for row in rows if isinstance(row, Activity)}
    records = {(file, (pointer or "").partition("/")[0]) for file, pointer in pointers}
    n_met = sum(row.rows_in for row in covered)
    n_rejects = sum(isinstance(row, Reject) for row in rows)
    n_needed = max(len(records), n_rejects)
    _promise(
        n_met >= n_needed, f"Coverage counts {n_met} records, fewer than the {n_needed} that rows and rejects come from"
    )


def _promise(kept: object, sentence: str) -> None:
    """An `assert` that `python -O` keeps."""
    if not kept:
        raise AssertionError(sentence)


def _rows(item: Item, name: str) -> Iterator[_Row]:
    if isinstance(item, Activity | Account | Coverage | Reject):
        yield item
        return
    _promise(isinstance(item, pa.RecordBatch), f"{name} gives a {type(item).__name__}, which is no row")
    if item.schema.equals(ACTIVITY):
        made: type[Activity | Account] = Activity
    else:
        made = Account
        _promise(item.schema.equals(ACCOUNT), f"{name} gives a batch in columns of its own: {item.schema.names}")
    whole = [array.cast(pa.int64()) if pa.types.is_timestamp(array.type) else array for array in item.columns]
    for values in zip(*(array.to_pylist() for array in whole), strict=True):
        fields: dict[str, Any] = {
            field: _plain(field, value) for field, value in zip(item.schema.names, values, strict=True)
        }
        yield made(**fields)


def _plain(field: str, value: object) -> object:
    if field == "ad" and isinstance(value, dict):
        criteria = tuple((one["type"], one["value"], one["class"]) for one in value["criteria"] or ())
        return Ad(**{**value, "criteria": criteria})
    if field == "metrics" and isinstance(value, dict):
        return Metrics(**value)
    return tuple(value) if isinstance(value, list) else value


def _fingerprint(path: Path) -> list[tuple[str, int, int, str]]:
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [
        (
            str(one.relative_to(path.parent)),
            one.stat().st_size if one.is_file() else 0,
            one.stat().st_mtime_ns,
            hashlib.sha256(one.read_bytes()).hexdigest() if one.is_file() else "",
        )
        for one in found
    ]


def _brief(item: object) -> str:
    match item:
        case Activity():
            return f"activity {item.activity_id!r} ({item.source_pointer})"
        case Account():
            return f"account {item.account_id!r}"
        case pa.RecordBatch():
            return f"a batch of {item.num_rows} rows"
        case None:
            return "nothing"
    return repr(item)
