"""The act behind a cause is one that could have been it, the likelier the more often."""

import numpy as np
import pytest

from ascendant.kernels.parents import parent_acts

EDGE = np.array([0.0, 1.0, 10.0])
DENSITY = np.array([0.7, 0.3 / 9])


def behind(cause, draw, hours, first, source, links=(), copied=0.4):
    """`links`: of each act a number, -1 for none; those of the last act of account 0 have a lift of 50."""
    shown = np.arange(hours.size)
    carried = np.array(links if len(links) else [-1] * hours.size)
    shows_first = np.append(0, np.cumsum(carried >= 0))
    tells = np.where(shown == first[1] - 1, carried, -1)
    return parent_acts(
        np.array([0, 1]), np.array([first[1] - 1]), np.array([cause], np.int32), np.array([draw]), np.array([0]),
        np.array([0, len(source)]), np.array(source), np.ones(1), first, hours, first, hours, shown,
        shows_first, carried[carried >= 0].astype(np.int32), np.append(0, np.cumsum(tells >= 0)),
        tells[tells >= 0].astype(np.int32), np.full((tells >= 0).sum(), 50, np.float32),
        np.zeros(first.size - 1), copied, EDGE, DENSITY, EDGE, DENSITY, 100,
    )[0]  # fmt: skip


# Account 0 acts at 15, 19.5 and 20; account 1 at 15 and 19.5 too, and once later than any act of account 0.
HOURS = np.array([15.0, 19.5, 20.0, 15.0, 19.5, 20.5])
FIRST = np.array([0, 3, 6])


@pytest.mark.parametrize(("cause", "acts"), [(0, (3, 4)), (-2, (0, 1))])
def test_acts_are_drawn_by_the_density_of_their_delay(cause, acts):
    drawn = np.array([behind(cause, draw, HOURS, FIRST, [1]) for draw in np.linspace(0, 0.999, 1000)])
    assert set(drawn.tolist()) == set(acts)
    assert np.mean(drawn == acts[1]) == pytest.approx(DENSITY[0] / DENSITY.sum(), abs=0.01)


def test_the_background_has_no_act_behind_it():
    assert behind(-1, 0.5, HOURS, FIRST, [1]) == -1


def test_of_two_acts_of_a_source_the_one_with_the_same_link_is_the_likelier():
    links = [-1, -1, 7, 7, 8, -1]
    drawn = np.array([behind(0, draw, HOURS, FIRST, [1], links) for draw in np.linspace(0, 0.999, 1000)])
    same, other = DENSITY[1] * (0.6 + 0.4 * 50), DENSITY[0] * 0.6
    assert np.mean(drawn == 3) == pytest.approx(same / (same + other), abs=0.01)
