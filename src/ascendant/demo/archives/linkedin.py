"""Facts of LinkedIn -> the zip of "Get a copy of your data", the larger one, as it is in 2026.

Each file has its own way to write times: three orders of year, month and day stand side by side. Connections begin with
notes, Ad_Targeting has columns of one name, comments escape quotation marks by a backslash. The zip was packed again on
a Mac, which left its mark.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from ascendant.demo.archives.dates import spelled
from ascendant.demo.archives.facts import Life, Tie
from ascendant.demo.archives.linkedin_records import (
    AMERICAN,
    PROFILE,
    SECONDS,
    SHORT,
    WORDED,
    Rows,
    answered_address,
    commentary,
    escaped,
    is_share,
    item_address,
    own_address,
)
from ascendant.demo.archives.linkedin_rest import rest
from ascendant.demo.archives.packing import pack
from ascendant.demo.archives.person import Account, Person
from ascendant.demo.archives.profile import COLUMNS, cells, inferences

NAME: Final = "Complete_LinkedInDataExport_08-31-2026.zip"
ABSENT: Final = ("saved_articles.csv",)
_NOTES: Final = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing.'
    ' You will only see those of connections who let you see or download their ""email address""."\n\n'
)
_KINDS: Final = ("LIKE", "LIKE", "LIKE", "PRAISE", "EMPATHY", "INTEREST", "APPRECIATION", "ENTERTAINMENT")


def write_linkedin(path: Path, person: Person, life: Life) -> dict[str, int]:
    """Write the archive; returns how many rows stand in each file."""
    member = f"_{person.member}.csv"
    tables = _acts(life, member) | _ties(person, life, member) | _known(person, life) | rest(person, life, member)
    files, counts = {}, {}
    for name, (header, found) in tables.items():
        rows = list(found)
        files[name] = _table(header, rows)
        counts[name] = len(rows)
    files["Connections.csv"] = b"\xef\xbb\xbf" + _NOTES.encode() + files["Connections.csv"]
    comments = [act for act in sorted(life.acts, key=lambda act: -act.at) if act.kind == "reply"]
    lines = [
        f"{spelled(act.at, SECONDS)},{answered_address(act)},{escaped(_said(act.text, act.key))}\n" for act in comments
    ]
    files[f"Comments{member}"] = "".join(["Date,Link,Message\n", *lines]).encode()
    counts[f"Comments{member}"] = len(lines)
    files["LearningCoachMessages.csv"] = b"No conversations found\n"
    counts["LearningCoachMessages.csv"] = 0
    files[f"__MACOSX/._Shares{member}"] = b"\0\5\x16\7\0\2\0\0Mac OS X        "
    pack(path, files)
    return counts


def _table(header: str, rows: Rows) -> bytes:
    out = io.StringIO()
    out.write(f"{header}\n")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _said(text: str, key: int) -> str:
    if key % 9 == 0:
        return text.replace(". ", ".\n", 1)
    return f'"{text}"' if key % 7 == 0 else text


def _acts(life: Life, member: str) -> dict[str, tuple[str, Rows]]:
    acts = sorted(life.acts, key=lambda act: -act.at)
    shares = []
    for act in (act for act in acts if is_share(act)):
        link = item_address(act) if act.kind in ("repost", "quote") else act.link or ""
        words = "" if act.kind in ("repost", "link") else commentary(act)
        seen = ("PUBLIC", "MEMBER_NETWORK", "PUBLIC", "CONNECTIONS")[act.key % 4]
        shares.append((spelled(act.at, SECONDS), own_address(act.at, act.key), words, link, "", seen))
    return {
        f"Shares{member}": ("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility", shares),
        f"InstantReposts{member}": (
            "Date,Link",
            [
                (spelled(act.at, SECONDS), item_address(act))
                for act in acts
                if act.kind == "repost" and not is_share(act)
            ],
        ),
        f"Reactions{member}": (
            "Date,Type,Link",
            [(spelled(act.at, SECONDS), _KINDS[act.key % 8], item_address(act)) for act in acts if act.kind == "react"],
        ),
        f"Votes{member}": (
            "Date,Link,OptionText",
            [
                (spelled(act.at, SECONDS), item_address(act), ("Oui", "Non", "A", "B")[act.key % 4])
                for act in acts
                if act.kind == "vote"
            ],
        ),
    }


def _ties(person: Person, life: Life, member: str) -> dict[str, tuple[str, Rows]]:
    ties = sorted(life.ties, key=lambda tie: -(tie.at or 0))

    def of(*verbs: str) -> list[tuple[Tie, Account]]:
        return [(tie, tie.account) for tie in ties if tie.verb in verbs and tie.account is not None]

    connections = [
        (*one.name.split(" ", 1), PROFILE + one.handle, "", "", "", spelled(tie.at or 0, "%d %b %Y"))
        for tie, one in of("connection")
    ]
    # Accounts that were closed since.
    connections += [("", "", "", "", "", "", "12 Mar 2015"), ("", "", "", "", "", "", "13 Mar 2015")]
    return {
        "Connections.csv": ("First Name,Last Name,URL,Email Address,Company,Position,Connected On", connections),
        f"Member_Follows{member}": (
            "Date,Status,FullName",
            [
                (spelled(tie.at or 0, WORDED), "Active" if tie.verb == "member" else "Unfollow", one.name)
                for tie, one in of("member", "unfollow")
            ],
        ),
        "Company Follows.csv": (
            "Organization,Followed On",
            [(one.name, spelled(tie.at or 0, WORDED)) for tie, one in of("company")],
        ),
        f"Hashtag_Follows{member}": (
            "Date,Hashtag",
            [(spelled(tie.at or 0, SECONDS), tie.name) for tie in ties if tie.verb == "hashtag"],
        ),
        "Invitations.csv": (
            "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
            [_invitation(person, tie, one) for tie, one in of("invite")],
        ),
    }


def _invitation(person: Person, tie: Tie, other: Account) -> tuple[str, ...]:
    sides = ((person.name, PROFILE + person.linkedin_slug), (other.name, PROFILE + other.handle))
    first, second = sides if tie.by_me else sides[::-1]
    at, way = spelled(tie.at or 0, SHORT), "OUTGOING" if tie.by_me else "INCOMING"
    return (first[0], second[0], at, "", way, first[1], second[1])


def _known(person: Person, life: Life) -> dict[str, tuple[str, Rows]]:
    shown = sorted(life.shown, key=lambda one: -one.at)
    return {
        "Ads Clicked.csv": (
            "Ad clicked Date,Ad Title/Id",
            [(spelled(one.at, AMERICAN), str(one.key)) for one in shown if one.files == "clicks"],
        ),
        "LAN Ads Engagement.csv": (
            "Action,Date,Ad Title/Id,Page/App",
            [
                ("Click" if one.is_opened else "View", spelled(one.at, AMERICAN), str(one.key), one.link or "")
                for one in shown
                if one.files == "elsewhere"
            ],
        ),
        "Ad_Targeting.csv": (",".join(name for name, _, _ in COLUMNS), [cells(person)]),
        "Inferences_about_you.csv": (
            "Category,Type of inference,Description,Inference",
            [row[:4] for row in inferences(person)],
        ),
    }
