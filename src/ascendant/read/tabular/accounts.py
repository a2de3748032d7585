"""Rows of text cells -> what they say of accounts, once: until a row says something else of the same account."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Final

from ascendant.activity import Account, Activity
from ascendant.read.tabular.bind import Getter
from ascendant.read.tabular.cells import whole
from ascendant.read.tabular.fields import words_of
from ascendant.read.tabular.table import Cells

_REMEMBERED: Final = 1 << 16  # accounts whose last description is kept


class AccountMaker:
    """Makes the accounts of one table; none where the mapping names no column that describes any."""

    def __init__(self, getters: Mapping[str, Getter]) -> None:
        self._name, self._handle = getters.get("actor_name"), getters.get("actor_handle")
        self._followers, self._author_name = getters.get("actor_followers"), getters.get("object_author_name")
        self._describes = any((self._name, self._handle, self._followers))
        self._last: dict[tuple[str, bool], Account] = {}

    def accounts(self, cells: Cells, act: Activity) -> list[Account]:
        """What the row of `act` says of its accounts, where that differs from what was said of them last."""
        if not (self._describes or self._author_name):
            return []
        found = []
        if self._describes:
            found.append(self._actor(cells, act))
        if self._author_name and act.object_author_id not in (None, act.actor_id):
            found.append(self._author(cells, act))
        return [account for account in found if self._is_new(account, is_actor=account.account_id == act.actor_id)]

    def _actor(self, cells: Cells, act: Activity) -> Account:
        assert act.actor_id is not None
        handle = words_of(self._handle, cells) or _handle_of(act.actor_id)
        followers = words_of(self._followers, cells)
        return Account(
            account_id=act.actor_id,
            platform=act.platform,
            handle=handle.strip().removeprefix("@") if handle else None,
            name=words_of(self._name, cells),
            followers=whole(followers.strip()) if followers else None,
            resolved="exact",
            collected_at=act.collected_at,
        )

    def _author(self, cells: Cells, act: Activity) -> Account:
        assert act.object_author_id is not None
        return Account(
            account_id=act.object_author_id,
            platform=act.platform,
            handle=_handle_of(act.object_author_id),
            name=words_of(self._author_name, cells),
            resolved="exact",
            collected_at=act.collected_at,
        )

    def _is_new(self, account: Account, *, is_actor: bool) -> bool:
        key = (account.account_id, is_actor)
        if self._last.get(key) == account:
            return False
        if len(self._last) >= _REMEMBERED:
            for old in list(islice(self._last, _REMEMBERED // 2)):
                del self._last[old]
        self._last[key] = account
        return True


def _handle_of(account: str) -> str | None:
    return account.partition(":@")[2] or None
