"""Exports of Facebook: made from records, invented, mutated; and what is read from them. Shared by tests."""

from __future__ import annotations

import json
import random
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import found
from ascendant.read.facebook_archive import READER

EXPORTS = Path(__file__).resolve().parent / "read" / "exports" / "facebook_archive"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "facebook"
STRUCTURES = SHARED / "real_structures.txt"

ME = "facebook:@ada.exemple"
PROFILE = "personal_information/profile_information/profile_information.json"
ADA = {
    "profile_v2": {
        "name": {"full_name": "Ada Exemple", "first_name": "Ada", "middle_name": "", "last_name": "Exemple"},
        "registration_timestamp": 1300000000,
        "profile_uri": "https://www.facebook.com/ada.exemple",
    }
}
A_DAY = 1700000000


class Found(found.Found):
    """Items of one archive, by kind."""

    @property
    def verbs(self) -> dict[str, int]:
        return dict(Counter(f"{act.verb} {act.direction}" for act in self.acts))

    @property
    def texts(self) -> list[str | None]:
        return [act.text for act in self.acts]

    @property
    def status(self) -> dict[str, str]:
        return {row.member: row.status for row in self.rows if row.status != "absent"}


def found_in(path: Path, **options: Any) -> Found:
    """What the reader finds at a path."""
    return Found.by(READER, path, **options)


def misspelled(value: Any) -> Any:
    """Texts as Facebook writes them: each byte of UTF-8 as a sign of Latin-1."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, dict):
        return {misspelled(key): misspelled(one) for key, one in value.items()}
    return [misspelled(one) for one in value] if isinstance(value, list) else value


def as_json(value: Any) -> bytes:
    """A file of an export: indented, in ASCII, misspelled."""
    return json.dumps(misspelled(value), indent=2).encode()


def archive_in(folder: Path, files: dict[str, Any]) -> Path:
    """An export as a folder. Values are written as JSON, bytes and texts as they are."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = value.encode() if isinstance(value, str) else value
        path.write_bytes(content if isinstance(content, bytes) else as_json(content))
    return folder


def zipped(path: Path, files: dict[str, Any]) -> Path:
    """An export as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in files.items():
            content = value.encode() if isinstance(value, str) else value
            archive.writestr(name, content if isinstance(content, bytes) else as_json(content))
    return path


def label(name: str, value: Any = None, **more: Any) -> dict[str, Any]:
    """A label of the newest layout, and its value."""
    return {"label": name, **({} if value is None else {"value": value}), **more}


def record(*labels: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A record of the newest layout."""
    return {"media": [], "label_values": list(labels), "fbid": "1", **more}


# ---------------------------------------------------------------------------------- exports that nobody ever had
SIGNS = 'abcdé ÀÉ“”’…😀\\"{}[],:\n\t&<>#@/\u200d\u0301٣Жç'
_LABELS = ("Reaction", "URL", "Nom", "Group", "Time", "Event", "Received on", "Titel", "?", "Intervals", "Text", "Ad")
_TITLES = (
    "Ada Exemple a commenté la publication de Bo Muster.",
    "Ada Exemple became a member of Voisins.",
    "Ada liittyi ryhmään Voisins.",
    "Bo Muster likes your photo.",
)
_LINKS = (
    "https://www.facebook.com/acme/posts/12",
    "https://www.facebook.com/permalink.php?story_fbid=5&id=77",
    "https://www.facebook.com/groups/9/posts/8/?comment_id=4",
    "https://example.org/a?fbclid=x",
    "https://[bad",
    "",
)


def templates() -> dict[str, Any]:
    """The structure of each file of the real exports, by its path."""
    lines = STRUCTURES.read_text(encoding="utf-8").splitlines()
    return {head.split(" ", 1)[1]: json.loads(body) for head, body in zip(lines[0::2], lines[1::2], strict=True)}


