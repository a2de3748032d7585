"""One record of minet, twitwi or gazouilloire in JSON -> activity rows. The columns are those of their CSV."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from ascendant.read.x_posts import minet
from ascendant.read.x_posts.api_v1 import Facts
from ascendant.read.x_posts.cells import Cells

_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


def read(line: bytes, pointer: str) -> Facts | str | None:
    """The facts of one record; None when it is of another shape."""
    record = _decode(line)
    source = record.get("_source")
    if isinstance(source, dict):
        record = {"id": record.get("_id"), **source}
    if "user_screen_name" not in record or "text" not in record:
        return None
    post, account = minet.read(Cells(record), pointer)
    return Facts([post] if account is None else [post, account])
