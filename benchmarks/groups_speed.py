"""How long traces and groups take, and how much memory: an invented study of any size, each step timed.

    python benchmarks/groups_speed.py --posts 2500000
    python benchmarks/groups_speed.py --posts 2500000 --viral 200000     # one link, shared by so many accounts
    python benchmarks/groups_speed.py --posts 2500000 --viral 200000 --groups 30
    python benchmarks/groups_speed.py --viral 200000 --posts 0           # that link alone

Posts of 60 to 280 characters whose words are as frequent as in a language; one in five is a repost; three in ten of the
others carry a link, with the marks of who passed it on; one in ten answers; one in twenty nearly repeats another
account's text with a word changed, added or disguised; one in thirty says one of a thousand common phrases. `--groups`
are so many groups of twelve ordinary accounts that share forty links each, within a minute, two in three at a time. The
study is written by the store, asked by a process of its own that does nothing else, and removed. Memory is the most
that the process ever held (Linux), its libraries included.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

from ascendant.activity import ACTIVITY, Coverage
from ascendant.store.manifest import SourceKey
from ascendant.store.parts import create_folder, writing

START_US = 1_700_000_000_000_000
DAYS = 30
BATCH = 100_000
N_WORDS = 60_000


def words_of(rng):
    """Invented words, the most frequent ones short."""
    heads = np.array("b c d f g l m n p r s t v br ch cl gr pr tr st".split())
    tails = np.array("a e i o u an en on in ou ai er al or ent ion".split())
    n_syllables = np.clip(np.log2(np.arange(2, N_WORDS + 2)) / 4.5, 1, 4).astype(int) + rng.integers(0, 2, N_WORDS)
    return np.array(["".join(f"{rng.choice(heads)}{rng.choice(tails)}" for _ in range(n)) for n in n_syllables])


def texts_of(rng, words, n):
    """Sentences of 60 to 280 characters; a word's frequency falls with its rank."""
    room = rng.integers(60, 281, n)
    size = room // 5 + 1
    rank = np.exp(rng.random(size.sum()) * np.log(N_WORDS)).astype(np.int64) - 1
    drawn = words[np.clip(rank, 0, N_WORDS - 1)].tolist()
    ends = np.cumsum(size).tolist()
    return [
        " ".join(drawn[end - k : end])[:most] for end, k, most in zip(ends, size.tolist(), room.tolist(), strict=True)
    ]


def changed(rng, words, text):
    """A copy with a word changed, one added, or in disguise."""
    kind = rng.integers(4)
    if kind == 0:
        parts = text.split()
        parts[rng.integers(len(parts))] = str(words[rng.integers(N_WORDS)])
        return " ".join(parts)
    if kind == 1:
        return f"{text} {words[rng.integers(500)]} 🔥"
    return text.upper() if kind == 2 else text.replace("a", "a\u200b", 3)


def batches(n_posts, n_accounts, n_viral, n_groups, seed):
    rng = np.random.default_rng(seed)
    words = words_of(rng)
    copied, phrases = texts_of(rng, words, 3000), [text[:40] for text in texts_of(rng, words, 1000)]
    active = rng.pareto(1.3, n_accounts) + 0.1
    active = np.cumsum(active / active.sum())
    for start in range(0, n_posts, BATCH):
        n = min(BATCH, n_posts - start)
        number = np.arange(start, start + n)
        who = np.searchsorted(active, rng.random(n))
        at = START_US + (number + rng.random(n)) / max(n_posts, 1) * DAYS * 86_400e6
        is_repost = (rng.random(n) < 0.2) & (number > 1000)
        is_reply = ~is_repost & (rng.random(n) < 0.1) & (number > 1000)
        back = np.exp(rng.random(n) * np.log(np.maximum(number, 2))).astype(np.int64)
        item = np.maximum(number - back, 0) // 50 * 50  # some are passed on much more than others
        texts = texts_of(rng, words, n)
        for k in np.flatnonzero(rng.random(n) < 0.05).tolist():
            texts[k] = changed(rng, words, copied[rng.integers(len(copied))])
        for k in np.flatnonzero(rng.random(n) < 1 / 30).tolist():
            texts[k] = phrases[int(rng.pareto(1.0) * 3) % len(phrases)]
        page = (rng.pareto(0.8, n) * 50).astype(np.int64) % 300_000
        has_link = ~is_repost & (rng.random(n) < 0.3)
        tags = rng.integers(0, 400, (n, 4))
        n_tags = np.where(rng.random(n) < 0.25, rng.integers(1, 5, n), 0)
        urls = [
            [f"https://www.site{p % 5000}.example/news/{p}?utm_source=s{k % 7}&id={p}"] if link else None
            for p, k, link in zip(page.tolist(), number.tolist(), has_link.tolist(), strict=True)
        ]
        hashtags = [[f"tag{t}" for t in row[:k]] or None for row, k in zip(tags.tolist(), n_tags.tolist(), strict=True)]
        verb = np.where(is_repost, "repost", np.where(is_reply, "reply", "post"))
        named = [
            f"x:{k}" if names else None for k, names in zip(item.tolist(), (is_repost | is_reply).tolist(), strict=True)
        ]
        yield batch_of(number, who, verb, named, at, texts, urls, hashtags)
    if n_viral:
        number, at = np.arange(n_viral) + n_posts, START_US + np.sort(rng.random(n_viral)) * DAYS * 86_400e6
        link = [["https://viral.example/page"]] * n_viral
        yield batch_of(number, np.arange(n_viral), np.full(n_viral, "post"), None, at, None, link, None)
    for group in range(n_groups):
        member = rng.choice(n_accounts, 12, replace=False)
        there = rng.random((40, 12)) < 2 / 3
        page, place = np.nonzero(there)
        number = np.arange(page.size) + n_posts + n_viral + group * 1000
        at = START_US + (rng.random(40) * DAYS * 86_400e6)[page] + rng.random(page.size) * 60e6
        link = [[f"https://group.example/{group}/{one}"] for one in page.tolist()]
        yield batch_of(number, member[place], np.full(page.size, "post"), None, at, None, link, None)


