"""The iam-policy module: shared permissions, written out."""

import json

import pytest
import tftest

MODULE = "security/iam-policy"
TABLE = "arn:aws:dynamodb:us-east-1:111111111111:table/acme-orders"
READ = {"statements": {"Read": {"actions": ["dynamodb:GetItem"], "resources": [TABLE]}}}
GUARD = {
    "description": "What no role exceeds",
    "statements": {
        "Anything": {
            "actions": ["*"],
            "resources": ["*"],
            "conditions": {"StringEquals": {"aws:RequestedRegion": ["us-east-1"]}},
            "allow_wildcard_actions": "A boundary allows widely and denies narrowly.",
            "allow_wildcard_resources": "A boundary allows widely and denies narrowly.",
        },
        "NeverIam": {"effect": "Deny", "actions": ["iam:*"], "resources": ["*"]},
    },
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE, name="acme", path="/app/", policies={"read": READ, "guard": GUARD}, tags={"System": "orders"}
    )


def policy(plan, key):
    return plan.resources[f'aws_iam_policy.this["{key}"]']["values"]


def test_a_policy_is_named_for_its_system_and_key(plan):
    found = policy(plan, "guard")
    assert (found["name"], found["path"], found["description"]) == (
        "acme-guard",
        "/app/",
        "What no role exceeds",
    )
    assert found["tags"] == {"System": "orders"}
    assert policy(plan, "read")["description"] == "Managed by Terraform"


def test_a_policy_allows_exactly_what_the_caller_wrote(plan):
    assert json.loads(policy(plan, "read")["policy"])["Statement"] == [
        {"Sid": "Read", "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": TABLE}
    ]


def test_conditions_and_denials_reach_the_document(plan):
    statements = {found["Sid"]: found for found in json.loads(policy(plan, "guard")["policy"])["Statement"]}
    assert statements["Anything"]["Condition"] == {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}
    assert (statements["NeverIam"]["Effect"], statements["NeverIam"]["Action"]) == ("Deny", "iam:*")


def test_outputs_are_keyed_as_the_policies_are(plan):
    assert plan.outputs["policy_names"] == {"read": "acme-read", "guard": "acme-guard"}
    assert json.loads(plan.outputs["policy_documents"]["read"])["Statement"][0]["Sid"] == "Read"
    assert "policy_arns" in plan.planned_values["outputs"]


def test_removing_a_policy_leaves_the_others_at_their_addresses(plan_module):
    assert list(plan_module(MODULE, name="acme", policies={"read": READ}).resources) == [
        'aws_iam_policy.this["read"]'
    ]


def with_statement(**changes):
    return {
        "policies": {
            "p": {"statements": {"Do": {"actions": ["s3:GetObject"], "resources": [TABLE]} | changes}}
        }
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"name": "a" * 130}, r"1 to 128 letters.*a{130}-p", id="name too long"),
        pytest.param({"policies": {"p": {"statements": {}}}}, r'at least one statement.*\["p"\]', id="empty"),
        pytest.param(
            {"policies": {"p": {"statements": {"a b": {"actions": ["s3:GetObject"], "resources": [TABLE]}}}}},
            r"letters and digits only.*a b",
            id="bad Sid",
        ),
        pytest.param(with_statement(effect="Permit"), r'Allow or Deny.*\["Permit"\]', id="unknown effect"),
        pytest.param(with_statement(actions=[]), r"at least one action.*p/Do", id="no action"),
        pytest.param(
            with_statement(actions=["s3:*"]), r'allow_wildcard_actions.*"p/Do":\["s3:\*"\]', id="wild action"
        ),
        pytest.param(with_statement(resources=["*"]), r"allow_wildcard_resources.*p/Do", id="wild resource"),
        pytest.param(
            with_statement(actions=["*"], allow_wildcard_actions="all"),
            r"at least 10 characters.*all",
            id="thin reason",
        ),
        pytest.param(
            with_statement(resources=[f"{TABLE}{n:04}" for n in range(150)]),
            r"at most 6,144 characters; p has \d+",
            id="policy too long",
        ),
        pytest.param(
            with_statement(actions=["s3:GetObject", "s3:Put*"]),
            r'allow_wildcard_actions.*\["s3:Put\*"\]',
            id="one wild action",
        ),
        pytest.param(
            with_statement(resources=[TABLE, "*"]),
            r'allow_wildcard_resources.*"p/Do":\["\*"\]',
            id="one wild resource",
        ),
        pytest.param({"path": "app"}, r'starts and ends with a slash.*"app"', id="bad path"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **({"name": "acme"} | with_statement() | change))
