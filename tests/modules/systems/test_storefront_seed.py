"""storefront as its seed describes it: zones and ACLs, images and traces, WAF on both ways in, logs that can be asked."""

import json

import pytest

from tests.unit_values import everything, unit_at, values_of

ENVIRONMENTS = ("dev", "staging", "prod")
SERVICES = ("cart", "checkout", "product")


@pytest.fixture(scope="module")
def planned(plan_module):
    """Plan a unit of storefront with the values of its own files, once."""
    kept = {}

    def plan(environment, unit):
        path = f"{environment}/us-east-1/storefront/{unit}"
        if path not in kept:
            kept[path] = plan_module(unit_at(path).module.removeprefix("modules/"), **values_of(path))
        return kept[path]

    return plan


def of_type(plan, kind):
    """Planned values of one type, by address."""
    return {address: values for address, values in everything(plan).items() if f".{kind}." in f".{address}"}


def only(plan, kind):
    (found,) = of_type(plan, kind).values()
    return found


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_network_has_public_and_private_subnets_in_two_zones(planned, environment):
    subnets = of_type(planned(environment, "network"), "aws_subnet").values()
    assert {(subnet["tags"]["Tier"], subnet["availability_zone"]) for subnet in subnets} == {
        (tier, f"us-east-1{zone}") for tier in ("public", "private") for zone in "ab"
    }
    assert len(of_type(planned(environment, "network"), "aws_internet_gateway")) == 1


def test_each_zone_has_its_own_nat_gateway_but_in_dev(planned):
    counts = {name: len(of_type(planned(name, "network"), "aws_nat_gateway")) for name in ENVIRONMENTS}
    assert counts == {"dev": 1, "staging": 2, "prod": 2}


def test_each_tier_has_an_acl_and_the_private_one_shuts_what_listens_there(planned):
    plan = planned("prod", "network")
    acls = {address.split('"')[1] for address in of_type(plan, "aws_network_acl")}
    assert acls == {"private", "public"}
    denied = {
        rule["from_port"]: rule["rule_number"]
        for rule in of_type(plan, "aws_network_acl_rule").values()
        if rule["rule_action"] == "deny" and not rule["egress"]
    }
    answers = next(
        rule
        for address, rule in of_type(plan, "aws_network_acl_rule").items()
        if "private/ingress/answers" in address
    )
    assert denied.keys() == {5432, 8080}
    assert max(denied.values()) < answers["rule_number"]


def test_each_service_has_a_repository_whose_tags_never_move(planned):
    found = of_type(planned("prod", "registry"), "aws_ecr_repository").values()
    assert {image["name"] for image in found} == {f"acme-prod-storefront/{service}" for service in SERVICES}
    assert {image["image_tag_mutability"] for image in found} == {"IMMUTABLE"}
    assert all(image["image_scanning_configuration"][0]["scan_on_push"] for image in found)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_runs_its_own_image_beside_an_x_ray_daemon(planned, service):
    plan = planned("prod", f"services-{service}")
    task = only(plan, "aws_ecs_task_definition")
    containers = {found["name"]: found for found in json.loads(task["container_definitions"])}
    assert task["requires_compatibilities"] == ["FARGATE"]
    assert containers.keys() == {"app", "xray"}
    assert f"/{service}:" in containers["app"]["image"]
    assert ".dkr.ecr." in containers["app"]["image"]
    assert containers["xray"]["portMappings"][0]["containerPort"] == 2000


def test_services_know_no_password_and_sign_in_with_their_role(planned):
    plan = planned("prod", "services-cart")
    (app, _) = json.loads(only(plan, "aws_ecs_task_definition")["container_definitions"])
    assert app["secrets"] == []
    policies = [
        json.loads(policy["policy"])
        for policy in of_type(plan, "aws_iam_role_policy").values()
        if policy["policy"]
    ]
    statements = [statement for policy in policies for statement in policy["Statement"]]
    (sign_in,) = [statement for statement in statements if statement["Action"] == "rds-db:connect"]
    assert sign_in["Resource"].endswith(":dbuser:prx-00000000000000000/storefront")
    assert "GetSecretValue" not in json.dumps(statements)


@pytest.mark.parametrize(
    ("service", "path"), [("product", "/products*"), ("cart", "/cart*"), ("checkout", "/checkout*")]
)
def test_requests_come_to_a_service_by_the_apis_name_and_a_path_of_its_own(planned, service, path):
    rule = only(planned("prod", f"services-{service}"), "aws_lb_listener_rule")
    values = {
        kind: condition[kind][0]["values"]
        for condition in rule["condition"]
        for kind in ("host_header", "path_pattern")
        if condition[kind]
    }
    assert values == {"host_header": ["api.mock.example.com"], "path_pattern": [path]}


def test_the_load_balancer_is_public_guarded_and_recorded(planned):
    plan = planned("prod", "load-balancer")
    balancer = only(plan, "aws_lb")
    assert (balancer["internal"], balancer["enable_deletion_protection"]) == (False, True)
    assert balancer["access_logs"][0]["prefix"] == "storefront"
    assert len(of_type(plan, "aws_wafv2_web_acl_association")) == 1
    listeners = {found["port"]: found["protocol"] for found in of_type(plan, "aws_lb_listener").values()}
    assert listeners == {80: "HTTP", 443: "HTTPS"}


def test_both_ways_in_are_guarded_and_only_prod_turns_away(planned):
    for unit, scope in (("waf", "REGIONAL"), ("waf-edge", "CLOUDFRONT")):
        acl = only(planned("prod", unit), "aws_wafv2_web_acl")
        assert acl["scope"] == scope
        assert any(rule["action"] and rule["action"][0]["block"] for rule in acl["rule"])
        # What count_only makes of a rule is the module's own test: such a plan takes four seconds.
        counts = {
            name: values_of(f"{name}/us-east-1/storefront/{unit}").get("count_only") for name in ENVIRONMENTS
        }
        assert counts == {"dev": True, "staging": True, "prod": None}


