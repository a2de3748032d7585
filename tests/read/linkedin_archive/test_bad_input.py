import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.errors import BrokenFile, ProtectedFile
from ascendant.read.export import Export
from ascendant.read.linkedin_archive.posts import NOTHING
from ascendant.read.linkedin_archive.reading import DAMAGED
from ascendant.read.linkedin_archive.table import _Doubling
from ascendant.read.tabular.delimited import LONG_LINE, NOT_TEXT, OPEN_QUOTE, RAGGED
from linkedin_archives import found_in, zipped

POST = "urn:li:activity:7480319724748812345"
PAGE = "Articles/Articles/une-rue.html"
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"


def votes(n):
    return "Date,Link,OptionText\n" + "".join(
        f"2026-07-01 10:{number // 60 % 60:02}:{number % 60:02},{POST},Réponse {number * 7919 % 1013}\n"
        for number in range(n)
    )


def test_a_damaged_member_does_not_take_the_others_with_it(archive, tmp_path):
    files = {"Votes.csv": votes(3000), "SearchQueries.csv": "Time,Search Query\n2026/07/20 10:25:25 UTC,rue\n"}
    path = zipped(archive(files), tmp_path / "a.zip")
    with zipfile.ZipFile(path) as packed:
        info = packed.getinfo("Votes.csv")
    content = bytearray(path.read_bytes())
    middle = info.header_offset + info.compress_size * 2 // 3
    content[middle : middle + 64] = bytes(64)
    path.write_bytes(content)
    found = found_in(path)
    assert "Votes.csv" in str(found.damage)
    row = found.coverage("Votes.csv")
    assert row.status == "unreadable"
    assert DAMAGED in row.note
    assert len(found.of("vote")) > 500
    assert len(found.of("search")) == 1


def test_a_member_that_is_damaged_from_its_start_is_not_told_to_be_empty(archive, tmp_path):
    path = zipped(
        archive({"Votes.csv": votes(300), "Skills.csv": "Name\n" + "Cartographie\n" * 300, PAGE: "<title>" * 300}),
        tmp_path / "a.zip",
    )
    with zipfile.ZipFile(path) as packed:
        places = [packed.getinfo(name) for name in ("Votes.csv", "Skills.csv", PAGE)]
    content = bytearray(path.read_bytes())
    for info in places:
        start = info.header_offset + 30 + len(info.filename)
        content[start : start + 8] = b"\xff" * 8
    path.write_bytes(content)
    found = found_in(path)
    assert "Votes.csv" in str(found.damage)
    assert (found.coverage("Votes.csv").status, found.coverage("Votes.csv").note) == ("unreadable", DAMAGED)
    assert (found.coverage(PAGE).status, found.coverage(PAGE).note) == ("unreadable", DAMAGED)
    assert found.coverage("Skills.csv").status == "unread"
    assert found.me.name == "Camille Exemple", "the others are read"


def test_a_zip_whose_download_broke_off_is_said(archive, tmp_path):
    path = zipped(archive({"Votes.csv": votes(3)}), tmp_path / "a.zip")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(BrokenFile):
        Export.at(path)


def test_a_protected_zip_is_said(archive, tmp_path):
    path = zipped(archive({"Votes.csv": votes(3)}), tmp_path / "a.zip")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(ProtectedFile):
        Export.at(path)


def test_a_table_that_breaks_off_gives_what_came_before(read):
    found = read("Shares.csv", f'{SHARES}2026-07-01 10:00:00,{POST},"Bonjour",,,\n2026-07-01 11:00:00,{POST},"Et puis')
    assert [act.text for act in found.acts] == ["Bonjour"]
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 3", OPEN_QUOTE)]


def test_rows_of_another_width_are_rejects(read):
    rows = [f"2026-07-01 10:00:00,{POST}{rest}\n" for rest in ("", ",Oui,,", ",a,b")]
    found = read("Votes.csv", f"Date,Link,OptionText\n{''.join(rows)}")
    assert [act.text for act in found.acts] == ["Oui"], "commas at the end of a row are no cells"
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 2", RAGGED), ("line 4", RAGGED)]


def test_bytes_that_are_no_text_reject_their_row_alone(read):
    good = f"2026-07-01 10:00:0{{}},{POST},Déjà\n".encode()
    rows = b"".join(good.replace(b"{}", b"%d" % n) for n in range(9))
    found = read(
        "Votes.csv", b"Date,Link,OptionText\n" + rows + f"2026-07-01 10:00:09,{POST},".encode() + b"\xff\xfe\n"
    )
    assert len(found.acts) == 9
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 11", NOT_TEXT)]


def test_a_line_without_end_is_given_up_and_memory_stays_bounded(archive, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        with packed.open("Votes.csv", "w") as out:
            out.write(votes(2).encode() + b"2026-07-01 12:00:00,")
            for _ in range(40):
                out.write(b"x" * (1 << 20))
            out.write(f"\n2026-07-01 13:00:00,{POST},Fin\n".encode())
        packed.writestr("Profile.csv", "First Name,Last Name,Headline\nCamille,Exemple,\n")
    found = found_in(path)
    assert [act.text for act in found.acts][-1] == "Fin"
    assert [reject.reason for reject in found.rejects] == [LONG_LINE]


def test_no_words_of_a_row_are_told_in_its_reject(read):
    for table in (f'{SHARES}secret,"secret","secret\n', f"{SHARES}secret,secret\n", f"{SHARES},,,,,secret\n"):
        found = read("Shares.csv", table)
        assert found.rejects
        assert "secret" not in repr(found.rejects)
    assert found.rejects[0].reason == NOTHING


@given(st.binary(max_size=60), st.integers(1, 7))
def test_where_a_file_is_cut_into_blocks_changes_no_escape(raw, size):
    content = raw.replace(b"x", b"\\").replace(b"y", b'"')
    expected = re.sub(rb'\\(["\\])', lambda found: b'""' if found[1] == b'"' else b"\\", content)
    for n_bytes in (size, 1 << 20):
        stream, blocks = _Doubling(io.BytesIO(content)), []
        while block := stream.read(n_bytes):
            blocks.append(block)
        assert b"".join(blocks) == expected
