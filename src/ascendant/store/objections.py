"""Rows as they are read -> the same without those who objected. One rule, for what is held and for what comes later.

The rule, column by column (`docs/decisions/0007-forgetting.md` has the reasons):
- rows of their acts and of their accounts go whole; so do rows that tell of them alone;
- in rows of others the accounts that they are become null, and leave lists;
- the ids of their posts become others that cannot be read back, the same for the same post: cascades hold together;
- their own words inside the acts of others (a repost, a reaction) go with links, tags, pictures and counts;
- in all other words, links, tags and file names what names them is replaced by `…`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.activity import ACCOUNT, ACTIVITY, Coverage, Reject
from ascendant.store.changes import mapped_rows, n_different, null_where, replaced, with_columns, without
from ascendant.store.marks import RUN, Marks, plain
from ascendant.store.wording import Wording

_OWN_WORDS: Final = pa.array(["post", "quote", "reply"])  # verbs whose text is the actor's own
_NO_ACCOUNTS: Final = pa.array("post comment ad url topic segment event query metric".split())  # kinds of objects
_IDS: Final = ("activity_id", "object_id", "thread_id", "context_id")
_OF_THE_ITEM: Final = ("text", "urls", "hashtags", "mentions", "media_hash", "metrics")
_FILES: Final = ("source_file", "source_pointer")
_PLACE: Final = r"^[a-z]{1,8} \d{1,9}$"  # "line 12", as most pointers are: it names nobody


@dataclass
class LeftOut:
    """What the rule took away: rows that went, by kind and by the member that they stood in; and rows of others that
    it changed."""

    rows: dict[str, Counter[str]] = field(default_factory=lambda: {"activity": Counter(), "accounts": Counter()})
    n_changed: int = 0


@dataclass(frozen=True)
class _Hits:
    """What of a part is theirs: accounts, ids that are or hold that of a post of theirs, and of these the posts."""

    accounts: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    ids: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    items: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))


class Objections:
    """The rule with the marks of those who objected. It learns as it goes: new posts, handles and names of theirs."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.wording = Wording(marks)

    # -- learning

    def learn(self, tables: dict[str, pa.Table]) -> None:
        """What these rows tell of those on the list: their other ids, handles, names, links and posts."""
        if (accounts := tables.get("accounts")) is not None:
            while self._learn_accounts(accounts):
                pass
        if (activity := tables.get("activity")) is not None:
            self._learn_items(activity)

    def _learn_accounts(self, accounts: pa.Table) -> bool:
        n_before = len(self.marks)
        theirs = accounts.filter(self._gone_accounts(accounts))
        columns = (theirs[name].to_pylist() for name in ("account_id", "platform", "handle", "name", "url"))
        for account_id, platform, handle, name, url in zip(*columns, strict=True):
            self.marks.add_account(account_id)
            if handle:
                self.marks.add_handle(platform, handle)
            if name:
                self.marks.add_name(platform, name)
            if url:
                self.marks.add_link(url)
        return len(self.marks) > n_before

    def _learn_items(self, activity: pa.Table) -> None:
        accounts = self._accounts_among(activity["actor_id"], activity["object_author_id"])
        if len(accounts) == 0:
            return
        items = activity["activity_id"].filter(pc.is_in(activity["actor_id"], value_set=accounts)).to_pylist()
        named = activity["object_id"].filter(pc.is_in(activity["object_author_id"], value_set=accounts))
        items += pc.unique(named.drop_null()).to_pylist()
        for item in items:
            if not self.marks.has_account(item):
                self.marks.add_item(item)

    # -- the rule

    def leave_out(self, tables: dict[str, pa.Table]) -> tuple[dict[str, pa.Table], LeftOut]:
        """Tables of rows (by kind: columns of `ACTIVITY` and `ACCOUNT`) under the rule, and what it took.

        A table of which nothing goes and nothing changes comes back as it is.
        """
        self.learn(tables)
        left_out = LeftOut()
        return {kind: self._ruled(kind, table, left_out) for kind, table in tables.items()}, left_out

    def _ruled(self, kind: str, table: pa.Table, left_out: LeftOut) -> pa.Table:
        hits = self._hits(table) if kind == "activity" else _Hits()
        gone = self._gone_acts(table, hits) if kind == "activity" else self._gone_accounts(table)
        if pc.any(gone).as_py():
            files = table["source_file"].filter(gone).to_pylist()
            left_out.rows[kind].update(self.member(file) for file in files if file is not None)
            table = table.filter(pc.invert(gone))
        ruled = self._ruled_acts(table, hits) if kind == "activity" else self._ruled_accounts(table)
        if ruled is not table:
            left_out.n_changed += n_different(table, ruled)
        return ruled

    def _hits(self, table: pa.Table) -> _Hits:
        """Accounts and ids of a part that are theirs; each is asked once, whatever columns it stands in."""
        objects = table["object_id"].filter(pc.invert(pc.is_in(table["object_kind"], value_set=_NO_ACCOUNTS)))
        accounts = self._accounts_among(
            *(table[name] for name in ("actor_id", "object_author_id", "context_id")),
            objects,
            pc.list_flatten(table["mentions"]),
        )
        ids = {one: plain(one) for name in _IDS for one in pc.unique(table[name]).to_pylist() if one is not None}
        known = self.marks.among("item", ids.values())
        items = [one for one, written in ids.items() if written in known]
        made_of = [one for one, written in ids.items() if written not in known and self._names_in_id(one)]
        return _Hits(accounts, pa.array([*items, *made_of], pa.string()), pa.array(items, pa.string()))

    def _gone_acts(self, table: pa.Table, hits: _Hits) -> pa.ChunkedArray:
        """Their acts, and what tells of nobody else."""
        of_them = pc.is_in(table["activity_id"], value_set=hits.items)
        for name in ("object_author_id", "object_id"):
            of_them = pc.or_(of_them, pc.is_in(table[name], value_set=hits.accounts))
        by_them = pc.is_in(table["actor_id"], value_set=hits.accounts)
        return pc.or_(by_them, pc.and_(of_them, pc.is_null(table["actor_id"])))

    def _gone_accounts(self, table: pa.Table) -> pa.ChunkedArray:
        """Their accounts; and who bears a handle that is whoever's."""
        written = {one: plain(one) for one in table["account_id"].to_pylist()}
        known = self.marks.among("account", written.values())
        theirs = {one for one, plainly in written.items() if plainly in known}
        if self.marks.has_open:
            columns = (table[name].to_pylist() for name in ("account_id", "platform", "handle"))
            for account_id, platform, handle in zip(*columns, strict=True):
                if handle and ":@" not in account_id and self.marks.is_open(platform, handle):
                    theirs.add(account_id)
        return pc.is_in(table["account_id"], value_set=pa.array(theirs, pa.string()))

    def _ruled_acts(self, table: pa.Table, hits: _Hits) -> pa.Table:
        columns = {name: table[name] for name in table.column_names}
        changed = dict(columns)
        if len(hits.accounts) or len(hits.ids):
            is_account = pc.is_in(columns["object_id"], value_set=hits.accounts)
            of_item = pc.and_(
                pc.or_(
                    pc.is_in(columns["object_author_id"], value_set=hits.accounts),
                    pc.is_in(columns["object_id"], value_set=hits.ids),
                ),
                pc.invert(is_account),
            )
            words_of_theirs = pc.and_(of_item, pc.invert(pc.is_in(columns["verb"], value_set=_OWN_WORDS)))
            for name in _OF_THE_ITEM:
                changed[name] = null_where(changed[name], words_of_theirs)
            for name in ("object_author_id", "object_id", "context_id"):
                changed[name] = null_where(changed[name], pc.is_in(changed[name], value_set=hits.accounts))
            stand_ins = {one: self.marks.stand_in(one) for one in hits.ids.to_pylist()}
            for name in _IDS:
                changed[name] = replaced(changed[name], stand_ins)
            changed["mentions"] = without(changed["mentions"], set(hits.accounts.to_pylist()))
        changed["text"] = self._hidden(changed["text"], self.wording.hide)
        for name, names_them in (("urls", self.wording.link_names), ("hashtags", self.wording.tag_names)):
            values = pc.unique(pc.list_flatten(changed[name]).drop_null()).to_pylist()
            changed[name] = without(changed[name], set(filter(names_them, self.wording.worth_a_look(values))))
        if changed["ad"].null_count < len(table):
            changed["ad"] = mapped_rows(changed["ad"], self._ad)
        for name in _FILES:
            changed[name] = self._hidden(changed[name], self.member)
        return with_columns(table, columns, changed, ACTIVITY)

    def _ruled_accounts(self, table: pa.Table) -> pa.Table:
        """Of others: their own handle and name stay, be they the same."""
        columns = {name: table[name] for name in table.column_names}
        changes: dict[str, Callable[[str], str | None]] = {
            "name": lambda name: name if self.wording.is_name(name) else self.wording.hide(name),
            "bio": self.wording.hide,
            "url": lambda url: None if self.wording.link_names(url) else url,
            "source_file": self.member,
        }
        changed = columns | {name: self._hidden(columns[name], change) for name, change in changes.items()}
        return with_columns(table, columns, changed, ACCOUNT)

    def member(self, name: str) -> str:
        """A file's name or a place in it."""
        return self.wording.hide_in_file_name(name)

    def reject(self, reject: Reject) -> Reject:
        """A record that could not be read."""
        member = None if reject.member is None else self.member(reject.member)
        return Reject(self.member(reject.pointer), reject.reason, self.member(reject.detail), member)

    def covered(self, rows: Iterable[Coverage]) -> list[Coverage]:
        """What a reader says of members; two whose names are now one become one."""
        told: dict[str, Coverage] = {}
        for row in rows:
            member = self.member(row.member)
            note = None if row.note is None else self.wording.hide(row.note)
            n_before, expected = (told[member].rows_in, told[member].expected) if member in told else (0, None)
            told[member] = msgspec.structs.replace(
                row,
                member=member,
                note=note,
                rows_in=row.rows_in + n_before,
                expected=row.expected if expected is None else expected + (row.expected or 0),
            )
        return list(told.values())

    def in_json(self, value: Any) -> Any:
        """A value of a log or of the settings, with all the words in it hidden."""
        if isinstance(value, str):
            return self.wording.hide_in_file_name(value)
        if isinstance(value, dict):
            return {self.in_json(name): self.in_json(one) for name, one in value.items()}
        return [self.in_json(one) for one in value] if isinstance(value, list | tuple) else value

    # -- columns

    def _accounts_among(self, *columns: pa.ChunkedArray | pa.Array) -> pa.Array:
        found = {one for column in columns for one in pc.unique(column).to_pylist()} - {None}
        return pa.array(filter(self.marks.has_account, found), pa.string())

    def _hidden(self, column: pa.ChunkedArray, change: Callable[[str], str | None]) -> pa.ChunkedArray:
        """A column of words, changed where a look at the words says that it may have to be."""
        values = pc.unique(column.drop_null())
        values = values.filter(pc.invert(pc.match_substring_regex(values, _PLACE))).to_pylist()
        return replaced(column, {one: change(one) for one in self.wording.worth_a_look(values)})

    def _names_in_id(self, item: str) -> bool:
        """Whether an id is made with that of their post, or with their own."""
        platform, _, local = item.partition(":")
        if local.startswith("http"):
            return self.wording.link_names(local)
        if local.isalnum() or local.startswith(("#", "~")):  # nothing is in it but itself
            return False
        pieces = RUN.findall(local)
        owner = local.partition("_")[0]
        if owner != local and self.marks.has_account(f"{platform}:{owner}"):
            return True
        return any(self.marks.has_item(f"{platform}:{one}") for one in pieces if not one.isalpha())

    def _ad(self, ad: dict[str, Any]) -> dict[str, Any]:
        advertiser = ad["advertiser"]
        if advertiser is not None:
            advertiser = None if self.wording.is_name(advertiser) else self.wording.hide(advertiser)
        criteria = ad["criteria"] and [
            {name: None if one is None else self.wording.hide(one) for name, one in criterion.items()}
            for criterion in ad["criteria"]
        ]
        return {**ad, "advertiser": advertiser, "criteria": criteria}
