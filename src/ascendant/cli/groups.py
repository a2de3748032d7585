"""ascendant groups [GROUP]: accounts that act together, in a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ascendant.cli import options as o
from ascendant.cli.screen import WIDTH, asked, show_json, tell
from ascendant.errors import Caveat, mark

if TYPE_CHECKING:
    from ascendant.report.groups import OneGroup
    from ascendant.report.language import Language
    from ascendant.study.findings import Findings

_BEYOND = mark(
    "They act on the same things together more than chance gives, and closer in time than a shared interest alone"
    " explains. Who runs them, and why, the files do not tell."
)
_NONE = mark("No group of accounts that act together was found.")
_LOOKED = mark(
    "Looked at: {acts} of {accounts}, for posts passed on, pages linked to, texts alike, rows of hashtags, pictures and"
    " posts answered, within {windows}. That none was found does not show that there is none."
)
_READ = mark(
    "Met: moments in which it acted within {window} of others of the group on the same object; beside it, as many as"
    " chance gives. q: of accounts shown on evidence no better than this, the share expected to be there by chance."
)
_MOST_MEMBERS = 60  # shown on a screen
_COLUMNS = (8, 12, 12, 8)


def groups(
    group: Annotated[
        int | None, typer.Argument(help="number of a group, from 1; all groups without", show_default=False)
    ] = None,
    *,
    asking: o.Asking,
) -> None:
    """Show accounts that act together beyond chance, what else would explain it, and who passes on what they bring.

    With the number of a group: its members, and what they did together, side by side.
    """
    from ascendant.report.groups import GROUP_TABLES, groups_answer, limits_of_groups

    opened, language, question = asked(asking)
    findings = opened.find(question, tables=(*GROUP_TABLES, "standing"))
    found = groups_answer(findings.tables)
    caveats = limits_of_groups(findings.caveats, some=bool(found))
    names = opened.names(findings, language, asking.reveal)
    one = None if group is None else opened.group(findings, names, group)
    if asking.json:
        said = [language.caveat(names.in_caveat(caveat)) for caveat in caveats]
        show_json({**({"groups": found} if one is None else asdict(one)), "caveats": said})
        return
    if one is not None:
        _show_one(one, language)
    elif found:
        _show_all(found, language)
    else:
        _show_none(findings, language)
    _limits(caveats, language)


def _show_all(found: list[dict[str, Any]], language: Language) -> None:
    one, several = mark("One group of accounts that act together"), mark("{n} groups of accounts that act together")
    tell(language.say(one if len(found) == 1 else several, n=len(found)))
    _wrapped(language.say(_BEYOND))
    for group in found:
        tell()
        _group(group, language)
    tell()
    _wrapped(language.say(mark("`ascendant groups NUMBER` lists the accounts of a group and what they did together.")))


def _show_none(findings: Findings, language: Language) -> None:
    from ascendant.patterns.options import GroupOptions

    tell(language.say(_NONE))
    acts = language.plural("one act", "{n} acts", findings.n_rows)
    accounts = language.plural("one account", "{n} accounts", findings.standing.num_rows)
    windows = language.listed([language.span(seconds) for seconds in GroupOptions().windows_seconds])
    _wrapped(language.say(_LOOKED, acts=acts, accounts=accounts, windows=windows))


def _show_one(one: OneGroup, language: Language) -> None:
    from ascendant.report.group_words import object_head, object_words

    _group(one.group, language)
    tell()
    heads = (language.say("met"), language.say("by chance"), language.say("tempo"), "q")
    _row(language.say("Members"), heads)
    for member in one.members[:_MOST_MEMBERS]:
        cells = (
            language.number(member["n_meetings"]),
            language.number(member["expected"], 1),
            language.span(member["tempo_seconds"]),
            language.number(member["q_value"], 2),
        )
        _row(f"  {member['account']}", cells)
    if (n_more := len(one.members) - _MOST_MEMBERS) > 0:
        tell("  " + language.plural("and one more: --json tells it", "and {n} more: --json tells them", n_more))
    _wrapped(language.say(_READ, window=language.span(one.group["window_seconds"])))
    tell()
    tell(language.say("What they did together"))
    for row in one.objects:
        tell()
        _wrapped(object_head(row, language))
        _wrapped(object_words(row, language), "    ")
        if row["url"]:
            tell(f"    {row['url']}")
        _acts(row, language)


def _acts(row: dict[str, Any], language: Language) -> None:
    """The acts on one object under each other, the first with its date, the others by how much later they came."""
    first = row["acts"][0]["happened_at"]
    tell(f"  {language.date(first, time=True)}")
    for act in row["acts"]:
        later = language.span((act["happened_at"] - first).total_seconds())
        tell(f"  {'+' + later:>14}  {act['account'][: WIDTH - 18]}")
        if act["url"]:
            tell(f"{'':18}{act['url']}")
    if (n_more := row["n_members"] - len(row["acts"])) > 0:
        tell(f"{'':18}" + language.plural("and one more account", "and {n} more accounts", n_more))


def _group(group: dict[str, Any], language: Language) -> None:
    from ascendant.report.group_words import group_lines

    tell(
        language.plural(
            "Group {number}: one account",
            "Group {number}: {n} accounts",
            group["n_members"],
            number=group["number"],
        )
    )
    for line in group_lines(group, language):
        _wrapped(line, "  ")


def _row(label: str, cells: tuple[str, ...]) -> None:
    name_width = WIDTH - sum(_COLUMNS)
    shown = "".join(f"{cell:>{width}}" for cell, width in zip(cells, _COLUMNS, strict=True))
    tell(f"{label[: name_width - 1]:<{name_width}}{shown}")


def _limits(caveats: list[Caveat], language: Language) -> None:
    if not caveats:
        return
    tell()
    tell(language.say("Limits"))
    for caveat in caveats:
        lines = textwrap.wrap(language.caveat(caveat), WIDTH, initial_indent="  - ", subsequent_indent="    ")
        for line in lines:
            tell(line)


def _wrapped(words: str, indent: str = "") -> None:
    for line in textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent):
        tell(line)


COMMAND = o.with_flags(groups)
