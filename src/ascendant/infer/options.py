"""Choices behind an estimate of influence. Standard library only, so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class InfluenceOptions:
    """Units are in the names."""

    # The value that Rizoiu et al. fitted on reposts of #DebateNight and that birdspotter keeps: half in 2.8 hours.
    loss_per_second: float = field(
        default=6.8e-5, metadata={"help": "how fast the pull of a post fades inside a cascade, per second"}
    )
    evidence_per_tie: int = field(default=3, metadata={"help": "acts kept as evidence for each tie"})
    community_seed: int = field(default=1, metadata={"help": "seed of the search for communities"})
    headline_seed: int = field(
        default=4_021_907, metadata={"help": "seed of the accounts drawn again for the intervals of the headline"}
    )
    community_grain: float = field(
        default=1.0, metadata={"help": "above 1: more and smaller communities; below 1: fewer and larger ones"}
    )
    inference_seed: int = field(
        default=20_260_301,
        metadata={"help": "seed of strangers, doses and draws where influence is inferred from time"},
    )
    n_threads: int = field(
        default=0, metadata={"help": "threads of the inference from time; 0 for all cores; results do not depend on it"}
    )
