"""What became of the files of an archive -> which questions it answers, with which files, and since when.

A question is answered by any of its files: the best status counts. What is damaged and was read up to the damage is
`parsed`. A file that no coverage names is absent, as it is in archives of older layouts, whose coverage lists only
what is there. Several archives of one platform answer together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files as resources
from pathlib import PurePosixPath
from typing import Any, Final

import pyarrow as pa

from ascendant.patterns.mirror.owner import PLATFORMS, Owner
from ascendant.patterns.mirror.tables import STATUSES, TOPICS, table_of
from ascendant.read.archive import plain, stem_and_number
from ascendant.read.facebook_archive.files import table as facebook_files
from ascendant.read.linkedin_archive.catalogue import file_key, is_article
from ascendant.read.x_archive.catalogue import MONTHS, POSTS, TABLE, names_of

_ARTICLES: Final = "articles/"


@cache
def files_of_topics() -> dict[str, dict[str, list[str]]]:
    """Topic -> platform -> files, as answers.toml has them."""
    return tomllib.loads((resources(__package__) / "answers.toml").read_text("utf-8"))


def answers(coverage: pa.Table, owner: Owner, seen: Mapping[tuple[str, str], int]) -> pa.Table:
    """One row for each topic and platform; columns of `coverage` are those of `store.parts.COVERAGE`.

    `seen` has how many facts are held by platform and topic: what a file of an unusual name told (readers know some by
    what stands in them), or collected posts of the owner's own, is answered too.
    """
    met: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in coverage.to_pylist():
        platform = PLATFORMS.get((row["reader"] or "").partition(" ")[0])
        if platform is not None:
            met.setdefault((platform, kind_of_file(platform, row["member"])), []).append(row)
    rows: list[dict[str, object]] = []
    for topic in TOPICS:
        for platform in owner.platforms:
            wanted = files_of_topics()[topic].get(platform, [])
            found = [row for name in wanted for row in met.get((platform, kind_of_name(platform, name)), [])]
            row = {"topic": topic, "platform": platform, **_answer(platform, wanted, found)}
            if row["status"] not in ("parsed", "never") and (n := seen.get((platform, topic), 0)):
                row |= {"status": "parsed", "n_rows": n, "files": []}
            rows.append(row)
    return table_of("answers", rows)


def kind_of_file(platform: str, member: str) -> str:
    """Which file of a platform's exports a member is; its own path where it is none that is known.

    >>> kind_of_file("x", "twitter-2025/data/tweets-part1.js"), kind_of_file("x", "data/tweet.js")
    ('tweets.js', 'tweets.js')
    >>> kind_of_file("facebook", "your_facebook_activity/posts/your_posts_1.json")
    'posts'
    >>> kind_of_file("linkedin", "Comments_100200300.csv") == kind_of_name("linkedin", "Comments.csv")
    True
    """
    path = plain(member)
    if platform == "facebook":
        parts = path.split("/")
        for start in range(len(parts)):
            if (entry := facebook_files().find("/".join(parts[start:]))) is not None:
                return entry.name
        return path
    if platform == "linkedin":
        at = path.find(_ARTICLES)
        return _ARTICLES if at >= 0 and is_article(path[at:]) else file_key(path.rpartition("/")[2])
    if f"{MONTHS}/" in f"/{path}" and path.endswith(".js"):
        return POSTS
    name = stem_and_number(path)[0].rpartition("/")[2]
    return _former().get(name, name)


def kind_of_name(platform: str, name: str) -> str:
    """The same of a name in answers.toml."""
    return file_key(name) if platform == "linkedin" and name != _ARTICLES else name


@cache
def _former() -> dict[str, str]:
    """Former names of files of X -> today's."""
    wanted = {name for topic in files_of_topics().values() for name in topic.get("x", ())}
    return {TABLE: POSTS, **{plain(former): name for name in wanted for former in names_of(name)}}


def _answer(platform: str, wanted: list[str], found: list[dict[str, Any]]) -> dict[str, object]:
    if not wanted:
        return {"status": "never", "n_rows": 0, "n_rejected": 0, "files": []}
    status = min((status_of(row) for row in found), key=STATUSES.index, default="absent")
    here = [row for row in found if status_of(row) != "absent"]
    told = [row for row in found if status_of(row) == "parsed"]
    announced = [row["expected"] for row in found if row["expected"] is not None]
    names = [PurePosixPath(row["member"]).name for row in here] or [_shown(platform, name) for name in wanted]
    first: list[datetime] = [row["window_from"] for row in told if row["window_from"] is not None]
    last: list[datetime] = [row["window_to"] for row in told if row["window_to"] is not None]
    return {
        "status": status,
        "n_rows": sum(row["rows_out"] for row in found),
        "n_rejected": sum(row["rejected"] for row in found),
        "expected": sum(announced) if announced else None,
        "n_met": sum(row["rows_in"] for row in found if row["expected"] is not None) if announced else None,
        "first_at": min(first, default=None),
        "last_at": max(last, default=None),
        "files": sorted(dict.fromkeys(names)),
    }


def status_of(row: dict[str, Any]) -> str:
    """One of STATUSES: what was read up to a damage is parsed, a file without records is empty."""
    status = str(row["status"])
    if status in ("parsed", "empty", "unreadable") and row["rows_out"]:
        return "parsed"
    if status == "parsed":
        return "parsed" if row["rows_in"] else "empty"
    return status if status in STATUSES else "unread"


def _shown(platform: str, name: str) -> str:
    """A file as it is called today."""
    if platform != "facebook":
        return name
    entry = facebook_files().entries[name]
    return PurePosixPath(entry.current).name if entry.current else name
