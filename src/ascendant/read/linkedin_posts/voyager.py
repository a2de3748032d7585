"""Zeeschuimer's records of LinkedIn's own pages ("Voyager V2") -> posts and shares, and the accounts that they name.

Each record is a post as it was shown in somebody's browser; 4CAT adds `__import_meta`, Zeeschuimer wraps it in
`data`. A share holds the post that it passes on, which is a fact like any. What a header says ("X reposted this") is
a sentence in the language of the page, and is not read. Where a record holds only a reference to the post that is
shared, its author is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ascendant.activity import Account, Activity, Coverage, Metrics, Reject
from ascendant.errors import BrokenFile, mark
from ascendant.read.export import Member
from ascendant.read.json_records import Record, part, records, whole_number, words
from ascendant.read.known_tables import NEGATIVE_NOTE, NO_ID, Item, News
from ascendant.read.linkedin_ids import account_at, followers_in, is_organisation, post_key, time_of
from ascendant.read.linkedin_posts.four_cat import shown_as_ad
from ascendant.read.links import distinct, links_in
from ascendant.read.tabular.cells import Unreadable
from ascendant.read.x_posts.entities import tags_in

NOT_A_POST: Final = mark("no post of LinkedIn: it has no author's line")

_DIGITS: Final = re.compile(r"\d")


def is_voyager(head: bytes) -> bool:
    """Whether the first bytes are those of a record of LinkedIn's pages."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] not in (b"{", b"["):
        return False
    is_linkedin = b"urn:li:" in start and b'"actor"' in start
    return is_linkedin and any(key in start for key in (b'socialDetail"', b'"updateMetadata"', b'"preDashEntityUrn"'))


def items(member: Member) -> Iterator[Item]:
    """All items of a member, its `Coverage` last. Raises `BrokenFile` after that where the file breaks off."""
    news, notes, n_records = News(), list[str](), 0
    damage: BrokenFile | None = None
    try:
        for pointer, record in records(member):
            n_records += 1
            if isinstance(record, Reject):
                yield record
                continue
            inner = part(record, "data")
            try:
                facts = _facts(inner if isinstance(inner, dict) else record, _collected(record), pointer, notes)
            except Unreadable as unreadable:
                yield Reject(pointer, unreadable.reason, unreadable.detail)
                continue
            for fact in facts:
                if not isinstance(fact, Account) or news.about(fact):
                    yield fact
    except BrokenFile as error:
        damage = error
    status = "unreadable" if damage is not None else "parsed" if n_records else "empty"
    yield Coverage(member=member.name, status=status, rows_in=n_records, note="; ".join(notes) or None)
    if damage is not None:
        raise damage


def _facts(item: Record, collected_at: int | None, pointer: str, notes: list[str]) -> list[Activity | Account]:
    if not isinstance(part(item, "actor"), dict):
        raise Unreadable(NOT_A_POST)
    key = _key(item)
    if key is None:
        raise Unreadable(NO_ID)
    reshared = part(item, "resharedUpdate")
    post, author = _post(item, key, reshared, collected_at, pointer, notes)
    facts: list[Activity | Account] = [post]
    age = words(part(item, "actor", "subDescription", "text"))
    if age is not None and not _DIGITS.search(age):
        facts.append(shown_as_ad(post))
    facts += [author] if author is not None else []
    if isinstance(reshared, dict) and (inner := _key(reshared)) and isinstance(part(reshared, "actor"), dict):
        original, its_author = _post(reshared, inner, None, collected_at, f"{pointer}/resharedUpdate", notes)
        facts += [original, *([its_author] if its_author is not None else [])]
    return facts


def _post(
    item: Record, key: str, reshared: object, collected_at: int | None, pointer: str, notes: list[str]
) -> tuple[Activity, Account | None]:
    author = _author(item, collected_at)
    text = words(part(item, "commentary", "text", "text"))
    root, root_author = _root(reshared)
    time = time_of(key)
    metrics, missing = _metrics(item, notes)
    missing += ["actor_id"] if author is None else []
    missing += ["happened_at"] if time is None else []
    missing += ["object_id"] if reshared is not None and root is None else []
    missing += ["object_author_id"] if reshared is not None and root_author is None else []
    tags, mentions = _named(item)
    article = part(item, "content", "articleComponent", "navigationContext", "actionTarget")
    link = words(part(item, "content", "navigationContext", "actionTarget")) or words(article)
    verb = "post" if reshared is None else "quote" if text else "repost"
    return (
        Activity(
            activity_id=f"linkedin:{key}",
            platform="linkedin",
            verb=verb,
            relay={"quote": "quote", "repost": "pure"}.get(verb),
            actor_id=author.account_id if author is not None else None,
            object_id=f"linkedin:{root}" if root is not None else None,
            object_author_id=root_author,
            object_kind="post" if reshared is not None else None,
            happened_at=time[0] if time else None,
            time_precision=time[1] if time else None,
            time_basis=time[2] if time else None,
            text=text,
            urls=distinct([link, *links_in(text)]),
            hashtags=tuple(dict.fromkeys([*tags, *(tags_in(text or "") or ())])) or None,
            mentions=tuple(dict.fromkeys(mentions)) or None,
            metrics=metrics,
            collected_at=collected_at,
            missing=tuple(missing) or None,
            source_pointer=pointer,
        ),
        author,
    )


