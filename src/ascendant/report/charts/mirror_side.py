"""On which side the owner of the archives is: what they do that is surely reaction, and what others do in answer."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from ascendant.errors import Caveat, mark
from ascendant.patterns.mirror.limits import UNSURE
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.font import width_of
from ascendant.report.charts.mirror_rows import MOVES, PASSED_ON, PERHAPS, UNKNOWN, hatched, legend
from ascendant.report.charts.theme import INK, PAPER, SMALL, SOFT, TEXT
from ascendant.report.language import Language
from ascendant.report.mirror_sentences import least

KEY: Final = "side"
MATERIAL: Final = 1 / 3  # from here on a side counts (see `patterns.standing`)
_BAR: Final = 34  # px
_FIGURE: Final = 46  # px: what a figure inside a bar needs

TITLES: Final = {
    "influenced": mark("You are on the side of those whom others move"),
    "influencer": mark("You are on the side of those who move others"),
    "both": mark("You are on both sides: others move you, and you move others"),
}
ONE_SIDED: Final = {
    "influenced": mark("As far as your archives show, you are on the side of those whom others move"),
    "influencer": mark("As far as your archives show, you are on the side of those who move others"),
    "both": mark("As far as your archives show, you are on both sides: others move you, and you move others"),
}


def side(given: Given) -> Chart | NoChart:
    """From the rows of `reaction` and `standing` that tell of all platforms together."""
    say, language = given.language.say, given.language
    whole = _all(given, "reaction")
    if whole is None or not whole["n_acts"]:
        return NoChart(KEY, say(mark("Without a post, a share or an answer of yours there is no side to show.")))
    standing = _all(given, "standing")
    answers = standing["n_moved_by_it"] if standing else None
    parts = _parts(given, whole)
    title = title_of(given, standing)
    rate = None if answers is None else answers / whole["n_acts"]
    reading = say(
        mark(
            "Above, what you do: orange is surely a reaction to others, hatched is unknown. The black line is the"
            " interval of the least share: other weeks of the same habits would put it there. Below, what others do in"
            " answer to you. From one in three on (dashed line), a side counts."
        )
    )
    rows = [
        (label, language.number(n), _percent(language, share, color), doubt or "–")
        for label, n, share, doubt, color in parts
    ]
    if answers is None:
        rows.append((say(mark("acts of others that respond to yours")), "–", "–", "–"))
    else:
        many = say(mark("{n} for 100 of yours"), n=language.number(100 * (rate or 0), 0))
        rows.append((say(mark("acts of others that respond to yours, at least")), language.number(answers), many, "–"))
    return Chart(
        key=KEY,
        title=title,
        reading=reading,
        source=given.source,
        n=language.plural("one act of yours", "{n} acts of yours", whole["n_acts"]),
        notes=(*_habit(given, whole), *_unsure(given, whole), *_notes(given, standing)),
        spec=_spec(given, whole, parts, rate, answers),
        columns=(
            Column(say(mark("What")), is_number=False), Column(say(mark("Number"))), Column(say(mark("Share"))),
            Column(say(mark("Interval"))),
        ),
        rows=tuple(rows),
        alt=say(
            mark("{title}. A bar of your acts: at least {share} are reactions to others, the rest is unknown."),
            title=title, share=least(whole["share"], language),
        ),
    )  # fmt: skip


def _unsure(given: Given, whole: dict[str, Any]) -> list[str]:
    """Why these are fewer acts than the balance has."""
    n = whole["n_unsure"]
    return [given.language.caveat(Caveat(UNSURE, {"n": n}))] if n else []


def title_of(given: Given, standing: dict[str, Any] | None) -> str:
    """The standing, as a sentence about the reader."""
    say = given.language.say
    if standing is None or standing["is_presumed"] or standing["evidence"] == "none":
        return say(mark("Nothing shows on which side you are; who is present is exposed, and presumed to be moved"))
    return say((ONE_SIDED if standing["is_one_sided"] else TITLES)[standing["standing"]])


def _notes(given: Given, standing: dict[str, Any] | None) -> tuple[str, ...]:
    say = given.language.say
    if standing is None or standing["is_presumed"] or standing["evidence"] == "none":
        return ()
    chances = say(
        mark("Chances: moved by others {influenced}, both {both}, moving others {influencer}"),
        **{side: given.language.chance(standing[f"p_{side}"]) for side in TITLES},
    )
    few = {
        "none": mark("Fewer than 10 acts: next to nothing can be said."),
        "weak": mark("Fewer than 30 acts: a first impression, no more."),
    }.get(standing["evidence"])
    return (chances, *([say(few)] if few else []))


def _habit(given: Given, whole: dict[str, Any]) -> tuple[str, ...]:
    if whole["low"] is None or whole["high"] is None:
        return ()
    interval = given.language.share_interval(whole["low"], whole["high"])
    return (given.language.say(mark("Interval of the least share of reaction: {interval}"), interval=interval),)


def _all(given: Given, name: str) -> dict[str, Any] | None:
    rows = [row for row in given.tables[name].to_pylist() if row["platform"] is None]
    return rows[0] if rows else None


def _parts(given: Given, whole: dict[str, Any]) -> list[tuple[str, int, float, str, str]]:
    """Words, number, share, interval and colour of each part of what the owner does."""
    say, n = given.language.say, whole["n_acts"]
    rest = n - whole["n_reaction"] - whole["n_links"]
    interval = given.language.share_interval(whole["low"], whole["high"])
    found = [(say(mark("surely reaction to others")), whole["n_reaction"], whole["share"], interval, PASSED_ON)]
    if whole["n_links"]:
        links = whole["n_links"]
        found.append((say(mark("bare links, perhaps a reaction")), links, links / n, "", PERHAPS))
    if rest:
        found.append((say(mark("unknown")), rest, rest / n, "", UNKNOWN))
    return found


def _spec(
    given: Given,
    whole: dict[str, Any],
    parts: list[tuple[str, int, float, str, str]],
    rate: float | None,
    answers: int | None,
) -> dict[str, Any]:
    say, language, wide = given.language.say, given.language, given.width - 2.0
    layers: list[marks.Drawing] = [marks.words([{"y": 10, "words": say(mark("What you do"))}], x=0, is_bold=True)]
    top, x = 24.0, 0.0
    for _, _, share, _, color in parts:
        end = x + share * wide
        layers.append(_box(x, end, top, color))
        if end - x > _FIGURE:
            layers.append(_inside(x, end, top, _percent(language, share, color), on=color))
        x = end
    layers.append(_doubt(whole, wide, top))
    entries = [
        (color, f"{label}{_COLON[language.code]} {_percent(language, share, color)}")
        for label, _, share, _, color in parts
    ]
    drawn, y = legend(entries, wide, top=top + _BAR + 5)
    layers.append(drawn)

    second = y + 12
    layers.append(
        marks.words([{"y": second + 10, "words": say(mark("What others do in answer to you"))}], x=0, is_bold=True)
    )
    low = second + 24
    if rate is None:
        layers.append(hatched(0, wide, low, low + _BAR, color=UNKNOWN))
        said = say(mark("your archives tell nothing of it"))
        entries = [(UNKNOWN, said)]
    else:
        end = min(rate, 1.0) * wide
        layers += [_box(0, end, low, MOVES)] if end > 0 else []
        layers += [hatched(end, wide, low, low + _BAR, color=UNKNOWN)] if end < wide else []
        if end > _FIGURE:
            layers.append(_inside(0, end, low, language.number(answers), on=MOVES))
        said = say(mark("at least {n}"), n=language.number(answers))
        if rate >= 0.001:
            many = language.number(100 * rate, 0 if rate >= 0.1 else 1)
            said = say(mark("at least {n}, so {many} for 100 acts of yours"), n=language.number(answers), many=many)
        entries = [(MOVES, said)]
    drawn, bottom = legend(entries, wide, top=low + _BAR + 5)
    layers.append(drawn)
    third = MATERIAL * wide
    dashes = [{"x": third, "x2": third, "y": at - 3, "y2": at + _BAR + 3} for at in (top, low)]
    layers += [
        marks.lines(dashes, color=PAPER, width=4),
        marks.lines(dashes, color=INK, width=1.2, dash=(3, 3)),
        _third(say(mark("What you do")), say(mark("one in three")), third),
    ]  # fmt: skip
    return spec_of(alt.layer(*layers), given, height=bottom)


def _third(heading: str, words: str, x: float) -> marks.Drawing:
    """Over its line, unless the heading reaches that far."""
    left = max(x - width_of(words, SMALL) / 2, width_of(heading, TEXT, is_bold=True) + 14)
    return marks.words([{"x": left, "y": 11, "words": words}], size=SMALL, color=SOFT)


def _percent(language: Language, share: float, color: str) -> str:
    return least(share, language) if color == PASSED_ON else language.percent(share)


def _box(x: float, end: float, top: float, color: str) -> marks.Drawing:
    if color == UNKNOWN:
        return hatched(x, end, top, top + _BAR, color=UNKNOWN)
    row = [{"x": x, "x2": end, "y": top, "y2": top + _BAR}]
    return alt.Chart(marks.data(row)).mark_rect(fill=color).encode(
        x=marks.at_x(), x2="x2:Q", y=marks.at_y(), y2="y2:Q"
    )  # fmt: skip


def _inside(x: float, end: float, top: float, words: str, *, on: str) -> marks.Drawing:
    row = [{"x": x + 8, "y": top + 11, "words": words}]
    if on == UNKNOWN:  # on a patch of paper, so that the figure is read on the hatching
        return alt.layer(
            alt.Chart(marks.data([{**row[0], "x": (x + end) / 2, "y": top + _BAR / 2}]))
            .mark_text(
                align="center",
                baseline="middle",
                fontSize=TEXT,
                fontWeight=600,
                stroke=PAPER,
                strokeWidth=5,
                fill=PAPER,
            )
            .encode(x=marks.at_x(), y=marks.at_y(), text=alt.Text("words:N")),
            marks.words([{**row[0], "x": (x + end) / 2, "y": top + _BAR / 2}], align="center", is_bold=True),
        )
    return marks.words(row, is_bold=True, color=PAPER if on == MOVES else INK)


def _doubt(whole: dict[str, Any], wide: float, top: float) -> marks.Drawing:
    if whole["low"] is None or whole["high"] is None:
        return alt.layer()
    low, high, y = whole["low"] * wide, whole["high"] * wide, top + _BAR - 8
    rows = [{"x": low, "x2": high, "y": y, "y2": y}]
    rows += [{"x": end, "x2": end, "y": y - 4, "y2": y + 4} for end in (low, high)]
    return alt.layer(marks.lines(rows, color=PAPER, width=4.5), marks.lines(rows, color=INK, width=1.6))


_COLON: Final = {"en": ":", "fr": "\u202f:"}
