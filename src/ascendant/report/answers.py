"""Results of a study and a name -> what is said of one account (`who`), pseudonyms applied.

What names somebody and what is inferred from time stand side by side, and are never added up without saying so.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import AmbiguousAccount, Caveat, UnknownAccount, mark
from ascendant.infer.figure import Figure
from ascendant.report.kinds import kind_answer
from ascendant.report.naming import Names
from ascendant.report.who_groups import roles_answer

N_SHOWN: Final = 10  # partners of an account, and acts of a pair
_NEAREST = mark("did you mean {names}?")
_NOTHING = mark("what moved acts that name nobody cannot be told from these files")
_NO_TIME = mark("no act of it has a time of day: what moved those that name nobody cannot be told")
_NO_SOURCE = mark(
    "the files do not show before {since} whom it reads, or nobody comparable to these: whether others moved its acts"
    " that name nobody cannot be told, which is not zero"
)
_NOBODY = mark("`ascendant who` takes an identifier, a handle, a name, or a pseudonym from the briefing.")


@dataclass(frozen=True, kw_only=True)
class Who:
    """One account. `moved_by` and `moves` are its partners, most acts first, named and inferred together.

    `influence` is its row of the table of that name: what time tells of its acts, of those it moved, and how much of it
    was about something new to it; None where there is none. `not_known` says what cannot be told of the acts that
    name nobody, and why. Of an `is_owner`, who gave an own archive, the files tell little of what others did because
    of it: its rate is a lower bound. `kind` is what it is, with the terms behind it; None where it moves nobody.
    `roles` is what it does with groups and with what others bring (`report.who_groups`); None where nobody looked.
    """

    account: str
    standing: dict[str, Any]
    sphere: dict[str, Any] | None
    influence: dict[str, Any] | None
    not_known: Caveat | None
    moved_by: list[dict[str, Any]]
    moves: list[dict[str, Any]]
    n_sources: int
    n_moved_accounts: int
    is_owner: bool = False
    kind: dict[str, Any] | None = None
    roles: dict[str, Any] | None = None


def find_account(accounts: pa.Table, names: Names, asked: str) -> str:
    """The id behind an id, its bare form, a handle, a display name, or a pseudonym.

    Raises `UnknownAccount` or `AmbiguousAccount`.
    """
    if (behind := names.find(asked)) is not None:
        return behind
    wanted = asked.strip()
    bare, folded = wanted.lstrip("@"), wanted.lstrip("@").lower()
    ids = accounts["account_id"]
    masks = (
        pc.equal(ids, wanted),
        pc.ends_with(ids, f":{bare}"),
        pc.ends_with(pc.utf8_lower(ids), f":@{folded}"),
        pc.equal(pc.utf8_lower(accounts["handle"]), folded),
        pc.equal(pc.utf8_lower(accounts["name"]), folded),
    )
    for mask in masks:
        found = ids.filter(pc.fill_null(mask, fill_value=False)).to_pylist()
        if len(found) == 1:
            return str(found[0])
        if found:
            listed = ", ".join(sorted(map(str, found))[:5])
            raise AmbiguousAccount(account=asked, n=len(found), found=listed)
    handles = {str(handle) for handle in accounts["handle"].to_pylist() if handle}
    near = difflib.get_close_matches(bare, sorted(handles)[:50_000], n=3)
    nearest = Caveat(_NEAREST, {"names": ", ".join(near)}) if near else _NOBODY
    raise UnknownAccount(account=asked, nearest=nearest)


def who_answer(
    tables: Mapping[str, pa.Table],
    accounts: pa.Table,
    names: Names,
    asked: str,
    figures: Sequence[Figure] = (),
) -> Who:
    """What is known of one account. `figures` tell why nothing is inferred, where nothing is."""
    account_id = find_account(accounts, names, asked)
    rows = _where(tables["standing"], "account_id", account_id)
    if not rows:
        raise UnknownAccount(account=asked, nearest=_NOBODY)
    standing = {name: value for name, value in rows[0].items() if name != "account_id"}
    spheres = _where(tables["spheres"], "account_id", account_id)
    influence = next(iter(_where(tables["influence"], "account_id", account_id)), None)
    moved_by, n_sources = _partners(tables["ties"], "target_id", account_id, "source_id", names)
    moves, n_moved_accounts = _partners(tables["ties"], "source_id", account_id, "target_id", names)
    return Who(
        account=names.shown(account_id),
        standing=standing,
        sphere={name: value for name, value in spheres[0].items() if name != "account_id"} if spheres else None,
        influence=None if influence is None else {k: v for k, v in influence.items() if k != "account_id"},
        not_known=_not_known(influence, figures),
        moved_by=moved_by,
        moves=moves,
        n_sources=n_sources,
        n_moved_accounts=n_moved_accounts,
        is_owner=any(row["is_me"] for row in _where(accounts, "account_id", account_id)),
        kind=kind_answer(tables, names, account_id),
        roles=roles_answer(tables, names, account_id),
    )


def _where(table: pa.Table, column: str, value: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.equal(table[column], value)).to_pylist()
    return rows


def _not_known(influence: Mapping[str, Any] | None, figures: Sequence[Figure]) -> Caveat | None:
    """Why it cannot be told whether others moved acts of an account that name nobody; None where it can."""
    whole = next((figure for figure in figures if figure.name == "inferred_share"), None)
    if whole is not None and whole.estimate is None:
        return whole.caveats[0] if whole.caveats else Caveat(_NOTHING, {})
    if influence is None or influence["since"] is None:
        return Caveat(_NO_TIME, {})
    if influence["n_inferred"] is None:
        return Caveat(_NO_SOURCE, {"since": influence["since"].date()})
    return None


def _partners(
    ties: pa.Table, column: str, account_id: str, partner: str, names: Names
) -> tuple[list[dict[str, Any]], int]:
    """The first partners of an account, most acts first; and how many there are with an act that names somebody."""
    found = ties.filter(pc.equal(ties[column], account_id))
    both = pc.add(found["n_moved"].cast(pa.float64()), found["n_inferred"])
    order = [("both", "descending"), ("n_conversation", "descending"), (partner, "ascending")]
    kept = ("n_moved", "n_inferred", "n_conversation", "median_delay_seconds")
    rows = [
        {"account": names.shown(row[partner]), **{name: row[name] for name in kept}}
        for row in found.append_column("both", both).sort_by(order).slice(0, N_SHOWN).to_pylist()
    ]
    return rows, pc.sum(pc.greater(found["n_moved"], 0)).as_py() or 0
