"""What the user said of a table's columns -> fields of ours, each with the columns that fill it.

`actor=author` names a column, `actor=3` counts it from 1, `verb=:post` is the same for every row, and
`actor=user_id|user_name|:unknown` takes the first that is not empty. `author=actor` and `1=actor` say the same the
other way round: of a pair with one side that is a field of ours, that side is the field. A pair with a field on both
sides (`id=object`) is read as the other pairs of the same option are, and as FIELD=COLUMN where they do not tell.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ascendant.activity import VERBS
from ascendant.errors import BadChoice, BadMapping, Caveat, UnknownColumn, mark

FIELDS: Final[dict[str, str]] = {
    "actor": "who acts: an id, a name, or a handle with @",
    "actor_name": "display name of who acts",
    "actor_handle": "handle of who acts; alone, it is the identifier, and accounts in other columns are handles too",
    "actor_followers": "followers of who acts",
    "object": "the item that is reposted, quoted, answered or shared",
    "object_author": "who wrote that item",
    "object_author_name": "display name of who wrote it",
    "thread": "the conversation",
    "happened_at": "when",
    "verb": "what is done: post, repost, quote, reply, mention, react, follow ...",
    "text": "the words",
    "lang": "language code",
    "urls": "links",
    "hashtags": "hashtags",
    "mentions": "accounts that the text names",
    "media_hash": "fingerprints of pictures",
    "likes": "likes counted",
    "reposts": "reposts counted",
    "replies": "replies counted",
    "views": "views counted",
    "count": "how many acts the row stands for",
    "context": "group, page or list",
    "id": "the act's own id",
    "object_kind": "what the item is: post, comment, page, url ...",
    "audience": "public, connections, group or private",
    "collected_at": "when the row was collected",
    "platform": "network",
}


@dataclass(frozen=True)
class Constant:
    """The same for every row."""

    text: str


Column: TypeAlias = str | int | Constant  # a name, a position from 1, a constant
Choice: TypeAlias = tuple[Column, ...]  # the first that is not empty


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which columns fill which fields, and what codes mean. A `tolerated` column may be absent from the file."""

    fields: dict[str, Choice]
    codes: tuple[tuple[str, str], ...] = ()  # as written: code or column:code, and its meaning
    only: dict[str, frozenset[str]] = field(default_factory=dict)  # column -> contents of the rows that are read
    tolerated: frozenset[str] = frozenset()
    preset: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """The columns that are asked for by name."""
        chosen = {column for choice in self.fields.values() for column in choice if isinstance(column, str)}
        return frozenset(chosen | self.only.keys())

    @property
    def positions(self) -> frozenset[int]:
        """The columns that are asked for by number."""
        return frozenset(c for choice in self.fields.values() for c in choice if isinstance(c, int))

    @property
    def has_actor(self) -> bool:
        return "actor" in self.fields or "actor_handle" in self.fields

    def over(self, base: Columns) -> Columns:
        """These choices on top of a preset's.

        >>> base = Columns(fields={"actor": ("author",), "verb": (Constant("post"),)}, tolerated=frozenset({"lang"}))
        >>> Columns(fields={"verb": (Constant("repost"),)}).over(base).fields
        {'actor': ('author',), 'verb': (Constant(text='repost'),)}
        """
        return Columns(
            fields=base.fields | self.fields,
            codes=base.codes + self.codes,
            only=base.only,
            tolerated=base.tolerated - self.names,
            preset=base.preset,
        )


def columns_of(given: Iterable[str], codes: Iterable[str] = ()) -> Columns:
    """The mapping behind `--columns` and `--values`. Raises `BadMapping`, `UnknownColumn` or `BadChoice`.

    >>> columns_of(["1=actor", "object_author=to|:nobody", "verb=:reply"]).fields
    {'actor': (1,), 'object_author': ('to', Constant(text='nobody')), 'verb': (Constant(text='reply'),)}
    >>> columns_of(["author=actor", "id=object"]).fields  # the first pair tells how the second is meant
    {'actor': ('author',), 'object': ('id',)}
    """
    pairs = [_pair(what) for what in given]
    turned = [not forward for forward in map(_direction, pairs) if forward is not None]
    if any(turned) and not all(turned) and any(_is_open(pair) for pair in pairs):
        what = next("=".join(pair) for pair in pairs if _is_open(pair))
        raise BadMapping(what=what, reason=mark("both sides are fields, and the other pairs are written either way"))
    fields: dict[str, Choice] = {}
    for left, right in pairs:
        forward = _direction((left, right))
        if forward is None:
            forward = not any(turned)
        name, written = (left, right) if forward else (right, left)
        if name in fields:
            raise BadMapping(what=f"{left}={right}", reason=mark("the field is mapped twice"))
        fields[name] = choice_of(written)
    return Columns(fields=fields, codes=tuple(code_of(code) for code in codes))


