"""What limits the search for relays, in words. Doors pick what concerns them out of all limits of a study by these."""

from __future__ import annotations

from typing import Final

from ascendant.errors import mark

NO_GROUPS: Final = mark("no group was found, so that nobody can pass one on")
NOTHING_PASSED: Final = mark("no account outside of the groups passes on what they bring")
NO_COMMUNITIES: Final = mark("no communities are known: accounts are compared with all who saw the group")
NO_DELAYS: Final = mark("the files do not tell when the acts happened: whether somebody is a relay cannot be told")
FEW_SEEN: Final = mark(
    "only {n} accounts passed on what a group brought at least {fewest} times, beside others of their community who"
    " did: too few to tell a relay from the others"
)
ONE_KIND: Final = mark(
    "among {n} accounts that passed on what a group brought, none comes later than the others, and passes on more, by"
    " more than accounts differ anyhow: whether there are relays cannot be told"
)
LIMITS: Final = frozenset({NOTHING_PASSED, NO_COMMUNITIES, NO_DELAYS, FEW_SEEN, ONE_KIND})  # of groups that were found
