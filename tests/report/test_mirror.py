"""The mirror page: every number from the tables, absent told from empty, nobody betrayed, whole in both languages."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations, pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.errors import Caveat
from ascendant.patterns.mirror.tables import STATUSES, TOPICS
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.mirror import mirror_html, mirror_json, write_mirror
from report import mirrors
from report.pages import Page

BUILDERS = {
    "full": mirrors.full,
    "x": mirrors.only_x,
    "linkedin": mirrors.only_linkedin,
    "empty": mirrors.empty,
    "collected": mirrors.collected,
}
FORMS = [(name, code, is_shared) for name in BUILDERS for code in LANGUAGES for is_shared in (False, True)]


@pytest.fixture(scope="module")
def made():
    """Every page and its JSON, once."""
    pages = {}
    for name, code, is_shared in FORMS:
        given = BUILDERS[name](is_shared=is_shared)
        pages[name, code, is_shared] = mirror_html(given, Language(code)), mirror_json(given, Language(code))
    return pages


@pytest.fixture(params=FORMS, ids=lambda form: f"{form[0]}-{form[1]}{'-shared' if form[2] else ''}")
def html(made, request):
    return made[request.param][0]


def words_of(html):
    """What is read on a page: no style, no markup."""
    body = html.split("</style>")[1]
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", body))


def before_the_words(html):
    """The page without its glossary, whose texts are those of every page."""
    return html.split('id="words"')[0]


def test_the_page_asks_for_nothing_and_runs_nothing(html):
    page = Page(html)
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "use")
    for _, attrs, _ in page.elements:
        assert not attrs.keys() & {"src", "srcset", "style", "action", "background", "xlink:href"}
        assert not [name for name in attrs if name.startswith("on")]
        if "href" in attrs:
            assert attrs["href"].startswith("#")
    assert not re.search(r"https?:(?!//www\.w3\.org/2000/svg)", html)
    style = "".join(page.words["style"])
    assert not re.search(r"@import|url\((?!data:font/woff2;base64,)", style)


def test_the_content_policy_allows_the_page_s_style_and_nothing_else(html):
    page = Page(html)
    policy = next(attrs["content"] for _, attrs in page.all("meta") if attrs.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256("".join(page.words["style"]).encode()).digest()).decode()
    only = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; "
    assert policy == only + "base-uri 'none'; form-action 'none'"


def test_headings_go_down_one_step_at_a_time_and_everything_has_a_name(html):
    page = Page(html)
    levels = [int(tag[1]) for tag, _ in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert html.count("<table") == html.count("<caption")
    for _, attrs in page.all("section"):
        assert attrs["aria-labelledby"] in ids
    for _, attrs in page.all("th"):
        assert attrs.get("scope")
    for _, attrs in page.all("svg"):
        assert attrs["role"] == "img"
        assert attrs["aria-label"]
    for _, attrs in page.all("a"):
        assert attrs["href"][1:] in ids


def test_the_same_tables_give_the_same_bytes_and_a_page_is_written_whole(tmp_path):
    for place in ("a.html", "b.html"):
        write_mirror(mirrors.full(), Language("fr"), tmp_path / place)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_json_is_plain_and_says_what_the_page_says(made):
    for (name, _, _), (html, told) in made.items():
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        for sentence in told["answer"]["sentences"]:
            assert sentence in re.sub(r"<[^>]+>", "", html)
        if name == "full":
            whole = mirrors.full().whole("reaction")
            assert told["answer"]["figures"]["reaction"] == whole
            assert len(told["advice"]) == 3


# Every number comes from the tables ------------------------------------------------------------------------------


def countable(table):
    """All that may be counted in a table: its numbers, and their sums and rows over any of its columns of words."""
    rows = table.to_pylist()
    found = {len(rows)}
    keys = [field.name for field in table.schema if pa.types.is_string(field.type) or pa.types.is_boolean(field.type)]
    numbers = [field.name for field in table.schema if pa.types.is_integer(field.type)]
    flags = [field.name for field in table.schema if pa.types.is_boolean(field.type)]
    found |= {row[number] for row in rows for number in numbers} | {
        sum(bool(row[flag]) for row in rows) for flag in flags
    }
    rows = [*rows, *({**row, "platform": "any"} for row in rows if row.get("platform") is not None)]
    for size in range(min(len(keys), 3) + 1):
        for chosen in combinations(keys, size):
            sums = {}
            for row in rows:
                group = sums.setdefault(tuple(row[key] for key in chosen), dict.fromkeys([*numbers, *flags, ""], 0))
                group[""] += 1
                for number in [*numbers, *flags]:
                    group[number] += row[number] or 0
            found |= {n for group in sums.values() for n in group.values()}
    return found


def test_every_count_on_the_page_can_be_counted_in_the_tables(made):
    mirror = mirrors.full().mirror
    allowed = set().union(*(countable(table) for table in mirror.tables.values()))
    of = {row["platform"]: row for row in mirror["reaction"].to_pylist()}
    for platform in (*of, None):  # acts of the balance count conversation too, and links with what they go with
        rows = [row for row in mirror["balance"].to_pylist() if row["platform"] == platform]
        allowed.add(sum(row["n"] for row in rows if row["part"] in ("start", "pass_on", "answer")))
        allowed.add(of[platform]["n_acts"] - of[platform]["n_reaction"] - of[platform]["n_links"])
    allowed.add(sum(row["advertiser"] is not None for row in mirror["advertisers"].to_pylist()))
    week = mirror["week"].to_pylist()
    allowed.add(sum(row["n"] for row in week if row["part"] != "like"))
    allowed |= {
        sum(row["n"] for row in week if row["part"] != "like" and (row["weekday"], row["hour"]) == (day, hour))
        for day in range(1, 8)
        for hour in range(24)
    }
    html = before_the_words(made["full", "en", False][0])
    html = re.sub(r"<(?:title|time|dd)\b.*?</(?:title|time|dd)>", " ", html, flags=re.DOTALL)
    html = re.sub(r'<ul class="names">.*?</ul>', " ", html, flags=re.DOTALL)  # names hold numbers of their bearers
    words = re.sub(
        r"\d+ (?:January|February|March|April|May|June|July) 20\d\d|Q\d\s20\d\d|\b20\d\d\b", " ", words_of(html)
    )
    words = re.sub(r"[\d.,]+(?:–[\d.,]+)?%|\d\d:00|[\d,]+\s(?:min|h|d|s)\b|Shop \d+zq|topic \d+", " ", words)
    found = {int(one.replace(",", "")) for one in re.findall(r"(?<![\d.–\w])\d{1,3}(?:,\d{3})*(?![\d.–\w])", words)}
    assert len(found) > 60
    assert sorted(found - allowed - _CONSTANT) == []


# What the page says whatever the tables say: the steps of its rules, and the per cent of its sentences.
_CONSTANT = {1, 10, 30, 90, 100, 35, 49, 20, 24}


def test_titles_and_the_answer_follow_the_tables(made):
    told = made["full", "en", False][1]
    whole = {name: mirrors.full().whole(name) for name in ("reaction", "standing", "concentration", "passing")}
    first = told["answer"]["sentences"][0]
    share = f"{int(100 * whole['reaction']['share'])}%"  # rounded down: at least 40.7% is not at least 41%
    assert first.startswith(
        f"At least {share} of what you do is reaction to others: {whole['reaction']['n_reaction']:,} of"
    )
    assert f"{whole['reaction']['n_acts']:,} acts" in first
    assert f"comes from {whole['concentration']['n_half']} accounts" in told["answer"]["sentences"][2]
    n_uploaded = sum(row["by_list"] for row in mirrors.advertiser_rows())
    assert f"uploaded by {n_uploaded} advertisers" in told["answer"]["sentences"][2]
    assert told["targeting"]["chart"]["title"].startswith(f"{n_uploaded} advertisers uploaded")
    half = Language("en").span(whole["passing"]["median_delay_seconds"])
    assert half in told["passing"]["chart"]["title"]
    assert "(interval 2–5)" in told["sources"]["chart"]["title"]
    for key in ("balance", "sources", "quarters", "passing", "targeting", "week", "audience"):
        title = told[key]["chart"]["title"]
        assert re.search(r"\d", title), title  # a finding, not a heading
        assert not title.endswith(".")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("n_reaction", "n_acts"), [(0, 0), (0, 5), (0, 80), (40, 80), (80, 80), (1, 1)])
def test_the_answer_holds_at_its_edges(n_reaction, n_acts, code):
    held = mirrors.tables_of(["x"])
    share = n_reaction / n_acts if n_acts else None
    for row in held["reaction"]:
        row.update(
            n_acts=n_acts, n_reaction=n_reaction, n_links=0, share=share, low=share, high=share, share_with_links=share
        )
    sentences = mirror_json(mirrors.inputs(mirrors.mirror_of(held)), Language(code))["answer"]["sentences"]
    assert all(sentence.endswith(".") and "{" not in sentence and "–" not in sentence for sentence in sentences)
    if code == "en":
        assert ("unknown" in sentences[0]) == (0 < n_reaction < n_acts and n_acts >= 10)
        assert ("At least" in sentences[0]) == (0 < n_reaction < n_acts and n_acts >= 10)


@pytest.mark.parametrize("standing", ["influencer", "influenced", "both"])
@pytest.mark.parametrize("is_one_sided", [True, False])
def test_the_side_is_said_with_its_chance_and_as_far_as_archives_show(standing, is_one_sided):
    held = mirrors.tables_of(["x"])
    for row in held["standing"]:
        row.update(standing=standing, is_one_sided=is_one_sided, **{f"p_{standing}": 0.81})
    told = mirror_json(mirrors.inputs(mirrors.mirror_of(held)), Language("en"))
    assert "81%" in told["answer"]["sentences"][1]
    for words in (told["answer"]["sentences"][1], told["answer"]["chart"]["title"]):
        assert words.startswith("As far as your archives show") == is_one_sided


def test_what_is_not_reaction_is_never_called_the_owner_s(html):
    words = words_of(before_the_words(html))
    assert not re.search(r"\bown\b|\bpropres?\b|rest is yours|reste (?:est|vient) de vous", words, re.IGNORECASE)


# Absent, empty, never ---------------------------------------------------------------------------------------------


def test_a_missing_file_is_named_with_the_way_to_get_it_and_is_never_zero(made):
    html, told = made["empty", "en", False]
    assert "“tweets.js”" in html
    assert "Download an archive of your data" in html
    assert told["answer"]["sentences"] == []
    for key in ("answer", "balance", "sources", "quarters", "passing", "week", "targeting"):
        assert told[key]["chart"] is None
        assert told[key]["missing"]
    assert not re.search(r"(?<![\d.])0(?![\d.])", words_of(before_the_words(html)).replace("0.2.0", ""))


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "parsed"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_each_status_has_words_of_its_kind(status, code):
    held = mirrors.tables_of(["x"], x_inferred=status)
    part = mirror_json(mirrors.inputs(mirrors.mirror_of(held)), Language(code))["targeting"]["inferred"]
    (sentence,) = part["missing"]
    assert "n" not in part
    assert ("personalization.js" in sentence) == (status != "never")
    assert ("Download an archive" in sentence or "Télécharger une archive" in sentence) == (
        status in ("absent", "unreadable")
    )


def test_statuses_have_different_words():
    for code in LANGUAGES:
        said = set()
        for status in STATUSES:
            held = mirrors.empty_tables() | {
                "me": mirrors.me_rows(["x"], {}),
                "answers": mirrors.answers(["x"], **{f"x_{one}": status for one in TOPICS}),
            }
            told = mirror_json(mirrors.inputs(mirrors.mirror_of(held)), Language(code))
            said |= {cell["words"] for row in told["coverage"] for cell in row["platforms"]}
        assert len(said) == len(STATUSES)


def test_fewer_records_than_announced_and_unreadable_ones_are_told(made):
    words = words_of(made["full", "en", False][0])
    assert "X announces 655 records on what you wrote, passed on and answered; 640 are in the files." in words
    assert "X announces 640" not in words


def test_a_platform_without_the_topic_is_told_where_others_have_it(made):
    told = made["full", "en", False][1]
    assert told["targeting"]["trackers"]["n"] == 3
    assert any("X and LinkedIn" in remark for remark in told["targeting"]["trackers"]["basis"])


# Others' names ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", mirrors.SECRETS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_shared_page_betrays_nobody_the_owner_included(made, secret, code):
    html, told = made["full", code, True]
    for text in (html.split("</style>")[1], json.dumps(told, ensure_ascii=False)):
        assert secret.casefold() not in text.casefold()


def test_a_shared_page_hides_again_what_the_caller_revealed_and_whoever_is_named_in_words():
    caveats = (Caveat("seen of {account}: @tomas_zq, Camille Rivezq, x.com/my_own_zq", {"account": "x:13"}),)
    given = mirrors.full(
        is_shared=True, held_names=mirrors.names(), title="Camille Rivezq (@my_own_zq) and Tomas Lundzq"
    )
    given = replace(given, mirror=replace(given.mirror, caveats=caveats))
    html = mirror_html(given, Language("en"))
    assert not [secret for secret in mirrors.SECRETS if secret in html.split("</style>")[1]]
    assert "Ville Demain (@ville_demain)" in html


def test_the_owner_stays_hidden_where_they_are_public_themselves():
    given = mirrors.full(is_shared=True)
    accounts = given.names.accounts.to_pylist()
    rows = [{**row, "followers": 900_000, "declared_kind": "media"} if row["is_me"] else row for row in accounts]
    table = pa.Table.from_pylist(rows, schema=given.names.accounts.schema)
    html = mirror_html(
        replace(given, names=replace(given.names, accounts=table), title="of @my_own_zq"), Language("en")
    )
    assert not [secret for secret in ("my_own_zq", "Rivezq") if secret in html]


def test_a_shared_page_keeps_advertisers_and_public_accounts(made):
    html = made["full", "en", True][0]
    assert "Ville Demain (@ville_demain)" in html
    assert "Banque du Rivagezq" in html
    assert "person-" in html
    assert "left out of this version" in html


def test_the_owner_s_page_shows_names_as_they_stand_in_the_archive(made):
    html = made["full", "en", False][0]
    for name in ("Marthe Vasseurzq (@marthe_zq)", "@my_own_zq", "churchzq", "clinic-zq.example"):
        assert name in html
    assert "person-" not in words_of(before_the_words(html))


def test_words_of_strangers_are_never_markup():
    html = mirror_html(mirrors.full(title="<img src=x onerror=alert(1)> \u202e abc"), Language("en"))
    page = Page(html)
    assert not page.all("script", "img", "i")
    assert len(page.all("b")) == 1  # our name
    assert "&lt;b&gt;Kader&lt;/b&gt; &amp; Lindazq" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "\u202e" not in html


@settings(max_examples=15, deadline=None)
@given(title=st.text(max_size=60), name=st.text(max_size=60), handle=st.text(max_size=30))
def test_any_name_gives_a_page_that_is_well_formed(title, name, handle):
    given_inputs = mirrors.empty(title=title)
    rows = [{**row, "name": name, "handle": handle} for row in given_inputs.rows("me")]
    tables = given_inputs.mirror.tables | {"me": mirrors.table_of("me", rows)}
    html = mirror_html(replace(given_inputs, mirror=replace(given_inputs.mirror, tables=tables)), Language("fr"))
    Page(html)
    html.encode()


# Advice, languages, size ------------------------------------------------------------------------------------------


def test_each_thing_to_do_has_its_effect_its_interval_and_what_it_rests_on(made):
    first, second, third = made["full", "en", False][1]["advice"]
    assert (first["shown"], first["interval"], first["n"]) == ("\u221242%", "33–51%", 480)
    assert (second["shown"], second["interval"]) == ("\u221230%", "15–45%")
    assert "480 acts" in first["rests_on"]
    assert first["subjects"] == [
        "Ville Demain (@ville_demain)",
        "Oriane Petitzq (@oriane.zq)",
        "Marthe Vasseurzq (@marthe_zq)",
    ]
    assert third["shown"] is third["interval"] is None
    html = made["full", "en", False][0]
    assert html.count("cannot be measured from your archives") == 1
    assert "if nothing else takes its place" in html


@pytest.mark.parametrize(
    "key", ["mute_sources", "wait_before_passing", "leave_lists", "refuse_criteria", "quiet_hours", "widen_sources"]
)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("is_shared", [True, False])
def test_every_kind_of_advice_can_be_said(key, code, is_shared):
    subjects = {"quiet_hours": ["21", "22"], "refuse_criteria": ["churchzq"], "leave_lists": ["Shopzq"]}.get(
        key, ["x:13"]
    )
    row = {
        "rank": 1,
        "key": key,
        "platform": None,
        "subjects": subjects,
        "measure": "ads_shown",
        "n": 1,
        "effect": -0.05,
        "low": -0.12,
        "high": 0.02,
    }
    held = mirrors.tables_of(["x"]) | {"advice": [row]}
    (told,) = mirror_json(mirrors.inputs(mirrors.mirror_of(held), is_shared=is_shared), Language(code))["advice"]
    assert told["title"]
    assert told["where"].endswith(".")
    assert not (is_shared and "churchzq" in str(told))
    assert "\u2212" in told["interval"]
    assert "+" in told["interval"]


def test_the_language_is_declared_and_spoken_throughout(made):
    for name in BUILDERS:
        en, fr = made[name, "en", False][0], made[name, "fr", False][0]
        assert '<html lang="en">' in en
        assert '<html lang="fr">' in fr
        rows = [set(re.findall(r">([^<>]{9,})<", page.split("</style>")[1])) for page in (en, fr)]
        same = {text.strip() for text in rows[0] & rows[1]}
        # what is the same in both comes from the archives: names, criteria, sites; or is one word in both languages
        same -= {"Conversation", "conversation"}
        same = {text for text in same if not re.fullmatch(r"[\d\s,.]*(?:min|h|s|[\d\s])*", text)}
        assert {
            text
            for text in same
            if not re.search(r"zq|@|\.example|topic|Locations|Platforms|Website|moon|^(?:X|Facebook|LinkedIn) –$", text)
            and text not in ("Interests", "Seniority", "ascendant")
        } == set()


def test_french_is_typeset(made):
    for name in BUILDERS:
        words = words_of(before_the_words(made[name, "fr", False][0]))
        words = words.replace("<b>Kader</b> & Lindazq", "")
        assert not re.search(r"[^\u202f\u00a0\d&#;][;!?%](?:\s|$)", re.sub(r"&\w+;|&#\d+;", "", words))
        assert not re.search(r"\{\w*\}|\bNone\b|\bnan\b", words)


def test_a_huge_archive_gives_a_small_page():
    given = mirrors.huge()
    html = mirror_html(given, Language("en"))
    assert len(html.encode()) < 1_000_000
    Page(html)
    assert "<b>bold" not in html
    shared = mirror_html(replace(given, is_shared=True), Language("fr"))
    assert "handle1" not in shared


def test_times_are_told_on_the_clock_of_the_mirror(made):
    html = made["full", "en", False][0]
    assert "on the clock of Europe/Paris" in html
    assert "14 May 2026, 11:30 (Europe/Paris)" in html


def test_invented_tables_are_what_the_contract_says():
    for build in BUILDERS.values():
        for name, table in build().mirror.tables.items():
            for row in table.to_pylist():
                assert all(not isinstance(value, datetime) or value.tzinfo for value in row.values()), name
                assert row.get("quarter") is None or isinstance(row["quarter"], date)
