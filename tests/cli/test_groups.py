"""`ascendant groups` tells who acts together with what else would explain it, in 80 columns and in both languages."""

import json
import re

import pyarrow as pa
import pytest

from ascendant.cli.app import main
from ascendant.errors import Caveat, NoSuchGroup
from ascendant.patterns.groups.limits import USUAL_PACE
from ascendant.patterns.groups.tables import GROUP_MEMBERS, GROUP_OBJECTS, GROUPS
from ascendant.patterns.relays.limits import NO_DELAYS
from ascendant.patterns.relays.tables import GROUP_SPREAD, RELAYS
from ascendant.report.group_words import ALWAYS, DOES, OBJECTS, group_lines
from ascendant.report.groups import group_answer, groups_answer, limits_of_groups
from ascendant.report.inputs import EvidencePost
from ascendant.report.language import LANGUAGES, Language
from ascendant.study import Study
from report.people import BOB, PAPER, names

NOT_CLAIMED = re.compile(r"\b(bot|bots|fake|faux|robot|robots|troll)\b", re.IGNORECASE)
AT = 1_700_000_000_000_000
GROUP = {
    "group_id": 0, "n_members": 3, "q_value": 0.1, "traces": list(DOES), "window_seconds": 60, "tempo_seconds": 8.0,
    "n_objects": 9, "n_meetings": 30, "expected": 4.2, "n_on_objects": 25, "usual_pace": 1.5, "pace_distance": 12.0,
    "first_at": AT, "last_at": AT + 10**12, "innocent": ["few_objects", "to_the_minute", "one_source", "one_community"],
}  # fmt: skip
OBJECT = {
    "group_id": 0, "trace": "text", "object": "zq words", "n_members": 2, "n_others": 0, "first_at": AT,
    "span_seconds": 5.0, "account_ids": ["x:770011", "x:880022"], "act_ids": ["x:1", "x:2"],
    "happened_at": [AT, AT + 5_000_000],
}  # fmt: skip
SPREAD = {"group_id": 0, "n_spread": 80, "n_relays": 3, "n_by_relays": 20, "share": 0.25, "low": 0.2, "high": 0.4}


def tables(**changes):
    members = [{"group_id": 0, "account_id": one, "q_value": 0.1} for one in ("x:770011", "x:880022")]
    rows = {
        "groups": ([GROUP], GROUPS),
        "group_members": (members, GROUP_MEMBERS),
        "group_objects": ([OBJECT | changes], GROUP_OBJECTS),
        "group_spread": ([SPREAD], GROUP_SPREAD),
        "relays": ([], RELAYS),
    }
    return {name: pa.Table.from_pylist(some, schema=schema) for name, (some, schema) in rows.items()}


