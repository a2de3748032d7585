"""Invented mirrors, as the page receives them: of one archive or three, empty, huge, and hostile."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pyarrow as pa

from ascendant.activity import ACCOUNT, Account, account_batch
from ascendant.errors import Caveat
from ascendant.patterns.mirror.beside import Unlinked
from ascendant.patterns.mirror.tables import SCHEMAS, TOPICS, Mirror, table_of
from ascendant.patterns.mirror.unlinked import cannot_tell
from ascendant.report.inputs import EvidencePost
from ascendant.report.mirror import MirrorInputs
from ascendant.report.naming import Names

KEY = b"an invented key, used in tests only"
WHEN = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
FIRST, LAST = datetime(2023, 1, 9, 8, tzinfo=UTC), datetime(2026, 5, 2, 21, tzinfo=UTC)

# account id, handle, name, followers, kind; moved acts: reposts, quotes, replies, conversation, likes; delay; followed
SOURCES = [
    ("x:11", "ville_demain", "Ville Demain", 48_000, "ngo", 96, 11, 9, 2, 41, 540.0, True),
    ("x:12", "courrier_zq", "Le Courrier zq", 812_000, "media", 71, 4, 6, 0, 12, 1_260.0, True),
    ("x:13", "marthe_zq", "Marthe Vasseurzq", 312, None, 38, 12, 31, 80, 77, 300.0, True),
    ("x:15", "oriane.zq", "Oriane Petitzq", None, None, 44, 0, 2, 1, 3, 95.0, False),
    ("facebook:@velo", None, "Collectif Vélozq", None, None, 30, 0, 12, 0, 0, None, None),
    ("x:16", "kader_zq", "<b>Kader</b> & Lindazq", 40, None, 22, 5, 1, 0, 2, 61.0, False),
    ("x:17", "z" * 80, "Y" * 300 + "zq", 9, None, 19, 1, 1, 0, 0, 7_200.0, False),
    ("x:18", "madina_zq", "مدينة الغد 🚲 للجميعzq", 21, None, 12, 3, 3, 0, 9, 4_000.0, True),
    ("x:19", "tomas_zq", "Tomas Lundzq", 41, None, 9, 1, 4, 7, 1, 86_400.0, True),
    ("linkedin:ann-zq", None, "Ann Keplerzq", None, None, 0, 0, 8, 0, 0, None, True),
    ("x:21", "pia_zq", "Pia Holmzq", 3, None, 5, 0, 1, 0, 0, 600.0, False),
    ("x:22", "noa_zq", "Noa Brandtzq", 8, None, 4, 0, 1, 0, 0, 900.0, False),
    ("x:23", "leo_zq", "Leo Ferrerzq", 8, None, 1, 0, 1, 0, 0, 900.0, False),
]
ME = [
    ("x", "x:1", "my_own_zq", "Camille Rivezq"),
    ("facebook", "facebook:1", None, "Camille Rivezq"),
    ("linkedin", "linkedin:camille-zq", "camille-zq", "Camille Rivezq"),
]
# What must not be read on a page that is passed on.
SECRETS = (
    "marthe_zq",
    "Vasseurzq",
    "oriane.zq",
    "Petitzq",
    "Vélozq",
    "kader_zq",
    "Lindazq",
    "madina_zq",
    "tomas_zq",
    "Lundzq",
    "Keplerzq",
    "ann-zq",
    "Holmzq",
    "Ferrerzq",
    "my_own_zq",
    "Rivezq",
    "camille-zq",
    "zzzzzzzz",
    "zqmine",
    "zqtheirs",
    "x:13",
    "x:1<",
    "Moodzq",
    "churchzq",
    "clinic-zq",
)

FILES = {
    ("x", "posts"): ["tweets.js"],
    ("x", "likes"): ["like.js"],
    ("x", "follows"): ["following.js"],
    ("x", "followers"): ["follower.js"],
    ("x", "ads_seen"): ["ad-impressions.js"],
    ("x", "ads_opened"): ["ad-engagements.js"],
    ("x", "targeting"): ["ad-impressions.js"],
    ("x", "inferred"): ["personalization.js"],
    ("facebook", "posts"): ["your_posts__check_ins__photos_and_videos_1.json"],
    ("facebook", "likes"): ["likes_and_reactions.json"],
    ("facebook", "follows"): ["your_friends.json"],
    ("facebook", "targeting"): ["advertisers_using_your_activity_or_information.json"],
    ("facebook", "inferred"): ["ads_interests.json", "other_categories_used_to_reach_you.json"],
    ("facebook", "tracked"): ["your_activity_off_meta_technologies.json"],
    ("facebook", "seen"): ["recently_viewed.json"],
    ("linkedin", "posts"): ["Shares_71.csv", "Comments_71.csv"],
    ("linkedin", "likes"): ["Reactions_71.csv"],
    ("linkedin", "inferred"): ["Inferences_about_you.csv", "Ad_Targeting.csv"],
}


def answers(platforms, **statuses):
    """A row for each platform and topic; `statuses` by `platform_topic` overrule what FILES would give."""
    rows = []
    for platform in platforms:
        for topic in TOPICS:
            files = FILES.get((platform, topic), [])
            status = statuses.get(f"{platform}_{topic}", "parsed" if files else "never")
            parsed = status == "parsed"
            rows.append(
                {
                    "topic": topic,
                    "platform": platform,
                    "status": status,
                    "n_rows": 640 if parsed else 0,
                    "n_rejected": 3 if parsed and topic == "likes" else 0,
                    "expected": 655
                    if parsed and (platform, topic) == ("x", "posts")
                    else 640
                    if parsed and platform == "x"
                    else None,
                    "n_met": 640 if parsed and platform == "x" else None,
                    "first_at": FIRST if parsed and topic != "inferred" else None,
                    "last_at": LAST if parsed and topic != "inferred" else None,
                    "files": files or (["missing-file.js"] if status == "absent" else []),
                }
            )
    return rows


def accounts(sources=SOURCES, me=ME):
    rows = [
        Account(
            account_id=one[0],
            platform=one[0].partition(":")[0],
            handle=one[1],
            name=one[2],
            followers=one[3],
            declared_kind=one[4],
        )
        for one in sources
    ]
    rows += [Account(account_id=two, platform=one, handle=three, name=four, is_me=True) for one, two, three, four in me]
    return pa.Table.from_batches([account_batch(rows, source_file="a", reader="t 1")], ACCOUNT)


def names(sources=SOURCES, me=ME, *, revealed=True):
    held = Names(accounts(sources, me), KEY)
    return held.reveal("the owner looks at their own archives") if revealed else held


def empty_tables():
    return {name: [] for name in SCHEMAS}


def me_rows(platforms, n_acts):
    return [
        {
            "platform": one,
            "account_id": two,
            "handle": three,
            "name": four,
            "followers": 180,
            "following": 320,
            "n_acts": n_acts.get(one, 0),
            "n_timed": n_acts.get(one, 0),
            "first_at": FIRST if n_acts.get(one) else None,
            "last_at": LAST if n_acts.get(one) else None,
            "collected_at": LAST + timedelta(days=3),
        }
        for one, two, three, four in ME
        if one in platforms
    ]


def source_rows(sources, platforms):
    rows, total = [], {}
    for one in sources:
        platform, n = one[0].partition(":")[0], one[5] + one[6] + one[7]
        total[platform] = total.get(platform, 0) + n
    for one in sources:
        platform, n = one[0].partition(":")[0], one[5] + one[6] + one[7]
        share = n / total[platform]
        doubt = 1.64 * (share * (1 - share) / total[platform]) ** 0.5
        rows.append(
            {
                "platform": platform,
                "account_id": one[0],
                "n": n,
                "n_reposts": one[5],
                "n_quotes": one[6],
                "n_replies": one[7],
                "n_conversation": one[8],
                "n_likes": one[9],
                "share": share,
                "low": max(share - doubt, share / 3),
                "high": min(share + doubt + 0.004, 1.0),
                "n_delays": n if one[10] else 0,
                "median_delay_seconds": one[10],
                "first_at": FIRST,
                "last_at": LAST,
                "is_followed": one[11],
            }
        )
    return [row for row in rows if row["platform"] in platforms]


def acts_rows(platforms, sources):
    """`balance`, `reaction`, `concentration`, `standing`: counts that agree with the sources."""
    tables = {name: [] for name in ("balance", "reaction", "concentration", "standing")}
    held = source_rows(sources, platforms)
    of = {platform: [row for row in held if row["platform"] == platform] for platform in platforms}
    for platform in [*platforms, None]:
        mine = held if platform is None else of[platform]
        scale = len(platforms) if platform is None else 1
        reposts, quotes, replies, talk = (
            sum(row[name] for row in mine) for name in ("n_reposts", "n_quotes", "n_replies", "n_conversation")
        )
        posts, links, worded = 190 * scale, 21 * scale, 34 * scale
        n_reaction = reposts + quotes + replies + 12 * scale  # twelve of which the archive names no source
        n_acts = n_reaction + posts + links + worded
        share = n_reaction / n_acts
        for part, kind, n in (
            ("start", "post", posts),
            ("start", "link_with_words", worded),
            ("pass_on", "repost", reposts + 12 * scale),
            ("pass_on", "quote", quotes),
            ("pass_on", "link", links),
            ("answer", "reply", replies),
            ("answer", "conversation", talk),
            ("like", "react", 480 * scale),
            ("take_in", "ad_view", 900 * scale),
        ):
            if n:
                tables["balance"].append(
                    {
                        "platform": platform,
                        "part": part,
                        "kind": kind,
                        "n": n,
                        "n_timed": n,
                        "first_at": LAST - timedelta(days=90) if part == "take_in" else FIRST,
                        "last_at": LAST,
                    }
                )
        tables["reaction"].append(
            {
                "platform": platform,
                "n_acts": n_acts,
                "n_reaction": n_reaction,
                "n_links": links,
                "n_conversation": talk,
                "n_unsure": 0,
                "share": share,
                "low": share - 0.03,
                "high": min(share + 0.03, 1.0),
                "share_with_links": (n_reaction + links) / n_acts,
            }
        )
        tables["concentration"].append(
            {
                "platform": platform,
                "n_attributed": reposts + quotes + replies,
                "n_unattributed": 12 * scale,
                "n_sources": len(mine),
                "n_half": min(3, len(mine)),
                "n_half_low": min(2, len(mine)),
                "n_half_high": min(5, len(mine)),
                "share_of_first": max((row["n"] for row in mine), default=0) / max(1, sum(row["n"] for row in mine)),
            }
        )
        tables["standing"].append(
            {
                "platform": platform,
                "standing": "influenced",
                "p_influencer": 0.01,
                "p_influenced": 0.93,
                "p_both": 0.06,
                "n_acts": n_acts,
                "n_moved": n_reaction,
                "n_moved_by_it": 34 * scale,
                "is_one_sided": True,
                "is_presumed": False,
                "evidence": "strong",
            }
        )
    return tables


def passed_rows(sources, platforms, seed=7):
    drawn = random.Random(seed)
    rows, number = [], count()
    for one in sources:
        platform = one[0].partition(":")[0]
        if platform not in platforms:
            continue
        for _ in range(one[5]):
            delay = drawn.lognormvariate(0, 1.9) * one[10] if one[10] else None
            at = FIRST + timedelta(hours=drawn.random() * 28_000)
            rows.append(
                {
                    "act_id": f"{platform}:a{next(number)}",
                    "platform": platform,
                    "kind": "repost",
                    "source": one[0],
                    "happened_at": at,
                    "object_at": at - timedelta(seconds=delay) if delay else None,
                    "delay_seconds": delay,
                }
            )
    rows += [
        {
            "act_id": f"{platforms[0]}:l{n}",
            "platform": platforms[0],
            "kind": "link",
            "source": None,
            "happened_at": FIRST,
            "object_at": None,
            "delay_seconds": None,
        }
        for n in range(21)
    ]
    return rows


def passing_row(passed):
    known = sorted(row["delay_seconds"] for row in passed if row["delay_seconds"] is not None)
    middle = known[len(known) // 2] if known else None
    return {
        "platform": None,
        "n_passed_on": len(passed) + 60,
        "n_without_words": len(passed),
        "n_delays": len(known),
        **{
            name: sum(one <= at for one in known)
            for name, at in (("n_minute", 60), ("n_ten_minutes", 600), ("n_hour", 3600), ("n_day", 86400))
        },
        "median_delay_seconds": middle,
        "median_low": middle and middle * 0.8,
        "median_high": middle and middle * 1.3,
    }


def week_rows(seed=3):
    drawn = random.Random(seed)
    rows = []
    for weekday in range(1, 8):
        for hour in range(24):
            late = hour in (21, 22, 23)
            for part, much in (("start", 2), ("pass_on", 9 if late else 2), ("answer", 2), ("like", 5)):
                n = int(drawn.expovariate(1 / much)) if hour > 6 else 0
                if n:
                    rows.append({"part": part, "weekday": weekday, "hour": hour, "n": n})
    return rows


def quarter_rows():
    days = [date(year, month, 1) for year in (2023, 2024, 2025) for month in (1, 4, 7, 10)] + [date(2026, 1, 1)]
    return [
        {
            "quarter": day,
            "n_acts": 60 + 3 * n,
            "n_reaction": 40,
            "n_attributed": 4 if n == 3 else 38,
            "n_sources": 22 - n,
            "n_half": 9 - n // 2,
        }
        for n, day in enumerate(days)
    ]


def advertiser_rows():
    held = [
        ("facebook", "Nordwind Carszq", 12, 1, True, False, True),
        ("facebook", "Banque du Rivagezq", 0, 0, True, False, False),
        ("x", "Pulse <i>Energy</i>zq", 41, 2, True, True, False),
        ("x", "Moodmarketzq", 22, 0, False, True, False),
        ("x", None, 9, 0, False, False, False),
        ("x", "Aurora Airzq", 18, 0, False, False, True),
    ]
    held += [("x", f"Shop {n}zq", n % 7 + 1, 0, False, n % 3 == 0, n % 4 == 0) for n in range(60)]
    held += [("facebook", f"Agency {n}zq", 0, 0, True, False, n % 5 == 0) for n in range(52)]
    return [
        {
            "platform": one,
            "advertiser": two,
            "account_id": None,
            "n_shown": three,
            "n_opened": four,
            "by_list": five,
            "by_lookalike": six,
            "by_visit": seven,
            "by_criteria": one == "x" and two is not None,
            "first_at": FIRST,
            "last_at": LAST,
        }
        for one, two, three, four, five, six, seven in held
    ]


def criteria_rows():
    held = [
        ("demographic", "Age", "35 to 49", 212, 31),
        ("demographic", "Locations", "France", 640, 61),
        ("lookalike", "Follower look-alikes", "@tomas_zq", 88, 9),
        ("interest", "Interests", "churchzq", 31, 6),
        ("behaviour", "Keywords", "vélo", 12, 3),
        ("uploaded_list", "List", "", 60, 8),
        ("platform", "Platforms", "iOS", 300, 40),
        ("retargeting", "Website Activity", "", 44, 5),
        ("other", "Moon phases", "full <b>moon</b>", 2, 1),
    ]
    return [
        {"platform": "x", "class": one, "type": two, "value": three, "n_shown": four, "n_advertisers": five}
        for one, two, three, four, five in held
    ]


def inferred_rows():
    rows = [{"platform": "x", "class": "interest", "type": "Interests", "value": f"topic {n}"} for n in range(70)]
    rows += [
        {"platform": "x", "class": "interest", "type": "Interests", "value": "churchzq"},
        {"platform": "x", "class": "demographic", "type": "Gender", "value": "female"},
        {"platform": "facebook", "class": "interest", "type": "", "value": "Moodzq <script>alert(1)</script>"},
        {"platform": "linkedin", "class": "demographic", "type": "Seniority", "value": "Senior"},
    ]
    return rows


ADVICE = [
    {
        "rank": 1,
        "key": "mute_sources",
        "platform": "x",
        "subjects": ["x:11", "x:15", "x:13"],
        "measure": "moved_acts",
        "n": 480,
        "effect": -0.42,
        "low": -0.51,
        "high": -0.33,
    },
    {
        "rank": 2,
        "key": "wait_before_passing",
        "platform": None,
        "subjects": [],
        "measure": "passed_without_words",
        "n": 340,
        "effect": -0.3,
        "low": -0.45,
        "high": -0.15,
    },
    {
        "rank": 3,
        "key": "leave_lists",
        "platform": "facebook",
        "subjects": ["Nordwind Carszq", "Banque du Rivagezq"],
        "measure": "ads_shown",
        "n": 55,
        "effect": None,
        "low": None,
        "high": None,
    },
]


def tables_of(platforms, sources=SOURCES, **statuses):
    """Everything that archives of these platforms could tell."""
    held = empty_tables() | acts_rows(platforms, sources)
    n_acts = {row["platform"]: row["n_acts"] for row in held["reaction"] if row["platform"]}
    passed = passed_rows(sources, platforms)
    held |= {
        "me": me_rows(platforms, n_acts),
        "answers": answers(platforms, **statuses),
        "sources": source_rows(sources, platforms),
        "passed_on": passed,
        "passing": [passing_row(passed)],
        "diversity": quarter_rows(),
        "week": week_rows(),
        "advertisers": [row for row in advertiser_rows() if row["platform"] in platforms],
        "criteria": [row for row in criteria_rows() if row["platform"] in platforms],
        "inferred": [row for row in inferred_rows() if row["platform"] in platforms],
        "trackers": [
            {"platform": "facebook", "site": site, "n_events": n, "first_at": FIRST, "last_at": LAST}
            for site, n in (("clinic-zq.example", 12), ("shoes.example", 44), ("news.example", 310))
            if "facebook" in platforms
        ],
        "audience": [
            {
                "platform": one,
                "n_posts": 260,
                "n_counted": 260 if one == "x" else 0,
                "likes": 803 if one == "x" else None,
                "reposts": 92 if one == "x" else None,
                "replies": None,
                "quotes": None,
                "views": None,
            }
            for one in platforms
        ],
        "moved": [
            {
                "platform": "x",
                "account_id": one[0],
                "n": 9 - n,
                "n_reposts": 5 - n // 2,
                "n_quotes": 1,
                "n_replies": 9 - n - 6 + n // 2,
                "n_likes": 3,
            }
            for n, one in enumerate(sources[2:6])
            if "x" in platforms
        ],
        "advice": [row for row in ADVICE if row["platform"] is None or row["platform"] in platforms],
    }
    return held


def mirror_of(held, *, caveats=(), zone="Europe/Paris"):
    return Mirror(
        tables={name: table_of(name, rows) for name, rows in held.items()},
        caveats=caveats,
        has_collected=False,
        time_zone=zone,
    )


def inputs(mirror, *, is_shared=False, held_names=None, title=None):
    return MirrorInputs(
        mirror=mirror,
        names=held_names or names(revealed=not is_shared),
        made_on=WHEN,
        version="0.2.0",
        title=title,
        is_shared=is_shared,
    )


def full(**changes):
    """Three archives, with everything."""
    caveat = Caveat("the first item of {account} is dated before the account", {"account": "x:13"})
    return inputs(mirror_of(tables_of(["x", "facebook", "linkedin"]), caveats=(caveat,)), **changes)


def only_x(**changes):
    return inputs(mirror_of(tables_of(["x"], x_ads_seen="absent", x_inferred="empty")), **changes)


def unlinked(examples=2, **row):
    """What time tells of 214 acts; the second example is the account with markup in its name."""
    told = {"since": FIRST, "until": LAST, "n_acts": 214, "n_outside": 5, "n_sources": 9, "n_moved": 31.4, "low": 12.2}
    told |= {"high": 55.0, "study_share": 0.071, "strangers_share": 0.012, "is_doubted": False}
    pairs = [
        {
            "act_id": f"x:e{n}",
            "happened_at": LAST - timedelta(days=n),
            "source": source,
            "source_act_id": f"x:s{n}",
            "source_at": LAST - timedelta(days=n, seconds=900 + n),
            "delay_seconds": 900.0 + n,
        }
        for n, source in enumerate(("x:13", "x:16")[:examples])
    ]
    rows = {
        "unlinked": [told | row],
        "unlinked_sources": [{"account_id": "x:12", "n": 7.6}, {"account_id": "x:13", "n": 3.2}],
        "unlinked_examples": pairs,
    }
    return Unlinked(tables={name: table_of(name, held) for name, held in rows.items()})


def collected(found=None, **changes):
    """An archive of X beside collected posts."""
    given = only_x(**changes)
    mirror = replace(given.mirror, has_collected=True, unlinked=found or unlinked())
    words = ("Mine: the tram zqmine", "Theirs: <b>the tram</b> zqtheirs")
    posts = [
        EvidencePost(act_id=f"x:{side}{n}", actor_id=who, writer_id=who, verb="post", text=text)
        for n, source in enumerate(("x:13", "x:16"))
        for side, who, text in (("e", "x:1", words[0]), ("s", source, words[1]))
    ]
    return replace(given, mirror=mirror, posts={post.act_id: post for post in posts})


def untold(reason, **changes):
    """The same where the files cannot tell."""
    return collected(cannot_tell(reason), **changes)


def only_linkedin(**changes):
    """Few acts, no times, no advertisers: what LinkedIn gives."""
    held = tables_of(["linkedin"])
    held |= {
        "passed_on": [],
        "diversity": [],
        "week": [],
        "advertisers": [],
        "criteria": [],
        "trackers": [],
        "advice": [],
    }
    held["passing"] = [passing_row([])]
    held["audience"] = []
    return inputs(mirror_of(held), **changes)


def empty(**changes):
    """An archive in which every file is missing."""
    held = empty_tables()
    held["me"] = me_rows(["x"], {})
    held["answers"] = answers(["x"], **{f"x_{topic}": "absent" for topic in TOPICS})
    return inputs(mirror_of(held), **changes)


def huge(n=100_000, **changes):
    """More sources than anybody has, with names of every kind."""
    kinds = ["<b>bold</b> {n}", "مدينة {n} 🚲", "\u202egnp.{n}", "👩‍👩‍👧 family {n}", "W" * 120 + "{n}"]
    sources = [
        (
            f"x:9{n}",
            f"handle{n}",
            kinds[n % len(kinds)].replace("{n}", str(n)),
            None,
            None,
            1 + (50_000 // (n + 1)) % 900,
            n % 3,
            n % 2,
            0,
            0,
            1.0 + n % 90_000,
            None,
        )
        for n in range(n)
    ]
    held = tables_of(["x"], sources)
    held["advertisers"] *= 400
    held["inferred"] = [
        {"platform": "x", "class": "interest", "type": f"Kind {n % 40}", "value": f"<i>value</i> {n} " + "v" * 200}
        for n in range(20_000)
    ]
    held["trackers"] = [
        {"platform": "x", "site": f"site{n}.example", "n_events": 1 + n % 50, "first_at": FIRST, "last_at": LAST}
        for n in range(20_000)
    ]
    return inputs(mirror_of(held), held_names=names(sources), **changes)
