"""What can be wrong with the files around a unit: each is refused with the file, the line and what to do."""

from __future__ import annotations

import pytest

from scripts.checks.validate import validate
from scripts.live.tree import read_tree
from tests.scripts.scratch import (
    DEFINITION,
    KEY_DEFINITION,
    MODULE,
    QUEUE,
    TFVARS,
    build,
    edited,
    files,
    unit_file,
)

ENV, REGION, PLAN = "live/dev/env.hcl", "live/dev/us-east-1/region.hcl", "live/addresses.hcl"
UNIT = f"{QUEUE}/terragrunt.hcl"


def row(name, file, old, new, rule, says, at=None):
    """*old* becomes *new* in *file*; the finding stands where *at* (else *new*) begins."""
    return pytest.param(file, old, new, at or new, rule, says, id=name)


def syntax(name, old, new, says, at=None, file=TFVARS):
    """A file that is no longer HCL."""
    return row(f"syntax: {name}", file, old, new, "hcl-syntax", says, at)


SYNTAX = [
    syntax("a brace that is never closed", "queues = {", "queues = { {", "is never closed", "queues = { {"),
    syntax("a list that is never closed", '"standard"', '["standard"', '"[" on this line is never closed', "mode"),
    syntax("a bracket closed by another", '"standard"', '["standard"}', '"}" cannot close the "["', "mode"),
    syntax("a brace too many", '"standard"', '"standard" }', '"}" closes nothing', "mode"),
    syntax("a string that is never closed", '"standard"', '"standard', "add the missing quote", "mode"),
    syntax("single quotes", '"standard"', "'standard'", 'quote strings with "', "mode"),
    syntax("curly quotes", '"standard"', "\u201cstandard\u201d", 'quote strings with "', "mode"),
    syntax("no value", '= "standard"', "=", "a value must stand here", "mode"),
    syntax("no equals sign", '= "standard"', '"standard"', 'must be followed by "=" or by a block', "mode"),
    syntax("a colon instead", '= "standard"', ': "standard"', 'must be followed by "="', "mode"),
    syntax("two equals signs", '= "standard"', '= = "standard"', "a value must stand here", "mode"),
    syntax("two values on a line", '"standard"', '"standard" 5', "must end with the line", "mode"),
    syntax("a comma between keys", '"standard"', '"standard",', "must end with the line", "mode"),
    syntax("a semicolon", '"standard"', '"standard";', 'the character ";" has no meaning', "mode"),
    syntax("a key twice", "retention_days = 4", "mode = 5", '"mode" is already set on line 2', "mode = 5"),
    syntax("a number as key", "mode ", "5mode ", "a name must stand here", "5mode"),
    syntax("a quoted key", "mode ", '"mode" ', "a name must stand here", '"mode"'),
    syntax("a key with a dollar", "mode ", "mo$de ", 'the character "$"', "mo$de"),
    syntax("an unknown escape", '"standard"', '"stan\\dard"', "is no escape of HCL", "mode"),
    syntax("a Windows path", '"standard"', '"C:\\queues"', "is no escape of HCL", "mode"),
    syntax("half a Unicode escape", '"standard"', '"\\u12"', "is no escape of HCL", "mode"),
    syntax("an interpolation that is never closed", '"standard"', '"${var.x"', "add the missing quote", "mode"),
    syntax("an empty interpolation", '"standard"', '"${}"', "a value must stand here", "mode"),
    syntax("a heredoc that is never closed", '"standard"', "<<EOT\nx", "the heredoc is never closed", "mode"),
    syntax("a heredoc with text behind it", '"standard"', "<<EOT x\nEOT", "must be followed by a word", "mode"),
    syntax("a comment that is never closed", "# What", "/* What", "comment is never closed", "/* What"),
    syntax("a control character", '"standard"', "\x07", "U+0007", "mode"),
    syntax("a null byte", '"standard"', '"standard"\x00', "U+0000", "mode"),
    syntax("a byte order mark", "# What", "\ufeff# What", "U+FEFF", "\ufeff"),
    syntax("a space that is none", "mode    =", "mode\u00a0=", "U+00A0", "mode"),
    syntax("an operator without a right side", "= 4", "= 4 +", "a value must stand here", "retention_days"),
    syntax("half a condition", "= 4", "= true ? 4", '":" must stand here', "retention_days"),
    syntax("an object without commas", "{ days = 7 }", "{ days = 7 count = 2 }", "a line end or a comma", "    dead"),
    syntax("a for without in", "= 4", "= [for x of y : x]", '"in" must follow', "retention_days"),
    syntax("an ampersand", "= 4", "= true & true", 'the character "&"', "retention_days"),
    syntax("JSON instead of HCL", "# What an engineer edits.", '{ "mode": "fifo" }', "a name must stand", "{ "),
    syntax("a merge conflict", "# What", "<<<<<<< ours\n# What", "a name must stand here", "<<<<<<<"),
    syntax("nested without end", "= 4", f"= {'[' * 3000}{']' * 3000}", "nested deeper than", "retention_days"),
    syntax("in an env.hcl", 'size        = "small"', "size = ", "a value must stand here", file=ENV),
    syntax("in a region.hcl", "azs = [", "azs = ", "cannot close", "locals", file=REGION),
    syntax("in a unit", "include", "include {{", "is never closed", "include", file=UNIT),
    syntax("in a unit definition", "inputs = {", "inputs = {{", "is never closed", file=DEFINITION),
    syntax("in a module", "type = string", "type = ", "a value must stand here", "variable", file=MODULE),
    syntax("in the address plan", "vpc_cidrs = {", "vpc_cidrs = [", "cannot close", "  }\n}", file=PLAN),
]  # fmt: skip
ENVIRONMENTS = [
    row("an account id with 11 digits", ENV, '"111111111111"', '"11111111111"', "account-form", "12 digits"),
    row("an account id with letters", ENV, '"111111111111"', '"11111111111a"', "account-form", "12 digits"),
    row("an account id as number", ENV, '"111111111111"', "111111111111", "wrong-type", "put it in quotes"),
    row("an account id in other digits", ENV, '"111111111111"', '"' + "\u0661" * 12 + '"', "account-form", "12 digits"),
    row("an account id with dashes", ENV, '"111111111111"', '"1111-1111-1111"', "account-form", "12 digits"),
    row("an empty account id", ENV, '"111111111111"', '""', "account-form", "12 digits"),
    row("no account id", ENV, '  account_id  = "111111111111"\n', "", "env-key-missing", "account_id", "locals"),
    row("no project", ENV, '  project     = "acme"\n', "", "env-key-missing", "project", "locals"),
    row("no owner", ENV, '  owner       = "shop"\n', "", "env-key-missing", "owner", "locals"),
    row("a project in capitals", ENV, '"acme"', '"Acme"', "name-form", "small letters"),
    row("a project with a space", ENV, '"acme"', '"ac me"', "name-form", "small letters"),
    row("a project that is hostile", ENV, '"acme"', '"a\\"; $(id)"', "name-form", "small letters"),
    row("a size that is none", ENV, '"small"', '"smal"', "unknown-size", 'did you mean "small"?'),
    row("a size far off", ENV, '"small"', '"xxl"', "unknown-size", "allowed: large, medium, small"),
    row("a lock that is none", ENV, '"s3"', '"dynamo"', "unknown-lock", 'did you mean "dynamodb"?'),
    row("the account of another environment", "live/prod/env.hcl", "333333333333", "111111111111", "account-twice",
        'is also that of "dev"'),
    row("a zone of another region", REGION, "us-east-1b", "us-west-2b", "zones", "zones of us-east-1"),
    row("zones as text", REGION, '["us-east-1a", "us-east-1b"]', '"us-east-1a"', "zones", "must be a list of zones"),
    row("no zones", REGION, '["us-east-1a", "us-east-1b"]', "[]", "zones", "must be a list of zones"),
]  # fmt: skip
ADDRESSES = [
    row("two systems on one range", PLAN, "10.2.0.0/16", "10.1.0.0/16", "address-overlap", "of line 5", "        forum"),
    row("a range inside another", PLAN, "10.2.0.0/16", "10.1.128.0/17", "address-overlap", "overlaps"),
    row("two regions on one range", PLAN, "10.3.0.0/16", "10.1.0.0/16", "address-overlap", "of line 5", "      us-west-2"),
    row("host bits set", PLAN, "10.2.0.0/16", "10.2.0.1/16", "address", "write 10.2.0.0/16"),
    row("no prefix", PLAN, "10.2.0.0/16", "10.2.0.0", "address", "write 10.2.0.0/32"),
    row("too large", PLAN, "10.2.0.0/16", "10.0.0.0/8", "address", "/16 to /28"),
    row("too small", PLAN, "10.2.0.0/16", "10.2.0.0/29", "address", "/16 to /28"),
    row("a public range", PLAN, "10.2.0.0/16", "8.8.0.0/16", "address", "is not private"),
    row("not an address", PLAN, "10.2.0.0/16", "ten.two", "address", "is no IPv4 network"),
    row("an octet too large", PLAN, "10.2.0.0/16", "10.256.0.0/16", "address", "is no IPv4 network"),
    row("an IPv6 range", PLAN, "10.2.0.0/16", "fd00::/56", "address", "is no IPv4 network"),
    row("a range with a newline", PLAN, "10.2.0.0/16", "10.2.0.0/16\\n", "address", "is no IPv4 network"),
    row("an environment that is none", PLAN, "prod =", "prodd =", "address", 'no environment "prodd"'),
    row("a system twice", PLAN, "forum =", "shop =", "address-twice", "already given on line 5"),
    row("a list of ranges", PLAN, '"10.2.0.0/16"', '["10.2.0.0/16"]', "address-form", "write it so"),
    row("a level too few", PLAN, '{ us-east-1 = { shop = "10.1.0.0/16" } }', '"10.1.0.0/16"', "address-form", "prod",
        "    prod ="),
]  # fmt: skip
GRAPH = [
    row("a dependency on nothing", DEFINITION, "platform/key", "platform/keys", "dependency-missing",
        'did you mean "live/dev/us-east-1/platform/key"?', "dependency"),
    row("a dependency outside the tree", DEFINITION, "/../../platform/key", "/../../../../../../etc",
        "dependency-missing", "does not exist", "dependency"),
    row("a dependency on another environment", DEFINITION, "${get_terragrunt_dir()}/../../platform/key",
        "${get_repo_root()}/live/prod/us-east-1/platform/key", "dependency-environment", "share nothing", "dependency"),
    row("a dependency that cannot be read", DEFINITION, '"${get_terragrunt_dir()}/../../platform/key"',
        'run_cmd("pwd")', "unreadable-path", "cannot be read", "  config_path"),
    row("the platform on a system", KEY_DEFINITION, "inputs =",
        'dependencies {\n  paths = ["${get_terragrunt_dir()}/../../shop/queue"]\n}\ninputs =',
        "dependency-direction", "never the reverse", "dependencies"),
    row("a unit on itself", DEFINITION, "/../../platform/key", "/../queue", "dependency-circle", "circle",
        "dependency"),
    row("paths that are no list", KEY_DEFINITION, "inputs =", 'dependencies {\n  paths = "../x"\n}\ninputs =',
        "unreadable-path", '"paths" of dependencies', "  paths"),
]  # fmt: skip
MOCKS = [
    row("a mock of no output", DEFINITION, "{ key_arn =", "{ key_ran =", "mock-unknown", 'did you mean "key_arn"?',
        "  mock_outputs "),
    row("a use of no output", DEFINITION, "outputs.key_arn", "outputs.key_id", "output-unknown", "key_arn",
        "  key_arn = dep"),
    row("an output without a mock", DEFINITION, '{ key_arn = "arn:aws:kms:us-east-1:000000000000:key/mock" }', "{}",
        "mock-missing", "add it to mock_outputs", "  key_arn = dep"),
    row("a dependency that is not declared", DEFINITION, "dependency.key.", "dependency.keys.",
        "dependency-undeclared", 'did you mean "key"?', "  key_arn = dep"),
    row("mocks that reach an apply", DEFINITION, '["init", "validate", "plan"]', '["plan", "apply"]',
        "mock-commands", "could reach an apply", "dependency"),
    row("mocks for every command", DEFINITION,
        '  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]\n', "",
        "mock-commands", "could reach an apply", "dependency"),
    row("a mock of the wrong type", DEFINITION, '"arn:aws:kms:us-east-1:000000000000:key/mock"', "[]", "wrong-type",
        '"key_arn" must be text, not []', "  key_arn = dep"),
]  # fmt: skip
DEFINITIONS = [
    row("an input of no variable", DEFINITION, "  region  =", "  regon =", "unknown-input", 'did you mean "region"?'),
    row("an input of the wrong type", KEY_DEFINITION, '["data"]', '"data"', "wrong-type", "a set of texts"),
    row("an input that is null", DEFINITION, "dependency.key.outputs.key_arn", "null", "null", "must not be null"),
    row("a module that is none", DEFINITION, "patterns/shop", "patterns/shopp", "module-missing",
        'did you mean "modules/patterns/shop"?'),
    row("a module outside the repository", DEFINITION, "/modules//patterns/shop", "/../../etc", "module-missing",
        "there is no module"),
    row("an include of nothing", UNIT, "queue.hcl", "queues.hcl", "include-missing", "is no file", "include \"unit\""),
    row("an include outside the repository", UNIT, "live/_units/shop/queue.hcl", "../../../../etc/hostname",
        "include-missing", "is no file", "include \"unit\""),
    row("an include that cannot be read", UNIT, '"${get_repo_root()}/live', '"${find("x")}/live', "unreadable-path",
        "cannot be read", "  path = \"${find"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "rule", "says"),
    [*SYNTAX, *ENVIRONMENTS, *ADDRESSES, *GRAPH, *MOCKS, *DEFINITIONS],
)
def test_a_mistake_is_refused_where_it_stands(tmp_path, file, old, new, at, rule, says):
    change = edited(file, old, new)
    text = str(change[file])
    line = text[: text.index(at)].count("\n") + 1
    found = validate(read_tree(build(tmp_path, change)))
    ours = [finding for finding in found if finding.rule == rule and says in finding.message]
    assert (file, line) in {(finding.path, finding.line) for finding in ours}
    assert all(str(finding).isprintable() for finding in found)


