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
class Strata:
    """Events among which chance deals who acted: `of` each event its stratum, and the events by stratum."""

    of: Whole
    event: Places
    first: Whole

    @classmethod
    def of_numbers(cls, number: Whole) -> Strata:
        """Strata from their numbers, 0 to the last."""
        first = np.concatenate([[0], np.cumsum(np.bincount(number))]).astype(np.int64)
        return cls(number, np.argsort(number, kind="stable").astype(np.int32), first)

    @property
    def size(self) -> Whole:
        """Events in each stratum."""
        return np.diff(self.first)

    def drawn(self, event: Places, rng: np.random.Generator) -> Places:
        """For each event another of its stratum, or itself."""
        stratum = self.of[event]
        place = self.first[stratum] + (rng.random(event.size) * self.size[stratum]).astype(np.int64)
        found: Places = self.event[place]
        return found


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
    visit_of: Places  # of each event, its place in `own`
    options: GroupOptions

    @property
    def n_events(self) -> Whole:
        """Events of each account."""
        return np.diff(self.account_first)

    def dealt(self, chosen: Places, strata: Strata, rng: np.random.Generator) -> Visits:
        """Visits of the chosen accounts where each of their acts stands in the place of any act of its stratum."""
        event = strata.drawn(self.own.instead[_ranges(self.account_first, chosen)], rng)
        account = np.repeat(np.arange(chosen.size), self.n_events[chosen])
        return self._visits(self.visit_of[event[np.lexsort((self.at[event], account))]])

    def timed(self, window: int) -> Flags:
        """Events whose times are known closely enough for a window of this length."""
        return ~self.is_to_the_minute | (window >= _COARSE * SECOND)

    def observed(self, chosen: Places) -> Visits:
        """Visits of the chosen accounts as they were."""
        return self._visits(_ranges(self.account_first, chosen))

    def _visits(self, place: Whole | Places) -> Visits:
        """Some of `own`, by their places there."""
        own = self.own
        return Visits(
            object=own.object[place],
            at=own.at[place],
            instead=own.instead[place],
            first=np.ascontiguousarray(own.first[:, place]),
            last=np.ascontiguousarray(own.last[:, place]),
            weight=np.ascontiguousarray(own.weight[:, place]),
        )

    def company(self, visits: Visits, chosen: Places, n_threads: int) -> Floats:
        """[chosen, 2 W]: partners in repeated acts by window, then the count with the second closest partner.

        `visits` are those of the chosen accounts, in their order. Raises nothing; an account without visits has zeros.
        """
        first = np.concatenate([[0], np.cumsum(self.n_events[chosen])]).astype(np.int64)

        def piece(start: int) -> Floats:
            found = company_of(
                chosen[start : start + _PIECE],
                first[start : start + _PIECE + 1],
                visits.object,
                visits.at,
                visits.instead,
                self.windows,
                self.object_first.size - 1,
                self.n_accounts,
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
            pieces = pool.map(piece, range(0, chosen.size, _PIECE))
            return np.concatenate([np.zeros((0, 2 * self.windows.size), np.float32), *pieces])

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
        object=object_[event],
        at=at[event],
        instead=event,
        first=np.ascontiguousarray(first[:, event]),
        last=np.ascontiguousarray(last[:, event]),
        weight=np.ascontiguousarray(weight[:, event]),
    )
    visit_of = np.empty(event.size, np.int32)
    visit_of[event] = np.arange(event.size, dtype=np.int32)
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
        visit_of=visit_of,
        options=options,
    )


def _ranges(first: Whole, chosen: Places) -> Whole:
    """Places from first[c] to first[c + 1] of each chosen c, one after the other."""
    size = first[chosen + 1] - first[chosen]
    begin = np.repeat(first[chosen] - np.concatenate([[0], np.cumsum(size)[:-1]]), size) if chosen.size else size
    found: Whole = begin + np.arange(begin.size)
    return found


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
