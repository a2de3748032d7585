"""Traces -> what each account has in common with its closest company, as it was and as chance would deal it.

Chance deals *who acted*: an account is put in the places of acts drawn from its own strata (community, trace, hour),
while all others stay where they were. So an account that met a real group by chance is compared with others that could
have met it too, which a shuffle of everybody at once, that takes the group itself apart, does not do.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.kernels.pairs import company_of, pairs_among, spans
from ascendant.patterns.groups.traces import Traces
from ascendant.patterns.options import GroupOptions

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
Places = NDArray[np.int32]
Flags = NDArray[np.bool_]

SECOND = 1_000_000
_COARSE = 600  # seconds: below, an act that is timed to the minute is in no window
_PIECE = 20_000  # accounts that a thread takes at once


@dataclass(frozen=True)
class Visits:
    """Where accounts act, or would act by chance, by account, then by time; `instead` of which event's account."""

    object: Whole
    at: Whole
    instead: Places
    first: Places
    last: Places
    weight: Floats


@dataclass(frozen=True)
class Events:
    """Acts on objects that several accounts acted on, by object, then by time. Windows are in microseconds."""

    account: Places
    object: Whole
    at: Whole
    trace: NDArray[np.int8]
    place: Whole  # of each event in the traces
    is_to_the_minute: Flags
    object_first: Whole
    account_first: Whole  # of the visits of each account
    windows: Whole
    weight: Floats  # [W, N]: what meeting somebody there counts
    n_accounts: int
    own: Visits
    options: GroupOptions

    @property
    def n_events(self) -> Whole:
        """Events of each account."""
        return np.diff(self.account_first)

    def timed(self, window: int) -> Flags:
        """Events whose times are known closely enough for a window of this length."""
        return ~self.is_to_the_minute | (window >= _COARSE * SECOND)

    def dealt(self, deal: Whole) -> Visits:
        """Visits where the account of each event acts at the event of that number instead."""
        event = deal[self.own.instead]
        account = np.repeat(np.arange(self.n_accounts), self.n_events)
        event = event[np.lexsort((self.at[event], account))]
        return self._at(event)

    def _at(self, event: Whole) -> Visits:
        own, order = self.own, np.empty(self.account.size, np.int64)
        order[own.instead] = np.arange(own.instead.size)
        place = order[event]
        columns = (own.object, own.at, own.instead)
        tables = (own.first, own.last, own.weight)
        return Visits(
            *(column[place] for column in columns), *(np.ascontiguousarray(table[:, place]) for table in tables)
        )

    def paced(self, at: Whole) -> Visits:
        """Visits of the same objects at other times, one for each event."""
        event = np.lexsort((at, self.account)).astype(np.int32)
        object_, moved = self.object[event], at[event]
        first, last = spans(self.object_first, self.at, object_, moved, self.windows)
        return Visits(object_, moved, event, first, last, _weights(last - first + 1, self.n_accounts))

    def company(self, visits: Visits, chosen: Places, n_threads: int) -> Floats:
        """[chosen, 2 W]: partners in repeated acts by window, then the count with the second closest partner.

        Raises nothing; an account without visits has zeros.
        """
        pieces = [chosen[start : start + _PIECE] for start in range(0, chosen.size, _PIECE)]

        def piece(accounts: Places) -> Floats:
            found = company_of(
                accounts,
                self.account_first,
                visits.object,
                visits.at,
                visits.instead,
                self.windows,
                self.object_first.size - 1,
                visits.first,
                visits.last,
                visits.weight,
                self.account,
                self.weight,
                self.options.most_company,
                self.options.group_seed,
            )
            return np.concatenate(found, axis=1)

        with ThreadPoolExecutor(n_threads) as pool:
            return np.concatenate([np.zeros((0, 2 * self.windows.size), np.float32), *pool.map(piece, pieces)])

    def pairs(self, chosen: Flags) -> tuple[Places, Places, Floats]:
        """Pairs of chosen accounts that acted together: both, and their count in each window."""
        own = self.own
        return pairs_among(
            chosen,
            self.account_first,
            own.at,
            own.instead,
            self.windows,
            own.first,
            own.last,
            own.weight,
            self.account,
            self.weight,
            self.options.most_company,
            self.options.group_seed,
        )


def events_of(traces: Traces, options: GroupOptions) -> Events:
    """The events of a study; of objects that one account alone acted on there are none.

    An object is one on each platform: who has an account here and another there says the same on both, and is no group.
    """
    platform, n_platforms = _platforms(traces.account_ids)
    object_ = traces.object * n_platforms + platform[traces.account]
    place = np.flatnonzero(np.bincount(object_)[object_] > 1)
    place = place[np.lexsort((traces.account[place], traces.at[place], object_[place]))]
    _, object_ = np.unique(object_[place], return_inverse=True)
    account, at, trace = traces.account[place], traces.at[place], traces.trace[place]
    n_accounts = len(traces.account_ids)
    windows = np.array(options.windows_seconds, np.int64) * SECOND
    object_first = np.concatenate([[0], np.cumsum(np.bincount(object_))]).astype(np.int64)
    account_first = np.concatenate([[0], np.cumsum(np.bincount(account, minlength=n_accounts))]).astype(np.int64)
    first, last = spans(object_first, at, object_, at, windows)
    weight = _weights(last - first + 1, np.unique(account).size)
    weight[np.ix_(windows < _COARSE * SECOND, traces.is_to_the_minute[place])] = 0.0
    event = np.lexsort((at, account)).astype(np.int32)
    own = Visits(
        object_[event],
        at[event],
        event,
        *(np.ascontiguousarray(table[:, event]) for table in (first, last, weight)),
    )
    return Events(
        account=account,
        object=object_,
        at=at,
        trace=trace,
        place=place,
        is_to_the_minute=traces.is_to_the_minute[place],
        object_first=object_first,
        account_first=account_first,
        windows=windows,
        weight=weight,
        n_accounts=n_accounts,
        own=own,
        options=options,
    )


def _platforms(account_ids: pa.Array) -> tuple[Whole, int]:
    """The number of each account's platform, and how many there are."""
    names = pc.struct_field(pc.extract_regex(account_ids, "^(?P<platform>[^:]*):"), "platform").fill_null("")
    numbers = names.dictionary_encode()
    return numbers.indices.to_numpy().astype(np.int64), max(1, len(numbers.dictionary))


def _weights(crowd: Places, n_accounts: int) -> Floats:
    """What meeting one of so many accounts tells: 1 where two stand alone, 0 where everybody is there.

    It is the logarithm of how few they are among all, as rare words are weighed in the search for texts.
    """
    most = np.log(max(n_accounts, 3))
    found: Floats = (np.maximum(most - np.log(np.maximum(crowd, 2)), 0) / (most - np.log(2))).astype(np.float32)
    return found
