"""Choices that make no sense are refused before anything is worked out."""

import pytest

from ascendant.errors import BadSetting
from ascendant.patterns.options import GroupOptions


@pytest.mark.parametrize("windows", [(600, 60), (60, 60), (60, 600, 600), (0, 60), (-60,), ()])
def test_windows_out_of_order_repeated_or_empty_are_refused_with_what_to_write(windows):
    with pytest.raises(BadSetting, match="from the shortest to the longest") as refused:
        GroupOptions(windows_seconds=windows)
    assert refused.value.setting == "windows_seconds"


def test_windows_in_order_are_taken_as_they_are():
    assert GroupOptions(windows_seconds=(1, 2, 86_400)).windows_seconds == (1, 2, 86_400)
