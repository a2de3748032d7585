"""Reads a file with a reader, and sorts what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.readers import Reader, known_readers


@dataclass
class Sorted:
    """Items of one export, by kind."""

    acts: list[Activity] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)

    @property
    def act(self) -> dict[str, Activity]:
        return {act.activity_id: act for act in self.acts}

    @property
    def account(self) -> dict[str, Account]:
        return {account.account_id: account for account in self.accounts}

    @property
    def only(self) -> Activity:
        assert [(reject.pointer, reject.reason) for reject in self.rejects] == []
        (act,) = self.acts
        return act

    @property
    def reasons(self) -> list[str]:
        return [reject.reason for reject in self.rejects]

    @property
    def notes(self) -> list[str]:
        return [note for one in self.coverage for note in (one.note or "").split("; ") if note]


def sort(items) -> Sorted:
    found = Sorted()
    kinds = {Activity: found.acts, Account: found.accounts, Reject: found.rejects, Coverage: found.coverage}
    for item in items:
        kinds[type(item)].append(item)
    return found


@pytest.fixture
def read_with(tmp_path: Path) -> Callable[..., Sorted]:
    """Reads a path, or content that is written to a file first."""

    def reading(reader: Reader, content: bytes | str | Path, name: str = "file.csv") -> Sorted:
        path = content if isinstance(content, Path) else tmp_path / name
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return sort(reader.read(Export.at(path), ReadOptions()))

    return reading


@pytest.fixture(scope="session")
def headers() -> Path:
    """Invented rows under headers that were quoted from real files, beside the checkout."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "research" / "synthetic_headers"
    if not folder.is_dir():
        pytest.skip("the real headers (shared/data/research/synthetic_headers) are not beside the checkout")
    return folder


@pytest.fixture(scope="session")
def who_knows() -> Callable[[Path], list[str]]:
    """The readers that recognise a path."""

    def knowing(path: Path) -> list[str]:
        export = Export.at(path)
        return [reader.name for reader in known_readers().values() if reader.recognises(export, ReadOptions())]

    return knowing
