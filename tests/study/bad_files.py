"""Files as newcomers give them, and commands as they type them: what the tests of bad input share."""

from __future__ import annotations

import gettext
import gzip
import io
import json
import random
import string
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ascendant.store.parts import reading

TABLE = "who,whom,when,what\n" + "".join(f"a{n % 4},b{n % 3},{1_600_000_000 + 60 * n},RT\n" for n in range(40))
COLUMNS = ("--columns", "actor=who", "object_author=whom", "happened_at=when", "verb=what", "--values", "RT=repost")
N_GOOD = 30


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, its result, and what it said beside."""

    code: int
    out: str
    err: str


def tweet(n: int, author: int = 12, **changes: object) -> str:
    """A post of X as API v1.1 gives it, in one line."""
    post = {
        "id_str": str(1_050_118_621_198_921_728 + n),
        "full_text": f"words {n}",
        "user": {"id_str": str(author), "screen_name": f"u{author}"},
        "created_at": "Wed Oct 10 20:19:24 +0000 2018",
    }
    return json.dumps({**post, **changes})


def tweets(n: int, *, start: int = 0, length: int = 8) -> bytes:
    """Posts that pack badly, so that a cut file still gives some of them."""
    letters = random.Random(start)
    words = ("".join(letters.choices("abcdefgh ", k=length)) for _ in range(n))
    return "".join(tweet(start + i, 12 + i % 5, full_text=text) + "\n" for i, text in enumerate(words)).encode()


GOOD = tweets(N_GOOD, start=1_000_000)


def cut_gzip() -> bytes:
    """A packed file of which the second half is missing."""
    packed = gzip.compress(tweets(2000, length=300))
    return packed[: len(packed) // 2]


def zipped(**members: bytes) -> bytes:
    """A zip with these members; `_` in a name stands for its point."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return written.getvalue()


def marked(archive: bytes, *, flag: int = 0, method: int | None = None) -> bytes:
    """A zip whose headers say that its members are protected, or packed in another way."""
    changed = bytearray(archive)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = archive.find(signature)
        while start >= 0:
            changed[start + place] |= flag
            if method is not None:
                changed[start + place + 2] = method
            start = archive.find(signature, start + 4)
    return bytes(changed)


def n_rows(study: Path) -> int:
    """Rows that the study holds."""
    with reading(study) as manifest:
        return manifest.n_rows("activity")


def english_in(shown: str) -> list[str]:
    """The English texts of the catalogue that stand in what should be French."""
    path = files("ascendant.report") / "texts" / "fr" / "LC_MESSAGES" / "ascendant.mo"
    with path.open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog  # the only way to ask for all of it
    found = []
    for key, french in catalogue.items():
        english = key[0] if isinstance(key, tuple) else key
        longest = max((literal for literal, *_ in string.Formatter().parse(english)), key=len, default="").strip()
        if " " in longest and len(longest) >= 12 and longest in shown and longest not in french:
            found.append(longest)
    return found
