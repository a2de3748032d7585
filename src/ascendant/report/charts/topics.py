"""What is being pushed: hashtags and sites, how much of them others moved, through how many accounts, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import altair as alt
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.called import topic_words
from ascendant.report.charts.chart import FEWEST_PERSONS, Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.dates import day_words, hour_words, ticks
from ascendant.report.charts.font import fitted
from ascendant.report.charts.labels import Align
from ascendant.report.charts.theme import FAINT, HALF, MOVED, RAMP, REST, SMALL, SOFT, TEXT

KEY: Final = "topics"
MOST: Final = 10
_ROW: Final = 28  # px
_HEAD: Final = 30
_AHEAD: Final = 0.8  # of the first: a second topic beyond this is named beside it


def topics(given: Given) -> Chart | NoChart:
    """From the columns of `patterns.topics.TOPICS` and `TOPIC_TIMES`."""
    say, number, language = given.language.say, given.language.number, given.language
    table = given.tables["topics"]
    if table.num_rows == 0:
        return NoChart(
            KEY, say(mark("No hashtag and no site is shared by several accounts, so that no topic can be told."))
        )
    told = table.filter(pc.greater_equal(table["n_accounts"], FEWEST_PERSONS))
    if told.num_rows == 0:
        return NoChart(
            KEY, say(mark("No hashtag or site is shared by ten accounts or more: what fewer say is not shown."))
        )
    order = [("n_moved", "descending"), ("n_accounts", "descending"), ("kind", "ascending"), ("topic", "ascending")]
    rows = _rows(given, told.sort_by(order).slice(0, MOST).to_pylist())
    spans = _spans(given, rows)
    found_title = title(given, rows)
    reading = say(
        mark(
            "Bars: acts that carry the hashtag or site; blue: those that other accounts moved. A topic is told by the"
            " tag, whoever uses it, for or against."
        )
    )
    if spans:
        reading += " " + say(mark("Strips: the darker, the more of the topic's acts fell into that time."))
    return Chart(
        key=KEY,
        title=found_title,
        reading=reading,
        source=given.source,
        n=language.plural(
            "one topic", "{n} topics, of {total} that ten accounts or more share", len(rows), total=told.num_rows
        ),
        spec=spec_of(
            _drawing(given, rows, spans), given, height=_ROW * len(rows) + 4, top=_HEAD, bottom=22 if spans else 4
        ),
        columns=(
            Column(say(mark("Topic")), is_number=False),
            Column(say(mark("Acts"))),
            Column(say(mark("Moved"))),
            Column(say(mark("Share moved"))),
            Column(say(mark("Accounts"))),
            Column(say(mark("Accounts that moved half"))),
            Column(say(mark("Moves most")), is_number=False),
            Column(say(mark("Busiest time")), is_number=False),
        ),
        rows=tuple(
            (
                row["words"],
                number(row["n_acts"]),
                number(row["n_moved"]),
                language.percent(row["n_moved"] / row["n_acts"]),
                number(row["n_accounts"]),
                number(row["n_for_half"]) if row["n_moved"] else "–",
                given.names.shown(row["source_id"]) if row["source_id"] else "–",
                row["peak"],
            )
            for row in rows
        ),
        alt=say(
            mark("{title}. Bars of {n} topics: {parts}."),
            title=found_title,
            n=len(rows),
            parts="; ".join(f"{row['words']} {number(row['n_acts'])}" for row in rows[:3]),
        ),
    )


def title(given: Given, rows: list[dict[str, Any]]) -> str:
    """What moved most, and through how many accounts; in these files, hence without an interval."""
    say, language = given.language.say, given.language
    first = rows[0]
    if not first["n_moved"]:
        return say(
            mark("{topic} is shared by most accounts ({n}), and nobody was seen to push it"),
            topic=first["words"],
            n=first["n_accounts"],
        )
    if len(rows) > 1 and rows[1]["n_moved"] >= _AHEAD * first["n_moved"]:
        return say(
            mark("{first} and {second} moved most, with {n} and {m} acts in these files"),
            first=first["words"],
            second=rows[1]["words"],
            n=first["n_moved"],
            m=rows[1]["n_moved"],
        )
    return say(
        mark("{topic} moved most, with {n} acts in these files, half of them through {half}"),
        topic=first["words"],
        n=first["n_moved"],
        half=say("a single account")
        if first["n_for_half"] == 1
        else language.plural("one account", "{n} accounts", first["n_for_half"]),
    )


def _rows(given: Given, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is drawn of each topic; the busiest span of time in words."""
    times: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in given.tables["topic_times"].to_pylist():
        times.setdefault((one["kind"], one["topic"]), []).append(one)
    rows = []
    for place, row in enumerate(told):
        mine = times.get((row["kind"], row["topic"]), [])
        busiest = max(mine, key=lambda one: (one["n_acts"], -one["since"].timestamp()), default=None)
        rows.append(
            {
                **row,
                "place": place,
                "words": topic_words(given, row["kind"], row["topic"]),
                "times": mine,
                "peak": "–" if busiest is None else _span_words(given, busiest["since"], busiest["n_hours"]),
            }
        )
    return rows


