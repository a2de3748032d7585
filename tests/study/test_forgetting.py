"""A person who is forgotten is in no byte of the study, nobody else is less in it, and nothing brings them back."""

import csv
import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from ascendant.errors import AmbiguousAccount, UnknownAccount
from ascendant.read.options import ReadOptions
from ascendant.report.language import Language
from ascendant.store.duckdb import asking
from ascendant.store.options import Question
from ascendant.store.parts import reading
from ascendant.study import Study
from ascendant.study.forgetting import forget, not_ours, who_is_asked, would_go
from searching import files_with

EN = Language("en")
EXPORTS = Path(__file__).resolve().parents[1] / "read" / "exports"

ZORA = {"id": "7700000000000000077", "username": "zora_q77", "name": "Zora Quellenburg"}
ZORA["description"] = "Zora Quellenburg writes at https://zora-quellenburg.example/"
PEOPLE = [ZORA] + [
    {"id": f"88000000000000000{n:02}", "username": f"person{n}", "name": f"Person Number{n}", "description": ""}
    for n in range(1, 13)
]
for one in PEOPLE:
    one["public_metrics"] = {"followers_count": 12, "following_count": 3}
POST, SECOND = "1600000000000000777", "1600000000000000778"
# Everything by which she is known, and words of hers: each has to be found before, and by nothing after.
NEEDLES = [
    *(ZORA["id"], ZORA["username"], ZORA["name"], "Quellenburg Zora", POST, SECOND),
    *("zora-quellenburg.example", "my very own marmalade", "zoraquellenburg"),
]


def tweet(number, author, text, **more):
    found = {"id": number, "author_id": author["id"], "text": text, "created_at": "2026-03-01T10:00:00.000Z"}
    return {**found, "conversation_id": number, "public_metrics": {"like_count": 1}, **more}


def x_posts(path, *, first=0):
    """Tweets of API v2 in which Zora stands in every way."""
    others = PEOPLE[1:]
    data = [
        tweet(POST, ZORA, "my very own marmalade"),
        tweet(SECOND, ZORA, "and more of my very own marmalade", conversation_id=POST),
    ]
    said = [
        "@zora_q77 what do you think?",
        "as Zora Quellenburg said, and QUELLENBURG Zora before",
        "see https://x.com/zora_q77/status/" + POST,
        "see https://x.com/i/web/status/" + SECOND,
        "her page: https://zora-quellenburg.example/",
        unicodedata.normalize("NFD", "café with Zora  Quellenburg"),
        "#ZoraQuellenburg forever",
        "zora_q77 without a sign, write to zora_q77@mail.example",
    ]
    for n, (author, text) in enumerate(zip(others, said, strict=False)):
        more = {"entities": {"mentions": [{"username": "zora_q77", "id": ZORA["id"]}]}} if n == 0 else {}
        if "#" in text:
            more = {"entities": {"hashtags": [{"tag": "ZoraQuellenburg"}]}}
        if "https" in text:
            more = {"entities": {"urls": [{"url": "https://t.co/1", "expanded_url": text.split()[-1]}]}}
        data.append(tweet(f"16000000000000010{n:02}", author, text, **more))
    for n, author in enumerate(others[:6]):
        data.append(
            tweet(
                f"16000000000000020{n:02}",
                author,
                "RT @zora_q77: my very own marmalade",
                referenced_tweets=[{"type": "retweeted", "id": POST}],
            )
        )
        reply = {"referenced_tweets": [{"type": "replied_to", "id": POST}], "in_reply_to_user_id": ZORA["id"]}
        data.append(tweet(f"16000000000000030{n:02}", author, "@zora_q77 nice", **reply, conversation_id=POST))
        repost = {"referenced_tweets": [{"type": "retweeted", "id": "1600000000000001001"}]}
        data.append(tweet(f"16000000000000040{n:02}", others[n + 3], "RT @person2: as", **repost))
    page = {"data": data[first:], "includes": {"users": PEOPLE, "tweets": [data[0]]}}
    path.write_text(json.dumps(page) + "\n{broken zora_q77\n", encoding="utf-8")
    return path


