"""Any table (CSV, TSV, Parquet, JSON lines) -> Activity rows, by a mapping of its columns or a preset.

Of an edge list, A -> B reads "A reposts, answers or mentions B": the actor is A, the author of the item is B, and
influence runs from B to A. What is done is never guessed: a table that names others needs a verb.

Rows without an id get one made of what they say, and of how many rows before them said the same: each row is kept,
and the same table exported again gives the same ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec
import numpy as np

from ascendant.activity import Account, Activity, Coverage, Reject, content_id
from ascendant.errors import AscendantError, BrokenFile, UnknownFormat, mark
from ascendant.read.export import Export, Member
from ascendant.read.magic import GIVE_POSTS, NAME_COLUMNS
from ascendant.read.options import ReadOptions
from ascendant.read.tabular.cells import Unreadable
from ascendant.read.tabular.delimited import DelimitedTable
from ascendant.read.tabular.json_lines import JsonLinesTable, looks_like_json_lines
from ascendant.read.tabular.mapping import Columns, columns_of, verb_codes
from ascendant.read.tabular.parquet import MAGIC, ParquetTable
from ascendant.read.tabular.presets import Preset, preset_named, preset_of, presets
from ascendant.read.tabular.repeats import Repeats
from ascendant.read.tabular.rows import RowMaker
from ascendant.read.tabular.sniff import Layout, check_is_text, layouts, separator_of
from ascendant.read.tabular.table import HEAD_BYTES, Cells, Fault, Table, refuse
from ascendant.read.tabular.times import check_times

__all__ = ["READER", "check_options", "presets"]

# Kind of file -> what is read of it; the reference page lists them, with the presets.
FILES: Final = {
    "CSV, TSV and other text": "separator, quotation marks, encoding (UTF-8, UTF-16, Windows) and header are found out",
    "JSON lines": "one object a line; a field inside another is named as outer.inner",
    "Parquet": "whole numbers exactly; a field inside another is named as outer.inner",
}

BATCH_ROWS: Final = 8192
NO_MAPPING: Final = mark("a table whose columns are not known")
NO_ROWS: Final = mark("only a header")

_Item = Activity | Account | Coverage | Reject


class TabularReader:
    """The reader of tables. Without options it recognises the presets; with `--columns` it reads any table."""

    name = "tabular"
    version = 1

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """One table, whose columns are named in the options or are those of a preset."""
        if len(export.members) != 1:
            return False
        if options.columns or options.preset:
            return True
        member = export.members[0]
        head = member.head()
        try:
            return bool(head) and _preset_in(member, head, options.separator) is not None
        except AscendantError:
            return False

    def read(self, export: Export, options: ReadOptions) -> Iterator[_Item]:
        """Raises `ExportError` for a mapping that does not fit, and `BrokenFile` after what could be read."""
        given = columns_of(options.columns, options.values)
        for member in export.members:
            head = member.head(HEAD_BYTES)
            if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
                yield from _empty(member)
                continue
            refuse(member.label, head)
            table, columns = _open(member, head, given, options)
            yield from _items(member, table, RowMaker(table, columns, options, file=member.label))


READER = TabularReader()


def check_options(options: ReadOptions) -> None:
    """Raises `UsageError` for choices that fit no table, whatever it holds; the files need not be there."""
    columns = columns_of(options.columns, options.values)
    verb_codes(columns.over(preset_named(options.preset).columns) if options.preset else columns)
    if options.separator is not None:
        separator_of(options.separator)
    check_times(time_format=options.time_format, time_zone=options.time_zone)


def _empty(member: Member) -> Iterator[_Item]:
    """Nothing in the head: nothing at all, or a stream that is damaged from its first byte on."""
    n_bytes = 0
    with member.open() as stream:
        while block := stream.read(1 << 20):
            n_bytes += len(block)
    if n_bytes > HEAD_BYTES:
        raise UnknownFormat(file=member.label, seen=mark("a megabyte without text at its start"), remedy=GIVE_POSTS)
    yield Coverage(member=member.name, status="empty")


def _open(member: Member, head: bytes, given: Columns, options: ReadOptions) -> tuple[Table, Columns]:
    """The table and the whole mapping: the user's over a preset's, which is named or recognised by its header."""
    preset = preset_named(options.preset) if options.preset else None
    if preset is None and not given.has_actor:
        preset = _preset_in(member, head, options.separator)
        if preset is None and not given.fields:
            raise UnknownFormat(file=member.label, seen=NO_MAPPING, remedy=NAME_COLUMNS)
    columns = given.over(preset.columns) if preset else given
    table: Table
    if head[:4] == MAGIC:
        table = ParquetTable(member)
    elif looks_like_json_lines(head):
        table = JsonLinesTable(member, head)
    else:
        table = _delimited(member, head, columns, options.separator)
    return table, columns


def _delimited(member: Member, head: bytes, columns: Columns, separator: str | None) -> DelimitedTable:
    found = layouts(head, separator)
    check_is_text(member.label, found)
    names = columns.names | {part for name in columns.names for part in name.split("|")}
    if columns.names:
        # Of the ways of cutting, the one that brings to light the most of the names that were given.
        layout = max(found, key=lambda one: _n_names(one, names))
        header = layout.header_row(names)
        return DelimitedTable(member, layout, 0 if header is None else header)
    layout = found[0]
    n_comments = next((n for n, row in enumerate(layout.rows) if not row[0].startswith("#")), 0)
    return DelimitedTable(member, layout, n_comments if _is_header(layout.rows[n_comments:], columns) else None)


def _n_names(layout: Layout, names: frozenset[str]) -> int:
    header = layout.header_row(names)
    return 0 if header is None else len(names & {cell.strip() for cell in layout.rows[header]})


def _is_header(rows: list[Cells], columns: Columns) -> bool:
    """Whether the first row of a table that is read by positions is a header all the same.

    It is when it has no digit where the time should be, and the second row has one; without a column of times the
    first row is taken as any other.
    """
    position = next((c for c in columns.fields.get("happened_at", ()) if isinstance(c, int)), None)
    if position is None or len(rows) < 2:
        return False
    first, second = ("".join(row[position - 1 : position]) for row in rows[:2])
    return not any(sign.isdigit() for sign in first) and any(sign.isdigit() for sign in second)


def _preset_in(member: Member, head: bytes, separator: str | None) -> Preset | None:
    """The preset that a table's header fits."""
    if head[:4] == MAGIC:
        return preset_of(ParquetTable(member).columns)
    if looks_like_json_lines(head):
        return preset_of(JsonLinesTable(member, head).columns)
    for layout in layouts(head, separator):
        for row in layout.rows[:20]:
            if len(row) > 1 and (preset := preset_of([cell for cell in row if cell.strip()])):
                return preset
    return None


