"""Results -> CSV, Parquet and GEXF for other tools; private persons go through `naming` first.

Places are those of the map (`patterns.map`): `x`, `y` and `radius` of the accounts in tables, position and size of the
nodes in GEXF.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ascendant.errors import BadSetting, mark
from ascendant.report.charts.theme import SIDES
from ascendant.report.language import Language
from ascendant.report.naming import Names
from ascendant.report.outgoing import pseudonymise_table
from ascendant.report.outgoing_groups import owners_of_group_acts

FORMATS: Final = ("csv", "parquet", "gexf")
_REASON = mark("choose csv, parquet or gexf")


def write_exports(tables: Mapping[str, pa.Table], names: Names, file_format: str, folder: Path) -> list[Path]:
    """Write each table, or the network of ties, into `folder`. Raises `BadSetting` for another format.

    Where the tables hold a `map`, its places are written with the accounts.
    """
    if file_format not in FORMATS:
        raise BadSetting(file="export", setting="format", value=file_format, reason=_REASON)
    folder.mkdir(parents=True, exist_ok=True)
    owners = _owners(tables)
    if file_format == "gexf":
        path = folder / "ties.gexf"
        with path.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(_gexf(tables, names, owners))
        return [path]
    shown = {name: pseudonymise_table(table, names, owners=owners) for name, table in _with_places(tables).items()}
    written = []
    for name, table in shown.items():
        path = folder / f"{name}.{file_format}"
        if file_format == "parquet":
            pq.write_table(table, path, compression="zstd")
        else:
            _write_csv(table, path)
        written.append(path)
    return written


def _with_places(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables, the places of the map being columns of the accounts rather than a table of their own."""
    if "map" not in tables:
        return dict(tables)
    accounts = tables["accounts"]
    place = _places(accounts, tables["map"])
    for name in ("community", "x", "y", "radius"):
        accounts = accounts.append_column(name, tables["map"][name].take(place))
    return {name: accounts if name == "accounts" else table for name, table in tables.items() if name != "map"}


def _places(table: pa.Table, places: pa.Table) -> pa.Array:
    """Where each account of a table stands in the map."""
    found = pc.index_in(table["account_id"], places["account_id"].combine_chunks())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _owners(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """Whose act an act id is, for lists of evidence."""
    named = tables["named_by"]
    owners = dict(zip(named["act_id"].to_pylist(), named["actor_id"].to_pylist(), strict=True))
    if "evidence_inferred" in tables["ties"].column_names:
        ties = tables["ties"].select(["target_id", "evidence_inferred"]).to_pylist()
        owners |= {act: row["target_id"] for row in ties for act in row["evidence_inferred"] or ()}
    return owners | owners_of_group_acts(tables)


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


def _gexf(tables: Mapping[str, pa.Table], names: Names, owners: Mapping[str, str]) -> Iterator[str]:
    """The network of ties: an edge leads from who moves to who is moved. GEXF 1.3, as Gephi reads it."""
    standing, ties = (pseudonymise_table(tables[name], names, owners=owners) for name in ("standing", "ties"))
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        "<meta><creator>ascendant</creator></meta>\n"
        '<graph mode="static" defaultedgetype="directed">\n<attributes class="node">\n'
    )
    for number, (name, kind) in enumerate(_NODE_VALUES.items()):
        yield f'<attribute id="{number}" title="{name}" type="{kind}"/>\n'
    yield "</attributes>\n<nodes>\n"
    english = names.speaking(Language("en"))
    labels = [english.shown(one) for one in tables["standing"]["account_id"].to_pylist()]
    rows = standing.select(["account_id", *_NODE_VALUES]).to_pylist()
    for row, label, place in zip(rows, labels, _looks(tables), strict=True):
        values = "".join(
            f'<attvalue for="{number}" value={_quoted(str(row[name]))}/>'
            for number, name in enumerate(_NODE_VALUES)
            if row[name] is not None
        )
        look = _look(row["standing"], *place) if place else ""
        opened = f"<node id={_quoted(row['account_id'])} label={_quoted(label)}>"
        yield f"{opened}<attvalues>{values}</attvalues>{look}</node>\n"
    yield "</nodes>\n<edges>\n"
    moving = ties.filter(pc.greater(ties["n_moved"], 0)).select(["source_id", "target_id", "n_moved"])
    for number, row in enumerate(moving.to_pylist()):
        ends = f"source={_quoted(row['source_id'])} target={_quoted(row['target_id'])}"
        yield f'<edge id="{number}" {ends} weight="{row["n_moved"]}"/>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _looks(tables: Mapping[str, pa.Table]) -> list[tuple[float, float, float] | None]:
    """Place and radius of each account of the standing table; None where there is no map."""
    standing = tables["standing"]
    if "map" not in tables:
        return [None] * standing.num_rows
    rows = tables["map"].select(["x", "y", "radius"]).take(_places(standing, tables["map"]))
    return [(row["x"], row["y"], row["radius"]) for row in rows.to_pylist()]


def _look(side: str, x: float, y: float, radius: float) -> str:
    red, green, blue = bytes.fromhex(SIDES[side][1:])
    return (
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:position x="{x}" y="{y}" z="0.0"/>'
        f'<viz:size value="{radius}"/>'
    )


def _quoted(words: str) -> str:
    """A value between quotation marks, without the characters that XML does not allow at all.

    >>> _quoted("a<b\x07")
    '"a&lt;b\ufffd"'
    """
    return quoteattr(_NOT_IN_XML.sub("\ufffd", words))


_NODE_VALUES: Final = {
    "standing": "string",
    "n_acts": "long",
    "n_moved": "long",
    "n_moved_by_it": "long",
    "n_inferred": "double",
    "n_inferred_by_it": "double",
    "community": "long",
}
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
