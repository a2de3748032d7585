"""How a profile is made, apart from its words: shape of the name, of the handle, of the bio, and where its link leads.

Each feature is named; its value is 0 or 1, so that a weight is what its presence adds.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import tldextract

NAME: Final = (
    *("name_one_word", "name_two_words", "name_three_words", "name_four_words", "name_long"),
    *("name_capitals", "name_small", "name_like_a_person", "name_title_words", "name_initials", "name_acronym"),
    *("name_joined", "name_digits", "name_sign", "name_emoji", "name_legal_sign"),
    *("name_is_handle", "handle_is_initials", "handle_adds", "handle_number", "handle_underscore"),
    "handle_capital_inside",
)
BIO: Final = (
    *("bio_short", "bio_medium", "bio_long", "bio_very_long", "bio_sentence", "bio_small_start", "bio_parts"),
    *("bio_mention", "bio_mentions", "bio_hashtag", "bio_hashtags", "bio_link", "bio_mail", "bio_phone"),
    *("bio_emoji", "bio_heart", "bio_flag", "bio_exclamation", "bio_legal_sign", "bio_quote", "bio_list"),
)
LINK: Final = ("link_own_domain", "link_social", "link_blog", "link_public_body", "link_other")
FEATURES: Final = (*NAME, *BIO, *LINK)

_WORD: Final = re.compile(r"[^\W\d_]+")
_TITLE: Final = re.compile(r"[^\W\d_]\.?(?:[^\W\d_]|['’-])*$")
_LINKED: Final = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|fr|co|io|tv|eu|info|us|uk)\b", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
_PHONE: Final = re.compile(r"(?:\+|\b)\d[\d .()/-]{7,}\d\b")
_MENTION: Final = re.compile(r"(?<!\w)@\w+")
_HASHTAG: Final = re.compile(r"(?<!\w)#\w+")
_EMOJI: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_HEART: Final = re.compile("[\u2764\u2665\U0001f493-\U0001f49f\U0001f90d\U0001f90e\U0001f5a4\U0001f9e1]|<3")
_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4\U000e0067")
_LEGAL: Final = re.compile("[®™©℠]")
_SOCIAL: Final = frozenset(
    "facebook fb instagram twitter x youtube youtu tiktok snapchat linkedin pinterest soundcloud spotify myspace ask"
    " linktr twitch vimeo flickr last vk telegram t discord gofundme paypal about vine ello goodreads patreon".split()
)
_BLOGS: Final = frozenset(
    "tumblr blogspot wordpress medium typepad livejournal blogger over-blog overblog skyrock canalblog hautetfort"
    " wix wixsite weebly squarespace substack mediapart".split()
)
_PUBLIC: Final = ("gov", "gouv.fr", "mil", "edu", "int", "gov.uk", "gob", "gc.ca", "gouv", "europa.eu", "senat.fr")
_domains = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)


def structure(name: str, handle: str, bio: str, url: str) -> list[int]:
    """Places in `FEATURES` of what the profile shows."""
    found = [*_of_name(name, handle)]
    if bio:
        found += _of_bio(bio)
    if url:
        found.append(_of_link(url, name, handle))
    return [_PLACE[one] for one in found]


def _of_name(name: str, handle: str) -> list[str]:
    name = unicodedata.normalize("NFKC", name).strip()
    words = name.split()
    letters = _WORD.findall(name)
    found = []
    if words:
        found.append(("name_one_word", "name_two_words", "name_three_words", "name_four_words")[min(len(words), 4) - 1])
    titles = [_TITLE.match(word) is not None and word[:1].isupper() and not word.isupper() for word in words]
    initials = [len(word.rstrip(".")) == 1 and word[0].isupper() for word in words]
    shown = {
        "name_long": len(name) > 25,
        "name_capitals": name.isupper() and len(name) > 4,
        "name_small": name.islower(),
        "name_like_a_person": 2 <= len(words) <= 4 and titles[0] and all(map(_or, titles, initials)),
        "name_title_words": bool(words) and all(titles),
        "name_initials": any(initials) and len(words) > 1,
        "name_acronym": len(words) == 1 and name.isupper() and 2 <= len(name) <= 6,
        "name_joined": bool(re.search(r"[&+/|]|\b(?:and|et|of|the|de la|du|des|for)\b", name, re.IGNORECASE)),
        "name_digits": any(letter.isdigit() for letter in name),
        "name_sign": bool(re.search(r"[!?*~_=<>:;()\[\]{}\"@#$%^]", name)),
        "name_emoji": bool(_EMOJI.search(name) or _FLAG.search(name)) or not letters,
        "name_legal_sign": bool(_LEGAL.search(name)),
    }
    if handle:
        one, other = _squeezed(name), _squeezed(handle)
        shown |= {
            "name_is_handle": one == other,
            "handle_is_initials": len(letters) > 1 and other == "".join(word[0] for word in letters).casefold(),
            "handle_adds": len(one) > 3 and one in other and one != other,
            "handle_number": bool(re.search(r"\d{2,}$", handle)),
            "handle_underscore": "_" in handle,
            "handle_capital_inside": bool(re.search(r"[a-z][A-Z]", handle)),
        }
    return found + [one for one, is_shown in shown.items() if is_shown]


def _of_bio(bio: str) -> list[str]:
    bio = bio.strip()
    n_mentions, n_hashtags = len(_MENTION.findall(bio)), len(_HASHTAG.findall(bio))
    size = ("bio_short", "bio_medium", "bio_long", "bio_very_long")[sum(len(bio) > least for least in (40, 100, 200))]
    n_parts = len(re.findall(r"[|•·★✦►/]| - |\n", bio))
    shown = {
        "bio_sentence": bio.endswith((".", "!", "…")),
        "bio_small_start": bio[:1].islower(),
        "bio_parts": n_parts > 1,
        "bio_mention": n_mentions > 0,
        "bio_mentions": n_mentions > 1,
        "bio_hashtag": n_hashtags > 0,
        "bio_hashtags": n_hashtags > 2,
        "bio_link": bool(_LINKED.search(bio)),
        "bio_mail": bool(_MAIL.search(bio)),
        "bio_phone": bool(_PHONE.search(bio)),
        "bio_emoji": bool(_EMOJI.search(bio)),
        "bio_heart": bool(_HEART.search(bio)),
        "bio_flag": bool(_FLAG.search(bio)),
        "bio_exclamation": "!" in bio,
        "bio_legal_sign": bool(_LEGAL.search(bio)),
        "bio_quote": bio[:1] in "\"“«'‘",
        "bio_list": bio.count(",") + bio.count(".") > 3 and len(bio) < 12 * (bio.count(",") + bio.count(".")),
    }
    return [size] + [one for one, is_shown in shown.items() if is_shown]


def _of_link(url: str, name: str, handle: str) -> str:
    try:
        parts = _domains(url[:2_000])
    except ValueError:  # an address that cannot be one, such as an open bracket
        return "link_other"
    registered = f"{parts.domain}.{parts.suffix}"
    if parts.suffix in _PUBLIC or registered in _PUBLIC or parts.suffix.startswith(("gov.", "gob.")):
        return "link_public_body"
    if parts.domain in _SOCIAL:
        return "link_social"
    if parts.domain in _BLOGS:
        return "link_blog"
    site = _squeezed(parts.domain)
    words = [_squeezed(word) for word in _WORD.findall(name)]
    is_own = len(site) > 2 and any(
        other and (other in site or site in other) for other in (_squeezed(name), _squeezed(handle)) if len(other) > 2
    )
    return "link_own_domain" if is_own or any(word in site for word in words if len(word) > 4) else "link_other"


def _squeezed(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if letter.isalnum())


def _or(one: bool, other: bool) -> bool:
    return one or other


_PLACE: Final = {name: place for place, name in enumerate(FEATURES)}
