"""The keys of X's own pages that are read, as typed records: everything else in a line is skipped while decoding."""

from __future__ import annotations

import msgspec

from ascendant.read.x_posts import records_v1
from ascendant.read.x_posts.entities import Whole


class Legacy(records_v1.Post, gc=False):
    """A post as API v1.1 wrote it, with its original in a box."""

    user_id_str: str | None = None
    retweeted_status_result: Boxed | None = None


class Name(msgspec.Struct, gc=False):
    """The names of an account."""

    screen_name: str | None = None
    name: str | None = None
    created_at: str | None = None


class Verification(msgspec.Struct, gc=False):
    """Whether and how an account is verified."""

    verified: bool | None = None
    is_blue_verified: bool | None = None
    verified_type: str | None = None


class Bio(msgspec.Struct, gc=False):
    """What an account says of itself."""

    description: str | None = None


class Relationships(msgspec.Struct, gc=False):
    """How many follow, and are followed."""

    followers: Whole | None = None
    following: Whole | None = None


class Website(msgspec.Struct, gc=False):
    """The link of a profile."""

    url: str | None = None


class User(msgspec.Struct, gc=False):
    """An account: its fields moved out of `legacy` one after the other."""

    rest_id: str | None = None
    legacy: records_v1.User | None = None
    core: Name | None = None
    is_blue_verified: bool | None = None
    verification: Verification | None = None
    profile_bio: Bio | None = None
    relationship_counts: Relationships | None = None
    website: Website | None = None


class UserResult(msgspec.Struct, gc=False):
    """A box around an account."""

    result: User | None = None


class Core(msgspec.Struct, gc=False):
    """Where the author of a post stands."""

    user_results: UserResult | None = None


class Note(msgspec.Struct, gc=False):
    """A long text and what X found in it."""

    text: str | None = None
    entity_set: records_v1.Entities | None = None


class NoteResult(msgspec.Struct, gc=False):
    """A box around a long text."""

    result: Note | None = None


class LongText(msgspec.Struct, gc=False):
    """Where a long text stands."""

    note_tweet_results: NoteResult | None = None


class Views(msgspec.Struct, gc=False):
    """How often a post was shown."""

    count: str | Whole | None = None


class Boxed(msgspec.Struct, gc=False):
    """A box around a post."""

    result: Post | None = None


class Post(msgspec.Struct, gc=False):
    """A post."""

    rest_id: str | None = None
    legacy: Legacy | None = None
    core: Core | None = None
    user: records_v1.User | None = None
    note_tweet: LongText | None = None
    views: Views | None = None
    ext_views: Views | None = None
    quoted_status_result: Boxed | None = None
    tweet: Post | None = None
    tombstone: dict[str, msgspec.Raw] | None = None
    promoted: bool | None = None


class ImportMeta(msgspec.Struct, gc=False):
    """What 4CAT noted when it imported."""

    timestamp_collected: int | float | None = None


class Line(Post, gc=False, rename={"import_meta": "__import_meta", "kind": "__typename"}):
    """A line: a post, or Zeeschuimer\'s wrapping around one."""

    data: Post | None = None
    timestamp_collected: int | float | None = None
    import_meta: ImportMeta | None = None
    kind: str | None = None
