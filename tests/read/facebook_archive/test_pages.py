"""Exports in HTML: what can be read of them, and what is said to be out of reach."""

import pytest

from ascendant.read.facebook_archive.dates import local_moment
from facebook_archives import ME, found_in, zipped

FOLDER = "your_facebook_activity/"
COMMENTS = f"{FOLDER}comments_and_reactions/comments.html"
POSTS = f"{FOLDER}posts/your_posts__check_ins__photos_and_videos_1.html"
FRIENDS = {"connections/friends/your_friends.html": '<section class="_a6-g"><h2>Bo Muster</h2></section>'}


def section(title="", body="", date="Jan 05, 2024 1:00:00 pm"):
    heading = f'<h2 class="_2ph_ _a6-h _a6-i">{title}</h2>' if title else ""
    foot = f'<footer class="_3-94 _a6-o"><div class="_a72d">{date}</div></footer>'
    return f'<section class="_3-95 _a6-g">{heading}<div class="_2ph_ _a6-p">{body}</div>{foot}</section>'


def page(*sections):
    return (
        f"<!doctype html><html><head><style>.x{{}}</style></head><body><main>{''.join(sections)}</main></body></html>"
    )


def test_a_comment_has_its_words_its_time_and_the_known_name_of_its_sentence(read):
    words = '<div class="_2pin"><div>Bravo &amp; merci<br>à toi</div></div>'
    found = read({**FRIENDS, COMMENTS: page(section("Ada Exemple a commenté la publication de Bo Muster.", words))})
    (act,) = found.of("reply")
    assert (act.text, act.object_author_id) == ("Bravo & merci à toi", "facebook:name:Bo Muster")
    assert (act.happened_at, act.time_basis) == (1_704_459_600_000_000, "local_unknown")
    assert act.text_repaired is False


def test_what_pages_cannot_give_is_said_and_json_is_asked_for(read):
    found = read({COMMENTS: page(section("x", "y")), f"{FOLDER}polls/your_poll_votes.html": page(section("x"))})
    row = found.coverage("comments.html")
    assert (row.status, row.rows_in) == ("parsed", 1)
    assert "ask Facebook for JSON" in row.note
    other = found.coverage("your_poll_votes.html")
    assert (other.status, "ask Facebook for JSON" in other.note) == ("unread", True)


def test_the_layouts_of_2019_and_of_2024_tell_the_same(read):
    new = page(section("Ada Exemple commented on a post.", '<div class="_2pin"><div>Bravo</div></div>'))
    title = '<div class="_3-96 _2pio _2lek _2lel">Ada Exemple commented on a post.</div>'
    body = '<div class="_3-96 _2let"><div><div class="_2pin"><div>Bravo</div></div></div></div>'
    date = '<div class="_3-94 _2lem"><a href="https://www.facebook.com/x">Jan 05, 2024, 1:00:00 PM</a></div>'
    old = page(f'<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder">{title}{body}{date}</div>')
    one, other = read({COMMENTS: new}, place="new").only, read({"comments/comments.html": old}, place="old").only
    assert (one.text, one.happened_at, one.activity_id) == (other.text, other.happened_at, other.activity_id)


def test_a_link_alone_is_a_link_and_the_date_in_a_body_is_no_word(read):
    link = '<div class="_2pin"><a href="https://journal.example/a">https://journal.example/a</a></div>'
    body = f'{link}<div class="_2pin"><div>Updated May 02, 2011 8:12:17 am</div></div>'
    act = read({POSTS: page(section("Ada Exemple shared a link.", body, ""))}).only
    assert (act.text, act.urls, act.relay) == (None, ("https://journal.example/a",), "link")
    assert act.happened_at == 1_304_323_937_000_000


def test_a_reaction_is_a_picture(read):
    body = '<img src="icons/like.png">'
    title = "Ada Exemple aime ceci."
    act = read({f"{FOLDER}comments_and_reactions/likes_and_reactions_1.html": page(section(title, body))}).only
    assert (act.verb, act.actor_id, act.missing) == ("react", ME, ("object_author_id",))


def test_lists_in_tables_stand_under_their_labels(read):
    names = "".join(
        f'<section class="_a6-g"><div class="_2pin _a6-p">{name}</div></section>' for name in ("Acme", "Bo & Cie")
    )
    table = f'<table><tr><td colspan="2" class="_2pin _a6_q">Liste importée<div>{names}</div></td></tr></table>'
    found = read({"ads_information/advertisers_using_your_activity_or_information.html": page(table)})
    assert [(act.ad.advertiser, act.ad.criteria[0][2]) for act in found.acts] == [
        ("Acme", "uploaded_list"),
        ("Bo & Cie", "uploaded_list"),
    ]


