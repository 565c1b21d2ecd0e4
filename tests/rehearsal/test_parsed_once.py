"""Terragrunt may keep what it parsed: each unit's Terraform is called with the same words, values and files."""

from pathlib import Path

import pytest

from scripts.processes import Finished
from scripts.terragrunt import PARSED_ONCE
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


def calls(checkout: Checkout, folder: Path, *options: str) -> dict[str, str]:
    """What Terraform is called with when all of dev is planned, by unit and command."""
    folder.mkdir()
    recorder = folder.with_suffix(".sh")
    recorder.write_text(RECORDER.format(folder=folder))
    recorder.chmod(0o755)
    words = ("--no-color", "--dependency-fetch-output-from-state", f"--tf-path={recorder}", *options)
    finished = checkout.terragrunt("run", "--all", *words, "--", "plan", env="dev", folder="live/dev")
    assert finished.code == 0, finished.out + finished.err
    recorded = {path.name: path.read_text() for path in folder.iterdir()}
    return {name: text.replace(str(recorder), "") for name, text in recorded.items()}


@pytest.mark.slow
def test_what_is_kept_changes_no_call_of_terraform(
    checkout: Checkout, order_analytics: Finished, tmp_path: Path
) -> None:
    units = list((checkout.path / "live/dev").glob("*/*/*/terragrunt.hcl"))
    kept = calls(checkout, tmp_path / "kept", PARSED_ONCE)
    assert sum(name.endswith(".plan") for name in kept) == len(units)
    assert any("TF_VAR_" in text for text in kept.values())
    assert kept == calls(checkout, tmp_path / "again")
