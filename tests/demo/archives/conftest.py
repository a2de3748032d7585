"""Archives of invented persons, what is true of them, and what the readers find in them. Nobody changes these."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import found
from ascendant.demo.archives.make import WrittenArchives, write_archives
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.read.facebook_archive import READER as FACEBOOK
from ascendant.read.linkedin_archive import READER as LINKEDIN
from ascendant.read.x_archive import READER as X

READERS = {"x": X, "facebook": FACEBOOK, "linkedin": LINKEDIN}
PEOPLE = (
    ArchiveOptions(seed=1),
    ArchiveOptions(seed=2, lang="en", scale=0.3),
    ArchiveOptions(seed=3, lang="fr", scale=0.1, n_days=120),
    ArchiveOptions(seed=40, lang="en", scale=0.05, n_days=200),
)


@dataclass
class Case:
    """One person: the files, what is true, and what the readers find, by platform."""

    options: ArchiveOptions
    written: WrittenArchives
    truth: dict[str, Any]
    found: dict[str, found.Found]

    def of(self, platform: str) -> dict[str, Any]:
        return self.truth["platforms"][platform]


@pytest.fixture(scope="session", params=PEOPLE, ids=lambda options: f"{options.lang}{options.seed}")
def case(request, tmp_path_factory) -> Case:
    written = write_archives(tmp_path_factory.mktemp("person"), request.param)
    truth = json.loads(written.truth.read_text(encoding="utf-8"))
    files = {"x": written.x, "facebook": written.facebook, "linkedin": written.linkedin}
    return Case(
        request.param,
        written,
        truth,
        {name: found.Found.by(reader, files[name]) for name, reader in READERS.items()},
    )


@pytest.fixture
def shared() -> Path:
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real structures (shared/data) are not beside the checkout")
    return folder
