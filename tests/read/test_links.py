from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.links import distinct, links_in, unwrapped


@given(st.text(max_size=80))
def test_no_text_stops_the_search_for_links_and_each_that_is_found_stands_in_it(text):
    for link in links_in(text + " https://a.fr/x " + text):
        assert link in text + " https://a.fr/x " + text
        assert unwrapped(link)


def test_the_doors_of_the_platforms_lead_where_they_lead():
    assert unwrapped("https://lm.facebook.com/l.php?u=http%3A%2F%2Fa.fr&h=1") == "http://a.fr"
    assert (
        unwrapped("https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fa.fr%2Fb%3Fc%3D1") == "https://a.fr/b?c=1"
    )


def test_a_door_that_leads_to_no_page_stays_as_it_is():
    for link in ("https://l.facebook.com/l.php?h=1", "https://l.facebook.com/l.php?u=javascript%3Aalert", "https://[x"):
        assert unwrapped(link) == link


def test_the_signs_of_the_sentence_do_not_belong_to_a_link():
    assert links_in("(voir https://a.fr/b). Et « https://c.fr/d » !") == ["https://a.fr/b", "https://c.fr/d"]


def test_each_link_stands_once_in_the_order_of_the_text():
    assert distinct([" https://b.fr", None, "", "https://a.fr", "https://b.fr"]) == ("https://b.fr", "https://a.fr")
    assert distinct([]) is None
