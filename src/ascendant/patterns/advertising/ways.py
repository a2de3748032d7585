"""Criteria of advertisements -> by which ways each one narrows whom it reaches: its fineness.

The measure: the fineness of an advertisement is the number of WAYS by which it leaves people out. A criterion that
leaves nobody out (all ages, both sexes, a whole country) is no way; two interests are one way. Language and device are
left aside: they follow from the advertisement's own words and form.

A public library tells age, sex and place alone; an archive of X tells all of them; one of Facebook names lists, and of
what an advertisement was aimed by it tells nothing. So an advertisement of which the source tells no criterion is
*untold*, which is not a fineness of 0, and finenesses of two sources are never compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from babel import Locale
from numpy.typing import NDArray

WAYS: Final = (
    "age",  # leaves out ten years or more of the years from 18 to 65, or everybody above
    "sex",  # one of the two
    "place",  # smaller than a country, or a part of one left out
    "interest",
    "behaviour",  # what people do or look for, whom they follow
    "context",  # what they are looking at
    "lookalike",  # likeness to customers or visitors
    "uploaded_list",  # names in a file that the advertiser gave to the platform
    "retargeting",  # a visit to its site, application or shop
)
LIBRARY_WAYS: Final = ("age", "sex", "place")  # all that public libraries tell

Whole = NDArray[np.int64]
Yes = NDArray[np.bool_]

_AGE, _SEX, _PLACE = 0, 1, 2
_OF_CLASS: Final = {name: place for place, name in enumerate(WAYS) if place > _PLACE} | {
    "store_visit": WAYS.index("retargeting")
}
_OF_TYPE: Final = {
    **dict.fromkeys(("target_age", "age", "ages", "âge", "tranche d'âge"), _AGE),
    **dict.fromkeys(("target_gender", "gender", "sex", "sexe", "genre"), _SEX),
    **dict.fromkeys(
        ("target_location", "excluded_location", "locations", "location", "place", "places", "lieu", "lieux"), _PLACE
    ),
}
_ASIDE: Final = frozenset({"languages", "language", "langue", "langues"})
_CAME_OF_IT: Final = "delivered_"  # whom an advertisement reached, not whom it was meant for
# What libraries say beside it: nothing of how people were chosen.
_BESIDE: Final = frozenset(
    "publisher_platform language estimated_audience beneficiary delivery_window region country report_window".split()
)
_SAYS_NOTHING, _NO_WAY = -1, -2

_FIRST, _LAST = 18, 65  # years of age: one bit for each, the last for it and all above
_ALL_AGES: Final = (1 << (_LAST - _FIRST + 1)) - 1
_NARROW_YEARS: Final = 10
_UNKNOWN: Final = ("unknown", "inconnu", "âge inconnu", "not known")
_NUMBER: Final = re.compile(r"\d{1,3}")
_BELOW: Final = re.compile(
    r"^\s*(?:<|≤|under|up to|below|less than|moins de|jusqu|unter|bis|menos de|hasta)", re.IGNORECASE
)
_MEN: Final = frozenset(
    "male men man homme hommes masculin m männer männlich hombre hombres uomo uomini homens".split()
)
_WOMEN: Final = frozenset(
    "female women woman femme femmes féminin f frauen weiblich mujer mujeres donna donne mulheres".split()
)
_BOTH: Final = frozenset(
    (
        *"all any everyone both tous toutes tout alle todos todas tutti others other unknown inconnu".split(),
        *("unknown gender", "tous les sexes", "les deux", "all genders"),
    )
)
_LANGUAGES: Final = ("en", "fr", "de", "es", "it", "pt", "nl", "pl")
_WIDE: Final = frozenset(
    ("worldwide", "world", "monde", "global", "eu", "eea", "european union", "european economic area", "all countries")
)


@dataclass(frozen=True)
class Ways:
    """Of each advertisement by which ways it narrows, whether anything of it is told, and its criteria one by one."""

    narrows: Yes  # [N, ways]
    is_told: Yes  # [N]
    criterion_of: Whole  # [C] the advertisement of a criterion that narrows
    criterion_way: Whole  # [C]
    criterion: Whole  # [C] a code of its type and value
    n_unread: int  # ages, sexes and other personal criteria that could not be made out: they count as no way

    @property
    def fineness(self) -> Whole:
        """How many ways each advertisement has; meaningless where nothing is told."""
        found: Whole = self.narrows.sum(axis=1)
        return found


def ways_of(criteria: pa.ChunkedArray | pa.Array) -> Ways:
    """From a column of lists of (type, value, class), a list for each advertisement.

    >>> kind = pa.list_(pa.struct([("type", pa.string()), ("value", pa.string()), ("class", pa.string())]))
    >>> ages = {"type": "target_age", "value": "25-34", "class": "demographic"}
    >>> all_sexes = {"type": "target_gender", "value": "All", "class": "demographic"}
    >>> found = ways_of(pa.array([[ages, all_sexes], [all_sexes], [], None], kind))
    >>> found.fineness.tolist(), found.is_told.tolist()
    ([1, 0, 0, 0], [True, True, False, False])
    """
    column = criteria.combine_chunks() if isinstance(criteria, pa.ChunkedArray) else criteria
    n_ads = len(column)
    ad, code, known = _coded(column)
    read = [_read(*one) for one in known]
    way = np.array([one[0] for one in read], np.int64)
    mask = np.array([one[1] for one in read], np.int64)
    narrows = np.zeros((n_ads, len(WAYS)), bool)
    is_told = np.zeros(n_ads, bool)
    n_unread = 0
    if code.size:
        # On which page an advertisement stood says nothing of how its readers were chosen: alone, it tells nothing.
        is_told[ad[(way[code] != _CONTEXT) & (way[code] != _SAYS_NOTHING)]] = True
        n_unread = int(np.count_nonzero((way[code] == _NO_WAY) & (mask[code] < 0)))
        ad, code = ad[way[code] >= 0], code[way[code] >= 0]
        for one, everybody, few in ((_AGE, _ALL_AGES, _NARROW_YEARS), (_SEX, 3, 1)):
            held = np.zeros(n_ads, np.int64)
            here = way[code] == one
            np.bitwise_or.at(held, ad[here], mask[code[here]])
            n_unread += int(np.count_nonzero(here & (mask[code] == 0)))
            left_out = np.bitwise_count(everybody & ~held)
            is_open = (one == _SEX) | ((held >> (_LAST - _FIRST)) & 1 == 1)
            narrows[:, one] = (held > 0) & ((left_out >= few) | ~is_open)
        others = (way[code] > _SEX) & (mask[code] > 0)
        narrows[ad[others], way[code[others]]] = True
    kept = narrows[ad, way[code]] & (mask[code] > 0) if code.size else np.zeros(0, bool)
    return Ways(narrows, is_told, ad[kept], way[code[kept]], code[kept], n_unread)


def _coded(column: pa.Array) -> tuple[Whole, Whole, list[tuple[str, str, str]]]:
    """The advertisement of each criterion, its code, and what the codes mean; what came of an ad is left out."""
    flat = pc.list_flatten(column)
    ad = pc.list_parent_indices(column).to_numpy(zero_copy_only=False).astype(np.int64)
    parts = [pc.fill_null(pc.struct_field(flat, name), "") for name in ("type", "value", "class")]
    is_kept = pc.invert(pc.starts_with(parts[0], _CAME_OF_IT)).to_numpy(zero_copy_only=False)
    parts = [one.filter(pa.array(is_kept)) for one in parts]
    coded = pc.dictionary_encode(pc.binary_join_element_wise(*parts, "\x1f"))
    names = [tuple(one.split("\x1f", 2)) for one in coded.dictionary.to_pylist()]
    codes: Whole = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return ad[is_kept], codes, [(one[0], one[1], one[2]) for one in names]


_CONTEXT: Final = WAYS.index("context")


def _read(kind: str, value: str, group: str) -> tuple[int, int]:
    """The way of a criterion, and what it lets in: bits of years, bits of sexes, or 1 where it narrows.

    Of none, whether it tells something of the aim, with -1 where it could not be made out.
    """
    name = " ".join(kind.casefold().split())
    if group == "demographic":
        way = _OF_TYPE.get(name, _NO_WAY)
        if way == _AGE:
            return (_NO_WAY, 0) if value.casefold().startswith(_UNKNOWN) else (way, ages(value))
        if way == _SEX:
            return way, _sexes(value)
        return (way, 0 if is_wide_place(value) else 1) if way == _PLACE else (_NO_WAY, 0 if name in _ASIDE else -1)
    if group == "platform":
        return (_SAYS_NOTHING if name in _BESIDE else _NO_WAY), 0
    # What X calls follower look-alikes is made from whom people follow: no customers are behind it.
    if group == "lookalike" and "follower" in name:
        return WAYS.index("behaviour"), 1
    return (_OF_CLASS[group], 1) if group in _OF_CLASS else (_NO_WAY, -1)


def ages(value: str) -> int:
    """The years of age that a band lets in, as bits; 0 where none is told.

    >>> [ages(band).bit_count() for band in ("18-65+", "25-34", "≥65", "13 and up", "Over 50", "under 25", "Unknown")]
    [48, 10, 1, 48, 15, 7, 0]
    """
    numbers = [int(number) for number in _NUMBER.findall(value)]
    if not numbers:
        return 0
    low, high = (0, numbers[0] - 1) if _BELOW.match(value) and len(numbers) == 1 else (numbers[0], numbers[-1])
    if len(numbers) == 1 and not _BELOW.match(value):
        # One number with nothing beside it is one year; with words or a sign it is a lower end.
        high = low if value.strip() == str(low) else _LAST
        low += value.strip().casefold().startswith(("over", "plus de", ">", "über"))
    first, last = min(max(low, _FIRST), _LAST + 1), min(max(high, 0), _LAST)
    if high < _FIRST:
        return 1 << 62  # minors alone: told, and none of the adults
    return sum(1 << (year - _FIRST) for year in range(first, last + 1))


def _sexes(value: str) -> int:
    name = " ".join(value.casefold().split())
    return 1 if name in _MEN else 2 if name in _WOMEN else 3 if name in _BOTH or not name else 0


def is_wide_place(name: str) -> bool:
    """Whether a place is a country or more, by its name in one of eight languages, or its code.

    >>> [is_wide_place(one) for one in ("France", "Allemagne", "FR", "Europe", "Lyon", "Paris, France")]
    [True, True, True, True, False, False]
    """
    folded = " ".join(name.casefold().split())
    return not folded or folded in _countries()


@cache
def _countries() -> frozenset[str]:
    found = set(_WIDE)
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            found |= {code.casefold(), str(name).casefold()}
    return frozenset(found)
