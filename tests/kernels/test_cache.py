"""Where compiled code is kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ascendant import kernels

# A package folder that cannot be written, whoever runs the tests: `os.mkdir` and `open` refuse below these names.
PROGRAM = """
import builtins, errno, os, pathlib, sys, tempfile
refused = sys.argv[1:]
def guarded(function):
    def call(path, *args, **kwargs):
        if any(str(path).startswith(folder) for folder in refused):
            raise PermissionError(errno.EACCES, "read-only", str(path))
        return function(path, *args, **kwargs)
    return call
os.mkdir = guarded(os.mkdir)
real_temporary = tempfile.TemporaryFile
def temporary(*args, dir=None, **kwargs):
    guarded(lambda path: None)(dir)
    return real_temporary(*args, dir=dir, **kwargs)
tempfile.TemporaryFile = temporary
import numba, numpy as np
from ascendant import kernels
from ascendant.kernels.threads import chain_ends
print(chain_ends(np.array([-1, 0])).tolist(), kernels.CACHED, numba.config.CACHE_DIR)
"""


def run(*refused, home):
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home / "tmp")}
    environment.pop("NUMBA_CACHE_DIR", None)
    (home / "tmp").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, refused)],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


PACKAGE = Path(kernels.__file__).parent


@pytest.mark.skipif(sys.platform != "linux", reason="names the cache folders of Linux")
def test_a_read_only_installation_uses_the_next_folder_and_at_last_none(tmp_path):
    cache, temporary = tmp_path / "cache", tmp_path / "tmp"
    in_cache = cache / "ascendant" / "kernels"
    in_temporary = temporary / f"ascendant-kernels-{os.getuid()}"
    assert run(PACKAGE, home=tmp_path) == f"[0, 0] True {in_cache}"
    assert list(in_cache.rglob("*.nbc")), "compiled code was kept there"
    assert run(PACKAGE, cache, home=tmp_path) == f"[0, 0] True {in_temporary}"
    assert list(in_temporary.rglob("*.nbc"))
    assert run(PACKAGE, cache, temporary, home=tmp_path) == "[0, 0] False"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="temporary files are private on Windows")
def test_a_temporary_folder_that_others_can_write_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    folder = tmp_path / "ascendant-kernels"
    folder.mkdir()
    folder.chmod(0o777)
    assert kernels.first_usable([folder]) is None
    folder.chmod(0o700)
    assert kernels.first_usable([folder]) == folder


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="temporary files are private on Windows")
def test_a_temporary_folder_behind_a_link_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    link = tmp_path / "ascendant-kernels"
    link.symlink_to(tmp_path / "elsewhere")
    assert kernels.first_usable([link]) is None
