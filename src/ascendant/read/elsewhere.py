"""Exports of other platforms, told by the names of their files, so that nobody has to guess why nothing was read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ascendant.errors import OtherPlatform
from ascendant.read.archive import plain
from ascendant.read.export import Export, Member

# What only this platform writes, as `plain` paths; what stands before the match is what the export is wrapped in.
_SIGNS: Final = {
    "Instagram": r"your_instagram_activity/|followers_and_following/|(?:\w+/){0,2}instagram_profile_information\.|"
    r"apps_and_websites_off_of_instagram/|(?:\w+/)?instagram_ads_and_businesses/",
    "TikTok": r"user_data_tiktok\.(?:json|txt)$|tiktok(?:_data)?/(?:[^/]+/)*(?:profile|activity|your activity|video)",
    "Google": r"takeout/(?:[^/]+/)|(?:takeout/)?archive_browser\.html$",
    "Snapchat": r"(?:json|html)/(?:snap_history|memories_history|friends|chat_history)\.(?:json|html)$",
    "Reddit": r"(?:post_votes|comment_votes|subscribed_subreddits|approved_submitter_subreddits)\.csv$",
    "WhatsApp": r"_chat\.txt$|whatsapp (?:chat|account)[^/]*(?:/|\.txt$)|discussion whatsapp[^/]*\.txt$",
    "Mastodon": r"outbox\.json$",
    "Discord": r"(?:account/user|messages/index)\.json$",
}
_SIGN_OF: Final = {name: re.compile(rf"(?:^|.*?/)(?=(?:{sign}))") for name, sign in _SIGNS.items()}
# A sign that other programs may write too needs another file of its platform beside it.
_WITH: Final = {
    "Mastodon": ("actor.json",),
    "Discord": ("account/user.json", "messages/index.json"),
    "Snapchat": ("json/account.json", "html/account.html", "index.html"),
}


def without_others(export: Export) -> tuple[Export, list[OtherPlatform]]:
    """An export without what other platforms exported, and what to tell of that: once for each such export in it."""
    roots: dict[str, str] = {}  # what each is wrapped in, with `/` behind it, and its platform
    paths = {member.name: plain(member.name) for member in export.members}
    for name, path in paths.items():
        if (found := _sign_in(path, paths)) is not None:
            roots.setdefault(name[: len(found[1])], found[0])
    if not roots:
        return export, []
    # Folders of one export bear signs of their own.
    roots = {root: name for root, name in roots.items() if not _is_inside(root, name, roots)}
    kept = tuple(member for member in export.members if not any(_is_below(member, root, export) for root in roots))
    told = {(_label(export, root), platform): None for root, platform in roots.items()}
    return replace(export, members=kept), [OtherPlatform(file=file, platform=platform) for file, platform in told]


def _is_inside(root: str, platform: str, roots: dict[str, str]) -> bool:
    return any(root != other and root.startswith(other) and platform == roots[other] for other in roots)


def _sign_in(path: str, paths: dict[str, str]) -> tuple[str, str] | None:
    """The platform that writes such a path, and what stands before it."""
    for platform, sign in _SIGN_OF.items():
        if (found := sign.match(path)) is None:
            continue
        beside = _WITH.get(platform)
        if beside is None or all(any(other == found[0] + one for other in paths.values()) for one in beside[:2]):
            return platform, found[0]
    return None


def _is_below(member: Member, root: str, export: Export) -> bool:
    """Whether a member is of the export that lies there; loose files beside one that was unpacked may be others'."""
    if root:
        return member.name.startswith(root)
    is_loose = "/" not in member.name and member.inside is None and len(export.members) > 1
    return not is_loose or _sign_in(plain(member.name), {}) is not None or member.suffix in (".html", ".txt", ".pdf")


def _label(export: Export, root: str) -> str:
    return f"{export.label}/{root}".rstrip("/") if root else export.label
