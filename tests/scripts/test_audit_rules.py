"""Our own rules find what they are for, once, and leave alone what is in order."""

from __future__ import annotations

import json

import pytest

from scripts.audit.policies import statements
from scripts.audit.rules import TAGS, breaches
from scripts.plans.planned_resources import Resource, Values

UNIT = "live/dev/us-east-1/shop/all"


def resource(kind: str, **values: object) -> Resource:
    return Resource(UNIT, f"{kind}.this", kind, Values(values))


def policy(**statement: object) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", "Resource": ["arn:aws:s3:::a/*"], **statement}]})


def ingress(cidr: str, first: int | None, last: int | None) -> Resource:
    return resource(
        "aws_vpc_security_group_ingress_rule",
        cidr_ipv4=cidr,
        from_port=first,
        to_port=last,
        ip_protocol="tcp",
    )


def acl(cidr: str, first: int, last: int, **more: object) -> Resource:
    values = {
        "rule_action": "allow",
        "protocol": "6",
        "cidr_block": cidr,
        "from_port": first,
        "to_port": last,
    }
    return resource("aws_network_acl_rule", **(values | more))


def listener(kind: str) -> Resource:
    return resource("aws_lb_listener", protocol="HTTP", default_action=[{"type": kind}])


def web_acl(group: str) -> Resource:
    named = {"managed_rule_group_statement": [{"name": group}]}
    return resource("aws_wafv2_web_acl", rule=[{"statement": [named]}])


EVERY_TAG = dict.fromkeys(TAGS, "x")


@pytest.mark.parametrize(
    ("found", "rule"),
    [
        pytest.param(ingress("0.0.0.0/0", 22, 22), "public-ingress", id="ssh for everybody"),
        pytest.param(ingress("0.0.0.0/0", 80, 443), "public-ingress", id="a range that begins at 80"),
        pytest.param(ingress("0.0.0.0/0", None, None), "public-ingress", id="every port for everybody"),
        pytest.param(
            resource(
                "aws_security_group",
                ingress=[{"ipv6_cidr_blocks": ["::/0"], "from_port": 5432, "to_port": 5432}],
            ),
            "public-ingress",
            id="an in-line rule by IPv6",
        ),
        pytest.param(
            resource(
                "aws_security_group_rule",
                type="ingress",
                cidr_blocks=["0.0.0.0/0"],
                from_port=5432,
                to_port=5432,
            ),
            "public-ingress",
            id="an old-style rule",
        ),
        pytest.param(acl("0.0.0.0/0", 22, 22), "open-acl-port", id="ssh through an ACL"),
        pytest.param(acl("0.0.0.0/0", 0, 65535), "open-acl-port", id="an ACL open from 0"),
        pytest.param(acl("0.0.0.0/0", 0, 0, protocol="-1"), "open-acl-port", id="an ACL open for all"),
        pytest.param(resource("aws_network_acl", subnet_ids=[]), "loose-acl", id="an ACL without a subnet"),
        pytest.param(
            resource("aws_iam_policy", policy=policy(Action="s3:*")),
            "wildcard-action",
            id="every action of a service",
        ),
        pytest.param(
            resource("aws_iam_role_policy", policy=policy(Action=["*"])), "wildcard-action", id="every action"
        ),
        pytest.param(
            resource("aws_iam_policy", policy=policy(Action="s3:GetObject", Resource="*")),
            "wildcard-resource",
            id="an action on everything",
        ),
        pytest.param(
            resource("aws_s3_bucket", tags_all={**EVERY_TAG, "Owner": ""}), "missing-tags", id="no owner"
        ),
        pytest.param(
            resource("aws_db_instance", storage_encrypted=False), "unencrypted", id="an open database"
        ),
        pytest.param(resource("aws_sqs_queue"), "unencrypted", id="an open queue"),
        pytest.param(
            resource("aws_opensearch_domain", encrypt_at_rest=[{"enabled": True}]),
            "unencrypted",
            id="open nodes",
        ),
        pytest.param(
            resource(
                "aws_elasticache_replication_group",
                at_rest_encryption_enabled="true",
                transit_encryption_enabled=False,
            ),
            "unencrypted",
            id="a cache without TLS",
        ),
        pytest.param(
            resource("aws_db_instance", storage_encrypted=True, publicly_accessible=True),
            "public-access",
            id="a public database",
        ),
        pytest.param(
            resource("aws_s3_bucket_public_access_block", block_public_acls=True),
            "public-access",
            id="half a block",
        ),
        pytest.param(
            resource("aws_lambda_function_url", authorization_type="NONE"),
            "public-access",
            id="an open function",
        ),
        pytest.param(
            resource("aws_ecs_service", network_configuration=[{"assign_public_ip": True}]),
            "public-access",
            id="tasks with public addresses",
        ),
        pytest.param(
            resource("aws_sqs_queue_policy", policy=policy(Principal={"AWS": "*"}, Action="sqs:SendMessage")),
            "public-access",
            id="a queue for everybody",
        ),
        pytest.param(listener("forward"), "plain-http", id="served in the open"),
        pytest.param(
            web_acl("AWSManagedRulesCommonRuleSet"), "known-bad-inputs", id="a web ACL without Log4j"
        ),
        pytest.param(
            resource("aws_ssm_parameter", type="String", name="/shop/db_password"),
            "plain-secret",
            id="a plain secret",
        ),
    ],
)
def test_a_resource_that_breaks_a_rule_is_found_once(found, rule) -> None:
    assert [(breach.rule, breach.address) for breach in breaches([found])] == [(rule, f"{found.type}.this")]


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(ingress("0.0.0.0/0", 443, 443), id="the web for everybody"),
        pytest.param(ingress("10.0.0.0/8", 22, 22), id="ssh for a network"),
        pytest.param(acl("0.0.0.0/0", 1024, 65535), id="answers through an ACL"),
        pytest.param(acl("0.0.0.0/0", 22, 22, egress=True), id="out through an ACL"),
        pytest.param(acl("0.0.0.0/0", 22, 22, rule_action="deny"), id="a refusal"),
        pytest.param(resource("aws_network_acl"), id="subnets that are known later"),
        pytest.param(resource("aws_iam_policy", policy=policy(Action="s3:GetObject")), id="a named resource"),
        pytest.param(
            resource("aws_iam_policy", policy=policy(Action="xray:PutTraceSegments", Resource="*")),
            id="an action that knows no resource",
        ),
        pytest.param(
            resource("aws_iam_policy", policy=policy(Effect="Deny", Action="*", Resource="*")), id="a denial"
        ),
        pytest.param(resource("aws_iam_policy"), id="a policy that is known later"),
        pytest.param(resource("aws_s3_bucket", tags_all=EVERY_TAG), id="every tag"),
        pytest.param(resource("aws_route_table_association"), id="nothing that takes tags"),
        pytest.param(resource("aws_sqs_queue", sqs_managed_sse_enabled=True), id="a queue with SQS's key"),
        pytest.param(
            resource(
                "aws_s3_bucket_policy",
                policy=policy(Principal="*", Action="s3:GetObject", Condition={"StringEquals": {"a": "b"}}),
            ),
            id="a condition",
        ),
        pytest.param(listener("redirect"), id="a redirect"),
        pytest.param(web_acl("AWSManagedRulesKnownBadInputsRuleSet"), id="a web ACL with Log4j"),
        pytest.param(
            resource("aws_ssm_parameter", type="SecureString", name="/shop/db_password"),
            id="an encrypted parameter",
        ),
        pytest.param(resource("aws_ssm_parameter", type="String", name="/shop/image-tag"), id="an image tag"),
    ],
)
def test_what_is_in_order_is_left_alone(found) -> None:
    assert breaches([found]) == ()


def test_a_policy_is_read_whether_it_holds_texts_or_lists() -> None:
    text = json.dumps(
        {"Statement": {"Effect": "Allow", "Action": "a:B", "Resource": ["c", "d"], "Principal": "*"}}
    )
    (found,) = statements(text)
    assert (found.actions, found.resources, found.principals) == (("a:B",), ("c", "d"), ("*",))
    assert list(statements("known later")) == []
