"""Columns of the mirror's tables: their types, and schemas that tell what each column means."""

from __future__ import annotations

import pyarrow as pa

text, whole, number, yes = pa.string(), pa.int64(), pa.float64(), pa.bool_()
time = pa.timestamp("us", tz="UTC")


def schema(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    """A schema of names, types and meanings."""
    return pa.schema([pa.field(name, kind, metadata={"meaning": meaning}) for name, kind, meaning in columns])
