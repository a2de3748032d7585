"""What advertisements say and where they lead -> on what each advertiser advertises.

Words that many advertisers use tell nothing: a word counts by how many of the advertiser's texts have it, times the
logarithm of how few advertisers use it (tf-idf), and not at all where more than a third of them do. So no list of empty
words is needed, in any language; of one or two advertisers alone, nothing tells which of their words are empty.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.infer.named import Questions
from ascendant.patterns.advertising.ads import Ads, Yes

MOST_ADVERTISERS: Final = 100  # whose texts are looked at
_MOST_WORDS, _MOST_SITES = 5, 3
_FEWEST_LETTERS: Final = 4
_MOST_TEXTS: Final = 20_000
_WORD: Final = re.compile(r"#?[^\W\d_]{2,}(?:-[^\W\d_]+)*")
_LINK: Final = re.compile(r"https?://\S+|\S*\w\.\w{2,}\S*")


def subjects(questions: Questions, ads: Ads) -> dict[int, list[str]]:
    """Sites and words by the code of the advertiser, of those with most advertisements or spend in libraries."""
    library = ads.source == "library"
    if not library.any():
        return {}
    pairs = _pages(ads, library)
    wanted = pa.table({"page_id": [page for page, _ in pairs], "payer": [payer for _, payer in pairs]}, _WANTED)
    if not pairs:
        return {}
    texts: dict[int, Counter[str]] = {}
    sites: dict[int, Counter[str]] = {}
    for row in questions.ask("advertising_words", wanted=wanted).to_pylist():
        code = pairs[row["page_id"], row["payer"]]
        (texts if row["kind"] == "text" else sites).setdefault(code, Counter())[row["words"]] += row["n_ads"]
    said = {code: _words(found) for code, found in texts.items()}
    used = Counter(word for words in said.values() for word in words)
    found: dict[int, list[str]] = {}
    for code in sorted({*said, *sites}):
        names = [site for site, _ in _first(sites.get(code, Counter()))[:_MOST_SITES]]
        own = set(_WORD.findall((ads.advertiser_names[code] or "").casefold()))
        rare = {word: n for word, n in said.get(code, Counter()).items() if 3 * used[word] <= len(said)}
        scores = {word: n * math.log(len(said) / used[word]) for word, n in rare.items() if word not in own}
        words = sorted(scores, key=lambda word: (-scores[word], word))
        found[code] = names + words[:_MOST_WORDS]
    return found


_WANTED: Final = pa.schema([("page_id", pa.string()), ("payer", pa.string())])


def _pages(ads: Ads, library: Yes) -> dict[tuple[str, str], int]:
    """Page and payer of the first advertisers, each with the advertiser's code."""
    n = np.bincount(ads.advertiser[library & (ads.advertiser >= 0)], minlength=len(ads.advertiser_ids))
    spent = np.bincount(
        ads.advertiser[ads.advertiser >= 0],
        np.nan_to_num(ads.spend_low[ads.advertiser >= 0]),
        minlength=len(ads.advertiser_ids),
    )
    first = [*np.argsort(-n, kind="stable")[:MOST_ADVERTISERS], *np.argsort(-spent, kind="stable")[:MOST_ADVERTISERS]]
    is_wanted = library & np.isin(ads.advertiser, np.unique(first))
    table = pa.table({"page": ads.page_ids, "payer": ads.payers, "who": ads.advertiser}).filter(pa.array(is_wanted))
    table = table.filter(pc.is_valid(table["page"]))
    found = table.group_by(["page", "payer", "who"], use_threads=False).aggregate([]).to_pylist()
    return {(row["page"], row["payer"] or ""): row["who"] for row in found}


def _words(texts: Counter[str]) -> Counter[str]:
    """In how many advertisements each word stands, of the commonest texts."""
    found: Counter[str] = Counter()
    for text, n in _first(texts)[:_MOST_TEXTS]:
        for word in {word.casefold() for word in _WORD.findall(_LINK.sub(" ", text))}:
            if len(word) >= _FEWEST_LETTERS:
                found[word] += n
    return found


def _first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
