"""Makes archives of X in the test's own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from x_archives import archive_in


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes an archive (`x_archives.archive_in`) into a folder called `place`."""

    def make(files: dict[str, object], *, place: str = "archive", owner: object = None) -> Path:
        return archive_in(tmp_path / place, files, owner)

    return make
