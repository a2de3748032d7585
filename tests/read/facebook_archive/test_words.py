"""Spelling, labels, tables: the parts that everything else rests on."""

import tomllib
from importlib.resources import files as resources

from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.archive import plain
from ascendant.read.facebook_archive import wording
from ascendant.read.facebook_archive.files import table
from ascendant.read.facebook_archive.label_values import entries, said, values
from ascendant.read.facebook_archive.mending import mended
from ascendant.read.facebook_archive.people import Sentences, named
from ascendant.read.facebook_archive.records import LabelValue
from ascendant.read.facebook_archive.stories import STORIES

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(TEXT)
def test_any_text_that_facebook_misspells_is_put_right(text):
    assert mended(text.encode().decode("latin-1")) == text


@given(TEXT)
def test_putting_right_never_leaves_what_no_text_may_hold(text):
    for spelled in (
        text,
        text.encode().decode("latin-1"),
        text.encode().decode("latin-1")[:-1],
        "“" + text.encode().decode("latin-1"),
    ):
        mended(spelled).encode()


@given(st.text("abcéàüñç '’-", max_size=30))
def test_good_text_of_western_languages_is_left_alone(text):
    assert mended(text) == text


@given(st.text("aé😂ж", min_size=1, max_size=10), st.integers(1, 3))
def test_a_text_that_was_cut_keeps_every_whole_sign(text, n_cut):
    whole = text.encode()
    kept = whole[: max(0, len(whole) - n_cut)].decode("utf-8", "ignore")
    assert mended(whole.decode("latin-1")[: max(0, len(whole) - n_cut)]).startswith(kept)


def test_no_word_has_two_meanings():
    told = tomllib.loads((resources("ascendant.read.facebook_archive") / "words.toml").read_text("utf-8"))
    for name in ("labels", "reactions"):
        met: dict[str, str] = {}
        for meaning, found in told[name].items():
            for word in found:
                assert met.setdefault(wording.folded(word), meaning) == meaning, (name, word)
    for name in ("membership", "steering", "notifications"):
        parts = {meaning: [wording.folded(one) for one in found] for meaning, found in told[name]["parts"].items()}
        for meaning, found in parts.items():
            for other in parts.keys() - {meaning}:
                assert not {(one, two) for one in found for two in parts[other] if one in two}, (name, meaning, other)


def test_every_month_of_every_language_is_told_from_the_others():
    told = tomllib.loads((resources("ascendant.read.facebook_archive") / "words.toml").read_text("utf-8"))
    for language in told["months"]["languages"]:
        assert [wording.month_of(month) for month in language.split()] == list(range(1, 13)), language


def test_every_entry_has_a_story_and_every_story_an_entry():
    stories = {entry.story for entry in table().entries.values()}
    assert stories - STORIES.keys() == {"profile", "days_of_use", "messages", "reactions"}
    assert STORIES.keys() <= stories


def test_no_path_belongs_to_two_entries():
    told = tomllib.loads((resources("ascendant.read.facebook_archive") / "files.toml").read_text("utf-8"))
    paths = [plain(path) for name, entry in told.items() if isinstance(entry, dict) for path in entry.get("paths", ())]
    assert len(paths) == len(set(paths))
    for path in told["left"]["paths"]:
        assert table().find(plain(path)) is None


def test_a_label_is_told_by_its_key_then_by_its_language_then_by_its_value():
    keyed = said([LabelValue("Pidän", "Tykkää", ent_field_name="reaction")], str)
    assert keyed.get("reaction") == "Tykkää"
    assert said([LabelValue("Réaction", "x")], str).get("reaction") == "x"
    by_value = said(
        [LabelValue("?", "https://a.example/"), LabelValue("?", timestamp_value=5), LabelValue("?", "mot")], str
    )
    assert (by_value.url, by_value.times, by_value.plain) == ("https://a.example/", [5], ["mot"])


def test_a_record_with_words_is_an_entry_and_one_with_lists_has_theirs():
    lists = [
        LabelValue("A", vec=[LabelValue(value="1"), LabelValue(parts=[LabelValue("Name", "2")])]),
        LabelValue("B", vec=[]),
    ]
    assert [(title, one.words("name")) for title, one in entries(lists, str)] == [("A", "1"), ("A", "2")]
    own = [LabelValue("Name", "own"), LabelValue("Group", parts=[LabelValue("?", "g")])]
    assert [one.get("name") for _, one in entries(own, str)] == ["own"]
    assert list(values(own, str)) == [("Name", "own"), ("Group", "g")]


NAMES = st.text("abcAB é’.", min_size=1, max_size=12).filter(lambda name: named(name) is not None)


@given(st.lists(NAMES, max_size=6), st.text("abcAB é’.", max_size=30))
def test_names_are_found_as_whole_words_only(names, sentence):
    for name in Sentences(names).found(sentence):
        place = sentence.find(name)
        assert place >= 0
        assert name in names


@given(NAMES)
def test_a_name_of_two_words_is_found_wherever_it_stands_alone(name):
    name = " ".join(name.split())
    words = [word for word in name.split() if word.isalpha()]
    if len(words) == len(name.split()) and len(words) > 1:
        assert Sentences([name]).found(f"12 ({name}), 34") == [name]
