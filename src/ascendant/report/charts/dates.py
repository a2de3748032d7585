"""Days and hours in few letters, in either language, and where to write them along a line of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ascendant.report.charts.theme import TIMES
from ascendant.report.language import Language


def day_words(day: date, language: Language, *, with_year: bool = False) -> str:
    """A day of the year.

    >>> day_words(date(2026, 3, 1), Language("fr")).replace("\xa0", " ")
    '1er mars'
    """
    written = "1er" if language.code == "fr" and day.day == 1 else str(day.day)
    month = TIMES[language.code]["shortMonths"][day.month - 1]
    return f"{written}\u00a0{month}" + (f"\u00a0{day.year}" if with_year else "")


def month_words(day: date, language: Language) -> str:
    """A month of a year.

    >>> month_words(date(2026, 3, 1), Language("en")).replace("\xa0", " ")
    'Mar 2026'
    """
    return f"{TIMES[language.code]['shortMonths'][day.month - 1]}\u00a0{day.year}"


def weekday_words(number: int, language: Language, *, is_short: bool = False) -> str:
    """A day of the week, 0 for Monday.

    >>> weekday_words(0, Language("fr")), weekday_words(6, Language("en"), is_short=True)
    ('lundi', 'Sun')
    """
    names: list[str] = TIMES[language.code]["shortDays" if is_short else "days"]
    return names[(number + 1) % 7]


def hour_words(hour: int, language: Language) -> str:
    """A full hour of the day.

    >>> hour_words(9, Language("en")), hour_words(9, Language("fr")).replace("\u202f", " ")
    ('09:00', '9 h')
    """
    return f"{hour % 24:02d}:00" if language.code == "en" else f"{hour % 24}\u202fh"


def ticks(since: datetime, until: datetime, most: int, language: Language) -> list[tuple[datetime, str]]:
    """At most so many moments between two of one clock, evenly apart, and what to write there.

    >>> [words.replace("\xa0", " ") for _, words in ticks(datetime(2026, 3, 1), datetime(2026, 3, 29), 5, Language())]
    ['1 Mar', '8 Mar', '15 Mar', '22 Mar', '29 Mar']
    """
    span = until - since
    if span <= timedelta(days=2):
        step = next(hours for hours in (1, 2, 3, 6, 12, 24, 48) if timedelta(hours=hours) * (most - 1) >= span)
        moments = [since + timedelta(hours=step) * place for place in range(most)]
        return [(one, hour_words(one.hour, language)) for one in moments if one <= until]
    days = next(days for days in _steps() if timedelta(days=days) * (most - 1) >= span)
    moments = [since + timedelta(days=days) * place for place in range(most)]
    moments = [one for one in moments if one <= until]
    if days >= 60:
        return [(one, month_words(one, language)) for one in moments]
    is_one_year = since.year == until.year
    return [(one, day_words(one, language, with_year=not is_one_year)) for one in moments]


def _steps() -> list[int]:
    return [
        1,
        2,
        3,
        7,
        14,
        28,
        61,
        91,
        182,
        365,
        *(365 * years for years in (2, 5, 10, 20, 50, 100, 500, 2000, 10_000)),
    ]
