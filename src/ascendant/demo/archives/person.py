"""A seed -> who the person is, whom they follow, who moves them, and who pays to reach them.

Everybody is made of syllables. A few sources make half of what moves the person; each has its own pace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.unique import Names
from ascendant.demo.names import plain
from ascendant.demo.people import CAUSE, COMPANY, KINDS, MEDIA

# Of each platform: accounts followed, accounts that are met without being followed, and those of these that are
# organisations.
_FOLLOWED: Final = {"x": 300, "facebook": 240, "linkedin": 380}
_MET: Final = {"x": 70, "facebook": 40, "linkedin": 90}
_ORGANISED: Final = {"x": 0.35, "facebook": 0.4, "linkedin": 0.12}
_ADVERTISERS: Final = {"x": 140, "facebook": 160}  # LinkedIn names none
N_MAIN: Final = 5  # sources that make half
_MAIN_SHARE: Final = 0.5
ZONES: Final = {"fr": "Europe/Paris", "en": "Europe/London"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """Somebody else on one platform. `account_id` is what the archive lets one know of them."""

    platform: str
    account_id: str
    name: str
    handle: str
    key: int  # their number there
    kind: str  # of KINDS, or `person`
    is_followed: bool
    weight: float  # share of what moves the person there
    median_delay_seconds: float
    has_address: bool  # the archive gives their address, not only their name

    @property
    def is_organisation(self) -> bool:
        """A company, a cause, a medium or an institution: it has a page."""
        return self.kind != "person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Advertiser:
    """Who pays on one platform, and the ways by which they reach the person."""

    platform: str
    name: str
    handle: str
    key: int
    domain: str
    weight: float
    topic: int
    ways: tuple[str, ...]  # of uploaded_list, lookalike, retargeting, catalog


@dataclass(frozen=True, kw_only=True)
class Person:
    """The owner of the archives."""

    lang: str
    given: str
    family: str
    handle: str  # on X
    key: int  # on X
    slug: str  # the address on Facebook, and on LinkedIn with a number
    member: int  # number on LinkedIn
    registered_at: int  # seconds; on Facebook
    topics: tuple[int, ...]  # what they care for, the first most
    accounts: dict[str, tuple[Account, ...]]  # by platform; the first N_MAIN make half
    advertisers: dict[str, tuple[Advertiser, ...]]
    groups: tuple[str, ...]  # on Facebook

    @property
    def name(self) -> str:
        """As all platforms show it."""
        return f"{self.given} {self.family}"

    @property
    def zone(self) -> str:
        """Where they live, as the clock goes."""
        return ZONES[self.lang]

    @property
    def linkedin_slug(self) -> str:
        """The address on LinkedIn."""
        return f"{self.slug.replace('.', '-')}-{self.member % 10_000}"

    @property
    def account_ids(self) -> dict[str, str]:
        """The owner's account on each platform, as archives name it."""
        return {
            "x": f"x:{self.key}",
            "facebook": f"facebook:@{self.slug}",
            "linkedin": f"linkedin:@{self.linkedin_slug}",
        }


def make_person(options: ArchiveOptions, rng: np.random.Generator) -> Person:
    """The person of a seed."""
    names = Names(options.lang, rng)
    given, family = names.person()
    bare = f"{plain(given)} {family}".lower()
    return Person(
        lang=options.lang,
        given=given,
        family=family,
        handle=bare.replace(" ", "_")[:15],
        key=int(rng.integers(10**18, 14 * 10**17)),
        slug=bare.replace(" ", "."),
        member=int(rng.integers(10**8, 9 * 10**8)),
        registered_at=int(rng.integers(1_230_000_000, 1_330_000_000)),
        topics=tuple(rng.permutation(12)[:4].tolist()),
        accounts={platform: _accounts(platform, options, names, rng) for platform in _FOLLOWED},
        advertisers={platform: _advertisers(platform, options, names, rng) for platform in _ADVERTISERS},
        groups=tuple(names.group() for _ in range(14)),
    )


