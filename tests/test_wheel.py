"""The wheel holds all that a run needs: built from this checkout, installed apart, and run from there."""

import os
import subprocess
import sys
from pathlib import Path

from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_world

ROOT = Path(__file__).resolve().parent.parent


def test_the_wheel_runs_the_main_path_from_a_clean_install(tmp_path):
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("ascendant-*.whl")
    installed = tmp_path / "installed"
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", installed, wheel], check=True)
    world = write_world(tmp_path / "world", WorldOptions(accounts=40, acts=300, seed=2))
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*words):
        return subprocess.run(
            [sys.executable, *map(str, words)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    where = run("-c", "import ascendant; print(ascendant.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed), "the checkout was imported, not the wheel"
    done = run("-m", "ascendant", "brief", *world.posts, "--study", "study", "--lang", "fr")
    assert done.returncode == 0, done.stderr
    assert "Note de synthèse" in done.stdout
    assert (tmp_path / "study" / "report" / "briefing-fr.html").stat().st_size > 10_000
    assert run("-m", "ascendant", "explain", "relais", "--lang", "fr").returncode == 0
