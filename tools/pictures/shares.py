"""Pictures of shares: strangers in place of sources, doses, a hundred acts."""

from __future__ import annotations

from typing import Any

import numpy as np
from markupsafe import Markup
from pictures import marks
from pictures.numbers import Seen
from pictures.sheet import Said, day_axis, days, rows_of_acts, sheet

from ascendant.infer.exposure import Floats
from ascendant.report.charts.theme import DARK_SIDES, FAINT, INK, LINE, MOVED, PAPER, RAMP, REST, SOFT
from ascendant.report.map_labels import wrapped


def strangers(found: Seen, say: Said) -> str:
    """The account's acts between those of its sources and those of strangers."""
    close = found.close
    window, day = days(found, close.act.hours, 6)
    left = marks.LEFT + 62
    _, x = marks.within(close.grid, window, left)
    inside = (close.own_hours >= window[0]) & (close.own_hours < window[1])
    body, y = marks.text(marks.MARGIN, 6, say("sources"), bold=True, fill=DARK_SIDES["influencer"]), 18.0
    body += rows_of_acts(close, close.source_hours, say, "source", window, x, y, MOVED)
    y += 26 * len(close.source_hours) + 4
    for chances, fill in ((close.moved, MOVED), (close.by_strangers, SOFT)):
        body += marks.line(left, y + 12, marks.RIGHT, y + 12, LINE)
        for at, chance in zip(x(close.own_hours[inside]), chances[inside], strict=True):
            body += marks.pie(float(at), y + 12, 6.5, float(chance), fill)
        y += 30
    y += 22
    body += marks.text(marks.MARGIN, y, say("strangers"), bold=True, fill=SOFT)
    y += 12
    body += rows_of_acts(close, close.stranger_hours, say, "stranger", window, x, y, SOFT)
    y += 26 * len(close.stranger_hours) + 4
    body += day_axis(found, say, window, day, 14, y - 14, x, left=left)
    y += 50
    told = say("all", raw=say.of_100(found.theta.raw), null=say.of_100(found.theta.null))
    for line in wrapped(told, (marks.RIGHT - marks.MARGIN) * 0.93, marks.WORDS, is_bold=True):
        body += marks.text(marks.MARGIN, y, line, bold=True)
        y += 18
    y -= 18
    title = say(
        "title",
        n=close.own_hours.size,
        found=round(float(close.moved.sum())),
        null=round(float(close.by_strangers.sum())),
    )
    return sheet(say, title, body, y + 8)


def doses(found: Seen, say: Said) -> str:
    """Planted against found, and how theta is read off; no more doses than the first beyond the interval."""
    of, theta, (lowest, highest) = found.theta, found.share, found.interval
    given, beyond = np.append(0.0, of.given), np.maximum.accumulate(np.append(0.0, of.found - of.null))
    n_shown = 1 + int(np.searchsorted(given, 1.15 * highest))
    given, beyond = given[:n_shown], beyond[:n_shown]
    excess = of.raw - of.null
    top, height, right = 22.0, 250.0, marks.RIGHT - 120
    most = float(max(given[-1], 1.15 * highest))

    def x(value: Floats | float) -> Any:
        return marks.LEFT + np.asarray(value) / most * (right - marks.LEFT)

    y = marks.scale(most * 0.8, top, height)
    body = Markup()
    for level in marks.round_levels(most):
        body += marks.text(x(level), top + height + 18, say.language.number(100 * level), anchor="middle", fill=SOFT)
        if x(level) <= right:
            body += marks.line(x(level), top, x(level), top + height, FAINT)
        if level <= most * 0.8:
            body += marks.line(marks.LEFT, y(level), right, y(level), LINE)
            body += marks.text(marks.LEFT - 8, y(level) + 4, say.language.number(100 * level), anchor="end", fill=SOFT)
    body += marks.text((marks.LEFT + right) / 2, top + height + 40, say("given"), anchor="middle", fill=SOFT)
    body += marks.text(marks.MARGIN, 0, say("seen"), fill=SOFT)
    body += marks.line(x(0.0), y(0.0), x(most * 0.8), y(most * 0.8), SOFT, 1.4, dash="2 4")
    body += marks.text(x(most * 0.8) + 8, y(most * 0.8) + 4, say("whole"), fill=SOFT, rim=True)
    if highest > lowest:
        body += marks.rect(x(lowest), top + height - 7, x(highest) - x(lowest), 7, RAMP[2])
    body += marks.path(x(given), y(beyond), MOVED, 2.6)
    for dose, level in zip(given, beyond, strict=True):
        body += marks.circle(float(x(dose)), float(y(level)), 5, PAPER, MOVED, 2.6)
    if excess > 0:
        body += marks.line(marks.LEFT, y(excess), x(theta), y(excess), marks.DARK_BURST, 2.2)
        body += marks.line(x(theta), y(excess), x(theta), top + height, marks.DARK_BURST, 2.2)
        told = say("study", found=say.of_100(excess))
        body += marks.text(marks.LEFT + 8, y(excess) - 8, told, bold=True, fill=marks.DARK_BURST, rim=True)
    at = float(x(theta)) + 9
    body += marks.text(at, top + height - 34, say("theta", theta=say.of_100(theta)), bold=True, fill=marks.DARK_BURST)
    low, high = (say.language.number(100 * one, 1) for one in (lowest, highest))
    between = say("interval", low=low, high=high)
    body += marks.text(at, top + height - 16, between, fill=INK)
    under = top + height + 68
    for line in wrapped(
        say("truth", true=say.of_100(found.true_seen)), (marks.RIGHT - marks.MARGIN) * 0.93, marks.WORDS
    ):
        body += marks.text(marks.MARGIN, under, line)
        under += 18
    facts = {"found": say.of_100(max(excess, 0.0)), "null": say.of_100(of.null), "theta": say.of_100(theta)}
    return sheet(say, say("title", **facts), body, under - 6)


