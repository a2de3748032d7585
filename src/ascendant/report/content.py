"""What a briefing is made of -> its content: every number, word and drawing of the page, names already applied."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

from ascendant.errors import Caveat, mark
from ascendant.report import figure_words, findings, inferred_words
from ascendant.report.charts.called import platform_name
from ascendant.report.content_advertising import advertising_content
from ascendant.report.content_groups import groups_content
from ascendant.report.content_inferred import inferred_content
from ascendant.report.content_standing import COLON, standing_content, word_for
from ascendant.report.content_tiers import leaders, tiers_content
from ascendant.report.drawn import Drawn, Words
from ascendant.report.figure_words import Figure
from ascendant.report.figures import Scale, interval_svg
from ascendant.report.findings import Sentence
from ascendant.report.inferred import Inferred, dated, read
from ascendant.report.inputs import BriefingInputs
from ascendant.report.language import Language
from ascendant.report.naming import safe_words
from ascendant.report.terms import explanation

SHOWN_FILES: Final = 30
GLOSSARY: Final = (
    "act act_moved influenced_share influence_rate named inferred exposed strangers dose standing slight presumed"
    " evidence conversation reach tier interval pseudonym coverage cause_and_effect".split()
)


def content(inputs: BriefingInputs, language: Language) -> dict[str, Any]:
    """Everything that a briefing says, once, for both of its forms."""
    return _Page(inputs, language).content()


class _Page:
    """The inputs with a language and names that speak it."""

    def __init__(self, inputs: BriefingInputs, language: Language) -> None:
        self.inputs, self.language, self.names = inputs, language, inputs.names.speaking(language)
        self.figures = {figure.name: figure for figure in inputs.figures}
        self.small = findings.is_small(self.figures)
        self.inferred = None if self.small else read(self.figures)

    def content(self) -> dict[str, Any]:
        from ascendant.report.content_kinds import kinds_content  # noqa: PLC0415  slow to start, as drawings are

        inputs, language = self.inputs, self.language
        return {
            "title": self._own(inputs.title) or language.say(mark("Who moves whom")),
            "purpose": self._own(inputs.purpose, longest=500),
            "made_on": inputs.made_on,
            "version": inputs.version,
            "language": language.code,
            "since": inputs.since,
            "until": inputs.until,
            "about": self._own(inputs.about or "") or None,
            "platforms": [platform_name(platform) for platform in inputs.platforms],
            "activity": inputs.counts.activity,
            "accounts": inputs.counts.accounts,
            "rejects": inputs.counts.rejects,
            "files": inputs.counts.files,
            "revealed": self.names.revealed,
            "is_too_small": self.small,
            "answer": [Words(sentence.pieces(language)) for sentence in self._answer()],
            "figures": [self._figure(self.figures[name]) for name in findings.FIGURES if name in self.figures],
            "inferred": inferred_content(self.inferred, inputs, self.names, language),
            "standing": standing_content(inputs, language, small=self.small),
            "tiers": tiers_content(inputs, self.names, language, small=self.small),
            "groups": groups_content(inputs, self.names, language),
            "kinds": kinds_content(inputs, language),
            "advertising": advertising_content(inputs, self.names, language),
            "charts": self._drawings(),
            "coverage": self._coverage(),
            "caveats": [self._caveat(caveat) for caveat in inputs.caveats if caveat not in self._told_apart()],
            "limits": findings.limits(language),
            "glossary": [Drawn(explanation(key, language)) for key in GLOSSARY],
        }

    def _answer(self) -> list[Sentence]:
        """The sentences of the answer; what no link records follows the first of them."""
        first = leaders(self.inputs, self.names)
        told = findings.answer(self.figures, self._n_acts(), self.inputs.counts.accounts, first, self.language)
        found = self.inferred
        more = inferred_words.in_answer(found, self.language) if isinstance(found, Inferred) else None
        return [*told[:1], *([more] if more else []), *told[1:]]

    def _told_apart(self) -> tuple[Caveat, ...]:
        """Limits that stand beside what no link records, and are not told twice."""
        return () if self.inferred is None else self.inferred.caveats

    def _caveat(self, caveat: Caveat) -> str:
        return self.language.caveat(dated(self.names.in_caveat(caveat)))

    def _drawings(self) -> dict[str, Any]:
        from ascendant.report.drawings import drawings  # noqa: PLC0415  slow to start: answers need no drawing

        return drawings(self.inputs, self.language) if self.inputs.tables else {}

    def _n_acts(self) -> int:
        share = self.figures.get("share_named")
        return share.n if share is not None else self.inputs.counts.activity

    def _own(self, words: str, *, longest: int = 200) -> str:
        """Words of the study's owner, in which a private person may be named."""
        return safe_words(self.names.hide_in(words), longest=longest)

    def _figure(self, figure: Figure) -> dict[str, Any]:
        language = self.language
        ends = [figure.estimate, figure.low, figure.high]
        scale = Scale.of(ends, _end(figure))
        interval = figure_words.interval(figure, language)
        label = figure_words.label(figure, language)
        return {
            "name": figure.name,
            "label": label,
            "title": figure_words.title(figure, language, small=self.small),
            "estimate": figure.estimate,
            "low": figure.low,
            "high": figure.high,
            "unit": figure.unit,
            "n": figure.n,
            "shown": figure_words.shown(figure, language),
            "interval": interval,
            "rests_on": figure_words.rests_on(figure, language),
            "how_to_read": figure_words.how_to_read(figure, language),
            "two_counts": figure_words.two_counts(figure, self._n_labelled(), language),
            "beside": self._beside(figure),
            "caveats": [self._caveat(caveat) for caveat in figure.caveats],
            "term": Drawn(_TERMS[figure.name]),
            "drawing": Drawn(
                interval_svg(
                    scale,
                    *ends,
                    label=f"{label}{COLON[language.code]} {figure_words.shown(figure, language)} ({interval})",
                )
            ),
            "ends": Drawn([_tick(figure.unit, end, language) for end in (scale.low, scale.high)]),
        }

    def _beside(self, figure: Figure) -> str | None:
        """Of the named share, what it is with influence that no link records."""
        if figure.name != "share_named" or not isinstance(self.inferred, Inferred):
            return None
        return inferred_words.beside(self.inferred, self.language)

    def _n_labelled(self) -> int:
        """How many accounts are shown as influencing."""
        return self.inputs.standing_counts.influencer + self.inputs.standing_counts.both

    def _note(self, note: str | None) -> str | None:
        """A reader's remarks, each a text of ours where the catalogue has it."""
        remarks = [self.language.say("{note}", note=remark) for remark in (note or "").split("; ") if remark]
        return safe_words(self.names.hide_in("; ".join(remarks)), longest=300) or None

    def _coverage(self) -> dict[str, Any]:
        language, names = self.language, self.names
        rows = [
            {
                "file": safe_words(names.file_name(_file(row)), longest=80),
                "status": row["status"],
                "status_label": word_for(_STATUSES, row["status"], language),
                "rows_in": row["rows_in"],
                "rows_out": row["rows_out"],
                "rejected": row["rejected"],
                "superseded": row["superseded"],
                "since": row["window_from"],
                "until": row["window_to"],
                "note": self._note(row["note"]),
            }
            for row in self.inputs.coverage.to_pylist()
        ]
        # what went wrong is read first, and never falls off the end
        rows.sort(key=lambda row: (_NOT_READ.get(row["status"], row["status"] == "parsed"), -(row["rejected"] or 0)))
        part = mark("Only a part of the study is asked about on this page; its coverage is told whole.")
        return {
            "of_whole_study": language.say(part) if self.inputs.is_narrowed else None,
            "rows": rows[:SHOWN_FILES],
            "n_more": max(0, len(rows) - SHOWN_FILES),
        }


