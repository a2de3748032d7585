"""Links and paths in the documents lead to something."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ENDINGS = (".md", ".py", ".toml", ".lock", ".sh", ".po", ".sql")
FOLDERS = ("src", "tools", "requirements", "docs")
IN_A_STUDY = {"study.toml", "kinds.toml"}
MADE_LATER = (".venv/", "study/", "results/", "activity/", "accounts/", "report/", "truth/")


def links(text):
    """Targets of the links, but those that lead to the network."""
    found = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text)
    return [target for target in found if not re.match(r"\w+:", target)]


def paths(text):
    """What looks like a path of this repository among the words that are set as code."""
    words = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    return [word for word in words if re.fullmatch(r"[\w./-]+", word) and (Path(word).suffix in ENDINGS or "/" in word)]


def anchors(text):
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def leads_somewhere(target, page):
    name, _, anchor = target.partition("#")
    path = page.parent / name if name else page
    return path.exists() and (not anchor or anchor in anchors(path.read_text(encoding="utf-8")))


def is_there(word, page):
    """A path from the root, from the package, or beside the page; a bare name wherever it stands."""
    if "/" in word:
        return any((place / word).exists() for place in (ROOT, ROOT / "src" / "ascendant", page.parent))
    return (ROOT / word).exists() or any(any((ROOT / folder).rglob(word)) for folder in FOLDERS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_leads_to_a_page_and_a_heading(page):
    text = page.read_text(encoding="utf-8")
    assert [target for target in links(text) if not leads_somewhere(target, page)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_path_that_is_named_exists(page):
    named = [word for word in paths(page.read_text(encoding="utf-8")) if word not in IN_A_STUDY]
    assert [word for word in named if not word.startswith(MADE_LATER) and not is_there(word, page)] == []


def test_a_link_to_nowhere_and_a_path_of_nothing_would_be_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# One head\n[a](other.md) [b](#one-head) [c](#two) [d](https://example.org/x) `read/nowhere.py` `a/b c`"
    )
    text = page.read_text()
    assert [target for target in links(text) if not leads_somewhere(target, page)] == ["other.md", "#two"]
    assert [word for word in paths(text) if not is_there(word, page)] == ["read/nowhere.py"]


@pytest.mark.parametrize("folder", [path.name for path in (ROOT / "docs").iterdir() if path.is_dir()])
def test_each_folder_of_documents_is_named_where_a_newcomer_starts(folder):
    start = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    assert f"docs/{folder}/" in start
