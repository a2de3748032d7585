"""Remarks of coverage on archives that say what is missing or what to ask for: whoever reads the files is told them.

The other remarks say how a file was understood; they stand in coverage alone.
"""

from __future__ import annotations

from typing import Final

from ascendant.read.facebook_archive.members import FROM_PAGES, NEW_LAYOUT
from ascendant.read.facebook_archive.reading import ONLY_JSON, TOO_OLD
from ascendant.read.linkedin_archive.reading import COMES_LATER
from ascendant.read.linkedin_archive.table import NO_HEADER
from ascendant.read.x_archive import ELSEWHERE, FEWER_THAN_HEADERS, NO_MANIFEST
from ascendant.read.x_archive.owner import PARTIAL
from ascendant.read.x_archive.reading import COUNT_DIFFERS

REMARKS: Final = (
    PARTIAL,
    ELSEWHERE,
    COUNT_DIFFERS,
    FEWER_THAN_HEADERS,
    NO_MANIFEST,
    FROM_PAGES,
    ONLY_JSON,
    TOO_OLD,
    NEW_LAYOUT,
    NO_HEADER,
    COMES_LATER,
)
