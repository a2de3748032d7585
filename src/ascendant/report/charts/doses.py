"""Influence of known size, planted among strangers, and how much of it is found again: what the study is read off."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.theme import DARK_SIDES, INK, LINE, MOVED, SIDES, SMALL, SOFT, TEXT
from ascendant.report.figures import Scale
from ascendant.report.inferred import Inferred, read

KEY: Final = "doses"
_HEIGHT: Final = 150  # px
_STEPS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
_WHAT: Final = {"study": mark("this study"), "strangers": mark("strangers alone"), "dose": mark("planted")}


def doses(given: Given) -> Chart | NoChart:
    """From the columns of `infer.inferred.DOSES` and the figures of the inferred layer."""
    say, language = given.language.say, given.language
    found, table = read(given.figures), given.tables.get("doses")
    if not isinstance(found, Inferred) or table is None or table.num_rows < 3:
        return NoChart(KEY, say(mark("No influence of known size was planted, since nothing could be estimated.")))
    rows = table.to_pylist()
    null = next(row["found"] for row in rows if row["what"] == "strangers")
    planted = sorted((row["planted"], row["found"]) for row in rows if row["what"] == "dose")
    estimate = found.of_silent[0]
    dose, seen = min(planted, key=lambda one: abs(one[0] - estimate))
    part = max(0.0, seen - null) / dose
    found_title = say(
        mark("Of influence planted on purpose, the method finds {part} again; the study is read off accordingly"),
        part=language.percent(part),
    )
    at_study = language.percent(max(estimate, 0.0)) if found.is_told else "–"
    return Chart(
        key=KEY,
        title=found_title,
        reading=say(
            mark(
                "To the right, how much was planted; upwards, how much was found. The diamond is this study: its height"
                " is what was found in it (B), its place along the line what that stands for."
            )
        ),
        source=given.source_of_time or given.source,
        n=language.plural("one act that names nobody", "{n} acts that name nobody", found.n_silent),
        spec=spec_of(_drawing(given, found, null, planted), given, height=_HEIGHT, top=18, bottom=36),
        columns=(
            Column(say(mark("What")), is_number=False),
            Column(say(mark("Share that was planted"))),
            Column(say(mark("Share that was found"))),
        ),
        rows=(
            *((say(_WHAT["dose"]), language.percent(given_), language.percent(seen)) for given_, seen in planted),
            (say(_WHAT["strangers"]), language.percent(0.0), language.percent(null)),
            (say(_WHAT["study"]), at_study, language.percent(found.raw)),
        ),
        alt=say(
            mark("{title}. A line through {n} doses; the study shows {raw}, strangers {null}."),
            title=found_title, n=len(planted), raw=language.percent(found.raw), null=language.percent(null),
        ),
    )  # fmt: skip


def _drawing(given: Given, found: Inferred, null: float, planted: list[tuple[float, float]]) -> marks.Drawing:
    say, percent = given.language.say, given.language.percent
    left, right = 46.0, given.width - 16.0
    study = (max(found.of_silent[0], 0.0), found.raw)
    across = Scale.of([*(one for one, _ in planted), study[0]], max(*(one for one, _ in planted), study[0]) * 1.04)
    highest = max(*(one for _, one in planted), found.raw, null)
    up = Scale.of([highest], highest * 1.06)

    def x(share: float) -> float:
        return left + across.place(share) * (right - left)

    def y(share: float) -> float:
        return _HEIGHT * (1 - up.place(share))

    curve = [{"x": x(one), "y": y(seen)} for one, seen in [(0.0, null), *planted]]
    step = next(one for one in _STEPS if highest / one < 5)
    ticks = [step * part for part in range(5) if step * part <= up.high]
    grid = [{"x": left, "x2": right, "y": y(tick), "y2": y(tick)} for tick in ticks]
    shares = [{"x": left - 7, "y": y(tick), "words": percent(tick)} for tick in ticks]
    below = [
        {"x": x(one), "y": _HEIGHT + 12, "words": percent(one)}
        for one in _apart([0.0, *(one for one, _ in planted)], x)
    ]
    dashes = [
        {"x": left, "x2": x(study[0]), "y": y(study[1]), "y2": y(study[1])},
        {"x": x(study[0]), "x2": x(study[0]), "y": y(study[1]), "y2": _HEIGHT},
    ]
    beside = x(study[0]) + 12 if x(study[0]) < right - 110 else x(study[0]) - 12
    label = [{"x": beside, "y": y(study[1]) + 15, "words": say(_WHAT["study"])}]
    line = alt.Chart(marks.data(curve))
    return alt.layer(
        marks.lines(grid, color=LINE),
        marks.lines(dashes, color=DARK_SIDES["influenced"], dash=(3, 3)),
        line.mark_line(color=MOVED, strokeWidth=2).encode(x=marks.at_x(), y=marks.at_y()),
        line.mark_point(shape="circle", fill=MOVED, stroke=MOVED, size=40, opacity=1).encode(
            x=marks.at_x(), y=marks.at_y()
        ),
        _study(x(study[0]), y(study[1])),
        marks.words(label, is_bold=True, size=TEXT, color=INK, align="left" if beside > x(study[0]) else "right"),
        marks.words(shares, align="right", size=SMALL, color=SOFT),
        marks.words(below, align="center", size=SMALL, color=SOFT),
        marks.words([{"x": left, "y": -11, "words": say(mark("found"))}], size=SMALL, color=SOFT),
        marks.words([{"x": right, "y": _HEIGHT + 28, "words": say(_PLANTED)}], align="right", size=SMALL, color=SOFT),
    )


def _apart(shares: list[float], x: Any) -> list[float]:
    """Those of the shares whose words do not run into each other, the last kept."""
    kept: list[float] = []
    for share in reversed(shares):
        if not kept or x(kept[-1]) - x(share) > 44:
            kept.append(share)
    return kept


def _study(x: float, y: float) -> marks.Drawing:
    kind: dict[str, Any] = {"shape": "diamond", "size": 150, "opacity": 1, "strokeWidth": 1.4}
    point = alt.Chart(marks.data([{"x": x, "y": y}])).mark_point(
        fill=SIDES["influenced"], stroke=DARK_SIDES["influenced"], **kind
    )
    return point.encode(x=marks.at_x(), y=marks.at_y())


_PLANTED: Final = mark("planted, as a share of the acts that name nobody")
