"""Inter's official fonts -> the page's own font: fewer letters, figures of one width, another name, and their widths.

    npm pack inter-ui@4.1.1 && tar xzf inter-ui-4.1.1.tgz
    python tools/fonts.py package        (needs fonttools and brotli)

Writes into src/ascendant/report/fonts: a TTF of each weight for drawing, a WOFF2 for the page, the licence, and
widths.json for placing words. Inter is under the SIL Open Font License 1.1 without a reserved font name; what is
changed goes by another name all the same, so that nobody takes it for the original. The same files give the same bytes.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Ascendant Sans"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
TARGET = Path(__file__).resolve().parents[1] / "src" / "ascendant" / "report" / "fonts"
LETTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x180),  # Latin, Latin-1, Latin Extended-A: French, and most of Europe
    0x192, *range(0x1CD, 0x1DD), *range(0x218, 0x21C), 0x2BC, 0x2C6, 0x2C7, *range(0x2D8, 0x2DE),
    *range(0x300, 0x30D), 0x323, 0x326, 0x327, 0x328,  # marks that stand alone
    0x1E9E, *range(0x1EA0, 0x1EFA),  # Vietnamese
    *range(0x2000, 0x2070), 0x20AC, 0x2116, 0x2122,  # spaces and punctuation, with the narrow no-break space
    0x2070, *range(0x2074, 0x208F), *range(0x2150, 0x215F),  # small figures and fractions
    *range(0x2190, 0x219A), 0x2212, 0x2215, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265,
    0x25A0, 0x25B2, 0x25BC, 0x25C6, 0x25CF, 0x25CB, 0x2713, 0x2717,
]  # fmt: skip
# Kerning and marks; no contextual forms, so that a word is as wide in the browser as it was when it was placed.
FIGURES = frozenset("zero one two three four five six seven eight nine".split())
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]


def made(source: Path, weight: str) -> TTFont:
    """One weight: tabular figures in the place of the others, then only the letters above, under the new name."""
    font = TTFont(source, recalcTimestamp=False)
    # Figures only: a tabular hyphen would tear words apart.
    tabular = {one: other for one, other in _single(font, "tnum").items() if one in FIGURES}
    for table in font["cmap"].tables:
        table.cmap = {code: tabular.get(glyph, glyph) for code, glyph in table.cmap.items()}
    options = subset.Options(
        layout_features=FEATURES, hinting=False, name_IDs=[0, 5, 13, 14], notdef_outline=True, glyph_names=False
    )
    options.drop_tables += ["DSIG", "STAT", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    _rename(font, weight)
    return font


def _single(font: TTFont, feature: str) -> dict[str, str]:
    """The one-to-one replacements of a feature."""
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == feature:
            for place in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[place].SubTable:
                    found |= getattr(getattr(part, "ExtSubTable", part), "mapping", {})
    if not found:
        raise SystemExit(f"the font has no {feature}")
    return found


def _rename(font: TTFont, weight: str) -> None:
    names = font["name"]
    is_regular = weight == "Regular"
    for number, words in {
        1: FAMILY if is_regular else f"{FAMILY} {weight}",
        2: "Regular",
        3: f"ascendant: {FAMILY} {weight}",
        4: FAMILY if is_regular else f"{FAMILY} {weight}",
        6: f"{FAMILY.replace(' ', '')}-{weight}",
        10: "A subset of Inter 4.1 with tabular figures, made by tools/fonts.py of ascendant.",
        16: FAMILY,
        17: weight,
    }.items():
        names.setName(words, number, 3, 1, 0x409)
    names.names.sort()
    font["OS/2"].usWeightClass = WEIGHTS[weight]


def widths(font: TTFont) -> dict[str, int]:
    """Character -> width in thousandths of the type size."""
    scale = 1000 / font["head"].unitsPerEm
    advance = font["hmtx"].metrics
    return {chr(code): round(advance[glyph][0] * scale) for code, glyph in sorted(font.getBestCmap().items())}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    package = Path(arguments[0])
    measured = {}
    for weight in WEIGHTS:
        font = made(package / "web" / f"Inter-{weight}.woff2", weight)
        measured[weight] = widths(font)
        stem = f"{FAMILY.replace(' ', '')}-{weight}"
        for flavor, ending in ((None, "ttf"), ("woff2", "woff2")):
            font.flavor = flavor
            font.save(TARGET / f"{stem}.{ending}", reorderTables=True)
            print(f"{stem}.{ending}: {(TARGET / f'{stem}.{ending}').stat().st_size} bytes")
    (TARGET / "widths.json").write_text(json.dumps(measured, ensure_ascii=True, separators=(",", ":")) + "\n", "ascii")
    shutil.copyfile(package / "LICENSE.txt", TARGET / "OFL.txt")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
