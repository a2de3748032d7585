"""A JSON member of any length -> its records, typed, in bounded memory; a bad record is a `Reject`.

Platforms write arrays with a record on lines of its own, indented: there a record ends where its indentation ends, and
is decoded by msgspec in one go. Anything else is walked by ijson's C parser. Measured by `benchmarks/archives.py
--decoding` on 104 MB of posts, two busy cores: 300 MB and 53 MB per CPU-second, in the memory of a block and a record;
to decode the member whole takes 173 MB per CPU-second and twice the member's size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final, Generic, NamedTuple, TypeVar

import ijson
import msgspec

from ascendant.activity import Reject
from ascendant.errors import MissingLibrary, mark
from ascendant.read.export import Member
from ascendant.read.nesting import MOST_LEVELS, Nesting, TooDeep

LARGEST_ITEM_BYTES: Final = 16 << 20
BLOCK_BYTES: Final = 1 << 20

BROKEN_JSON: Final = mark("not valid JSON")
BAD_UTF8: Final = mark("not valid UTF-8")
TOO_LONG: Final = mark("longer than the limit")
TOO_DEEP: Final = mark("nested too deeply")
WRONG_TYPE: Final = mark("a field has the wrong type")
ENDS_EARLY: Final = mark("the file breaks off here")

_T = TypeVar("_T")
_ASSIGNED: Final = re.compile(rb"\s*[\w.$\"'\[\]]+(?:\s+\w+)?\s*=\s*(?=[\[{])")
_ON_LINES: Final = re.compile(rb"\[([ \t\r\n]*)\{[ \t]*\r?\n")
_CLOSED: Final = re.compile(rb"\}\s*\]$")
_ENDS: Final = b" \t\r\n;"
# An escape of a sign that no text may hold: NUL, and half of a sign that takes two.
_NUL: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
_NUL_TEXT: Final = re.compile(rb"\\u0000").search  # `in` takes twice as long on bytes full of other escapes
_HALF: Final = re.compile(rb"(?<!\\)((?:\\\\)*)(?:(\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F]..)")
_split = msgspec.json.Decoder(list[msgspec.Raw]).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode


class Found(NamedTuple, Generic[_T]):
    """A record: where it stands, what it is, and whether signs that no text may hold were taken out of it."""

    pointer: str
    value: _T
    is_repaired: bool


def json_items(
    member: Member, prefix: str, decoder: msgspec.json.Decoder[_T], *, largest: int = LARGEST_ITEM_BYTES
) -> Iterator[Found[_T] | Reject]:
    """The records under `prefix`, a path as ijson writes it (`item` for the elements of an array).

    `item` are the records of a file that is one array; `comments_v2.item` those in an object's array; `item.a.b.item`
    those of the arrays deep inside each element. A file that is one bare object where an array is expected holds one
    record. What JavaScript puts before and after JSON (`window.YTD.like.part0 = [...];`) is left out. A record on lines
    of its own may have `largest` bytes, any other `LARGEST_ITEM_BYTES`: untyped, it takes ten times its size.

    Raises `BrokenFile` from the loop when the stored data is damaged, `MissingLibrary`.
    """
    with member.open() as stream:
        body = _Body(stream)
        lines = _ON_LINES.match(body.start) if prefix == "item" else None
        if lines is not None:
            indent = lines[1].rpartition(b"\n")[2] if b"\n" in lines[1] else b""
            yield from _on_lines(body, indent, decoder.decode, largest)
        elif body.start:
            if body.start[:1] == b"{" and (prefix == "item" or prefix.startswith("item.")):
                prefix = prefix[5:]
            yield from _walked(body, prefix, decoder.decode)


def decoded(raw: bytes, pointer: str, decode: Callable[[bytes], _T]) -> Found[_T] | Reject:
    """One record, typed.

    >>> decoded(b'["a\\\\ud83d"]', "item 1", msgspec.json.Decoder(list[str]).decode)
    Found(pointer='item 1', value=['a�'], is_repaired=True)
    >>> decoded(b'["a]', "item 1", msgspec.json.Decoder(list[str]).decode).reason
    'not valid JSON'
    """
    try:
        if _NUL_TEXT(raw) is None:
            return Found(pointer, decode(raw), False)
        cleaned = _NUL.sub(rb"\1", raw)
        return Found(pointer, decode(cleaned), len(cleaned) < len(raw))
    except msgspec.ValidationError as error:
        return Reject(pointer, WRONG_TYPE, str(error))
    except UnicodeDecodeError as error:
        return Reject(pointer, BAD_UTF8, error.reason)
    except RecursionError:
        return Reject(pointer, TOO_DEEP)
    except msgspec.DecodeError as error:
        mended = _HALF.sub(_mended, raw)
        if mended != raw:
            found = decoded(mended, pointer, decode)
            return found._replace(is_repaired=True) if isinstance(found, Found) else found
        return Reject(pointer, BROKEN_JSON, str(error))


def _mended(found: re.Match[bytes]) -> bytes:
    return found[0] if found[2] else found[1] + "\ufffd".encode()


def _on_lines(body: _Body, indent: bytes, decode: Callable[[bytes], _T], largest: int) -> Iterator[Found[_T] | Reject]:
    """Records cut where a line of the array's own indentation closes one and another opens."""
    between = re.compile(rb"\n" + re.escape(indent) + rb"\}[ \t\r]*,\s*\{")
    end = 2 + len(indent)  # of the line end, the indentation and the brace
    n_items = n_skipped = 0
    rest = b""
    body.start = body.start[body.start.index(b"{") :]
    # A long record is gathered in larger blocks, or it would be copied with each small one.
    while block := body.read(max(BLOCK_BYTES, min(len(rest), 8 * BLOCK_BYTES))):
        start, seen = 0, max(0, len(rest) - 256)  # a cut may begin in one block and end in the next
        rest += block
        for cut in between.finditer(rest, seen):
            raw = rest[start : cut.start() + end]
            start = cut.end() - 1
            n_items += 1
            found = _limited(raw, n_items, decode, n_skipped, largest)
            n_skipped = 0
            if type(found) is Reject and found.reason == BROKEN_JSON:
                pieces = _pieces(raw, n_items, decode)
                n_items += max(0, len(pieces) - 1)
                yield from pieces or [found]
            else:
                yield found
        rest = rest[start:]
        if n_skipped or len(rest) > largest:
            kept = min(len(rest), 1 << 10)  # a cut may have begun
            n_skipped += len(rest) - kept
            rest = rest[-kept:]
    n_items += 1
    closed = _CLOSED.search(rest, max(0, len(rest) - 4096))
    ends = rest.rstrip()
    if not closed and not n_skipped and ends.endswith(b"]"):  # what came last is no record: a number, null
        pieces = _pieces(ends[:-1], n_items, decode)
        if pieces:
            yield from pieces
            return
    raw = rest[: closed.start() + 1] if closed else rest.rstrip().removesuffix(b",")
    found = _limited(raw, n_items, decode, n_skipped, largest)
    last = [found]
    if type(found) is Reject and found.reason == BROKEN_JSON:
        last = _pieces(raw, n_items, decode) or ([found] if closed else [])
    yield from last
    if not closed:
        yield Reject(f"item {n_items + len(last)}", ENDS_EARLY)


