"""Workbooks as LinkedIn writes them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from page_analytics_sheets import Sheets, write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    def writing(sheets: Sheets, name: str = "cyclesdumont_content_1772582400000.xlsx") -> Path:
        return write(tmp_path / name, sheets)

    return writing
