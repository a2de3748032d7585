"""Relays in words: the sentence of the design, figures with their doubt, counts for the briefing."""

import pytest

from ascendant.report.language import LANGUAGES, Language
from ascendant.report.relay_words import in_who, of_group

EN = Language("en")
ROW = {"is_relay": True, "is_synchronous": False, "n_passed": 11, "n_unlinked": 2, "expected": 3.2, "ratio": 3.1}
ROW |= {"low": 1.7, "high": 5.2, "median_lag_seconds": 14_400.0, "others_lag_seconds": 1_800.0}
SPREAD = {"n_spread": 80, "n_relays": 3, "n_by_relays": 20, "share": 0.25, "low": 0.2, "high": 0.4}


def test_a_relay_amplifies_and_shows_no_sign_of_coordinating():
    lines = in_who(ROW, "group 1", EN)
    assert lines[0] == "Amplifies group 1; no sign of coordinating with it."
    assert "(ratio 3.1, interval 1.7 to 5.2)" in lines[1]
    assert lines[-1] == "Whether it knows the group is not observable, and is not claimed."


def test_nothing_is_said_of_an_account_of_which_nothing_can_be_said():
    assert in_who(ROW | {"is_relay": False}, "group 1", EN) == []
    assert in_who(ROW | {"is_relay": False, "is_synchronous": None}, "group 1", EN) == []
    [line] = in_who(ROW | {"is_relay": False, "is_synchronous": True}, "group 1", EN)
    assert "is not counted among those who pass it on" in line


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "changes", [{}, {"n_relays": 1}, {"n_relays": 0}, {"share": None}, {"n_spread": 0}, {"n_spread": 1}]
)
def test_a_group_s_relays_are_counts_with_an_interval_or_said_to_be_unknown(changes, code):
    text = of_group(SPREAD | changes, Language(code))
    assert "{" not in text
    if not changes:
        assert "25" in text
    if code == "en" and changes.get("share", 0.25) is None:
        assert "cannot be told" in text
        assert "%" not in text
    if code == "en" and changes.get("n_relays") == 0:
        assert "No account is shown as a relay" in text