def choice_of(written: str) -> Choice:
    """The right side of a pair. A column whose name holds `|` is found by its whole name.

    >>> choice_of("3"), choice_of("user_id|user_name"), choice_of(":x")
    ((3,), ('user_id', 'user_name'), (Constant(text='x'),))
    """
    if written.startswith(":"):
        return (Constant(written[1:]),)
    return tuple(_column(part) for part in written.split("|"))


def code_of(what: str) -> tuple[str, str]:
    """`RT=repost` as a pair.

    >>> code_of("type:RT=repost")
    ('type:RT', 'repost')
    """
    code, sign, meaning = what.rpartition("=")
    if not (sign and code.strip() and meaning.strip()):
        reason = mark("a code's meaning is written CODE=MEANING, for instance RT=repost")
        raise BadChoice(option="--values", value=what, reason=reason)
    return code.strip(), meaning.strip()


def verb_codes(columns: Columns) -> dict[str, str]:
    """What the codes of the verb's columns mean. Raises `BadChoice` where a meaning is no verb."""
    codes = _codes_for("verb", columns)
    for code, meaning in codes.items():
        if meaning not in VERBS:
            near = difflib.get_close_matches(meaning, VERBS, n=3) or sorted(VERBS)
            reason = Caveat("there is no such verb; use one of: {verbs}", {"verbs": ", ".join(near)})
            raise BadChoice(option="--values", value=f"{code}={meaning}", reason=reason)
    return codes


def other_codes(name: str, columns: Columns) -> dict[str, str]:
    """What the codes of another field's columns mean: those that name the column."""
    return _codes_for(name, columns)


def _codes_for(name: str, columns: Columns) -> dict[str, str]:
    mine = {str(column) for column in columns.fields.get(name, ()) if not isinstance(column, Constant)}
    others = {
        str(column)
        for other, choice in columns.fields.items()
        for column in choice
        if other != name and not isinstance(column, Constant)
    }
    found: dict[str, str] = {}
    for written, meaning in columns.codes:
        column, sign, code = written.partition(":")
        if sign and column in mine:
            found[code] = meaning
        elif name == "verb" and not (sign and column in others):
            found[written] = meaning
    return found


def _pair(what: str) -> tuple[str, str]:
    """The two sides. An `=` may stand in a column's name: the side that is a field decides where to cut."""
    cuts = [place for place, sign in enumerate(what) if sign == "="]
    sides = [(what[:cut].strip(), what[cut + 1 :].strip()) for cut in cuts]
    sides = [(left, right) for left, right in sides if left and right]
    if not sides:
        raise BadMapping(what=what, reason=mark("it needs a field and a column, with = between them"))
    return next((pair for pair in sides if pair[0] in FIELDS or pair[1] in FIELDS), sides[0])


def _direction(pair: tuple[str, str]) -> bool | None:
    """True for FIELD=COLUMN, False for COLUMN=FIELD, None where both sides are fields."""
    left, right = pair
    if left in FIELDS and right in FIELDS and left != right:
        return None
    if left in FIELDS:
        return True
    if right in FIELDS:
        return False
    # A position stands beside a misspelt field; otherwise the documented order tells which side is meant.
    meant = right if left.isdecimal() else left
    near = difflib.get_close_matches(meant.casefold(), FIELDS, n=4)
    raise UnknownColumn(field=meant, known=", ".join(near or FIELDS))


def _is_open(pair: tuple[str, str]) -> bool:
    return pair[0] != pair[1] and pair[0] in FIELDS and pair[1] in FIELDS


def _column(written: str) -> Column:
    written = written.strip()
    if written.startswith(":"):
        return Constant(written[1:])
    if not (written.isascii() and written.isdecimal()):
        return written
    if int(written) == 0:
        raise BadMapping(what=written, reason=mark("columns are counted from 1"))
    return int(written)


def nearest(name: str, found: Iterable[str]) -> list[str]:
    """Names in the order of their likeness to `name`.

    >>> nearest("autor", ["date", "text", "author"])
    ['author', 'date', 'text']
    """
    likeness: Mapping[str, float] = {
        other: difflib.SequenceMatcher(None, name.casefold(), other.casefold()).ratio() for other in found
    }
    near = sorted((other for other in likeness if likeness[other] >= 0.6), key=lambda other: -likeness[other])
    return near + [other for other in likeness if other not in near]
