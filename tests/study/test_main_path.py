"""Files in, a briefing out: on one folder, twice the same, without the network, and with private names kept."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_world
from ascendant.errors import NoPurpose, NothingToStudy, UnknownAccount, UnknownFormat
from ascendant.read.options import ReadOptions
from ascendant.report.language import Language
from ascendant.store.options import Question
from ascendant.study import Study

HERE = Path(__file__).resolve()
EN = Language("en")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    return write_world(folder, WorldOptions(accounts=120, acts=2400, seed=6, platforms="x")).posts[0]


@pytest.fixture(scope="module")
def study(world, tmp_path_factory):
    made = Study.make(tmp_path_factory.mktemp("studies") / "study", purpose="a test of the main path")
    made.read([world])
    return made


@pytest.fixture(scope="module")
def findings(study):
    return study.find()


def tweets(world):
    """Those that were collected, and those that came with them, each once by its id."""
    pages = [json.loads(line) for line in world.read_text().splitlines()]
    collected = {tweet["id"]: tweet for page in pages for tweet in page["data"]}
    return collected, {tweet["id"]: tweet for page in pages for tweet in page["includes"].get("tweets", ())} | collected


def users(world):
    pages = [json.loads(line) for line in world.read_text().splitlines()]
    return list({user["id"]: user for page in pages for user in page["includes"]["users"]}.values())


def test_every_tweet_of_the_file_is_a_row(study, findings, world):
    assert findings.n_rows == len(tweets(world)[1])
    assert findings.platforms == ("x",)


def test_named_acts_are_those_that_the_file_names(findings, world):
    """Reposts and quotes of somebody else's tweet, counted from the raw file by another road."""
    collected, held = tweets(world)
    author = {tweet["id"]: tweet["author_id"] for tweet in held.values()}
    wanted = 0
    for tweet in collected.values():
        for reference in tweet.get("referenced_tweets", ()):
            if reference["type"] in ("retweeted", "quoted") and author[reference["id"]] != tweet["author_id"]:
                wanted += 1
    named = findings.tables["named_by"].select(["act_id", "verb"]).to_pylist()
    found = [act for act in named if act["act_id"].removeprefix("x:") in collected]
    assert wanted > 100
    assert sum(act["verb"] in ("repost", "quote") for act in found) == wanted


def test_the_page_names_organisations_and_never_private_persons(study, findings, world):
    page = study.report(findings, EN).read_text(encoding="utf-8")
    assert "Rivières Libres" in page
    private = [user for user in users(world) if user["public_metrics"]["followers_count"] < 5000]
    assert len(private) > 20
    for user in private:
        assert user["username"] not in page
        assert user["id"] not in page


def test_no_private_id_or_handle_stands_in_the_json(study, findings, world):
    text = json.dumps(study.summary(findings, study.names(findings, EN), EN), default=str)
    for user in users(world):
        if user["public_metrics"]["followers_count"] < 5000:
            assert user["id"] not in text
            assert user["username"] not in text


def test_a_post_is_linked_to_where_a_public_account_wrote_it_and_nowhere_else(study, findings, world):
    _, held = tweets(world)
    author = {number: f"x:{tweet['author_id']}" for number, tweet in held.items()}
    names = study.names(findings, EN)
    for act, post in findings.posts.items():
        if names.link(post.url, post.writer_id) is not None:
            assert names.is_public(author[post.url.rpartition("/")[2]]), act
    page = json.dumps(study.summary(findings, names, EN)["briefing"])
    linked = set(re.findall(r"https://x\.com/i/status/(\d+)", page))
    assert linked
    assert all(names.is_public(author[number]) for number in linked)
    for number, written in author.items():
        text = f"see https://x.com/i/status/{number}"
        assert names.is_public(written) or names.hide_in(text) != text
    assert any(names.hide_in(f"x.com/i/status/{number}").endswith(number) for number in author)


def test_reveal_needs_a_purpose_and_is_logged(study, findings):
    with pytest.raises(NoPurpose):
        study.names(findings, EN, "because")
    names = study.names(findings, EN, "fact-check of an article, not published")
    assert "ines_valbon" in names.shown(study.who(findings, names, "@ines_valbon").account) or names.revealed
    logged = [json.loads(path.read_text()) for path in (study.folder / "runs").glob("*-reveal.json")]
    assert any(run["purpose"].startswith("fact-check") for run in logged)


def test_an_account_is_found_by_id_handle_name_and_pseudonym(study, findings):
    names = study.names(findings, EN)
    by_handle = study.who(findings, names, "@RivieresLibres")
    for asked in ("rivièreslibres".replace("è", "e"), "Rivières Libres"):
        assert study.who(findings, names, asked) == by_handle
    private = by_handle.moves[0]["account"]
    assert private.startswith("person-")
    assert study.who(findings, names, private).account == private
    with pytest.raises(UnknownAccount):
        study.who(findings, names, "nobody at all")


