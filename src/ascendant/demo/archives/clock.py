"""When the person acts: by day and by hour of their own clock, with one stretch of days in which they cannot stop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.people import Floats, Whole

END: Final = datetime(2026, 8, 31, 5, 40, tzinfo=UTC)  # when the archives were asked for
_BURST_DAYS: Final = 12
_BURST: Final = 6.0
# Weights of the hours 0 to 23. Passing on is of the night, posting of the day.
HOURS: Final = {
    "night": (7, 5, 3, 1, 0.3, 0.2, 0.5, 1.5, 2, 1.5, 1.5, 1.5, 2.5, 2, 1.5, 1.5, 1.5, 2, 3, 3.5, 4, 6, 9, 10),
    "evening": (2, 1, 0.4, 0.2, 0.1, 0.2, 1, 2, 3, 3, 3, 3, 5, 4, 3, 3, 3, 4, 6, 7, 8, 9, 8, 5),
    "day": (0.4, 0.2, 0.1, 0, 0, 0.2, 2, 6, 8, 7, 6, 5, 8, 6, 5, 5, 5, 5, 6, 5, 4, 3, 2, 1),
    "office": (0, 0, 0, 0, 0, 0, 1, 6, 10, 9, 7, 5, 8, 6, 5, 5, 6, 6, 3, 1, 1, 1, 0.5, 0.2),
}


class Clock:
    """Draws times between the first day and the end."""

    def __init__(self, options: ArchiveOptions, zone: str, rng: np.random.Generator) -> None:
        self._rng, self.n_days = rng, options.n_days
        self.end = int(END.timestamp())
        first = (END - timedelta(days=options.n_days)).date()
        midnight = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone))
        self.midnights: Whole = np.array(
            [int((midnight + timedelta(days=day)).timestamp()) for day in range(options.n_days + 1)], np.int64
        )
        self.first = int(self.midnights[0])
        burst = int(rng.integers(options.n_days // 3, options.n_days - 100 + 1)) if options.n_days > 160 else 30
        weight = rng.gamma(3.0, 1.0, options.n_days) * np.where(np.arange(options.n_days) % 7 < 5, 1.0, 1.3)
        weight[burst : burst + _BURST_DAYS] *= _BURST
        self._weight: Floats = weight
        self._taken: set[int] = set()

    def draw(self, n: int, hours: str, *, last_days: int | None = None, is_even: bool = False) -> list[int]:
        """So many times, ascending; no second is drawn twice. `is_even`: no day has more of them than another."""
        rng = self._rng
        first = 0 if last_days is None else max(0, self.n_days - last_days)
        weight = np.ones(self.n_days - first) if is_even else self._weight[first:]
        day = first + rng.choice(weight.size, n, p=weight / weight.sum())
        of_hours = np.array(HOURS[hours], np.float64)
        hour = rng.choice(24, n, p=of_hours / of_hours.sum())
        times = self.midnights[day] + hour * 3600 + rng.integers(0, 3600, n)
        found = []
        for at in np.minimum(times, self.end - 60).tolist():
            free = at
            while free in self._taken:
                free -= 1
            self._taken.add(free)
            found.append(free)
        return sorted(found)

    def after(self, at: int, seconds: float) -> int:
        """A free second at least so long after a time, and before the end."""
        found = min(at + max(1, int(seconds)), self.end - 1)
        while found in self._taken:
            found -= 1
        self._taken.add(found)
        return found