def _span_words(given: Given, since: datetime, n_hours: int) -> str:
    language = given.language
    day = day_words(since, language, with_year=True)
    if n_hours < 24:
        return (
            f"{day}, {hour_words(since.hour, language)}–{hour_words((since + timedelta(hours=n_hours)).hour, language)}"
        )
    last = since + timedelta(hours=n_hours - 24)
    return day if last == since else f"{day} – {day_words(last, language, with_year=True)}"


def _spans(given: Given, rows: list[dict[str, Any]]) -> tuple[datetime, datetime, int] | None:
    """The period of the strips and the hours of each span; None where no time is known, or only one span."""
    times = [one["since"] for row in rows for one in row["times"]]
    if not times or given.width <= HALF:
        return None
    n_hours = next(one["n_hours"] for row in rows for one in row["times"])
    since, until = min(times), max(times) + timedelta(hours=n_hours)
    return (since, until, n_hours) if until - since > timedelta(hours=n_hours) else None


def _drawing(given: Given, rows: list[dict[str, Any]], spans: tuple[datetime, datetime, int] | None) -> marks.Drawing:
    say, language = given.language.say, given.language
    is_narrow = given.width <= HALF
    name_width = 112.0 if is_narrow else 140.0
    bars = (name_width + 8, given.width - 60.0 if is_narrow else (322.0 if spans else 560.0))
    scale = alt.Scale(domain=[0, max(row["n_acts"] for row in rows)], range=list(bars), nice=False)
    placed = [
        {
            "y": row["place"] * _ROW + 6,
            "y2": row["place"] * _ROW + 20,
            "mid": row["place"] * _ROW + 13,
            "zero": 0,
            "n_acts": row["n_acts"],
            "n_moved": row["n_moved"],
        }
        for row in rows
    ]
    data = marks.data(placed)
    texts = [
        {
            "y": one["mid"],
            "name": fitted(row["words"], name_width, TEXT),
            "count": language.number(row["n_acts"]),
            "share": language.percent(row["n_moved"] / row["n_acts"], 0),
            "half": language.number(row["n_for_half"]) if row["n_moved"] else "–",
        }
        for row, one in zip(rows, placed, strict=True)
    ]
    x0, y0 = alt.X("zero:Q", scale=scale, axis=None), marks.at_y()
    layers = [
        alt.Chart(data).mark_rect(fill=REST).encode(x=x0, x2="n_acts:Q", y=y0, y2="y2:Q"),
        alt.Chart(data).mark_rect(fill=MOVED).encode(x=x0, x2="n_moved:Q", y=y0, y2="y2:Q"),
        marks.words(texts, field="name", x=0, is_bold=True),
    ]
    right = given.width if is_narrow else bars[1] + 52
    layers.append(marks.words(texts, field="count", x=right, align="right"))
    heads: list[tuple[float, Align, str]] = [(bars[0], "left", say(mark("acts, moved in blue")))]
    if not is_narrow:
        layers.append(marks.words(texts, field="share", x=right + 58, align="right"))
        layers.append(marks.words(texts, field="half", x=right + 124, align="right"))
        heads += [(right + 58, "right", say(mark("share moved"))), (right + 124, "right", say(mark("half from")))]
    if spans:
        layers += _strips(given, rows, spans, right + 142)
        heads.append((right + 142, "left", say(mark("when"))))
    layers.append(marks.heading(heads, -14))
    return alt.layer(*layers).resolve_scale(x="independent", fill="independent")


def _strips(given: Given, rows: list[dict[str, Any]], spans: tuple[datetime, datetime, int], left: float) -> list[Any]:
    """For each topic, when its acts were done: each strip against its own busiest time."""
    since, until, n_hours = spans
    right = given.width - 2.0
    per_hour = (right - left) / ((until - since) / timedelta(hours=1))

    def x(moment: datetime) -> float:
        return left + (moment - since) / timedelta(hours=1) * per_hour

    cells, grounds = [], []
    for row in rows:
        top = row["place"] * _ROW
        grounds.append({"x": left, "x2": right, "y": top + 4, "y2": top + 22})
        most = max((one["n_acts"] for one in row["times"]), default=1)
        cells += [
            {
                "x": x(one["since"]),
                "x2": x(one["since"]) + n_hours * per_hour + 0.2,
                "y": top + 4,
                "y2": top + 22,
                "part": one["n_acts"] / most,
            }
            for one in row["times"]
        ]
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    fill = alt.Fill("part:Q", scale=alt.Scale(domain=[0, 1], range=list(RAMP), interpolate="lab"), legend=None)
    below = len(rows) * _ROW + 10
    written: list[dict[str, Any]] = [
        {"x": x(moment), "y": below, "words": words, "tick": below - 10, "tick2": below - 6}
        for moment, words in ticks(since, until, 4, given.language)
    ]
    return [
        alt.Chart(marks.data(grounds)).mark_rect(fill=FAINT, fillOpacity=0.6).encode(**rect),
        alt.Chart(marks.data(cells)).mark_rect().encode(fill=fill, **rect),
        marks.lines([{"x": one["x"], "x2": one["x"], "y": one["tick"], "y2": one["tick2"]} for one in written]),
        marks.words(written[:-1], align="left", size=SMALL, color=SOFT),
        marks.words(written[-1:], align="left" if written[-1]["x"] < right - 60 else "right", size=SMALL, color=SOFT),
    ]
