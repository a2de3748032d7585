"""Who acts close to a group, and how often chance would have it: event by event."""


def meetings(event, group, first, last):
    """{(group, event)}: events within the span of an event of the group, another than that one."""
    return {
        (g, n)
        for e, g, begin, end in zip(event, group, first, last, strict=True)
        for n in range(begin, end + 1)
        if n != e
    }


def moments(member, group, window, visits, at, met, rate):
    """Of each member (moments with a meeting, expected ones); `visits` of each account are events by time."""
    found = []
    for account, g in zip(member, group, strict=True):
        parts = []
        for event in visits[account]:
            if parts and at[event] - at[parts[-1][0]] <= window[g]:
                parts[-1].append(event)
            else:
                parts.append([event])
        hits = sum(any(met[event] for event in part) for part in parts)
        expected = 0.0
        for part in parts:
            missed = 1.0
            for event in part:
                missed *= 1 - rate[event]
            expected += 1 - missed
        found.append((hits, expected))
    return found
