"""Forgetting on small worlds: laws, and what a kill leaves."""

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ascendant.activity import Account, Activity, Ad, Coverage, Metrics, Reject
from ascendant.errors import StudyRead
from ascendant.store import forgetting, leftovers, parts
from ascendant.store.forgetting import Person
from ascendant.store.manifest import Manifest, SourceKey
from ascendant.store.marks import Marks
from ascendant.store.objecting import chores, n_objections
from ascendant.store.objections import Objections
from ascendant.store.wording import Wording
from strategies import accounts, activities, asks_a_study

PEOPLE = [f"x:{name}" for name in ("ann", "bob", "cem", "dia", "eve")]


def add(folder, rows, name):
    key = SourceKey(sha256=name, reader="invented", reader_version=1, mapping={})
    with parts.writing(folder) as writer:
        return writer.add(key, rows, file=name, member=name, n_bytes=1)


def forget(folder, *account_ids):
    for account_id in account_ids:
        with parts.writing(folder) as writer:
            writer.forget(Person(account_id=account_id))


def rows_of(folder):
    """All rows as they lie there, superseded ones too; of each kind in the order of their parts."""
    found = {}
    with parts.reading(folder) as manifest:
        for kind in ("activity", "accounts"):
            names = sorted(manifest.parts(kind))
            found[kind] = [row for name in names for row in pq.read_table(folder / kind / name).to_pylist()]
    return found


def new_study(place, name, monkeypatch_key=b"5" * 64):
    folder = place / name
    parts.create_folder(folder)
    (folder / "pseudonyms.key").write_bytes(monkeypatch_key)  # the same marks in each study
    return folder


def counted(folder):
    with parts.reading(folder) as manifest:
        return [{k: v for k, v in row.items() if k != "window_from"} for row in manifest.coverage()]


@st.composite
def worlds(draw, files=1):
    """Acts in some files that agree on whose an item is, and say so wherever they name one that is in no file.

    Where they do not, nobody can tell later on what was whose.
    """
    whose = {item: draw(st.sampled_from([*PEOPLE, None])) for item in ("x:gone", "x:lost")}
    drawn = [draw(activities(max_size=9)) for _ in range(files)]
    renamed = [[_like(row, activity_id=f"{row.activity_id}.{n}") for row in rows] for n, rows in enumerate(drawn)]
    whose |= {row.activity_id: row.actor_id for rows in renamed for row in rows}
    items = st.sampled_from([*whose])
    found = []
    for rows in renamed:
        found.append([])
        for row in rows:
            item = draw(st.none() | items)
            thread = draw(st.none() | items.filter(lambda one: one not in ("x:gone", "x:lost")))
            found[-1].append(_like(row, object_id=item, object_author_id=whose.get(item), thread_id=thread))
    return found


def _like(row, **facts):
    return Activity(**{name: facts.get(name, getattr(row, name)) for name in row.__struct_fields__})


few = settings(
    asks_a_study, suppress_health_check=[HealthCheck.too_slow], phases=[p for p in Phase if p != Phase.shrink]
)


@few
@given(world=worlds(files=2), known=accounts(), who=st.sampled_from(PEOPLE))
def test_what_is_read_after_an_objection_is_what_is_left_of_it_when_it_was_read_before(
    tmp_path_factory, world, known, who
):
    first, second = world
    place = tmp_path_factory.mktemp("studies")
    before, after = new_study(place, "before"), new_study(place, "after")
    for folder in (before, after):
        add(folder, [*first, *known], "first")
    forget(before, who)
    add(before, second, "second")
    add(after, second, "second")
    forget(after, who)
    assert rows_of(before) == rows_of(after)
    assert [row["objected"] for row in counted(before)] == [row["objected"] for row in counted(after)]


@few
@given(world=worlds(), known=accounts(), who=st.permutations(PEOPLE))
def test_the_order_of_two_forgettings_does_not_matter_and_once_is_enough(tmp_path_factory, world, known, who):
    (rows,) = world
    place = tmp_path_factory.mktemp("studies")
    one, other = new_study(place, "one"), new_study(place, "other")
    for folder in (one, other):
        add(folder, [*rows, *known], "rows")
    forget(one, who[0], who[1])
    forget(other, who[1], who[0], who[1])
    assert rows_of(one) == rows_of(other)


