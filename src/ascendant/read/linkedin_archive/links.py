"""Addresses inside LinkedIn -> which post or comment, whose, in which conversation.

An address of a comment names the post, the comment, and where there is one the reply to the comment; one that was
copied from the site names the post's author before its title. A number holds the moment at which its post was made.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from ascendant.read.linkedin_ids import account_at, post_key, time_of
from ascendant.read.tabular.cells import Unreadable

# An author whose name stands in the address of a post may also be a company's page of that name.
FROM_ADDRESS: Final = 0.9

_COMMENT: Final = re.compile(r"(replyUrn=)?urn:li:comment:\((?:urn:li:)?\w+:(\d+),(\d+)\)")
_AUTHOR: Final = re.compile(r"(?i)linkedin\.com/posts/([^/?#_]+)_")
_HOST: Final = re.compile(r"(?i)(?:www\.)?(?:[\w-]+\.)?linkedin\.com/")
_SAME_SECOND: Final = 5_000_000  # of an act and of the number that it was given, in microseconds


class Target(NamedTuple):
    """What an address leads to: numbers of a post, a comment on it and a reply to that, and the post's author."""

    post: str | None = None
    comment: str | None = None
    reply: str | None = None
    author: str | None = None

    @property
    def kind(self) -> str:
        """comment or post."""
        return "comment" if self.reply or self.comment else "post"

    @property
    def number(self) -> str | None:
        """The innermost of its numbers."""
        return self.reply or self.comment or self.post


NOWHERE: Final = Target()


def target_of(address: str | None) -> Target:
    """What an address or an urn leads to.

    >>> target_of("https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7351999000000000000").post
    '7351999000000000000'
    >>> target_of("https://www.linkedin.com/posts/ada-ex_plan-activity-7352000000000000000-Ab1c").author
    'linkedin:@ada-ex'
    >>> target_of("urn:li:activity:7?commentUrn=urn:li:comment:(activity:7,8)&replyUrn=urn:li:comment:(activity:7,9)")
    Target(post='7', comment='8', reply='9', author=None)
    """
    if not address:
        return NOWHERE
    decoded = unquote(address) if "%" in address else address
    comment = reply = inside = None
    if "urn:li:comment:" in decoded:
        for is_reply, post, number in _COMMENT.findall(decoded):
            inside = inside or post
            if is_reply:
                reply = reply or number
            else:
                comment = comment or number
    try:
        post_number = post_key(decoded.partition("?")[0]) if not decoded.startswith("urn:li:comment:") else inside
    except Unreadable:
        post_number = inside
    author = _AUTHOR.search(address)
    return Target(post_number or inside, comment, reply, _account(f"in/{author[1]}") if author else None)


def is_own(number: str | None, at: int | None) -> bool:
    """Whether a number was given when somebody acted: then it is the act's own."""
    made = time_of(number) if number is not None else None
    return made is not None and at is not None and abs(made[0] - at) <= _SAME_SECOND


def profile_at(address: str | None) -> str | None:
    """The account behind the address of a profile, with or without `https://`.

    >>> profile_at("www.linkedin.com/in/Ada-Ex"), profile_at("https://fr.linkedin.com/in/ada-ex"), profile_at("ada")
    ('linkedin:@ada-ex', 'linkedin:@ada-ex', None)
    """
    if not address or "linkedin.com" not in address.lower():
        return None
    return _account(address if "://" in address or not _HOST.match(address) else f"https://{address}")


def _account(address: str) -> str | None:
    key = account_at(address)
    return None if key is None or key.endswith(("@", "/")) else key  # of an address that holds NUL alone
