"""What the code says of its commands, readers, tables and options -> the pages of docs/reference/.

    python tools/reference.py update   write the pages anew
    python tools/reference.py check    say which pages are stale; exit code 1 when any is

Nothing is written twice: help texts, meanings and sentences stand in the code, beside what they tell of.
"""

from __future__ import annotations

import ast
import inspect
import io
import sys
import tokenize
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, fields
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa
from typer.models import OptionInfo

from ascendant import activity
from ascendant.activity import ACCOUNT, ACTIVITY, VERBS
from ascendant.cli.app import app
from ascendant.cli.screen import CANCELLED, OUR_FAULT, PARTIAL
from ascendant.demo.options import WorldOptions
from ascendant.errors import EvidenceError, ExportError, SetupError
from ascendant.infer.options import InfluenceOptions
from ascendant.patterns.options import PatternOptions
from ascendant.read.options import ReadOptions
from ascendant.read.readers import READERS
from ascendant.read.tabular import presets
from ascendant.read.tabular.bind import COMMON_VERBS
from ascendant.read.tabular.mapping import FIELDS
from ascendant.read.tabular.presets import preset_named
from ascendant.store.options import Question

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
WRITTEN = "<!-- Written by tools/reference.py out of the code: change it there, then run `update`. -->"
BAR = "\\|"
KINDS = {"Path": "PATH", "int": "NUMBER", "str": "TEXT"}
TYPES = {
    "string": "text",
    "bool": "true or false",
    "int64": "whole number",
    "int32": "whole number",
    "float": "number",
    "double": "number",
    "date32[day]": "day",
}
VOCABULARIES = ("VERBS", "DIRECTIONS", "RELAYS", "TIME_BASES", "TIME_PRECISIONS")
# Tables of `results/`: the schemas in which their columns stand, as module and name; their comments are the meanings.
RESULTS = {
    "named_by": (("infer.named", "NAMED_BY"),),
    "ties": (("infer.named", "TIES"), ("infer.moved", "TIES_INFERRED")),
    "influence": (
        ("infer.cascades", "INFLUENCE"),
        ("study.rooms", "SINCE"),
        ("infer.inferred", "INFERRED"),
        ("infer.new_topics", "NEW_SHARES"),
    ),
    "moved_acts": (("infer.moved", "MOVED_ACTS"), ("infer.new_topics", "NEW_TO_ACTOR")),
    "passed_by": (("infer.moved", "PASSED_BY"),),
    "doses": (("infer.inferred", "DOSES"),),
    "standing": (("patterns.standing", "STANDING"),),
    "groups": (("patterns.groups.tables", "GROUPS"),),
    "group_members": (("patterns.groups.tables", "GROUP_MEMBERS"),),
    "group_objects": (("patterns.groups.tables", "GROUP_OBJECTS"),),
    "relays": (("patterns.relays.tables", "RELAYS"),),
    "group_spread": (("patterns.relays.tables", "GROUP_SPREAD"),),
    "kinds": (("patterns.kinds.influencers", "INFLUENCER_KINDS"), ("patterns.kinds.influenced", "INFLUENCED_KINDS")),
    "kind_terms": (("patterns.kinds.terms", "KIND_TERMS"),),
    "influenced_behaviour": (("patterns.kinds.influenced", "INFLUENCED_BEHAVIOUR"),),
    "advertising": (("patterns.advertising.tables", "ADVERTISING"),),
    "advertisers": (("patterns.advertising.tables", "ADVERTISERS"),),
    "advertising_audience": (("patterns.advertising.tables", "ADVERTISING_AUDIENCE"),),
    "advertising_trends": (("patterns.advertising.tables", "ADVERTISING_TRENDS"),),
}
RENAMED = {("ties", "TIES_INFERRED"): {"evidence": "evidence_inferred"}}  # beside another of that name
COMMON = {
    "account_id": "the account",
    "source_id": "who moved",
    "target_id": "whose acts were moved",
    "actor_id": "who did it",
    "act_id": "the act",
    "group_id": "the group: 0 is the largest; people are told numbers from 1",
    "platform": "facebook, x, linkedin",
    "low": "where its interval of 90 % begins",
    "high": "where it ends",
    "_low": "where its interval of 90 % begins",
    "_high": "where it ends",
}
OPTIONS = (WorldOptions, ReadOptions, Question, InfluenceOptions, PatternOptions)


