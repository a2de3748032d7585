"""Acts -> their words: a small grammar in three languages, keyed by a number of each act.

A text depends on its act's key alone, so that it can be written again wherever another act passes it on, and two acts
with one key say the same: that is how copies are made. Long sentences seldom meet by chance, short ones often do:
near-duplicates without any plot, as in life.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from ascendant.demo.columns import (
    BURST,
    CONTROLLER,
    CONVERSATION,
    COPY,
    CROSSPOST,
    FRIEND,
    HASHTAGS,
    INFLUENCE,
    LINK,
    NEWS,
    OUTING,
    PILE_ON,
    POST,
    QUOTE,
    REPLY,
    REPOST,
    Acts,
)
from ascendant.demo.names import FAMILIES, PLACES, Names
from ascendant.demo.people import CAUSE, COMPANY, INSTITUTION, LANGUAGES, MEDIA, RELAY, Flags, People, Whole
from ascendant.demo.prior import WorldParameters

STYLES: Final = "personal interest pitch slogan request headline notice news outing comment answer talk aside".split()
_PERSONAL, _INTEREST, _PITCH, _SLOGAN, _REQUEST, _HEADLINE, _NOTICE = range(7)
_NEWS, _OUTING, _COMMENT, _ANSWER, _TALK, _ASIDE = range(7, 13)
_STYLE_OF_KIND: Final = np.array(
    [_PITCH, _SLOGAN, _REQUEST, _HEADLINE, _NOTICE, _PERSONAL, _INTEREST, _INTEREST]
)  # of own posts
_PERSONAL_SHARE: Final = np.array([0.0, 0.0, 0.3, 0.0, 0.0, 0.75, 0.35, 0.3])  # by kind
_LINK_SHARE: Final = np.array([0.6, 0.4, 0.3, 0.95, 0.5, 0.05, 0.2, 0.2])
_TAG_SHARE: Final = 0.55
_SAME_LINK: Final = 0.4  # of those moved without naming anybody, when there was a link
_NEWS_LINK: Final = 0.3
_VARIATIONS: Final[tuple[Callable[[str], str], ...]] = (
    lambda words: words,
    lambda words: f"{words} !",
    lambda words: f"👉 {words}",
    lambda words: f"{words} 🔥🔥",
    lambda words: words.upper() if len(words) < 60 else words.replace(". ", " !! "),
    lambda words: words.replace(", ", " "),
    lambda words: f"{words} cc tous" if words.isascii() else f"📣 {words}",
)
N_LINKS: Final = 1 << 20  # pages of one web site


@dataclass(frozen=True)
class Texts:
    """Columns beside those of `Acts`: enough to write each act's words."""

    key: Whole
    style: Whole
    language: Whole
    topic: Whole
    variation: Whole
    has_tag: Flags
    link: Whole  # site x N_LINKS + page; -1 for none
    tags_key: Whole  # of hashtag operations; -1


@dataclass(frozen=True)
class Written:
    """What one act says. The link is not in the words; each platform puts it where it belongs."""

    words: str
    tags: tuple[str, ...]
    link: str | None


