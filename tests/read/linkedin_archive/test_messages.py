import pytest

from ascendant.read.archive import NOT_ASKED
from ascendant.read.linkedin_archive.messages import DRAFTS, NO_CONVERSATION
from ascendant.read.linkedin_archive.story import NAMELESS
from linkedin_archives import COMPLETE, ME, found_in, micros

HEADER = (
    '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO","RECIPIENT PROFILE URLS","DATE","SUBJECT",'
    '"CONTENT","FOLDER"\n'
)
ADA = "https://www.linkedin.com/in/ada-modele"


def talks(found):
    return [act for act in found.acts if act.context_id is not None]


def test_messages_are_left_unread_unless_they_are_asked_for():
    found = found_in(COMPLETE)
    assert talks(found) == []
    row = found.coverage("messages.csv")
    assert (row.status, row.rows_in, row.note) == ("unread", 0, NOT_ASKED)


def test_who_wrote_how_often_is_counted_and_no_word_is_kept():
    found = found_in(COMPLETE, with_messages=True)
    from_ada, by_me = talks(found)
    assert (from_ada.direction, from_ada.actor_id, from_ada.object_id, from_ada.count) == (
        "to_me",
        "linkedin:@ada-modele",
        ME,
        1,
    )
    assert (by_me.direction, by_me.actor_id, by_me.object_id, by_me.count) == ("by_me", ME, "linkedin:@ada-modele", 2)
    assert by_me.happened_at == micros("2026-07-14T09:41:00"), "the last that was sent"
    assert {act.verb for act in (from_ada, by_me)} == {"mention"}
    assert {act.audience for act in (from_ada, by_me)} == {"private"}
    for words in ("Un mot", "entre nous", "Volontiers", "bientôt", "Brouillon", "Parti"):
        assert words not in repr(found)


def test_drafts_and_those_who_left_are_counted_and_left_out():
    row = found_in(COMPLETE, with_messages=True).coverage("messages.csv")
    assert row.rows_in == 5
    assert set(row.note.split("; ")) == {DRAFTS, NAMELESS}


def test_the_id_of_a_conversation_does_not_change_when_it_goes_on(read):
    row = f"c1,,Ada,{ADA},Camille Exemple,,2026-07-14 09:3{{}}:00 UTC,,Bonjour,INBOX\n"
    first = read("messages.csv", HEADER + row.format(1), with_messages=True).only
    later = read("messages.csv", HEADER + row.format(1) + row.format(2), with_messages=True).only
    assert (first.activity_id, first.count, later.count) == (later.activity_id, 1, 2)


def test_the_owner_is_known_by_name_where_no_address_stands(read):
    act = read(
        "messages.csv",
        f"{HEADER}c1,,Camille EXEMPLE,,Ada,{ADA},2026-07-14 09:30:00 UTC,,Oui,INBOX\n",
        with_messages=True,
    ).only
    assert (act.direction, act.actor_id) == ("by_me", "linkedin:name:camille exemple")


def test_of_a_group_nobody_is_the_other_side(read):
    others = f'"{ADA},https://www.linkedin.com/in/paul-invente"'
    act = read(
        "messages.csv",
        f"{HEADER}c1,,Camille Exemple,,Ada,{others},2026-07-14 09:30:00 UTC,,Oui,INBOX\n",
        with_messages=True,
    ).only
    assert (act.object_id, act.missing) == (None, ("object_id",))


def test_without_an_owner_nobody_knows_who_of_two_it_is(read):
    found = read(
        "messages.csv",
        f"{HEADER}c1,,Ada,{ADA},Paul,,2026-07-14 09:30:00 UTC,,Oui,INBOX\n",
        owner=False,
        with_messages=True,
    )
    assert found.only.direction == "third"


@pytest.mark.parametrize("row", ["BADROW", "c1,too,few"])
def test_a_row_that_is_cut_is_a_reject_and_the_others_are_counted(read, row):
    good = f"c1,,Ada,{ADA},Camille Exemple,,2026-07-14 09:30:00 UTC,,Oui,INBOX\n"
    found = read("messages.csv", f"{HEADER}{row}\n{good}", with_messages=True)
    assert [reject.pointer for reject in found.rejects] == ["line 2"]
    assert [act.source_pointer for act in found.acts] == ["line 3"]


def test_a_message_of_no_conversation_is_a_reject(read):
    found = read("messages.csv", f"{HEADER},,Ada,{ADA},,,2026-07-14 09:30:00 UTC,,secret,INBOX\n", with_messages=True)
    assert [(reject.reason, reject.detail) for reject in found.rejects] == [(NO_CONVERSATION, "")]
