"""ascendant demo: an invented world to a briefing, an invented person to a mirror, and how often both are right."""

from __future__ import annotations

import json as json_module
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ascendant.cli import options as o
from ascendant.cli.demo_mirror import invented_mirror
from ascendant.cli.reading import read_files
from ascendant.cli.screen import note_expiry, progress_bar, show_json, speak, tell
from ascendant.demo.options import WorldOptions
from ascendant.errors import BadSetting, mark
from ascendant.read.options import ReadOptions

if TYPE_CHECKING:
    from ascendant.demo.accuracy import Accuracy
    from ascendant.report.language import Language
    from ascendant.study import Study


def demo(
    study: o.StudyFolder = None,
    *,
    world: WorldOptions,
    reveal: o.Reveal = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Show what ascendant does on an invented world. Makes ./demo unless --study says where."""
    from ascendant.demo.accuracy import measure
    from ascendant.demo.world import accounts_truth, write_world
    from ascendant.study import Study

    language = speak(lang)
    made = Study.make(study or Path("demo"), purpose=language.say("An invented month on social networks"))
    note_expiry(made.settings, language)
    folder = _world_folder(made, world)
    with progress_bar(quiet=json) as progress:
        progress(language.say("inventing the world"), 0, 1)
        written = write_world(folder, world)
    read_files(made, list(written.files), ReadOptions(), language, quiet=json)
    with progress_bar(quiet=json) as progress:
        findings = made.find(progress=progress)
    names = made.names(findings, language, reveal)
    page = made.report(findings, language, names=names)
    summary = made.summary(findings, names, language)
    accuracy = measure(findings.standing, accounts_truth(written))
    mirror = invented_mirror(made, world.seed, language, quiet=json)
    if json:
        found = {**asdict(accuracy), "worst_calibration_error": accuracy.worst_calibration_error}
        invented = {**asdict(world), "n_acts": written.n_acts, "n_collected": written.n_collected}
        show_json({**summary, "page": str(page), "world": invented, "accuracy": found, "mirror": mirror.plain()})
        return
    for sentence in summary["briefing"].get("answer", []):
        tell(str(sentence))
    tell()
    for sentence in _in_words(accuracy, language):
        tell(sentence)
    tell(language.say("The truth of this world: {folder}", folder=str(written.truth)))
    tell()
    tell(language.say("Briefing: {page}", page=str(page)))
    tell()
    for sentence in mirror.in_words(language):
        tell(sentence)
    tell()
    tell(language.say("Mirror: {page}", page=str(mirror.page)))


def _world_folder(study: Study, world: WorldOptions) -> Path:
    """Where the world's files go. A study holds one world, and no world is mixed into a study of real files."""
    from ascendant.store.parts import reading

    folder = study.folder / "world"
    about = folder / "truth" / "world.json"
    if about.exists():
        held: dict[str, Any] = json_module.loads(about.read_text(encoding="utf-8"))
        if held["options"] != asdict(world):
            raise _refused(study, mark("it holds another invented world"))
        return folder
    with reading(study.folder) as manifest:
        if manifest.n_rows("activity"):
            raise _refused(study, mark("it holds files that are not invented"))
    return folder


def _refused(study: Study, reason: str) -> BadSetting:
    return BadSetting(file="ascendant", setting="--study", value=str(study.folder), reason=reason)


def _in_words(accuracy: Accuracy, language: Language) -> list[str]:
    if not accuracy.n_judged:
        return [
            language.say("This world is too small to judge ascendant by: no account with 30 acts has a clear truth.")
        ]
    return [
        language.say(
            "Held against the truth: of {n} accounts with 30 acts or more and a clear truth, the standing is right for"
            " {right}; of the {n_material} that are clearly on a side, for {right_material}.",
            n=accuracy.n_judged,
            right=language.percent(accuracy.right),
            n_material=accuracy.n_material,
            right_material=language.percent(accuracy.right_material),
        ),
        language.say(
            "The probabilities that it prints are {error} points off on average (the worst of the three standings).",
            error=language.number(100 * accuracy.worst_calibration_error, 1),
        ),
    ]


COMMAND = o.with_flags(demo)
