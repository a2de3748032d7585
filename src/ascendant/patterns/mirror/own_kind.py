"""Kinds of the influenced in a study -> that of its owner, where the study holds enough others to compare with."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.kinds.influenced import FEWEST_ACTS
from ascendant.patterns.kinds.shrinking import suffices
from ascendant.patterns.mirror.beside import OwnKind


def own_kind(me: pa.Table, kinds: pa.Table, behaviours: pa.Table) -> OwnKind | None:
    """The account of the owner with most acts, which nothing is compared with where few others pass things on.

    `me` has the owner's accounts (`Owner.me`), `kinds` and `behaviours` at least the columns of
    `patterns.kinds.influenced`. None where nothing can be said.
    """
    mine = me["account_id"].combine_chunks()
    own = kinds.filter(pc.and_(pc.is_in(kinds["account_id"], mine), pc.greater_equal(kinds["n_acts"], FEWEST_ACTS)))
    own = own.filter(pc.is_valid(own["kind_as_influenced"]))
    own = own.sort_by([("n_acts", "descending"), ("account_id", "ascending")]).slice(0, 1)
    if own.num_rows == 0:
        return None
    account = own["account_id"][0]
    others = behaviours.filter(
        pc.and_(pc.equal(behaviours["behaviour"], "passes_on"), pc.invert(pc.is_in(behaviours["account_id"], mine)))
    )
    here = others.filter(pc.starts_with(others["account_id"], account.as_py().partition(":")[0] + ":"))
    if not suffices(here["of"].to_numpy().astype(np.int64)):
        return None
    return OwnKind(kind=own, behaviours=behaviours.filter(pc.equal(behaviours["account_id"], account)))
