"""Activity -> traces: who acted on what, and when. Groups are found in what accounts act on together.

Seven traces, each of them what one account can be seen to do like another:
  repost       the same item passed on, with or without a word of one's own (repost, quote)
  fast_repost  the same item passed on as it stands within a minute after it was posted
  link         the same page in one's own words, by whatever road it is linked to
  text         nearly the same words, short ones apart
  hashtags     the same three or more hashtags in the same order
  image        the same picture
  reply        an answer to the same item
What a repost carries is the original's: it counts as a repost, and not as a link, a text and a row of hashtags too.
Acts on one's own items are left out. Of an account that does the same again the first time counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat
from ascendant.infer.named import roots
from ascendant.patterns.groups.limits import LEFT_OUT, NOTHING_SHARED, ONE_TRACE
from ascendant.patterns.groups.near_texts import NearTexts
from ascendant.patterns.groups.objects import IN_OWN_WORDS, ON_ITEMS, TRACES
from ascendant.patterns.groups.strings import hashes_of

Whole = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_BATCH: Final = 1 << 16  # acts that are looked at together
_SPAN: Final = 1 << 18  # acts between two times: what is said is asked for span by span

_NO_HASH, _NO_ROW = np.zeros(0, np.uint64), np.zeros(0, np.int64)


class Questions(Protocol):
    """What a study can be asked; `ascendant.store` gives one."""

    def ask(self, name: str, /, **tables: pa.Table) -> pa.Table:
        """The answer of `store/sql/<name>.sql`; `tables` are relations of those names while it runs."""
        ...

    def stream(self, name: str, rows: int, /, **tables: pa.Table) -> Iterator[pa.RecordBatch]:
        """The same in batches."""
        ...


@dataclass(frozen=True)
class Traces:
    """N acts on objects: one for each account, object and trace, sorted by (trace, object, time, account).

    An object that one account alone acted on is here too: it tells how much that account does.
    """

    names: tuple[str, ...]  # of TRACES, those that the study has
    account_ids: pa.Array  # ascending
    trace: NDArray[np.int8]  # place in TRACES
    account: NDArray[np.int32]  # place in account_ids
    object: Whole  # 0..; the objects of one trace stand together
    at: Whole  # microseconds since 1970, UTC
    row: Whole  # of the act, for `act_ids`
    is_to_the_minute: NDArray[np.bool_]  # of the time no more is known: no window below ten minutes holds it
    object_hash: Hashes  # of each object, for `shown.object_words`
    caveats: tuple[Caveat, ...]


def find_traces(questions: Questions) -> Traces:
    """All traces of a study. The same whatever the order of its rows."""
    acts = _acted(questions)
    pieces = acts.pieces
    repeats = _said(questions, acts)
    columns: dict[str, list[Whole]] = {"object": [], "row": []}
    hashes: list[Hashes] = []
    sizes, n_objects = [], 0
    for name in TRACES:
        found, row = (np.concatenate(column) for column in zip((_NO_HASH, _NO_ROW), *pieces.pop(name), strict=True))
        if name == "text":
            found, row = _led(found, row, *repeats)
        number, code = np.unique(found, return_inverse=True)
        code, row = _first_of_each(code + n_objects, row, acts)
        n_objects += number.size
        columns["object"].append(code)
        columns["row"].append(row)
        hashes.append(number)
        sizes.append(row.size)
    row = np.concatenate(columns["row"])
    names = tuple(name for name, size in zip(TRACES, sizes, strict=True) if size)
    return Traces(
        names=names,
        account_ids=acts.account_ids,
        trace=np.repeat(np.arange(len(TRACES), dtype=np.int8), sizes),
        account=acts.account[row],
        object=np.concatenate(columns["object"]),
        at=acts.at[row],
        row=row,
        is_to_the_minute=acts.is_to_the_minute[row],
        object_hash=np.concatenate(hashes),
        caveats=_caveats(questions.ask("co_acts_left_out").to_pylist()[0], acts.at.size, names),
    )


@dataclass(frozen=True)
class _Acts:
    """Who acted and when: an act's place is its row. What was acted on, by trace, as it is found."""

    account_ids: pa.Array
    account: NDArray[np.int32]
    at: Whole
    is_to_the_minute: NDArray[np.bool_]
    said: Whole  # rows of acts in words of one's own
    pieces: dict[str, list[tuple[Hashes, Whole]]]  # numbers of objects, and rows