@pytest.mark.parametrize(
    ("change", "place", "rule", "says"),
    [
        pytest.param({ENV: None}, ENV, "env-missing", "copy it", id="no env.hcl"),
        pytest.param({REGION: None}, REGION, "region-missing", "copy it", id="no region.hcl"),
        pytest.param({TFVARS: None}, UNIT, "missing-key", "mode", id="no tfvars"),
        pytest.param(
            {TFVARS: b"\xff\xfe"}, TFVARS, "hcl-syntax", "not UTF-8", id="a tfvars in another encoding"
        ),
        pytest.param({UNIT: b"\x80"}, UNIT, "hcl-syntax", "not UTF-8", id="a unit in another encoding"),
        pytest.param({UNIT: ""}, UNIT, "no-definition", "add the two includes", id="an empty unit"),
        pytest.param(
            {"live/dev/us-east-1/shop/terragrunt.hcl": ""},
            "live/dev/us-east-1/shop/terragrunt.hcl",
            "unit-place",
            "move it to live/<environment>",
            id="a unit too high",
        ),
        pytest.param(
            {f"{QUEUE}/deep/terragrunt.hcl": ""},
            f"{QUEUE}/deep/terragrunt.hcl",
            "unit-place",
            "move it",
            id="a unit too deep",
        ),
        pytest.param(
            {"live/dev/nowhere/shop/x/terragrunt.hcl": ""},
            "live/dev/nowhere",
            "region-form",
            "is no AWS region",
            id="a region that is none",
        ),
        pytest.param(
            {"live/dev/us-east-1/shop/Queue_2/terragrunt.hcl": unit_file(DEFINITION)},
            "live/dev/us-east-1/shop/Queue_2",
            "folder-name",
            "small letters",
            id="a folder in capitals",
        ),
        pytest.param(
            {"live/dev/us-east-1/shop/que ue/terragrunt.hcl": unit_file(DEFINITION)},
            "live/dev/us-east-1/shop/que ue",
            "folder-name",
            "small letters",
            id="a folder with a space",
        ),
        pytest.param(
            {"live/dev/us-east-1/shop/$(id)/terragrunt.hcl": unit_file(DEFINITION)},
            "live/dev/us-east-1/shop/$(id)",
            "folder-name",
            "small letters",
            id="a hostile folder",
        ),
        pytest.param(
            {"live/dev/us-east-1/shop/a\nb/terragrunt.hcl": unit_file(DEFINITION)},
            "live/dev/us-east-1/shop/a\nb",
            "folder-name",
            '"a\\nb"',
            id="a folder with a line end",
        ),
        pytest.param(
            {
                "live/dev/us-east-1/shop/queue-a/terragrunt.hcl": unit_file(DEFINITION),
                "live/dev/us-east-1/shop-queue/a/terragrunt.hcl": unit_file(DEFINITION),
            },
            "live/dev/us-east-1/shop/queue-a",
            "unit-twice",
            "names are the same",
            id="two units of one name",
        ),
        pytest.param(
            {"live/dev/us-east-1/shop/extra/terraform.tfvars": "mode = 5"},
            "live/dev/us-east-1/shop/extra/terraform.tfvars",
            "unit-place",
            "belongs to no unit",
            id="values without a unit",
        ),
        pytest.param(
            {"live/dev/us-east-1/shop/terraform.tfvars": "mode = 5"},
            "live/dev/us-east-1/shop/terraform.tfvars",
            "unit-place",
            "belongs to no unit",
            id="values of a whole system",
        ),
        pytest.param(
            {f"{QUEUE}/more.auto.tfvars": "mode = 5"},
            f"{QUEUE}/more.auto.tfvars",
            "stray-file",
            "may override it",
            id="an auto.tfvars",
        ),
        pytest.param(
            {f"{QUEUE}/terraform.tfvars.json": "{}"},
            f"{QUEUE}/terraform.tfvars.json",
            "stray-file",
            "may override it",
            id="a tfvars in JSON",
        ),
        pytest.param(
            {f"{QUEUE}/main.tf": ""},
            f"{QUEUE}/main.tf",
            "stray-file",
            "may override it",
            id="Terraform in a unit",
        ),
        pytest.param(
            {f"{QUEUE}/moved.tf": 'moved {\n  from = a.b["x"]\n  to = a.b["y"]\n}\nlocals {}\n'},
            f"{QUEUE}/moved.tf",
            "moved-only",
            '"locals" does not belong here',
            id="more than moves in moved.tf",
        ),
        pytest.param(
            {f"{QUEUE}/stagecraft-import.tf": 'import {\n  to = a.b\n  id = "c"\n}\nlocals {}\n'},
            f"{QUEUE}/stagecraft-import.tf",
            "stray-file",
            "may override it",
            id="more than imports in the file for imports",
        ),
    ],
)
def test_a_file_too_many_or_too_few_is_refused_by_its_name(tmp_path, change, place, rule, says):
    found = validate(read_tree(build(tmp_path, change)))
    ours = [finding for finding in found if finding.rule == rule and finding.path == place]
    assert any(says in finding.message for finding in ours)
    assert all(str(finding).isprintable() for finding in found)


