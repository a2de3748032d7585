"""The one door to a name: who is shown, under what, and what never leaves."""

import json
import unicodedata
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.activity import ACTIVITY, Activity, activity_batch
from ascendant.errors import Caveat, NoPurpose
from ascendant.report.briefing import briefing_html, briefing_json
from ascendant.report.language import Language
from ascendant.report.naming import LONGEST, PUBLIC_KINDS, Names, purpose_of, safe_words
from ascendant.report.outgoing import pseudonymise_table
from report import invented
from report.people import BOB, KEY, PAPER, names, person, table

FR = Language("fr")


@pytest.mark.parametrize(
    ("facts", "is_public"),
    [
        ({"followers": 5000}, True),
        ({"followers": 4999}, False),
        ({"followers": None}, False),
        ({"followers": 3, "declared_kind": "Government"}, True),
        ({"followers": 3, "declared_kind": "creator"}, False),
        ({"followers": 3, "verified": True}, False),
        ({"is_me": True}, True),
        ({}, False),
    ],
)
def test_who_is_public(facts, is_public):
    shown = names(person(1, handle="ann", **facts))
    assert shown.is_public("x:1") is is_public
    assert (shown.shown("x:1") == "@ann") is is_public


@pytest.mark.parametrize("kind", sorted(PUBLIC_KINDS))
def test_organisations_are_public_whatever_their_audience(kind):
    assert names(person(1, declared_kind=kind)).is_public("x:1")


def test_an_account_that_the_study_does_not_hold_is_private():
    assert names(PAPER).shown("x:5").startswith("person-")
    assert names(PAPER).shown(None) == "an unknown account"


def test_the_audience_that_makes_public_can_be_chosen():
    assert not names(PAPER, public_followers=5001).is_public("x:880022")


def test_a_pseudonym_depends_on_the_key_alone_and_is_the_same_in_both_languages():
    one, other = names(BOB), Names(table(BOB), b"another key of another study")
    grown = names(BOB, *(person(n) for n in range(500)))
    assert one.shown("x:770011") == grown.shown("x:770011") != other.shown("x:770011")
    assert one.speaking(FR).shown("x:770011") == one.shown("x:770011").replace("person-", "personne-")


def test_pseudonyms_of_many_accounts_differ():
    many = names(*(person(n) for n in range(20_000)))
    assert len({many.shown(f"x:{n}") for n in range(20_000)}) == 20_000


def test_accounts_whose_codes_collide_get_longer_ones(monkeypatch):
    true = Names._number
    # as if the key had led two accounts to the same first forty bits
    monkeypatch.setattr(
        Names, "_number", lambda self, kind, one: true(self, kind, "x:1") ^ (one == "x:2") if one in ("x:1", "x:2")
        else true(self, kind, one),
    )  # fmt: skip
    shown = names(*(person(n) for n in range(5)))
    assert shown.shown("x:1") != shown.shown("x:2")
    assert [len(shown.shown(f"x:{n}")) for n in range(4)] == [16, 21, 21, 16]
    assert [shown.find(shown.shown(f"x:{n}")) for n in range(4)] == ["x:0", "x:1", "x:2", "x:3"]


def test_a_pseudonym_leads_back_to_its_account_inside_the_study():
    held = names(BOB, PAPER)
    assert held.find(held.shown("x:770011").upper()) == "x:770011"
    assert held.find(held.speaking(FR).shown("x:770011")) == "x:770011"
    assert held.find("person-00000000") is None
    assert held.find("Bob") is None


def test_a_weak_key_is_refused():
    with pytest.raises(ValueError, match="key"):
        Names(table(BOB), b"short")


@pytest.mark.parametrize("purpose", [None, "", "because", "1234567890123", "a b c d e f g h i"])
def test_names_are_not_revealed_without_a_purpose(purpose):
    with pytest.raises(NoPurpose):
        names(BOB).reveal(purpose)


def test_a_purpose_reveals_everybody_and_can_be_logged_as_one_line():
    assert names(BOB).reveal("fact-check of an article").shown("x:770011") == "Zqbob Zqmartin (@zqbob)"
    assert purpose_of("a purpose\nwith lines\x1b[2J") == "a purpose with lines[2J"


def test_links_and_words_are_those_of_public_accounts_only():
    held = names(BOB, PAPER)
    assert held.link("https://x.com/zqpaper/status/1", "x:880022") == "https://x.com/zqpaper/status/1"
    assert held.link("https://x.com/zqbob/status/1", "x:880022") is None
    assert held.link("https://x.com/zqpaper/status/1", "x:770011") is None
    assert held.link("javascript:alert(1)", "x:880022") is None
    assert held.words("hello", "x:770011") is None
    assert held.words("hello", None) is None


def test_accounts_among_the_facts_of_a_caveat_go_through_the_door():
    shown = names(BOB).in_caveat(Caveat("{account}: {n}", {"account": "x:770011", "n": 3}))
    assert "770011" not in str(shown)


