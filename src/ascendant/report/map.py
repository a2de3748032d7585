"""The map of a study -> a drawing: communities as discs, accounts as dots, the strongest currents as bands; its words.

Who moves whom between which communities. `picture` and `legend` are for a page that has the title and the words as text
of its own; `sheet` is one SVG with everything on it, and `map_png` the same for slides. Only presentation attributes
are used: a page's content policy needs no exception but `img-src data:`, for more than 2,000 accounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from markupsafe import Markup

from ascendant.errors import mark
from ascendant.report.charts.chart import FEWEST_PERSONS, Column, Given
from ascendant.report.charts.font import font_face_css, font_folder
from ascendant.report.charts.theme import FAINT, LINE
from ascendant.report.map_currents import Band, Current, band_width, drawn, find_currents
from ascendant.report.map_dots import Dots, circles, dots_of, picture
from ascendant.report.map_labels import SMALLEST_NAMED, Room, account_labels, community_labels, leading
from ascendant.report.map_legend import BAND_FILL, BAND_OPACITY, legend
from ascendant.report.map_places import SIDE, Disc, discs_of, short
from ascendant.report.map_sheet import LEGEND_WIDTH, SHEET_WIDTH, opened, sheet
from ascendant.report.map_words import Speaker

_PAGE_COLUMNS: Final = 3
_SMALLEST_SEEN: Final = 2.5  # px of radius: on the belt, a smaller disc is hidden by its own dots


@dataclass(frozen=True, kw_only=True)
class MapDrawing:
    """The map in one language. `rows` are the currents that are drawn, one text a cell of `columns`.

    `picture`, `legend` and `sheet` are `<svg>` elements; `sheet` is also a whole file.
    """

    title: str
    reading: str
    alt: str
    source: str
    n: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    picture: Markup = field(repr=False)
    legend: Markup = field(repr=False)
    sheet: str = field(repr=False)


def draw_map(given: Given) -> MapDrawing:
    """Draw the map: the same tables give the same bytes.

    Asks `given.tables` for `map` and `map_discs` (see `patterns.map`), `standing`, `ties` and `community_topics`.
    """
    language, tables = given.language, given.tables
    discs, dots = discs_of(tables["map_discs"]), dots_of(tables["map"], tables["standing"])
    speaker = Speaker(given)
    told = {disc.community for disc in discs if disc.n_accounts >= FEWEST_PERSONS}
    currents = find_currents(tables["ties"], tables["map"], told)
    shown = drawn(currents)
    n_accounts = tables["map"].num_rows
    title = speaker.title(currents, n_accounts, len(discs))
    reading = speaker.reading(currents)
    alt = speaker.alt(title, currents, n_accounts, len(discs))
    n = speaker.rests_on(n_accounts, tables["ties"].num_rows, currents.n_moved)
    marks = _marks(given, discs, dots, shown, speaker)
    around = speaker.around(discs, tables["map"]["community"].null_count)
    strongest = [(speaker.ways(one), one.n_moved) for one in shown]
    below = legend(dots, strongest, around, language, width=SIDE, n_columns=_PAGE_COLUMNS)
    beside = legend(dots, strongest, around, language, width=LEGEND_WIDTH, n_columns=1, is_listing=True)
    notes = [one for one in (n, given.source) if one]
    if given.names.revealed:
        notes.append(language.say(mark("This drawing shows the names of private persons; do not pass it on.")))
    return MapDrawing(
        title=title,
        reading=reading,
        alt=alt,
        source=given.source,
        n=n,
        columns=(
            Column(language.say(mark("From the community")), is_number=False),
            Column(language.say(mark("To the community")), is_number=False),
            Column(language.say(mark("Acts moved"))),
        ),
        rows=tuple(
            (speaker.community(one.source), speaker.community(one.target), language.number(one.n_moved))
            for one in shown
        ),
        picture=opened(SIDE, SIDE, alt, marks),
        legend=opened(below.width, below.height, speaker.legend(around, has_bands=bool(shown)), below.drawing),
        sheet=str(sheet(title, reading, " · ".join(notes), alt, marks, beside)),
    )


def write_map(given: Given, folder: Path) -> list[Path]:
    """Write the sheet as `map-<language>.svg`, which holds its font, and as `map-<language>.png` for slides."""
    drawing = draw_map(given)
    folder.mkdir(parents=True, exist_ok=True)
    svg, png = (folder / f"map-{given.language.code}.{kind}" for kind in ("svg", "png"))
    font = f"<style>{font_face_css()}</style>"
    svg.write_text(drawing.sheet.replace("<title>", font + "<title>", 1) + "\n", encoding="utf-8", newline="\n")
    png.write_bytes(map_png(drawing))
    return [svg, png]


def map_png(drawing: MapDrawing, *, width: int = 2000) -> bytes:
    """The sheet as a PNG, on white paper, for slides."""
    import vl_convert  # noqa: PLC0415  slow to start

    vl_convert.register_font_directory(font_folder())
    png: bytes = vl_convert.svg_to_png(drawing.sheet, scale=width / SHEET_WIDTH)
    return png


def _marks(given: Given, discs: Sequence[Disc], dots: Dots, shown: Sequence[Current], speaker: Speaker) -> Markup:
    """Everything inside the square, from the bottom up: discs, dots, bands, hubs, names."""
    by_number = {disc.community: disc for disc in discs}
    bands = [
        Band(by_number[one.source], by_number[one.target], band_width(one.n_moved, shown[0].n_moved)) for one in shown
    ]
    in_currents = {number for one in shown for number in (one.source, one.target)}
    named = [
        disc
        for disc in discs
        if disc.community in in_currents
        or (not disc.is_on_belt and disc.radius >= SMALLEST_NAMED and disc.n_accounts >= FEWEST_PERSONS)
    ]
    named.sort(key=lambda disc: (disc.community not in in_currents, -disc.n_accounts, disc.community))
    rows = leading(dots, given.tables["map"])
    room = Room(bands, dots, rows)
    communities = community_labels(named, speaker.forms, speaker.counted, room)
    accounts = account_labels(dots, rows, lambda row: short_name(given.names.shown(dots.account_id[row])), room)
    under, hubs = circles(dots)
    seen = [disc for disc in discs if not disc.is_on_belt or disc.radius >= _SMALLEST_SEEN]
    return Markup(
        '<g fill="{faint}" stroke="{line}" stroke-width=".8">{discs}</g>{picture}{under}'
        '<g fill="{band}" fill-opacity="{opacity}" stroke="#fff" stroke-width=".8">{bands}</g>{hubs}'
        "{accounts}{communities}"
    ).format(
        faint=FAINT,
        line=LINE,
        discs=Markup("").join(map(_disc, seen)),
        picture=picture(dots),
        under=under,
        band=BAND_FILL,
        opacity=BAND_OPACITY,
        bands=Markup("").join(Markup('<path d="{d}"/>').format(d=band.path()) for band in reversed(bands)),
        hubs=hubs,
        accounts=accounts,
        communities=communities,
    )


def _disc(disc: Disc) -> Markup:
    return Markup('<circle cx="{x}" cy="{y}" r="{r}"/>').format(x=short(disc.x), y=short(disc.y), r=short(disc.radius))


def short_name(shown: str) -> str:
    """The name without the handle behind it.

    >>> short_name("Le Monde (@lemonde)"), short_name("@lemonde")
    ('Le Monde', '@lemonde')
    """
    return shown.rpartition(" (@")[0] or shown
