"""Each unit gets one of five verdicts, and a resource is not blamed for what another one is about."""

from __future__ import annotations

import pytest

from scripts.commands.drift import sentence
from scripts.drift import (
    CANNOT_READ,
    DRIFTED,
    IN_SYNC,
    MISSING,
    NOT_APPLIED,
    UnitDrift,
    applied,
    verdicts,
    without_echoes,
)
from scripts.plan import read_plan
from scripts.states import State
from scripts.terragrunt import Problem, UnitRun

DONE = UnitRun("live/a", status="done")


def kind(address: str) -> str:
    return next(part for part in address.split(".") if part.startswith("aws_")).partition("[")[0]


def document(*drifts: dict) -> dict:
    """What Terraform shows of a plan that only refreshed."""
    return {
        "resource_changes": [],
        "resource_drift": list(drifts),
        "output_changes": {"x": {"actions": ["update"]}},
    }


def changed(address: str, before: dict | None, after: dict | None) -> dict:
    actions = ["delete"] if after is None else ["update"]
    return {
        "address": address,
        "mode": "managed",
        "type": kind(address),
        "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}},
    }


TAG = changed("aws_sns_topic.this", {"tags": {"Owner": "a"}}, {"tags": {"Owner": "b"}})
GONE = changed("aws_sqs_queue.this", {"name": "jobs"}, None)


@pytest.mark.parametrize(
    ("run", "drifts", "state"),
    [
        pytest.param(DONE, (), IN_SYNC, id="nothing differs, whatever outputs would say"),
        pytest.param(DONE, (TAG,), DRIFTED, id="a tag"),
        pytest.param(DONE, (GONE,), MISSING, id="a queue that is gone"),
        pytest.param(DONE, (TAG, GONE), MISSING, id="what is gone weighs more than what differs"),
        pytest.param(UnitRun("live/a", status="failed"), (TAG,), CANNOT_READ, id="a failed refresh"),
        pytest.param(UnitRun("live/a", status="not reached"), (), CANNOT_READ, id="never asked"),
    ],
)
def test_a_unit_gets_the_verdict(run, drifts, state):
    plan = read_plan("live/a", document(*drifts))
    (found,) = verdicts(["live/a"], {"live/a": {}}, {"live/a": run}, {"live/a": plan})
    assert found.state == state


def test_a_failed_refresh_says_what_failed():
    problem = Problem("no credentials", "", "")
    run = UnitRun("live/a", status="failed", problems=(problem,))
    assert verdicts(["live/a"], {"live/a": {}}, {"live/a": run}, {})[0].problems == (problem,)


def test_a_unit_without_a_state_was_not_applied():
    assert [found.state for found in verdicts(["live/a", "live/b"], {}, {}, {})] == [NOT_APPLIED] * 2


def test_an_empty_state_is_as_good_as_none():
    kept = State("live/a", 3, {"aws_sqs_queue.this": "aws_sqs_queue"}, frozenset(), {})
    empty = State("live/b", 4, {}, frozenset(), {})
    assert list(applied({"live/a": kept, "live/b": empty, "live/c": None})) == ["live/a"]


def drift_of(*drifts: dict, beside: tuple[str, ...] = ()) -> list[str]:
    """The addresses that are left, in a unit whose state also has *beside*."""
    addresses = {address: kind(address) for address in (*beside, *(drift["address"] for drift in drifts))}
    return [
        found.address for found in without_echoes(read_plan("live/a", document(*drifts)).drift, addresses)
    ]


def rule(*cidrs: str) -> dict:
    return {"cidr_blocks": list(cidrs), "security_groups": [], "self": False, "from_port": 443}


BUCKET = changed("aws_s3_bucket.this", {"policy": "{}", "tags": {}}, {"policy": "", "tags": {}})
POLICY = changed("aws_s3_bucket_policy.this", {"policy": "{}"}, None)
QUEUE = changed('module.q.aws_sqs_queue.this["a"]', {"policy": ""}, {"policy": "{}"})
GROUP = 'aws_security_group.this["web"]'
HTTPS, HTTP = (f'aws_vpc_security_group_ingress_rule.this["web/{name}"]' for name in ("https", "http"))


