"""What happened to one person, fact by fact, before any platform writes it down. Times are UTC seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

from ascendant.demo.archives.person import Account, Advertiser


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Something that the person did with words or with a press of a button.

    `kind`: post, link_with_words, link, repost, quote, reply, react, vote. `source` is whose item it answers or passes
    on; none for own posts, and for what nobody is known to have written. `text` are the person's words, or the item's
    where the person adds none.
    """

    platform: str
    kind: str
    at: int
    key: int  # its number, on platforms that number acts
    source: Account | None = None
    to_me: bool = False  # answers an item of one's own
    item_at: int | None = None  # when that item was published
    item_key: int | None = None
    thread: int = 0  # one number for a whole conversation; 0 for none
    root_at: int | None = None  # the item with which the conversation began
    root_key: int | None = None
    text: str = ""
    link: str | None = None
    tags: tuple[str, ...] = ()
    group: str | None = None
    has_address: bool = True  # the archive gives the item's address, with its author where addresses have authors
    likes: int = 0  # that others gave it
    reposts: int = 0
    is_deleted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An ad that was put before the person. `criteria` are (type, value, class), of LinkedIn only the page where it
    was shown; no advertiser: an ad of a network.

    `files` says where X writes it: impressions, engagements, or both. `responses` are (type, seconds).
    """

    platform: str
    at: int
    advertiser: Advertiser | None
    key: int
    text: str = ""
    link: str | None = None
    criteria: tuple[tuple[str, str, str], ...] = ()
    responses: tuple[tuple[str, int], ...] = ()
    files: str = "impressions"

    @property
    def is_opened(self) -> bool:
        """Whether the person opened it on purpose."""
        return any(kind in OPENINGS for kind, _ in self.responses)


OPENINGS = ("CardUrlClick", "Detail", "ScreenName", "ProfilePic", "EmbeddedMedia", "Retweet", "Fav", "Click")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """A bond with an account, a group or a topic. `verb`: follow, unfollow, friend, join, leave, invite, block, ...

    `at` is none where the platform does not tell it.
    """

    platform: str
    verb: str
    name: str
    at: int | None = None
    account: Account | None = None
    by_me: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a platform, an advertiser or a site knows of the person.

    `verb`: inferred or listed (type, value, class), targeted (advertiser's name, way), tracked (site, event), app
    (name, maker).
    """

    platform: str
    verb: str
    type: str
    value: str = ""
    group: str = ""
    at: int | None = None
    is_no: bool = False  # an inference that the platform denies


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """What somebody else did: react, reply, repost, mention, follow, accept, message, endorse, recommend; or a push.

    Of messages, those with an even key are the person's own.
    """

    platform: str
    verb: str
    account: Account
    at: int
    key: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What the person saw, opened, searched, kept, or how long they stayed.

    `verb`: view (shown), visit, click, search, save, session, watch.
    """

    platform: str
    verb: str
    at: int | None
    text: str = ""
    link: str | None = None
    account: Account | None = None
    key: int = 0
    seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class Life:
    """All facts, each list in the order of time where it has times."""

    first_at: int
    last_at: int  # when the archives were made
    acts: tuple[Act, ...] = ()
    shown: tuple[Shown, ...] = ()
    ties: tuple[Tie, ...] = ()
    told: tuple[Told, ...] = ()
    met: tuple[Met, ...] = ()
    looked: tuple[Looked, ...] = ()
    followers: dict[str, tuple[int, ...]] = field(default_factory=dict)  # of X: numbers

    def on(self, platform: str) -> Life:
        """The facts of one platform."""
        return Life(
            first_at=self.first_at,
            last_at=self.last_at,
            acts=tuple(one for one in self.acts if one.platform == platform),
            shown=tuple(one for one in self.shown if one.platform == platform),
            ties=tuple(one for one in self.ties if one.platform == platform),
            told=tuple(one for one in self.told if one.platform == platform),
            met=tuple(one for one in self.met if one.platform == platform),
            looked=tuple(one for one in self.looked if one.platform == platform),
            followers=self.followers,
        )
