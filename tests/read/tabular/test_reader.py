import gzip
from itertools import islice

import pytest

from ascendant.activity import Activity, activity_batch
from ascendant.errors import UnknownFormat
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.tabular import READER
from ascendant.testing import check_reader

INTERACTIONS = ReadOptions(
    separator="space",
    columns=("1=actor", "2=object_author", "3=happened_at", "4=verb"),
    values=("RT=repost", "MT=mention", "RE=reply"),
)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("bulk_mentions.csv", ReadOptions()),
        ("explore.csv", ReadOptions()),
        ("interactions.txt", INTERACTIONS),
        (
            "multi_line.csv",
            ReadOptions(
                columns=("id=id", "actor=account", "happened_at=date", "verb=kind", "object_author=of", "text=words")
            ),
        ),
        (
            "nested.jsonl",
            ReadOptions(
                columns=(
                    *("id=id", "actor=author.id", "actor_name=author.name", "happened_at=created", "hashtags=tags"),
                    *("object=of.id", "object_author=of.author", "verb=:repost"),
                )
            ),
        ),
    ],
)
def test_the_reader_keeps_its_promises_on_every_sample(samples, name, options):
    check_reader(READER, samples / name, options)


def test_the_same_bytes_packed_or_not_give_the_same_acts(samples, tmp_path):
    plain = samples / "interactions.txt"
    packed = tmp_path / "interactions.txt.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert (
        list(READER.read(Export.at(packed), INTERACTIONS))[:-1]
        == list(READER.read(Export.at(plain), INTERACTIONS))[:-1]
    )


def test_each_member_of_a_folder_is_covered(read, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_text("who\nada\nbob\n")
    (folder / "b.csv").write_text("who\n")
    (folder / "c.csv").write_text("")
    found = read(folder, "actor=who", separator="comma")
    assert [(one.member, one.status, one.rows_in) for one in found.coverage] == [
        ("a.csv", "parsed", 2),
        ("b.csv", "empty", 0),
        ("c.csv", "empty", 0),
    ]


def test_a_table_of_unknown_columns_is_refused_with_what_to_do(read):
    with pytest.raises(UnknownFormat) as raised:
        read("a,b\n1,2\n")
    assert "--columns" in raised.value.advice


def test_every_row_of_the_higgs_interactions_is_kept(data):
    path = data / "higgs/higgs-activity_time.txt.gz"
    items = iter(READER.read(Export.at(path), INTERACTIONS))
    n_acts, ids, n_self = 0, set(), 0
    while batch := list(islice(items, 65_536)):
        acts = [item for item in batch if isinstance(item, Activity)]
        n_acts += len(acts)
        ids.update(act.activity_id for act in acts)
        n_self += sum(act.actor_id == act.object_author_id for act in acts)
        assert len(acts) >= len(batch) - 1  # and the coverage: no reject
        activity_batch(acts, source_file=path.name, reader="tabular")
        last = batch[-1]
    assert (n_acts, len(ids), n_self, last.rows_in) == (563_069, 563_069, 7_588, 563_069)
