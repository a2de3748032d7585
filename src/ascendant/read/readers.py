"""The readers, and the choice among them.

To add a platform: one module in this room with a `READER` and its `FILES`, its name in `READERS`, an invented sample in
`tests/read/exports/<name>/`. Readers of other packages use the entry point group `ascendant.readers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, TypeAlias

import pyarrow as pa

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.errors import AmbiguousFormat, BadChoice, Caveat, ExportError
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions

READERS = (
    "x_archive facebook_archive linkedin_archive x_posts facebook_posts linkedin_posts ad_library page_analytics"
    " tabular".split()
)

Item: TypeAlias = Activity | Account | Coverage | Reject | pa.RecordBatch


class Reader(Protocol):
    """Two questions: is this yours, and what does it say.

    `name` is what `--format` takes. A new `version` replaces the rows that an older one read from the same bytes.
    """

    name: str
    version: int

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """Cheap: names and first bytes. Never raises on strange bytes."""
        ...

    def read(self, export: Export, options: ReadOptions) -> Iterator[Item]:
        """The same items in the same order each time; a bad record is a `Reject`, never an exception."""
        ...


@cache
def known_readers() -> dict[str, Reader]:
    """All readers by name: ours, then those of other packages."""
    ours: list[Reader] = [import_module(f"ascendant.read.{name}").READER for name in READERS]
    others: list[Reader] = [entry.load() for entry in entry_points(group="ascendant.readers")]
    return {reader.name: reader for reader in [*others, *ours]}


def reader_for(export: Export, options: ReadOptions) -> Reader | None:
    """The reader of an export; None when no reader knows it.

    Raises `AmbiguousFormat` when several do, `BadChoice` when `options.format` names no reader.
    """
    readers = known_readers()
    if options.format is not None:
        if options.format not in readers:
            reason = Caveat("it is one of: {known}", {"known": ", ".join(sorted(readers))})
            raise BadChoice(option="--format", value=options.format, reason=reason)
        return readers[options.format]
    if options.columns or options.preset:
        return readers["tabular"] if len(export.members) == 1 else None
    fitting = [reader for reader in readers.values() if _recognises(reader, export, options)]
    if len(fitting) > 1:
        names = [reader.name for reader in fitting]
        raise AmbiguousFormat(file=export.label, n=len(names), formats=", ".join(names), first=names[0])
    return fitting[0] if fitting else None


def _recognises(reader: Reader, export: Export, options: ReadOptions) -> bool:
    try:
        return reader.recognises(export, options)
    except ExportError:  # a member that cannot be opened is told when it is read
        return False
