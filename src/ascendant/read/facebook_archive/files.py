"""Paths of an export -> which of Facebook's files they are, in any of its layouts. The table itself is files.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from pathlib import PurePosixPath
from typing import Any, Final

from ascendant.read.archive import plain, stem_and_number

IDENTITY: Final = "profile"  # the entry that names the owner
_FOLDER_OF_ACTIVITY: Final = "~/"


@dataclass(frozen=True)
class File:
    """An entry of files.toml: one kind of file, whatever its layout. `current` is its path today."""

    name: str
    story: str
    current: str
    keys: frozenset[str] = frozenset()
    in_html: bool = False
    instead: str | None = None
    after: str | None = None
    is_repeated: bool = False  # by another entry, which stands `after` it


@dataclass(frozen=True)
class Table:
    """All entries, by name in the order of reading, and how a path leads to one."""

    entries: dict[str, File]
    by_stem: dict[str, File]
    by_folder: tuple[tuple[str, frozenset[str], File], ...]
    by_key: dict[str, File]
    by_name: dict[str, File]
    left: frozenset[str]
    left_folders: tuple[str, ...]
    oldest: frozenset[str]
    activity_folders: tuple[str, ...]

    def find(self, path: str) -> File | None:
        """The entry of a path as `plain` writes it, with its numbers or without; None when there is none.

        A name without any folder is enough where it is the name of one kind of file only.

        >>> table().find("posts/your_posts_2.json").name, table().find("posts/your_posts_1 (1).json").name
        ('posts', 'posts')
        >>> table().find("your_facebook_activity/messages/inbox/jo_12/message_3.json").name
        'messages'
        """
        return self._placed(path) or self.by_name.get(_as_json(_bare(path)))

    def _placed(self, path: str) -> File | None:
        """The entry of a path that has its folders."""
        stem = path
        for _ in range(3):  # as written, without its number, without the number of a copy
            if (found := self.by_stem.get(_as_json(stem))) is not None:
                return found
            shorter = stem_and_number(stem)[0]
            if shorter == stem:
                break
            stem = shorter
        if not path.endswith((".json", ".html")):
            return None
        for folder, names, entry in self.by_folder:
            if path.startswith(folder) and (not names or PurePosixPath(stem).name in names):
                return entry
        return None

    def is_known(self, path: str) -> bool:
        """Whether a `plain` path is one of Facebook's, be it left unread, and not only wrapped in a folder so named."""
        if self.find(path) is not None or path in self.oldest:
            return True
        if not self.is_left(path):
            return False
        parts = path.split("/")
        return not any(self._placed("/".join(parts[start:])) for start in range(1, len(parts)))

    def is_left(self, path: str) -> bool:
        """Whether a `plain` path is known and left unread on purpose.

        >>> table().is_left("security_and_login_information/account_activity.json")
        True
        """
        stem = _as_json(path)
        name = stem.rpartition("/")[2]
        return name in _BESIDE or stem in self.left or stem.startswith(self.left_folders)

    def by_shape(self, key: str) -> File | None:
        """The entry whose files begin with a key; None for a key of no file or of several."""
        return self.by_key.get(base_of(key))

    def absent(self, found: set[str]) -> list[str]:
        """Paths, in today's layout, of the entries that an archive has not."""
        return [
            entry.current
            for entry in self.entries.values()
            if entry.current and entry.name not in found and entry.instead not in found
        ]


_BESIDE: Final = frozenset({"no-data.txt", "start_here.json", "index.json", "readme.txt"})  # pages around the data


def base_of(key: str) -> str:
    """A key without its version.

    >>> base_of("following_v3"), base_of("topics")
    ('following', 'topics')
    """
    start, sign, version = key.rpartition("_v")
    return start if sign and version.isdecimal() else key


@cache
def table() -> Table:
    """The table of files.toml."""
    told = tomllib.loads((resources(__package__) / "files.toml").read_text("utf-8"))
    folders: list[str] = told.pop("activity_folders")
    left = _everywhere(told.pop("left")["paths"], folders)
    oldest = frozenset(plain(path) for path in told.pop("oldest")["paths"])
    entries: dict[str, File] = {}
    by_stem: dict[str, File] = {}
    by_folder: list[tuple[str, frozenset[str], File]] = []
    by_key: dict[str, list[File]] = {}
    by_name: dict[str, set[str]] = {}
    repeated = {entry["after"] for entry in told.values() if "after" in entry}
    for name, entry in told.items():
        file = _file(name, entry, folders[0], is_repeated=name in repeated)
        entries[name] = file
        for path in _everywhere(entry.get("paths", ()), folders):
            by_stem.setdefault(path, file)
            by_name.setdefault(path.rpartition("/")[2], set()).add(name)
        names = frozenset(entry.get("names", ()))
        by_folder += [(folder + "/", names, file) for folder in _everywhere(entry.get("folders", ()), folders)]
        for key in file.keys:
            by_key.setdefault(key, []).append(file)
    return Table(
        entries,
        by_stem,
        tuple(by_folder),
        {key: found[0] for key, found in by_key.items() if len(found) == 1},
        {name: entries[min(found)] for name, found in by_name.items() if len(found) == 1},
        frozenset(path for path in left if path[-1] != "/"),
        tuple(path for path in left if path[-1] == "/"),
        oldest,
        tuple(plain(folder) + "/" for folder in folders),
    )


def _file(name: str, entry: dict[str, Any], folder: str, *, is_repeated: bool) -> File:
    paths = entry.get("paths", ())
    return File(
        name=name,
        story=entry["story"],
        current=paths[0].replace(_FOLDER_OF_ACTIVITY, f"{folder}/") if paths else "",
        keys=frozenset(entry.get("keys", ())),
        in_html=entry.get("html", False),
        instead=entry.get("instead"),
        after=entry.get("after"),
        is_repeated=is_repeated,
    )


def _everywhere(paths: list[str], folders: list[str]) -> list[str]:
    """Plain paths, those of the owner's activity under each name that its folder has had."""
    found = []
    for path in paths:
        if path.startswith(_FOLDER_OF_ACTIVITY):
            found += [plain(f"{folder}/{path[2:]}" if folder else path[2:]) for folder in ("", *folders)]
        else:
            found.append(plain(path))
    return found


def _bare(path: str) -> str:
    """A path without its number, nor that of a copy."""
    return stem_and_number(stem_and_number(path)[0])[0]


def _as_json(path: str) -> str:
    return path[:-5] + ".json" if path.endswith(".html") else path
