"""networking/vpc-endpoints: private ways to AWS services that only this account's principals may take."""

import json

import pytest
import tftest

MODULE = "networking/vpc-endpoints"
REQUIRED = {"name": "acme", "account_id": "111111111111", "vpc_id": "vpc-0123456789abcdef0"}
TABLES = {"private/us-east-1a": "rtb-0123456789abcdef0", "private/us-east-1b": "rtb-0123456789abcdef1"}
SUBNETS = {"us-east-1a": "subnet-0123456789abcdef0", "us-east-1b": "subnet-0123456789abcdef1"}
PLACES = {"route_table_ids": TABLES, "subnet_ids": SUBNETS, "security_group_ids": ["sg-0123456789abcdef0"]}
OWN_POLICY = json.dumps({"Version": "2012-10-17", "Statement": []})


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        **REQUIRED,
        **PLACES,
        gateway_endpoints={"s3": {}, "dynamodb": {}},
        interface_endpoints={"events": {}, "ecr.api": {"private_dns": False, "policy": OWN_POLICY}},
        tags={"System": "shop"},
    )


def values(plan, kind, service):
    return plan.resources[f'aws_vpc_endpoint.{kind}["{service}"]']["values"]


def statements(endpoint):
    return json.loads(endpoint["policy"])["Statement"]


@pytest.mark.parametrize("service", ["s3", "dynamodb"])
def test_a_gateway_endpoint_is_reached_from_every_table(plan, service):
    endpoint = values(plan, "gateway", service)
    assert (endpoint["vpc_endpoint_type"], endpoint["service_name"]) == (
        "Gateway",
        f"com.amazonaws.us-east-1.{service}",
    )
    assert sorted(endpoint["route_table_ids"]) == sorted(TABLES.values())


def test_an_interface_endpoint_answers_in_each_zone_under_the_service_s_usual_name(plan):
    endpoint = values(plan, "interface", "events")
    assert (endpoint["vpc_endpoint_type"], endpoint["service_name"]) == (
        "Interface",
        "com.amazonaws.us-east-1.events",
    )
    assert sorted(endpoint["subnet_ids"]) == sorted(SUBNETS.values())
    assert endpoint["security_group_ids"] == ["sg-0123456789abcdef0"]
    assert endpoint["private_dns_enabled"] is True


@pytest.mark.parametrize(
    ("kind", "service"), [("gateway", "s3"), ("gateway", "dynamodb"), ("interface", "events")]
)
def test_only_this_account_s_principals_get_through_unless_a_policy_says_otherwise(plan, kind, service):
    own = statements(values(plan, kind, service))[0]
    assert own["Condition"] == {"StringEquals": {"aws:PrincipalAccount": "111111111111"}}


def test_only_s3_also_lets_ecr_s_image_layers_through(plan):
    layers = statements(values(plan, "gateway", "s3"))[1:]
    assert [(statement["Action"], statement["Resource"]) for statement in layers] == [
        ("s3:GetObject", "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*")
    ]
    assert len(statements(values(plan, "gateway", "dynamodb"))) == 1
    assert len(statements(values(plan, "interface", "events"))) == 1


def test_a_policy_and_a_name_of_one_s_own_replace_the_defaults(plan):
    endpoint = values(plan, "interface", "ecr.api")
    assert (endpoint["private_dns_enabled"], json.loads(endpoint["policy"])) == (
        False,
        json.loads(OWN_POLICY),
    )


def test_a_gateway_policy_replaces_the_default_too(plan_module):
    plan = plan_module(
        MODULE, **REQUIRED, route_table_ids=TABLES, gateway_endpoints={"s3": {"policy": OWN_POLICY}}
    )
    assert json.loads(values(plan, "gateway", "s3")["policy"]) == json.loads(OWN_POLICY)


def test_every_endpoint_is_named_and_tagged(plan):
    tags = {address: found["values"]["tags"] for address, found in plan.resources.items()}
    assert tags == {
        f'aws_vpc_endpoint.{kind}["{service}"]': {"System": "shop", "Name": f"acme-{service}"}
        for kind, service in [
            ("gateway", "s3"),
            ("gateway", "dynamodb"),
            ("interface", "events"),
            ("interface", "ecr.api"),
        ]
    }


def test_without_an_endpoint_there_is_nothing(plan_module):
    plan = plan_module(MODULE, **REQUIRED)
    assert list(plan.resources) == []
    assert {name: plan.outputs[name] for name in ("vpc_endpoint_ids", "prefix_list_ids", "dns_names")} == {
        "vpc_endpoint_ids": {},
        "prefix_list_ids": {},
        "dns_names": {},
    }


@pytest.mark.parametrize(
    ("output", "services"),
    [
        pytest.param("vpc_endpoint_ids", {"s3", "dynamodb", "events", "ecr.api"}, id="ids of all"),
        pytest.param("prefix_list_ids", {"s3", "dynamodb"}, id="prefix lists of the gateways"),
        pytest.param("dns_names", {"events", "ecr.api"}, id="names of the interfaces"),
    ],
)
def test_outputs_are_keyed_by_service(plan, output, services):
    assert plan["output_changes"][output]["after_unknown"] == dict.fromkeys(services, True)


def test_an_endpoint_less_leaves_the_others_as_they_were(plan, plan_module):
    smaller = plan_module(
        MODULE,
        **REQUIRED,
        **PLACES,
        gateway_endpoints={"dynamodb": {}},
        interface_endpoints={"events": {}},
        tags={"System": "shop"},
    )
    assert {address: found["values"] for address, found in smaller.resources.items()} == {
        address: plan.resources[address]["values"]
        for address in ('aws_vpc_endpoint.gateway["dynamodb"]', 'aws_vpc_endpoint.interface["events"]')
    }


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"account_id": "acme"}, r'12 digits; got "acme"', id="account that is no account"),
        pytest.param({"name": "n" * 129}, r"128 characters.*got 129", id="name too long"),
        pytest.param(
            {"gateway_endpoints": {"sqs": {}}}, r'dynamodb and s3 only; got \["sqs"\]', id="no such gateway"
        ),
        pytest.param(
            {"gateway_endpoints": {"s3": {}}, "route_table_ids": {}},
            r'need route_table_ids.*got \["s3"\] and no route table',
            id="gateway that nothing reaches",
        ),
        pytest.param(
            {"gateway_endpoints": {"s3": {"policy": "open"}}},
            r'JSON document; got \["open"\]',
            id="gateway policy",
        ),
        pytest.param(
            {"interface_endpoints": {"com.amazonaws.us-east-1.Events": {}}},
            r"such as events.*got .*Events",
            id="key",
        ),
        pytest.param(
            {"gateway_endpoints": {"s3": {}}, "interface_endpoints": {"s3": {}}},
            r'not both; got \["s3"\]',
            id="one service twice",
        ),
        pytest.param(
            {"interface_endpoints": {"events": {}}, "subnet_ids": {}},
            r"need subnet_ids and security_group_ids.*got 0 subnets and 1 groups",
            id="interface without a subnet",
        ),
        pytest.param(
            {"interface_endpoints": {"events": {}}, "security_group_ids": []},
            r"need subnet_ids and security_group_ids.*got 2 subnets and 0 groups",
            id="interface without a group",
        ),
        pytest.param(
            {"interface_endpoints": {"events": {"policy": "open"}}},
            r'JSON document; got \["open"\]',
            id="interface policy",
        ),
    ],
)
def test_an_endpoint_that_cannot_work_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | PLACES | changed))
