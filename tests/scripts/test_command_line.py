"""What is typed: a slip is refused with 3, the nearest word and no traceback, before any task begins; from any folder."""

from __future__ import annotations

import os
import sys

import pytest

import tasks
from scripts import processes
from scripts.command_line import flag_of
from scripts.machine import REPOSITORY, TERRAFORM_VERSION, TERRAGRUNT_VERSION

LAUNCHER = REPOSITORY / "scripts/launchers/invoke"


def typed(words, folder) -> processes.Finished:
    return processes.run([sys.executable, LAUNCHER, *words], cwd=folder, check=False, timeout=60)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["pln", "--env", "dev"], 'there is no task "pln"; did you mean "plan"?', id="a task"),
        pytest.param(
            ["state.lst"], 'there is no task "state.lst"; did you mean "state.list"?', id="of a group"
        ),
        pytest.param(
            ["plan", "--evn", "dev"], 'plan: there is no flag "--evn"; did you mean "--env"?', id="a flag"
        ),
        pytest.param(["--lst"], 'there is no flag "--lst"; did you mean "--list"?', id="a flag of Invoke's"),
        pytest.param(["plan", "dev"], 'plan: "dev" belongs to no flag', id="a word without its flag"),
        pytest.param(["plan", "--env"], "--env: a value must follow.", id="a flag without its value"),
        pytest.param(
            ["destroy", "--env", "dev", "--system", ""],
            "--system: the value is empty; write one, or leave the flag out.",
            id="a script's empty variable, which would have meant all",
        ),
        pytest.param(
            ["plan", "--env", "dev", "--parallelism", "-3"],
            "--parallelism: -3 units cannot run at once",
            id="below 0",
        ),
        pytest.param(["find"], "find: NAME is missing; write ./invoke find NAME.", id="a missing word"),
        pytest.param(["plan", "--parallelism", "many"], '--parallelism: "many" is no number', id="no number"),
        pytest.param(
            ["test", "--load", "--rate=fast"], '--rate: "fast" is no number', id="no fraction either"
        ),
        pytest.param(
            ["plan", "--env", "\x1b[31m", "x\ny"], 'plan: "x', id="signs that a terminal would obey"
        ),
    ],
)
def test_what_is_typed_wrong_is_refused_with_what_is_meant(words, says, tmp_path):
    ended = typed(words, tmp_path)
    assert (ended.code, ended.out) == (3, "")
    assert says in ended.err and "Traceback" not in ended.err
    assert "\x1b" not in ended.err and list(tmp_path.iterdir()) == []


def launched(folder, change) -> processes.Finished:
    """The launcher of a checkout that has nothing else, with one thing changed in it."""
    text = (REPOSITORY / "invoke").read_text()
    assert change[0] in text
    (folder / "invoke").write_text(text.replace(*change))
    (folder / "requirements").mkdir()
    return processes.run([sys.executable, folder / "invoke", "doctor"], check=False, timeout=60)


def test_a_python_that_is_too_old_is_refused_before_anything_is_made(tmp_path):
    ended = launched(tmp_path, ("sys.version_info < (3, 11)", "sys.version_info < (99, 0)"))
    assert ended.code == 3 and "Python 3.11 or newer is needed, this is 3." in ended.err
    assert not (tmp_path / ".venv").exists() and not (tmp_path / ".cache").exists()


def test_a_linked_environment_that_is_gone_is_refused(tmp_path):
    (tmp_path / ".venv").symlink_to(tmp_path / "nowhere")
    ended = launched(tmp_path, ("", ""))
    assert ended.code == 3 and "has no Python any more; remove the link" in ended.err


def test_the_tasks_are_found_from_any_folder(tmp_path):
    ended = typed(["--list"], tmp_path)
    assert ended.code == 0 and "  plan " in ended.out


