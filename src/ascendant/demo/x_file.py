"""Acts on X -> JSON lines of API v2 responses, a hundred posts each, the newest first, as twarc2 keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from ascendant.demo.columns import QUOTE, REPLY, REPOST
from ascendant.demo.counts import Counts
from ascendant.demo.make import START_MS, World

_PAGE: Final = 100
_LONGEST: Final = 140  # of a repost's text
_REFERENCE: Final = {REPOST: "retweeted", QUOTE: "quoted", REPLY: "replied_to"}
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def write_x(path: Path, world: World, counts: Counts) -> int:
    """Write what is collected of X; returns how many posts stand in the pages for themselves."""
    pages = _Pages(world, counts)
    chosen = np.flatnonzero(world.is_collected & world.people.on("x")[world.acts.actor])[::-1].tolist()
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as out:
        for first in range(0, len(chosen), _PAGE):
            out.write(encode(pages.page(chosen[first : first + _PAGE])) + b"\n")
    return len(chosen)


class _Pages:
    """Posts and accounts of X as its interface writes them."""

    def __init__(self, world: World, counts: Counts) -> None:
        acts, people = world.acts, world.people
        self._writer = world.writer()
        self._actor, self._verb = acts.actor.tolist(), acts.verb.tolist()
        self._item, self._object, self._thread = acts.item.tolist(), acts.object.tolist(), acts.thread.tolist()
        self._key = world.key.tolist()
        self._second = np.datetime_as_string((world.happened_ms // 1000).astype("datetime64[s]")).tolist()
        self._counts = np.column_stack(
            [counts.reposts, counts.replies, counts.likes, counts.quotes, counts.views]
        ).tolist()
        self._account_key = [str(key) for key in world.account_key.tolist()]
        self._handle = world.names.handle
        on_x = people.on("x")
        self._user = [
            msgspec.Raw(msgspec.json.encode(_user(world, place))) if on_x[place] else None for place in range(people.n)
        ]
        last = START_MS + (world.options.days + 1) * 86_400_000
        self._retrieved_at = f"{np.datetime64(last // 1000, 's')}+00:00"

    def page(self, places: list[int]) -> dict[str, Any]:
        """One response: posts, and what they refer to beside them."""
        named = sorted({self._object[place] for place in places} - {-1})
        users = {self._actor[place] for place in (*places, *named)}
        users |= {self._actor[self._item[place]] for place in places}
        page: dict[str, Any] = {
            "data": [self._post(place) for place in places],
            "includes": {"users": [self._user[user] for user in sorted(users)]},
        }
        if named:
            page["includes"]["tweets"] = [self._post(place) for place in named]
        page["meta"] = {
            "newest_id": str(self._key[places[0]]),
            "oldest_id": str(self._key[places[-1]]),
            "result_count": len(places),
        }
        page["__twarc"] = {"version": "2.14.0", "retrieved_at": self._retrieved_at}
        return page

    def _post(self, place: int) -> dict[str, Any]:
        verb, named = self._verb[place], self._object[place]
        actor = self._actor[place]
        entities: dict[str, Any] = {}
        if verb == REPOST:
            author = self._actor[self._item[place]]
            text, said = self._text(self._item[place])
            handle = self._handle[author]
            text = f"RT @{handle}: {text}"
            if len(text) > _LONGEST:
                text = text[: _LONGEST - 1] + "…"
            entities["mentions"] = [_mention(3, handle, self._account_key[author])]
            counted = self._counts[self._item[place]]
        else:
            text, said = self._text(place)
            counted = self._counts[place]
            if verb == REPLY and (answered := self._actor[named]) != actor:
                handle = self._handle[answered]
                text = f"@{handle} {text}"
                entities["mentions"] = [_mention(0, handle, self._account_key[answered])]
        if tags := _hashtags(text, said.tags):
            entities["hashtags"] = tags
        links = [] if said.link is None else [said.link]
        if verb == QUOTE:
            links.append(f"https://twitter.com/{self._handle[self._actor[named]]}/status/{self._key[named]}")
        shown = [_link(text, link) for link in links if _short(link) in text]
        if shown:
            entities["urls"] = shown
        post: dict[str, Any] = {
            "id": str(self._key[place]),
            "text": text.replace("&", "&amp;") if "&" in text else text,
            "author_id": self._account_key[actor],
            "created_at": f"{self._second[place]}.000Z",
            "conversation_id": str(self._key[self._thread[place]]),
            "lang": self._writer.language(self._item[place] if verb == REPOST else place),
            "public_metrics": {
                "retweet_count": counted[0],
                "reply_count": counted[1] if verb != REPOST else 0,
                "like_count": counted[2] if verb != REPOST else 0,
                "quote_count": counted[3] if verb != REPOST else 0,
                "impression_count": counted[4] if verb != REPOST else 0,
            },
        }
        if entities:
            post["entities"] = entities
        if named >= 0:
            target = self._item[place] if verb == REPOST else named
            post["referenced_tweets"] = [{"type": _REFERENCE[verb], "id": str(self._key[target])}]
            if verb == REPLY:
                post["in_reply_to_user_id"] = self._account_key[self._actor[named]]
        return post

    def _text(self, place: int) -> tuple[str, Any]:
        said = self._writer.write(place)
        text = said.words if said.link is None else f"{said.words} {_short(said.link)}"
        if self._verb[place] == QUOTE:
            named = self._object[place]
            link = f"https://twitter.com/{self._handle[self._actor[named]]}/status/{self._key[named]}"
            text = f"{text} {_short(link)}"
        return text, said


def _user(world: World, place: int) -> dict[str, Any]:
    names = world.names
    key = int(world.account_key[place])
    wide = bool(names.domain[place])
    opened = np.datetime64("2009-01-01T00:00:00", "s") + (key // 7919 * 104_729) % 500_000_000
    user: dict[str, Any] = {
        "id": str(key),
        "username": names.handle[place],
        "name": names.name[place],
        "description": names.bio[place].replace("&", "&amp;"),
        "created_at": f"{opened}.000Z",
        "protected": False,
        "verified": wide,
        "verified_type": "business" if wide else "none",
        "url": f"https://t.co/{_base(key)[:10]}" if wide else "",
        "public_metrics": {
            "followers_count": int(world.followers[place]),
            "following_count": 20 + key // 7919 % 900,
            "tweet_count": 100 + key // 7919 * 31 % 20_000,
            "listed_count": int(world.followers[place]) // 400,
        },
    }
    if wide:
        user["entities"] = {"url": {"urls": [_site(user["url"], names.domain[place])]}}
    return user


def _site(short: str, domain: str) -> dict[str, Any]:
    return {"start": 0, "end": len(short), "url": short, "expanded_url": f"https://{domain}/", "display_url": domain}


def _mention(start: int, handle: str, key: str) -> dict[str, Any]:
    return {"start": start, "end": start + len(handle) + 1, "username": handle, "id": key}


def _span(text: str, words: str, **facts: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), **facts}


def _hashtags(text: str, tags: tuple[str, ...]) -> list[dict[str, Any]]:
    """Those of the tags that a shortened text still holds, in its order; one may begin as another does."""
    found, place = [], 0
    for tag in tags:
        place = text.find(f"#{tag}", place)
        if place < 0:
            break
        found.append({"start": place, "end": place + len(tag) + 1, "tag": tag})
        place += len(tag) + 1
    return found


def _link(text: str, link: str) -> dict[str, Any]:
    return {**_span(text, _short(link)), "url": _short(link), "expanded_url": link, "display_url": link[8:34]}


def _short(link: str) -> str:
    """The short address that X puts in the place of every link; the same link, the same address."""
    number = 0
    for letter in link.encode():
        number = (number * 131 + letter) % (1 << 61)
    return f"https://t.co/{_base(number)[:10]}"


def _base(number: int) -> str:
    digits = []
    for _ in range(10):
        number, digit = divmod(number, 62)
        digits.append(_LETTERS[digit])
    return "".join(digits)
