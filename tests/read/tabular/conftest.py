"""Reads a small table that a test writes, and sorts what comes out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.tabular import READER


@dataclass
class Found:
    acts: list[Activity] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)


def sort(items) -> Found:
    found = Found()
    for item in items:
        {
            Activity: found.acts,
            Account: found.accounts,
            Reject: found.rejects,
            Coverage: found.coverage,
        }[type(item)].append(item)
    return found


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    def read_table(table: str | bytes | Path, *columns: str, name: str = "table.csv", **options) -> Found:
        path = table if isinstance(table, Path) else tmp_path / name
        if not isinstance(table, Path):
            path.write_bytes(table.encode() if isinstance(table, str) else table)
        return sort(READER.read(Export.at(path), ReadOptions(columns=columns, **options)))

    return read_table


@pytest.fixture
def data() -> Path:
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real inputs is not beside the checkout")
    return folder


@pytest.fixture
def samples() -> Path:
    return Path(__file__).resolve().parents[1] / "exports" / "tabular"
