"""Archives that went wrong: changed bytes, changed values, files cut, swapped, renamed, lost. Shared by tests.

Every mutant is made from a seed alone, so that one that breaks something can be made again.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Files = dict[str, bytes]

_START = re.compile(rb"^[^\[{]*")
_ODD_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 2**70, 1.5, "", "\0", "…", "x" * 5000, "9" * 400, "\u202e@a", [], {}, [[]], [None], {"": ""},
    "Mon Jan 06 11:21:04 +0000 1997", "2025-13-40 99:99:99", "-1", "0", "1e999", "https://x.com/a/status/", "RT @: ",
    "RT @" + "a" * 400 + ": b", "&#0;&#xd800;&amp;amp;", "=cmd()",
)  # fmt: skip


def files_of(folder: Path) -> Files:
    """The files of a sample, by path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def mutant(files: Files, seed: int) -> bytes:
    """A zip of some of the files, with one to four things wrong with it."""
    draw = random.Random(seed)
    names = sorted(files)
    kept = {name: files[name] for name in draw.sample(names, draw.randint(1, min(len(names), 12)))}
    for _ in range(draw.randint(1, 4)):
        draw.choice(_CHANGES)(kept, draw)
    packed = io.BytesIO()
    method = draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    content = packed.getvalue()
    if draw.random() < 0.3:
        content = _changed_bytes(content, draw)
    return content


def _changed_bytes(content: bytes, draw: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 8, 40))):
        if not changed:
            break
        place, length = draw.randrange(len(changed)), draw.choice((1, 1, 4, 64, 4000))
        match draw.randrange(6):
            case 0:
                changed[place] = draw.randrange(256)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = draw.randbytes(length)
            case 3:
                changed[place:place] = changed[place : place + length]
            case 4:
                changed[place : place + length] = bytes(length)
            case 5:
                other = draw.randrange(len(changed))
                changed[place : place + length] = changed[other : other + length]
    return bytes(changed)


def _bytes(files: Files, draw: random.Random) -> None:
    name = draw.choice(sorted(files))
    files[name] = _changed_bytes(files[name], draw)


def _cut(files: Files, draw: random.Random) -> None:
    name = draw.choice(sorted(files))
    files[name] = files[name][: draw.randrange(len(files[name]) + 1)]


def _swap(files: Files, draw: random.Random) -> None:
    one, other = draw.choice(sorted(files)), draw.choice(sorted(files))
    files[one], files[other] = files[other], files[one]


def _rename(files: Files, draw: random.Random) -> None:
    name = draw.choice(sorted(files))
    start, dot, suffix = name.rpartition(".")
    other = draw.choice(
        (name.upper(), f"{start}-part3{dot}{suffix}", f"{start} (1){dot}{suffix}", f"data/{name}", "data/x")
    )
    if other not in files:
        files[other] = files.pop(name)


def _twice(files: Files, draw: random.Random) -> None:
    name = draw.choice(sorted(files))
    start, dot, suffix = name.rpartition(".")
    files[f"{start}{draw.choice(('-part1', '_1', ' (2)'))}{dot}{suffix}"] = files[name]


def _lose(files: Files, draw: random.Random) -> None:
    if len(files) > 1:
        del files[draw.choice(sorted(files))]


def _values(files: Files, draw: random.Random) -> None:
    """Another value somewhere inside the JSON of a file."""
    name = draw.choice(sorted(files))
    start = _START.match(files[name])
    assert start is not None
    try:
        document = json.loads(files[name][start.end() :].rstrip(b"; \n"))
    except ValueError:
        return
    for _ in range(draw.choice((1, 1, 3, 10))):
        document = _with_odd(document, draw)
    if isinstance(document, list) and document and draw.random() < 0.05:
        document = document * draw.choice((2, 30))
    indent = draw.choice((None, 1, 2, "\t"))
    text = json.dumps(document, indent=indent, ensure_ascii=draw.random() < 0.5)
    files[name] = start[0] + text.encode("utf-8", "surrogatepass")


def _with_odd(value: Any, draw: random.Random) -> Any:
    if isinstance(value, dict) and value and draw.random() < 0.9:
        key = draw.choice(sorted(value))
        changed = dict(value)
        match draw.randrange(12):
            case 0:
                del changed[key]
            case 1:
                changed[draw.choice(("", "id", "tweet", "\0", "x" * 300))] = changed.pop(key)
            case _:
                changed[key] = _with_odd(value[key], draw)
        return changed
    if isinstance(value, list) and value and draw.random() < 0.9:
        place = draw.randrange(len(value))
        return [*value[:place], _with_odd(value[place], draw), *value[place + 1 :]]
    if draw.random() < 0.02:
        for _ in range(draw.choice((10, 3000))):
            value = [value] if draw.random() < 0.5 else {"a": value}
            if draw.random() < 0.01:
                break
        return value if _depth(value) < 900 else "deep"  # json.dumps goes no deeper
    if isinstance(value, str) and draw.random() < 0.3:
        return draw.choice(
            (value[: len(value) // 2], value * 3, value + "\ud83d", value.replace("2", "٢"), value[::-1])
        )
    return draw.choice(_ODD_VALUES)


def _depth(value: Any) -> int:
    depth = 0
    while isinstance(value, dict | list) and value:
        value = next(iter(value.values())) if isinstance(value, dict) else value[0]
        depth += 1
    return depth


_CHANGES: tuple[Callable[[Files, random.Random], None], ...] = (
    _bytes, _cut, _swap, _rename, _twice, _lose, _values, _values, _values, _values,
)  # fmt: skip