def _limited(
    raw: bytes, number: int, decode: Callable[[bytes], _T], n_skipped: int, largest: int
) -> Found[_T] | Reject:
    """The record between two cuts, of which `n_skipped` bytes were too many to be kept."""
    if n_skipped or len(raw) > largest:
        return Reject(f"item {number}", TOO_LONG, f"{n_skipped + len(raw):,}")
    return decoded(raw, f"item {number}", decode)


def _pieces(raw: bytes, number: int, decode: Callable[[bytes], _T]) -> list[Found[_T] | Reject]:
    """The records between two cuts where there are several, since somebody put some of another style among them."""
    try:
        pieces = _split(b"[" + raw + b"]")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return []
    return [decoded(bytes(piece), f"item {n}", decode) for n, piece in enumerate(pieces, start=number)]


def _walked(body: _Body, prefix: str, decode: Callable[[bytes], _T]) -> Iterator[Found[_T] | Reject]:
    """Records as ijson meets them, as JSON again, so that each is typed in one way only."""
    watched = _Watched(body)
    elements: Iterator[Any] = _parser().items(watched, prefix, buf_size=BLOCK_BYTES // 4)
    number = 0
    while True:
        number += 1
        pointer = f"item {number}"
        watched.n_since = 0
        try:
            raw = _encode(next(elements))
        except StopIteration:
            return
        except _TooLong:
            yield Reject(pointer, TOO_LONG, f"{watched.n_since:,}")
            return
        except TooDeep:
            yield Reject(pointer, TOO_DEEP)
            return
        except (ijson.JSONError, UnicodeDecodeError) as error:
            yield Reject(pointer, ENDS_EARLY if watched.is_ended else _reason(error))
            return
        except (UnicodeEncodeError, ValueError, OverflowError):
            yield Reject(pointer, BROKEN_JSON)
        except RecursionError:
            yield Reject(pointer, TOO_DEEP)
        else:
            yield decoded(raw, pointer, decode)


def _reason(error: Exception) -> str:
    """The parser's words show the text around the fault: only their kind is told."""
    return BAD_UTF8 if isinstance(error, UnicodeDecodeError) or "UTF8" in str(error) else BROKEN_JSON


def _parser() -> Any:
    try:
        return ijson.get_backend("yajl2_c")
    except ImportError:
        # The pure Python parser takes fifty times as long, and an archive of 1 GB an hour.
        raise MissingLibrary(library="ijson (yajl2_c)", command="pip install --force-reinstall ijson") from None


class _TooLong(Exception):
    """More was read for one record than one may hold."""


class _Watched:
    """Blocks for the parser, as long as one record takes no more than it may."""

    def __init__(self, body: _Body) -> None:
        self._body, self._nesting = body, Nesting()
        self.n_since = 0  # bytes given since the last record
        self.is_ended = False

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, or a few more. Raises `_TooLong`, `TooDeep`."""
        if self.n_since > LARGEST_ITEM_BYTES:
            raise _TooLong
        block = self._body.read(size)
        if self._nesting.deepest(block) > MOST_LEVELS:
            raise TooDeep
        self.n_since += len(block)
        self.is_ended = not block
        return block


class _Body:
    """The JSON of a stream: without a byte-order mark, an assignment before it, or a semicolon after it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._ended = stream, b""
        block = self._stream.read(BLOCK_BYTES).removeprefix(b"\xef\xbb\xbf")
        while block.isspace():
            block = self._stream.read(BLOCK_BYTES)
        assigned = _ASSIGNED.match(block[:1024])
        self.start = block[assigned.end() :] if assigned else block.lstrip()  # the first block, until it is read

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, or a few more; none at the end."""
        while size:
            block = self.start[:size] if size > 0 else self.start
            self.start = self.start[len(block) :]
            block = block or self._stream.read(size)
            if not block:
                break
            # What may be the end is held until more follows.
            block = self._ended + block
            kept = block.rstrip(_ENDS)
            if kept or len(block) > BLOCK_BYTES:
                self._ended = block[len(kept) :] if kept else b""
                return kept or block
            self._ended = block
        return b""
