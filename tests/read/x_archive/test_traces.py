import pytest

from ascendant.read.options import ReadOptions
from ascendant.read.x_archive import READER
from ascendant.testing import check_reader
from x_archives import ME, found_in


def like(key, text=None):
    told = {"tweetId": key, "expandedUrl": f"https://twitter.com/i/web/status/{key}"}
    return {"like": told | ({"fullText": text} if text is not None else {})}


def test_a_like_has_a_place_and_no_time_since_the_id_dates_the_post_alone(archive):
    files = {"like": [like("1995703198255059044", "Un &amp; deux #Tram")], "like-part1": [like("20")]}
    newest, oldest = found_in(archive(files)).acts
    assert (newest.verb, newest.object_id, newest.direction) == ("react", "x:1995703198255059044", "by_me")
    assert (newest.happened_at, newest.time_basis, newest.time_precision) == (None, "order_only", "none")
    assert (newest.time_order, oldest.time_order) == (0, 1)  # the parts go on counting
    assert (newest.text, newest.hashtags) == ("Un & deux #Tram", ("tram",))
    assert newest.object_author_id is None
    assert "object_author_id" in newest.missing
    assert "text" in oldest.missing


@pytest.mark.parametrize(
    ("file", "key", "verb", "direction"),
    [
        ("follower", "follower", "follow", "to_me"),
        ("following", "following", "follow", "by_me"),
        ("block", "blocking", "block", "by_me"),
        ("mute", "muting", "mute", "by_me"),
    ],
)
def test_who_follows_and_who_is_followed_are_told_apart(archive, file, key, verb, direction):
    told = found_in(archive({file: [{key: {"accountId": "2002", "userLink": "https://x.com/i/user/2002"}}]})).only
    assert (told.verb, told.direction) == (verb, direction)
    pair = (told.actor_id, told.object_id)
    assert pair == (("x:2002", f"x:{ME}") if direction == "to_me" else (f"x:{ME}", "x:2002"))
    assert told.happened_at is None
    assert told.missing == ("happened_at",)


def test_the_number_of_followers_is_told_when_the_file_is_there_and_unknown_when_it_is_not(archive):
    many = [{"follower": {"accountId": str(n)}} for n in range(1, 8)]
    with_files = found_in(archive({"follower": many, "following": []}, place="a")).me
    assert (with_files.followers, with_files.following) == (7, 0)
    without = found_in(archive({"tweets": []}, place="b")).me
    assert (without.followers, without.following) == (None, None)
    cut = '[\n  {\n    "follower" : {\n      "accountId" : "1"\n    }\n  },\n  {\n    "follo'
    assert found_in(archive({"follower": cut}, place="c")).me.followers is None


def test_lists_tell_who_keeps_them_and_who_is_on_them(archive):
    def one(url):
        return [{"userListInfo": {"url": url}}]

    files = {
        "lists-created": one("https://twitter.com/jo_exemple/lists/velo"),
        "lists-member": one("https://twitter.com/ana_b/lists/voisins"),
        "lists-subscribed": [{"userListInfo": {"urls": ["https://x.com/ben/lists/a", "https://x.com/i/lists/14"]}}],
    }
    path = archive(files)
    kept, member, *followed = found_in(path).acts
    assert (kept.verb, kept.direction, kept.object_id) == ("save", "by_me", "x:list/jo_exemple/velo")
    assert (member.verb, member.direction, member.actor_id) == ("join", "to_me", "x:@ana_b")
    assert (member.object_id, member.context_id) == (f"x:{ME}", "x:list/ana_b/voisins")
    assert [act.object_id for act in followed] == ["x:list/ben/a", "x:list/14"]
    assert [act.object_author_id for act in followed] == ["x:@ben", None]
    check_reader(READER, path)


