"""Kinds and their terms -> what is said of the kind of one account, for `who` and `kind`.

Words found in a profile are shown of accounts whose name may be shown; of others the terms alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.report.naming import Names, safe_words

LONGEST_DETAIL: Final = 60
LONGEST_REASON: Final = 300
_SORTS: Final = ("company", "media", "institution")
_TOO_UNLIKELY: Final = 0.05
FORM: Final = "form"
_FORMS: Final = ("name_", "handle_", "bio_", "link_")  # how name, bio and link are made: many small things


def kind_answer(tables: Mapping[str, pa.Table], names: Names, account_id: str) -> dict[str, Any] | None:
    """The row of `kinds` of an account that moves others, and its `terms`; None of one that moves nobody.

    As it may be shown: the reason of an override has private persons hidden in it.
    """
    if "kinds" not in tables:
        return None
    rows = tables["kinds"].filter(pc.equal(tables["kinds"]["account_id"], account_id)).to_pylist()
    if not rows or rows[0]["kind_as_influencer"] is None:
        return None
    found = {name: value for name, value in rows[0].items() if name != "account_id"}
    if found["basis_source"] is not None:
        found["basis_source"] = safe_words(names.hide_in(found["basis_source"]), longest=LONGEST_REASON)
    terms = tables["kind_terms"].filter(pc.equal(tables["kind_terms"]["account_id"], account_id)).to_pylist()
    for term in terms:
        del term["account_id"]
        if term["layer"] == "profile" and not names.is_shown(account_id):
            term["detail"] = None
        elif term["detail"] is not None:
            term["detail"] = safe_words(names.hide_in(term["detail"]), longest=LONGEST_DETAIL)
    return {**found, "terms": terms}


def waterfall(kind: Mapping[str, Any], n_most: int = 6) -> list[tuple[str, float, list[dict[str, Any]]]]:
    """What speaks for and against, question by question: the head, the sum of its terms, and its terms.

    The prior comes first, then the largest; beyond `n_most` of them the rest is one term, `others`, so that what is
    shown still sums to what is held. Of the three sorts of organisations the likeliest is told, where it matters.
    """
    found = []
    for head in _heads(kind):
        terms = [term for term in kind["terms"] if term["head"] == head]
        if not terms:
            continue
        first = [term for term in terms if term["layer"] == "prior"]
        rest = sorted(_joined(terms), key=lambda term: -abs(term["log_odds"]))
        n_shown = n_most if len(rest) > n_most + 1 else len(rest)
        shown = [*first, *rest[:n_shown]]
        if others := rest[n_shown:]:
            total = sum(term["log_odds"] for term in others)
            shown.append({"layer": "", "term": "others", "head": head, "log_odds": total, "detail": str(len(others))})
        found.append((head, sum(term["log_odds"] for term in terms), shown))
    return found


def _joined(terms: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Findings of one thing in several places of a profile (`office@name`, `office@bio`) as one, and so all that tells
    of its form; no prior.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for term in terms:
        if term["layer"] == "prior":
            continue
        name = term["term"].partition("@")[0]
        key = (term["layer"], FORM if term["layer"] == "profile" and name.startswith(_FORMS) else name)
        if key not in found:
            found[key] = {**term, "term": key[1]}
        else:
            details = dict.fromkeys(one for one in (found[key]["detail"], term["detail"]) if one)
            found[key] |= {"log_odds": found[key]["log_odds"] + term["log_odds"], "detail": ", ".join(details) or None}
    return list(found.values())


def _heads(kind: Mapping[str, Any]) -> Sequence[str]:
    chances = {sort: kind[f"p_{sort}"] for sort in _SORTS}
    best = max(chances, key=lambda sort: chances[sort])
    asked = ["organisation"] if kind["p_cause"] is None else ["organisation", "political"]
    return [*asked, best] if chances[best] >= _TOO_UNLIKELY else asked
