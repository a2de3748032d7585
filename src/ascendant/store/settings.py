"""study.toml: why the study exists, whose it is, until when, and the choices behind its figures."""

from __future__ import annotations

import secrets
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w

from ascendant.activity import FORMAT
from ascendant.errors import BadSetting, NewerFormat, NotAStudy
from ascendant.store.files import write_text

FILE = "study.toml"
KEY_FILE = "pseudonyms.key"
EXPIRES_AFTER_DAYS = 180  # for other people's data; own archives never expire


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


def new_settings(*, purpose: str = "", owner: str = "", time_zone: str = "UTC") -> Settings:
    """Settings of a new study of other people's posts."""
    today = date.today()  # noqa: DTZ011  a day of the user's own calendar
    expires = today + timedelta(days=EXPIRES_AFTER_DAYS)
    return Settings(purpose=purpose, owner=owner, created=today, expires=expires, time_zone=time_zone)


def load_settings(folder: Path) -> Settings:
    """Read study.toml. Raises `NotAStudy`, `NewerFormat` or `BadSetting`."""
    path = folder / FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NotAStudy(folder=str(folder)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(file=str(path), setting="file", value=FILE, reason=str(error)) from None

    def take(name: str, kind: type, default: Any) -> Any:
        value = found.pop(name, default)
        if not isinstance(value, kind) and value is not default:
            reason = f"it should be a {kind.__name__}"
            raise BadSetting(file=str(path), setting=name, value=value, reason=reason)
        return value

    number = take("format", int, 0)
    if number > FORMAT:
        raise NewerFormat(folder=str(folder), found=number, known=FORMAT)
    if number != FORMAT:
        raise BadSetting(file=str(path), setting="format", value=number, reason=f"it should be {FORMAT}")
    zone = take("time_zone", str, "UTC")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        reason = "it is not a time zone; write for instance Europe/Paris"
        raise BadSetting(file=str(path), setting="time_zone", value=zone, reason=reason) from None
    return Settings(
        format=number,
        purpose=take("purpose", str, ""),
        owner=take("owner", str, ""),
        created=take("created", date, date(1970, 1, 1)),
        expires=take("expires", date, None),
        time_zone=zone,
        options={name: value for name, value in found.items() if isinstance(value, dict)},
    )


def pseudonym_key(folder: Path) -> bytes:
    """The secret that turns names into pseudonyms, made once per study; without the file they mean nothing."""
    path = folder / KEY_FILE
    if not path.exists():
        write_text(path, secrets.token_hex(32) + "\n")
        path.chmod(0o600)
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
