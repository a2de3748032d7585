"""The tables that `find_relays` gives, and what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import pyarrow as pa

from ascendant.errors import Caveat

_text, _whole, _number, _time = pa.string(), pa.int64(), pa.float64(), pa.timestamp("us", tz="UTC")

RELAYS: Final = pa.schema(
    [
        ("account_id", _text),
        ("group_id", pa.int32()),
        ("n_passed", _whole),  # acts that pass on what the group brought, later than it
        ("expected", _number),  # as many of its acts would do so if it did as others of its community who saw the group
        ("ratio", _number),  # passed against expected, shrunk towards what these others do
        ("low", _number),  # 90 % interval
        ("high", _number),
        ("n_members", pa.int32()),  # accounts of the group of which it passed something on
        ("q_value", _number),  # of those with a value as low, how many are no relays; null of who cannot be compared
        ("is_relay", pa.bool_()),  # shown as a relay
        ("score", _number),  # by which accounts are ranked: lag, amount, breadth beyond the others'; 0 is as they do
        ("median_lag_seconds", _number),  # behind the group
        ("others_lag_seconds", _number),  # of the others of its community who saw the group
        ("is_synchronous", pa.bool_()),  # its acts stand as close to the group's as the group's own: no relay
        ("n_unlinked", _whole),  # of n_passed, acts that name nobody
        ("act_ids", pa.list_(_text)),  # acts of the account, at most twelve, those that name nobody first
        ("group_act_ids", pa.list_(_text)),  # beside each, the act of the group
    ]
)
GROUP_SPREAD: Final = pa.schema(
    [
        ("group_id", pa.int32()),
        ("n_spread", _whole),  # acts of accounts outside of the group that pass on what it brought
        ("n_accounts", _whole),  # who did them
        ("n_by_relays", _whole),  # of n_spread, those of accounts shown as relays
        ("n_relays", pa.int32()),  # accounts shown as relays
        ("share", _number),  # n_by_relays / n_spread; null without any, or where relays cannot be told from the others
        ("low", _number),  # 90 % interval
        ("high", _number),
    ]
)
CARRIED: Final = pa.schema(
    [
        ("group_id", pa.int32()),
        ("trace", _text),
        ("object", _text),
        ("act_id", _text),
        ("account_id", _text),
        ("happened_at", _time),
    ]
)


class Questions(Protocol):
    """What a study can be asked; `ascendant.store` gives one."""

    def ask(self, name: str, /, **tables: pa.Table) -> pa.Table:
        """The answer of `store/sql/<name>.sql`; `tables` are relations of those names while it runs."""
        ...


@dataclass(frozen=True)
class Relays:
    """`relays` (RELAYS) has each account outside of the groups that passed on what one brought, the likeliest first.

    `spread` (GROUP_SPREAD) has a row for each group.
    """

    relays: pa.Table
    spread: pa.Table
    caveats: tuple[Caveat, ...]
