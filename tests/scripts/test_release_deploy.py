"""release.deploy and release.rollback: an image, a tag that is written, a unit that is applied, in that order."""

from __future__ import annotations

import base64
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts import processes, runs
from scripts.checks.finding import Refused
from scripts.commands import apply as apply_command
from scripts.commands import options, release
from scripts.commands.options import Flags
from scripts.release import code_deploy, images, services, tags
from scripts.release.services import Service
from scripts.states.state import Output, State

PARAMETER = "/acme-dev-pyshop-api/image-tag"
REPOSITORY = "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/api"
OUTPUTS = {
    "scaling_resource_id": "service/acme-dev-pyshop/acme-dev-pyshop-api",
    "container_name": "app",
    "image_tag_parameter_name": PARAMETER,
    "task_definition_arn": "arn:aws:ecs:us-east-1:111111111111:task-definition/api:7",
}
GROUP = {"application_name": "acme-api", "deployment_group_name": "acme-api"}


def unit_at(path, tfvars=""):
    system, name = path.split("/")[-2:]
    return SimpleNamespace(path=path, system=system, name=name, region="us-east-1", tfvars=tfvars)


def state_of(unit, **outputs):
    found = {name: Output(name, value, False) for name, value in outputs.items()}
    return State(unit.path, 1, {}, frozenset(), found)


class Aws:
    """The few answers that a release asks AWS for, and what it told AWS to do."""

    def __init__(self, did, history):
        self.did, self.held = did, history

    def client(self, name):
        return getattr(self, name)

    @property
    def ssm(self):
        def put_parameter(Name, Value, **_):
            self.did.append(f"write {Value}")
            self.held.append(Value)

        pages = [{"Parameters": [{"Value": value} for value in self.held]}]
        paginator = SimpleNamespace(paginate=lambda Name: pages)
        return SimpleNamespace(put_parameter=put_parameter, get_paginator=lambda _: paginator)

    @property
    def ecr(self):
        token = base64.b64encode(b"AWS:not-a-secret").decode()
        answer = {"authorizationData": [{"authorizationToken": token}]}
        return SimpleNamespace(get_authorization_token=lambda: answer)

    @property
    def ecs(self):
        service = {
            "status": "ACTIVE",
            "taskDefinition": "api:6",
            "runningCount": 2,
            "desiredCount": 2,
            "loadBalancers": [{"containerPort": 8000}],
            "deployments": [{"rolloutState": "COMPLETED"}],
        }
        containers = [{"name": "xray", "image": "xray:3"}, {"name": "app", "image": f"{REPOSITORY}:v1"}]
        definition = {"containerDefinitions": containers, "runtimePlatform": {"cpuArchitecture": "ARM64"}}
        return SimpleNamespace(
            describe_services=lambda **_: {"services": [service]},
            describe_task_definition=lambda **_: {"taskDefinition": definition},
        )

    @property
    def codedeploy(self):
        def create_deployment(applicationName, deploymentGroupName, revision):
            self.did.append(f"exchange {applicationName}/{deploymentGroupName}")
            return {"deploymentId": "d-1"}

        return SimpleNamespace(create_deployment=create_deployment)


@pytest.fixture
def did():
    """What was done, in order."""
    return []


@pytest.fixture
def world(monkeypatch, tmp_path, did):
    """One applied service whose tag was v0, then v1; its account, and what an apply would say."""
    file = "live/dev/us-east-1/pyshop/service/terraform.tfvars"
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("image_tag = { pinned = null }\n")
    unit = unit_at("live/dev/us-east-1/pyshop/service", file)
    made = SimpleNamespace(code=0, outputs=dict(OUTPUTS), file=tmp_path / file, unit=unit)
    aws = Aws(did, ["v0", "v1"])
    target = SimpleNamespace(units=(unit,), repository=tmp_path, rehearsal=False, session=lambda region: aws)
    made.target = target

    def applied(flags, warm, plans):
        did.append(f"apply {flags.system}/{flags.unit}")
        if isinstance(made.code, BaseException):
            raise made.code
        return made.code

    def ran(argv, **options):
        did.append(" ".join(argv[1:3]))
        assert "not-a-secret" not in " ".join(argv)

    monkeypatch.setattr(options, "target", lambda flags, sound=True: target)
    monkeypatch.setattr(
        runs, "read_states", lambda target, units: {unit.path: state_of(unit, **made.outputs)}
    )
    monkeypatch.setattr(apply_command, "apply", applied)
    monkeypatch.setattr(processes, "run", ran)
    monkeypatch.setattr(images, "builder", lambda which: "podman")
    return made


