"""Results of a study and a name -> what is said of one account (`who`) and of one pair (`why`), pseudonyms applied."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import AmbiguousAccount, Caveat, NoSuchTie, UnknownAccount, mark
from ascendant.report.inputs import EvidencePost
from ascendant.report.naming import Names

N_SHOWN: Final = 10  # partners of an account, and acts of a pair
_NEAREST = mark("did you mean {names}?")
_NOBODY = mark("`ascendant who` takes an identifier, a handle, a name, or a pseudonym from the briefing.")


@dataclass(frozen=True, kw_only=True)
class Who:
    """One account. `moved_by` and `moves` are its partners, most acts first.

    Of an `is_owner`, who gave an own archive, the files tell little of what others did because of it: its rate is a
    lower bound.
    """

    account: str
    standing: dict[str, Any]
    sphere: dict[str, Any] | None
    moved_by: list[dict[str, Any]]
    moves: list[dict[str, Any]]
    n_sources: int
    n_moved_accounts: int
    is_owner: bool = False


@dataclass(frozen=True, kw_only=True)
class Why:
    """One pair: the acts of `target` that name items of `source`."""

    source: str
    target: str
    n_moved: int
    n_conversation: int
    median_delay_seconds: int | None
    acts: list[dict[str, Any]]
    act_ids: list[str] = field(default_factory=list)

    def with_posts(self, posts: Mapping[str, EvidencePost], names: Names) -> Why:
        """The same pair with the words and links of posts that may be shown."""
        shown = []
        for act_id, act in zip(self.act_ids, self.acts, strict=True):
            post = posts.get(act_id)
            words = None if post is None else names.words(post.text, post.writer_id)
            link = None if post is None else names.link(post.url, post.writer_id)
            shown.append({**act, "text": words, "url": link})
        return replace(self, acts=shown)

    def plain(self) -> dict[str, Any]:
        """For JSON: no raw id of a private person's act."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "act_ids"}


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


def who_answer(tables: Mapping[str, pa.Table], accounts: pa.Table, names: Names, asked: str) -> Who:
    """What is known of one account."""
    account_id = find_account(accounts, names, asked)
    rows = _where(tables["standing"], "account_id", account_id)
    if not rows:
        raise UnknownAccount(account=asked, nearest=_NOBODY)
    standing = {name: value for name, value in rows[0].items() if name != "account_id"}
    spheres = _where(tables["spheres"], "account_id", account_id)
    moved_by, n_sources = _partners(tables["ties"], "target_id", account_id, "source_id", names)
    moves, n_moved_accounts = _partners(tables["ties"], "source_id", account_id, "target_id", names)
    return Who(
        account=names.shown(account_id),
        standing=standing,
        sphere={name: value for name, value in spheres[0].items() if name != "account_id"} if spheres else None,
        moved_by=moved_by,
        moves=moves,
        n_sources=n_sources,
        n_moved_accounts=n_moved_accounts,
        is_owner=any(row["is_me"] for row in _where(accounts, "account_id", account_id)),
    )


def why_answer(tables: Mapping[str, pa.Table], accounts: pa.Table, names: Names, source: str, target: str) -> Why:
    """What ties a target to a source."""
    source_id, target_id = (find_account(accounts, names, asked) for asked in (source, target))
    ties = tables["ties"]
    pair = pc.and_(pc.equal(ties["source_id"], source_id), pc.equal(ties["target_id"], target_id))
    rows = ties.filter(pair).to_pylist()
    if not rows:
        raise NoSuchTie(source=names.shown(source_id), target=names.shown(target_id))
    named = tables["named_by"]
    pair = pc.and_(pc.equal(named["author_id"], source_id), pc.equal(named["actor_id"], target_id))
    acts = named.filter(pair).sort_by([("is_conversation", "ascending"), ("happened_at", "ascending")])
    shown = acts.slice(0, N_SHOWN).to_pylist()
    return Why(
        source=names.shown(source_id),
        target=names.shown(target_id),
        n_moved=rows[0]["n_moved"],
        n_conversation=rows[0]["n_conversation"],
        median_delay_seconds=rows[0]["median_delay_seconds"],
        acts=[
            {
                "act": names.shown_act(row["act_id"], target_id),
                "verb": row["verb"],
                "happened_at": row["happened_at"],
                "delay_seconds": row["delay_seconds"],
                "is_conversation": row["is_conversation"],
            }
            for row in shown
        ],
        act_ids=[row["act_id"] for row in shown],
    )


def _where(table: pa.Table, column: str, value: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.equal(table[column], value)).to_pylist()
    return rows


def _partners(
    ties: pa.Table, column: str, account_id: str, partner: str, names: Names
) -> tuple[list[dict[str, Any]], int]:
    """The first partners of an account, most acts first; and how many there are with an act moved."""
    found = ties.filter(pc.equal(ties[column], account_id))
    order = [("n_moved", "descending"), ("n_conversation", "descending"), (partner, "ascending")]
    kept = ("n_moved", "n_conversation", "median_delay_seconds")
    rows = [
        {"account": names.shown(row[partner]), **{name: row[name] for name in kept}}
        for row in found.sort_by(order).slice(0, N_SHOWN).to_pylist()
    ]
    return rows, pc.sum(pc.greater(found["n_moved"], 0)).as_py() or 0
