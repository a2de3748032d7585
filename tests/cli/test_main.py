"""The two ways in: `ascendant` and `python -m ascendant`."""

import sys
from types import ModuleType

import pytest

from ascendant.__main__ import main


def test_ctrl_c_while_the_program_is_still_being_loaded_is_a_code_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "ascendant.cli.app", Interrupted("ascendant.cli.app"))
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 130
    assert capsys.readouterr() == ("", "")
