"""Why a record of X is not read: the reasons that stand in rejects, and the exception that carries one to its line."""

from __future__ import annotations

from typing import Final

from ascendant.errors import mark

BROKEN_JSON: Final = mark("not valid JSON")
BAD_UTF8: Final = mark("not valid UTF-8")
NUL_BYTES: Final = mark("holds NUL bytes")
TOO_LONG: Final = mark("longer than the limit")
TOO_DEEP: Final = mark("nested too deeply")
NOT_AN_OBJECT: Final = mark("something else where one JSON object is expected")
WRONG_TYPE: Final = mark("a field has the wrong type")
NO_ID: Final = mark("no usable id")
INEXACT_ID: Final = mark("an id that has lost its last digits; export it again as text")
BAD_TIME: Final = mark("a date that cannot be read")
ABSURD_TIME: Final = mark("an absurd date: X began in March 2006")
COUNTS: Final = mark("tweet counts, not posts")
LISTS: Final = mark("lists of accounts, not posts")
COMPLIANCE: Final = mark("compliance records (deleted posts or accounts), not posts")
UNAVAILABLE: Final = mark("a post that X did not show (deleted, withheld or protected)")
UNKNOWN_RECORD: Final = mark("neither a post nor an account of X")
WRONG_WIDTH: Final = mark("a row with more or fewer cells than the header")
BAD_ROW: Final = mark("a row that is not valid CSV")
UNKNOWN_FILE: Final = mark("not a file of posts of X that this reader knows")


class Refused(Exception):
    """This record cannot be read. `detail` never holds text of a post."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(reason)
