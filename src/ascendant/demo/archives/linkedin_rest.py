"""Facts of LinkedIn -> the files about the account itself: searches, logins, courses, praise, messages."""

from __future__ import annotations

from ascendant.demo.archives.dates import spelled
from ascendant.demo.archives.facts import Life
from ascendant.demo.archives.linkedin_records import PROFILE, SECONDS, SLASHED, WORDED, Rows
from ascendant.demo.archives.person import Account, Person


def rest(person: Person, life: Life, member: str) -> dict[str, tuple[str, Rows]]:
    """All files but those of acts, ties and ads: header and rows by name."""

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
        f"Saved_Items{member}": ("savedItem,CreatedTime", [(link, at) for at, _, link in looked("save", SECONDS)]),
        "SearchQueries.csv": ("Time,Search Query", [row[:2] for row in looked("search", SLASHED)]),
        "Logins.csv": (
            "Login Date,IP Address,User Agent,Login Type",
            [(at, "192.0.2.7", "Telephone/1.0", "PASSWORD") for at, _, _ in looked("login", WORDED)],
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
                (spelled(at, SLASHED), skill, *one.name.split(" ", 1), f"www.linkedin.com/in/{one.handle}", "ACCEPTED")
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
        sides = ((person.name, PROFILE + person.linkedin_slug), (one.account.name, PROFILE + one.account.handle))
        sender, recipient = sides if one.key % 2 == 0 else sides[::-1]
        talk, at = f"2-{one.account.key}", spelled(one.at, f"{SECONDS} UTC")
        rows.append((talk, "", *sender, *recipient, at, "", "(entre nous)", "INBOX", "", "No", "No"))
    return rows