def invented(draw: random.Random) -> dict[str, Any]:
    """Files of one export, with the structures of the real ones, and any values of the right types."""
    files: dict[str, Any] = {}
    for path, template in templates().items():
        if draw.random() < 0.2:
            continue
        for number in range(1, draw.randrange(2, 4) if "_N." in path or "/X/" in path else 2):
            files[path.replace("_N.", f"_{number}.").replace("/X/", "/jo_12/")] = _content(draw, template)
    return files


def mutated(seed: int) -> dict[str, bytes]:
    """Files of a sample export in which bytes, or parts of the structure, were changed."""
    draw = random.Random(seed)
    samples = {path.name: path for path in EXPORTS.iterdir() if path.is_dir()}
    sample = samples[draw.choice(sorted(samples))]
    files = {str(path.relative_to(sample)): path.read_bytes() for path in sorted(sample.rglob("*")) if path.is_file()}
    for name in draw.sample(sorted(files), k=min(len(files), 3)):
        content = bytearray(files[name])
        match draw.randrange(6):
            case 0:
                content = content[: draw.randrange(len(content) + 1)]
            case 1:
                for _ in range(draw.randrange(1, 20)):
                    if content:
                        content[draw.randrange(len(content))] = draw.randrange(256)
            case 2 if name.endswith(".json"):
                content = bytearray(_restructured(draw, bytes(content)))
            case 3:
                start = draw.randrange(len(content) + 1)
                content = content[:start] + content[start // 2 : start] * draw.randrange(1, 4) + content[start:]
            case 4:
                content = bytearray(
                    draw.choice((b"", b"[object Object]", b"{}", b"null", b"[", b'{"a":' * 5000, b"\0" * 99))
                )
            case _:
                files[draw.choice(sorted(files))] = bytes(content)
        files[name] = bytes(content)
    return files


def _content(draw: random.Random, template: Any) -> Any:
    made = _value(draw, template, "")
    # A list of one record is that record alone.
    return made[0] if isinstance(made, list) and len(made) == 1 and isinstance(made[0], dict) else made


def _value(draw: random.Random, template: Any, key: str) -> Any:
    if isinstance(template, dict):
        if template and set(template) & {"<obj>", "<list>"}:
            return _value(draw, draw.choice(list(template.values())), key)
        kept = [name for name in template if draw.random() < 0.8 or len(template) == 1]
        return {name: _value(draw, template[name], name) for name in kept}
    if isinstance(template, list):
        return [] if template == ["array"] else [_value(draw, template[0], key) for _ in range(draw.randrange(4))]
    match template:
        case "array":
            return []
        case "number":
            return draw.choice((0, draw.randrange(1_000_000_000, 1_900_000_000), draw.randrange(10**17)))
        case "boolean":
            return draw.random() < 0.5
        case "string|array":
            return draw.choice(("", []))
    if key == "label":
        return draw.choice(_LABELS)
    if key in ("url", "href", "uri", "profile_uri", "link"):
        return draw.choice(_LINKS)
    if key in ("title", "text") and draw.random() < 0.5:
        return draw.choice(_TITLES)
    if key == "reaction":
        return draw.choice(("LIKE", "LOVE", "ANGER"))
    if key in ("name", "advertiser_name") and draw.random() < 0.5:
        return draw.choice(("Bo Muster", "Acme", "", "Facebook user", "Voisins"))
    return "".join(draw.choices(SIGNS, k=draw.randrange(12)))


def _restructured(draw: random.Random, content: bytes) -> bytes:
    """Some value of a document in another place, of another type, or gone."""
    try:
        document = json.loads(content)
    except ValueError:
        return content
    places: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in list(pairs):
            places.append((value, key))
            walk(inner)

    walk(document)
    for _ in range(draw.randrange(1, 4)):
        if not places:
            break
        holder, key = draw.choice(places)
        other, other_key = draw.choice(places)
        try:
            new = draw.choice((None, 0, -1, 10**30, "", "x" * 9, [], {}, [[]], True, 1e300, other[other_key]))
            holder[key] = json.loads(json.dumps(new))
        except (KeyError, IndexError):
            continue
    return json.dumps(document, indent=draw.choice((None, 2))).encode()
