"""The chat module: rooms hear of topics and may only read."""

import json

import pytest
import tftest

MODULE = "monitoring/chat"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
ROOM = {"team_id": "T0ABCDEF1", "channel_id": "C0ABCDEF1"}
BASE = {"name": "acme", "account_id": "111111111111", "topic_arns": [TOPIC]}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **BASE, slack_channels={"on-call": ROOM}, tags={"System": "platform"})


def room(plan, key="on-call"):
    return plan.resources[f'aws_chatbot_slack_channel_configuration.this["{key}"]']["values"]


def test_a_room_shows_what_the_topics_say(plan):
    found = room(plan)
    assert (found["slack_team_id"], found["slack_channel_id"]) == ("T0ABCDEF1", "C0ABCDEF1")
    assert (found["configuration_name"], found["sns_topic_arns"]) == ("acme-on-call", [TOPIC])
    assert found["tags"] == {"System": "platform"}


def test_a_room_reads_and_never_changes(plan):
    reading = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"
    assert room(plan)["guardrail_policy_arns"] == [reading]
    assert plan.resources["aws_iam_role_policy_attachment.read[0]"]["values"]["policy_arn"] == reading


def test_only_the_chat_service_for_this_account_takes_the_role(plan):
    role = plan.resources["aws_iam_role.this[0]"]["values"]
    (statement,) = json.loads(role["assume_role_policy"])["Statement"]
    assert (role["name"], statement["Principal"]) == ("acme-chat", {"Service": "chatbot.amazonaws.com"})
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": "111111111111"}}


def test_nothing_is_made_until_a_channel_is_named(plan_module):
    plan = plan_module(MODULE, **BASE)
    assert [address for address in plan.resources if not address.startswith("data.")] == []
    assert plan.outputs == {"configuration_arns": {}, "role_arn": None}


def test_another_room_leaves_the_first_one_alone(plan, plan_module):
    more = plan_module(
        MODULE, **BASE, slack_channels={"on-call": ROOM, "shop": ROOM}, tags={"System": "platform"}
    )
    assert room(more) == room(plan)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="account"),
        pytest.param({"name": "a" * 60}, r"1 to 59 letters.*\(60 characters\)", id="name too long"),
        pytest.param({"topic_arns": []}, r"at least one; got \[\]", id="no topic"),
        pytest.param(
            {"slack_channels": {"a": ROOM | {"channel_id": "#shop"}}},
            "such as C0ABCDEF1; got.*#shop",
            id="name of a channel",
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
