import json

import pytest

from ascendant.errors import MissingColumn
from ascendant.read.tabular.cells import INEXACT
from ascendant.read.tabular.json_lines import LONG_LINE, NOT_AN_OBJECT, NOT_JSON

C = ("actor=author.id", "happened_at=when")


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def record(author, **others):
    return {"author": {"id": author}, "when": 1_700_000_000, **others}


def test_paths_reach_inside_and_identifiers_stay_exact(read):
    found = read(lines(record(9_007_199_254_740_993), record(12345678901234567890123)), *C, name="t.jsonl")
    assert [act.actor_id for act in found.acts] == ["table:9007199254740993", "table:12345678901234567890123"]
    assert [act.source_pointer for act in found.acts] == ["line 1", "line 2"]


def test_a_key_that_holds_a_dot_is_found_before_a_path(read):
    found = read(lines({"author.id": "flat", "author": {"id": "deep"}, "when": 1_700_000_000}), *C, name="t.jsonl")
    assert found.acts[0].actor_id == "table:flat"


def test_each_bad_line_is_rejected_with_its_reason_and_the_next_is_read(read):
    bad = [b"{", b"[1]", b'"text"', b'{"author": {"id": 1.5e18}, "when": 1}', b'{"author": {"id": "\xff"}, "when": 1}']
    good = lines(record("ada")).encode()
    found = read(good + b"\n".join(bad) + b"\n\n" + good, *C, name="t.jsonl")
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [
        ("line 2", NOT_JSON),
        ("line 3", NOT_AN_OBJECT),
        ("line 4", NOT_AN_OBJECT),
        ("line 5", INEXACT),
        ("line 6", NOT_JSON),
    ]
    assert [act.source_pointer for act in found.acts] == ["line 1", "line 8"]
    assert found.coverage[0].rows_in == 7


def test_a_float_that_is_exact_is_its_integer(read):
    found = read(lines(record(77.0), record(77)), *C, name="t.jsonl")
    assert {act.actor_id for act in found.acts} == {"table:77"}


def test_lists_in_cells_are_lists(read):
    table = lines(record("ada", tags=["A", "b"], links=["https://a.fr/x,y"]), record("bob", tags=[], links=None))
    found = read(table, *C, "hashtags=tags", "urls=links", name="t.jsonl")
    assert [act.hashtags for act in found.acts] == [("a", "b"), None]
    assert [act.urls for act in found.acts] == [("https://a.fr/x,y",), None]


def test_a_key_that_only_the_end_of_a_long_file_holds_is_not_missing(read):
    table = lines(*(record(f"a{n}", text="x" * 50) for n in range(20_000)), record("z", of={"id": "q"}))
    found = read(table, *C, "thread=of.id", name="t.jsonl")
    assert [act.thread_id for act in found.acts if act.thread_id] == ["table:q"]
    with pytest.raises(MissingColumn) as raised:
        read(table, *C, "thread=off.idd", name="t.jsonl")
    assert "author.id" in raised.value.facts["found"]


def test_a_line_of_50_megabytes_is_rejected(read):
    table = lines(record("ada")) + json.dumps(record("b" * (50 << 20))) + "\n" + lines(record("cy"))
    found = read(table, *C, name="t.jsonl")
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 2", LONG_LINE)]
    assert len(found.acts) == 2


def test_a_mapping_by_position_has_no_meaning_in_json(read):
    with pytest.raises(MissingColumn):
        read(lines(record("ada")), "1=actor", name="t.jsonl")