def commands() -> str:
    """Each command with its arguments and options, and the exit codes."""
    parts = [_head("Commands", "`ascendant COMMAND --help` says the same.")]
    for command in map(_callback, app.registered_commands):
        given = [_parameter(parameter) for parameter in inspect.signature(command, eval_str=True).parameters.values()]
        words = ["ascendant", command.__name__, *(name for is_flag, name, *_ in given if not is_flag), "[OPTIONS]"]
        parts.append(f"## {command.__name__}\n\n{_sentences(command)}\n\n```\n{' '.join(words)}\n```\n")
        parts.append(_table(("", "meaning", "default"), [(f"`{name}`", told, usual) for _, name, told, usual in given]))
    codes = [
        (0, "done"),
        (PARTIAL, "done in part: some lines or files could not be read"),
        (2, "wrong use of the command"),
        (ExportError.exit_code, "the files cannot be read, or cannot answer the question"),
        (SetupError.exit_code, "installation or settings"),
        (OUR_FAULT, "a fault of ascendant, shown with its traceback"),
        (CANCELLED, "cancelled; what had been committed is kept"),
    ]
    assert EvidenceError.exit_code == ExportError.exit_code
    parts.append("## Exit codes\n\n" + _table(("code", "meaning"), codes))
    return "\n".join(parts)


def readers() -> str:
    """Each reader with the files that it knows, and the words of a mapping."""
    intro = (
        "Files, folders and zips are read, and standard input as `-`; `.gz` and `.zst` are opened as what they hold."
        " The format is told by the first bytes. Where two readers would fit, `--format NAME` chooses one."
    )
    parts = [_head("Readers", intro)]
    for module in map(import_module, (f"ascendant.read.{name}" for name in READERS)):
        told = " ".join(module.READER.__doc__.split())
        parts.append(f"## {module.READER.name}\n\n{told} Version {module.READER.version}.\n")
        parts.append(_table(("files", "what they are"), module.FILES.items()))
    parts.append("### Known tables\n\nRecognised by their header, or named with `--preset NAME`.\n")
    known = [(f"`{name}`", about, _code(preset_named(name).header)) for name, about in sorted(presets().items())]
    parts.append(_table(("preset", "what it is", "columns by which it is known"), known))
    parts.append(
        "### Fields of `--columns`\n\n`FIELD=COLUMN`; a number counts columns from 1, `FIELD=:WORD` is the same"
    )
    parts.append("for every row, `FIELD=ONE|OTHER` takes the first that is not empty.\n")
    parts.append(_table(("field", "meaning"), [(f"`{name}`", meaning) for name, meaning in FIELDS.items()]))
    codes = {verb: [code for code, known in COMMON_VERBS.items() if known == verb != code] for verb in sorted(VERBS)}
    others = _code(verb for verb, found in codes.items() if not found)
    parts.append("### Verbs\n\nThe meanings of `--values CODE=VERB`. These codes, in any case, need none:\n")
    parts.append(_table(("verb", "codes"), [(f"`{verb}`", ", ".join(found)) for verb, found in codes.items() if found]))
    parts.append(f"The other verbs: {others}.\n")
    return "\n".join(parts)


def tables() -> str:
    """The columns of the two tables at rest, and of results."""
    intro = (
        "A study keeps them as Parquet, in `activity/` and `accounts/`. A null is unknown, never zero; times are UTC."
        " What is asked and found is in `results/`, one file a table."
    )
    parts = [_head("Tables of a study", intro)]
    for name, schema in (("activity", ACTIVITY), ("accounts", ACCOUNT)):
        rows = [(f"`{field.name}`", _kind(field.type), field.metadata[b"meaning"].decode()) for field in schema]
        parts.append(f"## {name}\n\n{_table(('column', 'type', 'meaning'), rows)}")
    for name, schemas in RESULTS.items():
        rows = {row[0]: row for module, schema in schemas for row in _columns(name, module, schema)}
        parts.append(f"## results/{name}\n\n{_table(('column', 'type', 'meaning'), rows.values())}")
    parts.append("## Vocabularies\n")
    parts.append(_table(("name", "words"), [(name, _code(getattr(activity, name))) for name in VOCABULARIES]))
    return "\n".join(parts)


