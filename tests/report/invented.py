"""An invented study, as the briefing receives it: organisations, private persons, hostile names and texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pyarrow as pa

from ascendant.errors import Caveat
from ascendant.infer.communities import COMMUNITIES
from ascendant.infer.inferred import DOSES
from ascendant.infer.named import NAMED_BY, TIES
from ascendant.patterns.flows import BORDERS, FLOWS
from ascendant.patterns.map import find_map
from ascendant.patterns.rhythm import HOURS, RHYTHM
from ascendant.patterns.spheres import SPHERES
from ascendant.patterns.topics import COMMUNITY_TOPICS, TOPIC_TIMES, TOPICS
from ascendant.report.inputs import BriefingInputs, Counts, EvidencePost, StandingCounts
from ascendant.report.naming import Names

KEY = b"an invented key, used in tests only"
WHEN = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Figure:
    name: str
    estimate: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    caveats: tuple[Caveat, ...] = ()


FIGURES = (
    Figure("share_named", 0.342, 0.318, 0.367, 48_210, "share"),
    Figure("influencers", 1_204.6, 1_130.0, 1_279.0, 9_310, "accounts"),
    Figure("half_from", 18.0, 11.0, 27.0, 16_488, "accounts"),
    Figure(
        "delay", 2_460.0, 2_130.0, 2_880.0, 15_020, "seconds",
        (Caveat("{n} acts are dated before the item that they name; their delay is left out", {"n": 12}),),
    ),
)  # fmt: skip
NOTHING = (
    Figure("share_named", None, None, None, 0, "share"),
    Figure("influencers", None, None, None, 0, "accounts"),
    Figure("half_from", None, None, None, 0, "accounts"),
    Figure("delay", None, None, None, 0, "seconds"),
)

SINCE = Caveat(
    "who reads whom is learnt from what came before {since}; acts from then on are explained, and influence by"
    " accounts that no file shows them to read is not seen: a lower bound",
    {"since": "2026-03-06"},
)


def layer(*, named=0.23, theta=0.056, low=0.036, high=0.083, raw=0.056, null=0.005, n=24_552, n_silent=18_814,
          caveats=(SINCE,)):  # fmt: skip
    """The figures of the inferred layer, as `infer.inferred` makes them: shares of n acts."""
    whole = [named + min(max(part, 0.0), n_silent / n) for part in (theta, low, high)]
    return (
        Figure("influenced_share", *whole, n, "share", caveats),
        Figure("named_since", named, named, named, n, "share"),
        Figure("inferred_share", theta, low, high, n, "share"),
        Figure("raw_share", raw, None, None, n_silent, "share"),
        Figure("null_share", null, None, None, n_silent, "share"),
    )


def untold(*caveats):
    """The same where nothing can be told."""
    names = ("influenced_share", "named_since", "inferred_share", "raw_share", "null_share")
    return tuple(Figure(name, None, None, None, 0, "share", caveats) for name in names)


def doses(*, raw=0.056, null=0.005):
    """What was planted and what was found."""
    rows = [("study", None, raw), ("strangers", 0.0, null), ("dose", 0.049, 0.041), ("dose", 0.099, 0.07)]
    rows += [("dose", 0.199, 0.127), ("dose", 0.395, 0.206)]
    return pa.Table.from_pylist([dict(zip(DOSES.names, row, strict=True)) for row in rows], schema=DOSES)


def influence():
    """What the accounts moved since then; the last one is in no tier."""
    rows = [
        {"account_id": one[0], "n_moves": one[6] * 0.7, "moves_low": one[6] * 0.6, "moves_high": one[6] * 0.8,
         "n_moves_silent": one[6] * 0.1, "n_transitive": one[6] * 0.9, "transitive_low": one[6] * 0.8,
         "transitive_high": one[6] * 1.2}
        for one in PEOPLE
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


# id, handle, name, followers, kind, is_me
WHO = [
    ("x:11", "ville_demain", "Ville Demain", 48_000, "ngo", False),
    ("x:12", "LeCourrierDuMatin", "Le Courrier du matin", 812_000, "media", False),
    ("x:13", "marthe_v", "Marthe Vasseur", 312, None, False),
    ("x:14", "mobicar", "مدينة الغد 🚲 للجميع", 21_000, "company", False),
    ("x:15", "o.p", "Oriane Petit", None, None, False),
    ("x:16", "deputee_k", "<b>Inès K.</b>", 18_400, "government", False),
    ("x:17", "z" * 80, "Y" * 500, 9_000, None, False),
    ("x:18", "tomas", "Tomas Lund", 41, None, False),
]
# acts moved, low, high, tier, reach; standing, whether slight, acts, influenced share, influence rate
DID = [
    (2_310, 2_180, 2_446, 1, 1_504, "influencer", False, 140, 0.02, 16.5),
    (2_264, 2_100, 2_431, 1, 1_741, "influencer", False, 402, 0.04, 5.63),
    (940, 861, 1_023, 2, 388, "both", False, 210, 0.46, 4.48),
    (905, 822, 990, 2, 640, "influencer", False, 96, 0.01, 9.43),
    (871, 779, 968, 2, 402, "both", False, 520, 0.61, 1.68),
    (212, 171, 258, 3, 177, "influencer", True, 31, 0.22, 0.31),
    (190, 154, 231, 3, 160, "both", False, 12, 0.5, 15.8),
    (61, 44, 82, 4, 22, "influenced", True, 8, 0.25, 0.13),
]
PEOPLE = [(*who, *did) for who, did in zip(WHO, DID, strict=True)]
SECRETS = ("marthe_v", "Marthe Vasseur", "x:13", "Oriane Petit", "x:15", "tomas", "Tomas Lund", "x:18")


def accounts() -> pa.Table:
    return pa.table(
        {
            "account_id": [one[0] for one in PEOPLE],
            "handle": [one[1] for one in PEOPLE],
            "name": [one[2] for one in PEOPLE],
            "followers": pa.array([one[3] for one in PEOPLE], pa.int64()),
            "declared_kind": pa.array([one[4] for one in PEOPLE], pa.string()),
            "is_me": [one[5] for one in PEOPLE],
        }
    )


def tiers(people: list[tuple] = PEOPLE) -> pa.Table:
    return pa.table(
        {
            "account_id": pa.array([one[0] for one in people], pa.string()),
            "n_moved_by_it": pa.array([one[6] for one in people], pa.int64()),
            "low": pa.array([float(one[7]) for one in people], pa.float64()),
            "high": pa.array([float(one[8]) for one in people], pa.float64()),
            "tier": pa.array([one[9] for one in people], pa.int32()),
            "reach": pa.array([one[10] for one in people], pa.int64()),
            "evidence": pa.array([[f"x:9{one[0][2:]}"] for one in people], pa.list_(pa.string())),
        }
    )


def standing(people: list[tuple] = PEOPLE) -> pa.Table:
    rows = [_standing(one[0], one[6], one[11:]) for one in people]
    return pa.Table.from_pylist(rows) if rows else standing(PEOPLE).slice(0, 0)


def _standing(account_id: str, n_moved_by_it: int, rest: tuple) -> dict[str, object]:
    side, is_slight, n_acts, share, rate = rest
    likely = 0.55 if is_slight else 0.97
    marks = ((100, "strong"), (30, "fair"), (10, "weak"), (0, "none"))
    return {
        "account_id": account_id,
        "n_acts": n_acts,
        "n_moved": round(n_acts * share),
        "n_moved_by_it": n_moved_by_it,
        "n_conversation": 3,
        "influenced_share": share,
        "share_low": share * 0.8,
        "share_high": share * 0.8 + 0.2,
        "influence_rate": rate,
        "rate_low": 0.0 if account_id == "x:17" else rate * 0.9,
        "rate_high": rate * 1.12,
        "rate_is_upper_bound": account_id == "x:17",
        **{f"p_{one}": likely if one == side else (1 - likely) / 2 for one in ("influencer", "influenced", "both")},
        "standing": side,
        "is_slight": is_slight,
        "is_presumed": False,
        "evidence": next(mark for least, mark in marks if n_acts >= least),
        "community": 1,
    }


def coverage(n_files: int = 3) -> pa.Table:
    files = [
        ("collecte-mars.jsonl", "parsed", 61_204, 60_912, 14, 278, "2 notices of deletion"),
        ("comptes suivis par @marthe_v.csv", "parsed", 4_310, 4_310, 0, 0, None),
        ("reste.jsonl.gz", "unreadable", 812, 811, 1, 0, "breaks off"),
    ]
    files += [(f"lot-{n}.csv", "parsed", 10, 10, 0, 0, None) for n in range(n_files - 3)]
    names = ("file", "status", "rows_in", "rows_out", "rejected", "superseded", "note")
    columns = {name: [row[place] for row in files[:n_files]] for place, name in enumerate(names)}
    times = pa.timestamp("us", tz="UTC")
    since, until = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 13, 22, 4, tzinfo=UTC)
    n = len(columns["file"])
    table = pa.table(
        {**columns, "window_from": pa.array([since] * n, times), "window_to": pa.array([until] * n, times)}
    )
    return table.set_column(6, "note", table["note"].cast(pa.string()))


def posts() -> dict[str, EvidencePost]:
    text = "Zone à 30 km/h : la mairie publie enfin ses chiffres, et ils ne disent pas ce que @marthe_v affirmait hier."
    passed_on = EvidencePost(
        act_id="x:911",
        actor_id="x:13",
        writer_id="x:11",
        verb="repost",
        text=text,
        url="https://x.com/ville_demain/status/911",
        happened_at=datetime(2026, 3, 9, 7, 41, tzinfo=UTC),
    )
    private = EvidencePost(act_id="x:913", actor_id="x:12", writer_id="x:13", verb="quote", text="secret words of hers")
    hostile = EvidencePost(
        act_id="x:914",
        actor_id="x:14",
        writer_id="x:14",
        verb="reply",
        text="السرعة 30 في المدينة 🚲🚲 <script>alert(1)</script>",
        happened_at=datetime(2026, 3, 2, 18, 5, tzinfo=UTC),
    )
    return {post.act_id: post for post in (passed_on, private, hostile)}


def names(*, revealed: bool = False) -> Names:
    return Names(accounts(), KEY, revealed=revealed)


def briefing(**changes: object) -> BriefingInputs:
    """A briefing with everything in it; what a test is about is changed."""
    given: dict[str, object] = {
        "title": "Qui fait bouger le débat sur la ville à 30 km/h ?",
        "purpose": "Préparer la réunion publique du 2 avril et répondre à ce qui circule",
        "made_on": WHEN,
        "version": "0.1.0",
        "since": datetime(2026, 3, 1, tzinfo=UTC),
        "until": datetime(2026, 3, 13, 22, 4, tzinfo=UTC),
        "about": "#ville30",
        "platforms": ("x", "facebook"),
        "counts": Counts(activity=65_222, accounts=9_310, rejects=15, files=3),
        "figures": FIGURES,
        "standing_counts": StandingCounts(
            influencer=905, influenced=8_106, both=299, slight_influencer=120, slight_influenced=2_040, presumed=1_850
        ),
        "evidence_counts": {"strong": 212, "fair": 840, "weak": 2_410, "none": 5_848},
        "tiers": tiers(),
        "standing": standing(),
        "coverage": coverage(),
        "names": names(),
        "is_narrowed": True,  # to #ville30
        "caveats": (Caveat("{n} replies name neither a thread nor an item: of each pair only the first counts as moved,"
                           " a lower bound", {"n": 37}),),
        "posts": posts(),
    }  # fmt: skip
    return BriefingInputs(**(given | changes))  # type: ignore[arg-type]  # a dict knows no fields


def told(figures=None, base=FIGURES, **changes: object) -> BriefingInputs:
    """A briefing with an inferred layer, and all that charts ask for."""
    given = {"figures": (*base, *(figures or layer())), "caveats": (SINCE,)} | changes
    inputs = with_drawings(briefing(**given))
    return replace(inputs, tables={**inputs.tables, "doses": doses(), "influence": influence()})


def told_without_drawings() -> BriefingInputs:
    return replace(told(), tables={})


def with_drawings(inputs: BriefingInputs) -> BriefingInputs:
    """The same with all that charts ask for."""
    return replace(inputs, tables=tables(inputs.standing, inputs.tiers))


def tables(standing: pa.Table, tiers: pa.Table) -> dict[str, pa.Table]:
    """What the charts ask for: the accounts stand in one community, and no act is known one by one."""
    members = [{"account_id": account, "community": 0} for account in standing["account_id"].to_pylist()]
    communities = pa.Table.from_pylist(members, schema=COMMUNITIES)
    places = find_map(TIES.empty_table(), communities, standing)
    return {
        "named_by": NAMED_BY.empty_table(),
        "ties": TIES.empty_table(),
        "standing": standing,
        "tiers": tiers,
        "spheres": SPHERES.empty_table(),
        "topics": TOPICS.empty_table(),
        "topic_times": TOPIC_TIMES.empty_table(),
        "community_topics": COMMUNITY_TOPICS.empty_table(),
        "rhythm": RHYTHM.empty_table(),
        "hours": HOURS.empty_table(),
        "flows": FLOWS.empty_table(),
        "borders": BORDERS.empty_table(),
        "map": places.accounts,
        "map_discs": places.discs,
    }


def empty() -> BriefingInputs:
    """A study in which nothing was seen."""
    return briefing(
        counts=Counts(activity=0, accounts=0, rejects=0, files=0), figures=NOTHING, standing_counts=StandingCounts(),
        evidence_counts={}, tiers=tiers([]), standing=standing([]), coverage=coverage(0), caveats=(), posts={},
        since=None, until=None, about=None, platforms=(), purpose="",
    )  # fmt: skip


def alone() -> BriefingInputs:
    """A study of one account."""
    one = [PEOPLE[2]]
    return briefing(
        counts=Counts(activity=3, accounts=1, rejects=0, files=1), tiers=tiers(one), standing=standing(one),
        figures=(Figure("share_named", 0.0, 0.0, 0.4, 1, "share"), *NOTHING[1:]),
        standing_counts=StandingCounts(influenced=1, presumed=1), evidence_counts={"none": 1}, posts={},
    )  # fmt: skip
