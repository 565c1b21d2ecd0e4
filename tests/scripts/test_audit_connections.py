"""Each argument of a plan leads to the resources that it is made of, across modules and one instance at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scripts.audit.document import checkable
from scripts.audit.sources import Source, read_source, sources_below

UNKNOWN = object()


def block(address: str, **expressions: Any) -> dict[str, Any]:
    """One resource of the code; ``for_each`` says what its instances are made of."""
    each = expressions.pop("for_each", None)
    return {"address": address, "expressions": expressions} | (
        {"for_each_expression": to(*each)} if each else {}
    )


def to(*references: str) -> dict[str, list[str]]:
    return {"references": list(references)}


def call(
    source: str, module: dict[str, Any], each: tuple[str, ...] = (), **expressions: Any
) -> dict[str, Any]:
    made = {"source": source, "module": module, "expressions": expressions}
    return made | ({"for_each_expression": to(*each)} if each else {})


def planned(*resources: tuple[str, dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The resources as they are planned, each at its module, and their changes; UNKNOWN is known after the apply."""
    modules: dict[str, list[dict[str, Any]]] = {}
    changes = []
    for address, values in resources:
        module, _, _ = address.rpartition(".data.") if ".data." in address else ("", "", "")
        bare = address.removeprefix(f"{module}.") if module else address
        if not module and address.startswith("module."):
            parts = address.split("[")[0] if address.endswith('"]') and address.count("[") == 1 else address
            module = parts.rsplit(".", 2)[0]
            bare = address.removeprefix(f"{module}.")
        code, bracket, key = bare.partition("[")
        kind, name = code.removeprefix("data.").split(".")
        known = {name: value for name, value in values.items() if value is not UNKNOWN}
        mode = "data" if code.startswith("data.") else "managed"
        index = {"index": json.loads(key[:-1])} if bracket else {}
        made = {"address": address, "mode": mode, "type": kind, "name": name, **index}
        modules.setdefault(module, []).append(made | {"values": known})
        unknown = {name: True for name, value in values.items() if value is UNKNOWN}
        changes.append(made | {"change": {"actions": ["create"], "after": known, "after_unknown": unknown}})
    root = {"resources": modules.pop("", [])}
    children = [{"address": address, "resources": found} for address, found in modules.items()]
    return root | {"child_modules": children}, changes


def leads(
    code: dict[str, Any],
    *resources: tuple[str, dict[str, Any]],
    sources: dict[str, Source] | None = None,
) -> dict[str, dict[str, Any]]:
    """What each argument leads to, by the resource's address; resources are named by their addresses again."""
    values, changes = planned(*resources)
    document = {
        "configuration": {"root_module": code},
        "planned_values": {"root_module": values},
        "resource_changes": changes,
    }
    read = sources or {}
    shown = json.loads(checkable(document, "", lambda folder: read.get(folder, Source())))
    listed = shown["planned_values"]["root_module"]["resources"]
    names = {
        ("data." if each["mode"] == "data" else "") + f"{each['type']}.{each['name']}": each["address"]
        for each in listed
    }
    assert len(names) == len(listed), "two resources have one name"
    return {
        each["address"]: _named(each["expressions"], names)
        for each in shown["configuration"]["root_module"]["resources"]
    }


def _named(expression: Any, names: dict[str, str]) -> Any:
    if isinstance(expression, list):
        return [_named(inner, names) for inner in expression]
    if "references" not in expression:
        return {name: _named(inner, names) for name, inner in expression.items()}
    found = []
    for text in expression["references"]:
        vertex, _, attribute = text.rpartition(".")
        found.append(f"{names[vertex]}.{attribute}" if vertex in names else text)
    return found


BALANCER = {"resources": [block("aws_lb.this")], "outputs": {"arn": {"expression": to("aws_lb.this.arn")}}}
ACL = {
    "resources": [
        block("aws_wafv2_web_acl_association.this", resource_arn=to("each.value"), for_each=("var.arns",))
    ]
}


