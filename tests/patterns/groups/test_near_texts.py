"""Near-identical texts: what is one text to a reader is one here, and what is not is not."""

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.demo.texts import _VARIATIONS, STYLES, say
from ascendant.kernels.near import HELD, first_seen, leaders
from ascendant.kernels.texts import text_parts
from ascendant.patterns.groups.letters import letters
from ascendant.patterns.groups.near_texts import LEAST, NEAR, NearTexts
from ascendant.patterns.groups.strings import bytes_of, hashes_of
from reference import near_texts as twin

SENTENCE = "Venez tous à la réunion de samedi, c’est important pour le jardin"


def objects_of(texts, *, batches=1):
    """For each text the number of the text that it stands for; 0 where it is no evidence."""
    found = NearTexts()
    pieces = [found.add(pa.array(list(part), pa.string())) for part in np.array_split(np.array(texts, object), batches)]
    numbers = np.concatenate(pieces)
    repeats, led = found.leaders()
    of = dict(zip(repeats.tolist(), led.tolist(), strict=True))
    return [of.get(number, number) for number in numbers.tolist()]


def number_and_parts(text):
    number, first, parts = text_parts(*bytes_of(pa.array([text])), letters(), 256, 1, 1)
    assert first.tolist() == [0, parts.size]
    return int(number[0]), parts.size


@pytest.mark.parametrize(
    "disguised",
    [
        SENTENCE.upper(),
        SENTENCE.replace("é", "e\u0301"),
        SENTENCE.replace("é", "e").replace("à", "a"),
        SENTENCE.replace("n", "n\u200b").replace("s", "\u2060s"),
        SENTENCE.replace("e", "\u0435").replace("o", "\u043e"),  # Cyrillic
        SENTENCE.replace("important", "𝐢𝐦𝐩𝐨𝐫𝐭𝐚𝐧𝐭").replace("jardin", "ｊａｒｄｉｎ"),
        f"👉🏽 {SENTENCE} !! 🔥\ufe0f🔥",
        f"@quelqu_un {SENTENCE} https://a.example/x?y=1 www.b.example/ü",
        SENTENCE.replace(", ", "\n\n"),
        "\u202e" + SENTENCE,
    ],
)
def test_a_disguise_changes_nothing(disguised):
    assert number_and_parts(disguised) == number_and_parts(SENTENCE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("le chat dort ici", "le chien dort ici"), ("12 morts", "13 morts"), ("ab c", "a bc"), ("a b", "b a")],
)
def test_other_words_are_another_text(one, other):
    assert number_and_parts(one)[0] != number_and_parts(other)[0]


def test_scripts_without_blanks_have_a_word_for_each_sign():
    assert number_and_parts("今日は良い天気です")[1] == 9 + 8
    assert number_and_parts("مرحبا بكم")[1] == 3
    assert number_and_parts("مَرْحَبًا بكم") == number_and_parts("مرحبا بكم")


@pytest.mark.parametrize(
    "text", ["", "🔥🔥🔥🔥🔥🔥", "Joyeux anniversaire !", "Good morning to all", "https://a.example/" + "x" * 90]
)
def test_short_texts_are_no_evidence(text):
    assert objects_of([text, text]) == [0, 0]


@given(st.lists(st.text(), max_size=20))
def test_any_text_has_a_number_and_the_same_words_the_same(texts):
    n = len(texts)
    number, first, parts = text_parts(*bytes_of(pa.array([*texts, *texts], pa.string())), letters(), 8, 1, 1)
    np.testing.assert_array_equal(number[:n], number[n:])
    assert first[-1] == parts.size
    assert all((np.diff(parts[a:b].astype(np.int64)) > 0).all() for a, b in itertools.pairwise(first))
    np.testing.assert_array_equal(number == 0, np.diff(first) == 0)


@given(st.lists(st.text(alphabet="abé \u200bÀ.!ßﬁ'", max_size=60), max_size=12))
def test_words_are_those_of_the_twin(texts):
    sizes = np.diff(text_parts(*bytes_of(pa.array(texts, pa.string())), letters(), 64, 1, 1)[1])
    assert sizes.tolist() == [len(twin.parts(text)) for text in texts]


@given(st.lists(st.text(max_size=9)))
def test_equal_strings_have_equal_numbers_and_others_others(strings):
    found = hashes_of(pa.array(strings, pa.string()))
    assert len(set(found.tolist())) == len(set(strings))
    np.testing.assert_array_equal(found[1:], hashes_of(pa.array(["first", *strings], pa.string()).slice(2)))


