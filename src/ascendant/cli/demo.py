"""ascendant demo: an invented world to a briefing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ascendant.cli import options as o
from ascendant.cli.brief import write_page
from ascendant.cli.reading import read_files
from ascendant.cli.screen import speak
from ascendant.demo.options import WorldOptions
from ascendant.read.options import ReadOptions


def demo(
    study: o.StudyFolder = None,
    *,
    world: WorldOptions,
    reveal: o.Reveal = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Show what ascendant does on an invented world. Makes ./demo unless --study says where."""
    from ascendant.demo.world import write_world
    from ascendant.store.options import Question
    from ascendant.study import Study

    language = speak(lang)
    made = Study.make(study or Path("demo"), purpose=language.say("An invented month on X"))
    with tempfile.TemporaryDirectory() as folder:
        posts = write_world(Path(folder), world)
        read_files(made, [posts], ReadOptions(), language, quiet=json)
    write_page(made, Question(), language, reveal=reveal, json=json)


COMMAND = o.with_flags(demo)
