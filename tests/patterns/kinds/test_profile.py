"""Log-odds of profiles: laws of the sums, of what is unknown, and of the two languages. All profiles are invented."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.patterns.kinds.profile import (
    HEADS,
    KINDS,
    NOTHING,
    PAGE,
    PROFILE_TERMS,
    PROFILES,
    PUBLIC_FOLLOWERS,
    WITHHELD,
    Prior,
    kind_chances,
    profile_terms,
)
from ascendant.patterns.kinds.trust import trusts

ODD = ["", " ", "\0", "\ud800", "🦊🌙", "\u202eabc", "é" * 3_000, "http://[", "@", "ﷺ", "a\nb", "İ", "𝔖𝔢𝔫. 𝔒𝔯𝔩𝔞"]
texts = st.one_of(st.none(), st.sampled_from([one for one in ODD if one != "\ud800"]), st.text(max_size=40))
invented = st.fixed_dictionaries({"name": texts, "handle": texts, "bio": texts, "url": texts})


def accounts(*profiles, **columns):
    fields = ("name", "handle", "bio", "url")
    table = {name: pa.array([profile.get(name) for profile in profiles], pa.string()) for name in fields}
    ids = [f"x:{place}" for place in range(len(profiles))]
    return pa.table({"account_id": pa.array(ids, pa.string()), **table, **columns})


def log_odds(found):
    return np.stack([found.profiles[head].to_numpy() for head in HEADS], axis=1)


def chances(found, prior=Prior()):  # noqa: B008 - frozen
    basis = np.array(found.profiles["basis"].to_pylist(), dtype=object)
    return kind_chances(log_odds(found) + prior.log_odds(), basis)


def terms_of(found, account_id, head):
    mine = pc.and_(pc.equal(found.terms["account_id"], account_id), pc.equal(found.terms["head"], head))
    return {row["term"]: row for row in found.terms.filter(mine).to_pylist()}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(invented, max_size=6), st.lists(st.sampled_from([None, "page", "group", "PAGE"]), min_size=6, max_size=6)
)
def test_terms_of_a_head_add_up_to_its_log_odds_for_any_text(profiles, kinds):
    found = profile_terms(accounts(*profiles, declared_kind=pa.array(kinds[: len(profiles)], pa.string())))
    assert found.terms.schema == PROFILE_TERMS
    assert found.profiles.schema == PROFILES
    sums = np.zeros((len(profiles), len(HEADS)))
    for row in found.terms.to_pylist():
        sums[int(row["account_id"].removeprefix("x:")), HEADS.index(row["head"])] += row["log_odds"]
    np.testing.assert_allclose(sums, log_odds(found), atol=1e-9)
    np.testing.assert_allclose(chances(found).sum(axis=1), 1)


@settings(max_examples=30, deadline=None)
@given(st.lists(invented, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_an_account_is_told_the_same_in_any_order_and_company(profiles, random):
    order = list(range(len(profiles)))
    random.shuffle(order)
    one = log_odds(profile_terms(accounts(*profiles)))
    other = log_odds(profile_terms(accounts(*(profiles[place] for place in order))))
    np.testing.assert_allclose(other, one[order], atol=1e-9)
    np.testing.assert_allclose(log_odds(profile_terms(accounts(profiles[0])))[0], one[0], atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(texts, texts)
def test_an_empty_bio_says_what_no_bio_says(name, handle):
    found = profile_terms(accounts(*({"name": name, "handle": handle, "bio": bio} for bio in (None, "", " \n"))))
    assert np.ptp(log_odds(found), axis=0).max() == 0
    assert set(found.profiles["language"].to_pylist()) == {None}


def test_a_profile_with_nothing_to_read_leaves_the_prior_as_it_is():
    found = profile_terms(accounts({}, {"name": " "}))
    assert found.profiles["basis"].to_pylist() == [NOTHING, NOTHING]
    assert found.terms.num_rows == 0
    assert not log_odds(found).any()
    assert [str(one) for one in found.caveats] == [
        "profiles without a bio: 2; their kinds rest on names, and are less sure",
        "profiles with nothing to read: 2; they say nothing about kind",
    ]
    prior = Prior(organisation=0.2, political=0.1, company=0.5, media=0.3, institution=0.2)
    expected = [0.9 * 0.2 * 0.5, 0.1, 0.9 * 0.8, 0.9 * 0.2 * 0.3, 0.9 * 0.2 * 0.2]
    np.testing.assert_allclose(chances(found, prior)[0], expected)


def test_no_account_and_no_optional_column_is_a_result_too():
    nothing = profile_terms(pa.table({"account_id": pa.array([], pa.string())}))
    assert (nothing.terms.num_rows, nothing.profiles.num_rows, nothing.caveats) == (0, 0, ())
    bare = profile_terms(pa.table({"account_id": ["x:1"], "name": ["Brindle Tools Ltd"]}))
    assert bare.profiles["basis"].to_pylist() == ["name"]


TWINS = [
    (
        {"name": "Orla Venn", "handle": "orlavenn", "bio": "Mother of two, nurse, I love the sea. Views are my own."},
        {
            "name": "Maël Corvec",
            "handle": "mcorvec",
            "bio": "Papa de deux enfants, infirmier, j'aime la mer. Avis personnel.",
        },
        "individual",
    ),
    (
        {
            "name": "Orla Venn",
            "handle": "orlavenn",
            "bio": "Senator for the Outer Isles, member of the committee on law",
        },
        {
            "name": "Maëlle Corvec",
            "handle": "mcorvec",
            "bio": "Sénatrice du Val-Doré, membre de la commission des lois",
        },
        "cause",
    ),
    (
        {
            "name": "Brindle Tools",
            "handle": "brindle",
            "bio": "Manufacturer of hand tools. Our customers: the building trade. Shop online.",
        },
        {
            "name": "Outils Brindel",
            "handle": "brindel",
            "bio": "Fabricant d'outils à main. Nos clients : le bâtiment. Boutique en ligne.",
        },
        "company",
    ),
]


@pytest.mark.parametrize(("english", "french", "kind"), TWINS, ids=[twin[2] for twin in TWINS])
def test_twins_in_english_and_french_are_told_nearly_alike(english, french, kind):
    found = profile_terms(accounts(english, french), is_of_the_sources=True)
    assert found.profiles["language"].to_pylist() == ["en", "fr"]
    # Which kind of organisation is told less surely: a company is told from persons and causes.
    places = [
        KINDS.index(one) for one in KINDS if one == kind or (kind == "company" and one in {"media", "institution"})
    ]
    p = chances(found)[:, places].sum(axis=1)
    assert p.min() > 0.8
    assert np.ptp(p) < 0.15


def test_all_terms_of_a_head_are_trusted_alike():
    profiles = accounts(*(one for twin in TWINS for one in twin[:2]), {"name": "Halbrenn Vosk"}, {"bio": "Ok"})
    own, other = profile_terms(profiles, is_of_the_sources=True), profile_terms(profiles)
    ratio = log_odds(other) / log_odds(own)
    assert ((ratio > 0) & (ratio <= max(one.most for one in trusts()))).all()
    np.testing.assert_allclose(ratio[:, 2:], ratio[:, [2, 2, 2]])
    assert other.terms.num_rows == own.terms.num_rows
    for row, mine in zip(other.terms.to_pylist(), own.terms.to_pylist(), strict=True):
        place, head = int(row["account_id"].removeprefix("x:")), HEADS.index(row["head"])
        assert row["log_odds"] == pytest.approx(mine["log_odds"] * ratio[place, head])


def test_seven_days_a_week_an_initial_and_a_state_are_no_pronouns():
    bios = ["Ouvert 7 j/7, service clients", "Cllr J. Orlan, Boston, MA", "Chicago, IL. Open Mon-Fri for all of you"]
    found = profile_terms(accounts(*({"name": "Brindle", "bio": bio} for bio in bios)))
    said = {row["term"] for row in found.terms.to_pylist()}
    assert "first_person@bio" not in said
    assert "personal_taste@bio" not in said
    for bio in ("J'aime la mer et le vent", "J’ai deux chats et pas le temps", "Mon jardin, ma vie, et la mer"):
        assert "first_person@bio" in terms_of(profile_terms(accounts({"name": "O", "bio": bio})), "x:0", "organisation")


def test_homonyms_are_told_by_what_each_says():
    same = {"name": "Orla Venn", "handle": "orlavenn"}
    baker, senator = {**same, "bio": "I bake bread and love my dogs"}, {**same, "bio": "Senator for the Outer Isles"}
    p = chances(profile_terms(accounts(baker, senator)))
    assert p[0, KINDS.index("individual")] > p[1, KINDS.index("individual")]
    assert p[1, KINDS.index("cause")] > p[0, KINDS.index("cause")]


@pytest.mark.parametrize("name", ["🦊🌙", "💧", "🇫🇷", "***", "𝓞𝓻𝓵𝓪 𝓥𝓮𝓷𝓷", "علي"])
def test_a_name_of_signs_alone_is_a_result_with_its_limit(name):
    found = profile_terms(accounts({"name": name}))
    assert np.isfinite(log_odds(found)).all()
    np.testing.assert_allclose(chances(found).sum(), 1)
    assert "profiles without a bio: 1; their kinds rest on names, and are less sure" in map(str, found.caveats)


def test_a_bio_in_a_third_language_is_left_unread_and_said():
    profiles = [{"name": "Orla", "bio": bio} for bio in (None, "Люблю море и собак, живу в деревне, пишу стихи")]
    profiles.append({"name": "Orla", "bio": "Me encanta el mar y vivo con mis perros en un pueblo pequeño de la costa"})
    found = profile_terms(accounts(*profiles))
    assert found.profiles["language"].to_pylist() == [None, "ru", "es"]
    assert found.profiles["basis"].to_pylist() == ["name"] * 3
    assert np.ptp(log_odds(found), axis=0).max() == 0
    assert "bios in neither English nor French: 2; their kinds rest on names, and are less sure" in map(
        str, found.caveats
    )


def test_words_that_tell_an_opinion_are_shown_of_the_public_only():
    bio = "Proud socialist and feminist, I love my dogs"
    same = [{"name": "Orla Venn", "handle": "orlavenn", "bio": bio}] * 2
    found = profile_terms(accounts(*same, followers=pa.array([PUBLIC_FOLLOWERS - 1, PUBLIC_FOLLOWERS])))
    assert found.profiles["is_public"].to_pylist() == [False, True]
    hidden, shown = terms_of(found, "x:0", "political"), terms_of(found, "x:1", "political")
    assert "ideology" not in hidden
    assert hidden[WITHHELD]["detail"] is None
    assert shown["ideology"]["detail"] == "socialist, feminist"
    assert hidden[WITHHELD]["log_odds"] == pytest.approx(shown["ideology"]["log_odds"])
    said = [row["detail"] for row in found.terms.to_pylist() if row["account_id"] == "x:0" and row["detail"]]
    assert said
    assert not any("socialist" in words or "feminist" in words for words in said)


def test_a_page_is_read_as_a_page_where_it_has_its_name_alone():
    names = [{"name": "Ministry of Harbours"}] * 3 + [{"name": "Ministry of Harbours", "bio": "We serve the harbours"}]
    kinds = pa.array(["page", "facebook_page", "facebook_profile", "page"])
    found = profile_terms(accounts(*names, declared_kind=kinds))
    assert found.profiles["basis"].to_pylist() == [PAGE, PAGE, "name", "bio"]
    assert KINDS[int(chances(found)[0].argmax())] == "institution"


def test_more_evidence_for_a_head_raises_its_kind():
    found = profile_terms(accounts({"name": "Brindle"}))
    basis = np.array(["name"], dtype=object)
    for head, kind in (
        ("political", "cause"),
        ("company", "company"),
        ("media", "media"),
        ("institution", "institution"),
    ):
        more = log_odds(found)
        more[0, HEADS.index(head)] += 2
        place = KINDS.index(kind)
        assert kind_chances(more, basis)[0, place] > kind_chances(log_odds(found), basis)[0, place]
    certain = np.array([[1e4, -1e4, 0, 0, 1e4]])
    np.testing.assert_allclose(kind_chances(certain, basis)[0], [0, 0, 0, 0, 1], atol=1e-12)


def test_ten_times_the_profiles_take_less_than_fifteen_times_the_time():
    # A law rather than a clock: what is slow is found by its growth, on a busy machine as well.
    from time import process_time

    bio = "Leading manufacturer of tools, serving customers since 1950 "
    many = [{"name": f"Brindle {n}", "handle": f"brindle{n}", "bio": bio + str(n)} for n in range(2_000)]
    profile_terms(accounts(*many[:10]))
    start = process_time()
    profile_terms(accounts(*many[:200]))
    middle = process_time()
    profile_terms(accounts(*many))
    assert process_time() - middle < 15 * (middle - start) + 0.2
