"""What all charts share: colours that everybody can tell apart, sizes, and how each language writes numbers.

The three colours of the standings are those of Okabe and Ito; a test simulates the three kinds of colour blindness.
Colour never carries a meaning alone: words, signs or places say it too.
"""

from __future__ import annotations

from typing import Any, Final

INK: Final = "#16202a"
SOFT: Final = "#4a5763"
LINE: Final = "#d5dbe0"
FAINT: Final = "#eef1f3"
PAPER: Final = "#ffffff"
SIDES: Final = {"influencer": "#0072b2", "influenced": "#e69f00", "both": "#009e73"}
# For words and thin lines, which need more contrast than areas.
DARK_SIDES: Final = {"influencer": "#005a8e", "influenced": "#8a5f00", "both": "#00734f"}
TINTS: Final = {"influencer": "#e6f1f8", "influenced": "#fcf1da", "both": "#e2f4ee", "slight": "#f4f6f7"}
# From little to much; lightness falls steadily, so that it survives a black-and-white printer.
RAMP: Final = ("#eaf2f8", "#c5dcec", "#93bfdc", "#5a9bc6", "#2374a8", "#004d7d")
MOVED: Final = "#0072b2"  # what others moved, against the rest of the acts
REST: Final = "#c3ccd4"

WIDE: Final = 760  # px: the column of the page
HALF: Final = 366  # px: half an A4 sheet, two side by side
TEXT: Final = 12  # px
SMALL: Final = 11

FAMILY: Final = "Ascendant Sans"
FAMILIES: Final = f"{FAMILY}, Inter, system-ui, sans-serif"

# How d3 writes numbers and times; https://d3js.org/d3-format#formatLocale has the meaning of the keys.
NUMBERS: Final[dict[str, dict[str, Any]]] = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
    "fr": {
        "decimal": ",",
        "thousands": "\u202f",
        "grouping": [3],
        "currency": ["", "\u00a0€"],
        "percent": "\u202f%",
        "minus": "\u2212",
    },
}
TIMES: Final[dict[str, dict[str, Any]]] = {
    "en": {
        "dateTime": "%A %-d %B %Y, %H:%M",
        "date": "%-d %B %Y",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(),
        "shortDays": "Sun Mon Tue Wed Thu Fri Sat".split(),
        "months": "January February March April May June July August September October November December".split(),
        "shortMonths": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    },
    "fr": {
        "dateTime": "%A %-d %B %Y, %H:%M",
        "date": "%-d %B %Y",
        "time": "%H:%M",
        "periods": ["", ""],
        "days": "dimanche lundi mardi mercredi jeudi vendredi samedi".split(),
        "shortDays": "dim. lun. mar. mer. jeu. ven. sam.".split(),
        "months": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
        "shortMonths": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
    },
}


def config(language_code: str) -> dict[str, Any]:
    """The Vega-Lite configuration of every chart, in a language."""
    return {
        "background": "transparent",
        # Marks would be announced one by one, in English; the whole drawing has one text instead.
        "aria": False,
        "font": FAMILIES,
        "locale": {"number": NUMBERS[language_code], "time": TIMES[language_code]},
        "view": {"stroke": None},
        "text": {"color": INK, "fontSize": TEXT},
        "axis": {
            "labelColor": SOFT,
            "labelFontSize": SMALL,
            "labelPadding": 5,
            "titleColor": SOFT,
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
            "titlePadding": 8,
            "gridColor": LINE,
            "gridWidth": 1,
            "domain": False,
            "ticks": False,
            "labelLimit": 0,
            "titleLimit": 0,
        },
    }
