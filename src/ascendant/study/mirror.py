"""Own archives -> the mirror of their owner: store/ -> patterns/mirror -> report/mirror.

read(study, archives)                  # read/  -> store/
mirror = find(study)                   # patterns/mirror
given = inputs(study, mirror, language)
write(study, given, language)          # report/: one page
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

import ascendant
from ascendant.errors import Caveat, NoOwner
from ascendant.patterns.mirror.asked import ask
from ascendant.patterns.mirror.beside import OWN_KIND, UNLINKED, WORKED_FOR
from ascendant.patterns.mirror.find import mirror_of
from ascendant.patterns.mirror.owner import Owner
from ascendant.patterns.mirror.tables import Mirror
from ascendant.patterns.mirror.unlinked import NO_TIMES, cannot_tell, has_times, unlinked
from ascendant.patterns.options import PatternOptions
from ascendant.report.inputs import EvidencePost
from ascendant.report.language import Language, language_for
from ascendant.report.mirror import MirrorInputs, write_mirror
from ascendant.report.naming import Names
from ascendant.store.duckdb import ask_in_little_memory, asking, if_writable
from ascendant.store.files import told_when_full, write_parquet
from ascendant.store.settings import pseudonym_key
from ascendant.study.findings import evidence_posts
from ascendant.study.importing import Progress, no_progress

if TYPE_CHECKING:
    from ascendant.study import Study

PREFIX = "mirror_"  # of the tables in results/
_NEEDED = tuple(  # of the findings of the whole study, where it holds collected posts
    "influence moved_acts ties named_by communities groups group_members relays group_spread kinds"
    " influenced_behaviour".split()
)


def mirror(
    archives: Sequence[Path],
    folder: Path,
    *,
    lang: str | None = None,
    owner: str | None = None,
    is_shared: bool = False,
) -> Path:
    """One's own archives to the mirror in one go; returns the page's path. Hours are of this machine's clock."""
    from ascendant.study import Study  # noqa: PLC0415  it offers this function

    study = Study.make(folder, time_zone=local_zone(), is_own=True)
    study.read(archives, owner=owner)
    language = language_for(lang, zone=study.settings.time_zone)
    return write(study, inputs(study, find(study), language, is_shared=is_shared), language)


def find(study: Study, options: PatternOptions = PatternOptions(), *, progress: Progress = no_progress) -> Mirror:
    """What the archives of a study tell of their owner; each table is kept as `results/mirror_<name>.parquet`.

    Where the study also holds collected posts, what these tell of acts without a link, of groups and of what others do
    is found, or taken from what was found before. Raises `NoOwner` when the study holds no archive that says whose it
    is.
    """
    coverage = study.coverage()
    pa.default_memory_pool().release_unused()  # what reading took
    asked = ask_in_little_memory(study.folder, lambda questions: ask(questions, coverage))
    found = mirror_of(asked, coverage, options, time_zone=study.settings.time_zone)
    owner = asked.owner
    del asked
    if not found["me"].num_rows:
        raise NoOwner(folder=str(study.folder))
    if found.has_collected:
        found = _beside_others(study, found, owner, progress)
    with if_writable(), told_when_full(study.folder):
        kept = {name: table for part in _parts(found) for name, table in part.items()}
        for name, table in kept.items():
            write_parquet(study.folder / "results" / f"{PREFIX}{name}.parquet", table)
        for name in {*UNLINKED, *WORKED_FOR, *OWN_KIND} - kept.keys():  # of collected posts that were taken out again
            (study.folder / "results" / f"{PREFIX}{name}.parquet").unlink(missing_ok=True)
    pa.default_memory_pool().release_unused()  # drawing the page takes as much again
    return found


def _parts(found: Mirror) -> list[Mapping[str, pa.Table]]:
    beside = (found.unlinked, found.worked_for, found.own_kind)
    return [found.tables, *(part.tables for part in beside if part is not None)]


def _beside_others(study: Study, found: Mirror, owner: Owner, progress: Progress) -> Mirror:
    """What the collected posts tell of the owner: acts that name nobody, groups, and what is usual."""
    # An archive alone needs no numba, which is slow to start.
    from ascendant.patterns.mirror.beside_groups import beside_groups  # noqa: PLC0415  slow to start
    from ascendant.patterns.mirror.own_kind import own_kind  # noqa: PLC0415  slow to start

    if not ask_in_little_memory(study.folder, lambda questions: has_times(questions, owner.me)):
        return replace(found, unlinked=cannot_tell(Caveat(NO_TIMES)))
    findings = study.find(tables=_NEEDED, progress=progress)
    tables = findings.tables
    with asking(study.folder) as questions:
        return replace(
            found,
            unlinked=unlinked(questions, owner.me, tables, findings.figures, findings.caveats),
            worked_for=beside_groups(questions, owner, tables, findings.caveats),
            own_kind=own_kind(owner.me, tables["kinds"], tables["influenced_behaviour"]),
        )


def inputs(study: Study, found: Mirror, language: Language, *, is_shared: bool = False) -> MirrorInputs:
    """What the page is made of, and what `report.mirror.mirror_json` tells of it as plain values."""
    return MirrorInputs(
        mirror=found,
        names=_names(study, language, is_shared=is_shared),
        made_on=datetime.now(UTC).replace(microsecond=0),
        version=ascendant.__version__,
        is_shared=is_shared,
        posts=_posts(study, found),
    )


def _posts(study: Study, found: Mirror) -> Mapping[str, EvidencePost]:
    """The words of the examples."""
    examples = [found.unlinked["unlinked_examples"]] if found.unlinked else []
    examples += [found.worked_for["worked_for_examples"]] if found.worked_for else []
    acts = [act for table in examples for name in ("act_id", "source_act_id") for act in table[name].to_pylist()]
    if not acts:
        return {}
    with asking(study.folder) as questions:
        return evidence_posts(questions, acts)


def write(study: Study, given: MirrorInputs, language: Language) -> Path:
    """Write `report/mirror-<language>.html`, or `report/mirror-shared-<language>.html`, and return its path."""
    shared = "shared-" if given.is_shared else ""
    path = study.folder / "report" / f"mirror-{shared}{language.code}.html"
    with told_when_full(study.folder):
        write_mirror(given, language, path)
    caveats = [str(one) for one in given.mirror.caveats]
    study.log("mirror", {"page": path.name, "is_shared": given.is_shared, "caveats": caveats})
    return path


def local_zone() -> str:
    """The name of the zone of this machine's clock; UTC where it has none."""
    from tzlocal import get_localzone_name  # noqa: PLC0415  only a new study needs it

    try:
        name = get_localzone_name() or "UTC"
    except (LookupError, OSError, ValueError):  # no zone is set, or one that nobody knows
        return "UTC"
    return "UTC" if name in ("Etc/UTC", "Etc/UCT", "Universal", "Zulu") else name


def _names(study: Study, language: Language, *, is_shared: bool) -> Names:
    """The page is for the owner alone, whose archives name these people; what is shared names nobody else."""
    accounts = ask_in_little_memory(study.folder, lambda questions: questions.ask("known_accounts"))
    names = Names(accounts, pseudonym_key(study.folder), language=language)
    return names if is_shared else replace(names, revealed=True)
