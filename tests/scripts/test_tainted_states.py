"""What holds data and was cut short in its creation is kept: the mark goes, all else stays."""

import json

from scripts.plans.stateful import is_stateful
from scripts.states.tainted import untainted


def resource(kind, *statuses):
    instances = [
        {"index_key": f"k{number}", "attributes": {"id": number}} | ({"status": status} if status else {})
        for number, status in enumerate(statuses)
    ]
    return {"mode": "managed", "type": kind, "name": "this", "instances": instances}


STATE = json.dumps(
    {
        "serial": 4,
        "resources": [resource("aws_kms_key", "", "tainted"), resource("aws_sns_topic", "tainted")],
    }
).encode()


def test_the_mark_of_what_holds_data_goes_and_nothing_else():
    text, kept = untainted(STATE, lambda kind, address: is_stateful(kind))
    assert kept == ('aws_kms_key.this["k1"]',)
    assert json.loads(text) == {
        "serial": 4,
        "resources": [resource("aws_kms_key", "", ""), resource("aws_sns_topic", "tainted")],
    }


def test_what_may_be_replaced_is_not_kept():
    text, kept = untainted(
        STATE, lambda kind, address: address != 'aws_kms_key.this["k1"]' and is_stateful(kind)
    )
    assert kept == ()
    assert json.loads(text) == json.loads(STATE)
