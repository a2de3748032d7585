"""Commands run in this process, as `ascendant` runs them."""

from __future__ import annotations

import io
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from ascendant.cli.app import main
from study.bad_files import GOOD, Done


@pytest.fixture
def command(capsys, monkeypatch, tmp_path) -> Callable[..., Done]:
    """A command line in `tmp_path`; `stdin` are the bytes of its standard input."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return Done(left.value.code, shown.out, shown.err)

    return run


@pytest.fixture
def study(command, tmp_path) -> Path:
    """A study of `good.jsonl`, which lies beside it."""
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    assert command("read", "good.jsonl", "--study", "study").code == 0
    return tmp_path / "study"