def options() -> str:
    """The choices that the rooms take, as they are passed in Python."""
    parts = [_head("Options", "Frozen values that the functions of a room take. Those of commands are their flags.")]
    for kind in OPTIONS:
        rows = [
            (f"`{one.name}`", one.metadata["help"], _usual(one.default))
            for one in fields(kind)
            if "help" in one.metadata
        ]
        parts.append(f"## {kind.__name__}\n\n`{kind.__module__}`: {_sentences(kind)}\n")
        parts.append(_table(("field", "meaning", "default"), rows))
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "readers.md": readers,
    "tables.md": tables,
    "options.md": options,
}


def stale(folder: Path = FOLDER) -> list[str]:
    """Pages that are absent, say something else than the code does, or are made by nothing."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    wanted = {name: page() for name, page in PAGES.items()}
    return [name for name in sorted(found | wanted) if found.get(name) != wanted.get(name)]


def _columns(table: str, module: str, schema: str) -> list[tuple[str, str, str]]:
    """Name, type and meaning of each column of a schema: the comment on its line, or above it."""
    found = import_module(f"ascendant.{module}")
    text = inspect.getsource(found)
    comments = {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    }
    told: dict[str, str] = {}
    families: dict[str, str] = {}  # columns that are named in a row, by what their names begin with
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == schema:
            for pair in (one for one in ast.walk(node) if isinstance(one, ast.Tuple)):
                comment = comments.get(pair.end_lineno or 0)
                match pair.elts[0]:
                    case ast.JoinedStr(values=[ast.Constant(value=str(begin)), *_]):
                        families[begin] = comment or ""
                    case ast.Constant(value=str(name)):
                        told[name] = comment or COMMON.get(name) or _usual_meaning(name)
    for field in getattr(found, schema):
        if field.name not in told:
            told[field.name] = next(words for begin, words in families.items() if field.name.startswith(begin))
    names = RENAMED.get((table, schema), {})
    return [
        (f"`{names.get(field.name, field.name)}`", _kind(field.type), told[field.name])
        for field in getattr(found, schema)
    ]


def _usual_meaning(name: str) -> str:
    ending = next((ending for ending in ("_low", "_high") if name.endswith(ending)), None)
    if ending is None:
        raise ValueError(f"the column {name!r} has no comment that says what it means")
    return COMMON[ending]


def _callback(command: Any) -> Callable[..., None]:
    assert command.callback is not None
    return command.callback


def _parameter(parameter: inspect.Parameter) -> tuple[bool, str, str, str]:
    """Whether it is a flag, how it is written, its help, its default."""
    kind, info = get_args(parameter.annotation)
    told = info.help or ""
    if not isinstance(info, OptionInfo):
        is_needed = parameter.default is inspect.Parameter.empty
        name = (info.metavar or parameter.name).upper() + ("..." if "list" in str(kind) else "")
        return False, name if is_needed else f"[{name}]", told, ""
    flag = info.default if isinstance(info.default, str) else "--" + parameter.name.replace("_", "-")
    if kind is bool:
        return True, flag, told, ""
    value = info.metavar or next(word for name, word in KINDS.items() if name in str(kind))
    return True, f"{flag} {value}", told, _usual(parameter.default)


def _usual(value: object) -> str:
    if value is MISSING or value in (None, [], (), ""):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _sentences(thing: Any) -> str:
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_kind(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "record: " + ", ".join(field.name for field in kind)
    return "time" if pa.types.is_timestamp(kind) else TYPES[str(kind)]


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))


def _head(title: str, intro: str) -> str:
    return f"{WRITTEN}\n\n# {title}\n\n{intro}\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(str(cell).replace('|', BAR) for cell in line)} |\n" for line in lines)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            FOLDER.mkdir(parents=True, exist_ok=True)
            for name in stale():
                if name in PAGES:
                    (FOLDER / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
                else:
                    (FOLDER / name).unlink()
                print(f"{name} was written" if name in PAGES else f"{name} is gone")
        case ["check"]:
            print("\n".join(f"{name} is stale" for name in stale()) or "the reference is up to date")
            return 1 if stale() else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
