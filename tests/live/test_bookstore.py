"""What the bookstore's environments are promised, read from what their units hand to their modules."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
import yaml

from scripts.checks.values import given
from scripts.live.modules import read_module
from scripts.live.tree import read_tree

REPOSITORY = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ("dev", "staging", "prod")
SERVICES = ("catalog", "notifications", "orders", "reviews", "users")
PUBLIC = tuple(service for service in SERVICES if service != "notifications")


@cache
def tree():
    return read_tree(REPOSITORY)


@cache
def values(environment, unit, region="us-east-1"):
    """What the unit hands over, defaults of its module included; mocks stand for other units."""
    found = tree().unit(f"live/{environment}/{region}/bookstore/{unit}")
    return given(REPOSITORY, found, read_module(REPOSITORY, found.module)).values


def over_environments(unit, name):
    return tuple(values(environment, unit)[name] for environment in ENVIRONMENTS)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_tier_stands_in_three_zones(environment):
    tiers = values(environment, "network")["tiers"]
    assert {tier: len(spec["zones"]) for tier, spec in tiers.items()} == {
        "public": 3,
        "private": 3,
        "database": 3,
    }
    assert values(environment, "network")["vpc_cidr_block"].endswith("/16")


def test_prod_has_a_nat_gateway_a_zone_and_the_others_one():
    assert [len(zones) for zones in over_environments("network", "nat_gateway_zones")] == [1, 1, 3]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_aws_is_reached_without_the_internet_where_it_counts(environment):
    network = values(environment, "network")
    assert set(network["gateway_endpoints"]) == {"dynamodb", "s3"}
    assert "secretsmanager" in network["interface_endpoints"]


def groups():
    return values("prod", "security-groups")["groups"]


def test_the_load_balancers_group_takes_http_and_https_from_anywhere():
    rules = groups()["load-balancer"]["ingress"].values()
    assert sorted((rule["from_port"], rule["cidr_ipv4"]) for rule in rules) == [
        (80, "0.0.0.0/0"),
        (443, "0.0.0.0/0"),
    ]


@pytest.mark.parametrize(
    ("group", "port", "source"),
    [
        pytest.param("services", 8000, "load-balancer", id="services by the load balancer only"),
        pytest.param("database", 5432, "database-clients", id="PostgreSQL by the services that use it"),
        pytest.param("cache", 6379, "services", id="Redis by the services only"),
        pytest.param("search", 443, "search-clients", id="OpenSearch by the services that use it"),
    ],
)
def test_a_group_lets_in_one_neighbour_on_one_port(group, port, source):
    (rule,) = groups()[group]["ingress"].values()
    assert (rule["from_port"], rule["group"]) == (port, source)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nobody_reaches_the_load_balancers_from_outside_past_the_api(environment):
    assert values(environment, "load-balancer")["internet_facing"] is False
    assert values(environment, "load-balancer-link")["internet_facing"] is False
    assert values(environment, "api")["public_operations"] == ["GET /healthz"]


def test_the_database_is_postgresql_15_and_fails_over_outside_dev():
    assert over_environments("database", "engine_version") == ("15", "15", "15")
    assert over_environments("database", "multi_az") == (False, True, True)


@pytest.mark.parametrize(
    ("unit", "name", "expected"),
    [
        pytest.param("database", "backup_retention_days", (3, 14, 35), id="database"),
        pytest.param("cache", "snapshot_retention_days", (1, 7, 30), id="cache"),
        pytest.param("database", "log_retention_days", (14, 30, 365), id="logs"),
        pytest.param("database", "deletion_protection", (False, False, True), id="deletion protection"),
        pytest.param("auth", "mfa", ("OPTIONAL", "ON", "ON"), id="second factor"),
        pytest.param("waf", "count_only", (False, True, False), id="WAF counts in staging"),
    ],
)
def test_what_is_kept_and_guarded_grows_towards_prod(unit, name, expected):
    assert over_environments(unit, name) == expected


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_cache_is_redis_without_cluster_mode(environment):
    cache_ = values(environment, "cache")
    assert (cache_["engine"]["name"], cache_["shards"]) == ("redis", None)


def test_the_cache_fails_over_outside_dev():
    assert over_environments("cache", "replicas") == (0, 1, 2)


def test_the_search_is_opensearch_2_over_as_many_zones_as_the_environment_is_large():
    assert over_environments("search", "zone_count") == (1, 2, 3)
    assert {version.rpartition(".")[0] for version in over_environments("search", "engine_version")} == {
        "OpenSearch_2"
    }


@pytest.mark.parametrize("table", ["audit-logs", "reviews"])
def test_tables_are_paid_by_request_streamed_restorable_and_global_in_prod(table):
    found = [tables[table] for tables in over_environments("tables", "tables")]
    assert {each["provisioned"] for each in found} == {None}
    assert {each["stream_view_type"] for each in found} == {"NEW_AND_OLD_IMAGES"}
    assert {each["disable_point_in_time_recovery"] for each in found} == {False}
    assert [list(each["replicas"]) for each in found] == [[], [], ["us-west-2"]]
    assert list(values("prod", "tables")["replica_kms_key_arns"]) == ["us-west-2"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_scales_by_processor_and_memory_and_sleeps_at_night_in_dev_only(service):
    dev, staging, prod = over_environments(f"services-{service}", "scaling")
    assert {(rule["minimum"], rule["maximum"]) for rule in dev["schedules"].values()} == {(0, 0), (1, 2)}
    assert (staging["schedules"], prod["schedules"]) == (None, None)
    assert (prod["cpu_percent"], prod["memory_percent"]) == (60, 75)
    assert prod["minimum"] >= 2


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_runs_on_spot_in_dev_and_on_demand_in_prod(service):
    dev, _, prod = over_environments(f"services-{service}", "capacity_strategy")
    assert set(dev) == {"FARGATE_SPOT"}
    assert "FARGATE" in prod


@pytest.mark.parametrize("service", PUBLIC)
def test_in_prod_codedeploy_moves_a_services_traffic_and_an_alarm_brings_it_back(service):
    prod = values("prod", f"services-{service}")["deployment"]
    assert prod["rollback_on_alarm"] is True
    assert prod["blue_green"]["traffic"]["shift"] == "canary"
    assert values("dev", f"services-{service}")["deployment"]["blue_green"] is None


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_rules_of_all_services_at_the_one_listener_have_priorities_of_their_own(environment):
    priorities = [
        rule["priority"]
        for service in PUBLIC
        for rule in values(environment, f"services-{service}")["listener"]["rules"].values()
    ]
    assert len(priorities) == len(set(priorities))


def test_every_service_has_its_name_and_its_repository():
    assert set(values("prod", "service-discovery")["services"]) == set(SERVICES)
    assert set(values("prod", "registry")["repositories"]) == set(SERVICES)


def test_calls_are_limited_over_all_callers_by_caller_and_by_partner():
    api = values("prod", "api")
    assert api["throttling"] == {"rate": 1000, "burst": 2000}
    assert values("prod", "waf")["rate_limits"]["user"]["header"] == "authorization"
    assert set(api["usage_plans"]) == {"partner-standard", "partner-trial"}


def test_a_share_of_the_calls_belongs_to_the_canary_in_prod():
    assert values("prod", "api")["canary"] == {"percent": 5, "stage_variables": {"release": "canary"}}
    assert values("dev", "api")["canary"] is None


def test_only_the_warehouse_may_put_events_on_the_bus_and_not_in_dev():
    dev, staging, prod = over_environments("events", "policy_statements")
    assert dev == {}
    assert staging == prod
    (statement,) = prod.values()
    assert (statement["account_ids"], statement["sources"]) == (["444444444444"], ["acme.warehouse"])


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_database_and_tables_are_backed_up_every_day(environment):
    plans = values(environment, "backup")["plans"]
    assert {plan["rules"]["daily"]["schedule"] for plan in plans.values()} == {"cron(0 3 * * ? *)"}
    assert {plan["selected_by_tags"]["Module"] for plan in plans.values()} == {"database", "tables"}
    assert {plan["selected_by_tags"]["Environment"] for plan in plans.values()} == {environment}


def test_prods_backups_are_locked_and_copied_to_the_second_region():
    prod = values("prod", "backup")
    assert prod["lock"]["minimum_days"] == 7
    assert {tuple(plan["rules"]["daily"]["copies"]) for plan in prod["plans"].values()} == {("us-west-2",)}
    assert list(prod["copy_vault_arns"]) == ["us-west-2"]
    assert values("prod", "backup", "us-west-2")["plans"] == {}


def test_the_key_of_the_data_has_a_replica_in_the_second_region():
    first, second = (values("prod", "keys", region)["keys"] for region in ("us-east-1", "us-west-2"))
    assert (first["data"]["multi_region"], first["data"]["replica_of"]) == (True, None)
    assert "mrk-" in second["data"]["replica_of"]["arn"]
    assert second["backups"]["replica_of"] is None


def test_an_ab_test_reaches_a_tenth_in_prod_and_half_of_dev():
    assert [
        flags["similar-books"]["attributes"]["percent"]
        for flags in over_environments("feature-flags", "flags")
    ] == [
        "50",
        "50",
        "10",
    ]


def test_prod_watches_with_composite_alarms_and_what_is_unusual():
    monitoring = values("prod", "monitoring")
    assert monitoring["thresholds"]["api_unusual_band_width"] == 3
    assert {alarm["composite"] is not None for alarm in monitoring["alarms"].values()} == {True}


@cache
def operations():
    """Every operation of the API's document, by its name."""
    document = yaml.safe_load((REPOSITORY / "live/_units/bookstore/openapi.yaml").read_text())
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def test_every_operation_but_the_health_check_asks_for_a_scope_that_exists():
    servers = values("prod", "auth")["resource_servers"].values()
    known = {f"{server['identifier']}/{scope}" for server in servers for scope in server["scopes"]}
    asked = {name: operation["security"] for name, operation in operations().items()}
    assert asked.pop("GET /healthz") == []
    assert {scope for (entry,) in asked.values() for scope in entry["caller"]} <= known
    assert all(entry["caller"] for (entry,) in asked.values())


def test_every_operation_that_passes_the_link_has_a_service_whose_rule_takes_it():
    rules = [
        (rule["priority"], pattern, service)
        for service in PUBLIC
        for rule in values("prod", f"services-{service}")["listener"]["rules"].values()
        for pattern in rule["paths"]
    ]
    taken = {
        name: next(
            service
            for _, pattern, service in sorted(rules)
            if fnmatchcase(operation["x-amazon-apigateway-integration"]["uri"].split("}", 1)[1], pattern)
        )
        for name, operation in operations().items()
        if operation["x-amazon-apigateway-integration"].get("connectionType") == "VPC_LINK"
    }
    assert taken == {
        "GET /books": "catalog",
        "GET /books/{book_id}": "catalog",
        "GET /books/{book_id}/reviews": "reviews",
        "GET /orders/{order_id}": "orders",
        "GET /partners/books": "catalog",
        "GET /users/me": "users",
        "POST /books/{book_id}/reviews": "reviews",
        "POST /orders": "orders",
        "PUT /books/{book_id}": "catalog",
    }