def _items(member: Member, table: Table, maker: RowMaker) -> Iterator[_Item]:
    rows, repeats, n_rows = table.rows(), Repeats(), 0
    damage: BrokenFile | None = None
    while damage is None:
        batch: list[tuple[int, Cells | Fault]] = []
        try:
            for row in islice(rows, BATCH_ROWS):
                batch.append(row)  # noqa: PERF402  what came before the damage is kept
        except BrokenFile as error:
            damage = error
        if not batch:
            break
        n_rows += len(batch)
        yield from _numbered(_made(batch, maker, table.place), repeats)
    status = "unreadable" if damage else "parsed" if n_rows else "empty"
    notes = [*table.notes, *([NO_ROWS] if status == "empty" else []), *([str(damage.reason)] if damage else [])]
    yield Coverage(member=member.name, status=status, rows_in=n_rows, note="; ".join(notes) or None)
    if damage is not None:
        raise damage


def _made(batch: list[tuple[int, Cells | Fault]], maker: RowMaker, place: str) -> list[tuple[_Item, bool]]:
    """The items of some rows, each with whether its id is made of its contents."""
    made: list[tuple[_Item, bool]] = []
    for number, cells in batch:
        pointer = f"{place} {number}"
        if isinstance(cells, Fault):
            made.append((Reject(pointer, cells.reason, cells.detail), False))
            continue
        try:
            act, is_content_id = maker.activity(cells, pointer)
        except Unreadable as unreadable:
            made.append((Reject(pointer, unreadable.reason, unreadable.detail), False))
            continue
        made.append((act, is_content_id))
        made.extend((account, False) for account in maker.accounts(cells, act))
    return made


def _numbered(made: list[tuple[_Item, bool]], repeats: Repeats) -> Iterator[_Item]:
    """The items, with another id for each row that says what an earlier one has said."""
    acts = [item for item, is_content_id in made if is_content_id and isinstance(item, Activity)]
    keys = np.array([int(act.activity_id[-16:], 16) for act in acts], np.uint64)
    counts = iter(repeats.earlier(keys).tolist())
    for item, is_content_id in made:
        if is_content_id and isinstance(item, Activity) and (n_before := next(counts)):
            again = content_id(item.platform, item.activity_id, n_before)
            yield msgspec.structs.replace(item, activity_id=again)
        else:
            yield item
