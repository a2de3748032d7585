"""Invented owners: their acts as rows, what became of their files, and the mirror of them."""

from contextlib import contextmanager

import numpy as np
import pyarrow as pa

from ascendant.activity import Account, Activity
from ascendant.patterns.mirror.find import find_mirror
from ascendant.patterns.options import PatternOptions
from ascendant.store.options import Question
from ascendant.store.parts import COVERAGE
from strategies import study_of

ME = "x:1"
OWNER = Account(account_id=ME, platform="x", handle="jo_exemple", name="Jo Exemple", is_me=True, resolved="exact")
SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
START = 1_700_000_000 * SECOND  # a Tuesday of November 2023


def act(number, verb, **columns):
    """An act of the owner, `number` hours after the start unless told."""
    columns = {"actor_id": ME, "happened_at": START + number * HOUR, "direction": "by_me", **columns}
    return Activity(activity_id=f"x:{number}", platform="x", verb=verb, **columns)


def coverage(*rows):
    """(reader, member, status, rows in, rows out) and more columns by name -> COVERAGE."""
    made = []
    for reader, member, status, rows_in, rows_out, *more in rows:
        row = dict.fromkeys(COVERAGE.names)
        row |= {"file": "archive.zip", "member": member, "status": status, "reader": f"{reader} 1", "rows_in": rows_in}
        row |= {"rows_out": rows_out, "accounts_out": 0, "rejected": 0, "superseded": 0, "is_complete": True}
        made.append(row | (more[0] if more else {}))
    return pa.Table.from_pylist(made, schema=COVERAGE)


NOTHING = coverage()


def mirror(rows, accounts=(OWNER,), covered=NOTHING, zone="UTC", question=Question(), options=PatternOptions()):
    """The mirror of invented rows."""
    with study_of(rows, accounts, question) as questions:
        return find_mirror(questions, covered, options, time_zone=zone)


def only(table, **wanted):
    """The one row with these values."""
    rows = [row for row in table.to_pylist() if all(row[name] == value for name, value in wanted.items())]
    assert len(rows) == 1, rows
    return rows[0]


@contextmanager
def without_warnings():
    with np.errstate(all="raise"):
        yield
