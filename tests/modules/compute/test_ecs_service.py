"""A service is closed, read-only and watched; its image belongs to deployments, its number to autoscaling."""

import json

import pytest

MODULE = "compute/ecs-service"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:db-AbCdEf"
REGISTRY = "arn:aws:servicediscovery:us-east-1:111111111111:service/srv-0a1b2c3d4e5f6000"
TARGET = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/shop/0a1b2c3d4e5f6000"
EXECUTION = "arn:aws:iam::111111111111:role/shop-execution"
ROLE = "arn:aws:iam::111111111111:role/shop"
REQUIRED = {
    "name": "acme-shop",
    "cluster": {"arn": "arn:aws:ecs:us-east-1:111111111111:cluster/acme", "name": "acme"},
    "container": {"image": "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/shop", "port": 8000},
    "execution_role_arn": EXECUTION,
    "task_role_arn": ROLE,
    "security_group_ids": ["sg-1"],
    "subnet_ids": ["subnet-1", "subnet-2"],
}
NIGHT = {"expression": "cron(0 20 * * ? *)", "minimum": 0, "maximum": 0, "timezone": "Europe/Berlin"}
FULL = REQUIRED | {
    "container": REQUIRED["container"]
    | {
        "allow_writable_root": True,
        "command": ["serve"],
        "environment": {"B": "2", "A": "1"},
        "health_command": "curl -f localhost",
        "secret_arns": {"DATABASE_URL": SECRET},
        "stop_timeout_seconds": 60,
        "user": "1000",
        "writable_paths": ["/tmp"],
    },
    "allow_execute_command": True,
    "assign_public_ip": True,
    "capacity_strategy": {"FARGATE": {"base": 1, "weight": 0}, "FARGATE_SPOT": {"weight": 3}},
    "deployment": {
        "alarm_names": ["shop-5xx"],
        "circuit_breaker": False,
        "maximum_percent": 100,
        "minimum_healthy_percent": 50,
    },
    "health_check_grace_seconds": 120,
    "initial_image_tag": "v1",
    "log_kms_key_arn": LOG_KEY,
    "log_retention_days": 365,
    "scaling": {
        "minimum": 1,
        "maximum": 4,
        "cpu_percent": 50,
        "memory_percent": 90,
        "scale_in_cooldown_seconds": 100,
        "scale_out_cooldown_seconds": 20,
        "requests": {"per_target": 500, "resource_label": "app/a/1/targetgroup/b/2"},
        "schedules": {"night": NIGHT, "morning": NIGHT | {"expression": "cron(0 6 * * ? *)", "maximum": 4}},
    },
    "service_registry": {"arn": REGISTRY},
    "sidecars": {
        "proxy": {
            "image": "envoy:1",
            "command": ["run"],
            "cpu": 64,
            "environment": {"MODE": "x"},
            "essential": True,
            "memory_mb": 256,
            "ports": [{"number": 9901, "protocol": "udp"}],
        }
    },
    "tags": {"System": "shop"},
    "targets": {"web": {"target_group_arn": TARGET, "container_port": 9000}},
    "task": {"cpu": 1024, "memory_mb": 2048, "architecture": "X86_64", "scratch_gb": 50},
    "tracing": "adot",
}
BLUE_GREEN = {"deployment": {"type": "blue_green"}, "targets": {"web": {"target_group_arn": TARGET}}}


