"""A good reader passes, and each broken promise is caught by the sentence that names it."""

import os
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest

from ascendant.activity import (
    ACTIVITY,
    Account,
    Activity,
    Ad,
    Coverage,
    Metrics,
    Reject,
    account_batch,
    activity_batch,
)
from ascendant.testing import check_reader

SECOND = 1_700_000_000_000_000
ACT = Activity(
    activity_id="n:1",
    platform="n",
    verb="repost",
    actor_id="n:ada",
    object_id="n:0",
    object_author_id="n:@bob",
    happened_at=SECOND,
    time_basis="epoch",
    time_precision="s",
    text="é",
    hashtags=("vote",),
    mentions=("n:@bob",),
    relay="pure",
    source_pointer="line 1",
)
ACCOUNT = Account(account_id="n:ada", platform="n", handle="Ada")
COVERED = Coverage(member="export.txt", status="parsed", rows_in=1)
GOOD = [ACT, ACCOUNT, COVERED]


class Fake:
    """Gives the items that it was made with, and does what it was told to do meanwhile."""

    name, version = "fake", 1

    def __init__(self, *items, recognises=True, meanwhile=None):
        self._items, self._recognises, self._meanwhile = items, recognises, meanwhile

    def recognises(self, export, options):
        return self._recognises

    def read(self, export, options):
        if self._meanwhile:
            self._meanwhile(export.path)
        yield from self._items


@pytest.fixture
def export(tmp_path) -> Path:
    path = tmp_path / "export.txt"
    path.write_text("one record\n")
    return path


def act(**changes):
    return msgspec.structs.replace(ACT, **changes)


def test_a_reader_that_keeps_its_promises_passes(export):
    check_reader(Fake(*GOOD), export)
    check_reader(Fake(ACCOUNT, COVERED), export)
    check_reader(Fake(Reject("line 1", "why"), COVERED), export, expect_rejects=True)


def test_batches_are_checked_as_rows_are(export):
    rich = act(
        ad=Ad(advertiser="a", criteria=(("t", "v", "c"),), spend_low=1.0), metrics=Metrics(likes=3), missing=("x",)
    )
    good = activity_batch([rich], source_file="export.txt", reader="fake 1")
    accounts = account_batch([ACCOUNT], source_file="export.txt", reader="fake 1")
    check_reader(Fake(good, accounts, COVERED), export)
    bad = activity_batch([act(actor_id="ada")], source_file="export.txt", reader="fake 1")
    with pytest.raises(AssertionError, match="actor_id"):
        check_reader(Fake(bad, COVERED), export)
    with pytest.raises(AssertionError, match="columns of its own"):
        check_reader(Fake(pa.record_batch({"a": [1]}), COVERED), export)
    batches = [activity_batch([act(text=text)], source_file="export.txt", reader="f") for text in "ab"]
    with pytest.raises(AssertionError, match="reads again"):
        check_reader(Alternating(batches), export)


