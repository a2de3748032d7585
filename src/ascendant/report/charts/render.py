"""A Vega-Lite specification -> an SVG drawing that a page can hold in itself, beside others.

It is drawn here, in this process, without any network; the page holds the result, no script and nothing to load. The
same specification gives the same drawing, whatever fonts the machine has.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from typing import Final

from ascendant.report.charts.chart import Chart
from ascendant.report.charts.font import font_folder
from ascendant.report.charts.theme import FAMILIES

VEGALITE: Final = "6.4"
_SVG: Final = "http://www.w3.org/2000/svg"
_LONG_NUMBER: Final = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")
_OWN: Final = re.compile(r"(?<=#)[\w-]+")
# What says nothing to a page: names for scripts, announcements of single marks, defaults.
_DROPPED: Final = frozenset({"class", "role", "pointer-events", "font-family", "version", "stroke-miterlimit"})
_DEFAULTS: Final = frozenset(
    {
        ("opacity", "1"),
        ("font-weight", "normal"),
        ("font-weight", "400"),
        ("text-anchor", "start"),
        ("fill-opacity", "1"),
    }
    | {("transform", "translate(0,0)"), ("stroke-width", "1"), ("stroke-opacity", "1")}
)


def svg_of(chart: Chart) -> str:
    """The chart as one `<svg>` element: its title, its description, its marks; ids begin with the chart's key."""
    root = ET.fromstring(_drawn(chart))  # noqa: S314  our own drawing
    view = root.attrib["viewBox"]
    _clean(root, chart.key)
    opened = ET.Element(
        f"{{{_SVG}}}svg",
        {"class": "chart", "viewBox": view, "role": "img", "aria-label": chart.alt, "font-family": FAMILIES},
    )
    title = ET.SubElement(opened, f"{{{_SVG}}}title")
    title.text = chart.title
    opened.extend(root)
    ET.register_namespace("", _SVG)
    return ET.tostring(opened, encoding="unicode")


def _drawn(chart: Chart) -> str:
    import vl_convert  # noqa: PLC0415  slow to start

    _register_fonts()
    drawing: str = vl_convert.vegalite_to_svg(chart.spec, vl_version=VEGALITE, allowed_base_urls=[])
    return drawing


@cache
def _register_fonts() -> None:
    import vl_convert  # noqa: PLC0415  slow to start

    vl_convert.register_font_directory(font_folder())


def _clean(element: ET.Element, key: str) -> None:
    """Short numbers, own ids, and nothing that a page does not need."""
    kept = {}
    for name, value in element.attrib.items():
        short = _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
        if name in _DROPPED or name.startswith("aria-") or (name, short) in _DEFAULTS:
            continue
        if name == "id":
            short = f"{key}-{short}"
        elif "#" in short and ("url(" in short or name.endswith("href")):
            short = _OWN.sub(lambda found: f"{key}-{found[0]}", short)
        kept[name] = short
    element.attrib.clear()
    element.attrib.update(kept)
    for child in element:
        _clean(child, key)
    element[:] = [one for child in element for one in _unwrapped(child)]


def _unwrapped(element: ET.Element) -> Iterator[ET.Element]:
    """An element, its children where it only groups them, or nothing where nothing of it is seen."""
    name = element.tag.rpartition("}")[2]
    if name == "path" and ("fill" not in element.attrib and "stroke" not in element.attrib):
        return
    if name == "g" and not len(element):
        return
    if name == "g" and not element.attrib:
        yield from element
        return
    yield element
