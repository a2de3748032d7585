"""What limits the search for groups, in words. By these, doors pick out of all limits what concerns groups."""

from __future__ import annotations

from typing import Final

from ascendant.errors import mark

FEW: Final = mark(
    "only {n} accounts act on what others act on too: among so few, acting together cannot be told from chance"
)
USUAL_PACE: Final = mark(
    "{n} circles of accounts act on the same objects beyond chance, but no faster than people with one interest do:"
    " they are not shown as groups"
)
NO_COMMUNITIES: Final = mark("without ties there are no communities: shared interests may look like acting together")
LEFT_OUT: Final = {
    "n_without_time": mark("{n} acts have no time of day and cannot be compared in time with others"),
    "n_to_the_minute": mark("{n} acts are timed to the minute only: they count in windows of ten minutes and more"),
    "n_sums": mark("{n} rows stand for several acts whose times are not known one by one: no group is sought in them"),
    "n_without_actor": mark("{n} acts name nobody who did them: no group is sought in them"),
    "n_reposts_without_object": mark("{n} reposts do not name the item that they pass on: they are no trace"),
}
NOTHING_SHARED: Final = mark("the files hold no reposts, links, texts, hashtags, pictures or replies to compare")
ONE_TRACE: Final = mark("accounts can be compared by one kind of trace alone: what would confirm a group is missing")
LIMITS: Final = frozenset({FEW, USUAL_PACE, NO_COMMUNITIES, NOTHING_SHARED, ONE_TRACE, *LEFT_OUT.values()})
