"""The files that ascendant makes in a study's folder: which they are, and how they go.

What it did not make stays where it is, and is named.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ascendant.errors import SetupError, StudyRead
from ascendant.store.connection import FILE as MANIFEST
from ascendant.store.files import write_text
from ascendant.store.lock import FILE as LOCK
from ascendant.store.lock import HOLDER_FILE
from ascendant.store.manifest import Manifest
from ascendant.store.objections import Objections
from ascendant.store.overrides import FILE as OVERRIDES
from ascendant.store.overrides import forget_in_overrides
from ascendant.store.settings import FILE as SETTINGS
from ascendant.store.settings import KEY_FILE, load_settings

_PARTS: Final = ("activity", "accounts")
_MADE: Final[dict[str, re.Pattern[str]]] = {  # folder -> names of the files in it, with the folders below it
    **dict.fromkeys(_PARTS, re.compile(r"\d{6}-\d{12}-[0-9a-f]{8}\.parquet")),
    "results": re.compile(r"[a-z_]+\.parquet|findings\.json"),
    "report": re.compile(
        r"[a-z_]+-(?:fr|en)\.(?:html|json|svg|png)|[a-z]+/[a-z_]+(?:-(?:fr|en))?\.(?:csv|parquet|gexf|svg|png)"
    ),
    "runs": re.compile(r"\d{4}-\d\d-\d\dT[\d.]+Z-\w+\.(?:json|log)"),
    "world": re.compile(
        r"[a-z_]+\.(?:jsonl|csv|json)|truth/[a-z_]+\.(?:parquet|json)"
    ),  # the invented one of `ascendant demo`
}
_WORLD: Final = "truth/world.json"  # without it a folder of that name is somebody else's
_TEMPORARY: Final = re.compile(r"\.tmp-\d+-.*")
_AT_ONCE: Final = re.compile(r"\.superseded-[\w-]+\.parquet|\.spill|\.incoming-.*|coverage\.parquet|rejects\.jsonl")
# In the order in which `purge` deletes them: a study that is half deleted is still one, and can be purged again.
_LAST: Final = (
    KEY_FILE,
    f"{MANIFEST}-wal",
    f"{MANIFEST}-shm",
    f"{MANIFEST}-journal",
    MANIFEST,
    HOLDER_FILE,
    OVERRIDES,
    SETTINGS,
)


def made_in(folder: Path) -> Iterator[Path]:
    """The files of a study that ascendant made, and the folders in which no file can be another's."""
    for name in _MADE:
        place = folder / name
        if name != "world" or (place / _WORLD).is_file():
            yield from _made_below(place, place)
    for path in sorted(folder.iterdir()):
        if _AT_ONCE.fullmatch(path.name) or _TEMPORARY.fullmatch(path.name) or path.name in _LAST:
            yield path


def others_in(folder: Path) -> list[Path]:
    """Files and links that lie there and that ascendant did not make."""
    made = {*made_in(folder), folder / LOCK}
    found = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    return [path for path in found if path not in made and not made & set(path.parents)]


def _made_below(place: Path, root: Path) -> Iterator[Path]:
    if place.is_symlink() or not place.is_dir():  # what a link leads to is not ours
        return
    for path in sorted(place.iterdir()):
        if path.is_symlink():
            continue
        if path.is_dir():
            yield from _made_below(path, root)
        elif _MADE[root.name].fullmatch(path.relative_to(root).as_posix()) or _TEMPORARY.fullmatch(path.name):
            yield path


def pages(folder: Path) -> list[Path]:
    """Pages, tables and pictures that were made to be passed on."""
    return list(_made_below(folder / "report", folder / "report"))


def clean(folder: Path, manifest: Manifest, objections: Objections) -> None:
    """After rows were left out: remove what was made from the old ones, hide names in logs and settings, and let
    SQLite overwrite and return what it freed.

    Raises `StudyRead` when another program that reads keeps it from doing so.
    """
    known = manifest.all_parts()
    for path in list(made_in(folder)):
        place = path.relative_to(folder).parts[0]
        is_part = place in _PARTS
        if path.name in _LAST or (is_part and path.name in known):
            continue
        if place == "runs" and not _TEMPORARY.fullmatch(path.name):
            _hide_in(path, objections)
        elif place != "world":
            _remove(path)
    _hide_in_settings(folder, objections)
    forget_in_overrides(folder, objections)
    db = manifest.database
    for command in ("pragma wal_checkpoint(truncate)", "vacuum", "pragma wal_checkpoint(truncate)"):
        answer = db.execute(command).fetchone()
        if answer is not None and answer[0]:
            raise StudyRead(folder=str(folder))


def _hide_in(path: Path, objections: Objections) -> None:
    """A log: its facts where it is JSON, its lines otherwise."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        _remove(path)
        return
    try:
        run = json.loads(text)
        hidden = objections.in_json(run)
        written = text if hidden == run else json.dumps(hidden, ensure_ascii=False, indent=1) + "\n"
    except ValueError:
        written = "\n".join(objections.member(line) for line in text.split("\n"))
    if written != text:
        write_text(path, written)


def _hide_in_settings(folder: Path, objections: Objections) -> None:
    path = folder / SETTINGS
    try:
        settings = load_settings(folder)
    except SetupError:  # half written by hand
        with contextlib.suppress(OSError, UnicodeDecodeError):
            text = path.read_text(encoding="utf-8")
            if (hidden := objections.member(text)) != text:
                write_text(path, hidden)
        return
    words = (settings.purpose, settings.owner, settings.options)
    purpose, owner, options = hidden_words = tuple(map(objections.in_json, words))
    if hidden_words != words:
        replace(settings, purpose=purpose, owner=owner, options=options).save(folder)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def delete_all(folder: Path) -> list[Path]:
    """Delete what ascendant made, the settings last; returns what stays since others made it."""
    others = others_in(folder)
    last = {folder / name: place for place, name in enumerate(_LAST)}
    for path in sorted(made_in(folder), key=lambda one: last.get(one, -1)):
        _remove(path)
    for place in sorted((one for one in folder.rglob("*") if one.is_dir() and not one.is_symlink()), reverse=True):
        if place.relative_to(folder).parts[0] in _MADE:
            with contextlib.suppress(OSError):  # something of others is in it
                place.rmdir()
    return others
