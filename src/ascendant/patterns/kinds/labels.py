"""Terms of profiles -> the words that a reader sees for them, in English; other languages translate the words."""

from __future__ import annotations

from typing import Final

from ascendant.errors import mark
from ascendant.patterns.kinds.features import IN_BIO, IN_NAME
from ascendant.patterns.kinds.structure import BIO, LINK, NAME

LABELS: Final = {
    "office": mark("holds or seeks a public office"),
    "parliament": mark("speaks of parliament or a constituency"),
    "party": mark("names a party"),
    "ideology": mark("uses words of conviction"),
    "campaign": mark("speaks of elections"),
    "policy": mark("speaks of public affairs"),
    "activism": mark("speaks of a fight or a movement"),
    "association": mark("presents itself as an association or foundation"),
    "union": mark("speaks of a trade union"),
    "trade_body": mark("represents a trade"),
    "news": mark("speaks of news"),
    "press": mark("uses words of the press"),
    "broadcast": mark("uses words of radio, television or podcasts"),
    "commerce": mark("speaks of goods and shops"),
    "services": mark("speaks of clients and services"),
    "industry": mark("speaks of an industry or a firm"),
    "legal_form": mark("bears the legal form of a firm"),
    "market": mark("speaks of its listing on a stock exchange"),
    "customer_care": mark("answers customers"),
    "careers": mark("offers jobs"),
    "government_body": mark("presents itself as a public body"),
    "education": mark("speaks of a school or university"),
    "culture": mark("speaks of a museum, library or theatre"),
    "health_body": mark("speaks of a hospital or clinic"),
    "faith_body": mark("speaks of a place or body of worship"),
    "sports_club": mark("speaks of a sports club"),
    "event": mark("speaks of an event"),
    "official": mark("calls itself official"),
    "we": mark("says we"),
    "first_person": mark("says I"),
    "family": mark("speaks of family"),
    "personal_taste": mark("speaks of tastes and daily life"),
    "age_or_study": mark("speaks of age or studies"),
    "occupation": mark("names an occupation"),
    "former": mark("speaks of former roles"),
    "disclaimer": mark("says that its opinions are its own"),
    "kept_by_team": mark("is kept by a team"),
    "call_to_action": mark("asks to follow, visit or join"),
    "audience_served": mark("speaks to those it serves"),
    "imitation": mark("is a parody, a fan account or a robot"),
    "start": mark("start"),
    "withheld": mark("words that would tell a person's convictions: not shown"),
}
_PLACES: Final = {
    "wording@name": mark("wording of the name"),
    "wording@bio": mark("wording of the bio"),
    **dict.fromkeys(NAME, mark("shape of the name or handle")),
    **dict.fromkeys(BIO, mark("shape of the bio")),
    **dict.fromkeys(LINK, mark("where its link leads")),
}


def label_of(term: str) -> str:
    """
    >>> label_of("office@bio"), label_of("name_two_words")
    ('holds or seeks a public office', 'shape of the name or handle')
    """
    return _PLACES.get(term) or LABELS[term.removesuffix(IN_NAME).removesuffix(IN_BIO)]
