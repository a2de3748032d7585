import hashlib
import os
import subprocess
import sys

from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_world

WORLD = {"accounts": 200, "acts": 4000, "seed": 9}
SCRIPT = """
import sys
from pathlib import Path
from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_world
write_world(Path(sys.argv[1]), WorldOptions(accounts=200, acts=4000, seed=9))
"""


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_here_and_in_other_processes(tmp_path):
    write_world(tmp_path / "first", WorldOptions(**WORLD))
    wanted = digests(tmp_path / "first")
    assert len(wanted) == 9
    write_world(tmp_path / "second", WorldOptions(**WORLD))
    assert digests(tmp_path / "second") == wanted
    write_world(tmp_path / "first", WorldOptions(**WORLD))  # over what stands there
    assert digests(tmp_path / "first") == wanted
    for chance in ("1", "2"):  # the order of sets of texts differs between processes
        folder = tmp_path / f"process{chance}"
        environment = {**os.environ, "PYTHONHASHSEED": chance, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", SCRIPT, folder], check=True, env=environment)
        assert digests(folder) == wanted


def test_another_seed_gives_another_world(tmp_path):
    write_world(tmp_path / "one", WorldOptions(**WORLD))
    write_world(tmp_path / "other", WorldOptions(**{**WORLD, "seed": 10}))
    one, other = digests(tmp_path / "one"), digests(tmp_path / "other")
    assert one.keys() == other.keys()
    assert all(one[name] != other[name] for name in one)