@few
@given(rows=activities(), known=accounts(), who=st.sampled_from(PEOPLE))
def test_nobody_else_loses_an_act_or_an_account(tmp_path_factory, rows, known, who):
    folder = new_study(tmp_path_factory.mktemp("studies"), "one")
    add(folder, [*rows, *known], "rows")
    before = rows_of(folder)
    forget(folder, who)
    after = rows_of(folder)
    of_others = [row for row in before["activity"] if row["actor_id"] not in (who, None)]
    kept = [row for row in after["activity"] if row["actor_id"] is not None]
    unchanged = ("verb", "actor_id", "happened_at", "count")
    assert [[row[one] for one in unchanged] for row in kept] == [[row[one] for one in unchanged] for row in of_others]
    assert [row["account_id"] for row in after["accounts"]] == [
        row["account_id"] for row in before["accounts"] if row["account_id"] != who
    ]
    for row in after["activity"]:
        assert who not in (row["actor_id"], row["object_id"], row["object_author_id"], row["thread_id"])
    same_object = {}
    for old, new in zip(of_others, kept, strict=True):
        if new["object_id"] is not None:
            assert same_object.setdefault(old["object_id"], new["object_id"]) == new["object_id"]


def test_without_objections_nothing_is_looked_at(tmp_path, monkeypatch):
    folder = new_study(tmp_path, "study")
    monkeypatch.setattr(Objections, "leave_out", lambda *_: pytest.fail("looked"))
    monkeypatch.setattr(Objections, "member", lambda *_: pytest.fail("looked"))
    add(folder, [Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:ann")], "rows")
    assert len(rows_of(folder)["activity"]) == 1


WHO = "x:70007"


def world(n=120):
    """Acts of six accounts in parts of ten rows; every third one is by her or names her."""
    for i in range(n):
        who = f"x:7000{i % 6 + 2}"
        named = {"object_id": f"x:{500_000 + i - 3}", "object_author_id": WHO} if i % 3 == 0 else {}
        verb = "repost" if named else "post"
        text = f"words to @zora_q77 {i}" if i % 4 == 0 else f"words {i}"
        yield Activity(activity_id=f"x:{500_000 + i}", platform="x", verb=verb, actor_id=who, text=text, **named)
        if i % 10 == 0:
            yield Reject(f"line {i}", "is not JSON", "zora_q77")
    yield Account(account_id=WHO, platform="x", handle="zora_q77", name="Zora Quellenburg")
    yield Account(account_id="x:70002", platform="x", handle="other", bio="a friend of Zora Quellenburg")
    yield Coverage(member="f.jsonl", status="parsed", rows_in=n)


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "ROWS_PER_PART", 10)
    folder = new_study(tmp_path, "study")
    add(folder, world(), "f.jsonl")
    for place, name in (
        ("results", "ties.parquet"),
        ("report", "briefing-en.html"),
        ("runs", "2026-03-01T1.2Z-who.json"),
    ):
        (folder / place / name).write_text('{"about": "@zora_q77"}')
    return folder


def bytes_with(folder, needle):
    found = [path.name for path in folder.rglob("*") if path.is_file() and needle.encode() in path.read_bytes()]
    for path in folder.glob("a*/*.parquet"):
        found += [path.name] if needle in str(pq.read_table(path).to_pydict()) else []
    return found


def killed_at(folder, target, name, after):
    """Forget in a child that dies without a word at the `after`-th call of `target.name`; whether it died."""
    child = os.fork()
    if child == 0:
        real, n_calls = getattr(target, name), [0]

        def dying(*words, **named):
            n_calls[0] += 1
            if n_calls[0] == after:
                os._exit(9)
            return real(*words, **named)

        setattr(target, name, dying)
        try:
            forget(folder, WHO)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


POINTS = [
    *((forgetting, "_written", n) for n in (1, 5)),
    *((forgetting, "_swap", 1), (forgetting, "change_words", 1), (forgetting, "clean", 1)),
    *((leftovers, "_remove", n) for n in (1, 4, 12)),
    *(
        (leftovers, "_hide_in", 1),
        (leftovers, "_hide_in_settings", 1),
        (forgetting, "done", 1),
        (forgetting, "done", 2),
    ),
    *((Manifest, "all_parts", 2), (Path, "replace", 3), (Path, "unlink", 2), (os, "fsync", 4)),
    (parts, "write_parquet", 1),
]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child that is killed needs fork")
@pytest.mark.parametrize(("target", "name", "after"), POINTS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_kill_at_any_point_loses_nothing_and_the_next_writer_ends_the_work(
    study, tmp_path, monkeypatch, target, name, after
):
    whole = new_study(tmp_path, "whole")
    add(whole, world(), "f.jsonl")
    forget(whole, WHO)
    old, new = rows_of(study), rows_of(whole)
    assert bytes_with(study, "zora_q77"), "the search finds what is there"
    assert killed_at(study, target, name, after), "the child lived through it"
    assert rows_of(study) in (old, new), "half of it is seen"
    with parts.reading(study) as manifest:
        was_kept = n_objections(manifest) == 1
    if not was_kept:
        assert rows_of(study) == old
        forget(study, WHO)
    else:  # somebody reads another file
        add(study, [Coverage(member="empty", status="empty")], "empty")
    assert rows_of(study) == new
    for needle in ("zora_q77", "Zora Quellenburg", WHO.partition(":")[2]):
        assert bytes_with(study, needle) == []
    with parts.reading(study) as manifest:
        assert (chores(manifest), n_objections(manifest)) == (set(), 1)
        named = {kind: set(manifest.parts(kind)) for kind in ("activity", "accounts")}
    forget(study, WHO)
    assert {kind: {path.name for path in (study / kind).iterdir()} for kind in named} == named
    assert counted(study)[0]["objected"] == counted(whole)[0]["objected"]


def test_a_reader_that_keeps_the_old_bytes_is_told_and_the_next_call_ends_the_work(study, monkeypatch):
    monkeypatch.setattr("ascendant.store.connection._WAIT_SECONDS", 0.1)
    with parts.reading(study) as reader, reader.snapshot():
        reader.version()
        with pytest.raises(StudyRead):
            forget(study, WHO)
    forget(study, WHO)
    assert bytes_with(study, "zora_q77") == []
    with parts.reading(study) as manifest:
        assert chores(manifest) == set()


def test_files_that_others_made_stay(study):
    ours = {path for path in leftovers.made_in(study) if path.is_file()}
    (study / "report" / "notes of mine.docx").write_text("mine")
    (study / "photo.png").write_text("mine")
    (study / "activity" / "notes.parquet").write_text("mine")
    (study / "report" / "away").symlink_to(study.parent)
    others = {study / "report" / "notes of mine.docx", study / "photo.png", study / "report" / "away"}
    assert ours
    assert set(leftovers.others_in(study)) >= others
    forget(study, WHO)
    assert all(path.exists() for path in others)
    leftovers.delete_all(study)
    assert all(path.exists() for path in others)
    assert not any(path.exists() for path in ours)


@pytest.fixture
def wording():
    marks = Marks(b"a key of the study")
    marks.add_account("x:1234567890")
    marks.add_account("linkedin:@ann-lee")
    marks.add_handle("x", "Ann_92")
    marks.add_handle("x", "ann")
    marks.add_name("x", "Ann Lee")
    marks.add_name("x", "Cher")
    marks.add_item("x:1600000000000000001")
    marks.add_link("https://annlee.example/")
    return Wording(marks)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("@ann and @Ann_92.", "@… and @…."),
        ("ANN LEE, Lee Ann; ann-lee", "…, …; …"),
        ("see https://x.com/ann/status/9 now", "see x.com/… now"),
        ("www.linkedin.com/in/ann-lee", "www.linkedin.com/…"),
        ("https://x.com/i/status/1600000000000000001", "x.com/…"),
        ("at https://annlee.example/ now", "at … now"),
        ("ann@mail.example", "…@…"),
        ("#AnnLee #annlee2", "#… #annlee2"),
        ("ann_92.csv", "….csv"),
        ("user 1234567890", "user …"),
        ("https://news.example/2026/ann-lee-again", "news.example/…"),
    ],
)
def test_what_names_somebody_in_words_is_hidden(wording, text, hidden):
    assert wording.hide(text) == hidden
    assert wording.worth_a_look([text]) == [text]
    assert wording.hide(hidden) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Ann and Lee met in Cher",
        "an annual leek",
        "@anna @ann_921 @ann.lovelace",
        "https://x.com/anna/status/9 https://news.example/ann",
        "https://x.com/i/status/16000000000000000011",
        "annette@mail.example",
    ],
)
def test_what_names_somebody_else_or_nobody_stays(wording, text):
    assert wording.hide(text) == text


