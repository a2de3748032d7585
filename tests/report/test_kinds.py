"""The waterfall: whatever is left out by its own name is still in the sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.report.kind_words import QUESTIONS, term_shown
from ascendant.report.kinds import waterfall
from ascendant.report.language import Language

NAMES = [
    "office@name",
    "office@bio",
    "name_long",
    "bio_short",
    "wording@name",
    "start",
    "party",
    "own_site",
    "declared",
]
TERMS = st.builds(
    lambda layer, term, head, log_odds, detail: {
        "layer": layer, "term": term, "head": head, "log_odds": log_odds, "detail": detail,
    },
    st.sampled_from(["prior", "profile", "posts", "list"]),
    st.sampled_from(NAMES),
    st.sampled_from(list(QUESTIONS)),
    st.floats(-8, 8),
    st.none() | st.sampled_from(["12/40", "words found"]),
)  # fmt: skip


@given(st.lists(TERMS, max_size=40), st.booleans(), st.sampled_from(["company", "media", "institution"]))
def test_what_is_shown_sums_to_what_is_held(terms, asked, best):
    chances = {f"p_{one}": 0.5 if one == best else 0.1 for one in ("company", "media", "institution")}
    kind = {**chances, "p_cause": 0.1 if asked else None, "terms": terms}
    found = {head: (total, shown) for head, total, shown in waterfall(kind)}
    assert set(found) <= {"organisation", best} | ({"political"} if asked else set())
    for head, (total, shown) in found.items():
        assert total == pytest.approx(sum(term["log_odds"] for term in terms if term["head"] == head), abs=1e-9)
        assert sum(term["log_odds"] for term in shown) == pytest.approx(total, abs=1e-9)
        assert len([term for term in shown if term["layer"] != "prior"]) <= 7


@given(TERMS)
def test_every_term_has_words(term):
    assert term_shown(term, Language("en"))
