"""What becomes of a table before it leaves the study."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ascendant.activity import ACCOUNT
from ascendant.infer.inferred import DOSES, INFERRED
from ascendant.infer.moved import MOVED_ACTS, PASSED_BY, TIES_INFERRED
from ascendant.infer.named import NAMED_BY, TIES
from ascendant.infer.new_topics import NEW_SHARES, NEW_TO_ACTOR
from ascendant.patterns.advertising.tables import SCHEMAS as OF_ADVERTISING
from ascendant.patterns.groups.tables import GROUP_MEMBERS, GROUP_OBJECTS, GROUPS
from ascendant.patterns.kinds.influenced import INFLUENCED_BEHAVIOUR, INFLUENCED_KINDS
from ascendant.patterns.kinds.influencers import INFLUENCER_KINDS
from ascendant.patterns.kinds.terms import KIND_TERMS
from ascendant.patterns.relays.tables import GROUP_SPREAD, RELAYS
from ascendant.patterns.standing import STANDING
from ascendant.report.exports import write_exports
from ascendant.report.language import Language
from ascendant.report.outgoing import pseudonymise_table
from report.people import BOB, PAPER, names, table


def test_tables_join_after_pseudonyms_and_keep_their_types():
    held = names(BOB, PAPER)
    ties = pa.table({
        "source_id": ["x:880022", "x:770011", None], "target_id": ["x:770011", "x:880022", "x:9"], "n_moved": [3, 2, 1],
        "evidence": [["x:1"], [], None],
    })  # fmt: skip
    out = pseudonymise_table(ties, held.speaking(Language("fr")))
    assert out.schema == ties.schema
    assert out["source_id"].to_pylist() == ["x:880022", held.pseudonym("x:770011"), None]
    assert out["target_id"][0].as_py() == held.pseudonym("x:770011")
    assert out["evidence"].to_pylist() == [[held.shown_act("x:1", None)], [], None]
    standing = pa.table({"account_id": ["x:770011"], "evidence": ["weak"]})
    assert pseudonymise_table(standing, held)["evidence"].to_pylist() == ["weak"]


def test_evidence_keeps_its_ids_where_its_owner_is_known_to_be_public():
    held = names(BOB, PAPER)
    ties = pa.table({"source_id": ["x:880022"], "evidence": [["x:1", "x:2"]]})
    out = pseudonymise_table(ties, held, owners={"x:1": "x:880022", "x:2": "x:770011"})
    assert out["evidence"].to_pylist() == [["x:1", held.shown_act("x:2", None)]]


def test_an_empty_table_and_a_revealed_one_go_through():
    held = names(BOB, PAPER)
    assert pseudonymise_table(table(BOB).slice(0, 0), held).schema.names == ACCOUNT.names
    assert pseudonymise_table(table(BOB), held.reveal("a purpose with letters")).equals(table(BOB))


def test_a_column_of_words_without_a_rule_does_not_leave():
    with pytest.raises(ValueError, match="diary"):
        pseudonymise_table(pa.table({"account_id": ["x:1"], "diary": ["dear"]}), names(BOB))


RESULTS = (
    MOVED_ACTS, PASSED_BY, TIES_INFERRED, INFERRED, DOSES, NEW_SHARES, NEW_TO_ACTOR, STANDING, NAMED_BY, TIES,
    pa.schema([("evidence_inferred", pa.list_(pa.string()))]), GROUP_MEMBERS, RELAYS, INFLUENCED_BEHAVIOUR,
)  # fmt: skip


@pytest.mark.parametrize("schema", RESULTS, ids=lambda schema: schema.names[0] + f" and {len(schema) - 1} more")
def test_no_column_of_a_result_lets_an_id_of_a_private_person_or_of_its_acts_out(schema):
    held = names(BOB, PAPER)
    private = {"x:770011", "x:1"}
    row = {}
    for field in schema:
        is_account = field.name.removesuffix("_id") in ("account", "actor", "author", "source", "target", "passed_by",
                                                        "likeliest_source")  # fmt: skip
        if pa.types.is_list(field.type) and field.name != "traces":
            row[field.name] = ["x:1"]
        elif field.name.endswith("_id") and field.name != "group_id":
            row[field.name] = "x:770011" if is_account else "x:1"
    table = pa.Table.from_pylist([row], schema=schema)
    out = pseudonymise_table(table, held).to_pylist()[0]
    for name, value in row.items():
        assert private & set(value if isinstance(value, list) else [value])
        told = out[name]
        assert not private & set(told if isinstance(told, list) else [told]), name


def test_evidence_from_time_keeps_its_ids_where_the_account_that_was_moved_is_public(tmp_path):
    held = names(BOB, PAPER)
    ties = pa.table({
        "source_id": ["x:770011", "x:880022"], "target_id": ["x:880022", "x:770011"],
        "evidence_inferred": [["x:1"], ["x:2"]],
    })  # fmt: skip
    named = pa.table({"act_id": pa.array([], pa.string()), "actor_id": pa.array([], pa.string())})
    write_exports({"ties": ties, "named_by": named, "accounts": table(BOB, PAPER)}, held, "parquet", tmp_path)
    rows = pq.read_table(tmp_path / "ties.parquet").to_pylist()
    assert [row["evidence_inferred"] for row in rows] == [["x:1"], [held.shown_act("x:2", None)]]


def test_acts_and_accounts_of_a_group_stay_side_by_side_and_private_words_stay():
    held = names(BOB, PAPER)
    row = {"group_id": 0, "trace": "text", "object": "zq words", "n_members": 2, "n_others": 0}
    row |= {"account_ids": ["x:770011", "x:880022"], "act_ids": ["x:1", "x:2"]}
    public = row | {"account_ids": ["x:880022", "x:880022"]}
    table = pa.Table.from_pylist([row, public, public | {"n_others": 1}], schema=GROUP_OBJECTS)
    out = pseudonymise_table(table, held).to_pylist()
    assert out[0]["account_ids"] == [held.pseudonym("x:770011"), "x:880022"]
    assert out[0]["act_ids"] == [held.shown_act("x:1", None), "x:2"]
    assert [one["object"] for one in out] == [None, "zq words", None]


@pytest.mark.parametrize(("n_others", "told"), [(8, "zq.example"), (7, None)])
def test_a_page_leaves_where_ten_accounts_share_it(n_others, told):
    row = {"trace": "link", "object": "zq.example", "n_members": 2, "n_others": n_others, "account_ids": ["x:1", "x:2"]}
    table = pa.Table.from_pylist([row | {"act_ids": ["x:3", "x:4"]}], schema=GROUP_OBJECTS)
    assert pseudonymise_table(table, names(BOB, PAPER)).to_pylist()[0]["object"] == told


def test_no_cause_of_a_private_person_leaves_and_that_of_a_public_account_does():
    chances = {"p_cause": 0.9, "p_company": 0.1, "p_person": 0.2}
    kind = {"kind_as_influencer": "cause", "best_influencer": "cause", **chances}
    rows = [{"account_id": one, **kind} for one in ("x:770011", "x:880022")]
    private, public = pseudonymise_table(
        pa.Table.from_pylist(rows, schema=INFLUENCER_KINDS), names(BOB, PAPER)
    ).to_pylist()
    assert "cause" not in private.values()
    assert {private[name] for name in private if name.startswith("p_") and name != "p_person"} == {None}
    assert (public["kind_as_influencer"], public["p_cause"]) == ("cause", 0.9)
    terms = [
        {"account_id": one, "layer": "profile", "term": "party@bio", "head": head, "log_odds": 1.0, "detail": "zq"}
        for one in ("x:770011", "x:880022")
        for head in ("organisation", "political")
    ]
    out = pseudonymise_table(pa.Table.from_pylist(terms, schema=KIND_TERMS), names(BOB, PAPER)).to_pylist()
    assert [(row["term"], row["head"]) for row in out] == [
        ("other_words", "organisation"), ("party@bio", "organisation"), ("party@bio", "political"),
    ]  # fmt: skip


@pytest.mark.parametrize("schema", [GROUPS, GROUP_SPREAD, INFLUENCED_KINDS, *OF_ADVERTISING.values()])
def test_every_column_of_the_other_tables_has_a_rule(schema):
    assert pseudonymise_table(schema.empty_table(), names(BOB)).schema.names == schema.names
