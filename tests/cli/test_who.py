"""`ascendant who` and `ascendant why` say no more than the files hold, in 80 columns and in both languages."""

import json

import pytest

from ascendant.cli.app import main
from ascendant.read.options import ReadOptions
from ascendant.store.options import Question
from ascendant.study import Study, rooms

LINES = [
    "who,whom,what,when",
    *(f"fan{n},idol,RT,{1_600_000_000 + n}" for n in range(12)),
    "idol,fan1,MT,1600001000",
    *(f"fan{n},fan{n + 1},RE,{1_600_002_000 + n}" for n in range(5)),
    "fan1,writer,RT,1600003000",
    "writer,,PO,1600000500",
]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("who")
    (folder / "acts.csv").write_text("\n".join(LINES) + "\n")
    made = Study.make(folder / "study")
    options = ReadOptions(
        columns=("actor=who", "object_author=whom", "verb=what", "happened_at=when"),
        values=("RT=repost", "MT=mention", "RE=reply", "PO=post"),
    )
    made.read([folder / "acts.csv"], options)
    made.find()
    return made.folder


@pytest.fixture
def say(study, capsys):
    """What a command prints."""

    def run(*words):
        with pytest.raises(SystemExit) as left:
            main([*words, "--study", str(study)])
        assert left.value.code == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(
    ("lang", "at_most", "why"),
    [("en", "at most 12  (0–", "upper bound"), ("fr", "au plus 12  (0–", "borne supérieure")],
)
def test_who_says_where_a_rate_is_only_an_upper_bound(say, lang, at_most, why):
    said = say("who", "idol", "--lang", lang)
    assert at_most in said
    assert why in " ".join(said.split())
    assert max(map(len, said.splitlines())) <= 80
    of_writer = say("who", "writer", "--lang", lang)
    assert at_most.split()[0] not in of_writer.split()
    assert why not in " ".join(of_writer.split())


def test_json_says_it_too(say):
    bounds = {
        name: json.loads(say("who", name, "--json"))["standing"]["rate_is_upper_bound"] for name in ("idol", "writer")
    }
    assert bounds == {"idol": True, "writer": False}


def test_caveats_in_json_speak_the_language_asked_for(say):
    english, french = (json.loads(say("who", "idol", "--json", "--lang", lang))["caveats"] for lang in ("en", "fr"))
    assert len(english) == len(french) > 0
    assert not set(english) & set(french)


def test_kept_results_answer_who_and_why_without_the_rooms(study, say, monkeypatch):
    def asked(*arguments):
        raise RuntimeError("the rooms were asked")

    monkeypatch.setattr(rooms, "answer", asked)
    assert "12" in say("who", "idol")
    assert "repost" in say("why", "idol", "fan3")
    with pytest.raises(RuntimeError):
        Study.open(study).find(Question(since="2020-09-13"))


def test_partners_are_told_most_acts_first_and_counted_whole(say):
    told = json.loads(say("who", "idol", "--json"))
    assert told["n_moved_accounts"] == 12
    assert len(told["moves"]) == 10
    counts = [(row["n_moved"], row["n_conversation"]) for row in told["moves"]]
    assert counts == sorted(counts, reverse=True)
    assert told["n_sources"] == 0
