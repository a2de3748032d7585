"""One invented export a layout: every promise kept, and the story told as it was invented."""

import pytest

from ascendant.read.export import Export
from ascendant.read.facebook_archive import READER
from ascendant.read.facebook_archive.files import table
from ascendant.read.options import ReadOptions
from ascendant.read.readers import known_readers
from ascendant.testing import check_reader
from facebook_archives import EXPORTS, ME, found_in, zipped

LAYOUTS = sorted(path.name for path in EXPORTS.iterdir())

# Rows of each verb and direction, counted by hand from the files.
VERBS = {
    "A_2019": {
        "post by_me": 8, "repost by_me": 1, "reply by_me": 3, "react by_me": 3, "follow by_me": 2, "follow to_me": 1,
        "unfollow by_me": 2, "accept by_me": 3, "invite to_me": 2, "invite by_me": 1, "join by_me": 3, "leave by_me": 1,
        "ad_view to_me": 1, "search by_me": 1, "save by_me": 1, "ad_click by_me": 1, "targeted about_me": 2,
        "inferred about_me": 3, "tracked about_me": 1, "react to_me": 1, "mention to_me": 1,
    },
    "B_2021": {
        "post by_me": 1, "reply by_me": 2, "react by_me": 1, "vote by_me": 1, "follow by_me": 3, "accept by_me": 1,
        "join by_me": 1, "mute by_me": 1, "view to_me": 2, "ad_view to_me": 1, "view by_me": 1, "search by_me": 1,
        "ad_click by_me": 1, "targeted about_me": 3, "inferred about_me": 2, "tracked about_me": 3, "accept to_me": 1,
        "recommended to_me": 1,
    },
    "B2_2023": {
        "post by_me": 1, "repost by_me": 1, "react by_me": 2, "follow by_me": 1, "accept by_me": 1, "join by_me": 1,
    },
    "C_2024": {
        "post by_me": 6, "repost by_me": 1, "reply by_me": 2, "react by_me": 4, "vote by_me": 1, "follow by_me": 4,
        "unfollow by_me": 1, "recommended by_me": 1, "accept by_me": 2, "join by_me": 3, "leave by_me": 1,
        "invite to_me": 2, "mute by_me": 3, "ad_view to_me": 1, "view by_me": 4, "search by_me": 1, "save by_me": 2,
        "session by_me": 4, "measured about_me": 3, "ad_click by_me": 2, "targeted about_me": 3, "tracked about_me": 3,
        "inferred about_me": 5, "reply to_me": 1, "recommended to_me": 4,
    },
    "C2_2026": {
        "post by_me": 1, "react by_me": 1, "accept by_me": 1, "join by_me": 1, "view to_me": 3, "ad_view to_me": 1,
        "view by_me": 3, "click by_me": 1, "session by_me": 2, "targeted about_me": 1, "tracked about_me": 2,
        "follow to_me": 1, "mention to_me": 1,
    },
    "P_2025": {"post by_me": 3, "follow by_me": 1},
    "AC_2025": {"post by_me": 1},
    "H_2019": {"post by_me": 1, "reply by_me": 1, "accept by_me": 1},
    "H_2024": {
        "post by_me": 2, "reply by_me": 2, "react by_me": 1, "follow by_me": 3, "accept by_me": 1, "leave by_me": 1,
        "view to_me": 1, "ad_view to_me": 1, "search by_me": 1, "ad_click by_me": 1, "targeted about_me": 2,
        "inferred about_me": 1, "tracked about_me": 1,
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("with_messages", [False, True])
def test_every_promise_of_a_reader_is_kept(layout, with_messages):
    check_reader(READER, EXPORTS / layout, ReadOptions(with_messages=with_messages))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_file_of_a_layout_tells_the_rows_that_stand_in_it(layout):
    assert found_in(EXPORTS / layout).verbs == VERBS[layout]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_zip_tells_what_its_folder_tells(layout, tmp_path):
    sample = EXPORTS / layout
    files = {str(path.relative_to(sample)): path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    path = zipped(tmp_path / "facebook-adaexemple.zip", files)
    check_reader(READER, path)
    packed, unpacked = found_in(path), found_in(sample)
    assert [act.activity_id for act in packed.acts] == [act.activity_id for act in unpacked.acts]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_other_reader_claims_an_export(layout):
    export = Export.at(EXPORTS / layout)
    claiming = [one.name for one in known_readers().values() if one.recognises(export, ReadOptions())]
    assert claiming == ["facebook_archive"]


def test_every_story_is_told_by_some_sample():
    told = set()
    for layout in LAYOUTS:
        for row in found_in(EXPORTS / layout, with_messages=True).rows:
            if row.status == "parsed":
                entry = next((table().find(path) for path in _ends(row.member) if table().find(path)), None)
                told.add(entry.story if entry is not None else None)
    missing = {entry.story for entry in table().entries.values()} - told
    assert missing == {"group_invites_sent"}


def test_the_owner_is_the_one_of_the_profile_in_every_layout():
    owners = {layout: found_in(EXPORTS / layout).me for layout in LAYOUTS}
    assert {owner.account_id for name, owner in owners.items() if name not in ("P_2025", "H_2019")} == {ME}
    assert owners["A_2019"].name == "Ada Exemple"
    assert owners["A_2019"].created_at == 1_300_000_000_000_000
    assert (owners["P_2025"].account_id, owners["P_2025"].name) == ("facebook:61000000000001", "Café Exemple")
    assert (owners["H_2019"].account_id, owners["H_2019"].resolved) == ("facebook:me", "derived")


def test_texts_are_spelled_as_they_were_meant_and_said_to_be_put_right():
    for layout in LAYOUTS:
        for act in found_in(EXPORTS / layout).acts:
            assert "Ã" not in (act.text or "")
            assert "â\x80" not in (act.text or "")
    post = found_in(EXPORTS / "A_2019").of("post")[0]
    assert (post.text, post.text_repaired, post.hashtags) == ("Bonne année à tous 😂 #fête", True, ("fête",))
    page = found_in(EXPORTS / "H_2024").of("post")[0]
    assert (page.text, page.text_repaired) == ("Bonjour à tous", False)


def _ends(member: str) -> list[str]:
    from ascendant.read.archive import plain

    parts = plain(member).split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]
