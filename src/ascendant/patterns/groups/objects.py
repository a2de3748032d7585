"""Acts -> what each of them was done on, trace by trace, as words: an item's id, a page, a row of hashtags, a picture.

Batches have the columns of `store/sql/co_acts.sql` for `ON_ITEMS`, of `co_acts_said.sql` for `IN_OWN_WORDS`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.groups.links import pages

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

TRACES: Final = ("repost", "fast_repost", "link", "text", "hashtags", "image", "reply")
PASSING_ON: Final = ("repost", "fast_repost", "reply")  # done to another's item; the others are in own words
FAST_SECONDS: Final = 60
LEAST_HASHTAGS: Final = 3  # two in a row are a habit of many: a place and a cause, say
_X_ID: Final = "^x:[1-8]?[0-9]{15,18}$"  # of posts since late 2010; they tell the millisecond
_X_BEGINS_MS: Final = 1_288_834_974_657


def passed_on(batch: pa.RecordBatch) -> tuple[Whole, pa.Array]:
    """Acts that pass on another's item, by their places in the batch, and that item."""
    return _items(batch, _is(batch, "repost", "quote"))


def passed_on_fast(batch: pa.RecordBatch) -> tuple[Whole, pa.Array]:
    """The same of reposts at most a minute after the item: no time to read far. The item's time must be known."""
    place, items = _items(batch, _is(batch, "repost") & (_numbers(batch["is_to_the_minute"]) == 0))
    acted, posted = (batch[name].cast(pa.int64()).take(pa.array(place)) for name in ("happened_at", "object_at"))
    number = pc.if_else(pc.match_substring_regex(items, _X_ID), pc.utf8_slice_codeunits(items, 2), None)
    of_id = pc.multiply(pc.add(pc.shift_right(number.cast(pa.int64()), 22), _X_BEGINS_MS), 1000)
    delay = pc.subtract(acted, pc.coalesce(posted, of_id))
    fast = pc.and_(pc.greater_equal(delay, 0), pc.less_equal(delay, FAST_SECONDS * 1_000_000))
    kept = _flags(fast)
    return place[kept], items.filter(pa.array(kept))


def answered(batch: pa.RecordBatch) -> tuple[Whole, pa.Array]:
    """Acts that answer another's item, and that item."""
    return _items(batch, _is(batch, "reply"))


def linked(batch: pa.RecordBatch) -> tuple[Whole, pa.Array]:
    """Acts with a page that they link to in their own words; one with several is there with each."""
    place, links = _flat(batch, "urls")
    page = pages(links)
    kept = _flags(page.is_valid())
    # The link of a quote to what it quotes is the quote itself.
    item = batch["object_id"].take(pa.array(place))
    number = pc.struct_field(pc.extract_regex(item, r":(?P<number>[0-9]{5,})$"), "number")
    shown = pc.struct_field(pc.extract_regex(page, r"/(?:status|posts)/(?P<number>[0-9]{5,})$"), "number")
    kept &= ~_flags(pc.equal(number, shown))
    return place[kept], page.filter(pa.array(kept))


def tagged(batch: pa.RecordBatch) -> tuple[Whole, pa.Array]:
    """Acts with three hashtags or more, and these in their order, parted by blanks."""
    tags = batch["hashtags"]
    place = np.flatnonzero(_flags(pc.greater_equal(pc.list_value_length(tags), LEAST_HASHTAGS)))
    tags = tags.take(pa.array(place)).cast(pa.list_(pa.string()))
    return place, pc.utf8_lower(pc.binary_join(tags, " #"))


def pictured(batch: pa.RecordBatch) -> tuple[Whole, pa.Array]:
    """Acts with a picture of their own, and its fingerprint; one with several is there with each."""
    return _flat(batch, "media_hash")


ON_ITEMS: Final = {"repost": passed_on, "fast_repost": passed_on_fast, "reply": answered}
IN_OWN_WORDS: Final = {"link": linked, "hashtags": tagged, "image": pictured}  # and "text": see `near_texts`


def _items(batch: pa.RecordBatch, wanted: Flags) -> tuple[Whole, pa.Array]:
    items = batch["object_id"]
    place = np.flatnonzero(wanted & _flags(items.is_valid()) & (_numbers(batch["is_own"]) == 0))
    return place, items.take(pa.array(place))


def _flat(batch: pa.RecordBatch, name: str) -> tuple[Whole, pa.Array]:
    lists = batch[name].cast(pa.list_(pa.string()))
    place, values = pc.list_parent_indices(lists).to_numpy(), pc.list_flatten(lists)
    kept = _flags(pc.not_equal(values, ""))
    return place[kept].astype(np.int64), values.filter(pa.array(kept))


def _is(batch: pa.RecordBatch, *verbs: str) -> Flags:
    return _flags(pc.is_in(batch["verb"], pa.array(verbs)))


def _flags(column: pa.Array) -> Flags:
    """Null is no."""
    found: Flags = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return found


def _numbers(column: pa.Array) -> Whole:
    found: Whole = column.to_numpy()
    return found
