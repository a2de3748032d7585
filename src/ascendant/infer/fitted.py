"""Timeline and exposures -> everything that is fitted to a study: matched strangers, the fit itself, and theta.

The one path for studies, worlds and nulls: what is measured on invented worlds is what a study gets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ascendant.infer.attribution import Attribution, Effort, attribute
from ascendant.infer.batches import Frozen
from ascendant.infer.doubt import Match, matched
from ascendant.infer.exposure import Exposure, Timeline, Whole
from ascendant.infer.learning import communities_before, learn
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.theta import Theta, read_theta
from ascendant.infer.threads import n_threads


@dataclass(frozen=True)
class Fitted:
    """`judged` are the exposures that have a null: the others are not inferred."""

    community: Whole
    match: Match
    judged: Exposure
    frozen: Frozen
    found: Attribution
    theta: Theta


def fit(
    times: Timeline,
    known: Exposure,
    options: InfluenceOptions = InfluenceOptions(),
    effort: Effort | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> Fitted:
    """All fits of a study, in their order. theta is nan where no exposure has a null or no act names nobody."""
    seed = options.inference_seed
    effort = effort or Effort(n_threads=n_threads(options.n_threads), seed=seed)
    community = communities_before(times, known, options)
    match = matched(times, known, community, seed + 1)
    judged = match.judged(known)
    frozen = learn(times, judged, community=community, options=options, seed=seed + 2, n_threads=effort.n_threads)
    found = attribute(times, judged, frozen, effort)
    progress(0.25)
    theta = read_theta(
        times,
        judged,
        frozen,
        match,
        found,
        n_threads=effort.n_threads,
        seed=seed + 3,
        progress=lambda share: progress(0.25 + 0.75 * share),
    )
    return Fitted(community, match, judged, frozen, found, theta)
