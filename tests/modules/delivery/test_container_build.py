"""A build tests an image before it pushes it under its commit, and holds no secret itself."""

import re

import pytest
import tftest

MODULE = "delivery/container-build"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
ROLE = "arn:aws:iam::111111111111:role/acme-build"
IMAGES = "111111111111.dkr.ecr.us-east-1.amazonaws.com/shop/cart"
SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:packages-AbCdEf"
PROJECT = "aws_codebuild_project.this"
REQUIRED = {"name": "acme-build", "role_arn": ROLE, "kms_key_arn": KEY}


@pytest.fixture(scope="module")
def plain(plan_module):
    """An image about which nothing more is said than must be."""
    return plan_module(MODULE, **REQUIRED, docker={"repository_url": IMAGES})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default, but for what belongs to images."""
    return plan_module(
        MODULE,
        **REQUIRED,
        buildspec="ci/plan.yml",
        concurrent_build_limit=2,
        description="Plans",
        environment={"STAGE": "dev"},
        log_kms_key_arn=LOG_KEY,
        log_retention_days=365,
        machine={"architecture": "x86_64", "compute_type": "BUILD_GENERAL1_LARGE"},
        queued_timeout_minutes=5,
        repository={"url": "https://github.com/acme/shop.git", "branch": "next", "type": "GITLAB"},
        secret_arns={"TOKEN": SECRET},
        tags={"System": "shop"},
        timeout_minutes=90,
        vpc={"vpc_id": "vpc-1", "subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]},
    )


def project(plan):
    return plan.resources[PROJECT]["values"]


def machine(plan):
    return project(plan)["environment"][0]


def specification(plan):
    return project(plan)["source"][0]["buildspec"]


def variables_of(plan):
    return {v["name"]: (v["type"], v["value"]) for v in machine(plan)["environment_variable"]}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("name", "acme-build", id="named as told"),
        pytest.param("service_role", ROLE, id="the role"),
        pytest.param("encryption_key", KEY, id="encrypted"),
        pytest.param("build_timeout", 30, id="half an hour"),
        pytest.param("queued_timeout", 60, id="waits an hour"),
        pytest.param("badge_enabled", False, id="no public badge"),
    ],
)
def test_a_project_has_these_defaults(plain, key, expected):
    assert project(plain)[key] == expected


def test_an_image_is_built_on_arm_in_a_privileged_container_from_the_pipelines_source(plain):
    found = machine(plain)
    assert (found["type"], found["privileged_mode"]) == ("ARM_CONTAINER", True)
    assert (found["compute_type"], found["image"]) == (
        "BUILD_GENERAL1_SMALL",
        "aws/codebuild/amazonlinux-aarch64-standard:3.0",
    )
    assert project(plain)["source"][0]["type"] == project(plain)["artifacts"][0]["type"] == "CODEPIPELINE"
    assert project(plain)["cache"][0]["modes"] == ["LOCAL_DOCKER_LAYER_CACHE"]
    assert variables_of(plain) == {"REPOSITORY_URL": ("PLAINTEXT", IMAGES)}


def test_an_image_is_tagged_by_its_commit_and_pushed_after_success_alone(plain):
    text = specification(plain)
    assert "${CODEBUILD_RESOLVED_SOURCE_VERSION:0:12}" in text
    assert "docker build --file Dockerfile --tag" in text
    assert "docker run" not in text
    assert (
        text.index("CODEBUILD_BUILD_SUCCEEDING")
        < text.index("docker push")
        < text.index("> imageDetail.json")
    )


def test_an_image_is_tested_before_it_is_pushed(plan_module):
    docker = {
        "repository_url": IMAGES,
        "context": "services/cart",
        "dockerfile": "services/cart/Containerfile",
        "test_commands": ["python -m pytest"],
    }
    text = specification(plan_module(MODULE, **REQUIRED, docker=docker))
    assert "--file services/cart/Containerfile" in text
    assert re.search(r"docker build .* services/cart\W", text)
    assert text.index("docker build") < text.index("python -m pytest") < text.index("docker push")


def test_a_log_is_kept_30_days(plain):
    group = plain.resources["aws_cloudwatch_log_group.this"]["values"]
    assert (group["name"], group["retention_in_days"]) == ("/aws/codebuild/acme-build", 30)
    (logs,) = project(plain)["logs_config"][0]["cloudwatch_logs"]
    assert (logs["group_name"], logs["status"]) == ("/aws/codebuild/acme-build", "ENABLED")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("description", "Plans"),
        ("concurrent_build_limit", 2),
        ("build_timeout", 90),
        ("queued_timeout", 5),
        ("source_version", "next"),
        ("tags", {"System": "shop"}),
    ],
)
def test_each_input_reaches_the_project(full, key, expected):
    assert project(full)[key] == expected


def test_a_project_without_image_needs_no_privileges_and_has_its_own_source(full):
    found = machine(full)
    assert (found["type"], found["privileged_mode"]) == ("LINUX_CONTAINER", False)
    assert found["compute_type"] == "BUILD_GENERAL1_LARGE"
    assert found["image"] == "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    source = project(full)["source"][0]
    assert (source["type"], source["location"]) == ("GITLAB", "https://github.com/acme/shop.git")
    assert (source["buildspec"], source["git_clone_depth"]) == ("ci/plan.yml", 1)
    assert project(full)["artifacts"][0]["type"] == "NO_ARTIFACTS"
    assert project(full)["cache"][0]["type"] == "NO_CACHE"


def test_a_secret_stands_in_a_project_by_arn_alone(full):
    assert variables_of(full) == {"STAGE": ("PLAINTEXT", "dev"), "TOKEN": ("SECRETS_MANAGER", SECRET)}


def test_inputs_reach_log_and_network(full):
    group = full.resources["aws_cloudwatch_log_group.this"]["values"]
    assert (group["retention_in_days"], group["kms_key_id"]) == (365, LOG_KEY)
    (network,) = project(full)["vpc_config"]
    assert network == {"vpc_id": "vpc-1", "subnets": ["subnet-1"], "security_group_ids": ["sg-1"]}


def test_another_image_of_the_machine_can_be_named(plan_module):
    plan = plan_module(
        MODULE,
        **REQUIRED,
        buildspec="b.yml",
        machine={"image": "aws/codebuild/standard:7.0"},
        repository={"url": "https://github.com/acme/shop"},
    )
    assert machine(plan)["image"] == "aws/codebuild/standard:7.0"
    (source,) = project(plan)["source"]
    assert (source["type"], project(plan)["source_version"]) == ("GITHUB", "main")


def test_an_image_is_made_of_the_whole_source_unless_the_caller_says_otherwise(plan_module):
    plan = plan_module(MODULE, **REQUIRED, docker={"repository_url": IMAGES})
    assert re.search(r"docker build .* \.(?!\w)", specification(plan))


def test_names_come_out(full):
    assert full.outputs["project_name"] == "acme-build"
    assert full.outputs["log_group_name"] == "/aws/codebuild/acme-build"


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"kms_key_arn": "alias/x"}, "ARN of a KMS key", '"alias/x"', id="an alias for a key"),
        pytest.param({"name": "a b"}, "2 to 150 letters", '"a b"', id="name"),
        pytest.param({"role_arn": "builder"}, "ARN of an IAM role", '"builder"', id="a role's name"),
        pytest.param({"buildspec": None}, "something to do", "null", id="nothing to do"),
        pytest.param({"concurrent_build_limit": 0}, "at least 1", "got 0", id="no build at all"),
        pytest.param({"description": "x" * 256}, "255 characters", "got 256", id="description"),
        pytest.param(
            {"docker": {"repository_url": f"{IMAGES}:latest"}},
            "without a tag",
            ":latest",
            id="a tagged address",
        ),
        pytest.param(
            {"environment": {"REPOSITORY_URL": "x"}}, "must not hold", '["REPOSITORY_URL"]', id="ours"
        ),
        pytest.param(
            {"environment": {"CODEBUILD_X": "x"}}, "must not hold", '["CODEBUILD_X"]', id="CodeBuild's own"
        ),
        pytest.param({"log_retention_days": 8}, "CloudWatch offers", "got 8", id="eight days"),
        pytest.param({"machine": {"architecture": "arm"}}, "arm64 or x86_64", '"arm"', id="architecture"),
        pytest.param({"machine": {"compute_type": "SMALL"}}, "BUILD_GENERAL1_SMALL", '"SMALL"', id="size"),
        pytest.param({"queued_timeout_minutes": 4}, "5 to 480", "got 4", id="queue"),
        pytest.param(
            {"repository": {"url": "git@github.com:a/b.git"}}, "https://", "git@github.com", id="no HTTPS"
        ),
        pytest.param(
            {"repository": {"url": "https://x.org/a", "type": "SVN"}}, "GITHUB_ENTERPRISE", '"SVN"', id="type"
        ),
        pytest.param({"secret_arns": {"T": "hunter2"}}, "never a value", '["T"]', id="a secret itself"),
        pytest.param(
            {"secret_arns": {"T": SECRET}, "environment": {"T": "x"}},
            "share a name",
            '["T"]',
            id="one name twice",
        ),
        pytest.param({"timeout_minutes": 4}, "5 to 2160", "got 4", id="timeout"),
        pytest.param(
            {"vpc": {"vpc_id": "vpc-1", "subnet_ids": [], "security_group_ids": ["sg-1"]}},
            "subnets and security groups",
            '"subnet_ids":[]',
            id="no subnet",
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **REQUIRED | {"buildspec": "b.yml"} | variables)
