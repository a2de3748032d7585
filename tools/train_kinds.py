"""Make the model of kinds: python tools/train_kinds.py ../shared/data/kinds

Writes model.json and wording.npy into src/ascendant/patterns/kinds; the same bytes on every run. The card beside them
(card.toml) is written by benchmarks/kinds.py with `--card`. Needs scikit-learn, which using the model does not.
"""

import argparse
from pathlib import Path

import numpy as np
from kinds_fit import fit_model, labelled
from kinds_sources import rows

FOLDER = Path(__file__).resolve().parents[1] / "src" / "ascendant" / "patterns" / "kinds"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder that tools/kinds_sources.py reads")
    parser.add_argument("--out", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    data = labelled(rows(arguments.data))
    model, strengths = fit_model(data, np.arange(data.source.size))
    text, bytes_ = model.written()
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "model.json").write_text(text, encoding="utf-8")
    with (arguments.out / "wording.npy").open("wb") as file:
        np.save(file, bytes_, allow_pickle=False)
    sizes = {place: marks.size for place, marks in model.known.marks.items()}
    print(f"{data.source.size} profiles, pieces {sizes}, strengths {strengths}, {len(text) + bytes_.size} bytes")


if __name__ == "__main__":
    main()
