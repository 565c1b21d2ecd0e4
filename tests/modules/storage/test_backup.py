"""The backup module: what is tagged is kept, copied, and not deleted before its time."""

import json

import pytest
import tftest

MODULE = "storage/backup"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
WEST = "arn:aws:backup:us-west-2:111111111111:backup-vault:acme"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
CLUSTER = "arn:aws:rds:us-east-1:111111111111:cluster:acme"
ADMIN = "arn:aws:iam::111111111111:role/admin"
DAILY = {"schedule": "cron(0 3 * * ? *)", "keep_days": 35}
PLAN = {"selected_by_tags": {"Backup": "daily"}, "rules": {"daily": DAILY}}
BASE = {"name": "acme", "kms_key_arn": KEY}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE, plans={"databases": PLAN})


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        administrator_arns=[ADMIN],
        allow_destroy_with_backups=True,
        lock={"minimum_days": 7, "maximum_days": 400},
        plans={
            "databases": {
                "selected_by_tags": {"Environment": "prod", "Backup": "daily"},
                "rules": {
                    "daily": DAILY
                    | {
                        "continuous": True,
                        "start_window_minutes": 120,
                        "completion_window_minutes": 600,
                        "copies": {"west": {"vault_arn": WEST, "keep_days": 120, "cold_after_days": 30}},
                    },
                    "weekly": {"schedule": "cron(0 4 ? * SUN *)", "keep_days": 365, "cold_after_days": 30},
                },
            }
        },
        source_account_ids=["222222222222"],
        tags={"System": "platform"},
        topic={"arn": TOPIC},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def rule(plan, name):
    rules = values(plan, 'aws_backup_plan.this["databases"]')["rule"]
    (found,) = [found for found in rules if found["rule_name"] == name]
    return found


def test_the_vault_is_encrypted_under_the_callers_key(plain, full):
    vault = values(plain, "aws_backup_vault.this")
    assert (vault["name"], vault["kms_key_arn"], vault["force_destroy"]) == ("acme", KEY, False)
    vault = values(full, "aws_backup_vault.this")
    assert (vault["force_destroy"], vault["tags"]) == (True, {"System": "platform"})


