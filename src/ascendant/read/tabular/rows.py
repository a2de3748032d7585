"""Rows of text cells -> `Activity` rows, by a mapping that has been bound to a table's columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ascendant.activity import Activity, Metrics, content_id
from ascendant.errors import UnclearTimes, mark
from ascendant.read.options import ReadOptions
from ascendant.read.tabular.accounts import AccountMaker
from ascendant.read.tabular.bind import COMMON_VERBS, Getter, bind, check_columns
from ascendant.read.tabular.cells import (
    EMPTY,
    Unreadable,
    account_id,
    exact,
    item_id,
    links,
    listed,
    platform_name,
    tags,
    whole,
)
from ascendant.read.tabular.fields import LONGEST_SHOWN, instant_of, list_of, value_of, words_of
from ascendant.read.tabular.instants import TimeReader
from ascendant.read.tabular.mapping import Columns, Constant, other_codes, verb_codes
from ascendant.read.tabular.table import Cells, Table
from ascendant.read.tabular.times import time_reader

NO_ACTOR: Final = mark("the row does not say who acts")
NO_VERB: Final = mark("the row does not say what is done")
UNKNOWN_VERB: Final = mark("the code of what is done has no meaning; give one with --values CODE=VERB")
BAD_COUNT: Final = mark("the number of acts is not a whole number above 0")
OTHER_KIND: Final = mark("rows of this kind are not read")
_LEAVE_OUT: Final = mark("leave collected_at out of --columns, or write its times as 2026-03-01T12:00.")

_RELAYS: Final = {"repost": "pure", "quote": "quote"}
_NAMES_AN_ITEM: Final = frozenset({"repost", "quote", "reply"})
_METRICS: Final = ("likes", "reposts", "replies", "views")


class RowMaker:
    """Makes the rows of one table.

    Raises `BadMapping`, `MissingColumn`, `AmbiguousColumn` or `UnclearTimes` when the mapping does not fit the table.
    """

    def __init__(self, table: Table, columns: Columns, options: ReadOptions, *, file: str) -> None:
        check_columns(columns)
        self._columns, self._file = columns, file
        self._getters = bind(table, columns, file)
        sample = table.sample()
        given = {
            name: self._getters.get(name) for name in ("actor", "actor_handle", "object", "object_author", "thread")
        }
        self._get_actor, self._handle = given["actor"], given["actor_handle"]
        self._object, self._get_author, self._thread = given["object"], given["object_author"], given["thread"]
        self._context, self._id = self._getters.get("context"), self._getters.get("id")
        self._text, self._lang = self._getters.get("text"), self._getters.get("lang")
        self._kind, self._audience = self._getters.get("object_kind"), self._getters.get("audience")
        self._urls, self._tags = self._getters.get("urls"), self._getters.get("hashtags")
        self._mentions, self._media = self._getters.get("mentions"), self._getters.get("media_hash")
        self._count, self._verb = self._getters.get("count"), self._getters.get("verb")
        self._has_lists = any((self._urls, self._tags, self._mentions, self._media))
        self._metrics = [(name, self._getters[name]) for name in _METRICS if name in self._getters]
        self._only = [
            (self._getters[f"only {column}"], texts)
            for column, texts in columns.only.items()
            if f"only {column}" in self._getters
        ]
        self._happened_at, self._read_time = self._time("happened_at", sample, options)
        self._collected_at, self._read_collected = self._time("collected_at", sample, options)
        self._only_handles = "actor" not in columns.fields
        self._codes = verb_codes(columns)
        self._verbs: dict[str, str] = {}
        self._other_codes = {name: other_codes(name, columns) for name in ("object_kind", "audience", "lang")}
        self._platform = platform_name(options.platform or "table")
        by_row = self._getters.get("platform") if options.platform is None else None
        self._platform_of, self._platforms = by_row, {"": self._platform}
        self.accounts = AccountMaker(self._getters).accounts

    def activity(self, cells: Cells, pointer: str) -> tuple[Activity, bool]:
        """The row's act, and whether its id is made of its contents. Raises `Unreadable`."""
        for get, texts in self._only:
            if get(cells).strip().casefold() not in texts:
                raise Unreadable(OTHER_KIND, get(cells)[:LONGEST_SHOWN])
        platform = self._platform if self._platform_of is None else self._platform_in(self._platform_of(cells))
        verb = self._verb_in(cells)
        actor_id = self._actor_in(cells, platform)
        object_id = author_id = thread_id = context_id = None
        if self._object and (value := value_of(self._object, cells)):
            object_id = item_id(platform, value)
        if self._get_author and (value := value_of(self._get_author, cells)):
            author_id = account_id(platform, value, is_handle=self._only_handles)
        if self._thread and (value := value_of(self._thread, cells)):
            thread_id = item_id(platform, value)
        if self._context and (value := value_of(self._context, cells)):
            context_id = f"{platform}:{exact(value)}"
        missing: list[str] = []
        if author_id is None and verb in _NAMES_AN_ITEM:
            missing.append("object_author_id")
        happened_at, precision, basis = None, "none", None
        if self._happened_at:
            if value := value_of(self._happened_at, cells):
                happened_at, precision, basis = instant_of(self._read_time, value)
            else:
                missing.append("happened_at")
        text = words_of(self._text, cells)
        urls = hashtags = mentions = media = None
        if self._has_lists:
            urls = list_of(self._urls, cells, links, "urls", missing)
            hashtags = list_of(self._tags, cells, tags, "hashtags", missing)
            mentions = list_of(self._mentions, cells, listed, "mentions", missing)
            if mentions:
                mentions = tuple(account_id(platform, one, is_handle=self._only_handles) for one in mentions)
            media = list_of(self._media, cells, listed, "media_hash", missing)
        given_id = value_of(self._id, cells) if self._id else ""
        if given_id:
            activity_id = item_id(platform, given_id)
            if verb == "mention":  # the id is that of the post that mentions, which is an act of its own
                activity_id += f"#mention:{author_id or object_id}"
        else:
            activity_id = content_id(
                platform, verb, actor_id, object_id, author_id, thread_id, context_id, happened_at,
                text, urls, hashtags, mentions, media,
            )  # fmt: skip
        made = Activity(
            activity_id=activity_id,
            platform=platform,
            verb=verb,
            actor_id=actor_id,
            object_id=object_id,
            object_author_id=author_id,
            thread_id=thread_id,
            happened_at=happened_at,
            time_basis=basis,
            text=text,
            lang=self._coded("lang", self._lang, cells),
            urls=urls,
            hashtags=hashtags,
            mentions=mentions,
            media_hash=media,
            relay=_RELAYS.get(verb),
            time_precision=precision,
            metrics=self._metrics_in(cells, missing) if self._metrics else None,
            count=self._count_in(cells) if self._count else 1,
            object_kind=self._kind_in(cells, verb, object_id),
            context_id=context_id,
            audience=self._coded("audience", self._audience, cells),
            text_repaired=self._text is not None and "\0" in self._text(cells),
            collected_at=self._collected_in(cells) if self._collected_at else None,
            missing=tuple(missing) or None,
            source_pointer=pointer,
        )
        return made, not given_id

    def _actor_in(self, cells: Cells, platform: str) -> str:
        if self._get_actor and (value := value_of(self._get_actor, cells)):
            return account_id(platform, value)
        if self._handle and (value := value_of(self._handle, cells)):
            return account_id(platform, value, is_handle=True)
        # Rows of deleted accounts would otherwise become one account that is in everything.
        raise Unreadable(NO_ACTOR)

    def _verb_in(self, cells: Cells) -> str:
        if self._verb is None:
            return "post"
        code = self._verb(cells).strip()
        if verb := self._verbs.get(code):
            return verb
        if code in EMPTY and code not in self._codes:
            raise Unreadable(NO_VERB)
        found = self._codes.get(code) or next(
            (meaning for known, meaning in self._codes.items() if known.casefold() == code.casefold()),
            COMMON_VERBS.get(code.casefold()),
        )
        if found is None:
            raise Unreadable(UNKNOWN_VERB, code[:LONGEST_SHOWN])
        if len(self._verbs) < 1000:
            self._verbs[code] = found
        return found

    def _platform_in(self, cell: str) -> str:
        cell = cell.strip()
        if (known := self._platforms.get(cell)) is None:
            known = self._platform if cell in EMPTY else platform_name(cell) or self._platform
            if len(self._platforms) < 1000:
                self._platforms[cell] = known
        return known

    def _coded(self, name: str, get: Getter | None, cells: Cells) -> str | None:
        if get is None or not (value := value_of(get, cells)):
            return None
        return self._other_codes[name].get(value) or ("" if value == "und" else value.replace("\0", "")) or None

    def _kind_in(self, cells: Cells, verb: str, object_id: str | None) -> str | None:
        if self._kind and (kind := self._coded("object_kind", self._kind, cells)):
            return kind.lower()
        return "post" if object_id is not None and verb in _NAMES_AN_ITEM else None

    def _metrics_in(self, cells: Cells, missing: list[str]) -> Metrics | None:
        counted: dict[str, int] = {}
        for name, get in self._metrics:
            if value := value_of(get, cells):
                n = whole(value)
                if n is None:  # `≤100`, `1.2K`: an interval or a rounding is not a count
                    missing.append(name)
                else:
                    counted[name] = n
        return Metrics(**counted) if counted else None

    def _count_in(self, cells: Cells) -> int:
        assert self._count is not None
        value = value_of(self._count, cells)
        n = whole(value) if value else 1
        if n is None or n < 1:
            raise Unreadable(BAD_COUNT, value[:LONGEST_SHOWN])
        return n

    def _collected_in(self, cells: Cells) -> int | None:
        assert self._collected_at is not None
        value = value_of(self._collected_at, cells)
        return instant_of(self._read_collected, value)[0] if value else None

    def _time(
        self, field: str, sample: Sequence[Cells], options: ReadOptions
    ) -> tuple[Getter | None, TimeReader | None]:
        get = self._getters.get(field)
        if get is None:
            return None, None
        column = "|".join(str(c.text if isinstance(c, Constant) else c) for c in self._columns.fields[field])
        values = [value_of(get, cells) for cells in sample]
        # --time-format speaks of when things happened; the time of collection is often written by another program.
        written = options.time_format if field == "happened_at" else None
        try:
            return get, time_reader(
                values, time_format=written, time_zone=options.time_zone, file=self._file, column=column
            )
        except UnclearTimes as error:
            if field == "happened_at":
                raise
            raise UnclearTimes(**{**error.facts, "remedy": _LEAVE_OUT}) from None
