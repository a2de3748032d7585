"""100 acts, one mark each: those that name another account, those that followed what was read, and what is not known.

Each kind has its own shape and lightness, so that it is told apart without colours. What strangers would be given
stands below, apart: it is no part of the hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.theme import DARK_SIDES, HALF, INK, MOVED, PAPER, REST, SIDES, SMALL, SOFT
from ascendant.report.inferred import Hundred, Inferred, read
from ascendant.report.inferred_words import in_hundred, reason, strangers_words, title
from ascendant.report.language import Language

KEY: Final = "hundred"
_COLUMNS: Final = 10
_CELL: Final = 21  # px
_ROW: Final = 24  # px: of the legend
_PALE: Final = "#fbe3b5"
# Shape, fill, line, size (square px) of each kind; the mark of a rest is small, since nothing is known of it.
KINDS: Final[dict[str, tuple[str, str, str, int]]] = {
    "named": ("circle", MOVED, MOVED, 150),
    "sure": ("diamond", SIDES["influenced"], DARK_SIDES["influenced"], 150),
    "likely": ("diamond", _PALE, DARK_SIDES["influenced"], 150),
    "doubt": ("diamond", PAPER, DARK_SIDES["influenced"], 150),
    "rest": ("circle", REST, REST, 36),
    "strangers": ("square", PAPER, INK, 80),
}


def hundred_acts(given: Given) -> Chart | NoChart:
    """From the figures of the inferred layer."""
    say, language = given.language.say, given.language
    found = read(given.figures)
    if found is None:
        return NoChart(KEY, say(mark("What no link records was not asked for.")))
    if not isinstance(found, Inferred):
        return NoChart(KEY, reason(found, language))
    one = found.hundred
    entries = _entries(found, one, language)
    found_title = title(found, language)
    is_narrow = given.width <= HALF
    drawn, height = _drawing(one, entries, found, language, is_narrow=is_narrow)
    return Chart(
        key=KEY,
        title=found_title,
        reading=say(
            mark(
                "Each mark is one act of a hundred. What is named is counted; what followed is estimated from time, and"
                " pale or hollow marks are its doubt."
            )
        ),
        source=given.source_of_time or given.source,
        n=language.plural("one act", "{n} acts", found.n),
        spec=spec_of(drawn, given, height=height, top=4, bottom=4),
        columns=(
            Column(say(mark("What")), is_number=False), Column(say(mark("Of 100 acts"))), Column(say(mark("Share"))),
            Column(say(mark("Interval"))),
        ),
        rows=_rows(found, one, language),
        alt=say(
            mark(
                "{title}. A hundred marks: {named} name another account, {inferred} followed what their authors read"
                " ({range}), of {rest} it is not known what moved them."
            ),
            title=found_title, named=one.named, inferred=one.inferred, rest=one.unknown,
            range=in_hundred(found.low, found.high, language),
        ),
    )  # fmt: skip


def _entries(found: Inferred, one: Hundred, language: Language) -> list[tuple[str | None, int, str]]:
    """The legend: kind, number, words; without a kind, a heading over the kinds below."""
    say = language.say
    rows: list[tuple[str | None, int, str]] = [("named", one.named, say(_NAMED))]
    parts = [("sure", one.sure, _SURE), ("likely", one.likely, _LIKELY), ("doubt", one.doubt, _DOUBT)]
    if not found.is_told:
        parts = [("doubt", one.doubt, _BY_CHANCE)]
    elif any(n for _, n, _ in parts):
        rows.append((None, 0, say(_FOLLOWED)))
    rows += [(kind, n, say(words)) for kind, n, words in parts if n]
    return [*rows, ("rest", one.rest, say(_UNKNOWN))]


def _rows(found: Inferred, one: Hundred, language: Language) -> tuple[tuple[str, ...], ...]:
    say, percent = language.say, language.percent
    interval = language.share_interval(max(found.low, 0.0), max(found.high, 0.0))
    estimate = (language.number(one.inferred), percent(max(found.share, 0.0))) if found.is_told else ("–", "–")
    return (
        (say(_NAMED), language.number(one.named), percent(found.named), "–"),
        (say(mark("followed what their authors read")), *estimate, interval),
        (say(mark("strangers in their place")), strangers_words(found, language), percent(found.strangers), "–"),
    )


def _drawing(
    one: Hundred,
    entries: Sequence[tuple[str | None, int, str]],
    found: Inferred,
    language: Language,
    *,
    is_narrow: bool,
) -> tuple[marks.Drawing, float]:
    """The array with its legend beside it, or below it where the drawing is narrow; and how high that is (px)."""
    kinds = [kind for kind in KINDS if kind != "strangers" for _ in range(getattr(one, kind))]
    points = [
        {"kind": kind, "x": _CELL * (place % _COLUMNS + 0.5), "y": _CELL * (place // _COLUMNS + 0.5)}
        for place, kind in enumerate(kinds)
    ]
    side = float(_CELL * _COLUMNS)
    left, top = (0.0, side + 14) if is_narrow else (side + 40, 0.0)
    numbers: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    soft: list[dict[str, Any]] = []
    y = top
    for kind, n, said in entries:
        middle = y + _ROW / 2
        if kind is None:
            soft.append({"x": left, "y": middle, "words": said})
        else:
            points.append({"kind": kind, "x": left + 9, "y": middle})
            numbers.append({"x": left + 44, "y": middle, "words": language.number(n)})
            words.append({"x": left + 54, "y": middle, "words": said})
        y += _ROW
    line = y + 8
    y += 16
    soft.append({"x": left, "y": y + _ROW / 2, "words": language.say(_STRANGERS)})
    y += _ROW
    points += [
        {"kind": "strangers", "x": left + 9 + 15 * place, "y": y + _ROW / 2} for place in range(min(one.strangers, 15))
    ]
    after = left + (15 * min(one.strangers, 15) + 8 if one.strangers else 0)
    given_words = language.say(_GIVEN, n=strangers_words(found, language))
    words.append({"x": after, "y": y + _ROW / 2, "words": given_words})
    y += _ROW
    layers = [
        marks.lines([{"x": left, "x2": left + 300, "y": line, "y2": line}]),
        *(_points([row for row in points if row["kind"] == kind], kind) for kind in KINDS),
        marks.words(numbers, align="right", is_bold=True),
        marks.words(words),
        marks.words(soft, size=SMALL, color=SOFT),
    ]
    return alt.layer(*layers), max(y, side)


def _points(rows: list[dict[str, Any]], kind: str) -> marks.Drawing:
    shape, fill, stroke, size = KINDS[kind]
    return (
        alt.Chart(marks.data(rows))
        .mark_point(shape=shape, fill=fill, stroke=stroke, strokeWidth=1.4, size=size, opacity=1)
        .encode(x=marks.at_x(), y=marks.at_y())
    )


_NAMED: Final = mark("name another account")
_FOLLOWED: Final = mark("followed what their authors read, without naming it:")
_SURE: Final = mark("at the least")
_LIKELY: Final = mark("more, by the best estimate")
_DOUBT: Final = mark("more, at the most")
_BY_CHANCE: Final = mark("perhaps; cannot be told from chance")
_UNKNOWN: Final = mark("moved by nobody, or nobody knows by what")
_STRANGERS: Final = mark("The same method, on strangers whom the authors never read:")
_GIVEN: Final = mark("{n} of 100, already taken off above")
