"""How often the kind of an account that moves others is right, on invented worlds whose truth is known.

    python benchmarks/kinds_world.py --first-seed 200 --seeds 20

Judged are accounts that the study sees moving somebody. Leaders (companies, causes, media, institutions, individuals
with a goal) are told apart from ordinary persons, who move somebody now and then and whose kind is `individual`, too.
Of coordinated groups the face is a cause; its other members are persons as far as their profiles say, and are counted
aside. Everything is read that the main path reads: profiles, posts, groups, and the files of advertisers (`--without`
leaves some of it out). Bios of the world are written by hand, in French and English, some empty, some misleading: it
says that the parts work together, not how well real profiles are read (`docs/explanation/model-card-kinds.md` does).
Seeds from 1000 on are for reports: run them once.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.people import CAUSE, KINDS, TARGET
from ascendant.demo.truth import account_ids
from ascendant.demo.world import write_files
from ascendant.infer.communities import find_communities
from ascendant.infer.named import named_layer
from ascendant.patterns.advertising.find import find_advertising
from ascendant.patterns.groups.find import find_groups
from ascendant.patterns.groups.traces import find_traces
from ascendant.patterns.kinds.find import find_kinds, no_profile
from ascendant.patterns.kinds.profile import profile_terms
from ascendant.patterns.options import GroupOptions, PatternOptions
from ascendant.patterns.standing import find_standing
from ascendant.store.duckdb import asking
from ascendant.study import Study
from ascendant.study.rooms import all_accounts

EVIDENCE = ("profiles", "groups", "advertising")
SHOWN = ("company", "cause", "individual", "media", "institution")


def judged(options, patterns, without=()):
    """(truth, shown, best guess, probability, platform, whether declared, p of a cause) of each that moves."""
    world = make_world(options)
    people = world.people
    truth = {}
    for place, account_id in enumerate(account_ids(world).to_pylist()):
        kind = int(people.kind[place])
        if kind >= TARGET:
            truth[account_id] = "ordinary"
        elif kind == CAUSE and not people.is_lead[place]:
            truth[account_id] = "member"
        else:
            truth[account_id] = KINDS[kind]
    with tempfile.TemporaryDirectory() as folder:
        written = write_files(Path(folder) / "world", world)
        Study.make(Path(folder) / "study").read([*written.posts, *written.ads])
        with asking(Path(folder) / "study") as questions:
            named = named_layer(questions)
            communities = find_communities(named.ties, named.accounts["account_id"])
            standing = find_standing(named.accounts, communities, patterns).standing
            accounts = all_accounts(questions.ask("known_accounts"), standing["account_id"])
            evidence = {"profile": no_profile if "profiles" in without else profile_terms}
            if "groups" not in without:
                found = find_groups(find_traces(questions), communities, GroupOptions(), questions=questions)
                evidence |= {"groups": found.groups, "members": found.members}
            if "advertising" not in without:
                evidence["advertisers"] = find_advertising(questions).advertisers
            kinds = find_kinds(questions, standing, accounts, patterns, **evidence).kinds
    declared = dict(zip(accounts["account_id"].to_pylist(), accounts["declared_kind"].to_pylist(), strict=True))
    rows = []
    for row in kinds.to_pylist():
        if row["kind_as_influencer"] is None or row["account_id"] not in truth:
            continue
        chance = row[f"p_{row['best_influencer']}"]
        platform = row["account_id"].partition(":")[0]
        said = (row["kind_as_influencer"], row["best_influencer"], chance)
        rows.append((truth[row["account_id"]], *said, platform, bool(declared[row["account_id"]]), row["p_cause"]))
    return rows


def told(rows, name):
    """One line: how many, how many shown, how many of the shown are right, and how many of the best guesses."""
    true = [right_for(row[0]) for row in rows]
    shown = [row[1] != "undetermined" for row in rows]
    right = [row[1] == one for row, one in zip(rows, true, strict=True)]
    best = [row[2] == one for row, one in zip(rows, true, strict=True)]
    n_shown = sum(shown)
    accuracy = sum(right) / n_shown if n_shown else float("nan")
    error = np.sqrt(accuracy * (1 - accuracy) / n_shown) if n_shown else float("nan")
    print(
        f"{name:<34}{len(rows):>7}{n_shown / max(1, len(rows)):>10.2f}{accuracy:>10.3f} ±{error:.3f}"
        f"{sum(best) / max(1, len(rows)):>10.3f}"
    )


def right_for(truth):
    """The kind that is right of an account: a person who moves others now and then is an individual."""
    return "individual" if truth in ("ordinary", "member") else truth


def calibration(rows):
    """Expected calibration error of the best guess, over ten equal bins."""
    chance = np.array([row[3] for row in rows])
    right = np.array([row[2] == right_for(row[0]) for row in rows])
    bins = np.minimum((chance * 10).astype(int), 9)
    return sum(abs(chance[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first-seed", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--accounts", type=int, default=1500)
    parser.add_argument("--acts", type=int, default=40_000)
    parser.add_argument("--without", nargs="*", default=(), choices=EVIDENCE, help="evidence to leave out")
    chosen = parser.parse_args()
    rows = []
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        options = WorldOptions(accounts=chosen.accounts, acts=chosen.acts, seed=seed)
        rows += judged(options, PatternOptions(), chosen.without)
    leaders = [row for row in rows if row[0] in SHOWN]
    print(f"{'':<34}{'n':>7}{'coverage':>10}{'accuracy':>10}{'':>7}{'best':>10}")
    told(leaders, "leaders")
    told([row for row in leaders if row[5]], "leaders that are declared")
    told([row for row in leaders if not row[5]], "leaders that are not")
    for platform in sorted({row[4] for row in rows}):
        told([row for row in leaders if row[4] == platform], f"leaders on {platform}")
    causes = [row for row in leaders if row[0] == "cause"]
    told([row for row in causes if row[6] is not None], "causes whose politics may be asked")
    told([row for row in causes if row[6] is None], "causes that look private")
    told([row for row in rows if row[0] == "ordinary"], "ordinary persons")
    told([row for row in rows if row[0] == "member"], "members of groups (as persons)")
    told(rows, "all that move somebody")
    print(f"\ncalibration error of the best guess: leaders {calibration(leaders):.3f}, all {calibration(rows):.3f}")
    print(f"\n{'truth / shown':<16}" + "".join(f"{one:>14}" for one in (*SHOWN, "undetermined")))
    counts = Counter((row[0], row[1]) for row in rows)
    for true in (*SHOWN, "ordinary", "member"):
        print(f"{true:<16}" + "".join(f"{counts[true, one]:>14}" for one in (*SHOWN, "undetermined")))


if __name__ == "__main__":
    main()
