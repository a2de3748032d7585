"""What accounts did, counted as a slow reader of the rows would count it."""

import re

import msgspec
import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from ascendant.patterns.kinds.acts import own_hosts, plain, ramp
from ascendant.patterns.kinds.weights import patterns
from strategies import activities, asks_a_study, study_of

SITES = ("https://www.shop.example/a", "http://blog.shop.example:80", "https://notshop.example", "", "shop.example")
LINKS = st.none() | st.lists(st.sampled_from(SITES), max_size=2).map(tuple)
WORDS = st.sampled_from([None, "hello"])
PEOPLE = ["x:ann", "x:bob", "x:cem", "x:dia", "x:eve"]


@st.composite
def linked(draw):
    return [msgspec.structs.replace(row, urls=draw(LINKS), text=draw(WORDS)) for row in draw(activities())]


def is_own(url):
    host = re.match(r"https?://([^/:]+)", url)
    return bool(host) and (host[1] == "shop.example" or host[1].endswith(".shop.example"))


@asks_a_study
@given(linked())
def test_acts_are_counted_as_a_slow_reader_counts_them(rows):
    wanted = pa.table({"account_id": PEOPLE, "host": ["shop.example"] * 5})
    with study_of(rows) as questions:
        found = {row["account_id"]: row for row in questions.ask("kind_acts", wanted=wanted).to_pylist()}
        texts = questions.ask("kind_texts", wanted=wanted.select(["account_id"])).to_pylist()
    acts = [
        row
        for row in rows
        if row.verb in {"post", "repost", "quote", "reply"}
        and row.actor_id
        and row.count > 0
        and not (row.verb == "reply" and row.object_author_id == row.actor_id)
    ]
    assert set(found) == {row.actor_id for row in acts}
    for who, counts in found.items():
        mine = [row for row in acts if row.actor_id == who]
        own = [row for row in mine if row.verb in {"post", "quote"}]
        timed = [row for row in mine if row.verb == "post" and row.happened_at is not None]
        assert counts["n_acts"] == sum(row.count for row in mine)
        assert counts["n_own"] == sum(row.count for row in own)
        assert counts["n_own_site"] == sum(row.count for row in own if any(map(is_own, row.urls or ())))
        assert counts["n_timed"] == len(timed)
        assert counts["n_on_quarter"] == sum(row.happened_at // 60_000_000 % 60 in {0, 15, 30, 45} for row in timed)
    written = {row.activity_id for row in rows if row.verb in {"post", "quote"} and row.actor_id and row.text}
    assert {row["activity_id"] for row in texts} == written


def test_hosts_of_everybody_are_nobodys_own():
    urls = [
        "https://shop.co.uk/a",
        "http://www.facebook.com/shop",
        "https://sub.shop.fr",
        None,
        "",
        "shop",
        "https://[::1",
    ]
    assert own_hosts(urls) == ["shop.co.uk", None, "shop.fr", None, None, None, None]


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.01, 0.4), st.floats(0.05, 0.5))
def test_a_share_says_more_the_larger_it_is_and_the_more_was_seen(part, more, low, width):
    whole = part + more
    once = ramp(np.array([part]), np.array([whole]), low, low + width)[0]
    thrice = ramp(np.array([3 * part]), np.array([3 * whole]), low, low + width)[0]
    assert 0 <= once <= 1
    if part > low * whole:
        assert thrice >= once - 1e-12
    else:
        assert once < 1e-9
        assert thrice < 1e-9


def test_words_are_found_whole_in_either_language():
    said = plain(pa.chunked_array([["Nos SOLDES d’Été !", "solderie", "je", "jeu", "Order now.", "shopping"]]))
    french, english = patterns()["fr"], patterns()["en"]
    assert [bool(re.search(french["promotion"], one)) for one in said.to_pylist()[:2]] == [True, False]
    assert [bool(re.search(french["first_person"], one)) for one in said.to_pylist()[2:4]] == [True, False]
    assert [bool(re.search(english["promotion"], one)) for one in said.to_pylist()[4:]] == [True, False]
