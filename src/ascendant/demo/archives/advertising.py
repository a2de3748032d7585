"""Who reached the person with ads, and by what.

X keeps the ads of 90 days with the criteria that chose them; most of the "responses" that it counts are none. Facebook
names advertisers without criteria; LinkedIn gives criteria without advertisers.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ascendant.demo.archives.clock import Clock
from ascendant.demo.archives.facts import Shown
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.person import Advertiser, Person
from ascendant.demo.names import PLACES
from ascendant.demo.texts import say, topic_tags

AD_DAYS: Final = 90
_SHOWN: Final = {"x": 1500, "facebook": 900}
_FACEBOOK_CLICKS: Final = 45
_LINKEDIN_ADS: Final = 40
_ELSEWHERE: Final = "journal.example"  # where LinkedIn's ads outside LinkedIn were shown
# Types of criteria as X writes them, by what the advertiser had to know. What has no value in the real files has none.
_LIST: Final = (("List", "{} 2025", "uploaded_list"), ("List", "{} CRM", "uploaded_list"))
_LOOKALIKE: Final = (
    ("Follower look-alikes", "@{}", "lookalike"),
    ("Tailored audience CRM lookalike targeting", "{}", "lookalike"),
    ("Retargeting custom audience lookalike", "{}", "lookalike"),
)
_RETARGETING: Final = (
    ("Website Activity", "", "retargeting"),
    ("Retargeting campaign engager", "{}", "retargeting"),
    ("Retargeting user engager", "{}", "retargeting"),
    ("Retargeting engagement type", "", "retargeting"),
)
_NOISE: Final = ("ChargeableImpression", "VideoContentPlayback25", "VideoContent1secView", "VideoContentPlaybackStart")
_CLICKS: Final = ("CardUrlClick", "CardUrlClick", "Detail", "ScreenName", "ProfilePic", "EmbeddedMedia")


def ads_shown(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Shown]:
    """Ads of all platforms, each platform's by time."""
    return [
        *_on_x(options, person, clock, rng),
        *_on_facebook(options, person, clock, rng),
        *_on_linkedin(options, clock, rng),
    ]


def _on_x(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Shown]:
    payers = person.advertisers["x"]
    campaigns = {payer.name: [_criteria(person, payer, rng) for _ in range(2)] for payer in payers}
    chosen = _drawn(payers, options.n(_SHOWN["x"]), rng)
    found = []
    for at, place in zip(clock.draw(len(chosen), "evening", last_days=AD_DAYS), chosen, strict=True):
        draw = int(rng.integers(2**50))
        payer: Advertiser | None = payers[place]
        assert payer is not None
        criteria, files = campaigns[payer.name][draw % 2], "impressions"
        responses: tuple[tuple[str, int], ...] = ()
        link = f"https://{payer.domain}/{draw % 9}"
        text = say(person.lang, "pitch", payer.topic, draw // 10)
        if draw % 50 == 0:  # from a network of other sites, which names nobody
            payer, text, link, criteria = None, "", "", criteria[:1]
        elif draw % 61 == 0:
            criteria = ()
        if draw % 3 == 0:
            responses = _responses(clock, at, draw)
            files = "engagements" if draw % 10 < 3 else "both"
        key = draw % 2**21
        found.append(
            Shown(
                platform="x", at=at, advertiser=payer, key=key, text=text, link=link, criteria=criteria,
                responses=responses, files=files,
            )
        )  # fmt: skip
    return found


def _responses(clock: Clock, at: int, draw: int) -> tuple[tuple[str, int], ...]:
    """What X counts: being charged for, films that play; now and then something that the person did."""
    found = [(_NOISE[0], at)] if draw % 7 else []
    found += [(kind, clock.after(at, 3 + place)) for place, kind in enumerate(_NOISE[1 : 1 + draw % 4])]
    if draw % 8 == 0 or not found:
        found.append((_CLICKS[draw // 8 % len(_CLICKS)], clock.after(at, 6 + draw % 50)))
    return tuple(found)


def _criteria(person: Person, payer: Advertiser, rng: np.random.Generator) -> tuple[tuple[str, str, str], ...]:
    tags = topic_tags(person.lang)
    place = PLACES[person.key % len(PLACES)]
    usual = (
        (
            "Locations",
            place if rng.random() < 0.5 else {"fr": "France", "en": "United Kingdom"}[person.lang],
            "demographic",
        ),
        ("Languages", {"fr": "French", "en": "English"}[person.lang], "demographic"),
        ("Age", "35 to 49" if rng.random() < 0.7 else "25 to 54", "demographic"),
        ("Gender", "Women", "demographic"),
        ("Platforms", "Android" if rng.random() < 0.5 else "Desktop", "platform"),
        ("OS versions", "Android 13.0 and above", "platform"),
        ("Keywords", tags[payer.topic].lower(), "behaviour"),
        ("Conversation topics", tags[payer.topic], "interest"),
        ("Interests", tags[person.topics[int(rng.integers(4))]], "interest"),
        ("Events", f"{tags[payer.topic]} {place}", "interest"),
        ("App Activity", "", "behaviour"),
        ("New device targeting", "", "platform"),
    )
    picked = sorted(rng.choice(len(usual), int(rng.integers(2, 6)), replace=False).tolist())
    found = [usual[one] for one in picked]
    for way, forms in (("uploaded_list", _LIST), ("lookalike", _LOOKALIKE), ("retargeting", _RETARGETING)):
        if way in payer.ways:
            kind, value, group = forms[int(rng.integers(len(forms)))]
            found.append((kind, value.format(payer.handle), group))
    return tuple(found)


def _on_facebook(options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator) -> list[Shown]:
    payers = person.advertisers["facebook"]
    found = []
    for files, n, days in (("impressions", _SHOWN["facebook"], AD_DAYS), ("clicks", _FACEBOOK_CLICKS, 365)):
        chosen = _drawn(payers, options.n(n), rng)
        for at, place in zip(clock.draw(len(chosen), "evening", last_days=days), chosen, strict=True):
            draw, payer = int(rng.integers(2**50)), payers[place]
            found.append(
                Shown(
                    platform="facebook",
                    at=at,
                    advertiser=payer,
                    key=draw,
                    text=say(person.lang, "pitch", payer.topic, draw),
                    responses=(("Click", at),) if files == "clicks" else (),
                    files=files,
                )
            )
    return found


def _on_linkedin(options: ArchiveOptions, clock: Clock, rng: np.random.Generator) -> list[Shown]:
    """Numbers of ads; nobody is named. Every third was on another site, where most were only seen."""
    found = []
    for place, at in enumerate(clock.draw(options.n(_LINKEDIN_ADS), "office", last_days=365)):
        draw = int(rng.integers(2**50))
        is_away = place % 3 == 0
        found.append(
            Shown(
                platform="linkedin",
                at=at,
                advertiser=None,
                key=200_000_000 + draw % 90_000_000,
                link=_ELSEWHERE if is_away else None,
                criteria=(("Page/App", _ELSEWHERE, "context"),) if is_away else (),
                responses=() if is_away and draw % 4 else (("Click", at),),
                files="elsewhere" if is_away else "clicks",
            )
        )
    return found


def _drawn(payers: tuple[Advertiser, ...], n: int, rng: np.random.Generator) -> list[int]:
    found: list[int] = rng.choice(len(payers), n, p=[payer.weight for payer in payers]).tolist()
    return found
