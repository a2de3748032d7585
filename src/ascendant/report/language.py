"""English templates and facts -> sentences, numbers, dates and errors in the reader's language.

A template is English and stands in the code inside `mark("...")`, `Caveat("...")`, `say("...")` or
`plural("...", "...")`; `tools/texts.py` gathers them all into `texts/fr/LC_MESSAGES/ascendant.po`.
Only the words of a template get the language's typography: facts (names, paths, posts) are shown as they are.
"""

from __future__ import annotations

import gettext
import locale as _locale
import math
import os
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from typing import Final, Literal, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from babel.lists import format_list
from babel.numbers import format_decimal

from ascendant.errors import STANDARD_INPUT, AscendantError, BadChoice, Caveat, mark

LANGUAGES: Final = ("en", "fr")
NARROW: Final = "\u202f"  # the space that French sets before ; : ! ? % and inside guillemets
BOUND: Final = "\u00a0"

# Facts that are sentences of ours rather than words of the user: looked up in the catalogue too.
_OUR_WORDS: Final = frozenset({"reason", "note", "nearest", "seen", "place", "remedy"})
# What the pointer of a record begins with.
_POINTERS: Final = {
    "line": mark("line"),
    "row": mark("row"),
    "item": mark("item"),
    "document": mark("document"),
    "file": mark("file"),
}
_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


@runtime_checkable
class _Markup(Protocol):
    """Text that is HTML already (markupsafe's protocol): passed through untouched."""

    def __html__(self) -> str: ...