def make_texts(acts: Acts, people: People, parameters: WorldParameters, rng: np.random.Generator) -> Texts:
    """Keys, styles and links of all acts, in their order."""
    n = acts.n
    kind = people.kind[acts.actor]
    key = rng.integers(0, 2**62, n)
    style = np.where(rng.random(n) < _PERSONAL_SHARE[kind], _PERSONAL, _STYLE_OF_KIND[kind])
    in_cover = (kind == CAUSE) & ~people.is_lead[acts.actor]
    style = np.where(in_cover, np.where(key % 2 == 0, _PERSONAL, _INTEREST), style)
    told = acts.cause == CONTROLLER
    style = np.select(
        [
            told & (acts.verb == POST),
            told,
            acts.cause == NEWS,
            acts.cause == OUTING,
            acts.cause == CONVERSATION,
            acts.cause == FRIEND,
            (acts.cause == INFLUENCE) & (acts.verb == POST),
            acts.verb == QUOTE,
            (acts.cause == BURST) & (acts.verb == REPLY),
            acts.verb == REPLY,
        ],
        [_SLOGAN, _ANSWER, _NEWS, _OUTING, _TALK, _ANSWER, _INTEREST, _COMMENT, _ASIDE, _ANSWER],
        style,
    )
    style = np.where((style == _COMMENT) & (kind == RELAY) & (key % 3 == 0), _SLOGAN, style)
    site = people.n_communities + acts.actor  # one's own; the first are the papers of the communities
    page = rng.integers(0, 4000, n)
    link = np.where(rng.random(n) < _LINK_SHARE[kind], site * N_LINKS + page, -1)
    at_paper = acts.topic * N_LINKS + page
    link = np.where((link >= 0) & ~np.isin(kind, (COMPANY, MEDIA, INSTITUTION)), at_paper, link)
    is_news = acts.cause == NEWS
    about = acts.topic * N_LINKS + 4000 + acts.event
    link = np.where(is_news, np.where(rng.random(n) < _NEWS_LINK, about, -1), link)
    link = np.where(np.isin(style, (_TALK, _OUTING, _PERSONAL, _ASIDE)) | (acts.verb == REPLY), -1, link)
    key, link, tags_key, variation = _coordinated(acts, people, parameters, key, link, rng)
    same = (acts.cause == INFLUENCE) & (acts.verb == POST)
    same &= rng.random(n) < _SAME_LINK
    for place in np.flatnonzero(same).tolist():  # in the order of time: a link may travel on and on
        link[place] = max(link[acts.item[acts.parent[place]]], link[place])
    copies = np.flatnonzero(acts.cause == CROSSPOST)
    for column in (key, style, link):
        column[copies] = column[acts.parent[copies]]
    has_tag = (rng.random(n) < _TAG_SHARE) & ~np.isin(style, (_TALK, _ANSWER, _ASIDE))
    link = np.where(acts.verb == REPOST, -1, link)
    language = people.language[acts.actor]
    language[copies] = language[acts.parent[copies]]
    return Texts(key, style, language, acts.topic, variation, has_tag, link, tags_key)


def _coordinated(
    acts: Acts, people: People, parameters: WorldParameters, key: Whole, link: Whole, rng: np.random.Generator
) -> tuple[Whole, Whole, Whole, Whole]:
    """One operation, one text, one link or one row of hashtags; some copies are changed a little."""
    n_operations = int(acts.event.max(initial=0)) + 1
    of_operation = rng.integers(0, 2**62, n_operations)
    key, link = key.copy(), link.copy()
    told = acts.cause == CONTROLLER
    same_words = told & (acts.flavour == COPY)
    key[same_words] = of_operation[acts.event[same_words]]
    linked = told & (acts.flavour == LINK)
    lead = np.zeros(people.n_groups, np.int64)
    lead[people.group[people.is_lead]] = np.flatnonzero(people.is_lead)
    site = people.n_communities + lead[people.group[acts.actor[linked]]]
    link[linked] = site * N_LINKS + 100_000 + acts.event[linked]
    link[told & (acts.flavour == PILE_ON)] = -1
    tagged = told & (acts.flavour == HASHTAGS)
    tags_key = np.where(tagged, of_operation[np.maximum(acts.event, 0)], -1)
    changed = same_words & (rng.random(acts.n) < parameters.copy_variation)
    variation = np.where(changed, rng.integers(1, len(_VARIATIONS), acts.n), 0)
    return key, link, tags_key, variation


@dataclass(frozen=True)
class _Tongue:
    """The lists of one language, each template cut into words and slots."""

    lists: dict[str, list[str]]
    templates: list[list[list[tuple[str, str | None]]]]  # by style
    topics: list[dict[str, Any]]


