"""Reads bytes as a file of posts of X, and sorts what comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.x_posts import READER

Content = bytes | str | list[object]


@dataclass
class Found:
    """Items of one file, by kind."""

    acts: list[Activity] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)

    @property
    def by_id(self) -> dict[str, Activity]:
        return {act.activity_id: act for act in self.acts}

    @property
    def account(self) -> dict[str, Account]:
        return {account.account_id: account for account in self.accounts}

    @property
    def only(self) -> Activity:
        assert [reject.reason for reject in self.rejects] == []
        (act,) = self.acts
        return act


def read_path(path: Path) -> Found:
    found = Found()
    kinds = {Activity: found.acts, Account: found.accounts, Reject: found.rejects, Coverage: found.coverage}
    for item in READER.read(Export.at(path), ReadOptions()):
        kinds[type(item)].append(item)
    return found


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    """Writes lines (objects become JSON) and reads them; a path is read where it stands."""

    def reading(content: Content | Path, name: str = "posts.jsonl") -> Found:
        if isinstance(content, Path):
            return read_path(content)
        if isinstance(content, list):
            content = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in content)
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_path(path)

    return reading


@pytest.fixture(scope="session")
def research() -> Path:
    """Real payloads beside the checkout."""
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "research"
    if not folder.exists():
        pytest.skip("the real payloads (shared/data/research) are not beside the checkout")
    return folder
