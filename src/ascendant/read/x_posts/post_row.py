"""What a record tells of a post, whatever its form -> the activity row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from ascendant.activity import Activity, Metrics
from ascendant.read.x_posts.entities import reposted_words

if TYPE_CHECKING:
    from ascendant.read.x_posts.api_v1 import Said

Relation: TypeAlias = tuple[str, str | None, str | None]  # verb; key and author of the post passed on or answered

_RELAYS: Final = {"repost": "pure", "quote": "quote"}


def post_row(
    key: str,
    actor: str | None,
    moment: tuple[int | None, str | None, str | None],
    relation: Relation,
    said: Said,
    *,
    thread: str | int | None,
    metrics: Metrics | None,
    collected_at: int | None,
    pointer: str,
    has_original: bool = True,
) -> Activity:
    """The row of a post, with what the record should tell and does not in `missing`.

    Posts and the thread go by their keys, `actor` and authors by their account ids; `moment` is microseconds, basis
    and precision. A repost without its original at hand (`has_original`) gives the words behind `RT @handle:`.
    """
    verb, object_key, author = relation
    text, lang, links, tags, mentions = said
    happened_at, basis, precision = moment
    missing = [] if actor is not None else ["actor_id"]
    if verb == "repost" and not has_original:
        text, is_cut = reposted_words(text)
        if is_cut:
            missing.append("text")
    if verb != "post":
        if object_key is None:
            missing.append("object_id")
        if author is None:
            missing.append("object_author_id")
    return Activity(
        activity_id=f"x:{key}",
        platform="x",
        verb=verb,
        actor_id=actor,
        object_id=f"x:{object_key}" if object_key is not None else None,
        object_author_id=author,
        object_kind="post" if verb != "post" else None,
        thread_id=f"x:{thread}" if thread else None,
        happened_at=happened_at,
        time_basis=basis,
        time_precision=precision,
        text=text,
        lang=lang,
        urls=links,
        hashtags=tags,
        mentions=mentions,
        relay=_RELAYS.get(verb),
        metrics=metrics,
        collected_at=collected_at,
        missing=tuple(missing) or None,
        source_pointer=pointer,
    )