def test_handles_stand_in_names_of_files_without_their_sign(wording):
    assert wording.hide_in_file_name("inbox/annlee_77/ann.json") == "inbox/…_77/….json"
    assert wording.hide("the file ann.json") == "the file ann.json"


RULE = {
    "a repost of hers": ({"verb": "repost", "object_id": "x:5", "object_author_id": WHO, "text": "her words"}, "text"),
    "a reaction to hers": ({"verb": "react", "object_id": "x:5", "object_author_id": WHO, "text": "her words"}, "text"),
    "counts of hers": (
        {"verb": "repost", "object_id": "x:5", "object_author_id": WHO, "metrics": Metrics(likes=3)},
        "metrics",
    ),
    "a follow of her": ({"verb": "follow", "object_id": WHO, "object_kind": "account"}, "object_id"),
    "her group": ({"verb": "post", "context_id": WHO}, "context_id"),
}


@pytest.mark.parametrize("why", RULE)
def test_what_is_hers_in_the_row_of_somebody_else_becomes_null(tmp_path, why):
    facts, column = RULE[why]
    folder = new_study(tmp_path, "study")
    add(folder, [Activity(activity_id="x:9", platform="x", actor_id="x:8", **facts)], "rows")
    forget(folder, WHO)
    (row,) = rows_of(folder)["activity"]
    assert row[column] is None


