"""Links: one page has one name, whichever road leads to it."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.patterns.groups.links import pages


def page(link):
    return pages(pa.array([link], pa.string()))[0].as_py()


@pytest.mark.parametrize(
    "roads",
    [
        ("https://www.a.example/x/", "http://a.example/x", "//m.a.example:443/x#top",
         "https://u:p@A.example./x?", "a.example/x"),
        ("https://a.example/x?q=2&p=1", "https://a.example/x?utm_source=b&p=1&fbclid=c&q=2&gclid=d",
         "http://a.example/x/?p=1&amp;q=2"),
        ("https://a.example/x", "https://a.example/x/amp/?amp=1",
         "https://amp.a.example/x/index.html?xtor=1&utm_a=2&si=3"),
        ("https://a.example/%c3%a9t%C3%A9%7E", "https://a.example/été~"),
        ("https://youtu.be/abcdefg?si=1", "https://m.youtube.com/watch?feature=share&v=abcdefg&t=10",
         "https://youtube.com/shorts/abcdefg"),
        ("https://twitter.com/jean/status/123456?s=20", "https://x.com/i/web/status/123456/photo/1"),
        ("https://fr.m.wikipedia.org/wiki/Loire", "https://fr.wikipedia.org/wiki/Loire"),
    ],
)  # fmt: skip
def test_all_roads_lead_to_one_page(roads):
    assert page(roads[0]) is not None
    assert {page(road) for road in roads} == {page(roads[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?p=1", "https://a.example/x?p=2"),
        ("https://a.example/b%2fc", "https://a.example/b/c"),
        ("https://a.example/?p=12", "https://a.example/?p=13"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://fr.a.example/x", "https://en.a.example/x"),
        ("https://youtu.be/abcdefg", "https://youtu.be/abcdefG"),
        ("https://a.example/x?ampere=1", "https://a.example/x"),
    ],
)
def test_two_pages_are_two(one, other):
    assert page(one) != page(other)
    assert page(one) is not None


@pytest.mark.parametrize(
    "link",
    ["https://a.example", "https://www.a.example/", "a.example/?fbclid=3#x", "https://a.example/fr/", "https://a.example/index.html",
     "mailto:b@a.example", "https://[::1]/x", "not a link", "https://a.example/x y", "", None],
)  # fmt: skip
def test_a_front_page_and_what_is_no_link_are_no_evidence(link):
    assert page(link) is None


@given(
    st.lists(st.one_of(st.none(), st.text(), st.text(alphabet="htps:/.w?&=%#aé2f-").map("https://a.example/".__add__)))
)
def test_any_words_have_a_page_or_none_and_a_page_is_its_own(links):
    found = pages(pa.array(links, pa.string()))
    assert len(found) == len(links)
    for first, second in zip(found.to_pylist(), pages(found).to_pylist(), strict=True):
        assert first is None or second == first