def test_an_argument_leads_through_a_variable_and_an_output_to_the_resource_of_another_module() -> None:
    code = {
        "module_calls": {
            "shop": call("./modules/networking/load-balancer", BALANCER),
            "waf": call("./modules/security/waf", ACL, arns=to("module.shop.arn", "module.shop")),
        }
    }
    found = leads(
        code,
        ("module.shop.aws_lb.this", {"arn": UNKNOWN}),
        ('module.waf.aws_wafv2_web_acl_association.this["shop"]', {"resource_arn": UNKNOWN}),
    )
    assert found['module.waf.aws_wafv2_web_acl_association.this["shop"]'] == {
        "resource_arn": ["module.shop.aws_lb.this.arn"]
    }


GROUPS = {
    "resources": [block("aws_security_group.this", for_each=("var.groups",))],
    "outputs": {"ids": {"expression": to("aws_security_group.this")}},
}
TWO_GROUPS = tuple(
    (f'module.groups.aws_security_group.this["{key}"]', {"id": UNKNOWN}) for key in ("web", "data")
)


@pytest.mark.parametrize(
    ("references", "keys"),
    [
        pytest.param(('module.groups.ids["web"]', "module.groups.ids", "module.groups"), ["web"], id="a key"),
        pytest.param(("module.groups.ids", "module.groups"), ["web", "data"], id="no key: each may be it"),
        pytest.param(
            ("module.groups.ids", "module.groups", "local.mine"), ["data"], id="a key that is a local"
        ),
        pytest.param(('module.groups.ids["x"]', "module.groups.ids"), ["web", "data"], id="another's key"),
    ],
)
def test_a_key_says_which_instance_is_meant(references, keys) -> None:
    code = {
        "resources": [block("aws_lb.this", security_groups=to(*references))],
        "module_calls": {"groups": call("./modules/security/security-group", GROUPS)},
    }
    found = leads(
        code,
        *TWO_GROUPS,
        ("aws_lb.this", {"security_groups": UNKNOWN}),
        sources={"": Source(locals={"mine": ()}, words={"mine": "data"})},
    )
    assert found["aws_lb.this"]["security_groups"] == [
        f'module.groups.aws_security_group.this["{key}"].id' for key in keys
    ]


def test_the_instances_of_a_for_each_are_told_apart_by_their_keys() -> None:
    code = {
        "resources": [
            block("aws_s3_bucket.this", for_each=("var.buckets",)),
            block(
                "aws_s3_bucket_versioning.this",
                bucket=to("aws_s3_bucket.this", "each.key"),
                for_each=("var.buckets",),
            ),
        ]
    }
    found = leads(
        code,
        *((f'aws_s3_bucket.this["{key}"]', {"id": UNKNOWN}) for key in "ab"),
        *((f'aws_s3_bucket_versioning.this["{key}"]', {"bucket": UNKNOWN}) for key in "ab"),
    )
    assert [found[f'aws_s3_bucket_versioning.this["{key}"]']["bucket"] for key in "ab"] == [
        ['aws_s3_bucket.this["a"].id'],
        ['aws_s3_bucket.this["b"].id'],
    ]


@pytest.mark.parametrize("keys", [('"a"', '"b"'), ("0", "1")])
def test_an_index_chooses_the_module_that_it_names(keys) -> None:
    code = {
        "resources": [
            block(
                "aws_route53_record.this", name=to(f"module.shop[{keys[1]}].arn", f"module.shop[{keys[1]}]")
            )
        ],
        "module_calls": {"shop": call("./x", BALANCER, ("var.shops",))},
    }
    values, changes = planned(("aws_route53_record.this", {"name": UNKNOWN}))
    for key in keys:
        address = f"module.shop[{key}]"
        lb = {"address": f"{address}.aws_lb.this", "mode": "managed", "type": "aws_lb", "name": "this"}
        values["child_modules"].append({"address": address, "resources": [lb | {"values": {}}]})
    document = {
        "configuration": {"root_module": code},
        "planned_values": {"root_module": values},
        "resource_changes": changes,
    }
    shown = json.loads(checkable(document))
    assert shown["configuration"]["root_module"]["resources"][0]["expressions"] == {
        "name": {"references": ["aws_lb.this_2.arn"]}
    }