def _acted(questions: Questions) -> _Acts:
    """Acts, and of these what tells the item that they name."""
    actors, at, coarse, said = [], [_NO_ROW], [np.zeros(0, np.bool_)], [_NO_ROW]
    pieces: dict[str, list[tuple[Hashes, Whole]]] = {name: [] for name in TRACES}
    n = 0
    for part in _parts(questions.stream("co_acts", _BATCH, root=roots(questions))):
        for name, objects in ON_ITEMS.items():
            place, words = objects(part)
            pieces[name].append((hashes_of(words), place + n))
        actors.append(part["actor_id"].cast(pa.string()).dictionary_encode())
        at.append(part["happened_at"].cast(pa.int64()).to_numpy())
        coarse.append(part["is_to_the_minute"].to_numpy() == 1)
        said.append(n + np.flatnonzero(pc.not_equal(part["verb"], "repost").to_numpy(zero_copy_only=False)))
        n += part.num_rows
    account_ids, account = _accounts(actors)
    return _Acts(account_ids, account, np.concatenate(at), np.concatenate(coarse), np.concatenate(said), pieces)


def _accounts(actors: list[pa.Array]) -> tuple[pa.Array, NDArray[np.int32]]:
    """All accounts, ascending, and the place of each act's among them."""
    if not actors:
        return pa.array([], pa.string()), np.zeros(0, np.int32)
    column = pa.chunked_array(actors).unify_dictionaries()
    ids = column.chunk(0).dictionary
    order = pc.sort_indices(ids).to_numpy()
    rank = np.empty(order.size, np.int32)
    rank[order] = np.arange(order.size)
    return ids.take(pa.array(order)), rank[np.concatenate([chunk.indices.to_numpy() for chunk in column.chunks])]


def _said(questions: Questions, acts: _Acts) -> tuple[Hashes, Hashes]:
    """What was said in own words is added to the pieces; texts that nearly repeat another, and these others."""
    texts, n = NearTexts(), 0
    # Sorted at once, two million texts take 2 GB more.
    cuts = np.unique(acts.at[::_SPAN])
    for since, until in zip(cuts, np.append(cuts[1:], acts.at[-1:] + 1), strict=True):
        ends = [pa.array([end], pa.int64()).cast(pa.timestamp("us", tz="UTC")) for end in (since, until)]
        span = pa.table(ends, names=["since_at", "until_at"])
        for part in _parts(questions.stream("co_acts_said", _BATCH, span=span)):
            row = acts.said[n : n + part.num_rows]
            for name, objects in IN_OWN_WORDS.items():
                place, words = objects(part)
                acts.pieces[name].append((hashes_of(words), row[place]))
            found = texts.add(part["text"])
            acts.pieces["text"].append((found[found > 0], row[found > 0]))
            n += part.num_rows
    return texts.leaders()


def _parts(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in batches that are bounded, and none that is empty."""
    for batch in batches:
        for start in range(0, batch.num_rows, _BATCH):
            yield batch.slice(start, _BATCH)


def _led(found: Hashes, row: Whole, repeats: Hashes, leaders: Hashes) -> tuple[Hashes, Whole]:
    """Texts that nearly repeat another under the number of that one."""
    if repeats.size:
        place = np.minimum(np.searchsorted(repeats, found), repeats.size - 1)
        found = np.where(repeats[place] == found, leaders[place], found)
    return found, row


def _first_of_each(code: Whole, row: Whole, acts: _Acts) -> tuple[Whole, Whole]:
    """Of each account on each object the first act, in the order of (object, time, account)."""
    who = acts.account[row].astype(np.int64)
    order = np.lexsort((row, who, code))  # rows are in the order of time
    code, who, row = code[order], who[order], row[order]
    is_first = np.ones(code.size, np.bool_)
    is_first[1:] = (code[1:] != code[:-1]) | (who[1:] != who[:-1])
    code, who, row = code[is_first], who[is_first], row[is_first]
    order = np.lexsort((who, acts.at[row], code))
    return code[order], row[order]


def _caveats(left_out: dict[str, int], n_rows: int, names: tuple[str, ...]) -> tuple[Caveat, ...]:
    found = [Caveat(template, {"n": left_out[key]}) for key, template in LEFT_OUT.items() if left_out[key]]
    if n_rows and not names:
        found.append(Caveat(NOTHING_SHARED))
    elif len(names) == 1:
        found.append(Caveat(ONE_TRACE))
    return tuple(found)
