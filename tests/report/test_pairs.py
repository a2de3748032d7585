"""`who` and `why` on tables by hand: named and inferred apart, what is not known said, private persons hidden."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from ascendant.cli.who import _show
from ascendant.cli.why import _delays, _inferred, _named
from ascendant.errors import Caveat, NoSuchTie
from ascendant.infer.cascades import INFLUENCE
from ascendant.infer.figure import Figure
from ascendant.infer.inferred import INFERRED
from ascendant.infer.moved import MOVED_ACTS, TIES_INFERRED
from ascendant.infer.named import NAMED_BY, TIES
from ascendant.infer.new_topics import NEW_SHARES, NEW_TO_ACTOR
from ascendant.patterns.spheres import SPHERES
from ascendant.patterns.standing import STANDING
from ascendant.report.answers import who_answer
from ascendant.report.inputs import EvidencePost
from ascendant.report.language import Language
from ascendant.report.naming import Names
from ascendant.report.pairs import PairInTime, why_answer
from ascendant.study.rooms import SINCE

T0 = datetime(2026, 3, 12, 15, tzinfo=UTC)
LANGUAGES = pytest.mark.parametrize("code", ["en", "fr"])
STUDY = (Figure("inferred_share", 0.06, 0.03, 0.09, 900, "share"),)


def filled(schemas, *rows):
    """A table of these schemas; what a row does not say is null, or 0 where it counts."""
    fields = list({field.name: field for schema in schemas for field in schema}.values())
    usual = {field.name: 0 if pa.types.is_integer(field.type) else None for field in fields}
    return pa.Table.from_pylist([{**usual, **row} for row in rows], schema=pa.schema(fields))


def a_tie(source, target, **facts):
    return {"source_id": source, "target_id": target, "n_inferred": 0.0, **facts}


def since(**facts):
    """A row of `influence` with ends of an interval about each number."""
    row = {"since": T0, "n_acts_since": 45, "n_named_since": 3, "n_silent_since": 42}
    for name, number in facts.items():
        ends = {"inferred": "inferred", "moves": "moves", "transitive": "transitive"}.get(name)
        row |= {f"n_{name}": number} if ends else {name: number}
        row |= {f"{ends}_low": number / 2, f"{ends}_high": 2 * number} if ends else {}
    return row


@pytest.fixture
def tables():
    standing = {"influenced_share": 0.25, "share_low": 0.1, "share_high": 0.5, "influence_rate": 1.2, "rate_low": 0.9,
                "rate_high": 1.6, "p_influencer": 0.8, "p_influenced": 0.1, "p_both": 0.1, "standing": "influencer",
                "evidence": "fair", "n_acts": 69, "n_moved": 5, "n_moved_by_it": 64}  # fmt: skip
    known = since(inferred=12.0, moves=72.0, transitive=80.0, n_moves_silent=24.0, moved_share=0.34, n_sources=2,
                  moved_share_low=0.13, moved_share_high=0.76, n_moved_on_topic=20.0, new_share_moved=0.3,
                  new_share_moved_low=0.2, new_share_moved_high=0.4, n_own_on_topic=30.0, new_share_own=0.1,
                  new_share_own_low=0.05, new_share_own_high=0.2)  # fmt: skip
    return {
        "standing": filled(
            [STANDING],
            {"account_id": "x:ann", **standing, "n_inferred": 12.0, "n_inferred_by_it": 24.0},
            {"account_id": "x:bob", **standing, "n_inferred": None, "n_inferred_by_it": 3.0},
            {"account_id": "x:cem", **standing},
        ),
        "influence": filled(
            [INFLUENCE, SINCE, INFERRED, NEW_SHARES],
            {"account_id": "x:ann", **known},
            {"account_id": "x:bob", **since(moves=3.0, transitive=3.0, n_moves_silent=3.0)},
            {"account_id": "x:cem"},
        ),
        "spheres": filled([SPHERES]),
        "ties": filled(
            [TIES, pa.schema([TIES_INFERRED.field("n_inferred")])],
            a_tie("x:bob", "x:ann", n_moved=3, median_delay_seconds=60),
            a_tie("x:cem", "x:ann", n_moved=1, n_inferred=11.0),
            a_tie("x:dia", "x:ann", n_inferred=0.4),
        ),
        "moved_acts": filled(
            [MOVED_ACTS, NEW_TO_ACTOR],
            *({"act_id": f"x:{n}", "actor_id": "x:ann", "is_named": False, "p_moved": p, "p_likeliest": p,
               "likeliest_source_id": "x:dia"} for n, p in ((1, 0.05), (2, 0.4), (3, 0.97))),
            {"act_id": "x:4", "actor_id": "x:ann", "is_named": True, "p_moved": 1.0, "p_likeliest": 1.0,
             "likeliest_source_id": "x:dia"},
            {"act_id": "x:5", "actor_id": "x:eve", "is_named": False, "p_moved": 0.01, "p_likeliest": 0.01,
             "likeliest_source_id": "x:dia"},
        ),
        "named_by": filled([NAMED_BY]),
    }  # fmt: skip


@pytest.fixture
def accounts():
    ids = ["x:ann", "x:bob", "x:cem", "x:dia", "x:eve"]
    return pa.table(
        {
            "account_id": ids, "handle": [one[2:] for one in ids], "followers": [10, 10, 10, 9000, 10],
            "name": ["Ann A", "Bob B", "Cem C", "Dia D", "Eve E"], "declared_kind": [None] * 5, "is_me": [False] * 5,
        }
    )  # fmt: skip


@pytest.fixture
def names(accounts):
    return lambda code="en": Names(accounts, b"a key of the study", language=Language(code))


IN_TIME = PairInTime(
    since=T0, n_acts=30, window_hours=(1.0, 6.0), after_source=(12, 20), after_strangers=(3.0, 11.5), n_strangers=17,
    is_like_source=True, happened_at=[T0, None], source_act_ids=["x:90", None], delay_seconds=[43, None],
)  # fmt: skip


def shown(capsys):
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    return " ".join(said.replace("\xa0", " ").replace("\u202f", " ").split())


@LANGUAGES
def test_who_tells_named_and_inferred_apart_with_their_range(tables, accounts, names, capsys, code):
    answer = who_answer(tables, accounts, names(code), "x:ann", STUDY)
    _show(answer, Language(code))
    said = shown(capsys)
    wanted = {
        "en": ["of 69 acts: 5 name somebody, about 12 inferred", "of 42 acts that name nobody, about 12 (6 to 24)",
               "about 72 (36 to 144) acts of others at first hand, of which 24 name nobody", "30% (20–40%)",
               "too narrow"],
        "fr": ["sur 69 actes", "12 mars 2026", "environ 12 (6 à 24)"],
    }  # fmt: skip
    for words in wanted[code]:
        assert words in said


def test_partners_stand_in_the_order_of_both_counts_and_keep_them_apart(tables, accounts, names):
    answer = who_answer(tables, accounts, names(), "x:ann", STUDY)
    assert [(row["n_moved"], row["n_inferred"]) for row in answer.moved_by] == [(1, 11.0), (3, 0.0), (0, 0.4)]
    assert answer.n_sources == 2  # with an act that names it


@pytest.mark.parametrize(
    ("account", "figures", "words"),
    [
        ("x:bob", STUDY, "do not show before 12 March 2026 whom it reads"),
        ("x:cem", STUDY, "no act of it has a time of day"),
        (
            "x:ann",
            (Figure("inferred_share", None, None, None, 0, "share", (Caveat("only {n} acts", {"n": 3}),)),),
            "only 3 acts",
        ),
    ],
)
def test_what_cannot_be_told_is_said_and_is_not_zero(tables, accounts, names, capsys, account, figures, words):
    answer = who_answer(tables, accounts, names(), account, figures)
    _show(answer, Language())
    said = shown(capsys)
    assert f"Not known: {words}" in said or (words in said and "Not known: " in said)
    assert "5 name somebody; inferred: not known" in said
    json.dumps(asdict(answer), default=str, allow_nan=False)


def test_a_pair_with_inferred_acts_only_is_answered(tables, accounts, names):
    answer = why_answer(tables, accounts, names(), "x:dia", "x:ann")
    assert (answer.n_moved, answer.n_inferred, answer.acts) == (0, 0.4, [])
    assert answer.inferred_ids == ["x:3", "x:2"]  # the likeliest first; named ones and slight chances are none
    with pytest.raises(NoSuchTie):
        why_answer(tables, accounts, names(), "x:dia", "x:eve")
    with pytest.raises(NoSuchTie):
        why_answer(tables, accounts, names(), "x:ann", "x:dia")


def post(act, writer, text):
    return EvidencePost(act_id=act, actor_id=writer, writer_id=writer, verb="post", text=text, url=None, happened_at=T0)


@LANGUAGES
def test_why_says_when_how_likely_how_late_and_what_chance_would_give(tables, accounts, names, capsys, code):
    answer = why_answer(tables, accounts, names(code), "x:dia", "x:ann").in_time(IN_TIME, names(code))
    posts = {"x:3": post("x:3", "x:ann", "private words"), "x:90": post("x:90", "x:dia", "words of a public account")}
    answer = answer.with_posts(posts, names(code))
    for part in (_named, _inferred, _delays):
        part(answer, Language(code))
    said = shown(capsys)
    assert "words of a public account" in said
    assert "private words" not in said
    wanted = {
        "en": ["more than 9 chances in 10", "about 4 chances in 10", "43 s after an act of Dia D (@dia)",
               "12 of 30; after acts of comparable strangers one would expect 3", "20 of 30", "expect 12",
               "no interval was found that holds"],
        "fr": ["plus de 9 chances sur 10", "12 sur 30", "on en attendrait 3"],
    }  # fmt: skip
    for words in wanted[code]:
        assert words in said


def test_the_json_of_a_pair_tells_the_same_without_raw_ids_of_private_persons(tables, accounts, names):
    answer = why_answer(tables, accounts, names(), "x:dia", "x:ann").in_time(IN_TIME, names()).with_posts({}, names())
    text = json.dumps(answer.plain(), default=str, allow_nan=False)
    told = json.loads(text)
    assert told["delays"]["windows"] == [
        {"hours": 1.0, "n_after_source": 12, "n_expected": 3.0},
        {"hours": 6.0, "n_after_source": 20, "n_expected": 11.5},
    ]
    assert [act["source_act"] for act in told["inferred_acts"]] == ["x:90", None]  # of a public account
    assert '"x:3"' not in text
    assert "x:ann" not in text
    assert not {"source_id", "target_id", "act_ids", "inferred_ids"} & told.keys()


def test_without_anybody_comparable_the_count_stands_alone(tables, accounts, names, capsys):
    alone = PairInTime(**{**IN_TIME.__dict__, "after_strangers": None, "n_strangers": 0})
    answer = why_answer(tables, accounts, names(), "x:dia", "x:ann").in_time(alone, names())
    _delays(answer, Language())
    said = shown(capsys)
    assert "12 of 30" in said
    assert "expect" not in said
    assert "Nobody is comparable" in said
