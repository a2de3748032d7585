"""Choices of a reading. Standard library only, so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ascendant.errors import BadSetting, mark


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """How files are to be read. Nothing is needed for the formats that ascendant knows."""

    format: str | None = field(default=None, metadata={"help": "reader or dialect to use, where two would fit"})
    columns: tuple[str, ...] = field(
        default=(), metadata={"help": "what a table's columns are: actor=author, 1=actor, or a constant verb=:post"}
    )
    values: tuple[str, ...] = field(
        default=(), metadata={"help": "what a table's codes mean: RT=repost, or column:code=meaning"}
    )
    separator: str | None = field(
        default=None, metadata={"help": "between a table's columns: comma, semicolon, tab, space, pipe, or a character"}
    )
    preset: str | None = field(default=None, metadata={"help": "a known table: brandwatch, meltwater, coortweet, ..."})
    time_format: str | None = field(
        default=None, metadata={"help": "how a table writes times: iso, unix, unix_ms, excel, or a pattern as %d/%m/%Y"}
    )
    time_zone: str | None = field(
        default=None, metadata={"help": "zone of times that name none, for instance Europe/Paris; UTC otherwise"}
    )
    platform: str | None = field(default=None, metadata={"help": "network that a table comes from: x, facebook, ..."})
    with_messages: bool = field(
        default=False, metadata={"help": "count private messages of an archive too: who, whom, when; never their words"}
    )

    @classmethod
    def saved(cls, mapping: dict[str, Any]) -> ReadOptions:
        """The choices that study.toml keeps. Raises `BadSetting` for one that cannot be."""
        known: dict[str, Any] = {}
        for name, value in mapping.items():
            if (reason := _fault_of(name, value, cls)) is not None:
                raise BadSetting(file="study.toml", setting=f"read.{name}", value=value, reason=reason)
            known[name] = tuple(value) if isinstance(value, list) else value
        return cls(**known)

    @property
    def mapping(self) -> dict[str, object]:
        """The choices that change what is read from the same bytes; part of the key of a source."""
        chosen = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in chosen.items() if value}


def _fault_of(name: str, value: object, options: type[ReadOptions]) -> str | None:
    if name not in options.__dataclass_fields__:
        return mark("there is no setting of this name")
    if isinstance(options.__dataclass_fields__[name].default, tuple):
        is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return None if is_list else mark('it should be a list of texts, as ["actor=author", "verb=type"]')
    return None if isinstance(value, str) else mark("it should be a text between quotes")