@pytest.mark.parametrize(
    ("value", "source", "connected"),
    [
        pytest.param(UNKNOWN, {"arn": UNKNOWN}, True, id="both are known later"),
        pytest.param("arn:1", {"arn": "arn:1"}, True, id="both are known and equal"),
        pytest.param("x-arn:1-y", {"arn": "arn:1"}, True, id="one stands in the other"),
        pytest.param(["arn:1", "arn:2"], {"arn": "arn:1"}, True, id="one of several"),
        pytest.param("arn:2", {"arn": "arn:1"}, False, id="it is another"),
        pytest.param("arn:2", {"arn": UNKNOWN}, False, id="a known value is not made of an unknown one"),
        pytest.param(UNKNOWN, {"arn": "arn:1"}, False, id="nor an unknown one of a known"),
        pytest.param("arn:2", {"arn": ""}, False, id="an empty one stands in none"),
        pytest.param(None, {"arn": UNKNOWN}, False, id="nothing leads nowhere"),
    ],
)
def test_a_value_leads_to_what_it_can_be_made_of(value, source, connected) -> None:
    code = {"resources": [block("aws_lb.this"), block("aws_a.this", lb=to("aws_lb.this.arn", "var.other"))]}
    found = leads(code, ("aws_lb.this", source), ("aws_a.this", {"lb": value}))
    inside = ["aws_lb.this.arn"] if connected else []
    assert found["aws_a.this"]["lb"] == ({} if value is None else [*inside, "var.other"])


def test_blocks_and_locals_and_dynamic_blocks_lead_on(tmp_path) -> None:
    folder = tmp_path / "modules/a/b"
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text(
        """
        locals {
          group = "web"
          alias = { name = aws_lb.this.dns_name, of = [for key, one in aws_lb.that : one.id] }
        }
        resource "aws_route53_record" "this" {
          name = local.group
          dynamic "x" {
            for_each = local.group
            content {}
          }
          dynamic "alias" {
            for_each = each.value.alias[*]
            content {
              name = alias.value.name
              dynamic "deeper" {
                for_each = alias.value.more
                content { zone = "${deeper.value}${local.alias.name}" }
              }
            }
          }
        }
        """
    )
    source = read_source(folder)
    assert source.words == {"group": "web"}
    assert source.locals["alias"][0] == ("aws_lb", "this", "dns_name")
    assert source.dynamic == {
        ("aws_route53_record.this", "alias"): (("each", "value", "alias", "[]"), ("local", "alias", "name")),
        ("aws_route53_record.this", "x"): (("local", "group"),),
    }
    assert sources_below(tmp_path)("modules/a/b") == source
    assert sources_below(tmp_path)("modules/a/none") == sources_below(tmp_path)("") == Source()

    code = {
        "resources": [block("aws_lb.this"), block("aws_route53_record.this", x=[{"y": to("aws_lb.this.id")}])]
    }
    values, changes = planned(
        ("aws_lb.this", {"dns_name": UNKNOWN, "alias": [{"name": "a"}]}),
        ("aws_route53_record.this", {"x": [{}], "alias": [{"evaluate": False}], "unused": []}),
    )
    changes[1]["change"]["after_unknown"] = {"alias": [{"name": True}], "x": [{"y": True}]}
    document = {
        "configuration": {"root_module": code},
        "planned_values": {"root_module": values},
        "resource_changes": changes,
    }
    shown = json.loads(checkable(document, "modules/a/b", sources_below(tmp_path)))
    assert shown["configuration"]["root_module"]["resources"][0]["expressions"] == {}
    assert shown["configuration"]["root_module"]["resources"][1]["expressions"] == {
        "x": [{"y": {"references": ["aws_lb.this_0.id"]}}],
        "alias": [{"evaluate": {}, "name": {"references": ["aws_lb.this_0.dns_name"]}}],
    }


def test_a_block_that_is_known_later_leads_on_and_a_module_as_a_whole_nowhere() -> None:
    code = {
        "resources": [block("aws_a.this", x=[{"y": to("module.shop.arn")}], all=to("module.shop"))],
        "module_calls": {"shop": call("./x", BALANCER)},
    }
    found = leads(code, ("module.shop.aws_lb.this", {}), ("aws_a.this", {"x": UNKNOWN, "all": UNKNOWN}))
    assert found["aws_a.this"] == {"x": [{"y": ["module.shop.aws_lb.this.arn"]}], "all": {}}


