"""The model of influence on an invented world -> the pictures of docs/explanation/influence-in-pictures.md, as SVG.

    python tools/influence_pictures.py                    both languages, into docs/images/influence/
    python tools/influence_pictures.py --accounts 100 --acts 3000 --folder pictures-of-a-small-world

Every number in them is computed by `pictures/numbers.py` from the project's own functions; the words stand in
`pictures/words.toml`. The same options give the same bytes on one type of processor.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from pictures.numbers import Seen, seen
from pictures.rates import candidates, delays, hours, whole_rate
from pictures.shares import doses, of_100, strangers
from pictures.sheet import Said

from ascendant.demo.options import WorldOptions
from ascendant.report.language import LANGUAGES, Language

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images" / "influence"
WORLD = WorldOptions(accounts=1500, acts=60_000, seed=120, platforms="x")
PICTURES: dict[str, Callable[[Seen, Said], str]] = {
    "hours": hours,
    "sum": whole_rate,
    "delays": delays,
    "candidates": candidates,
    "strangers": strangers,
    "doses": doses,
    "of_100": of_100,
}


def main() -> None:
    """Draw all pictures."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--accounts", type=int, default=WORLD.accounts)
    options.add_argument("--acts", type=int, default=WORLD.acts)
    options.add_argument("--seed", type=int, default=WORLD.seed)
    options.add_argument("--folder", type=Path, default=FOLDER)
    chosen = options.parse_args()
    world = WorldOptions(accounts=chosen.accounts, acts=chosen.acts, seed=chosen.seed, platforms="x")
    for path in draw(seen(world), world, chosen.folder):
        print(path)


def draw(found: Seen, world: WorldOptions, folder: Path) -> list[Path]:
    """Every picture in every language, and where each was written; French ones end in `_fr`."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for code in LANGUAGES:
        for name, picture in PICTURES.items():
            said = Said(name, Language(code), world, found)
            path = folder / f"{name}{'' if code == 'en' else '_' + code}.svg"
            path.write_text(picture(found, said) + "\n", encoding="utf-8")
            written.append(path)
    return written


if __name__ == "__main__":
    main()
