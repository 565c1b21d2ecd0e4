"""The delivery-pipeline pattern: a pipeline, its projects, and roles that name what belongs to each."""

import json
import re

import pytest
import tftest

from tests.modules.sources import sources

MODULE = "patterns/delivery-pipeline"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:acme-alerts"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/boundary"
CONNECTION = (
    f"arn:aws:codestar-connections:us-east-1:{ACCOUNT}:connection/1234abcd-12ab-34cd-56ef-1234567890ab"
)
CART = {
    "description": "The image of cart",
    "docker": {"repository_url": f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/acme-shop/cart"},
}
PAGES = {"description": "The pages", "buildspec": "frontend/buildspec.yml"}
BUILD = {"name": "Build", "actions": [{"kind": "build", "name": "Cart", "project": "cart"}]}
BASE = {
    "name": "acme-shop",
    "account_id": ACCOUNT,
    "access_log": {"bucket_name": "acme-logs"},
    "kms_key_arn": KEY,
    "source_repository": {"name": "acme/shop"},
    "projects": {"cart": CART, "pages": PAGES},
    "stages": [BUILD],
}
FULL = BASE | {
    "artifact_retention_days": 9,
    "log_kms_key_arn": KEY,
    "log_retention_days": 7,
    "notification_topic_arns": [TOPIC],
    "permissions_boundary_arn": BOUNDARY,
    "tags": {"System": "shop"},
    "source_repository": {
        "name": "acme/shop",
        "provider": "GitLab",
        "branch": "next",
        "connection": {"arn": CONNECTION},
        "paths": ["services/**"],
    },
    "projects": {
        "cart": CART
        | {
            "docker": CART["docker"]
            | {
                "context": "services/cart",
                "dockerfile": "services/cart/Containerfile",
                "test_commands": ["pytest"],
            }
        },
        "pages": PAGES
        | {
            "environment": {"LANG": "de"},
            "machine": {"compute_type": "BUILD_GENERAL1_LARGE", "architecture": "x86_64", "image": "ours:1"},
            "statements": {
                "Forget": {
                    "actions": ["cloudfront:CreateInvalidation"],
                    "resources": ["arn:aws:cloudfront::1:distribution/E"],
                },
                "Protect": {
                    "effect": "Deny",
                    "actions": ["s3:Delete*"],
                    "allow_wildcard_actions": "Nothing is deleted.",
                    "resources": ["*"],
                    "allow_wildcard_resources": "Wherever it lies.",
                    "conditions": {"Bool": {"aws:ViaAWSService": ["false"]}},
                },
            },
            "timeout_minutes": 7,
        },
    },
    "stages": [
        {
            "name": "Build",
            "actions": [
                {"kind": "build", "name": "Cart", "project": "cart", "variables": {"STAGE": "prod"}},
                {"kind": "build", "name": "Pages", "project": "pages", "output": "pages", "run_order": 2},
            ],
        },
        {
            "name": "Approve",
            "actions": [
                {
                    "kind": "approve",
                    "name": "Look",
                    "message": "Read.",
                    "link": "https://a.example",
                    "topic": {"arn": TOPIC},
                }
            ],
        },
        {
            "name": "Publish",
            "actions": [
                {
                    "kind": "sync",
                    "name": "Pages",
                    "input": "pages",
                    "bucket_name": "acme-pages",
                    "key_prefix": "web",
                }
            ],
        },
    ],
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(MODULE, **FULL)


def values(plan, module, address):
    return plan.modules[f"module.{module}"].resources[address]["values"]


def policy(plan, role):
    document = json.loads(values(plan, "roles", f'aws_iam_role_policy.this["{role}"]')["policy"])
    return {statement["Sid"]: statement for statement in document["Statement"]}


def bucket(plan, kind=""):
    index = "[0]" if kind == "_logging" else ""
    return values(plan, "artifacts", f"aws_s3_bucket{kind}.this{index}")


def project(plan, key):
    return values(plan, f'project["{key}"]', "aws_codebuild_project.this")


def stages(plan):
    return {
        stage["name"]: stage["action"] for stage in values(plan, "pipeline", "aws_codepipeline.this")["stage"]
    }


def test_everything_is_named_for_its_pipeline(plan):
    assert values(plan, "pipeline", "aws_codepipeline.this")["name"] == "acme-shop"
    assert bucket(plan)["bucket"] == f"acme-shop-artifacts-{ACCOUNT}"
    assert (project(plan, "cart")["name"], project(plan, "pages")["name"]) == (
        "acme-shop-cart",
        "acme-shop-pages",
    )


def test_artifacts_are_encrypted_recorded_and_short_lived(plan, full):
    rule = bucket(plan, "_server_side_encryption_configuration")["rule"][0]
    assert rule["apply_server_side_encryption_by_default"][0]["kms_master_key_id"] == KEY
    assert bucket(plan, "_logging")["target_bucket"] == "acme-logs"
    days = [
        bucket(found, "_lifecycle_configuration")["rule"][1]["expiration"][0]["days"]
        for found in (plan, full)
    ]
    assert days == [30, 9]


def test_the_pipeline_may_read_its_own_repository_only(plan, full):
    """A connection that is made here has no id yet, so the repository is what narrows the permission."""
    read = policy(plan, "pipeline")["ReadSource"]
    assert read["Condition"] == {"StringEquals": {"codestar-connections:FullRepositoryId": "acme/shop"}}
    assert policy(full, "pipeline")["ReadSource"]["Resource"] == CONNECTION


def test_the_pipeline_starts_what_its_stages_name_and_publishes_where_they_say(plan, full):
    arn = f"arn:aws:codebuild:us-east-1:{ACCOUNT}:project/acme-shop-"
    assert policy(plan, "pipeline")["StartBuilds"]["Resource"] == f"{arn}cart"
    assert policy(full, "pipeline")["StartBuilds"]["Resource"] == [f"{arn}pages", f"{arn}cart"]
    assert policy(full, "pipeline")["Publish"]["Resource"] == "arn:aws:s3:::acme-pages/*"
    assert policy(full, "pipeline")["AskForApproval"]["Resource"] == TOPIC
    assert {"Publish", "AskForApproval"} & set(policy(plan, "pipeline")) == set()


def test_a_project_pushes_its_own_image_and_no_other(plan):
    push = policy(plan, "cart")["PushImage"]
    assert push["Resource"] == f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/acme-shop/cart"
    assert "PushImage" not in policy(plan, "pages")


def test_an_image_is_made_of_the_source_s_dockerfile_and_its_log_kept_30_days(plan):
    spec = project(plan, "cart")["source"][0]["buildspec"]
    assert re.search(r"docker build .*--file Dockerfile\b(?!x).* \.(?!\w)", spec)
    group = values(plan, 'project["cart"]', "aws_cloudwatch_log_group.this")
    assert group["retention_in_days"] == 30


def test_a_project_writes_its_own_log_and_may_do_what_it_is_given(full):
    assert policy(full, "pages")["Forget"]["Action"] == "cloudfront:CreateInvalidation"
    assert "Forget" not in policy(full, "cart")
    protect = policy(full, "pages")["Protect"]
    assert (protect["Effect"], protect["Action"], protect["Resource"]) == ("Deny", "s3:Delete*", "*")
    assert protect["Condition"] == {"Bool": {"aws:ViaAWSService": "false"}}
    own = policy(full, "cart")["WriteOwnLog"]["Resource"]
    assert own == f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/codebuild/acme-shop-cart:*"


@pytest.mark.parametrize(
    ("role", "service"),
    [
        pytest.param("pipeline", "codepipeline.amazonaws.com", id="the pipeline's own"),
        pytest.param("cart", "codebuild.amazonaws.com", id="a project's"),
    ],
)
def test_a_role_serves_its_service_on_behalf_of_this_account(full, role, service):
    found = values(full, "roles", f'aws_iam_role.this["{role}"]')
    (statement,) = json.loads(found["assume_role_policy"])["Statement"]
    assert statement["Principal"] == {"Service": service}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert found["permissions_boundary"] == BOUNDARY


def test_settings_reach_their_project(full):
    found = project(full, "pages")
    assert found["build_timeout"] == 7
    machine = found["environment"][0]
    assert (machine["compute_type"], machine["image"]) == ("BUILD_GENERAL1_LARGE", "ours:1")
    assert machine["type"] == "LINUX_CONTAINER"
    spec = project(full, "cart")["source"][0]["buildspec"]
    assert all(word in spec for word in ("services/cart/Containerfile", "pytest"))
    assert {"name": "LANG", "type": "PLAINTEXT", "value": "de"} in found["environment"][0][
        "environment_variable"
    ]
    group = values(full, 'project["pages"]', "aws_cloudwatch_log_group.this")
    assert (group["retention_in_days"], group["kms_key_id"]) == (7, KEY)


def test_stages_follow_each_other_as_they_were_told(full):
    found = stages(full)
    assert list(found) == ["Source", "Build", "Approve", "Publish"]
    cart, pages = found["Build"]
    assert json.loads(cart["configuration"]["EnvironmentVariables"])[0]["value"] == "prod"
    assert (pages["run_order"], pages["output_artifacts"]) == (2, ["pages"])
    assert found["Approve"][0]["configuration"]["ExternalEntityLink"] == "https://a.example"
    assert found["Publish"][0]["configuration"] == {
        "BucketName": "acme-pages",
        "Extract": "true",
        "ObjectKey": "web",
    }
    assert found["Publish"][0]["input_artifacts"] == ["pages"]


def test_topics_hear_of_success_and_failure(plan, full):
    rule = values(full, "pipeline", "aws_codestarnotifications_notification_rule.this[0]")
    assert rule["target"][0]["address"] == TOPIC
    assert (
        "aws_codestarnotifications_notification_rule.this[0]" not in plan.modules["module.pipeline"].resources
    )


def test_without_a_log_bucket_requests_are_not_recorded(plan_module):
    unlogged = plan_module(MODULE, **(BASE | {"access_log": None}))
    assert [
        address for address in unlogged.modules["module.artifacts"].resources if "logging" in address
    ] == []


def test_tags_reach_what_takes_tags(full):
    assert bucket(full)["tags"] == project(full, "cart")["tags"] == {"System": "shop"}


def test_outputs_name_what_others_watch(plan):
    assert plan.outputs["project_names"] == {"cart": "acme-shop-cart", "pages": "acme-shop-pages"}
    assert plan.outputs["pipeline_name"] == "acme-shop"
    assert plan.outputs["log_group_names"]["cart"] == "/aws/codebuild/acme-shop-cart"
    assert plan.outputs["artifact_bucket_name"] == f"acme-shop-artifacts-{ACCOUNT}"
    expected = {
        "connection_arn": "module.pipeline.connection_arn",
        "pipeline_arn": "module.pipeline.pipeline_arn",
        "role_arns": "module.roles.role_arns",
    }
    assert sources(plan, *expected) == expected


def test_a_project_that_leaves_takes_its_own_role_only(plan_module, plan):
    fewer = plan_module(MODULE, **(BASE | {"projects": {"cart": CART}}))
    assert set(plan.modules) - set(fewer.modules) == {'module.project["pages"]'}
    gone = set(plan.modules["module.roles"].resources) - set(fewer.modules["module.roles"].resources)
    assert {address for address in gone if not address.startswith("data.")} == {
        'aws_iam_role.this["pages"]',
        'aws_iam_role_policy.this["pages"]',
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="short account id"),
        pytest.param(
            {"projects": {"cart": CART, "pipeline": PAGES}},
            r'pipeline\'s own role; got \["cart","pipeline"\]',
            id="the pipeline's key",
        ),
        pytest.param(
            {"stages": [{"name": "A", "actions": [{"kind": "invoke", "name": "B"}]}]},
            r'build, approve or sync; got \["invoke"\]',
            id="unknown kind",
        ),
        pytest.param(
            {"stages": [{"name": "A", "actions": [{"kind": "build", "name": "B", "project": "basket"}]}]},
            r'key of projects \(cart, pages\); got \["basket"\]',
            id="unknown project",
        ),
        pytest.param({"artifact_retention_days": 7}, "at least 8, .* got 7", id="gone before the approval"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
