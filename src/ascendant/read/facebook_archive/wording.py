"""Words in the account's own language -> what they mean, by the tables of words.toml; None where these do not say."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files as resources
from typing import Final
from urllib.parse import parse_qs, urlsplit

_APOSTROPHES: Final = str.maketrans("’ʼ´`‘", "'''''")
_CONSTANT: Final = re.compile(r"[A-Z][A-Z_]*")


@dataclass(frozen=True)
class Words:
    """The tables, ready to be asked."""

    labels: dict[str, str]
    reactions: dict[str, str]
    membership: tuple[tuple[str, str], ...]
    steering: tuple[tuple[str, str], ...]
    audiences: tuple[tuple[str, str], ...]
    ad_lists: frozenset[str]
    ad_starts: tuple[str, ...]
    gone: frozenset[str]
    notification_types: dict[str, str]
    notifications: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, int], ...]


@cache
def words() -> Words:
    """The tables of words.toml."""
    told = tomllib.loads((resources(__package__) / "words.toml").read_text("utf-8"))
    months = {
        folded(start): number
        for language in told["months"]["languages"]
        for number, start in enumerate(language.split(), start=1)
    }
    return Words(
        labels=_by_word(told["labels"]),
        reactions=_by_word(told["reactions"]),
        membership=_pieces(told["membership"]["parts"]),
        steering=_pieces(told["steering"]["parts"]),
        audiences=_pieces(told["audiences"]["parts"]),
        ad_lists=frozenset(folded(name) for name in told["ads"]["categories"]),
        ad_starts=tuple(told["ads"]["prefixes"]),
        gone=frozenset(folded(name) for name in told["gone"]["names"]),
        notification_types=_by_word(told["notifications"]["types"]),
        notifications=_pieces(told["notifications"]["parts"]),
        months=tuple(sorted(months.items(), key=lambda month: -len(month[0]))),
    )


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Text as it is compared.

    >>> folded("J’aime "), folded("Début")
    ("j'aime", 'debut')
    """
    plain = unicodedata.normalize("NFD", text.casefold().translate(_APOSTROPHES))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


@lru_cache(maxsize=4096)
def role_of(label: str | None) -> str | None:
    """What stands behind a label, or behind a key of the newest layout.

    >>> role_of("Heure de début"), role_of("full_name"), role_of("x"), role_of(None)
    ('start', 'full_name', None, None)
    """
    return words().labels.get(folded(label.replace("_", " "))) if label else None


def reaction_of(told: str | None) -> str | None:
    """A reaction by the name of older exports; None when it is in a language that is not known.

    >>> reaction_of("J’aime"), reaction_of("LOVE"), reaction_of("Pidän tästä")
    ('LIKE', 'LOVE', None)
    """
    if not told:
        return None
    return words().reactions.get(folded(told)) or (told if _CONSTANT.fullmatch(told) else None)


def membership(sentence: str) -> str | None:
    """`join` or `leave`, where a sentence says one of the two.

    >>> membership("Ada a rejoint G."), membership("Ada is geen lid meer van G."), membership("Ada liittyi ryhmään G.")
    ('join', 'leave', None)
    """
    return _only(words().membership, sentence)


def steering(name: str) -> str | None:
    """What a list of the feed's settings holds: accounts to `mute`, or to `follow` more.

    >>> steering("Show less"), steering("Favorites"), steering("?")
    ('mute', 'follow', None)
    """
    return _only(words().steering, name)


def audience(label: str) -> str | None:
    """How an advertiser came to somebody: a class of criteria.

    >>> audience("Liste importée ou utilisée par l’annonceur")
    'uploaded_list'
    >>> audience("Interactions you may have had with the advertiser's website, app or store")
    'retargeting'
    """
    return _first(words().audiences, label)


def is_ad_list(name: str) -> bool:
    """Whether a list of what was shown is that of the ads."""
    return folded(name) in words().ad_lists


def advertiser_in(told: str) -> str | None:
    """Whose ad it is, where the text says so at its beginning.

    >>> advertiser_in("Ad by Acme"), advertiser_in("Acme")
    ('Acme', None)
    """
    found = next((told[len(start) :] for start in words().ad_starts if told.startswith(start)), "")
    return found.strip() or None


def is_gone(name: str) -> bool:
    """Whether a name is what Facebook writes for an account that is gone."""
    return folded(name) in words().gone


def notified(text: str, href: str) -> str | None:
    """The verb of what a notification tells: by its link, else by its words.

    >>> notified("?", "https://www.facebook.com/a/posts/1?notif_t=group_comment"), notified("Jo likes your photo", "")
    ('reply', 'react')
    """
    if "notif_t=" in href:
        try:
            kind = parse_qs(urlsplit(href).query).get("notif_t", [""])[0]
        except ValueError:
            kind = ""
        if (found := words().notification_types.get(folded(kind.replace("_", " ")))) is not None:
            return found
    return _only(words().notifications, text)


def month_of(word: str) -> int | None:
    """A month by its name or by the beginning of it.

    >>> month_of("juin"), month_of("Juillet"), month_of("mars"), month_of("ağustos"), month_of("lundi")
    (6, 7, 3, 8, None)
    """
    plain = folded(word)
    return next((number for start, number in words().months if plain.startswith(start)), None)


def _only(pieces: tuple[tuple[str, str], ...], told: str) -> str | None:
    """The meaning whose pieces stand in a text; None where there are several, or none."""
    plain = folded(told)
    found = {meaning for piece, meaning in pieces if piece in plain}
    return found.pop() if len(found) == 1 else None


def _first(pieces: tuple[tuple[str, str], ...], told: str) -> str | None:
    plain = folded(told)
    return next((meaning for piece, meaning in pieces if piece in plain), None)


def _by_word(told: dict[str, list[str]]) -> dict[str, str]:
    return {folded(word.replace("_", " ")): meaning for meaning, found in told.items() for word in [meaning, *found]}


def _pieces(told: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((folded(piece), meaning) for meaning, found in told.items() for piece in found)
