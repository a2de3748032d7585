import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.linkedin_archive.links import FROM_ADDRESS, target_of
from ascendant.read.linkedin_archive.posts import BARE, unwrapped
from ascendant.read.linkedin_archive.story import NO_TARGET, NOTHING
from linkedin_archives import COMPLETE, ME, found_in, micros, number_of

SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
POST = number_of("2026-07-12T09:00:00")
FEED = "https://www.linkedin.com/feed/update/urn%3Ali%3A"


def own(found, written):
    (act,) = [act for act in found.acts if act.activity_id == f"linkedin:{number_of(written)}"]
    return act


def test_words_of_several_lines_are_freed_of_the_marks_around_each_line():
    act = own(found_in(COMPLETE), "2026-07-10T08:00:00")
    assert act.text == 'Une "rue" pour tous.\n\nAvis ? #Ville @mairie https://example.org/rue'
    assert (act.hashtags, act.urls, act.audience) == (("ville",), ("https://example.org/rue",), "public")


@given(st.lists(st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"])), min_size=2))
def test_what_linkedin_wraps_is_unwrapped_to_what_was_written(lines):
    wrapped = '"\n"'.join(lines)
    assert unwrapped(wrapped) == ("\n".join(lines).strip() or None)


def test_lines_that_are_not_wrapped_stay_as_they_are():
    for text in ('He said "no"\nand left', '"One"\nTwo', "One\n\nTwo", "One", None):
        assert unwrapped(text) == text


def test_the_time_of_an_unreadable_date_is_in_the_number_of_the_post(read):
    number = number_of("2026-07-10T08:00:00")
    act = read("Shares.csv", f"{SHARES}2026-02-30 10:00:00,{FEED}share%3A{number},Bonjour,,,\n").only
    assert (act.happened_at, act.time_basis, act.time_precision) == (
        micros("2026-07-10T08:00:00"),
        "derived_from_id",
        "ms",
    )


def test_how_a_post_passes_something_on_is_told():
    found = found_in(COMPLETE)
    with_words = own(found, "2026-07-10T08:00:00")
    link_alone = own(found, "2026-07-09T07:00:00")
    post_alone = own(found, "2026-07-08T07:00:00")
    with_comment = own(found, "2026-07-06T07:00:00")
    picture = own(found, "2026-07-05T07:00:00")
    bare = own(found, "2026-07-04T07:00:00")
    assert (with_words.verb, with_words.relay) == ("post", "with_comment")
    assert (link_alone.verb, link_alone.relay, link_alone.urls) == ("post", "link", ("https://example.org/velo",))
    root = f"linkedin:{number_of('2026-07-07T18:00:00')}"
    assert (post_alone.verb, post_alone.relay, post_alone.object_id) == ("repost", "pure", root)
    assert (with_comment.verb, with_comment.relay) == ("quote", "quote")
    assert (with_comment.object_author_id, with_comment.confidence) == ("linkedin:@ada-modele", FROM_ADDRESS)
    assert (picture.verb, picture.relay, picture.missing, picture.audience) == ("post", None, None, "connections")
    assert (bare.verb, bare.missing) == ("post", ("text",))
    assert found.coverage("Shares_100200300.csv").note == BARE


def test_nobody_is_made_the_author_of_what_linkedin_does_not_attribute():
    found = found_in(COMPLETE)
    for verb in ("repost", "react", "vote", "save"):
        for act in found.of(verb):
            if act.object_kind in ("post", "comment"):
                assert act.object_author_id is None, act
                assert "object_author_id" in act.missing


def test_an_instant_repost_passes_on_and_adds_nothing():
    (act,) = [
        act for act in found_in(COMPLETE).of("repost") if act.source_file.endswith("InstantReposts_100200300.csv")
    ]
    assert (act.actor_id, act.object_id) == (ME, f"linkedin:{number_of('2026-07-11T09:00:00')}")
    assert (act.relay, act.text, act.object_kind) == ("pure", None, "post")


def test_marks_that_a_backslash_escapes_are_read(read):
    text = r'"Elle a \"dit\" : C:\\plans, \d+,' + '\noui"'
    act = read("Comments_9.csv", f"Date,Link,Message\n2026-07-12 10:00:00,{FEED}activity%3A{POST},{text}\n").only
    assert act.text == 'Elle a "dit" : C:\\plans, \\d+,\noui'


def test_a_table_of_comments_that_doubles_its_marks_is_read_too(read):
    rows = "".join(f'2026-07-12 10:00:0{n},{FEED}activity%3A{POST},"un ""mot"" et C:\\"\n' for n in range(5))
    found = read("Comments.csv", f"Date,Link,Message\n{rows}")
    assert {act.text for act in found.acts} == {'un "mot" et C:\\'}
    assert len(found.acts) == 5


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r"), min_size=1))
def test_any_comment_comes_back_as_it_was_written(tmp_path_factory, text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    path = tmp_path_factory.mktemp("c") / "Comments_100200300.csv"
    row = f'2026-07-12 10:00:00,{FEED}activity%3A{POST},"{escaped}"'
    path.write_text(f"Date,Link,Message\n{row}\n2026-07-12 10:00:01,,Bonjour\n", encoding="utf-8", newline="")
    found = found_in(path)
    assert [act.text for act in found.acts] == [text.strip() or None, "Bonjour"]


def test_whom_a_comment_answers_is_known_from_the_numbers_in_its_address():
    """The address may hold the comment's own number: then that was given in the second of the comment."""
    acts = {act.text: act for act in found_in(COMPLETE).of("reply")}
    post, other = f"linkedin:{POST}", f"linkedin:{number_of('2026-07-12T10:30:00')}"
    on_comment, mine, reply = acts["D'accord"], acts["À moi"], acts["Je réponds"]
    assert (on_comment.object_id, on_comment.object_kind) == (other, "comment")
    assert (mine.object_id, mine.object_kind) == (post, "post")
    assert mine.activity_id == f"linkedin:{number_of('2026-07-12T12:00:00')}"
    assert (reply.object_id, reply.object_kind) == (other, "comment")
    assert reply.activity_id == f"linkedin:{number_of('2026-07-12T13:00:00')}"
    assert {act.thread_id for act in (on_comment, mine, reply)} == {post}


def test_an_answer_to_oneself_is_known_where_the_post_is_ones_own():
    act = {act.text: act for act in found_in(COMPLETE).of("reply")}["Merci à tous"]
    assert act.object_author_id == ME
    assert act.missing is None
    assert act.confidence == 1


def test_a_comment_that_was_changed_keeps_its_id(read):
    row = f"2026-07-12 10:00:00,{FEED}activity%3A{POST}"
    first = read("Comments.csv", f"Date,Link,Message\n{row},Avant\n").only
    later = read("Comments.csv", f"Date,Link,Message\n{row},Après\n").only
    assert (first.activity_id, first.text) == (later.activity_id, "Avant")
    assert later.text == "Après"


def test_two_reactions_to_one_post_in_one_second_are_two(read):
    row = f"2026-07-12 10:00:00,{{}},{FEED}activity%3A{POST}\n"
    found = read("Reactions.csv", f"Date,Type,Link\n{row.format('LIKE')}{row.format('PRAISE')}")
    assert len({act.activity_id for act in found.acts}) == 2


def test_a_reaction_to_a_comment_is_about_the_comment():
    (act,) = [act for act in found_in(COMPLETE).of("react") if act.object_kind == "comment"]
    assert act.object_id == f"linkedin:{number_of('2026-07-12T10:20:00')}"
    assert act.thread_id == f"linkedin:{POST}"


def test_the_author_in_the_address_of_a_post_is_told_as_derived(read):
    link = f"https://fr.linkedin.com/posts/Ada-Mod%C3%A8le_un-plan-activity-{POST}-Ab1c?utm_source=share"
    found = read("Reactions.csv", f"Date,Type,Link\n2026-07-12 10:00:00,LIKE,{link}\n")
    act = found.only
    assert (act.object_id, act.object_author_id) == (f"linkedin:{POST}", "linkedin:@ada-modèle")
    assert (act.missing, act.confidence) == (None, FROM_ADDRESS)
    assert found.account("linkedin:@ada-modèle").resolved == "derived"


def test_what_was_saved_is_a_post_or_a_page():
    post, page = [act for act in found_in(COMPLETE).of("save") if "Saved_Items" in act.source_file]
    assert (post.object_kind, post.object_id) == ("post", f"linkedin:{number_of('2026-06-28T10:00:00')}")
    assert (page.object_kind, page.object_id) == ("url", None)
    assert page.urls == ("https://www.linkedin.com/pulse/la-ville-ada",)
    assert "object_id" in page.missing


def test_words_that_a_spreadsheet_would_take_for_a_formula_are_kept_as_they_are():
    act = own(found_in(COMPLETE), "2026-07-03T07:00:00")
    assert act.text == "=SOMME(A1:A9) n'est pas une formule"


@pytest.mark.parametrize(
    ("name", "table", "reason"),
    [
        ("Shares.csv", f"{SHARES},,,,,PUBLIC\n", NOTHING),
        ("Comments.csv", "Date,Link,Message\n2026-07-12 10:00:00,,\n", NOTHING),
        ("Reactions.csv", "Date,Type,Link\n2026-07-12 10:00:00,LIKE,\n", NO_TARGET),
        ("InstantReposts.csv", "Date,Link\n2026-07-12 10:00:00,N/A\n", NO_TARGET),
    ],
)
def test_a_row_that_says_nothing_is_a_reject_with_its_line_and_file(read, name, table, reason):
    found = read(name, table)
    assert found.acts == []
    (reject,) = found.rejects
    assert (reject.pointer, reject.reason, reject.member) == ("line 2", reason, name)
    assert found.coverage(name).rows_in == 1


@given(st.text(max_size=60))
def test_no_address_is_too_strange(text):
    for address in (text, f"https://www.linkedin.com/posts/{text}", f"urn:li:comment:({text})", f"{FEED}{text}"):
        target_of(address)
