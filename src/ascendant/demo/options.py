"""Choices of an invented world. Standard library only, so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class WorldOptions:
    """How large the invented world is, and which one."""

    accounts: int = field(default=400, metadata={"help": "accounts in the invented world (at least 20)"})
    acts: int = field(default=6000, metadata={"help": "acts to generate, about"})
    seed: int = field(default=1, metadata={"help": "another seed is another world; the same seed the same bytes"})
