import pytest

from ascendant.read.archive import NOT_ASKED
from ascendant.read.export import Export
from ascendant.read.linkedin_archive import READER
from ascendant.read.linkedin_archive.catalogue import LEFT, MESSAGES, READ, file_key
from ascendant.read.linkedin_archive.reading import COMES_LATER
from ascendant.read.linkedin_archive.table import NO_HEADER
from ascendant.read.options import ReadOptions
from linkedin_archives import COMPLETE, QUICK, WRAP, found_in


def test_absent_empty_unread_unreadable_and_unknown_are_told_apart_and_absent_is_never_zero(archive):
    found = found_in(
        archive(
            {
                "Votes.csv": "Date,Link,OptionText\n2026-07-01 10:00:00,urn:li:activity:7480319724748812345,Oui\n",
                "Reactions.csv": "Date,Type,Link\n",
                "Comments.csv": "",
                "Shares.csv": "Day,Words\n2026-07-01,Bonjour\n",
                "Skills.csv": "Name\nCartographie\n",
                "Languages.csv": "Name,Proficiency\n",
                "LearningCoachMessages.csv": "No conversations found",
                "New_Thing.csv": "a,b\n1,2\n",
            }
        )
    )
    assert (found.coverage("Votes.csv").status, found.coverage("Votes.csv").rows_in) == ("parsed", 1)
    for name in ("Reactions.csv", "Comments.csv", "Languages.csv", "LearningCoachMessages.csv"):
        assert (found.coverage(name).status, found.coverage(name).note) == ("empty", None), name
    assert (found.coverage("Shares.csv").status, found.coverage("Shares.csv").note) == ("unreadable", NO_HEADER)
    assert (found.coverage("Skills.csv").status, found.coverage("Skills.csv").note) == ("unread", NOT_ASKED)
    assert found.coverage("New_Thing.csv").status == "unknown"
    for name in ("InstantReposts.csv", "Connections.csv", "messages.csv", "Receipts_v2.csv"):
        assert found.coverage(name).status == "absent", name
    assert found.rejects == []


def test_every_file_of_the_catalogue_is_told_there_or_not():
    expected = {file_key(name) for name in (*(file.name for file in READ), MESSAGES.name, *LEFT)}
    for path in (COMPLETE, QUICK):
        rows = found_in(path).rows
        assert expected <= {file_key(row.member.partition("/")[2]) for row in rows}
        assert len({row.member for row in rows}) == len(rows)


def test_the_quick_archive_says_that_the_rest_comes_later():
    quick, complete = found_in(QUICK), found_in(COMPLETE)
    assert quick.coverage("Shares.csv").note == COMES_LATER
    assert quick.coverage("Skills.csv").note is None
    assert {row.note for row in complete.rows if row.status == "absent"} == {None}


def test_a_file_that_goes_on_in_another_is_read_with_and_without_a_second_header(archive):
    header, row = "Date,Link,OptionText\n", "2026-07-01 10:00:0{},urn:li:activity:7480319724748812345,Oui\n"
    for place, again in (("with", header), ("without", "")):
        files = {
            "Votes_100200300.csv": header + row.format(1),
            "Votes_100200300_1.csv": again + row.format(2),
            "Votes_100200300_10.csv": again + row.format(4),
            "Votes_100200300_2.csv": again + row.format(3),
        }
        found = found_in(archive(files, place=place))
        assert [act.happened_at // 1_000_000 % 10 for act in found.of("vote")] == [1, 2, 3, 4], place
        assert found.coverage("Votes_100200300_1.csv").rows_in == 1


def test_the_rows_of_a_file_say_where_they_stood():
    for act in found_in(COMPLETE, with_messages=True).acts:
        assert act.source_file.startswith(f"{WRAP}/")
        assert act.source_pointer.startswith("line ") or act.source_pointer == "page"


def test_a_row_over_several_lines_is_found_at_its_first():
    reply = {act.text: act for act in found_in(COMPLETE).of("reply")}
    assert reply['Elle a "dit" : C:\\plans,\noui'].source_pointer == "line 2"
    assert reply["D'accord"].source_pointer == "line 4"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_that_a_spreadsheet_saved_again_is_read(read, sign):
    table = "Date,Link,OptionText\n2026-07-01 10:00:00,urn:li:activity:7480319724748812345,Déjà\n"
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        found = read("Votes.csv", table.replace(",", sign).encode(encoding))
        assert found.only.text == "Déjà", encoding


def test_an_empty_export_tells_what_is_absent_and_nothing_else(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    found = found_in(tmp_path)
    assert (found.acts, found.accounts, found.rejects) == ([], [], [])
    assert {row.status for row in found.rows} == {"absent", "unknown"}
    assert not READER.recognises(Export.at(tmp_path), ReadOptions())
