"""The criteria by which ads meet people, as X names them -> what the advertiser had to know."""

from __future__ import annotations

from typing import Final

# What the advertiser asked for, by what it had to know: the person (a list, a visit), people like them, or nothing but
# what X itself knows.
_CLASSES: Final = {
    "age": "demographic",
    "gender": "demographic",
    "languages": "demographic",
    "locations": "demographic",
    "interests": "interest",
    "conversation topics": "interest",
    "events": "interest",
    "movies and tv shows": "interest",
    "keywords": "behaviour",
    "followers of a user id": "behaviour",
    "app activity": "behaviour",
    "app activity combination": "behaviour",
    "tweet engagement": "behaviour",
    "follower look-alikes": "lookalike",
    "tailored audience crm lookalike targeting": "lookalike",
    "retargeting custom audience lookalike": "lookalike",
    "list": "uploaded_list",
    "website activity": "retargeting",
    "retargeting campaign engager": "retargeting",
    "retargeting engagement type": "retargeting",
    "retargeting user engager": "retargeting",
    "platforms": "platform",
    "os versions": "platform",
    "devices": "platform",
    "device models": "platform",
    "carriers": "platform",
    "wifi-only": "platform",
    "new device targeting": "platform",
}
# In this order: "CRM lookalike" is a lookalike.
_PARTS: Final = (
    ("look", "lookalike"),
    ("crm", "uploaded_list"),
    ("tailored audience", "uploaded_list"),
    ("custom audience", "uploaded_list"),
    ("retarget", "retargeting"),
    ("website", "retargeting"),
    ("device", "platform"),
)


def criterion_class(kind: str) -> str:
    """What an advertiser had to know for a criterion: one of the eight classes, or `other` for a new kind.

    >>> [criterion_class(kind) for kind in ("Age", "List", "Retargeting user engager", "Moon phases")]
    ['demographic', 'uploaded_list', 'retargeting', 'other']
    """
    name = " ".join(kind.casefold().split())
    if name in _CLASSES:
        return _CLASSES[name]
    return next((found for part, found in _PARTS if part in name), "other")
