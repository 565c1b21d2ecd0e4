"""Small roots, each twice: as it was applied, and as it is planned. tests/plans/generate.py makes real plans of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

World = Callable[[Any, str], None]
"""Something that somebody else does in the account; gets a boto3 session and what names begin with."""


@dataclass(frozen=True, slots=True)
class Root:
    """One scenario: what stood, what is wanted, and what happened besides."""

    before: str = ""
    after: str = ""
    words: tuple[str, ...] = ()
    """More words for `terraform plan`, as -replace=ADDRESS."""
    taint: tuple[str, ...] = ()
    world: World | None = None
    first: World | None = None
    """Done before the first apply, as for what is imported."""


def log(name: str = "this", group: str = "/acme/orders", days: int = 14, more: str = "") -> str:
    return (
        f'resource "aws_cloudwatch_log_group" "{name}" {{\n'
        f'  name = "{group}"\n  retention_in_days = {days}\n{more}}}\n'
    )


def topic(name: str = "this", called: str = "acme-orders", more: str = "") -> str:
    return f'resource "aws_sns_topic" "{name}" {{\n  name = "{called}"\n{more}}}\n'


def parameter(name: str, value: str, more: str = "") -> str:
    return (
        f'resource "aws_ssm_parameter" "{name}" {{\n  name = "/acme/{name}"\n  type = "String"\n'
        f"  value = {value}\n{more}}}\n"
    )


def table(key: str = "order_id", more: str = "", called: str = "acme-orders") -> str:
    return (
        f'resource "aws_dynamodb_table" "this" {{\n  name = "{called}"\n  billing_mode = "PAY_PER_REQUEST"\n'
        f'  hash_key = "{key}"\n  attribute {{\n    name = "{key}"\n    type = "S"\n  }}\n{more}}}\n'
    )


def bucket(called: str = "acme-reports", name: str = "this", more: str = "") -> str:
    return f'resource "aws_s3_bucket" "{name}" {{\n  bucket = "{called}"\n{more}}}\n'


TRUST = '{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }'
QUEUE = '"arn:aws:sqs:us-east-1:111111111111:orders"'


def role(called: str = "acme-worker", more: str = "") -> str:
    return f"""resource "aws_iam_role" "this" {{
  name = "{called}"
  assume_role_policy = jsonencode({{ Version = "2012-10-17", Statement = [{TRUST}] }})
{more}}}
"""


def role_policy(actions: str = '"sqs:SendMessage"', target: str = QUEUE) -> str:
    statement = f'{{ Effect = "Allow", Action = [{actions}], Resource = {target} }}'
    return f"""resource "aws_iam_role_policy" "this" {{
  name = "work"
  role = aws_iam_role.this.name
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{statement}] }})
}}
"""


def logs(keys: str, days: int = 14) -> str:
    return (
        f'resource "aws_cloudwatch_log_group" "this" {{\n  for_each = toset([{keys}])\n'
        f'  name = "/acme/${{each.key}}"\n  retention_in_days = {days}\n}}\n'
    )


def output(name: str, value: str, more: str = "") -> str:
    return f'output "{name}" {{\n  value = {value}\n{more}}}\n'


def _delete_topic(session: Any, acme: str) -> None:
    session.client("sns").delete_topic(TopicArn=f"arn:aws:sns:us-east-1:111111111111:{acme}-orders")


def _retention(session: Any, acme: str) -> None:
    session.client("logs").put_retention_policy(logGroupName=f"/{acme}/orders", retentionInDays=3)


def _show_as_mine(session: Any, acme: str) -> None:
    topic = f"arn:aws:sns:us-east-1:111111111111:{acme}-orders"
    session.client("sns").set_topic_attributes(
        TopicArn=topic, AttributeName="DisplayName", AttributeValue="mine"
    )


def _make_log(session: Any, acme: str) -> None:
    session.client("logs").create_log_group(logGroupName=f"/{acme}/orders")


def _make_bucket(session: Any, acme: str) -> None:
    session.client("s3").create_bucket(Bucket=f"{acme}-reports")


SECRET = 'variable "secret" {\n  type = string\n  sensitive = true\n  default = "SEEDED-%s"\n}\n'
KEEP = "  lifecycle {\n    destroy = false\n  }\n"
FIRST = "  lifecycle {\n    create_before_destroy = true\n  }\n"
TEN = ", ".join(f'"unit-{number}"' for number in range(10))

ROOTS: dict[str, Root] = {
    "create-one": Root(after=log()),
    "create-twelve": Root(after=logs(", ".join(f'"n{number}"' for number in range(12)))),
    "create-with-unknown-arns": Root(
        after=topic() + role() + role_policy('"sns:Publish"', "aws_sns_topic.this.arn")
    ),
    "create-a-sensitive-value": Root(after=SECRET % "one" + parameter("key", "var.secret")),
    "create-a-table": Root(after=table()),
    "create-a-bucket-and-its-rules": Root(
        after=bucket() + 'resource "aws_s3_bucket_versioning" "this" {\n  bucket = aws_s3_bucket.this.id\n'
        '  versioning_configuration {\n    status = "Enabled"\n  }\n}\n'
    ),
    "create-with-outputs": Root(
        after=topic() + output("topic_arn", "aws_sns_topic.this.arn") + output("plain", '"a"')
    ),
    "update-one-value": Root(log(), log(days=30)),
    "update-tags": Root(
        topic(more='  tags = { Owner = "web", Team = "a" }\n'),
        topic(more='  tags = { Owner = "shop", Stage = "b" }\n'),
    ),
    "update-inside-a-policy": Root(
        role() + role_policy(), role() + role_policy('"sqs:SendMessage", "sqs:ReceiveMessage"')
    ),
    "update-known-later": Root(
        role() + role_policy(), role() + topic() + role_policy('"sns:Publish"', "aws_sns_topic.this.arn")
    ),
    "update-a-sensitive-value": Root(
        SECRET % "one" + parameter("key", "var.secret"), SECRET % "two" + parameter("key", "var.secret")
    ),
    "update-a-value-that-is-named-like-a-secret": Root(
        parameter("k", '"a"', '  tags = { db_password = "SEEDED-three" }\n'),
        parameter("k", '"a"', '  tags = { db_password = "SEEDED-four" }\n'),
    ),
    "update-a-block": Root(
        table(more="  point_in_time_recovery {\n    enabled = false\n  }\n"),
        table(more="  point_in_time_recovery {\n    enabled = true\n  }\n"),
    ),
    "update-adds-a-value": Root(topic(), topic(more='  display_name = "Orders"\n')),
    "update-takes-a-value-away": Root(topic(more='  display_name = "Orders"\n'), topic()),
    "update-ten": Root(logs(TEN), logs(TEN, 30)),
    "update-a-long-value": Root(
        topic(more=f'  tags = {{ long = "{"a" * 300}" }}\n'),
        topic(more=f'  tags = {{ long = "{"b" * 300}" }}\n'),
    ),
    "update-hostile-values": Root(
        topic(more='  tags = { x = "a" }\n'),
        topic(
            more=r'  tags = { x = "<script>alert(1)</script> `x` ``` | </details> \" \n\n# Heading $${x} @someone" }'
            + "\n"
        ),
    ),
    "update-a-security-group": Root(
        'resource "aws_security_group" "this" {\n  name = "acme"\n  description = "one"\n  tags = { A = "1" }\n}\n',
        'resource "aws_security_group" "this" {\n  name = "acme"\n  description = "one"\n  tags = { A = "2" }\n}\n',
    ),
    "replace-by-a-new-name": Root(log(), log(group="/acme/orders-2")),
    "replace-a-tainted-one": Root(log(), log(), taint=("aws_cloudwatch_log_group.this",)),
    "replace-on-request": Root(log(), log(), words=("-replace=aws_cloudwatch_log_group.this",)),
    "replace-by-a-trigger": Root(
        'resource "terraform_data" "version" {\n  input = 1\n}\n'
        + log(more="  lifecycle {\n    replace_triggered_by = [terraform_data.version]\n  }\n"),
        'resource "terraform_data" "version" {\n  input = 2\n}\n'
        + log(more="  lifecycle {\n    replace_triggered_by = [terraform_data.version]\n  }\n"),
    ),
    "replace-the-new-one-first": Root(log(more=FIRST), log(group="/acme/orders-2", more=FIRST)),
    "replace-for-two-reasons": Root(
        'resource "aws_security_group" "this" {\n  name = "acme"\n  description = "one"\n}\n',
        'resource "aws_security_group" "this" {\n  name = "acme-2"\n  description = "two"\n}\n',
    ),
    "replace-and-what-hangs-on-it": Root(role() + role_policy(), role("acme-worker-2") + role_policy()),
    "replace-by-a-value-known-later": Root(
        parameter("a", '"x"'),
        topic(called="acme-new")
        + parameter("a", '"x"').replace('"/acme/a"', '"/acme/${aws_sns_topic.this.id}"'),
    ),
    "replace-one-of-many": Root(
        logs('"a", "b"'), logs('"a", "b"'), words=('-replace=aws_cloudwatch_log_group.this["b"]',)
    ),
    "replace-and-update": Root(
        log() + topic(), log(group="/acme/new") + topic(more='  display_name = "Orders"\n')
    ),
    "replace-a-table-by-its-key": Root(table(), table("id")),
    "replace-a-tainted-table": Root(table(), table(), taint=("aws_dynamodb_table.this",)),
    "replace-a-bucket-by-its-name": Root(bucket(), bucket("acme-reports-2")),
    "replace-a-table-the-new-one-first": Root(table(more=FIRST), table(called="acme-orders-2", more=FIRST)),
    "destroy-one": Root(log() + topic(), topic()),
    "destroy-a-key": Root(logs('"a", "b"'), logs('"a"')),
    "destroy-by-a-smaller-count": Root(
        topic(more="  count = 3\n").replace("acme-orders", "acme-${count.index}"),
        topic(more="  count = 1\n").replace("acme-orders", "acme-${count.index}"),
    ),
    "destroy-everything": Root(log() + topic(), log() + topic(), words=("-destroy",)),
    "destroy-a-table": Root(table() + log(), log()),
    "destroy-a-bucket-and-its-rules": Root(
        bucket() + 'resource "aws_s3_bucket_versioning" "this" {\n  bucket = aws_s3_bucket.this.id\n'
        '  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
        "",
    ),
    "destroy-because-for-each-came": Root(log(), logs('"orders"')),
    "destroy-a-module": Root('module "a" {\n  source = "./logs"\n}\n', ""),
    "move-to-a-new-name": Root(
        log(),
        log("renamed")
        + "moved {\n  from = aws_cloudwatch_log_group.this\n  to = aws_cloudwatch_log_group.renamed\n}\n",
    ),
    "move-into-a-module": Root(
        log(group="/acme/module"),
        'module "a" {\n  source = "./logs"\n}\n'
        "moved {\n  from = aws_cloudwatch_log_group.this\n  to = module.a.aws_cloudwatch_log_group.this\n}\n",
    ),
    "move-and-update": Root(
        log(),
        log("renamed", days=30)
        + "moved {\n  from = aws_cloudwatch_log_group.this\n  to = aws_cloudwatch_log_group.renamed\n}\n",
    ),
    "move-a-key": Root(
        logs('"a"'),
        logs('"b"').replace("/acme/${each.key}", "/acme/a")
        + 'moved {\n  from = aws_cloudwatch_log_group.this["a"]\n  to = aws_cloudwatch_log_group.this["b"]\n}\n',
    ),
    "move-a-table": Root(
        table(),
        table().replace('"this"', '"orders"')
        + "moved {\n  from = aws_dynamodb_table.this\n  to = aws_dynamodb_table.orders\n}\n",
    ),
    "import-as-it-is": Root(
        after='import {\n  to = aws_cloudwatch_log_group.this\n  id = "/acme/orders"\n}\n' + log(days=0),
        first=_make_log,
    ),
    "import-and-update": Root(
        after='import {\n  to = aws_cloudwatch_log_group.this\n  id = "/acme/orders"\n}\n' + log(),
        first=_make_log,
    ),
    "import-a-bucket": Root(
        after='import {\n  to = aws_s3_bucket.this\n  id = "acme-reports"\n}\n' + bucket(), first=_make_bucket
    ),
    "forget-one": Root(log(), f"removed {{\n  from = aws_cloudwatch_log_group.this\n{KEEP}}}\n"),
    "forget-a-table": Root(table(), f"removed {{\n  from = aws_dynamodb_table.this\n{KEEP}}}\n"),
    "removed-and-destroyed": Root(
        log(),
        "removed {\n  from = aws_cloudwatch_log_group.this\n  lifecycle {\n    destroy = true\n  }\n}\n",
    ),
    "drift-is-taken-back": Root(log(), log(), world=_retention),
    "drift-of-one-that-is-gone": Root(topic(), topic(), world=_delete_topic),
    "drift-that-nobody-minds": Root(
        topic(more="  lifecycle {\n    ignore_changes = [display_name]\n  }\n"),
        topic(more="  lifecycle {\n    ignore_changes = [display_name]\n  }\n"),
        world=_show_as_mine,
    ),
    "drift-and-another-change": Root(
        log() + topic(), log() + topic(more='  display_name = "Orders"\n'), world=_retention
    ),
    "nothing": Root(log(), log()),
    "output-new": Root(log(), log() + output("name", "aws_cloudwatch_log_group.this.name")),
    "output-changed": Root(log() + output("days", "1"), log() + output("days", "2")),
    "output-gone": Root(log() + output("days", "1"), log()),
    "output-sensitive": Root(
        SECRET % "one" + output("key", "var.secret", "  sensitive = true\n"),
        SECRET % "two" + output("key", "var.secret", "  sensitive = true\n"),
    ),
    "output-known-later": Root(
        log() + output("arn", "aws_cloudwatch_log_group.this.arn"),
        log(group="/acme/new") + output("arn", "aws_cloudwatch_log_group.this.arn"),
    ),
    "data-read-during-the-apply": Root(
        after=topic()
        + 'data "aws_iam_policy_document" "this" {\n  statement {\n    actions = ["sns:Publish"]\n'
        "    resources = [aws_sns_topic.this.arn]\n  }\n}\n"
        + output("policy", "data.aws_iam_policy_document.this.json")
    ),
}