@pytest.mark.parametrize(
    ("drifts", "beside", "left"),
    [
        pytest.param(
            (BUCKET, POLICY), (), ["aws_s3_bucket_policy.this"], id="a policy that is gone is told once"
        ),
        pytest.param((BUCKET,), ("aws_s3_bucket_policy.this",), [], id="a policy made after its bucket"),
        pytest.param((BUCKET,), (), ["aws_s3_bucket.this"], id="a policy that is nobody's"),
        pytest.param((QUEUE,), ('module.q.aws_sqs_queue_policy.this["a"]',), [], id="the queue's own policy"),
        pytest.param(
            (QUEUE,),
            ('module.q.aws_sqs_queue_policy.this["b"]',),
            [QUEUE["address"]],
            id="another queue's policy",
        ),
        pytest.param(
            (QUEUE,),
            ('module.p.aws_sqs_queue_policy.this["a"]',),
            [QUEUE["address"]],
            id="another module's policy",
        ),
        pytest.param(
            (changed(GROUP, {"ingress": []}, {"ingress": [rule("10.0.0.0/8", "11.0.0.0/8")]}),),
            (HTTPS, HTTP),
            [],
            id="two rules of ours in one entry",
        ),
        pytest.param(
            (changed(GROUP, {"ingress": []}, {"ingress": [rule("10.0.0.0/8"), rule("0.0.0.0/0")]}),),
            (HTTPS,),
            [GROUP],
            id="a rule that somebody added",
        ),
        pytest.param(
            (
                changed(GROUP, {"ingress": [rule("10.0.0.0/8")]}, {"ingress": []}),
                changed(HTTPS, {"a": 1}, None),
            ),
            (),
            [HTTPS],
            id="a rule of ours that somebody took away",
        ),
        pytest.param(
            (
                changed(GROUP, {"ingress": [rule("10.0.0.0/8")]}, {"ingress": [rule("0.0.0.0/0")]}),
                changed(HTTPS, {"a": 1}, None),
            ),
            (),
            [GROUP, HTTPS],
            id="a rule of ours that somebody put another in place of",
        ),
        pytest.param(
            (changed('aws_network_acl.this["p"]', {"egress": []}, {"egress": [{"rule_no": 1}]}),),
            ('aws_network_acl_rule.this["p/egress/all"]', 'aws_network_acl_rule.this["p/ingress/all"]'),
            [],
            id="a network ACL's rules, by direction",
        ),
    ],
)
def test_a_resource_is_not_blamed_for_what_another_is_about(drifts, beside, left):
    assert drift_of(*drifts, beside=beside) == left


def test_what_a_bucket_does_not_repeat_stays():
    bucket = changed(
        "aws_s3_bucket.this", {"policy": "{}", "tags": {"A": "1"}}, {"policy": "", "tags": {"A": "2"}}
    )
    addresses = {"aws_s3_bucket.this": "aws_s3_bucket", "aws_s3_bucket_policy.this": "aws_s3_bucket_policy"}
    (found, _) = without_echoes(read_plan("live/a", document(bucket, POLICY)).drift, addresses)
    assert {each.path.partition(".")[0].partition("[")[0] for each in found.differences} == {"tags"}


@pytest.mark.parametrize(
    ("states", "says"),
    [
        pytest.param((IN_SYNC, IN_SYNC), "2 in sync.", id="fine"),
        pytest.param((IN_SYNC, DRIFTED), "1 drifted, 1 in sync. Take it back", id="drift says what to do"),
        pytest.param((CANNOT_READ, MISSING), "1 cannot read, 1 missing. Take", id="the worst first"),
        pytest.param((), "no units.", id="nothing"),
    ],
)
def test_the_answer_is_one_sentence(states, says):
    assert sentence([UnitDrift("live/a", state) for state in states]).startswith(says)
