"""By what LinkedIn lets advertisers choose the person, and what it takes them for -> facts.

LinkedIn writes the attributes into one wide row, some of whose columns share a name.
"""

from __future__ import annotations

from typing import Final

from ascendant.demo.archives.facts import Told
from ascendant.demo.archives.person import Person
from ascendant.demo.texts import topic_tags

# Columns in their order; `verb`: what the person told (`listed`), what LinkedIn made of it (`inferred`).
COLUMNS: Final = (
    ("Member Age", "inferred", "demographic"),
    ("Buyer Groups", "inferred", "platform"),
    ("Company Names", "listed", "demographic"),
    ("Company Names", "listed", "demographic"),
    ("Company Follower of", "listed", "interest"),
    ("Company Names", "listed", "demographic"),
    ("Company Category", "inferred", "demographic"),
    ("Company Size", "inferred", "demographic"),
    ("degreeClass", "listed", "demographic"),
    ("Company Connections", "listed", "behaviour"),
    ("Job Functions", "inferred", "demographic"),
    ("Member Groups", "listed", "interest"),
    ("Member Interests", "inferred", "interest"),
    ("Member Traits", "inferred", "behaviour"),
    ("High Value Audience Segments", "inferred", "platform"),
    ("Profile Locations", "listed", "demographic"),
    ("Job Titles", "listed", "demographic"),
    ("Job Titles", "listed", "demographic"),
    ("Job Titles", "listed", "demographic"),
    ("Recent Device OS", "inferred", "context"),
    ("Years of Experience", "inferred", "demographic"),
)
_INFERENCES: Final = (
    ("Inferred interests", "interest"),
    ("Inferred personal characteristics", "demographic"),
    ("Career inferences", "demographic"),
    ("Job search inferences", "behaviour"),
    ("LinkedIn activity inferences", "behaviour"),
)
_WORDS: Final = {
    "fr": {
        "Buyer Groups": "Acheteurs publics",
        "Company Category": "Secteur public; Associations",
        "Company Size": "51-200",
        "degreeClass": "MASTER",
        "Job Functions": "Projets et programmes; Enseignement",
        "Member Groups": "Cartes et territoires",
        "Member Traits": "Voyage souvent; Donne son avis",
        "High Value Audience Segments": "Décideurs locaux",
        "Job Titles": "Chargée de projet",
        "Years of Experience": "Plus de 12 ans",
        "inference": "S’intéresse à {}",
        "description": "D’après ce que vous lisez, partagez, etc.",
    },
    "en": {
        "Buyer Groups": "Public buyers",
        "Company Category": "Public sector; Charities",
        "Company Size": "51-200",
        "degreeClass": "MASTER",
        "Job Functions": "Programme Management; Education",
        "Member Groups": "Maps and Places",
        "Member Traits": "Frequent traveller; Gives opinions",
        "High Value Audience Segments": "Local decision makers",
        "Job Titles": "Project officer",
        "Years of Experience": "More than 12 years",
        "inference": "Is interested in {}",
        "description": "Based on what you read, share, etc.",
    },
}


def cells(person: Person) -> list[str]:
    """The one row of Ad_Targeting: a list in each cell, for each of COLUMNS."""
    words = _WORDS[person.lang]
    companies = [one.name for one in person.accounts["linkedin"] if one.is_organisation and one.is_followed]
    tags = topic_tags(person.lang)
    given = {
        "Member Age": "35-54",
        "Company Follower of": "; ".join(companies[:12]),
        "Company Connections": "; ".join(companies[6:20]),
        "Member Interests": "; ".join(tags[:9]),
        "Profile Locations": person.zone.partition("/")[2],
        "Recent Device OS": "Android; Windows",
    }
    found, n_names = [], 0
    for name, _, _ in COLUMNS:
        if name == "Company Names":  # today's, and those of before
            found.append("; ".join(companies[n_names : n_names + 2]))
            n_names += 1
        else:
            found.append(given.get(name) or words[name])
    return found


def inferences(person: Person) -> list[tuple[str, str, str, str, str]]:
    """Rows of Inferences_about_you: category, type, description, answer, and the class of criterion."""
    words, tags = _WORDS[person.lang], topic_tags(person.lang)
    return [
        (category, words["inference"].format(tag), words["description"], "No" if place % 3 == 1 else "Yes", group)
        for place, (tag, (category, group)) in enumerate(zip(tags, _INFERENCES * 3, strict=False))
    ]


def attributes(person: Person) -> list[Told]:
    """The attributes, each once, and the inferences, with those that LinkedIn denies."""
    listed = dict.fromkeys(
        (verb, name, value.strip(), group)
        for (name, verb, group), cell in zip(COLUMNS, cells(person), strict=True)
        for value in cell.split(";")
    )
    found = [
        Told(platform="linkedin", verb=verb, type=name, value=value, group=group) for verb, name, value, group in listed
    ]
    return found + [
        Told(platform="linkedin", verb="inferred", type=category, value=what, group=group, is_no=answer == "No")
        for category, what, _, answer, group in inferences(person)
    ]
