"""What a briefing is made of -> its content: every number, word and drawing of the page, names already applied."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report import findings
from ascendant.report.charts.called import platform_name
from ascendant.report.drawn import Drawn, Words
from ascendant.report.figures import SIGNS, Scale, axis_svg, interval_svg, standing_svg
from ascendant.report.findings import Figure
from ascendant.report.inputs import MARKS, BriefingInputs
from ascendant.report.language import Language
from ascendant.report.naming import safe_words
from ascendant.report.terms import explanation

SHOWN_ACCOUNTS: Final = 20
SHOWN_FILES: Final = 30
GLOSSARY: Final = (
    "act act_moved influenced_share influence_rate standing slight presumed evidence conversation reach tier interval"
    " pseudonym coverage cause_and_effect".split()
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

    def content(self) -> dict[str, Any]:
        inputs, language = self.inputs, self.language
        accounts, leaders = inputs.counts.accounts, self._leaders()
        sentences = findings.answer(self.figures, self._n_acts(), accounts, leaders, language)
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
            "answer": [Words(sentence.pieces(language)) for sentence in sentences],
            "figures": [self._figure(self.figures[name]) for name in findings.FIGURES if name in self.figures],
            "standing": self._standing(),
            "tiers": self._tiers(),
            "charts": self._drawings(),
            "coverage": self._coverage(),
            "caveats": [language.caveat(self.names.in_caveat(caveat)) for caveat in inputs.caveats],
            "limits": findings.limits(language),
            "glossary": [Drawn(explanation(key, language)) for key in GLOSSARY],
        }

    def _drawings(self) -> dict[str, Any]:
        from ascendant.report.drawings import drawings  # noqa: PLC0415  slow to start: answers need no drawing

        return drawings(self.inputs, self.language) if self.inputs.tables else {}

    def _n_acts(self) -> int:
        share = self.figures.get("share_named")
        return share.n if share is not None else self.inputs.counts.activity

    def _leaders(self) -> list[str]:
        """The accounts of the first tier, which cannot be told apart."""
        tiers = self.inputs.tiers
        first = tiers["tier"][0].as_py() if tiers.num_rows else None
        rows = zip(tiers["tier"].to_pylist(), tiers["account_id"].to_pylist(), strict=True)
        return [self.names.shown(account_id) for tier, account_id in rows if tier == first]

    def _own(self, words: str, *, longest: int = 200) -> str:
        """Words of the study's owner, in which a private person may be named."""
        return safe_words(self.names.hide_in(words), longest=longest)

    def _figure(self, figure: Figure) -> dict[str, Any]:
        language = self.language
        ends = [figure.estimate, figure.low, figure.high]
        scale = Scale.of(ends, _end(figure))
        interval = findings.interval(figure, language)
        label = findings.label(figure, language)
        return {
            "name": figure.name,
            "label": label,
            "title": findings.title(figure, language, small=self.small),
            "estimate": figure.estimate,
            "low": figure.low,
            "high": figure.high,
            "unit": figure.unit,
            "n": figure.n,
            "shown": findings.shown(figure, language),
            "interval": interval,
            "rests_on": findings.rests_on(figure, language),
            "how_to_read": findings.how_to_read(figure, language),
            "two_counts": findings.two_counts(figure, self._n_labelled(), language),
            "caveats": [language.caveat(self.names.in_caveat(caveat)) for caveat in figure.caveats],
            "term": Drawn(_TERMS[figure.name]),
            "drawing": Drawn(
                interval_svg(
                    scale,
                    *ends,
                    label=f"{label}{_COLON[language.code]} {findings.shown(figure, language)} ({interval})",
                )
            ),
            "ends": Drawn([_tick(figure.unit, end, language) for end in (scale.low, scale.high)]),
        }

    def _n_labelled(self) -> int:
        """How many accounts are shown as influencing."""
        return self.inputs.standing_counts.influencer + self.inputs.standing_counts.both

    def _standing(self) -> dict[str, Any]:
        counts, language = self.inputs.standing_counts, self.language
        sides = {side: getattr(counts, side) for side in SIGNS}
        slight = {
            "influencer": counts.slight_influencer,
            "influenced": counts.slight_influenced,
            "both": 0,
        }
        parts: list[tuple[str, str, int]] = []  # side, fill, count: in the order of the bar
        for side in ("influencer", "both", "influenced"):
            presumed = counts.presumed if side == "influenced" else 0
            parts.append((side, side, sides[side] - slight[side] - presumed))
            parts += [(side, f"slight-{side}", slight[side])] if side != "both" else []
            parts += [(side, "presumed", presumed)] if side == "influenced" else []
        total = counts.total
        legend: list[dict[str, Any]] = [
            {
                "side": side,
                "fill": fill,
                "label": language.say(_FILLS[fill]),
                "count": count,
                "share": language.percent(count / total) if total else "–",
            }
            for side, fill, count in parts
            if count or fill == side
        ]
        title = findings.standings_title(sides, counts.presumed, language, small=self.small)
        spoken = "; ".join(f"{row['label']}{_COLON[language.code]} {language.number(row['count'])}" for row in legend)
        marks = [
            {"mark": language.say(_MARKS[name]), "key": name, "count": self.inputs.evidence_counts.get(name, 0)}
            for name in MARKS
        ]
        drawing = standing_svg([(count, fill) for _, fill, count in parts], label=spoken) if total else None
        return {
            **sides,
            "slight": counts.slight_influencer + counts.slight_influenced,
            "presumed": counts.presumed,
            "title": title,
            "parts": legend,
            "evidence": {name: self.inputs.evidence_counts.get(name, 0) for name in MARKS},
            "marks": Drawn(marks),
            "drawing": Drawn(drawing),
        }

    def _row(self, row: dict[str, Any], standing: dict[str, Any] | None, scale: Scale) -> dict[str, Any]:
        language, account_id = self.language, row["account_id"]
        account = self.names.shown(account_id)
        counted, interval = language.number(row["n_moved_by_it"]), language.interval(row["low"], row["high"])
        label = language.say(
            mark("{who} moved {count} acts, interval {interval}"), who=account, count=counted, interval=interval
        )
        known: dict[str, Any] = {}
        if standing is not None:
            side = standing["standing"]
            known = {
                "standing": side,
                "standing_label": language.say(_SIDES[side]),
                "is_slight": bool(standing["is_slight"]),
                "is_presumed": bool(standing["is_presumed"]),
                "probability": standing[f"p_{side}"],
                "likely": Drawn(language.chance(standing[f"p_{side}"])),
                **{name: standing[name] for name in _MEASURES},
                "evidence": standing["evidence"],
                "evidence_label": _named(_MARKS, standing["evidence"], language),
            }
        return {
            "account": account,
            "is_named": self.names.is_shown(account_id),
            "tier": row["tier"],
            "n_moved_by_it": row["n_moved_by_it"],
            "low": row["low"],
            "high": row["high"],
            "reach": row["reach"],
            "known": known,
            "post": self._post(row["evidence"] or ()),
            "drawing": Drawn(interval_svg(scale, row["n_moved_by_it"], row["low"], row["high"], label=label)),
        }

    def _post(self, act_ids: Any) -> dict[str, Any] | None:
        """The first of the evidence posts whose words may be shown."""
        for act_id in act_ids:
            post = self.inputs.posts.get(act_id)
            words = post and self.names.words(post.text, post.writer_id)
            if post is not None and words:
                passed = post.actor_id != post.writer_id
                return {
                    "text": words,
                    "writer": self.names.shown(post.writer_id),
                    "url": self.names.link(post.url, post.writer_id),
                    "by": self.names.shown(post.actor_id) if passed else None,
                    "did": self.language.say(_DID.get(post.verb, _DID["post"])),
                    "happened_at": post.happened_at,
                }
        return None

    def _tiers(self) -> dict[str, Any]:
        language, leaders = self.language, self._leaders()
        title = findings.tiers_title(leaders, language, small=self.small)
        shown = self.inputs.tiers.slice(0, SHOWN_ACCOUNTS).to_pylist()
        wanted = pa.array([row["account_id"] for row in shown], pa.string())
        theirs = self.inputs.standing.filter(pc.is_in(self.inputs.standing["account_id"], wanted))
        standing = {row["account_id"]: row for row in theirs.to_pylist()}
        scale = Scale.of([row[end] for row in shown for end in ("low", "high", "n_moved_by_it")], is_wide=True)
        rows = [self._row(row, standing.get(row["account_id"]), scale) for row in shown]
        numbers = sorted({row["tier"] for row in rows})
        return {
            "title": title,
            "n_accounts": pc.sum(pc.greater(self.inputs.standing["n_moved_by_it"], 0)).as_py() or 0,
            "n_shown": len(rows),
            "axis": Drawn(axis_svg(language.number(scale.low), language.number(scale.high))),
            "is_log": Drawn(bool(rows) and scale.is_log),
            "has_upper_bounds": any(row["known"].get("rate_is_upper_bound") for row in rows),
            "tiers": [{"tier": one, "accounts": [row for row in rows if row["tier"] == one]} for one in numbers],
        }

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
                "status_label": _named(_STATUSES, row["status"], language),
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


