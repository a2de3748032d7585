"""Kinds given by hand: kept whole or not at all, and gone with who is forgotten."""

from dataclasses import replace
from datetime import date

import pytest

from ascendant.errors import BrokenSettings
from ascendant.store.marks import Marks
from ascendant.store.objections import Objections
from ascendant.store.overrides import (
    FILE,
    Override,
    forget_in_overrides,
    load_overrides,
    remove_override,
    save_override,
)

ANN = Override(account="x:7", kind="company", reason='she sells "tea" = good', made_on=date(2026, 3, 1))
BOB = Override(account="x:8", kind="media", reason="writes with Ann Lee of Norvieux", made_on=date(2026, 3, 2))


def test_what_is_kept_comes_back_and_the_last_word_counts(tmp_path):
    assert load_overrides(tmp_path) == ()
    save_override(tmp_path, BOB)
    save_override(tmp_path, ANN)
    assert load_overrides(tmp_path) == (ANN, BOB)
    save_override(tmp_path, replace(ANN, kind="individual"))
    assert load_overrides(tmp_path) == (replace(ANN, kind="individual"), BOB)


def test_what_is_taken_back_is_gone_and_an_empty_list_is_no_file(tmp_path):
    save_override(tmp_path, ANN)
    assert not remove_override(tmp_path, "x:9")
    assert load_overrides(tmp_path) == (ANN,)
    assert remove_override(tmp_path, "x:7")
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("text", ["no toml = = ", "override = 3", "[[override]]\naccount = 3", "override = [1]"])
def test_a_file_changed_by_hand_is_told_and_not_guessed(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    with pytest.raises(BrokenSettings) as told:
        load_overrides(tmp_path)
    assert FILE in str(told.value)


def objecting(**names):
    marks = Marks(b"a key of the study")
    marks.add_account("x:7")
    marks.add_name("x", "Ann Lee")
    return Objections(marks)


def test_who_is_forgotten_has_no_kind_left_and_no_name_in_the_reason_of_another(tmp_path):
    save_override(tmp_path, ANN)
    save_override(tmp_path, BOB)
    forget_in_overrides(tmp_path, objecting())
    (left,) = load_overrides(tmp_path)
    assert (left.account, left.kind) == ("x:8", "media")
    assert "Ann" not in (tmp_path / FILE).read_text()
    assert "Norvieux" in left.reason


def test_a_list_that_cannot_be_read_goes_whole_with_who_is_forgotten(tmp_path):
    (tmp_path / FILE).write_text("x:7 = Ann Lee")
    forget_in_overrides(tmp_path, objecting())
    assert not (tmp_path / FILE).exists()
