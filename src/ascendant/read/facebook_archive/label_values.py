"""A record of the newest layout -> what it says: labels in the account's language, and values of plain kinds.

One reader for every such file. A label's meaning is told by its key, where it has one that is known; else by the label,
in the languages of words.toml; else by the kind of the value: a time, an address, a list, or words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ascendant.read.facebook_archive.records import LabelValue, Seconds
from ascendant.read.facebook_archive.wording import role_of

_DEEPEST = 6  # of labels inside labels; real ones have three


@dataclass(slots=True)
class Said:
    """What a record says.

    `by_role` are values whose label is known, `plain` the others; `lists` stand under their labels; `times` are in
    seconds, in the order of the record; `is_mended` tells that the spelling of a value was put right.
    """

    by_role: dict[str, str] = field(default_factory=dict)
    plain: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    url: str | None = None
    lists: list[tuple[str, list[LabelValue]]] = field(default_factory=list)
    is_mended: bool = False

    def get(self, *roles: str) -> str | None:
        """The value of the first of these roles that has one."""
        return next((self.by_role[role] for role in roles if role in self.by_role), None)

    def words(self, *roles: str) -> str | None:
        """The value of the first of these roles, else the first value whose label is not known."""
        return self.get(*roles) or (self.plain[0] if self.plain else None)


def said(labels: list[LabelValue], words: Callable[[str], str]) -> Said:
    """What labels say; `words` puts their spelling right.

    >>> labels = [LabelValue("URL", "https://x.org"), LabelValue("Tijd", timestamp_value=12), LabelValue("?", "Leuk")]
    >>> found = said(labels, str)
    >>> found.url, found.times, found.plain
    ('https://x.org', [12], ['Leuk'])
    """
    found = Said()
    _read(labels, words, found)
    return found


def entries(labels: list[LabelValue], words: Callable[[str], str]) -> Iterator[tuple[str, Said]]:
    """The entries of all lists in a record, each under the label of its list; a record with words is its own entry.

    >>> [(label, one.plain) for label, one in entries([LabelValue("Posts", vec=[LabelValue(value="a")])], str)]
    [('Posts', ['a'])]
    """
    own = said(labels, words)
    if own.by_role or own.plain or own.url or not own.lists:
        yield "", own
        return
    for label, found in own.lists:
        for one in found:
            yield label, _entry(one, words)


def values(labels: list[LabelValue], words: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Every value of a record, at any depth, under the label of its list, or else under its own.

    >>> list(values([LabelValue("A list", vec=[LabelValue(value="Acme")]), LabelValue("Age", value=3)], str))
    [('A list', 'Acme'), ('Age', '3')]
    """
    yield from _values(labels, words, "", 0)


def _entry(one: LabelValue, words: Callable[[str], str]) -> Said:
    found = Said()
    _read(one.parts if one.parts is not None and one.value is None else [one], words, found)
    return found


def _read(labels: list[LabelValue], words: Callable[[str], str], found: Said) -> None:
    for one in labels:
        role = role_of(one.ent_field_name)
        if role is None and one.label is not None:
            role = role_of(words(one.label))
        if one.timestamp_value is not None:
            if is_time(one.timestamp_value):
                found.times.append(one.timestamp_value)
        elif one.href:
            found.url = found.url or one.href
            if isinstance(one.value, str) and one.value and one.value != one.href:
                _keep(found, role, words(one.value))
                found.is_mended |= words(one.value) != one.value
        elif one.value is not None:
            value = _text(one.value, words)
            if value.startswith(("http://", "https://")) and " " not in value:
                found.url = found.url or value
            elif value:
                _keep(found, role, value)
                found.is_mended |= isinstance(one.value, str) and value != one.value.strip()
        if one.vec:
            found.lists.append((_label(one, words), one.vec))
        if one.parts:
            _read_parts(one, words, found)


def _read_parts(one: LabelValue, words: Callable[[str], str], found: Said) -> None:
    """Labels inside a label: the name of a group, where its title says so; else a list."""
    assert one.parts is not None
    title = _label(one, words)
    if (role := role_of(title)) is not None and (name := next(_texts(one.parts, words), None)) is not None:
        found.by_role.setdefault(role, name)
    else:
        found.lists.append((title, one.parts))


def _keep(found: Said, role: str | None, value: str) -> None:
    if role is None or role in ("url", "time", "start", "end") or role in found.by_role:
        found.plain.append(value)
    else:
        found.by_role[role] = value


def _values(labels: list[LabelValue], words: Callable[[str], str], above: str, depth: int) -> Iterator[tuple[str, str]]:
    for one in labels if depth < _DEEPEST else ():
        label = _label(one, words)
        if one.value is not None and (value := _text(one.value, words)):
            yield above or label, value
        for inner in (one.vec, one.parts):
            if inner:
                yield from _values(inner, words, above or label, depth + 1)


def _texts(labels: list[LabelValue], words: Callable[[str], str]) -> Iterator[str]:
    return (value for _, value in values(labels, words))


def _label(one: LabelValue, words: Callable[[str], str]) -> str:
    return words(one.label or one.title or "")


def _text(value: str | float | bool, words: Callable[[str], str]) -> str:
    return words(value).strip() if isinstance(value, str) else str(value)


def is_time(seconds: Seconds) -> bool:
    """Whether a number can be a time: 0 stands for none."""
    return seconds is not None and seconds > 0
