"""Facts of Facebook -> records as its export writes them: old ones by name, new ones as labels and values.

Numbers stand in addresses alone: an item is known by its address, where the export gives it, an account by its name.
"""

from __future__ import annotations

from typing import Any, Final

from ascendant.demo.archives.facebook_words import LABELS, NOTIFICATIONS, REACTIONS, SENTENCES
from ascendant.demo.archives.facts import Act, Looked, Met, Shown
from ascendant.demo.archives.person import Person

Record = dict[str, Any]

SITE: Final = "https://www.facebook.com"


class Sayings:
    """Sentences and labels in the person's language."""

    def __init__(self, person: Person) -> None:
        self._person, self._sentences, self.labels = person, SENTENCES[person.lang], LABELS[person.lang]

    # Not called `say`: that marks texts of our own, to be translated.
    def __call__(self, kind: str, *, who: str = "", group: str = "") -> str:
        """A sentence about what the person did."""
        return self._sentences[kind].format(me=self._person.name, who=who, group=group)

    def label(self, kind: str, value: str, **more: Any) -> Record:
        """A label and its value."""
        return {"label": self.labels[kind], "value": value, **more}

    def at(self, kind: str, seconds: int) -> Record:
        """A label and its time."""
        return {"label": self.labels[kind], "timestamp_value": seconds}

    def listed(self, kind: str, values: list[str]) -> Record:
        """A label and its list."""
        return {"label": self.labels[kind], "vec": [{"value": value} for value in values]}


def url(address: str) -> Record:
    """The label of an address, which is called the same everywhere."""
    return {"label": "URL", "value": address, "href": address}


def labelled(key: int, *labels: Record, at: int | None = None, **more: Any) -> Record:
    """A record of the newest layout."""
    when = {} if at is None else {"timestamp": at}
    return {**when, **more, "media": [], "label_values": list(labels), "fbid": str(10**15 + key)}


def item_of(act: Act) -> str:
    """The address of the item that was passed on or reacted to; without an author where there is none to be known."""
    assert act.source is not None
    key = number(act)
    return f"{SITE}/{act.source.handle}/posts/{key}" if act.has_address else f"{SITE}/reel/{key}"


def number(act: Act) -> int:
    """The number of the item."""
    return (act.item_at or act.at) * 10**6 + (act.item_key or act.key) % 10**6


def post(act: Act, tell: Sayings) -> Record:
    """A post, or a share, on the person's own page."""
    kind = {"post": "post", "link": "link", "link_with_words": "link"}.get(act.kind, "repost")
    record: Record = {"timestamp": act.at}
    shown: Record | None = None
    words = act.text
    if act.kind in ("repost", "quote"):
        words = act.text if act.kind == "quote" else ""
        shown = {"name": "" if act.kind == "quote" else act.text[:60], "source": ""}
        if act.has_address or act.key % 2:  # else Facebook left the address out: it cannot be seen any more
            shown = {"url": item_of(act), **shown}
    elif act.link is not None:
        shown = {"url": act.link, "name": "", "source": act.link.split("/")[2]}
    if shown is not None:
        record["attachments"] = [{"data": [{"external_context": shown}]}]
    record["data"] = [{"post": words}] if words else []
    if act.key % 50 == 0:
        record["data"].append({"update_timestamp": act.at})
    return {**record, "title": tell(kind)}


def group_post(act: Act, tell: Sayings) -> Record:
    """A post in a group."""
    title = tell("group_post", group=act.group or "")
    return {"timestamp": act.at, "data": [{"post": act.text}], "title": title}


def comment(act: Act, tell: Sayings, person: Person) -> Record:
    """A comment. For whom it was stands in a sentence alone."""
    if act.source is None:
        title = tell("own_reply")
    else:
        title = tell("group_reply" if act.group else "reply", who=act.source.name, group=act.group or "")
    said: Record = {"timestamp": act.at, "comment": act.text, "author": person.name}
    if act.group:
        said["group"] = act.group
    return {"timestamp": act.at, "data": [{"comment": said}], "title": title}


def is_in_new(act: Act) -> bool:
    """Whether a reaction stands among those of the newest layout; a few do not."""
    return act.key % 20 != 0


def is_in_old(act: Act) -> bool:
    """Whether a reaction stands in the old layout; a few others do not."""
    return act.key % 20 != 1


def new_reaction(act: Act, tell: Sayings, person: Person) -> Record:
    """A reaction with an address."""
    labels = [tell.label("reaction", REACTIONS[person.lang][act.key % 5][1]), url(item_of(act))]
    if act.group:
        inner = [{"dict": [tell.label("name", act.group)], "title": ""}]
        labels.append({"dict": inner, "title": tell.labels["group"]})
    return labelled(act.key, *labels, at=act.at)


def old_reaction(act: Act, tell: Sayings, person: Person) -> Record:
    """The same with a sentence. `actor` is the owner."""
    assert act.source is not None
    title = tell("group_react" if act.group else "react", who=act.source.name, group=act.group or "")
    told = {"reaction": REACTIONS[person.lang][act.key % 5][0], "actor": person.name}
    return {"timestamp": act.at, "data": [{"reaction": told}], "title": title}


def vote(act: Act, tell: Sayings) -> Record:
    """A vote in a poll."""
    assert act.source is not None
    options = [{"option": "1", "voted": act.key % 2 == 0}, {"option": "2", "voted": act.key % 2 == 1}]
    poll = {"question": act.text, "options": options}
    title = tell("vote", who=act.source.name)
    return {"timestamp": act.at, "attachments": [{"data": [{"poll": poll}]}], "title": title}


def notification(one: Met, person: Person) -> Record:
    """What somebody did to the person's items."""
    kind, french, english = NOTIFICATIONS[one.verb]
    text = (english if person.lang == "en" else french).format(who=one.account.name)
    if one.verb in ("follow", "accept"):
        href = f"{SITE}/{one.account.handle}?notif_t={kind}"
    elif kind:
        href = f"{SITE}/{person.slug}/posts/{one.key}?notif_t={kind}"
    else:
        href = f"{SITE}/watch/"
    return {"timestamp": one.at, "unread": one.key % 9 == 0, "href": href, "text": text}


def ad(shown: Shown, tell: Sayings) -> Record:
    """An ad that was shown: its title and its address, whose number is the advertiser's."""
    return labelled(shown.key % 10**12, tell.label("ad", shown.text, href=ad_address(shown)), tell.at("time", shown.at))


def ad_click(shown: Shown, tell: Sayings) -> Record:
    """An ad that was opened."""
    labels = (tell.label("action", tell.labels["clicked"]), tell.label("title", shown.text), url(ad_address(shown)))
    return labelled(shown.key % 10**12, *labels, at=shown.at)


def ad_address(shown: Shown) -> str:
    """Where an ad stands."""
    assert shown.advertiser is not None
    return f"{SITE}/{shown.advertiser.key}/posts/{10**14 + shown.key % 10**13}"


def seen(one: Looked, tell: Sayings) -> Record:
    """Something that was put before their eyes, as an entry of a list."""
    assert one.account is not None
    at_home = f"{SITE}/{one.account.handle}/posts/{one.key}" if one.account.has_address else f"{SITE}/reel/{one.key}"
    return {"dict": [tell.label("event", one.text), url(at_home), tell.at("time", one.at or 0)]}
