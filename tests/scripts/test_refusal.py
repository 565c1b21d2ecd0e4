"""A command that is refused ends with 3, says where and why, starts nothing and changes nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from scripts import processes
from tests.scripts.scratch import TFVARS, build, edited

REPOSITORY = Path(__file__).resolve().parents[2]


def state_of(root: Path) -> dict[str, bytes]:
    """Every file and its bytes."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["validate"], id="validate"),
        pytest.param(["plan", "--env", "dev", "--local"], id="plan"),
        pytest.param(["apply", "--env", "dev", "--local", "--yes"], id="apply"),
    ],
)
def test_a_mistake_in_a_tfvars_ends_a_command_before_anything_starts(tmp_path, words):
    tree = build(tmp_path / "tree", edited(TFVARS, "retention_days", "retention_dais"))
    before = state_of(tree)
    # No Terraform and no Terragrunt can be found: had the command come that far, it would have said so.
    environment = {**os.environ, "STAGECRAFT_TREE": str(tree), "PATH": str(tmp_path)}
    ended = processes.run(
        [sys.executable, "-m", "invoke", *words], cwd=REPOSITORY, env=environment, check=False, timeout=180
    )
    said = ended.out + ended.err
    assert ended.code == 3
    assert f"{TFVARS}:10:" in said.replace("\n", "")
    assert 'did you mean "retention_days"?' in " ".join(said.split())
    assert "Traceback" not in said
    assert state_of(tree) == before
