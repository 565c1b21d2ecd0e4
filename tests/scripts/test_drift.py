"""Each unit gets one of five verdicts, and a resource is not blamed for what another one is about."""

from __future__ import annotations

from collections import Counter

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
)
from scripts.plans.echoes import owners_in, without_echoes
from scripts.plans.plan import read_plan
from scripts.plans.review import review
from scripts.states.state import State
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
    (found,) = verdicts(["live/a"], ["live/a"], {"live/a": run}, {"live/a": plan})
    assert found.state == state


def test_a_failed_refresh_says_what_failed():
    problem = Problem("no credentials", "", "")
    run = UnitRun("live/a", status="failed", problems=(problem,))
    assert verdicts(["live/a"], ["live/a"], {"live/a": run}, {})[0].problems == (problem,)


def test_a_unit_without_a_state_was_not_applied():
    assert [found.state for found in verdicts(["live/a", "live/b"], (), {}, {})] == [NOT_APPLIED] * 2


def test_an_empty_state_is_as_good_as_none():
    kept = State("live/a", 3, {"aws_sqs_queue.this": "aws_sqs_queue"}, frozenset(), {})
    empty = State("live/b", 4, {}, frozenset(), {})
    assert applied({"live/a": kept, "live/b": empty, "live/c": None}) == ("live/a",)


def drift_of(*drifts: dict, owners: tuple[tuple[str, str], ...] = ()) -> list[str]:
    """The addresses that are left, where *owners* are there now."""
    return [
        found.address
        for found in without_echoes(read_plan("live/a", document(*drifts)).drift, Counter(owners))
    ]


def rule(*cidrs: str) -> dict:
    return {"cidr_blocks": list(cidrs), "security_groups": [], "self": False, "from_port": 443}


def group(before: list, after: list) -> dict:
    return changed(GROUP, {"id": "sg-1", "ingress": before}, {"id": "sg-1", "ingress": after})


BUCKET = changed("aws_s3_bucket.this", {"id": "b", "policy": "{}"}, {"id": "b", "policy": ""})
POLICY = changed("aws_s3_bucket_policy.this", {"bucket": "b", "policy": "{}"}, None)
GROUP = 'aws_security_group.this["web"]'
HTTPS = changed('aws_vpc_security_group_ingress_rule.this["web/https"]', {"security_group_id": "sg-1"}, None)
OURS = ("aws_vpc_security_group_ingress_rule", "sg-1")
ACL = changed(
    'aws_network_acl.this["p"]', {"id": "acl", "egress": []}, {"id": "acl", "egress": [{"rule_no": 1}]}
)


@pytest.mark.parametrize(
    ("drifts", "owners", "left"),
    [
        pytest.param((BUCKET, POLICY), (), [POLICY["address"]], id="a policy that is gone is told once"),
        pytest.param((BUCKET,), (("aws_s3_bucket_policy", "b"),), [], id="a policy made after its bucket"),
        pytest.param((BUCKET,), (), [BUCKET["address"]], id="a policy that is nobody's"),
        pytest.param(
            (BUCKET,), (("aws_s3_bucket_policy", "c"),), [BUCKET["address"]], id="another bucket's policy"
        ),
        pytest.param(
            (group([], [rule("10.0.0.0/8", "11.0.0.0/8")]),),
            (OURS, OURS),
            [],
            id="two rules of ours in one entry",
        ),
        pytest.param(
            (group([], [rule("10.0.0.0/8"), rule("0.0.0.0/0")]),),
            (OURS,),
            [GROUP],
            id="a rule that somebody added",
        ),
        pytest.param(
            (group([], [rule("10.0.0.0/8")]),), (), [GROUP], id="a rule in a group that has none of ours"
        ),
        pytest.param(
            (group([rule("10.0.0.0/8")], []), HTTPS), (), [HTTPS["address"]], id="a rule of ours that is gone"
        ),
        pytest.param(
            (group([rule("10.0.0.0/8")], [rule("0.0.0.0/0")]), HTTPS),
            (),
            [GROUP, HTTPS["address"]],
            id="a rule of ours that somebody put another in place of",
        ),
        pytest.param(
            (ACL,),
            (("aws_network_acl_rule", "acl egress"), ("aws_network_acl_rule", "acl ingress")),
            [],
            id="a network ACL's rules, by direction",
        ),
        pytest.param(
            (ACL,),
            (("aws_network_acl_rule", "acl ingress"),),
            [ACL["address"]],
            id="rules of the other direction",
        ),
        pytest.param(
            (changed("aws_iam_policy.this", {"attachment_count": 0}, {"attachment_count": 1}),),
            (),
            [],
            id="what AWS counts by itself",
        ),
    ],
)
def test_a_resource_is_not_blamed_for_what_another_is_about(drifts, owners, left):
    assert drift_of(*drifts, owners=owners) == left


