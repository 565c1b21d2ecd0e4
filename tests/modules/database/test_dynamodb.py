"""The dynamodb module: safe by default, and each way to index, scale, copy or share a table."""

import pytest
import tftest

MODULE = "database/dynamodb"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
WEST_KEY = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
READER = "arn:aws:iam::222222222222:role/reader"
PLAIN = {"name": "acme-orders", "hash_key": {"name": "id", "type": "S"}}


def attribute(name, kind="S"):
    return {"name": name, "type": kind}


BY_DAY = {"hash_key": attribute("day"), "range_key": attribute("id")}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **PLAIN)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        name="acme-orders",
        hash_key=attribute("id"),
        range_key=attribute("line", "N"),
        contributor_insights=True,
        deletion_protection=False,
        global_indexes={
            "by-day": BY_DAY | {"projection": "INCLUDE", "included_attributes": ["total"]},
            "by-customer": {"hash_key": attribute("customer"), "projection": "KEYS_ONLY"},
        },
        kms_key_arn=KEY,
        local_indexes={
            "by-total": {
                "range_key": attribute("total", "N"),
                "projection": "INCLUDE",
                "included_attributes": ["day"],
            }
        },
        on_demand_maximum={"read": 100, "write": 50},
        policy_statements={
            "Read": {
                "actions": ["dynamodb:GetItem"],
                "principal_arns": [READER],
                "conditions": {"StringEquals": {"aws:SourceVpc": ["vpc-1"]}},
            },
            "NeverDelete": {"effect": "Deny", "actions": ["dynamodb:DeleteTable"], "principal_arns": ["*"]},
        },
        recovery_period_days=7,
        replicas={"us-west-2": {"kms_key_arn": WEST_KEY}},
        stream_view_type="NEW_AND_OLD_IMAGES",
        table_class="STANDARD_INFREQUENT_ACCESS",
        tags={"System": "orders"},
        ttl_attribute="expires_at",
    )


@pytest.fixture(scope="module")
def provisioned(plan_module):
    return plan_module(
        MODULE,
        **PLAIN,
        provisioned={
            "read": {"minimum": 5, "maximum": 50, "target_percent": 60},
            "write": {"minimum": 1, "maximum": 10},
        },
        global_indexes={"by-day": BY_DAY | {"provisioned": {"read": 3, "write": 2}}},
        tags={"System": "orders"},
    )


def table(plan):
    return plan.resources["aws_dynamodb_table.this"]["values"]


def index(plan, name, scope="global"):
    (found,) = [found for found in table(plan)[f"{scope}_secondary_index"] if found["name"] == name]
    return found


def test_a_table_pays_by_request_unless_capacity_is_provisioned(plain, provisioned):
    assert table(plain)["billing_mode"] == "PAY_PER_REQUEST"
    assert table(provisioned)["billing_mode"] == "PROVISIONED"
    assert (table(provisioned)["read_capacity"], table(provisioned)["write_capacity"]) == (5, 1)


def test_every_table_is_encrypted_under_a_kms_key(plain, full):
    assert table(plain)["server_side_encryption"][0]["enabled"] is True
    assert table(full)["server_side_encryption"] == [{"enabled": True, "kms_key_arn": KEY}]


def test_a_table_can_be_restored_to_any_second_of_35_days(plain, full):
    assert table(plain)["point_in_time_recovery"] == [{"enabled": True, "recovery_period_in_days": 35}]
    assert table(full)["point_in_time_recovery"] == [{"enabled": True, "recovery_period_in_days": 7}]


def test_backups_can_be_given_up_by_name(plan_module):
    plan = plan_module(MODULE, **PLAIN, disable_point_in_time_recovery=True)
    assert table(plan)["point_in_time_recovery"][0]["enabled"] is False


def test_aws_refuses_to_delete_a_table_unless_the_caller_lifts_it(plain, full):
    assert table(plain)["deletion_protection_enabled"] is True
    assert table(full)["deletion_protection_enabled"] is False


def test_a_plain_table_has_nothing_that_was_not_asked_for(plain):
    assert list(plain.resources) == ["aws_dynamodb_table.this"]
    found = table(plain)
    # The provider plans AWS's own class, STANDARD, as "not set".
    assert (found["stream_enabled"], found["table_class"], found["range_key"]) == (False, None, None)
    assert found["attribute"] == [attribute("id")]
    assert found["replica"] == found["global_secondary_index"] == found["local_secondary_index"] == []


def test_keys_of_the_table_and_its_indexes_are_declared_once(full):
    assert (table(full)["hash_key"], table(full)["range_key"]) == ("id", "line")
    assert {found["name"]: found["type"] for found in table(full)["attribute"]} == {
        "id": "S",
        "line": "N",
        "day": "S",
        "customer": "S",
        "total": "N",
    }


def test_indexes_have_the_callers_keys_and_projection(full):
    by_day, by_customer, by_total = (
        index(full, "by-day"),
        index(full, "by-customer"),
        index(full, "by-total", "local"),
    )
    assert (by_day["hash_key"], by_day["range_key"], by_day["projection_type"]) == ("day", "id", "INCLUDE")
    assert by_day["non_key_attributes"] == ["total"]
    assert (by_customer["hash_key"], by_customer["projection_type"]) == ("customer", "KEYS_ONLY")
    assert (by_total["range_key"], by_total["projection_type"]) == ("total", "INCLUDE")
    assert by_total["non_key_attributes"] == ["day"]