def _accounts(platform: str, options: ArchiveOptions, names: Names, rng: np.random.Generator) -> tuple[Account, ...]:
    size = min(1.0, options.scale) ** 0.5
    n_followed, n_met = max(24, round(_FOLLOWED[platform] * size)), max(8, round(_MET[platform] * size))
    n = n_followed + n_met
    # The main sources share half by falling weights; all others share the rest, a few of them more than most.
    main = np.array([1.0, 0.8, 0.65, 0.5, 0.4])
    others = rng.permutation(np.arange(1, n - N_MAIN + 1)) ** -0.6
    weight = np.concatenate([main / main.sum() * _MAIN_SHARE, others / others.sum() * (1 - _MAIN_SHARE)])
    followed = np.concatenate([np.ones(N_MAIN, bool), rng.permutation(np.arange(n - N_MAIN) < n_followed - N_MAIN)])
    # Minutes for those who make half, tens of minutes for others.
    delay = np.where(np.arange(n) < N_MAIN, rng.uniform(120, 600, n), rng.lognormal(np.log(2400), 0.8, n))
    organised = rng.random(n) < _ORGANISED[platform]
    organised[:N_MAIN] = [True, True, False, True, False]
    found = []
    for place in range(n):
        key = _key(platform, rng)
        kind = "person"
        if organised[place]:
            kind = KINDS[(CAUSE, MEDIA, COMPANY, CAUSE)[place] if place < 4 else names.kind(place)]
            name = names.organisation(KINDS.index(kind))
            handle = plain(name).title().replace(" ", "")
        else:
            name = " ".join(names.person())
            handle = plain(name).lower().replace(" ", "_")
        if platform == "x":
            handle = names.handle(handle)
        elif platform == "facebook":
            handle = names.handle(handle.lower().replace("_", "."), 40)
        else:
            handle = f"{plain(name).lower().replace(' ', '-')}-{key % 10_000}"
        # Facebook gives the address of a page that was liked, LinkedIn that of a connection.
        has_address = platform == "x" or (bool(followed[place]) and (kind != "person") == (platform == "facebook"))
        if platform != "x" and place % 6 == 5:
            has_address = False
        found.append(
            Account(
                platform=platform,
                account_id=_account_id(platform, key, handle, name, has_address=has_address),
                name=name,
                handle=handle,
                key=key,
                kind=kind,
                is_followed=bool(followed[place]),
                weight=float(weight[place]),
                median_delay_seconds=float(delay[place]),
                has_address=has_address,
            )
        )
    return tuple(found)


def _account_id(platform: str, key: int, handle: str, name: str, *, has_address: bool) -> str:
    if platform == "x":
        return f"x:{key}"
    if has_address:
        return f"{platform}:@{handle}"
    return f"facebook:name:{name}" if platform == "facebook" else f"linkedin:name:{name.casefold()}"


def _advertisers(
    platform: str, options: ArchiveOptions, names: Names, rng: np.random.Generator
) -> tuple[Advertiser, ...]:
    n = max(20, round(_ADVERTISERS[platform] * min(1.0, options.scale) ** 0.5))
    weight = np.arange(1, n + 1) ** -0.9
    found = []
    for place, share in enumerate((weight / weight.sum()).tolist()):
        name = names.organisation(COMPANY if place % 9 else CAUSE)
        bare = plain(name)
        ways = ("uploaded_list", "lookalike", "retargeting", "catalog")
        chances = (0.28, 0.35, 0.3, 0.08)
        found.append(
            Advertiser(
                platform=platform,
                name=name,
                handle=names.handle(bare.title().replace(" ", ""))
                if platform == "x"
                else bare.lower().replace(" ", ""),
                key=int(rng.integers(10**14, 9 * 10**14)),
                domain=f"{bare.lower().replace(' ', '-')}.example",
                weight=share,
                topic=int(rng.integers(12)),
                ways=tuple(way for way, chance in zip(ways, chances, strict=True) if rng.random() < chance),
            )
        )
    return tuple(found)


def _key(platform: str, rng: np.random.Generator) -> int:
    """Accounts of X have short numbers, or since 2015 long ones."""
    if platform == "x" and rng.random() < 0.45:
        return int(rng.integers(8 * 10**17, 19 * 10**17))
    if platform == "x":
        return int(rng.integers(10**7, 3 * 10**9))
    return int(rng.integers(10**14, 9 * 10**14))
