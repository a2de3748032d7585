import csv
import gzip
import io
import zipfile
from collections import deque

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Activity, Coverage
from ascendant.errors import AmbiguousColumn, BrokenFile, MissingColumn, UnknownFormat
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.tabular import READER
from ascendant.read.tabular.delimited import (
    BAD_CELL,
    CP1252_NOTE,
    LONG_LINE,
    NOT_TEXT,
    OPEN_QUOTE,
    RAGGED,
    REPEATED_HEADER_NOTE,
)
from ascendant.read.tabular.sniff import encoding_of, layouts

C = ("actor=who", "happened_at=when", "text=words")
T = "2024-01-02T10:00:00Z"
cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\r\n\t\"',;|"), max_size=30)
fresh = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@fresh
@given(
    st.lists(cells, min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_words_come_back_in_every_encoding_with_the_line_on_which_they_start(read, words, separator, encoding, end):
    written = io.StringIO(newline="")
    # Python's writer leaves a lone \r unquoted, which then ends a row for every reader.
    quoting = csv.QUOTE_ALL if any("\r" in text for text in words) else csv.QUOTE_MINIMAL
    writer = csv.writer(written, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(["who", "when", "words"])
    lines = []
    for n, text in enumerate(words):
        lines.append(f"line {written.getvalue().count(chr(10)) + 1}")
        writer.writerow([f"account{n}", T, text])
    found = read(written.getvalue().encode(encoding), *C)
    assert not found.rejects
    assert [act.actor_id for act in found.acts] == [f"table:account{n}" for n in range(len(words))]
    assert [act.source_pointer for act in found.acts] == lines
    for act, text in zip(found.acts, words, strict=True):
        assert act.text in (text, None)
        if act.text is None:
            assert text.strip() in ("", "None", "nan", "null", "NaN", "NULL", "NA") or "\0" in text


@pytest.mark.parametrize("n_rows", [3, 40_000])
def test_a_table_without_header_is_read_by_position(read, n_rows):
    table = "".join(f"{n} {n + 1} {1_700_000_000 + n} RT\n" for n in range(n_rows))
    found = read(table, "1=actor", "2=object_author", "3=happened_at", "4=verb")
    assert len(found.acts) == n_rows
    assert found.acts[-1].object_author_id == f"table:{n_rows}"
    assert found.coverage[0].rows_in == n_rows


def test_a_header_is_recognised_above_columns_that_are_given_by_position(read):
    found = read(f"a,b\nada,{T}\nbob,{T}\n", "1=actor", "2=happened_at")
    assert [act.actor_id for act in found.acts] == ["table:ada", "table:bob"]
    assert not found.rejects


def test_comment_lines_above_a_table_without_header_are_no_rows(read):
    found = read("# who when\n# more\n1\t1700000000\n2\t1700000001\n", "1=actor", "2=happened_at")
    assert [act.source_pointer for act in found.acts] == ["line 3", "line 4"]


def test_several_spaces_separate_as_one(read):
    found = read("1   2  1700000000\n22  3  1700000001\n", "1=actor", "3=happened_at", separator="space")
    assert [act.actor_id for act in found.acts] == ["table:1", "table:22"]


def test_lines_before_the_header_are_skipped_however_they_are_quoted(read):
    table = f'"Report:","a, b"\r\n"From:","x"\r\n\r\n"who","when","words"\r\n"ada","{T}","hi"\r\n'
    found = read(table, *C)
    assert [act.source_pointer for act in found.acts] == ["line 5"]
    assert not found.rejects


def test_a_header_that_comes_again_is_skipped_and_said(read):
    found = read(f"who,when,words\nada,{T},a\nwho,when,words\nbob,{T},b\n", *C)
    assert [act.actor_id for act in found.acts] == ["table:ada", "table:bob"]
    assert found.coverage[0].note == REPEATED_HEADER_NOTE
    assert not found.rejects


def test_a_row_of_another_width_is_rejected_with_its_line_and_the_next_is_read(read):
    found = read(f'who,when,words\nada,{T},"a\nb"\nbob,{T}\ncy,{T},a,b\ndi,{T},c\n\n,,\n', *C)
    assert [(reject.pointer, reject.reason, reject.detail) for reject in found.rejects] == [
        ("line 4", RAGGED, "2/3"),
        ("line 5", RAGGED, "4/3"),
    ]
    assert [act.source_pointer for act in found.acts] == ["line 2", "line 6"]
    assert found.coverage[0].rows_in == 4


def test_separators_at_the_end_of_a_line_name_no_column(read):
    found = read(f"who,when,\nada,{T},\nbob,{T}\ncy,{T},,,\n", "actor=who", "happened_at=when")
    assert len(found.acts) == 3


def test_a_quotation_mark_that_opens_and_does_not_close_costs_its_row_and_not_the_rest(read):
    table = "who,when,words\n" + f'ada,{T},"x, y"\n' * 30 + f'bob,{T},"x\n' + f'cy,{T},"x, y"\n' * 3
    found = read(table, *C)
    assert [reject.reason for reject in found.rejects] == [BAD_CELL]
    assert found.rejects[0].pointer == "line 32"
    assert len(found.acts) == 32


def test_a_quotation_mark_that_opens_on_the_last_lines_is_said(read):
    found = read("who,when,words\n" + f'ada,{T},"x, y"\n' * 30 + f'bob,{T},"never\nclosed\n', *C)
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 32", OPEN_QUOTE)]
    assert found.rejects[0].detail == "32-33"
    assert len(found.acts) == 30


def test_in_a_table_that_does_not_quote_marks_are_ordinary(read):
    found = read(f'who\twhen\twords\nada\t{T}\t"hello\nbob\t{T}\tx "y"\ncy\t{T}\tz\n', *C)
    assert [act.text for act in found.acts] == ['"hello', 'x "y"', "z"]
    assert "ordinary" in found.coverage[0].note


def test_cp1252_is_read_where_utf8_fails_and_said(read):
    found = read(f"who,when,words\néric,{T},“là”\n".encode("cp1252"), *C)
    assert (found.acts[0].actor_id, found.acts[0].text) == ("table:éric", "“là”")
    assert found.coverage[0].note == CP1252_NOTE


def test_cp1252_is_told_by_one_accent_in_many_lines(read):
    found = read(("who,when,words\n" + f"ada,{T},a\n" * 500 + f"éric,{T},a\n").encode("cp1252"), *C)
    assert found.acts[-1].actor_id == "table:éric"
    assert not found.rejects


def test_a_damaged_line_in_a_utf8_table_is_rejected_alone(read):
    table = (
        ("who,when,words\n" + f"ada,{T},é\n" * 100).encode() + f"bob,{T},".encode() + b"\xe9\n" + f"cy,{T},é\n".encode()
    )
    found = read(table, *C)
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 102", NOT_TEXT)]
    assert len(found.acts) == 101
    assert found.acts[-1].text == "é"
    assert found.coverage[0].note is None


def test_nul_bytes_leave_words_and_are_refused_in_identifiers(read):
    found = read(f"who,when,words\nada,{T},a\0b\na\0da,{T},x\nbob,{T},y\n", *C)
    assert [(act.text, act.text_repaired) for act in found.acts] == [("ab", True), ("y", False)]
    assert [reject.pointer for reject in found.rejects] == ["line 3"]


def test_utf16_that_ends_in_half_a_character_is_rejected_on_its_line(read):
    found = read(f"who,when,words\nada,{T},a\nbob,{T},b".encode("utf-16") + b"\x00", *C)
    assert [act.actor_id for act in found.acts] == ["table:ada"]
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 3", NOT_TEXT)]


@pytest.mark.parametrize("quoted", [False, True])
def test_a_line_of_50_megabytes_is_rejected_and_the_next_is_read(read, quoted):
    long = "x" * (50 << 20)
    long = f'"{long}"' if quoted else long
    found = read(f"who,when,words\nada,{T},a\nbob,{T},{long}\ncy,{T},c\n", *C)
    assert [act.actor_id for act in found.acts] == ["table:ada", "table:cy"]
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 3", LONG_LINE)]
    assert found.acts[-1].source_pointer == "line 4"


def test_old_line_ends_are_known(read):
    found = read(f"who,when,words\rada,{T},a\rbob,{T},b\r", *C)
    assert [act.source_pointer for act in found.acts] == ["line 2", "line 3"]


def test_the_separator_that_a_spreadsheet_states_is_believed(read):
    found = read(f"sep=;\nwho;when;words\nada;{T};a,b\n", *C)
    assert (found.acts[0].text, found.acts[0].source_pointer) == ("a,b", "line 3")


def test_commas_inside_words_do_not_hide_the_separator(read):
    found = read(f"who;when;words\nada;{T};a, b, c\nbob;{T};d, e, f\n", *C)
    assert [act.text for act in found.acts] == ["a, b, c", "d, e, f"]


def test_a_missing_column_is_named_with_the_nearest_first(read, tmp_path):
    with pytest.raises(MissingColumn) as raised:
        read("date,author,text\n", "actor=autor")
    assert raised.value.facts == {
        "file": str(tmp_path / "table.csv"),
        "column": "autor",
        "found": "author, date, text",
        "field": "actor",
    }
    with pytest.raises(MissingColumn, match="9"):
        read(f"ada,{T}\n", "1=actor", "9=happened_at")
    with pytest.raises(MissingColumn):
        read(f"who,when\nada,{T}\n", "actor=who", "happened_at=when", "text=words|note")


def test_a_column_is_found_whatever_its_case_and_spaces_and_refused_when_it_is_there_twice(read):
    assert read(f" Who ,WHEN\nada,{T}\n", "actor=who", "happened_at=when").acts
    with pytest.raises(AmbiguousColumn, match="1, 2"):
        read(f"who,who,when\na,b,{T}\n", "actor=who", "happened_at=when")


@pytest.mark.parametrize(
    ("head", "kind", "remedy"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "a picture", "give posts"),
        (b"PK\x03\x04" + bytes(100), "an Excel workbook", "save the sheet as CSV"),
        (b"SQLite format 3\0" + bytes(100), "an SQLite database", "export the table"),
        (bytes(257) + b"ustar\x0000", "an archive", "unpack it"),
        (bytes(range(256)) * 4, "binary data", "give posts"),
        (b'[{"who": 1}]', "a JSON array", "one object on each line"),
        (b"<!DOCTYPE html><table><tr>", "a web page", "export the table"),
    ],
)
def test_what_is_no_table_is_refused_with_what_it_is_and_what_to_try(read, head, kind, remedy):
    with pytest.raises(UnknownFormat, match=rf"table\.xlsx .* \({kind}") as raised:
        read(head, *C, name="table.xlsx")
    assert remedy in raised.value.advice


def test_nothing_but_a_header_is_empty_and_not_an_error(read):
    for table in ("who,when,words\n", "who,when,words", " \n\n"):
        found = read(table, *C)
        assert [(one.status, one.rows_in) for one in found.coverage] == [("empty", 0)]
        assert not found.acts


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_packed_table_that_breaks_off_gives_what_came_before_then_says_so(read, tmp_path, pack):
    rows = "".join(f"account{n},{T},{n * 7919}\n" for n in range(200_000))
    packed = pack(("who,when,words\n" + rows).encode())
    whole = read(packed, *C, name="t.csv")
    assert len(whole.acts) == 200_000
    (tmp_path / "half.csv").write_bytes(packed[: len(packed) // 2])
    items = READER.read(Export.at(tmp_path / "half.csv"), ReadOptions(columns=C))
    found = []
    with pytest.raises(BrokenFile):
        deque(map(found.append, items))
    acts = [item for item in found if isinstance(item, Activity)]
    assert acts == whole.acts[: len(acts)]
    assert len(acts) > 50_000
    assert [item.status for item in found if isinstance(item, Coverage)] == ["unreadable"]


def test_a_member_of_a_zip_is_read(read, tmp_path):
    with zipfile.ZipFile(tmp_path / "t.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/t.csv", f"who,when,words\nada,{T},a\n")
    found = read(tmp_path / "t.zip", *C)
    assert found.coverage[0].member == "folder/t.csv"
    assert len(found.acts) == 1


def test_encodings_are_told_by_mark_and_by_zero_bytes():
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert encoding_of("who\twhen\nada\té\n".encode(encoding)) == encoding
    assert not layouts(b"\0\1\2\3" * 100)