def test_an_index_shows_whole_items_unless_the_caller_says_otherwise(provisioned):
    assert index(provisioned, "by-day")["projection_type"] == "ALL"


def test_an_index_of_a_provisioned_table_has_its_own_fixed_capacity(provisioned):
    found = index(provisioned, "by-day")
    assert (found["read_capacity"], found["write_capacity"]) == (3, 2)


@pytest.mark.parametrize(
    ("key", "dimension", "bounds", "target", "metric"),
    [
        pytest.param("read", "ReadCapacityUnits", (5, 50), 60, "DynamoDBReadCapacityUtilization", id="reads"),
        pytest.param(
            "write", "WriteCapacityUnits", (1, 10), 70, "DynamoDBWriteCapacityUtilization", id="writes"
        ),
    ],
)
def test_provisioned_capacity_scales_between_the_callers_bounds(
    provisioned, key, dimension, bounds, target, metric
):
    scaled = provisioned.resources[f'aws_appautoscaling_target.this["{key}"]']["values"]
    policy = provisioned.resources[f'aws_appautoscaling_policy.this["{key}"]']["values"]
    (tracking,) = policy["target_tracking_scaling_policy_configuration"]
    assert scaled["scalable_dimension"] == f"dynamodb:table:{dimension}"
    assert (scaled["min_capacity"], scaled["max_capacity"]) == bounds
    assert scaled["resource_id"] == "table/acme-orders"
    assert scaled["tags"] == {"System": "orders"}
    assert policy["name"] == f"acme-orders-{key}"
    assert tracking["target_value"] == target
    assert tracking["predefined_metric_specification"][0]["predefined_metric_type"] == metric


def test_reads_and_writes_have_targets_of_their_own(plan_module):
    bounds = {"minimum": 1, "maximum": 9}
    plan = plan_module(
        MODULE,
        **PLAIN,
        range_key={"name": "at", "type": "N"},
        local_indexes={"by-total": {"range_key": {"name": "total", "type": "N"}}},
        provisioned={"read": bounds, "write": bounds | {"target_percent": 80}},
    )
    assert index(plan, "by-total", "local")["projection_type"] == "ALL"
    targets = {
        key: plan.resources[f'aws_appautoscaling_policy.this["{key}"]']["values"] for key in ("read", "write")
    }
    assert {
        key: policy["target_tracking_scaling_policy_configuration"][0]["target_value"]
        for key, policy in targets.items()
    } == {"read": 70, "write": 80}


def test_on_demand_use_can_be_capped_for_the_table_and_its_indexes(full):
    cap = [{"max_read_request_units": 100, "max_write_request_units": 50}]
    assert table(full)["on_demand_throughput"] == cap
    assert index(full, "by-day")["on_demand_throughput"] == cap


def test_stream_expiry_class_and_tags_are_the_callers(full):
    found = table(full)
    assert (found["stream_enabled"], found["stream_view_type"]) == (True, "NEW_AND_OLD_IMAGES")
    assert (found["ttl"][0]["attribute_name"], found["ttl"][0]["enabled"]) == ("expires_at", True)
    assert (found["table_class"], found["tags"]) == ("STANDARD_INFREQUENT_ACCESS", {"System": "orders"})


def test_a_replica_has_its_regions_key_and_the_tables_backups_and_tags(full):
    (found,) = table(full)["replica"]
    assert (found["region_name"], found["kms_key_arn"]) == ("us-west-2", WEST_KEY)
    assert (found["point_in_time_recovery"], found["propagate_tags"]) == (True, True)


def test_contributor_insights_are_switched_on_by_name(full):
    assert (
        full.resources["aws_dynamodb_contributor_insights.this[0]"]["values"]["table_name"] == "acme-orders"
    )


def test_the_resource_policy_is_made_of_the_callers_statements(full):
    # The table's ARN is unknown in a plan and with it the document's JSON; its parts are known.
    document = full.resources["data.aws_iam_policy_document.this[0]"]["values"]["statement"]
    found = {statement["sid"]: statement for statement in document}
    assert found["Read"]["principals"] == [{"type": "AWS", "identifiers": [READER]}]
    assert found["Read"]["actions"] == ["dynamodb:GetItem"]
    assert found["Read"]["condition"] == [
        {"test": "StringEquals", "variable": "aws:SourceVpc", "values": ["vpc-1"]}
    ]
    assert (found["NeverDelete"]["effect"], found["NeverDelete"]["principals"][0]["type"]) == ("Deny", "*")
    assert "aws_dynamodb_resource_policy.this[0]" in full.resources


def test_outputs_name_the_table_and_its_stream(plain, full):
    assert plain.outputs["table_name"] == "acme-orders"
    assert plain.outputs["stream_arn"] is None
    assert {"table_arn", "stream_arn", "table_name"} == set(full.planned_values["outputs"])


