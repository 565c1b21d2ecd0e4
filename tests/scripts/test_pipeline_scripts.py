"""What the pipeline's own shell lines do: a failed plan fails its job and is still shown, a comment never grows too long."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.hcl.nodes import Literal
from scripts.live.tfvars import read_tfvars
from scripts.machine import REPOSITORY

WORKFLOWS = REPOSITORY / ".github/workflows"
GITHUB_TAKES = 65_536
ENVIRONMENTS = ("dev", "staging", "prod")


def workflow(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text())
    return read


def script(name: str, job: str, word: str) -> str:
    """The one script of a job that has *word* in it."""
    (found,) = (step["run"] for step in workflow(name)["jobs"][job]["steps"] if word in step.get("run", ""))
    return str(found)


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{text}\n")
    path.chmod(0o755)


def shell(text: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run it as GitHub does: `bash -e` (https://docs.github.com/actions, "defaults.run.shell")."""
    environment = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", **variables}
    return subprocess.run(
        ["bash", "-e", "-c", text], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def comment(folder: Path, plans: dict[str, str]) -> str:
    """What is sent to the pull request, with these plans as artifacts."""
    (folder / "plans").mkdir()
    for name, text in plans.items():
        (folder / "plans" / f"plan-{name}.md").write_text(text)
    executable(
        folder / "bin" / "gh", 'while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cp "$2" sent.md; shift; done'
    )
    done = shell(script("plan", "comment", "gh pr comment"), folder, NUMBER="7", REPOSITORY="acme/shop")
    assert done.returncode == 0, done.stderr
    return (folder / "sent.md").read_text()


def test_a_comment_has_every_plan_under_its_name(tmp_path):
    sent = comment(tmp_path, {"dev-shop": "## dev: 2 units.\n", "prod-shop": "## prod: 3 units.\n"})
    assert sent == "# dev-shop\n\n## dev: 2 units.\n\n# prod-shop\n\n## prod: 3 units.\n\n"


def test_a_comment_never_grows_too_long_and_names_what_it_leaves_out(tmp_path):
    plans = {
        f"dev-system-{number:02}": f"## dev: {number} units.\n" + "x" * 3_000 + "\n" for number in range(24)
    }
    sent = comment(tmp_path, plans)
    assert len(sent) < GITHUB_TAKES
    assert all(f"# {name}\n" in sent and plan.splitlines()[0] in sent for name, plan in plans.items())
    assert 0 < sent.count("Too long for this comment") < len(plans)


def test_without_any_plan_the_comment_says_so(tmp_path):
    assert comment(tmp_path, {}) == "No plan could be made; see the run.\n"


@pytest.mark.parametrize(
    ("code", "passes"),
    [
        pytest.param(0, True, id="nothing to change"),
        pytest.param(2, True, id="something would change"),
        pytest.param(1, False, id="a unit that cannot be planned"),
        pytest.param(3, False, id="refused"),
    ],
)
@pytest.mark.parametrize("written", [True, False], ids=["reviewed", "no review"])
def test_a_failed_plan_fails_its_job_and_is_still_shown(tmp_path, code, passes, written):
    review = 'echo "the review" > plan-dev-shop.md; ' if written else ""
    executable(tmp_path / "invoke", f"{review}exit {code}")
    summary = tmp_path / "summary.md"
    done = shell(
        script("plan", "plan", "./invoke plan"),
        tmp_path,
        ENVIRONMENT="dev",
        SYSTEM="shop",
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert (done.returncode == 0) == passes
    shown = "the review" if written else "could not be planned"
    assert shown in summary.read_text() and shown in (tmp_path / "plan-dev-shop.md").read_text()


def test_what_a_failed_plan_left_is_handed_on():
    (upload,) = (
        step
        for step in workflow("plan")["jobs"]["plan"]["steps"]
        if "upload-artifact" in step.get("uses", "")
    )
    assert upload["if"] == "${{ !cancelled() }}"


@pytest.mark.parametrize(
    ("fails", "passes"),
    [
        pytest.param({}, True, id="all is well"),
        pytest.param({"validate": 3}, False, id="wrong values"),
        pytest.param({"plan": 1}, False, id="a failed plan before a fine drift"),
        pytest.param({"plan": 2, "drift": 2}, True, id="changes and drift are answers"),
        pytest.param({"drift": 1}, False, id="a unit that cannot be read"),
    ],
)
def test_codebuild_notices_each_command_that_fails(tmp_path, fails, passes):
    """It goes by the last command of a block alone, in a shell without -e."""
    codes = " ".join(f"{name}) exit {code};;" for name, code in fails.items())
    executable(tmp_path / "invoke", f'case "$1" in {codes} *) exit 0;; esac')
    block = yaml.safe_load((REPOSITORY / ".ci/buildspec.yml").read_text())["phases"]["build"]["commands"][-1]
    environment = {**os.environ, "ENVIRONMENT": "dev", "SYSTEM": "shop"}
    done = subprocess.run(["sh", "-c", block], cwd=tmp_path, env=environment, check=False)
    assert (done.returncode == 0) == passes


def test_no_checkout_leaves_its_token_behind():
    steps = [
        step
        for path in WORKFLOWS.glob("*.yml")
        for job in workflow(path.stem)["jobs"].values()
        for step in job.get("steps", [])
    ]
    checkouts = [step for step in steps if "actions/checkout@" in step.get("uses", "")]
    assert checkouts and all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_credentials_live_as_long_as_the_job_and_no_longer_than_the_role_allows():
    jobs = workflow("apply-environment")["jobs"]
    asked = {
        (job["timeout-minutes"] * 60, step["with"]["seconds"])
        for job in jobs.values()
        for step in job["steps"]
        if "role" in step.get("with", {})
    }
    ((lasts, seconds),) = asked
    assert lasts == seconds
    files = [f"live/{name}/us-east-1/platform/ci-access/terraform.tfvars" for name in ENVIRONMENTS]
    allowed = [read_tfvars(REPOSITORY, file).assignments["max_session_seconds"].value for file in files]
    assert [each.value for each in allowed if isinstance(each, Literal)] == [seconds] * len(files)


def test_no_merge_cuts_off_the_apply_of_the_one_before():
    assert workflow("apply")["concurrency"] == {"group": "apply", "cancel-in-progress": False}
