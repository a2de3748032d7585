"""`ascendant` and `python -m ascendant`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command and exit with its code."""
    try:
        from ascendant.cli.app import main as run  # noqa: PLC0415  Ctrl-C may come while it is loaded

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
