"""Titles say what the data show, as surely as they show it; what few or private persons did is not told."""

from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa
import pytest

from ascendant.activity import Account, Activity
from ascendant.patterns.flows import BORDERS
from ascendant.patterns.rhythm import HOURS, RHYTHM
from ascendant.patterns.topics import TOPICS
from ascendant.report.charts.called import source_words, topic_words
from ascendant.report.charts.chart import Chart, NoChart
from ascendant.report.charts.delay import delay
from ascendant.report.charts.quadrant import quadrant
from ascendant.report.charts.spheres import spheres
from ascendant.report.charts.tiers import tiers
from ascendant.report.charts.topics import topics
from ascendant.report.charts.when import when
from ascendant.report.charts.who_moves_whom import who_moves_whom
from ascendant.report.language import Language
from report.charts.studies import HOUR, MARCH, given, whole


def changed(**tables):
    study = whole()
    return replace(study, tables={**study.tables, **tables})


def test_the_first_tier_leads_alone_or_together():
    table = whole().tables["tiers"]
    alone = pa.array([1, *[2] * (table.num_rows - 1)], pa.int32())
    place = table.schema.get_field_index("tier")
    chart = tiers(changed(tiers=table.set_column(place, "tier", alone)))
    assert chart.title.endswith("moves more acts than anybody else")
    together = pa.array([1] * 4 + [2] * (table.num_rows - 4), pa.int32())
    chart = tiers(changed(tiers=table.set_column(place, "tier", together)))
    assert chart.title == "4 accounts lead, and cannot be told apart"


def sided(*chances, n_acts=100):
    """A standing table of accounts with these probabilities of (influencer, influenced, both)."""
    template = whole().tables["standing"].slice(0, 1).to_pylist()[0]
    names = ("influencer", "influenced", "both")
    rows = [
        template
        | {"account_id": f"x:{place:04}", "n_acts": n_acts, "standing": names[max(range(3), key=p.__getitem__)]}
        | {f"p_{name}": chance for name, chance in zip(names, p, strict=True)}
        for place, p in enumerate(chances)
    ]
    return pa.Table.from_pylist(rows, schema=whole().tables["standing"].schema)


def test_a_side_is_called_the_largest_only_where_it_clearly_is():
    sure = quadrant(changed(standing=sided(*[(0.98, 0.01, 0.01)] * 40, *[(0.01, 0.98, 0.01)] * 10)))
    assert "influence and are little influenced" in sure.title
    assert "79%" in sure.title
    unsure = quadrant(changed(standing=sided(*[(0.5, 0.49, 0.01)] * 50)))
    assert unsure.title.startswith("No side is clearly the largest")
    alone = quadrant(changed(standing=sided((0.1, 0.8, 0.1))))
    assert alone.title.endswith("the only account that can be placed, is influenced")


def test_only_accounts_with_enough_acts_are_placed_where_there_are_such():
    few, many = sided(*[(0.1, 0.8, 0.1)] * 30, n_acts=3), sided(*[(0.8, 0.1, 0.1)] * 45, n_acts=31)
    chart = quadrant(changed(standing=pa.concat_tables([few, many])))
    assert chart.n == "45 accounts with 30 acts or more"
    assert chart.notes == ("30 accounts have fewer acts, too few to be placed.",)
    assert "influence and are little influenced" in chart.title
    assert quadrant(changed(standing=few)).n == "30 accounts"
    assert isinstance(quadrant(changed(standing=sided((0.1, 0.8, 0.1), n_acts=0))), NoChart)


def bordered(*outward):
    """Borders of communities whose shares of what crosses have these intervals (low, share, high)."""
    rows = [
        {
            "community": place, "n_accounts": 40, "n_moved": 400, "n_from_outside": 50, "outside_share": 0.125,
            "outside_low": 0.1, "outside_high": 0.16, "n_outward": 100, "outward_share": share, "outward_low": low,
            "outward_high": high, "source_id": "x:0000",
        }
        for place, (low, share, high) in enumerate(outward)
    ]  # fmt: skip
    whole_row = rows[0] | {"community": None, "n_moved": 4000, "n_from_outside": 500}
    return pa.Table.from_pylist([*rows, whole_row], schema=BORDERS)


