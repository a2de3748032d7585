"""Kinds of influencers: what is shown is what its terms add up to, and nobody private is asked about politics."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import Account, Activity, account_batch
from ascendant.infer.communities import find_communities
from ascendant.infer.named import named_layer
from ascendant.patterns.kinds.find import find_kinds
from ascendant.patterns.kinds.influencers import INFLUENCER_KINDS, KINDS, SPEAKS_FROM, UNDETERMINED, judge, moves
from ascendant.patterns.kinds.lists import list_terms
from ascendant.patterns.kinds.private import OPINIONS, PUBLIC_FOLLOWERS, is_public
from ascendant.patterns.kinds.terms import HEADS, KIND_TERMS, LAYERS, Terms, term, together
from ascendant.patterns.kinds.weights import declarations, findings, layers, public_declarations
from ascendant.patterns.options import PatternOptions
from ascendant.patterns.standing import find_standing
from ascendant.report.naming import PUBLIC_KINDS, Names
from strategies import study_of

LOG_ODDS = st.floats(-8, 8).map(lambda one: round(one, 3))
KEYS = st.sampled_from([*sorted(OPINIONS), *(f"{one}@bio" for one in OPINIONS), "commerce", "wording@name"])
DECLARED = st.sampled_from([None, None, "business", "page", "politician", "party", "Company", "no such kind"])


def table(rows):
    return pa.Table.from_batches([account_batch(rows, source_file="invented", reader="invented@1")])


@st.composite
def evidence(draw):
    """Accounts, and terms of some layers on them."""
    n = draw(st.integers(1, 5))
    rows = [
        Account(
            account_id=f"x:{place}",
            platform="x",
            followers=draw(st.sampled_from([None, 3, PUBLIC_FOLLOWERS - 1, PUBLIC_FOLLOWERS])),
            verified=draw(st.sampled_from([None, True])),
            declared_kind=draw(DECLARED),
        )
        for place in range(n)
    ]
    by_layer = {}
    for layer in draw(st.sets(st.sampled_from(LAYERS[1:]))):
        found = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, 4), LOG_ODDS, KEYS), max_size=8))
        by_layer[layer] = Terms(
            np.array([one[0] for one in found], np.int64),
            np.array([one[1] for one in found], np.int8),
            np.array([one[2] for one in found], float),
            tuple(one[3] for one in found),
            tuple(f"said {one[3]}" for one in found),
        )
    return table(rows), by_layer


def sums(terms, account_id):
    """What the kept terms of an account add up to, by head."""
    found = dict.fromkeys(HEADS, 0.0)
    for row in terms.filter(pc.equal(terms["account_id"], account_id)).to_pylist():
        found[row["head"]] += row["log_odds"]
    return found


def is_private(row, organisation):
    """As a reader of the page would say it."""
    known = declarations().get((row["declared_kind"] or "").lower())
    declared = known is not None and known.is_public
    odds = np.exp(organisation) * 0.094 / 0.906
    return not ((row["followers"] or 0) >= PUBLIC_FOLLOWERS or declared or odds / (1 + odds) >= 0.9)


@given(evidence())
def test_the_probabilities_are_what_the_kept_terms_add_up_to(world):
    accounts, by_layer = world
    found = judge(accounts, by_layer, PatternOptions())
    assert found.kinds.schema == INFLUENCER_KINDS
    assert found.terms.schema == KIND_TERMS
    for row in found.kinds.to_pylist():
        total = sums(found.terms, row["account_id"])
        organisation = 1 / (1 + np.exp(-total["organisation"]))
        political = 1 / (1 + np.exp(-total["political"])) if row["p_cause"] is not None else 0.0
        sorts = np.exp([total[sort] for sort in ("company", "media", "institution")])
        of_sort = organisation * (1 - political) * sorts / sorts.sum()
        assert row["p_person"] == pytest.approx(1 - organisation, abs=1e-9)
        assert [row["p_company"], row["p_media"], row["p_institution"]] == pytest.approx(of_sort.tolist(), abs=1e-9)
        assert sum(row[f"p_{kind}"] or 0 for kind in KINDS) == pytest.approx(1)


@given(evidence())
def test_a_kind_is_shown_from_seven_in_ten_on_and_the_best_guess_always(world):
    for row in judge(*world, PatternOptions()).kinds.to_pylist():
        chances = {kind: row[f"p_{kind}"] or 0 for kind in KINDS}
        best = max(chances.values())
        assert chances[row["best_influencer"]] == best
        shown = row["kind_as_influencer"]
        if best < 0.7:
            assert shown == UNDETERMINED
        elif row["best_influencer"] == "individual":
            assert shown in {"individual", UNDETERMINED}
        else:
            assert shown == row["best_influencer"]


@given(evidence())
def test_no_private_person_has_a_term_on_politics_nor_one_that_names_a_conviction(world):
    accounts, by_layer = world
    found = judge(accounts, by_layer, PatternOptions(prior_organisation=0.99))
    known = {row["account_id"]: row for row in accounts.to_pylist()}
    before = dict.fromkeys(known, 0.0)
    for row in found.terms.to_pylist():
        if row["head"] == "organisation" and row["layer"] != "prior":
            before[row["account_id"]] += row["log_odds"]
    private = {one for one, row in known.items() if is_private(row, before[one])}
    for row in found.kinds.to_pylist():
        assert (row["p_cause"] is None) == (row["account_id"] in private)
        assert row["account_id"] not in private or row["kind_as_influencer"] != "cause"
    for row in found.terms.to_pylist():
        if row["account_id"] in private:
            assert row["head"] != "political"
            assert row["term"].partition("@")[0] not in OPINIONS
            assert (row["detail"] or "").removeprefix("said ").partition("@")[0] not in OPINIONS


def test_a_public_person_is_asked_and_a_private_one_of_the_same_words_is_not():
    says = {"party": {"organisation": -1.0, "political": 6.0}}
    rows = table(
        [
            Account(account_id="x:1", platform="x", followers=PUBLIC_FOLLOWERS),
            Account(account_id="x:2", platform="x", followers=PUBLIC_FOLLOWERS - 1, verified=True),
        ]
    )
    profile = together([term(key, np.ones(2), odds, ["vote"] * 2) for key, odds in says.items()])
    public, private = judge(rows, {"profile": profile}, PatternOptions()).kinds.to_pylist()
    assert (public["kind_as_influencer"], public["is_person"]) == ("cause", True)
    assert (private["kind_as_influencer"], private["p_cause"]) == ("individual", None)


@given(evidence())
def test_of_the_name_of_a_page_political_is_one_of_four(world):
    accounts, by_layer = world
    found = judge(accounts, by_layer, PatternOptions(), is_page=np.ones(accounts.num_rows, bool))
    for row in found.kinds.to_pylist():
        total = sums(found.terms, row["account_id"])
        four = np.exp([total[head] for head in HEADS[1:]])
        assert sum(row[f"p_{kind}"] or 0 for kind in KINDS) == pytest.approx(1)
        assert row["p_cause"] is None or row["p_cause"] == pytest.approx(four[0] / four.sum(), abs=1e-9)


@given(evidence(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(world, random):
    accounts, by_layer = world
    order = list(range(accounts.num_rows))
    random.shuffle(order)
    place = np.argsort(order)
    moved = {
        name: Terms(place[one.account], one.head, one.log_odds, one.key, one.detail) for name, one in by_layer.items()
    }
    there = judge(accounts, by_layer, PatternOptions())
    here = judge(accounts.take(order), moved, PatternOptions())
    assert here.kinds.sort_by("account_id").to_pylist() == there.kinds.to_pylist()
    assert here.terms.to_pylist() == there.terms.to_pylist()


@given(evidence())
def test_no_layer_says_more_than_its_bound(world):
    terms = judge(*world, PatternOptions()).terms
    totals = {}
    for row in terms.to_pylist():
        key = (row["account_id"], row["layer"], row["head"])
        totals[key] = totals.get(key, 0.0) + row["log_odds"]
    for (_, layer, _), total in totals.items():
        assert layer == "prior" or abs(total) <= layers()[layer].bound + 1e-9


def test_what_is_set_by_hand_is_small_and_has_its_reason():
    for finding in findings():
        assert 0 <= finding.low < finding.high <= 1
        assert max(map(abs, finding.log_odds.values())) <= 1.0
        assert finding.reason
        assert set(finding.log_odds) <= set(HEADS)
    assert set(layers()) == set(LAYERS) - {"prior"}
    assert all(layer.reason for layer in layers().values())


def test_who_is_public_here_is_who_is_named():
    assert public_declarations() >= PUBLIC_KINDS
    rows = [
        Account(account_id=f"x:{n}", platform="x", followers=followers, declared_kind=kind, verified=True)
        for n, (followers, kind) in enumerate(
            [(None, None), (4999, None), (5000, None), (1, "page"), *((1, one) for one in sorted(PUBLIC_KINDS))]
        )
    ]
    names = Names(table(rows), b"a key of the study")
    found = is_public(table(rows), PUBLIC_KINDS)
    assert [names.is_public(row.account_id) for row in rows] == found.tolist()


NOW = 1_600_002_000_000_000  # a full hour
MINUTE = 60_000_000


def act(number, verb, who, minute, **more):
    return Activity(
        activity_id=f"x:{number}", platform="x", verb=verb, actor_id=who, happened_at=NOW + minute * MINUTE, **more
    )


def shop_and_friends():
    """A shop that sells on the hour, with reposts; Ann, who writes of herself; Bob, who only passes on."""
    sells = {"text": "Soldes : livraison offerte, commandez", "lang": "fr", "urls": ("https://www.shop.example/1",)}
    rows = [act(f"s{n}", "post", "x:shop", 60 * n, **sells) for n in range(30)]
    rows += [act(f"a{n}", "post", "x:ann", 1 + 7 * n, text="I like my tea", lang="en") for n in range(30)]
    for n in range(5):
        rows.append(act(f"r{n}", "repost", "x:bob", 9000 + n, object_id=f"x:s{n}", object_author_id="x:shop"))
        rows.append(act(f"q{n}", "repost", "x:bob", 9100 + n, object_id=f"x:a{n}", object_author_id="x:ann"))
    accounts = [
        Account(account_id="x:shop", platform="x", url="https://shop.example", followers=9000, bio="Shop"),
        Account(account_id="x:ann", platform="x", followers=12, bio="Tea"),
        Account(account_id="x:bob", platform="x", bio="Bob"),
    ]
    return rows, accounts


def found_in(rows, accounts, **more):
    with study_of(rows, accounts) as questions:
        named = named_layer(questions)
        communities = find_communities(named.ties, named.accounts["account_id"])
        standing = find_standing(named.accounts, communities).standing
        return standing, find_kinds(questions, standing, questions.ask("known_accounts"), **more)


def test_only_those_that_move_somebody_have_a_kind_and_everybody_a_row():
    standing, found = found_in(*shop_and_friends())
    kinds = {row["account_id"]: row for row in found.kinds.to_pylist()}
    assert set(kinds) == set(standing["account_id"].to_pylist())
    assert kinds["x:bob"]["kind_as_influencer"] is None
    assert kinds["x:bob"]["p_person"] is None
    assert "x:bob" not in found.terms["account_id"].to_pylist()
    assert kinds["x:ann"]["best_influencer"] == "individual"
    assert kinds["x:shop"]["p_company"] > 2 * kinds["x:ann"]["p_company"]
    assert dict(zip(standing["account_id"].to_pylist(), moves(standing).tolist(), strict=True))["x:bob"] is False


def test_terms_say_what_was_seen():
    _, found = found_in(*shop_and_friends())
    said = {
        (row["account_id"], row["term"]): row["detail"] for row in found.terms.to_pylist() if row["layer"] != "prior"
    }
    for name in ("own_site", "promotion", "on_schedule"):
        assert said["x:shop", name] == "30/30"
    assert said["x:ann", "first_person"] == "30/30"
    assert ("x:ann", "on_schedule") not in said


def test_groups_advertisers_and_lists_speak():
    rows, accounts = shop_and_friends()
    groups = pa.table({"group_id": pa.array([1], pa.int32()), "innocent": [["one_community"]]})
    members = pa.table({"group_id": pa.array([1], pa.int32()), "account_id": ["x:ann"], "q_value": [0.01]})
    paid = {"advertiser_id": ["x:payer:a shop"], "page_ids": [["x:shop"]], "n_ads": [3]}
    advertisers = pa.table({**paid, "n_reported": pa.array([None], pa.int64())})
    on_politics = pa.table({**paid, "n_reported": [7]})
    accounts[0] = Account(account_id="x:shop", platform="x", followers=9000, declared_kind="Business", bio="Shop")
    _, plain = found_in(*shop_and_friends())
    _, found = found_in(rows, accounts, groups=groups, members=members, advertisers=advertisers)
    told = {(row["account_id"], row["layer"], row["detail"]) for row in found.terms.to_pylist()}
    assert {("x:ann", "coordination", "2"), ("x:shop", "advertising", "3"), ("x:shop", "list", "x: business")} <= told
    before, after = ({row["account_id"]: row for row in one.kinds.to_pylist()} for one in (plain, found))
    assert after["x:ann"]["p_individual"] < before["x:ann"]["p_individual"]  # whoever acts together is less alone
    assert after["x:shop"]["p_company"] > before["x:shop"]["p_company"]
    _, reported = found_in(rows, accounts, advertisers=on_politics)
    chances = {row["account_id"]: row["p_cause"] for row in reported.kinds.to_pylist()}
    assert chances["x:shop"] > after["x:shop"]["p_cause"]
    # A group is no opinion: of a private person in it, politics are not asked either.
    assert after["x:ann"]["p_cause"] is None


@given(evidence())
def test_nobody_is_shown_as_an_individual_by_the_prior_alone(world):
    found = judge(*world, PatternOptions(prior_organisation=0.01, prior_political=0.01))
    terms = [row for row in found.terms.to_pylist() if row["layer"] != "prior"]
    for row in found.kinds.to_pylist():
        mine = [one for one in terms if one["account_id"] == row["account_id"]]
        spoken = {head: sum(one["log_odds"] for one in mine if one["head"] == head) for head in HEADS}
        if row["kind_as_influencer"] == "individual":
            assert spoken["organisation"] <= -SPEAKS_FROM + 1e-9
            assert row["p_cause"] is None or spoken["political"] <= -SPEAKS_FROM + 1e-9


@pytest.mark.parametrize("has_bio", [True, False])
def test_an_individual_is_told_of_a_bare_name_only_where_something_else_speaks(has_bio):
    rows = table([Account(account_id=f"x:{n}", platform="x") for n in range(2)])
    name = term("name_two_words", np.ones(2), {"organisation": -3.0}, [""] * 2)
    posts = term("first_person", np.array([1.0, 0.0]), {"organisation": -1.0}, ["20/20", "0/20"])
    by_layer = {"profile": name, "posts": posts}
    kinds = judge(rows, by_layer, PatternOptions(), has_bio=np.full(2, has_bio)).kinds.to_pylist()
    assert [row["best_influencer"] for row in kinds] == ["individual"] * 2
    assert [row["kind_as_influencer"] for row in kinds] == ["individual", "individual" if has_bio else UNDETERMINED]


def test_a_declared_kind_is_told_as_the_basis_with_its_source():
    rows = table([Account(account_id="fb:1", platform="facebook", declared_kind="Politician")])
    (kind,) = judge(rows, {"list": list_terms(rows)}, PatternOptions()).kinds.to_pylist()
    assert (kind["kind_as_influencer"], kind["is_person"]) == ("cause", True)
    assert (kind["basis"], kind["basis_source"]) == ("declared", "facebook: politician")


@pytest.mark.parametrize("verb", ["post", "repost"])
def test_no_text_no_links_and_no_profile_give_a_result(verb):
    row = Activity(activity_id="x:1", platform="x", verb=verb, actor_id="x:a", object_author_id="x:b", text="")
    _, found = found_in([row], [])
    for kind in found.kinds.to_pylist():
        assert kind["kind_as_influencer"] in {None, UNDETERMINED, "individual"}
    assert found.caveats or not found.terms.num_rows
