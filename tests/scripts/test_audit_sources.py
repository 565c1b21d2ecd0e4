"""What a plan refers to, and what the module's own code adds to that, is read as Terraform means it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.audit.connections import reference_of
from scripts.audit.sources import sources_below
from scripts.machine import REPOSITORY


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("aws_lb.this[0].arn", ("aws_lb", "this", "[0]", "arn")),
        ('module.a.ids["b.c"]', ("module", "a", "ids", "[b.c]")),
        (r'var.a["b\"]"]', ("var", "a", '[b"]]')),
        ("each.value", ("each", "value")),
    ],
)
def test_references_are_read_as_terraform_prints_them(text, steps) -> None:
    assert reference_of(text) == steps


def test_every_module_of_ours_can_be_read() -> None:
    folders = [path.parent.relative_to(REPOSITORY) for path in REPOSITORY.glob("modules/*/*/main.tf")]
    read = [sources_below(REPOSITORY)(Path(folder).as_posix()) for folder in folders]
    assert sum(len(source.dynamic) for source in read) > 50
    assert all(steps for source in read for found in source.locals.values() for steps in found)