def table(path):
    """A table named after her, of handles alone, with a line that cannot be read."""
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["who", "whom", "did", "when", "said"])
        rows.writerow(["@zora_q77", "@person1", "reply", "2026-03-02T10:00:00Z", "my very own marmalade"])
        rows.writerow(["@person1", "@zora_q77", "repost", "2026-03-02T11:00:00Z", "my very own marmalade"])
        rows.writerow(["@person2", "@person1", "reply", "2026-03-02T12:00:00Z", "Zora Quellenburg is right"])
        rows.writerow(["@person2", "@person1", "reply", "the day of Zora Quellenburg", "what"])
        rows.writerow(["@person2", "@person1", "zora_q77", "2026-03-02T12:00:00Z", "what"])
    return path


COLUMNS = ReadOptions(
    columns=("actor=who", "object_author=whom", "verb=did", "happened_at=when", "text=said", "platform=:x")
)


@pytest.fixture
def study(tmp_path):
    made = Study.make(tmp_path / "study", purpose="what Zora Quellenburg moves")
    made.read([x_posts(tmp_path / "zora_q77.jsonl")])
    made.read([table(tmp_path / "posts_zora_q77.csv")], COLUMNS)
    findings = made.find()
    for code in ("en", "fr"):
        language = Language(code)
        names = made.names(findings, language, "a check of every byte, shown to nobody")
        made.report(findings, language, names=names)
    made.find(Question(about="@zora_q77"))
    made.log("report", {"about": "@zora_q77"}, findings)
    (made.folder / "runs" / "2026-03-01T100000.000000Z-report.log").write_text("asked of zora_q77\nand of person1\n")
    return made


def held(folder):
    with asking(folder) as questions:
        query = "select * from held order by activity_id"
        rows = questions._connection.sql(query).to_arrow_table().to_pylist()
    return {row["activity_id"]: row for row in rows}


def found_in(folder, needles=NEEDLES):
    """Needle -> the files that hold it, of those that are found."""
    found = {needle: files_with(folder, needle) for needle in needles}
    return {needle: names for needle, names in found.items() if names}


def asked(folder, account="@zora_q77"):
    return who_is_asked(folder, account, EN)


def test_no_byte_of_a_forgotten_person_is_left(study):
    folder = study.folder
    before = found_in(folder)
    assert before.keys() == set(NEEDLES), "the search finds what is there"
    kinds = {name.partition("/")[0].partition(".")[0] for names in before.values() for name in names}
    assert kinds >= {"activity", "accounts", "results", "report", "runs", "manifest", "rejects", "coverage", "study"}
    forget(folder, asked(folder).person)
    assert found_in(folder) == {}
    assert not [name for name in folder.iterdir() if name.name.startswith((".superseded", ".tmp", "manifest.sqlite-"))]


def test_what_is_said_of_it_before_is_what_goes(study):
    folder = study.folder
    person = asked(folder).person
    would, before = would_go(folder, person), {path: path.read_bytes() for path in folder.rglob("*.parquet")}
    assert {path: path.read_bytes() for path in folder.rglob("*.parquet")} == before
    did = forget(folder, person)
    counted = ("n_acts", "n_accounts", "n_naming", "n_rejects", "n_files")
    assert [getattr(would, name) for name in counted] == [getattr(did, name) for name in counted]
    assert did.n_acts == 3
    assert min(did.n_accounts, did.n_naming, did.n_rejects, did.n_files) > 0


