"""Write an example anew as it stands in a root where other resources give it its ARNs, ids and names.

Each of these becomes the output of a `terraform_data`, which no plan knows before the apply.
"""

import json
import re

GIVEN = re.compile(
    r"""arn:aws[\w-]*:[\w-]*:[\w-]*:(?!aws:).*             # AWS's own have no account: people write them down
    | (?:acl|ami|eipalloc|eni|fs|i|igw|lt|nat|pcx|pl|rtb|sg|subnet|vpc|vpce)-[0-9a-f]{8,17}
    | Z[0-9A-Z]{12,}                                     # a hosted zone
    | E(?=[A-Z]*[0-9])[0-9A-Z]{6,13}                     # a distribution
    | (?:app|net|targetgroup)/[\w-]+/[0-9a-f]{16}        # a balancer or its targets, as metrics call them
    | https://(?:cognito-idp|sqs)\..*
    | s3://.*
    | [\w.-]+\.(?:elb|s3|dkr\.ecr|execute-api)[\w.-]*\.amazonaws\.com.*
    | [\w-]+-[0-9]{12}(?:-[\w-]+)?                       # a bucket's name""",
    re.VERBOSE,
)
"""What AWS gives to what it makes, and names that end with an account."""

OF_ANOTHER = re.compile(
    r"\w*(?:alarm|bucket|bus|cluster|function|group|identity|profile|project|queue|repository|service|table|topic)_names?"
    r"|version_id"
)
"""Arguments that take the name of something else."""

PIECE = re.compile(
    r"""<<-?(?P<word>\w+)\n.*?^\s*(?P=word)$ | \#[^\n]*   # not looked into
    | "(?P<text>(?:[^"\\]|\\.)*)"(?P<key>\s*=(?!=))?""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
ARGUMENT = re.compile(r"(\w+)\s*=\s*(?:\[[^][={}]*)?$")
OWN = re.compile(r"^  (?:name|source)\s*= $", re.MULTILINE)

BLOCK = re.compile(r'^module "(?P<name>\w+)" \{\n.*?^\}\n', re.MULTILINE | re.DOTALL)


def alone(example: str, module: str) -> tuple[str, tuple[str, ...]]:
    """The *example* without what stands beside *module* and gives it nothing but an ARN, and the names of that.

    A web ACL is such a module: its plan takes four seconds, and that it can be planned its own example shows.
    """
    left_out = []
    for block in list(BLOCK.finditer(example)):
        name, others = block["name"], example.replace(block[0], "")
        taken = re.findall(rf"module\.{name}\.(\w+)([.\[]?)", others)
        if (
            f'"./modules/{module}"' not in block[0]
            and taken
            and {(kind[-4:], end) for kind, end in taken} == {("_arn", "")}
        ):
            example = re.sub(
                rf"module\.{name}\.\w+", f'"arn:aws:given:us-east-1:111111111111:by/{name}"', others
            )
            left_out.append(name)
    return example, tuple(left_out)


def known_later(example: str) -> tuple[str, list[str]]:
    """The *example* with what others give it known only after the apply, and the values that stood there."""
    values: list[str] = []

    def replaced(piece: re.Match[str]) -> str:
        text, before = piece["text"], example[: piece.start()]
        argument = ARGUMENT.search(before)
        given = text and (GIVEN.fullmatch(text) or (argument and OF_ANOTHER.fullmatch(argument[1])))
        if not given or piece["key"] or "${" in text or OWN.search(before[-200:]):
            return piece[0]
        if text not in values:
            values.append(text)
        return f"terraform_data.later[{values.index(text)}].output"

    changed = PIECE.sub(replaced, example)
    return (
        f"""{changed}
resource "terraform_data" "later" {{
  count = {len(values)}
  input = {json.dumps(values)}[count.index]
}}
""",
        values,
    )
