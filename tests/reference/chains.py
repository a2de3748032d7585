"""Whom each act goes back to: each chain walked to its end, act by act."""


def ancestors(parent, account, n_accounts):
    moved, from_others = [0] * n_accounts, [0] * n_accounts
    for n in range(len(parent)):
        chain, p = [], parent[n]
        while p >= 0:
            chain.append(account[p])
            p = parent[p]
        if p < -1:
            chain.append(-2 - p)
        for v in set(chain) - {account[n]}:
            moved[v] += 1
        from_others[account[n]] += bool(chain) and chain[-1] != account[n]
    return moved, from_others