def test_the_others_keep_their_acts_and_the_cascades_hold_together(study):
    folder = study.folder
    before = held(folder)
    forget(folder, asked(folder).person)
    after = held(folder)
    zora = {f"x:{ZORA['id']}", "x:@zora_q77"}
    kept = {name: row for name, row in before.items() if row["actor_id"] not in zora}
    assert after.keys() == kept.keys()
    unchanged = ("verb", "actor_id", "happened_at", "platform", "reader", "count")
    assert all(after[name][one] == row[one] for name, row in kept.items() for one in unchanged)
    reposts = {row["object_id"] for name, row in after.items() if name.startswith("x:160000000000000200")}
    assert len(reposts) == 1
    assert next(iter(reposts)).startswith("x:~")
    threads = {row["thread_id"] for name, row in after.items() if name.startswith("x:160000000000000300")}
    assert threads == reposts
    assert all(row["object_author_id"] is None for row in after.values() if row["object_id"] in reposts)
    untouched = [row for name, row in kept.items() if name.startswith("x:160000000000000400")]
    assert len(untouched) == 6
    for row in untouched:
        assert after[row["activity_id"]] == {**row, "text": "as … said, and … before", "source_file": "….jsonl"}


def test_questions_and_pages_work_afterwards_and_do_not_know_her(study):
    folder = study.folder
    forget(folder, asked(folder).person)
    opened = Study.open(folder)
    findings = opened.find()
    names = opened.names(findings, EN)
    assert opened.report(findings, EN, names=names).stat().st_size > 10_000
    assert opened.who(findings, names, "@person2").moves
    assert opened.why(findings, names, "@person2", "@person4").n_moved == 1
    with pytest.raises(UnknownAccount):
        opened.who(findings, names, "@zora_q77")
    assert found_in(folder) == {}
    assert not_ours(folder) == []


def test_reading_the_same_files_and_fresh_copies_brings_nothing_back(study, tmp_path):
    folder = study.folder
    forget(folder, asked(folder).person)
    before = held(folder)
    opened = Study.open(folder)
    assert all(file.was_known for file in opened.read([tmp_path / "zora_q77.jsonl"]).files)
    copy = tmp_path / "again_zora_q77.jsonl"
    copy.write_bytes((tmp_path / "zora_q77.jsonl").read_bytes() + b"\n")
    assert not any(file.was_known for file in opened.read([copy]).files)
    again = tmp_path / "zora_q77.csv"
    again.write_bytes((tmp_path / "posts_zora_q77.csv").read_bytes() + b"\n")
    opened.read([again], COLUMNS)
    opened.report(opened.find(), EN)
    after = held(folder)
    where = ("source_file", "source_pointer")
    assert {name: row | dict.fromkeys(where) for name, row in after.items() if ":#" not in name} == {
        name: row | dict.fromkeys(where) for name, row in before.items() if ":#" not in name
    }
    assert len(after) == len(before)
    assert found_in(folder) == {}
    coverage = opened.coverage().to_pylist()
    assert [row["objected"] for row in coverage] == [3, 1, 3, 1]
    assert all("left out" in row["note"] for row in coverage)


def test_what_is_learnt_from_a_later_file_goes_from_the_earlier_ones_too(study, tmp_path):
    """Her third post and her new handle are told by a file that comes after rows that name them."""
    folder = study.folder
    third, handle = "1600000000000000779", "zora_renamed_8"
    forget(folder, asked(folder).person)
    opened = Study.open(folder)
    early, late = tmp_path / "early.jsonl", tmp_path / "late.jsonl"
    reply = tweet("1600000000000005001", PEOPLE[1], "@zora_renamed_8 hm", conversation_id=third)
    reply["referenced_tweets"] = [{"type": "replied_to", "id": third}]
    early.write_text(json.dumps({"data": [reply], "includes": {"users": [PEOPLE[1]]}}) + "\n")
    renamed = ZORA | {"username": handle}
    late.write_text(json.dumps({"data": [tweet(third, ZORA, "me again")], "includes": {"users": [renamed]}}) + "\n")
    opened.read([early])
    assert files_with(folder, third)
    assert files_with(folder, handle)
    opened.read([late])
    assert files_with(folder, third) + files_with(folder, handle) == []
    assert "x:1600000000000005001" in held(folder)


