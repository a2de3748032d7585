import io

from hypothesis import given
from hypothesis import strategies as st

from ascendant.read import lines as module
from ascendant.read.lines import LongLine, numbered_lines

texts = st.lists(st.binary(max_size=12).map(lambda line: line.replace(b"\n", b"")), max_size=12)


class Drip(io.RawIOBase):
    """Gives a few bytes at a time, as a slow or compressed stream does."""

    def __init__(self, content: bytes, step: int) -> None:
        self._stream, self._step = io.BytesIO(content), step

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(min(self._step, size) if size > 0 else self._step)


@given(texts, st.integers(1, 9), st.sampled_from([b"\n", b"\r\n"]), st.booleans(), st.booleans())
def test_lines_and_numbers_are_the_same_however_the_bytes_arrive(content, step, end, has_mark, has_last_end):
    whole = end.join(content) + (end if has_last_end else b"")
    whole = (b"\xef\xbb\xbf" if has_mark else b"") + whole
    expected = []
    for number, line in enumerate(whole.split(b"\n"), start=1):
        plain = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if plain.strip():
            expected.append((number, plain.strip()))
    assert list(numbered_lines(Drip(whole, step))) == expected
    assert list(numbered_lines(io.BytesIO(whole))) == expected


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(1, 9))
def test_a_line_beyond_the_limit_keeps_its_number_and_length_and_the_next_is_read(lengths, step):
    limit = 20
    found = list(numbered_lines(Drip(b"\n".join(b"x" * n for n in lengths), step), limit))
    assert [number for number, _ in found] == [number for number, n in enumerate(lengths, 1) if n]
    for number, line in found:
        n = lengths[number - 1]
        if isinstance(line, LongLine):
            assert n > limit
            assert line.n_bytes == n
        else:
            # A line is only cut off between two blocks, so that one may pass by less than a block.
            assert len(line) == n <= limit + step


def test_a_line_of_50_megabytes_is_not_kept_in_memory():
    class Endless(io.RawIOBase):
        n_left = 50

        def read(self, size=-1):
            self.n_left -= 1
            return b"x" * module.BLOCK_BYTES if self.n_left >= 0 else b"\nnext" if self.n_left == -1 else b""

    (first, long), (second, line) = numbered_lines(Endless())
    assert (first, long.n_bytes) == (1, 50 * module.BLOCK_BYTES)
    assert (second, line) == (2, b"next")
