"""The disclaimer of an advertisement -> who says to have paid for it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def payer(disclaimer: str | None) -> str | None:
    """The name in a disclaimer; None where it is empty, or a sentence that says that there is none.

    >>> payer("Ces publicités ont été diffusées sans avertissement"), payer("Amis sans frontières")
    (None, 'Amis sans frontières')
    """
    if disclaimer is None or not disclaimer.strip():
        return None
    words = f" {' '.join(_WORD.findall(disclaimer.casefold().replace('’', chr(39))))} "
    for without, named in _languages():
        if any(f" {one} " in words for one in without) and any(f" {one} " in words for one in named):
            return None
    return disclaimer.strip()


@cache
def _languages() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    table = tomllib.loads(files(__package__).joinpath("disclaimers.toml").read_text(encoding="utf-8"))
    return tuple((tuple(one["without"]), tuple(one["disclaimer"])) for one in table.values())
