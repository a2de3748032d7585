"""A text table that is known by its header -> items; each row is read by the function of its kind.

For platforms' own tables, whose columns never need a mapping. The cutting into rows is that of `tabular`: any
encoding and separator in which a spreadsheet may have saved the file again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol, TypeAlias

from ascendant.activity import Account, Activity, Coverage, Metrics, Reject
from ascendant.errors import BrokenFile, mark
from ascendant.read.export import Member
from ascendant.read.tabular.cells import EMPTY, Unreadable, exact, whole
from ascendant.read.tabular.delimited import DelimitedTable
from ascendant.read.tabular.sniff import Layout, layouts, plain_name
from ascendant.read.tabular.table import Fault
from ascendant.read.tabular.times import Instant, NotATime, time_reader

Item: TypeAlias = Activity | Account | Coverage | Reject
Columns: TypeAlias = Mapping[str, int]  # plain name of a column -> its place in the cells

NO_ID: Final = mark("no usable id")
NEGATIVE_NOTE: Final = mark("negative counts (reactions that were taken back) stand as unknown")
_REMEMBERED: Final = 1 << 16

_read_iso: Final = time_reader((), time_format="iso", time_zone=None, what="")


class Row:
    """One row, by the plain names of its columns. An empty cell, and a column that is not there, are null.

    >>> row = Row({"id": 0, "likes": 1, "text": 2}, ["12345678901234567", "1,234", ""])
    >>> row.key("id"), row.count("likes"), row.text("text"), row.text("lang")
    ('12345678901234567', 1234, None, None)
    """

    __slots__ = ("_cells", "_columns")

    def __init__(self, columns: Columns, cells: Sequence[str]) -> None:
        self._columns, self._cells = columns, cells

    def text(self, name: str) -> str | None:
        """Words as they stand, without NUL bytes."""
        place = self._columns.get(name)
        if place is None:
            return None
        cell = self._cells[place]
        if not cell or cell in EMPTY:
            return None
        cell = cell.replace("\0", "") if "\0" in cell else cell
        return cell if not cell.isspace() else None

    def key(self, name: str) -> str | None:
        """An id. Raises `Unreadable` where it went through a float and lost digits."""
        cell = self.text(name)
        return exact(cell.strip()) if cell else None

    def count(self, name: str) -> int | None:
        """A whole number, also written `1,234`; null where the cell holds anything else."""
        cell = self.text(name)
        return whole(cell.strip()) if cell else None

    def time(self, name: str) -> Instant | None:
        """An instant in ISO 8601, UTC where it names no zone. Raises `Unreadable`."""
        cell = self.text(name)
        return instant(cell) if cell else None


class RowReader(Protocol):
    """What reads the rows of one file. `notes` are templates on the file as a whole, complete after the last row."""

    notes: list[str]

    def read(self, row: Row, pointer: str) -> Iterable[Activity | Account]:
        """The facts of a row. Raises `Unreadable` for a row that is to be a reject."""
        ...


def known_table(head: bytes, kinds: Mapping[str, frozenset[str]]) -> tuple[str, Layout] | None:
    """The first kind whose needed columns (plain names) all stand in the first row, and how the text is cut."""
    if not head or head[:1] in (b"{", b"[", b"<") or head[:4] == b"PK\x03\x04":
        return None
    for layout in layouts(head):
        names = {plain_name(cell) for cell in layout.rows[0]} if layout.rows else set()
        for kind, needed in kinds.items():
            if needed <= names:
                return kind, layout
    return None


def table_items(member: Member, layout: Layout, opened: Callable[[Columns], RowReader]) -> Iterator[Item]:
    """All items of a table, its `Coverage` last. Raises `BrokenFile` after that where the file breaks off."""
    table = DelimitedTable(member, layout, 0)
    columns: dict[str, int] = {}
    for place, name in enumerate(table.columns):
        columns.setdefault(plain_name(name), place)
    reader = opened(columns)
    damage: BrokenFile | None = None
    n_rows = 0
    try:
        for line, cells in table.rows():
            n_rows += 1
            pointer = f"line {line}"
            if isinstance(cells, Fault):
                yield Reject(pointer, cells.reason, cells.detail)
                continue
            try:
                yield from reader.read(Row(columns, cells), pointer)
            except Unreadable as unreadable:
                yield Reject(pointer, unreadable.reason, unreadable.detail)
    except BrokenFile as error:
        damage = error
    status = "unreadable" if damage is not None else "parsed" if n_rows else "empty"
    notes = dict.fromkeys([*table.notes, *reader.notes])
    yield Coverage(member=member.name, status=status, rows_in=n_rows, note="; ".join(notes) or None)
    if damage is not None:
        raise damage


def instant(written: str) -> Instant:
    """ISO 8601 -> microseconds, precision, basis. Raises `Unreadable`.

    >>> instant("2024-09-01T10:00:00+02:00")
    (1725177600000000, 's', 'explicit')
    """
    try:
        return _read_iso(written.strip())
    except NotATime as error:
        reason, *zone = error.args
        raise Unreadable(str(reason), str(zone[0]) if zone else "") from None


def counted(row: Row, columns: Mapping[str, Sequence[str]], notes: list[str]) -> tuple[Metrics | None, list[str]]:
    """The metrics of a row, each from the first of its columns that says something, and the names of those that
    are written and cannot be known: `≤100` is no count, and a negative one counts what was taken back.

    >>> counted(Row({"a": 0, "b": 1}, ["-1", "7"]), {"likes": ["a"], "views": ["b"]}, [])
    (Metrics(likes=None, reposts=None, replies=None, quotes=None, views=7), ['likes'])
    """
    found: dict[str, int] = {}
    missing: list[str] = []
    for field, names in columns.items():
        name = next((one for one in names if row.text(one) is not None), None)
        if name is None:
            continue
        n = row.count(name)
        if n is not None and n >= 0:
            found[field] = n
            continue
        missing.append(field)
        if n is not None and NEGATIVE_NOTE not in notes:
            notes.append(NEGATIVE_NOTE)
    return Metrics(**found) if found else None, missing


class News:
    """Tells which accounts say something that was not said before, so that each row need not repeat its author."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[object, ...]] = {}

    def about(self, account: Account) -> bool:
        """Whether its name, handle, followers or kind are new."""
        said = (account.name, account.handle, account.followers, account.declared_kind, account.bio)
        if self._said.get(account.account_id) == said:
            return False
        if len(self._said) >= _REMEMBERED:
            self._said.clear()
        self._said[account.account_id] = said
        return True
