"""What a mirror is made of -> its content: every number, word and drawing of the page, names already applied."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report import mirror_ads, mirror_sentences
from ascendant.report.charts.called import platform_name
from ascendant.report.charts.chart import Given
from ascendant.report.charts.mirror_passing import without_words
from ascendant.report.charts.mirror_sources import FEWER, MOST, first
from ascendant.report.drawn import Drawn, Words
from ascendant.report.language import Language
from ascendant.report.mirror_advice import advice
from ascendant.report.mirror_basis import Basis
from ascendant.report.mirror_inputs import MirrorInputs
from ascendant.report.mirror_kind import own_kind
from ascendant.report.mirror_unlinked import unlinked
from ascendant.report.mirror_worked_for import worked_for
from ascendant.report.naming import safe_words
from ascendant.report.terms import explanation

GLOSSARY: Final = "act act_moved repost quote reply conversation standing interval evidence cause_and_effect".split()
_PASSED_FROM: Final = 5  # accounts of which things were passed on without a word

_BESIDE: Final = {
    "react": mark("liked or reacted to"),
    "vote": mark("voted on"),
    "view": mark("seen"),
    "click": mark("links opened"),
    "ad_view": mark("ads seen"),
    "ad_click": mark("ads opened"),
}


def content(inputs: MirrorInputs, language: Language, *, is_drawn: bool = True) -> dict[str, Any]:
    """Everything that a mirror says, once, for both of its forms; JSON needs no drawing."""
    return _Page(inputs, language, is_drawn=is_drawn).content()


class _Page:
    """The inputs with a language and names that speak it."""

    def __init__(self, inputs: MirrorInputs, language: Language, *, is_drawn: bool) -> None:
        self.inputs, self.language, self.names = inputs, language, inputs.shown_names(language)
        self.is_drawn = is_drawn
        self.me = inputs.rows("me")
        platforms = [row["platform"] for row in self.me]
        self.basis = Basis(inputs.rows("answers"), platforms, language, self.names)
        self.given = Given(tables=inputs.mirror.tables, figures={}, names=self.names, language=language)

    def content(self) -> dict[str, Any]:
        inputs, language = self.inputs, self.language
        since = [row["first_at"] for row in self.me if row["first_at"] is not None]
        until = [row["last_at"] for row in self.me if row["last_at"] is not None]
        glossary = [*GLOSSARY, *(["pseudonym"] if inputs.is_shared else []), "coverage"]
        return {
            "title": self._own(inputs.title or "") or language.say(mark("Your mirror")),
            "made_on": inputs.made_on,
            "version": inputs.version,
            "language": language.code,
            "is_shared": inputs.is_shared,
            "time_zone": inputs.mirror.time_zone,
            "since": min(since, default=None),
            "until": max(until, default=None),
            "platforms": [self._platform(row) for row in self.me],
            "answer": self._answer(),
            "balance": self._section("balance", "posts") | {"beside": self._beside()},
            "sources": self._section("sources", "posts") | {"accounts": self._accounts("sources", MOST)},
            "quarters": self._section("quarters", "posts") | {"quarters": self._held("diversity")},
            "passing": self._section("passing", "posts")
            | {"sources": self._passed_from(), "counts": self._held("passing")},
            **self._unlinked(),
            **self._worked_for(),
            "targeting": self._targeting(),
            "week": self._section("week", "posts") | {"hours": self._held("week")},
            "audience": self._audience(),
            "advice": advice(inputs.rows("advice"), self.names, language, is_shared=inputs.is_shared),
            "coverage": self.basis.coverage(),
            "caveats": [self._caveat(caveat) for caveat in inputs.mirror.caveats],
            "limits": mirror_sentences.limits(language, has_collected=inputs.mirror.has_collected),
            "glossary": [Drawn(explanation(key, language)) for key in glossary],
        }

    def _platform(self, row: dict[str, Any]) -> dict[str, Any]:
        """A platform of the owner; in a page that is shared, without who they are there."""
        handle, name = safe_words(row["handle"] or "").lstrip("@"), safe_words(row["name"] or "")
        called = "@" + handle if handle and row["platform"] == "x" else name or handle
        return {
            "platform": row["platform"],
            "name": platform_name(row["platform"]),
            "account": None if self.inputs.is_shared else called or None,
            **{name: row[name] for name in ("n_acts", "n_timed", "first_at", "last_at", "collected_at")},
            **({} if self.inputs.is_shared else {name: row[name] for name in ("followers", "following")}),
        }

    def _answer(self) -> dict[str, Any]:
        inputs = self.inputs
        sentences = mirror_sentences.answer(
            inputs.whole("reaction"),
            inputs.whole("standing"),
            inputs.whole("concentration"),
            mirror_ads.n_uploaded(inputs),
            self.language,
        )
        missing = self.basis.missing("posts")
        figures = {name: inputs.whole(name) for name in ("reaction", "standing", "concentration")}
        return {
            "sentences": [] if missing else [Words(sentence.pieces(self.language)) for sentence in sentences],
            "figures": {name: None if missing else row for name, row in figures.items()},
            **({} if missing else own_kind(inputs, self.language)),
            **self._section("side", "posts"),
        }

    def _section(self, chart: str, *topics: str, also: tuple[str, ...] = ()) -> dict[str, Any]:
        """A chart with what it stands on, or what is missing for it."""
        from ascendant.report.mirror_drawings import drawing  # noqa: PLC0415  slow to start

        missing = self.basis.missing(*topics)
        source = self.basis.source(*topics)
        drawn = None if missing else drawing(chart, replace(self.given, source=source), is_drawn=self.is_drawn)
        return {"missing": missing, "basis": [] if missing else self.basis.remarks(*topics, *also), "chart": drawn}

    def _held(self, name: str) -> list[dict[str, Any]]:
        """A table of the owner's acts as it is, for the JSON; nothing where no archive tells of acts."""
        return self.inputs.rows(name) if self.basis.has("posts") else []

    def _accounts(self, name: str, most: int) -> list[dict[str, Any]]:
        """The first accounts of a table, under the names that may be shown."""
        if not self.basis.has("posts", "responses"):
            return []
        rows = first(self.inputs.mirror[name], most)
        return [{"account": self.names.shown(row.pop("account_id")), **row} for row in rows]

    def _beside(self) -> dict[str, Any]:
        """What is no act, each kind with its own window: networks export likes for ever, views for weeks."""
        rows = [
            {
                "platform": platform_name(row["platform"]),
                "part": row["part"],
                "kind": row["kind"],
                "label": self.language.say(_BESIDE[row["kind"]]) if row["kind"] in _BESIDE else safe_words(row["kind"]),
                **{name: row[name] for name in ("n", "n_timed", "first_at", "last_at")},
            }
            for row in self.inputs.rows("balance")
            if row["platform"] is not None and row["part"] in ("like", "take_in")
        ]
        notes = [*self.basis.missing("likes"), *self.basis.missing("seen", "ads_seen", "ads_opened")]
        return {"rows": rows, "notes": list(dict.fromkeys(notes))}

    def _unlinked(self) -> dict[str, Any]:
        """What moved the owner without a link; nothing at all where the study holds archives alone."""
        found = self.inputs.mirror.unlinked
        return {} if found is None else {"unlinked": unlinked(found, self.inputs, self.names, self.language)}

    def _worked_for(self) -> dict[str, Any]:
        """The groups that the owner may have worked for; nothing at all where the study has no group."""
        found = self.inputs.mirror.worked_for
        return {} if found is None else {"worked_for": worked_for(found, self.inputs, self.names, self.language)}

    def _passed_from(self) -> list[dict[str, Any]]:
        """Whose things were passed on without a word, most first."""
        if not self.basis.has("posts"):
            return []
        held = without_words(self.inputs.mirror["passed_on"])
        known = held.filter(pc.is_valid(held["source"]))
        counted = known.group_by("source").aggregate([([], "count_all")])
        first = (
            counted.sort_by([("count_all", "descending"), ("source", "ascending")]).slice(0, _PASSED_FROM).to_pylist()
        )
        return [
            {
                "account": self.names.shown(row["source"]),
                "n": row["count_all"],
                "share": row["count_all"] / held.num_rows,
                "median_delay_seconds": _middle(known.filter(pc.equal(known["source"], row["source"]))),
            }
            for row in first
        ]

    def _targeting(self) -> dict[str, Any]:
        inputs, basis = self.inputs, self.basis
        parts = {
            "uploaders": (("targeting", "ads_seen"), mirror_ads.uploaders(inputs)),
            "criteria": (("ads_seen",), mirror_ads.criteria(inputs, self.language)),
            "aim": (("ads_seen",), mirror_ads.aim(inputs, self.language)),
            "inferred": (("inferred",), mirror_ads.inferred(inputs, self.language)),
            "trackers": (("tracked",), mirror_ads.trackers(inputs)),
        }
        return {
            **self._section("means", "targeting", "ads_seen", "ads_opened"),
            **{
                name: {
                    "missing": basis.missing(*topics),
                    "basis": basis.remarks(*topics),
                    "source": basis.source(*topics),
                    **({} if basis.missing(*topics) else found),
                }
                for name, (topics, found) in parts.items()
            },
        }

    def _audience(self) -> dict[str, Any]:
        """What platforms counted of the owner's items, and who responded."""
        rows = [
            {**row, "platform": platform_name(row["platform"])}
            for row in self.inputs.rows("audience")
            if row["n_counted"]
        ]
        has_accounts = self.basis.has("responses") or self.inputs.mirror["moved"].num_rows > 0
        section = self._section("moved", *(("responses", "posts") if has_accounts else ("responses",)))
        return {
            **section,
            "accounts": self._accounts("moved", FEWER),
            "counted": rows,
            "has_collected": self.inputs.mirror.has_collected,
        }

    def _own(self, words: str) -> str:
        """Words of the caller, in which somebody may be named."""
        return safe_words(self.names.hide_in(words), longest=200)

    def _caveat(self, caveat: Any) -> str:
        return self.names.hide_in(self.language.caveat(self.names.in_caveat(caveat)))


def _middle(rows: pa.Table) -> float | None:
    """The middle delay, in seconds, of those that are known."""
    known = rows["delay_seconds"].drop_null().to_numpy()
    return float(np.median(known)) if len(known) else None