def test_the_database_fails_over_where_customers_are(planned):
    found = {name: only(planned(name, "database"), "aws_db_instance") for name in ENVIRONMENTS}
    assert {name: instance["multi_az"] for name, instance in found.items()} == {
        "dev": False,
        "staging": True,
        "prod": True,
    }
    assert {name: instance["backup_retention_period"] for name, instance in found.items()} == {
        "dev": 3,
        "staging": 7,
        "prod": 35,
    }
    assert [name for name, instance in found.items() if instance["deletion_protection"]] == ["prod"]


def test_the_proxy_takes_no_password_from_a_client(planned):
    (way,) = only(planned("prod", "proxy"), "aws_db_proxy")["auth"]
    assert (way["iam_auth"], only(planned("prod", "proxy"), "aws_db_proxy")["require_tls"]) == (
        "REQUIRED",
        True,
    )


def test_pages_come_from_a_closed_bucket_by_the_shops_names(planned):
    distribution = only(planned("prod", "frontend"), "aws_cloudfront_distribution")
    assert sorted(distribution["aliases"]) == ["mock.example.com", "www.mock.example.com"]
    assert distribution["web_acl_id"]
    assert len(of_type(planned("prod", "frontend"), "aws_cloudfront_origin_access_control")) == 1
    assert len(of_type(planned("prod", "frontend"), "aws_cloudwatch_log_delivery")) == 1


def test_the_shops_names_lead_to_cloudfront_and_the_apis_to_the_load_balancer(planned):
    found = {
        (record["name"], record["type"]): record["alias"][0]["name"]
        for record in of_type(planned("prod", "dns-records"), "aws_route53_record").values()
    }
    site, api = "dmock.cloudfront.net", "mock.us-east-1.elb.amazonaws.com"
    assert found == {
        ("mock.example.com", "A"): site,
        ("mock.example.com", "AAAA"): site,
        ("www.mock.example.com", "A"): site,
        ("www.mock.example.com", "AAAA"): site,
        ("api.mock.example.com", "A"): api,
    }


def test_requests_to_the_load_balancer_and_cloudfront_can_be_asked_by_day(planned):
    plan = planned("prod", "logs")
    tables = {
        found["name"]: found["parameters"] for found in of_type(plan, "aws_glue_catalog_table").values()
    }
    assert tables.keys() == {"requests", "pages"}
    assert {parameters["projection.enabled"] for parameters in tables.values()} == {"true"}
    assert "/storefront/AWSLogs/" in tables["requests"]["storage.location.template"]
    assert "/cloudfront/acme-prod-storefront/EMOCK/" in tables["pages"]["storage.location.template"]


def test_a_change_goes_through_build_approval_and_deployment_in_this_order(planned):
    pipeline = only(planned("prod", "pipeline"), "aws_codepipeline")
    stages = {
        stage["name"]: [(action.get("run_order"), action["name"]) for action in stage["action"]]
        for stage in pipeline["stage"]
    }
    assert stages == {
        "Source": [(None, "Source")],
        "Build": [(1, f"image-{service}") for service in SERVICES] + [(1, "pages"), (1, "validate")],
        "Approve": [(1, "plan"), (2, "read-the-plan")],
        "Deploy": [(1, "apply"), (2, "pages"), (3, "invalidate")],
    }
    (push,) = pipeline["trigger"][0]["git_configuration"][0]["push"]
    assert push["branches"][0]["includes"] == ["release"]


def test_people_hear_of_a_release_that_ended_well_or_badly(planned):
    rule = only(planned("prod", "pipeline"), "aws_codestarnotifications_notification_rule")
    assert {event.rpartition("-")[2] for event in rule["event_type_ids"]} == {"needed", "failed", "succeeded"}


def test_a_release_reaches_services_and_nothing_else(planned):
    """Whoever takes over the repository must not reach the network, the database or a policy by it."""
    policies = of_type(planned("prod", "pipeline"), "aws_iam_role_policy")
    document = json.loads(policies['module.roles.aws_iam_role_policy.this["apply"]']["policy"])
    actions = {
        action
        for statement in document["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    writing = {
        action
        for action in actions
        if not action.split(":")[1].startswith(("Batch", "Describe", "Get", "List", "Decrypt", "Generate"))
    }
    assert {action.split(":")[0] for action in writing} == {"ecs", "iam", "kms", "logs", "s3", "ssm"}
    assert {action for action in writing if action.startswith(("iam:", "ecs:"))} == {
        "ecs:DeregisterTaskDefinition",
        "ecs:RegisterTaskDefinition",
        "ecs:TagResource",
        "ecs:UpdateService",
        "iam:PassRole",
    }


def test_one_alarm_says_that_nobody_can_buy(planned):
    plan = planned("prod", "monitoring")
    (composite,) = of_type(plan, "aws_cloudwatch_composite_alarm").values()
    assert "acme-prod-storefront-api-5xx-share" in composite["alarm_rule"]
    assert "acme-prod-storefront-pages-5xx" in composite["alarm_rule"]
    assert composite["alarm_actions"]


def test_the_dashboard_shows_every_service_the_database_and_the_edge(planned):
    body = json.loads(only(planned("prod", "monitoring"), "aws_cloudwatch_dashboard")["dashboard_body"])
    text = json.dumps(body)
    assert [
        name
        for name in ("mock-product", "mock-cart", "mock-checkout", "mock-database", "EMOCK")
        if name not in text
    ] == []
