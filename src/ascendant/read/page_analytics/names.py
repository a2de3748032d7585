"""The head of a column, in any of the languages of `names.toml` -> what it measures, and of what part."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ascendant.read.workbook import Cell, text_of

_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)")


class Column(NamedTuple):
    """What a column is: `impressions` of the `organic` scope; no scope where its head names none."""

    what: str
    scope: str | None = None


class _Names(NamedTuple):
    columns: dict[str, str]
    scopes: dict[str, str]
    dates: str


def plain(cell: Cell | None) -> str:
    """A head as it is compared.

    >>> plain(" Taux d’engagement ")
    "taux d'engagement"
    """
    return text_of(cell).replace("’", "'").casefold()


def columns_in(row: Sequence[Cell]) -> tuple[list[Column | None], str | None]:
    """The columns of a row of heads, in the language that knows most of them; and how that language writes days.

    >>> columns_in(["Date", "Clics (organiques)", "?"])
    ([Column(what='date', scope=None), Column(what='clicks', scope='organic'), None], 'detect')
    """
    best: tuple[list[Column | None], str | None] = ([None] * len(row), None)
    heads = [plain(cell) for cell in row]
    for names in _languages().values():
        found = [_column(head, names) for head in heads]
        if sum(one is not None for one in found) > sum(one is not None for one in best[0]):
            best = found, names.dates
    return best


def _column(head: str, names: _Names) -> Column | None:
    if (what := names.columns.get(head)) is not None:
        return Column(what)
    bracketed = _BRACKETED.fullmatch(head)
    if bracketed is None:
        return None
    known, scope = names.columns.get(bracketed[1]), names.scopes.get(bracketed[2].strip())
    return Column(known, scope) if known is not None and scope is not None else None


@cache
def _languages() -> dict[str, _Names]:
    table = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    return {
        language: _Names(_inverse(one["columns"]), _inverse(one["scopes"]), one["dates"])
        for language, one in table.items()
    }


def _inverse(spellings: dict[str, list[str]]) -> dict[str, str]:
    return {plain(spelling): name for name, listed in spellings.items() for spelling in listed}
