"""pyshop as its seed describes it: addresses, the chain of security groups, database, service, dashboard."""

import json

import pytest

from tests.unit_values import everything, unit_at, values_of

ENVIRONMENTS = ("dev", "staging", "prod")


@pytest.fixture(scope="module")
def planned(plan_module):
    """Plan a unit of pyshop with the values of its own files, once."""
    kept = {}

    def plan(environment, unit):
        path = f"{environment}/us-east-1/pyshop/{unit}"
        if path not in kept:
            module = unit_at(path).module.removeprefix("modules/")
            kept[path] = plan_module(module, **values_of(path))
        return kept[path]

    return plan


def of_type(plan, kind):
    """Planned values of one type, by the end of the address."""
    return {address: values for address, values in everything(plan).items() if f".{kind}." in f".{address}"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_network_has_the_seeds_addresses_in_two_zones(planned, environment):
    plan = planned(environment, "network")
    subnets = of_type(plan, "aws_subnet").values()
    assert {(subnet["cidr_block"], subnet["availability_zone"]) for subnet in subnets} == {
        ("10.0.1.0/24", "us-east-1a"),
        ("10.0.2.0/24", "us-east-1b"),
        ("10.0.10.0/24", "us-east-1a"),
        ("10.0.11.0/24", "us-east-1b"),
    }
    (vpc,) = of_type(plan, "aws_vpc").values()
    assert vpc["cidr_block"] == "10.0.0.0/16"
    assert len(of_type(plan, "aws_internet_gateway")) == 1


def test_prod_has_a_nat_gateway_in_each_zone_and_dev_one_for_both(planned):
    counts = {name: len(of_type(planned(name, "network"), "aws_nat_gateway")) for name in ENVIRONMENTS}
    assert counts == {"dev": 1, "staging": 2, "prod": 2}


def test_nobody_gets_past_the_chain_from_internet_to_database(planned):
    plan = planned("prod", "security-groups")

    def doors(kind):
        return {
            address.split('"')[1]: (rule["from_port"], rule["to_port"], rule["cidr_ipv4"])
            for address, rule in of_type(plan, kind).items()
        }

    assert doors("aws_vpc_security_group_ingress_rule") == {
        "balancer/http": (80, 80, "0.0.0.0/0"),
        "balancer/https": (443, 443, "0.0.0.0/0"),
        "tasks/balancer": (8000, 8000, None),
        "database/tasks": (5432, 5432, None),
    }
    assert doors("aws_vpc_security_group_egress_rule") == {
        "balancer/tasks": (8000, 8000, None),
        "tasks/aws": (443, 443, "0.0.0.0/0"),
        "tasks/database": (5432, 5432, None),
    }
    groups = values_of("prod/us-east-1/pyshop/security-groups")["groups"]
    inward = {
        name: {rule.get("group") for rule in group["ingress"].values()} for name, group in groups.items()
    }
    assert inward == {"balancer": {None}, "tasks": {"balancer"}, "database": {"tasks"}}


@pytest.mark.parametrize(
    ("environment", "size", "multi_az", "days", "protected"),
    [
        pytest.param("dev", "db.t4g.micro", False, 7, False, id="dev as the seed has it"),
        pytest.param("staging", "db.t4g.micro", True, 14, True, id="staging with a standby"),
        pytest.param("prod", "db.t4g.small", True, 35, True, id="prod one size larger, kept longest"),
    ],
)
def test_the_database_is_postgresql_15_on_encrypted_gp3(
    planned, environment, size, multi_az, days, protected
):
    plan = planned(environment, "database")
    (found,) = of_type(plan, "aws_db_instance").values()
    assert (found["engine"], found["engine_version"], found["db_name"]) == ("postgres", "15", "pyshop")
    assert (found["storage_type"], found["allocated_storage"], found["storage_encrypted"]) == (
        "gp3",
        20,
        True,
    )
    assert (found["instance_class"], found["multi_az"], found["backup_retention_period"]) == (
        size,
        multi_az,
        days,
    )
    assert (found["deletion_protection"], found["publicly_accessible"]) == (protected, False)
    assert found["monitoring_interval"] == 60
    alarms = {address.split("/")[-1].strip('"]') for address in of_type(plan, "aws_cloudwatch_metric_alarm")}
    assert alarms == {"cpu", "storage", "memory", "connections"}


@pytest.mark.parametrize(
    ("environment", "size", "bounds"),
    [
        pytest.param("dev", ("256", "512"), (1, 2), id="dev the seed's minimal"),
        pytest.param("staging", ("512", "1024"), (2, 10), id="staging the seed's own"),
        pytest.param("prod", ("1024", "2048"), (2, 10), id="prod the seed's recommended"),
    ],
)
def test_the_tasks_have_the_seeds_sizes_and_bounds(planned, environment, size, bounds):
    plan = planned(environment, "service")
    (task,) = of_type(plan, "aws_ecs_task_definition").values()
    assert (task["cpu"], task["memory"], task["network_mode"]) == (*size, "awsvpc")
    (service,) = of_type(plan, "aws_ecs_service").values()
    assert service["deployment_circuit_breaker"] == [{"enable": True, "rollback": True}]
    assert (service["enable_execute_command"], service["desired_count"]) == (True, bounds[0])
    (target,) = of_type(plan, "aws_appautoscaling_target").values()
    assert (target["min_capacity"], target["max_capacity"]) == bounds
    policies = {
        address.split('"')[1]: policy["target_tracking_scaling_policy_configuration"][0]["target_value"]
        for address, policy in of_type(plan, "aws_appautoscaling_policy").items()
    }
    assert policies == {"cpu": 70, "memory": 80}


@pytest.mark.parametrize(
    ("environment", "spelled"), [("dev", "dev"), ("staging", "staging"), ("prod", "production")]
)
def test_the_tasks_get_the_seeds_environment_and_their_secrets_by_reference(planned, environment, spelled):
    (task,) = of_type(planned(environment, "service"), "aws_ecs_task_definition").values()
    app = next(item for item in json.loads(task["container_definitions"]) if item["name"] == "app")
    found = {item["name"]: item["value"] for item in app["environment"]}
    assert (set(found), found["ENVIRONMENT"]) == ({"ENVIRONMENT", "ACCESS_TOKEN_EXPIRE_MINUTES"}, spelled)
    assert {item["name"]: item["valueFrom"].split(":")[2] for item in app["secrets"]} == {
        "DATABASE_URL": "secretsmanager",
        "SECRET_KEY": "secretsmanager",
    }
    assert [item["containerPort"] for item in app["portMappings"]] == [8000]


def test_requests_reach_the_tasks_once_healthz_answers(planned):
    (targets,) = of_type(planned("prod", "service"), "aws_lb_target_group").values()
    assert (targets["target_type"], targets["port"], targets["health_check"][0]["path"]) == (
        "ip",
        8000,
        "/healthz",
    )
    names = set(of_type(planned("prod", "service"), "aws_cloudwatch_metric_alarm"))
    watched = {name.split('"')[1] for name in names}
    assert watched == {"cpu", "memory", "5xx", "response-time", "unhealthy"}


def test_the_way_in_is_https_and_http_is_only_redirected(planned):
    plan = planned("prod", "load-balancer")
    listeners = {values["port"]: values for values in of_type(plan, "aws_lb_listener").values()}
    assert listeners[443]["protocol"] == "HTTPS"
    assert listeners[80]["default_action"][0]["redirect"][0]["status_code"] == "HTTP_301"
    (balancer,) = of_type(plan, "aws_lb").values()
    assert (balancer["internal"], balancer["access_logs"][0]["enabled"]) == (False, True)


def test_the_dashboard_shows_tasks_balancer_and_database(planned):
    (dashboard,) = of_type(planned("prod", "monitoring"), "aws_cloudwatch_dashboard").values()
    widgets = json.loads(dashboard["dashboard_body"])["widgets"]
    shown = {
        metric[0]
        for widget in widgets
        for metric in widget["properties"].get("metrics", [])
        if isinstance(metric[0], str)
    }
    assert shown >= {"AWS/ApplicationELB", "AWS/ECS", "AWS/RDS", "ECS/ContainerInsights"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_whoever_is_woken_hears_it_from_one_topic(planned, environment):
    for unit in ("database", "load-balancer", "service", "monitoring"):
        alarms = of_type(planned(environment, unit), "aws_cloudwatch_metric_alarm").values()
        assert {tuple(alarm["alarm_actions"]) for alarm in alarms} == {
            ("arn:aws:sns:us-east-1:000000000000:mock-alerts",)
        }
