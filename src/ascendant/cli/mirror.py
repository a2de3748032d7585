"""ascendant mirror ARCHIVES: one's own archives to the mirror, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascendant.cli import options as o
from ascendant.cli.reading import read_files
from ascendant.cli.screen import PARTIAL, note_expiry, open_study, progress_bar, show_json, speak, tell
from ascendant.errors import NoArchives
from ascendant.read.options import ReadOptions

Archives = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="ARCHIVES", help="your archives of Facebook, X and LinkedIn: zips or folders", show_default=False
    ),
]
Share = Annotated[bool, typer.Option("--share", help="write the version without other people's names")]
WithMessages = Annotated[bool, typer.Option("--with-messages", help=o.help_of(ReadOptions, "with_messages"))]
TimeZone = Annotated[
    str | None,
    typer.Option(
        "--time-zone", help="zone of a new study's hours, as Europe/Paris; this machine's otherwise", show_default=False
    ),
]


def mirror(
    archives: Archives = None,
    study: o.StudyFolder = None,
    *,
    owner: o.Owner = None,
    share: Share = False,
    with_messages: WithMessages = False,
    time_zone: TimeZone = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Read your own archives, and write your mirror: do you use the networks, or are you used? Makes ./mirror-study
    unless --study says where.

    `ascendant explain export` says how to get your archives. Without ARCHIVES, the page of a study is made again.
    """
    from ascendant.report.mirror import mirror_json
    from ascendant.study import Study
    from ascendant.study import mirror as mirrors

    language = speak(lang)
    here = Path() if (Path() / "study.toml").exists() else Path("mirror-study")
    folder = study or here
    problems: list[dict[str, str]] = []
    is_whole = True
    if archives:
        made = Study.make(folder, time_zone=time_zone or mirrors.local_zone(), is_own=True)
        note_expiry(made.settings, language)
        language = speak(lang, made.settings.time_zone)
        outcome = read_files(
            made, archives, ReadOptions(with_messages=with_messages), language, owner=owner, quiet=json
        )
        problems, is_whole = outcome.problems, outcome.is_whole
    elif not (folder / "study.toml").exists():
        raise NoArchives(folder=str(folder))
    else:
        made = open_study(folder, language)
        language = speak(lang, made.settings.time_zone)
    with progress_bar(quiet=json) as progress:
        progress(language.say("the mirror"), 0, 1)
        found = mirrors.find(made, progress=progress)
        given = mirrors.inputs(made, found, language, is_shared=share)
        page = mirrors.write(made, given, language)
    told = mirror_json(given, language)
    if json:
        show_json({**told, "page": str(page), "problems": problems})
    else:
        for sentence in told["answer"]["sentences"]:
            tell(str(sentence))
        tell()
        tell(language.say("Mirror: {page}", page=str(page)))
    raise typer.Exit(0 if is_whole else PARTIAL)


COMMAND = mirror
