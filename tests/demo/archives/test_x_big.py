"""A large archive of X is read as it was counted, and no part of it is larger than X makes them."""

import zipfile
from collections import Counter

import pytest

import found
from ascendant.demo.archives import x_big
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.read.x_archive import READER


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(x_big, "PART_BYTES", 12_000_000)
        path = tmp_path_factory.mktemp("big") / "twitter-2026-08-31-big.zip"
        yield x_big.write_big_x(path, 18_000_000, ArchiveOptions(seed=3))


def test_what_was_counted_is_read(big):
    read = found.Found.by(READER, big.path)
    assert read.rejects == []
    assert all(row.expected == row.rows_in for row in read.rows if row.expected is not None)
    assert {row.member: row.rows_in for row in read.rows if row.expected is not None} == big.records
    verbs = Counter(act.verb for act in read.acts if act.direction == "by_me")
    kinds = big.kinds
    assert verbs["post"] == kinds["post"] + kinds["link"] + kinds["link_with_words"]
    assert {verb: verbs[verb] for verb in ("repost", "quote", "reply")} == {
        verb: kinds[verb] for verb in ("repost", "quote", "reply")
    }
    assert verbs["react"] == big.records["data/like.js"]
    assert sum(act.verb == "ad_view" for act in read.acts) == big.n_ads
    assert len({act.activity_id for act in read.acts}) == len(read.acts)
    # A quote names its source by the handle, everything else by the number.
    named = Counter()
    for act in read.acts:
        if act.verb in ("repost", "quote", "reply") and act.object_author_id != read.me.account_id:
            number = act.object_author_id.removeprefix("x:@compte_")
            named[f"x:{2_000_000_000 + int(number)}" if act.verb == "quote" else act.object_author_id] += 1
    assert named == big.sources


def test_parts_are_cut_and_the_size_is_what_was_asked_for(big):
    with zipfile.ZipFile(big.path) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    parts = [size for name, size in sizes.items() if name.startswith("data/tweets")]
    assert len(parts) > 1
    assert max(parts) <= 12_000_000
    assert 18_000_000 <= sum(sizes.values()) <= 23_000_000
    assert abs(big.n_bytes - sum(sizes.values())) < 100_000


def test_delays_and_accounts_differ_from_post_to_post(big):
    read = found.Found.by(READER, big.path)
    answers = [act for act in read.acts if act.verb == "reply" and act.object_author_id != read.me.account_id]
    delays = {act.happened_at // 1000 - ((int(act.object_id[2:]) >> 22) + 1_288_834_974_657) for act in answers}
    assert len(delays) > len(answers) / 3
    assert min(delays) > 0
    assert len({act.object_author_id for act in answers}) > 500
    at = [act.happened_at for act in read.acts if act.verb == "repost"]
    assert at == sorted(at, reverse=True)