def statements(plan):
    policy = json.loads(values(plan, "aws_backup_vault_policy.this")["policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def test_nobody_deletes_a_backup_before_its_time(plain):
    denied = statements(plain)["DenyDeletion"]
    assert (denied["Effect"], denied["Principal"]) == ("Deny", "*")
    assert set(denied["Action"]) == {"backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"}
    assert "Condition" not in denied


def test_but_the_named_administrators(full):
    assert statements(full)["DenyDeletion"]["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": ADMIN}}


def test_another_account_may_copy_into_the_vault_and_nothing_else(plain, full):
    allowed = statements(full)["TakeCopies"]
    assert allowed["Principal"] == {"AWS": "arn:aws:iam::222222222222:root"}
    assert (allowed["Action"], allowed["Resource"]) == ("backup:CopyIntoBackupVault", "*")
    assert "TakeCopies" not in statements(plain)


def test_a_lock_is_of_the_kind_that_can_be_undone(plain, full):
    assert "aws_backup_vault_lock_configuration.this[0]" not in plain.resources
    lock = values(full, "aws_backup_vault_lock_configuration.this[0]")
    assert (lock["min_retention_days"], lock["max_retention_days"], lock["changeable_for_days"]) == (
        7,
        400,
        None,
    )


def test_compliance_mode_has_to_be_asked_for_by_its_whole_name(plan_module):
    lock = {"minimum_days": 1, "compliance_mode_that_nobody_can_undo": True}
    plan = plan_module(MODULE, **BASE, lock=lock)
    assert values(plan, "aws_backup_vault_lock_configuration.this[0]")["changeable_for_days"] == 3


def test_backups_are_taken_by_the_clock_and_kept_as_long_as_said(plain, full):
    daily = rule(plain, "daily")
    assert (daily["schedule"], daily["lifecycle"][0]["delete_after"]) == ("cron(0 3 * * ? *)", 35)
    assert (daily["start_window"], daily["completion_window"]) == (60, 480)
    assert (daily["enable_continuous_backup"], daily["target_vault_name"]) == (False, "acme")
    weekly = rule(full, "weekly")["lifecycle"][0]
    assert (weekly["delete_after"], weekly["cold_storage_after"]) == (365, 30)
    daily = rule(full, "daily")
    assert (daily["enable_continuous_backup"], daily["start_window"], daily["completion_window"]) == (
        True,
        120,
        600,
    )
    assert daily["recovery_point_tags"] == {"System": "platform"}


def test_copies_go_to_the_other_vault_for_their_own_time(full):
    (copy,) = rule(full, "daily")["copy_action"]
    assert copy["destination_vault_arn"] == WEST
    assert (copy["lifecycle"][0]["delete_after"], copy["lifecycle"][0]["cold_storage_after"]) == (120, 30)


def test_a_copy_may_name_a_vault_that_the_unit_knows(plan_module):
    rules = {"daily": DAILY | {"copies": {"west": {"keep_days": 7}}}}
    plan = plan_module(
        MODULE, **BASE, plans={"databases": PLAN | {"rules": rules}}, copy_vault_arns={"west": WEST}
    )
    (copy,) = rule(plan, "daily")["copy_action"]
    assert (copy["destination_vault_arn"], copy["lifecycle"][0]["delete_after"]) == (WEST, 7)


def test_what_carries_all_tags_is_backed_up(full):
    selection = values(full, 'aws_backup_selection.this["databases"]')
    assert {(tag["key"], tag["value"]) for tag in selection["condition"][0]["string_equals"]} == {
        ("aws:ResourceTag/Environment", "prod"),
        ("aws:ResourceTag/Backup", "daily"),
    }
    assert (selection["name"], selection["resources"]) == ("acme-databases", ["*"])


def test_what_is_named_is_backed_up_whatever_it_carries(plan_module):
    named = {"rules": {"daily": DAILY}, "selected_arns": [CLUSTER]}
    plan = plan_module(MODULE, **BASE, plans={"named": named, "both": PLAN | named})
    selections = {
        key: values(plan, f'aws_backup_selection.this["{key}"]')["resources"] for key in ("named", "both")
    }
    assert selections == {"named": [CLUSTER], "both": [CLUSTER]}
    assert "condition" not in values(plan, 'aws_backup_selection.this["named"]')
    (condition,) = values(plan, 'aws_backup_selection.this["both"]')["condition"]
    assert condition["string_equals"] == [{"key": "aws:ResourceTag/Backup", "value": "daily"}]


def test_the_role_backs_up_and_restores_by_awss_own_policies(plain):
    role = values(plain, "aws_iam_role.this[0]")
    (trust,) = json.loads(role["assume_role_policy"])["Statement"]
    assert (role["name"], trust["Principal"]) == ("acme-backup", {"Service": "backup.amazonaws.com"})
    policies = {key for key in plain.resources if "policy_attachment" in key}
    assert policies == {
        f'aws_iam_role_policy_attachment.this["{key}"]'
        for key in ("backup", "restore", "s3-backup", "s3-restore")
    }


def test_failures_and_restores_are_told(plain, full):
    assert not [address for address in plain.resources if "notifications" in address]
    told = values(full, "aws_backup_vault_notifications.this[0]")
    assert told["sns_topic_arn"] == TOPIC
    assert {"BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"} <= set(
        told["backup_vault_events"]
    )


def test_a_vault_that_only_takes_copies_has_no_role(plan_module):
    plan = plan_module(MODULE, **BASE)
    assert set(plan.resources) == {
        "aws_backup_vault.this",
        "aws_backup_vault_policy.this",
    } | {address for address in plan.resources if address.startswith("data.")}
    assert plan.outputs["role_arn"] is None


def test_outputs_name_vault_plans_and_role(plain):
    assert plain.outputs["vault_name"] == "acme"
    assert {"plan_arns", "role_arn", "vault_arn"} <= set(plain.planned_values["outputs"])


def daily(**changes):
    return {"plans": {"p": PLAN | {"rules": {"daily": DAILY | changes}}}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"kms_key_arn": "k"}, 'ARN of a KMS key; got "k"', id="key"),
        pytest.param({"copy_vault_arns": {"w": "west"}}, r'ARNs of vaults; got.*"west"', id="known vault"),
        pytest.param(
            daily(copies={"w": {"keep_days": 1}}),
            r'called as one of copy_vault_arns \(\); got \["w"\]',
            id="a copy to nowhere",
        ),
        pytest.param({"name": "a" * 51}, r"2 to 50 letters.*a{51}", id="name too long"),
        pytest.param(
            {"administrator_arns": ["*"]}, r'without a wildcard; got \["\*"\]', id="everybody deletes"
        ),
        pytest.param(
            {"lock": {"minimum_days": 9, "maximum_days": 3}},
            r'not below it; got.*"maximum_days":3',
            id="lock",
        ),
        pytest.param(
            {"plans": {"p": PLAN | {"selected_by_tags": {}}}},
            "one tag or ARN to select by; got",
            id="neither tag nor ARN",
        ),
        pytest.param(
            {"plans": {"p": PLAN | {"selected_arns": ["*"]}}},
            r'without a wildcard; got.*\["\*"\]',
            id="everything by ARN",
        ),
        pytest.param(daily(schedule="daily"), r'cron\(0 3.*"daily":"daily"', id="schedule"),
        pytest.param(daily(keep_days=0), r'at least 1.*"daily":0', id="not kept"),
        pytest.param(
            daily(keep_days=36, continuous=True), r'at most 35.*"daily":36', id="continuous too long"
        ),
        pytest.param(daily(cold_after_days=30), r"cold_after_days \+ 90; got.*30", id="cold too late"),
        pytest.param(daily(start_window_minutes=5), r"at least 60.*\[5,480\]", id="window"),
        pytest.param(
            daily(copies={"w": {"vault_arn": "west", "keep_days": 1}}),
            r'ARN of a vault; got \["west"\]',
            id="copy",
        ),
        pytest.param(
            daily() | {"lock": {"minimum_days": 60}},
            r'locked vault refuses.*"daily":35.*60',
            id="shorter than the lock",
        ),
        pytest.param({"source_account_ids": ["1"]}, r'12-digit account ids; got \["1"\]', id="account"),
        pytest.param({"topic": {"arn": "t"}}, 'ARN of a topic; got .*"t"', id="topic"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
