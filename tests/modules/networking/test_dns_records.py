"""networking/dns-records: aliases, values, weights and failover, each under its own key."""

import pytest
import tftest

MODULE = "networking/dns-records"
ZONE = {"name": "acme", "zone_id": "Z0123456789", "domain_name": "example.com"}
ALIAS = {"dns_name": "shop-1.us-east-1.elb.amazonaws.com", "zone_id": "Z35SXDOTRQ7X7K"}
RECORDS = {
    "apex": {"name": "", "type": "A", "alias": ALIAS},
    "www": {"name": "www", "type": "A", "alias": ALIAS | {"evaluate_target_health": False}},
    "mail": {"name": "", "type": "MX", "values": ["10 mail.example.com"], "ttl_seconds": 60},
    "blue": {"name": "app", "type": "CNAME", "values": ["blue.example.net"], "weight": 90},
    "green": {"name": "app", "type": "CNAME", "values": ["green.example.net"], "weight": 10},
    "main": {
        "name": "api",
        "type": "CNAME",
        "values": ["main.example.net"],
        "failover": "PRIMARY",
        "health_check": "main",
    },
    "spare": {"name": "api", "type": "CNAME", "values": ["spare.example.net"], "failover": "SECONDARY"},
}
CHECKS = {
    "main": {"host": "main.example.net"},
    "deep": {
        "host": "deep.example.net",
        "path": "/ready",
        "port": 8443,
        "interval_seconds": 10,
        "failures": 5,
    },
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **ZONE, records=RECORDS, health_checks=CHECKS, tags={"System": "shop"})


def record(plan, key):
    return plan.resources[f'aws_route53_record.this["{key}"]']["values"]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        pytest.param("apex", "example.com", id="nothing before the domain is the apex"),
        pytest.param("www", "www.example.com", id="a name comes before the domain"),
    ],
)
def test_a_record_s_name_comes_before_the_domain(plan, key, name):
    assert (record(plan, key)["name"], record(plan, key)["zone_id"]) == (name, "Z0123456789")


def test_an_alias_follows_its_target_s_health_unless_told_otherwise(plan):
    apex, www = (record(plan, key)["alias"][0] for key in ("apex", "www"))
    assert (apex["name"], apex["zone_id"], apex["evaluate_target_health"]) == (*ALIAS.values(), True)
    assert www["evaluate_target_health"] is False
    assert (record(plan, "apex")["ttl"], record(plan, "apex")["records"]) == (None, None)


def test_a_plain_record_has_values_and_a_time_to_live(plan):
    assert (record(plan, "mail")["type"], record(plan, "mail")["records"], record(plan, "mail")["ttl"]) == (
        "MX",
        ["10 mail.example.com"],
        60,
    )
    assert record(plan, "blue")["ttl"] == 300
    assert record(plan, "mail")["set_identifier"] is None


@pytest.mark.parametrize(("key", "weight"), [("blue", 90), ("green", 10)])
def test_weighted_records_are_told_apart_by_their_key(plan, key, weight):
    found = record(plan, key)
    assert (found["set_identifier"], found["weighted_routing_policy"]) == (key, [{"weight": weight}])


@pytest.mark.parametrize(("key", "role"), [("main", "PRIMARY"), ("spare", "SECONDARY")])
def test_failover_records_have_their_role(plan, key, role):
    found = record(plan, key)
    assert (found["set_identifier"], found["failover_routing_policy"]) == (key, [{"type": role}])


def test_a_record_depends_on_the_health_check_it_names(plan):
    changes = {
        key: plan.resource_changes[f'aws_route53_record.this["{key}"]']["change"] for key in ("main", "spare")
    }
    assert changes["main"]["after_unknown"]["health_check_id"] is True
    assert changes["spare"]["after"]["health_check_id"] is None


def test_a_health_check_asks_healthz_over_https_unless_told_otherwise(plan):
    check = plan.resources['aws_route53_health_check.this["main"]']["values"]
    assert (check["type"], check["fqdn"], check["port"], check["resource_path"]) == (
        "HTTPS",
        "main.example.net",
        443,
        "/healthz",
    )
    assert (check["request_interval"], check["failure_threshold"], check["enable_sni"]) == (30, 3, True)
    assert check["tags"] == {"System": "shop", "Name": "acme-main"}


