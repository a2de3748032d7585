"""Set everything up in ./.venv, then show or check ascendant: `python3 tools/setup.py demo|test`.

Standard library only, and readable by old Pythons, so that a machine that lacks something is told what.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCKS = {"demo": "requirements/run.lock", "test": "requirements/dev.lock"}
OLDEST, NEWEST = (3, 11), (3, 14)


def main():
    what = sys.argv[1] if len(sys.argv) == 2 else ""
    if what not in LOCKS:
        stop("say what to do: python3 tools/setup.py demo, or: python3 tools/setup.py test")
    check_python()
    make_environment(what)
    sys.exit(demo() if what == "demo" else test())


def demo():
    return run([BIN / "ascendant", "demo"])


def test():
    """Lint, types, the house's import rules, tests. All run; the first failure decides the exit code."""
    checks = [
        ("ruff check", [BIN / "ruff", "check"]),
        ("ruff format", [BIN / "ruff", "format", "--check", "--quiet"]),
        ("mypy", [BIN / "mypy"]),
        ("import rules", [BIN / "lint-imports", "--no-cache"]),
        ("catalogues", [BIN / "python", "tools/texts.py", "check"]),
        ("pytest", [BIN / "pytest", "-n", "2", "--dist", "worksteal"]),
    ]
    failed = 0
    for name, command in checks:
        print(f"-- {name}", flush=True)
        failed = failed or run(command)
    return failed


def check_python():
    version = sys.version_info[:2]
    if not OLDEST <= version <= NEWEST:
        found = ".".join(map(str, version))
        stop(
            f"ascendant needs Python 3.11 to 3.14, and this is {found}. On Debian or Ubuntu:"
            " sudo apt install python3.12 python3.12-venv, then: make PYTHON=python3.12 demo"
        )
    try:
        import ensurepip  # noqa: F401  whether they can be imported is the question
        import venv  # noqa: F401  whether they can be imported is the question
    except ImportError:
        stop("Python cannot make a virtual environment here. On Debian or Ubuntu: sudo apt install python3-venv")


def make_environment(what):
    """A virtual environment that holds exactly a lock and this checkout; made anew when either changed."""
    sources = [ROOT / "pyproject.toml", *(ROOT / lock for lock in LOCKS.values())]
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in sources))
    wanted.update(f"{sys.version} {ROOT}".encode())
    stamp = VENV / ".ready"
    ready = stamp.read_text().split() if stamp.exists() else ["", ""]
    if ready[0] == wanted.hexdigest() and ready[1] in (what, "test"):  # what tests need can also run the demo
        return
    print("setting up .venv (once; a minute or two)", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    pip = [BIN / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    steps = [
        [sys.executable, "-m", "venv", VENV],
        [*pip, "--require-hashes", "--requirement", ROOT / LOCKS[what]],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT],
    ]
    for step in steps:
        if run(step):
            stopped = " ".join(map(str, step))
            stop(f"the set-up stopped at: {stopped}\nIt needs the network once, and 1 GB of disk.")
    stamp.write_text(f"{wanted.hexdigest()} {what}")


def run(command):
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode


def stop(message):
    print(message, file=sys.stderr)
    sys.exit(4)


if __name__ == "__main__":
    main()
