"""ascendant doctor: is everything in place?"""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

import typer

from ascendant import __version__
from ascendant.cli import options as o
from ascendant.cli.screen import note_expiry, show_json, speak, tell


def doctor(study: o.StudyFolder = None, lang: o.Lang = None, json: o.Json = False) -> None:
    """Check the installation, and a study if there is one: settings, parts, unfinished files."""
    from ascendant.errors import SetupError
    from ascendant.kernels import CACHED
    from ascendant.store.duckdb import memory_limit_bytes
    from ascendant.store.objecting import chores, n_objections
    from ascendant.store.parts import reading
    from ascendant.store.settings import load_settings

    language = speak(lang)
    libraries = {name: version(name) for name in ("duckdb", "pyarrow", "numba", "networkit", "msgspec")}
    found: dict[str, object] = {
        "ascendant": __version__,
        "python": platform.python_version(),
        **libraries,
        "memory_limit_mb": memory_limit_bytes() >> 20,
        "kernels_cached": CACHED,
    }
    faults: list[str] = []
    folder = study or Path()
    if study is not None or (folder / "study.toml").exists():
        try:
            settings = load_settings(folder)
            found["study"] = str(folder)
            found["expires"] = settings.expires
            note_expiry(settings, language)
            with reading(folder) as manifest:
                found["objections"] = n_objections(manifest)
                if chores(manifest):
                    faults.append(language.say("a forgetting was stopped: ask for it again to end it"))
                missing = [
                    f"{kind}/{name}"
                    for kind in ("activity", "accounts")
                    for name in manifest.parts(kind)
                    if not (folder / kind / name).exists()
                ]
                unfinished = manifest.unfinished()
            faults += [language.say("{file} is missing", file=name) for name in missing]
            faults += [language.say("{file} was not read to its end: read it again", file=name) for name in unfinished]
        except SetupError as error:
            faults.append(language.error(error)[0])
    if json:
        show_json({**found, "faults": faults})
    else:
        for name, value in found.items():
            tell(f"{name:<18} {value}")
        for fault in faults or [language.say("everything is in place")]:
            tell(fault)
    raise typer.Exit(SetupError.exit_code if faults else 0)


COMMAND = doctor