def _key(item: Record) -> str | None:
    """The number of a post; of a collapsed pair, the first."""
    for path in (("updateMetadata", "urn"), ("preDashEntityUrn",), ("dashEntityUrn",), ("entityUrn",)):
        try:
            if key := post_key(words(part(item, *path))):
                return key
        except Unreadable:
            continue
    return None


def _root(reshared: object) -> tuple[str | None, str | None]:
    """The number and the author of the post that is passed on."""
    if isinstance(reshared, dict):
        author = _author(reshared, None)
        return _key(reshared), author.account_id if author is not None else None
    try:
        return post_key(words(reshared)), None
    except Unreadable:
        return None, None


def _author(item: Record, collected_at: int | None) -> Account | None:
    address = words(part(item, "actor", "navigationContext", "actionTarget"))
    account = account_at(address)
    if account is None or address is None:
        return None
    about = words(part(item, "actor", "description", "text"))
    followers = followers_in(about) if is_organisation(account) else None
    return Account(
        account_id=account,
        platform="linkedin",
        handle=account.partition("@")[2],
        name=words(part(item, "actor", "name", "text")),
        bio=about if followers is None else None,
        url=address.partition("?")[0],
        followers=followers,
        declared_kind="company" if is_organisation(account) else None,
        resolved="exact",
        collected_at=collected_at,
    )


def _metrics(item: Record, notes: list[str]) -> tuple[Metrics | None, list[str]]:
    social = part(item, "socialDetail")
    counts = part(social, "totalSocialActivityCounts")
    if isinstance(counts, dict):
        written = {"likes": counts.get("numLikes"), "replies": counts.get("numComments")}
        written["reposts"] = counts.get("numShares")
    else:
        written = {"likes": part(social, "likes", "paging", "total"), "reposts": part(social, "totalShares")}
        written["replies"] = part(social, "comments", "paging", "total")
    found: dict[str, int] = {}
    missing: list[str] = []
    for name, value in written.items():
        n = whole_number(value)
        if n is not None and n >= 0:
            found[name] = n
        elif value is not None:
            missing.append(name)
            if n is not None and NEGATIVE_NOTE not in notes:
                notes.append(NEGATIVE_NOTE)
    return Metrics(**found) if found else None, missing


def _named(item: Record) -> tuple[list[str], list[str]]:
    """Hashtags, and the accounts that the text mentions."""
    tags: list[str] = []
    mentions: list[str] = []
    text = part(item, "commentary", "text")
    for name in ("attributes", "attributesV2"):
        listed = part(text, name)
        for attribute in listed if isinstance(listed, list) else []:
            for thing in _things(attribute):
                urn = words(part(thing, "trackingUrn")) or ""
                if urn.startswith("urn:li:hashtag:"):
                    tags.append(urn.rpartition(":")[2].removeprefix("#").lower())
                for key, place in (("publicIdentifier", "in"), ("universalName", "company")):
                    if account := account_at(f"{place}/{words(part(thing, key)) or ''}"):
                        mentions.append(account)
    return [tag for tag in tags if tag], mentions


def _things(attribute: object) -> Iterator[object]:
    """The records inside an attribute of a text, and inside its details."""
    if isinstance(attribute, dict):
        yield attribute
        details = part(attribute, "detailData")
        for value in [*attribute.values(), *(details.values() if isinstance(details, dict) else ())]:
            if isinstance(value, dict):
                yield value


def _collected(record: Record) -> int | None:
    for path in (("__import_meta", "timestamp_collected"), ("timestamp_collected",)):
        ms = whole_number(part(record, *path))
        if ms is not None and 10**12 < ms < 4_102_444_800_000:
            return ms * 1000
    return None