def test_own_words_stay_in_a_quote_and_in_a_reply(tmp_path):
    folder = new_study(tmp_path, "study")
    facts = {"platform": "x", "actor_id": "x:8", "object_id": "x:5", "object_author_id": WHO, "text": "my words"}
    add(
        folder, [Activity(activity_id=f"x:{n}", verb=verb, **facts) for n, verb in ((8, "quote"), (9, "reply"))], "rows"
    )
    forget(folder, WHO)
    rows = rows_of(folder)["activity"]
    assert [row["text"] for row in rows] == ["my words", "my words"]
    assert len({row["object_id"] for row in rows}) == 1


def test_lists_and_advertisers_lose_her_name(tmp_path):
    folder = new_study(tmp_path, "study")
    ad = Ad(advertiser="Zora Quellenburg", criteria=(("list", "customers of Zora Quellenburg", "uploaded"),))
    shown = Activity(
        activity_id="x:1",
        platform="x",
        verb="ad_view",
        actor_id="x:8",
        mentions=(WHO, "x:9"),
        urls=("https://x.com/zora_q77", "https://example.org/"),
        hashtags=("zoraquellenburg", "marmalade"),
        ad=ad,
    )
    add(folder, [shown, Account(account_id=WHO, platform="x", handle="zora_q77", name="Zora Quellenburg")], "rows")
    forget(folder, WHO)
    (row,) = rows_of(folder)["activity"]
    assert (row["mentions"], row["urls"], row["hashtags"]) == (["x:9"], ["https://example.org/"], ["marmalade"])
    assert row["ad"]["advertiser"] is None
    assert row["ad"]["criteria"] == [{"type": "list", "value": "customers of …", "class": "uploaded"}]


def test_marks_hold_no_name_and_another_key_does_not_know_them(study):
    forget(study, WHO)
    with parts.reading(study) as manifest:
        held = [mark for (mark,) in manifest.database.execute("select mark from objection_mark")]
    assert len(held) > 40
    assert {len(mark) for mark in held} == {16}
    assert Marks((b"\x55" * 32), held).has_account(WHO)
    assert not Marks((b"\x56" * 32), held).has_account(WHO)


def test_who_objected_by_a_handle_is_known_by_what_the_end_of_a_file_tells(tmp_path, monkeypatch):
    """The answer comes before the post, the post before whose handle it is; each in a part of its own."""
    monkeypatch.setattr(parts, "ROWS_PER_PART", 1)
    folder = new_study(tmp_path, "study")
    with parts.writing(folder) as writer:
        writer.forget(Person(account_id="x:@zora_q77", is_open=True))
    rows = [
        Activity(activity_id="x:900002", platform="x", verb="reply", actor_id="x:8", object_id="x:900001"),
        Activity(activity_id="x:900001", platform="x", verb="post", actor_id=WHO, text="hers"),
        Account(account_id=WHO, platform="x", handle="Zora_Q77"),
    ]
    add(folder, rows, "rows")
    (row,) = rows_of(folder)["activity"]
    assert (row["activity_id"], row["object_id"][:3]) == ("x:900002", "x:~")
    assert bytes_with(folder, "900001") == []
    assert [row["objected"] for row in counted(folder)] == [2]


def test_what_sqlite_frees_is_overwritten(study, tmp_path):
    rejects = [Reject(f"line {n}", "is not JSON", f"zora_q77 {n}" + " and more" * (n % 40)) for n in range(4000)]
    add(study, [*rejects, Coverage(member="many", status="parsed", rows_in=4000)], "many")
    control = tmp_path / "control.sqlite"
    shutil.copy(study / "manifest.sqlite", control)
    with contextlib.closing(sqlite3.connect(control)) as db:
        db.execute("pragma secure_delete = off")
        db.execute("update reject set detail = '' where detail != ''")
        db.commit()
    assert b"zora_q77" in control.read_bytes(), "SQLite leaves what it frees, unless it is told not to"
    forget(study, WHO)
    assert b"zora_q77" not in (study / "manifest.sqlite").read_bytes()
    assert not list(study.glob("manifest.sqlite-*"))
