"""The tables of weights (`weights.toml`, `declared.toml`, `posts.toml`) -> values, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Layer:
    """How much a layer may say: `weight` times each term, `bound` on what its terms add to one head."""

    weight: float
    bound: float
    reason: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A share of what an account did, and what it says: nothing up to `low`, all of `log_odds` from `high` on."""

    layer: str
    term: str
    share: str
    of: str
    low: float
    high: float
    log_odds: Mapping[str, float]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What a declaration says; `kind` where it names one."""

    is_public: bool
    kind: str | None
    log_odds: Mapping[str, float]


@cache
def layers() -> dict[str, Layer]:
    """By name."""
    return {name: Layer(**values) for name, values in _table("weights")["layers"].items()}


@cache
def findings() -> tuple[Finding, ...]:
    """Of posts and behaviour, in the order of the file."""
    ends = {"from": "low", "to": "high"}
    rows = ({ends.get(name, name): value for name, value in row.items()} for row in _table("weights")["finding"])
    return tuple(Finding(**row) for row in rows)


@cache
def sorts() -> dict[str, float]:
    """Shares of the sorts of organisations before anything is known."""
    found: dict[str, float] = _table("weights")["sorts"]
    return found


@cache
def temperature() -> float:
    """By what evidence is divided."""
    return float(_table("weights")["temperature"])


@cache
def declarations() -> dict[str, Declared]:
    """By the spelling of the readers."""
    return {
        name: Declared(is_public=row["is_public"], kind=row.get("kind"), log_odds=row["log_odds"])
        for row in _table("declared")["declared"]
        for name in row["names"]
    }


def public_declarations() -> frozenset[str]:
    """The declarations of organisations and offices."""
    return frozenset(name for name, row in declarations().items() if row.is_public)


@cache
def patterns() -> dict[str, dict[str, str]]:
    """Language -> what is looked for -> a regular expression over lower case without accents."""
    return {
        language: {measure: _pattern(words) for measure, words in measures.items()}
        for language, measures in _table("posts").items()
    }


def _pattern(words: list[str]) -> str:
    """Any of the words, whole.

    >>> bool(re.search(_pattern(["promo*", "% off"]), "les promotions")), bool(re.search(_pattern(["i"]), "it is"))
    (True, False)
    """
    alternatives = "|".join(re.escape(word.removesuffix("*")) + ("[a-z]*" if word[-1] == "*" else "") for word in words)
    return rf"(?:^|[^a-z0-9])(?:{alternatives})(?:$|[^a-z0-9])"


def _table(name: str) -> dict[str, Any]:
    text = files("ascendant.patterns.kinds").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
