"""A row of a table of posts, by the names of its columns -> values; and the activity row that such values make.

Empty is unknown, and so are the words that tools write for it. Anything else that is not what its column should
hold is refused: a wrong id or count is worse than a missing row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from ascendant.activity import Activity, Metrics
from ascendant.read.x_posts.entities import account_id, key_of, language, names_post, reposted_words, tags_in, words
from ascendant.read.x_posts.refusals import WRONG_TYPE, Refused

_NOTHING: Final = frozenset({"", "nan", "NaN", "None", "null", "NULL", "absent", "<NA>", "NA"})
_YES: Final = frozenset({"true", "yes", "1", "1.0", "t", "y"})
_NO: Final = frozenset({"false", "no", "0", "0.0", "f", "n"})
_WHOLE: Final = re.compile(r"(-?\d{1,18})(?:\.0*)?")
_QUOTED: Final = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")
_ESCAPED: Final = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))")
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}


class Cells:
    """One row. `text`, `count`, ... give null for an empty or an absent column.

    >>> row = Cells({"id": "12", "likes": "3.0", "tags": "a|b", "old": "False"})
    >>> row.key("id"), row.count("likes"), row.parts("tags"), row.flag("old"), row.text("name")
    ('12', 3, ['a', 'b'], False, None)
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def text(self, name: str) -> str | None:
        """Words, as they stand."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return None if value in _NOTHING else value
        if isinstance(value, bool | int | float):
            return str(value)
        raise Refused(WRONG_TYPE, name)

    def key(self, name: str) -> str | None:
        """An id. Refused when it went through a float and lost digits."""
        value = self.text(name)
        return key_of(value.strip()) if value is not None else None

    def count(self, name: str) -> int | None:
        """A whole number, also as `12.0`."""
        value = self.text(name)
        if value is None:
            return None
        found = _WHOLE.fullmatch(value.strip())
        if found is None:
            raise Refused(WRONG_TYPE, name)
        return int(found[1])

    def number(self, name: str) -> float | None:
        """A number, exact where it is whole."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return int(value) if value.isdecimal() else float(value)
        except ValueError:
            raise Refused(WRONG_TYPE, name) from None

    def flag(self, name: str) -> bool | None:
        """Yes or no."""
        value = self.text(name)
        if value is None:
            return None
        lower = value.strip().lower()
        if lower not in _YES and lower not in _NO:
            raise Refused(WRONG_TYPE, name)
        return lower in _YES

    def parts(self, name: str, separator: str = "|") -> list[str]:
        """A list, written with separators or as a list."""
        value = self._values.get(name)
        if isinstance(value, list):
            return [str(part) for part in value if part]
        written = self.text(name)
        return [part for part in written.split(separator) if part] if written else []

    def bracketed(self, name: str) -> list[str]:
        """A list as Python writes it, with or without quotation marks."""
        return bracketed(self.text(name) or "")


def bracketed(written: str) -> list[str]:
    r"""A list as Python writes it, with or without quotation marks.

    >>> bracketed("['a, b', \"it's\"]"), bracketed("[un, deux]"), bracketed("[]"), bracketed("seul")
    (['a, b', "it's"], ['un', 'deux'], [], ['seul'])
    """
    inner = written.strip()
    if inner.startswith("[") and inner.endswith("]"):
        inner = inner[1:-1].strip()
    if inner.startswith(("'", '"')):
        return [_ESCAPED.sub(_unescaped, found[1] or found[2] or "") for found in _QUOTED.finditer(inner)]
    return [part.strip() for part in inner.split(",") if part.strip()]


def _unescaped(sign: re.Match[str]) -> str:
    number = sign[1] or sign[2] or sign[3]
    if number is None:
        return _CONTROLS.get(sign[4], sign[4])
    return chr(int(number, 16)) if int(number, 16) < 0x110000 else sign[0]


class Other(NamedTuple):
    """A post that is passed on or answered: its key and its author, each null when unknown."""

    key: str | None
    author: str | None


class Told(NamedTuple):
    """What a row tells of a post."""

    key: str
    actor: str | None
    moment: tuple[int | None, str | None, str | None]
    text: str | None
    root: Other | None = None
    answered: Other | None = None
    quoted: Other | None = None
    lang: str | None = None
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] | None = None  # null where the table does not list them
    mentions: tuple[str | None, ...] = ()
    thread: str | None = None
    metrics: Metrics | None = None
    collected_at: int | None = None


def activity(told: Told, pointer: str) -> Activity:
    """The activity row; relations are chosen as in `api_v1`."""
    verb, other = _relation(told)
    missing = [] if told.actor is not None else ["actor_id"]
    text = words(told.text)
    own = [told.key]
    if verb == "repost":
        text, is_cut = reposted_words(text)
        missing += ["text"] if is_cut else []
    if verb in ("repost", "quote") and other is not None and other.key is not None:
        own.append(other.key)
    if other is not None:
        missing += [] if other.key is not None else ["object_id"]
        missing += [] if other.author is not None else ["object_author_id"]
    tags = told.tags if told.tags is not None else tags_in(text or "") or ()
    links = [link for link in told.links if not any(names_post(link, key) for key in own)]
    return Activity(
        activity_id=f"x:{told.key}",
        platform="x",
        verb=verb,
        actor_id=told.actor,
        object_id=f"x:{other.key}" if other is not None and other.key is not None else None,
        object_author_id=other.author if other is not None else None,
        object_kind="post" if other is not None else None,
        thread_id=f"x:{told.thread}" if told.thread else None,
        happened_at=told.moment[0],
        time_basis=told.moment[1],
        time_precision=told.moment[2],
        text=text,
        lang=language(told.lang),
        urls=tuple(dict.fromkeys(links)) or None,
        hashtags=tuple(dict.fromkeys(tag.removeprefix("#").lower() for tag in tags if tag)) or None,
        mentions=tuple(dict.fromkeys(one for one in told.mentions if one)) or None,
        relay={"repost": "pure", "quote": "quote"}.get(verb),
        metrics=None if verb == "repost" else told.metrics,
        collected_at=told.collected_at,
        missing=tuple(missing) or None,
        source_pointer=pointer,
    )


def _relation(told: Told) -> tuple[str, Other | None]:
    if told.root is not None:
        return "repost", told.root
    if told.answered is not None and (told.quoted is None or told.answered.author != told.actor):
        return "reply", told.answered
    if told.quoted is not None:
        return "quote", told.quoted
    return "post", None


def metrics(
    likes: int | None, reposts: int | None, replies: int | None, quotes: int | None, views: int | None
) -> Metrics | None:
    """Counts; null when there is none."""
    if likes is reposts is replies is quotes is views is None:
        return None
    return Metrics(likes=likes, reposts=reposts, replies=replies, quotes=quotes, views=views)


def by_handle(handle: str | None, author_handle: str | None, author: str | None) -> str | None:
    """The account of a handle: the author's own id where the author is meant, since tables name others by handle."""
    if handle and author_handle and handle.lower() == author_handle.lower():
        return author
    return account_id(None, handle)
