"""Pictures of one account: its hours, its rate, how pulls fade, what may have caused an act."""

from __future__ import annotations

from typing import Any

import numpy as np
from markupsafe import Markup
from pictures import marks
from pictures.numbers import Seen
from pictures.sheet import Said, day_axis, days, legend, level_axis, sheet, span

from ascendant.infer.exposure import Floats
from ascendant.report.charts.font import width_of
from ascendant.report.charts.theme import INK, LINE, MOVED, RAMP, REST, SOFT, WIDE


def hours(found: Seen, say: Said) -> str:
    """What the account would do by itself, over some days around the hour of most news in its community."""
    close = found.close
    ratio = close.background / np.maximum(close.usual, 1e-12)
    inside = (close.grid > found.since + 24) & (close.grid < found.until - 24)
    loud = int(np.argmax(np.where(inside, (ratio - 1.0) * close.usual, 0.0)))
    window, day = days(found, close.grid[loud], 5)
    top, height = 26.0, 165.0
    grid, x = marks.within(close.grid, window)
    when, usual, raised = (marks.by_the(3, one[grid]) for one in (close.grid, close.usual, close.background))
    most = 1.15 * float(max(raised.max(), usual.max()))
    y = marks.scale(most, top, height)
    body = day_axis(found, say, window, day, top, height, x)
    body += level_axis(say, most, y)
    body += marks.area(x(when), y(np.zeros(usual.size)), y(usual), REST)
    body += marks.path(x(when), y(raised), INK, 1.8)
    nearest = int(np.argmin(np.abs(when - close.grid[loud])))
    at, level = float(x(when[nearest])), float(y(raised[nearest]))
    anchor, shift = ("end", 4) if at > 0.6 * WIDE else ("start", -4)
    body += marks.line(at, top + 14, at, level, INK) + marks.circle(at, level, 4, INK, INK)
    news = say("news", times=say.times(raised[nearest] / max(usual[nearest], 1e-12)))
    body += marks.text(at + shift, top + 10, news, anchor=anchor, bold=True, rim=True)
    below = top + height + 34
    body += marks.ticks(x(marks.held(close.own_hours, window)), below, 16, INK)
    body += marks.text(marks.LEFT, below + 34, say("acts"), fill=SOFT)
    title = say("title", times=say.times(close.usual.max() / max(close.usual.min(), 1e-12)))
    return sheet(say, title, body, below + 44)


def whole_rate(found: Seen, say: Said) -> str:
    """The parts of the rate, stacked, and the acts below."""
    close = found.close
    window, day = days(found, close.act.hours, 4)
    top, height = 34.0, 190.0
    grid, x = marks.within(close.grid, window)
    # By the half hour: the first minutes after an act of one's own would be needles.
    at, *parts = (marks.by_the(6, one[grid]) for one in (close.grid, close.background, close.burst, close.pulls))
    levels = np.cumsum(parts, axis=0)
    most = 1.04 * float(levels[-1].max())
    y = marks.scale(most, top, height)
    body = day_axis(found, say, window, day, top, height, x) + level_axis(say, most, y)
    for level, fill in reversed(list(zip(levels, (REST, marks.BURST, MOVED), strict=True))):
        body += marks.area(x(at), y(np.zeros(level.size)), y(level), fill)
    sums = [float(part.sum()) for part in (close.background, close.burst, close.pulls)]
    shares = [say.language.percent(part / max(sum(sums), 1e-12), 0) for part in sums]
    body += legend(marks.LEFT, top - 22, [(REST, say("habit")), (marks.BURST, say("burst")), (MOVED, say("pull"))])
    under = top + height + 34
    for label, times, fill in ((say("named"), close.named_hours, MOVED), (say("silent"), close.own_hours, INK)):
        body += marks.ticks(x(marks.held(times, window)), under, 14, fill)
        body += marks.text(marks.LEFT, under + 29, label, fill=SOFT)
        under += 46
    title = say("title", habit=shares[0], burst=shares[1], pull=shares[2])
    return sheet(say, title, body, under - 4)


