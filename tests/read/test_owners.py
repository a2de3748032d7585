"""Whether two archives are of one person, by what their own files say."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ascendant.activity import Account
from ascendant.read.owners import ArchiveOwner, is_same, plain_name


def owner(key, platform="facebook", **known):
    return ArchiveOwner(file="a.zip", platform=platform, account_id=key, **known)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (owner("x:12", "x", handle="jo"), owner("x:12", "x", handle="jo_new"), True),
        (owner("x:12", "x", name="Jo", created_at=1), owner("x:13", "x", name="Jo", created_at=1), False),
        (owner("facebook:@ada"), owner("facebook:@ada"), True),
        (owner("facebook:@ada", created_at=5), owner("facebook:@ada.new", created_at=5), True),
        (owner("facebook:@ada", name="Ada", created_at=5), owner("facebook:9", name="Ada", created_at=6), False),
        (owner("facebook:@ada", name="Ada E"), owner("facebook:me:Ada E", name="ada  e"), True),
        (owner("facebook:@ada", name="Ada E"), owner("facebook:me:Bo M", name="Bo M"), False),
        (owner("facebook:@ada", name="Ada E"), owner("facebook:@ada.2", name="Ada E"), False),
        (owner("facebook:@ada", names=("Ada Née", "Ada E")), owner("facebook:me:x", name="Ada Nee"), True),
        (owner("facebook:9"), owner("facebook:me:Bo", name="Bo"), None),
        (owner(None), owner("facebook:9", name="Bo"), None),
    ],
)
def test_ids_decide_then_the_account_s_age_then_the_address_then_names(one, other, same):
    assert is_same(one, other) is same
    assert is_same(other, one) is same


@given(st.text(max_size=12), st.text(max_size=12))
@example("𝕊", "")
def test_names_that_are_told_apart_are_told_apart_in_both_orders(one, other):
    first, second = owner("facebook:@a", name=one), owner("facebook:me:b", name=other)
    assert is_same(first, second) is is_same(second, first)
    assert plain_name(plain_name(one)) == plain_name(one)


def test_an_owner_who_is_only_named_after_a_folder_is_unknown():
    account = Account(account_id="facebook:me:ada", platform="facebook", is_me=True, resolved="derived")
    assert not ArchiveOwner.of("a.zip", "facebook", account).is_known
    assert not ArchiveOwner.of("a.zip", "x", None).is_known


@pytest.mark.parametrize("wanted", ["@Jo_E", "jo e", "x:12", "12", " JO_E "])
def test_somebody_is_called_by_handle_name_or_id(wanted):
    assert owner("x:12", "x", handle="jo_e", name="Léa").is_called(wanted)
    assert owner("x:12", "x", handle="jo_e", name="Léa").is_called("lea")


@pytest.mark.parametrize("wanted", ["jo", "", "x", "1", "@", "le"])
def test_nobody_is_called_by_a_part_of_a_name(wanted):
    assert not owner("x:12", "x", handle="jo_e", name="Léa").is_called(wanted)
