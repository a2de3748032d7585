"""Archives invented from the structures of real ones, whose values were replaced by their types."""

import json
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.read.options import ReadOptions
from ascendant.read.x_archive import READER
from ascendant.testing import check_reader
from x_archives import ME, found_in

STRUCTURES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "x" / "real_structures.txt"
OF_THE_OWNER = ("account.js", "manifest.js", "verified.js", "screen-name-change.js", "account-timezone.js")
# Without these a record tells nothing, and is refused with reason.
NEEDED = frozenset("id id_str tweetId accountId name query noteId url conversationId full_text user_mentions".split())

SIGNS = 'abcdé ÀÉ“”’…😀\\"{}[],:\n\t&<>#@/\u200d\u0301٣'


def number(draw):
    return str(draw.randrange(1, 2 ** draw.choice((5, 31, 53, 63))))


def words(draw):
    return "".join(draw.choices(SIGNS, k=draw.randrange(40)))


def handle(draw):
    return "".join(draw.choices("abcXYZ019_", k=draw.randrange(1, 16)))


def at(layout):
    return lambda draw: datetime.fromtimestamp(draw.randrange(1_300_000_000, 1_900_000_000), UTC).strftime(layout)


def link(draw):
    kinds = (f"https://twitter.com/{handle(draw)}/status/{number(draw)}", f"https://a.example/{words(draw)}", "")
    return draw.choice(kinds)


BY_KEY = {
    "id": number,
    "id_str": number,
    "tweetId": number,
    "noteId": number,
    "trendId": number,
    "senderId": number,
    "recipientId": number,
    "favorite_count": number,
    "count": number,
    "created_at": at("%a %b %d %H:%M:%S +0000 %Y"),
    "impressionTime": at("%Y-%m-%d %H:%M:%S"),
    "engagementTime": at("%Y-%m-%d %H:%M:%S"),
    "createdAt": at("%Y-%m-%dT%H:%M:%S.000Z"),
    "engagementType": lambda draw: draw.choice(
        ("ChargeableImpression", "CardUrlClick", "VideoContent1secView", "Detail")
    ),
    "screen_name": handle,
    "username": handle,
    "screenName": lambda draw: f"@{handle(draw)}",
    "full_text": lambda draw: draw.choice(("", f"RT @{handle(draw)}: ")) + words(draw),
    "expanded_url": link,
    "url": lambda draw: f"https://twitter.com/{handle(draw)}/lists/{handle(draw)}",
    "query": lambda draw: f"q{words(draw)}",
    "name": lambda draw: f"n{words(draw)}",
    "conversationId": lambda draw: f"{number(draw)}-{number(draw)}",
    "indices": lambda draw: draw.choice(("0", "3", "12")),
}


def templates():
    """The structure of each file."""
    lines = STRUCTURES.read_text(encoding="utf-8").splitlines()
    return {head.split(" ", 1)[1]: json.loads(body) for head, body in zip(lines[0::2], lines[1::2], strict=True)}


def value(draw, template, key, is_owners):
    """A value of a structure; keys that a record can do without are there or not."""
    if template and isinstance(template, dict) and set(template) <= {"<obj>", "<list>"}:
        return value(draw, draw.choice(list(template.values())), key, is_owners)
    if isinstance(template, dict):
        kept = [name for name in template if name in NEEDED or len(template) == 1 or draw.random() < 0.7]
        return {name: value(draw, template[name], name, is_owners) for name in kept}
    if isinstance(template, list):
        n = 0 if template == ["array"] else draw.randrange(4)
        return [value(draw, template[0], key, is_owners) for _ in range(n)]
    if key == "accountId":
        return ME if is_owners else number(draw)
    return draw.random() < 0.5 if template == "boolean" else BY_KEY.get(key, words)(draw)


def content(draw, path, template):
    """What a file of this structure may hold: a list of records, or the one record bare."""
    if template == "No data":
        return []
    is_owners = path.endswith(OF_THE_OWNER)
    if path.endswith("manifest.js"):
        return value(draw, template, "", is_owners)
    if isinstance(template, list):
        return [value(draw, template[0], "", is_owners) for _ in range(draw.randrange(5))]
    one = value(draw, template, "", is_owners)
    return one if isinstance(one, list) or draw.random() < 0.3 else [one]


@pytest.mark.skipif(not STRUCTURES.exists(), reason="the real structures (shared/data/x) are not beside the checkout")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9), st.sampled_from([None, 2]), st.booleans())
def test_archives_invented_from_real_structures_are_read_without_a_reject(tmp_path, seed, indent, is_wrapped):
    path, draw = tmp_path / "archive.zip", random.Random(seed)
    wrapping = "twitter-2025-12-02-ab/" if is_wrapped else ""
    n_written = {}
    with zipfile.ZipFile(path, "w") as archive:
        for name, template in templates().items():
            made = content(draw, name, template)
            start = "window.__THAR_CONFIG = " if name.endswith("manifest.js") else "window.YTD.x.part0 = "
            archive.writestr(f"{wrapping}{name}", start + json.dumps(made, indent=indent, ensure_ascii=False))
            n_written[name] = len(made) if isinstance(made, list) else 1
    found = found_in(path, with_messages=True)
    assert found.rejects == []
    assert found.damage is None
    assert found.me.account_id == f"x:{ME}"
    for row in found.rows:
        if row.status in ("parsed", "empty"):
            assert row.rows_in == n_written[row.member.removeprefix(wrapping)]
        assert row.status != "unknown", row
    ids = [act.activity_id for act in found.acts]
    if ids and len(set(ids)) == len(ids):  # now and then two likes of one post are drawn, with different words
        check_reader(READER, path, ReadOptions(with_messages=True))


@pytest.mark.skipif(not STRUCTURES.exists(), reason="the real structures (shared/data/x) are not beside the checkout")
def test_every_file_of_the_real_archives_is_known():
    from ascendant.read.x_archive.catalogue import is_known, is_left, names_of, stories
    from ascendant.read.x_archive.story import Owner

    read = {one for name, _ in stories(Owner(), ReadOptions(with_messages=True)) for one in names_of(name)}
    for path in templates():
        assert is_known(path), path
        name = path.removeprefix("data/")
        assert name in read or is_left(path) or name in ("manifest.js", "tweet-headers.js", *OF_THE_OWNER, "profile.js")
