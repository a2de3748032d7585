"""A word of ascendant, in either language -> its explanation in the language asked for.

The explanations are texts, not code: `texts/terms_en.toml` and `texts/terms_fr.toml`, with the same keys. Below some of
them stands what to do, step by step: `texts/guides_en.toml` and `texts/guides_fr.toml`.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from ascendant.errors import Caveat, UnknownTerm, mark
from ascendant.report.language import LANGUAGES, Language, typeset_french


@dataclass(frozen=True)
class Explanation:
    """A term, what it means in two to four sentences, and the titles of the terms next to it.

    `guide` says what to do about it, in lines of 80 columns at most; mostly there is nothing to do.
    """

    key: str
    title: str
    text: str
    see_also: tuple[str, ...]
    guide: str = ""


def explain(term: str, language: Language) -> Explanation:
    """What a term means; accents, case, plurals and the language in which it is asked do not matter.

    Raises `UnknownTerm` with the nearest terms.

    >>> explain("Part influencee", Language("en")).title, explain("influencers", Language("fr")).title
    ('influenced share', 'compte qui influence')
    """
    asked = _plain(term)
    others = [code for code in LANGUAGES if code != language.code]
    for code in (language.code, *others):
        for form in (asked, _singular(asked)):
            if (key := _lookup(code).get(form)) is not None:
                return explanation(key, language)
    near = get_close_matches(asked, _lookup(language.code), n=8, cutoff=0.5)
    near += get_close_matches(asked, _lookup(others[0]), n=4, cutoff=0.7)
    titles = list(dict.fromkeys(explanation(_key(form, language.code), language).title for form in near))[:4]
    if not titles:
        raise UnknownTerm(term=term, nearest=Caveat(mark("`ascendant explain` alone lists the terms.")))
    raise UnknownTerm(term=term, nearest=Caveat(mark("did you mean: {titles}?"), {"titles": "; ".join(titles)}))


def explanation(key: str, language: Language) -> Explanation:
    """The explanation of a key of the texts."""
    entry = _entries(language.code)[key]
    see_also = tuple(_typeset(_entries(language.code)[other]["title"], language) for other in entry["see"])
    guide = _typeset(_guides(language.code).get(key, "").strip("\n"), language)
    return Explanation(key, _typeset(entry["title"], language), _typeset(entry["text"], language), see_also, guide)


def all_terms(language: Language) -> list[Explanation]:
    """Every explanation, in the order of its title.

    >>> all_terms(Language("en"))[0].title
    'act'
    """
    found = [explanation(key, language) for key in _entries(language.code)]
    return sorted(found, key=lambda one: _plain(one.title))


@cache
def _entries(code: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((files("ascendant.report") / "texts" / f"terms_{code}.toml").read_text(encoding="utf-8"))


@cache
def _guides(code: str) -> dict[str, str]:
    return tomllib.loads((files("ascendant.report") / "texts" / f"guides_{code}.toml").read_text(encoding="utf-8"))


@cache
def _lookup(code: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    for key, entry in _entries(code).items():
        for form in (entry["title"], *entry.get("words", ()), key):
            forms.setdefault(_plain(form), key)
            forms.setdefault(_singular(_plain(form)), key)
    return forms


def _key(form: str, code: str) -> str:
    found = _lookup(code).get(form)
    return found if found is not None else next(_lookup(one)[form] for one in LANGUAGES if form in _lookup(one))


def _plain(words: str) -> str:
    """Lower case, no accents, one space between words; of a code such as person-7QK4, its first word."""
    letters = unicodedata.normalize("NFKD", words.casefold().replace("œ", "oe"))
    kept = "".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one))
    return " ".join(kept.split())


def _singular(words: str) -> str:
    """Each word without the ending of a plural, or of a French feminine."""
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words.split())


def _typeset(words: str, language: Language) -> str:
    return typeset_french(words) if language.code == "fr" else words.replace("'", "’")