def test_an_image_is_built_pushed_and_then_named_in_the_parameter(world, did, tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    assert release.deploy(Flags(env="dev"), "v2", str(tmp_path)) == 0
    assert did == [
        "login --username",
        "build --platform",
        f"push {REPOSITORY}:v2",
        "write v2",
        "apply pyshop/service",
    ]


def test_an_image_that_is_there_already_is_only_named(world, did):
    assert release.deploy(Flags(env="dev"), "v2", "") == 0
    assert did == ["write v2", "apply pyshop/service"]


def test_a_refused_apply_leaves_the_parameter_as_it_was(world, did):
    world.code = Refused([])
    with pytest.raises(Refused):
        release.deploy(Flags(env="dev"), "v2", "")
    assert did == ["write v2", "apply pyshop/service", "write v1"]


def test_a_failed_apply_keeps_the_tag_so_that_the_same_command_goes_on(world, did):
    world.code = 1
    assert release.deploy(Flags(env="dev"), "v2", "") == 1
    assert did == ["write v2", "apply pyshop/service"]


def test_a_blue_green_service_is_exchanged_by_codedeploy_once_it_is_applied(world, did):
    world.outputs["deployment_group"] = GROUP
    assert release.deploy(Flags(env="dev"), "v2", "") == 0
    assert did == ["write v2", "apply pyshop/service", "exchange acme-api/acme-api"]


def test_the_way_back_is_the_last_other_tag(world, did):
    assert release.rollback(Flags(env="dev")) == 0
    assert did == ["write v0", "apply pyshop/service"]


def test_status_says_what_is_written_what_ran_before_and_what_runs(world, capsys):
    assert release.status(Flags(env="dev")) == 0
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("pyshop/service", "v1", "v0", "2 of 2", "COMPLETED"))


def test_a_pinned_tag_is_said_before_anything_is_written(world, did):
    world.file.write_text('image_tag = { pinned = "v1" }\n')
    with pytest.raises(Refused, match=r'image_tag pins "v1".*set pinned = null') as refused:
        release.deploy(Flags(env="dev"), "v2", "")
    assert (refused.value.findings[0].line, did) == (1, [])


def test_a_rehearsal_has_no_registry_to_push_to(world, did, tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    world.target.rehearsal = True
    with pytest.raises(Refused, match="stores no images; leave --context out"):
        release.deploy(Flags(env="dev"), "v2", str(tmp_path))
    assert did == []


def test_no_builder_on_the_machine_is_refused_with_what_to_do():
    with pytest.raises(Refused, match=r"no docker, podman or buildah.*let CI build"):
        images.builder(lambda name: None)


@pytest.mark.parametrize("tool", images.BUILDERS)
def test_the_first_builder_that_is_there_builds_for_the_tasks_processor(tool):
    assert images.builder(lambda name: f"/usr/bin/{name}" if name == tool else None) == tool
    log_in, build, push = images.steps(tool, REPOSITORY, "v2", Path("shop"), "ARM64", "secret")
    assert (log_in.argv[:2], log_in.secret) == ((tool, "login"), "secret")
    assert build.argv[2:6] == ("--platform", "linux/arm64", "--tag", f"{REPOSITORY}:v2")
    assert push.argv == (tool, "push", f"{REPOSITORY}:v2")
    assert not any("secret" in word for step in (log_in, build, push) for word in step.argv)


def test_a_context_without_a_dockerfile_is_refused(tmp_path):
    with pytest.raises(Refused, match="must be a folder with a Dockerfile"):
        images.checked_context(str(tmp_path))


@pytest.mark.parametrize("tag", ["", "a b", "-x", "v1:2", "x" * 129, "latest", "main"])
def test_a_tag_that_is_none_or_that_moves_is_refused(tag):
    with pytest.raises(Refused, match="--tag"):
        tags.checked(tag)


@pytest.mark.parametrize(
    ("history", "before"),
    [
        pytest.param((), None, id="never written"),
        pytest.param(("v1",), None, id="the first"),
        pytest.param(("v1", "v2"), "v1", id="the one before"),
        pytest.param(("v1", "v2", "v2"), "v1", id="written twice"),
        pytest.param(("v1", "v2", "v1"), "v2", id="back already"),
    ],
)
def test_the_previous_tag_is_the_last_other_one(history, before):
    assert tags.previous(history) == before


def test_a_unit_that_is_no_service_or_was_never_applied_is_not_one():
    unit = unit_at("live/dev/us-east-1/pyshop/network")
    assert services.service_of(unit, None) is None
    assert services.service_of(unit, state_of(unit, vpc_id="vpc-1")) is None
    found = services.service_of(unit, state_of(unit, **OUTPUTS, deployment_group=GROUP))
    assert (found.cluster, found.name, found.group) == ("acme-dev-pyshop", "acme-dev-pyshop-api", "acme-api")


def test_several_services_are_named_for_the_choice():
    units = tuple(unit_at(f"live/dev/us-east-1/shop/{name}") for name in ("cart", "product"))
    states = {unit.path: state_of(unit, **OUTPUTS) for unit in units}
    with pytest.raises(Refused, match="2 fit: shop/cart, shop/product"):
        services.one(SimpleNamespace(units=units), states)


def test_the_appspec_names_what_takes_over_and_where_it_is_asked():
    service = Service(unit_at("live/dev/us-east-1/pyshop/service"), "cluster", "api", "app", PARAMETER)
    text = code_deploy.appspec(service, "api:7", 8000)
    assert '"TaskDefinition": "api:7"' in text
    assert '"ContainerName": "app", "ContainerPort": 8000' in text
