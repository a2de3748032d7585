"""What the person writes, passes on, answers and likes on each platform.

A few sources move half of it. Passing on is quick (delays are log-normal, minutes at the median of each source) and of
the night. Some answers begin a conversation, of which the archive of X does not tell that it is one: only several
answers to the same post show there.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ascendant.demo.archives.clock import Clock
from ascendant.demo.archives.facts import Act
from ascendant.demo.archives.habits import HABITS
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.person import Account, Person
from ascendant.demo.texts import say, topic_tags

_SIGMA: Final = 1.1  # of the logarithm of a delay
_LONGEST_DELAY: Final = 5 * 86_400
_N_KEYS: Final = 2**21
_LONG: Final = 70  # of so many posts one is long
_TURNS: Final = (0.62, 0.2, 0.1, 0.05, 0.03)  # that so many answers stand in one conversation


def acts_on(
    platform: str, options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator
) -> list[Act]:
    """All acts of one platform, by time."""
    return sorted(_Doing(platform, options, person, clock, rng).acts(), key=lambda act: act.at)


class _Doing:
    def __init__(
        self, platform: str, options: ArchiveOptions, person: Person, clock: Clock, rng: np.random.Generator
    ) -> None:
        self._platform, self._options, self._person, self._clock, self._rng = platform, options, person, clock, rng
        self._sources = person.accounts[platform]
        self._weights = np.array([one.weight for one in self._sources])
        self._tags = topic_tags(person.lang)
        self._number = int(rng.integers(_N_KEYS))
        self._threads = 0

    def acts(self) -> list[Act]:
        """Of every kind."""
        habit = HABITS[self._platform]
        day, night, evening = habit.hours
        n = self._options.n
        own = [
            *self._own("post", n(habit.posts), day),
            *self._own("link_with_words", n(habit.links_with_words), day),
            *self._own("link", n(habit.links), night),
        ]
        found = [
            *own,
            *self._passed_on("repost", n(habit.reposts), night),
            *self._passed_on("quote", n(habit.quotes), night),
        ]
        found += self._replies(n(habit.replies), evening, [act for act in own if act.kind != "link"])
        found += self._reactions("react", n(habit.reactions), evening)
        return found + self._reactions("vote", n(habit.votes), evening)

    def _own(self, kind: str, n: int, hours: str) -> list[Act]:
        liked = self._rng.lognormal(1.2, 1.5, n).astype(int).tolist()
        passed = self._rng.lognormal(-0.4, 1.6, n).astype(int).tolist()
        styles = ("personal", "interest", "interest", "outing", "news")
        found = []
        for place, at in enumerate(self._clock.draw(n, hours)):
            topic, draw = self._topic(), self._draw()
            text = "" if kind == "link" else self._say(styles[draw % 5], topic, draw)
            if kind == "post" and draw % _LONG == 0:
                text = " ".join(self._say(styles[one % 5], topic, draw + one) for one in range(8)) + "."
            tags = (self._tags[topic],) if text and draw % 4 == 0 else ()
            found.append(
                Act(
                    platform=self._platform,
                    kind=kind,
                    at=at,
                    key=self._key(),
                    text="".join([text, *(f" #{tag}" for tag in tags)]),
                    link=None if kind == "post" else self._page(draw),
                    tags=tags,
                    group=self._group(draw) if kind == "post" else None,
                    likes=liked[place],
                    reposts=passed[place],
                    is_deleted=self._platform == "x" and kind == "post" and draw % 40 == 0 and draw % _LONG > 0,
                )
            )
        return found

    def _passed_on(self, kind: str, n: int, hours: str) -> list[Act]:
        sources = self._rng.choice(len(self._sources), n, p=self._weights).tolist()
        found = []
        for at, place in zip(self._clock.draw(n, hours), sources, strict=True):
            source, topic, draw = self._sources[place], self._topic(), self._draw()
            style = "slogan" if source.is_organisation else "interest"
            text = self._say("comment", topic, draw) if kind == "quote" else self._say(style, topic, draw)
            found.append(
                Act(
                    platform=self._platform,
                    kind=kind,
                    at=at,
                    key=self._key(),
                    source=source,
                    item_at=at - self._delay(source),
                    item_key=self._key(),
                    text=text,
                    has_address=self._is_told(source, kind, draw),
                    likes=draw % 7 if kind == "quote" else 0,
                    reposts=draw % 3 if kind == "quote" else 0,
                )
            )
        return found

    def _is_told(self, source: Account, kind: str, draw: int) -> bool:
        """Facebook leaves addresses out, and has none for friends; LinkedIn gives authors where a link was copied."""
        if self._platform == "facebook":
            return source.has_address and draw % 5 > 0
        if self._platform == "linkedin":
            return kind == "quote" and source.has_address and draw % 2 == 0
        return True

    def _replies(self, n: int, hours: str, own: list[Act]) -> list[Act]:
        found: list[Act] = []
        starts = self._clock.draw(n, hours)
        turns = (self._rng.choice(len(_TURNS), n, p=_TURNS) + 1).tolist()
        sources = self._rng.choice(len(self._sources), n, p=self._weights).tolist()
        for at, n_turns, place in zip(starts, turns, sources, strict=True):
            if len(found) >= n:
                break
            draw = self._draw()
            if draw % 17 == 0 and own:  # a thread of one's own
                answered = own[draw // 17 % len(own)]
                found += self._thread(answered.at, answered.key, None, n_turns, answered.at)
            else:
                source = self._sources[place]
                item_at = at - self._delay(source)
                found += self._thread(item_at, self._key(), source, n_turns, at)
        return found[:n]

    def _thread(self, item_at: int, item_key: int, source: Account | None, n_turns: int, at: int) -> list[Act]:
        """Answers in one conversation. The other side answers too, so that each turn names another item; in one of
        four the person answers the same item again."""
        self._threads += 1
        thread = self._threads
        group = self._group(self._draw())
        root_at, root_key = item_at, item_key
        found: list[Act] = []
        for turn in range(n_turns):
            if source is None:
                at = self._clock.after(at, 60 + self._draw() % 900)
            elif turn:
                answered_at = at + 30 + self._draw() % 1500
                at = self._clock.after(answered_at, 20 + self._draw() % 1200)
                if self._draw() % 4 and at > answered_at:
                    item_at, item_key = answered_at, self._key()
            draw, topic = self._draw(), self._topic()
            act = Act(
                platform=self._platform,
                kind="reply",
                at=at,
                key=self._key(),
                source=source,
                to_me=source is None,
                item_at=item_at,
                item_key=item_key,
                thread=thread,
                root_at=root_at,
                root_key=root_key,
                text=self._say("aside" if source is None else "answer" if not turn else "talk", topic, draw),
                group=group,
                likes=draw % 5,
                reposts=0,
            )
            found.append(act)
            if source is None:  # the next goes on from this one
                item_at, item_key = act.at, act.key
        return found

    def _reactions(self, kind: str, n: int, hours: str) -> list[Act]:
        # Likes are spread more widely than what is passed on.
        weights = self._weights**0.8
        sources = self._rng.choice(len(self._sources), n, p=weights / weights.sum()).tolist()
        found = []
        for at, place in zip(self._clock.draw(n, hours), sources, strict=True):
            source, draw = self._sources[place], self._draw()
            found.append(
                Act(
                    platform=self._platform,
                    kind=kind,
                    at=at,
                    key=self._key(),
                    source=source,
                    item_at=at - self._delay(source),
                    item_key=self._key(),
                    # X leaves out the words of posts that are gone.
                    text="" if kind == "react" and draw % 400 == 0 else self._say("interest", self._topic(), draw),
                    group=self._group(draw),
                    has_address=self._platform != "facebook" or (source.has_address and draw % 3 > 0),
                )
            )
        return found

    def _delay(self, source: Account) -> int:
        seconds = self._rng.lognormal(np.log(source.median_delay_seconds), _SIGMA)
        return int(min(max(4.0, seconds), _LONGEST_DELAY))

    def _topic(self) -> int:
        """One of the person's four, the first most often."""
        return self._person.topics[(0, 0, 0, 0, 1, 1, 2, 3)[self._draw() % 8]]

    def _group(self, draw: int) -> str | None:
        if self._platform != "facebook" or draw % 5:
            return None
        return self._person.groups[draw // 5 % len(self._person.groups)]

    def _page(self, draw: int) -> str:
        media = [one for one in self._sources if one.kind in ("media", "cause")]
        one = media[draw % 6 % len(media)] if draw % 3 else media[draw % len(media)]
        return f"https://{one.handle.lower().replace('_', '-').replace('.', '-')}.example/{draw % 90}/{draw % 99991}"

    def _key(self) -> int:
        """The low bits of a number, in no order; no two items have the same until all are used up."""
        self._number = (self._number + 1) % _N_KEYS
        mixed = self._number ^ self._number >> 10
        mixed = mixed * 1_640_531 % _N_KEYS
        return mixed ^ mixed >> 11

    def _draw(self) -> int:
        return int(self._rng.integers(2**50))

    def _say(self, style: str, topic: int, draw: int) -> str:
        return say(self._person.lang, style, topic, draw)
