"""Counts of one account -> which words its own acts bear out. A kind is found by comparison with others; words are not.

"Seldom passes on" beside 30 reposts of 40 acts would be wrong whatever the comparison says: where a word is not borne
out, a lesser one is said, and where none is, only the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

Row = Mapping[str, Any]
FEWEST_OCCASIONS: Final = 3  # below, a count shows nothing
_SELDOM: Final = 0.25  # at most
_MUCH: Final = 0.25  # at least, and no less than half of the accounts
_MOSTLY: Final = 0.5  # at least


def by_key(behaviours: Iterable[Row]) -> dict[str, Row]:
    """Rows of `influenced_behaviour` of one account by what they count."""
    return {row["behaviour"]: row for row in behaviours}


def words_for(kind: str, behaviours: Iterable[Row], *, is_relay: bool = False) -> str | None:
    """The key of the words that may be said of a kind; None where the account's own acts do not bear it out.

    `is_relay`: the account is shown as a relay of a group (`RELAYS`), which rests on more than these counts.

    >>> rows = [{"behaviour": "passes_on", "n": 0, "of": 73, "study_median": 0.1}]
    >>> words_for("consumer", rows), words_for("target", rows)
    (None, 'target, answers')
    """
    counts = by_key(behaviours)
    if kind == "target":
        return _target(counts)
    if kind == "consumer":
        return _consumer(counts)
    return "relay" if is_relay or _amplifies(counts) else None


def _target(counts: Mapping[str, Row]) -> str | None:
    passes_on, writes = _share(counts, "passes_on"), _share(counts, "writes")
    if passes_on is None or passes_on > _SELDOM:
        return None
    # Who hardly passes on and hardly posts answers others, or quotes them.
    return "target" if writes is not None and writes >= _MOSTLY else "target, answers"


def _consumer(counts: Mapping[str, Row]) -> str | None:
    bare = _share(counts, "bare")  # of what it passes on: three times at least
    if bare is None or 1 - bare > _SELDOM:
        return None
    fast, passes_on = _share(counts, "fast"), _share(counts, "passes_on")
    if fast is not None and fast >= max(_MOSTLY, counts["fast"]["study_median"]):
        return "consumer"
    if passes_on is not None and passes_on >= max(_MUCH, counts["passes_on"]["study_median"]):
        return "consumer, not fast"
    return "consumer, neither"


def _amplifies(counts: Mapping[str, Row]) -> bool:
    """Acts on the group that cannot all be answers, and more of them than half of the accounts have."""
    group = counts.get("group")
    if group is None or group["n"] < FEWEST_OCCASIONS or group["n"] <= group["study_median"] * group["of"]:
        return False
    n_answers = counts["answers"]["n"] if "answers" in counts else 0
    n_passed_on = counts["passes_on"]["n"] if "passes_on" in counts else 0
    return bool(n_passed_on >= FEWEST_OCCASIONS and group["n"] - n_answers >= FEWEST_OCCASIONS)


def _share(counts: Mapping[str, Row], key: str) -> float | None:
    """Of its own acts, as counted; None without enough of them."""
    row = counts.get(key)
    return None if row is None or row["of"] < FEWEST_OCCASIONS else row["n"] / row["of"]
