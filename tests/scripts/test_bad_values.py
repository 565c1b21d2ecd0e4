"""What an engineer can get wrong in a terraform.tfvars: each is refused with file, line and what is allowed."""

from __future__ import annotations

import pytest

from scripts.checks.validate import validate
from scripts.live.tree import read_tree
from tests.scripts.scratch import TFVARS, build, edited

EMAIL = 'contact = { email = "shop@example.com" }'
ORDERS = "    visibility  = 120"
LETTER = "dead_letter = { days = 7 }"


def row(name, old, new, rule, says, at=None):
    """One mistake in the tfvars: *old* becomes *new*; the finding stands where *at* (else *new*) begins."""
    return pytest.param(old, new, at or new, rule, says, id=name)


def wrong(kind, old, template, rule, pairs):
    """Rows of one kind: what is written, and what the message must hold."""
    return [row(f"{kind}: {text[:40]}", old, template.replace("@", text), rule, says) for text, says in pairs]


NUMBERS = [
    ('"four"', 'must be a number, not "four"'),
    ("true", "must be a number, not true"),
    ("[4]", "must be a number, not [4]"),
    ("{ days = 4 }", 'must be a number, not {"days":4}'),
    ('"4 days"', 'must be a number, not "4 days"'),
    ('""', 'must be a number, not ""'),
    ('"0x10"', 'must be a number, not "0x10"'),
    ('"\u0664"', "must be a number"),
    ('"1e"', "must be a number"),
    ('"NaN"', "must be a number"),
]
BOOLS = [
    ('"yes"', 'must be true or false, not "yes"'),
    ("2", "must be true or false, not 2"),
    ("[]", "must be true or false, not []"),
    ("{}", "must be true or false, not {}"),
    ('"True"', 'must be true or false, not "True"'),
    ('"on"', 'must be true or false, not "on"'),
]
TEXTS = [
    ("[]", "must be text, not []"),
    ('["standard"]', 'must be text, not ["standard"]'),
    ("{}", "must be text, not {}"),
    ('{ name = "standard" }', 'must be text, not {"name":"standard"}'),
]
LISTS = [
    ('"10.0.0.0/16"', 'must be a list of texts, not "10.0.0.0/16"'),
    ("4", "must be a list of texts, not 4"),
    ("true", "must be a list of texts, not true"),
    ("{}", "must be a list of texts, not an object"),
    ("[[]]", '"networks[0]" must be text, not []'),
    ('["10.0.0.0/8", {}]', '"networks[1]" must be text, not {}'),
]
SETS = [
    ('"a"', '"queues.orders.subscribers" must be a set of texts, not "a"'),
    ("{}", '"queues.orders.subscribers" must be a set of texts, not an object'),
    ("[{}]", '"queues.orders.subscribers[0]" must be text, not {}'),
]
MAPS = [
    ('"a"', '"queues.orders.labels" must be a map of texts, not "a"'),
    ("[]", '"queues.orders.labels" must be a map of texts, not a list'),
    ("{ a = [] }", '"queues.orders.labels.a" must be text, not []'),
    ('{ "a b" = {} }', '"queues.orders.labels["a b"]" must be text, not {}'),
]
TUPLES = [
    ("[1]", '"queues.orders.window" must be a list of exactly 2 values, not 1 values'),
    ('[1, "a", 2]', "must be a list of exactly 2 values, not 3 values"),
    ('["a", "b"]', '"queues.orders.window[0]" must be a number, not "a"'),
    ("{}", "must be a list of exactly 2 values"),
    ('"1"', "must be a list of exactly 2 values"),
]
NESTED = [
    ("[1]", '"queues.orders.matrix[0]" must be a list of numbers, not 1'),
    ("[[1], 2]", '"queues.orders.matrix[1]" must be a list of numbers, not 2'),
    ('[[1, "x"]]', '"queues.orders.matrix[0][1]" must be a number, not "x"'),
    ("{}", "must be a list of lists of numbers"),
]
OBJECTS = [
    ('"shop@example.com"', '"contact" must be an object with email, phone, not "shop@example.com"'),
    ("[]", '"contact" must be an object with email, phone, not []'),
    ("7", '"contact" must be an object with email, phone, not 7'),
    ("true", '"contact" must be an object'),
]
QUEUES = [
    ("[]", '"queues" must be a map of objects, not a list'),
    ('"orders"', '"queues" must be a map of objects, not "orders"'),
    ("{ orders = 5 }", '"queues.orders" must be an object with'),
    ("{ orders = [] }", '"queues.orders" must be an object with'),
    ('{ orders = "x" }', '"queues.orders" must be an object with'),
    (
        "{ orders = { dead_letter = 7 } }",
        '"queues.orders.dead_letter" must be an object with count, days, not 7',
    ),
    (
        '{ orders = { dead_letter = { count = "many" } } }',
        '"queues.orders.dead_letter.count" must be a number',
    ),
    ("{ orders = { fifo = [] } }", '"queues.orders.fifo" must be true or false, not []'),
]
ATTRIBUTES = [
    ("visibilty = 120", 'has no attribute "visibilty"; did you mean "visibility"?'),
    ("Visibility = 120", 'has no attribute "Visibility"; did you mean "visibility"?'),
    ("fifos = true", 'has no attribute "fifos"; did you mean "fifo"?'),
    ("deadletter = {}", 'has no attribute "deadletter"; did you mean "dead_letter"?'),
    ("subscriber = []", 'did you mean "subscribers"?'),
    ("zzz = 1", 'has no attribute "zzz"; allowed: dead_letter, fifo, labels'),
    ('"a b" = 1', '"queues.orders" has no attribute "a b"'),
    ('"${"x"}" = 1', '"queues.orders" has no attribute "x"'),
]
KEYS = [
    ("retention_day = 4", 'has no variable "retention_day"; did you mean "retention_days"?'),
    ("retentiondays = 4", 'did you mean "retention_days"?'),
    ("Retention_Days = 4", 'did you mean "retention_days"?'),
    ("network = []", 'did you mean "networks"?'),
    ('regoin = "us-east-1"', 'did you mean "region"?'),
    ("zzzzzz = 1", "allowed: contact, key_arn, mode, name, networks"),
    ("größe = 1", 'has no variable "größe"'),
    ("enabled = true", 'modules/patterns/shop has no variable "enabled"'),
]
COMPUTED = [
    ("var.days", "found a reference to var.days"),
    ("local.days", "found a reference to local.days"),
    ("dependency.key.outputs.days", "found a reference to dependency.key.outputs.days"),
    ("days", "found the bare word days"),
    ('env("DAYS")', "found a call of env()"),
    ('file("/etc/passwd")', "found a call of file()"),
    ('get_env("DAYS", 4)', "found a call of get_env()"),
    ('run_cmd("id")', "found a call of run_cmd()"),
    ("2 + 2", "found a computation"),
    ("!true", "found a computation"),
    ("true ? 1 : 2", "found a computation"),
    ("[for x in [1] : x][0]", "found a reference to"),
    ('"${var.days}"', "found an interpolation ${}"),
    ('"%{ if true }4%{ endif }"', "found an interpolation ${}"),
    ("<<EOT\n${var.days}\nEOT", "found an interpolation ${}"),
    ("[var.days]", "found a reference to var.days"),
    ("{ a = [upper(4)] }", "found a call of upper()"),
]
RANGES = [
    ("0", "retention_days must be 1 to 14; got 0."),
    ("15", "retention_days must be 1 to 14; got 15."),
    ("-1", "retention_days must be 1 to 14; got -1."),
    ('"15"', "retention_days must be 1 to 14; got 15."),
    ("14.5", "retention_days must be 1 to 14; got 14.5."),
    ("1e6", "retention_days must be 1 to 14; got 1000000."),
    ("99999999999999999999", "retention_days must be 1 to 14; got 99999999999999999999."),
]
MODES = [
    ('"fifos"', 'mode must be standard or fifo; got "fifos".'),
    ('"STANDARD"', 'mode must be standard or fifo; got "STANDARD".'),
    ('""', 'mode must be standard or fifo; got "".'),
    ("5", 'mode must be standard or fifo; got "5".'),
    ('"stan\\ndard"', 'got "stan\\ndard"'),
    ('"\\u202Eoffi"', "mode must be standard or fifo"),
    ('"$${var.mode}"', 'got "${var.mode}"'),
    ('"; rm -rf /"', 'got "; rm -rf /"'),
    ('"\\"quoted\\""', 'got "\\"quoted\\""'),
]
MAILS = [
    ('"shop"', 'contact.email must be a mail address; got "shop".'),
    ('"a b@example.com"', 'must be a mail address; got "a b@example.com".'),
    ('""', 'must be a mail address; got "".'),
    ('"@"', 'must be a mail address; got "@".'),
]
NETWORKS = [
    ('["10.0.0.0"]', 'networks must be CIDR ranges; got ["10.0.0.0"].'),
    ('["10.0.0.0/33"]', "networks must be CIDR ranges"),
    ('["256.0.0.0/8"]', "networks must be CIDR ranges"),
    ('["10.0.0.0/16", "x"]', "networks must be CIDR ranges"),
    ('["ten/8"]', "networks must be CIDR ranges"),
]
BOTH = [
    ('region = "us-east-1"', '"region" is also an input of live/_units/shop/queue.hcl:10'),
    ('key_arn = "arn"', '"key_arn" is also an input of live/_units/shop/queue.hcl:9'),
    ('name = "x"', '"name" is also an input of terragrunt.hcl:3'),
    ("tags = {}", '"tags" is also an input of terragrunt.hcl:4'),
]
DAYS = "retention_days = 4"
SECRETS = [
    ('password = "hunter2"', '"password" looks like a secret'),
    ('db_password = "hunter2"', '"db_password" looks like a secret'),
    ('extra = { inner = { api_key = "x1" } }', '"api_key" looks like a secret'),
    ('networks = ["AKIA' + "A" * 16 + '"]', '"networks" looks like a secret'),
    ('networks = ["postgres://app:pw@db/orders"]', '"networks" looks like a secret'),
    ('networks = ["gh' + "p_" + "a" * 36 + '"]', '"networks" looks like a secret'),
]

