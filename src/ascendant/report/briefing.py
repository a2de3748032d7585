"""Results of a study -> the briefing: one HTML page for a decision, and the same content as plain JSON.

Names, links and posts come through `naming.Names`; how the page holds everything in itself is told in `page`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ascendant.report.content import content
from ascendant.report.figures import SIGNS, swatch_svg
from ascendant.report.findings import KEY_FACTS, WHOLE_FACTS
from ascendant.report.inputs import BriefingInputs
from ascendant.report.language import Language
from ascendant.report.page import page_html, plain, write_page


def write_briefing(inputs: BriefingInputs, language: Language, path: Path) -> Path:
    """Write the page to `path`, whole or not at all."""
    return write_page(briefing_html(inputs, language), path)


def briefing_html(inputs: BriefingInputs, language: Language) -> str:
    """The page as text."""
    return page_html(
        "briefing.html.jinja",
        ("page.css", "briefing.css"),
        language,
        page=content(inputs, language),
        signs=SIGNS,
        key_facts=KEY_FACTS,
        whole_facts=WHOLE_FACTS,
        swatch=swatch_svg,
    )


def briefing_json(inputs: BriefingInputs, language: Language) -> dict[str, Any]:
    """The content of the page as plain values: numbers as numbers, times as ISO text, accounts under shown names."""
    told: dict[str, Any] = plain(content(inputs, language))
    return told
