"""Each question is portable: it transpiles for Spark, counts in integers, and says its order."""

import re

import pytest
import sqlglot
from sqlglot import expressions as exp

from ascendant.store.duckdb import sql_names, sql_text

# What Spark lacks but the transpiler lets pass, and what each engine defines in its own way.
REFUSED_WORDS = {"asof", "qualify", "tablesample"}
REFUSED_FUNCTIONS = {
    "hash",
    "list_aggregate",
    "list",
    "random",
    "rand",
    "first",
    "last",
    "any_value",
    "arbitrary",
    "epoch_us",
}
EVERY_QUESTION = pytest.mark.parametrize("name", sql_names())


def parsed(name):
    return sqlglot.parse_one(sql_text(name), read="duckdb")


@EVERY_QUESTION
def test_a_question_opens_with_a_sentence(name):
    assert re.match(r"-- [A-Z].*[.:]", sql_text(name).splitlines()[0] + sql_text(name).splitlines()[1])


@EVERY_QUESTION
def test_a_question_transpiles_for_spark_without_what_spark_lacks(name):
    spark = sqlglot.transpile(sql_text(name), read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    assert len(spark) == 1
    for text in (
        re.sub(r"--.*", "", sql_text(name)).lower(),
        re.sub(r"/\*.*?\*/", "", spark[0], flags=re.DOTALL).lower(),
    ):
        assert not set(re.findall(r"[a-z_]+", text)) & REFUSED_WORDS
        assert not set(re.findall(r"([a-z_]+)\s*\(", text)) & REFUSED_FUNCTIONS
    assert sqlglot.parse_one(spark[0], read="spark") is not None


@EVERY_QUESTION
def test_a_question_ends_with_its_order(name):
    assert parsed(name).args.get("order") is not None


@EVERY_QUESTION
def test_a_question_has_no_floats_and_no_division(name):
    tree = parsed(name)
    assert not list(tree.find_all(exp.Div, exp.Avg, exp.Median, exp.Quantile))
    assert not [literal for literal in tree.find_all(exp.Literal) if not literal.is_string and "." in literal.this]
    kinds = {str(kind.this) for kind in tree.find_all(exp.DataType)}
    assert not [kind for kind in kinds if "DOUBLE" in kind or "FLOAT" in kind or "DECIMAL" in kind]


@EVERY_QUESTION
def test_every_number_that_leaves_a_question_has_its_type_said(name):
    """sum() of BIGINT is HUGEINT in DuckDB and would become DOUBLE in Parquet."""
    for column in parsed(name).expressions:
        inner = column.unalias()
        if isinstance(inner, exp.Column):
            assert not inner.name.startswith("n_"), f"{inner.name} leaves without a cast"
        else:
            assert isinstance(inner, exp.Cast), column.sql()
            assert inner.to.this in (exp.DataType.Type.BIGINT, exp.DataType.Type.TIMESTAMPTZ)  # a time is no number


@EVERY_QUESTION
def test_every_window_has_an_order_that_leaves_no_choice(name):
    for window in parsed(name).find_all(exp.Window):
        ordered = [str(key.this.name) for key in window.args["order"].expressions]
        assert ordered[-1] in {"act_id", "activity_id"}