@pytest.fixture
def terragrunt(tmp_path, monkeypatch):
    """The launcher of a checkout that has no more; on PATH stands a terragrunt that says what it was called with."""
    for name in ("__init__.py", "machine.py", "toolchain.py", "launchers/terragrunt"):
        copy = tmp_path / "scripts" / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_text((REPOSITORY / "scripts" / name).read_text())
    for name, version in (("terraform", TERRAFORM_VERSION), ("terragrunt", TERRAGRUNT_VERSION)):
        says = f'[ "$1" = --version ] && echo v{version} || echo "$TG_USE_PARTIAL_PARSE_CONFIG_CACHE $@"'
        (tmp_path / name).write_text(f"#!/bin/sh\n{says}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "terraform.rc").write_text("")
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "terraform.rc"))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.delenv("TG_USE_PARTIAL_PARSE_CONFIG_CACHE", raising=False)
    return tmp_path / "scripts/launchers/terragrunt"


@pytest.mark.parametrize(
    ("words", "environment", "called"),
    [
        pytest.param(["run-all", "plan", "-x"], {}, "true run --all plan -x", id="the old spelling"),
        pytest.param(["plan", "run-all"], {}, "true plan run-all", id="handed on as it is"),
        pytest.param(
            ["plan"], {"TG_USE_PARTIAL_PARSE_CONFIG_CACHE": "false"}, "false plan", id="the caller's own word"
        ),
    ],
)
def test_terragrunt_typed_by_hand_keeps_what_it_parsed(terragrunt, words, environment, called):
    argv = [sys.executable, terragrunt, *words]
    ended = processes.run(argv, env={**os.environ, **environment}, timeout=60)
    assert ended.out == f"{called}\n"


@pytest.fixture
def shops(tmp_path):
    """Two checkouts, each with a launcher, an environment and a command line that only says whose it is."""
    for name in ("one", "two"):
        scripts = tmp_path / name / "scripts"
        (scripts / "launchers").mkdir(parents=True)
        (tmp_path / name / ".venv/bin").mkdir(parents=True)
        (tmp_path / name / "live/dev").mkdir(parents=True)
        (scripts / "__init__.py").write_text("")
        said = f"class program:\n    def run(argv):\n        print({name!r}, argv[2].rpartition('/')[2])\n"
        (scripts / "command_line.py").write_text(said)
        for place in (scripts / "launchers", tmp_path / name / ".venv/bin"):
            (place / "invoke").write_text(LAUNCHER.read_text())
    return tmp_path


@pytest.mark.parametrize(
    ("launcher", "folder", "whose"),
    [
        pytest.param("one/.venv/bin", "two/live/dev", "two two", id="activated: where one stands"),
        pytest.param("one/.venv/bin", "one", "one one", id="activated: its own"),
        pytest.param("one/.venv/bin", ".", "one one", id="activated, from elsewhere: its own"),
        pytest.param("one/scripts/launchers", "two/live/dev", "one one", id="./invoke: always its own"),
    ],
)
def test_the_tasks_of_a_checkout_act_on_that_checkout(shops, launcher, folder, whose):
    ended = processes.run(
        [sys.executable, shops / launcher / "invoke", "plan"], cwd=shops / folder, timeout=60
    )
    assert ended.out.strip() == whose


def test_a_reader_that_goes_away_is_no_mistake(tmp_path):
    script = f"{sys.executable} {LAUNCHER} --list | true; echo ${{PIPESTATUS[0]}}"
    ended = processes.run(["bash", "-c", script], cwd=tmp_path, env=dict(os.environ), timeout=60)
    assert "Traceback" not in ended.err and ended.out.strip() in {"0", "1"}


@pytest.mark.parametrize(
    ("argv", "flag"),
    [
        (["invoke", "plan", "--parallelism", "x"], "--parallelism"),
        (["invoke", "plan", "--parallelism=x"], "--parallelism"),
        (["invoke", "plan", "-p", "x"], "-p"),
        (["invoke", "x"], "invoke"),
    ],
)
def test_the_flag_is_named_that_a_word_was_typed_for(argv, flag):
    assert flag_of("x", argv) == flag


@pytest.mark.parametrize("name", sorted(tasks.namespace.task_names))
def test_the_help_of_each_task_says_what_it_reads_changes_and_costs(name):
    said = tasks.namespace[name].__doc__ or ""
    (facts,) = (line.strip() for line in said.splitlines() if line.strip().startswith("Reads "))
    assert [part.split()[0] for part in facts.split("; ")] == ["Reads", "changes", "costs"], facts
    assert facts.endswith(".")
