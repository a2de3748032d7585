"""Known tables by name (`presets.toml`) -> their columns; and which of them a header is."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ascendant.errors import BadChoice, Caveat
from ascendant.read.tabular.mapping import Columns, choice_of


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A table that is known by its header."""

    name: str
    about: str
    header: frozenset[str]
    exact: bool
    allowed: frozenset[str]  # the columns that an exact header may hold
    columns: Columns

    def fits(self, header: Collection[str]) -> bool:
        """Whether a header is this table's."""
        found = {name.strip() for name in header}
        return self.header <= found and (not self.exact or found <= self.allowed)


def presets() -> dict[str, str]:
    """What `--preset` takes, each with its sentence.

    >>> sorted(presets())
    ['brandwatch', 'coortweet', 'coortweet_posts', 'four_cat_upload', 'gephi', 'meltwater']
    """
    return {name: preset.about for name, preset in _all().items()}


def preset_named(name: str) -> Preset:
    """Raises `BadChoice` when there is none."""
    if name not in _all():
        reason = Caveat("the known presets are: {known}", {"known": ", ".join(_all())})
        raise BadChoice(option="--preset", value=name, reason=reason)
    return _all()[name]


def preset_of(header: Collection[str]) -> Preset | None:
    """The preset that a header fits.

    >>> preset_of(["object_id", "account_id", "content_id", "timestamp_share"]).name
    'coortweet'
    """
    return next((preset for preset in _all().values() if preset.fits(header)), None)


@cache
def _all() -> dict[str, Preset]:
    written = tomllib.loads(files(__package__).joinpath("presets.toml").read_text(encoding="utf-8"))
    return {name: _preset(name, table) for name, table in written.items()}


def _preset(name: str, table: dict[str, object]) -> Preset:
    match table:
        case {"about": str(about), "header": list(header), "columns": dict(columns)}:
            fields = {field: choice_of(choice) for field, choice in columns.items()}
        case _:
            raise TypeError(f"preset {name} lacks about, header or columns")
    values, only = table.get("values", {}), table.get("only", {})
    ignored = table.get("ignored", {})
    assert isinstance(values, dict)
    assert isinstance(only, dict)
    assert isinstance(ignored, dict)
    built = Columns(
        fields=fields,
        codes=tuple(values.items()),
        only={column: frozenset(text.casefold() for text in texts) for column, texts in only.items()},
        preset=name,
    )
    tolerated = built.names - set(header)
    return Preset(
        name=name,
        about=" ".join(about.split()),
        header=frozenset(header),
        exact=table.get("exact") is True,
        allowed=built.names | set(header) | set(ignored.get("columns", [])),
        columns=Columns(fields=fields, codes=built.codes, only=built.only, tolerated=tolerated, preset=name),
    )
