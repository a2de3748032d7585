"""Results -> CSV, Parquet and GEXF for other tools; private persons go through `naming` first."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ascendant.errors import BadSetting, mark
from ascendant.report.naming import Names
from ascendant.report.outgoing import pseudonymise_table

FORMATS: Final = ("csv", "parquet", "gexf")
_REASON = mark("choose csv, parquet or gexf")


def write_exports(tables: Mapping[str, pa.Table], names: Names, file_format: str, folder: Path) -> list[Path]:
    """Write each table, or the network of ties, into `folder`. Raises `BadSetting` for another format."""
    if file_format not in FORMATS:
        raise BadSetting(file="export", setting="format", value=file_format, reason=_REASON)
    folder.mkdir(parents=True, exist_ok=True)
    owners = _owners(tables)
    shown = {name: pseudonymise_table(table, names, owners=owners) for name, table in tables.items()}
    if file_format == "gexf":
        path = folder / "ties.gexf"
        path.write_text(_gexf(shown["standing"], shown["ties"]), encoding="utf-8")
        return [path]
    written = []
    for name, table in shown.items():
        path = folder / f"{name}.{file_format}"
        if file_format == "parquet":
            pq.write_table(table, path, compression="zstd")
        else:
            _write_csv(table, path)
        written.append(path)
    return written


def _owners(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """Whose act an act id is, for lists of evidence."""
    named = tables["named_by"]
    return dict(zip(named["act_id"].to_pylist(), named["actor_id"].to_pylist(), strict=True))


def _write_csv(table: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:  # with its mark, spreadsheets read the accents
        writer = csv.writer(out)
        writer.writerow(table.column_names)
        for batch in table.to_batches(max_chunksize=10_000):
            writer.writerows([_cell(value) for value in row.values()] for row in batch.to_pylist())


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula.

    >>> _cell("=cmd|' /C calc'!A0"), _cell(-3), _cell(None)
    ("'=cmd|' /C calc'!A0", -3, '')
    """
    if value is None:
        return ""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def _gexf(standing: pa.Table, ties: pa.Table) -> str:
    """The network of ties: an edge leads from who moves to who is moved."""
    kept = ("standing", "n_acts", "n_moved", "n_moved_by_it", "community")
    kinds = ("string", "long", "long", "long", "long")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed">',
        '<attributes class="node">',
        *(f'<attribute id="{i}" title="{name}" type="{kinds[i]}"/>' for i, name in enumerate(kept)),
        "</attributes><nodes>",
    ]
    for row in standing.select(["account_id", *kept]).to_pylist():
        values = "".join(
            f'<attvalue for="{i}" value={quoteattr(str(row[name]))}/>'
            for i, name in enumerate(kept)
            if row[name] is not None
        )
        name = quoteattr(row["account_id"])
        lines.append(f"<node id={name} label={name}><attvalues>{values}</attvalues></node>")
    lines.append("</nodes><edges>")
    for i, row in enumerate(ties.filter(pc.greater(ties["n_moved"], 0)).to_pylist()):
        ends = f"source={quoteattr(row['source_id'])} target={quoteattr(row['target_id'])}"
        lines.append(f'<edge id="{i}" {ends} weight="{row["n_moved"]}"/>')
    lines.append("</edges></graph></gexf>")
    return "\n".join(lines) + "\n"