def test_an_objection_of_somebody_who_is_not_held_is_kept_for_what_comes_later(tmp_path):
    made = Study.make(tmp_path / "study")
    found = asked(made.folder, "x:@zora_q77")
    assert (found.is_held, found.person.is_open) == (False, True)
    assert forget(made.folder, found.person).is_nothing
    made.read([x_posts(tmp_path / "posts.jsonl")])
    assert found_in(made.folder) == {}
    with pytest.raises(UnknownAccount):
        asked(made.folder, "@zora_q77")


def test_forgetting_twice_is_forgetting_once(study):
    folder, person = study.folder, asked(study.folder).person
    forget(folder, person)
    before = held(folder)
    assert forget(folder, person).is_nothing
    assert held(folder) == before
    with reading(folder) as manifest:
        assert manifest.database.execute("select count(*) from objection").fetchone() == (1,)


def test_an_account_is_asked_by_id_handle_name_and_pseudonym(study):
    names = study.names(study.find(), EN)
    for way in (f"x:{ZORA['id']}", "x:@Zora_Q77", "zora_q77", "zora quellenburg", names.pseudonym(f"x:{ZORA['id']}")):
        assert asked(study.folder, way).person.account_id == f"x:{ZORA['id']}"


def test_a_handle_of_two_accounts_has_to_be_told_apart_and_the_other_stays(study, tmp_path):
    twin = ZORA | {"id": "9900000000000000099", "name": "Zora Quellenburg"}
    page = {"data": [tweet("1600000000000006001", twin, "I am another")], "includes": {"users": [twin]}}
    (tmp_path / "twin.jsonl").write_text(json.dumps(page) + "\n")
    study.read([tmp_path / "twin.jsonl"])
    for way in ("x:@zora_q77", "@zora_q77", "Zora Quellenburg"):
        with pytest.raises(AmbiguousAccount):
            asked(study.folder, way)
    found = asked(study.folder, f"x:{ZORA['id']}")
    assert len(found.namesakes) == 1
    forget(study.folder, found.person)
    assert "x:1600000000000006001" in held(study.folder)
    assert files_with(study.folder, ZORA["id"]) == []
    forget(study.folder, asked(study.folder, f"x:{twin['id']}").person)
    assert found_in(study.folder) == {}


SAMPLES = [
    *(EXPORTS / "x_archive" / name for name in ("2017", "2019", "2026") if (EXPORTS / "x_archive" / name).exists()),
    *(EXPORTS / "facebook_archive" / name for name in ("A_2019", "B_2021", "C_2024")),
    EXPORTS / "linkedin_archive" / "complete",
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_everybody_in_an_archive_can_be_forgotten(sample, tmp_path):
    """Accounts are forgotten one after the other, the owner last; each is found before and gone after."""
    made = Study.make(tmp_path / "study")
    made.read([sample])
    with asking(made.folder) as questions:
        accounts = questions.ask("known_accounts").to_pylist()
    names = [row["name"] for row in accounts]
    asked_for = 0
    for row in sorted(accounts, key=lambda row: row["is_me"])[-12:]:
        needles = [row["handle"]] if row["handle"] else []
        if row["name"] and " " in row["name"] and names.count(row["name"]) == 1:
            needles.append(row["name"])
        needles = list(found_in(made.folder, needles))
        asked_for += len(needles)
        forget(made.folder, asked(made.folder, row["account_id"]).person)
        assert found_in(made.folder, needles) == {}
        assert row["account_id"] not in {one for act in held(made.folder).values() for one in (act["actor_id"],)}
    assert asked_for >= 2


def test_the_key_of_another_study_is_told_and_nothing_is_read_with_it(study, tmp_path):
    from ascendant.errors import BrokenStudy

    forget(study.folder, asked(study.folder).person)
    Study.make(tmp_path / "other")
    asked_there = tmp_path / "other" / "pseudonyms.key"
    (study.folder / "pseudonyms.key").unlink()
    with pytest.raises(BrokenStudy, match="key"):
        study.read([x_posts(tmp_path / "more.jsonl", first=1)])
    assert not asked_there.exists()
    shutil.rmtree(tmp_path / "other")
