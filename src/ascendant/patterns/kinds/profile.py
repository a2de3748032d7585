"""Accounts' profiles -> log-odds of five heads, term by term, and what they make of each account's kind.

Heads: organisation (or person), political (party, cause, holder of an office), and, of organisations, company, media
and institution. A head's log-odds are the sum of its terms: what the name and bio hold, how they are made, and their
wording as one sum. All are at even prior odds: how common each kind is, is a term of its own (`Prior`), and other
layers of evidence add theirs. `docs/explanation/model-card-kinds.md` says what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat, mark
from ascendant.patterns.kinds.features import BIO, IN_BIO, IN_NAME, NAME, NOTHING, Profiles, columns, read_profiles
from ascendant.patterns.kinds.lexicon import lexicon
from ascendant.patterns.kinds.model import Floats, Terms, model
from ascendant.patterns.kinds.tongues import READ
from ascendant.patterns.kinds.trust import PAGE, cells_of, factors, facts_of, trusts

HEADS: Final = ("organisation", "political", "company", "media", "institution")
KINDS: Final = ("company", "cause", "individual", "media", "institution")
PUBLIC_FOLLOWERS: Final = 5000  # from which a person is a public figure, as in reports
START, WITHHELD, WORDING = "start", "withheld", "wording"  # terms that are no feature

PROFILE_TERMS: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("layer", pa.string()),  # "profile"
        ("term", pa.string()),  # start, wording@name, a concept (`office@bio`), a shape of name or bio, a kind of link
        ("head", pa.string()),  # one of HEADS
        ("log_odds", pa.float64()),  # what it adds
        ("detail", pa.string()),  # words found; null where there are none, or where they would tell a person's opinion
    ]
)
PROFILES: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("language", pa.string()),  # of the bio: en, fr, another's code, "unclear"; null: no bio
        ("basis", pa.string()),  # what is read: "bio" (and name), "name", "page" (a page's name), "nothing"
        ("is_public", pa.bool_()),  # rather an organisation, or a person whom many follow: words may be shown
        *((head, pa.float64()) for head in HEADS),  # log-odds at even prior odds: the sum of its terms
    ]
)
_Found = tuple[NDArray[np.int64], int, Terms]  # rows, the place of a head, and its terms for those rows
_PAGES: Final = frozenset(
    "page facebook_page public_page business company organization organisation advertiser brand".split()
)
_PARTS: Final = {
    BIO: ("organisation/bio", "political/bio", *(f"domain/{head}" for head in HEADS[2:])),
    NAME: ("organisation/name", "political/name", *(f"domain/{head}" for head in HEADS[2:])),
    PAGE: ("organisation/page", "page/political", *(f"page/{head}" for head in HEADS[2:])),
}


@dataclass(frozen=True, kw_only=True)
class Prior:
    """How common each kind is before anything is read: shares among the accounts at hand. Nobody knows them: a setting.

    The defaults are those of a study (`PatternOptions`, `weights.toml`).
    """

    organisation: float = 0.2  # of accounts that are not political
    political: float = 0.1
    company: float = 0.6  # of organisations that are not political; the three sum to 1
    media: float = 0.2
    institution: float = 0.2

    def log_odds(self) -> Floats:
        """Of each head, to be added to its sum."""
        binary = np.array([self.organisation, self.political])
        of_three = np.array([self.company, self.media, self.institution])
        return np.concatenate([np.log(binary / (1 - binary)), np.log(3 * of_three)])


@dataclass(frozen=True)
class ProfileTerms:
    """What the profiles say: terms (PROFILE_TERMS), their sums by account (PROFILES), and the limits."""

    terms: pa.Table
    profiles: pa.Table
    caveats: tuple[Caveat, ...]


def profile_terms(accounts: pa.Table, *, is_of_the_sources: bool = False) -> ProfileTerms:
    """Terms of accounts (account_id; and any of name, handle, bio, url, followers, declared_kind; null: unknown).

    Rows come in the order of the accounts; terms, by account and then by head, the strongest first. Of profiles unlike
    those that it learnt from the model is too sure: log-odds are multiplied by what `trust` says, unless
    `is_of_the_sources`.
    """
    read = read_profiles(accounts)
    basis = _basis(accounts, read)
    held, known = model().known.read(read)
    log_odds = np.zeros((accounts.num_rows, len(HEADS)))
    found: list[_Found] = []
    for name, parts in _PARTS.items():
        rows = np.flatnonzero(basis == name)
        for head, part in enumerate(parts):
            terms = model().parts[part].terms(read, held, rows)
            log_odds[rows, head] = terms.total()
            found.append((rows, head, terms))
    if not is_of_the_sources:
        facts = facts_of(log_odds, cells_of(read, basis), known, model().seen, basis)
        weight = factors(facts, basis, trusts())
        log_odds *= weight
        found = [(rows, head, terms.times(weight[rows, head])) for rows, head, terms in found]
    is_public = _is_public(accounts, log_odds[:, 0])
    columns_ = [accounts["account_id"], read.languages, basis, is_public, *log_odds.T]
    profiles = pa.table([pa.array(one) if not isinstance(one, pa.ChunkedArray) else one for one in columns_], PROFILES)
    return ProfileTerms(_table(accounts["account_id"], found, read, is_public), profiles, _caveats(read, basis))


def kind_chances(log_odds: Floats, basis: NDArray[np.str_]) -> Floats:
    """n x KINDS, rows sum to 1, from n x HEADS log-odds (of all layers and the prior, added) and each row's `basis`.

    Political or not comes first; what is not political is a person, or an organisation of one of three kinds. Of a page
    that has only its name, political stands beside the three, as its part was learnt.

    >>> kind_chances(np.zeros((1, 5)), np.array(["name"])).round(3).tolist()
    [[0.083, 0.5, 0.25, 0.083, 0.083]]
    """
    organisation, political = _chance(log_odds[:, 0]), _chance(log_odds[:, 1])
    four = np.exp(log_odds[:, 1:] - log_odds[:, 1:].max(axis=1, keepdims=True))
    political = np.where(basis == PAGE, four[:, 0] / four.sum(axis=1), political)
    three = np.exp(log_odds[:, 2:] - log_odds[:, 2:].max(axis=1, keepdims=True))
    company, media, institution = (three / three.sum(axis=1, keepdims=True)).T * organisation * (1 - political)
    return np.stack([company, political, (1 - organisation) * (1 - political), media, institution], axis=1)


def _chance(log_odds: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))
    return found


def _basis(accounts: pa.Table, read: Profiles) -> NDArray[np.str_]:
    basis = np.array(read.basis, dtype=object)
    if "declared_kind" in accounts.column_names:
        kind = pc.fill_null(pc.utf8_lower(accounts["declared_kind"].cast(pa.string())), "")
        is_page = pc.is_in(kind, pa.array(sorted(_PAGES))).to_numpy()
        basis[is_page & (basis == NAME)] = PAGE
    return basis


def _is_public(accounts: pa.Table, organisation: Floats) -> NDArray[np.bool_]:
    is_public = organisation > 0
    if "followers" in accounts.column_names:
        followers = pc.fill_null(accounts["followers"].cast(pa.int64()), 0).to_numpy()
        is_public = is_public | (followers >= PUBLIC_FOLLOWERS)
    return is_public


def _table(ids: pa.ChunkedArray, found: list[_Found], read: Profiles, is_public: NDArray[np.bool_]) -> pa.Table:
    """All terms as PROFILE_TERMS. What tells an opinion is one term without words, for those who are not public."""
    names = [*columns(), START, WITHHELD, *(f"{WORDING}@{place}" for place in ("name", "bio"))]
    start, withheld, wording = len(columns()), len(columns()) + 1, len(columns()) + 2
    tells = _tells_opinion()
    blocks: list[tuple[NDArray[np.int64], NDArray[np.int64], int, Floats]] = []  # rows, terms, head, log-odds
    for rows, head, terms in found:
        shown = terms.shown.tocoo()
        row, term = rows[shown.row], shown.col.astype(np.int64)
        is_hidden = tells[term] & ~is_public[row]
        hidden = np.bincount(shown.row[is_hidden], shown.data[is_hidden], minlength=rows.size)
        has_hidden = np.bincount(shown.row[is_hidden], minlength=rows.size) > 0
        blocks += [
            (rows, np.full(rows.size, start), head, terms.start),
            (row[~is_hidden], term[~is_hidden], head, shown.data[~is_hidden]),
            (rows[has_hidden], np.full(int(has_hidden.sum()), withheld), head, hidden[has_hidden].astype(np.float64)),
        ]
        for offset, place in enumerate(("name", "bio")):
            if place in terms.wording:
                value = terms.wording[place]
                is_said = value != 0
                blocks.append((rows[is_said], np.full(int(is_said.sum()), wording + offset), head, value[is_said]))
    row, term, value = (np.concatenate([block[place] for block in blocks]) for place in (0, 1, 3))
    head_ = np.concatenate([np.full(block[0].size, block[2]) for block in blocks])
    order = np.lexsort((term, -np.abs(value), head_, row))
    row, term, head_, value = row[order], term[order], head_[order], value[order]
    chosen = pa.DictionaryArray.from_arrays
    columns_ = [
        ids.combine_chunks().take(pa.array(row)) if row.size else pa.array([], pa.string()),
        pa.array(np.full(row.size, "profile", dtype=object), pa.string()),
        chosen(pa.array(term), pa.array(names)).cast(pa.string()),
        chosen(pa.array(head_), pa.array(list(HEADS))).cast(pa.string()),
        pa.array(value, pa.float64()),
        _details(row, term, read),
    ]
    return pa.table(columns_, schema=PROFILE_TERMS)


def _details(row: NDArray[np.int64], term: NDArray[np.int64], read: Profiles) -> pa.Array:
    # A concept "anywhere" shows the words of the name and of the bio.
    n = len(lexicon().concepts)
    is_concept = term < 3 * n
    details = np.full(row.size, None, dtype=object)
    for place in np.flatnonzero(is_concept):
        one, column = int(row[place]), int(term[place])
        where = (column,) if column < 2 * n else (column - 2 * n, column - n)
        said = [words for words in (read.words.get((one, each)) for each in where) if words]
        details[place] = ", ".join(dict.fromkeys(said)) or None
    return pa.array(details, pa.string())


def _tells_opinion() -> NDArray[np.bool_]:
    opinions = {concept.key for concept in lexicon().concepts if concept.is_opinion}
    named = [name.removesuffix(IN_NAME).removesuffix(IN_BIO) in opinions for name in columns()]
    return np.array([*named, False, False, False, False])


def _caveats(read: Profiles, basis: NDArray[np.str_]) -> tuple[Caveat, ...]:
    n_foreign = sum(one is not None and one not in {*READ, "unclear"} for one in read.languages)
    n_none = sum(one is None for one in read.languages)
    n_nothing = int((basis == NOTHING).sum())
    said = (
        (n_foreign, mark("bios in neither English nor French: {n}; their kinds rest on names, and are less sure")),
        (n_none, mark("profiles without a bio: {n}; their kinds rest on names, and are less sure")),
        (n_nothing, mark("profiles with nothing to read: {n}; they say nothing about kind")),
    )
    return tuple(Caveat(template, {"n": n}) for n, template in said if n)
