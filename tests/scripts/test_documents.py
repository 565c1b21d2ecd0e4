"""What the documents say there is, there is; and what there is, they say."""

import re
from pathlib import Path

import pytest

from scripts.machine import REPOSITORY
from tasks import namespace

LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
DOCUMENTS = sorted(
    path
    for folder in (".", "docs", "diagrams", ".github")
    for path in (REPOSITORY / folder).glob("*.md" if folder == "." else "**/*.md")
)


def test_the_readme_names_every_task_and_no_other() -> None:
    readme = (REPOSITORY / "README.md").read_text()
    table = readme.partition("## Tasks")[2]
    named = {
        word
        for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for word in re.findall(r"`([\w.]+)`", cell)
    }
    assert named == set(namespace.task_names)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_link_leads_somewhere(document: Path) -> None:
    lost = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert lost == []
