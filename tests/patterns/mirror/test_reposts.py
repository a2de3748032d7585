"""A repost without its post is found by its words among collected posts, and by nothing less than them."""

from hypothesis import given
from hypothesis import strategies as st

from ascendant.patterns.mirror.reposts import FEWEST_LETTERS, is_of
from mirrors import HOUR, START, act, mirror, only

WORDS = "The tram comes back on Monday, they say, and nobody believes it any more"


def repost(text, **columns):
    return act(1, "repost", object_author_id="x:7", text=text, relay="pure", happened_at=START + HOUR, **columns)


def theirs(number, text, seconds=600, actor="x:7", **columns):
    at = START + HOUR - seconds * 1_000_000
    return act(number, "post", actor_id=actor, direction="third", text=text, happened_at=at, **columns)


def delay(*rows):
    found = mirror(rows)
    row = only(found["passed_on"], act_id="x:1")
    assert only(found["passing"], platform=None)["n_delays"] == (row["delay_seconds"] is not None)
    assert row["source"] == "x:7"
    return row["delay_seconds"]


def test_a_collected_post_with_the_same_words_gives_the_delay():
    assert delay(repost(WORDS), theirs(2, WORDS)) == 600
    assert delay(repost(WORDS[:50] + "…"), theirs(2, WORDS + " https://example.org/a")) == 600


def test_without_such_a_post_or_with_several_no_delay_is_invented():
    assert delay(repost(WORDS)) is None
    assert delay(repost(WORDS), theirs(2, WORDS + " at all")) is None
    assert delay(repost(WORDS), theirs(2, WORDS, actor="x:8")) is None
    assert delay(repost(WORDS), theirs(2, WORDS, seconds=-5)) is None
    assert delay(repost(WORDS), theirs(2, WORDS), theirs(3, WORDS, seconds=900)) is None
    assert delay(repost(WORDS[:15] + "…"), theirs(2, WORDS)) is None


def test_a_post_that_a_file_names_is_not_looked_for():
    held = [theirs(2, WORDS), theirs(3, "Another", seconds=60)]
    assert delay(repost(WORDS, object_id="x:3"), *held) == 60


@given(st.text(min_size=1), st.integers(0, 200))
def test_a_text_is_its_own_and_its_beginning_too_when_it_is_long_enough(text, end):
    plain = " ".join(text.split())
    if "http" in plain or plain.endswith(("…", "...")) or not plain:
        return
    assert is_of(text, text)
    start = plain[:end].strip()
    if len(start) < FEWEST_LETTERS and start != plain:
        assert not is_of(start + "…", text)
    elif not start.endswith(("…", ".")):
        assert is_of(start + "…", text) == (len(start) >= FEWEST_LETTERS)
