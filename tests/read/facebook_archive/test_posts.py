"""Posts, comments, pictures: what is said, what is passed on, and to whom."""

import pytest

from facebook_archives import A_DAY, ME, label, record

FOLDER = "your_facebook_activity/"
POSTS = f"{FOLDER}posts/your_posts__check_ins__photos_and_videos_1.json"
COMMENTS = f"{FOLDER}comments_and_reactions/comments.json"
FRIENDS = {"connections/friends/your_friends.json": {"friends_v2": [{"name": "Bo Muster", "timestamp": A_DAY}]}}


def post(text=None, *attached, at=A_DAY, title="Ada Exemple a partagé quelque chose.", **more):
    data = [] if text is None else [{"post": text}]
    attachments = [{"data": [one]} for one in attached]
    return {"timestamp": at, "data": data, "attachments": attachments, "title": title, **more}


def link(url, **more):
    return {"external_context": {"url": url, **more}}


def comment(text, title, at=A_DAY, **more):
    inner = {"timestamp": at, "comment": text, "author": "Ada Exemple", **more}
    return {"timestamp": at, "data": [{"comment": inner}], "title": title}


@pytest.mark.parametrize(
    ("record_", "verb", "relay", "missing"),
    [
        (post("Bonjour"), "post", None, None),
        (post(None, link("https://journal.example/a")), "post", "link", None),
        (post("À lire", link("https://journal.example/a")), "post", "with_comment", None),
        (post("https://journal.example/a", link("https://journal.example/a")), "post", "link", None),
        (post(None, link("https://www.facebook.com/acme/posts/9")), "repost", "pure", None),
        (post("Oui !", link("https://www.facebook.com/acme/posts/9")), "quote", "quote", None),
        (post(None, link("https://www.facebook.com/reel/9")), "repost", "pure", ("object_author_id",)),
        (post(None, link("")), "repost", "pure", ("object_id", "object_author_id")),
        (post(None, link("https://www.facebook.com/help/")), "post", "link", None),
        (post(), "post", None, ("text",)),
        (post("  "), "post", None, ("text",)),
    ],
)
def test_passing_on_is_told_from_saying(read, record_, verb, relay, missing):
    act = read({POSTS: [record_]}).only
    assert (act.verb, act.relay, act.missing) == (verb, relay, missing)


def test_a_repost_names_the_post_and_who_wrote_it(read):
    act = read({POSTS: [post(None, link("https://www.facebook.com/permalink.php?story_fbid=9&id=77&fbclid=x"))]}).only
    assert (act.object_id, act.object_author_id, act.object_kind) == ("facebook:9", "facebook:77", "post")
    assert act.urls == ("https://www.facebook.com/permalink.php?story_fbid=9&id=77",)


def test_what_follows_a_click_and_what_wraps_a_link_are_taken_off(read):
    wrapped = "https://l.facebook.com/l.php?u=https%3A%2F%2Fjournal.example%2Fa%3Fid%3D1%26fbclid%3Dy&h=AT0"
    found = read(
        {POSTS: [post(None, link(wrapped)), post(None, link("https://journal.example/b?fbclid=x&id=2"), at=1)]}
    )
    assert [act.urls for act in found.acts] == [
        ("https://journal.example/a?id=1",),
        ("https://journal.example/b?id=2",),
    ]


def test_words_under_a_picture_are_the_words_of_the_post(read):
    act = read({POSTS: [post(None, {"media": {"uri": "a.jpg", "description": "La mer"}})]}).only
    assert (act.text, act.relay) == ("La mer", None)


def test_a_life_event_is_told_by_its_title_and_stands_at_the_time_of_the_post(read):
    record_ = post(None, {"life_event": {"title": "Un chien", "start_date": {"year": 1999}}})
    record_["data"] = [{"backdated_timestamp": 915_148_800}]
    act = read({POSTS: [record_]}).only
    assert (act.text, act.happened_at) == ("Un chien", A_DAY * 10**6)


def test_tags_and_those_on_whose_page_a_post_stands_are_mentioned(read):
    tagged = post("Fête", tags=[{"name": "Cy Autre"}, "Bo Muster"], title="Ada Exemple est avec Bo Muster.")
    act = read({**FRIENDS, POSTS: [tagged]}).of("post")[0]
    assert act.mentions == ("facebook:name:Cy Autre", "facebook:name:Bo Muster")


def test_a_comment_answers_the_one_known_name_in_its_sentence(read):
    titles = {
        "Ada Exemple a commenté la publication de Bo Muster.": "facebook:name:Bo Muster",
        "Ada Exemple commented on Bo Muster's photo.": "facebook:name:Bo Muster",
        "Ada Exemple a répondu à Bo Mustermann.": None,
        "Ada Exemple a répondu au commentaire de Bo Muster sur le lien de Acme News.": None,
        "Ada Exemple a commenté sa propre publication.": None,
    }
    pages = {f"{FOLDER}pages/pages_you've_liked.json": {"page_likes_v2": [{"name": "Acme News", "timestamp": A_DAY}]}}
    comments = [comment("x", title, A_DAY + n) for n, title in enumerate(titles)]
    found = read({**FRIENDS, **pages, COMMENTS: {"comments_v2": comments}})
    assert [act.object_author_id for act in found.of("reply")] == list(titles.values())
    assert [act.confidence for act in found.of("reply")] == [0.7, 0.7, 0.9, 0.9, 0.9]


