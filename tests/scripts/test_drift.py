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
        "type": address.partition(".")[0],
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
    (found,) = verdicts(
        ["live/a"], ["live/a"], {"live/a": run}, {"live/a": read_plan("live/a", document(*drifts))}
    )
    assert found.state == state


def test_a_failed_refresh_says_what_failed():
    problem = Problem("no credentials", "", "")
    run = UnitRun("live/a", status="failed", problems=(problem,))
    assert verdicts(["live/a"], ["live/a"], {"live/a": run}, {})[0].problems == (problem,)


def test_a_unit_without_a_state_was_not_applied():
    assert [found.state for found in verdicts(["live/a", "live/b"], [], {}, {})] == [NOT_APPLIED] * 2


def test_an_empty_state_is_as_good_as_none():
    kept = State("live/a", 3, {"aws_sqs_queue.this": "aws_sqs_queue"}, frozenset(), {})
    empty = State("live/b", 4, {}, frozenset(), {})
    assert applied({"live/a": kept, "live/b": empty, "live/c": None}) == ("live/a",)


def drift_of(*drifts: dict):
    return without_echoes(read_plan("live/a", document(*drifts)).drift)


BUCKET = changed("aws_s3_bucket.this", {"policy": "{}", "tags": {}}, {"policy": "", "tags": {}})
POLICY = changed("aws_s3_bucket_policy.this", {"policy": "{}"}, None)


def test_a_bucket_that_only_repeats_its_policy_is_left_out():
    assert [found.address for found in drift_of(BUCKET, POLICY)] == ["aws_s3_bucket_policy.this"]


def test_what_nothing_else_is_about_is_told_of_the_bucket():
    """A policy that somebody added to a bucket that has none of ours."""
    assert [found.address for found in drift_of(BUCKET)] == ["aws_s3_bucket.this"]


def test_what_a_bucket_does_not_repeat_stays():
    bucket = changed(
        "aws_s3_bucket.this", {"policy": "{}", "tags": {"A": "1"}}, {"policy": "", "tags": {"A": "2"}}
    )
    (found, _) = drift_of(bucket, POLICY)
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
