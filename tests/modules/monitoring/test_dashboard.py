"""A dashboard's JSON is made from typed widgets, in reading order, with nothing that a kind does not take."""

import json
import re

import pytest
import tftest

MODULE = "monitoring/dashboard"
ERRORS = {"namespace": "AWS/Lambda", "name": "Errors"}
ALARM = "arn:aws:cloudwatch:us-east-1:111111111111:alarm:acme-errors"

WIDGETS = [
    {"kind": "text", "title": "Shop", "width": 24, "height": 2, "markdown": "# Shop"},
    {
        "title": "Errors",
        "limits": {"too many": 5},
        "period_seconds": 60,
        "range": {"min": 0, "max": 10},
        "metrics": [
            ERRORS | {"dimensions": {"FunctionName": "f"}, "label": "f", "statistic": "p95"},
            ERRORS | {"axis": "right"},
        ],
    },
    {"kind": "stacked", "title": "Stacked", "metrics": [ERRORS]},
    {"kind": "number", "title": "Number", "metrics": [ERRORS]},
    {"kind": "bar", "title": "Bar", "metrics": [ERRORS]},
    {"kind": "pie", "title": "Pie", "metrics": [ERRORS]},
    {"kind": "gauge", "title": "Gauge", "metrics": [ERRORS], "range": {"min": 0, "max": 100}},
    {"kind": "alarms", "title": "Alarms", "alarm_arns": [ALARM]},
    {"kind": "logs", "title": "Logs", "log_groups": ["/a", "/b"], "query": "fields @message"},
]


@pytest.fixture(scope="module")
def plan(plan_module):
    """A widget of every kind."""
    return plan_module(MODULE, name="acme", hours_shown=6, widgets=WIDGETS)


@pytest.fixture(scope="module")
def widgets(plan):
    body = json.loads(plan.resources["aws_cloudwatch_dashboard.this"]["values"]["dashboard_body"])
    return {original["title"]: made for original, made in zip(WIDGETS, body["widgets"], strict=True)}


def test_a_dashboard_looks_a_day_back_by_default(plan_module):
    plan = plan_module(MODULE, name="acme", widgets=WIDGETS[1:2])
    body = json.loads(plan.resources["aws_cloudwatch_dashboard.this"]["values"]["dashboard_body"])
    assert (body["start"], body["periodOverride"]) == ("-PT24H", "inherit")


def test_a_dashboard_has_its_name_and_looks_as_far_back_as_told(plan):
    found = plan.resources["aws_cloudwatch_dashboard.this"]["values"]
    assert found["dashboard_name"] == plan.outputs["dashboard_name"] == "acme"
    assert json.loads(found["dashboard_body"])["start"] == "-PT6H"


def test_widgets_flow_so_none_has_a_place_of_its_own(widgets):
    assert all({"x", "y"}.isdisjoint(widget) for widget in widgets.values())
    assert (widgets["Shop"]["width"], widgets["Shop"]["height"]) == (24, 2)
    assert (widgets["Errors"]["width"], widgets["Errors"]["height"]) == (8, 6)


def test_a_line_shows_metrics_with_their_options(widgets):
    assert widgets["Errors"] == {
        "type": "metric",
        "width": 8,
        "height": 6,
        "properties": {
            "title": "Errors",
            "region": "us-east-1",
            "view": "timeSeries",
            "period": 60,
            "metrics": [
                ["AWS/Lambda", "Errors", "FunctionName", "f", {"label": "f", "stat": "p95"}],
                ["AWS/Lambda", "Errors", {"stat": "Sum", "yAxis": "right"}],
            ],
            "annotations": {"horizontal": [{"label": "too many", "value": 5}]},
            "yAxis": {"left": {"min": 0, "max": 10}},
        },
    }


@pytest.mark.parametrize(
    ("title", "view"),
    [
        ("Stacked", "timeSeries"),
        ("Number", "singleValue"),
        ("Bar", "bar"),
        ("Pie", "pie"),
        ("Gauge", "gauge"),
    ],
)
def test_each_kind_of_metric_widget_has_its_view(widgets, title, view):
    assert (widgets[title]["type"], widgets[title]["properties"]["view"]) == ("metric", view)
    assert widgets[title]["properties"]["period"] == 300
    assert widgets[title]["properties"].get("stacked", False) is (title == "Stacked")


def test_text_takes_markdown_alone(widgets):
    assert (widgets["Shop"]["type"], widgets["Shop"]["properties"]) == ("text", {"markdown": "# Shop"})


def test_alarms_are_named_by_arn(widgets):
    assert widgets["Alarms"]["type"] == "alarm"
    assert widgets["Alarms"]["properties"] == {"title": "Alarms", "alarms": [ALARM]}


def test_a_log_query_reads_its_groups(widgets):
    assert widgets["Logs"]["type"] == "log"
    assert widgets["Logs"]["properties"] == {
        "title": "Logs",
        "region": "us-east-1",
        "view": "table",
        "query": "SOURCE '/a' | SOURCE '/b' | fields @message",
    }


def widget(**settings):
    return {"widgets": [{"title": "W", "metrics": [ERRORS]} | settings]}


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "a b"}, "255 letters", '"a b"', id="name"),
        pytest.param({"widgets": []}, "1 to 500 widgets", "got 0", id="nothing to show"),
        pytest.param({"hours_shown": 0}, "whole number of hours", "got 0", id="hours"),
        pytest.param(widget(kind="table"), "kind must be", '["table"]', id="kind"),
        pytest.param(widget(width=25), "1 to 24 columns", '{"W":[25,6]}', id="too wide"),
        pytest.param(widget(metrics=[]), "need at least one", "W (line, 0 metrics)", id="no metric"),
        pytest.param(
            widget(kind="text", markdown="x"),
            "to no other kind",
            "W (text, 1 metrics)",
            id="text with metrics",
        ),
        pytest.param(widget(kind="text", metrics=[]), "cannot do without it", "W (text)", id="empty text"),
        pytest.param(widget(markdown="x"), "belongs to a text widget", "W (line)", id="markdown elsewhere"),
        pytest.param(widget(alarm_arns=[ALARM]), "to an alarms widget", "1 alarms", id="alarms elsewhere"),
        pytest.param(
            widget(kind="alarms", metrics=[]), "takes 1 to 100", "W (alarms, 0 alarms)", id="no alarms"
        ),
        pytest.param(widget(log_groups=["/a"]), "to a logs widget", "W (line)", id="logs elsewhere"),
        pytest.param(
            widget(kind="logs", metrics=[], log_groups=["/a"]), "needs both", "W (logs)", id="no query"
        ),
        pytest.param(widget(kind="gauge"), "A gauge needs range", '["W"]', id="gauge without a scale"),
        pytest.param(widget(metrics=[ERRORS | {"axis": "up"}]), "left or right", '["up"]', id="axis"),
        pytest.param(widget(period_seconds=90), "a multiple of 60", '{"W":90}', id="period"),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme"} | widget() | variables)
