"""Every byte of a study's folder, searched: raw, and behind the packing of Parquet."""

import re
import unicodedata
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def texts_in(folder):
    """File -> what it holds: its bytes as they lie there, its name, and the decoded values and metadata of Parquet."""
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        told = [path.relative_to(folder).as_posix(), raw.decode("utf-8", "replace"), raw.decode("utf-16-le", "replace")]
        if path.suffix == ".parquet":
            told += _decoded(path)
        found[path.relative_to(folder).as_posix()] = unicodedata.normalize("NFC", "\n".join(told)).casefold()
    return found


def _decoded(path):
    file = pq.ParquetFile(path)
    yield str(file.metadata.metadata)
    for group in range(file.num_row_groups):
        statistics = (file.metadata.row_group(group).column(i).statistics for i in range(file.metadata.num_columns))
        yield " ".join(f"{one.min} {one.max}" for one in statistics if one is not None and one.has_min_max)
    for column in file.read().columns:
        yield str(column.to_pylist())
        if pa.types.is_string(column.type):  # a dictionary of a page may hold what no row does
            yield " ".join(one or "" for one in column.unique().to_pylist())


def files_with(folder, needle):
    """The files that hold a needle as a word of its own; case and ways to write an accent do not matter."""
    wanted = re.compile(rf"(?<![^\W_]){re.escape(unicodedata.normalize('NFC', needle).casefold())}(?![^\W_])")
    return [name for name, text in texts_in(folder).items() if wanted.search(text)]