@dataclass(frozen=True)
class Language:
    """How one language says things. `zone` is the time zone in which times are shown.

    >>> Language("fr").say("{since} to {until}", since=date(2024, 3, 1), until="a: b")
    'du 1er mars 2024 au a: b'
    """

    code: str = "en"
    zone: str = "UTC"

    def say(self, template: str, /, **facts: object) -> str:
        """The template in this language, filled.

        >>> Language("en").say("{n} accounts in {file}", n=1234, file="x.csv")
        '1,234 accounts in x.csv'
        """
        return "".join(piece for piece, _ in self.pieces(template, facts))

    def plural(self, one: str, many: str, n: int, /, **facts: object) -> str:
        """The form that fits `n`, filled with `n` and the facts.

        >>> Language("en").plural("one account", "{n} accounts", 1)
        'one account'
        >>> Language("fr").plural("one act", "{n} acts", 0)
        '0 acte'
        """
        chosen = _catalogue(self.code).ngettext(one, many, n)
        return "".join(piece for piece, _ in self._filled(chosen, {"n": n, **facts}))

    def pieces(self, template: str, facts: Mapping[str, object]) -> Iterator[tuple[str, str | None]]:
        """The sentence in pieces, each fact with its name, so that a page can set some of them in bold."""
        yield from self._filled(self._translated(template), facts)

    def caveat(self, caveat: Caveat) -> str:
        """A limit of a figure, in words."""
        return self.say(caveat.template, **caveat.facts)

    def error(self, error: AscendantError) -> tuple[str, str]:
        """What happened, and what to try.

        >>> from ascendant.errors import EmptyFile
        >>> Language("fr").error(EmptyFile(file="posts.csv"))[0]
        'posts.csv est vide'
        """
        return self.say(error.message, **error.facts), self.say(error.hint, **error.facts)

    def number(self, value: float | None, digits: int | None = None) -> str:
        """A number with the language's separators; whole numbers are grouped, an unknown one is a dash.

        >>> Language("fr").number(1234.5, 1), Language("en").number(1234567), Language("en").number(None)
        ('1\u202f234,5', '1,234,567', '–')
        """
        if value is None or not math.isfinite(value):
            return "–"
        if digits is None:
            return str(format_decimal(value, format="#,##0.######", locale=self.code))
        return str(format_decimal(value, format="#,##0" + "." * bool(digits) + "0" * digits, locale=self.code))

    def percent(self, share: float | None, digits: int | None = None) -> str:
        """A share in percent: whole numbers, but one decimal near 0 and near 100.

        >>> Language("fr").percent(0.346), Language("en").percent(0.0123), Language("en").percent(0.0001)
        ('35\u202f%', '1.2%', '<\xa00.1%')
        """
        if share is None or not math.isfinite(share):
            return "–"
        sign = {"en": "%", "fr": NARROW + "%"}[self.code]
        if digits is None:
            digits = _digits(share)
            if 0 < share < 0.0005:
                return f"<{BOUND}{self.number(0.1, 1)}{sign}"
            if 0.9995 <= share < 1:
                return f">{BOUND}{self.number(99.9, 1)}{sign}"
        return self.number(100 * share, digits) + sign

    def chance(self, probability: float | None) -> str:
        """A probability in whole percents, never printed as certain.

        >>> Language("en").chance(0.94), Language("en").chance(0.9991), Language("en").chance(0.001)
        ('94%', '>\xa099%', '<\xa01%')
        """
        if probability is None or not math.isfinite(probability):
            return "–"
        if not 0.01 <= probability <= 0.99:
            return ("<" if probability < 0.5 else ">") + BOUND + self.percent(0.01 if probability < 0.5 else 0.99, 0)
        return self.percent(probability, 0)

    def share_interval(self, low: float | None, high: float | None) -> str:
        """Two shares as one interval.

        >>> Language("en").share_interval(0.31, 0.372), Language("fr").share_interval(0.04, 0.12)
        ('31–37%', '4,0–12,0\u202f%')
        """
        if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
            return "–"
        digits = max(_digits(low), _digits(high))
        return f"{self.number(100 * low, digits)}–{self.percent(high, digits)}"

    def interval(self, low: float | None, high: float | None, digits: int = 0) -> str:
        """Two numbers as one interval.

        >>> Language("en").interval(1200, 1850.4)
        '1,200–1,850'
        """
        if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
            return "–"
        return f"{self.number(low, digits)}–{self.number(high, digits)}"

    def span(self, seconds: float | None) -> str:
        """A duration in its two largest units; from ten minutes on without seconds.

        >>> Language("en").span(7800).replace("\xa0", " "), Language("fr").span(90061).replace("\xa0", " ")
        ('2 h 10 min', '1 j 1 h')
        """
        if seconds is None or not math.isfinite(seconds):
            return "–"
        unit = 3600 if seconds >= 86400 - 1800 else 60 if seconds >= 600 else 1
        left = max(0, math.floor(seconds / unit + 0.5)) * unit
        written = []
        for size, name in ((86400, {"en": "d", "fr": "j"}[self.code]), (3600, "h"), (60, "min"), (1, "s")):
            if left >= size:
                written.append(f"{self.number(left // size)}{BOUND}{name}")
                left %= size
        return BOUND.join(written[:2]) or f"0{BOUND}s"

    def date(self, moment: date | datetime | None, *, time: bool = False) -> str:
        """A day, or a day and a time with the name of its zone. A time without zone is taken as UTC.

        >>> Language("en").date(date(2024, 3, 14)), Language("fr").date(date(2024, 3, 1))
        ('14 March 2024', '1er mars 2024')
        """
        if moment is None:
            return "–"
        if isinstance(moment, datetime):
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_zone(self.zone))
        day = "1er" if self.code == "fr" and moment.day == 1 else str(moment.day)
        shown = f"{day} {_MONTHS[self.code].split()[moment.month - 1]} {moment.year}"
        if time and isinstance(moment, datetime):
            return f"{shown}, {moment:%H:%M} {moment.tzname() if self.zone == 'UTC' else f'({self.zone})'}"
        return shown

    def window(self, since: datetime | None, until: datetime | None) -> str:
        """A period; open ends are said.

        >>> Language("en").window(datetime(2024, 3, 1), datetime(2024, 3, 9))
        '1 March 2024 to 9 March 2024'
        """
        if since is None and until is None:
            return self.say(mark("no dates known"))
        if since is None:
            return self.say(mark("until {until}"), until=self.date(until))
        if until is None:
            return self.say(mark("from {since}"), since=self.date(since))
        if self.date(since) == self.date(until):
            return self.date(since)
        return self.say(mark("{since} to {until}"), since=self.date(since), until=self.date(until))

    def listed(self, items: Sequence[object]) -> str:
        """Words in a row.

        >>> Language("fr").listed(["x", "facebook", "linkedin"])
        'x, facebook et linkedin'
        """
        return str(format_list([self._shown("", item, None, "") for item in items], locale=self.code))

    def quoted(self, words: str) -> str:
        """Words between the language's quotation marks."""
        return f"«{NARROW}{words}{NARROW}»" if self.code == "fr" else f"“{words}”"

    def _translated(self, template: str) -> str:
        return _catalogue(self.code).gettext(template) if template else ""

    def _filled(self, template: str, facts: Mapping[str, object]) -> Iterator[tuple[str, str | None]]:
        for literal, name, spec, conversion in string.Formatter().parse(template):
            if literal:
                yield (typeset_french(literal) if self.code == "fr" else literal), None
            if name is not None:
                yield self._shown(name, facts[name], conversion, spec or ""), name

    def _shown(self, name: str, fact: object, conversion: str | None, spec: str) -> str:
        if isinstance(fact, str) and isinstance(fact, _Markup):
            return fact
        match fact:
            case None:
                return "–"
            case Caveat():
                return self.caveat(fact)
            case bool():
                return self.say(mark("yes")) if fact else self.say(mark("no"))
            case int() | float():
                if spec.endswith("%"):
                    return self.percent(fact, int(spec[1:-1]) if len(spec) > 1 else None)
                return self.number(fact, int(spec[1:-1]) if spec.endswith("f") else None)
            case datetime():
                return self.date(fact, time=True)
            case date():
                return self.date(fact)
            case timedelta():
                return self.span(fact.total_seconds())
            case list() | tuple() | set() | frozenset():
                return self.listed(sorted(fact, key=str) if isinstance(fact, set | frozenset) else list(fact))
            case str() if name == "pointer":
                word, space, rest = fact.partition(" ")
                return self._translated(_POINTERS.get(word, "")) + space + rest if word in _POINTERS else fact
            case str() if fact and (name in _OUR_WORDS or fact == STANDARD_INPUT):
                words = self._translated(fact)
                if words != fact and self.code == "fr":
                    words = typeset_french(words)
                return self.quoted(words) if conversion == "r" else words
        return self.quoted(str(fact)) if conversion == "r" else str(fact)