def test_an_import_may_stand_beside_its_unit(tmp_path):
    change = {f"{QUEUE}/stagecraft-import.tf": 'import {\n  to = a.b\n  id = "c"\n}\n'}
    assert validate(read_tree(build(tmp_path, change))) == validate(
        read_tree(build(tmp_path / "without", {}))
    )


def test_a_unit_may_say_what_it_renamed(tmp_path):
    moves = {f"{QUEUE}/moved.tf": 'moved {\n  from = a.b["x"]\n  to   = a.b["y"]\n}\n'}
    assert not [finding for finding in validate(read_tree(build(tmp_path, moves))) if "moved" in finding.path]


def test_a_required_input_that_nobody_gives_is_refused_at_the_unit(tmp_path):
    change = edited(KEY_DEFINITION, 'inputs = { aliases = ["data"] }', "")
    found = validate(read_tree(build(tmp_path, change)))
    assert [(finding.path, finding.rule) for finding in found] == [
        ("live/dev/us-east-1/platform/key/terragrunt.hcl", "missing-key"),
        ("live/prod/us-east-1/platform/key/terragrunt.hcl", "missing-key"),
    ]
    assert "add aliases = [...] (a set of texts)" in found[0].message


def test_a_circle_is_refused_where_it_closes_and_shows_the_way(tmp_path):
    back = 'dependencies {\n  paths = ["${get_terragrunt_dir()}/../../shop/queue"]\n}\ninputs ='
    found = validate(read_tree(build(tmp_path, edited(KEY_DEFINITION, "inputs =", back))))
    circles = [finding for finding in found if finding.rule == "dependency-circle"]
    assert [(finding.path, finding.line) for finding in circles] == [(DEFINITION, 3), (DEFINITION, 3)]
    assert (
        "live/dev/us-east-1/platform/key -> live/dev/us-east-1/shop/queue -> live/dev/us"
        in circles[0].message
    )


