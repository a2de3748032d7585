"""A zip's list of contents, checked before anything is unpacked -> its members.

A list that no honest archive could have is refused whole: nobody knows what else is wrong with such a file. A zip that
lies unpacked inside another is read where it lies; one that is packed inside another is laid out once, in a file
without a name that is gone with it.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from typing import BinaryIO, Final

from ascendant.errors import BrokenFile, ProtectedFile, UnknownPacking, UnsafeFile, mark
from ascendant.read.streams import DAMAGED, TOO_SHORT, Damage
from ascendant.read.unpacking import BZIP2, DEFLATED, LOCAL, STORED, Packed, Spool, Stretch

# X splits at 50 GB, and a member of an archive is rarely beyond some hundred thousand. All limits are far above that.
MOST_MEMBERS: Final = 300_000
MOST_LIST_BYTES: Final = 64 << 20
MOST_BYTES: Final = 1 << 42
MOST_SPOOLED_BYTES: Final = 8 << 30
# Posts in JSON pack 5 to 25 times; a bomb needs hundreds, since Deflate allows 1032 at most.
MOST_RATIO: Final = 200
_NO_BOMB_BYTES: Final = 512 << 20  # below this, even the best packed member does no harm

LIST: Final = mark("its list of contents, which stands at its end")
LEADS_OUT: Final = mark("the path of a member leads out of it")
A_LINK: Final = mark("a member is a link to another file")
TWICE: Final = mark("two members have the same name")
OVERLAP: Final = mark("its members lie one over the other")
TOO_MANY: Final = mark("it lists more members than any archive has")
A_BOMB: Final = mark("it unpacks to hundreds of times its size")
TOO_BIG: Final = mark("it says to hold more than any disk does")
TOO_BIG_INSIDE: Final = mark("a zip inside it is too large to be unpacked on the way; unpack the outer one first")

_METHODS: Final = {9: "Deflate64", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_DRIVE: Final = re.compile(r"[A-Za-z]:(/|$)")
_BAD_LIST: Final = (zipfile.BadZipFile, struct.error, ValueError, OverflowError, EOFError, UnicodeDecodeError)


def contents(zipped: Stretch, label: str) -> list[Packed]:
    """The files that a zip lists, in the order of their names.

    Raises `UnsafeFile` when the list cannot be of an honest archive, `ProtectedFile`, `UnknownPacking`, or `BrokenFile`
    when there is no list, since a download broke off.
    """
    try:
        with zipped.open() as stream:
            if _list_bytes(stream, zipped.size) > MOST_LIST_BYTES:
                raise UnsafeFile(file=label, reason=TOO_MANY)
            with zipfile.ZipFile(stream) as archive:
                infos = archive.infolist()
    except NotImplementedError as error:  # made by a program that is newer than Python's own
        raise UnknownPacking(file=label, method=str(error)) from None
    except Damage as damage:
        raise BrokenFile(file=label, place=LIST, reason=damage.reason) from None
    except _BAD_LIST:
        raise BrokenFile(file=label, place=LIST, reason=DAMAGED) from None
    if len(infos) > MOST_MEMBERS:
        raise UnsafeFile(file=label, reason=TOO_MANY)
    found = [_packed(zipped, info, label) for info in infos]
    _check(found, infos, zipped, label)
    return sorted((one for one, info in zip(found, infos, strict=True) if not info.is_dir()), key=lambda one: one.name)


def inner(packed: Packed, label: str) -> Stretch:
    """A zip inside a zip, as a stretch of bytes that can be read anywhere. Raises `UnsafeFile` or `BrokenFile`."""
    try:
        if packed.method == STORED:
            return packed.stretch()
        if packed.size > MOST_SPOOLED_BYTES:
            raise UnsafeFile(file=label, reason=TOO_BIG_INSIDE)
        spool = Spool()
        with packed.open() as stream:
            return Stretch(spool, 0, spool.fill(stream))
    except Damage as damage:
        raise BrokenFile(file=label, place=packed.name, reason=damage.reason) from None


def begins_as_zip(head: bytes) -> bool:
    """Whether the first bytes are those of a zip, be it an empty one.

    >>> begins_as_zip(b"PK\\x03\\x04..."), begins_as_zip(b"actor,verb")
    (True, False)
    """
    return head[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def _list_bytes(stream: BinaryIO, size: int) -> int:
    """How long the list of contents says to be, before anything of it is read into memory."""
    start = max(0, size - _END.size - 0xFFFF)
    stream.seek(start)
    tail = stream.read(size - start)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise Damage(TOO_SHORT)
    n_bytes = int(_END.unpack_from(tail, place)[5])
    locator = place - 20
    if n_bytes != 0xFFFFFFFF or locator < 0 or tail[locator : locator + 4] != b"PK\x06\x07":
        return n_bytes
    # The record of a zip beyond 4 GB stands right before its locator, unless a comment of its own makes it longer.
    before = tail.rfind(b"PK\x06\x06", 0, locator)
    if before < 0 or locator - before < _END_64.size:
        raise Damage(DAMAGED)
    return int(_END_64.unpack_from(tail, before)[8])


def _packed(zipped: Stretch, info: zipfile.ZipInfo, label: str) -> Packed:
    if info.flag_bits & 0x41:
        raise ProtectedFile(file=label)
    if info.compress_type not in (STORED, DEFLATED, BZIP2):
        raise UnknownPacking(file=label, method=_METHODS.get(info.compress_type, str(info.compress_type)))
    return Packed(
        zipped=zipped,
        name=_name(info, label),
        start=info.header_offset,
        n_packed=info.compress_size,
        size=info.file_size,
        method=info.compress_type,
        checksum=info.CRC,
    )


def _name(info: zipfile.ZipInfo, label: str) -> str:
    """A member's path, with `/` between its parts. Programs that forget to say so write UTF-8 as well."""
    name = info.orig_filename
    if not info.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    name = name.replace("\\", "/")
    if not name.strip("./") or name.startswith("/") or "/../" in f"/{name}/" or "\0" in name or _DRIVE.match(name):
        raise UnsafeFile(file=label, reason=LEADS_OUT)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnsafeFile(file=label, reason=A_LINK)
    return name


def _check(found: list[Packed], infos: list[zipfile.ZipInfo], zipped: Stretch, label: str) -> None:
    """Declared sizes and places, against what an honest zip of this size can hold."""
    names = {one.name for one, info in zip(found, infos, strict=True) if not info.is_dir()}
    if len(names) < sum(not info.is_dir() for info in infos):
        raise UnsafeFile(file=label, reason=TWICE)
    total = sum(one.size for one in found)
    if total > MOST_BYTES:
        raise UnsafeFile(file=label, reason=TOO_BIG)
    if total > _NO_BOMB_BYTES and total > MOST_RATIO * zipped.size:
        raise UnsafeFile(file=label, reason=A_BOMB)
    end = 0
    for one in sorted(found, key=lambda one: one.start):
        if one.size > _NO_BOMB_BYTES and one.size > MOST_RATIO * one.n_packed:
            raise UnsafeFile(file=label, reason=A_BOMB)
        if one.start < end:
            raise UnsafeFile(file=label, reason=OVERLAP)
        end = one.start + LOCAL.size + one.n_packed  # at least: name and extra field come between
    if end > zipped.size:
        raise BrokenFile(file=label, place=LIST, reason=DAMAGED)
