"""What is said of an invented person's mirror, also where it is wrong."""

from pathlib import Path

from ascendant.cli.demo_mirror import SHOWN_DIFFERENCES, ShownMirror
from ascendant.demo.archives.recovery import Difference, Recovered
from ascendant.report.language import Language


def shown(*differences):
    recovered = Recovered(n_compared=12_000, differences=differences)
    return ShownMirror(name="Jo Exemple", page=Path("mirror-en.html"), answer=["Half."], recovered=recovered)


def test_a_mirror_that_is_right_says_of_how_many_figures():
    whose, answer, judged = shown().in_words(Language("en"))
    assert "Jo Exemple, an invented person" in whose
    assert answer == "Half."
    assert judged == "Held against the truth: all 12,000 figures of the mirror are right."


def test_a_mirror_that_is_wrong_says_where_and_what_would_be_right():
    wrong = [Difference("x", "sources", f"x:{number}", "n", 1, 7) for number in range(20)]
    words = shown(*wrong).in_words(Language("en"))
    assert "20 are not right" in words[2]
    assert len(words) == 3 + SHOWN_DIFFERENCES
    assert words[3] == "  x, sources, x:0, n: 1, in truth 7"


def test_one_wrong_figure_of_all_platforms_is_said_in_the_singular():
    words = shown(Difference(None, "reaction", "", "n_acts", None, 7)).in_words(Language("en"))
    assert "1 is not right" in words[2]
    assert words[3] == "  reaction, n_acts: None, in truth 7"


def test_plain_values_hold_every_difference():
    wrong = Difference("x", "sources", "x:1", "n", 1, 7)
    assert shown(wrong).plain() == {
        "page": "mirror-en.html",
        "answer": ["Half."],
        "n_compared": 12_000,
        "differences": [{"platform": "x", "table": "sources", "key": "x:1", "column": "n", "found": 1, "true": 7}],
    }