@pytest.fixture(scope="module")
def plain(plan_module):
    """What a caller gets who says only what must be said."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


@pytest.fixture(scope="module")
def blue_green(plan_module):
    """The service whose tasks CodeDeploy exchanges."""
    return plan_module(MODULE, **(REQUIRED | BLUE_GREEN))


def values(plan, address):
    return plan.resources[address]["values"]


def service(plan, kind="rolling"):
    return values(plan, f"aws_ecs_service.{kind}[0]")


def containers(plan):
    """The containers of the task, by name."""
    definitions = json.loads(values(plan, "aws_ecs_task_definition.this")["container_definitions"])
    return {definition["name"]: definition for definition in definitions}


def test_the_root_is_read_only_and_no_shell_is_open(plain):
    assert containers(plain)["app"]["readonlyRootFilesystem"] is True
    assert service(plain)["enable_execute_command"] is False


def test_the_tasks_have_no_public_address_and_stand_in_the_callers_network(plain):
    (network,) = service(plain)["network_configuration"]
    assert network["assign_public_ip"] is False
    assert (sorted(network["subnets"]), network["security_groups"]) == (["subnet-1", "subnet-2"], ["sg-1"])


def test_a_failing_deployment_goes_back_by_itself(plain):
    assert service(plain)["deployment_circuit_breaker"] == [{"enable": True, "rollback": True}]
    assert service(plain)["deployment_minimum_healthy_percent"] == 100
    assert service(plain)["deployment_maximum_percent"] == 200
    assert service(plain)["availability_zone_rebalancing"] == "ENABLED"


def test_the_image_is_the_repository_with_the_tag_that_the_parameter_holds(plain):
    parameter = values(plain, "aws_ssm_parameter.image_tag")
    assert (parameter["name"], parameter["insecure_value"]) == ("/acme-shop/image-tag", "initial")
    assert (
        containers(plain)["app"]["image"] == "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/shop:initial"
    )


def test_a_pinned_tag_runs_whatever_the_parameter_holds(plan_module):
    pinned = plan_module(MODULE, **(REQUIRED | {"pinned_image_tag": "v7"}))
    assert containers(pinned)["app"]["image"].endswith("/acme/shop:v7")
    assert values(pinned, "aws_ssm_parameter.image_tag")["insecure_value"] == "initial"


def test_the_task_is_small_and_writes_its_log_where_it_is_kept(plain):
    task = values(plain, "aws_ecs_task_definition.this")
    assert (task["cpu"], task["memory"], task["network_mode"]) == ("256", "512", "awsvpc")
    assert task["runtime_platform"] == [{"cpu_architecture": "ARM64", "operating_system_family": "LINUX"}]
    assert (task["execution_role_arn"], task["task_role_arn"]) == (EXECUTION, ROLE)
    options = containers(plain)["app"]["logConfiguration"]["options"]
    assert (options["awslogs-group"], options["mode"]) == ("/aws/ecs/acme-shop", "non-blocking")
    assert values(plain, "aws_cloudwatch_log_group.this")["retention_in_days"] == 30


def test_traces_leave_by_a_sidecar_that_may_fail(plain):
    sidecar = containers(plain)["xray"]
    assert (sidecar["essential"], sidecar["readonlyRootFilesystem"]) == (False, True)
    assert sidecar["portMappings"] == [{"containerPort": 2000, "hostPort": 2000, "protocol": "udp"}]


def test_two_to_ten_tasks_run_by_processor_and_memory(plain):
    target = values(plain, "aws_appautoscaling_target.this")
    assert (target["min_capacity"], target["max_capacity"]) == (2, 10)
    assert target["resource_id"] == "service/acme/acme-shop"
    policies = {key: values(plain, f'aws_appautoscaling_policy.this["{key}"]') for key in ("cpu", "memory")}
    targets = {
        key: policy["target_tracking_scaling_policy_configuration"][0]["target_value"]
        for key, policy in policies.items()
    }
    assert targets == {"cpu": 70, "memory": 80}
    assert 'aws_appautoscaling_policy.this["requests"]' not in plain.resources


def test_each_input_reaches_the_service(full):
    found = service(full)
    assert (found["name"], found["cluster"], found["desired_count"]) == (
        "acme-shop",
        REQUIRED["cluster"]["arn"],
        1,
    )
    assert (found["enable_execute_command"], found["health_check_grace_period_seconds"]) == (True, 120)
    assert found["deployment_circuit_breaker"] == [{"enable": False, "rollback": False}]
    assert (found["deployment_minimum_healthy_percent"], found["deployment_maximum_percent"]) == (50, 100)
    assert found["availability_zone_rebalancing"] == "DISABLED"
    (alarms,) = found["alarms"]
    assert (alarms["alarm_names"], alarms["enable"], alarms["rollback"]) == (["shop-5xx"], True, True)
    assert found["network_configuration"][0]["assign_public_ip"] is True
    assert found["service_registries"][0]["registry_arn"] == REGISTRY
    (balancer,) = found["load_balancer"]
    assert (balancer["target_group_arn"], balancer["container_name"], balancer["container_port"]) == (
        TARGET,
        "app",
        9000,
    )
    mix = {
        row["capacity_provider"]: (row["base"], row["weight"]) for row in found["capacity_provider_strategy"]
    }
    assert mix == {"FARGATE": (1, 0), "FARGATE_SPOT": (0, 3)}
    assert found["tags"] == {"System": "shop"}


def test_each_input_reaches_the_container(full):
    app = containers(full)["app"]
    assert app["image"].endswith("/acme/shop:v1")
    assert (app["command"], app["user"], app["stopTimeout"]) == (["serve"], "1000", 60)
    assert app["readonlyRootFilesystem"] is False
    assert app["environment"] == [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    assert app["secrets"] == [{"name": "DATABASE_URL", "valueFrom": SECRET}]
    assert app["healthCheck"]["command"] == ["CMD-SHELL", "curl -f localhost"]


def test_scratch_folders_and_those_of_the_shell_agent_are_volumes(full):
    paths = {mount["containerPath"] for mount in containers(full)["app"]["mountPoints"]}
    volumes = {volume["name"] for volume in values(full, "aws_ecs_task_definition.this")["volume"]}
    assert paths == {"/tmp", "/var/lib/amazon", "/var/log/amazon"}
    assert volumes == {"tmp", "var-lib-amazon", "var-log-amazon"}


def test_sidecars_run_beside_the_application(full):
    found = containers(full)
    assert found.keys() == {"app", "proxy", "adot"}
    proxy = found["proxy"]
    assert (proxy["image"], proxy["command"], proxy["essential"]) == ("envoy:1", ["run"], True)
    assert (proxy["cpu"], proxy["memoryReservation"]) == (64, 256)
    assert proxy["environment"] == [{"name": "MODE", "value": "x"}]
    assert proxy["portMappings"] == [{"containerPort": 9901, "hostPort": 9901, "protocol": "udp"}]


def test_each_input_reaches_task_and_log(full):
    task = values(full, "aws_ecs_task_definition.this")
    assert (task["cpu"], task["memory"]) == ("1024", "2048")
    assert task["runtime_platform"][0]["cpu_architecture"] == "X86_64"
    assert task["ephemeral_storage"] == [{"size_in_gib": 50}]
    group = values(full, "aws_cloudwatch_log_group.this")
    assert (group["kms_key_id"], group["retention_in_days"], group["tags"]) == (
        LOG_KEY,
        365,
        {"System": "shop"},
    )


def tracking(plan, key):
    policy = values(plan, f'aws_appautoscaling_policy.this["{key}"]')
    return policy["target_tracking_scaling_policy_configuration"][0]


def test_each_input_reaches_the_scaling(full):
    cpu, memory, requests = (tracking(full, key) for key in ("cpu", "memory", "requests"))
    assert (cpu["target_value"], cpu["scale_in_cooldown"], cpu["scale_out_cooldown"]) == (50, 100, 20)
    assert (memory["target_value"], requests["target_value"]) == (90, 500)
    assert requests["predefined_metric_specification"] == [
        {"predefined_metric_type": "ALBRequestCountPerTarget", "resource_label": "app/a/1/targetgroup/b/2"}
    ]


def test_at_night_the_bounds_are_others(full):
    night = values(full, 'aws_appautoscaling_scheduled_action.this["night"]')
    assert (night["schedule"], night["timezone"]) == ("cron(0 20 * * ? *)", "Europe/Berlin")
    assert night["scalable_target_action"] == [{"max_capacity": "0", "min_capacity": "0"}]


def test_a_fixed_number_has_no_policy(plan_module):
    night = {"expression": "cron(0 20 * * ? *)", "minimum": 0, "maximum": 0}
    plan = plan_module(
        MODULE,
        **REQUIRED,
        scaling={"minimum": 2, "maximum": 2, "schedules": {"night": night}},
        sidecars={"proxy": {"image": "envoy:1"}},
    )
    assert values(plan, 'aws_appautoscaling_scheduled_action.this["night"]')["timezone"] == "UTC"
    assert (containers(plan)["proxy"]["cpu"], containers(plan)["proxy"]["essential"]) == (32, False)
    assert not [address for address in plan.resources if address.startswith("aws_appautoscaling_policy")]


def test_codedeploy_exchanges_the_tasks_of_a_blue_green_service(blue_green):
    found = service(blue_green, "blue_green")
    assert found["deployment_controller"] == [{"type": "CODE_DEPLOY"}]
    assert found["deployment_circuit_breaker"] == []
    assert found["load_balancer"][0]["container_port"] == 8000
    assert "aws_ecs_service.rolling[0]" not in blue_green.resources
    assert blue_green.outputs["name"] == "acme-shop"


def test_removing_a_schedule_touches_nothing_else(plan_module, full):
    morning = {"morning": FULL["scaling"]["schedules"]["morning"]}
    after = plan_module(MODULE, **(FULL | {"scaling": FULL["scaling"] | {"schedules": morning}}))
    assert set(full.resources) - set(after.resources) == {'aws_appautoscaling_scheduled_action.this["night"]'}


def test_outputs(full):
    assert full.outputs["name"] == "acme-shop"
    assert (full.outputs["container_name"], full.outputs["container_port"]) == ("app", 8000)
    assert full.outputs["image_tag_parameter_name"] == "/acme-shop/image-tag"
    assert full.outputs["log_group_name"] == "/aws/ecs/acme-shop"
    assert full.outputs["scaling_resource_id"] == "service/acme/acme-shop"
    outputs = full.configuration["root_module"]["outputs"]
    assert outputs["task_definition_arn"]["expression"]["references"][0] == "aws_ecs_task_definition.this.arn"
