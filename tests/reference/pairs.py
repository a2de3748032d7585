"""Who acted on the same objects as whom, visit by visit and event by event; says also at how many events it looked."""

import numpy as np

from ascendant.kernels.chance import stream, uniform


def spans(object_first, at, visit_object, visit_at, windows):
    """Of each window and visit the places of all events on the object that are no further away."""
    return [
        [
            [n for n in range(object_first[o], object_first[o + 1]) if abs(at[n] - when) <= window]
            for o, when in zip(visit_object, visit_at, strict=True)
        ]
        for window in windows
    ]


def looked_at(v, near, most, seed):
    """Events around a visit that are looked at, each with the first window that holds it."""
    seen, found = set(), []
    for r, window in enumerate(near):
        ring = [n for n in window[v] if n not in seen]
        seen |= set(ring)
        if len(ring) > most:
            step = len(ring) / most
            place, chosen, state = 0.0, [], stream(seed, v * len(near) + r)
            place = step * uniform(state)
            while place < len(ring):
                chosen.append(ring[int(place)])
                place += step
            ring = chosen
        found += [(n, r) for n in ring]
    return found


def counts_of(u, visits, near, visit_at, instead, windows, visit_weight, account, weight, most, seed):
    """{(other, window): count} of one account's visits in their order, and how many events were looked at."""
    met, n_looked = {}, 0  # (other, window): moments that counted, and what they counted
    company = set()
    for v in visits:
        events = looked_at(v, near, most, seed)
        n_looked += len(events)
        for n, r in events:
            other = int(account[n])
            if other == u or n == instead[v]:
                continue
            company.add(other)
            for w in range(r, len(windows)):
                moments = met.setdefault((other, w), [])
                worth = np.float32(min(visit_weight[w][v], weight[w][n]))
                if worth > 0 and (not moments or visit_at[v] - moments[-1][0] > windows[w]):
                    moments.append((visit_at[v], worth))
    counts = {key: np.float32(sum(worth for _, worth in moments)) for key, moments in met.items()}
    return company, counts, n_looked


def company_of(
    chosen, visit_first, visit_object, near, visit_at, instead, windows, visit_weight, account, weight, most, seed
):
    """Partners in repeated acts and the count with the second closest, [chosen, W] both; events looked at by visit."""
    partners, second = np.zeros((len(chosen), len(windows))), np.zeros((len(chosen), len(windows)))
    most_looked = 0
    for c, u in enumerate(chosen):
        visits, been = [], set()
        for v in range(visit_first[u], visit_first[u + 1]):
            if visit_object[v] not in been:
                visits.append(v)
            been.add(visit_object[v])
        for v in visits:
            most_looked = max(most_looked, len(looked_at(v, near, most, seed)))
        _, counts, _ = counts_of(u, visits, near, visit_at, instead, windows, visit_weight, account, weight, most, seed)
        for w in range(len(windows)):
            found = sorted((count for (_, window), count in counts.items() if window == w), reverse=True)
            partners[c, w] = sum(min(1.0, max(0.0, count - 1)) for count in found)
            second[c, w] = found[1] if len(found) > 1 else 0.0
    return partners, second, most_looked


def pairs_among(chosen, visit_first, near, visit_at, instead, windows, visit_weight, account, weight, most, seed):
    """{(u, v): counts by window} of chosen accounts u < v that were seen together, from where u stands."""
    found = {}
    for u in np.flatnonzero(chosen):
        visits = range(visit_first[u], visit_first[u + 1])
        company, counts, _ = counts_of(
            u, visits, near, visit_at, instead, windows, visit_weight, account, weight, most, seed
        )
        for other in company:
            if other > u and chosen[other]:
                found[int(u), other] = [counts.get((other, w), 0.0) for w in range(len(windows))]
    return found
