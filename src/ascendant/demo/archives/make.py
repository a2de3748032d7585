"""Options -> three archives of one invented person, and the truth beside them.

twitter-2026-08-31-0a1b2c3d.zip, facebook-<name>-2026-08-31-AbCdEfGh.zip, Complete_LinkedInDataExport_08-31-2026.zip,
truth/mirror.json
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ascendant.demo.archives import facebook, linkedin, x
from ascendant.demo.archives.life import make_life
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.truth import truth_of


@dataclass(frozen=True)
class WrittenArchives:
    """Where the archives of a person stand, and the truth of them."""

    x: Path
    facebook: Path
    linkedin: Path
    truth: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """All that a reader may be given."""
        return (self.x, self.facebook, self.linkedin)


def write_archives(folder: Path, options: ArchiveOptions) -> WrittenArchives:
    """Write the archives of a seed into a folder, over what stood there under the same names.

    The same options give the same bytes, for the same versions of numpy and zlib on one type of processor.
    """
    person, life = make_life(options)
    truth = folder / "truth"
    truth.mkdir(parents=True, exist_ok=True)
    written = WrittenArchives(
        folder / x.NAME, folder / facebook.name_of(person), folder / linkedin.NAME, truth / "mirror.json"
    )
    records = {
        "x": x.write_x(written.x, person, life.on("x")),
        "facebook": facebook.write_facebook(written.facebook, person, life.on("facebook")),
        "linkedin": linkedin.write_linkedin(written.linkedin, person, life.on("linkedin")),
    }
    absent = {"x": x.ABSENT, "facebook": facebook.ABSENT, "linkedin": linkedin.ABSENT}
    found = truth_of(options, person, life, records, absent)
    written.truth.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return written
