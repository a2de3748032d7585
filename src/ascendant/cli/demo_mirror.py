"""What `ascendant demo` shows of the mirror: an invented person's archives to their page, held against the truth."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ascendant.cli.screen import note_problems, progress_bar, speak

if TYPE_CHECKING:
    from ascendant.demo.archives.recovery import Difference, Recovered
    from ascendant.report.language import Language
    from ascendant.study import Study

SHOWN_DIFFERENCES: Final = 5


@dataclass(frozen=True)
class ShownMirror:
    """Whose mirror, where its page is, what it answers, and how much of it is right."""

    name: str
    page: Path
    answer: list[str]
    recovered: Recovered

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "page": str(self.page),
            "answer": self.answer,
            "n_compared": self.recovered.n_compared,
            "differences": [asdict(one) for one in self.recovered.differences],
        }

    def in_words(self, language: Language) -> list[str]:
        """Whose mirror, its answer, and whether it is right."""
        whose = language.say("The mirror of {name}, an invented person, tells them:", name=self.name)
        return [whose, *self.answer, *_judged(self.recovered, language)]


def invented_mirror(study: Study, seed: int, language: Language, *, quiet: bool) -> ShownMirror:
    """Write the archives of a seed into the demonstration's world, and their mirror into a study of its own.

    A person who speaks another language has archives and a study beside these. Hours are those of where they live.
    """
    from ascendant.demo.archives.make import write_archives
    from ascendant.demo.archives.options import ArchiveOptions
    from ascendant.demo.archives.recovery import differences
    from ascendant.report.mirror import mirror_json
    from ascendant.study import Study
    from ascendant.study import mirror as mirrors

    with progress_bar(quiet=quiet) as progress:
        progress(language.say("inventing a person"), 0, 1)
        folder = study.folder / "world" / f"archives-{language.code}"
        written = write_archives(folder, ArchiveOptions(lang=language.code, seed=seed))
        truth: dict[str, Any] = json.loads(written.truth.read_text(encoding="utf-8"))
        made = Study.make(study.folder / f"mirror-{language.code}", time_zone=truth["zone"], is_own=True)
        problems = made.read(list(written.files), progress=progress).problems
        progress(language.say("the mirror"), 0, 1)
        found = mirrors.find(made)
        spoken = speak(language.code, made.settings.time_zone)
        given = mirrors.inputs(made, found, spoken)
        page = mirrors.write(made, given, spoken)
    note_problems(problems, language)
    told = mirror_json(given, spoken)
    answer = [str(sentence) for sentence in told["answer"]["sentences"]]
    return ShownMirror(truth["person"], page, answer, differences(found.tables, truth))


def _judged(recovered: Recovered, language: Language) -> list[str]:
    wrong = recovered.differences
    if not wrong:
        return [
            language.say(
                "Held against the truth: all {n} figures of the mirror are right.",
                n=language.number(recovered.n_compared),
            )
        ]
    found = language.plural(
        "Held against the truth: of {total} figures of the mirror, {n} is not right:",
        "Held against the truth: of {total} figures of the mirror, {n} are not right. The first of them:",
        len(wrong),
        total=language.number(recovered.n_compared),
    )
    return [found, *(_difference(one, language) for one in wrong[:SHOWN_DIFFERENCES])]


def _difference(one: Difference, language: Language) -> str:
    where = ", ".join(filter(None, (one.platform, one.table, one.key, one.column)))
    return language.say("  {where}: {found}, in truth {true}", where=where, found=str(one.found), true=str(one.true))
