"""A row of a table of posts, by the names of its columns -> values.

Empty is unknown, and so are the words that tools write for it. Anything else that is not what its column should
hold is refused: a wrong id or count is worse than a missing row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ascendant.read.x_posts.entities import key_of
from ascendant.read.x_posts.refusals import WRONG_TYPE, Refused

_NOTHING: Final = frozenset({"", "nan", "NaN", "None", "null", "NULL", "absent", "<NA>", "NA"})
_YES: Final = frozenset({"true", "yes", "1", "1.0", "t", "y"})
_NO: Final = frozenset({"false", "no", "0", "0.0", "f", "n"})
_WHOLE: Final = re.compile(r"(-?\d{1,18})(?:\.0*)?")
_QUOTED: Final = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")
_ESCAPED: Final = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))")
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}


class Cells:
    """One row. `text`, `count`, ... give null for an empty or an absent column.

    >>> row = Cells({"id": "12", "likes": "3.0", "tags": "a|b", "old": "False"})
    >>> row.key("id"), row.count("likes"), row.parts("tags"), row.flag("old"), row.text("name")
    ('12', 3, ['a', 'b'], False, None)
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def text(self, name: str) -> str | None:
        """Words, as they stand."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return None if value in _NOTHING else value
        if isinstance(value, bool | int | float):
            return str(value)
        raise Refused(WRONG_TYPE, name)

    def key(self, name: str) -> str | None:
        """An id. Refused when it went through a float and lost digits."""
        value = self.text(name)
        return key_of(value.strip()) if value is not None else None

    def count(self, name: str) -> int | None:
        """A whole number, also as `12.0`."""
        value = self.text(name)
        if value is None:
            return None
        found = _WHOLE.fullmatch(value.strip())
        if found is None:
            raise Refused(WRONG_TYPE, name)
        return int(found[1])

    def number(self, name: str) -> float | None:
        """A number, exact where it is whole."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return int(value) if value.isdecimal() else float(value)
        except ValueError:
            raise Refused(WRONG_TYPE, name) from None

    def flag(self, name: str) -> bool | None:
        """Yes or no."""
        value = self.text(name)
        if value is None:
            return None
        lower = value.strip().lower()
        if lower not in _YES and lower not in _NO:
            raise Refused(WRONG_TYPE, name)
        return lower in _YES

    def parts(self, name: str, separator: str = "|") -> list[str]:
        """A list, written with separators or as a list."""
        value = self._values.get(name)
        if isinstance(value, list):
            return [str(part) for part in value if part]
        written = self.text(name)
        return [part for part in written.split(separator) if part] if written else []

    def bracketed(self, name: str) -> list[str]:
        """A list as Python writes it, with or without quotation marks."""
        return bracketed(self.text(name) or "")


def bracketed(written: str) -> list[str]:
    r"""A list as Python writes it, with or without quotation marks.

    >>> bracketed("['a, b', \"it's\"]"), bracketed("[un, deux]"), bracketed("[]"), bracketed("seul")
    (['a, b', "it's"], ['un', 'deux'], [], ['seul'])
    """
    inner = written.strip()
    if inner.startswith("[") and inner.endswith("]"):
        inner = inner[1:-1].strip()
    if inner.startswith(("'", '"')):
        return [_ESCAPED.sub(_unescaped, found[1] or found[2] or "") for found in _QUOTED.finditer(inner)]
    return [part.strip() for part in inner.split(",") if part.strip()]


def _unescaped(sign: re.Match[str]) -> str:
    number = sign[1] or sign[2] or sign[3]
    if number is None:
        return _CONTROLS.get(sign[4], sign[4])
    return chr(int(number, 16)) if int(number, 16) < 0x110000 else sign[0]
