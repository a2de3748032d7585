"""A member that holds a workbook (.xls, .xlsx) -> its sheets as rows of cells, in bounded memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypeAlias

from ascendant.errors import BrokenFile, ProtectedFile, UnknownFormat, mark
from ascendant.read.export import Member
from ascendant.read.magic import SAVE_AS_CSV
from ascendant.read.streams import words_for

Cell: TypeAlias = str | int | float | bool | date | time | datetime | timedelta

LARGEST_BYTES: Final = 128 << 20  # unpacked; a year of a page's figures takes less than one
TOO_LARGE: Final = mark("a workbook of more than 128 MiB")

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SHOWN_SHEETS: Final = 6
_SHOWN_COLUMNS: Final = 8


class Sheet(NamedTuple):
    """A sheet. Rows are as wide as the widest; an empty cell is the empty text."""

    name: str
    rows: Sequence[Sequence[Cell]]


def is_workbook(head: bytes) -> bool:
    """Whether the first bytes are those of a workbook: an old one, or a zip that names its parts first."""
    return head[:8] == _OLE or (head[:4] == b"PK\x03\x04" and (b"[Content_Types].xml" in head or b"xl/" in head))


def sheets(member: Member) -> list[Sheet]:
    """All sheets, in their order. Raises `BrokenFile`, `ProtectedFile`, and `UnknownFormat` where it is too large."""
    import python_calamine  # noqa: PLC0415  only workbooks need it

    raw = _raw(member)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            return [
                Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in book.sheet_names
                if _is_table(book, name)
            ]
    except python_calamine.PasswordError:
        raise ProtectedFile(file=member.name) from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if raw[:8] == _OLE and _ENCRYPTED in raw:
            raise ProtectedFile(file=member.name) from None
        raise BrokenFile(file=member.name, place=mark("the workbook"), reason=str(error)) from None
    except BaseException as error:
        # The library is written in Rust: what panics there arrives as no ordinary exception.
        if type(error).__name__ != "PanicException":
            raise
        raise BrokenFile(file=member.name, place=mark("the workbook"), reason="panic") from None


def seen_in(found: Sequence[Sheet]) -> str:
    """What a workbook looks like, in a few words: its sheets, each with the cells of its fullest first row.

    >>> seen_in([Sheet("Budget", [["2026", ""], ["Poste", "Montant"]])])
    'a workbook; Budget: Poste, Montant'
    """
    return f"a workbook; {shown_sheets(found)}"


def shown_sheets(found: Sequence[Sheet]) -> str:
    """The sheets by name, each with the cells of its fullest first row."""
    shown = []
    for sheet in found[:_SHOWN_SHEETS]:
        rows = [[str(cell).strip()[:30] for cell in row if str(cell).strip()] for row in sheet.rows[:10]]
        fullest = max(rows, key=len, default=[])
        more = ", ..." if len(fullest) > _SHOWN_COLUMNS else ""
        shown.append(f"{sheet.name[:40]}: {', '.join(fullest[:_SHOWN_COLUMNS])}{more}")
    return "; ".join([*shown, *(["..."] if len(found) > _SHOWN_SHEETS else [])])


def text_of(cell: Cell | None) -> str:
    """A cell in words, without the blanks around it; a whole number without its point.

    >>> text_of(5.0), text_of(" Date\\u00a0"), text_of(None)
    ('5', 'Date', '')
    """
    if isinstance(cell, str):
        return " ".join(cell.replace("\0", "").split())
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return "" if cell is None else str(cell)


def _raw(member: Member) -> bytes:
    with member.open() as stream:
        blocks, n_bytes = [], 0
        while block := stream.read(1 << 20):
            n_bytes += len(block)
            if n_bytes > LARGEST_BYTES:
                raise UnknownFormat(file=member.name, seen=TOO_LARGE, remedy=SAVE_AS_CSV)
            blocks.append(block)
    raw = b"".join(blocks)
    if raw[:4] == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                n_unpacked = sum(info.file_size for info in archive.infolist())
        except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:  # a version that no zip has
            raise BrokenFile(file=member.name, place=mark("its list of contents"), reason=words_for(error)) from None
        if n_unpacked > LARGEST_BYTES:
            raise UnknownFormat(file=member.name, seen=TOO_LARGE, remedy=SAVE_AS_CSV)
    return raw


def _is_table(book: object, name: str) -> bool:
    """Sheets that are charts or programs have no rows."""
    listed = getattr(book, "sheets_metadata", ())
    return all(str(one.typ).endswith("WorkSheet") for one in listed if one.name == name)
