"""networking/service-discovery: services found by name inside one VPC."""

import pytest
import tftest

MODULE = "networking/service-discovery"
REQUIRED = {"name": "acme", "namespace": "shop.internal", "vpc_id": "vpc-0123456789abcdef0"}
SERVICES = {
    "cart": {},
    "product": {"record_types": ["SRV"], "routing_policy": "WEIGHTED", "ttl_seconds": 60},
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE, **REQUIRED, services=SERVICES, destroy_instances_too=True, tags={"System": "shop"}
    )


def service(plan, key):
    return plan.resources[f'aws_service_discovery_service.this["{key}"]']["values"]


def test_the_namespace_is_private_to_the_vpc(plan):
    namespace = plan.resources["aws_service_discovery_private_dns_namespace.this"]["values"]
    assert (namespace["name"], namespace["vpc"]) == ("shop.internal", "vpc-0123456789abcdef0")
    assert namespace["tags"] == {"System": "shop", "Name": "acme"}


@pytest.mark.parametrize(
    ("key", "types", "ttl", "policy"),
    [
        pytest.param(
            "cart", ["A"], 10, "MULTIVALUE", id="addresses of all healthy instances, forgotten in 10 s"
        ),
        pytest.param("product", ["SRV"], 60, "WEIGHTED", id="as the caller says"),
    ],
)
def test_a_service_is_found_by_its_key(plan, key, types, ttl, policy):
    found = service(plan, key)
    dns = found["dns_config"][0]
    assert (found["name"], dns["routing_policy"], found["tags"]) == (key, policy, {"System": "shop"})
    assert [(record["type"], record["ttl"]) for record in dns["dns_records"]] == [
        (kind, ttl) for kind in types
    ]


def test_instances_report_their_own_health(plan):
    assert len(service(plan, "cart")["health_check_custom_config"]) == 1


def test_registered_instances_keep_a_service_unless_told_otherwise(plan, plan_module):
    kept = plan_module(MODULE, **REQUIRED, services={"cart": {}})
    assert (service(kept, "cart")["force_destroy"], service(plan, "cart")["force_destroy"]) == (False, True)


def test_a_service_less_leaves_the_others_as_they_were(plan, plan_module):
    smaller = plan_module(
        MODULE, **REQUIRED, services={"cart": {}}, destroy_instances_too=True, tags={"System": "shop"}
    )
    assert {address: found["values"] for address, found in smaller.resources.items()} == {
        address: found["values"] for address, found in plan.resources.items() if '"product"' not in address
    }


def test_names_are_known_before_the_apply_and_ids_by_it(plan):
    unknown = {name: change["after_unknown"] for name, change in plan["output_changes"].items()}
    assert plan.outputs["service_names"] == {"cart": "cart.shop.internal", "product": "product.shop.internal"}
    assert unknown == {
        "namespace_id": True,
        "namespace_arn": True,
        "zone_id": True,
        "service_arns": {"cart": True, "product": True},
        "service_names": False,
    }


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"name": "n" * 129}, r"1 to 128 characters; got 129", id="name"),
        pytest.param({"namespace": "shop"}, r'at least two parts.*got "shop"', id="one label"),
        pytest.param({"namespace": "Shop.internal"}, r'lower case.*got "Shop\.internal"', id="capitals"),
        pytest.param(
            {"services": {"my_cart": {}}}, r'DNS label.*got \["my_cart"\]', id="key that is no label"
        ),
        pytest.param(
            {"services": {"cart": {"record_types": ["CNAME"]}}},
            r'A, AAAA and SRV; got .*\["CNAME"\]',
            id="record type",
        ),
        pytest.param(
            {"services": {"cart": {"record_types": []}}}, r"A, AAAA and SRV; got .*\[\]", id="no record type"
        ),
        pytest.param(
            {"services": {"cart": {"routing_policy": "RANDOM"}}},
            r'MULTIVALUE or WEIGHTED.*"RANDOM"',
            id="policy",
        ),
        pytest.param(
            {"services": {"cart": {"ttl_seconds": 86400}}},
            r'from 0 to 3600.*got \{"cart":86400\}',
            id="time to live",
        ),
    ],
)
def test_a_service_that_nobody_would_find_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | changed))