def tagged(before: dict | None, after: dict) -> dict:
    """A topic whose default tags were Owner = a when it was applied."""
    given = {"tags": before, "tags_all": {"Owner": "a", **(before or {})}}
    return changed("aws_sns_topic.this", given, {"tags": after, "tags_all": after})


@pytest.mark.parametrize(
    ("drift", "told"),
    [
        pytest.param(tagged(None, {"Owner": "a"}), False, id="what new default tags no longer cover"),
        pytest.param(
            tagged({"System": "s"}, {"System": "s", "Owner": "a"}), False, id="beside tags of its own"
        ),
        pytest.param(tagged(None, {"Owner": "b"}), True, id="a value that somebody gave"),
        pytest.param(tagged(None, {"Owner": "a", "More": "m"}), True, id="a tag that somebody added"),
        pytest.param(tagged({"System": "s"}, {"Owner": "a"}), True, id="a tag that somebody took away"),
    ],
)
def test_tags_that_are_as_they_were_applied_are_no_drift(drift, told):
    assert bool(drift_of(drift)) == told


STATE = {
    "values": {
        "root_module": {
            "resources": [{"type": "aws_s3_bucket_policy", "mode": "managed", "values": {"bucket": "b"}}]
        }
    }
}


@pytest.mark.parametrize(
    ("state", "told"),
    [
        pytest.param(STATE, [TAG["address"]], id="right after an apply that also made the bucket's policy"),
        pytest.param({}, [BUCKET["address"], TAG["address"]], id="where nobody has a policy"),
    ],
)
def test_a_review_tells_the_same_drift(state, told):
    """The policy may stand in another unit than its bucket."""
    other = "live/other"
    plans = {
        "live/a": read_plan("live/a", document(BUCKET, TAG)),
        other: read_plan(other, document() | {"prior_state": state}),
    }
    runs = {unit: UnitRun(unit, status="done") for unit in plans}
    found = review("dev", plans, runs, {}).drifted
    assert [change.address for _, change in found] == told
    (verdict, _) = verdicts(list(plans), list(plans), runs, plans)
    assert [change.address for change in verdict.changes] == told


def test_what_a_bucket_does_not_repeat_stays():
    bucket = changed(
        "aws_s3_bucket.this",
        {"id": "b", "policy": "{}", "tags": {"A": "1"}},
        {"id": "b", "policy": "", "tags": {"A": "2"}},
    )
    (found, _) = without_echoes(read_plan("live/a", document(bucket, POLICY)).drift, Counter())
    assert {each.path.partition(".")[0].partition("[")[0] for each in found.differences} == {"tags"}


def test_what_is_there_now_is_read_off_the_refreshed_state():
    """In modules, too; an owner is known by what it names, and a network ACL's rule by its direction."""
    rules = [
        {
            "type": "aws_network_acl_rule",
            "mode": "managed",
            "values": {"network_acl_id": "acl", "egress": egress},
        }
        for egress in (True, False)
    ]
    inner = {"resources": [*rules, {"type": "aws_vpc", "mode": "managed", "values": {"id": "vpc"}}]}
    route = {"type": "aws_route", "mode": "managed", "values": {"route_table_id": "rtb"}}
    state = {"values": {"root_module": {"resources": [route], "child_modules": [inner]}}}
    assert sorted(owners_in({"prior_state": state})) == [
        ("aws_network_acl_rule", "acl egress"),
        ("aws_network_acl_rule", "acl ingress"),
        ("aws_route", "rtb"),
    ]
    assert list(owners_in({})) == []


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
