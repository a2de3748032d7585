"""Facts of LinkedIn -> the zip of "Get a copy of your data", the larger one, as it is in 2026.

Each file has its own way to write times: three orders of year, month and day stand side by side. Connections begin with
notes, Ad_Targeting has columns of one name, comments escape quotation marks by a backslash. The zip was packed again on
a Mac, which left its mark.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from ascendant.demo.archives.dates import spelled
from ascendant.demo.archives.facts import Life, Tie
from ascendant.demo.archives.linkedin_records import (
    answered_address,
    commentary,
    escaped,
    is_share,
    item_address,
    own_address,
)
from ascendant.demo.archives.packing import pack
from ascendant.demo.archives.person import Account, Person
from ascendant.demo.archives.profile import COLUMNS, cells, inferences

NAME: Final = "Complete_LinkedInDataExport_08-31-2026.zip"
ABSENT: Final = ("saved_articles.csv",)
Rows = Iterable[Sequence[str]]

_SECONDS: Final = "%Y-%m-%d %H:%M:%S"
_SLASHED: Final = "%Y/%m/%d %H:%M:%S UTC"
_AMERICAN: Final = "%m/%d/%Y %H:%M:%S UTC"
_SHORT: Final = "%-m/%-d/%y, %-I:%M %p"
_WORDED: Final = "%a %b %d %H:%M:%S UTC %Y"
_SITE: Final = "https://www.linkedin.com/in/"
_NOTES: Final = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing.'
    ' You will only see those of connections who let you see or download their ""email address""."\n\n'
)
_KINDS: Final = ("LIKE", "LIKE", "LIKE", "PRAISE", "EMPATHY", "INTEREST", "APPRECIATION", "ENTERTAINMENT")


def write_linkedin(path: Path, person: Person, life: Life) -> dict[str, int]:
    """Write the archive; returns how many rows stand in each file."""
    member = f"_{person.member}.csv"
    tables = _acts(life, member) | _ties(person, life, member) | _known(person, life) | _rest(person, life, member)
    files, counts = {}, {}
    for name, (header, found) in tables.items():
        rows = list(found)
        files[name] = _table(header, rows)
        counts[name] = len(rows)
    files["Connections.csv"] = b"\xef\xbb\xbf" + _NOTES.encode() + files["Connections.csv"]
    comments = [act for act in sorted(life.acts, key=lambda act: -act.at) if act.kind == "reply"]
    lines = [
        f"{spelled(act.at, _SECONDS)},{answered_address(act)},{escaped(_said(act.text, act.key))}\n" for act in comments
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
        shares.append((spelled(act.at, _SECONDS), own_address(act.at, act.key), words, link, "", seen))
    return {
        f"Shares{member}": ("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility", shares),
        f"InstantReposts{member}": (
            "Date,Link",
            [
                (spelled(act.at, _SECONDS), item_address(act))
                for act in acts
                if act.kind == "repost" and not is_share(act)
            ],
        ),
        f"Reactions{member}": (
            "Date,Type,Link",
            [
                (spelled(act.at, _SECONDS), _KINDS[act.key % 8], item_address(act))
                for act in acts
                if act.kind == "react"
            ],
        ),
        f"Votes{member}": (
            "Date,Link,OptionText",
            [
                (spelled(act.at, _SECONDS), item_address(act), ("Oui", "Non", "A", "B")[act.key % 4])
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
        (*one.name.split(" ", 1), _SITE + one.handle, "", "", "", spelled(tie.at or 0, "%d %b %Y"))
        for tie, one in of("connection")
    ]
    # Accounts that were closed since.
    connections += [("", "", "", "", "", "", "12 Mar 2015"), ("", "", "", "", "", "", "13 Mar 2015")]
    return {
        "Connections.csv": ("First Name,Last Name,URL,Email Address,Company,Position,Connected On", connections),
        f"Member_Follows{member}": (
            "Date,Status,FullName",
            [
                (spelled(tie.at or 0, _WORDED), "Active" if tie.verb == "member" else "Unfollow", one.name)
                for tie, one in of("member", "unfollow")
            ],
        ),
        "Company Follows.csv": (
            "Organization,Followed On",
            [(one.name, spelled(tie.at or 0, _WORDED)) for tie, one in of("company")],
        ),
        f"Hashtag_Follows{member}": (
            "Date,Hashtag",
            [(spelled(tie.at or 0, _SECONDS), tie.name) for tie in ties if tie.verb == "hashtag"],
        ),
        "Invitations.csv": (
            "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
            [_invitation(person, tie, one) for tie, one in of("invite")],
        ),
    }


def _invitation(person: Person, tie: Tie, other: Account) -> tuple[str, ...]:
    sides = ((person.name, _SITE + person.linkedin_slug), (other.name, _SITE + other.handle))
    first, second = sides if tie.by_me else sides[::-1]
    at, way = spelled(tie.at or 0, _SHORT), "OUTGOING" if tie.by_me else "INCOMING"
    return (first[0], second[0], at, "", way, first[1], second[1])


def _known(person: Person, life: Life) -> dict[str, tuple[str, Rows]]:
    shown = sorted(life.shown, key=lambda one: -one.at)
    return {
        "Ads Clicked.csv": (
            "Ad clicked Date,Ad Title/Id",
            [(spelled(one.at, _AMERICAN), str(one.key)) for one in shown if one.files == "clicks"],
        ),
        "LAN Ads Engagement.csv": (
            "Action,Date,Ad Title/Id,Page/App",
            [
                ("Click" if one.is_opened else "View", spelled(one.at, _AMERICAN), str(one.key), one.link or "")
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


def _rest(person: Person, life: Life, member: str) -> dict[str, tuple[str, Rows]]:
    def looked(verb: str, form: str) -> list[tuple[str, str, str]]:
        return [
            (spelled(one.at or 0, form), one.text, f"https://www.linkedin.com/pulse/{one.key}")
            for one in sorted(life.looked, key=lambda one: -(one.at or 0))
            if one.verb == verb
        ]

    def met(verb: str) -> list[tuple[int, Account]]:
        return [(one.at, one.account) for one in life.met if one.verb == verb]

    praise = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
    skill = {"fr": "Cartographie", "en": "Mapping"}[person.lang]
    return {
        "Profile.csv": (
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
            "Twitter Handles,Websites,Instant Messengers",
            [(person.given, person.family, "", "", "", skill, "", "", "", "", "", "", "")],
        ),
        "Registration.csv": (
            "Registered At,Registration Ip,Subscription Types",
            [("5/20/11, 9:15 AM", "192.0.2.7", "")],
        ),
        "Email Addresses.csv": (
            "Email Address,Confirmed,Primary,Updated On",
            [("moi@exemple.example", "Yes", "Yes", "Not Available")],
        ),
        f"Saved_Items{member}": ("savedItem,CreatedTime", [(link, at) for at, _, link in looked("save", _SECONDS)]),
        "SearchQueries.csv": ("Time,Search Query", [row[:2] for row in looked("search", _SLASHED)]),
        "Logins.csv": (
            "Login Date,IP Address,User Agent,Login Type",
            [(at, "192.0.2.7", "Telephone/1.0", "PASSWORD") for at, _, _ in looked("login", _WORDED)],
        ),
        "Learning.csv": (
            "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),"
            "Content Completed At (if completed),Content Saved,Notes taken on videos (if taken),",
            [
                (text, "", "VIDEO", at, "N/A", "false", "N/A", "")
                for at, text, _ in looked("course", "%Y-%m-%d %H:%M UTC")
            ],
        ),
        "Events.csv": (
            "Event Name,Event Time,Status,External Url",
            [
                (tie.name, spelled(tie.at or 0, "%b %-d, %Y, %-I:%M %p"), tie.verb, "")
                for tie in life.ties
                if tie.verb.isupper()
            ],
        ),
        # Nobody was endorsed: the file is there.
        "Endorsement_Given_Info.csv": (
            "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status",
            [],
        ),
        "Endorsement_Received_Info.csv": (
            "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status",
            [
                (spelled(at, _SLASHED), skill, *one.name.split(" ", 1), f"www.linkedin.com/in/{one.handle}", "ACCEPTED")
                for at, one in met("endorse")
            ],
        ),
        "Recommendations_Given.csv": (praise, _praise(met("recommended"))),
        "Recommendations_Received.csv": (praise, _praise(met("recommend"))),
        "messages.csv": (
            '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO","RECIPIENT PROFILE URLS","DATE",'
            '"SUBJECT","CONTENT","FOLDER","ATTACHMENTS","IS MESSAGE DRAFT","IS CONVERSATION DRAFT"',
            _messages(person, life),
        ),
        "guide_messages.csv": (
            "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,"
            "FOLDER",
            [],
        ),
    }


def _praise(found: list[tuple[int, Account]]) -> list[tuple[str, ...]]:
    return [
        (*one.name.split(" ", 1), "", "", 'Sait "écouter".', spelled(at, "%m/%d/%y, %I:%M %p"), "VISIBLE")
        for at, one in found
    ]


def _messages(person: Person, life: Life) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for one in (found for found in life.met if found.verb == "message"):
        sides = ((person.name, _SITE + person.linkedin_slug), (one.account.name, _SITE + one.account.handle))
        sender, recipient = sides if one.key % 2 == 0 else sides[::-1]
        talk, at = f"2-{one.account.key}", spelled(one.at, f"{_SECONDS} UTC")
        rows.append((talk, "", *sender, *recipient, at, "", "(entre nous)", "INBOX", "", "No", "No"))
    return rows
