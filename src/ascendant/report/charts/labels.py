"""Points and their words -> where the words can stand without covering each other. The first come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ascendant.report.charts.font import width_of

Align = Literal["left", "center", "right"]
_GAP: Final = 8.0  # px from the middle of a point
_HIGH: Final = 1.25  # of the type size
_FAR: Final = 20.0  # px


@dataclass(frozen=True)
class Box:
    """A rectangle in px, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they share some area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Label:
    """Words with the place of their middle (of the height) and the side on which they begin."""

    x: float
    y: float
    align: Align  # where x is in the words
    words: str
    point: tuple[float, float]

    @property
    def is_far(self) -> bool:
        """Whether a line should say which point is meant."""
        return abs(self.y - self.point[1]) > _FAR


def placed(
    points: Sequence[tuple[float, float, str]],
    frame: Box,
    size: float,
    *,
    taken: Sequence[Box] = (),
    is_bold: bool = False,
) -> list[Label]:
    """A label for each point (x, y, words) that has room: right of it, left, above, below, or a little further.

    >>> [label.align for label in placed([(10, 10, "ab"), (14, 10, "cd")], Box(-50, 0, 50, 50), 10)]
    ['left', 'right']
    """
    boxes = [*taken, *(Box(x - 4, y - 4, x + 4, y + 4) for x, y, _ in points)]
    found: list[Label] = []
    for x, y, words in points:
        width, height = width_of(words, size, is_bold=is_bold), size * _HIGH
        for dx, dy, align in _TRIED:
            left = {"left": x + dx, "right": x + dx - width, "center": x + dx - width / 2}[align]
            middle = y + dy * height
            box = Box(left, middle - height / 2, left + width, middle + height / 2)
            if frame.holds(box) and not any(box.meets(other) for other in boxes):
                boxes.append(box)
                found.append(Label(x + dx, middle, align, words, (x, y)))
                break
    return found


def _around(far: float) -> list[tuple[float, float, Align]]:
    """Steps from a point to where words could start: px along x, lines along y."""
    return [
        (_GAP, -far, "left"),
        (-_GAP, -far, "right"),
        (_GAP, far, "left"),
        (-_GAP, far, "right"),
        (0.0, -far - 0.4, "center"),
        (0.0, far + 0.4, "center"),
    ]


_TRIED: Final = tuple(step for far in (0.0, 0.9, 1.9, 2.9) for step in _around(far))
