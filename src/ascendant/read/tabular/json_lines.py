"""JSON lines (one object on each line) -> rows of cells. `author.id` is the key `id` inside `author`.

A key may be rare: one that the first megabyte does not hold is looked for in the rest before it is called absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from ascendant.errors import mark
from ascendant.read.export import Member
from ascendant.read.lines import BLOCK_BYTES, LongLine, numbered_lines
from ascendant.read.tabular.cells import EXACT_FLOAT, INEXACT
from ascendant.read.tabular.table import HEAD_BYTES, SAMPLE_ROWS, AbsentColumn, Cells, Fault

NOT_JSON: Final = mark("the line is not JSON")
NOT_AN_OBJECT: Final = mark("the line holds no JSON object")
LONG_LINE: Final = mark("the line is too long")

_decode = msgspec.json.Decoder().decode


class JsonLinesTable:
    """JSON lines as a `Table`."""

    place = "line"

    def __init__(self, member: Member, head: bytes) -> None:
        self._member = member
        whole = head if len(head) < HEAD_BYTES else head[: head.rfind(b"\n") + 1]
        self._records = [found for line in whole.split(b"\n") if isinstance(found := _record(line), dict)][:SAMPLE_ROWS]
        self.columns: Sequence[str] = list(dict.fromkeys(path for one in self._records for path in _paths(one)))
        self.notes: list[str] = []
        self._wanted: list[tuple[str, list[str], bool]] = []

    def select(self, wanted: Sequence[str | int], exact: frozenset[str | int]) -> list[int]:
        known = set(self.columns)
        for column in wanted:
            if isinstance(column, int) or (column not in known and not self._occurs(column)):
                raise AbsentColumn(column)
        self._wanted = [(str(column), str(column).split("."), column in exact) for column in wanted]
        return list(range(len(wanted)))

    def sample(self) -> list[Cells]:
        rows = (self._cells(record) for record in self._records)
        return [row for row in rows if not isinstance(row, Fault)]

    def rows(self) -> Iterator[tuple[int, Cells | Fault]]:
        with self._member.open() as stream:
            for number, line in numbered_lines(stream):
                if isinstance(line, LongLine):
                    yield number, Fault(LONG_LINE, f"{line.n_bytes:,}")
                    continue
                record = _record(line)
                yield number, record if isinstance(record, Fault) else self._cells(record)

    def _cells(self, record: dict[str, object]) -> Cells | Fault:
        cells = []
        for whole_path, path, is_exact in self._wanted:
            value = record.get(whole_path)
            if value is None and len(path) > 1:
                value = _inside(record, path)
            if type(value) is not str:
                if is_exact and type(value) is float and not (value.is_integer() and abs(value) < EXACT_FLOAT):
                    return Fault(INEXACT, whole_path)
                value = _text(value)
            cells.append(value)
        return cells

    def _occurs(self, column: str) -> bool:
        keys = [json.dumps(part, ensure_ascii=False).encode() for part in (column, column.rpartition(".")[2])]
        before = b""
        with self._member.open() as stream:
            while block := stream.read(BLOCK_BYTES):
                if any(key in before + block for key in keys):
                    return True
                before = block[-max(map(len, keys)) :]
        return False


def looks_like_json_lines(head: bytes) -> bool:
    """Whether the first line that is not empty begins an object.

    >>> looks_like_json_lines(b'{"a": 1}'), looks_like_json_lines(b"a,b")
    (True, False)
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:1] == b"{" and start[1:64].lstrip()[:1] in (b'"', b"}")


def _record(line: bytes) -> dict[str, object] | Fault:
    try:
        record = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Fault(NOT_JSON)
    return record if isinstance(record, dict) else Fault(NOT_AN_OBJECT, type(record).__name__)


def _paths(record: dict[str, object], before: str = "") -> Iterator[str]:
    for key, value in record.items():
        yield before + key
        if isinstance(value, dict):
            yield from _paths(value, f"{before}{key}.")


def _inside(value: object, path: list[str]) -> object:
    for part in path:
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT_FLOAT else repr(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
