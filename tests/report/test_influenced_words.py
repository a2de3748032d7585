"""What is said of a kind: behaviour with its counts, in both languages, and nothing of what anybody thinks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.patterns.kinds.influenced import FEWEST_ACTS as NEEDED
from ascendant.patterns.kinds.roles import ROLES
from ascendant.report.influenced_words import FEWEST_ACTS, influenced_sentences, label
from ascendant.report.language import LANGUAGES, Language

EN = Language("en")
MENTAL = re.compile(
    r"naive|naïf|naïve|gullib|critical|critique|aware|conscien|believ|croi|think|pens|know|sait|unwitting|insu|opinion",
    re.IGNORECASE,
)


def kind(shown, best, p=0.91, n_acts=60):
    chances = {f"p_{role}": (p if role == best else (1 - p) / 2) for role in ROLES}
    return {"kind_as_influenced": shown, "best_influenced": best, "n_acts": n_acts, **chances}


MEDIAN = 0.33
# Shares of acts that bear out what is said of a kind:
OF_KIND = {
    "target": {"writes": 0.8, "passes_on": 0.1, "bare": 0.5},
    "consumer": {"writes": 0.3, "passes_on": 0.5, "bare": 0.9, "fast": 0.7},
    "relay": {"writes": 0.3, "passes_on": 0.5, "bare": 0.9, "answers": 0.1, "group": 0.4, "late": 0.6},
}


def counts(kind="target", of=60, **changes):
    return [
        {"behaviour": key, "n": round(of * share), "of": of, "share": share, "study_median": MEDIAN}
        for key, share in {**OF_KIND[kind], **changes}.items()
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
            kind(shown, best), counts(best), language, group="Rose Valley", to_owner=to_owner
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


def words(shown, best, behaviours, **changes):
    said = influenced_sentences(kind(shown, best, **changes), behaviours, EN)
    return " ".join(sentence.words(EN) for sentence in said)


def test_too_few_acts_say_so_and_one_act_is_one():
    assert FEWEST_ACTS == NEEDED
    assert words("undetermined", "target", (), n_acts=1).startswith("With one act, what this account does")
    assert "the best guess is: writes for itself" in words("undetermined", "target", counts("target"), n_acts=9)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "passes on fast"),
        ({"fast": 0.1}, "passes on much"),
        ({"fast": 0.45}, "passes on much"),  # more than half of the accounts, and yet not fast by its own acts
        ({"fast": 0.1, "passes_on": 0.2}, "When this account passes something on"),
        ({"passes_on": MEDIAN - 0.02, "fast": 0.1}, "When this account passes something on"),
    ],
)
def test_speed_and_amount_are_said_only_of_those_whose_acts_show_them(changes, said):
    assert said in words("consumer", "consumer", counts("consumer", **changes))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("shown", ["kind", "undetermined"])
@pytest.mark.parametrize(
    ("best", "changes"),
    [
        ("target", {"passes_on": 0.4}),
        ("consumer", {"bare": 0.5}),
        ("consumer", {"passes_on": 0.0, "bare": 0.0}),
        ("relay", {"group": 0.1}),
        ("relay", {"answers": 0.4}),  # all that names the group may be answers
        ("relay", {"passes_on": 0.0}),
    ],
)
def test_what_an_account_s_own_acts_contradict_is_not_said_and_the_counts_are(code, shown, best, changes):
    language, behaviours = Language(code), counts(best, **changes)
    assert label(best, behaviours, language) is None
    one = kind(best if shown == "kind" else shown, best)
    first, *others = [said.words(language) for said in influenced_sentences(one, behaviours, language)]
    assert "91" not in first  # a chance of what is not said
    assert "60" in others[0]
    if code == "en":
        assert first == "What this account does with what others bring fits no kind clearly."
        n = next(row["n"] for row in behaviours if row["behaviour"] == "passes_on")
        assert others[0].startswith(f"Posts of others passed on: {n} of 60 acts.")


def test_who_passed_on_none_of_73_acts_is_not_said_to_pass_on():
    none = [{"behaviour": "passes_on", "n": 0, "of": 73, "share": 0.05, "study_median": 0.1}]
    said = words("undetermined", "consumer", none, p=0.6, n_acts=73)
    assert "Posts of others passed on: 0 of 73 acts" in said
    assert "best guess" not in said
    assert "60" not in said


def test_who_hardly_passes_on_and_hardly_posts_is_not_said_to_write():
    said = words("target", "target", counts("target", writes=0.2))
    assert "seldom passes on what others post" in said
    assert "writes" not in said.partition(".")[0]


def test_a_relay_that_is_shown_as_one_rests_on_more_than_these_counts():
    assert label("relay", (), EN) is None
    assert label("relay", (), EN, is_relay=True) == "amplifies one group; no sign of coordinating with it"


shares = st.floats(0, 1)


@given(st.integers(0, 80), shares, shares, shares, shares)
def test_words_never_contradict_the_counts_beside_them(of, passes_on, bare, writes, fast):
    behaviours = counts("target", of=of, passes_on=passes_on, bare=bare, writes=writes, fast=fast)
    share = {row["behaviour"]: row["n"] / of for row in behaviours} if of else {}
    for best in ROLES:
        said = label(best, behaviours, EN) or ""
        if "seldom passes on" in said:
            assert share["passes_on"] <= 0.25
        if "writes" in said:
            assert share["writes"] >= 0.5
        if "passes on much" in said:
            assert share["passes_on"] >= MEDIAN
        if "passes on fast" in said:
            assert share["fast"] >= 0.5
        if "seldom adds a word" in said:
            assert share["bare"] >= 0.75
        assert "amplifies" not in said
