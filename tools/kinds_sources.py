"""Labelled profiles of public collections -> one list of rows, to train and to measure: none goes into the package."""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

import tldextract

KINDS = ("company", "cause", "individual", "media", "institution")
_HATVP = {
    "Entreprise": "company",
    "Cabinets de consultants spécialisés": "company",
    "Cabinets d'avocats": "company",
    "Association": "cause",
    "Syndicat": "cause",
    "Organisation non gouvernementale": "cause",
    "Groupe de réflexion": "cause",
    "Organisme public": "institution",
    "Autorité administrative": "institution",
    "Secteur public (autre)": "institution",
    "Organisme de recherche": "institution",
    # bodies of a trade stand between company and cause: known as organisations only
    "Organisation professionnelle": None,
    "Autre organisation professionnelle": None,
}
_MUSAE = {"company": "company", "government": "institution", "tvshow": "media", "politician": "cause"}
_domain = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@dataclass
class Row:
    """`kind` is None where the source does not say; `group` is kept whole in a fold: one person, one firm."""

    source: str
    group: str
    name: str
    handle: str
    bio: str
    url: str
    is_organisation: bool
    kind: str | None


def rows(folder):
    """Every labelled profile, in a fixed order."""
    folder = Path(folder)
    found = [
        *_humanizr(folder / "humanizr"),
        *_congress(folder / "congress"),
        *_parliament(folder / "fr_parl"),
        *_registry(folder / "hatvp"),
        *_media(folder / "medias_fr"),
        *_companies(folder / "sp500"),
        *_pages(folder / "musae_facebook"),
    ]
    return sorted(found, key=lambda row: (row.source, row.group, row.handle, row.name, row.bio))


def _table(path):
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _humanizr(folder):
    seen = {}
    for part in ("balanced", "unbalanced"):
        for row in _table(folder / f"humanizr_{part}.csv"):
            seen.setdefault(row["id"], row)
    for key, row in seen.items():
        is_organisation = row["label"] == "organization"
        kind = None if is_organisation else "individual"
        yield Row("humanizr", key, row["name"], row["username"], row["bio"], row["url"], is_organisation, kind)


def _congress(folder):
    # Committees, caucuses and parties are organisations, members are not; the files hold no bio.
    for row in json.loads((folder / "users.json").read_text(encoding="utf-8")):
        for account in row["accounts"]:
            is_organisation = row["type"] != "member"
            yield Row("congress", row["name"], row["name"], account["screen_name"], "", "", is_organisation, "cause")


def _parliament(folder):
    seen = set()
    for part in ("deputes", "senateurs"):
        for row in json.loads((folder / f"{part}.json").read_text(encoding="utf-8")):
            profile = row.get("twitter_data")
            if not profile or profile["screen_name"].lower() in seen:
                continue
            seen.add(profile["screen_name"].lower())
            links = profile.get("entities", {}).get("url", {}).get("urls", [])
            url = (links[0].get("expanded_url") or "") if links else ""
            bio = profile["description"] or ""
            yield Row("fr_parl", row["nom"], profile["name"], profile["screen_name"], bio, url, False, "cause")


def _registry(folder):
    for row in _table(folder / "registre-lobbying-AN-v2-170805.csv"):
        category = row["Catégorie"]
        if category in _HATVP:
            bio = re.sub(r"\s+", " ", row["Objectif et mission"])[:240]  # missions are long; bios are not
            name = row["Raison sociale"]
            yield Row("hatvp", name, name, "", bio, row["Site internet"], True, _HATVP[category])
    for row in json.loads((folder / "registre-lobbying-HATVP-ORGA_PUB.json").read_text(encoding="utf-8")):
        handle = (row.get("lienPageTwitter") or "").rstrip("/").rpartition("/")[2]
        name = (row.get("nomUsageHatvp") or row["denomination"]).title()
        yield Row("hatvp", name, name, handle, "", row.get("lienSiteWeb") or "", True, "institution")


def _media(folder):
    for row in _table(folder / "medias.csv"):
        match = re.search(r"https?://(?:www\.)?twitter\.com/(\w+)", row["prefixes"])
        yield Row("medias_fr", row["name"], row["name"], match[1] if match else "", "", row["home_page"], True, "media")


def _companies(folder):
    for row in _table(folder / "sp_500_twitter_profile_info.csv"):
        group = _domain(row["url"]).domain or row["name"]
        yield Row("sp500", group, row["name"], row["username"], row["description"], row["url"], True, "company")


def _pages(folder):
    for row in _table(folder / "musae_facebook_target_names.csv"):
        kind = _MUSAE[row["page_type"]]
        yield Row("musae_facebook", row["facebook_id"], row["page_name"], "", "", "", kind != "cause", kind)
