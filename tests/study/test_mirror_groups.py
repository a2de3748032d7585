"""Archives beside posts in which groups act together: an owner who passes one on, one who stands in it, one who is
neither; and the page says what was done and when, never what anybody knew."""

import html
import json
import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import draw_parameters
from ascendant.errors import Caveat
from ascendant.infer.inferred import nothing_inferred
from ascendant.patterns.mirror import beside_groups, own_kind
from ascendant.patterns.mirror.beside import OWN_KIND, WORKED_FOR
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.mirror import mirror_html, mirror_json
from ascendant.study import Study, rooms
from ascendant.study import mirror as mirrors
from owner_worlds import owner_world

EN = Language("en")
SEED = 227
GROUPS = replace(  # whose groups act within seconds, and whose relays pass on much of what these bring, late
    draw_parameters(SEED),
    groups_per_1000=2.5,
    group_size=10.0,
    group_tempo_seconds=20.0,
    group_turnout=0.9,
    group_cover=0.3,
    relays_per_group=30.0,
    relay_loyalty=0.8,
    readers_reserve=8.0,
    relay_lag=8.0,
    sampling_x=1.0,
)
OWNERS = {
    "relay": (3, lambda world: world.people.relays_for >= 0),
    "member": (1, lambda world: world.people.group >= 0),
    "neither": (0, lambda world: (world.people.group < 0) & (world.people.relays_for < 0)),
}


class Owned:
    """A study of an owner's archive and of the posts of the others of their world, and what its mirror found."""

    def __init__(self, folder, kind):
        nth, chosen = OWNERS[kind]
        options = WorldOptions(accounts=400, acts=12_000, seed=SEED, platforms="x")
        self.world = owner_world(folder, options, nth=nth, parameters=GROUPS, chosen=chosen)
        self.study = Study.make(folder / "study", is_own=True)
        self.study.read([self.world.posts])
        self.study.read([self.world.archive])
        self.found = mirrors.find(self.study)

    def given(self, code="en", **changes):
        return mirrors.inputs(self.study, self.found, Language(code), **changes)

    def told(self, code="en", **changes):
        return mirror_json(self.given(code, **changes), Language(code))

    def page(self, code="en", *, is_shared=False):
        """Words of the whole page as they are read, and its source."""
        source = mirror_html(self.given(code, is_shared=is_shared), Language(code))
        return as_read(source), source

    def kept(self):
        return {path.stem.removeprefix("mirror_") for path in (self.study.folder / "results").glob("mirror_*.parquet")}


def as_read(source):
    """The words of a page, without its style and its tags."""
    plain = re.sub(r"<(style|script)\b.*?</\1>", " ", source, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", plain)).split())


@pytest.fixture(scope="module")
def owned(tmp_path_factory):
    """Each owner once. What time alone tells of influence has tests of its own and takes long: it is left out."""
    made = {}

    def of(kind):
        if kind not in made:
            made[kind] = Owned(tmp_path_factory.mktemp(kind), kind)
        return made[kind]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rooms, "inferred_layer", lambda *_, **__: nothing_inferred(Caveat("left out")))
        yield of


def test_who_passes_a_group_on_reads_own_posts_beside_the_group_s_with_the_true_delays(owned):
    one = owned("relay")
    [row] = [row for row in one.found.worked_for["worked_for"].to_pylist() if row["status"] == "relay"]
    assert row["account_id"] == one.world.owner
    assert row["n_passed"] > row["expected"]
    assert row["low"] > 1
    truth = {act["act_id"]: act for act in one.world.truth.to_pylist()}
    members = one.study.find(tables=("group_members",)).tables["group_members"]
    here = set(members.filter(pc.equal(members["group_id"], row["group_id"]))["account_id"].to_pylist())
    examples = one.found.worked_for["worked_for_examples"].to_pylist()
    assert examples
    for example in examples:
        mine, theirs = truth[example["act_id"]], truth[example["source_act_id"]]
        assert mine["account_id"] == one.world.owner
        assert theirs["account_id"] == example["source_id"] in here
        delay = (mine["happened_at"] - theirs["happened_at"]).total_seconds()
        assert example["delay_seconds"] == pytest.approx(delay, abs=1)


