"""What becomes of a table before it leaves the study."""

import pyarrow as pa
import pytest

from ascendant.activity import ACCOUNT
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
