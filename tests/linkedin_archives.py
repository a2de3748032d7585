"""Archives of LinkedIn made from tables, what is read from them, sorted, and damaged ones. Shared by tests."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import found
from ascendant.activity import Account
from ascendant.read.linkedin_archive import READER

Files = dict[str, bytes]

EXPORTS = Path(__file__).resolve().parent / "read" / "exports" / "linkedin_archive"
COMPLETE = EXPORTS / "complete"
QUICK = EXPORTS / "quick"
WRAP = "Complete_LinkedInDataExport_07-20-2026"
ME = "linkedin:@camille-exemple"
PROFILE = "First Name,Last Name,Headline\nCamille,Exemple,Urbaniste\n"
INVITED = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    "Camille Exemple,Paul Inventé,2026-07-08 18:05:00 UTC,,OUTGOING,"
    "https://www.linkedin.com/in/camille-exemple,https://www.linkedin.com/in/paul-invente\n"
)


class Found(found.Found):
    """Items of one archive, by kind."""

    @property
    def verbs(self) -> dict[tuple[str, str], int]:
        return dict(Counter((act.verb, act.direction) for act in self.acts))

    @property
    def n_rows(self) -> dict[str, int]:
        """Rows met in each file that was read, by the name of the file."""
        return {row.member.rpartition("/")[2]: row.rows_in for row in self.rows if row.status == "parsed"}

    def account(self, key: str) -> Account:
        (account,) = [account for account in self.accounts if account.account_id == key]
        return account


def found_in(path: Path, **options: Any) -> Found:
    """What the reader finds at a path."""
    return Found.by(READER, path, **options)


def archive_in(folder: Path, files: dict[str, str | bytes], *, owner: bool = True) -> Path:
    """Writes an archive into a folder; with `owner`, that of Camille Exemple, whose address is known."""
    made = {"Profile.csv": PROFILE, "Invitations.csv": INVITED, **files} if owner else files
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zipped(folder: Path, path: Path, *, within: str = "", method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A folder as a zip, its members in a wrapping folder if there is one."""
    with zipfile.ZipFile(path, "w", method) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                packed.write(file, f"{within}{file.relative_to(folder)}")
    return path


def facts(found: Found) -> tuple[Counter[str], Counter[str], int]:
    """What was read, without where it stood."""
    where = ("source_file", "source_pointer", "collected_at")
    acts = Counter(repr([(f, getattr(a, f)) for f in a.__struct_fields__ if f not in where]) for a in found.acts)
    people = Counter(repr([(f, getattr(a, f)) for f in a.__struct_fields__ if f not in where]) for a in found.accounts)
    return acts, people, len(found.rejects)


def micros(written: str) -> int:
    """Microseconds of an ISO time in UTC."""
    return int(datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp()) * 1_000_000


def number_of(written: str, *, low: int = 12345) -> str:
    """The number of a post that was made then."""
    return str(((micros(written) // 1000) << 22) + low)


def table_mutant(files: Files, seed: int) -> bytes:
    """A zip of some of the files with one to four things wrong with their tables; as `mutants.mutant`, for CSV."""
    draw = random.Random(seed)
    kept = {name: files[name] for name in draw.sample(sorted(files), draw.randint(1, min(len(files), 12)))}
    for _ in range(draw.randint(1, 4)):
        name = draw.choice(sorted(kept))
        kept[name] = draw.choice(_CHANGES)(kept[name], draw)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _cells(content: bytes, draw: random.Random) -> bytes:
    """Another value in some cells, wherever commas part them."""
    parts = content.split(b",")
    for _ in range(draw.choice((1, 3, 20))):
        parts[draw.randrange(len(parts))] = draw.choice(_ODD_CELLS).encode("utf-8", "surrogatepass")
    return b",".join(parts)


def _lines(content: bytes, draw: random.Random) -> bytes:
    """Lines lost, repeated or in another order; also the header's."""
    lines = content.splitlines(keepends=True)
    match draw.randrange(4):
        case 0:
            draw.shuffle(lines)
        case 1:
            lines = lines[: draw.randint(0, len(lines))] + lines * draw.randint(0, 40)
        case 2:
            lines = [line for line in lines if draw.random() < 0.7]
        case 3:
            lines.insert(draw.randint(0, len(lines)), b'Notes:\n"An ""open" note\n\n')
    return b"".join(lines)


def _signs(content: bytes, draw: random.Random) -> bytes:
    """Signs that mean something to CSV, somewhere."""
    for _ in range(draw.choice((1, 2, 30))):
        place = draw.randint(0, len(content))
        content = content[:place] + draw.choice(_SIGNS) * draw.choice((1, 1, 2, 70)) + content[place:]
    return content


def _separators(content: bytes, draw: random.Random) -> bytes:
    return content.replace(b",", draw.choice((b";", b"\t", b"|", b",,", b", ")))


def _encoding(content: bytes, draw: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(draw.choice(("utf-16", "utf-16-be", "cp1252", "utf-8-sig", "utf-7")), "replace")


def _ends(content: bytes, draw: random.Random) -> bytes:
    return content.replace(b"\n", draw.choice((b"\r\n", b"\r", b"\n\n", b"\x0b")))


_SIGNS: Final = (b'"', b"\\", b'\\"', b'""', b"\0", b"\xef\xbb\xbf", b"\r", b"\n", b",", b"\xff", b"\xed\xa0\x80", b"=")
_ODD_CELLS: Final = (
    "", " ", "N/A", "NULL", "\0", "x" * 5000, "x" * 200_000, "9" * 400, "-1", "\u202e@a", "=cmd()", "@", "\ud83d",
    "\x07", "2026-02-30 10:00:00", "2026-W01-1 10:00:00", "13/1/26, 99:99 PM", "13/13/2026", "1/2/03",
    "0000-00-00 00:00:00", "32 Jul 2026", "20 juil. 2026", "Mon Jul 20 10:25:25 ??? 2026", "9999-12-31 23:59:59",
    "1 Jan 1", "٢٠٢٦-01-01", "urn:li:comment:(,)", "urn:li:activity:" + "9" * 40,
    "https://www.linkedin.com/posts/_activity-1-", "https://[", "https://www.linkedin.com/in/%00",
    "https://www.linkedin.com/in/%ED%A0%80", "https://www.linkedin.com/in/ /", "urn%3Ali%3Aactivity%3A%FF",
    "?commentUrn=urn:li:comment:(activity:1,2)&replyUrn=urn:li:comment:(activity:1,3)",
)  # fmt: skip
_CHANGES: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    _cells, _cells, _cells, _lines, _signs, _signs, _separators, _encoding, _ends,
)  # fmt: skip