def test_a_community_moves_the_others_most_only_where_the_intervals_say_so():
    clear = who_moves_whom(changed(borders=bordered((0.5, 0.6, 0.7), (0.1, 0.2, 0.3), (0.1, 0.2, 0.49))))
    assert clear.title.startswith("Community 1")
    assert "60%" in clear.title
    assert "50–70%" in clear.title
    open_ = who_moves_whom(changed(borders=bordered((0.3, 0.6, 0.8), (0.2, 0.4, 0.5))))
    assert "no single one is clearly behind them" in open_.title
    assert "12%" in open_.title or "13%" in open_.title
    assert isinstance(who_moves_whom(changed(borders=bordered((0.3, 0.6, 0.8)))), NoChart)


def test_cells_of_few_accounts_are_empty():
    study = whole()
    flows = study.tables["flows"]
    few = pa.array([9] * flows.num_rows, pa.int64())
    place = flows.schema.get_field_index("n_targets")
    chart = who_moves_whom(changed(flows=flows.set_column(place, "n_targets", few)))
    assert {cell for row in chart.rows for cell in row[4:]} == {"·"}


def topic(name, n_moved, *, n_accounts=20, n_for_half=1, kind="hashtag"):
    return {
        "kind": kind, "topic": name, "n_acts": 500, "n_moved": n_moved, "n_accounts": n_accounts, "n_pushers": 3,
        "n_for_half": n_for_half, "source_id": "x:0001" if n_moved else None, "n_by_source": n_moved,
    }  # fmt: skip


def topical(*rows):
    return changed(topics=pa.Table.from_pylist(list(rows), schema=TOPICS))


def test_what_is_pushed_is_named_with_how_many_push_it():
    clear = topics(topical(topic("a", 400), topic("b", 100)))
    assert clear.title == "#a moved most, with 400 acts in these files, half of them through a single account"
    several = topics(topical(topic("a", 400, n_for_half=3), topic("b", 100)))
    assert several.title.endswith("half of them through 3 accounts")
    close = topics(topical(topic("a", 400), topic("exemple.org", 390, kind="domain")))
    assert close.title == "#a and exemple.org moved most, with 400 and 390 acts in these files"
    unmoved = topics(topical(topic("a", 0), topic("b", 0, n_accounts=90)))
    assert unmoved.title == "#b is shared by most accounts (90), and nobody was seen to push it"


def test_what_fewer_than_ten_accounts_say_is_not_shown():
    few = topics(topical(topic("secret", 400, n_accounts=9)))
    assert isinstance(few, NoChart)
    chart = topics(topical(topic("secret", 400, n_accounts=9), topic("a", 4)))
    assert "secret" not in repr(chart.rows) + chart.title
    assert "secret" not in repr(chart.spec)


def test_a_tag_that_is_a_private_persons_handle_goes_by_the_pseudonym():
    study = whole()
    hidden = topic_words(study, "hashtag", "handle50")
    assert hidden == "#" + study.names.pseudonym("x:0050")
    assert topic_words(study, "hashtag", "handle1") == "#handle1"  # a public account
    assert topic_words(study, "hashtag", "ville30") == "#ville30"
    assert topic_words(study, "hashtag", "سرعة") == "#\u2068سرعة\u2069"
    assert topic_words(study, "domain", "exemple.org") == "exemple.org"


def rhythmic(days, *, peak=None, chance=None):
    """Reactions a day, all at nine o'clock; and the chance of a peak from an hour on."""
    first = date(2026, 3, 2)
    rows = [
        {"day": first + timedelta(days=place), "hour": 9, "n_acts": n, "n_moved": n}
        for place, n in enumerate(days)
        if n
    ]
    hours = [
        {"hour": hour, "n_acts": 1, "n_moved": 10 if hour == 10 else 1,
         "peak_chance": None if peak is None else chance if hour == peak else 0.0}
        for hour in range(24)
    ]  # fmt: skip
    return changed(rhythm=pa.Table.from_pylist(rows, schema=RHYTHM), hours=pa.Table.from_pylist(hours, schema=HOURS))


