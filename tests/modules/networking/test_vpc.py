"""networking/vpc: closed by default, watched by a flow log, and honest about what AWS accepts."""

import json

import pytest
import tftest

MODULE = "networking/vpc"
REQUIRED = {"name": "acme", "account_id": "111111111111", "cidr_block": "10.20.0.0/16"}
KEY = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def to_bucket(plan_module):
    return plan_module(
        MODULE,
        **REQUIRED,
        flow_logs={
            "s3": {"bucket_arn": "arn:aws:s3:::acme-logs/vpc"},
            "aggregation_seconds": 60,
            "traffic_type": "REJECT",
        },
        assign_ipv6_cidr_block=True,
        block_public_access_exclusion="allow-egress",
        tags={"System": "shop"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def test_the_vpc_has_the_range_it_was_given_and_resolves_names(plan):
    vpc = values(plan, "aws_vpc.this")
    assert (vpc["cidr_block"], vpc["enable_dns_support"], vpc["enable_dns_hostnames"]) == (
        "10.20.0.0/16",
        True,
        True,
    )
    assert vpc["assign_generated_ipv6_cidr_block"] is False


def test_the_default_security_group_keeps_no_rule(plan):
    # With no rule named, the provider takes away the ones that AWS made.
    group = plan.resources["aws_default_security_group.emptied"]
    assert (group["sensitive_values"]["ingress"], group["sensitive_values"]["egress"]) == ([], [])


def test_all_traffic_is_logged_to_cloudwatch_for_a_year_unless_told_otherwise(plan):
    flow_log = values(plan, "aws_flow_log.this[0]")
    assert (flow_log["traffic_type"], flow_log["log_destination_type"]) == ("ALL", "cloud-watch-logs")
    assert flow_log["max_aggregation_interval"] == 600
    group = values(plan, "aws_cloudwatch_log_group.flow_logs[0]")
    assert (group["name"], group["retention_in_days"]) == ("/aws/vpc/acme/flow-logs", 365)


def test_only_this_account_s_flow_logs_may_use_the_delivery_role(plan):
    role = values(plan, "aws_iam_role.flow_logs[0]")
    trust = json.loads(role["assume_role_policy"])["Statement"]
    assert role["name"] == "acme-vpc-flow-logs"
    assert [statement["Principal"] for statement in trust] == [{"Service": "vpc-flow-logs.amazonaws.com"}]
    assert trust[0]["Condition"] == {"StringEquals": {"aws:SourceAccount": "111111111111"}}


def test_the_delivery_role_writes_to_its_own_log_group_only(plan):
    policy = json.loads(values(plan, "aws_iam_role_policy.flow_logs[0]")["policy"])["Statement"]
    assert [statement["Resource"] for statement in policy] == [
        "arn:aws:logs:us-east-1:111111111111:log-group:/aws/vpc/acme/flow-logs:*"
    ]
    assert "logs:PutLogEvents" in policy[0]["Action"]
    assert not [action for action in policy[0]["Action"] if "*" in action]


def test_no_exception_is_made_to_blocked_public_access(plan):
    assert "aws_vpc_block_public_access_exclusion.this[0]" not in plan.resources


def test_the_log_group_takes_the_caller_s_key_retention_and_boundary(plan_module):
    boundary = "arn:aws:iam::111111111111:policy/boundary"
    plan = plan_module(
        MODULE, **REQUIRED, kms_key_arn=KEY, log_retention_days=14, permissions_boundary_arn=boundary
    )
    group = values(plan, "aws_cloudwatch_log_group.flow_logs[0]")
    assert (group["kms_key_id"], group["retention_in_days"]) == (KEY, 14)
    assert values(plan, "aws_iam_role.flow_logs[0]")["permissions_boundary"] == boundary


def test_a_bucket_takes_the_place_of_the_log_group_and_its_role(to_bucket):
    flow_log = values(to_bucket, "aws_flow_log.this[0]")
    assert (flow_log["log_destination_type"], flow_log["log_destination"]) == (
        "s3",
        "arn:aws:s3:::acme-logs/vpc",
    )
    assert (flow_log["traffic_type"], flow_log["max_aggregation_interval"]) == ("REJECT", 60)
    assert flow_log["destination_options"] == [
        {"file_format": "parquet", "hive_compatible_partitions": True, "per_hour_partition": True}
    ]
    assert not [address for address in to_bucket.resources if "log_group" in address or "iam_role" in address]
    assert to_bucket.outputs["flow_log_group_name"] is None


def test_ipv6_and_the_public_access_exclusion_are_there_when_asked_for(to_bucket):
    assert values(to_bucket, "aws_vpc.this")["assign_generated_ipv6_cidr_block"] is True
    exclusion = values(to_bucket, "aws_vpc_block_public_access_exclusion.this[0]")
    assert exclusion["internet_gateway_exclusion_mode"] == "allow-egress"


def test_null_switches_flow_logs_off_whole(plan_module):
    plan = plan_module(MODULE, **REQUIRED, flow_logs=None)
    assert sorted(plan.resources) == ["aws_default_security_group.emptied", "aws_vpc.this"]
    assert plan.outputs["flow_log_group_name"] is None
    assert plan["output_changes"]["flow_log_id"]["after_unknown"] is False


def test_every_taggable_resource_carries_the_caller_s_tags(to_bucket):
    tagged = {
        address: found["values"]["tags"]
        for address, found in to_bucket.resources.items()
        if "tags" in found["values"]
    }
    assert {address for address, tags in tagged.items() if tags.get("System") != "shop"} == set()
    assert len(tagged) == 4


def test_the_outputs_are_known_now_or_by_the_apply(plan):
    changes = plan["output_changes"]
    assert plan.outputs["vpc_cidr_block"] == "10.20.0.0/16"
    assert plan.outputs["vpc_ipv6_cidr_block"] is None
    assert plan.outputs["flow_log_group_name"] == "/aws/vpc/acme/flow-logs"
    assert {name for name, change in changes.items() if change["after_unknown"] is True} == {
        "default_security_group_id",
        "flow_log_id",
        "vpc_arn",
        "vpc_id",
    }


def test_the_ipv6_range_is_an_output_once_there_is_one(to_bucket):
    assert to_bucket["output_changes"]["vpc_ipv6_cidr_block"]["after_unknown"] is True


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"account_id": "12"}, r'12 digits; got "12"', id="account that is no account"),
        pytest.param(
            {"cidr_block": "10.20.0.1/16"}, r'network address.*"10\.20\.0\.1/16"', id="host bits set"
        ),
        pytest.param({"cidr_block": "ten"}, r'network address.*"ten"', id="no CIDR at all"),
        pytest.param(
            {"cidr_block": "10.0.0.0/15"}, r'/16 to /28.*"10\.0\.0\.0/15"', id="larger than AWS takes"
        ),
        pytest.param(
            {"cidr_block": "10.0.0.0/29"}, r'/16 to /28.*"10\.0\.0\.0/29"', id="smaller than AWS takes"
        ),
        pytest.param({"name": "n" * 51}, r"50 characters.*\(51\)", id="name too long for the role"),
        pytest.param(
            {"block_public_access_exclusion": "allow"},
            r'"allow-egress" or null; got "allow"',
            id="unknown exclusion",
        ),
        pytest.param(
            {"flow_logs": {"aggregation_seconds": 300}},
            r"60 or 600; got 300",
            id="interval that AWS does not have",
        ),
        pytest.param(
            {"flow_logs": {"traffic_type": "SOME"}}, r'REJECT; got "SOME"', id="unknown traffic type"
        ),
        pytest.param(
            {"flow_logs": {"s3": {"bucket_arn": "acme-logs"}}},
            r'S3 bucket; got "acme-logs"',
            id="bucket by name",
        ),
        pytest.param({"kms_key_arn": "alias/logs"}, r'ARN of a KMS key.*got "alias/logs"', id="key by alias"),
        pytest.param(
            {"log_retention_days": 8}, r"CloudWatch Logs offers.*got 8\.", id="retention not on offer"
        ),
    ],
)
def test_what_aws_would_refuse_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | changed))
