"""release.migrate: one task, the service's own network and image, another command, and its exit code."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from scripts import runs
from scripts.checks.finding import Refused
from scripts.commands import options, release
from scripts.commands.options import Flags
from scripts.release import one_off, services
from scripts.release.services import Service

NETWORK = {"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}}
UNIT = SimpleNamespace(path="live/dev/us-east-1/pyshop/service", region="us-east-1", tfvars="")
SERVICE = Service(UNIT, "acme-dev-pyshop", "acme-dev-pyshop-api", "app", "/p")


class Ecs:
    """An ECS that runs what it is asked to, and says how that ended."""

    def __init__(self, code=0, failures=()):
        self.code, self.failures, self.asked, self.waited = code, list(failures), None, {}

    def client(self, name):
        return self

    def describe_services(self, **_):
        return {
            "services": [{"status": "ACTIVE", "taskDefinition": "api:7", "networkConfiguration": NETWORK}]
        }

    def run_task(self, **asked):
        self.asked = asked
        return {"tasks": [] if self.failures else [{"taskArn": "task-1"}], "failures": self.failures}

    def get_waiter(self, name):
        return SimpleNamespace(wait=lambda **words: self.waited.update(words))

    def describe_tasks(self, **_):
        containers = [{"name": "xray", "exitCode": 137}, {"name": "app", "exitCode": self.code}]
        return {"tasks": [{"containers": containers, "stoppedReason": "Essential container in task exited"}]}


@pytest.fixture
def migrate(monkeypatch):
    """Run the task against *ecs*."""

    def run(ecs, rehearsal=False, command="alembic upgrade head"):
        target = SimpleNamespace(
            units=(UNIT,),
            rehearsal=rehearsal,
            environment=SimpleNamespace(name="dev"),
            session=lambda region: ecs,
        )
        monkeypatch.setattr(options, "target", lambda flags: target)
        monkeypatch.setattr(runs, "read_states", lambda target, units: {})
        monkeypatch.setattr(services, "one", lambda target, states: SERVICE)
        return release.migrate(Flags(env="dev", yes=True), command, 60)

    return run


def test_the_task_runs_with_the_services_own_network_and_the_callers_command(migrate):
    ecs = Ecs()
    assert migrate(ecs) == 0
    assert ecs.asked["networkConfiguration"] == NETWORK
    assert (ecs.asked["cluster"], ecs.asked["taskDefinition"]) == ("acme-dev-pyshop", "api:7")
    assert ecs.asked["overrides"] == {
        "containerOverrides": [{"name": "app", "command": ["alembic", "upgrade", "head"]}]
    }
    assert ecs.asked["launchType"] == "FARGATE"
    assert ecs.waited["WaiterConfig"] == {"Delay": 6, "MaxAttempts": 10}


def test_the_exit_code_of_the_applications_container_decides(migrate, capsys):
    assert migrate(Ecs(code=3)) == 1
    assert "task-1 ended with 3" in capsys.readouterr().err


def test_a_task_that_does_not_begin_says_why(migrate, capsys):
    assert migrate(Ecs(failures=[{"reason": "RESOURCE:MEMORY"}])) == 1
    assert "did not begin: RESOURCE:MEMORY" in capsys.readouterr().err


def test_a_rehearsal_runs_no_containers_and_says_so(migrate):
    ecs = Ecs()
    with pytest.raises(Refused, match="describes containers and runs none"):
        migrate(ecs, rehearsal=True)
    assert ecs.asked is None


def test_no_command_is_refused(migrate):
    with pytest.raises(Refused, match="--command must be the migration's command"):
        migrate(Ecs(), command="")


def test_a_command_with_spaces_in_its_words_is_a_json_list():
    assert one_off.checked_command('["sh", "-c", "echo a b"]') == ("sh", "-c", "echo a b")