def test_a_loud_day_sure_hours_and_no_hours_at_all_are_told_apart():
    assert (
        when(rhythmic([5, 5, 90, 5, 5, 5], peak=9, chance=1.0)).title
        == "One day, 4 March 2026, holds 78% of all reactions"
    )
    sure = when(rhythmic([5] * 6, peak=9, chance=0.95))
    assert sure.title == "Reactions come most between 09:00 and 12:00: 36% of them"
    assert when(rhythmic([5] * 6, peak=9, chance=0.5)).title == "Reactions come at all hours: none stands out clearly"
    assert when(rhythmic([5] * 6)).title == "Too little was seen to tell at which hours reactions come"
    late = when(rhythmic([5] * 6, peak=22, chance=1.0))
    assert "between 22:00 and 01:00" in late.title


def test_days_are_rows_while_they_are_few_then_days_of_the_week():
    assert [row[0] for row in when(rhythmic([5] * 3)).rows] == ["Mon 2\u00a0Mar", "Tue 3\u00a0Mar", "Wed 4\u00a0Mar"]
    week = when(rhythmic([7, 0, 0, 0, 0, 0, 0] * 3))
    assert len(week.rows) == 7
    assert week.rows[0][0] == "Monday"
    assert week.rows[0][10] == "7.0"  # nine o'clock, the average of three Mondays


def test_hours_are_those_of_the_zone_of_the_study():
    rows = [
        Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:a", happened_at=MARCH),
        Activity(activity_id="x:2", platform="x", verb="repost", actor_id="x:b", object_id="x:1",
                 object_author_id="x:a", happened_at=MARCH + HOUR),
    ]  # fmt: skip
    for zone, hour in (("UTC", 1), ("Europe/Paris", 2), ("Asia/Tokyo", 10)):
        chart = when(given(rows, zone=zone))
        assert [place for place, cell in enumerate(chart.rows[0][1:]) if cell == "1"] == [hour]
        assert zone in chart.reading


def test_the_delay_has_its_interval_and_its_tail():
    chart = delay(whole())
    assert chart.title.startswith("Half of the reactions come within")
    assert "interval" in chart.title
    shares = [row[0] for row in chart.rows]
    assert shares == ["10%", "25%", "50%", "75%", "90%"]


def test_spheres_say_how_much_cannot_be_told():
    table = whole().tables["spheres"]
    place = table.schema.get_field_index("sphere")

    def named(sphere):
        return spheres(changed(spheres=table.set_column(place, "sphere", pa.array([sphere] * table.num_rows))))

    assert "it cannot be told" in named("open").title
    assert "100% are heard by one community above all, 0% by anybody" in named("precise").title
    small = table.set_column(table.schema.get_field_index("reach"), "reach", pa.array([9] * table.num_rows, pa.int64()))
    assert isinstance(spheres(changed(spheres=small)), NoChart)


def test_a_tag_of_five_hundred_letters_and_a_lone_account_can_be_drawn():
    chart = topics(topical(topic("z" * 500, 4), topic("🚲" * 300, 2)))
    assert isinstance(chart, Chart)
    assert max(len(row[0]) for row in chart.rows) < 70
    rows = [Activity(activity_id=f"x:{n}", platform="x", verb="post", actor_id="x:a", happened_at=n) for n in range(40)]
    alone = quadrant(given(rows, [Account(account_id="x:a", platform="x", handle="a", followers=9000)]))
    assert alone.title.startswith("@a, the only account")


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_source_line_names_files_platforms_and_period(code):
    words = source_words(Language(code), platforms=["x", "facebook"], n_files=1, since=None, until=None)
    assert "X" in words
    assert "Facebook" in words
    assert "{" not in words
