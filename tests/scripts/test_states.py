"""What a state file says of a unit, without what its resources hold."""

import json

from scripts.states.state import Output, parse_state

STATE = {
    "version": 4,
    "serial": 7,
    "outputs": {"url": {"value": "https://x", "type": "string"}, "key": {"value": "hush", "sensitive": True}},
    "resources": [
        {
            "mode": "managed",
            "type": "aws_s3_bucket",
            "name": "this",
            "module": 'module.bucket["reports"]',
            "instances": [{"attributes": {"bucket": "b"}}],
        },
        {
            "mode": "managed",
            "type": "aws_sqs_queue",
            "name": "this",
            "instances": [{"index_key": "a", "attributes": {}}, {"index_key": 0, "attributes": {}}],
        },
        {"mode": "data", "type": "aws_iam_policy_document", "name": "x", "instances": [{"attributes": {}}]},
    ],
}


def test_addresses_are_spelled_as_terraform_prints_them() -> None:
    state = parse_state("u", json.dumps(STATE).encode())
    assert state.addresses == {
        'module.bucket["reports"].aws_s3_bucket.this': "aws_s3_bucket",
        'aws_sqs_queue.this["a"]': "aws_sqs_queue",
        "aws_sqs_queue.this[0]": "aws_sqs_queue",
    }


def test_types_include_data_sources_because_the_provider_must_know_them() -> None:
    types = parse_state("u", json.dumps(STATE).encode()).types
    assert types == {"aws_s3_bucket", "aws_sqs_queue", "data.aws_iam_policy_document"}


def test_a_sensitive_output_is_never_shown() -> None:
    outputs = parse_state("u", json.dumps(STATE).encode()).outputs
    assert (outputs["url"].shown(), outputs["key"].shown()) == ("https://x", "(sensitive)")
    assert outputs["key"] == Output("key", "hush", True)


def test_a_state_without_anything_is_empty() -> None:
    state = parse_state("u", b'{"version": 4, "serial": 1}')
    assert (dict(state.addresses), dict(state.outputs), state.types) == ({}, {}, frozenset())
