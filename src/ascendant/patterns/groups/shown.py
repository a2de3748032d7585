"""Rows and objects of traces -> ids of acts and words to show: asked again, and only for what is shown."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.infer.named import roots
from ascendant.patterns.groups.objects import IN_OWN_WORDS, TRACES
from ascendant.patterns.groups.strings import hashes_of
from ascendant.patterns.groups.traces import Questions, Traces

Whole = NDArray[np.int64]


def act_ids(questions: Questions, rows: Whole) -> list[str]:
    """The ids of the acts of these rows, in their order."""
    ids: list[str] = _asked(questions, rows)["act_id"].to_pylist()
    return ids


def author_ids(questions: Questions, rows: Whole) -> list[str | None]:
    """Who wrote the items that these acts pass on or answer, in their order; None where unknown."""
    ids: list[str | None] = _asked(questions, rows)["author_id"].to_pylist()
    return ids


def object_words(questions: Questions, traces: Traces, objects: Whole) -> list[str]:
    """What to show for these objects: an item's id, a page, the words of the first such text, a row of hashtags with
    their signs, a picture's fingerprint."""
    first = np.searchsorted(traces.object, objects)
    acts = _asked(questions, traces.row[first])
    trace = traces.trace[first]
    words = np.full(len(objects), None, object)
    for number, name in enumerate(TRACES):
        here = np.flatnonzero(trace == number)
        if here.size == 0:
            continue
        part = acts.take(pa.array(here)).combine_chunks().to_batches()[0]
        if name == "text":
            words[here] = [" ".join(text.split()) for text in part["text"].to_pylist()]
            continue
        if name not in IN_OWN_WORDS:
            words[here] = part["object_id"].to_pylist()
            continue
        place, values = IN_OWN_WORDS[name](part)
        is_it = hashes_of(values) == traces.object_hash[objects[here[place]]]
        sign = "#" if name == "hashtags" else ""
        words[here[place[is_it]]] = [sign + value for value in values.filter(pa.array(is_it)).to_pylist()]
    return [str(one) for one in words]


def _asked(questions: Questions, rows: Whole) -> pa.Table:
    """The answer of `co_acts_shown` for each of these rows, in their order."""
    wanted = pa.table({"place": pa.array(np.unique(rows), pa.int64())})
    acts = questions.ask("co_acts_shown", wanted=wanted, root=roots(questions))
    return acts.take(pc.index_in(pa.array(rows, pa.int64()), acts["place"].combine_chunks()))
