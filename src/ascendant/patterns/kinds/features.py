"""Accounts -> what their profiles show, as a table of zeros and ones; each with the words that it was found in.

Columns, in this order: `concept@name` and `concept@bio`, `concept` (in either), then the names of `structure.FEATURES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from ascendant.patterns.kinds.lexicon import lexicon
from ascendant.patterns.kinds.structure import FEATURES, structure
from ascendant.patterns.kinds.tongues import READ, languages_of

IN_NAME, IN_BIO = "@name", "@bio"
BIO, NAME, NOTHING = "bio", "name", "nothing"  # what there is to read: `Profiles.basis`
_LIMIT: Final = 2_000  # letters of any column; a profile is read to there


@dataclass(frozen=True)
class Profiles:
    """What n profiles show."""

    shown: sp.csr_matrix  # n x columns(), zeros and ones
    words: dict[tuple[int, int], str]  # of a row and a column of a concept in a name or bio: the words found
    names: list[str]  # with the handle, for `wording`
    bios: list[str]  # empty where there is none in a language that is read
    languages: list[str | None]
    basis: list[str]  # BIO, NAME or NOTHING: what is read of each


@cache
def columns() -> tuple[str, ...]:
    """Names of the features."""
    keys = [concept.key for concept in lexicon().concepts]
    return (*(key + IN_NAME for key in keys), *(key + IN_BIO for key in keys), *keys, *FEATURES)


def read_profiles(accounts: pa.Table) -> Profiles:
    """Profiles of a table with account_id, and any of name, handle, bio and url (null: unknown)."""
    names, handles, bios, urls = (_texts(accounts, name) for name in ("name", "handle", "bio", "url"))
    languages = languages_of(bios)
    # A bio in a third language tells this lexicon nothing: the profile is read as if it had none.
    known = [bio if tongue in {*READ, "unclear"} else "" for bio, tongue in zip(bios, languages, strict=True)]
    n_concepts = len(lexicon().concepts)
    starts, places, words = [0], [], {}
    for row, (name, handle, bio, url, tongue) in enumerate(zip(names, handles, known, urls, languages, strict=True)):
        here: set[int] = set()
        for offset, found in (
            (0, lexicon().in_name(name, handle)),
            (n_concepts, lexicon().in_bio(bio, tongue or "") if bio else []),
        ):
            for concept, said in found:
                words[row, offset + concept] = said
                here |= {offset + concept, 2 * n_concepts + concept}
        here.update(3 * n_concepts + one for one in structure(name, handle, bio, url))
        places += sorted(here)
        starts.append(len(places))
    shown = sp.csr_matrix((np.ones(len(places)), places, starts), shape=(len(names), len(columns())))
    spoken = [f"{name} @{handle}" if handle else name for name, handle in zip(names, handles, strict=True)]
    basis = [BIO if bio else NAME if name else NOTHING for bio, name in zip(known, spoken, strict=True)]
    return Profiles(shown, words, spoken, known, languages, basis)


def _texts(accounts: pa.Table, name: str) -> Sequence[str]:
    if name not in accounts.column_names:
        return [""] * accounts.num_rows
    return [(text or "").strip()[:_LIMIT] for text in accounts[name].to_pylist()]
