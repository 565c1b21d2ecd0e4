"""A tag never moves, a push is scanned, an image is encrypted, and only the named may pull."""

import json
import re

import pytest
import tftest

MODULE = "compute/container-registry"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:resize*"
FULL = {
    "name": "acme",
    "repositories": {
        "product": {},
        "cart": {
            "allow_destroy_with_images": True,
            "allow_mutable_tags": True,
            "keep_by_tag_prefix": {"v": 10, "main-": 5},
            "untagged_days": 3,
        },
    },
    "kms_key_arn": KEY,
    "pull_account_ids": ["222222222222"],
    "pull_service_source_arns": [FUNCTION],
    "replication_destinations": {"west": {"account_id": "111111111111", "region": "us-west-2"}},
    "tags": {"System": "shop"},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, name="acme", repositories={"product": {}})


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(MODULE, **FULL)


def values(plan, address):
    return plan.resources[address]["values"]


def rules(plan, key):
    policy = json.loads(values(plan, f'aws_ecr_lifecycle_policy.this["{key}"]')["policy"])
    return [
        (rule["rulePriority"], rule["selection"].get("tagPrefixList"), rule["selection"]["countNumber"])
        for rule in policy["rules"]
    ]


def test_by_default_a_tag_is_for_ever_and_every_push_is_scanned(plain):
    repository = values(plain, 'aws_ecr_repository.this["product"]')
    assert (repository["name"], repository["image_tag_mutability"]) == ("acme/product", "IMMUTABLE")
    assert repository["image_scanning_configuration"] == [{"scan_on_push": True}]
    assert repository["encryption_configuration"][0]["encryption_type"] == "KMS"
    assert repository["force_delete"] is False


def test_by_default_nobody_else_pulls_and_nothing_is_copied(plain):
    assert {address.split(".")[0] for address in plain.resources if not address.startswith("data.")} == {
        "aws_ecr_repository",
        "aws_ecr_lifecycle_policy",
    }


def test_by_default_thirty_versions_stay_and_untagged_images_go_after_a_week(plain):
    assert rules(plain, "product") == [(1, ["v"], 30), (2, None, 7)]


def test_each_input_reaches_its_repository_only(full):
    cart = values(full, 'aws_ecr_repository.this["cart"]')
    assert (cart["image_tag_mutability"], cart["force_delete"]) == ("MUTABLE", True)
    assert (cart["encryption_configuration"][0]["kms_key"], cart["tags"]) == (KEY, {"System": "shop"})
    assert rules(full, "cart") == [(1, ["main-"], 5), (2, ["v"], 10), (3, None, 3)]
    assert values(full, 'aws_ecr_repository.this["product"]')["image_tag_mutability"] == "IMMUTABLE"


def test_named_accounts_and_functions_may_pull_and_do_nothing_else(full):
    policy = json.loads(values(full, 'aws_ecr_repository_policy.pull["product"]')["policy"])
    accounts, functions = policy["Statement"]
    assert accounts["Principal"] == {"AWS": "arn:aws:iam::222222222222:root"}
    assert functions["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert functions["Condition"] == {"ArnLike": {"aws:SourceArn": FUNCTION}}
    actions = {action for statement in policy["Statement"] for action in statement["Action"]}
    assert actions == {"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}


def test_images_are_copied_to_the_named_places_and_only_those_of_this_name(full):
    (configuration,) = values(full, "aws_ecr_replication_configuration.this[0]")["replication_configuration"]
    (rule,) = configuration["rule"]
    assert rule["destination"] == [{"region": "us-west-2", "registry_id": "111111111111"}]
    assert rule["repository_filter"] == [{"filter": "acme/", "filter_type": "PREFIX_MATCH"}]


def test_removing_a_repository_touches_no_other(plan_module, full):
    after = plan_module(MODULE, **(FULL | {"repositories": {"product": {}}}))
    gone = {
        address for address in set(full.resources) - set(after.resources) if not address.startswith("data.")
    }
    assert gone == {
        'aws_ecr_repository.this["cart"]',
        'aws_ecr_lifecycle_policy.this["cart"]',
        'aws_ecr_repository_policy.pull["cart"]',
    }


def test_outputs(full):
    assert full.outputs["repository_names"] == {"product": "acme/product", "cart": "acme/cart"}
    outputs = full.configuration["root_module"]["outputs"]
    for output in ("repository_arns", "repository_urls"):
        assert outputs[output]["expression"]["references"][-1] == "aws_ecr_repository.this"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"name": "Acme"}, r'lower-case.*got "Acme"', id="capitals in the name"),
        pytest.param({"repositories": {"Product": {}}}, r'lower-case.*\["Product"\]', id="capitals in a key"),
        pytest.param({"repositories": {"p": {"untagged_days": 0}}}, r'at least 1.*"p":\[0,', id="at once"),
        pytest.param(
            {"repositories": {"p": {"keep_by_tag_prefix": {"v": 0}}}}, r'at least 1.*"v":0', id="keeping none"
        ),
        pytest.param({"pull_account_ids": ["1"]}, r'12 digits each; got \["1"\]', id="no account"),
        pytest.param(
            {"pull_service_source_arns": ["*"]}, r'Lambda functions.*\["\*"\]', id="anybody's function"
        ),
        pytest.param(
            {"replication_destinations": {"w": {"account_id": "111111111111", "region": "west"}}},
            r'us-west-2; got .*"region":"west"',
            id="no region",
        ),
        pytest.param(
            {
                "replication_destinations": {
                    f"d{number}": {"account_id": "111111111111", "region": "us-west-2"}
                    for number in range(26)
                }
            },
            "at most 25.*got 26",
            id="too many places",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **({"name": "acme", "repositories": {"p": {}}} | given))
