"""Results of a study -> the briefing: one HTML page for a decision, and the same content as plain JSON.

The page holds everything in itself (style, drawings) and asks nothing of any network: its content policy allows
its own style and nothing else. Names, links and posts come through `naming.Names`. The same inputs give the same bytes.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import tempfile
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from ascendant.report.charts.font import font_face_css
from ascendant.report.content import content
from ascendant.report.drawn import Drawn, Words
from ascendant.report.figures import SIGNS, swatch_svg
from ascendant.report.findings import KEY_FACTS, WHOLE_FACTS
from ascendant.report.inputs import BriefingInputs
from ascendant.report.language import Language

# Nothing is loaded: the font and the dots of a large map stand in the page.
_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)


def write_briefing(inputs: BriefingInputs, language: Language, path: Path) -> Path:
    """Write the page to `path`, whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(briefing_html(inputs, language))
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    return path


def briefing_html(inputs: BriefingInputs, language: Language) -> str:
    """The page as text."""
    style = font_face_css() + _source("briefing.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )

    def said(words: str, /, **facts: object) -> Markup:
        """A sentence as HTML: facts that are links stay links, everything else is escaped."""
        return Markup("").join(text for text, _ in language.pieces(words, facts))

    template = environment.from_string(_source("briefing.html.jinja"))
    return template.render(
        page=content(inputs, language),
        lang=language.code,
        language=language,
        _=said,
        plural=language.plural,
        style=Markup(style),  # noqa: S704  our own file
        policy=_POLICY.format(digest=digest),
        signs=SIGNS,
        key_facts=KEY_FACTS,
        whole_facts=WHOLE_FACTS,
        swatch=swatch_svg,
    )


def briefing_json(inputs: BriefingInputs, language: Language) -> dict[str, Any]:
    """The content of the page as plain values: numbers as numbers, times as ISO text, accounts under shown names."""
    plain: dict[str, Any] = _plain(content(inputs, language))
    return plain


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(one) for key, one in value.items() if not isinstance(one, Drawn) and key != "glossary"}
        case list() | tuple():
            return [_plain(one) for one in value if not isinstance(one, Drawn)]
        case Words():
            return "".join(text for text, _ in value.pieces)
        case datetime():
            return value.isoformat()
    return value


@cache
def _source(name: str) -> str:
    return (files("ascendant.report") / "templates" / name).read_text(encoding="utf-8")
