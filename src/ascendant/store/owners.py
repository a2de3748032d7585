"""The owners of the archives that a study holds, from its parts alone: no question has to be asked for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from ascendant.store.parts import reading

_COLUMNS: Final = ["account_id", "platform", "handle", "name", "created_at", "resolved"]


def kept_owners(folder: Path) -> list[dict[str, Any]]:
    """Accounts whose own archives were read, one row each, in the order of their ids.

    `created_at` is in microseconds; `resolved` says how the account is known.
    """
    with reading(folder) as manifest:
        paths = [folder / "accounts" / name for name in manifest.parts("accounts")]
        tables = [pq.read_table(path, columns=_COLUMNS, filters=[("is_me", "=", True)]) for path in paths]
    found: dict[str, dict[str, Any]] = {}
    for table in tables:
        created = table["created_at"].cast(pa.int64())
        for row in table.set_column(table.schema.get_field_index("created_at"), "created_at", created).to_pylist():
            known = found.setdefault(row["account_id"], row)
            known.update({name: value for name, value in row.items() if value is not None})
    return [found[key] for key in sorted(found)]
