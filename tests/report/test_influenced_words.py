"""What is said of a kind: behaviour with its counts, in both languages, and nothing of what anybody thinks."""

import re

import pytest

from ascendant.patterns.kinds.influenced import FEWEST_ACTS as NEEDED
from ascendant.patterns.kinds.roles import ROLES
from ascendant.report.influenced_words import FEWEST_ACTS, influenced_sentences, label
from ascendant.report.language import LANGUAGES, Language

MENTAL = re.compile(
    r"naive|naïf|naïve|gullib|critical|critique|aware|conscien|believ|croi|think|pens|know|sait|unwitting|insu|opinion",
    re.IGNORECASE,
)


def kind(shown, best, p=0.91, n_acts=60):
    chances = {f"p_{role}": (p if role == best else (1 - p) / 2) for role in ROLES}
    return {"kind_as_influenced": shown, "best_influenced": best, "n_acts": n_acts, **chances}


def counts(of=60, fast=0.7):
    shares = {"writes": 0.8, "passes_on": 0.1, "bare": 0.5, "fast": fast, "group": 0.4, "late": 0.6}
    return [
        {"behaviour": key, "n": int(of * share), "of": of, "share": share, "study_median": 0.33}
        for key, share in shares.items()
    ]


CASES = [*((role, role) for role in ROLES), ("undetermined", "relay"), (None, "target")]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("shown", "best"), CASES)
@pytest.mark.parametrize("to_owner", [False, True])
def test_a_kind_is_said_as_behaviour_with_its_counts_and_the_study_s_median(code, shown, best, to_owner):
    language = Language(code)
    said = [
        sentence.words(language)
        for sentence in influenced_sentences(
            kind(shown, best), counts(), language, group="Rose Valley", to_owner=to_owner
        )
    ]
    assert len(said) == (1 if shown is None else 3)
    whole = " ".join(said)
    assert not MENTAL.search(whole)
    assert "{" not in whole
    if shown is not None:
        assert "60" in whole
        assert "33" in whole
        assert "91" in said[0]
    assert ("Rose Valley" in whole) == (shown == "relay")


def test_too_few_acts_say_so_and_one_act_is_one():
    assert FEWEST_ACTS == NEEDED
    (said,) = influenced_sentences(kind("undetermined", "target", n_acts=1), (), Language("en"))
    assert said.words(Language("en")).startswith("With one act, what this account does")


def test_speed_is_said_only_of_those_whose_acts_show_it():
    language = Language("en")
    for behaviours, word in ((counts(), "fast"), (counts(fast=0.1), "much"), (counts(of=2), "much"), ((), "much")):
        assert word in label("consumer", behaviours, language)
        (first, *_) = influenced_sentences(kind("consumer", "consumer"), behaviours, language)
        assert word in first.words(language)
