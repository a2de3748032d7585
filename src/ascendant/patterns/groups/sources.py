"""Acts of groups -> how much of what each does together comes from one source: an author's items, a site's pages."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.groups.shown import author_ids, object_words
from ascendant.patterns.groups.traces import Questions, Traces

Whole = NDArray[np.int64]

_OF_AUTHORS: Final = frozenset({"repost", "fast_repost", "reply"})


def shares_of_one_source(
    questions: Questions, traces: Traces, places: Whole, group: NDArray[np.int32]
) -> dict[int, float]:
    """Of each group the largest share of its objects that come from one author or site.

    `places` in the traces of the acts in which members met, and the group of each. A text, a picture or a row of
    hashtags is a source of its own, and so is an item whose author is unknown.
    """
    numbers = traces.object[places]
    first = np.unique(np.stack([group.astype(np.int64), numbers]), axis=1, return_index=True)[1]
    places, group, numbers = places[first], group[first], numbers[first]
    names = np.array(TRACES)[traces.trace[places]]
    sources = np.array([f"{name} {number}" for name, number in zip(names, numbers, strict=True)], object)
    of_author = np.flatnonzero(np.isin(names, sorted(_OF_AUTHORS)))
    if of_author.size:
        authors = author_ids(questions, traces.row[places[of_author]])
        known = np.array([author is not None for author in authors])
        sources[of_author[known]] = [f"by {author}" for author in authors if author is not None]
    link = np.flatnonzero(names == "link")
    if link.size:
        sources[link] = [word.split("/", 1)[0] for word in object_words(questions, traces, numbers[link])]
    found: dict[int, Counter[str]] = {}
    for number, source in zip(group.tolist(), sources.tolist(), strict=True):
        found.setdefault(number, Counter())[source] += 1
    return {number: counted.most_common(1)[0][1] / counted.total() for number, counted in found.items()}
