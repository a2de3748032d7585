"""Relays in words: what `who` says of one, and the briefing of a group's. Never what anybody knew or meant."""

from __future__ import annotations

from typing import Any

from ascendant.errors import mark
from ascendant.report.language import Language

NOT_OBSERVABLE = mark("Whether it knows the group is not observable, and is not claimed.")


def in_who(row: dict[str, Any], group: str, language: Language) -> list[str]:
    """An account against one group; `row` is of RELAYS, `group` what the group is called. Nothing of an account of
    which nothing can be said."""
    say = language.say
    if row["is_relay"]:
        return [say(mark("Amplifies {group}; no sign of coordinating with it."), group=group), *_figures(row, language)]
    if row["is_synchronous"]:
        return [
            say(
                mark(
                    "Acts by the clock of {group}: it may belong to it, and is not counted among those who pass it on."
                ),
                group=group,
            )
        ]
    return []


def _figures(row: dict[str, Any], language: Language) -> list[str]:
    say = language.say
    lines = [
        language.plural(
            "One of its acts passes on what the group brought; {expected} would, if it did as others of its community"
            " who saw the group (ratio {ratio}, interval {low} to {high}).",
            "{n} of its acts pass on what the group brought; {expected} would, if it did as others of its community who"
            " saw the group (ratio {ratio}, interval {low} to {high}).",
            row["n_passed"],
            **ratio(row, language),
        )
    ]
    if row["median_lag_seconds"] is not None and row["others_lag_seconds"] is not None:
        lines.append(
            say(
                mark("It comes {lag} after the group (half of its acts sooner), the others {others}."),
                lag=language.span(row["median_lag_seconds"]),
                others=language.span(row["others_lag_seconds"]),
            )
        )
    if row["n_unlinked"]:
        lines.append(
            language.plural(
                "One of these acts names nobody: it posts what the group had posted before.",
                "{n} of these acts name nobody: they post what the group had posted before.",
                row["n_unlinked"],
            )
        )
    return [*lines, say(NOT_OBSERVABLE)]


def ratio(row: dict[str, Any], language: Language) -> dict[str, object]:
    """Expected, ratio and interval, written."""
    return {name: language.number(row[name], 1) for name in ("expected", "ratio", "low", "high")}


def of_group(row: dict[str, Any], language: Language) -> str:
    """What the briefing says of the relays of a group, as counts; `row` is of GROUP_SPREAD."""
    if not row["n_spread"]:
        return language.say(mark("Nobody outside of the group passes on what it brings, as far as the files show."))
    if row["share"] is None:
        return language.plural(
            "One act of an account outside of the group passes on what it brings; who of them is a relay cannot be told"
            " from the others.",
            "{n} acts of accounts outside of the group pass on what it brings; who of them is a relay cannot be told"
            " from the others.",
            row["n_spread"],
        )
    spread = language.plural(
        "One act of an account outside of the group passes on what it brings.",
        "{n} acts of accounts outside of the group pass on what it brings.",
        row["n_spread"],
    )
    if not row["n_relays"]:
        none = language.say(
            mark("No account is shown as a relay; those who may be one did up to {high} of these acts."),
            high=language.percent(row["high"]),
        )
        return f"{spread} {none}"
    relays = language.plural(
        "One account that amplifies the group, without a sign of coordinating with it, did {share} of them (interval"
        " {interval}).",
        "{n} accounts that amplify the group, without a sign of coordinating with it, did {share} of them (interval"
        " {interval}).",
        row["n_relays"],
        share=language.percent(row["share"]),
        interval=language.share_interval(row["low"], row["high"]),
    )
    return f"{spread} {relays}"
