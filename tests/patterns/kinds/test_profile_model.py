"""The model's files: what is in them, what is not, and that they are what training makes."""

import importlib
import json
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from ascendant.patterns.kinds import wording
from ascendant.patterns.kinds.features import columns
from ascendant.patterns.kinds.labels import LABELS, label_of
from ascendant.patterns.kinds.lexicon import lexicon
from ascendant.patterns.kinds.model import Model, model
from ascendant.patterns.kinds.profile import _PARTS, KINDS
from ascendant.patterns.kinds.wording import FEWEST_PROFILES, PLACES, fold, once, pieces

PLANS = {
    "organisation/page",
    "page",
    "domain",
    *(f"{head}/{one}" for head in ("organisation", "political") for one in ("bio", "name")),
}
ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data" / "kinds"
FOLDER = files("ascendant.patterns.kinds")
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the labelled profiles are not here; they are in no repository"
)


@pytest.fixture(scope="module")
def rows():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return importlib.import_module("kinds_sources").rows(DATA)
    finally:
        sys.path.remove(str(ROOT / "tools"))


def marks_of(texts, place):
    """Marks of whole words, by word."""
    found = {}
    for row, mark in pieces(texts, place):
        for one, each in zip(row.tolist(), mark.tolist(), strict=True):
            found.setdefault(texts[one], set()).add(each)
    return found


def test_the_model_is_small_and_has_a_part_for_each_situation():
    sizes = [len((FOLDER / name).read_bytes()) for name in ("model.json", "wording.npy", "card.toml")]
    assert sum(sizes) < 1_500_000
    assert set(model().parts) == {part for parts in _PARTS.values() for part in parts}


def test_what_is_written_is_what_is_read():
    text, bytes_ = model().written()
    again, more = Model.read(text, bytes_).written()
    assert again == text
    assert abs(bytes_.astype(int) - more.astype(int)).max() <= 1
    assert json.loads(text)["parts"]["political/bio"]["wording"] == {}


def test_weights_are_of_features_that_exist_and_the_file_holds_no_other_text():
    written = json.loads((FOLDER / "model.json").read_text(encoding="utf-8"))
    known = set(columns()) | set(PLACES) | set(written["parts"])
    known |= {"format", "pieces", "rarity", "parts", "start", "wording", "weights", "seen", "yes", "no", *KINDS}
    known |= {"political", *PLANS, "bio en", "bio fr", "bio other", "handle", "name"}

    def words(node):
        if isinstance(node, dict):
            yield from node
            for one in node.values():
                yield from words(one)
        else:
            assert isinstance(node, (int, float))

    assert set(words(written)) <= known


@needs_data
def test_a_piece_comes_from_twenty_profiles_and_no_rare_name_is_among_them(rows):
    names = [f"{row.name.strip()} @{row.handle.strip()}" if row.handle.strip() else row.name.strip() for row in rows]
    found = [once(row, mark) for row, mark in pieces(names, "name")]
    mark, counts = np.unique(np.concatenate([mark for _, mark in found]), return_counts=True)
    known = model().known.marks["name"].astype(np.int64)
    assert np.isin(known, mark[counts >= FEWEST_PROFILES]).all()
    # Each word of a person's name: where few profiles bear it, neither the word nor a run that spans it is known.
    persons = {word for row in rows if not row.is_organisation for word in fold(row.name).split() if len(word) > 2}
    rare = marks_of(sorted(persons), "name")
    n_bearing = {}
    for name in names:
        for word in set(fold(name).split()):
            n_bearing[word] = n_bearing.get(word, 0) + 1
    few = [word for word in rare if n_bearing.get(word, 0) < FEWEST_PROFILES and word.isalpha()]
    assert len(few) > 5_000
    held = [word for word in few if _whole(word) & set(known.tolist())]
    assert held == []