def test_what_the_caller_says_of_a_health_check_reaches_it(plan):
    check = plan.resources['aws_route53_health_check.this["deep"]']["values"]
    assert (check["resource_path"], check["port"], check["request_interval"], check["failure_threshold"]) == (
        "/ready",
        8443,
        10,
        5,
    )


def test_a_record_less_leaves_the_others_as_they_were(plan, plan_module):
    fewer = {key: found for key, found in RECORDS.items() if key != "www"}
    smaller = plan_module(MODULE, **ZONE, records=fewer, health_checks=CHECKS, tags={"System": "shop"})
    assert {address: found["values"] for address, found in smaller.resources.items()} == {
        address: found["values"] for address, found in plan.resources.items() if '"www"' not in address
    }


@pytest.mark.parametrize(("output", "keys"), [("fqdns", RECORDS), ("health_check_ids", CHECKS)])
def test_outputs_are_keyed_as_the_caller_named_things(plan, output, keys):
    assert plan["output_changes"][output]["after_unknown"] == dict.fromkeys(keys, True)


def one(**changed):
    return {"records": {"api": {"name": "api", "type": "A", "values": ["192.0.2.1"]} | changed}}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"name": "n" * 129} | one(), r"128 characters.*got 129", id="name"),
        pytest.param(one(values=None), r'either alias or values; got \{"api":\{"alias":false', id="neither"),
        pytest.param(one(alias=ALIAS), r'either alias or values; got \{"api":\{"alias":true', id="both"),
        pytest.param(one(type="SPF"), r'type must be A.*got \{"api":"SPF"\}', id="type"),
        pytest.param(
            one(values=None, alias=ALIAS, type="CNAME"),
            r'type A or AAAA.*got \{"api":"CNAME"\}',
            id="alias type",
        ),
        pytest.param(
            one(name="", type="CNAME"), r'apex cannot be a CNAME.*Got \["api"\]', id="CNAME at the apex"
        ),
        pytest.param(
            one(weight=1, failover="SECONDARY"),
            r'weighted or failover, not both; got \["api"\]',
            id="two policies",
        ),
        pytest.param(one(weight=256), r'from 0 to 255; got \{"api":256\}', id="weight"),
        pytest.param(one(failover="FIRST"), r'PRIMARY or SECONDARY; got \{"api":"FIRST"\}', id="role"),
        pytest.param(
            one(failover="PRIMARY"), r'PRIMARY record needs a health_check.*got \["api"\]', id="blind primary"
        ),
        pytest.param(
            one(failover="PRIMARY", values=None, alias=ALIAS | {"evaluate_target_health": False}),
            r'PRIMARY record needs a health_check.*got \["api"\]',
            id="blind alias",
        ),
        pytest.param(
            one(health_check="gone"),
            r'key of health_checks \(\[\]\); got \{"api":"gone"\}',
            id="no such check",
        ),
        pytest.param(one(ttl_seconds=-1), r'from 0 to 2147483647; got \{"api":-1\}', id="time to live"),
        pytest.param(
            {
                "records": {
                    key: {"name": "api", "type": "A", "values": ["192.0.2.1"]} for key in ("first", "second")
                }
            },
            r'must be weighted or failover; got \{"first":"api A","second":"api A"\}',
            id="the same name twice",
        ),
        pytest.param(
            one() | {"health_checks": {"main": {"host": "a.b", "interval_seconds": 20}}},
            r'interval_seconds 10 or 30.*got \{"main":\[20,3\]\}',
            id="interval of a check",
        ),
        pytest.param(
            one() | {"health_checks": {"main": {"host": "a.b", "path": "ready"}}},
            r'begins with / and a port.*got \{"main":"ready on 443"\}',
            id="path of a check",
        ),
    ],
)
def test_a_record_that_cannot_be_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(ZONE | changed))
