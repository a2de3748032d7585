"""Counts of the owner -> standing, with the mathematics of `patterns.standing`.

The priors there are learnt from the accounts of a study. Here there is one account and nothing to learn from: the
priors are those of `Doubt()` (Jeffreys' for the share, its like for the rate), the evenness is the measured default.

Both sides are lower bounds. Where an archive tells nothing of what the owner moved, silence is no zero and no prior may
stand for it: `n_moved_by_it`, `p_influencer` and `p_both` are null, `p_influenced` is the chance that the owner is
materially influenced (alone or beside moving others), and the standing is "influenced": seen where that is likely,
presumed where it is not, since presence is exposure. So it is for fewer than ten acts of which none is seen to have
moved anybody: there the prior would speak, not the archive. With more acts, none of which moved anybody, neither side
being material means influenced too: of the two, only that one can be seen. Nobody becomes an influencer by silence.
For all platforms together, what is unknown adds nothing to a lower bound: the rate is of what is told, over all acts.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from ascendant.patterns.doubt import Doubt
from ascendant.patterns.mirror.acts import Acts
from ascendant.patterns.mirror.tables import table_of
from ascendant.patterns.options import PatternOptions
from ascendant.patterns.standing import EVIDENCE, INFLUENCED, STANDINGS, probabilities

FEWEST_ACTS: Final = 10  # from which a rate of none seen says something: there 1 in 30 would still move a third


def standing(
    acts: Acts, moved_by_it: dict[str, int | None], collected: frozenset[str], options: PatternOptions
) -> pa.Table:
    """All platforms together, then each."""
    doubt = Doubt(evenness=options.default_evenness)
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides():
        n_unsure = acts.n_unsure(is_here)  # conversation, for all that is told
        n = int(acts.n[is_here & acts.is_act].sum()) - n_unsure
        x = int(acts.n[is_here & acts.is_moved].sum()) - n_unsure
        told = [m for platform, m in moved_by_it.items() if m is not None and name in (None, platform)]
        rows.append(
            {
                "platform": name,
                "n_acts": n,
                "n_moved": x,
                "n_moved_by_it": sum(told) if told else None,
                "is_one_sided": not (collected if name is None else collected & {name}),
                "evidence": max((least, word) for word, least in EVIDENCE if n >= least)[1],
                **_chances(n, x, sum(told) if told else None, doubt, options),
            }
        )
    return table_of("standing", rows)


def _chances(n: int, x: int, moved: int | None, doubt: Doubt, options: PatternOptions) -> dict[str, object]:
    own, being_moved, moving = np.array([n]), np.array([x]), np.array([moved or 0])
    if moved:
        chances = probabilities(own, being_moved, moving, doubt, options)
        p = [float(chances.p[name][0]) for name in STANDINGS]
        return {"standing": STANDINGS[int(chances.likeliest[0])], **_named(*p), "is_presumed": False}
    limit = options.material_from
    is_material = 1 - float(doubt.share_below(own, being_moved, limit)[0])
    # Presence is exposure: who is not likely to be materially influenced, as far as is seen, is presumed to be.
    is_presumed = n == 0 or is_material < 0.5
    if moved is None or n < FEWEST_ACTS:
        return {"standing": INFLUENCED, **_named(is_material if n else None), "is_presumed": is_presumed}
    only_share, both, only_rate, neither = (float(p[0]) for p in doubt.regions(own, being_moved, moving, limit))
    return {"standing": INFLUENCED, **_named(only_share + neither, both, only_rate), "is_presumed": is_presumed}


def _named(
    influenced: float | None, both: float | None = None, influencer: float | None = None
) -> dict[str, float | None]:
    """In the order of `STANDINGS`."""
    return {"p_influencer": influencer, "p_influenced": influenced, "p_both": both}
