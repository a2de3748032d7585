"""The samples beside the checkout, with the rows that stand in them counted by hand."""

import pytest

from ascendant.read.facebook_archive import READER
from ascendant.read.options import ReadOptions
from ascendant.testing import check_reader
from facebook_archives import found_in

VERBS = {
    "kawsay": {"post by_me": 4, "mention to_me": 2},
    "synthetic_layouts/A_2019_flat_v1": {
        "post by_me": 2, "reply by_me": 1, "react by_me": 1, "follow by_me": 2, "accept by_me": 1, "search by_me": 1,
        "ad_click by_me": 1, "targeted about_me": 2, "inferred about_me": 2,
    },
    "synthetic_layouts/B_2023_v2_your_activity_across_facebook": {
        "react by_me": 1, "follow by_me": 1, "view to_me": 1, "ad_view to_me": 1, "targeted about_me": 1,
        "inferred about_me": 1, "tracked about_me": 2,
    },
    "synthetic_layouts/C_2026_label_values": {
        "react by_me": 1, "follow by_me": 1, "view to_me": 1, "ad_view to_me": 1, "session by_me": 1,
        "ad_click by_me": 1, "targeted about_me": 2, "tracked about_me": 1,
    },
    "synthetic_layouts/D_html": {"follow by_me": 2, "reply by_me": 1},
}  # fmt: skip


@pytest.mark.parametrize("sample", VERBS)
def test_a_sample_tells_the_rows_that_stand_in_it(sample, shared):
    found = found_in(shared / sample, with_messages=True)
    assert found.verbs == VERBS[sample]
    check_reader(READER, shared / sample, ReadOptions(with_messages=True), expect_rejects=sample == "kawsay")


def test_what_is_no_post_is_refused_alone_and_what_is_no_json_is_told(shared):
    found = found_in(shared / "kawsay")
    assert [(reject.member, reject.pointer) for reject in found.rejects] == [
        ("posts/your_posts_1.json", "item 4"),
        ("posts/your_posts_2.json", "item 1"),
    ]
    assert found.coverage("your_posts_2.json").status == "unreadable"
    assert found.texts[0] == "Feliz Año Nuevo 🎉 — con José y Жанна"


def test_what_stands_in_the_samples_is_read_as_it_was_meant(shared):
    layouts = shared / "synthetic_layouts"
    oldest = found_in(layouts / "A_2019_flat_v1")
    link = oldest.of("post")[1]
    assert (link.urls, link.relay, link.text) == (("https://example.org/a",), "link", None)
    assert oldest.of("reply")[0].object_author_id == "facebook:name:Jean Exemple"
    newest = found_in(layouts / "C_2026_label_values")
    (session,) = newest.of("session")
    assert (session.count, session.happened_at) == (1800, 1_779_990_000_000_000)
    assert {act.ad.advertiser: act.ad.criteria[0][2] for act in newest.of("targeted")} == {
        "Société Ex": "uploaded_list",
        "Acme": "uploaded_list",
    }
    pages = found_in(layouts / "D_html")
    assert {act.happened_at for act in pages.acts} == {
        1_547_633_700_000_000,
        1_704_459_600_000_000,
        1_749_062_770_000_000,
    }
    assert {act.time_basis for act in pages.acts} == {"local_unknown"}
