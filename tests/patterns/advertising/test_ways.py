"""Which criteria leave people out, in the words of several libraries and languages."""

import pyarrow as pa
import pytest

from ascendant.patterns.advertising.ways import WAYS, ways_of

KIND = pa.list_(pa.struct([("type", pa.string()), ("value", pa.string()), ("class", pa.string())]))


def ways(*criteria):
    """The ways of one ad, None where nothing is told."""
    found = ways_of(pa.array([[dict(zip(("type", "value", "class"), one, strict=True)) for one in criteria]], KIND))
    return {way for way, yes in zip(WAYS, found.narrows[0], strict=True) if yes} if found.is_told[0] else None


def ages(*bands):
    return [("target_age", band, "demographic") for band in bands]


@pytest.mark.parametrize(
    ("bands", "narrows"),
    [
        (["18-65+"], False),
        (["21-65+"], False),
        (["18-54"], True),
        (["35-65+"], True),
        (["25-34", "35-44"], True),
        (["18-24", "25-34", "35-44", "45-54", "55-64", "≥65", "Unknown age"], False),
        (["13-17"], True),
        (["Unknown age"], False),
    ],
)
def test_a_band_of_ages_narrows_where_it_leaves_out_ten_years_or_all_elders(bands, narrows):
    assert ways(*ages(*bands)) == ({"age"} if narrows else set())


@pytest.mark.parametrize("word", ["Women", "Femmes", "weiblich", "mujeres"])
def test_one_sex_narrows_in_any_of_the_languages_and_both_do_not(word):
    assert ways(("target_gender", word, "demographic")) == {"sex"}
    assert ways(("target_gender", word, "demographic"), ("target_gender", "Hommes", "demographic")) == set()
    assert ways(("target_gender", "Tous", "demographic")) == set()


def test_words_that_cannot_be_made_out_are_counted_and_narrow_nothing():
    found = ways_of(pa.array([[{"type": "target_gender", "value": "кто угодно", "class": "demographic"}]], KIND))
    assert (found.n_unread, found.fineness.tolist(), found.is_told.tolist()) == (1, [0], [True])


def test_two_interests_are_one_way_and_a_list_another():
    interests = [("Interests", value, "interest") for value in ("Vélo", "Gare")]
    assert ways(*interests, ("List", "", "uploaded_list")) == {"interest", "uploaded_list"}
    assert ways(("Follower look-alikes", "@ville_ex", "lookalike")) == {"behaviour"}


def test_what_came_of_an_ad_and_what_a_library_says_beside_it_tell_nothing_of_its_aim():
    assert ways(("delivered_age_gender", "25-34|female|0.9", "demographic")) is None
    assert ways(("publisher_platform", "facebook", "platform"), ("delivery_window", "a/b", "platform")) is None
    assert ways(("Page/App", "Le Journal", "context")) is None
    assert ways(("Platforms", "iOS", "platform")) == set()
    assert ways() is None
