"""Two kinds of values that only a page needs: drawings, and sentences whose facts are set apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Drawn:
    """A value for the page alone: JSON leaves it out."""

    value: Any


@dataclass(frozen=True)
class Words:
    """A sentence in pieces, each fact with its name; JSON has it as one text."""

    pieces: list[tuple[str, str | None]]
