"""The named layer by dictionaries and loops: one act at a time, as decision 0002 tells it."""

from collections import defaultdict

ACTS = {"post", "repost", "quote", "reply"}
END_OF_TIME = float("inf")


def named_acts(rows):
    """(act_id, actor, author, object, is_conversation, n), as a set."""
    held = {row.activity_id: row for row in rows if row.verb in ACTS}
    thread_of = {row.activity_id: _thread(row, held) for row in rows if row.verb == "reply"}
    found, nth = set(), defaultdict(int)
    in_time = sorted(rows, key=lambda r: (END_OF_TIME if r.happened_at is None else r.happened_at, r.activity_id))
    for row in in_time:
        if row.verb not in ACTS - {"post"} or row.actor_id is None or row.count <= 0:
            continue
        item, author = _item_and_author(row, held)
        if author is None or author == row.actor_id:
            continue
        n_moved = row.count
        if row.verb == "reply":
            pair = (thread_of[row.activity_id], frozenset({row.actor_id, author}))
            n_moved = 0 if nth[pair] else 1
            nth[pair] += 1
        for n, is_conversation in ((n_moved, False), (row.count - n_moved, True)):
            if n > 0:
                found.add((row.activity_id, row.actor_id, author, item, is_conversation, n))
    return found


def own_acts(rows):
    """Own acts of every account that was seen."""
    held = {row.activity_id: row for row in rows if row.verb in ACTS}
    named = named_acts(rows)
    talk = defaultdict(int)
    for act_id, _, _, _, is_conversation, n in named:
        talk[act_id] += n * is_conversation
    acts, busy, mentioning = defaultdict(int), set(), defaultdict(int)
    for row in rows:
        if row.actor_id is None or row.count <= 0:
            continue
        if row.verb in ACTS:
            busy.add((row.actor_id, row.happened_at))
            if not (row.verb == "reply" and _item_and_author(row, held)[1] == row.actor_id):
                acts[row.actor_id] += row.count - talk[row.activity_id]
        elif row.verb == "mention":
            moment = (row.actor_id, row.happened_at)
            mentioning[moment] = max(mentioning[moment], row.count)
    for (actor, moment), n in mentioning.items():
        if (actor, moment) not in busy:
            acts[actor] += n
    for author, _ in {(a, item) for _, _, a, item, talked, _ in named if not talked and item and item not in held}:
        acts[author] += 1
    for _, _, author, _, is_conversation, _ in named:
        if not is_conversation and acts[author] == 0:
            acts[author] = 1
    return {account: n for account, n in acts.items() if n}


def _item_and_author(row, held):
    item, author, seen = row.object_id, row.object_author_id, []
    if row.verb == "repost":
        chain = [row]
        while (parent := held.get(chain[-1].object_id)) is not None and parent.verb == "repost" and parent.object_id:
            if parent.activity_id in seen:  # a circle leads nowhere
                chain = [row]
                break
            seen.append(parent.activity_id)
            chain.append(parent)
        item = chain[-1].object_id
        author = chain[-1].object_author_id or row.object_author_id
        root = held.get(item)
        if root is not None and root.verb == "repost" and not root.object_id:
            return item, root.object_author_id or author
    root = held.get(item)
    return item, (root.actor_id if root is not None and root.actor_id else author)


def _thread(row, held):
    seen = []
    while True:
        if row.thread_id is not None:
            return row.thread_id
        if row.verb != "reply" or row.object_id is None:
            return row.activity_id if seen else None
        if row.activity_id in seen:
            return min(seen[seen.index(row.activity_id) :])
        seen.append(row.activity_id)
        if row.object_id not in held:
            return row.object_id
        row = held[row.object_id]
