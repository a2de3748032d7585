"""Links as posts carry them -> one name for each page, however it was reached; null for what is no evidence.

Two accounts that share one page do so by many roads: with and without `www.`, from the telephone, with marks that say
who passed it on, in another order of its parameters. Nothing is asked of the network: shortened links stay short.
A site's front page is no evidence: whoever names a newspaper links to it.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote_to_bytes

import pyarrow as pa
import pyarrow.compute as pc

_PARTS: Final = (
    r"^\s*(?i:https?:)?(?://)?(?:[^/?#@\s]*@)?(?i:(?:www|m|mobile|amp|touch|l)\.)*(?P<host>[^/?#:\s]+\.[^/?#:\s.]+)\.?"
    r"(?P<door>:[0-9]+)?(?P<path>/[^?#\s]*)?(?P<query>\?[^#\s]*)?(?:#.*)?\s*$"
)
_TRACKERS: Final = (  # who passed the link on, and by which road; not where it leads
    r"(?i)[?&](?:utm_[a-z_]+|at_[a-z_]+|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|twclid|ttclid|yclid|li_fat_id|"
    r"igshid|igsh|mc_cid|mc_eid|mkt_tok|_hs(?:enc|mi)|__twitter_impression|ref_src|ref_url|cmpid|cmp|xtor|si|smid|"
    r"s_cid|ns_[a-z_]+|feature|share|shared|__tn__|__xts__(?:%5b|\[)[^=]*|__cft__(?:%5b|\[)[^=]*|mibextid|amp|outputtype)"
    r"(?:=[^&]*)?(&|$)"
)
_VIDEO: Final = r"^(?:youtu\.be/|youtube(?:-nocookie)?\.com/(?:(?:shorts|live|embed|v)/|watch/?\?(?:[^#]*&)?v=))"
_VIDEO_ID: Final = _VIDEO + r"(?P<video>[A-Za-z0-9_-]{6,})(?:[/?&].*)?$"
_POST: Final = r"^(?:x|twitter)\.com/(?:[^/]+/)+status(?:es)?/(?P<post>[0-9]+)(?:[/?].*)?$"
# A front page, if need be in a language.
_FRONT: Final = r"^[^/?]+/?(?:(?i:[a-z]{2}(?:[-_][a-z]{2})?|home|index\.[a-z]+))?/?$"
_PLAIN: Final = "/:@!$'()*,;=~+"  # signs that may stand as they are
_RESERVED: Final = re.compile("(%(?i:2f|3f|23|26|3d|2b|25))")


def pages(links: pa.Array) -> pa.Array:
    """The page that each link leads to; null where it is a front page or no link of the web.

    >>> pages(pa.array(["https://www.A.fr/x/?utm_source=b&q=2&p=1#c", "http://m.a.fr:80/x?p=1&q=2"])).to_pylist()
    ['a.fr/x?p=1&q=2', 'a.fr/x?p=1&q=2']
    >>> pages(pa.array(["https://youtu.be/abcdefg?si=1", "https://a.fr/?fbclid=2", "mailto:b@a.fr", None])).to_pylist()
    ['youtube.com/watch?v=abcdefg', None, None, None]
    """
    if len(links) == 0:
        return links
    parts = pc.extract_regex(links.cast(pa.string()), _PARTS)
    host, door, path, query = (pc.fill_null(pc.struct_field(parts, n), "") for n in ("host", "door", "path", "query"))
    host = pc.replace_substring_regex(pc.utf8_lower(host), r"\.m\.wikipedia\.org$", ".wikipedia.org")
    door = pc.if_else(pc.is_in(door, pa.array([":80", ":443"])), "", door)
    path = pc.replace_substring_regex(path, r"(?:/+(?:amp|index\.(?:html?|php)))*/*$", "")
    query = _without_trackers(query)
    page = pc.binary_join_element_wise(host, door, path, query, "")
    page = _put_in_order(page)
    page = pc.if_else(pc.match_substring_regex(page, _POST), _rebuilt(page, _POST, "post", "x.com/status/"), page)
    page = pc.if_else(
        pc.match_substring_regex(page, _VIDEO_ID), _rebuilt(page, _VIDEO_ID, "video", "youtube.com/watch?v="), page
    )
    is_none = pc.or_(pc.equal(host, ""), pc.match_substring_regex(page, _FRONT))
    return pc.if_else(pc.fill_null(is_none, True), pa.scalar(None, pa.string()), page)


def _without_trackers(query: pa.Array) -> pa.Array:
    """What follows "?" without trackers; each replacement keeps the sign before what comes next."""
    query = pc.replace_substring(query, "&amp;", "&")
    while pc.any(pc.match_substring_regex(query, _TRACKERS)).as_py():
        query = pc.replace_substring_regex(query, _TRACKERS, r"&\1")
    query = pc.replace_substring_regex(query, "&&+", "&")
    query = pc.replace_substring_regex(query, "^[?&]+", "?")
    return pc.replace_substring_regex(query, "[?&]+$", "")


def _put_in_order(page: pa.Array) -> pa.Array:
    """Parameters by name and written signs in one way, where there are any: few links have them."""
    is_mixed = pc.match_substring_regex(page, r"[%&]|[^\x00-\x7f]")
    places = pc.indices_nonzero(is_mixed)
    if len(places) == 0:
        return page
    ordered = pa.array([_ordered(one) for one in page.take(places).to_pylist()], pa.string())
    return pc.replace_with_mask(page, is_mixed, ordered)


def _ordered(page: str) -> str:
    """One page with its parameters in order.

    >>> _ordered("a.fr/%c3%a9t%C3%A9?b=1&a=%7e"), _ordered("a.fr/été?a=~&b=1")
    ('a.fr/%C3%A9t%C3%A9?a=~&b=1', 'a.fr/%C3%A9t%C3%A9?a=~&b=1')
    """
    path, sign, query = page.partition("?")
    parameters = sorted(_written(one) for one in query.split("&")) if sign else []
    return _written(path) + sign + "&".join(parameters)


def _written(part: str) -> str:
    """Letters as they are sent: what needs no percent sign without it, all else with it and in capitals."""
    pieces = _RESERVED.split(part)  # an escaped sign that parts an address is not that sign
    return "".join(
        piece.upper() if place % 2 else quote(unquote_to_bytes(piece), safe=_PLAIN)
        for place, piece in enumerate(pieces)
    )


def _rebuilt(page: pa.Array, pattern: str, name: str, before: str) -> pa.Array:
    found = pc.struct_field(pc.extract_regex(page, pattern), name)
    return pc.binary_join_element_wise(pa.scalar(before), pc.fill_null(found, ""), "")
