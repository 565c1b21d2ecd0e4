"""A saved query stands in its system's folder and reads the groups that it names."""

import re

import pytest
import tftest

MODULE = "monitoring/queries"
ERRORS = {"log_group_names": ["/b", "/a"], "query": "fields @message"}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, name="acme-dev-shop", queries={"errors": ERRORS})


def test_a_query_stands_in_a_folder_and_reads_its_groups(plan):
    found = plan.resources['aws_cloudwatch_query_definition.this["errors"]']["values"]
    assert found["name"] == "acme-dev-shop/errors"
    assert (found["log_group_names"], found["query_string"]) == (["/a", "/b"], "fields @message")


def test_a_further_query_leaves_the_others_where_they_are(plan_module, plan):
    more = plan_module(MODULE, name="acme-dev-shop", queries={"a": ERRORS, "errors": ERRORS})
    assert set(more.resources) - set(plan.resources) == {'aws_cloudwatch_query_definition.this["a"]'}


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "a b"}, "name may hold", '"a b"', id="name"),
        pytest.param({"queries": {"q" * 251: ERRORS}}, "255 characters", "[256]", id="a long name"),
        pytest.param(
            {"queries": {"q": ERRORS | {"log_group_names": []}}},
            "1 to 50 log groups",
            '{"q":0}',
            id="no group",
        ),
        pytest.param(
            {"queries": {"q": ERRORS | {"log_group_names": [f"/{n}" for n in range(51)]}}},
            "1 to 50 log groups",
            '{"q":51}',
            id="51 groups",
        ),
        pytest.param({"queries": {"q": ERRORS | {"query": " "}}}, "1 to 10000", '{"q":1}', id="blank"),
        pytest.param(
            {"queries": {"q": ERRORS | {"query": "x" * 10001}}}, "1 to 10000", '{"q":10001}', id="too long"
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme", "queries": {"q": ERRORS}} | variables)