def indexed(**changes):
    return {"global_indexes": {"by-day": BY_DAY | changes}}


def capacity(**changes):
    bounds = {"minimum": 1, "maximum": 2}
    return {"provisioned": {"read": bounds | changes, "write": bounds}}


LOCAL = {"range_key": attribute("total", "N")}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"hash_key": attribute("id", "X")}, r'type is S, N or B.*"X"', id="hash key type"),
        pytest.param({"range_key": attribute("at", "X")}, r'type is S, N or B.*"X"', id="range key type"),
        pytest.param({"name": "ab"}, r'3 to 255.*"ab" \(2 characters\)', id="name too short"),
        pytest.param(
            {"global_indexes": {f"by-{n:02}": {"hash_key": attribute(f"a{n}")} for n in range(21)}},
            "at most 20 global indexes; got 21",
            id="21 indexes",
        ),
        pytest.param({"global_indexes": {"x": BY_DAY}}, r'index name has 3 to 255.*\["x"\]', id="index name"),
        pytest.param(indexed(hash_key=attribute("day", "D")), r'type is S, N or B.*"D"', id="index key type"),
        pytest.param(indexed(projection="SOME"), "INCLUDE alone names.*SOME", id="projection"),
        pytest.param(indexed(projection="INCLUDE"), "INCLUDE alone names", id="includes nothing"),
        pytest.param(
            indexed(provisioned={"read": 1, "write": 1}),
            "exactly if the table has.*read",
            id="index capacity",
        ),
        pytest.param(
            capacity() | indexed(), "exactly if the table has.*minimum", id="index without capacity"
        ),
        pytest.param(indexed(hash_key=attribute("id", "N")), r"one type in all keys.*by-day", id="two types"),
        pytest.param({"kms_key_arn": "alias/x"}, r'ARN of a KMS key; got "alias/x"', id="key by alias name"),
        pytest.param(
            {
                "range_key": attribute("at"),
                "local_indexes": {f"by-{n}": {"range_key": attribute(f"a{n}")} for n in range(6)},
            },
            "at most 5 local indexes; got 6",
            id="six local indexes",
        ),
        pytest.param(
            {"range_key": attribute("at"), "local_indexes": {"by-x": {"range_key": attribute("x", "X")}}},
            r'type is S, N or B.*"X"',
            id="local index key type",
        ),
        pytest.param(
            {"local_indexes": {"by-total": LOCAL}}, r'range_key of its own.*\["by-total"\]', id="no range key"
        ),
        pytest.param(
            {"range_key": attribute("at"), "local_indexes": {"by-total": LOCAL | {"projection": "INCLUDE"}}},
            "INCLUDE alone names.*by-total",
            id="local index includes nothing",
        ),
        pytest.param(
            capacity() | {"on_demand_maximum": {"read": 1, "write": 1}},
            "two ways to pay.*minimum",
            id="both ways to pay",
        ),
        pytest.param({"on_demand_maximum": {"read": 0, "write": 1}}, r'at least 1.*"read":0', id="no reads"),
        pytest.param(
            {"policy_statements": {"a b": {"actions": ["dynamodb:GetItem"], "principal_arns": [READER]}}},
            "letters and digits only.*a b",
            id="bad Sid",
        ),
        pytest.param(
            {
                "policy_statements": {
                    "A": {"effect": "Permit", "actions": ["dynamodb:GetItem"], "principal_arns": [READER]}
                }
            },
            "Allow or Deny.*Permit",
            id="effect",
        ),
        pytest.param(
            {"policy_statements": {"A": {"actions": ["dynamodb:GetItem"], "principal_arns": ["*"]}}},
            r'allowed to everybody.*"A":\["\*"\]',
            id="everybody",
        ),
        pytest.param(
            capacity(minimum=3), r'does not exceed maximum.*"minimum":3', id="minimum above maximum"
        ),
        pytest.param(capacity(target_percent=95), r'20 to 90.*"target_percent":95', id="target"),
        pytest.param({"recovery_period_days": 36}, "1 to 35; got 36", id="recovery period"),
        pytest.param(
            {"replicas": {"west": {}}, "stream_view_type": "NEW_AND_OLD_IMAGES"},
            r'keyed by region.*\["west"\]',
            id="region",
        ),
        pytest.param(
            {"replicas": {"us-west-2": {}}},
            r"must be NEW_AND_OLD_IMAGES; got null",
            id="replicas without a stream",
        ),
        pytest.param(
            {
                "replicas": {"us-west-2": {}},
                "stream_view_type": "NEW_AND_OLD_IMAGES",
                "kms_key_arn": KEY,
            },
            "all name a KMS key or none.*us-west-2",
            id="replica without a key",
        ),
        pytest.param({"stream_view_type": "ALL"}, r'KEYS_ONLY; got "ALL"', id="stream view"),
        pytest.param({"table_class": "COLD"}, r'STANDARD_INFREQUENT_ACCESS; got "COLD"', id="table class"),
        pytest.param({"ttl_attribute": ""}, r'1 to 255 characters; got ""', id="empty ttl attribute"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(PLAIN | change))
