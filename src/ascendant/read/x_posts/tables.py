"""A member that holds one of the known tables -> its items. The cutting into rows is that of `tabular`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.errors import BrokenFile
from ascendant.read.export import Member
from ascendant.read.tabular.delimited import DelimitedTable
from ascendant.read.tabular.sniff import Layout
from ascendant.read.tabular.table import Fault
from ascendant.read.x_posts.cells import Cells
from ascendant.read.x_posts.refusals import NUL_BYTES, Refused
from ascendant.read.x_posts.table_shapes import SHAPES

Item: TypeAlias = Activity | Account | Coverage | Reject


def items(member: Member, shape: str, layout: Layout) -> Iterator[Item]:
    """All items of a member, its `Coverage` last. Raises `BrokenFile` after that where the file breaks off."""
    table = DelimitedTable(member, layout, 0)
    read = SHAPES[shape][1]
    damage: BrokenFile | None = None
    n_rows = 0
    try:
        for line, cells in table.rows():
            n_rows += 1
            pointer = f"line {line}"
            if isinstance(cells, Fault):
                yield Reject(pointer, cells.reason, cells.detail)
                continue
            if any("\0" in cell for cell in cells):
                yield Reject(pointer, NUL_BYTES)
                continue
            try:
                # A row may be longer than the header only by empty cells.
                post, account = read(Cells(dict(zip(table.columns, cells, strict=False))), pointer)
            except Refused as refusal:
                yield Reject(pointer, refusal.reason, refusal.detail)
                continue
            yield post
            if account is not None:
                yield account
    except BrokenFile as error:
        damage = error
    status = "unreadable" if damage is not None else "parsed" if n_rows else "empty"
    yield Coverage(member=member.name, status=status, rows_in=n_rows, note="; ".join(table.notes) or None)
    if damage is not None:
        raise damage
