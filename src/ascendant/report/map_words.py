"""What the map says in words: its finding, how to read it, what its signs mean, and the same without eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ascendant.errors import mark
from ascendant.report.charts.called import community_number, topic_words
from ascendant.report.charts.chart import FEWEST_PERSONS, Given
from ascendant.report.language import NARROW, Language
from ascendant.report.map_currents import Current, Currents
from ascendant.report.map_places import Disc

_WORDS: Final = 2  # of a community's name
_IN_ALT: Final = 3
_SEMICOLON: Final = {"en": "; ", "fr": NARROW + "; "}


@dataclass(frozen=True)
class Speaker:
    """Names communities, as the other charts do, and says the map's sentences."""

    given: Given

    @property
    def language(self) -> Language:
        """The language of the map."""
        return self.given.language

    def community(self, number: int) -> str:
        """A community by its number and the hashtags that tell it from the others."""
        return " ".join([community_number(self.given, number), *self._tags.get(number, ())])

    def forms(self, number: int) -> tuple[str, ...]:
        """Shorter and shorter forms of the name: the number alone is known from the other charts."""
        tags, plain = self._tags.get(number, []), community_number(self.given, number)
        bare = self.language.number(number + 1)
        return (*(" ".join([bare, *tags[:n]]) for n in range(len(tags), 0, -1)), *([] if tags else [plain]), bare)

    @cached_property
    def _tags(self) -> dict[int, list[str]]:
        words: dict[int, list[str]] = {}
        for row in self.given.tables["community_topics"].to_pylist():
            if row["n_accounts"] >= FEWEST_PERSONS and len(words.get(row["community"], ())) < _WORDS:
                words.setdefault(row["community"], []).append(topic_words(self.given, "hashtag", row["topic"]))
        return words

    def counted(self, n: int) -> str:
        """So many accounts."""
        return self.language.plural("one account", "{n} accounts", n)

    def title(self, currents: Currents, n_accounts: int, n_communities: int) -> str:
        """The finding."""
        say = self.language.say
        if n_accounts == 0:
            return say(mark("There is no account to map"))
        if currents.n_moved == 0:
            return say(mark("Nobody moved anybody: the map shows who was there"))
        if n_communities == 1:
            return say(mark("All who exchange are one community"))
        if currents.n_inside == currents.n_moved:
            return say(mark("No act was moved from one community to another"))
        if currents.stands_out:
            first = currents.between[0]
            return say(
                mark("The strongest current goes from {source} to {target}"),
                source=self.community(first.source),
                target=self.community(first.target),
            )
        return say(mark("Acts cross between communities, and no current stands out"))

    def reading(self, currents: Currents) -> str:
        """What the finding rests on, and its limit."""
        if currents.n_moved == 0:
            return ""
        say, plural = self.language.say, self.language.plural
        sentences = []
        if currents.between and currents.stands_out:
            first = currents.between[0]
            acts = plural("one act", "{n} acts", first.n_moved)
            who = plural("one account", "{n} accounts", first.n_for_half)
            sentences.append(say(mark("It carries {acts}, half of them moved by {who}."), acts=acts, who=who))
        share = currents.n_inside / currents.n_moved
        sentences.append(
            say(
                mark(
                    "Inside a community: {share} of {acts}; communities are found from these same links, which raises"
                    " this share."
                ),
                acts=plural("one act moved", "{n} acts moved", currents.n_moved),
                share=self.language.percent(share),
            )
        )
        return " ".join(sentences)

    def alt(self, title: str, currents: Currents, n_accounts: int, n_communities: int) -> str:
        """The map for who cannot see it."""
        say, plural = self.language.say, self.language.plural
        words = say(
            mark("Map of {accounts} in {communities}. {title}."),
            accounts=self.counted(n_accounts),
            communities=plural("a single community", "{n} communities", n_communities),
            title=title,
        )
        if currents.between:
            strongest = _SEMICOLON[self.language.code].join(self.current(one) for one in currents.between[:_IN_ALT])
            words += " " + say(mark("Strongest currents: {currents}."), currents=strongest)
        return words

    def current(self, one: Current) -> str:
        """A current in words."""
        return self.language.say(
            mark("from {source} to {target}, {acts}"),
            source=self.community(one.source),
            target=self.community(one.target),
            acts=self.language.plural("one act", "{n} acts", one.n_moved),
        )

    def ways(self, one: Current) -> tuple[str, ...]:
        """Where a current leads, in shorter and shorter forms."""
        source, target = self.forms(one.source), self.forms(one.target)
        depth = max(len(source), len(target))
        return tuple(f"{source[min(n, len(source) - 1)]} → {target[min(n, len(target) - 1)]}" for n in range(depth))

    def rests_on(self, n_accounts: int, n_ties: int, n_moved: int) -> str:
        """How much the map is made of."""
        return self.language.say(
            mark("{accounts}, {ties}, {acts}"),
            accounts=self.counted(n_accounts),
            ties=self.language.plural("one tie", "{n} ties", n_ties),
            acts=self.language.plural("one act moved", "{n} acts moved", n_moved),
        )

    def legend(self, around: str, *, has_bands: bool) -> str:
        """The legend for who cannot see it."""
        said = [self.language.say(words) for words in ((DISC, BAND, NEAR) if has_bands else (DISC, NEAR))]
        return " ".join([*said, around]).strip()

    def around(self, discs: Sequence[Disc], n_alone: int) -> str:
        """What lies on the belt around the discs."""
        say, plural = self.language.say, self.language.plural
        small = [disc for disc in discs if disc.is_on_belt]
        sentences = []
        if small:
            facts = {
                "communities": plural("a single community", "{n} communities", len(small)),
                "most": self.counted(max(disc.n_accounts for disc in small)),
                "accounts": self.counted(sum(disc.n_accounts for disc in small)),
            }
            if len(small) < len(discs):
                sentences.append(
                    say(mark("Around the discs: {communities} of {most} at most, {accounts} in all."), **facts)
                )
            else:
                sentences.append(say(mark("{communities} of {most} at most: their places mean nothing."), **facts))
        if n_alone:
            sentences.append(
                plural(
                    "Outermost: one account that exchanged with nobody.",
                    "Outermost: {n} accounts that exchanged with nobody.",
                    n_alone,
                )
            )
        return " ".join(sentences)


DOT: Final = mark("A dot is an account; it is larger, the more acts of others it moved:")
DISC: Final = mark(
    "A disc is a community: accounts that exchange more with each other than with others. Its area grows with the"
    " number of accounts."
)
BAND: Final = mark("A band shows acts that one community moved in another, from its wide end to its point.")
NEAR: Final = mark(
    "Nearer means that more is exchanged, between discs and inside a disc, as far as there is room. Above, below, left"
    " and right mean nothing."
)
