"""A mapping and a table's columns -> a function for each field that takes its cell out of a row."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Final, TypeAlias

from ascendant.activity import VERBS
from ascendant.errors import BadMapping, Caveat, MissingColumn, mark
from ascendant.read.tabular.cells import EMPTY
from ascendant.read.tabular.mapping import Choice, Columns, Constant, nearest
from ascendant.read.tabular.table import AbsentColumn, Cells, Table

Getter: TypeAlias = Callable[[Cells], str]

COMMON_VERBS: Final = {
    **{verb: verb for verb in VERBS},
    **dict.fromkeys(("tweet", "original", "status", "create", "publish", "posted", "publication"), "post"),
    **dict.fromkeys(
        ("retweet", "retweeted", "rt", "share", "shared", "reblog", "boost", "announce", "reposted"), "repost"
    ),
    **dict.fromkeys(("quoted", "quote tweet", "quote_tweet", "quotetweet", "quote-tweet"), "quote"),
    **dict.fromkeys(("comment", "commented", "replied", "replied_to", "answer"), "reply"),
    **dict.fromkeys(("mentioned", "mentions"), "mention"),
    **dict.fromkeys(("like", "liked", "favorite", "favourite", "reaction"), "react"),
    **dict.fromkeys(("partage", "republication"), "repost"),
    **dict.fromkeys(("commentaire", "réponse"), "reply"),
}
_EXACT_FIELDS: Final = ("actor", "actor_handle", "object", "object_author", "thread", "context", "id")


def check_columns(columns: Columns) -> None:
    """Raises `BadMapping` when fields that need each other are not all there."""
    if not columns.has_actor:
        reason = mark("it does not say who acts: add actor=COLUMN, or actor_handle=COLUMN")
        raise BadMapping(what=_written(columns), reason=reason)
    if "object_author_name" in columns.fields and "object_author" not in columns.fields:
        reason = mark("a display name is no identifier: add object_author=COLUMN")
        raise BadMapping(what=_written(columns), reason=reason)
    if "verb" not in columns.fields and ("object" in columns.fields or "object_author" in columns.fields):
        reason = mark("it does not say what is done: add verb=COLUMN, or verb=:repost where all rows are reposts")
        raise BadMapping(what=_written(columns), reason=reason)
    for column in columns.fields.get("verb", ()):
        if isinstance(column, Constant) and column.text.casefold() not in COMMON_VERBS:
            verbs = ", ".join(nearest(column.text, sorted(VERBS)))
            no_verb = Caveat("there is no such verb; use one of: {verbs}", {"verbs": verbs})
            raise BadMapping(what=f"verb=:{column.text}", reason=no_verb)


def _written(columns: Columns) -> str:
    return " ".join(
        f"{field}={'|'.join(f':{c.text}' if isinstance(c, Constant) else str(c) for c in choice)}"
        for field, choice in columns.fields.items()
    )


def bind(table: Table, columns: Columns, file: str) -> dict[str, Getter]:
    """A function for each field that takes its cell from a row."""
    choices = dict(columns.fields) | {f"only {column}": (column,) for column in columns.only}
    choices = {name: _whole_name(choice, table) for name, choice in choices.items()}
    wanted: list[str | int] = []
    owner: dict[str | int, str] = {}
    for name, choice in choices.items():
        for column in choice:
            if isinstance(column, Constant) or column in owner:
                continue
            if column in columns.tolerated and column not in table.columns:
                continue
            wanted.append(column)
            owner[column] = name
    exact_columns = frozenset(
        column for name in _EXACT_FIELDS for column in choices.get(name, ()) if not isinstance(column, Constant)
    )
    try:
        places = dict(zip(wanted, table.select(wanted, exact_columns), strict=True))
    except AbsentColumn as absent:
        column = absent.args[0]
        names = ", ".join(nearest(str(column), table.columns)[:40])
        shown = names or Caveat("(it has no header: count them from 1)")
        raise MissingColumn(file=file, column=str(column), found=shown, field=owner[column]) from None
    bound: dict[str, Getter] = {}
    for name, choice in choices.items():
        present = [
            c.text if isinstance(c, Constant) else places[c] for c in choice if isinstance(c, Constant) or c in places
        ]
        if present:
            bound[name] = _getter(present)
    return bound


def _whole_name(choice: Choice, table: Table) -> Choice:
    """A column whose name holds `|` is one column."""
    name = "|".join(str(column) for column in choice if not isinstance(column, Constant))
    return (name,) if len(choice) > 1 and name in table.columns else choice


def _getter(places: list[str | int]) -> Getter:
    if len(places) == 1:
        place = places[0]
        if isinstance(place, int):
            return itemgetter(place)
        return lambda _cells: place

    def first(cells: Cells) -> str:
        for place in places:
            cell = cells[place] if isinstance(place, int) else place
            if cell.strip() not in EMPTY:
                return cell
        return ""

    return first
