import json

import pytest

from ascendant.activity import Reject
from ascendant.errors import BrokenFile
from ascendant.read.export import Export
from ascendant.read.json_records import BROKEN_JSON, TOO_DEEP, TOO_LONG, records


def read(tmp_path, content: bytes, name="a.json"):
    path = tmp_path / name
    path.write_bytes(content)
    return list(records(Export.at(path).members[0]))


ITEMS = [{"id": 12345678901234567890123, "n": 1.5}, {"id": "été"}]


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(map(json.dumps, ITEMS)),
        json.dumps(ITEMS),
        json.dumps(ITEMS, indent=2),
        "\ufeff" + json.dumps(ITEMS),
        json.dumps({"data": ITEMS}),
        json.dumps({"data": ITEMS, "paging": {}}, indent=1),
        json.dumps([{"data": ITEMS[:1]}, {"data": ITEMS[1:]}]),
    ],
)
def test_records_are_the_same_in_every_wrapping(tmp_path, content):
    assert [record for _, record in read(tmp_path, content.encode())] == ITEMS


def test_each_record_has_a_place_of_its_own(tmp_path):
    pages = "\n".join(json.dumps({"data": ITEMS}) for _ in range(2))
    assert [place for place, _ in read(tmp_path, pages.encode())] == [
        "line 1/data/0",
        "line 1/data/1",
        "line 2/data/0",
        "line 2/data/1",
    ]


def test_what_was_read_before_the_damage_of_an_array_is_kept(tmp_path):
    found = [record for _, record in read(tmp_path, json.dumps(ITEMS).encode()[:-5])]
    assert found[0] == ITEMS[0]
    assert [one.reason for one in found if isinstance(one, Reject)] == [BROKEN_JSON]


def test_a_document_that_is_too_long_or_too_deep_is_a_reject(tmp_path):
    assert [one.reason for _, one in read(tmp_path, b"{\n" + b" " * (33 << 20) + b"}")] == [TOO_LONG]
    deep = b'{"a":' * 5000 + b"1" + b"}" * 5000
    assert [one.reason for _, one in read(tmp_path, deep)] == [TOO_DEEP]


def test_a_packed_file_that_breaks_off_is_said(tmp_path):
    import gzip

    packed = gzip.compress(b"\n".join(b'{"id": %d}' % n for n in range(20_000)))
    with pytest.raises(BrokenFile):
        read(tmp_path, packed[: len(packed) // 2], "a.jsonl.gz")
