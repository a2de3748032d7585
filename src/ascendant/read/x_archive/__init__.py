"""Somebody's own archive of X ("Download an archive of your data") -> what they did and what was done to them.

All layouts are read: `data/*.js` with its manifest, in parts or whole; the `.js` files without a folder of 2018 to
2020; the posts by month, or the table of posts, of before. Which file is read by what stands in `catalogue`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.errors import SeveralOwners, mark
from ascendant.read.archive import NOT_ASKED, archives_in, covered
from ascendant.read.export import Export, Member
from ascendant.read.options import ReadOptions
from ascendant.read.owners import Owned
from ascendant.read.x_archive.catalogue import (
    HEADERS,
    IDENTITY,
    MANIFEST,
    MESSAGE_HEADERS,
    MONTHS,
    POSTS,
    TABLE,
    TODAY,
    is_known,
    is_left,
    names_of,
    stories,
)
from ascendant.read.x_archive.owner import owner_of
from ascendant.read.x_archive.posts import Posts
from ascendant.read.x_archive.reading import VIEWER, Reading
from ascendant.read.x_archive.records_owner import HeaderLine
from ascendant.read.x_archive.story import Owner
from ascendant.read.x_archive.table import SAME_POSTS, is_table_of_posts, posts_in_table

Item: TypeAlias = Activity | Account | Coverage | Reject

# What the reference says that this reader knows: layouts, then files.
FILES: Final = {
    "data/*.js": "archives since 2020, folders or zips, whole or in parts; checked against manifest.js",
    "*.js": "archives of 2018 to 2020, whose files lie in no folder",
    "data/js/tweets/*.js": "archives of before 2018: posts by month, checked against tweet_index.js",
    "tweets.csv": "the table of posts of archives of before 2018, where nothing else is left",
    "account, profile, verified, screen-name-change": "whose archive it is; e-mail and telephone are not read",
    "tweets, deleted-tweets, community-tweet, note-tweet": "what they posted, passed on, quoted, answered",
    "like": "what they liked, in order, without a time",
    "following, follower, block, mute, lists-*": "whom they follow, who follows them, whom they shut out",
    "ad-impressions, ad-engagements": "ads shown to them with the criteria that chose them, and those that they opened",
    "personalization, ageinfo": "what X infers of them, and which advertisers hold them on a list",
    "ad-*-conversions-*, connected-application": "what advertisers told X of them, and what reads for them",
    "user-link-clicks, saved-search, community-note-rating": "what they opened, searched and voted on",
    "direct-message-headers, direct-message-group-headers": "with `--with-messages`: how many messages with whom",
}

NO_MANIFEST: Final = mark("without it nothing tells how many records each file should hold")
ELSEWHERE: Final = mark("announced, and not there: in another part of the archive, or lost")
FEWER_THAN_HEADERS: Final = mark("there are not as many posts as headers of posts")
HEADERS_ONLY: Final = mark("counted, and compared with the posts")

_BEGINS: Final = re.compile(
    rb"\s*(window\.(YTD\.|__THAR_CONFIG)|Grailbird\.data\.|var (tweet_index|user_details|payload_details)\b)"
)
_EMPTY: Final = re.compile(rb"\s*([\w.$]+\s*=\s*)?(\[\s*\]|\{\s*\})?[\s;]*")
_MOST_LOOKS: Final = 12


class XArchiveReader:
    """The reader of own archives of X."""

    name = "x_archive"
    version = 1
    platform = "x"

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """Names of its files, and that one of them begins as X begins them."""
        looked = 0
        for archive in archives_in(export, is_known, IDENTITY):
            for path, members in archive.places.items():
                if looked == _MOST_LOOKS:
                    return False
                if path == TABLE:
                    looked += 1
                    if is_table_of_posts(members[0].head(4096)):
                        return True
                elif path.endswith(".js") and (is_known(path) or path.startswith("data/")):
                    looked += 1
                    if _BEGINS.match(members[0].head(256).removeprefix(b"\xef\xbb\xbf")):
                        return True
        return False

    def owners(self, export: Export) -> list[Owned]:
        """Whose archives they are. Raises `SeveralOwners` when the files of one name several people."""
        found = []
        for archive in archives_in(export, is_known, IDENTITY):
            owner, account = owner_of(Reading(archive))
            found.append(Owned(archive, account, tuple(sorted(owner.handles))))
        return found

    def read(self, export: Export, options: ReadOptions) -> Iterator[Item]:
        """Raises `SeveralOwners`, `AmbiguousMember`; `BrokenFile` after what could be read."""
        found = [Reading(archive) for archive in archives_in(export, is_known, IDENTITY)]
        owners = [owner_of(reading) for reading in found]
        names = {owner.key: account.handle or owner.key for owner, account in owners if account is not None}
        if len(names) > 1:
            raise SeveralOwners(file=export.label, n=len(names), owners=", ".join(sorted(map(str, names.values()))))
        for reading, (owner, account) in zip(found, owners, strict=True):
            yield from _items(reading, owner, account, options)
        for reading in found:
            if reading.damage is not None:
                raise reading.damage


READER = XArchiveReader()


def _items(reading: Reading, owner: Owner, account: Account | None, options: ReadOptions) -> Iterator[Item]:
    yield from reading.rejects
    for name, story in stories(owner, options):
        yield from reading.told_by(story, reading.members(*names_of(name)))
        if name == POSTS and isinstance(story, Posts):
            yield from _older_posts(reading, story)
    yield from _headers(reading)
    if account is not None:
        sources = reading.members("account.js", "js/user_details.js", MANIFEST)
        yield msgspec.structs.replace(
            account,
            followers=reading.n_in("follower.js"),
            following=reading.n_in("following.js"),
            source_file=sources[0].name if sources else None,
        )
    yield from _coverage(reading, options)


def _older_posts(reading: Reading, posts: Posts) -> Iterator[Item]:
    """Posts by month, or where there are none the table of posts."""
    months = reading.archive.below(MONTHS)
    yield from reading.told_by(posts, months)
    for member in reading.archive.family(TABLE):
        if months or not is_table_of_posts(member.head(4096)):
            reading.cover(member, "unread", 0, SAME_POSTS if months else None)
        else:
            yield from posts_in_table(reading, member, posts)


def _headers(reading: Reading) -> Iterator[Reject]:
    """Headers of posts are no posts: they tell how many there should be."""
    members = reading.members(HEADERS)
    decoder = msgspec.json.Decoder(HeaderLine)
    for member in members:
        for found in reading.each(member, decoder):
            if isinstance(found, Reject):
                yield found
        reading.add_note(member, HEADERS_ONLY)
    n_headers, n_posts = reading.n_in(HEADERS), reading.n_in(*names_of(POSTS))
    if members and n_headers is not None and n_posts is not None and n_headers != n_posts:
        reading.add_note(members[0], FEWER_THAN_HEADERS)


def _coverage(reading: Reading, options: ReadOptions) -> Iterator[Coverage]:
    archive = reading.archive
    for name in (*TODAY, *(() if options.with_messages else MESSAGE_HEADERS)):
        for member in reading.members(*names_of(name)):
            if member.name not in reading.told:
                is_empty = _is_empty(member)
                reading.cover(member, "empty" if is_empty else "unread", 0, None if is_empty else NOT_ASKED)
    told = {row.member: msgspec.structs.replace(row, note=ELSEWHERE) for row in reading.absent()}
    is_old = bool(archive.below("data/js")) or bool(archive.family(TABLE))
    known = [] if is_old else [f"data/{name}" for name in TODAY if not reading.members(*names_of(name))]
    for row in covered(archive, {**reading.told, **told}, known, is_left, (VIEWER,)):
        if row.status == "absent" and row.member.endswith(f"data/{MANIFEST}"):
            yield msgspec.structs.replace(row, note=NO_MANIFEST)
        else:
            yield row


def _is_empty(member: Member) -> bool:
    head = member.head(4096)
    return len(head) < 4096 and _EMPTY.fullmatch(head.removeprefix(b"\xef\xbb\xbf")) is not None