def test_a_page_that_bears_a_part_of_the_owners_name_is_not_found_in_it(read):
    pages = {f"{FOLDER}pages/pages_you've_liked.json": {"page_likes_v2": [{"name": "Exemple", "timestamp": A_DAY}]}}
    found = read({**pages, COMMENTS: {"comments_v2": [comment("x", "Ada Exemple a commenté une vidéo.")]}})
    assert found.of("reply")[0].object_author_id is None


def test_a_group_that_bears_the_name_of_a_page_is_the_group(read):
    files = {
        f"{FOLDER}pages/pages_you've_liked.json": {"page_likes_v2": [{"name": "Acme News", "timestamp": A_DAY}]},
        f"{FOLDER}groups/your_group_membership_activity.json": {
            "groups_joined_v2": [{"timestamp": A_DAY, "data": [{"name": "Acme News Fans"}], "title": ""}]
        },
        COMMENTS: {"comments_v2": [comment("x", "Ada Exemple commented in Acme News Fans.")]},
    }
    act = read(files).of("reply")[0]
    assert (act.object_author_id, act.context_id) == (None, "facebook:group:Acme News Fans")


def test_a_page_with_an_address_is_one_account_wherever_its_name_stands(read):
    files = {
        f"{FOLDER}pages/pages_you've_liked.json": {
            "page_likes_v2": [{"name": "Acme News", "timestamp": A_DAY, "url": "https://www.facebook.com/acme.news"}]
        },
        f"{FOLDER}pages/pages_and_profiles_you_follow.json": {
            "pages_followed_v2": [{"timestamp": A_DAY + 5, "data": [{"name": "Acme News"}], "title": "Acme News"}]
        },
        COMMENTS: {"comments_v2": [comment("x", "Ada Exemple a commenté la publication de Acme News.")]},
    }
    found = read(files)
    assert {act.object_author_id for act in found.acts} == {"facebook:@acme.news"}
    (page,) = [account for account in found.accounts if not account.is_me]
    assert (page.handle, page.name, page.resolved, page.declared_kind) == ("acme.news", "Acme News", "exact", "page")


def test_a_page_that_is_named_as_a_friend_is_told_from_them(read):
    page = {"name": "Bo Muster", "timestamp": A_DAY, "url": "https://www.facebook.com/bo.official"}
    files = {f"{FOLDER}pages/pages_you've_liked.json": {"page_likes_v2": [page]}, **FRIENDS}
    found = read({**files, COMMENTS: {"comments_v2": [comment("x", "Ada Exemple a répondu à Bo Muster.")]}})
    assert found.of("follow")[0].object_id == "facebook:@bo.official"
    assert found.of("reply")[0].object_author_id == "facebook:name:Bo Muster"


def test_comments_in_groups_that_stand_in_two_files_are_told_once(read):
    twice = comment("Merci", "Ada Exemple.", group="Voisins")
    found = read(
        {
            COMMENTS: {"comments_v2": [twice]},
            f"{FOLDER}groups/your_comments_in_groups.json": {"group_comments_v2": [twice]},
        }
    )
    assert (found.only.context_id, found.only.audience) == ("facebook:group:Voisins", "group")


def test_two_posts_of_one_second_are_two_and_the_same_post_twice_is_one(read):
    found = read({POSTS: [post("a"), post("b"), post("a"), post("a", tags=["Bo"])]})
    assert len({act.activity_id for act in found.acts}) == 3


def test_posts_of_the_newest_layout_are_not_told_again_by_the_old_one(read):
    other = record(label("Message", "Bon anniversaire"), label("Target", "Bo Muster"), timestamp=A_DAY, fbid="7")
    files = {f"{FOLDER}posts/posts_on_other_pages_and_profiles.json": [other], POSTS: [post("Bon anniversaire")]}
    act = read(files).only
    assert (act.text, act.mentions) == ("Bon anniversaire", ("facebook:name:Bo Muster",))


def test_pictures_of_an_album_that_came_together_are_one_act_and_those_of_posts_none(read):
    album = {"name": "Mer", "photos": [{"uri": f"{n}.jpg", "creation_timestamp": A_DAY + n} for n in (0, 60, 9000)]}
    shown = post("Voici", {"media": {"uri": "9000.jpg"}})
    found = read({POSTS: [shown], f"{FOLDER}posts/album/3.json": album})
    assert [act.happened_at // 10**6 - A_DAY for act in found.acts] == [0, 0]
    assert found.texts == ["Voici", None]


def test_a_contribution_that_is_a_comment_is_a_reply(read):
    url = "https://www.facebook.com/groups/9/posts/8/?comment_id=4"
    said = record(label("Text", "Oui"), label("URL", url, href=url), title="Voisins", timestamp=A_DAY, fbid="3")
    act = read({f"{FOLDER}groups/your_contributions.json": said}).only
    assert (act.verb, act.object_id, act.thread_id, act.context_id) == (
        "reply",
        "facebook:8",
        "facebook:8",
        "facebook:group:Voisins",
    )


def test_what_others_write_on_the_owners_page_is_to_the_owner(read):
    wall = {"wall_posts_sent_to_you_v2": {"activity_log_data": [post("Joyeuse fête", title="Bo Muster a écrit.")]}}
    act = read({**FRIENDS, f"{FOLDER}posts/other_people's_posts_to_your_timeline.json": wall}).of("mention")[0]
    assert (act.direction, act.actor_id, act.object_id, act.text) == (
        "to_me",
        "facebook:name:Bo Muster",
        ME,
        "Joyeuse fête",
    )
