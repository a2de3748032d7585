"""Archives of X made from records, and what is read from them, sorted. Shared by tests."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import found
from ascendant.activity import Activity
from ascendant.read.x_archive import READER

ME = "1200000000000000001"
EXPORTS = Path(__file__).resolve().parent / "read" / "exports" / "x_archive"


class Found(found.Found):
    """Items of one archive, by kind."""

    @property
    def by_id(self) -> dict[str, Activity]:
        return {act.activity_id: act for act in self.acts}


def found_in(path: Path, **options: Any) -> Found:
    """What the reader finds at a path."""
    return Found.by(READER, path, **options)


def written(name: str, records: object, part: int = 0) -> str:
    """Records as X writes them into `data/<name>.js`."""
    text = json.dumps(records, ensure_ascii=False, indent=2).replace('": ', '" : ')
    return f"window.YTD.{name.replace('-', '_')}.part{part} = {'[ ]' if records == [] else text}"


def account(key: str = ME, handle: str = "jo_exemple") -> list[dict[str, Any]]:
    """The one item of account.js."""
    shown = {"username": handle, "accountId": key, "accountDisplayName": "Jo", "email": "jo@example.org"}
    return [{"account": {**shown, "createdAt": "2019-11-28T08:00:00.000Z", "createdVia": "web"}}]


def post(key: str = "1995300000000000000", text: str = "Bonjour", **more: Any) -> dict[str, Any]:
    """An item of tweets.js."""
    plain = {"id_str": key, "id": key, "full_text": text, "created_at": "Mon Dec 01 01:12:43 +0000 2025", "lang": "fr"}
    counts = {"favorite_count": "0", "retweet_count": "0", "retweeted": False, "favorited": False, "truncated": False}
    return {"tweet": {**plain, **counts, "entities": entities(), **more}}


def entities(mentions: Iterable[tuple[str, str, int]] = (), links: Iterable[str] = (), tags: Iterable[str] = ()) -> Any:
    """What X finds in a text: mentions as (id, handle, place)."""
    return {
        "user_mentions": [
            {"name": handle.title(), "screen_name": handle, "indices": [str(at), str(at + 5)], "id_str": key, "id": key}
            for key, handle, at in mentions
        ],
        "urls": [{"url": "https://t.co/a", "expanded_url": link, "indices": ["0", "9"]} for link in links],
        "hashtags": [{"text": tag, "indices": ["0", "9"]} for tag in tags],
        "symbols": [],
    }


def zipped(folder: Path, path: Path, *, within: str = "", method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A folder as a zip, its members in a wrapping folder if there is one."""
    with zipfile.ZipFile(path, "w", method) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                packed.write(file, f"{within}{file.relative_to(folder)}")
    return path


def archive_in(folder: Path, files: dict[str, object], owner: object = None) -> Path:
    """Writes an archive; keys are names without `.js` (`tweets`) or paths, values records, text or bytes."""
    made = {"account": account() if owner is None else owner, **files}
    for name, content in made.items():
        if content is None:
            continue
        path = folder / "data" / f"{name}.js" if "." not in name else folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else written(name.partition("-part")[0], content)
            path.write_text(text, encoding="utf-8")
    return folder
