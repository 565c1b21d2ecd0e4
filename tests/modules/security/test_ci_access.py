"""The ci-access module: no stored key, plans for pull requests, applies for the protected environment."""

import json

import pytest
import tftest

MODULE = "security/ci-access"
PROVIDER = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
POWER = "arn:aws:iam::aws:policy/PowerUserAccess"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
BOUNDARY = "arn:aws:iam::111111111111:policy/boundary"
BUCKET = "arn:aws:s3:::acme-tfstate"
BASE = {
    "name": "acme-ci",
    "repository": "acme/infrastructure",
    "github_environment": "dev",
    "identity_provider": {"arn": PROVIDER},
    "apply_policy_arns": {"power": POWER},
    "account_id": "111111111111",
    "states": {"us-east-1": {"bucket_name": "acme-tfstate", "kms_alias": "alias/acme-tfstate"}},
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **(BASE | {"apply_policy_arns": {"all": ADMINISTRATOR}}),
        allow_administrator=True,
        branches=["main", "release"],
        max_session_seconds=7200,
        permissions_boundary_arn=BOUNDARY,
        plan_policy_arns={"view": "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"},
        tags={"System": "platform"},
    )


def role(plan, key):
    return plan.resources[f'aws_iam_role.this["{key}"]']["values"]


def conditions(plan, key):
    (statement,) = json.loads(role(plan, key)["assume_role_policy"])["Statement"]
    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Principal"] == {"Federated": PROVIDER}
    return statement["Condition"]["StringEquals"]


def permissions(plan, key):
    document = json.loads(plan.resources[f'aws_iam_role_policy.state["{key}"]']["values"]["policy"])
    return {statement["Sid"]: statement for statement in document["Statement"]}


@pytest.mark.parametrize(
    ("which", "key", "subjects"),
    [
        pytest.param(
            "plan",
            "plan",
            ["repo:acme/infrastructure:pull_request", "repo:acme/infrastructure:ref:refs/heads/main"],
            id="pull requests and main plan",
        ),
        pytest.param(
            "full",
            "plan",
            [
                "repo:acme/infrastructure:pull_request",
                "repo:acme/infrastructure:ref:refs/heads/release",
                "repo:acme/infrastructure:ref:refs/heads/main",
            ],
            id="named branches plan",
        ),
        pytest.param(
            "plan", "apply", "repo:acme/infrastructure:environment:dev", id="the environment applies"
        ),
    ],
)
def test_a_role_is_taken_by_exactly_these_runs(request, which, key, subjects):
    found = conditions(request.getfixturevalue(which), key)
    assert found["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"
    subject = found["token.actions.githubusercontent.com:sub"]
    assert (sorted(subject) if isinstance(subject, list) else subject) == (
        sorted(subjects) if isinstance(subjects, list) else subjects
    )


def test_roles_are_named_bounded_and_short_lived(plan, full):
    assert (role(plan, "plan")["name"], role(plan, "apply")["name"]) == ("acme-ci-plan", "acme-ci-apply")
    assert (role(plan, "apply")["max_session_duration"], role(plan, "apply")["permissions_boundary"]) == (
        3600,
        None,
    )
    found = role(full, "apply")
    assert (found["max_session_duration"], found["permissions_boundary"]) == (7200, BOUNDARY)
    assert found["tags"] == {"System": "platform"}


def test_the_planning_role_reads_and_the_applying_role_does_what_the_caller_names(plan, full):
    def attached(plan, key):
        return plan.resources[f'aws_iam_role_policy_attachment.this["{key}"]']["values"]["policy_arn"]

    assert attached(plan, "plan/read") == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    assert attached(plan, "apply/power") == POWER
    assert attached(full, "plan/view").endswith("ViewOnlyAccess")
    assert attached(full, "apply/all") == ADMINISTRATOR


def test_a_plan_reads_and_locks_the_state_but_does_not_write_it(plan):
    found = permissions(plan, "plan")
    assert set(found) == {"FindState", "ReadState", "Lock", "UseStateKey"}
    assert found["Lock"]["Resource"] == f"{BUCKET}/*.tflock"
    assert found["ReadState"]["Action"] == "s3:GetObject"
    assert found["UseStateKey"]["Resource"] == "arn:aws:kms:us-east-1:111111111111:key/*"
    assert found["UseStateKey"]["Condition"] == {
        "ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/acme-tfstate"}
    }


def test_a_second_region_adds_its_bucket_and_its_key(plan_module):
    west = {"bucket_name": "acme-west", "kms_alias": "alias/acme-tfstate"}
    found = permissions(
        plan_module(MODULE, **(BASE | {"states": BASE["states"] | {"us-west-2": west}})), "apply"
    )
    assert set(found["WriteState"]["Resource"]) == {f"{BUCKET}/*.tfstate", "arn:aws:s3:::acme-west/*.tfstate"}
    assert set(found["UseStateKey"]["Resource"]) == {
        "arn:aws:kms:us-west-2:111111111111:key/*",
        "arn:aws:kms:us-east-1:111111111111:key/*",
    }


def test_an_apply_writes_the_state(plan):
    found = permissions(plan, "apply")["WriteState"]
    assert (found["Action"], found["Resource"]) == ("s3:PutObject", f"{BUCKET}/*.tfstate")


def test_the_provider_is_made_once_an_account(plan, plan_module):
    assert "aws_iam_openid_connect_provider.github[0]" not in plan.resources
    first = plan_module(MODULE, **(BASE | {"identity_provider": None}))
    found = first.resources["aws_iam_openid_connect_provider.github[0]"]["values"]
    assert found["url"] == "https://token.actions.githubusercontent.com"
    assert found["client_id_list"] == ["sts.amazonaws.com"]


def test_outputs_name_provider_and_roles(plan):
    assert plan.outputs["provider_arn"] == PROVIDER
    assert "role_arns" in plan.planned_values["outputs"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            {"apply_policy_arns": {"a": "Power"}}, 'managed policies; got.*"Power"', id="apply policy"
        ),
        pytest.param(
            {"apply_policy_arns": {"a": ADMINISTRATOR}},
            "allow_administrator; got.*AdministratorAccess",
            id="owner",
        ),
        pytest.param({"github_environment": "*"}, r'github_environment has.*"\*"', id="environment"),
        pytest.param({"name": "a" * 59}, r"1 to 58 letters.*\(59 characters\)", id="name too long"),
        pytest.param(
            {"repository": "acme/*"}, r'owner/name, without a wildcard; got "acme/\*"', id="every repository"
        ),
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="account"),
        pytest.param(
            {"states": {"us-east-1": {"bucket_name": "b", "kms_alias": "arn:aws:kms:x"}}},
            'written alias/name; got.*"arn:aws:kms:x"',
            id="no alias",
        ),
        pytest.param({"states": {}}, "at least one region.*{}", id="no state"),
        pytest.param({"branches": ["*"]}, r'full names.*\["\*"\]', id="every branch"),
        pytest.param({"max_session_seconds": 60}, "3600 to 43200; got 60", id="session"),
        pytest.param({"plan_policy_arns": {"a": "Read"}}, 'managed policies; got.*"Read"', id="plan policy"),
        pytest.param({"identity_provider": {"arn": "arn:x"}}, 'OIDC provider.*"arn:x"', id="provider"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
