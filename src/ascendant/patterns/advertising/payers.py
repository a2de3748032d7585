"""Pages and the names that pay for them -> advertisers: one for each payer, and which of them may be private persons.

A library names the page of an advertisement and, where the law asks for it, who paid. The advertiser is who paid; where
nobody is named, the page. A payer whose name exactly one page of the platform bears is that page; two pages of one name
stay apart. In an own archive the account that had the advertisement shown is the advertiser.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.kinds.weights import declarations

FEW_ADS: Final = 10
LITTLE_SPENT: Final = 1000.0  # of any currency: private persons seldom pay as much
_SURE: Final = 4.0  # log-odds of an organisation, from which a declaration fits no person (kinds/declared.toml)
_TOLD: Final = ("platform", "source", "page_id", "page_name", "page_handle", "resolved", "payer")
_PERSONS_WORDS: Final = (2, 3, 4)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_PAID_BY: Final = re.compile(
    r"^\s*(?:financé|payé|sponsorisé)e?s? par |^\s*(?:paid for|sponsored|funded) by |^\s*(?:finanziert|bezahlt) von ",
    re.IGNORECASE,
)
# Words that no person's name has; those of the commonest trades and bodies, in French and English.
_ORGANISED: Final = frozenset(
    "le la les the l un une de-la and et pour for of du des aux avec sans contre"
    " sa sas sarl eurl sasu scop sci gmbh ag bv nv ltd llc inc plc corp co spa srl asso"
    " association ong ngo fondation foundation fund fonds federation fédération confederation confédération union"
    " syndicat parti party mouvement movement collectif comité committee campaign campagne alliance ligue league"
    " conseil council ville city mairie commune département region région état state ministère ministry agence agency"
    " institut institute université university école school lycée collège academy académie centre center musée museum"
    " théâtre theatre festival club cercle réseau network groupe group company compagnie société holding"
    " entreprise entreprises business industries industrie services service solutions conseil conseils consulting"
    " studio atelier ateliers maison domaine château ferme boulangerie pharmacie clinique hôpital hospital garage"
    " restaurant hôtel hotel café bar shop boutique magasin store marché market immobilier habitat logement énergie"
    " energy eau eaux water électricité transports transport mobilité mobility vélo vélos bikes auto autos cars voyages"
    " travel banque bank assurance assurances insurance mutuelle crédit finance capital média media presse press radio"
    " télévision tv journal news gazette courrier quotidien hebdo magazine éditions books librairie mode fashion"
    " beauté beauty santé health sport sports fitness jardin bio vins wine brasserie coopérative citoyens citoyennes"
    " citizens amis friends parents salariés travailleurs workers jeunes élus demain ensemble together action"
    " initiative projet project forum observatoire office syndical patronat fabrique labo lab digital tech web".split()
)


def advertisers_of(rows: pa.Table) -> tuple[pa.Array, pa.Array]:
    """The id of the advertiser of each row, and the name that it bears; null where neither page nor payer is told.

    `rows` has the columns of the question `advertising`.
    """
    keys = [pc.fill_null(rows[name], "") for name in _TOLD]
    coded = pc.dictionary_encode(pc.binary_join_element_wise(*keys, "\x1f").combine_chunks())
    known = [tuple(one.split("\x1f")) for one in coded.dictionary.to_pylist()]
    bearers: dict[tuple[str, str], set[str]] = {}
    for platform, _, page, name, _, resolved, _ in known:
        if page and name and resolved != "name_only":
            bearers.setdefault((platform, folded(name)), set()).add(page)
    found = [_advertiser(bearers, *one) for one in known]
    ids, names = (pa.array([one[place] for one in found], pa.string()) for place in (0, 1))
    return ids.take(coded.indices), names.take(coded.indices)


def _advertiser(
    bearers: dict[tuple[str, str], set[str]],
    platform: str, source: str, page: str, name: str, handle: str, resolved: str, payer: str,
) -> tuple[str | None, str | None]:  # fmt: skip
    payer = _PAID_BY.sub("", payer)
    is_own = source in ("archive", "list")
    is_exact = bool(page) and resolved != "name_only"
    called = payer or name or handle or page.partition(":@")[2] or page.partition(":name:")[2] or None
    if is_exact and (is_own or not payer or folded(payer) == folded(name)):
        return page, (name or called) if not is_own else called
    theirs = bearers.get((platform, folded(called or "")), set())
    if len(theirs) == 1:
        return next(iter(theirs)), called
    if payer:
        return f"{platform}:payer:{folded(payer)}", payer
    return (page or None), called


def declared_organisations(rows: pa.Table) -> frozenset[str]:
    """Pages of a category that no person has, such as a local business; `rows` are those of the question `advertising`.

    Libraries of advertisements tell neither a category nor a legal form: other files of the same page do. An office may
    be a person's (`government`), and a trader's own name is a person's, whatever stands beside it.
    """
    public = {name: one for name, one in declarations().items() if one.is_public}
    sure = [name for name, one in public.items() if one.log_odds.get("organisation", 0.0) >= _SURE]
    told = pc.is_in(pc.utf8_lower(rows["page_kind"].cast(pa.string())), pa.array(sure, pa.string()))
    return frozenset(rows["page_id"].filter(told).unique().drop_null().to_pylist())


def folded(name: str) -> str:
    """A name as it is compared.

    >>> folded("  Ville   DEMAIN ")
    'ville demain'
    """
    return " ".join(name.casefold().split())


def may_be_private(names: list[str | None], n_ads: NDArray[np.int64], spend_low: NDArray[np.float64]) -> list[bool]:
    """Whether an advertiser may be a private person: a name of two to four words in capitals like a person's, none of
    them an organisation's, few advertisements, little paid. Without a name nothing is known: private.

    >>> may_be_private(["Marthe Vasseur", "Ville Demain", "Marthe Vasseur", None], np.array([2, 2, 40, 1]), np.zeros(4))
    [True, False, False, True]
    """
    is_little = (n_ads < FEW_ADS) & (np.nan_to_num(spend_low) < LITTLE_SPENT)
    return [bool(little) and is_like_a_person(name) for name, little in zip(names, is_little.tolist(), strict=True)]


def is_like_a_person(name: str | None) -> bool:
    """Whether a name may be a private person's; no name may be anybody's.

    >>> [is_like_a_person(one) for one in ("Marthe Vasseur", "Ville Demain", "EDF Ouest", "Cyclesdumont", "")]
    [True, False, False, False, True]
    """
    if not name:
        return True
    words = name.replace(",", " ").split()
    if len(words) not in _PERSONS_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return False
    if any(part in _ORGANISED for word in words for part in re.split(r"['’.-]", word.casefold()) if part):
        return False
    is_shouted = [word.isupper() and 1 < len(word) <= 5 for word in words]  # CGT, EDF
    has_capitals = all(word[0].isupper() or word in ("de", "van", "von", "da", "di", "el", "ben") for word in words)
    is_scriptless = not any(one.isupper() for word in words for one in word)  # a script without capitals, or none typed
    return (has_capitals or is_scriptless) and not (any(is_shouted) and not all(word.isupper() for word in words[-1:]))
