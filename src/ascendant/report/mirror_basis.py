"""What each archive holds of a topic -> what a part of the page stands on, or what is missing and how to get it.

Absent is never zero: a topic of which no archive holds a readable file has no figures on the page, and a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final

from ascendant.errors import mark
from ascendant.patterns.mirror.tables import STATUSES, TOPICS
from ascendant.report.charts.called import platform_name
from ascendant.report.language import Language
from ascendant.report.naming import Names, safe_words

TOPIC_WORDS: Final = {
    "posts": mark("what you wrote, passed on and answered"),
    "likes": mark("your likes and votes"),
    "follows": mark("whom you follow"),
    "followers": mark("who follows you"),
    "responses": mark("who responds to you"),
    "ads_seen": mark("the ads that were shown to you"),
    "ads_opened": mark("the ads that you opened"),
    "targeting": mark("who put you on a list"),
    "inferred": mark("what the network thinks of you"),
    "tracked": mark("what sites and apps tell the network about you"),
    "seen": mark("what was shown to you"),
    "searches": mark("your searches"),
    "time_spent": mark("the time that you spend there"),
}
STATUS_WORDS: Final = {
    "parsed": mark("read"),
    "empty": mark("empty"),
    "unread": mark("left unread"),
    "unreadable": mark("damaged"),
    "absent": mark("not in your archive"),
    "never": mark("in no export of this network"),
}
_NOT_READ: Final = {
    "empty": mark("In your {platform} archive, {files} is there, and holds nothing."),
    "unread": mark("In your {platform} archive, {files} was left unread."),
    "unreadable": mark("In your {platform} archive, {files} is damaged. {how}"),
    "absent": mark("Your {platform} archive lacks {files}. {how}"),
}
_HOW: Final = {
    "x": mark(
        "To get it, ask X for a new archive: Settings, Your account, Download an archive of your data. It comes within"
        " a day or so."
    ),
    "facebook": mark(
        "To get it, ask Facebook for a new copy: Accounts Centre, Your information and permissions, Export your"
        " information; choose all categories, the whole period, and the format JSON."
    ),
    "linkedin": mark(
        "To get it, ask LinkedIn for a new copy: Settings, Data privacy, Get a copy of your data; choose the larger"
        " archive, which comes within a day."
    ),
}  # fmt: skip
_MOST_FILES: Final = 3


class Basis:
    """The answers of the archives, in a language; `names` hides in file names whom they may not show."""

    def __init__(
        self, answers: Sequence[dict[str, Any]], platforms: Sequence[str], language: Language, names: Names
    ) -> None:
        self.language, self.names, self.platforms = language, names, platforms
        self.rows = {(row["platform"], row["topic"]): row for row in answers}

    def has(self, *topics: str) -> bool:
        """Whether any archive holds a readable file of one of the topics."""
        return any(self._best(platform, topics)["status"] == "parsed" for platform in self.platforms)

    def missing(self, *topics: str) -> list[str]:
        """Of each platform, why it says nothing of the topics; empty when one of them says something."""
        if self.has(*topics):
            return []
        return self._whys(topics)

    def source(self, *topics: str) -> str:
        """The line under a chart: which archives, and over which period."""
        held = []
        for platform in self.platforms:
            rows = [row for row in self._of(platform, topics) if row["status"] == "parsed"]
            if rows:
                since, until = _span(rows)
                name = platform_name(platform)
                held.append(f"{name} ({self.language.window(since, until)})" if since else name)
        if not held:
            return ""
        return self.language.say(mark("From your archives: {archives}."), archives=self.language.listed(held))

    def remarks(self, *topics: str) -> list[str]:
        """Where fewer records were kept than announced, what could not be read, and which platforms say nothing."""
        say, language, found = self.language.say, self.language, []
        for platform in self.platforms:
            for row in self._of(platform, topics):
                topic = say(TOPIC_WORDS[row["topic"]])
                where = {"platform": platform_name(platform), "topic": topic}
                if row["status"] == "parsed" and row["expected"] is not None and row["expected"] != row["n_met"]:
                    found.append(
                        say(mark("{platform} announces {expected} records on {topic}; {n} are in the files."), **where,
                            expected=row["expected"], n=row["n_met"])
                    )  # fmt: skip
                if row["n_rejected"]:
                    found.append(
                        language.plural(
                            "{platform}: one record on {topic} could not be read.",
                            "{platform}: {n} records on {topic} could not be read.", row["n_rejected"], **where,
                        )
                    )  # fmt: skip
        return [*found, *(self._whys(topics) if self.has(*topics) else [])]

    def coverage(self) -> list[dict[str, Any]]:
        """Each topic with what each platform says of it, in words."""
        say = self.language.say
        return [
            {
                "topic": topic,
                "label": _capital(say(TOPIC_WORDS[topic])),
                "platforms": [
                    {
                        "platform": platform,
                        "status": row["status"],
                        "words": say(STATUS_WORDS[row["status"]]),
                        "n_rows": row["n_rows"] if row["status"] == "parsed" else None,
                        "n_rejected": row["n_rejected"],
                        "expected": row["expected"],
                        "files": [self._file(name) for name in row["files"] or ()],
                    }
                    for platform in self.platforms
                    for row in [self._best(platform, (topic,))]
                ],
            }
            for topic in TOPICS
        ]

    def _of(self, platform: str, topics: Sequence[str]) -> list[dict[str, Any]]:
        return [self.rows[platform, topic] for topic in topics if (platform, topic) in self.rows]

    def _best(self, platform: str, topics: Sequence[str]) -> dict[str, Any]:
        nothing = {"platform": platform, "topic": topics[0], "status": "never", "n_rows": 0, "n_rejected": 0,
                   "expected": None, "n_met": None, "files": [], "first_at": None, "last_at": None}  # fmt: skip
        return min(self._of(platform, topics), key=lambda row: STATUSES.index(row["status"]), default=nothing)

    def _whys(self, topics: Sequence[str]) -> list[str]:
        """Of each platform that says nothing of the topics, why; those whose exports never do, in one sentence."""
        silent = [row for row in (self._best(one, topics) for one in self.platforms) if row["status"] != "parsed"]
        found = [self._why(row) for row in silent if row["status"] != "never"]
        never = [platform_name(row["platform"]) for row in silent if row["status"] == "never"]
        if never:
            says = mark("This is never exported by {platforms}.")
            found.append(self.language.say(says, platforms=self.language.listed(never)))
        return found

    def _why(self, row: dict[str, Any]) -> str:
        say, platform = self.language.say, row["platform"]
        files = [self.language.quoted(self._file(name)) for name in (row["files"] or ())[:_MOST_FILES]]
        how = say(_HOW[platform]) if platform in _HOW else say(mark("To get it, ask for a new copy of your data."))
        return say(
            _NOT_READ[row["status"]],
            platform=platform_name(platform),
            files=self.language.listed(files) if files else say(mark("the file")),
            how=how,
        )

    def _file(self, name: str) -> str:
        """A file's own name: folders may tell who the owner is, and so may names."""
        return safe_words(self.names.file_name(PurePath(str(name)).name), longest=80)


def _span(rows: Sequence[dict[str, Any]]) -> tuple[datetime | None, datetime | None]:
    since = [row["first_at"] for row in rows if row["first_at"] is not None]
    until = [row["last_at"] for row in rows if row["last_at"] is not None]
    return (min(since), max(until)) if since and until else (None, None)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
