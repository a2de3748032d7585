"""Times as platforms write them: the names of days and months are English, whatever the machine speaks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

_DAYS: Final = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def spelled(at: int, form: str) -> str:
    """A second of UTC in a form of `strftime`; `%-m`, `%-d` and `%-I` are without zeros on every machine.

    >>> spelled(1784543125, "%a %b %d %H:%M:%S UTC %Y"), spelled(1784543125, "%-m/%-d/%y, %-I:%M %p")
    ('Mon Jul 20 10:25:25 UTC 2026', '7/20/26, 10:25 AM')
    """
    when = datetime.fromtimestamp(at, UTC)
    form = form.replace("%a", _DAYS[when.weekday()]).replace("%b", _MONTHS[when.month - 1])
    form = form.replace("%-m", str(when.month)).replace("%-d", str(when.day))
    form = form.replace("%-I", str((when.hour - 1) % 12 + 1)).replace("%p", "AM" if when.hour < 12 else "PM")
    return when.strftime(form)
