"""Makes exports of Facebook in the test's own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facebook_archives import ADA, PROFILE, SHARED, Found, archive_in, found_in


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    """Writes files as an export of Ada's (`facebook_archives.archive_in`), and reads it."""

    def make(files: dict[str, Any], *, place: str = "export", with_profile: bool = True, **options: Any) -> Found:
        profile = {PROFILE: ADA} if with_profile else {}
        return found_in(archive_in(tmp_path / place, {**profile, **files}), **options)

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """Exports beside the checkout that nobody here made up."""
    if not SHARED.exists():
        pytest.skip("the samples (shared/data/facebook) are not beside the checkout")
    return SHARED
