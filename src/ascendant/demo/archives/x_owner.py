"""Facts of X -> the files about the account itself: who it is, what X infers, what it lets in, whom it writes to."""

from __future__ import annotations

from ascendant.demo.archives.facts import Life, Told
from ascendant.demo.archives.person import Person
from ascendant.demo.archives.x_records import Record, number, stamp


def owner(person: Person, life: Life) -> dict[str, list[Record]]:
    """Files about the account itself, and what X infers of it."""
    key, opened = str(person.key), stamp(1_510_000_000 + person.key % 10**7)
    shown = {"username": person.handle, "accountId": key, "createdAt": opened, "accountDisplayName": person.name}
    former = {"changedAt": stamp(life.first_at), "changedFrom": f"{person.handle[:11]}_old", "changedTo": person.handle}
    login = {"accountId": key, "createdAt": stamp(life.last_at - 86_400), "loginIp": "192.0.2.7"}
    apps = [one for one in life.told if one.verb == "app"]
    return {
        "account": [{"account": {"email": "moi@exemple.example", "createdVia": "web", **shown}}],
        "account-creation-ip": [{"accountCreationIp": {"accountId": key, "userCreationIp": "192.0.2.1"}}],
        "account-timezone": [{"accountTimezone": {"accountId": key}}],
        "ageinfo": [{"ageMeta": {"ageInfo": {"age": _inferred(life.told, "Age")[1:], "birthDate": ""}}}],
        "profile": [
            {
                "profile": {
                    "description": {"bio": "☕ 🚲 & co.", "website": "", "location": ""},
                    "avatarMediaUrl": "https://images.example/a.jpg",
                    "headerMediaUrl": "https://images.example/h.jpg",
                }
            }
        ],
        "verified": [{"verified": {"accountId": key, "verified": False}}],
        "screen-name-change": [{"screenNameChange": {"accountId": key, "screenNameChange": former}}],
        "ip-audit": [{"ipAudit": {**login, "loginPortNumber": "443"}}],
        "connected-application": [
            {
                "connectedApplication": {
                    "organization": {"name": one.value, "url": f"https://{one.value}"},
                    "name": one.type,
                    "description": "",
                    "permissions": ["read", "write"],
                    "approvedAt": stamp(one.at or 0),
                    "id": str(5000 + place),
                }
            }
            for place, one in enumerate(apps)
        ],
        "personalization": [{"p13nData": _personal(life.told)}],
    }


def _inferred(told: tuple[Told, ...], kind: str) -> list[str]:
    return [one.value for one in told if one.verb == "inferred" and one.type == kind]


def _personal(told: tuple[Told, ...]) -> Record:
    def holding(way: str) -> list[str]:
        return [one.type for one in told if one.verb == "targeted" and one.value == way]

    return {
        "demographics": {
            "languages": [{"language": one, "isDisabled": False} for one in _inferred(told, "Languages")],
            "genderInfo": {"gender": _inferred(told, "Gender")[0]},
        },
        "interests": {
            "interests": [
                {"name": name, "isDisabled": n % 9 == 8} for n, name in enumerate(_inferred(told, "Interests"))
            ],
            "partnerInterests": [],
            "audienceAndAdvertisers": {
                "lookalikeAdvertisers": holding("lookalike"),
                "advertisers": holding("uploaded_list"),
                "doNotReachAdvertisers": holding("not_to_be_reached"),
                "catalogAudienceAdvertisers": holding("catalog"),
                "numAudiences": str(len(holding("uploaded_list"))),
            },
            "shows": _inferred(told, "Movies and TV shows"),
        },
        "locationHistory": [],
        "inferredAgeInfo": {"age": _inferred(told, "Age")[:1], "birthDate": ""},
    }


def messages(person: Person, life: Life) -> dict[str, list[Record]]:
    """Private messages, and their headers."""
    talks: dict[int, list[Record]] = {}
    for one in (found for found in life.met if found.verb == "message"):
        sides = (str(person.key), str(one.account.key))
        sender, recipient = sides if one.key % 2 == 0 else sides[::-1]
        key = {"id": str(number(one.at, one.key % 2**21)), "senderId": sender, "recipientId": recipient}
        talks.setdefault(one.account.key, []).append({"messageCreate": {**key, "createdAt": stamp(one.at)}})
    found: list[Record] = [
        {"dmConversation": {"conversationId": "-".join(sorted((str(key), str(person.key)))), "messages": talk}}
        for key, talk in sorted(talks.items())
    ]
    group = {"initiatingUserId": str(min(talks, default=1)), "participantsSnapshot": [str(person.key)]}
    joined = {"joinConversation": {**group, "createdAt": stamp(life.first_at)}}
    full: list[Record] = [
        {
            "dmConversation": {
                **talk["dmConversation"],
                "messages": [
                    {"messageCreate": {**event["messageCreate"], "text": "(entre nous)", "reactions": [], "urls": []}}
                    for event in talk["dmConversation"]["messages"]
                ],
            }
        }
        for talk in found
    ]
    return {
        "direct-message-headers": found,
        "direct-messages": full,
        "direct-message-group-headers": [{"dmConversation": {"conversationId": "888", "messages": [joined]}}],
    }
