"""The main path on one folder: read, infer, patterns, report. A newcomer starts here.

study = Study.make(Path("study"))
study.read([Path("posts.jsonl")])      # read/  -> store/
findings = study.find()                # infer/ -> patterns/
study.report(findings)                 # report/: one page
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

import ascendant
from ascendant.activity import FORMAT
from ascendant.errors import NothingRead, StudyBusy
from ascendant.read.options import ReadOptions
from ascendant.report.answers import Who, who_answer
from ascendant.report.briefing import briefing_json, write_briefing
from ascendant.report.groups import OneGroup, act_ids_of_group, group_answer
from ascendant.report.inputs import BriefingInputs, Counts, evidence_counts, standing_counts
from ascendant.report.language import Language, language_for
from ascendant.report.naming import Names, purpose_of
from ascendant.report.pairs import Why, why_answer
from ascendant.store.duckdb import asking, coverage_now
from ascendant.store.files import told_when_full, write_parquet, write_text
from ascendant.store.lock import writing_alone
from ascendant.store.objecting import objections_of
from ascendant.store.options import Question
from ascendant.store.parts import create_folder, reading
from ascendant.store.settings import Settings, load_settings, pseudonym_key
from ascendant.study.findings import TABLES, Findings, evidence_posts, find, writers_of
from ascendant.study.given import with_given_kinds
from ascendant.study.importing import Import, Progress, import_files, no_progress
from ascendant.study.options import DEFAULTS, FindOptions

WHOLE = Question()
KNOWN_FORMATS = ReadOptions()


def brief(files: Sequence[Path], folder: Path, *, lang: str | None = None, purpose: str = "") -> Path:
    """Files to a briefing in one go; returns the page's path."""
    study = Study.make(folder, purpose=purpose)
    study.read(files)
    return study.report(study.find(), language_for(lang))


