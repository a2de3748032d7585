import json
import re
import tracemalloc
from typing import Any

import ijson
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Reject
from ascendant.errors import MissingLibrary
from ascendant.read import json_items as module
from ascendant.read.export import Export
from ascendant.read.json_items import LARGEST_ITEM_BYTES, Found, json_items

ANY = msgspec.json.Decoder(Any)
fresh = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)

_json = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.text(), st.text('}],\n {"\\', max_size=20)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=12,
)
_records = st.lists(st.dictionaries(st.text(max_size=5), _json, max_size=4), max_size=6)


@pytest.fixture
def items(tmp_path):
    def read(content, prefix="item", **options):
        path = tmp_path / "a.js"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return list(json_items(Export.at(path).members[0], prefix, ANY, **options))

    return read


def values(found):
    assert [one for one in found if isinstance(one, Reject)] == []
    return [one.value for one in found]


def jackson(value, level=0):
    """The other way in which Java programs lay JSON out: arrays on the line of what holds them."""
    inside = "  " * (level + 1)
    if isinstance(value, dict):
        rows = [f"{inside}{json.dumps(key)} : {jackson(one, level + 1)}" for key, one in value.items()]
        return "{\n" + ",\n".join(rows) + "\n" + "  " * level + "}" if rows else "{ }"
    if isinstance(value, list):
        return "[ " + ", ".join(jackson(one, level) for one in value) + " ]"
    return json.dumps(value)


@fresh
@given(_records, st.sampled_from(["compact", "1", "2", "tab", "windows", "jackson"]), st.booleans(), st.booleans())
def test_the_records_of_an_array_are_the_same_in_whatever_way_it_is_laid_out(items, records, layout, is_ascii, is_js):
    if layout == "jackson":
        text = jackson(records)
    else:
        indent = {"compact": None, "tab": "\t", "windows": 2}.get(layout, layout)
        text = json.dumps(records, indent=int(indent) if str(indent).isdecimal() else indent, ensure_ascii=is_ascii)
    if layout == "windows":
        text = text.replace("\n", "\r\n")
    found = items(f"window.YTD.x.part0 = {text};\n" if is_js else text)
    assert values(found) == [_without_nul(record) for record in records]
    assert [one.pointer for one in found] == [f"item {n}" for n in range(1, len(records) + 1)]


def _without_nul(value):
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(one) for key, one in value.items()}
    return value


@fresh
@given(_records, st.integers(1, 60))
def test_the_records_are_the_same_wherever_the_blocks_are_cut(items, records, size):
    before, module.BLOCK_BYTES = module.BLOCK_BYTES, size * 4
    try:
        for indent in (None, 2):
            assert values(items(json.dumps(records, indent=indent))) == [_without_nul(record) for record in records]
    finally:
        module.BLOCK_BYTES = before


@fresh
@given(st.lists(st.fixed_dictionaries({"n": st.integers(0, 99), "t": st.text(max_size=9)}), min_size=1), st.data())
def test_a_file_cut_anywhere_gives_its_first_records_and_says_that_it_breaks_off(items, records, data):
    records = [_without_nul(record) for record in records]
    text = json.dumps(records, indent=data.draw(st.sampled_from([None, 2])), ensure_ascii=True)
    cut = data.draw(st.integers(1, len(text) - 1))
    found = items(text[:cut])
    whole = [one.value for one in found if isinstance(one, Found)]
    assert whole == records[: len(whole)]
    assert len(whole) >= text[:cut].count("}") - sum(record["t"].count("}") for record in records)
    assert [one.reason for one in found if isinstance(one, Reject)] == [module.ENDS_EARLY]


def test_records_under_a_key_and_deep_inside_each_element(items):
    text = json.dumps({"skip": [{"n": 0}], "comments_v2": [{"n": 1}, {"n": 2}]}, indent=2)
    assert values(items(text, "comments_v2.item")) == [{"n": 1}, {"n": 2}]
    assert values(items(text, "none.item")) == []
    deep = [{"ad": {"x": {"impressions": [1, 2]}}}, {"ad": {"x": {"impressions": [3]}}}]
    assert values(items(json.dumps(deep), "item.ad.x.impressions.item")) == [1, 2, 3]
    assert values(items(json.dumps(deep[0]), "item.ad.x.impressions.item")) == [1, 2]
    assert values(items(text, "")) == [json.loads(text)]