def test_what_a_site_reported_is_a_count_where_the_page_has_one_number(read):
    path = "apps_and_websites_off_of_facebook/your_activity_off_meta_technologies.html"
    pages = page(section("shop.example", "1 234 interactions reçues"), section("b.example", "interactions: 3 of 5"))
    assert [act.count for act in read({path: pages}).acts] == [1234, 1]


def test_a_page_whose_classes_are_not_known_is_told_and_not_read_as_nothing(read):
    found = read({COMMENTS: "<html><body><div class='tomorrow'>Bravo</div></body></html>"})
    row = found.coverage("comments.html")
    assert (row.status, row.rows_in) == ("unknown", 0)
    assert "does not know" in row.note


def test_json_is_read_instead_of_the_page_where_both_are_there(read):
    found = read({
        f"{FOLDER}comments_and_reactions/comments.json": {"comments_v2": [{"timestamp": 1_700_000_000, "title": "x"}]},
        COMMENTS: page(section("x", "y")),
    })  # fmt: skip
    assert len(found.acts) == 1
    assert found.coverage("comments.html").status == "unread"


@pytest.mark.parametrize("length", range(0, 700, 23))
def test_a_page_that_breaks_off_gives_what_came_before(read, length):
    whole = page(section("a", "<p>un</p>"), section("b", "<p>deux</p>"), section("c", "<p>trois</p>"))
    texts = [text for text in read({COMMENTS: whole[:length]}).texts if text]
    assert texts[:-1] == ["un", "deux", "trois"][: max(0, len(texts) - 1)]
    assert not texts or ["un", "deux", "trois"][len(texts) - 1].startswith(texts[-1])


@pytest.mark.parametrize(
    "piece",
    ["<", "</", "<!", "<!--", "<a ", "<a b='", "<h2>x", "<div class='_a6-g'>", "<td class='_a6_q'>x", "&#", "<script>"],
)
def test_the_time_of_a_damaged_page_grows_with_its_length_only(tmp_path, piece):
    import time

    start = '<section class="_a6-g">'
    path = zipped(tmp_path / "a.zip", {COMMENTS: start + piece * (300_000 // len(piece)) + start})
    began = time.process_time()
    found_in(path)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("Jun 04, 2025 6:46:10 pm", "2025-06-04 18:46:10"),
        ("Jan 16, 2019, 10:15 AM", "2019-01-16 10:15:00"),
        ("12:00:00 am Dec 25, 2020", "2020-12-25 00:00:00"),
        ("Dec 25, 2020 12:30:00 pm", "2020-12-25 12:30:00"),
        ("juin 04, 2025 18:46:10", "2025-06-04 18:46:10"),
        ("juil. 14, 2024 8:00:00 am", "2024-07-14 08:00:00"),
        ("4 août 2023 à 09:05", "2023-08-04 09:05:00"),
        ("mars 01, 2024 6:00:00 pm", "2024-03-01 18:00:00"),
        ("Mai 05, 2022 6:00:00 nachm. 18:00", None),
        ("mrt 02, 2024 10:00:00", "2024-03-02 10:00:00"),
        ("ene 02, 2024 10:00:00 a. m.", "2024-01-02 10:00:00"),
        ("gen 02, 2024 10:00:00", "2024-01-02 10:00:00"),
        ("out 02, 2024 10:00:00", "2024-10-02 10:00:00"),
        ("2025年6月4日 18:46", None),
        ("04/06/2025 18:46", None),
        ("Feb 30, 2024 1:00:00 pm", None),
        ("", None),
    ],
)
def test_dates_are_read_in_the_languages_that_are_known_and_in_no_other(told, moment):
    from datetime import UTC, datetime

    found = local_moment(told, None)[0]
    if moment is not None or found is None:
        assert (str(datetime.fromtimestamp(found / 1e6, UTC))[:19] if found is not None else None) == moment
    else:
        assert "nachm" in told  # a clock that stands twice is read once


def test_an_hour_that_comes_twice_or_never_is_still_a_moment():
    twice, never = (
        local_moment("Oct 26, 2025 2:30:00 am", "Europe/Paris"),
        local_moment("Mar 30, 2025 2:30:00 am", "Europe/Paris"),
    )
    assert (twice[0], never[0]) == (1_761_438_600_000_000, 1_743_298_200_000_000)
