"""Figures of benchmarks/kinds.py -> the model card, and the tables of its two pages."""

from pathlib import Path

import numpy as np
import tomli_w

ROOT = Path(__file__).resolve().parents[1]
CARD = ROOT / "src" / "ascendant" / "patterns" / "kinds" / "card.toml"
PAGES = {
    "en": ROOT / "docs" / "explanation" / "model-card-kinds.md",
    "fr": ROOT / "docs" / "fr" / "fiche-natures.md",
}
_OPEN, _CLOSE = "<!-- figures: written by benchmarks/kinds.py -->", "<!-- end of figures -->"
_SOURCES = {  # what each is, its licence, and what of it is used
    "humanizr": ("X profiles labelled person or organisation by readers, mostly English", "Apache-2.0"),
    "congress": ("names and handles of members, committees and caucuses of the US Congress; no bio", "MIT"),
    "fr_parl": ("profiles of French deputies and senators", "ODbL 1.0"),
    "hatvp": ("French registries of lobbies: names, links and stated missions", "ODbL 1.0"),
    "medias_fr": ("names and links of French media; no bio", "ODbL 1.0"),
    "sp500": ("profiles of large listed US companies and their brands", "none stated: coefficients only"),
    "musae_facebook": ("names of Facebook pages in four classes; nothing else", "none stated: coefficients only"),
}
_LIMITS = (
    "Bios are read in English and French. One in another language is left unread, and the name alone counts.",
    "No bio of an ordinary French person was at hand: what is known of French persons comes from parliament.",
    "No bio of an English-speaking politician was at hand: that head learnt its bios in French.",
    "Private persons come from one source; so do unions and associations, and so do bios of companies in English.",
    "A cause that does not call itself one is not found from its profile.",
    "The bare name of a person does not tell a private person from a politician or an artist.",
    "Names of pages are of one source, whose only persons are politicians: an artist's page may look political.",
    "Accounts that hide what they are do not say so in a bio: groups that act together are looked for elsewhere.",
    "Profiles date from before 2023; words of politics and parties change.",
)
_UNTESTABLE = (
    "individual (private person): one source, humanizr",
    "cause other than a politician (association, union, movement): one source, hatvp",
    "company with an English bio: one source, sp500",
    "media with a bio: no source",
    "institution with a bio: 23 profiles of one source, hatvp",
    "page that has only its name: one source, musae_facebook",
)
_TRIED = (
    "Wording for the political head: it learns its source by heart (earlier measurements: recall .10 to .16 left out).",
    "A link, or concepts such as 'follow us', for domain and politics: they tell the source, not the kind.",
    "Followers and verification: they follow the source as well.",
    "A list of first names: those looked at are under the GPL or made for test data; shapes of names serve instead.",
    "Pieces of words from fewer than 20 profiles: pages gain .02 of macro-F1, and names would be remembered.",
    "Politics and sorts of organisations with rows weighed alike: the largest source says what the class is.",
    "Political names with sources weighed alike: bare names of members of parliament pass for private persons.",
    "Individuals shown without evidence for a person: 15 % of unseen French deputies shown were right.",
    "Less trust by one factor for all profiles: those like training lose as much as those unlike it.",
    "Trust by the likelihood of a profile's features in each source: beside the numbers seen it adds nothing.",
    "Pages in two steps, political or not and then which: .79 against .81 on pages set apart for development.",
)
_HEADS = {
    "en": {
        "left": ("Source left out", "persons kept as persons", "organisations found", "causes found", "falsely causes",
                 "kind shown", "right when shown", "gap (ECE), trusted fully", "gap (ECE), as shipped",
                 "right as a page, name alone"),
        "own": ("Measured", "result"),
        "kinds": ("Kind", "profiles", "shown", "right when shown", "right of those called so"),
        "names": {"company": "company", "cause": "cause", "individual": "individual", "media": "media",
                  "institution": "institution", "all politicians": "congress, fr_parl and pages together"},
        "rows": (
            "organisation or person, humanizr alone: area under the curve",
            "the same: accuracy", "the same: mean gap between probability and share (ECE)",
            "organisation or person, humanizr, all sources in training: area under the curve", "the same: ECE",
            "politicians kept as persons: US Congress", "politicians kept as persons: French parliament",
            "kinds of {n} profiles: shown (at .70 or more)", "the same: right when shown",
            "the same as shipped (default prior, trust, rule for individuals): shown", "the same: right when shown",
            "the same: ECE",
            "as shipped, with the collections' own frequencies: shown", "the same: right when shown",
            "{n} page names, four classes: macro-F1", "the same: shown (at .70 or more)", "the same: right when shown",
        ),
    },
    "fr": {
        "left": ("Source mise de côté", "personnes reconnues", "organisations reconnues", "causes reconnues",
                 "causes à tort", "nature affichée", "exacte quand affichée", "écart (ECE), confiance entière",
                 "écart (ECE), tel que livré", "exacte, page à nom seul"),
        "own": ("Mesure", "résultat"),
        "kinds": ("Nature", "profils", "affichée", "exacte quand affichée", "exacte parmi ceux nommés ainsi"),
        "names": {"company": "entreprise", "cause": "cause", "individual": "particulier", "media": "média",
                  "institution": "institution", "all politicians": "congress, fr_parl et pages ensemble"},
        "rows": (
            "organisation ou personne, humanizr seul : aire sous la courbe",
            "idem : exactitude", "idem : écart moyen entre probabilité et part observée (ECE)",
            "organisation ou personne, humanizr, toutes sources à l’apprentissage : aire sous la courbe", "idem : ECE",
            "élus reconnus comme personnes : Congrès américain", "élus reconnus comme personnes : Parlement français",
            "natures de {n} profils : affichées (à partir de 0,70)", "idem : exactes quand affichées",
            "idem, tel que livré (fréquences par défaut, confiance, règle du particulier) : affichées",
            "idem : exactes quand affichées", "idem : ECE",
            "tel que livré, avec les fréquences des collections : affichées", "idem : exactes quand affichées",
            "{n} noms de pages, quatre classes : macro-F1", "idem : affichées (à partir de 0,70)",
            "idem : exactes quand affichées",
        ),
    },
}  # fmt: skip


