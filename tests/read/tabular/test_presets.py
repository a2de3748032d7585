import csv

import pytest

from ascendant.errors import BadChoice, BadMapping
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.tabular import READER, presets
from ascendant.read.tabular.mapping import FIELDS, verb_codes
from ascendant.read.tabular.presets import preset_named, preset_of


def recognises(path):
    return READER.recognises(Export.at(path), ReadOptions())


def test_every_preset_has_a_sentence_maps_known_fields_and_is_told_by_its_own_header():
    for name, about in presets().items():
        preset = preset_named(name)
        assert about.endswith(".")
        assert preset.columns.fields.keys() <= FIELDS.keys()
        assert preset.columns.has_actor
        assert preset_of(preset.header).name == name
        assert verb_codes(preset.columns) is not None


def test_an_unknown_preset_is_refused_with_those_that_are_known(read):
    with pytest.raises(BadChoice, match="meltwater"):
        read("a,b\n1,2\n", preset="metlwater")


def test_a_header_with_other_columns_is_not_an_exact_preset():
    assert preset_of(["id", "thread_id", "author", "body", "timestamp", "retweeted_user"]) is None
    assert preset_of(["Source", "Target", "Something"]) is None
    assert preset_of(["Source", "Target", "Type", "Id", "Label", "Weight"]).name == "gephi"


def test_our_samples_are_recognised_and_other_people_s_tables_are_not(samples, tmp_path):
    assert {path.name for path in samples.iterdir() if recognises(path)} == {"bulk_mentions.csv", "explore.csv"}
    for table in (
        b"a,b\n1,2\n",
        b"\xff\xfe",
        b"\0" * 100,
        b'"',
        b"{",
        b'{"a": 1}\n',
        b"[1]",
        bytes(range(256)),
        b"PAR1xxxx",
    ):
        (tmp_path / "t").write_bytes(table)
        assert recognises(tmp_path / "t") is False


def test_of_the_real_inputs_only_the_tables_of_the_presets_are_recognised(data):
    found = {
        path.name
        for folder in ("research", "facebook", "linkedin", "kinds", "higgs")
        for path in (data / folder).rglob("*")
        if path.is_file() and path.stat().st_size and recognises(path)
    }
    assert found == {
        "brandwatch_bulk_mentions.csv",
        "meltwater_explore.csv",
        "edges_4cat_custom_upload.csv",
        "edges_gephi.csv",
        "german_elections.csv",
        "russian_coord_tweets.csv",
    }


def test_brandwatch_rows_name_their_accounts_and_posts_by_link(read, samples):
    found = read(samples / "bulk_mentions.csv")
    post, share, reply = found.acts
    assert [act.verb for act in found.acts] == ["post", "repost", "reply"]
    assert [act.activity_id for act in found.acts] == ["x:189", "x:190", "x:191"]
    assert (share.object_id, share.object_author_id) == (post.activity_id, post.actor_id) == ("x:189", "x:@ada")
    assert share.relay == "pure"
    # Who is answered is the author of the answered post, not of the thread.
    assert (reply.object_id, reply.object_author_id) == (share.activity_id, share.actor_id)
    assert reply.mentions == ("x:@bob",)
    assert [account.followers for account in found.accounts] == [100, 20, 7]
    assert [act.source_pointer for act in found.acts] == ["line 8", "line 9", "line 10"]


def test_meltwater_rows_fall_back_from_influencer_to_source(read, samples):
    found = read(samples / "explore.csv")
    assert [act.actor_id for act in found.acts] == ["table:@ada", "table:Le Journal"]
    assert [act.text for act in found.acts] == ["bonjour é", "phrase"]
    assert found.acts[1].happened_at - found.acts[0].happened_at == 3.5 * 3_600_000_000
    assert read(samples / "explore.csv", platform="x").acts[0].activity_id == "x:1"


def test_gephi_needs_the_verb_and_reads_source_as_who_acts(read):
    edges = "Source,Target,Type,Weight\nann,bob,Directed,3\nann,cy,Undirected,1\nann,di,Directed,2.5\n"
    with pytest.raises(BadMapping, match="verb"):
        read(edges)
    for options in ({}, {"preset": "gephi"}):
        found = read(edges, "verb=:repost", **options)
        assert [(act.actor_id, act.object_author_id, act.count) for act in found.acts] == [
            ("table:ann", "table:bob", 3)
        ]
        assert [reject.pointer for reject in found.rejects] == ["line 3", "line 4"]


def test_a_choice_of_the_user_wins_over_the_preset(read):
    table = "object_id,account_id,content_id,timestamp_share\no,a,c,1700000000\n"
    assert read(table).acts[0].verb == "post"
    found = read(table, "verb=:repost", preset="coortweet", platform="x")
    assert (found.acts[0].verb, found.acts[0].object_id, found.acts[0].missing) == (
        "repost",
        "x:o",
        ("object_author_id",),
    )


def test_the_brandwatch_sample_of_real_headers_is_read_exactly(read, data):
    act = read(data / "research/synthetic_headers/brandwatch_bulk_mentions.csv").acts[0]
    found = (act.activity_id, act.actor_id, act.verb, act.object_id, act.object_author_id, act.thread_id, act.text)
    assert found == ("x:190", "x:@a", "repost", "x:189", "x:@b", "x:t1", "texte complet")
    assert (act.happened_at, act.time_precision, act.time_basis) == (1_772_359_200_000_000, "s", "assumed_utc")
    assert (act.hashtags, act.mentions, act.metrics.reposts, act.lang) == (("x",), ("x:@b",), 5, "fr")


def test_the_meltwater_sample_of_real_headers_is_read_exactly(read, data):
    found = read(data / "research/synthetic_headers/meltwater_explore.csv")
    assert (found.acts[0].happened_at, found.acts[0].time_precision) == (1_646_128_800_000_000, "min")
    assert (found.acts[0].actor_id, found.acts[0].text, found.rejects) == ("table:x", "x", [])


def test_the_edge_list_samples_are_read_exactly(read, data):
    folder = data / "research/synthetic_headers"
    act = read(folder / "edges_gephi.csv", "verb=:repost").acts[0]
    assert (act.actor_id, act.object_author_id, act.count, act.happened_at) == (
        "table:alice",
        "table:bob",
        3,
        1_704_189_600_000_000,
    )
    act = read(folder / "edges_4cat_custom_upload.csv").acts[0]
    assert (act.activity_id, act.thread_id, act.actor_id, act.text, act.happened_at) == (
        "table:1",
        "table:1",
        "table:alice",
        "bonjour @bob",
        1_704_189_600_000_000,
    )


@pytest.mark.parametrize(("name", "n_rows"), [("german_elections.csv", 218_971), ("russian_coord_tweets.csv", 35_125)])
def test_each_row_of_the_coortweet_files_is_an_act(read, data, name, n_rows):
    path = data / "research/coortweet" / name
    found = read(path)
    assert (len(found.acts), len(found.rejects), found.coverage[0].rows_in) == (n_rows, 0, n_rows)
    with path.open(newline="") as lines:
        column = 0 if name.startswith("german") else 1
        accounts = [row[column] for row in csv.reader(lines)][1:]
    assert [act.actor_id for act in found.acts] == [f"table:{account}" for account in accounts]
