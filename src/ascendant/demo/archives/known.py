"""What is known of the person: inferred by platforms, held on lists by advertisers, told by sites and applications."""

from __future__ import annotations

from typing import Final

import numpy as np

from ascendant.demo.archives.advertising import AD_DAYS
from ascendant.demo.archives.clock import Clock
from ascendant.demo.archives.facts import Told
from ascendant.demo.archives.person import Person
from ascendant.demo.names import PLACES
from ascendant.demo.texts import topic_tags

_EVENTS: Final = (
    "PAGE_VIEW",
    "PAGE_VIEW",
    "PAGE_VIEW",
    "VIEW_CONTENT",
    "SEARCH",
    "ADD_TO_CART",
    "PURCHASE",
    "LEAD",
    "CUSTOM",
)


def known_of(person: Person, clock: Clock, rng: np.random.Generator) -> list[Told]:
    """What is inferred, who holds the person on a list, what sites and applications told."""
    tags = topic_tags(person.lang)
    names = {p: [one.name for one in accounts if one.is_organisation] for p, accounts in person.accounts.items()}
    found: list[Told] = []

    def told(platform: str, verb: str, kind: str, values: list[str], group: str) -> None:
        found.extend(Told(platform=platform, verb=verb, type=kind, value=value, group=group) for value in values)

    language = {"fr": "French", "en": "English"}[person.lang]
    told("x", "inferred", "Languages", [language, {"fr": "English", "en": "French"}[person.lang]], "demographic")
    told("x", "inferred", "Gender", ["female"], "demographic")
    told("x", "inferred", "Age", ["35-49", "41"], "demographic")
    told("x", "inferred", "Interests", [*tags, *names["x"][:70]], "interest")
    told("x", "inferred", "Movies and TV shows", [f"{names['facebook'][one]} TV" for one in range(4)], "interest")
    found += [
        Told(platform="x", verb="targeted", type=f"@{payer.handle}", value=way)
        for payer in person.advertisers["x"]
        for way in payer.ways
        if way != "retargeting"
    ]
    told("x", "targeted", f"@{person.advertisers['x'][-1].handle}", ["not_to_be_reached"], "")

    told("facebook", "inferred", "Interests", [*tags, *names["facebook"][:60]], "interest")
    told("facebook", "inferred", "Categories", _CATEGORIES[person.lang], "behaviour")
    told(
        "facebook",
        "inferred",
        "Locations",
        [PLACES[(person.key + one) % len(PLACES)] for one in range(5)],
        "demographic",
    )
    told("facebook", "inferred", "Languages", [{"fr": "Français", "en": "English"}[person.lang]], "demographic")
    found += [
        Told(platform="facebook", verb="targeted", type=payer.name, value=way)
        for payer in person.advertisers["facebook"]
        for way in payer.ways
        if way in ("uploaded_list", "retargeting")
    ]
    found += _tracked(person, clock, rng)
    return found


_CATEGORIES: Final = {
    "fr": (
        "Propriétaires d’un téléphone de plus de deux ans|Voyageurs fréquents|Parents d’enfants de 8 à 12 ans"
        "|Accès à Facebook : navigateur|Anniversaire en mai|Administrateurs de pages"
    ).split("|"),
    "en": (
        "Owners of a phone older than two years|Frequent travellers|Parents of children aged 8 to 12"
        "|Facebook access: browser|Birthday in May|Page admins"
    ).split("|"),
}


def _tracked(person: Person, clock: Clock, rng: np.random.Generator) -> list[Told]:
    found = []
    sites = [
        payer.domain if place % 2 else payer.name for place, payer in enumerate(person.advertisers["facebook"][:60])
    ]
    n_events = rng.geometric(0.09, len(sites)).tolist()
    times = clock.draw(sum(n_events), "day", last_days=400)
    rng.shuffle(times)
    for site, n in zip(sites, n_events, strict=True):
        mine = sorted(times.pop() for _ in range(n))
        found += [
            Told(platform="facebook", verb="tracked", type=site, value=_EVENTS[int(rng.integers(len(_EVENTS)))], at=at)
            for at in mine
        ]
    apps = (
        ("Mots croisés du soir", "Carnet de route", "Recettes en fête"),
        ("Evening Crosswords", "Road Notes", "Supper Club"),
    )
    for place, name in enumerate(apps[person.lang == "en"]):
        for platform in ("x", "facebook"):
            (at,) = clock.draw(1, "evening")
            found.append(Told(platform=platform, verb="app", type=name, value=f"atelier-{place}.example", at=at))
    for place, at in enumerate(clock.draw(14, "day", last_days=AD_DAYS)):
        payer = person.advertisers["x"][place * 3 % len(person.advertisers["x"])]
        found.append(
            Told(platform="x", verb="tracked", type=payer.name, value="SiteVisit" if place % 3 else "Purchase", at=at)
        )
    return found