def test_one_bare_object_is_one_record(items):
    assert values(items('{"a": 1}')) == [{"a": 1}]
    assert values(items('window.__CONFIG = {\n  "a" : 1\n}')) == [{"a": 1}]


def test_records_that_somebody_added_in_another_style_are_found(items):
    text = '[\n  {\n    "n" : 1\n  },\n  {"n": 2}, {"n": 3},\n  {\n    "n" : 4\n  }\n]'
    assert values(items(text)) == [{"n": n} for n in (1, 2, 3, 4)]
    assert [one.pointer for one in items(text)] == ["item 1", "item 2", "item 3", "item 4"]


def test_a_broken_record_on_lines_does_not_take_the_next_ones_with_it(items):
    text = '[\n  {\n    "n" : 1\n  },\n  {\n    "n" : oops\n  },\n  {\n    "n" : "open\n  },\n  {\n    "n" : 4\n  }\n]'
    found = items(text)
    assert [one.value if isinstance(one, Found) else one.reason for one in found] == [
        {"n": 1},
        module.BROKEN_JSON,
        module.BROKEN_JSON,
        {"n": 4},
    ]


def test_a_record_beyond_the_limit_is_said_and_the_others_are_read(items):
    long = "x" * (LARGEST_ITEM_BYTES + (2 << 20))
    records = [{"n": 1}, {"n": long}, {"n": 3}]
    on_lines = items(json.dumps(records, indent=2))
    assert [one.value["n"] if isinstance(one, Found) else one.reason for one in on_lines] == [1, module.TOO_LONG, 3]
    walked = items(json.dumps(records))
    assert [one.value["n"] if isinstance(one, Found) else one.reason for one in walked] == [1, module.TOO_LONG]
    more = items(json.dumps(records, indent=2), largest=64 << 20)
    assert [len(str(one.value["n"])) for one in more] == [1, len(long), 1]


@pytest.mark.parametrize("indent", [None, 2])
def test_memory_does_not_grow_with_the_file(tmp_path, indent):
    path = tmp_path / "a.js"
    records = [{"tweet": {"full_text": "mot " * 60, "n": n, "more": list(range(60))}} for n in range(24_000)]
    path.write_text(json.dumps(records, indent=indent))
    assert path.stat().st_size > 12e6
    del records
    kind = msgspec.json.Decoder(dict[str, msgspec.Raw])
    tracemalloc.start()
    n_records = sum(1 for _ in json_items(Export.at(path).members[0], "item", kind))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n_records == 24_000
    assert peak < 8e6


def test_brackets_without_end_are_refused_before_they_take_memory(items):
    for text in ("[" * 200_000, '[{"a":' * 100_000, "[" + "[" * 600 + "]" * 600 + "]"):
        (reject,) = items(text)
        assert reject.reason == module.TOO_DEEP


def test_what_a_reject_says_holds_nothing_of_the_file(items):
    for text in ('[{"a": SECRET}]', '[\n  {\n    "a" : SECRET\n  }\n]', '[{"SECRET" "a"}]', b'["SECRET\xff"]'):
        found = items(text)
        assert found
        assert not re.search("SECRET", repr(found))


def test_a_missing_parser_is_said_and_not_replaced_by_a_slow_one(items, monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(ijson, "get_backend", absent)
    with pytest.raises(MissingLibrary):
        items("[1]")


@fresh
@given(st.binary(max_size=300))
def test_any_bytes_end_without_an_error(items, content):
    for start in (b" ", b"[\n  {\n", b"window.YTD.x.part0 = ["):
        for one in items(start + content + b"x"):
            assert isinstance(one, Found | Reject)