def test_reposts_of_an_archive_count_with_the_posts_that_their_words_gave(owned):
    """Else no repost of an archive would have a delay, and nobody's would be late."""
    one = owned("relay")
    truth = {act["act_id"]: act for act in one.world.truth.to_pylist()}
    named = one.study.find(tables=("named_by",)).tables["named_by"]
    known = named.filter(pc.and_(pc.equal(named["actor_id"], one.world.owner), pc.is_valid(named["object_id"])))
    examples = one.found.worked_for["worked_for_examples"].to_pylist()
    reposts = [row for row in examples if truth[row["act_id"]]["verb"] == "repost"]
    assert reposts
    assert not {row["act_id"] for row in reposts} & {*known["act_id"].to_pylist()}


def test_every_example_of_what_was_passed_on_is_a_repost_or_a_post_and_answers_are_counted_apart(owned):
    one = owned("relay")
    truth = {act["act_id"]: act for act in one.world.truth.to_pylist()}
    examples = one.found.worked_for["worked_for_examples"].to_pylist()
    assert {truth[row["act_id"]]["verb"] for row in examples} <= {"repost", "post"}
    named = one.study.find(tables=("named_by",)).tables["named_by"]
    members = one.study.find(tables=("group_members",)).tables["group_members"]
    for row in one.found.worked_for["worked_for"].to_pylist():
        here = members.filter(pc.equal(members["group_id"], row["group_id"]))["account_id"].combine_chunks()
        own = named.filter(pc.and_(pc.equal(named["actor_id"], one.world.owner), pc.is_in(named["author_id"], here)))
        verbs = own["verb"].to_pylist()
        assert (row["n_quoted"], row["n_answered"]) == (verbs.count("quote"), verbs.count("reply"))
        assert row["n_passed"] - row["n_unlinked"] <= verbs.count("repost")
    rows = one.found.worked_for["worked_for"].to_pylist()
    assert any(row["n_answered"] + row["n_quoted"] for row in rows)  # else nothing is tried
    assert re.search(r"You (answered|quoted) these accounts (once|\d+ times)", json.dumps(one.told()["worked_for"]))


def test_who_stands_in_a_group_is_told_so_and_is_no_relay(owned):
    one = owned("member")
    members = one.study.find(tables=("group_members",)).tables["group_members"]
    assert one.world.owner in members["account_id"].to_pylist()
    told = one.told()["worked_for"]
    [row] = [row for row in told["rows"] if row["status"] == "member"]
    assert row["n_meetings"] > row["expected_meetings"]
    assert not told["is_relay"]
    assert told["groups"] == []
    assert told["title"] == "Your acts are as close in time to those of a group of accounts as a member's"
    assert any("your acts are as close in time as a member's" in line for line in told["checked"])


def test_who_is_neither_is_told_what_was_checked_and_that_nothing_shows_it(owned):
    told = owned("neither").told()["worked_for"]
    assert told["title"] == "Nothing shows that you work for a group"
    assert not {"relay", "member", "synchronous"} & {row["status"] for row in told["rows"]}
    assert told["checked"]
    assert told["limits"]


def of_the_page(told):
    """All that the page says of groups and of what the owner does; posts say what they say, and are left out."""
    groups = [{**group, "examples": []} for group in told["worked_for"]["groups"]]
    return json.dumps([{**told["worked_for"], "groups": groups}, told["answer"].get("doing")], ensure_ascii=False)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", OWNERS)
def test_nothing_says_what_the_owner_knew(owned, kind, code):
    words = of_the_page(owned(kind).told(code))
    assert not re.search(
        r"\byou knew that\b|unknowing|\bna[iï]ve|\bmanipul|\bvictim|\bunwitting|\bbelieve|à votre insu|sans le savoir",
        words,
        re.IGNORECASE,
    )
    assert "{n" not in words


def test_french_words_are_elided_and_a_title_begins_with_no_figure(owned):
    for kind in OWNERS:
        told = owned(kind).told("fr")
        assert not re.search(r"\b(que|de|ce que|jusque) une?\b", of_the_page(told), re.IGNORECASE)
        assert not re.search(r"\b1 groupe", told["worked_for"]["title"])


