"""`ascendant kind` and what `who` says of kinds, in 80 columns and in both languages."""

import json
import math

import pytest

from ascendant.cli.app import main
from ascendant.store.duckdb import asking
from ascendant.store.overrides import FILE
from ascendant.study import Study

SECOND = 1_600_000_000


def user(number, handle, followers, **more):
    return {
        "id": number,
        "username": handle,
        "name": handle.title(),
        "description": f"Words of {handle}",
        "public_metrics": {"followers_count": followers, "following_count": 1},
        **more,
    }


USERS = [
    user("1", "montclar_shop", 90_000, verified_type="business"),
    user("2", "ines_q", 40),
    *(user(f"{n}", f"fan{n}", 10) for n in range(10, 22)),
]


def tweet(number, author, **more):
    return {
        "id": f"16000000000000{number:05}",
        "author_id": author,
        "text": f"words {number}",
        "created_at": f"2026-03-01T10:{number % 60:02}:00.000Z",
        **more,
    }


def page():
    data = [tweet(n, "1") for n in range(30)] + [tweet(100 + n, "2") for n in range(30)]
    for n, fan in enumerate(USERS[2:]):
        for base, step in ((0, 200), (100, 300)):
            reference = [{"type": "retweeted", "id": f"16000000000000{base + n:05}"}]
            data.append(tweet(step + n, fan["id"], referenced_tweets=reference))
    return {"data": data, "includes": {"users": USERS}}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kind")
    (folder / "x.jsonl").write_text(json.dumps(page()) + "\n")
    study = Study.make(folder / "study")
    study.read([folder / "x.jsonl"])
    study.find()
    return study.folder


@pytest.fixture
def say(made, capsys):
    """What a command prints; its exit code first where it is not 0."""

    def run(*words, code=0):
        with pytest.raises(SystemExit) as left:
            main([*words, "--study", str(made)])
        shown = capsys.readouterr()
        assert left.value.code == code, shown.err
        return shown.out if code == 0 else shown.err

    yield run
    (made / FILE).unlink(missing_ok=True)


def kind_of(say, account):
    return json.loads(say("who", account, "--json"))["kind"]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("account", ["montclar_shop", "x:2"])
def test_the_waterfall_fits_and_sums_to_what_is_shown(say, lang, account):
    said = say("who", account, "--lang", lang)
    assert max(map(len, said.splitlines())) <= 80
    kind = kind_of(say, account)
    total = sum(term["log_odds"] for term in kind["terms"] if term["head"] == "organisation")
    assert kind["p_person"] == pytest.approx(1 / (1 + math.exp(total)))
    shown = abs(round(total, 1))
    assert (f"{shown}" if lang == "en" else f"{shown}".replace(".", ",")) in said


def test_a_company_is_declared_and_a_private_person_is_not_asked(say):
    company, person = kind_of(say, "montclar_shop"), kind_of(say, "x:2")
    assert any(term["detail"] == "x: business" for term in company["terms"])
    assert person["p_cause"] is None
    assert not [term for term in person["terms"] if term["head"] == "political"]
    assert "was not asked" in say("who", "x:2", "--lang", "en")
    assert "was not asked" not in say("who", "montclar_shop", "--lang", "en")


def test_a_given_kind_is_shown_with_its_reason_until_it_is_taken_back(say):
    before = kind_of(say, "montclar_shop")
    assert "No kind was given" in say("kind", "--lang", "en")
    said = say("kind", "montclar_shop", "média", "--because", "it publishes a weekly paper", "--lang", "en")
    assert "media" in said
    after = kind_of(say, "montclar_shop")
    assert (after["kind_as_influencer"], after["basis"]) == ("media", "override")
    assert after["basis_source"] == "it publishes a weekly paper"
    assert after["best_influencer"] == before["best_influencer"]
    assert after["terms"] == before["terms"]
    shown = say("who", "montclar_shop", "--lang", "en")
    assert "it publishes a weekly paper" in shown
    assert "computed: " in shown
    assert "weekly paper" in say("kind", "--lang", "en")
    say("kind", "montclar_shop", "--remove")
    assert kind_of(say, "montclar_shop") == before
    assert "No kind had been given" in say("kind", "montclar_shop", "--remove", "--lang", "en")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("montclar_shop", "wizard", "--because", "it does wonders"), "choose one of"),
        (("montclar_shop", "media"), "needs a reason"),
        (("montclar_shop", "media", "--because", "so"), "needs a reason"),
        (("x:2", "cause", "--because", "she said so in a post"), "private person"),
        (("--remove",), "needs an account"),
    ],
)
def test_what_cannot_be_given_is_refused_and_nothing_is_kept(say, made, words, told):
    assert told in say("kind", *words, "--lang", "en", code=2)
    assert not (made / FILE).exists()


def test_the_list_names_private_persons_by_their_pseudonym_alone(say):
    say("kind", "x:2", "individual", "--because", "known to us as @Ines_Q, in person")
    listed = say("kind", "--lang", "en")
    assert "person-" in listed
    assert "ines" not in listed.lower()
    assert "ines" not in json.dumps(json.loads(say("kind", "--json"))).lower()


def test_words_of_a_private_profile_are_not_shown(say):
    terms = kind_of(say, "x:2")["terms"]
    assert not [term for term in terms if term["layer"] == "profile" and term["detail"]]


def test_who_is_forgotten_has_no_given_kind_left(tmp_path, capsys):
    (tmp_path / "x.jsonl").write_text(json.dumps(page()) + "\n")
    study = Study.make(tmp_path / "study")
    study.read([tmp_path / "x.jsonl"])

    def run(*words):
        with pytest.raises(SystemExit) as left:
            main([*words, "--study", str(study.folder)])
        assert left.value.code == 0, capsys.readouterr().err

    run("kind", "x:2", "individual", "--because", "known to us in person")
    run("kind", "x:1", "company", "--because", "ines_q works there, she says")
    assert "x:2" in (study.folder / FILE).read_text()
    run("forget", "x:2", "--yes")
    kept = (study.folder / FILE).read_text()
    assert "x:2" not in kept
    assert "ines_q" not in kept
    assert "x:1" in kept
    with asking(study.folder) as questions:
        assert "x:2" not in questions.ask("known_accounts")["account_id"].to_pylist()
    run("purge", "--yes")
    assert not (study.folder / FILE).exists()