@given(st.text(max_size=200))
def test_safe_words_are_short_visible_and_cannot_reorder_what_stands_around_them(words):
    shown = safe_words(words)
    inner = shown.removeprefix("\u2068").removesuffix("\u2069")
    assert len(inner) <= LONGEST
    for character in inner:
        assert unicodedata.category(character) not in ("Cc", "Cs", "Co", "Zl", "Zp")
        assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"
    rtl = any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in inner)
    assert rtl == shown.startswith("\u2068") == shown.endswith("\u2069")
    assert safe_words(inner) == shown


def test_safe_words_keep_joined_emoji_and_persian_joiners_and_tame_stacked_marks():
    assert safe_words("👩‍🚒 می‌خواهم") == "\u2068👩‍🚒 می‌خواهم\u2069"
    assert safe_words("e" + "\u0301\u0302\u0303\u0304\u0305" * 9).count("\u0305") <= 3
    assert safe_words("👩‍🚒" * 30).rstrip("…").endswith("🚒")


# Round numbers stand in fractions too: 0.015000000000000013.
CODES = st.integers(10**8, 10**9 - 1).filter(lambda n: "0000" not in str(n)).map(lambda n: f"zq{n}")


@st.composite
def hidden_people(draw):
    """Private persons, and public accounts that talk about them in every way that they can."""
    codes = draw(st.lists(CODES, min_size=2, max_size=6, unique=True))
    n_public = draw(st.integers(1, len(codes) - 1))
    followers = st.one_of(st.none(), st.integers(0, 4999))
    rows, secrets = [], []
    for place, code in enumerate(codes):
        is_public = place < n_public
        facts = {"followers": 90_000} if is_public else {"followers": draw(followers)}
        handle = draw(st.sampled_from([code, code.upper(), f"{code}.x", f"{code}_y"]))
        rows.append(person(code[2:], handle=handle, name=f"Name{code} Family{code}", bio=f"bio {code}", **facts))
        if not is_public:
            secrets.append(code)
    ways = st.sampled_from(
        ["@{handle}", "x.com/{handle}", "https://twitter.com/{handle}/status/1", "{name}", "{handle}@m.org"]
    )
    said = [way.format(handle=row.handle, name=row.name) for row in rows for way in draw(st.lists(ways, max_size=3))]
    return rows, n_public, secrets, draw(st.permutations(said))


@settings(max_examples=60, deadline=None)
@given(hidden_people(), st.sampled_from(["en", "fr"]))
def test_no_name_handle_or_id_of_a_private_person_is_in_any_output(people, code):
    rows, n_public, secrets, said = people
    held = Names(table(*rows), KEY)
    text = " and ".join(said)
    moved = [(row.account_id, *invented.PEOPLE[0][1:]) for row in rows]
    writer, hidden = rows[0].account_id, rows[-1].account_id
    posts = {
        f"x:9{row.account_id[2:]}": invented.EvidencePost(
            act_id=f"x:9{row.account_id[2:]}", actor_id=hidden, writer_id=row.account_id, verb="repost", text=text,
            url=f"https://x.com/{row.handle}/status/9",
        )
        for row in rows
    }  # fmt: skip
    coverage = pa.table(
        {
            column.name: pa.array([f"{text}/{rows[-1].handle}-{text}.csv"])
            if column.name == "file"
            else invented.coverage(1)[column.name]
            for column in invented.coverage(1).schema
        }
    )
    inputs = replace(
        invented.briefing(), names=held, tiers=invented.tiers(moved), standing=invented.standing(moved), posts=posts,
        title=text, about=text, purpose=text, coverage=coverage,
        caveats=(Caveat("{account} acts alone", {"account": hidden}),),
    )  # fmt: skip
    language = Language(code)
    acts = [
        Activity(
            activity_id=f"x:1{row.account_id[2:]}", platform="x", verb=verb, actor_id=row.account_id, text=text,
            object_id=f"x:2{(other or hidden)[2:]}", object_author_id=other, thread_id=f"x:3{hidden[2:]}",
            urls=tuple(said), mentions=(hidden, writer),
        )
        for row in rows for verb in ("post", "repost") for other in (None, hidden, writer)
    ]  # fmt: skip
    batch = activity_batch(acts, source_file=f"{rows[-1].handle}.jsonl", reader="t 1")
    outputs = {
        "page": briefing_html(inputs, language),
        "json": json.dumps(briefing_json(inputs, language), ensure_ascii=False),
        "activity": str(pseudonymise_table(pa.Table.from_batches([batch], ACTIVITY), held).to_pylist()),
        "accounts": str(pseudonymise_table(table(*rows), held).to_pylist()),
        "tiers": str(pseudonymise_table(invented.tiers(moved), held).to_pylist()),
    }
    for place, output in outputs.items():
        for secret in secrets:
            assert secret not in output.casefold(), place
            assert secret[2:] not in output, place
    for row in rows[:n_public]:
        assert row.handle in outputs["page"]