def _whole(word):
    """Marks of the word as a whole and as a first word, which only profiles that bear it have."""
    code = np.frombuffer(word.encode("utf-32-le"), np.uint32).astype(np.uint64)
    powers = np.full(code.size, wording._BASE, np.uint64)
    powers[0] = 1
    total = ((code + np.uint64(1)) * np.multiply.accumulate(powers)).sum(dtype=np.uint64, keepdims=True)
    return {int(wording._mixed(total, PLACES.index("name") * 16 + kind)[0]) for kind in (wording._WORD, wording._FIRST)}


def test_a_common_word_would_be_found_among_the_marks_by_that_same_reckoning():
    assert _whole("embassy") & set(model().known.marks["name"].tolist())
    found = {mark for _, mark in zip(*next(iter(pieces(["embassy"], "name"))), strict=True)}
    assert _whole("embassy") <= {int(one) for one in found}


def test_pieces_stay_inside_words_and_do_not_depend_on_the_company_they_are_in():
    alone, both = set(), [set(), set()]
    for _, mark in pieces(["ab cd"], "bio"):
        alone |= set(mark.tolist())
    for row, mark in pieces(["xy z", "ab cd"], "bio"):
        for one, each in zip(row.tolist(), mark.tolist(), strict=True):
            both[one].add(each)
    assert both[1] == alone
    # " a", "a", ... of lengths 2 to 4 in " ab " and " cd ", and the two words
    assert len(alone) == 2 * (3 + 2 + 1) + 2
    assert not both[0] & both[1]


def test_each_concept_speaks_both_languages_and_its_words_are_found():
    written = tomllib.loads((FOLDER / "concepts.toml").read_text(encoding="utf-8"))
    for place, (key, lists) in enumerate(written.items()):
        for language in ("en", "fr"):
            for word in lists[language]:
                said = word.replace("*", "")
                found = {concept for concept, _ in lexicon().in_bio(f"{said} !", language)}
                assert place in found, (key, word)


def test_false_friends_count_in_their_own_language_only():
    family = next(place for place, one in enumerate(lexicon().concepts) if one.key == "family")
    for language, is_found in (("en", True), ("fr", False), ("", False)):
        assert (family in dict(lexicon().in_bio("son of a miller", language))) is is_found


def test_what_a_handle_adds_to_a_name_is_read():
    office = next(place for place, one in enumerate(lexicon().concepts) if one.key == "office")
    assert dict(lexicon().in_name("Orla Venn", "RepVenn"))[office] == "Rep"
    assert dict(lexicon().in_name("Orla Venn", "senorlavenn"))[office] == "sen"
    assert office not in dict(lexicon().in_name("Orla Repton", "orlarepton"))


def test_the_card_names_each_source_with_its_licence_and_what_cannot_be_told():
    card = tomllib.loads((FOLDER / "card.toml").read_text(encoding="utf-8"))
    assert {one["name"] for one in card["source"]} == {
        *("humanizr", "congress", "fr_parl", "hatvp", "medias_fr", "sp500", "musae_facebook")
    }
    assert all(one["licence"] and one["n"] > 0 for one in card["source"])
    assert card["limits"]
    assert card["untestable"]
    assert card["figures"]["left_out"]


@needs_data
def test_the_card_counts_the_profiles_that_the_sources_hold(rows):
    card = tomllib.loads((FOLDER / "card.toml").read_text(encoding="utf-8"))
    for one in card["source"]:
        assert one["n"] == sum(row.source == one["name"] for row in rows)


def test_both_pages_of_the_card_show_its_figures():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        kinds_card = importlib.import_module("kinds_card")
    finally:
        sys.path.remove(str(ROOT / "tools"))
    card = tomllib.loads((FOLDER / "card.toml").read_text(encoding="utf-8"))
    for code, page in kinds_card.PAGES.items():
        assert "\n".join(kinds_card.tables(card["figures"], code)) in page.read_text(encoding="utf-8")


def test_every_term_has_words_for_a_reader():
    concepts = {one.key for one in lexicon().concepts}
    assert concepts <= set(LABELS)
    assert all(label_of(term) for term in (*columns(), "start", "withheld", "wording@name", "wording@bio"))