def of_100(found: Seen, say: Said) -> str:
    """A hundred acts twice: as the files tell them, and as they were."""
    a, silent = found.named_share, 1 - found.named_share
    said = marks.whole([a, silent * found.share, silent * (1 - found.share)])
    true = marks.whole(
        [a, silent * found.true_seen, silent * (found.true_all - found.true_seen), silent * (1 - found.true_all)]
    )
    low, high = (max(0, round(100 * silent * one)) for one in found.interval)
    ends = {key: round(100 * (a + silent * one)) for key, one in zip(("low", "high"), found.interval, strict=True)}
    together = say("together", share=said[0] + said[1], **ends)
    body = Markup()
    half = (marks.RIGHT - marks.MARGIN) / 2
    between = " (" + say("interval", low=low, high=high).replace(" ", "\u00a0") + ")"
    panels = (
        (say("files"), said, [(DARK_SIDES["influencer"], say("named")), (RAMP[3], say("inferred") + between),
                              (FAINT, say("unknown"))]),
        (say("world"), true, [(DARK_SIDES["influencer"], say("named")), (RAMP[3], say("known")),
                              (marks.HIDDEN, say("hidden")), (REST, say("own"))]),
    )  # fmt: skip
    lowest = 0.0
    for place, (heading, counts, kinds) in enumerate(panels):
        left = marks.MARGIN + place * (half + 10)
        body += marks.text(left, 6, heading, bold=True)
        fills = [fill for (fill, _), n in zip(kinds, counts, strict=True) for _ in range(n)]
        for nth, fill in enumerate(fills):
            row, column = divmod(nth, 10)
            body += marks.rect(left + column * 23, 20 + row * 23, 19, 19, fill, rim=SOFT if fill == FAINT else None)
        y = 20 + 10 * 23 + 22.0
        for (fill, label), n in zip(kinds, counts, strict=True):
            body += marks.rect(left, y - 11, 13, 13, fill, rim=SOFT if fill == FAINT else None)
            body += marks.text(left + 20, y, str(n), bold=True)
            for line in wrapped(label, (half - 70) * 0.95, marks.WORDS):
                body += marks.text(left + 46, y, line)
                y += 18
            y += 5
        if place == 0:
            body += marks.text(left, y + 4, together, bold=True)
            y += 22
        lowest = max(lowest, y)
    title = say("title", named=said[0], theta=said[1], rest=said[2])
    return sheet(say, title, marks.HATCH + body, lowest - 8, hidden=true[2], moved=true[1] + true[2])
