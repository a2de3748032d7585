"""What stands beside an archive where the study also holds collected posts: tables, and the records that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from ascendant.errors import Caveat
from ascendant.patterns.mirror.columns import number as _float
from ascendant.patterns.mirror.columns import schema as _schema
from ascendant.patterns.mirror.columns import text as _text
from ascendant.patterns.mirror.columns import time as _time
from ascendant.patterns.mirror.columns import whole as _whole
from ascendant.patterns.mirror.columns import yes as _yes

UNLINKED: Final = {  # where the study also holds collected posts; without a number where these cannot tell
    "unlinked": _schema(
        ("since", _time, "the part of the days of the collected posts in which acts are explained; what was before"),
        ("until", _time, "tells whom the owner reads"),
        ("n_acts", _whole, "own acts in these days, with a time of day, that name nobody"),
        ("n_outside", _whole, "such acts beside these days: nothing is said of them"),
        ("n_sources", _whole, "accounts with collected acts that the owner was known to read before"),
        ("n_moved", _float, "how many of n_acts these moved, what strangers would be given taken off"),
        ("low", _float, "90 % interval"),
        ("high", _float, ""),
        ("study_share", _float, "of all accounts of the study: share of such acts that those whom they read are given"),
        ("strangers_share", _float, "and share that strangers are given in their place"),
        (
            "is_doubted",
            _yes,
            "whether sources' later acts seem to move people too: part of n_moved is habits",
        ),
    ),
    "unlinked_sources": _schema(
        ("account_id", _text, "who most likely moved them, the likeliest first"),
        ("n", _float, "how many acts; a number of one account has no interval that holds"),
    ),
    "unlinked_examples": _schema(
        ("act_id", _text, "an act of the owner"),
        ("happened_at", _time, ""),
        ("source", _text, "who most likely moved it"),
        ("source_act_id", _text, "what that account had posted last before"),
        ("source_at", _time, ""),
        ("delay_seconds", _float, "between the two"),
    ),
}


WORKED_FOR: Final = {  # where the study has groups of accounts that act together
    "worked_for": _schema(
        (
            "group_id",
            pa.int32(),
            "groups that the owner passed on or answered, or to which an account of theirs belongs",
        ),
        ("group_size", _whole, "accounts in the group, as the study counts them"),
        ("account_id", _text, "the owner's account of which the figures are; null where none passed anything on"),
        (
            "status",
            _text,
            "relay; member (an account of the owner stands in the group); synchronous (acts by the group's clock); more"
            " (passes on more than others, and not later); alike (as others do); few (too few acts to tell); answers"
            " (passes nothing on, but answers or quotes it)",
        ),
        (
            "is_by_words",
            _yes,
            "of a member: seen once the posts that it reposted were found by their words; group_size is without it",
        ),
        ("n_passed", _whole, "own acts that pass on what the group brought: reposts, and posts of the same later"),
        ("n_quoted", _whole, "own quotes, with words of one's own, of what its accounts wrote; not in n_passed"),
        ("n_answered", _whole, "own replies to its accounts; not in n_passed"),
        ("n_unlinked", _whole, "of n_passed, acts that name nobody"),
        ("n_members", _whole, "accounts of the group that these came from"),
        ("expected", _float, "how many there would be if the owner did as others of the community who saw the group"),
        ("ratio", _float, "passed against expected"),
        ("low", _float, "90 % interval"),
        ("high", _float, ""),
        ("q_value", _float, "share of chance among those shown as relays up to here; null where it cannot be told"),
        ("median_lag_seconds", _float, "behind the group"),
        ("others_lag_seconds", _float, "the same of the others of the community who saw the group"),
        ("n_spread", _whole, "acts of all accounts outside of the group that pass on what it brought"),
        ("n_meetings", _whole, "of a member: own acts close in time to another's of the group, on the same thing"),
        ("expected_meetings", _float, "how many chance would give"),
    ),
    "worked_for_checked": _schema(
        ("n_groups", _whole, "groups of the study"),
        ("n_group_accounts", _whole, "accounts in them"),
        ("n_others", _whole, "pairs of a group and another account that passed something of it on"),
    ),
    "worked_for_examples": _schema(
        ("group_id", pa.int32(), ""),
        ("act_id", _text, "an act of the owner"),
        ("happened_at", _time, ""),
        ("is_unlinked", _yes, "whether it names nobody"),
        ("source_id", _text, "an account of the group"),
        ("source_act_id", _text, "its act"),
        ("source_at", _time, ""),
        ("delay_seconds", _float, "between the two"),
    ),
}

OWN_KIND: Final = ("own_kind", "own_behaviour")  # where there are others to compare with


@dataclass(frozen=True, kw_only=True)
class WorkedFor:
    """The owner against the groups of the study; `tables` has every name of WORKED_FOR."""

    tables: dict[str, pa.Table]
    caveats: tuple[Caveat, ...] = ()

    def __getitem__(self, name: str) -> pa.Table:
        return self.tables[name]


@dataclass(frozen=True, kw_only=True)
class OwnKind:
    """What the owner does with what others bring, against others of the study: one row of `INFLUENCED_KINDS` and those
    of `INFLUENCED_BEHAVIOUR`, of the account with most acts."""

    kind: pa.Table
    behaviours: pa.Table

    @property
    def tables(self) -> dict[str, pa.Table]:
        """By the names under which they are kept."""
        return dict(zip(OWN_KIND, (self.kind, self.behaviours), strict=True))


@dataclass(frozen=True, kw_only=True)
class Unlinked:
    """What moved the owner without a link, as time tells it; `tables` has every name of UNLINKED.

    Where the files cannot tell, the tables are empty and `reason` says why.
    """

    tables: dict[str, pa.Table]
    reason: Caveat | None = None

    def __getitem__(self, name: str) -> pa.Table:
        return self.tables[name]


def worked_for_table(name: str, rows: list[dict[str, object]]) -> pa.Table:
    """The same of WORKED_FOR; what rows hold beside is left out."""
    return pa.Table.from_pylist(rows, schema=WORKED_FOR[name])