def post(act, writer, verb="post", text="zq words"):
    return EvidencePost(
        act_id=act, actor_id=writer, writer_id=writer, verb=verb, text=text, url="https://x.com/zqpaper/status/1"
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_group_is_told_with_its_innocent_explanations_and_without_names_for_who_runs_it(code):
    language = Language(code)
    [group] = groups_answer(tables())
    lines = group_lines(group, language)
    assert language.say(ALWAYS) in lines
    assert not NOT_CLAIMED.search(" ".join(lines))
    bare = group_lines({**group, "innocent": [], "spread": None}, language)
    assert language.say(ALWAYS) in bare
    assert len(lines) == len(bare) + 5
    assert "{" not in " ".join(lines)


def test_every_trace_has_its_words():
    from ascendant.patterns.groups.objects import TRACES

    assert set(DOES) == set(OBJECTS) == set(TRACES)


def test_words_of_private_persons_are_not_shown_and_those_of_public_accounts_are():
    held = names(BOB, PAPER)
    private = group_answer(tables(), held, 1, {"x:1": post("x:1", "x:770011")})
    assert private.objects[0]["words"] is None
    assert "770011" not in json.dumps(private.members) + json.dumps(private.objects, default=str)
    assert private.objects[0]["acts"][0]["act"] != "x:1"
    assert private.objects[0]["acts"][0]["url"] is None
    both = {"x:1": post("x:1", "x:770011"), "x:2": post("x:2", "x:880022")}
    public = group_answer(tables(), held, 1, both).objects[0]
    assert public["words"] == "zq words"
    assert [act["url"] is None for act in public["acts"]] == [True, False]
    shown = group_answer(tables(), held.reveal("a purpose with letters"), 1, {"x:1": post("x:1", "x:770011")})
    assert shown.objects[0]["words"] == "zq words"


@pytest.mark.parametrize(("n_others", "told"), [(8, True), (7, False)])
def test_a_page_of_private_persons_is_told_where_ten_accounts_share_it(n_others, told):
    of_two = {"trace": "link", "object": "zq.example/page", "account_ids": ["x:770011", "x:770012"]}
    found = group_answer(tables(**of_two, n_others=n_others), names(BOB, PAPER), 1, {})
    assert found.objects[0]["words"] == ("zq.example/page" if told else None)


def test_the_words_of_an_answer_are_not_taken_for_those_of_the_post_that_it_answers():
    answered = {"trace": "reply", "object": "x:9"}
    reply = {"x:2": post("x:2", "x:880022", verb="reply")}
    assert group_answer(tables(**answered), names(BOB, PAPER), 1, reply).objects[0]["words"] is None


def test_groups_are_numbered_from_one():
    for number in (0, 2):
        with pytest.raises(NoSuchGroup):
            group_answer(tables(), names(BOB), number, {})
    assert [group["number"] for group in groups_answer(tables())] == [1]


def test_limits_that_do_not_concern_groups_are_left_out():
    caveats = [Caveat("something else"), Caveat(USUAL_PACE, {"n": 2}), Caveat(NO_DELAYS)]
    assert limits_of_groups(caveats, some=True) == caveats[1:]
    assert limits_of_groups(caveats, some=False) == caveats[1:2]


LINES = ["who,whom,what,when", *(f"fan{n},idol,RT,{1_600_000_000 + n}" for n in range(12))]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    from ascendant.read.options import ReadOptions

    folder = tmp_path_factory.mktemp("groups")
    (folder / "acts.csv").write_text("\n".join(LINES) + "\n")
    made = Study.make(folder / "study")
    columns = ("actor=who", "object_author=whom", "verb=what", "happened_at=when")
    made.read([folder / "acts.csv"], ReadOptions(columns=columns, values=("RT=repost",)))
    return made.folder


def say(study, capsys, *words, code=0):
    with pytest.raises(SystemExit) as left:
        main(["groups", *words, "--study", str(study)])
    shown = capsys.readouterr()
    assert (left.value.code or 0) == code, shown.err
    return shown.out if code == 0 else shown.err


@pytest.mark.parametrize(("lang", "none"), [("en", "does not show that there is none"), ("fr", "")])
def test_where_no_group_is_found_it_says_so_and_what_was_looked_at(study, capsys, lang, none):
    said = say(study, capsys, "--lang", lang)
    assert none in " ".join(said.split())
    assert "12" in said
    assert max(map(len, said.splitlines())) <= 80
    assert json.loads(say(study, capsys, "--json"))["groups"] == []
    assert "1" in say(study, capsys, "1", "--lang", lang, code=3)


def test_a_group_is_shown_in_80_columns_with_its_evidence(study, capsys, monkeypatch):
    from dataclasses import replace

    find = Study.find
    monkeypatch.setattr(
        Study, "find", lambda *some, **more: replace(one := find(*some, **more), tables={**one.tables, **tables()})
    )
    for words in ((), ("1",)):
        said = say(study, capsys, *words, "--lang", "en")
        assert max(map(len, said.splitlines())) <= 80
        assert ALWAYS.split()[-1] in said
    assert "+5\xa0s" in said
    assert json.loads(say(study, capsys, "1", "--json"))["group"]["number"] == 1
