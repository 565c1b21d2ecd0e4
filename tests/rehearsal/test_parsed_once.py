"""Terragrunt may keep what it parsed: each unit's Terraform is called with the same words, values and files."""

from pathlib import Path

import pytest

from scripts.processes import Finished
from tests.checkout import Checkout

# In Terraform's place: it leaves what it was called with, and the files that it would have read, in one file a unit.
RECORDER = """\
#!/bin/sh
case "$1" in *version) echo "Terraform v1.11.4"; exit 0;; esac
{{
  echo "$@"
  env | grep -v '^_=\\|^SHLVL=\\|^PWD=\\|^OLDPWD=' | sort
  cat *.tf *.tfvars .terraform.lock.hcl 2>/dev/null
}} > "{folder}/$(pwd | tr / _).$1"
"""


def calls(checkout: Checkout, place: str, command: str, folder: Path, *options: str) -> dict[str, str]:
    """What Terraform is called with when our `terragrunt` does this with all units of a place, by unit and command."""
    folder.mkdir()
    recorder = folder.with_suffix(".sh")
    recorder.write_text(RECORDER.format(folder=folder))
    recorder.chmod(0o755)
    words = ("--non-interactive", "--dependency-fetch-output-from-state", f"--tf-path={recorder}", *options)
    finished = checkout.terragrunt("run", "--all", *words, "--", command, env="dev", folder=place)
    assert finished.code == 0, finished.out + finished.err
    recorded = {path.name: path.read_text() for path in folder.iterdir()}
    return {name: text.replace(str(recorder), "") for name, text in recorded.items()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "command"),
    [
        pytest.param("live/dev", "plan", id="a plan of all of dev, with stand-ins"),
        *(
            pytest.param("live/dev/us-east-1/order-analytics", command, id=f"{command} of what is applied")
            for command in ("apply", "destroy", "output", "validate")
        ),
    ],
)
def test_what_is_kept_changes_no_call_of_terraform(
    checkout: Checkout, order_analytics: Finished, tmp_path: Path, place: str, command: str
) -> None:
    units = list((checkout.path / place).rglob("terragrunt.hcl"))
    kept = calls(checkout, place, command, tmp_path / "kept")
    assert sum(name.endswith(f".{command}") for name in kept) == len(units)
    assert any("TF_VAR_" in text for text in kept.values())
    assert kept == calls(
        checkout, place, command, tmp_path / "again", "--use-partial-parse-config-cache=false"
    )
