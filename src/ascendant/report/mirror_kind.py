"""What the owner of an archive does with what others bring -> two or three sentences beside their side, with counts."""

from __future__ import annotations

from typing import Any

from ascendant.errors import mark
from ascendant.report.charts.called import platform_name
from ascendant.report.drawn import Words
from ascendant.report.influenced_words import influenced_sentences
from ascendant.report.language import Language
from ascendant.report.mirror_inputs import MirrorInputs


def own_kind(inputs: MirrorInputs, language: Language) -> dict[str, Any]:
    """`doing` with sentences and what they are compared with; nothing at all where there is nothing to compare with.

    It helps the owner alone, and is not on the page that is shared. Nobody is told here to amplify a group where the
    part on groups does not say so: then only the counts are told.
    """
    found = inputs.mirror.own_kind
    if found is None or inputs.is_shared:
        return {}
    [kind] = found.kind.to_pylist()
    is_relay = _is_relay(inputs)
    behaviours = found.behaviours.to_pylist()
    if not is_relay:  # acts that name a group: part of them may be answers, which only the part on groups tells apart
        behaviours = [row for row in behaviours if row["behaviour"] not in ("group", "late")]
    told = influenced_sentences(kind, behaviours, language, to_owner=True, is_relay=is_relay)
    compared = language.say(
        mark(
            "Counted on {platform}. Of you the archive holds all acts; of the others what was collected: what was left"
            " out of it may shift what is usual."
        ),
        platform=platform_name(kind["account_id"].partition(":")[0]),
    )
    return {"doing": {"sentences": [Words(one.pieces(language)) for one in told], "compared": compared}}


def _is_relay(inputs: MirrorInputs) -> bool:
    groups = inputs.mirror.worked_for
    return groups is not None and "relay" in groups["worked_for"]["status"].to_pylist()
