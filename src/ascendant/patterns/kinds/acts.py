"""Acts of accounts -> the layers `posts` and `behaviour`: shares of what they did, and what each share says.

A share of few acts says little: it is drawn towards the usual share as if `_EVENED` more acts had been seen, and an
account with fewer than `FEWEST` of its own posts gets no term of the layer `posts`.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import tldextract

from ascendant.patterns.kinds.terms import Floats, Terms, Whole, term, together
from ascendant.patterns.kinds.weights import Finding, findings, patterns
from ascendant.store.duckdb import Questions

FEWEST: Final = 20
_EVENED: Final = 10.0
_MEASURES: Final = ("promotion", "mobilisation", "service", "reporting", "first_person")
_COUNTS: Final = ("n_acts", "n_own", "n_reposts", "n_replies", "n_own_site", "n_timed", "n_on_quarter")
_BATCH: Final = 100_000
# They host the pages of everybody.
_HOSTS: Final = frozenset(
    "facebook.com twitter.com x.com t.co instagram.com youtube.com youtu.be linkedin.com tiktok.com linktr.ee"
    " medium.com substack.com wordpress.com blogspot.com tumblr.com github.com google.com bit.ly wa.me t.me".split()
)
_REGISTERED: Final = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def act_layers(questions: Questions, accounts: pa.Table) -> dict[str, Terms]:
    """Terms of `posts` and `behaviour` of the accounts (`account_id`, `url`), places as in that table."""
    counts = _counts(questions, accounts) | _words(questions, accounts["account_id"])
    found: dict[str, list[Terms]] = {"posts": [], "behaviour": []}
    for finding in findings():
        found[finding.layer].append(_term(finding, counts))
    return {layer: together(parts) for layer, parts in found.items()}


def own_hosts(urls: list[str | None]) -> list[str | None]:
    """The registered domain of each account's own link; None for none, and for sites that host everybody's pages.

    >>> own_hosts(["https://www.shop.montclar.example/a", "https://linktr.ee/ann", None, "no link"])
    ['montclar.example', None, None, None]
    """
    hosts: list[str | None] = []
    for url in urls:
        parts = _REGISTERED(url or "")
        # An ending that is not on the list of public ones (`.example`) is taken for one.
        host = parts.top_domain_under_public_suffix or ".".join(_labels(url))
        hosts.append(host if "." in host and host not in _HOSTS else None)
    return hosts


def _labels(url: str | None) -> list[str]:
    """The last two labels of a link's host."""
    host = re.match(r"https?://(?:[^/?#@]*@)?([^/?#:]+)", (url or "").lower())
    return host[1].split(".")[-2:] if host else []


def _counts(questions: Questions, accounts: pa.Table) -> dict[str, Whole]:
    hosts = pa.array(own_hosts(accounts["url"].to_pylist()), pa.string())
    wanted = pa.table({"account_id": accounts["account_id"], "host": hosts})
    answer = questions.ask("kind_acts", wanted=wanted)
    place = pc.index_in(answer["account_id"], accounts["account_id"].combine_chunks()).to_numpy()
    found = {}
    for name in _COUNTS:
        found[name] = np.zeros(accounts.num_rows, np.int64)
        found[name][place] = answer[name].to_numpy()
    return found


def _words(questions: Questions, account_ids: pa.ChunkedArray) -> dict[str, Whole]:
    """How many posts of each account were read in a language with a list of words, and in how many such words stand."""
    found = {f"n_{name}": np.zeros(len(account_ids), np.int64) for name in ("read", *_MEASURES)}
    known = account_ids.combine_chunks()
    for batch in questions.stream("kind_texts", _BATCH, wanted=pa.table({"account_id": account_ids})):
        rows = pa.Table.from_batches([batch])
        place = pc.index_in(rows["account_id"], known).to_numpy(zero_copy_only=False)
        words, lang = plain(rows["text"]), pc.utf8_slice_codeunits(pc.utf8_lower(rows["lang"]), 0, 2)
        is_told = pc.is_valid(lang)
        is_read = np.zeros(rows.num_rows, bool)
        has = {name: np.zeros(rows.num_rows, bool) for name in _MEASURES}
        for language, measures in patterns().items():
            spoken = pc.if_else(is_told, pc.equal(lang, language), True)
            chosen = np.flatnonzero(pc.fill_null(spoken, True).to_numpy())
            is_read[chosen] = True
            of_language = words.take(pa.array(chosen))
            for name, pattern in measures.items():
                has[name][chosen] |= pc.match_substring_regex(of_language, pattern).to_numpy()
        found["n_read"] += np.bincount(place[is_read], minlength=len(known))
        for name, flags in has.items():
            found[f"n_{name}"] += np.bincount(place[flags], minlength=len(known))
    return found


def plain(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Lower case, no accents, straight apostrophes.

    >>> plain(pa.chunked_array([["Réservez l’ÉTÉ"]])).to_pylist()
    ["reservez l'ete"]
    """
    apart = pc.utf8_normalize(pc.utf8_lower(texts), form="NFD")
    return pc.replace_substring(pc.replace_substring_regex(apart, r"\p{Mn}", ""), "\u2019", "'")


def _term(finding: Finding, counts: dict[str, Whole]) -> Terms:
    part, whole = counts[finding.share], counts[finding.of]
    strength = ramp(part, whole, finding.low, finding.high)
    if finding.layer == "posts":
        strength = np.where(whole >= FEWEST, strength, 0.0)
    details = [f"{a}/{b}" for a, b in zip(part.tolist(), whole.tolist(), strict=True)]
    return term(finding.term, strength, finding.log_odds, details)


def ramp(part: Whole, whole: Whole, low: float, high: float) -> Floats:
    """From 0 where a share is `low` or less to 1 where it is `high` or more; few acts draw it towards `low`.

    >>> ramp(np.array([0, 30, 60, 6]), np.array([60, 60, 60, 6]), 0.1, 0.5).round(2).tolist()
    [0.0, 0.86, 1.0, 0.84]
    """
    share = (part + _EVENED * low) / (whole + _EVENED)
    found: Floats = np.clip((share - low) / (high - low), 0.0, 1.0)
    return found