def test_why_gives_as_many_acts_as_the_tie_counts(study, findings):
    names = study.names(findings, EN)
    target = study.who(findings, names, "RivieresLibres").moves[0]
    answer = study.why(findings, names, "RivieresLibres", target["account"])
    assert answer.n_moved == target["n_moved"]
    assert len(answer.acts) == min(10, answer.n_moved + answer.n_conversation)
    assert all(act["delay_seconds"] > 0 for act in answer.acts if act["delay_seconds"] is not None)


def test_a_question_may_be_narrowed_by_day_and_tag(study, findings, world):
    week = study.find(Question(since="2026-03-02", until="2026-03-08"))
    assert 0 < week.n_rows < findings.n_rows
    tags = [tag["tag"] for tweet in tweets(world)[1].values() for tag in tweet.get("entities", {}).get("hashtags", ())]
    tag = study.find(Question(about=f"#{tags[0].lower()}"))
    assert 0 < tag.n_rows < findings.n_rows
    with pytest.raises(NothingToStudy):
        study.find(Question(about="#nowhere"))


def test_the_same_study_answers_the_same_twice(study, findings):
    again = study.find()
    for name, table in findings.tables.items():
        assert again.tables[name].equals(table), name


def test_a_mapping_is_kept_for_the_next_file(tmp_path):
    table = "who;whom;when;what\na;b;1600000000;RT\nc;b;1600000100;RT\n"
    (tmp_path / "one.csv").write_text(table)
    (tmp_path / "two.csv").write_text(table.replace("c;b", "d;b"))
    made = Study.make(tmp_path / "study")
    with pytest.raises(UnknownFormat):
        made.read([tmp_path / "one.csv"])
    options = ReadOptions(
        columns=("actor=who", "object_author=whom", "happened_at=when", "verb=what"),
        values=("RT=repost",),
        separator=";",
    )
    made.read([tmp_path / "one.csv"], options)
    Study.open(made.folder).read([tmp_path / "two.csv"])
    assert made.find().standing.num_rows == 4


def run(*words, cwd=None, prefix=()):
    command = [*prefix, sys.executable, "-m", "ascendant", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def test_the_commands_print_json_and_exit_codes(tmp_path, world):
    good = run("brief", world, "--study", tmp_path / "s", "--json")
    assert good.returncode == 0, good.stderr
    printed = json.loads(good.stdout)
    assert {"activity", "accounts", "rejects", "standing", "seconds"} <= printed.keys()
    assert sum(printed["standing"].values()) == printed["accounts"]
    assert run("who", "--study", tmp_path / "s").returncode == 2
    assert run("who", "nobody", "--study", tmp_path / "s").returncode == 3
    assert run("report", "--study", tmp_path / "nowhere").returncode == 4
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(world.read_bytes() + b'{"data": [\n')
    part = run("brief", broken, "--study", tmp_path / "s2", "--json")
    assert part.returncode == 1
    assert json.loads(part.stdout)["rejects"] == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"hello\nworld\n", "in no format that ascendant knows"),
        (bytes(range(256)) * 20, "in no format that ascendant knows"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path, content, words):
    path = tmp_path / "file.bin"
    if content is not None:
        path.write_bytes(content)
    done = run("brief", path, "--study", tmp_path / "s")
    assert done.returncode == 3
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_errors_speak_french(tmp_path):
    done = run("brief", tmp_path / "absent.csv", "--study", tmp_path / "s", "--lang", "fr")
    assert "n’existe pas" in done.stderr


def test_exports_open_elsewhere_and_hide_private_persons(tmp_path, world):
    run("brief", world, "--study", tmp_path / "s", "--json")
    for kind in ("csv", "gexf", "parquet"):
        done = run("export", kind, "--study", tmp_path / "s", "--json")
        assert done.returncode == 0, done.stderr
        for path in map(Path, json.loads(done.stdout)["files"]):
            assert b"ines_valbon" not in path.read_bytes()


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no way here to make an empty network namespace")
def test_the_main_path_runs_in_an_empty_network_namespace(tmp_path, world):
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("this system does not let us make a network namespace")
    done = run("brief", world, "--study", tmp_path / "s", "--json", prefix=("unshare", "-rn"))
    assert done.returncode == 0, done.stderr


def test_the_map_is_written_for_slides_and_names_no_private_person(study, findings, world, tmp_path):
    svg, png = study.draw_map(findings, study.names(findings, EN), EN, tmp_path / "map")
    drawn = svg.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", drawn).replace("https://x.com", "")
    assert png.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    for user in users(world):
        if user["public_metrics"]["followers_count"] < 5000:
            assert user["username"] not in drawn
