"""A map without entries makes nothing and breaks nothing; each of several entries makes one of its own, under its own key.

Here stand the cases that no other test of a module has: `invoke test --coverage` names what is still missing.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
CERTIFICATE = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
BALANCERS = f"arn:aws:elasticloadbalancing:us-east-1:{ACCOUNT}:loadbalancer"
FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:rotate"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
NAMED = {"name": "acme"}
OWNED = NAMED | {"account_id": ACCOUNT}
IN_VPC = NAMED | {"vpc_id": "vpc-0123456789abcdef0"}
BALANCER = IN_VPC | {
    "access_logs": {"bucket_name": "acme-logs", "prefix": "shop"},
    "certificate_arn": CERTIFICATE,
    "security_group_ids": ["sg-0123456789abcdef0"],
    "subnet_ids": {"us-east-1a": "subnet-0123456789abcdef0", "us-east-1b": "subnet-0123456789abcdef1"},
}

NONE: dict[str, tuple[dict[str, Any], *tuple[str, ...]]] = {
    "compute/container-registry": (NAMED | {"repositories": {}}, "aws_ecr_"),
    "compute/http-api": (
        NAMED | {"integrations": {}, "routes": {}},
        "aws_apigatewayv2_integration",
        "aws_apigatewayv2_route",
    ),
    "messaging/ses": (NAMED | {"identities": {}}, "aws_sesv2_email_identity"),
    "messaging/sns": (NAMED | {"kms_key_arn": KEY, "topics": {}}, "aws_sns_"),
    "messaging/sqs": (NAMED | {"queues": {}}, "aws_sqs_"),
    "monitoring/alarms": (NAMED | {"alarms": {}}, "aws_cloudwatch_"),
    "monitoring/budget": (OWNED | {"budgets": {}, "email_addresses": ["a@example.com"]}, "aws_budgets_"),
    "monitoring/log-group": (NAMED | {"log_groups": {}}, "aws_cloudwatch_"),
    "monitoring/queries": (NAMED | {"queries": {}}, "aws_cloudwatch_"),
    "networking/load-balancer": (BALANCER, "aws_lb_target_group", "aws_lb_listener_rule"),
    "networking/service-discovery": (
        IN_VPC | {"namespace": "shop.internal", "services": {}},
        "aws_service_discovery_service",
    ),
    "networking/subnets": (IN_VPC | {"vpc_cidr_block": "10.20.0.0/16", "tiers": {}}, "aws_"),
    "patterns/delivery-pipeline": (
        OWNED
        | {
            "access_log": {"bucket_name": "acme-logs"},
            "kms_key_arn": KEY,
            "source_repository": {"name": "acme/shop"},
            "projects": {},
            "stages": [{"name": "Ask", "actions": [{"kind": "approve", "name": "Person"}]}],
        },
        "module.project",
    ),
    "patterns/event-function": (OWNED | {"functions": {}}, "module.function"),
    "patterns/serverless-api": (
        OWNED
        | {
            "authorizer": {"type": "iam"},
            "functions": {},
            "openapi": json.dumps(
                {
                    "openapi": "3.0.3",
                    "info": {"title": "x", "version": "1"},
                    "paths": {"/": {"options": {"x-amazon-apigateway-integration": {"type": "mock"}}}},
                }
            ),
        },
        "module.function",
    ),
    "patterns/storage-layer": (
        OWNED | {"access_log": None, "tables": {}, "buckets": {}},
        "module",
    ),
    "security/ci-access": (
        OWNED
        | {
            "apply_policy_arns": {},
            "github_environment": "dev",
            "plan_policy_arns": {},
            "identity_provider": {"arn": PROVIDER},
            "repository": "acme/infrastructure",
            "states": {"us-east-1": {"bucket_name": "acme-tfstate", "kms_alias": "alias/acme-tfstate"}},
        },
        "aws_iam_role_policy_attachment",
    ),
    "security/config-recorder": (OWNED | {"bucket_name": "acme-logs", "rules": {}}, "aws_config_config_rule"),
    "security/guardduty": (NAMED | {"features": {}}, "aws_guardduty_detector_feature"),
    "security/iam-policy": (NAMED | {"policies": {}}, "aws_iam_"),
    "security/iam-role": (NAMED | {"roles": {}}, "aws_iam_"),
    "security/kms-key": (OWNED | {"keys": {}}, "aws_kms_"),
    "security/nacl": (IN_VPC | {"acls": {}}, "aws_network_acl"),
    "security/secret": (NAMED | {"secrets": {}}, "aws_"),
    "security/security-group": (IN_VPC | {"groups": {}}, "aws_"),
}
"""What to plan, and how the addresses begin of which there is none then."""


def role(**more: object) -> dict[str, object]:
    statement = {
        "Read": {
            "actions": ["dynamodb:GetItem"],
            "resources": [f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/a"],
        }
    }
    return {
        "trust": {"services": ["ec2.amazonaws.com"]},
        "instance_profile": True,
        "managed_policy_arns": {"read": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
        "statements": statement,
        **more,
    }


def secret(**more: object) -> dict[str, object]:
    return {
        "description": "Opens the partner",
        "reader_arns": [f"arn:aws:iam::{ACCOUNT}:role/app"],
        "rotation": {"function_arn": FUNCTION},
        **more,
    }


def replica(region: str) -> dict[str, object]:
    return {
        "description": "Copy",
        "replica_of": {"arn": f"arn:aws:kms:{region}:{ACCOUNT}:key/mrk-{'1' * 32}"},
    }


PAIR = ("a", "b")
OPERATION = {"responses": {}, "x-amazon-apigateway-integration": {"type": "mock"}}
SEVERAL: dict[str, tuple[dict[str, Any], dict[str, tuple[str, ...]]]] = {
    "compute/api-gateway": (
        NAMED
        | {
            "method_throttling": {f"GET /{key}": {"rate": 5, "burst": 6} for key in PAIR},
            "openapi": json.dumps(
                {
                    "openapi": "3.0.3",
                    "info": {"title": "x", "version": "1"},
                    "paths": {f"/{key}": {"get": OPERATION} for key in PAIR},
                }
            ),
            "public_operations": [f"GET /{key}" for key in PAIR],
            "vpc_links": {key: f"{BALANCERS}/net/{key}/0a1b2c3d4e5f6000" for key in PAIR},
        },
        {
            "aws_api_gateway_method_settings.one": ("GET /a", "GET /b"),
            "aws_api_gateway_vpc_link.this": PAIR,
        },
    ),
    "monitoring/xray": (
        NAMED
        | {"sampling_rules": {key: {"fixed_rate": 0.5, "priority": at} for at, key in enumerate(PAIR, 100)}},
        {"aws_xray_sampling_rule.this": PAIR},
    ),
    "networking/load-balancer": (
        BALANCER
        | {
            "rules": {
                key: {
                    "priority": at,
                    "paths": ["/*"],
                    "forward": {"api": 1},
                    "weights_moved_by_releases": at > 2,
                }
                for at, key in enumerate("abcd", 1)
            },
            "target_groups": {"api": {"port": 8000}},
        },
        {"aws_lb_listener_rule.this": PAIR, "aws_lb_listener_rule.released": ("c", "d")},
    ),
    "security/cognito": (
        NAMED
        | {
            "clients": {key: {"callback_urls": [f"https://{key}.example/in"]} for key in PAIR},
            "groups": {key: {"description": key, "precedence": at} for at, key in enumerate(PAIR)},
            "resource_servers": {key: {"identifier": key, "scopes": {"read": "See"}} for key in PAIR},
        },
        {
            "aws_cognito_resource_server.this": PAIR,
            "aws_cognito_user_group.this": PAIR,
            "aws_cognito_user_pool_client.this": PAIR,
        },
    ),
    "security/iam-role": (
        NAMED | {"roles": {key: role() for key in PAIR}},
        {
            "aws_iam_instance_profile.this": PAIR,
            "aws_iam_role_policy.this": PAIR,
            "aws_iam_role_policy_attachment.managed": ("a/read", "b/read"),
        },
    ),
    "security/kms-key": (
        OWNED | {"keys": {"a": replica("us-west-2"), "b": replica("eu-west-1")}},
        {"aws_kms_replica_key.this": PAIR},
    ),
    "security/secret": (
        NAMED
        | {
            "administrator_arns": [f"arn:aws:iam::{ACCOUNT}:role/apply"],
            "parameters": {
                "p/a": {"value": "1"},
                "p/b": {"value": "2"},
                "s/a": {"secret": "a"},
                "s/b": {"secret": "b"},
            },
            "secrets": {key: secret(generate={}) for key in PAIR},
        },
        {
            "aws_secretsmanager_secret_policy.this": PAIR,
            "aws_secretsmanager_secret_rotation.this": PAIR,
            "aws_ssm_parameter.plain": ("p/a", "p/b"),
            "aws_ssm_parameter.secret": ("s/a", "s/b"),
        },
    ),
    "security/shield": (
        NAMED
        | {
            "bought": True,
            "resources": {
                key: {
                    "arn": f"arn:aws:cloudfront::{ACCOUNT}:distribution/{key.upper()}",
                    "automatic_response": "count",
                    "health_check": {"arn": f"arn:aws:route53:::healthcheck/{key}"},
                }
                for key in PAIR
            },
        },
        {
            "aws_shield_application_layer_automatic_response.this": PAIR,
            "aws_shield_protection_health_check_association.this": PAIR,
        },
    ),
    "storage/athena": (
        OWNED
        | {
            "queries": {key: {"sql": "SELECT 1", "description": key} for key in PAIR},
            "results": {"bucket_name": "acme-results"},
        },
        {"aws_athena_named_query.this": PAIR},
    ),
    "storage/backup": (
        NAMED
        | {
            "kms_key_arn": KEY,
            "plans": {
                key: {
                    "selected_by_tags": {"Backup": key},
                    "rules": {"daily": {"schedule": "cron(0 3 * * ? *)", "keep_days": 35}},
                }
                for key in PAIR
            },
        },
        {"aws_backup_plan.this": PAIR, "aws_backup_selection.this": PAIR},
    ),
}
"""What to plan, and the keys of each resource then."""


def keys(plan, prefix: str) -> list[str]:
    """The keys of all instances whose address begins like that."""
    addresses = [address for address in (*plan.resources, *plan.modules) if address.startswith(prefix)]
    return sorted(address.partition("[")[2].strip('"]') for address in addresses)


@pytest.mark.parametrize("module", sorted({*NONE, *SEVERAL}))
def test_as_many_are_made_as_there_are_entries(module, plan_module):
    if module in NONE:
        given, *prefixes = NONE[module]
        plan = plan_module(module, **given)
        assert {prefix: keys(plan, prefix) for prefix in prefixes} == {prefix: [] for prefix in prefixes}
    if module in SEVERAL:
        given, expected = SEVERAL[module]
        plan = plan_module(module, **given)
        assert {block: keys(plan, f"{block}[") for block in expected} == {
            block: list(found) for block, found in expected.items()
        }
