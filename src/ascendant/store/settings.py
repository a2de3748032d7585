"""study.toml: why the study exists, whose it is, until when, and the choices behind its figures."""

from __future__ import annotations

import re
import secrets
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w

from ascendant.activity import FORMAT
from ascendant.errors import BadSetting, BrokenSettings, BrokenStudy, Caveat, NewerFormat, NotAStudy, mark
from ascendant.store.files import told_when_full, write_text

FILE = "study.toml"
KEY_FILE = "pseudonyms.key"
EXPIRES_AFTER_DAYS = 180  # for other people's data; own archives never expire
KEY_BYTES = 32
_KINDS = {
    str: mark("it should be a text between quotes"),
    int: mark("it should be a whole number"),
    date: mark("it should be a day, written as 2026-03-01 and without quotes"),
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What study.toml holds. `options` are kept as they were given: one table per room."""

    format: int = FORMAT
    purpose: str = ""
    owner: str = ""
    created: date
    expires: date | None = None
    time_zone: str = "UTC"
    options: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_expired(self) -> bool:
        """True from the day after `expires` on."""
        return self.expires is not None and date.today() > self.expires  # noqa: DTZ011  a day of the user's own calendar

    def with_option(self, room: str, name: str, value: Any) -> Settings:
        """The same settings with one option changed."""
        return replace(self, options={**self.options, room: {**self.options.get(room, {}), name: value}})

    def save(self, folder: Path) -> None:
        """Write study.toml anew."""
        written: dict[str, Any] = {
            "format": self.format,
            "purpose": self.purpose,
            "owner": self.owner,
            "created": self.created,
            "time_zone": self.time_zone,
            **self.options,
        }
        if self.expires is not None:
            written["expires"] = self.expires
        head = "# A study made by ascendant. You may edit this file; `ascendant doctor` checks it.\n"
        write_text(folder / FILE, head + tomli_w.dumps(written))


def new_settings(*, purpose: str = "", owner: str = "", time_zone: str = "UTC", is_own: bool = False) -> Settings:
    """Settings of a new study: of other people's posts, or (`is_own`) of one's own archives."""
    today = date.today()  # noqa: DTZ011  a day of the user's own calendar
    expires = None if is_own else today + timedelta(days=EXPIRES_AFTER_DAYS)
    return Settings(purpose=purpose, owner=owner, created=today, expires=expires, time_zone=time_zone)


def load_settings(folder: Path) -> Settings:
    """Read study.toml. Raises `NotAStudy`, `NewerFormat`, `BrokenSettings` or `BadSetting`."""
    path = folder / FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NotAStudy(folder=str(folder)) from None
    except tomllib.TOMLDecodeError as error:
        raise BrokenSettings(file=str(path), reason=_place_in(str(error))) from None
    except UnicodeDecodeError:
        raise BrokenSettings(file=str(path), reason=mark("it is not written in UTF-8")) from None
    except OSError as error:
        raise BrokenSettings(file=str(path), reason=error.strerror or str(error)) from None

    def take(name: str, kind: type, default: Any) -> Any:
        value = found.pop(name, default)
        if value is not default and (not isinstance(value, kind) or isinstance(value, datetime)):
            raise BadSetting(file=str(path), setting=name, value=value, reason=_KINDS[kind])
        return value

    number = take("format", int, 0)
    if number > FORMAT:
        raise NewerFormat(folder=str(folder), found=number, known=FORMAT)
    if number != FORMAT:
        raise BadSetting(
            file=str(path), setting="format", value=number, reason=Caveat("it should be {n}", {"n": FORMAT})
        )
    zone = take("time_zone", str, "UTC")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        reason = mark("there is no such time zone; they are written as Europe/Paris")
        raise BadSetting(file=str(path), setting="time_zone", value=zone, reason=reason) from None
    settings = Settings(
        format=number,
        purpose=take("purpose", str, ""),
        owner=take("owner", str, ""),
        created=take("created", date, date(1970, 1, 1)),
        expires=take("expires", date, None),
        time_zone=zone,
        options={name: value for name, value in found.items() if isinstance(value, dict)},
    )
    for name, value in found.items():
        if not isinstance(value, dict):  # a slip in a name would otherwise change nothing, without a word
            reason = mark("there is no setting of this name")
            raise BadSetting(file=str(path), setting=name, value=value, reason=reason)
    return settings


def _place_in(said: str) -> Caveat:
    """What the parser of TOML says in its own English, in our words."""
    if place := re.search(r"at line (\d+), column (\d+)", said):
        return Caveat("line {line}, column {column} is not TOML", {"line": place[1], "column": place[2]})
    return Caveat("its end is not TOML")


def pseudonym_key(folder: Path) -> bytes:
    """The secret that turns names into pseudonyms, made once per study; without the file they mean nothing.

    Raises `BrokenStudy` when the file holds no key.
    """
    path = folder / KEY_FILE
    if not path.exists():
        with told_when_full(folder):
            write_text(path, secrets.token_hex(KEY_BYTES) + "\n")
            path.chmod(0o600)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except PermissionError:
        raise BrokenStudy(folder=str(folder), file=KEY_FILE, reason=mark("you are not allowed to read it")) from None
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise BrokenStudy(folder=str(folder), file=KEY_FILE, reason=mark("it holds no key of pseudonyms"))
    return key
