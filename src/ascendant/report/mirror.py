"""The tables of a person's archives -> their mirror: one HTML page for themselves, and the same content as JSON.

The page is for the owner of the archives: it shows the names that stand there. The version to be shared shows no other
private person, nothing of what is inferred of the owner, and the owner by their platforms only.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ascendant.report.language import Language
from ascendant.report.mirror_content import content
from ascendant.report.mirror_inputs import MirrorInputs
from ascendant.report.mirror_sentences import KEY_FACTS
from ascendant.report.page import page_html, plain, write_page

__all__ = ["MirrorInputs", "mirror_html", "mirror_json", "write_mirror"]


def write_mirror(inputs: MirrorInputs, language: Language, path: Path) -> Path:
    """Write the page to `path`, whole or not at all."""
    return write_page(mirror_html(inputs, language), path)


def mirror_html(inputs: MirrorInputs, language: Language) -> str:
    """The page as text; times are shown in the time zone of the mirror."""
    language = _here(inputs, language)
    return page_html(
        "mirror.html.jinja",
        ("page.css", "mirror.css"),
        language,
        page=content(inputs, language),
        key_facts=KEY_FACTS,
    )


def mirror_json(inputs: MirrorInputs, language: Language) -> dict[str, Any]:
    """The content of the page as plain values: numbers as numbers, times as ISO text, accounts under shown names."""
    told: dict[str, Any] = plain(content(inputs, _here(inputs, language), is_drawn=False))
    return told


def _here(inputs: MirrorInputs, language: Language) -> Language:
    return replace(language, zone=inputs.mirror.time_zone)
