"""A template, its styles and its facts -> one HTML page that holds everything in itself, and the same facts as JSON.

A page asks nothing of any network and runs nothing: its content policy allows its own style, and no more. The font and
the drawings stand in it. Whatever is not markup of ours is escaped. The same facts give the same bytes.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import tempfile
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from ascendant.report.charts.font import font_face_css
from ascendant.report.drawn import Drawn, Words
from ascendant.report.language import Language

_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)


def page_html(template: str, styles: tuple[str, ...], language: Language, /, **facts: object) -> str:
    """The page as text: `template` and `styles` are names of files of ours, `facts` what the template asks for."""
    style = font_face_css() + "".join(_source(name) for name in styles)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(_source),
    )

    def said(words: str, /, **facts: object) -> Markup:
        """A sentence as HTML: facts that are links stay links, everything else is escaped."""
        return Markup("").join(text for text, _ in language.pieces(words, facts))

    return environment.get_template(template).render(
        lang=language.code,
        language=language,
        _=said,
        plural=language.plural,
        style=Markup(style),  # noqa: S704  our own file
        policy=_POLICY.format(digest=digest),
        **facts,
    )


def write_page(html: str, path: Path) -> Path:
    """Write the page to `path`, whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(html)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    return path


def plain(value: Any) -> Any:
    """What a page says as plain values: numbers as numbers, times as ISO text, without what only a page needs."""
    match value:
        case dict():
            return {key: plain(one) for key, one in value.items() if not isinstance(one, Drawn) and key != "glossary"}
        case list() | tuple():
            return [plain(one) for one in value if not isinstance(one, Drawn)]
        case Words():
            return "".join(text for text, _ in value.pieces)
        case datetime() | date():
            return value.isoformat()
    return value


@cache
def _source(name: str) -> str:
    return (files("ascendant.report") / "templates" / name).read_text(encoding="utf-8")