ROWS = [
    *wrong("number", DAYS, "retention_days = @", "wrong-type", NUMBERS),
    *wrong("bool", ORDERS, "    fifo = @", "wrong-type", BOOLS),
    *wrong("text", 'mode    = "standard"', "mode = @", "wrong-type", TEXTS),
    *wrong("list", DAYS, "networks = @", "wrong-type", LISTS),
    *wrong("set", ORDERS, "    subscribers = @", "wrong-type", SETS),
    *wrong("map", ORDERS, "    labels = @", "wrong-type", MAPS),
    *wrong("tuple", ORDERS, "    window = @", "wrong-type", TUPLES),
    *wrong("nested list", ORDERS, "    matrix = @", "wrong-type", NESTED),
    *wrong("object", EMAIL, "contact = @", "wrong-type", OBJECTS),
    *wrong("attribute", ORDERS, "    @", "unknown-attribute", ATTRIBUTES),
    *wrong("key", DAYS, "@", "unknown-key", KEYS),
    *wrong("computed", DAYS, "retention_days = @", "tfvars-literal", COMPUTED),
    *wrong("range", DAYS, "retention_days = @", "module-rule", RANGES),
    *wrong("mode", 'mode    = "standard"', "mode = @", "module-rule", MODES),
    *wrong("mail", EMAIL, "contact = { email = @ }", "module-rule", MAILS),
    *wrong("network", DAYS, "networks = @", "module-rule", NETWORKS),
    *wrong("secret", DAYS, "@", "secret", SECRETS),
    *wrong("given twice", DAYS, "@", "key-in-both", BOTH),
    row("null where a value is needed", 'mode    = "standard"', "mode = null", "null", "must not be null; write text"),
    row("a required key left out", 'mode    = "standard"\n', "", "missing-key", 'add mode = "..."', "# What"),
    row("a required object left out", EMAIL + "\n", "", "missing-key", "add contact = { ... }", "# What"),
    row("a required attribute left out", EMAIL, "contact = {}", "missing-attribute", 'lacks the attribute "email"'),
    row("an attribute of an inner object", LETTER, "dead_letter = { dais = 7 }", "unknown-attribute", '"days"?'),
    row("an object's key twice", ORDERS, "    fifo = true\n    fifo = false", "key-twice", "already", "    fifo = false"),
    row("a queue twice", "queues = {", "queues = {\n  orders = {}", "key-twice", "already", "  orders = {\n"),
    row("a zone of another region", DAYS, 'networks = ["us-west-2a"]', "unknown-zone", "dev/us-east-1 has no zone"),
    row("a zone that the region lacks", ORDERS, '    labels = { us-east-1f = "x" }', "unknown-zone", '"us-east-1'),
    row("too few receives", LETTER, "dead_letter = { count = 1 }", "module-rule", 'got {"orders":1}', "queues"),
    row("fifo queues in another mode", ORDERS, "    fifo = true", "module-rule", "Only mode fifo", "queues"),
    row("a rule of an inner module", "= 120", "= 50000", "module-rule", "module.queue: visibility must", "queues"),
    row("a block", DAYS, "retention {\n  days = 4\n}", "tfvars-block", "write retention = { ... }", "retention {"),
    row("a name beyond AWS's limit", "  orders = {", f"  {'o' * 70} = {{", "name-too-long", "at most 80", "queues"),
    row("a limit passed by unicode", "  orders = {", f"  {'ö' * 70} = {{", "name-too-long", "at most 80", "queues"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at", "rule", "says"), [*ROWS, *(
    pytest.param(
        'queues = {\n  orders = {\n    visibility  = 120\n    dead_letter = { days = 7 }\n  }\n}',
        f"queues = {text}", "queues = ", "wrong-type", says, id=f"queues: {text}",
    ) for text, says in QUEUES
)])  # fmt: skip
def test_a_mistake_is_refused_where_it_stands(tmp_path, old, new, at, rule, says):
    change = edited(TFVARS, old, new)
    text = str(change[TFVARS])
    line = text[: text.index(at)].count("\n") + 1
    found = validate(read_tree(build(tmp_path, change)))
    ours = [finding for finding in found if finding.rule == rule and finding.path == TFVARS]
    assert line in {finding.line for finding in ours}
    assert any(says in finding.message for finding in ours)
    assert all(str(finding).isprintable() for finding in found)
    assert all("hunter2" not in str(finding) for finding in ours)
    assert str(ours[0]).startswith(f"{TFVARS}:")