def test_a_key_that_the_context_reads_is_asked_of_every_environment(tmp_path):
    change = edited("live/context.hcl", "local.env.project", "local.env.mascot")
    found = validate(read_tree(build(tmp_path, change)))
    assert [(finding.path, finding.rule) for finding in found] == [
        ("live/dev/env.hcl", "env-key-missing"),
        ("live/prod/env.hcl", "env-key-missing"),
    ]
    assert '"mascot" is missing, which live/context.hcl reads' in found[0].message


def test_a_tfvars_behind_a_link_is_refused(tmp_path):
    build(tmp_path, {TFVARS: None, "elsewhere.tfvars": files()[TFVARS]})
    (tmp_path / TFVARS).symlink_to(tmp_path / "elsewhere.tfvars")
    assert [(finding.path, finding.rule) for finding in validate(read_tree(tmp_path))] == [
        (TFVARS, "unit-place")
    ]


def test_a_folder_in_the_place_of_a_tfvars_is_refused(tmp_path):
    build(tmp_path, {TFVARS: None, f"{TFVARS}/x": ""})
    found = [str(finding) for finding in validate(read_tree(tmp_path))]
    assert f"{TFVARS}: a unit holds no folders; move it out of live/." in found


def test_a_unit_behind_a_link_is_refused(tmp_path):
    build(tmp_path)
    (tmp_path / "live/dev/us-east-1/shop/again").symlink_to(tmp_path / QUEUE)
    found = validate(read_tree(tmp_path))
    assert [finding.path for finding in found] == ["live/dev/us-east-1/shop/again"]
    assert "is a link" in found[0].message


def test_a_folder_without_a_live_tree_is_refused(tmp_path):
    assert [finding.rule for finding in validate(read_tree(tmp_path))] == ["no-live-tree"]


def test_every_mistake_of_a_tree_is_told_at_once(tmp_path):
    change = {
        **edited(TFVARS, "mode    =", "mod ="),
        **edited(ENV, '"small"', '"smal"'),
        **edited("live/addresses.hcl", "10.2.0.0/16", "10.1.0.0/16"),
        **edited(MODULE, "type = string", "type ="),
    }
    rules = {finding.rule for finding in validate(read_tree(build(tmp_path, change)))}
    assert {"unknown-key", "missing-key", "unknown-size", "address-overlap", "hcl-syntax"} <= rules


def test_a_tree_in_order_has_no_finding(tmp_path):
    assert validate(read_tree(build(tmp_path))) == ()


def test_the_environments_share_a_range_because_they_are_never_joined(tmp_path):
    assert files()[PLAN].count("10.1.0.0/16") == 2
    assert validate(read_tree(build(tmp_path))) == ()
