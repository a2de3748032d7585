import pytest

from ascendant.demo.options import WorldOptions
from ascendant.errors import BadSetting


@pytest.mark.parametrize(
    ("choices", "setting"),
    [
        ({"accounts": 39}, "--accounts"),
        ({"accounts": -1}, "--accounts"),
        ({"accounts": 100, "acts": 99}, "--acts"),
        ({"accounts": 100, "acts": 10**9}, "--acts"),
        ({"days": 0}, "--days"),
        ({"seed": -1}, "--seed"),
        ({"platforms": ""}, "--platforms"),
        ({"platforms": "x,x"}, "--platforms"),
        ({"platforms": "x,usenet"}, "--platforms"),
    ],
)
def test_a_world_that_cannot_be_is_refused_and_the_setting_is_named(choices, setting):
    with pytest.raises(BadSetting) as caught:
        WorldOptions(**choices)
    assert caught.value.setting == setting
    assert caught.value.exit_code == 4


def test_the_default_world_is_the_one_that_the_demonstration_promises():
    options = WorldOptions()
    assert options.accounts == 10_000
    assert options.platform_names == ("x", "facebook", "linkedin")
