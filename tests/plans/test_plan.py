"""The model of a plan: read from Terraform's JSON, without its secrets."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.plans.plan import ResourceChange, read_plan
from scripts.plans.values import REDACTED, Json, differences, redacted

SECRET = "s3cr3t-value"


def document(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"format_version": "1.2", "resource_changes": list(changes), **more}


def change(
    actions: list[str], before: Any, after: Any, kind: str = "aws_sqs_queue", **more: Any
) -> dict[str, Any]:
    row = {
        name: more.pop(name)
        for name in ("action_reason", "previous_address", "mode", "deposed")
        if name in more
    }
    inner = {"actions": actions, "before": before, "after": after, "after_unknown": {}, **more}
    return {
        "address": f"{kind}.this",
        "type": kind,
        "name": "this",
        "mode": "managed",
        "change": inner,
        **row,
    }


def only(row: dict[str, Any]) -> ResourceChange:
    (found,) = read_plan("u", document(row)).changes
    return found


@pytest.mark.parametrize(
    ("actions", "action", "first"),
    [
        pytest.param(["create"], "create", False, id="create"),
        pytest.param(["update"], "update", False, id="update"),
        pytest.param(["delete"], "delete", False, id="delete"),
        pytest.param(["delete", "create"], "replace", False, id="replace, the old one goes first"),
        pytest.param(["create", "delete"], "replace", True, id="replace, the new one comes first"),
        pytest.param(["forget"], "forget", False, id="forget"),
        pytest.param(["no-op"], "no-op", False, id="stays"),
        pytest.param(["read"], "read", False, id="read"),
    ],
)
def test_every_list_of_actions_has_one_word(actions: list[str], action: str, first: bool) -> None:
    found = only(change(actions, {"a": 1}, {"a": 2}))
    assert (found.action, found.creates_first) == (action, first)


@pytest.mark.parametrize(
    ("kind", "actions", "lost"),
    [
        pytest.param("aws_dynamodb_table", ["delete", "create"], True, id="replaced table"),
        pytest.param("aws_s3_bucket", ["delete"], True, id="deleted bucket"),
        pytest.param("aws_s3_bucket", ["forget"], False, id="a forgotten bucket stays where it is"),
        pytest.param("aws_s3_bucket", ["update"], False, id="updated bucket"),
        pytest.param("aws_lambda_function", ["delete"], False, id="a function holds nothing"),
    ],
)
def test_only_what_holds_data_can_lose_it(kind: str, actions: list[str], lost: bool) -> None:
    assert only(change(actions, {}, {}, kind)).loses_data is lost


def test_a_data_source_is_never_stateful() -> None:
    assert only(change(["read"], None, {}, "aws_s3_bucket", mode="data")).stateful is False


def test_a_move_and_an_import_count_though_nothing_is_done_to_the_resource() -> None:
    moved = change(["no-op"], {}, {}, previous_address="aws_sqs_queue.old")
    taken = change(["no-op"], {}, {}, importing={"id": "https://queue"})
    plan = read_plan("u", document(moved, taken, change(["no-op"], {}, {})))
    assert len(plan.changing) == 2
    assert (plan.counts["move"], plan.counts["import"], plan.counts["update"]) == (1, 1, 0)


def test_what_forces_a_replacement_comes_first_and_says_so() -> None:
    found = only(
        change(
            ["delete", "create"],
            {"arn": "a", "name": "old", "tags": {"x": "1"}},
            {"name": "new", "tags": {"x": "2"}},
            after_unknown={"arn": True},
            replace_paths=[["name"]],
            action_reason="replace_because_cannot_update",
        )
    )
    assert [(each.path, each.forces, each.unknown) for each in found.differences] == [
        ("name", True, False),
        ("arn", False, True),
        ("tags.x", False, False),
    ]
    assert (found.replace_paths, found.reason) == (("name",), "replace_because_cannot_update")


def test_a_policy_in_a_string_is_compared_inside() -> None:
    before = {"policy": json.dumps({"Statement": [{"Action": "a", "Effect": "Allow"}]})}
    after = {"policy": json.dumps({"Statement": [{"Action": "b", "Effect": "Allow"}]})}
    (found,) = only(change(["update"], before, after)).differences
    assert (found.path, found.before, found.after) == ("policy.Statement[0].Action", "a", "b")


def test_a_hidden_value_is_seen_to_change_and_not_shown() -> None:
    found = only(
        change(
            ["update"],
            {"p": SECRET},
            {"p": "other-secret"},
            before_sensitive={"p": True},
            after_sensitive={"p": True},
        )
    )
    (difference,) = found.differences
    assert (difference.path, difference.before, difference.after, difference.sensitive) == (
        "p",
        REDACTED,
        REDACTED,
        True,
    )
    assert (found.before, found.after) == ({"p": REDACTED}, {"p": REDACTED})


@pytest.mark.parametrize("name", ["DB_PASSWORD", "auth_token", "client_secret", "private_key"])
def test_a_name_is_enough_to_hide_a_value_that_nobody_marked(name: str) -> None:
    found = only(change(["update"], {"environment": {name: SECRET}}, {"environment": {name: "new"}}))
    assert SECRET not in json.dumps(asdict(found))


@pytest.mark.parametrize("name", ["secret_arn", "token_validity_units", "password_wo_version", "key"])
def test_a_name_that_only_sounds_like_a_secret_hides_nothing(name: str) -> None:
    assert redacted({name: "value"}, False) == {name: "value"}


def test_variables_are_dropped() -> None:
    plan = read_plan("u", document(variables={"anything": {"value": SECRET}}))
    assert SECRET not in json.dumps(asdict(plan))


def test_an_output_that_is_sensitive_in_one_place_is_hidden_as_a_whole() -> None:
    outputs = {
        "url": {
            "actions": ["update"],
            "before": {"a": SECRET},
            "after": {"a": "n"},
            "before_sensitive": {"a": True},
        },
        "arn": {"actions": ["create"], "before": None, "after_unknown": True},
        "same": {"actions": ["no-op"], "before": 1, "after": 1},
    }
    plan = read_plan("u", document(output_changes=outputs))
    arn, same, url = plan.outputs
    assert (url.before, url.after, url.sensitive) == (REDACTED, REDACTED, True)
    assert (arn.unknown, arn.changes, same.changes) == (True, True, False)
    assert plan.changed_outputs == (arn, url)


# Without null: to Terraform a null attribute and one that is not there are the same.
LEAVES = st.one_of(st.booleans(), st.integers(2, 9), st.text("abc", max_size=4))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("xyz", max_size=2), inner, max_size=3)
    ),
)


@st.composite
def with_secrets(draw: st.DrawFn) -> tuple[Json, Json]:
    """A value with SECRET in some places, and the mask that names them: exactly, or a whole part."""

    def hide(value: Json) -> tuple[Json, Json]:
        if draw(st.integers(0, 3)) == 0:
            return draw(st.sampled_from([SECRET, {"in": SECRET}, [SECRET, "x"], f"{SECRET}-longer"])), True
        if isinstance(value, dict):
            pairs = {key: hide(inner) for key, inner in value.items()}
            return {key: pair[0] for key, pair in pairs.items()}, {
                key: pair[1] for key, pair in pairs.items() if pair[1]
            }
        if isinstance(value, list):
            listed = [hide(inner) for inner in value]
            return [pair[0] for pair in listed], [pair[1] for pair in listed]
        return value, False

    return hide(draw(VALUES))


@given(with_secrets(), with_secrets(), st.booleans())
def test_no_secret_survives_reading(old: tuple[Json, Json], new: tuple[Json, Json], both: bool) -> None:
    before, after = {"a": old[0]}, {"a": new[0]}
    hidden = {"before_sensitive": {"a": old[1]}, "after_sensitive": {"a": new[1]}}
    row = change(["delete", "create"] if both else ["update"], before, after, replace_paths=[["a"]], **hidden)
    output = {"actions": ["update"], "before": old[0], "after": new[0]} | {
        "before_sensitive": old[1], "after_sensitive": new[1]
    }  # fmt: skip
    plan = read_plan("u", document(row, resource_drift=[row], output_changes={"o": output}))
    assert SECRET not in json.dumps(asdict(plan))


@given(VALUES, VALUES)
def test_equal_values_have_no_differences_and_others_have_some(old: Json, new: Json) -> None:
    assert bool(differences(old, new, {}, [], [])) is (old != new)


@given(VALUES)
def test_a_mask_that_marks_nothing_hides_nothing(value: Json) -> None:
    assert redacted(value, False) == value
