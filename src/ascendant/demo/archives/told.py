"""What each platform's archive lets one know of an act: whose item it was, which conversation, how late.

The world knows all of it; the archives leave much of it out, each in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable

from ascendant.demo.archives import facebook_records, linkedin_records, x_records
from ascendant.demo.archives.facts import Act
from ascendant.demo.archives.person import Person

DAY_SECONDS = 86_400
PART_OF = {
    "post": "start",
    "link_with_words": "start",
    "repost": "pass_on",
    "quote": "pass_on",
    "link": "pass_on",
    "reply": "answer",
    "conversation": "answer",
    "react": "like",
    "vote": "like",
}


def act_id(act: Act, person: Person) -> str | None:
    """The act's number, where the archive gives it one."""
    if act.platform == "x" and act.kind not in ("react", "vote"):
        return f"x:{x_records.number(act.at, act.key)}"
    if act.platform == "linkedin" and linkedin_records.is_share(act):
        return f"linkedin:{linkedin_records.number(act.at, act.key)}"
    return None


def source_of(act: Act, person: Person) -> str | None:
    """Whose item it was, as the archive tells: an account's id, the owner's own, or nothing."""
    if act.to_me:
        return None if act.platform == "facebook" else person.account_ids[act.platform]
    if act.source is None:
        return None
    if act.platform == "x":
        return act.source.account_id if act.kind in ("repost", "quote", "reply") else None
    if act.platform == "linkedin":
        return act.source.account_id if act.kind == "quote" and act.has_address else None
    # On Facebook an address tells, else a sentence that names somebody whom the archive's lists know.
    if act.kind in ("repost", "quote"):
        return act.source.account_id if act.has_address else None
    if act.kind == "react" and act.has_address and facebook_records.is_in_new(act):
        return act.source.account_id
    is_in_sentence = act.kind != "react" or facebook_records.is_in_old(act)
    return act.source.account_id if is_in_sentence and act.source.is_followed else None


def thread_of(act: Act) -> str | None:
    """The conversation, as far as the archive tells: on X the answered item, on LinkedIn the post."""
    if act.kind != "reply" or act.platform == "facebook" or act.item_at is None or act.item_key is None:
        return None
    if act.platform == "x":
        return f"x:{x_records.number(act.item_at, act.item_key)}"
    assert act.root_at is not None
    assert act.root_key is not None
    return f"linkedin:{linkedin_records.number(act.root_at, act.root_key)}"


def delay_of(act: Act) -> int | None:
    """Seconds between the item and the act, where the archive tells of both."""
    if (
        act.item_at is None
        or act.platform == "facebook"
        or (act.platform == "x" and act.kind not in ("quote", "reply"))
    ):
        return None
    if act.platform == "linkedin" and act.to_me and act.root_at is not None:
        return act.at - act.root_at  # of one's own comments the address names the post alone
    return act.at - act.item_at


def firsts(acts: Iterable[Act], person: Person, *, share_one: bool = True, is_true: bool = False) -> set[int]:
    """Which replies (by `id`) are the first of a pair in their conversation; the others are conversation.

    Of what the archive tells no conversation of, `share_one` takes all of a day (UTC) between two accounts for one, and
    all of a day for one whose account it does not tell; else each stands alone. `is_true`: by what happened, not by
    what the archive tells. Answers to oneself are never first.
    """
    seen: set[tuple[object, ...]] = set()
    found = set()
    for act in sorted((act for act in acts if act.kind == "reply"), key=lambda act: act.at):
        source = act.source.account_id if is_true and act.source is not None else source_of(act, person)
        if source == person.account_ids[act.platform] or (is_true and act.to_me):
            continue
        thread: object = act.thread if is_true else thread_of(act)
        if thread is None:
            thread = ("day", act.at // DAY_SECONDS) if share_one else act.at
        pair = (act.platform, thread, source)
        if pair not in seen:
            seen.add(pair)
            found.add(id(act))
    return found
