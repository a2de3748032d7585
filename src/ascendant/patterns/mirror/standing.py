"""Counts of the owner -> standing, with the mathematics of `patterns.standing`.

The priors there are learnt from the accounts of a study. Here there is one account and nothing to learn from: the
priors are those of `Doubt()` (Jeffreys' for the share, its like for the rate), the evenness is the measured default.

Both sides are lower bounds. Where an archive tells nothing of what the owner moved, silence is no zero and no prior may
stand for it: `n_moved_by_it`, `p_influencer` and `p_both` are null, `p_influenced` is the chance that the owner is
materially influenced (alone or beside moving others), and the standing is "influenced": seen where that is likely,
presumed where it is not, since presence is exposure. Nobody becomes an influencer by silence. For all platforms
together, what is unknown adds nothing to a lower bound: the rate is of what is told, over all acts.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ascendant.patterns.doubt import Doubt
from ascendant.patterns.mirror.acts import Acts
from ascendant.patterns.mirror.tables import table_of
from ascendant.patterns.options import PatternOptions
from ascendant.patterns.standing import BOTH, EVIDENCE, INFLUENCED, INFLUENCER, STANDINGS, probabilities


def standing(
    acts: Acts, moved_by_it: dict[str, int | None], collected: frozenset[str], options: PatternOptions
) -> pa.Table:
    """All platforms together, then each."""
    doubt = Doubt(evenness=options.default_evenness)
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides():
        n = int(acts.n[is_here & acts.is_act].sum())
        x = int(acts.n[is_here & acts.is_moved].sum())
        told = [m for platform, m in moved_by_it.items() if m is not None and name in (None, platform)]
        rows.append(
            {
                "platform": name,
                "n_acts": n,
                "n_moved": x,
                "n_moved_by_it": sum(told) if told else None,
                "is_one_sided": not (collected if name is None else collected & {name}),
                "evidence": max((least, word) for word, least in EVIDENCE if n >= least)[1],
                **(_seen(n, x, sum(told), doubt, options) if told else _silent(n, x, doubt, options)),
            }
        )
    return table_of("standing", rows)


def _seen(n: int, x: int, moved: int, doubt: Doubt, options: PatternOptions) -> dict[str, object]:
    chances = probabilities(np.array([n]), np.array([x]), np.array([moved]), doubt, options)
    p = {name: float(values[0]) for name, values in chances.p.items()}
    return {
        "standing": STANDINGS[int(chances.likeliest[0])],
        "p_influencer": p[INFLUENCER],
        "p_influenced": p[INFLUENCED],
        "p_both": p[BOTH],
        "is_presumed": n == 0 and moved == 0,
    }


def _silent(n: int, x: int, doubt: Doubt, options: PatternOptions) -> dict[str, object]:
    material = 1 - float(doubt.share_below(np.array([n]), np.array([x]), options.material_from)[0])
    return {
        "standing": INFLUENCED,
        "p_influencer": None,
        "p_influenced": material if n else None,
        "p_both": None,
        "is_presumed": n == 0 or material < 0.5,
    }