def invented(seed, n_families=60, copies=6):
    """Sentences of a small vocabulary, each with copies of which some words are changed, dropped or added."""
    rng = np.random.default_rng(seed)
    texts = []
    for _ in range(n_families):
        words = [f"mot{k}" for k in (rng.pareto(0.7, rng.integers(9, 40)) * 8).astype(int) % 900]
        texts.append(" ".join(words))
        for _ in range(copies):
            copy = list(words)
            for _ in range(rng.integers(0, 4)):
                place, kind = rng.integers(len(copy)), rng.integers(3)
                copy[place : place + (kind > 0)] = [] if kind == 1 else [f"autre{rng.integers(99)}"]
            texts.append(" ".join(copy))
    return [texts[k] for k in rng.permutation(len(texts))]


def test_nineteen_of_twenty_near_pairs_are_found_and_hardly_any_that_have_less_in_common():
    n_pairs = n_found = n_joined = n_alike = 0
    for seed in range(200, 205):
        texts = invented(seed)
        found = objects_of(texts)
        pairs = twin.near_pairs(texts, 0.6)
        near = [pair for pair, alike in pairs.items() if alike >= 0.8]
        joined = [(j, i) for i in range(len(texts)) for j in range(i) if found[i] == found[j]]
        n_pairs += len(near)
        n_found += sum(found[i] == found[j] for i, j in near)
        n_joined += len(joined)
        n_alike += sum(pair in pairs for pair in joined)
    assert n_pairs > 500
    assert n_found >= 0.95 * n_pairs
    assert n_alike >= 0.99 * n_joined


def test_each_text_stands_for_the_leader_that_the_twin_finds():
    texts = list(dict.fromkeys(invented(206)))
    _, first, parts = text_parts(*bytes_of(pa.array(texts)), letters(), 256, 1, 1)
    reached = np.arange(len(texts)) // HELD  # each bucket has room for some of the texts: so all meet
    buckets = np.full((len(texts), int(reached.max()) + 1), -1, np.int32)
    for group in range(buckets.shape[1]):
        buckets[reached >= group, group] = group
    found = leaders(first, parts, buckets, buckets.shape[1], NEAR, LEAST)
    assert found.tolist() == twin.leaders(texts, NEAR, LEAST)
    assert (found != np.arange(found.size)).any()


def test_copies_of_copies_end_where_little_of_the_first_is_left():
    words = [f"mot{k}" for k in range(30)]
    steps = [" ".join([*(f"autre{k}" for k in range(n)), *words[n:]]) for n in range(30)]
    found = objects_of(steps)
    assert found[0] == found[3]
    assert found[0] != found[-1]
    first = {number: place for place, number in reversed(list(enumerate(found)))}
    assert all(
        twin.in_common(twin.parts(text), twin.parts(steps[first[number]])) >= LEAST
        for text, number in zip(steps, found, strict=True)
    )


def test_what_two_texts_stand_for_does_not_hang_on_batches():
    texts = invented(207)
    assert objects_of(texts) == objects_of(texts, batches=7)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_copies_of_an_invented_campaign_are_one_text(language):
    random = np.random.default_rng(208)
    slogans = [say(language, "slogan", topic, int(random.integers(2**62))) for topic in range(60)]
    slogans = [one for one in slogans if objects_of([one]) != [0]]
    copies = [variation(one) for one in slogans for variation in _VARIATIONS]
    found = np.array(objects_of(copies), np.uint64).reshape(len(slogans), len(_VARIATIONS))
    assert (found == found[:, :1]).mean() >= 0.95


def test_people_who_say_their_own_are_seldom_taken_for_copies():
    random = np.random.default_rng(209)
    texts = [say("en", style, n % 12, int(random.integers(2**62))) for style in STYLES for n in range(150)]
    texts = list(dict.fromkeys(texts))
    found = [number for number in objects_of(texts) if number]
    assert len(found) - len(set(found)) <= 0.10 * len(found)


def test_many_texts_of_one_mould_cost_no_more_than_their_number():
    texts = [f"Je viens de débloquer le niveau {n} de ce jeu {n * 7} avec {n * 13} points" for n in range(20_000)]
    assert len(objects_of(texts)) == 20_000


def test_numbers_are_new_once():
    table = np.zeros(16, np.uint64)
    assert first_seen(np.array([3, 19, 3, 0, 35], np.uint64), table).tolist() == [True, True, False, False, True]
    assert first_seen(np.array([19, 4], np.uint64), table).tolist() == [False, True]
