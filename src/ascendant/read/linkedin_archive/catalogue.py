"""The files of a LinkedIn archive: what each is called, by which columns it is known, and who reads it.

Names drift: `Rich Media.csv` is `Rich_Media.csv`, `Comments_100200300.csv` (with the number of the member) is
`Comments.csv`, `Saved Jobs_1.csv` goes on with `Saved Jobs.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ascendant.read.archive import plain
from ascendant.read.linkedin_archive import ads, network, posts, traces
from ascendant.read.linkedin_archive.story import Tell, Telling

_NUMBERS: Final = re.compile(r"(?:_\d+|[ _]?\(\d+\))+(?=\.[a-z]+$)")
ARTICLES: Final = "articles/"


@dataclass(frozen=True)
class File:
    """A file that is read. `name` is its name today, `columns` are sets of plain names of which a header holds one.

    `is_told_by_columns`: a file of another name is this one when its columns are. `is_in_quick`: LinkedIn puts it into
    the quick archive too, if it was asked for.
    """

    name: str
    columns: tuple[frozenset[str], ...]
    tell: Callable[[Telling], Tell] | None = None
    is_escaped: bool = False
    is_told_by_columns: bool = True
    is_in_quick: bool = False

    @property
    def key(self) -> str:
        """As `file_key` gives it, without the suffix."""
        return file_key(self.name).removesuffix(".csv")


def file_key(path: str) -> str:
    """A path without what changes from archive to archive.

    >>> file_key("Comments_100200300.csv"), file_key("Jobs/Saved Jobs_1.csv"), file_key("Receipts_v2.csv")
    ('comments.csv', 'jobs/savedjobs.csv', 'receiptsv2.csv')
    >>> file_key("Reactions_100200300 (1).csv")
    'reactions.csv'
    """
    return re.sub("[_ ]", "", _NUMBERS.sub("", plain(path)))


def _with(*columns: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one.split()) for one in columns)


# In the order of reading: first those that say most of an account, and which posts are the owner's.
READ: Final = (
    File("Profile.csv", _with("firstname lastname headline"), is_told_by_columns=False, is_in_quick=True),
    File("Registration.csv", _with("registeredat"), is_told_by_columns=False, is_in_quick=True),
    File("Connections.csv", _with("firstname lastname connectedon"), network.connections, is_in_quick=True),
    File("Shares.csv", _with("date sharelink", "date sharecommentary"), posts.shares),
    File("InstantReposts.csv", _with("date link"), posts.instant_reposts),
    File("Comments.csv", _with("date link message"), posts.comments, is_escaped=True),
    File("Reactions.csv", _with("date type link"), posts.reactions),
    File("Votes.csv", _with("date link optiontext"), posts.votes),
    File("Saved_Items.csv", _with("saveditem"), posts.saved_items),
    File("saved_articles.csv", _with("savedat link"), posts.saved_articles),
    File("Member_Follows.csv", _with("date status fullname", "date fullname"), network.member_follows),
    File("Company Follows.csv", _with("organization followedon"), network.company_follows),
    File("Hashtag_Follows.csv", _with("hashtag"), network.hashtag_follows, is_told_by_columns=False),
    File("Invitations.csv", _with("from to sentat"), network.invitations, is_in_quick=True),
    File(
        "Endorsement_Given_Info.csv", _with("endorsementdate skillname endorseefirstname"), network.endorsements_given
    ),
    File(
        "Endorsement_Received_Info.csv",
        _with("endorsementdate skillname endorserfirstname"),
        network.endorsements_received,
    ),
    File(
        "Recommendations_Given.csv",
        _with("firstname lastname text", "firstname lastname body"),
        network.recommendations_given,
        is_told_by_columns=False,
        is_in_quick=True,
    ),
    File(
        "Recommendations_Received.csv",
        _with("firstname lastname text", "firstname lastname body"),
        network.recommendations_received,
        is_told_by_columns=False,
        is_in_quick=True,
    ),
    File("Events.csv", _with("eventname status"), network.events, is_told_by_columns=False),
    File("SearchQueries.csv", _with("time searchquery"), traces.searches),
    File("Logins.csv", _with("logindate"), traces.logins, is_told_by_columns=False),
    File("Learning.csv", _with("contenttitle"), traces.courses, is_told_by_columns=False),
    File("Ads Clicked.csv", _with("adclickeddate"), ads.ads_clicked),
    File("LAN Ads Engagement.csv", _with("action date adtitle/id", "action date adtitle"), ads.ads_elsewhere),
    File("Ad_Targeting.csv", _with("memberage", "memberskills", "jobtitles", "companynames"), ads.targeting),
    File("Inferences_about_you.csv", _with("category typeofinference inference"), ads.inferences),
)
MESSAGES: Final = File("messages.csv", _with("conversationid from date"), is_in_quick=True)

# Known, and left unread: other people's addresses and what is said to machines, addresses and payments of the owner,
# the owner's course of life, places and devices of logins, applications for jobs.
LEFT: Final = tuple(
    f"{name}.csv"
    for name in (
        "Causes You Care About|Certifications|Courses|Education|Email Addresses|guide_messages|Honors|ImportedContacts"
        "|Job Applicant Saved Screening Question Responses|Jobs/Job Applicant Saved Answers|Jobs/Job Applications"
        "|Jobs/Job Seeker Preferences|Jobs/Saved Jobs|Languages|learning_coach_messages|learning_role_play_messages"
        "|Organizations|Patents|PhoneNumbers|Positions|Private_identity_asset|Profile Summary"
        "|Projects|Publications|Receipts_v2|Rich_Media|SavedJobAlerts|Security Challenges"
        "|Services Marketplace/Providers|Skills|TestScores|Verifications/Verifications|Volunteering"
        "|Whatsapp Phone Numbers"
    ).split("|")
)
# The same in other years and places, and what few have.
_LEFT_TOO: Final = tuple(
    f"{name}.csv"
    for name in (
        "Account Status History|Contacts|Job Applicant Saved Answers|Jobs/SavedJobAlerts|Mobile Applications"
        "|Jobs/Job Applicant Saved Screening Question Responses|Online Job Postings|Receipts|Test Scores"
        "|Services Marketplace/Engagements|Services Marketplace/Opprtunities|Services Marketplace/Opportunities"
        "|Working Hours"
    ).split("|")
)

_BY_KEY: Final = {file_key(file.name): file for file in (*READ, MESSAGES)}
_LEFT: Final = frozenset(file_key(name) for name in (*LEFT, *_LEFT_TOO))
IDENTITY: Final = frozenset({"profile.csv"})


def file_of(path: str) -> File | None:
    """The file at a path (`plain`) of the archive, by its name; None where it is not read."""
    return _BY_KEY.get(file_key(path))


def file_with(headers: list[frozenset[str]]) -> File | None:
    """The file whose columns stand in one of the first rows: the one of which most do.

    Many tables have a date and a link: there nothing else may stand in the header.
    """
    fitting = [
        (len(columns), -place, file)
        for place, file in enumerate((*READ, MESSAGES))
        if file.is_told_by_columns
        for columns in file.columns
        if any(columns == header if "link" in columns else columns <= header for header in headers)
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def is_article(path: str) -> bool:
    """Whether a path (`plain`) is of an article that the owner wrote."""
    return path.startswith(ARTICLES) and path.endswith((".html", ".htm"))


def is_known(path: str) -> bool:
    """Whether a path (`plain`) is one of a LinkedIn archive.

    >>> is_known("ad_targeting.csv"), is_known("jobs/saved jobs_1.csv"), is_known("articles/articles/été.html")
    (True, True, True)
    >>> is_known("comments.json"), is_known("data/connections.csv")
    (False, False)
    """
    return file_of(path) is not None or is_left(path) or is_article(path)


def is_left(path: str) -> bool:
    """Whether a path (`plain`) is of a file that is known and left unread."""
    return file_key(path) in _LEFT