def language_for(lang: str | None = None, *, zone: str = "UTC") -> Language:
    """The language that `--lang` asks for, else the one of the locale environment, else English.

    Raises `BadChoice` for a language that ascendant does not speak.
    """
    if lang is not None:
        code = lang.strip().lower().replace("_", "-").split("-")[0]
        if code not in LANGUAGES:
            raise BadChoice(option="--lang", value=lang, reason=mark("ascendant speaks fr and en"))
        return Language(code, zone)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            code = _locale.normalize(value).split("_")[0].split(".")[0].lower()
            return Language(code if code in LANGUAGES else "en", zone)
    return Language("en", zone)


def typeset_french(words: str) -> str:
    """French words as a typographer sets them: narrow spaces, curly apostrophes; code in `backticks` is left alone.

    >>> typeset_french("« Qui ? » : l'auteur, `a : b`")
    '«\u202fQui\u202f?\u202f»\u202f: l’auteur, `a : b`'
    """
    parts = re.split(r"(`[^`]*`)", words)
    return "".join(part if part.startswith("`") else _typeset(part) for part in parts)


def _typeset(words: str) -> str:
    words = re.sub(r"[ \u00a0](?=[;:!?»%](?!\w))", NARROW, words)
    words = re.sub(r"(?<=«)[ \u00a0]", NARROW, words)
    return re.sub(r"(?<=[^\W\d_])'(?=[^\W_]|[«\u202f]|$)", "’", words)


def _digits(share: float) -> Literal[0, 1]:
    return 1 if 0 < share < 0.0995 or 0.9005 < share < 1 else 0


@cache
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    with (files("ascendant.report") / "texts" / code / "LC_MESSAGES" / "ascendant.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)
