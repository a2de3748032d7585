"""Where a chain of links ends: follow it until it stops or comes back."""


def chain_end(parent, item):
    seen = []
    while item not in seen:
        if parent[item] < 0:
            return item
        seen.append(item)
        item = parent[item]
    return min(seen[seen.index(item) :])
