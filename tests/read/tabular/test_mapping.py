import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.errors import BadChoice, BadMapping, UnknownColumn
from ascendant.read.tabular.mapping import FIELDS, Constant, columns_of, verb_codes

column_names = st.text(st.characters(codec="utf-8", exclude_characters="=|:"), min_size=1).filter(
    lambda name: name.strip() == name and name not in FIELDS and not name.isdecimal()
)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), column_names, min_size=1))
def test_a_mapping_means_the_same_written_either_way_round(fields):
    forward = columns_of([f"{field}={column}" for field, column in fields.items()])
    reversed_ = columns_of([f"{column}={field}" for field, column in fields.items()])
    assert forward == reversed_
    assert forward.fields == {field: (column,) for field, column in fields.items()}


@given(st.sampled_from(sorted(FIELDS)), st.integers(1, 10_000))
def test_a_position_is_a_position_on_either_side(field, position):
    assert columns_of([f"{field}={position}"]) == columns_of([f"{position}={field}"])
    assert columns_of([f"{field}={position}"]).positions == {position}


def test_a_column_called_like_a_field_of_ours_is_read_as_the_other_pairs_are():
    assert columns_of(["object=id", "actor=user"]).fields["object"] == ("id",)
    assert columns_of(["id=object", "user=actor"]).fields["object"] == ("id",)


def test_a_pair_that_could_be_read_both_ways_among_mixed_pairs_is_refused():
    with pytest.raises(BadMapping, match="id=object"):
        columns_of(["id=object", "user=actor", "happened_at=date"])


def test_a_column_name_may_hold_an_equals_sign():
    assert columns_of(["actor=a=b"]).fields == {"actor": ("a=b",)}
    assert columns_of(["a=b=actor"]).fields == {"actor": ("a=b",)}


def test_a_chain_falls_back_to_a_constant():
    assert columns_of(["verb=type|:post"]).fields["verb"] == ("type", Constant("post"))


@pytest.mark.parametrize("what", ["actor", "=actor", "actor=", "actor=0"])
def test_what_is_no_pair_is_refused_by_name(what):
    with pytest.raises(BadMapping):
        columns_of([what])


def test_a_field_mapped_twice_is_refused():
    with pytest.raises(BadMapping, match="twice"):
        columns_of(["actor=a", "actor=b"])


def test_an_unknown_field_gets_the_nearest_names():
    with pytest.raises(UnknownColumn) as raised:
        columns_of(["happend_at=date"])
    assert raised.value.facts["known"].startswith("happened_at")
    with pytest.raises(UnknownColumn) as raised:
        columns_of(["3=objct"])
    assert raised.value.facts["field"] == "objct"


def test_codes_are_those_of_the_column_that_they_name():
    columns = columns_of(["verb=type", "audience=seen"], ["RT=repost", "type:RE=reply", "seen:A=public"])
    assert verb_codes(columns) == {"RT": "repost", "RE": "reply"}


def test_a_code_may_hold_a_colon():
    assert verb_codes(columns_of(["verb=type"], ["as:Announce=repost"])) == {"as:Announce": "repost"}


def test_a_meaning_that_is_no_verb_is_refused_with_the_nearest():
    with pytest.raises(BadChoice, match=r"--values cannot be 'RT=reposst': .* repost"):
        verb_codes(columns_of(["verb=type"], ["RT=reposst"]))
    with pytest.raises(BadChoice, match=r"--values cannot be 'RT'"):
        columns_of(["verb=type"], ["RT"])