class Alternating(Fake):
    """Gives another batch each time."""

    def __init__(self, batches):
        super().__init__()
        self._batches = iter(batches)

    def read(self, export, options):
        yield next(self._batches)
        yield COVERED


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"verb": "retweet"}, "verb 'retweet'"),
        ({"verb": None}, "verb None"),
        ({"direction": "mine"}, "direction 'mine'"),
        ({"relay": "copy"}, "relay 'copy'"),
        ({"time_basis": "guessed"}, "time_basis 'guessed'"),
        ({"time_precision": "hour"}, "time_precision 'hour'"),
        ({"time_precision": None}, "no time_precision"),
        ({"time_basis": None}, "no time_basis"),
        ({"happened_at": None}, "no time, and a precision"),
        ({"happened_at": 1_700_000_000}, "outside the years"),
        ({"happened_at": SECOND * 1000}, "outside the years"),
        ({"happened_at": float(SECOND)}, "not a whole number"),
        ({"happened_at": "2024-01-01"}, "not a whole number"),
        ({"collected_at": 5}, "collected_at"),
        ({"activity_id": "1"}, "activity_id"),
        ({"activity_id": ""}, "activity_id"),
        ({"activity_id": 1}, "not text"),
        ({"activity_id": "n:"}, "nothing behind"),
        ({"actor_id": "ada"}, "actor_id"),
        ({"actor_id": "n:@"}, "nothing behind"),
        ({"object_id": "x:0"}, "object_id"),
        ({"object_author_id": "@bob"}, "object_author_id"),
        ({"thread_id": "5"}, "thread_id"),
        ({"context_id": "group"}, "context_id"),
        ({"mentions": ("bob",)}, "mention"),
        ({"hashtags": ("Vote",)}, "hashtag"),
        ({"hashtags": ("#vote",)}, "hashtag"),
        ({"text": "a\0b"}, "NUL"),
        ({"text": "\ud800"}, "surrogates"),
        ({"urls": ("https://a\0",)}, "NUL"),
        ({"count": 0}, "count"),
        ({"count": 1.0}, "count"),
        ({"confidence": 2.0}, "confidence"),
        ({"source_pointer": None}, "where it stands"),
        ({"platform": ""}, "platform is empty"),
    ],
)
def test_an_act_that_breaks_the_table_is_named(export, changes, sentence):
    with pytest.raises(AssertionError, match=sentence):
        check_reader(Fake(act(**changes), COVERED), export)


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([COVERED], "gives no row"),
        ([], "gives no row"),
        ([ACT], "one Coverage for each"),
        ([ACT, COVERED, COVERED], "one Coverage for each"),
        ([ACT, Coverage(member="other", status="parsed", rows_in=1)], "one Coverage for each"),
        ([ACT, COVERED, Coverage(member="other/", status="unread", rows_in=1)], "no members"),
        ([ACT, Coverage(member="export.txt", status="absent", rows_in=1)], "one Coverage for each"),
        ([ACT, COVERED, Coverage(member="export.txt", status="absent")], "several tell of"),
        ([ACT, Coverage(member="export.txt", status="fine", rows_in=1)], "status 'fine'"),
        ([ACT, Coverage(member="export.txt", status="parsed")], "fewer than the 1"),
        ([ACT, Coverage(member="export.txt", status="parsed", rows_in=1.0)], "not a whole number"),
        ([ACT, act(activity_id="n:2", source_pointer="line 2"), COVERED], "fewer than the 2"),
        ([ACT, act(verb="quote"), COVERED], "two rows have the id n:1 and differ in verb"),
        ([*GOOD, Reject("line 1", "why")], "rejects 1 records"),
        ([*GOOD, Reject("", "why")], "where it stands"),
        ([*GOOD, Reject("line 1", "")], "does not say why"),
        ([*GOOD, {"verb": "post"}], "no row"),
        ([Account(account_id="ada", platform="n"), COVERED], "account_id"),
        ([Account(account_id="n:ada", platform="n", handle="@ada"), COVERED], "has an @"),
        ([Account(account_id="n:ada", platform="n", created_at=12), COVERED], "created_at"),
        ([Account(account_id="n:ada", platform="n", name="a\0"), COVERED], "NUL"),
    ],
)
def test_items_that_break_a_promise_are_named(export, items, sentence):
    with pytest.raises(AssertionError, match=sentence):
        check_reader(Fake(*items), export)


def test_rows_with_one_id_may_differ_in_what_was_counted_when_and_where(export):
    again = act(metrics=Metrics(likes=9), collected_at=SECOND + 1, source_pointer="line 1/1")
    check_reader(Fake(*GOOD, again), export)


def test_a_reader_that_does_not_know_its_export_is_named(export):
    for answer in (False, None, 1):
        with pytest.raises(AssertionError, match="does not recognise"):
            check_reader(Fake(*GOOD, recognises=answer), export)


def test_a_reader_that_should_reject_and_does_not_is_named(export):
    with pytest.raises(AssertionError, match="rejects nothing"):
        check_reader(Fake(*GOOD), export, expect_rejects=True)


def test_other_items_at_the_second_reading_are_named(export):
    class Forgetful(Fake):
        n = 0

        def read(self, export, options):
            self.n += 1
            yield act(time_order=self.n)
            yield COVERED

    class Shrinking(Fake):
        n = 0

        def read(self, export, options):
            self.n += 1
            yield from GOOD[: 4 - self.n]

    for reader in (Forgetful(), Shrinking()):
        with pytest.raises(AssertionError, match="reads again"):
            check_reader(reader, export)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda path: path.write_text("two records\n"),
        lambda path: os.utime(path, (1, 1)),
    ],
)
def test_a_reader_that_changes_its_export_is_named(export, meanwhile):
    with pytest.raises(AssertionError, match="changed the export"):
        check_reader(Fake(*GOOD, meanwhile=meanwhile), export)


def test_a_reader_that_leaves_a_file_in_a_folder_is_named(export):
    covered = Coverage(member="export.txt", status="parsed", rows_in=1)
    check_reader(Fake(ACT, covered), export.parent)
    with pytest.raises(AssertionError, match="changed the export"):
        check_reader(Fake(ACT, covered, meanwhile=lambda path: (path / "cache").write_text("")), export.parent)


def test_every_column_of_the_table_survives_the_way_through_a_batch(export):
    assert set(ACTIVITY.names) == set(Activity.__struct_fields__)
