"""What the pictures of influence share: words and numbers of a language, the sheet with its title, days, legends."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup
from pictures import marks
from pictures.close import Closely
from pictures.numbers import Seen

from ascendant.demo.options import WorldOptions
from ascendant.infer.exposure import Floats
from ascendant.report.charts.font import width_of
from ascendant.report.charts.theme import LINE, PAPER, SOFT, WIDE
from ascendant.report.language import Language, typeset_french
from ascendant.report.map_labels import wrapped
from ascendant.report.map_sheet import opened

TITLE, READING, NOTE = 19.0, 13.5, 11.5  # px


class Said:
    """The words of one picture in one language, with numbers as that language writes them."""

    def __init__(self, name: str, language: Language, world: WorldOptions, found: Seen) -> None:
        texts: dict[str, Any] = tomllib.loads((Path(__file__).with_name("words.toml")).read_text("utf-8"))
        self.name, self.language = name, language
        self.words = {**texts[language.code], **texts[language.code][name]}
        self.note = self(
            "note",
            seed=world.seed,
            accounts=language.number(found.n_accounts),
            acts=language.number(found.n_acts),
            days=world.days,
        )

    def __call__(self, key: str, **facts: object) -> str:
        told = str(self.words[key]).format(**facts)
        return typeset_french(told) if self.language.code == "fr" else told.replace("'", "’")

    def of_100(self, share: float) -> str:
        """A share as a number out of a hundred: whole, but with one decimal below 10."""
        return self.language.number(round(100 * share, 1 if 100 * share < 9.95 else 0), 1 if 100 * share < 9.95 else 0)

    def times(self, factor: float) -> str:
        """By how much more, in whole numbers from 10 on."""
        return self.language.number(factor, 0 if factor >= 10 else 1)


def sheet(say: Said, title: str, body: Markup, height: float, **facts: object) -> str:
    """Title, how to read it, the drawing, its note; lines are broken early, since other machines have other fonts."""
    head, y = Markup(), marks.MARGIN
    width = (marks.RIGHT - marks.MARGIN) * 0.94
    for line in wrapped(title, width, TITLE, is_bold=True):
        head += marks.text(marks.MARGIN, y + TITLE * 0.85, line, size=TITLE, bold=True)
        y += TITLE * 1.3
    y += 5
    reading = say("reading", **facts)
    for line in wrapped(reading, width, READING):
        head += marks.text(marks.MARGIN, y + READING, line, size=READING, fill=SOFT)
        y += READING * 1.42
    y += 24
    inner = Markup('<g transform="translate(0 {y})">{body}</g>').format(y=marks.short(y), body=body)
    y += height + 18
    foot = Markup()
    for line in wrapped(say.note, width, NOTE):
        foot += marks.text(marks.MARGIN, y + NOTE, line, size=NOTE, fill=SOFT)
        y += NOTE * 1.4
    y += marks.MARGIN - 8
    paper = Markup('<rect width="100%" height="100%" rx="6" fill="{fill}"/>').format(fill=PAPER)
    told = Markup("<title>{title}</title><desc>{told}</desc>").format(title=title, told=reading)
    drawn = opened(WIDE, y, title, told + paper + head + inner + foot)
    return str(drawn).replace("<svg ", f'<svg width="{WIDE}" height="{marks.short(y)}" ', 1)


def day_axis(
    found: Seen,
    say: Said,
    window: tuple[float, float],
    day: float,
    top: float,
    height: float,
    x: Any,
    left: float = marks.LEFT,
) -> Markup:
    """A line at each midnight, the day's name between two."""
    names = {"en": "Sun Mon Tue Wed Thu Fri Sat", "fr": "dim. lun. mar. mer. jeu. ven. sam."}[say.language.code].split()
    body = marks.line(left, top + height, marks.RIGHT, top + height, SOFT)
    for midnight in np.arange(day - 24, window[1] + 1e-6, 24):
        if window[0] <= midnight < window[1] + 1e-6:
            body += marks.line(x(midnight), top, x(midnight), top + height, LINE)
        first, last = max(midnight, window[0]), min(midnight + 24, window[1])
        if last - first > 8:
            nth = int((midnight + found.start_us / 3.6e9) // 24 + 4.5) % 7  # 1970 began on a Thursday
            body += marks.text(x((first + last) / 2), top + height + 18, names[nth], anchor="middle", fill=SOFT)
    return body


def level_axis(say: Said, most: float, y: Any) -> Markup:
    body = Markup()
    for level in marks.round_levels(most):
        body += marks.text(marks.LEFT - 8, y(level) + 4, say.language.number(round(level, 6)), anchor="end", fill=SOFT)
    return body + marks.text(
        marks.MARGIN, y(most) - (12 if say.name == "hours" else 34), say("acts_an_hour"), fill=SOFT
    )


def legend(left: float, y: float, kinds: list[tuple[str, str]]) -> Markup:
    body, x = Markup(), left + 110
    for fill, label in kinds:
        body += marks.rect(x, y - 11, 13, 13, fill) + marks.text(x + 19, y, label)
        x += 19 + width_of(label, marks.WORDS) * 1.08 + 22
    return body


def rows_of_acts(
    close: Closely,
    acts: tuple[Floats, ...],
    say: Said,
    key: str,
    window: tuple[float, float],
    x: Any,
    y: float,
    fill: str,
) -> Markup:
    body = Markup()
    for letter, times in zip("ABCD", acts, strict=False):
        body += marks.text(marks.MARGIN, y + 14, say(key, letter=letter), fill=SOFT)
        body += marks.ticks(x(marks.held(times, window)), y, 18, fill)
        y += 26
    return body


def days(found: Seen, middle: float, n: int) -> tuple[tuple[float, float], float]:
    """A window of whole days around a moment, in hours, and where its first day begins."""
    of_day = found.start_us / 3.6e9
    first = np.floor((middle + of_day) / 24 - n / 2 + 0.5) * 24 - of_day
    first = min(max(first, found.since), found.until - 24 * n)
    return (float(first), float(first + 24 * n)), float(np.ceil((first + of_day) / 24) * 24 - of_day)


def span(say: Said, hours: float) -> str:
    return say.language.span(max(60.0, round(3600 * hours / 60) * 60)) if np.isfinite(hours) else "–"
