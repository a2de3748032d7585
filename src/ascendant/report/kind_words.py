"""Keys of kinds, questions and terms -> their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ascendant.errors import mark
from ascendant.report.language import Language

KIND_WORDS: Final = {
    "company": mark("company"),
    "cause": mark("cause (ideological or political group)"),
    "individual": mark("individual"),
    "media": mark("media"),
    "institution": mark("institution"),
    "undetermined": mark("undetermined"),
}
POLITICIAN: Final = mark("person in politics (counted among causes)")
QUESTIONS: Final = {
    "organisation": mark("An organisation rather than a person?"),
    "political": mark("Political or ideological?"),
    "company": mark("If an organisation: a company?"),
    "media": mark("If an organisation: media?"),
    "institution": mark("If an organisation: an institution?"),
}
# By layer and term. A term that is not here (words that may tell a conviction, words of tomorrow) goes unnamed.
TERMS: Final = {
    ("prior", "base_rate"): mark("before any evidence"),
    ("", "others"): mark("smaller ones together"),
    ("list", "declared"): mark("declared by the platform"),
    ("posts", "own_site"): mark("posts that lead to its own site"),
    ("posts", "promotion"): mark("posts with words of trade"),
    ("posts", "mobilisation"): mark("posts that call to act"),
    ("posts", "service"): mark("posts with public notices"),
    ("posts", "reporting"): mark("posts written as news are"),
    ("posts", "first_person"): mark("posts in the first person"),
    ("behaviour", "on_schedule"): mark("posts on the quarter of an hour"),
    ("behaviour", "passes_on"): mark("acts that pass others on"),
    ("behaviour", "answers"): mark("acts that answer"),
    ("coordination", "group"): mark("acts together with group"),
    ("coordination", "group_of_one"): mark("acts with its own house, group"),
    ("advertising", "pays"): mark("pays for advertisements"),
    ("advertising", "pays_on_politics"): mark("pays for ads on politics"),
    ("profile", "office"): mark("profile: an office held"),
    ("profile", "parliament"): mark("profile: parliament"),
    ("profile", "party"): mark("profile: a party"),
    ("profile", "ideology"): mark("profile: convictions"),
    ("profile", "campaign"): mark("profile: a campaign"),
    ("profile", "policy"): mark("profile: policy"),
    ("profile", "activism"): mark("profile: activism"),
    ("profile", "association"): mark("profile: an association"),
    ("profile", "union"): mark("profile: a union"),
    ("profile", "trade_body"): mark("profile: a trade body"),
    ("profile", "news"): mark("profile: news"),
    ("profile", "press"): mark("profile: the press"),
    ("profile", "broadcast"): mark("profile: radio or television"),
    ("profile", "commerce"): mark("profile: trade"),
    ("profile", "services"): mark("profile: services"),
    ("profile", "industry"): mark("profile: industry"),
    ("profile", "legal_form"): mark("profile: a legal form"),
    ("profile", "market"): mark("profile: the stock market"),
    ("profile", "customer_care"): mark("profile: customer care"),
    ("profile", "careers"): mark("profile: jobs on offer"),
    ("profile", "government_body"): mark("profile: a public body"),
    ("profile", "education"): mark("profile: education"),
    ("profile", "culture"): mark("profile: culture"),
    ("profile", "health_body"): mark("profile: health care"),
    ("profile", "faith_body"): mark("profile: a community of faith"),
    ("profile", "sports_club"): mark("profile: a sports club"),
    ("profile", "event"): mark("profile: an event"),
    ("profile", "official"): mark("profile: an official account"),
    ("profile", "we"): mark("profile: says “we”"),
    ("profile", "first_person"): mark("profile: says “I”"),
    ("profile", "family"): mark("profile: family"),
    ("profile", "personal_taste"): mark("profile: tastes and pastimes"),
    ("profile", "age_or_study"): mark("profile: age or studies"),
    ("profile", "occupation"): mark("profile: an occupation"),
    ("profile", "former"): mark("profile: former functions"),
    ("profile", "disclaimer"): mark("profile: “views are my own”"),
    ("profile", "kept_by_team"): mark("profile: kept by a team"),
    ("profile", "call_to_action"): mark("profile: a call to act"),
    ("profile", "audience_served"): mark("profile: whom it serves"),
    ("profile", "imitation"): mark("profile: fans or parody"),
    ("profile", "form"): mark("profile: form of name, bio and link"),
    ("profile", "wording"): mark("profile: its wording"),
    ("profile", "start"): mark("profile: what all have in common"),
}
_OTHER: Final = mark("profile: other words")


def kind_shown(kind: Mapping[str, Any], language: Language) -> str:
    """The kind that is shown of an account.

    >>> kind_shown({"kind_as_influencer": "cause", "is_person": True, "basis": "computed"}, Language("en"))
    'person in politics (counted among causes)'
    """
    shown = kind["kind_as_influencer"]
    if shown == "cause" and kind["is_person"] and kind["basis"] != "override":
        return language.say(POLITICIAN)
    return language.say(KIND_WORDS[shown])


def term_shown(term: Mapping[str, Any], language: Language) -> str:
    """What a term rests on, with what was found.

    >>> term_shown({"layer": "posts", "term": "own_site", "detail": "12/40"}, Language("en"))
    'posts that lead to its own site (12/40)'
    """
    words = language.say(TERMS.get((term["layer"], term["term"].partition("@")[0]), _OTHER))
    return f"{words} ({term['detail']})" if term["detail"] else words
