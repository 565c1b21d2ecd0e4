"""A change goes from a push to what runs, in the order told, encrypted between stages, with news at the end."""

import json
import re

import pytest
import tftest

MODULE = "delivery/pipeline"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
ROLE = "arn:aws:iam::111111111111:role/acme-pipeline"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
CONNECTION = (
    "arn:aws:codestar-connections:us-east-1:111111111111:connection/0f1e2d3c-0000-4000-8000-000000000001"
)
PIPELINE = "aws_codepipeline.this"
BUILD = {"kind": "build", "name": "Images", "project_name": "acme-build"}
REQUIRED = {
    "name": "acme",
    "role_arn": ROLE,
    "kms_key_arn": KEY,
    "artifact_bucket_name": "acme-artifacts",
    "source_repository": {"name": "acme/shop"},
    "stages": [{"name": "Build", "actions": [BUILD]}],
}
FULL = REQUIRED | {
    "execution_mode": "SUPERSEDED",
    "notification_topic_arns": [TOPIC],
    "source_repository": {
        "name": "acme/shop",
        "branch": "next",
        "connection": {"arn": CONNECTION},
        "paths": ["services/**"],
    },
    "stages": [
        {"name": "Build", "actions": [BUILD | {"output": "images", "variables": {"STAGE": "prod"}}]},
        {
            "name": "Approve",
            "actions": [
                {
                    "kind": "approve",
                    "name": "Look",
                    "message": "Read the plan.",
                    "link": "https://example.com/plan",
                    "topic": {"arn": TOPIC},
                }
            ],
        },
        {
            "name": "Publish",
            "actions": [
                {
                    "kind": "sync",
                    "name": "Files",
                    "bucket_name": "frontend",
                    "key_prefix": "web",
                    "input": "images",
                },
                {
                    "kind": "invoke",
                    "name": "Invalidate",
                    "function_name": "invalidate",
                    "run_order": 2,
                    "variables": {"paths": "/*"},
                },
            ],
        },
    ],
    "tags": {"System": "shop"},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """A pipeline about which nothing more is said than must be."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def pipeline(plan):
    return plan.resources[PIPELINE]["values"]


def actions(plan):
    return {
        f"{stage['name']}/{action['name']}": action
        for stage in pipeline(plan)["stage"]
        for action in stage["action"]
    }


def test_what_stages_hand_on_is_encrypted_by_a_key_of_ours(plain):
    (store,) = pipeline(plain)["artifact_store"]
    assert (store["type"], store["location"]) == ("S3", "acme-artifacts")
    assert store["encryption_key"] == [{"id": KEY, "type": "KMS"}]


def test_changes_queue_up_and_a_role_of_ours_runs_them(plain):
    found = pipeline(plain)
    assert (found["name"], found["role_arn"]) == ("acme", ROLE)
    assert (found["execution_mode"], found["pipeline_type"]) == ("QUEUED", "V2")


def test_a_push_to_main_starts_it(plain):
    (trigger,) = pipeline(plain)["trigger"]
    (push,) = trigger["git_configuration"][0]["push"]
    assert push["branches"][0]["includes"] == ["main"]
    assert push["file_paths"] == []


def test_a_connection_is_made_unless_one_is_given(plain, full):
    made = plain.resources["aws_codestarconnections_connection.this[0]"]["values"]
    assert (made["name"], made["provider_type"]) == ("acme", "GitHub")
    assert "aws_codestarconnections_connection.this[0]" not in full.resources
    assert full.outputs["connection_arn"] == CONNECTION


def test_a_connection_can_lead_elsewhere_and_is_tagged(plan_module):
    source = {"name": "acme/platform/shop", "provider": "GitLab"}
    plan = plan_module(MODULE, **REQUIRED | {"source_repository": source, "tags": {"System": "shop"}})
    made = plan.resources["aws_codestarconnections_connection.this[0]"]["values"]
    assert (made["provider_type"], made["tags"]) == ("GitLab", {"System": "shop"})


def test_nobody_hears_of_it_by_default(plain):
    assert "aws_codestarnotifications_notification_rule.this[0]" not in plain.resources


@pytest.mark.parametrize(
    ("key", "expected"), [("execution_mode", "SUPERSEDED"), ("tags", {"System": "shop"})]
)
def test_each_input_reaches_the_pipeline(full, key, expected):
    assert pipeline(full)[key] == expected


def test_the_source_comes_by_the_connection_and_the_trigger_alone_decides(full):
    assert actions(full)["Source/Source"]["configuration"] == {
        "BranchName": "next",
        "ConnectionArn": CONNECTION,
        "DetectChanges": "false",
        "FullRepositoryId": "acme/shop",
    }
    (push,) = pipeline(full)["trigger"][0]["git_configuration"][0]["push"]
    assert (push["branches"][0]["includes"], push["file_paths"][0]["includes"]) == (["next"], ["services/**"])


def test_stages_and_actions_keep_their_order(full):
    assert [stage["name"] for stage in pipeline(full)["stage"]] == ["Source", "Build", "Approve", "Publish"]
    assert actions(full)["Publish/Files"]["run_order"] == 1
    assert actions(full)["Publish/Invalidate"]["run_order"] == 2


def test_a_build_starts_a_project_with_variables_and_hands_on(full):
    build = actions(full)["Build/Images"]
    assert (build["category"], build["provider"]) == ("Build", "CodeBuild")
    assert (build["input_artifacts"], build["output_artifacts"]) == (["source"], ["images"])
    assert build["configuration"]["ProjectName"] == "acme-build"
    assert json.loads(build["configuration"]["EnvironmentVariables"]) == [
        {"name": "STAGE", "type": "PLAINTEXT", "value": "prod"}
    ]


def test_an_action_says_nothing_that_nobody_told_it(plain):
    assert actions(plain)["Build/Images"]["configuration"] == {"ProjectName": "acme-build"}


def test_an_approval_waits_for_a_person(full):
    look = actions(full)["Approve/Look"]
    assert (look["category"], look["provider"], look["input_artifacts"]) == ("Approval", "Manual", [])
    assert look["configuration"] == {
        "CustomData": "Read the plan.",
        "ExternalEntityLink": "https://example.com/plan",
        "NotificationArn": TOPIC,
    }


def test_files_are_unpacked_into_a_bucket(full):
    files = actions(full)["Publish/Files"]
    assert (files["category"], files["provider"], files["input_artifacts"]) == ("Deploy", "S3", ["images"])
    assert files["configuration"] == {"BucketName": "frontend", "Extract": "true", "ObjectKey": "web"}


def test_a_function_is_called_with_parameters(full):
    call = actions(full)["Publish/Invalidate"]
    assert (call["category"], call["provider"]) == ("Invoke", "Lambda")
    assert call["configuration"]["FunctionName"] == "invalidate"
    assert json.loads(call["configuration"]["UserParameters"]) == {"paths": "/*"}


def test_a_topic_hears_of_success_failure_and_waiting(full):
    rule = full.resources["aws_codestarnotifications_notification_rule.this[0]"]["values"]
    assert [event.rsplit("pipeline-", 1)[1] for event in rule["event_type_ids"]] == [
        "manual-approval-needed",
        "execution-failed",
        "execution-succeeded",
    ]
    assert [target["address"] for target in rule["target"]] == [TOPIC]
    assert (rule["name"], rule["tags"]) == ("acme", {"System": "shop"})


def test_the_name_comes_out(full):
    assert full.outputs["pipeline_name"] == "acme"


def acting(**settings):
    return {"stages": [{"name": "Build", "actions": [BUILD | settings]}]}


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"artifact_bucket_name": "A"}, "name of a bucket", '"A"', id="bucket"),
        pytest.param({"kms_key_arn": "alias/x"}, "ARN of a KMS key", '"alias/x"', id="an alias for a key"),
        pytest.param({"name": "a b"}, "64 letters", '"a b"', id="name"),
        pytest.param({"name": "a" * 33}, "its own connection", "got 33", id="a long name"),
        pytest.param({"role_arn": "x"}, "ARN of an IAM role", '"x"', id="a role's name"),
        pytest.param({"source_repository": {"name": "shop"}}, "owner/name", '"shop"', id="no owner"),
        pytest.param(
            {"source_repository": {"name": "a/b", "provider": "SVN"}},
            "GitHub, GitLab",
            '"SVN"',
            id="provider",
        ),
        pytest.param(
            {"source_repository": {"name": "a/b", "paths": list("abcdefghi")}},
            "8 patterns",
            "got 9",
            id="paths",
        ),
        pytest.param(
            {"source_repository": {"name": "a/b", "connection": {"arn": TOPIC}}},
            "ARN of a connection",
            f'{{"arn":"{TOPIC}"}}',
            id="a connection that is a topic",
        ),
        pytest.param(
            acting(topic={"arn": TOPIC}),
            "topic is of approve alone",
            f"Build/Images (build): {TOPIC}",
            id="a build's topic",
        ),
        pytest.param(
            {"stages": [{"name": "A", "actions": [{"kind": "approve", "name": "a", "topic": {"arn": KEY}}]}]},
            "ARN of an SNS topic",
            f"A/a (approve): {KEY}",
            id="a topic that is a key",
        ),
        pytest.param({"stages": []}, "needs a stage", "{}", id="no stage"),
        pytest.param(
            {"stages": [{"name": "B", "actions": []}]}, "a stage an action", '{"B":0}', id="no action"
        ),
        pytest.param(acting(name="a b"), "action's name", '{"Build":["a b"]}', id="action name"),
        pytest.param(
            {"stages": [{"name": "Source", "actions": [BUILD]}]},
            "Source is taken",
            "Source: Images",
            id="taken",
        ),
        pytest.param(
            {"stages": [{"name": "B", "actions": [BUILD, BUILD]}]},
            "given once",
            "B: Images, Images",
            id="one name twice",
        ),
        pytest.param(acting(kind="deploy"), "kind must be build", '["deploy"]', id="kind"),
        pytest.param(acting(project_name=None), "build needs project_name", "(build)", id="nothing to build"),
        pytest.param(acting(bucket_name="b"), "no other kind takes them", "(build)", id="a build's bucket"),
        pytest.param(
            {"stages": [{"name": "A", "actions": [{"kind": "approve", "name": "a", "output": "x"}]}]},
            "Only build and invoke",
            "A/a (approve)",
            id="an approval's output",
        ),
        pytest.param(acting(input="nothing"), "output of an action", '["nothing"]', id="input from nowhere"),
        pytest.param({"execution_mode": "RANDOM"}, "QUEUED, SUPERSEDED", '"RANDOM"', id="mode"),
        pytest.param({"notification_topic_arns": ["x"]}, "ARNs of SNS topics", '["x"]', id="topic"),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **REQUIRED | variables)