def delays(found: Seen, say: Said) -> str:
    """The law of delays: what falls into each quarter of an hour."""
    law = found.delay
    come = np.append(0.0, np.cumsum(law.density * np.diff(law.edge)))
    half, most = (float(np.interp(share, come / come[-1], law.edge)) for share in (0.5, 0.9))
    end = float(np.ceil(max(2.0, 1.15 * most)))
    steps = np.arange(0.0, end + 0.25, 0.25)
    part = np.diff(np.interp(steps, law.edge, come / come[-1]))
    top, height = 14.0, 200.0
    y = marks.scale(part.max() * 1.05, top, height)

    def x(value: Floats | float) -> Any:
        return marks.LEFT + np.asarray(value) / steps[-1] * (marks.RIGHT - marks.LEFT)

    body = Markup()
    for share in marks.round_levels(part.max()):
        body += marks.line(marks.LEFT, y(share), marks.RIGHT, y(share), LINE)
        body += marks.text(marks.LEFT - 8, y(share) + 4, say.language.percent(share, 0), anchor="end", fill=SOFT)
    for first, last, level in zip(steps[:-1], steps[1:], part, strict=True):
        body += marks.rect(x(first) + 0.5, y(level), x(last) - x(first) - 1, y(0.0) - y(level), MOVED)
    every = 1 if end <= 12 else 2 if end <= 24 else 6
    for hour in range(0, int(end) + 1, every):
        body += marks.text(x(float(hour)), top + height + 18, say.language.number(hour), anchor="middle", fill=SOFT)
    body += marks.text((marks.LEFT + marks.RIGHT) / 2, top + height + 38, say("axis"), anchor="middle", fill=SOFT)
    for at, key, level in ((half, "half", 0.30), (most, "most", 0.60)):
        high = top + level * height * 0.6
        body += marks.line(x(at), high, x(at), top + height, marks.DARK_BURST, 2, dash="5 4")
        anchor, shift = ("end", -7) if x(at) > marks.RIGHT - 190 else ("start", 7)
        body += marks.text(x(at) + shift, high + 10, say(key, span=span(say, at)), bold=True, anchor=anchor)
    return sheet(say, say("title", half=span(say, half), most=span(say, most)), body, top + height + 46)


def candidates(found: Seen, say: Said) -> str:
    """The chances of one act's causes, as bars."""
    act = found.close.act
    rows = [(say("habit"), act.background, REST)]
    if act.burst >= 0.005:
        rows.append((say("burst", ago=span(say, act.burst_hours)), act.burst, marks.BURST))
    shown = act.sources[:4]
    for place, ago, chance in shown:
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place % 26]
        rows.append((say("cause", letter=letter, ago=span(say, ago)), chance, MOVED))
    rest = act.sources[len(shown) :]
    if rest:
        rows.append((say("others", n=len(rest)), sum(one[2] for one in rest), RAMP[2]))
    counts = marks.whole([chance for _, chance, _ in rows])
    rows, counts = zip(*((row, n) for row, n in zip(rows, counts, strict=True) if n), strict=True)
    wide = max(width_of(label, marks.WORDS) for label, *_ in rows) * 1.06 + marks.MARGIN + 14
    unit = (marks.RIGHT - wide - 40) / max(1, *counts)
    body, y = marks.text(wide, 4, say("chances"), fill=SOFT), 18.0
    for (label, _, fill), n in zip(rows, counts, strict=True):
        body += marks.text(wide - 12, y + 17, label, anchor="end")
        for step in range(n):
            body += marks.rect(wide + step * unit, y, max(unit - 1.2, 0.8), 24, fill)
        body += marks.text(wide + n * unit + 8, y + 17, str(n), bold=True)
        y += 35
    moved = sum(n for (_, _, fill), n in zip(rows, counts, strict=True) if fill in (MOVED, RAMP[2]))
    return sheet(say, say("title", moved=moved, own=100 - moved), body, y)
