"""Makes archives of LinkedIn in the test's own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkedin_archives import Found, archive_in, found_in


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes an archive (`linkedin_archives.archive_in`) into a folder called `place`."""

    def make(files: dict[str, str | bytes], *, place: str = "archive", owner: bool = True) -> Path:
        return archive_in(tmp_path / place, files, owner=owner)

    return make


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    """What is read of one table in an archive that has nothing else but, with `owner`, its owner's name."""

    def read_table(name: str, content: str | bytes, *, owner: bool = True, **options: object) -> Found:
        profile = {"Profile.csv": "First Name,Last Name,Headline\nCamille,Exemple,Urbaniste\n"} if owner else {}
        return found_in(archive_in(tmp_path / "one", {**profile, name: content}, owner=False), **options)

    return read_table


@pytest.fixture
def shared() -> Path:
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "linkedin"
    if not folder.is_dir():
        pytest.skip("the folder of other people's samples (shared/data/linkedin) is not beside the checkout")
    return folder
