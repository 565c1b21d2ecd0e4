"""Our own rules: what Checkov does not look at, or only half. Pure, over the resources that a plan leaves standing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from scripts.audit.breach import Breach
from scripts.audit.policies import Statement, statements
from scripts.plans.planned_resources import Resource, Values
from scripts.plans.values import NAMED_LIKE_A_SECRET

EVERYBODY = ("0.0.0.0/0", "::/0")
PUBLIC_PORTS = (80, 443)
FIRST_ANSWER_PORT, LAST_PORT = 1024, 65535
KNOWN_BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet"
TAGS = ("Project", "Environment", "ManagedBy", "Owner", "CostCenter", "System", "Module")
NO_RESOURCE = (
    "application-autoscaling:",
    "autoscaling:Describe",
    "ce:",
    "cloudwatch:",
    "config:",
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:Describe",
    "ec2:UnassignPrivateIpAddresses",
    "ecr:GetAuthorizationToken",
    "ecs:DeregisterTaskDefinition",
    "elasticloadbalancing:Describe",
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:Describe",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
    "s3:GetAccountPublicAccessBlock",
    "s3:ListAllMyBuckets",
    "ssm:DescribeParameters",
    "ssmmessages:",
    "sts:GetCallerIdentity",
    "tag:Get",
    "xray:",
)
"""Actions that know no resource, so that `*` is the only one they take (AWS service authorization reference)."""

LONGEST_LIST = 4

Rule = Callable[[Resource], Iterator[Breach]]


def breaches(resources: Iterable[Resource]) -> tuple[Breach, ...]:
    """Everything that our rules find."""
    return tuple(breach for resource in resources for rule in RULES for breach in rule(resource))


def _breach(resource: Resource, severity: str, rule: str, text: str) -> Breach:
    return Breach(severity, rule, resource.unit, resource.address, text)


def public_ingress(resource: Resource) -> Iterator[Breach]:
    """Ports that the whole internet reaches, besides those of the web."""
    values = resource.values
    if resource.type == "aws_vpc_security_group_ingress_rule":
        rules = [(values.text("cidr_ipv4"), values), (values.text("cidr_ipv6"), values)]
    elif resource.type == "aws_security_group_rule" and values.text("type") == "ingress":
        rules = [(cidr, values) for cidr in (*values.texts("cidr_blocks"), *values.texts("ipv6_cidr_blocks"))]
    elif resource.type == "aws_security_group":
        rules = [
            (cidr, block)
            for block in values.blocks("ingress")
            for cidr in (*block.texts("cidr_blocks"), *block.texts("ipv6_cidr_blocks"))
        ]
    else:
        return
    for cidr, rule in rules:
        if cidr not in EVERYBODY:
            continue
        first, last = rule.number("from_port", -1), rule.number("to_port", -1)
        if first != last or first not in PUBLIC_PORTS:
            ports = "every port" if first < 0 else f"{first:g} to {last:g}" if first != last else f"{first:g}"
            text = f"everybody ({cidr}) reaches {ports}; name the networks or groups that may."
            yield _breach(resource, "high", "public-ingress", text)


def wildcard_permission(resource: Resource) -> Iterator[Breach]:
    """Permissions to do everything, or to do something to everything."""
    if resource.type not in {"aws_iam_policy", "aws_iam_role_policy"}:
        return
    for statement in statements(resource.values.text("policy")):
        if not statement.allows:
            continue
        wild = [action for action in statement.actions if action == "*" or action.endswith(":*")]
        if wild:
            text = f"allows {_some(wild)}; name the actions that are needed."
            yield _breach(resource, "high", "wildcard-action", text)
        needless = [action for action in statement.actions if not action.startswith(NO_RESOURCE)]
        if "*" in statement.resources and needless and not statement.conditions:
            text = f"allows {_some(needless)} on every resource; name the ones that are needed."
            yield _breach(resource, "medium", "wildcard-resource", text)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - LONGEST_LIST} more" if len(names) > LONGEST_LIST else ""
    return ", ".join(names[:LONGEST_LIST]) + more


def missing_tags(resource: Resource) -> Iterator[Breach]:
    """Tags that costs and owners are found by."""
    if "tags_all" not in resource.values.items:
        return
    given = resource.values.block("tags_all").items
    missing = [name for name in TAGS if not given.get(name)]
    if missing:
        text = f"has no {', '.join(missing)}; pass var.tags on unchanged, the provider adds the rest."
        yield _breach(resource, "low", "missing-tags", text)


def unencrypted(resource: Resource) -> Iterator[Breach]:
    """What is stored or sent in the open."""
    for name, text in _OPEN.get(resource.type, ()):
        if not resource.values.flag(name):
            yield _breach(resource, "high", "unencrypted", text)
    values = resource.values
    if resource.type == "aws_sqs_queue" and not (
        values.has("kms_master_key_id") or values.flag("sqs_managed_sse_enabled")
    ):
        yield _breach(resource, "high", "unencrypted", "messages wait unencrypted; give it a key.")
    if resource.type == "aws_opensearch_domain":
        for block in ("encrypt_at_rest", "node_to_node_encryption"):
            if not values.block(block).flag("enabled"):
                yield _breach(resource, "high", "unencrypted", f"{block} is off; switch it on.")


_OPEN: Mapping[str, Sequence[tuple[str, str]]] = {
    "aws_db_instance": [("storage_encrypted", "its storage is not encrypted; set storage_encrypted.")],
    "aws_rds_cluster": [("storage_encrypted", "its storage is not encrypted; set storage_encrypted.")],
    "aws_ebs_volume": [("encrypted", "the volume is not encrypted; set encrypted.")],
    "aws_elasticache_replication_group": [
        ("at_rest_encryption_enabled", "its data is not encrypted at rest; switch it on."),
        ("transit_encryption_enabled", "clients talk to it in the open; switch TLS on."),
    ],
    "aws_db_proxy": [("require_tls", "clients talk to it in the open; set require_tls.")],
}


def public_access(resource: Resource) -> Iterator[Breach]:
    """Data that strangers reach."""
    values = resource.values
    if resource.type in {"aws_db_instance", "aws_rds_cluster_instance"} and values.flag(
        "publicly_accessible"
    ):
        yield _breach(resource, "high", "public-access", "has a public address; unset publicly_accessible.")
    if resource.type in {"aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"}:
        names = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
        off = [name for name in names if not values.flag(name)]
        if off:
            yield _breach(resource, "high", "public-access", f"{', '.join(off)} is off; switch it on.")
    if resource.type == "aws_lambda_function_url" and values.text("authorization_type") == "NONE":
        yield _breach(
            resource, "high", "public-access", "everybody may call it; set authorization_type AWS_IAM."
        )
    if resource.type == "aws_ecs_service" and values.block("network_configuration").flag("assign_public_ip"):
        yield _breach(
            resource, "medium", "public-access", "its tasks have public addresses; use private subnets."
        )
    if resource.type in _RESOURCE_POLICIES:
        for statement in statements(values.text("policy")):
            if _open_to_all(statement):
                text = f"everybody may {', '.join(statement.actions)}; name who may, or add a condition."
                yield _breach(resource, "high", "public-access", text)


_RESOURCE_POLICIES = {
    "aws_cloudwatch_event_bus_policy",
    "aws_dynamodb_resource_policy",
    "aws_ecr_repository_policy",
    "aws_s3_bucket_policy",
    "aws_secretsmanager_secret_policy",
    "aws_sns_topic_policy",
    "aws_sqs_queue_policy",
}


def _open_to_all(statement: Statement) -> bool:
    return statement.allows and "*" in statement.principals and not statement.conditions


def plain_http(resource: Resource) -> Iterator[Breach]:
    """Balancers that serve in the open; a redirect to HTTPS serves nothing."""
    if resource.type != "aws_lb_listener" or resource.values.text("protocol") != "HTTP":
        return
    actions: Sequence[Values] = resource.values.blocks("default_action")
    if any(action.text("type") != "redirect" for action in actions):
        text = "answers plain HTTP; redirect to HTTPS."
        yield _breach(resource, "medium", "plain-http", text)


def open_acl_port(resource: Resource) -> Iterator[Breach]:
    """Network ACL entries that let everybody in on a service's port.

    Answers to our own requests come back to any port from 1024 up (NAT gateways and balancers use all of them), and an
    ACL keeps no state: that range is the one exception. Security groups decide behind it.
    """
    values = resource.values
    if (
        resource.type != "aws_network_acl_rule"
        or values.flag("egress")
        or values.text("rule_action") != "allow"
    ):
        return
    if not {values.text("cidr_block"), values.text("ipv6_cidr_block")} & set(EVERYBODY):
        return
    first, last = values.number("from_port", -1), values.number("to_port", -1)
    answers = first >= FIRST_ANSWER_PORT and last == LAST_PORT
    if not answers and (first != last or first not in PUBLIC_PORTS):
        ports = "every port" if values.text("protocol") in {"-1", "all"} else f"{first:g} to {last:g}"
        text = f"everybody passes to {ports}; leave 80, 443 and the answers from {FIRST_ANSWER_PORT} up."
        yield _breach(resource, "medium", "open-acl-port", text)


def loose_acl(resource: Resource) -> Iterator[Breach]:
    """A network ACL that guards no subnet."""
    if resource.type == "aws_network_acl" and resource.values.items.get("subnet_ids") == []:
        yield _breach(resource, "medium", "loose-acl", "guards no subnet; give it subnet_ids or delete it.")


def known_bad_inputs(resource: Resource) -> Iterator[Breach]:
    """A web ACL without AWS's rules for known exploits, Log4j among them."""
    if resource.type != "aws_wafv2_web_acl":
        return
    groups = {
        rule.block("statement").block("managed_rule_group_statement").text("name")
        for rule in resource.values.blocks("rule")
    }
    if KNOWN_BAD_INPUTS not in groups:
        text = f"lacks {KNOWN_BAD_INPUTS}, which stops Log4j and its like; add the group."
        yield _breach(resource, "medium", "known-bad-inputs", text)


def plain_secret(resource: Resource) -> Iterator[Breach]:
    """A parameter that is named like a secret and readable by everybody who may read parameters."""
    if resource.type != "aws_ssm_parameter" or resource.values.text("type") == "SecureString":
        return
    name = resource.values.text("name").rsplit("/", 1)[-1]
    if NAMED_LIKE_A_SECRET.search(name):
        text = f'"{name}" sounds like a secret; keep it in Secrets Manager.'
        yield _breach(resource, "high", "plain-secret", text)


RULES: Sequence[Rule] = (
    known_bad_inputs,
    loose_acl,
    missing_tags,
    open_acl_port,
    plain_http,
    plain_secret,
    public_access,
    public_ingress,
    unencrypted,
    wildcard_permission,
)
