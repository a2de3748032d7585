"""The links that acts carry -> how much each says of who moved an act that names nobody.

People copy a link that they saw without naming who posted it. If an act moved by another takes one of that act's links
with the chance c, a candidate that carries the same link is the likelier by c / P0, P0 being how often somebody else
would have carried the link at that moment; one that carries other links is the less likely by 1 - c. Where either
carries no link, links say nothing: many files do not hold them. c is learnt (`infer/learning.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Numbers = NDArray[np.int32]

_PARTS: Final = (  # scheme, name of the user and the doors of a host are no part of a page; nor is what follows #
    r"^(?i:https?://)?(?:[^/?#@]*@)?(?i:www\.|m\.|mobile\.)?(?P<host>[^/?#:]+)(?::[0-9]+)?(?P<path>[^?#]*)"
    r"(?P<query>\?[^#]*)?"
)
_TRACKERS: Final = (  # who passed the link on, not where it leads
    r"(?i)[?&](?:utm_[a-z_]+|at_[a-z_]+|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|igsh|mc_cid|mc_eid|ref_src|"
    r"ref_url|xtor|si)=[^&]*"
)
_HOURS: Final = (48.0, 6.0, 1.0)  # to either side: what is shared by many at once is so for days, or for minutes
_PSEUDO: Final = 10.0  # acts at which what is seen of a few hours weighs as much as what is known of longer
_UNSEEN: Final = 0.5  # acts that each link is thought to have beside those held


@dataclass(frozen=True)
class Links:
    """Links of the acts of a timeline, as numbers: first[N + 1], and ascending within an act."""

    first: Whole
    number: Numbers

    def of(self, acts: Whole) -> Links:
        """The same of these acts, in their order."""
        size = np.diff(self.first)[acts]
        first = np.append(0, np.cumsum(size)).astype(np.int64)
        place = np.arange(first[-1]) + np.repeat(self.first[acts] - first[:-1], size)
        return Links(first, self.number[place])

    def copied(self, acts: Whole, parents: Whole, chance: float, random: np.random.Generator) -> Links:
        """The same where each of these acts, if both carry links, has by that chance one of its parent's instead."""
        size = np.diff(self.first)
        takes = (size[acts] > 0) & (size[parents] > 0) & (random.random(acts.size) < chance)
        nth = (random.random(acts.size) * size[parents]).astype(np.int64)
        acts, place = acts[takes], (self.first[parents] + nth)[takes]
        owner = np.repeat(np.arange(size.size), size)
        stays = np.ones(size.size, bool)
        stays[acts] = False
        kept = stays[owner]
        owner, number = np.append(owner[kept], acts), np.append(self.number[kept], self.number[place])
        order = np.lexsort((number, owner))
        return Links(np.searchsorted(owner[order], np.arange(size.size + 1)), number[order])


@dataclass(frozen=True)
class Telling:
    """Links of acts that name nobody, with 1 / (their chance among others at that moment x links of the act)."""

    first: Whole
    number: Numbers
    lift: NDArray[np.float32]


def no_links(n_acts: int) -> Links:
    """Acts of which no link is known."""
    return Links(np.zeros(n_acts + 1, np.int64), np.zeros(0, np.int32))


def pages(links: pa.Array) -> pa.Array:
    """Links without what tells two roads to one page apart.

    >>> pages(pa.array(["https://www.A.fr/x/?utm_source=b&p=1#c", "http://a.fr/x?p=1", "https://a.fr/X"])).to_pylist()
    ['a.fr/x?p=1', 'a.fr/x?p=1', 'a.fr/X']
    """
    parts = pc.extract_regex(links, _PARTS)
    host, path, query = (pc.fill_null(pc.struct_field(parts, name), "") for name in ("host", "path", "query"))
    query = pc.replace_substring_regex(query, _TRACKERS, "")
    query = pc.replace_substring_regex(query, "^[?&]+", "?")
    query = pc.if_else(pc.equal(query, "?"), "", query)
    page = pc.binary_join_element_wise(pc.utf8_lower(host), pc.utf8_rtrim(path, "/"), query, "")
    return pc.if_else(pc.equal(host, ""), links, page)


def links_of(urls: pa.ChunkedArray) -> Links:
    """A column of lists -> numbers of the pages that they lead to."""
    column = pa.concat_arrays([pa.array([], pa.list_(pa.string())), *urls.cast(pa.list_(pa.string())).chunks])
    coded = pc.dictionary_encode(pc.list_flatten(column))
    if len(coded) == 0:
        return no_links(len(column))
    of_page = pc.dictionary_encode(pages(coded.dictionary)).indices.to_numpy().astype(np.int64)
    code = pc.fill_null(coded.indices.cast(pa.int64()), -1).to_numpy()
    act = pc.list_parent_indices(column).to_numpy().astype(np.int64)[code >= 0]
    n_pages = int(of_page.max(initial=0)) + 1
    key = np.unique(act * n_pages + of_page[code[code >= 0]])
    first = np.searchsorted(key // n_pages, np.arange(len(column) + 1))
    return Links(first, (key % n_pages).astype(np.int32))


def telling(links: Links, is_silent: NDArray[np.bool_], account: Whole, hours: Floats, community: Whole) -> Telling:
    """What links say of acts that name nobody. `community` is each account's; acts are sorted by account and time.

    A link that the account carried before says nothing: it may just repeat itself. How often others carry a link is
    counted in accounts, with the account itself and one more left out, since that may be who moved it; over all the
    time, and in hours around, of everybody and of the community: the highest of these counts, so that what many carry
    at once tells little.
    """
    n = account.size
    owner = np.repeat(np.arange(n), np.diff(links.first))
    n_pages = int(links.number.max(initial=0)) + 1
    earliest = np.unique(account[owner] * n_pages + links.number, return_index=True)[1]
    kept = np.sort(earliest[is_silent[owner[earliest]]])
    owner, page = owner[kept], links.number[kept].astype(np.int64)
    weight = 1.0 / np.bincount(owner, minlength=n)[owner]
    at, of = hours[owner], community[account[owner]]
    n_kinds = np.unique(page).size
    held = np.bincount(page, weight, n_pages)[page]
    chance = (_others(held, weight) + _UNSEEN) / (weight.sum() + _UNSEEN * n_kinds)
    nobody = np.zeros(page.size, np.int64)
    for group, width in ((nobody, _HOURS[0]), *((of, width) for width in _HOURS)):
        near = _others(_around(group * n_pages + page, at, weight, width), weight)
        of_all = _others(_around(group, at, weight, width), weight)
        chance = np.maximum(chance, (near + _PSEUDO * chance) / (of_all + _PSEUDO))
    first = np.searchsorted(owner, np.arange(n + 1))
    return Telling(first, page.astype(np.int32), (weight / np.minimum(chance, 1.0)).astype(np.float32))


def _others(held: Floats, own: Floats) -> Floats:
    found: Floats = np.maximum(held - own - 1.0, 0.0)
    return found


def _around(group: Whole, at: Floats, weight: Floats, width: float) -> Floats:
    """Weight of the same group within so many hours, one's own included."""
    if at.size == 0:
        return np.zeros(0)
    _, group = np.unique(group, return_inverse=True)
    span = float(at.max() - at.min()) + 3 * width + 1.0
    key = group * span + (at - at.min())
    order = np.argsort(key, kind="stable")
    reached = np.append(0.0, np.cumsum(weight[order]))
    key_sorted = key[order]
    high = np.searchsorted(key_sorted, key + width, "right")
    low = np.searchsorted(key_sorted, key - width, "left")
    found: Floats = reached[high] - reached[low]
    return found
