"""Whom each act goes back to: each chain walked to its end, act by act."""


def ancestors(parent, account, weight, n_accounts):
    moved, from_others = [0] * n_accounts, [0] * n_accounts
    for n in range(len(parent)):
        chain, p, reached = {}, parent[n], weight[n]
        end = account[n]
        while p >= 0:
            end = account[p]
            chain.setdefault(end, reached)  # by the nearest of its acts
            reached *= weight[p] if parent[p] != -1 else 1
            p = parent[p]
        if p < -1:
            end = -2 - p
            chain.setdefault(end, reached)
        for v, share in chain.items():
            moved[v] += share if v != account[n] else 0
        from_others[account[n]] += reached if end != account[n] else 0
    return moved, from_others
