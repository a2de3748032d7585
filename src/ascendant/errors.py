"""What ascendant raises on purpose, and the caveats that travel with its figures.

AscendantError
├── UsageError           your command
│   ├── BadCommand  BadChoice  BadMapping  UnknownColumn
│   ├── NoArchives  NoPurpose  NotConfirmed  UnknownTerm  UnknownOwner
│   └── UnknownKind  NoReason  OpinionOfPrivate
├── ExportError          your files
│   ├── FileMissing  FileRefused  NotAFile  EmptyFile  BrokenFile  ProtectedFile  UnknownPacking  UnsafeFile
│   ├── UnknownFormat  OtherPlatform  AmbiguousFormat  NothingRead  AmbiguousMember
│   ├── SeveralOwners  AnotherOwner  StudyOfAnother
│   └── MissingColumn  AmbiguousColumn  UnclearTimes
├── EvidenceError        your data cannot answer this
│   └── UnknownAccount  AmbiguousAccount  NothingToStudy  NoOwner  NoSuchTie  NoSuchGroup
└── SetupError           your installation or settings
    ├── NotAStudy  StudyExists  StudyBusy  StudyRead  NewerFormat  BrokenStudy
    └── BadSetting  BrokenSettings  DiskFull  FolderRefused  MissingLibrary

A message and its hint are English templates that live in the class; the facts that fill them are
attributes. A fact that is a sentence of ours is a `Caveat`, or a marked text under one of the names `reason`,
`place`, `seen`, `nearest`. The doors translate the template, then fill it (`ascendant.report.language`).
Anything else that escapes is a fault of ours and keeps its traceback.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import ClassVar, Final


def mark(template: str) -> str:
    """Mark a text for translation; it is returned unchanged.

    >>> mark("{n} accounts")
    '{n} accounts'
    """
    return template


STANDARD_INPUT: Final = mark("standard input")  # the one name of a file that is a word of ours


def fields_of(template: str) -> set[str]:
    """The names that a template asks for.

    >>> sorted(fields_of("{file}, line {line}: {reason}"))
    ['file', 'line', 'reason']
    """
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@dataclass(frozen=True)
class Caveat:
    """A limit of a figure, in words: an English template and the facts that fill it.

    >>> str(Caveat("{n} replies name no thread", {"n": 3}))
    '3 replies name no thread'
    """

    template: str
    facts: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.facts)


class AscendantError(Exception):
    """Shown without a traceback: what happened, to which thing, and what to try.

    `others` are further errors of the same command, where this one speaks for all of them.
    """

    message: ClassVar[str] = ""
    hint: ClassVar[str] = ""
    exit_code: ClassVar[int] = 70

    def __init__(self, **facts: object) -> None:
        wanted = fields_of(self.message) | fields_of(self.hint)
        if missing := wanted - facts.keys():
            raise TypeError(f"{type(self).__name__} needs {', '.join(sorted(missing))}")
        self.facts = facts
        self.others: tuple[AscendantError, ...] = ()
        super().__init__(self.message.format(**facts))

    def __getattr__(self, name: str) -> object:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def advice(self) -> str:
        """The hint, filled."""
        return self.hint.format(**self.facts)


class UsageError(AscendantError):
    """Your command."""

    exit_code = 2


class BadCommand(UsageError):
    message = mark("{reason}")
    hint = mark("`{command} --help` says what it takes.")


class BadChoice(UsageError):
    message = mark("{option} cannot be {value!r}: {reason}")
    hint = mark("--help after the command says what each option takes.")


class BadMapping(UsageError):
    message = mark("--columns {what} does not fit: {reason}")
    hint = mark("write --columns actor=author, --columns 1=actor, or a constant: --columns verb=:post")


class UnknownColumn(UsageError):
    message = mark("--columns: {field!r} is not a field that ascendant knows")
    hint = mark("use some of: {known}")


class NoArchives(UsageError):
    message = mark("no archive is given, and {folder} is no study whose mirror could be made again")
    hint = mark("give your archives: `ascendant mirror ARCHIVE.zip`; `ascendant explain export` says how to get them.")


class NoPurpose(UsageError):
    message = mark("--reveal shows names of private persons, and needs a purpose of at least {n} letters")
    hint = mark('say why, for instance: --reveal "fact-check for an article, names not published"')


class NotConfirmed(UsageError):
    message = mark("`{command}` deletes for good, and there is no terminal to ask on")
    hint = mark("add --yes after the command, if that is what you want.")


class UnknownTerm(UsageError):
    message = mark("there is no explanation of {term!r}")
    hint = mark("{nearest}")


class UnknownOwner(UsageError):
    message = mark("--owner: none of these archives is of {wanted!r}")
    hint = mark("{reason}")


class UnknownKind(UsageError):
    message = mark("there is no kind called {kind!r}")
    hint = mark("choose one of: {kinds}")


class NoReason(UsageError):
    message = mark("a kind that you give needs a reason of at least {n} letters: it is kept and shown")
    hint = mark('say why, for instance: --because "its legal notice names the party"')


class OpinionOfPrivate(UsageError):
    message = mark("{account} is a private person, as far as the files tell: it cannot be made a cause")
    hint = mark("politics are spoken of for organisations, elected persons and public figures alone.")


class ExportError(AscendantError):
    """Your files."""

    exit_code = 3


class FileMissing(ExportError):
    message = mark("{file} does not exist")
    hint = mark("check the spelling; a path with spaces needs quotes around it.")


class FileRefused(ExportError):
    message = mark("{file} cannot be opened: {reason}")
    hint = mark("check that you may read it, or copy it to a folder of yours.")


class NotAFile(ExportError):
    message = mark("{file} is a device or a socket, not a file")
    hint = mark("give a file, a folder or a zip; - stands for standard input.")


class EmptyFile(ExportError):
    message = mark("{file} is empty")
    hint = mark("download or collect it again; an export that is still being prepared is often empty.")


class BrokenFile(ExportError):
    message = mark("{file} breaks off or is damaged at {place}: {reason}")
    hint = mark("download or copy it again; what was read before that point is kept.")


class ProtectedFile(ExportError):
    message = mark("{file} is protected by a password")
    hint = mark("unpack it with its password first, and give the folder.")


class UnknownPacking(ExportError):
    message = mark("{file} is packed in a way that ascendant cannot unpack (method {method})")
    hint = mark("unpack it with the tool that made it, and give the folder.")


class UnsafeFile(ExportError):
    message = mark("{file} is not opened, since it is not what it says: {reason}")
    hint = mark("no platform makes such a file: download it again from the platform itself.")


class UnknownFormat(ExportError):
    message = mark("{file} is in no format that ascendant knows ({seen})")
    hint = mark("{remedy}")


class OtherPlatform(ExportError):
    message = mark("{file} looks like an export of {platform}; ascendant reads Facebook, X and LinkedIn")
    hint = mark("ask one of these three for your archive: `ascendant explain export` says how.")


class AmbiguousFormat(ExportError):
    message = mark("{file} could be read in {n} ways: {formats}")
    hint = mark("choose one with --format, for instance: --format {first}")


class NothingRead(ExportError):
    message = mark("nothing could be read from {files}")
    hint = mark("see rejects.jsonl in the study folder: it gives the reason for each line.")


class MissingColumn(ExportError):
    message = mark("{file} has no column {column!r}; its columns are: {found}")
    hint = mark("name an existing column with --columns {field}=COLUMN; a number counts columns from 1.")


class AmbiguousColumn(ExportError):
    message = mark("{file} has {n} columns called {column!r}: columns {numbers}")
    hint = mark("give the number instead of the name, for instance: --columns actor={first}")


class UnclearTimes(ExportError):
    message = mark("{file}: it is not clear how the times in {column!r} are written: {reason}")
    hint = mark("{remedy}")


class SeveralOwners(ExportError):
    message = mark("{file} holds archives of {n} people: {owners}")
    hint = mark("give one path for each person, and leave out the archives that were added by mistake.")


class AnotherOwner(ExportError):
    message = mark("these archives are not all of one person: {owners}")
    hint = mark('nothing was read; say whose are to be read, for instance: --owner "{first}"')


class StudyOfAnother(ExportError):
    message = mark("this study is of {kept}, and these archives are of somebody else: {owners}")
    hint = mark(
        'nothing was read; give them a study of their own with --study, or leave them out with --owner "{first}"'
    )


class AmbiguousMember(ExportError):
    message = mark("{file} holds {n} files that could be {wanted}: {found}")
    hint = mark("leave the right one there, and take the others out.")


class EvidenceError(AscendantError):
    """Your data cannot answer this."""

    exit_code = 3


class UnknownAccount(EvidenceError):
    message = mark("no account called {account!r} in this study")
    hint = mark("{nearest}")


class AmbiguousAccount(EvidenceError):
    message = mark("{account!r} is the name of {n} accounts: {found}")
    hint = mark("give one of these identifiers instead of the name.")


class NothingToStudy(EvidenceError):
    message = mark("nothing to study: {reason}")
    hint = mark("read files first, or widen --about, --since and --until.")


class NoOwner(EvidenceError):
    message = mark("no archive in {folder} says whose it is: there is nobody to hold a mirror up to")
    hint = mark("give the whole archive as it was downloaded: zip or folder; `ascendant explain export` says how.")


class NoSuchTie(EvidenceError):
    message = mark("no act of {target} names {source}, and none that names nobody is put down to it")
    hint = mark("`ascendant who {target}` lists the accounts that move it, as far as the files tell.")


class NoSuchGroup(EvidenceError):
    message = mark("there is no group {number} in what was asked; groups found: {found}")
    hint = mark("`ascendant groups` alone lists them; they are numbered from 1.")


class SetupError(AscendantError):
    """Your installation or settings."""

    exit_code = 4


class NotAStudy(SetupError):
    message = mark("{folder} is not a study")
    hint = mark("make one with `ascendant read FILES --study {folder}`, or name another with --study.")


class StudyExists(SetupError):
    message = mark("{folder} is not a study, and not an empty folder")
    hint = mark("name a new or an empty folder with --study.")


class StudyBusy(SetupError):
    message = mark("{folder} is being written by another program ({holder})")
    hint = mark("wait until it has finished, then run the command again; reading is possible meanwhile.")


class StudyRead(SetupError):
    message = mark("{folder} is being read by another program: what was forgotten cannot be overwritten yet")
    hint = mark("wait until it has finished, then run the same command again.")


class NewerFormat(SetupError):
    message = mark("{folder} was written by a newer ascendant (format {found}; this one knows {known})")
    hint = mark("install the newer version, or make another study from the files.")


class BrokenStudy(SetupError):
    message = mark("{folder} is damaged: {file}: {reason}")
    hint = mark("put it back from a copy, or make another study from the files.")


class BadSetting(SetupError):
    message = mark("{file}: {setting} cannot be {value!r}: {reason}")
    hint = mark("correct it; `ascendant doctor` checks the settings.")


class BrokenSettings(SetupError):
    message = mark("{file} cannot be understood: {reason}")
    hint = mark("correct it; `ascendant doctor` checks the settings.")


class DiskFull(SetupError):
    message = mark("the disk of {folder} is full")
    hint = mark("free some space and run the same command again: it goes on where it stopped.")


class FolderRefused(SetupError):
    message = mark("{folder} cannot be written: {reason}")
    hint = mark("check that you may write there, or name another folder with --study.")


class MissingLibrary(SetupError):
    message = mark("a part of ascendant is missing: {library}")
    hint = mark("put it back with: {command}")
