"""Links lead somewhere, files that are named exist, and decisions have their three parts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, links, without_blocks

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))

FOLDERS = "bench|cli|demo|docs|feeds|migrations|models|office|scheduler|tests|verifier|web"

IMAGINED = "birthday"
"""The rule that ``docs/architecture.md`` adds for practice."""


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_resolves(page: Path) -> None:
    assert [link for link in links(page.read_text(encoding="utf-8")) if not leads(page, link)] == []


def test_a_dead_link_is_noticed() -> None:
    page = ROOT / "README.md"
    assert not leads(page, "docs/nowhere.md")
    assert not leads(page, "docs/glossary.md#nowhere")
    assert leads(page, "docs/glossary.md#inside-the-engine")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    text = without_blocks(page.read_text(encoding="utf-8"))
    named = re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", text)
    assert [name for name in named if IMAGINED not in name and not (ROOT / name).exists()] == []


def test_no_page_is_an_island() -> None:
    read, new = set[Path](), {ROOT / "README.md"}
    while new:
        read |= new
        new = {onward for page in new for onward in linked_from(page)} - read
    assert set(PAGES) - read == set()


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_has_context_decision_and_consequences(decision: Path) -> None:
    headings = re.findall(r"^#+ (.+)$", decision.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert headings[1:] == ["Context", "Decision", "Consequences"]
    assert headings[0].startswith(f"{int(decision.name[:4])}. ")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(decision.name[:4]) for decision in DECISIONS] == [*range(1, len(DECISIONS) + 1)]


def leads(page: Path, link: str) -> bool:
    """Whether a link's file and heading are there; links to other sites are not followed."""
    if "://" in link:
        return True
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


def linked_from(page: Path) -> set[Path]:
    """The pages that a page's links lead to."""
    targets = {
        (page.parent / link.partition("#")[0]).resolve()
        for link in links(page.read_text(encoding="utf-8"))
    }
    return targets & set(PAGES)