@cache
def _tongue(language: str) -> _Tongue:
    raw = tomllib.loads((files("ascendant.demo") / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    hours = [f"{h} h {m:02}" if language == "fr" else f"{h}:{m:02}" for h in range(7, 22) for m in range(0, 60, 5)]
    streets = {"fr": "rue {}", "en": "{} Lane", "ar": "شارع {}"}[language]
    lists: dict[str, list[str]] = {name: words for name, words in raw.items() if isinstance(words, list)}
    lists |= {
        "place": list(PLACES),
        "street": [streets.format(family) for family in FAMILIES],
        "hour": hours,
        "n": [str(number) for number in (*range(12, 400), *range(400, 4000, 7))],
        "n2": [str(number) for number in range(3, 31)],
        "small": [str(number) for number in range(2, 61)],
    }
    return _Tongue(
        lists, [[_cut(one) for one in raw["styles"][style]] for style in STYLES], list(raw["topics"].values())
    )


def _cut(template: str) -> list[tuple[str, str | None]]:
    return [(literal, slot) for literal, slot, _, _ in string.Formatter().parse(template)]


def say(language: str, style: str, topic: int, key: int) -> str:
    """A sentence of one of `STYLES` on a topic; the same key gives the same words.

    >>> say("en", "aside", 0, 1)
    'And I forgot: on Monday at 7:00, Abelin Lane'
    """
    tongue = _tongue(language)
    templates = tongue.templates[STYLES.index(style)]
    subject = tongue.topics[topic % len(tongue.topics)]
    words = _filled(templates[key % len(templates)], key // len(templates), tongue.lists, subject)
    return words[:1].upper() + words[1:]


def topic_tags(language: str) -> list[str]:
    """The hashtag of each topic of a language, in their order."""
    return [str(topic["tag"]) for topic in _tongue(language).topics]


def tags_of(n_communities: int) -> list[str]:
    """The hashtag of each community: what it talks about, and where."""
    topics = [_tongue(LANGUAGES[one % 2]).topics for one in range(n_communities)]
    return [f"{topics[n][n % len(topics[n])]['tag']}{PLACES[n * 7 % len(PLACES)]}" for n in range(n_communities)]


class Writer:
    """Writes the words of any act of one world."""

    def __init__(self, texts: Texts, people: People, names: Names) -> None:
        self._columns = [
            column.tolist()
            for column in (
                texts.key,
                texts.style,
                texts.language,
                texts.topic,
                texts.variation,
                texts.has_tag,
                texts.link,
                texts.tags_key,
            )
        ]
        self._tongues = [_tongue(language) for language in LANGUAGES]
        self._tags = tags_of(people.n_communities)
        papers = [f"gazette-{PLACES[one * 7 % len(PLACES)].lower()}.example" for one in range(people.n_communities)]
        self._sites = [*papers, *names.domain]

    def write(self, act: int) -> Written:
        """What the act of that place says; of a repost, what it would have said."""
        key, style, language, topic, variation, has_tag, link, tags_key = (column[act] for column in self._columns)
        tongue = self._tongues[language]
        subject = tongue.topics[topic % len(tongue.topics)]
        templates = tongue.templates[style]
        words = _filled(templates[key % len(templates)], key // len(templates), tongue.lists, subject)
        words = _VARIATIONS[variation](words[:1].upper() + words[1:])
        tags: tuple[str, ...] = ()
        if tags_key >= 0:
            tags = (self._tags[topic], *(PLACES[tags_key // step % len(PLACES)] for step in (1, 97, 9409)))
        elif has_tag:
            tags = (self._tags[topic],) if key % 3 else (self._tags[topic], subject["tag"])
        if tags:
            words += "".join(f" #{tag}" for tag in tags)
        return Written(words, tags, self._address(link) if link >= 0 else None)

    def _address(self, link: int) -> str:
        site, page = divmod(link, N_LINKS)
        return f"https://{self._sites[site] or 'blog.example'}/{page % 10}/{page}"

    def language(self, act: int) -> str:
        """The language code that the platform gives."""
        return LANGUAGES[self._columns[2][act]]


def _filled(
    template: list[tuple[str, str | None]], key: int, lists: dict[str, list[str]], subject: dict[str, Any]
) -> str:
    pieces = []
    for literal, slot in template:
        pieces.append(literal)
        if slot is None:
            continue
        name = slot.lower()
        options = lists.get(name) or subject[name]
        key, place = divmod(key, len(options))
        chosen = options[place]
        if "{" in chosen:
            chosen = chosen.format(claim=subject["claim"][key % len(subject["claim"])])
        pieces.append(chosen[:1].upper() + chosen[1:] if slot[0].isupper() else chosen)
    return "".join(pieces)