def test_searches_votes_links_and_applications_are_told(archive):
    files = {
        "saved-search": [{"savedSearch": {"savedSearchId": "9", "query": "piste cyclable"}}],
        "community-note-rating": [
            {"communityNoteRating": {"noteId": "77", "createdAt": "2025-11-29T10:11:12.000Z"}},
            {"communityNoteRating": {"noteId": "78", "createdAt": "1764411072000"}},
        ],
        "user-link-clicks": [
            {
                "userInteractionsData": {
                    "linkClick": {
                        "tweetId": "1995700000000000000",
                        "finalUrl": "https://journal.example/tram",
                        "timeStampOfInteraction": "2025-12-01T20:00:00.000Z",
                    }
                }
            }
        ],
        "connected-application": [
            {
                "connectedApplication": {
                    "organization": {"name": "Atelier", "url": "https://atelier.example"},
                    "name": "Planifieur",
                    "approvedAt": "2020-04-05T06:07:08.000Z",
                    "id": "55",
                }
            }
        ],
    }
    found = found_in(archive(files))
    (search,) = found.of("save")
    assert (search.text, search.object_kind) == ("piste cyclable", "query")
    first, second = found.of("vote")
    assert first.happened_at == second.happened_at == 1764411072000000
    (click,) = found.of("click")
    assert (click.object_id, click.urls) == ("x:1995700000000000000", ("https://journal.example/tram",))
    assert click.happened_at == 1764619200000000
    (tracked,) = found.of("tracked")
    assert (tracked.direction, tracked.ad.advertiser, tracked.text) == ("about_me", "Atelier", "Planifieur")
    assert found.rejects == []


def test_messages_are_counted_only_when_it_is_asked_for_and_their_words_never_leave_the_file(archive):
    def message(sender, at, **more):
        return {"messageCreate": {"id": "1", "senderId": sender, "createdAt": at, **more}}

    talk = [
        message("2002", "2025-11-01T10:00:00.000Z", recipientId=ME),
        message(ME, "2025-11-01T10:05:00.000Z", recipientId="2002"),
        message(ME, "2025-11-02T10:05:00.000Z", recipientId="2002"),
    ]
    secret = [{"dmConversation": {"conversationId": "7", "messages": [message("2002", "", text="SECRET")]}}]
    files = {
        "direct-message-headers": [{"dmConversation": {"conversationId": f"2002-{ME}", "messages": talk}}],
        "direct-messages": secret,
    }
    path = archive(files)
    silent = found_in(path)
    assert silent.acts == []
    assert silent.coverage("direct-message-headers.js").status == "unread"
    asked = found_in(path, with_messages=True)
    theirs, mine = sorted(asked.acts, key=lambda act: act.count)
    assert (mine.count, mine.direction, mine.object_id, mine.audience) == (2, "by_me", "x:2002", "private")
    assert (theirs.count, theirs.direction, theirs.actor_id) == (1, "to_me", "x:2002")
    assert mine.happened_at == 1762077900000000
    assert {act.verb for act in asked.acts} == {"mention"}  # private talk is no act of influence
    assert asked.coverage("direct-messages.js").status == "unread"
    assert "SECRET" not in repr(asked)
    check_reader(READER, path, ReadOptions(with_messages=True))


def test_records_that_are_something_else_are_refused_alone(archive):
    files = {
        "like": [like("x"), like("20")],
        "lists-created": [{"userListInfo": {"url": "https://example.org/lists"}}, {"other": 1}],
        "saved-search": [{"savedSearch": {"query": ""}}],
        "connected-application": [{"connectedApplication": None}],
        "user-link-clicks": [{"userInteractionsData": {}}],
        "community-note-rating": [{"communityNoteRating": {"createdAt": "soon"}}],
        "follower": [{"follower": {"accountId": "a b"}}, {"follower": 12}],
    }
    found = found_in(archive(files))
    assert [act.object_id for act in found.acts] == ["x:20"]
    assert len(found.rejects) == 9
    assert {reject.member.rpartition("/")[2] for reject in found.rejects} == {f"{name}.js" for name in files}
