"""Acts moved across communities, counted tie by tie."""

from collections import Counter, defaultdict


def currents(ties, community):
    """((source, target), acts, accounts, accounts for half), the strongest first; then all acts, and those inside."""
    acts, inside = defaultdict(Counter), 0
    for source, target, n in ties:
        if community[source] == community[target]:
            inside += n
        elif n > 0:
            acts[community[source], community[target]][source] += n
    found = []
    for pair, by_account in acts.items():
        total, counted, n_accounts = sum(by_account.values()), 0, 0
        for _, n in by_account.most_common():
            if counted < total / 2:
                counted, n_accounts = counted + n, n_accounts + 1
        found.append((pair, total, len(by_account), n_accounts))
    found.sort(key=lambda one: (-one[1], one[0]))
    return found, sum(n for _, _, n in ties), inside
