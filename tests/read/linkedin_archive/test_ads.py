import pytest

from ascendant.read.linkedin_archive.ads import NO_ANSWER, SAID_NO, UNKNOWN_COLUMN
from ascendant.read.linkedin_archive.story import NOTHING
from linkedin_archives import COMPLETE, ME, found_in, micros

HEADER = "Category,Type of inference,Description,Inference\n"


def criteria(found, verb):
    return {act.ad.criteria[0] for act in found.of(verb) if act.source_file.endswith("Ad_Targeting.csv")}


def test_columns_of_one_name_are_all_read_and_no_value_is_told_twice():
    """A table of columns by name keeps one of three: the other employers would be lost."""
    found = found_in(COMPLETE)
    assert criteria(found, "targeted") == {
        ("Company Names", "Atelier Fictif", "demographic"),
        ("Company Names", "Mairie de Nullepart", "demographic"),
        ("Company Names", "Bureau Imaginaire", "demographic"),
        ("Company Follower of", "Route, Rail & Cie", "interest"),
        ("degreeClass", "MASTER", "demographic"),
        ("Company Connections", "Bureau Imaginaire", "behaviour"),
        ("Job Titles", "Urbaniste", "demographic"),
        ("Job Titles", "Autrice", "demographic"),
    }
    acts = [act for act in found.acts if act.source_file.endswith("Ad_Targeting.csv")]
    assert len({act.activity_id for act in acts}) == len(acts) == 14
    assert len({act.source_pointer for act in acts}) == 14


def test_what_linkedin_made_of_the_owner_is_inferred_and_what_the_owner_wrote_is_targeted():
    found = found_in(COMPLETE)
    assert criteria(found, "inferred") == {
        ("Member Age", "35-54", "demographic"),
        ("Buyer Groups", "Acheteurs publics", "platform"),
        ("Member Interests", "Urbanisme", "interest"),
        ("Member Interests", "Vélo", "interest"),
        ("Member Traits", "Voyage souvent", "behaviour"),
        ("Recent Device OS", "Android", "context"),
    }
    for act in found.acts:
        if act.direction == "about_me":
            assert (act.actor_id, act.object_id, act.happened_at) == (None, ME, None)
            assert ("actor_id" in act.missing) == (act.verb == "targeted"), "no file names an advertiser"


def test_a_column_that_is_not_known_is_told_and_not_sorted_by_a_guess(read):
    found = read("Ad_Targeting.csv", "Member Age,Member Moods\n35-54,Calme; Curieux\n")
    assert {act.ad.criteria[0] for act in found.of("targeted")} == {
        ("Member Moods", "Calme", "platform"),
        ("Member Moods", "Curieux", "platform"),
    }
    assert found.coverage("Ad_Targeting.csv").note == UNKNOWN_COLUMN


def test_values_are_parted_by_semicolons_and_where_there_are_none_by_bars(read):
    found = read("Ad_Targeting.csv", 'Company Names,Job Titles,Member Age\n"A, Inc.; B|C; ",D|E,N/A\n')
    assert [act.text for act in found.acts] == ["A, Inc.", "B|C", "D", "E"]


def test_an_inference_that_was_answered_no_is_no_inference():
    found = found_in(COMPLETE)
    acts = [act for act in found.of("inferred") if act.source_file.endswith("Inferences_about_you.csv")]
    assert [act.text for act in acts] == ["S'intéresse au vélo", "Visite souvent"]
    assert [act.ad.criteria[0][2] for act in acts] == ["interest", "behaviour"]
    row = found.coverage("Inferences_about_you.csv")
    assert (row.rows_in, row.note) == (3, SAID_NO)


@pytest.mark.parametrize(
    ("answer", "n_inferred", "note"),
    [
        ("Yes", 1, None),
        ("oui", 1, None),
        ("true", 1, None),
        ("No", 0, SAID_NO),
        ("non", 0, SAID_NO),
        ("", 0, NO_ANSWER),
        ("Not enough data", 0, NO_ANSWER),
    ],
)
def test_only_an_answer_that_says_yes_is_an_inference(read, answer, n_inferred, note):
    found = read("Inferences_about_you.csv", f"{HEADER}Career inferences,Cherche un emploi,,{answer}\n")
    assert len(found.acts) == n_inferred
    assert found.coverage("Inferences_about_you.csv").note == note


def test_clicks_on_advertisements_name_the_advertisement_and_no_advertiser():
    first, second, elsewhere = found_in(COMPLETE).of("ad_click")
    assert [act.object_id for act in (first, second)] == ["linkedin:ad/1234567", "linkedin:ad/1234568"]
    assert {act.object_author_id for act in (first, second, elsewhere)} == {None}
    assert elsewhere.ad.criteria == (("Page/App", "example.com", "context"),)


def test_what_was_no_click_tells_that_an_advertisement_was_seen():
    (seen,) = found_in(COMPLETE).of("ad_view")
    assert (seen.direction, seen.text, seen.object_id) == ("to_me", "Un vélo pour tous", None)
    assert seen.happened_at == micros("2026-07-20T10:20:00")
    assert set(seen.missing) == {"object_id", "actor_id"}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Ads Clicked.csv", "Ad clicked Date,Ad Title/Id\n ,N/A\n"),
        ("Ad_Targeting.csv", "Member Age,Job Titles\n ,;\n"),
        ("Inferences_about_you.csv", f"{HEADER}Career inferences,,,Yes\n"),
    ],
)
def test_a_row_that_says_nothing_is_a_reject(read, name, table):
    found = read(name, table)
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 2", NOTHING)]