def tables(figures, code):
    """Lines of Markdown: sources left out, then in source, then by kind."""
    words = _HEADS[code]
    left = [_row(words["left"]), _rule(len(words["left"]))]
    for name, one in figures["left_out"].items():
        political, kinds, page = one["political"], one.get("kinds_trusted", {}), one.get("as_pages", {})
        known = [
            one["organisation"].get("persons_kept"), one["organisation"].get("organisations_found"),
            political.get("found_default_prior"), political.get("false_default_prior"),
            kinds.get("coverage"), kinds.get("accuracy_when_shown"),
            one.get("kinds", {}).get("ece") if kinds else None, kinds.get("ece"), page.get("accuracy"),
        ]  # fmt: skip
        left.append(_row([words["names"].get(name, name), *(_said(value, code, 2) for value in known)]))
    alone, pooled, kinds = figures["humanizr_alone"], figures["organisation"], figures["kinds"]
    shipped, shares, pages = figures["kinds_trusted"], figures["kinds_trusted_own_shares"], figures["pages"]
    values = (
        alone["auc"], alone["accuracy"], alone["ece"], pooled["humanizr"]["auc"], pooled["humanizr"]["ece"],
        pooled["congress"]["persons_kept"], pooled["fr_parl"]["persons_kept"],
        kinds["coverage"], kinds["accuracy_when_shown"], shipped["coverage"], shipped["accuracy_when_shown"],
        shipped["ece"], shares["coverage"], shares["accuracy_when_shown"],
        pages["macro_f1"], pages["coverage"], pages["accuracy_when_shown"],
    )  # fmt: skip
    own = [_row(words["own"]), _rule(2)]
    for place, (template, value) in enumerate(zip(words["rows"], values, strict=True)):
        n = (pages if place > 12 else kinds)["n"]
        own.append(
            _row([template.format(n=f"{n:,}".replace(",", "\u202f" if code == "fr" else ",")), _said(value, code, 3)])
        )
    by_kind = [_row(words["kinds"]), _rule(len(words["kinds"]))]
    for name, one in shipped["kinds"].items():
        parts = [one.get(key) for key in ("shown", "right_when_shown", "right_of_those_called_so")]
        by_kind.append(_row([words["names"][name], str(one["n"]), *(_said(value, code, 2) for value in parts)]))
    return [*left, "", *own, "", *by_kind]


def write(data, figures):
    """The card, and the tables of both pages between their marks."""
    sources = [
        {"name": name, "what": what, "licence": licence, "n": int((data.source == name).sum()),
         "with_bio": int(((data.source == name) & data.has_bio).sum())}
        for name, (what, licence) in _SOURCES.items()
    ]  # fmt: skip
    card = {
        "title": "Kinds of accounts from their profiles",
        "made_by": "tools/train_kinds.py",
        "measured_by": "benchmarks/kinds.py",
        "holds": "weights of features; hashed pieces of words that at least 20 profiles have; no profile, no name",
        "limits": list(_LIMITS),
        "untestable": list(_UNTESTABLE),
        "tried_and_left": list(_TRIED),
        "source": sources,
        "figures": _rounded(figures),
    }
    CARD.write_text(tomli_w.dumps(card), encoding="utf-8")
    for code, page in PAGES.items():
        before, _, rest = page.read_text(encoding="utf-8").partition(_OPEN)
        after = rest.partition(_CLOSE)[2]
        made = "\n".join(tables(card["figures"], code))
        page.write_text(f"{before}{_OPEN}\n\n{made}\n\n{_CLOSE}{after}", encoding="utf-8")


def _rounded(node):
    """Without what is unknown: absent is never zero."""
    if isinstance(node, dict):
        return {key: _rounded(one) for key, one in node.items() if one is not None}
    return round(node, 4) if isinstance(node, float) else node


def _said(value, code, digits):
    if value is None or np.isnan(value):
        return "–"
    return f"{value:.{digits}f}".replace(".", "," if code == "fr" else ".")


def _row(cells):
    return "| " + " | ".join(cells) + " |"


def _rule(n):
    return "| --- |" + " ---: |" * (n - 1)
