"""Invented names of places, streets, families and accounts, handles and bios: built of syllables, nobody is meant."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from ascendant.demo.bios import bio as make_bio
from ascendant.demo.people import CAUSE, COMPANY, INDIVIDUAL, INSTITUTION, MEDIA, TARGET, People, Whole

_STARTS: Final = "Bran Cour Dres Fal Grim Hal Lor Mar Nor Pel Roc Sal Ter Val Var Wen".split()
_MIDDLES: Final = "a e i o u ou ai oi".split()
_ENDS: Final = "bières chaux court gny lac mont noul rac sart tigny ville zan".split()
PLACES: Final = tuple(f"{a}{b}{c}" for n, (a, b, c) in enumerate(product(_STARTS, _MIDDLES, _ENDS)) if n % 11 == 0)
_FAMILY_STARTS: Final = "Ab Bor Cal Dum Est Far Gour Hab Ib Jo Ker Lan Mor Nad Orv Per Quer Ros Sev Tar Urb Vas".split()
_FAMILY_ENDS: Final = "elin ieux ac orin uzet avel onnier ette audin ibal emont ouart ystre".split()
FAMILIES: Final = tuple(f"{a}{b}" for a, b in product(_FAMILY_STARTS, _FAMILY_ENDS))
GIVEN: Final = (
    "Ada Basile Chloé Dario Elif Farid Greta Hugo Iris Jonas Kenza Léon Mila Noam Olga Paul Rania Simon Tessa Ulysse"
    " Violette Wassim Yara Zoé Anouk Bilal Célia Diane Emil Fanny Gaspard Hanna Ines Joris Karim Lucie Malo Nina"
).split()
_ARABIC: Final = "ليلى سامي نور كريم هدى ياسين سلمى طارق".split()

# In every world: the four that the first page of the documentation follows.
LEADING: Final = {
    COMPANY: ("Montclar Eaux", "MontclarEaux"),
    INDIVIDUAL: ("Inès Valbon", "ines_valbon"),
}
LEADING_CAUSES: Final = (("Rivières Libres", "RivieresLibres"), ("Keep Our Mills", "KeepOurMills"))

ORGANISATIONS: Final = {
    COMPANY: (
        ("{place} Eaux", "Ateliers {family}", "{family} & Fils", "Café {place}", "Cycles {family}", "{place} Habitat"),
        (
            "{place} Water",
            "{family} Tools",
            "{family} & Daughters",
            "{place} Coffee",
            "{family} Bikes",
            "{place} Homes",
        ),
    ),
    MEDIA: (
        ("La Gazette de {place}", "Radio {place}", "{place} Matin", "Le Courrier de {place}"),
        ("The {place} Gazette", "Radio {place}", "{place} Morning", "The {place} Post"),
    ),
    INSTITUTION: (
        ("Ville de {place}", "Université de {place}", "Hôpital de {place}", "Agglo {place}"),
        ("{place} Council", "University of {place}", "{place} Hospital", "{place} Transit"),
    ),
    CAUSE: (
        ("{place} Libre", "Collectif {place}", "Sauvons {place}", "Front de {place}", "Stop {place}"),
        ("Free {place}", "{place} Action", "Save {place}", "{place} First", "Stop {place}"),
    ),
}
_STAFF_BIOS: Final = ("Journaliste, {medium}.", "Reporter at {medium}.")


@dataclass(frozen=True)
class Names:
    """By place of the account: what its platform shows of it."""

    name: list[str]
    handle: list[str]
    bio: list[str]
    domain: list[str]  # its own web site; empty for persons without one


def make_names(people: People, tags: list[str], rng: np.random.Generator) -> Names:
    """`tags` are the hashtags of the communities. A person has one name; each account its handle."""
    draws = rng.integers(0, 2**62, int(people.person.max()) + 1).tolist()
    leading = _leading(people)
    names: list[str] = []
    handles: list[str] = []
    bios: list[str] = []
    domains: list[str] = []
    taken: set[tuple[int, str]] = set()
    for account in range(people.n):
        draw, kind = draws[people.person[account]], int(people.kind[account])
        english = int(people.language[account] == 1)
        facts = {
            "place": PLACES[draw % len(PLACES)],
            "family": FAMILIES[draw // 7 % len(FAMILIES)],
            "year": str(1890 + draw // 11 % 130),
            "tag": tags[people.community[account]],
            "medium": names[people.newsroom[account]] if 0 <= people.newsroom[account] < account else "Radio",
        }
        speaks = kind in ORGANISATIONS and (kind != CAUSE or bool(people.is_lead[account]))
        if people.person[account] in leading:
            name, handle = leading[int(people.person[account])]
        elif speaks:
            name = _chosen(ORGANISATIONS[kind][english], draw // 13).format(**facts)
            handle = plain(name).title().replace(" ", "")
        else:
            arabic = bool(people.language[account] == 2)
            given = _ARABIC[draw % len(_ARABIC)] if arabic else GIVEN[draw // 13 % len(GIVEN)]
            name = f"{given} {facts['family']}"
            handle = f"{plain(given) or 'the'}_{facts['family']}".lower()
        if people.newsroom[account] >= 0:
            bio = _STAFF_BIOS[english].format(**facts)
        else:
            # In the open, members of groups are persons like others.
            shown = kind if speaks or kind == INDIVIDUAL else TARGET
            is_known = people.person[account] in leading
            bio = make_bio(shown, int(people.language[account]), draw // 17, facts, is_known=is_known)
        handle = handle[:15]
        if (int(people.platform[account]), handle.lower()) in taken:
            handle = f"{handle[:9]}{account}"
        taken.add((int(people.platform[account]), handle.lower()))
        names.append(name)
        handles.append(handle)
        bios.append(bio)
        domains.append(f"{plain(name).lower().replace(' ', '-')}.example" if speaks else "")
    return Names(names, handles, bios, domains)


def _leading(people: People) -> dict[int, tuple[str, str]]:
    """By person: the name and handle that every world gives to the same part."""
    found = {}
    for kind, name in LEADING.items():
        first: Whole = np.flatnonzero(people.kind == kind)[:1]
        found.update({int(people.person[one]): name for one in first})
    for lead, name in zip(np.flatnonzero(people.is_lead), LEADING_CAUSES, strict=False):
        found[int(people.person[lead])] = name
    return found


def _chosen(options: tuple[str, ...], draw: int) -> str:
    return options[draw % len(options)]


def plain(words: str) -> str:
    """Letters and digits without accents, words parted by one space.

    >>> plain("Café Norauville & Fils")
    'Cafe Norauville Fils'
    """
    bare = unicodedata.normalize("NFKD", words.replace("’", " ")).encode("ascii", "ignore").decode()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare).split())
