"""The log-analytics pattern: tables over access logs, saved queries, and an encrypted place for the answers."""

import pytest
import tftest

MODULE = "patterns/log-analytics"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
BASE = {
    "name": "acme-shop",
    "account_id": ACCOUNT,
    "first_day": "2026/01/01",
    "kms_key_arn": KEY,
    "log_bucket_name": "acme-logs",
    "load_balancer_prefixes": {"requests": "shop"},
}
PAGES = {"pages": {"name": "acme-shop", "id": "E1EXAMPLE"}}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        answer_retention_days=3,
        distributions=PAGES,
        queries={"ours": {"sql": "SELECT 1", "description": "One"}, "pages-cache": {"sql": "SELECT 2"}},
        scan_limit_gb=1,
        tags={"System": "shop"},
    )


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


def athena(plan, address):
    return plan.modules["module.athena"].resources[address]["values"]


def answers(plan, kind=""):
    index = "[0]" if kind == "_logging" else ""
    return plan.modules["module.answers"].resources[f"aws_s3_bucket{kind}.this{index}"]["values"]


def table(plan, name):
    return athena(plan, f'aws_glue_catalog_table.this["{name}"]')


def query(plan, name):
    return athena(plan, f'aws_athena_named_query.this["{name}"]')


def test_a_load_balancers_table_lies_where_it_writes_its_log(plan):
    found = table(plan, "requests")
    folder = f"s3://acme-logs/shop/AWSLogs/{ACCOUNT}/elasticloadbalancing/us-east-1/"
    assert found["storage_descriptor"][0]["location"] == folder
    assert found["parameters"]["storage.location.template"] == f"{folder}${{day}}/"
    assert found["parameters"]["projection.day.range"] == "2026/01/01,NOW"


def test_a_distributions_table_lies_where_log_delivery_writes(plan, plan_module):
    """The two modules must agree on a path that only text holds."""
    found = table(plan, "pages")["storage_descriptor"][0]
    assert found["location"] == "s3://acme-logs/cloudfront/acme-shop/E1EXAMPLE/"
    written = plan_module(
        "storage/cloudfront",
        name="acme-shop",
        origins={"pages": {"domain_name": "a.s3.us-east-1.amazonaws.com"}},
        default_behavior={"origin": "pages"},
        access_log={"bucket_arn": "arn:aws:s3:::acme-logs"},
    ).resources
    (target,) = written["aws_cloudwatch_log_delivery_destination.this[0]"]["values"][
        "delivery_destination_configuration"
    ]
    (suffix,) = written["aws_cloudwatch_log_delivery.this[0]"]["values"]["s3_delivery_configuration"]
    folder = target["destination_resource_arn"].replace("arn:aws:s3:::", "s3://")
    day = suffix["suffix_path"].replace("{DistributionId}", "E1EXAMPLE").replace("{yyyy}/{MM}/{dd}/{HH}", "")
    assert folder + day == found["location"]


def test_each_table_has_the_questions_of_its_kind_and_yours_replace_them(plan, plain):
    names = {
        address.split('"')[1]
        for address in plan.modules["module.athena"].resources
        if address.startswith("aws_athena_named_query")
    }
    assert names == {
        "requests-errors",
        "requests-slowest",
        "requests-callers",
        "pages-errors",
        "pages-cache",
        "ours",
    }
    assert (query(plan, "ours")["query"], query(plan, "ours")["description"]) == ("SELECT 1", "One")
    assert query(plan, "pages-cache")["description"] == "Managed by Terraform"
    assert query(plan, "pages-cache")["query"] == "SELECT 2"


@pytest.mark.parametrize("name", ["requests-errors", "requests-slowest", "requests-callers", "pages-errors"])
def test_a_saved_query_reads_one_day_of_its_own_table(plan, name):
    sql = query(plan, name)["query"]
    assert f"FROM {name.partition('-')[0]} WHERE day = " in sql
    assert sql.count("SELECT") == 1


def test_a_saved_query_names_columns_that_its_table_has(plan):
    columns = {column["name"] for column in table(plan, "requests")["storage_descriptor"][0]["columns"]}
    assert {
        "elb_status_code",
        "target_status_code",
        "request_verb",
        "request_url",
        "target_processing_time",
        "client_ip",
    } <= columns
    columns = {column["name"] for column in table(plan, "pages")["storage_descriptor"][0]["columns"]}
    assert {"sc_status", "cs_method", "cs_uri_stem", "x_edge_result_type", "sc_bytes"} <= columns


def test_answers_are_encrypted_recorded_and_short_lived(plan, plain):
    assert answers(plan)["bucket"] == f"acme-shop-queries-{ACCOUNT}"
    rule = answers(plan, "_server_side_encryption_configuration")["rule"][0]
    assert rule["apply_server_side_encryption_by_default"][0]["kms_master_key_id"] == KEY
    assert answers(plan, "_logging")["target_bucket"] == "acme-logs"
    days = [
        answers(found, "_lifecycle_configuration")["rule"][1]["expiration"][0]["days"]
        for found in (plan, plain)
    ]
    assert days == [3, 30]
    configuration = athena(plan, "aws_athena_workgroup.this")["configuration"][0]
    encryption = configuration["result_configuration"][0]["encryption_configuration"][0]
    assert (encryption["encryption_option"], encryption["kms_key_arn"]) == ("SSE_KMS", KEY)


def test_a_query_reads_no_more_than_its_limit(plan, plain):
    limits = [
        athena(found, "aws_athena_workgroup.this")["configuration"][0]["bytes_scanned_cutoff_per_query"]
        for found in (plan, plain)
    ]
    assert limits == [1024**3, 10 * 1024**3]


def test_tags_reach_bucket_and_workgroup(plan):
    assert answers(plan)["tags"] == athena(plan, "aws_athena_workgroup.this")["tags"] == {"System": "shop"}


def test_outputs_name_what_a_person_types(plan):
    assert plan.outputs["workgroup_name"] == "acme-shop"
    assert plan.outputs["database_name"] == "acme_shop"
    assert plan.outputs["table_names"] == {name: f"acme_shop.{name}" for name in ("requests", "pages")}
    assert {"bucket_name", "query_ids", "workgroup_arn"} <= set(plan.planned_values["outputs"])


def test_a_table_that_leaves_takes_only_its_own_queries(plan, plain):
    gone = set(plan.modules["module.athena"].resources) - set(plain.modules["module.athena"].resources)
    assert {address.split('"')[1] for address in gone} == {"pages", "pages-errors", "pages-cache", "ours"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="short account id"),
        pytest.param(
            {"distributions": {"requests": PAGES["pages"]}},
            r'of a distribution or of a load balancer; got both for \["requests"\]',
            id="one table for both",
        ),
        pytest.param({"load_balancer_prefixes": {}}, "nothing to ask: .* got 0 and 0", id="nothing to ask"),
        pytest.param(
            {"load_balancer_prefixes": {"requests": "shop/"}},
            r'neither begins nor ends with a slash; got \{"requests":"shop/"\}',
            id="prefix with a slash",
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