def test_the_page_of_a_relay_says_what_its_plain_values_say(owned):
    one = owned("relay")
    read, source = one.page()
    told = one.told()["worked_for"]
    for line in [told["title"], *(line for group in told["groups"] for line in group["lines"]), *told["checked"]]:
        assert " ".join(line.split()) in read
    assert source.count('<p class="delay">') >= len(told["groups"][0]["examples"]) > 0
    assert "{" not in as_read(source.split('<section aria-labelledby="worked-for">')[1].split("</section>")[0])


@pytest.mark.parametrize("kind", OWNERS)
def test_the_page_that_is_shared_has_no_private_person_s_handle_or_name_and_nobody_s_words(owned, kind):
    one = owned(kind)
    read, source = one.page(is_shared=True)
    assert 'class="said"' not in source
    assert "doing" not in one.told(is_shared=True)["answer"]
    names, people = one.world.world.names, one.world.world.people
    private = np.flatnonzero(people.kind >= 5).tolist()  # target, consumer, relay
    assert not {names.handle[place] for place in private} & {*re.findall(r"\w+", read)}
    assert [names.name[place] for place in private if names.name[place] in read] == []
    assert quoted(posts_of(one), read) == []


@pytest.mark.parametrize("kind", OWNERS)
def test_what_a_shared_page_must_not_have_is_met_on_the_owner_s_own(owned, kind):
    """Else the test above could not fail."""
    one = owned(kind)
    held = json.dumps(one.told(), ensure_ascii=False)
    assert one.world.handle in held
    if kind == "relay":
        assert quoted(posts_of(one), held) != []


def posts_of(one):
    """The words of every post that the study holds."""
    with mirrors.asking(one.study.folder) as questions:
        acts = one.world.truth["act_id"].cast(pa.string())
        rows = questions.ask("posts", wanted=pa.table({"activity_id": acts})).to_pylist()
    return {" ".join(row["text"].split()) for row in rows if row["text"]}


def quoted(posts, read):
    """Posts of which the page has the beginning; of a word or two any page may have."""
    starts = {re.sub(r"https?://\S+", "", post).strip()[:40] for post in posts}
    return [start for start in starts if len(start) >= 20 and start in read]


def test_what_the_owner_does_is_counted_against_others_and_amplifies_no_group_that_the_part_does_not_show(owned):
    for kind in OWNERS:
        one = owned(kind)
        told = one.told()
        sentences = told["answer"]["doing"]["sentences"]
        assert 1 < len(sentences) <= 3
        assert "Half of the accounts" in json.dumps(sentences)
        assert told["answer"]["doing"]["compared"].startswith("Counted on X.")
        if not told["worked_for"]["is_relay"]:
            assert "amplif" not in json.dumps(sentences)


def test_the_tables_are_kept_and_go_with_what_they_rest_on(owned, monkeypatch):
    one = owned("neither")
    assert {*WORKED_FOR, *OWN_KIND} <= one.kept()
    for room in (beside_groups, own_kind):  # taken from their rooms when they are asked for
        monkeypatch.setattr(room, room.__name__.rpartition(".")[2], lambda *_: None)
    again = mirrors.find(one.study)
    assert not {*WORKED_FOR, *OWN_KIND} & one.kept()
    assert "worked_for" not in mirror_json(mirrors.inputs(one.study, again, EN), EN)


def test_archives_alone_look_for_no_group(owned, tmp_path, monkeypatch):
    def never(*_, **__):
        raise AssertionError("archives alone have nothing to compare with")

    monkeypatch.setattr(beside_groups, "beside_groups", never)
    monkeypatch.setattr(own_kind, "own_kind", never)
    monkeypatch.setattr(mirrors, "unlinked", never)
    monkeypatch.setattr(Study, "find", never)
    made = Study.make(tmp_path / "study", is_own=True)
    made.read([owned("relay").world.archive])
    told = mirror_json(mirrors.inputs(made, mirrors.find(made), EN), EN)
    assert "worked_for" not in told
    assert "doing" not in told["answer"]
