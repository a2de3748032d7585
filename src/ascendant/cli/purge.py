"""ascendant purge: a whole study, deleted."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from ascendant.cli import options as o
from ascendant.cli.screen import CANCELLED, confirmed, note, note_expiry, show_json, speak, tell
from ascendant.errors import NotConfirmed, SetupError


def purge(study: o.StudyFolder = None, yes: o.Yes = False, lang: o.Lang = None, json: o.Json = False) -> None:
    """Delete a study: its rows, results, pages, logs, settings and key. What others put into its folder stays."""
    from ascendant.store.settings import load_settings
    from ascendant.study.forgetting import look_at
    from ascendant.study.forgetting import purge as purge_folder

    language, folder = speak(lang), study or Path()
    found = look_at(folder)
    with contextlib.suppress(SetupError):  # settings that cannot be read are deleted like others
        note_expiry(load_settings(folder), language)
    if not yes:
        if not sys.stdin.isatty():
            raise NotConfirmed(command="ascendant purge")
        files = language.plural("one file", "{n} files", found.n_files)
        size = language.number(found.n_bytes / 1e6, 1)
        tell(
            language.say(
                "To be deleted: the study in {folder} ({files}, {size} MB)", folder=str(folder), files=files, size=size
            )
        )
        if not confirmed(language.say("Delete for good?"), language):
            note(language.say("nothing was changed"))
            sys.exit(CANCELLED)
    others = [str(path) for path in purge_folder(folder)]
    if json:
        show_json({"files": found.n_files, "bytes": found.n_bytes, "others": others})
        return
    tell(language.say("The study in {folder} is deleted.", folder=str(folder)))
    for path in others:
        note(language.say("{file} was not made by ascendant: it stays", file=path))


COMMAND = purge