def _named(names: Mapping[str, str], key: str, language: Language) -> str:
    """What a code of ours is called; a code of another reader stands as it is."""
    return language.say(names[key]) if key in names else safe_words(key)


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


_COLON: Final = {"en": ":", "fr": "\u202f:"}
_DURATIONS: Final = tuple(
    float(hours * 3600) for hours in (1 / 60, 1 / 12, 1 / 4, 1, 6, 12, 24, 48, 168, 720, 8760, 87600)
)
_TERMS: Final = {
    "share_named": "influenced_share",
    "influencers": "standing",
    "half_from": "act_moved",
    "delay": "act_moved",
}
_MEASURES: Final = (
    "n_acts n_moved influenced_share share_low share_high influence_rate rate_low rate_high rate_is_upper_bound"
    " p_influencer p_influenced p_both".split()
)
_SIDES: Final = {"influencer": mark("influences"), "influenced": mark("is influenced"), "both": mark("both")}
_FILLS: Final = {
    "influencer": mark("influence"),
    "slight-influencer": mark("influence, slightly"),
    "both": mark("influence and are influenced"),
    "influenced": mark("are influenced"),
    "slight-influenced": mark("are influenced, slightly"),
    "presumed": mark("are presumed to be influenced"),
}
_MARKS: Final = {
    "strong": mark("strong evidence"),
    "fair": mark("fair evidence"),
    "weak": mark("weak evidence"),
    "none": mark("next to no evidence"),
}
_DID: Final = {
    "post": mark("posted"),
    "repost": mark("passed on by"),
    "quote": mark("quoted by"),
    "reply": mark("answered by"),
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
