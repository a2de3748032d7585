"""A study -> all that the mirror asks of it, so that its connection can be closed before anything is reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from ascendant.patterns.mirror.acts import Read, read_acts
from ascendant.patterns.mirror.audience import audience
from ascendant.patterns.mirror.owner import Owner, Questions, find_owner


@dataclass(frozen=True)
class Asked:
    """Answers of the questions `mirror_*`. `facts` are rows of `mirror_ads`, `by_name` are accounts known by a name."""

    owner: Owner
    read: Read
    facts: list[dict[str, Any]]
    other: pa.Table
    likes: pa.Table
    audience: pa.Table
    follows: pa.Table
    by_name: pa.Table


def ask(questions: Questions, coverage: pa.Table) -> Asked:
    """`coverage` has the columns of `store.parts.COVERAGE`."""
    owner = find_owner(questions, coverage)
    read = read_acts(questions, owner)  # by far the largest: before the others take memory
    return Asked(
        owner=owner,
        read=read,
        facts=questions.ask("mirror_ads").to_pylist(),
        other=questions.ask("mirror_facts", me=owner.me),
        likes=questions.ask("mirror_likes", **owner.relations),
        audience=audience(questions, owner),
        follows=questions.ask("mirror_follows", me=owner.me),
        by_name=questions.ask("mirror_names"),
    )
