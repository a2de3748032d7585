import json
import zipfile

import pytest

from ascendant.errors import BrokenFile, ExportError, ProtectedFile, UnsafeFile
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.x_archive import READER
from ascendant.testing import check_reader
from x_archives import EXPORTS, ME, found_in, post, written, zipped


def test_a_file_that_breaks_off_gives_what_came_before_and_says_so(archive):
    whole = written("tweets", [post(str(n)) for n in range(1, 6)])
    for length in (len(whole) - 1, len(whole) * 3 // 4, len(whole) // 2):
        found = found_in(archive({"tweets": whole[:length]}, place=str(length)))
        row = found.coverage("tweets.js")
        assert row.status == "unreadable", length
        assert 1 <= len(found.acts) <= 5
        (reject,) = found.rejects
        assert reject.reason == "the file breaks off here"
        assert [act.activity_id for act in found.acts] == [f"x:{n}" for n in range(1, len(found.acts) + 1)]


def test_a_zip_whose_download_broke_off_is_said(archive, tmp_path):
    path = zipped(archive({"tweets": [post()]}), tmp_path / "a.zip")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(BrokenFile):
        Export.at(path)


def test_a_damaged_member_does_not_take_the_others_with_it(archive, tmp_path):
    many = [post(str(n), f"texte {n * 7919 % 1013} {n}") for n in range(1, 4000)]
    path = zipped(archive({"tweets": many, "mute": [{"muting": {"accountId": "5"}}]}), tmp_path / "a.zip")
    with zipfile.ZipFile(path) as packed:
        info = packed.getinfo("data/tweets.js")
    content = bytearray(path.read_bytes())
    middle = info.header_offset + info.compress_size * 2 // 3
    content[middle : middle + 64] = bytes(64)
    path.write_bytes(content)
    found = found_in(path)
    assert found.damage is not None
    assert "data/tweets.js" in str(found.damage)
    assert found.coverage("data/tweets.js").status == "unreadable"
    assert len(found.of("post")) > 1000
    assert len(found.of("mute")) == 1


def test_a_protected_zip_is_said(archive, tmp_path):
    path = zipped(archive({"tweets": [post()]}), tmp_path / "a.zip")
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\1\2")
    content[place + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(ProtectedFile):
        Export.at(path)


def test_paths_that_lead_out_of_the_archive_are_refused(archive, tmp_path):
    path = zipped(archive({"tweets": [post()]}), tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("data/../../like.js", "x")
    with pytest.raises(UnsafeFile):
        Export.at(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"window.YTD.tweets.part0 = [ ]",
        b"window.YTD.tweets.part0 = [\n]\n;\n",
        b"\xef\xbb\xbfwindow.YTD.tweets.part0 = [ ];",
        b"[ ]",
    ],
)
def test_a_file_without_records_is_empty_and_no_error(archive, content):
    found = found_in(archive({"tweets": content}))
    assert found.rejects == []
    assert found.coverage("tweets.js").status == "empty"


@pytest.mark.parametrize("prefix", ["", "window.YTD.tweets.part0 = ", "window.YTD.tweet.part0=", "\ufeff", "var x = "])
@pytest.mark.parametrize("suffix", ["", ";", " ;\n\n", "\n"])
@pytest.mark.parametrize("indent", [None, 2, 4, "\t"])
def test_what_javascript_puts_around_the_records_does_not_matter(archive, prefix, suffix, indent):
    text = prefix + json.dumps([post("1"), post("2")], indent=indent) + suffix
    found = found_in(archive({"tweets": text}))
    assert [act.activity_id for act in found.acts] == ["x:1", "x:2"]
    assert found.rejects == []


def test_one_bare_record_where_a_list_is_expected_is_read(archive):
    text = "window.YTD.tweets.part0 = " + json.dumps(post("1"), indent=2)
    assert found_in(archive({"tweets": text})).only.activity_id == "x:1"


def test_a_record_of_the_wrong_kind_is_refused_without_its_neighbours(archive):
    wrong = [post("1"), 12, "text", None, [], {"tweet": []}, {"tweet": {"id_str": {}}}, {}, post("2")]
    for indent in (None, 2):
        found = found_in(archive({"tweets": json.dumps(wrong, indent=indent)}, place=str(indent)))
        assert [act.activity_id for act in found.acts] == ["x:1", "x:2"]
        assert len(found.rejects) == 7
        assert found.coverage("tweets.js").rows_in == 9


def test_signs_that_no_text_may_hold_are_taken_out_and_told(archive):
    text = written("tweets", [post("1", "a\0b"), post("2", "a\\u0000b"), post("3", "fin")])
    half = text.replace('"fin"', '"caf\\u00e9 \\ud83d… \\ud83d\\ude00"')
    path = archive({"tweets": half})
    one, two, three = found_in(path).acts
    assert (one.text, one.text_repaired) == ("ab", True)
    assert (two.text, two.text_repaired) == ("a\\u0000b", False)
    assert (three.text, three.text_repaired) == ("café \ufffd… 😀", True)
    check_reader(READER, path)


def test_text_that_is_not_utf8_is_refused_alone(archive):
    good = written("tweets", [post("1"), post("2", "caf@"), post("3")]).encode()
    found = found_in(archive({"tweets": good.replace(b"caf@", b"caf\xe9")}))
    assert [act.activity_id for act in found.acts] == ["x:1", "x:3"]
    (reject,) = found.rejects
    assert reject.reason == "not valid UTF-8"


def test_words_of_the_archive_never_stand_in_a_reject(archive):
    bad = post("1", "SECRET") | {"tweet": {**post("1", "SECRET")["tweet"], "entities": "SECRET", "lang": ["SECRET"]}}
    text = written("tweets", [bad, post("2", "SECRET")]).replace('"id_str" : "2"', '"id_str" : SECRET')
    found = found_in(archive({"tweets": text}))
    assert len(found.rejects) == 2
    assert "SECRET" not in repr(found.rejects)


def test_a_record_that_is_nested_without_end_is_refused(archive):
    deep = '{"tweet": {"id_str": "1", "entities": ' + "[" * 100_000 + "]" * 100_000 + "}}"
    for text in (f"[{deep}]", f"[\n  {{\n{deep[1:]}\n]"):
        found = found_in(archive({"tweets": text}))
        assert found.acts == []
        assert len(found.rejects) == 1


def test_dates_without_sense_never_stop_a_reading(archive):
    dates = [
        "",
        "x",
        "Mon",
        "Mon Dec 01 01:12:43 +0000 99999",
        "2025-13-45T99:99:99Z",
        "0",
        "9" * 40,
        "\ud800é",
        "é" * 30,
    ]
    posts = [post(str(n), created_at=date.encode("utf-8", "replace").decode()) for n, date in enumerate(dates, start=1)]
    found = found_in(archive({"tweets": posts}))
    assert len(found.acts) == len(dates)
    assert {act.happened_at for act in found.acts} == {None}


def test_a_table_with_bad_rows_is_read_around_them(tmp_path):
    lines = (EXPORTS / "2017" / "tweets.csv").read_text(encoding="utf-8").split("\n", 2)
    bad = ['"1","2"', '"1","","","2016-11-19 12:00:00 +0000","web","a\0b","","","",""', ""]
    (tmp_path / "tweets.csv").write_text("\n".join([lines[0], *bad, *lines[1:]]), encoding="utf-8")
    found = found_in(tmp_path)
    assert len(found.acts) == 3
    assert [reject.pointer for reject in found.rejects] == ["line 2", "line 3"]
    check_reader(READER, tmp_path, expect_rejects=True)


def test_a_table_whose_line_ends_are_broken_ends_without_an_error(tmp_path):
    text = (EXPORTS / "2017" / "tweets.csv").read_text(encoding="utf-8")
    for number, odd in enumerate(
        (text.replace('"text"', "te\rxt"), text.replace("\n", "\r"), text.replace(",", "\r,", 3))
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "tweets.csv").write_text(odd, encoding="utf-8", newline="")
        export = Export.at(folder)
        if READER.recognises(export, ReadOptions()):
            assert found_in(folder).coverage("tweets.csv").status in ("parsed", "empty")


def test_a_zip_of_another_archive_inside_a_folder_that_cannot_be_opened_leaves_the_rest(archive, tmp_path):
    folder = archive({"tweets": [post()]})
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")
    export = Export.at(folder)
    assert [type(problem) for problem in export.problems] == [BrokenFile]
    assert len([row for row in READER.read(export, ReadOptions()) if getattr(row, "verb", None) == "post"]) == 1


def test_an_html_page_instead_of_an_archive_is_not_taken(tmp_path):
    (tmp_path / "Your archive.html").write_text("<!doctype html><script>window.YTD.tweets.part0 = [ ]</script>")
    assert not READER.recognises(Export.at(tmp_path), ReadOptions())


def test_errors_are_of_the_family_that_the_doors_show(archive):
    assert issubclass(UnsafeFile, ExportError)
    assert found_in(archive({"tweets": [post()]}), with_messages=True).me.account_id == f"x:{ME}"