@dataclass
class Study:
    """One study folder."""

    folder: Path
    settings: Settings
    started: float = field(default_factory=time.monotonic)

    @classmethod
    def make(
        cls, folder: Path, *, purpose: str = "", owner: str = "", time_zone: str = "UTC", is_own: bool = False
    ) -> Study:
        """Make the folder, or open the study that is there. Raises `StudyExists` over other files.

        A new study of one's own archives (`is_own`) never expires.
        """
        made = create_folder(folder, purpose=purpose, owner=owner, time_zone=time_zone, is_own=is_own)
        return cls(folder, made)

    @classmethod
    def open(cls, folder: Path) -> Study:
        """Open a study. Raises `NotAStudy`."""
        return cls(folder, load_settings(folder))

    def read(
        self,
        files: Sequence[Path],
        options: ReadOptions = KNOWN_FORMATS,
        *,
        owner: str | None = None,
        progress: Progress = no_progress,
    ) -> Import:
        """Read files into the study; a mapping of columns is kept in study.toml for the next files.

        Of archives of several people those of `owner` are read: a name, a handle or an id. Raises `NothingRead` when
        no line of the files could be read, and what `import_files` raises.
        """
        saved = self.settings.options.get("read", {})
        fallback = ReadOptions.saved(saved) if saved else None
        done = import_files(self.folder, files, options, fallback=fallback, owner=owner, progress=progress)
        if options.columns or options.preset:
            for name, value in options.mapping.items():
                self.settings = self.settings.with_option("read", name, value)
            with told_when_full(self.folder):
                self.settings.save(self.folder)
        # Only now is it known which rows of other files the new ones replace. Another writer tells it at its own end.
        with contextlib.suppress(StudyBusy), told_when_full(self.folder), writing_alone(self.folder):
            write_parquet(self.folder / "coverage.parquet", self.coverage())
        self.log("read", {"files": [asdict(file) for file in done.files], "options": options.mapping})
        with reading(self.folder) as manifest:
            if manifest.n_rows("activity") + manifest.n_rows("accounts") == 0:
                if done.problems:
                    raise done.problems[0]
                raise NothingRead(files=", ".join(str(file) for file in files))
        return done

    def coverage(self) -> pa.Table:
        """What was met in each file (columns of `store.parts.COVERAGE`), and how much of it other files replaced."""
        return coverage_now(self.folder)

    def find(
        self,
        question: Question = WHOLE,
        options: FindOptions | None = None,
        *,
        tables: Sequence[str] = TABLES,
        progress: Progress = no_progress,
    ) -> Findings:
        """All that a question answers; `tables` says which tables are needed, if not all. Raises `NothingToStudy`.

        Without `options`, the defaults on the clock of the study's time zone.
        """
        options = options or replace(DEFAULTS, time_zone=self.settings.time_zone)
        with told_when_full(self.folder):
            found = find(self.folder, question, options, tables=tables, progress=progress)
        return with_given_kinds(self.folder, found)

    def names(self, findings: Findings, language: Language, reveal: str | None = None) -> Names:
        """The one door to names; a purpose opens it for private persons too, and is logged."""
        key = pseudonym_key(self.folder)
        names = Names(findings.accounts, key, language=language, writers=writers_of(findings))
        if reveal is None:
            return names
        names = names.reveal(reveal)
        self.log("reveal", {"purpose": purpose_of(reveal)})
        return names

    def inputs(self, findings: Findings, names: Names) -> BriefingInputs:
        """What the briefing says."""
        coverage = self.coverage()
        with reading(self.folder) as manifest:
            n_rejects = manifest.n_rejects()
        since, until = findings.question.window_us()
        return BriefingInputs(
            title=self.settings.purpose or self.folder.resolve().name,
            purpose="",  # it is the title
            made_on=datetime.now(UTC).replace(microsecond=0),
            version=ascendant.__version__,
            since=findings.first_at if since is None else datetime.fromtimestamp(since / 1e6, UTC),
            until=findings.last_at if until is None else datetime.fromtimestamp(until / 1e6, UTC),
            about=findings.question.about,
            platforms=findings.platforms,
            counts=Counts(
                activity=findings.n_rows,
                accounts=findings.standing.num_rows,
                rejects=n_rejects,
                files=len(set(coverage["file"].to_pylist())),
            ),
            figures=findings.figures,
            standing_counts=standing_counts(findings.standing),
            evidence_counts=evidence_counts(findings.standing),
            tiers=findings.tables["tiers"],
            standing=findings.standing,
            coverage=coverage,
            names=names,
            tables=findings.tables,
            is_narrowed=not findings.question.is_whole,
            caveats=findings.caveats,
            posts=findings.posts,
        )

    def report(self, findings: Findings, language: Language, *, names: Names | None = None) -> Path:
        """Write `report/briefing-<language>.html` and return its path; names that reveal persons show them."""
        inputs = self.inputs(findings, names or self.names(findings, language))
        path = self.folder / "report" / f"briefing-{language.code}.html"
        with told_when_full(self.folder):
            write_briefing(inputs, language, path)
        self.log("report", {"page": path.name}, findings)
        return path

    def draw_map(self, findings: Findings, names: Names, language: Language, folder: Path) -> list[Path]:
        """Write the map as SVG and as PNG for slides, and return their paths."""
        from ascendant.report.drawings import given_of  # noqa: PLC0415  slow to start
        from ascendant.report.map import write_map  # noqa: PLC0415  slow to start

        return write_map(given_of(self.inputs(findings, names), language), folder)

    def summary(self, findings: Findings, names: Names, language: Language) -> dict[str, Any]:
        """What `--json` prints of a briefing: counts first, then the content of the page."""
        inputs = self.inputs(findings, names)
        sides = inputs.standing_counts
        return {
            "activity": inputs.counts.activity,
            "accounts": inputs.counts.accounts,
            "rejects": inputs.counts.rejects,
            "standing": {"influencer": sides.influencer, "influenced": sides.influenced, "both": sides.both},
            "seconds": round(time.monotonic() - self.started, 2),
            "briefing": briefing_json(inputs, language),
        }

    def who(self, findings: Findings, names: Names, account: str) -> Who:
        """One account: its standing, who moves it and whom it moves, named and inferred apart.

        Raises `UnknownAccount`, `AmbiguousAccount`.
        """
        return who_answer(findings.tables, findings.accounts, names, account, findings.figures)

    def why(self, findings: Findings, names: Names, source: str, target: str) -> Why:
        """Acts of the target that name the source, acts that it may have moved, and the delays beside strangers'.

        Raises `NoSuchTie` where neither names nor time tie the two.
        """
        from ascendant.study.pairs import pair_in_time  # noqa: PLC0415  needs numba

        answer = why_answer(findings.tables, findings.accounts, names, source, target)
        with asking(self.folder, findings.question) as questions:
            told = pair_in_time(
                questions, findings.tables["named_by"], answer.source_id, answer.target_id, answer.inferred_ids
            )
            answer = answer.in_time(told, names)
            return answer.with_posts(evidence_posts(questions, answer.post_ids), names)

    def group(self, findings: Findings, names: Names, number: int) -> OneGroup:
        """One group, counted from 1: its members, and what they did together, side by side. Raises `NoSuchGroup`."""
        with asking(self.folder, findings.question) as questions:
            posts = evidence_posts(questions, act_ids_of_group(findings.tables, number))
        return group_answer(findings.tables, names, number, posts)

    def tables(self, findings: Findings) -> dict[str, pa.Table]:
        """The results by name, with the accounts as far as they are known."""
        return {**findings.tables, "accounts": findings.accounts}

    def log(self, what: str, facts: dict[str, Any], findings: Findings | None = None) -> None:
        """Keep what was done in `runs/`, without text of posts: with findings, all that it takes to make them again."""
        now = datetime.now(UTC)
        with reading(self.folder) as manifest:
            sources = {row["file"]: row["sha256"] for row in manifest.coverage()}
            objections = objections_of(self.folder, manifest)
        run = {
            "what": what,
            "at": now.isoformat(timespec="seconds"),
            "version": ascendant.__version__,
            "format": FORMAT,
            "seconds": round(time.monotonic() - self.started, 3),
            "inputs": sources,
            **({} if findings is None else _told(findings)),
            **facts,
        }
        if objections is not None:  # a file, a question or a purpose may name somebody who is to be forgotten
            run = objections.in_json(json.loads(json.dumps(run, default=str)))
        with told_when_full(self.folder):
            name = now.strftime("%Y-%m-%dT%H%M%S.%fZ") + f"-{what}.json"
            write_text(self.folder / "runs" / name, json.dumps(run, ensure_ascii=False, indent=1, default=str) + "\n")


def _told(findings: Findings) -> dict[str, Any]:
    """What findings were asked, what they were made from (options, seeds, versions), and how much they hold."""
    asked, version = findings.question, findings.made_from["study_version"]
    return {
        "question": {name: value for name, value in asdict(asked).items() if value is not None},
        "made_from": findings.made_from,
        "results": {name: {"rows": table.num_rows, "version": version} for name, table in findings.tables.items()},
        "caveats": [str(caveat) for caveat in findings.caveats],
    }
