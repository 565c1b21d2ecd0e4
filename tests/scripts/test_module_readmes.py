"""The tables in the modules' READMEs are what the modules' files say today."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.docs.module_readme import outdated
from scripts.modules import module_paths

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", module_paths(REPOSITORY))
def test_the_readme_is_current(path):
    assert [str(finding) for finding in outdated(REPOSITORY, [path])] == []
