"""The storage-layer pattern: tables and buckets of one system, under one key and one log bucket."""

import json

import pytest
import tftest

MODULE = "patterns/storage-layer"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
WEST_KEY = KEY.replace("us-east-1", "us-west-2")
EU_KEY = KEY.replace("us-east-1", "eu-west-1")
WRITER = f"arn:aws:iam::{ACCOUNT}:role/acme-report-generator"
ORDERS = {"hash_key": {"name": "order_id", "type": "S"}}
BASE = {"name": "acme", "account_id": ACCOUNT, "access_log": {"bucket_name": "acme-logs"}}
TABLE = 'module.table["{}"].aws_dynamodb_table.this'
BUCKET = 'module.bucket["{}"].aws_s3_bucket'


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        kms_key_arn=KEY,
        tags={"System": "orders"},
        tables={
            "orders": ORDERS,
            "audit": {
                "hash_key": {"name": "id", "type": "S"},
                "range_key": {"name": "at", "type": "N"},
                "stream_view_type": "NEW_AND_OLD_IMAGES",
                "ttl_attribute": "expires_at",
                "recovery_period_days": 7,
                "deletion_protection": False,
                "global_indexes": {"by-at": {"hash_key": {"name": "at", "type": "N"}}},
                "local_indexes": {"by-who": {"range_key": {"name": "who", "type": "S"}}},
                "on_demand_maximum": {"read": 10, "write": 5},
                "replicas": {"us-west-2": {"kms_key_arn": WEST_KEY}},
            },
            "reviews": ORDERS | {"stream_view_type": "NEW_AND_OLD_IMAGES", "replicas": {"eu-west-1": {}}},
            "sessions": {
                "hash_key": {"name": "id", "type": "S"},
                "disable_point_in_time_recovery": True,
                "provisioned": {"read": {"minimum": 1, "maximum": 9}, "write": {"minimum": 2, "maximum": 8}},
            },
        },
        buckets={
            "reports": {},
            "uploads": {
                "allow_destroy_with_objects": True,
                "noncurrent_expiration_days": 5,
                "notify_eventbridge": True,
                "cors_rules": {"p": {"allowed_origins": ["https://a.example"], "allowed_methods": ["PUT"]}},
                "lifecycle_rules": {"old": {"expiration_days": 30}},
                "object_lock": {"retention_days": 3},
                "replication_rules": {
                    "west": {"destination_bucket_arn": "arn:aws:s3:::b", "destination_kms_key_arn": WEST_KEY}
                },
            },
        },
        bucket_writer_role_arns={"reports": [WRITER]},
        replica_kms_key_arns={"eu-west-1": EU_KEY, "us-west-2": EU_KEY.replace("eu-west-1", "us-west-2")},
    )


def values(plan, address):
    """Find a resource of a child module."""
    module, _, rest = address.partition("].")
    return plan.modules[f"{module}]"].resources[rest]["values"]


def table(plan, key):
    return values(plan, TABLE.format(key))


def bucket(plan, key, kind=""):
    index = "" if kind in ("", "_versioning", "_policy", "_lifecycle_configuration") else "[0]"
    return values(plan, f"{BUCKET.format(key)}{kind}.this{index}")


def test_tables_and_buckets_are_named_for_their_system_and_key(plan):
    assert table(plan, "orders")["name"] == "acme-orders"
    assert bucket(plan, "reports")["bucket"] == f"acme-reports-{ACCOUNT}"


def test_everything_is_under_the_one_key(plan):
    assert table(plan, "orders")["server_side_encryption"][0]["kms_key_arn"] == KEY
    found = values(plan, f"{BUCKET.format('reports')}_server_side_encryption_configuration.this")
    assert found["rule"][0]["apply_server_side_encryption_by_default"][0]["kms_master_key_id"] == KEY


def test_defaults_keep_what_is_stored(plan):
    assert table(plan, "orders")["deletion_protection_enabled"] is True
    assert table(plan, "orders")["point_in_time_recovery"][0]["enabled"] is True
    assert bucket(plan, "reports")["force_destroy"] is False
    assert bucket(plan, "reports", "_versioning")["versioning_configuration"][0]["status"] == "Enabled"


