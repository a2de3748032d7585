"""A text, a link or a file's name -> the same without whoever is on the list of objections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from ascendant.store.marks import LONGEST_NAME, RUN, Marks, link_key, plain

GONE: Final = "…"
_PLATFORM_OF: Final = {"twitter": "x", "fb": "facebook", "t": "telegram", "bsky": "bluesky"} | {
    name: name for name in ("x", "facebook", "linkedin", "instagram", "threads", "tiktok", "youtube")
}
_HOST: Final = re.compile(rf"(?:[\w-]+\.)*({'|'.join(_PLATFORM_OF)})\.(?:com|net|app|me)", re.IGNORECASE)
_LINK: Final = re.compile(
    rf"(?:(?:https?://|www\.)[^\s<>\"'«»“”]+|(?<![\w.@/]){_HOST.pattern}/[^\s<>\"'«»“”]*)", re.IGNORECASE
)
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_HANDLE: Final = re.compile(r"(?<![\w/])[@＠]([\w.\-]{1,100})")
_BETWEEN: Final = re.compile(r"[^\w\n]{1,4}|_{1,3}")  # what may stand between the words of a name
_MOST_TOKENS: Final = 40  # of a part: looking for more of them takes longer than looking up the words
_FEWEST_LETTERS: Final = 3  # of a handle in a file's name, where it has no sign


class Wording:
    """What hides those who are on the list, and only them."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def may_name(self, text: str) -> bool:
        """Whether a closer look is needed: quick, and never no where `hide` would change something."""
        has = self._marks.has_often
        if any(has("token", run) for run in RUN.findall(plain(text))):
            return True
        return "%" in text and any(has("token", run) for run in RUN.findall(plain(unquote(text))))

    def worth_a_look(self, texts: Iterable[str]) -> list[str]:
        """Those of many texts that `may_name` somebody: their words are looked up together, each once."""
        plain_texts = {text: plain(text) for text in texts}
        together = "\n".join(plain_texts.values())
        found = self._marks.among("token", set(RUN.findall(together)))
        packed = [text for text in plain_texts if "%" in text and self.may_name(text)] if "%" in together else []
        if not found:
            return packed
        if len(found) > _MOST_TOKENS:
            return [text for text in plain_texts if self.may_name(text)]
        holds = re.compile("|".join(map(re.escape, found))).search
        return [*packed, *(text for text, written in plain_texts.items() if holds(written))]

    def hide(self, text: str) -> str:
        """A text without their handles, profile links, addresses of mail, names of two words or more, and numbers."""
        if not self.may_name(text):
            return text
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        text = _LINK.sub(self._link, text)
        text = _MAIL.sub(self._mail, text)
        text = _HANDLE.sub(self._handle, text)
        return self._spans(text, in_names_of_files=False)

    def hide_in_file_name(self, name: str) -> str:
        """A file's name or a place in a file: handles stand there without their sign."""
        if not self.may_name(name):
            return name
        return self._spans(self.hide(name), in_names_of_files=True)

    def link_names(self, link: str) -> bool:
        """Whether a link leads to them, or has their name in it."""
        if not self.may_name(link):
            return False
        if self._marks.has("link", link_key(link)):
            return True
        told = unquote(link)
        host, _, path = re.sub(r"^https?://", "", told, flags=re.IGNORECASE).partition("/")
        known = _HOST.fullmatch(host)
        if known is not None:
            platform = _PLATFORM_OF[known[1].lower()]
            steps = [plain(step.lstrip("@")) for step in re.split(r"[/?#&=]", path) if step]
            for before, step in zip(["", *steps], steps, strict=False):
                accounts = (f"{platform}:{step}", f"{platform}:@{before}/{step}")
                if any(self._marks.has("handle", one) for one in (step, step.partition("_")[0])) or any(
                    map(self._marks.has_account, accounts)
                ):
                    return True
        return self._spans(told, in_names_of_files=False) != told

    def is_name(self, words: str) -> bool:
        """Whether a text is nothing but their name or handle, even of one word."""
        bare = plain(words.strip().lstrip("@"))
        return self._marks.has("name", " ".join(RUN.findall(bare))) or self._marks.has("handle", bare)

    def tag_names(self, tag: str) -> bool:
        """Whether a hashtag is their name in one word, or a handle that is no word."""
        return self.may_name(tag) and self._spans(tag, in_names_of_files=False) != tag

    def _link(self, found: re.Match[str]) -> str:
        if not self.link_names(found[0]):
            return found[0]
        if self._marks.has("link", link_key(found[0])):
            return GONE
        host = re.sub(r"^https?://", "", found[0], flags=re.IGNORECASE).partition("/")[0]
        return f"{self._spans(host, in_names_of_files=False)}/{GONE}"

    def _mail(self, found: re.Match[str]) -> str:
        return f"{GONE}@{GONE}" if self._marks.has("handle", plain(found[0].partition("@")[0])) else found[0]

    def _handle(self, found: re.Match[str]) -> str:
        whole = found[1].rstrip(".-")
        for handle in (found[1], whole, re.split(r"[.-]", whole)[0]):  # a full stop may end the handle, or belong to it
            rest = found[1][len(handle) :]
            goes_on = rest[1:2].islower() or rest[1:2].isdigit()  # then it is the handle of somebody else
            if not goes_on and self._marks.has("handle", plain(handle)):
                return f"@{GONE}{rest}"
        return found[0]

    def _spans(self, text: str, *, in_names_of_files: bool) -> str:
        """Names, and what cannot be a word, replaced where they stand; the longest first."""
        runs = list(RUN.finditer(text))
        words = [plain(run[0]) for run in runs]
        kept: list[str] = []
        end = first = 0
        while first < len(runs):
            last = self._last(text, runs, words, first, in_names_of_files=in_names_of_files)
            if last is None:
                first += 1
                continue
            kept += [text[end : runs[first].start()], GONE]
            end = runs[last].end()
            first = last + 1
        return "".join([*kept, text[end:]]) if kept else text

    def _last(
        self, text: str, runs: list[re.Match[str]], words: list[str], first: int, *, in_names_of_files: bool
    ) -> int | None:
        """Where ends what begins at a run and names somebody; None where nothing does."""
        if not self._marks.has_often("token", words[first]):
            return None
        last = first
        while last + 1 < min(len(runs), first + LONGEST_NAME) and _BETWEEN.fullmatch(
            text, runs[last].end(), runs[last + 1].start()
        ):
            last += 1
        for end in range(last, first - 1, -1):
            span = plain(text[runs[first].start() : runs[end].end()])
            if self._marks.has("word", span) or (
                end > first and self._marks.has("name", " ".join(words[first : end + 1]))
            ):
                return end
            is_handle = len(span) >= _FEWEST_LETTERS and not span.isdigit() and self._marks.has("handle", span)
            if in_names_of_files and is_handle:
                return end
        return None