def batch_of(number, who, verb, named, at, texts, urls, hashtags):
    n = number.size
    given = {
        "activity_id": [f"x:{k}" for k in number.tolist()],
        "platform": ["x"] * n,
        "verb": verb.tolist(),
        "direction": ["third"] * n,
        "actor_id": [f"x:a{k:07}" for k in who.tolist()],
        "object_id": named,
        "happened_at": pa.array(at.astype(np.int64)).cast(pa.timestamp("us", tz="UTC")),
        "time_precision": ["ms"] * n,
        "text": texts,
        "urls": urls,
        "hashtags": hashtags,
        "count": [1] * n,
    }
    columns = []
    for field in ACTIVITY:
        value = given.get(field.name)
        columns.append(pa.nulls(n, field.type) if value is None else pa.array(value, field.type))
    return pa.RecordBatch.from_arrays(columns, schema=ACTIVITY)


def make(folder, arguments):
    create_folder(folder, purpose="speed")
    key = SourceKey(sha256="0" * 64, reader="invented", reader_version=1, mapping={})
    rows = batches(arguments.posts, arguments.accounts, arguments.viral, arguments.groups, arguments.seed)
    with writing(folder) as writer:
        writer.add(key, _items(rows), file="invented", member="invented", n_bytes=0)


def _items(rows):
    yield from rows
    yield Coverage(member="invented", status="parsed")


def measure(folder, limit_mb):
    from ascendant.patterns.groups.find import find_groups
    from ascendant.patterns.groups.shown import act_ids, object_words
    from ascendant.patterns.groups.traces import find_traces
    from ascendant.store.duckdb import asking

    say("before anything")
    with asking(folder) as questions:
        say("study opened")
        if limit_mb:
            questions._connection.execute(f"set memory_limit = '{limit_mb}MiB'")
        traces = find_traces(questions)
        say("find_traces")
        sizes = np.bincount(traces.trace, minlength=7).tolist()
        print(f"  {traces.row.size:,} rows, by trace {sizes}, {traces.object_hash.size:,} objects")
        print(f"  {len(traces.account_ids):,} accounts; caveats: {[str(one) for one in traces.caveats]}")
        sought = traces.object[:: max(1, traces.object.size // 50)]
        object_words(questions, traces, sought)
        act_ids(questions, traces.row[:50])
        say("words of 50 objects and ids of 50 acts")
        groups = find_groups(traces, None, questions=questions)
        say("find_groups")
        print(f"  {groups.groups.num_rows:,} groups, {groups.members.num_rows:,} members")


_last = [time.time(), time.process_time()]


def say(what):
    wall, cpu = time.time(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:45} {wall - _last[0]:7.1f} s  {cpu - _last[1]:7.1f} CPU-s  peak {peak:7.0f} MB", flush=True)
    _last[:] = [time.time(), time.process_time()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=2_500_000)
    parser.add_argument("--accounts", type=int, default=250_000)
    parser.add_argument("--viral", type=int, default=0)
    parser.add_argument("--groups", type=int, default=0)
    parser.add_argument("--seed", type=int, default=200)
    parser.add_argument("--limit-mb", type=int, default=0, help="what the store may take; 0: its own limit")
    parser.add_argument("--study", type=Path, help="keep the study here, and use it if it is there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.study or Path(temporary) / "study"
        made = multiprocessing.get_context("spawn")
        if not (folder / "study.toml").exists():
            process = made.Process(target=make, args=(folder, arguments))
            process.start()
            process.join()
        process = made.Process(target=measure, args=(folder, arguments.limit_mb))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