def test_a_tables_settings_reach_the_table(plan):
    found = table(plan, "audit")
    assert (found["hash_key"], found["range_key"], found["stream_view_type"]) == (
        "id",
        "at",
        "NEW_AND_OLD_IMAGES",
    )
    assert found["ttl"][0]["attribute_name"] == "expires_at"
    assert found["point_in_time_recovery"][0]["recovery_period_in_days"] == 7
    assert found["deletion_protection_enabled"] is False
    assert [index["name"] for index in found["global_secondary_index"]] == ["by-at"]
    assert [index["name"] for index in found["local_secondary_index"]] == ["by-who"]
    assert found["on_demand_throughput"][0]["max_read_request_units"] == 10
    assert found["replica"][0]["kms_key_arn"] == WEST_KEY


def test_a_replica_that_names_no_key_has_the_one_of_its_region(plan):
    (replica,) = table(plan, "reviews")["replica"]
    assert (replica["region_name"], replica["kms_key_arn"]) == ("eu-west-1", EU_KEY)


def test_a_provisioned_table_without_backups_is_what_its_settings_say(plan):
    found = table(plan, "sessions")
    assert (found["billing_mode"], found["read_capacity"], found["write_capacity"]) == ("PROVISIONED", 1, 2)
    assert found["point_in_time_recovery"][0]["enabled"] is False


def test_a_buckets_settings_reach_the_bucket(plan):
    assert bucket(plan, "uploads")["force_destroy"] is True
    assert bucket(plan, "uploads", "_notification")["eventbridge"] is True
    (cors,) = bucket(plan, "uploads", "_cors_configuration")["cors_rule"]
    assert (cors["id"], cors["max_age_seconds"]) == ("p", 3600)
    leftovers, old = bucket(plan, "uploads", "_lifecycle_configuration")["rule"]
    assert leftovers["noncurrent_version_expiration"][0]["noncurrent_days"] == 5
    assert (old["id"], old["expiration"][0]["days"]) == ("old", 30)
    assert (
        bucket(plan, "uploads", "_object_lock_configuration")["rule"][0]["default_retention"][0]["days"] == 3
    )
    assert bucket(plan, "uploads", "_replication_configuration")["rule"][0]["id"] == "west"


def test_every_buckets_requests_are_recorded(plan, plan_module):
    assert bucket(plan, "reports", "_logging")["target_bucket"] == "acme-logs"
    unlogged = plan_module(MODULE, **(BASE | {"access_log": None}), buckets={"reports": {}})
    assert not [
        address for address in unlogged.modules['module.bucket["reports"]'].resources if "logging" in address
    ]


def test_only_the_named_role_writes_reports(plan):
    policy = json.loads(bucket(plan, "reports", "_policy")["policy"])
    (found,) = [statement for statement in policy["Statement"] if statement["Sid"] == "DenyOtherWriters"]
    assert (found["Effect"], found["Action"], found["Principal"]) == ("Deny", "s3:PutObject", {"AWS": "*"})
    assert found["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": WRITER}}
    assert "DenyOtherWriters" not in bucket(plan, "uploads", "_policy")["policy"]


def test_tags_reach_tables_and_buckets(plan):
    assert table(plan, "orders")["tags"] == bucket(plan, "reports")["tags"] == {"System": "orders"}


def test_outputs_are_keyed_as_tables_and_buckets_are(plan):
    assert plan.outputs["table_names"] == {
        key: f"acme-{key}" for key in ("orders", "audit", "reviews", "sessions")
    }
    assert plan.outputs["bucket_names"] == {key: f"acme-{key}-{ACCOUNT}" for key in ("reports", "uploads")}
    assert {"bucket_arns", "table_arns", "table_stream_arns"} <= set(plan.planned_values["outputs"])


def test_removing_one_table_or_bucket_leaves_the_others_at_their_addresses(plan_module):
    fewer = plan_module(MODULE, **BASE, tables={"orders": ORDERS}, buckets={"reports": {}})
    assert set(fewer.modules) == {'module.table["orders"]', 'module.bucket["reports"]'}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="short account id"),
        pytest.param(
            {"buckets": {"reports": {}}, "bucket_writer_role_arns": {"report": [WRITER]}},
            r'keyed as the buckets are \(reports\); got \["report"\]',
            id="writer of an unknown bucket",
        ),
        pytest.param(
            {"buckets": {"a": {"cors_rules": {"p": {"allowed_origins": ["*"], "allowed_methods": ["GET"]}}}}},
            "allow_any_origin",
            id="pages of everybody, and nobody said so",
        ),
        pytest.param(
            {"replica_kms_key_arns": {"eu-west-1": WEST_KEY}},
            'keys of the region that they are keyed by; got {"eu-west-1":"arn:aws:kms:us-west-2',
            id="a replica's key of another region",
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
