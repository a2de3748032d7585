"""Addresses inside Facebook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.facebook_archive.links import account_in, link_of, plain_url


@pytest.mark.parametrize(
    ("url", "kind", "item", "author"),
    [
        ("https://www.facebook.com/acme/posts/12", "post", "12", "@acme"),
        ("https://www.facebook.com/acme/posts/pfbid0abc", "post", "pfbid0abc", "@acme"),
        ("https://www.facebook.com/901/posts/12", "post", "12", "901"),
        ("https://m.facebook.com/acme/videos/a-title/12/?ref=x", "post", "12", "@acme"),
        ("https://www.facebook.com/acme/photos/a.1.2/12/", "post", "12", "@acme"),
        ("https://www.facebook.com/photo.php?fbid=12&set=a.1", "post", "12", None),
        ("https://www.facebook.com/photo/?fbid=12", "post", "12", None),
        ("https://www.facebook.com/watch/?v=12", "post", "12", None),
        ("https://www.facebook.com/reel/12", "post", "12", None),
        ("https://www.facebook.com/story.php?story_fbid=12&id=99", "post", "12", "99"),
        ("https://www.facebook.com/groups/7/?multi_permalinks=12,13", "post", "12", None),
        ("https://www.facebook.com/groups/7/user/12/", "account", "12", "12"),
        ("https://www.facebook.com/groups/voisins.du.port", "group", "group:voisins.du.port", None),
        ("https://www.facebook.com/events/12/", "event", "12", None),
        ("https://www.facebook.com/Acme", "account", "@acme", "@acme"),
        ("https://www.facebook.com/people/Jo/12/", "account", "12", "12"),
        ("https://www.facebook.com/profile.php?id=12", "account", "12", "12"),
        ("https://www.facebook.com/acme/posts/12?comment_id=5&reply_comment_id=6", "comment", "6", None),
        ("https://www.facebook.com/memories/", None, None, None),
        ("https://www.facebook.com/", None, None, None),
        ("https://www.facebook.com/profile.php?id=0", None, None, None),
    ],
)
def test_an_address_tells_what_and_whose(url, kind, item, author):
    link = link_of(url)
    assert link is not None
    told = (link.kind, link.object_id, link.author_id)
    assert told == (kind, f"facebook:{item}" if item else None, f"facebook:{author}" if author else None)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/facebook.com/a",
        "https://facebook.com.evil.example/a/posts/1",
        "ftp://facebook.com/a",
        "",
        "x",
        "https://[a",
    ],
)
def test_other_addresses_lead_nowhere_in_facebook(url):
    assert link_of(url) is None
    assert account_in(url) is None


@given(st.text())
def test_any_text_is_an_address_or_none(text):
    for url in (text, f"https://www.facebook.com/{text}", f"https://l.facebook.com/l.php?u={text}&fbclid=1"):
        link_of(url)
        plain_url(url)
        assert "\0" not in plain_url(url.replace("\0", ""))
