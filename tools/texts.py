"""Templates in the code -> French catalogue: gather them, say what is missing, compile.

    python tools/texts.py update     gather all templates, keep the translations, compile
    python tools/texts.py missing    list what has no translation yet, ready to be pasted and filled
    python tools/texts.py fill FILE  take translations from a .po file (as `missing` prints it), then update
    python tools/texts.py check      say what is wrong; exit code 1 when anything is

A template is the first argument of mark, Caveat or say, the second of Reject, both of plural, _("...") in a page,
and whatever the help of a command says.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from ascendant.cli.app import app
from ascendant.cli.speech import words_of

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "ascendant"
PO = PACKAGE / "report" / "texts" / "fr" / "LC_MESSAGES" / "ascendant.po"
MO = PO.with_suffix(".mo")
CALLS = {"mark": (0,), "Caveat": (0,), "say": (0,), "Reject": (1,), "plural": (0, 1)}  # places of the templates
HEADER = "# French texts of ascendant. Written by tools/texts.py: translate in place, then run `update` again.\n#"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes from the same words


def gather() -> Catalog:
    """Every template in the package, with the files that use it."""
    catalog = _empty()
    for file, words in sorted([*_in_code(), *_in_pages()], key=lambda found: found[0]):
        if not re.fullmatch(r"(?:\{\w+\})?", _first(words)):
            catalog.add(words, locations=[(file, 1)])
    for words in _in_help():
        catalog.add(words, locations=[("cli", 1)])
    return catalog


def _in_help() -> list[str]:
    """What the commands' help says: docstrings, and the options' own words."""
    return words_of(get_command(app)) if (PACKAGE / "cli").is_dir() else []


def _in_code() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """File and template of each call. Babel's own extractor reads tokens: bytes in a call stop it, and what it finds in
    f-strings differs between versions of Python.
    """
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [node.args[place] for place in CALLS.get(name, ()) if place < len(node.args)]
            words = tuple(one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))
            if words and len(words) == len(CALLS[name]):
                yield path.relative_to(PACKAGE).as_posix(), words if len(words) > 1 else words[0]


def _in_pages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    calls = {"_": None, "plural": (1, 2)}
    for file, _, words, _, _ in extract_from_dir(PACKAGE, [("**.jinja", "jinja2")], keywords=calls):
        yield file, words


def merged() -> Catalog:
    """The gathered templates with the translations that the catalogue holds; the others are dropped."""
    known, found = _read(PO), gather()
    result = _empty()
    for message in sorted(_messages(found), key=lambda one: _first(one.id).casefold()):
        old = known.get(_first(message.id))
        kept = old.string if old is not None and isinstance(old.id, str) == isinstance(message.id, str) else ""
        places = sorted({(file, 1) for file, _ in message.locations})
        flags = {"fuzzy"} if old is not None and old.fuzzy and kept else set()
        result.add(message.id, kept or (("", "") if isinstance(message.id, tuple) else ""), places, flags)
    return result


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def written(catalog: Catalog) -> bytes:
    """The catalogue as people read it."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, include_lineno=False, sort_output=False)
    return buffer.getvalue()


def faults() -> list[str]:
    """What is wrong with the catalogue: one line each; nothing when it is complete, correct and compiled."""
    found, known = gather(), _read(PO)
    wrong = [f"not translated: {_first(one.id)!r}" for one in _messages(found) if not _is_whole(known, one)]
    gone = {_first(one.id) for one in _messages(known)} - {_first(one.id) for one in _messages(found)}
    wrong += [f"no longer used: {words!r}" for words in sorted(gone)]
    for message in _messages(known):
        if message.fuzzy:
            wrong.append(f"fuzzy: {_first(message.id)!r}")
        wrong += [f"{fault}: {_first(message.id)!r}" for fault in _faults_of(message)]
    if not MO.exists() or _words(MO.read_bytes()) != _words(compiled(known)):
        wrong.append("the compiled catalogue is stale: run `python tools/texts.py update`")
    return wrong


def _faults_of(message: Message) -> list[str]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    wanted = [_fields(words) for words in ids]
    faults = []
    for words in strings:
        if not words:
            continue
        try:
            fields = _fields(words)
        except ValueError as error:
            faults.append(f"not a template ({error})")
            continue
        # French takes its singular for 0 too: "un acte" would be wrong there, "{n} acte" is right
        if fields != wanted[-1]:
            faults.append("other placeholders than the English text")
        text = re.sub(r"`[^`]*`|\{[^}]*\}", "x", words)
        if re.search(r"\w[;!?»%](?=\s|$)|\w:(?=\s|$)|«\S", text):
            faults.append("French sets a space before ; : ! ? % and inside « »")
    return faults


def _fields(words: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, spec, conversion) for _, name, spec, conversion in string.Formatter().parse(words) if name}


def _is_whole(known: Catalog, wanted: Message) -> bool:
    message = known.get(_first(wanted.id))
    if message is None or message.id != wanted.id:
        return False
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _first(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _empty() -> Catalog:
    return Catalog(
        locale="fr", domain="ascendant", header_comment=HEADER, project="ascendant", version="1",
        copyright_holder="The ascendant authors", msgid_bugs_address="none", last_translator="The ascendant authors",
        language_team="fr", charset="utf-8", creation_date=EPOCH, revision_date=EPOCH, fuzzy=False,
    )  # fmt: skip


def _words(catalogue: bytes) -> dict[object, object]:
    """What a compiled catalogue says, without the header, which names the version of Babel."""
    return {_first(message.id): message.string for message in _messages(read_mo(BytesIO(catalogue)))}


def _read(path: Path) -> Catalog:
    if not path.exists() or not path.stat().st_size:
        return _empty()
    with path.open("rb") as file:
        return read_po(file, locale="fr", domain="ascendant")


def _write(catalog: Catalog) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(written(catalog))
    MO.write_bytes(compiled(_read(PO)))


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            _write(merged())
            missing = [one for one in _messages(_read(PO)) if not _is_whole(_read(PO), one)]
            print(f"{len(_messages(_read(PO)))} templates, {len(missing)} not translated")
        case ["missing"]:
            catalog, known = _empty(), merged()
            for one in _messages(known):
                if not _is_whole(known, one):
                    catalog.add(one.id, one.string, one.locations)
            print(written(catalog).decode())
        case ["fill", path]:
            catalog, given = merged(), _read(Path(path))
            for one in _messages(given):
                if _is_whole(given, one) and (entry := catalog.get(_first(one.id))) is not None:
                    entry.string = one.string
            _write(catalog)
            return main(["update"])
        case ["check"]:
            print("\n".join(wrong := faults()) or "the French texts are complete")
            return 1 if wrong else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
