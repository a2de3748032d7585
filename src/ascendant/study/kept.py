"""Results at rest: `results/<name>.parquet` and `results/findings.json`, each telling what it was made from.

They are taken again only where the same would be made now: from the same version of the study, by the same code, with
the same options and seeds. Each file tells it by itself, so that results of which half were written before a kill, or
by two versions, are never taken for whole. A file that is damaged, changed or gone is no result: it is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

import ascendant
from ascendant.activity import FORMAT
from ascendant.store.duckdb import if_writable
from ascendant.store.files import write_parquet, write_text
from ascendant.study.options import FindOptions

FOLDER: Final = "results"
FACTS: Final = "findings.json"
KEY: Final = b"ascendant"  # in the metadata of a table's schema
# Doors and invented worlds make no results. All else may: a page's room chooses which posts are kept as evidence.
_OTHERS: Final = ("cli", "web", "demo", "testing.py", "__main__.py")


def made_from(version: int, options: FindOptions) -> dict[str, Any]:
    """What results are made from, at this version of a study's rows, as JSON has it: the same, the same results."""
    origin = {
        "study_version": version,
        "ascendant": ascendant.__version__,
        "code": _code(),
        "format": FORMAT,
        "options": asdict(options),
        "seeds": seeds(options),
    }
    plain: dict[str, Any] = json.loads(json.dumps(origin))
    return plain


def seeds(options: FindOptions) -> dict[str, int]:
    """Where chance enters: communities, accounts drawn again for intervals, the inference from time, groups."""
    chosen = options.influence
    return {
        "communities": chosen.community_seed,
        "headline": chosen.headline_seed,
        "inference": chosen.inference_seed,
        "groups": options.groups.group_seed,
    }


def keep(folder: Path, tables: Mapping[str, pa.Table], facts: Mapping[str, Any], origin: Mapping[str, Any]) -> None:
    """Write tables and facts, each with its origin; a study that may only be read keeps nothing."""
    told = json.dumps(origin, sort_keys=True)
    with if_writable():
        for name, table in tables.items():
            metadata = {**(table.schema.metadata or {}), KEY: told.encode()}
            write_parquet(_path(folder, name), table.replace_schema_metadata(metadata))
        written = json.dumps({"made_from": origin, **facts}, ensure_ascii=False, indent=1)
        write_text(folder / FOLDER / FACTS, written + "\n")


def take(
    folder: Path, names: Sequence[str], origin: Mapping[str, Any]
) -> tuple[dict[str, pa.Table], dict[str, Any]] | None:
    """The tables of these names and the facts; None where one is missing, damaged, or made from something else."""
    facts = _facts(folder)
    if facts.pop("made_from", None) != origin:
        return None
    tables = {}
    for name in names:
        try:
            table = pq.read_table(_path(folder, name), memory_map=True)
            told = json.loads((table.schema.metadata or {}).get(KEY, b"null"))
        except (OSError, pa.ArrowException, ValueError):
            return None
        if told != origin:
            return None
        others = {key: value for key, value in table.schema.metadata.items() if key != KEY}
        tables[name] = table.replace_schema_metadata(others or None)
    return tables, facts


def _facts(folder: Path) -> dict[str, Any]:
    try:
        facts = json.loads((folder / FOLDER / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _path(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.parquet"


@cache
def _code() -> str:
    """A short hash of the code that makes results: a version number alone stays the same while somebody works on it."""
    return hash_of(files("ascendant"))


def hash_of(package: Traversable) -> str:
    """Of the names and the contents of all files of the package that a result may be made by."""
    found = hashlib.sha256()
    for name, path in sorted(sources(package).items()):
        content = path.read_bytes()
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()[:16]


def sources(package: Traversable) -> dict[str, Traversable]:
    """These files, by their path inside the package."""
    others = [one for one in package.iterdir() if one.name not in _OTHERS]
    return {name: path for one in others for name, path in _inside(one, one.name)}


def _inside(path: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if path.is_dir():
        for one in path.iterdir():
            yield from _inside(one, f"{name}/{one.name}")
    elif name.endswith((".py", ".sql", ".toml", ".json", ".npy")):  # weights are code, too
        yield name, path