def _file(row: Mapping[str, Any]) -> str:
    """A file's own name, and its member's: folders may tell who and where the owner is."""
    file, member = PurePath(str(row["file"])).name, row.get("member")
    return f"{file} › {member}" if member and PurePath(member).name != file else file


def _end(figure: Figure) -> float | None:
    """Where a figure's scale ends: at the whole, or at a duration that people use."""
    if figure.unit == "share":
        return 1.0
    if figure.unit == "seconds":
        high = figure.high if figure.high is not None else figure.estimate or 0.0
        return next((end for end in _DURATIONS if end >= high), None)
    return float(figure.n) if figure.name == "influencers" else None


def _tick(unit: str, value: float, language: Language) -> str:
    if unit == "share":
        return language.percent(value)
    return language.span(value) if unit == "seconds" else language.number(value, 0)


_DURATIONS: Final = tuple(
    float(hours * 3600) for hours in (1 / 60, 1 / 12, 1 / 4, 1, 6, 12, 24, 48, 168, 720, 8760, 87600)
)
_TERMS: Final = {
    "share_named": "influenced_share",
    "influencers": "standing",
    "half_from": "act_moved",
    "delay": "act_moved",
}
_NOT_READ: Final = {"absent": 2, "unread": 3}  # told last: an archive lacks most of the files that it may hold
_STATUSES: Final = {
    "parsed": mark("read"),
    "unread": mark("left unread"),
    "empty": mark("empty"),
    "absent": mark("absent"),
    "unreadable": mark("not readable"),
    "unknown": mark("not known"),
}