def test_what_leads_out_of_the_plan_stands_as_it_is_written_without_its_keys() -> None:
    code = {
        "resources": [
            block(
                "aws_a.this",
                one=to('var.keys["hunter2"].arn', "var.keys"),
                two=to("local.x"),
                three=to("data.aws_b.c.d"),
            )
        ]
    }
    found = leads(code, ("aws_a.this", dict.fromkeys(("one", "two", "three"), UNKNOWN)))
    assert found["aws_a.this"] == {"one": ["var.keys.arn"], "two": ["local.x"], "three": ["data.aws_b.c.d"]}


def test_data_that_is_read_during_the_apply_is_a_resource_like_others() -> None:
    code = {
        "resources": [block("data.aws_b.c"), block("aws_a.this", one=to("data.aws_b.c.json", "data.aws_b.c"))]
    }
    found = leads(code, ("data.aws_b.c", {"json": UNKNOWN}), ("aws_a.this", {"one": UNKNOWN}))
    assert found["aws_a.this"] == {"one": ["data.aws_b.c.json"]}


def test_a_value_that_is_known_in_part_may_lead_to_what_is_not() -> None:
    code = {"resources": [block("aws_lb.this"), block("aws_a.this", lbs=to("aws_lb.this.arn"))]}
    values, changes = planned(("aws_lb.this", {"arn": UNKNOWN}), ("aws_a.this", {"lbs": ["arn:1", None]}))
    changes[1]["change"]["after_unknown"] = {"lbs": [False, True]}
    document = {
        "configuration": {"root_module": code},
        "planned_values": {"root_module": values},
        "resource_changes": changes,
    }
    shown = json.loads(checkable(document))
    assert shown["configuration"]["root_module"]["resources"][1]["expressions"] == {
        "lbs": {"references": ["aws_lb.this_0.arn"]}
    }


@pytest.mark.parametrize(
    ("value", "connected"), [("at shop.elb", True), ("at other.elb", False), ("at", False)]
)
def test_a_resource_that_is_named_as_a_whole_is_known_by_what_others_call_it(value, connected) -> None:
    code = {"resources": [block("aws_lb.this"), block("aws_a.this", at=to("aws_lb.this"))]}
    found = leads(
        code, ("aws_lb.this", {"dns_name": "shop.elb", "vpc_id": "at"}), ("aws_a.this", {"at": value})
    )
    assert found["aws_a.this"]["at"] == (["aws_lb.this.id"] if connected else {})


def test_a_number_says_which_instance_is_meant_only_where_it_stands() -> None:
    code = {
        "resources": [
            block("aws_subnet.this"),
            block(
                "aws_a.this", one=to("aws_subnet.this[1].id", "aws_subnet.this"), every=to("aws_subnet.this")
            ),
        ]
    }
    found = leads(
        code,
        *((f"aws_subnet.this[{number}]", {"id": UNKNOWN}) for number in (0, 1)),
        ("aws_a.this[0]", {"one": UNKNOWN, "every": UNKNOWN}),
    )
    assert found["aws_a.this[0]"] == {
        "one": ["aws_subnet.this[1].id"],
        "every": ["aws_subnet.this[0].id", "aws_subnet.this[1].id"],
    }


def test_an_instance_of_a_module_is_given_what_has_its_key() -> None:
    inner = {"resources": [block("aws_b.this", shop=to("var.shop"))]}
    code = {
        "resources": [block("aws_lb.this", for_each=("var.shops",))],
        "module_calls": {"x": call("./x", inner, ("aws_lb.this",), shop=to("each.value.arn", "each.value"))},
    }
    values, changes = planned(*((f'aws_lb.this["{key}"]', {"arn": UNKNOWN}) for key in "ab"))
    for key in "ab":
        made = {
            "address": f'module.x["{key}"].aws_b.this',
            "mode": "managed",
            "type": "aws_b",
            "name": "this",
        }
        values["child_modules"].append(
            {"address": f'module.x["{key}"]', "resources": [made | {"values": {}}]}
        )
    document = {
        "configuration": {"root_module": code},
        "planned_values": {"root_module": values},
        "resource_changes": changes,
    }
    resources = json.loads(checkable(document))["configuration"]["root_module"]["resources"]
    assert [each["expressions"] for each in resources[2:]] == [
        {"shop": {"references": ["aws_lb.this_0.id"]}},
        {"shop": {"references": ["aws_lb.this_1.id"]}},
    ]
