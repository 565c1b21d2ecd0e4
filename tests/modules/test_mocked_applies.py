"""What only an apply can show: each module's *.tftest.hcl passes, with a mock for AWS."""

import os
import re
import shutil
import subprocess

import pytest

from scripts import toolchain
from scripts.warm_provider import unit_key
from tests.modules.planner import COLLECT_LESS, MODULES, REPOSITORY

files = sorted(MODULES.glob("*/*/tests/*.tftest.hcl"))


@pytest.mark.parametrize("file", [pytest.param(f, id=f.relative_to(MODULES).as_posix()) for f in files])
def test_the_run_passes(file, module_tree, warm, terraform_environment):
    folder = file.parent.parent
    unit = folder.relative_to(MODULES).as_posix()
    # Beside the other modules, because a pattern reaches them by relative path.
    copy = (
        module_tree / folder.parent.relative_to(MODULES) / f"{folder.name}-mocked-{file.name.split('.')[0]}"
    )
    shutil.copytree(
        module_tree / unit, copy, ignore=shutil.ignore_patterns("offline_provider.tf", "terraform.tfvars*")
    )
    shutil.copytree(file.parent, copy / "tests", ignore=lambda _, names: [n for n in names if n != file.name])
    for name in re.findall(r"artifacts/([\w.-]+\.zip)", file.read_text()):
        (copy / "artifacts").mkdir(exist_ok=True)
        (copy / "artifacts" / name).write_bytes(b"")
    shutil.copy(REPOSITORY / ".terraform.lock.hcl", copy)
    offer = (warm.directory / f"{unit_key(unit)}.json").read_text() if warm else ""
    environment = {**os.environ, **terraform_environment, "TF_REATTACH_PROVIDERS": offer}
    environment |= COLLECT_LESS if warm else {}
    terraform = str(toolchain.terraform())
    subprocess.run(
        [terraform, "init", "-backend=false", "-input=false"],
        cwd=copy,
        env=environment,
        check=True,
        capture_output=True,
        timeout=180,
    )
    done = subprocess.run(
        [terraform, "test", "-no-color"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
