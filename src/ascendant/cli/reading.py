"""What the commands that read files share: the reading, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ascendant.cli.screen import note, note_problems, plain_problem, progress_bar
from ascendant.errors import NothingRead

if TYPE_CHECKING:
    from ascendant.read.options import ReadOptions
    from ascendant.read.owners import ArchiveOwner
    from ascendant.report.language import Language
    from ascendant.store.manifest import RejectedLines
    from ascendant.study import Study
    from ascendant.study.importing import Import

SHOWN_REASONS: Final = 5
LONGEST_DETAIL: Final = 40


@dataclass(frozen=True)
class Outcome:
    """What became of the files of a command: rows of coverage under the names given now, problems for `--json`."""

    coverage: list[dict[str, Any]]
    known: frozenset[str]  # hashes of files that had been read before
    problems: list[dict[str, str]]
    owners: list[dict[str, str | None]]  # whose archives were read
    left_out: list[dict[str, str | None]]  # whose archives were not, since somebody else's were asked for

    @property
    def is_whole(self) -> bool:
        """Whether all of it could be read, now or before, and is as much as it announces itself."""
        return not self.problems and not any(
            row["rejected"] or row["status"] == "unreadable" or is_short(row) for row in self.coverage
        )


def is_short(row: dict[str, Any]) -> bool:
    """Whether a file of an archive holds another number of records than the archive says."""
    return bool(row["expected"]) and row["status"] != "unread" and row["rows_in"] != row["expected"]


def read_files(
    study: Study,
    files: list[Path],
    options: ReadOptions,
    language: Language,
    *,
    owner: str | None = None,
    quiet: bool,
) -> Outcome:
    """Read the files; tell what went wrong, and whose archives they are."""
    from ascendant.store.parts import reading

    with progress_bar(quiet=quiet) as progress:
        try:
            done = study.read(files, options, owner=owner, progress=progress)
        except NothingRead:
            with reading(study.folder) as manifest:
                note_rejects(manifest.rejected_lines(), study.folder, language)
            raise
    note_owners(done, language)
    note_problems(done.problems, language)
    with reading(study.folder) as manifest:
        rejected = manifest.rejected_lines(done.names)
        rows = [row for row in manifest.coverage() if row["sha256"] in done.names]
    note_remarks(rows, done, language)
    renamed = [replace(lines, file=done.called(lines.sha256, lines.member)) for lines in rejected]
    note_rejects(renamed, study.folder, language)
    return Outcome(
        coverage=[{**row, "file": done.called(row["sha256"], row["member"])} for row in rows],
        known=frozenset(done.known),
        problems=[plain_problem(problem, language) for problem in done.problems],
        owners=[_plain_owner(one) for one in done.owners],
        left_out=[_plain_owner(one) for one in done.left_out],
    )


def note_owners(done: Import, language: Language) -> None:
    """Tell whose archives were read, whose were left out, and which say nothing of it."""
    from ascendant.read.owners import PLATFORMS

    names: dict[str, dict[str, None]] = {}
    for one in done.owners:
        names.setdefault(PLATFORMS.get(one.platform, one.platform), {})[one.words] = None
    if names:
        each = [
            language.say("{platform}: {owner}", platform=platform, owner=", ".join(found))
            for platform, found in names.items()
        ]
        told = reduce(lambda first, second: language.say("{first}; {second}", first=first, second=second), each)
        note(language.say("archives read: {owners}", owners=told), "  ")
    for one in done.left_out:
        if one.is_known:
            note(language.say("left out: {file}, the archive of {owner}", file=one.file, owner=one.words), "  ")
        else:
            note(language.say("left out: {file}, which does not say whose archive it is", file=one.file), "  ")
    for caveat in done.notes:
        note(language.caveat(caveat), "  ")


def note_remarks(rows: Sequence[dict[str, Any]], done: Import, language: Language) -> None:
    """Tell what the files of archives lack, each thing once."""
    from ascendant.read.linkedin_archive.reading import COMES_LATER
    from ascendant.read.remarks import REMARKS

    files: dict[str, list[str]] = {}
    sources: dict[str, set[str]] = {}
    for row in rows:
        for remark in (row["note"] or "").split("; "):
            files.setdefault(remark, []).append(done.called(row["sha256"], row["member"], status=row["status"]))
            sources.setdefault(remark, set()).add(row["sha256"])
    if sources.get(COMES_LATER, set()) < {
        row["sha256"] for row in rows if row["reader"].startswith("linkedin_archive")
    }:
        files.pop(COMES_LATER, None)  # the larger archive is there as well
    for remark in REMARKS:
        found = files.get(remark, [])
        if len(found) == 1:
            note(language.say("{file}: {note}", file=found[0], note=remark), "  ")
        elif found:
            facts = {"file": found[0], "note": remark}
            told = language.plural(
                "{file} and one more: {note}", "{file} and {n} more: {note}", len(found) - 1, **facts
            )
            note(told, "  ")


def _plain_owner(owner: ArchiveOwner) -> dict[str, str | None]:
    names = ("file", "platform", "account_id", "handle", "name")
    return {name: getattr(owner, name) for name in names}


def note_rejects(rejected: Sequence[RejectedLines], folder: Path, language: Language) -> None:
    """Tell which lines could not be read, and why."""
    if not rejected:
        return
    n = sum(lines.n for lines in rejected)
    note(language.plural("one line could not be read:", "{n} lines could not be read:", n))
    for lines in sorted(rejected, key=lambda lines: -lines.n)[:SHOWN_REASONS]:
        note(f"  {_said(lines, language)}", "    ")
    note(language.say("each of them, with its reason: {file}", file=str(folder / "rejects.jsonl")))


def _said(lines: RejectedLines, language: Language) -> str:
    facts = {"file": lines.file, "pointer": lines.pointer, "reason": lines.reason}
    if lines.n == 1:
        said = language.say("{file}, {pointer}: {reason}", **facts)
    else:
        said = language.plural(
            "{file}, {pointer} and one more: {reason}", "{file}, {pointer} and {n} more: {reason}", lines.n - 1, **facts
        )
    # A code, a count, a way of writing; what is longer is a parser's English, for who looks into rejects.jsonl.
    is_short = lines.detail and len(lines.detail) <= LONGEST_DETAIL and " " not in lines.detail
    return f"{said} ({lines.detail})" if is_short else said
