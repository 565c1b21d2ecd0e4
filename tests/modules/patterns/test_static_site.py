"""The static-site pattern: a closed bucket, the distribution that alone reads it, and the names that lead there."""

import pytest
import tftest

MODULE = "patterns/static-site"
ACCOUNT = "111111111111"
ACL = f"arn:aws:wafv2:us-east-1:{ACCOUNT}:global/webacl/acme/1234abcd-12ab-34cd-56ef-1234567890ab"
CERTIFICATE = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
CACHES_NOTHING = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
LOGS = {"arn": "arn:aws:s3:::acme-logs", "name": "acme-logs"}
BASE = {"name": "acme-shop", "account_id": ACCOUNT, "access_log_bucket": LOGS, "web_acl": {"arn": ACL}}
NAMES = ["shop.example.com", "www.shop.example.com"]
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
COPY_KEY = KEY.replace("us-east-1", "us-west-2")
STANDBY = {
    "bucket_arn": "arn:aws:s3:::acme-standby",
    "bucket_regional_domain_name": "acme-standby.s3.us-west-2.amazonaws.com",
    "kms_key_arn": COPY_KEY,
}
ZONE = {"zone_id": "Z0123456789ABCDEFGHIJ", "domain_name": "shop.example.com"}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        aliases=NAMES,
        allow_destroy_with_objects=True,
        allowed_countries=["DE"],
        apis={
            "accounts": {"domain_name": "accounts.example.com", "path": "/api/*/login", "order": 9},
            "cart": {"domain_name": "api.example.com", "path": "/api/cart*"},
            "rest": {"domain_name": "rest.example.com", "path": "/api/*", "order": 11},
        },
        certificate_arn=CERTIFICATE,
        content_security_policy="default-src 'none'",
        kms_key_arn=KEY,
        noncurrent_expiration_days=5,
        price_class="PriceClass_All",
        root_page="home.html",
        single_page_application=False,
        standby=STANDBY,
        tags={"System": "shop"},
        zone=ZONE,
    )


def pages(plan, kind="", index=""):
    return plan.modules["module.pages"].resources[f"aws_s3_bucket{kind}.this{index}"]["values"]


def distribution(plan):
    return plan.modules["module.distribution"].resources["aws_cloudfront_distribution.this"]["values"]


def records(plan):
    found = plan.modules["module.records[0]"].resources
    return {address.split('"')[1]: item["values"] for address, item in found.items()}


def headers(plan):
    found = plan.modules["module.distribution"].resources["aws_cloudfront_response_headers_policy.this"]
    return found["values"]["security_headers_config"][0]


def test_the_bucket_is_named_for_its_site_and_account(plan):
    assert pages(plan)["bucket"] == f"acme-shop-pages-{ACCOUNT}"


def test_the_bucket_is_closed_to_the_public_and_keeps_what_is_replaced(plan):
    block = pages(plan, "_public_access_block")
    assert [value for key, value in block.items() if key.startswith(("block_", "ignore_", "restrict_"))] == [
        True
    ] * 4
    assert pages(plan)["force_destroy"] is False
    rule = pages(plan, "_lifecycle_configuration")["rule"][0]
    assert rule["noncurrent_version_expiration"][0]["noncurrent_days"] == 90


def test_cloudfront_signs_what_it_asks_of_the_bucket(plan):
    control = plan.modules["module.distribution"].resources["aws_cloudfront_origin_access_control.this[0]"]
    assert (control["values"]["signing_behavior"], control["values"]["signing_protocol"]) == (
        "always",
        "sigv4",
    )
    assert [origin["origin_id"] for origin in distribution(plan)["origin"]] == ["pages"]


def test_the_bucket_lets_in_what_the_plan_learns_of_the_distribution(plan):
    """The policy names the distribution's ARN, which only AWS knows: it must wait for it, not guess a wider one."""
    (change,) = [
        change
        for change in plan.resource_changes.values()
        if change["address"] == "module.pages.aws_s3_bucket_policy.this"
    ]
    assert change["change"]["after_unknown"]["policy"] is True


def test_a_site_is_guarded_encrypted_and_recorded_unless_told_otherwise(plan):
    found = distribution(plan)
    assert found["web_acl_id"] == ACL
    assert found["default_cache_behavior"][0]["viewer_protocol_policy"] == "redirect-to-https"
    destination = plan.modules["module.distribution"].resources[
        "aws_cloudwatch_log_delivery_destination.this[0]"
    ]
    (delivery,) = destination["values"]["delivery_destination_configuration"]
    assert delivery["destination_resource_arn"] == "arn:aws:s3:::acme-logs/cloudfront/acme-shop"
    assert pages(plan, "_logging", "[0]")["target_bucket"] == "acme-logs"


def test_pages_are_encrypted_with_s3s_own_key_unless_one_is_given(plan, full):
    def encryption(plan):
        (rule,) = pages(plan, "_server_side_encryption_configuration")["rule"]
        (default,) = rule["apply_server_side_encryption_by_default"]
        return default["sse_algorithm"], default["kms_master_key_id"] or None

    assert encryption(plan) == ("AES256", None)
    assert encryption(full) == ("aws:kms", KEY)


def test_where_the_bucket_fails_the_standby_answers_with_the_same_pages(plan, full):
    (group,) = distribution(full)["origin_group"]
    assert [member["origin_id"] for member in group["member"]] == ["pages", "standby"]
    assert distribution(full)["default_cache_behavior"][0]["target_origin_id"] == group["origin_id"]
    (standby,) = [origin for origin in distribution(full)["origin"] if origin["origin_id"] == "standby"]
    assert standby["domain_name"] == STANDBY["bucket_regional_domain_name"]
    (rule,) = pages(full, "_replication_configuration", "[0]")["rule"]
    assert rule["delete_marker_replication"] == [{"status": "Enabled"}]
    (copy,) = rule["destination"]
    assert (copy["bucket"], copy["storage_class"]) == (STANDBY["bucket_arn"], "STANDARD")
    assert copy["encryption_configuration"] == [{"replica_kms_key_id": COPY_KEY}]


def test_without_a_standby_nothing_is_copied_and_nobody_else_asked(plan):
    assert distribution(plan)["origin_group"] == []
    assert "aws_s3_bucket_replication_configuration.this[0]" not in plan.modules["module.pages"].resources


def test_copies_of_pages_under_s3s_own_key_need_no_key(plan_module):
    bare = {key: value for key, value in STANDBY.items() if key != "kms_key_arn"}
    (rule,) = pages(plan_module(MODULE, **BASE, standby=bare), "_replication_configuration", "[0]")["rule"]
    assert rule["destination"][0]["encryption_configuration"] == []


def test_an_unknown_path_shows_the_root_page_of_an_application(plan, full):
    answers = {
        error["error_code"]: error["response_page_path"]
        for error in distribution(plan)["custom_error_response"]
    }
    assert answers == {403: "/index.html", 404: "/index.html"}
    assert distribution(full)["custom_error_response"] == []


def test_pages_load_from_the_site_itself_unless_told_otherwise(plan, full):
    (policy,) = headers(plan)["content_security_policy"]
    assert policy["content_security_policy"].startswith("default-src 'self'")
    (policy,) = headers(full)["content_security_policy"]
    assert policy["content_security_policy"] == "default-src 'none'"


def test_settings_reach_bucket_and_distribution(full):
    found = distribution(full)
    assert (found["aliases"], found["price_class"], found["default_root_object"]) == (
        NAMES,
        "PriceClass_All",
        "home.html",
    )
    assert found["viewer_certificate"][0]["acm_certificate_arn"] == CERTIFICATE
    assert found["restrictions"][0]["geo_restriction"][0]["locations"] == ["DE"]
    assert pages(full)["force_destroy"] is True
    rule = pages(full, "_lifecycle_configuration")["rule"][0]
    assert rule["noncurrent_version_expiration"][0]["noncurrent_days"] == 5
    assert found["tags"] == pages(full)["tags"] == {"System": "shop"}


def test_an_api_answers_under_the_sites_name_and_is_never_cached(full):
    behaviors = {
        behavior["target_origin_id"]: behavior for behavior in distribution(full)["ordered_cache_behavior"]
    }
    assert behaviors["cart"]["path_pattern"] == "/api/cart*"
    assert "DELETE" in behaviors["cart"]["allowed_methods"]
    assert behaviors["cart"]["cache_policy_id"] == CACHES_NOTHING
    (origin,) = [origin for origin in distribution(full)["origin"] if origin["origin_id"] == "cart"]
    assert origin["domain_name"] == "api.example.com"
    assert origin["custom_origin_config"][0]["origin_protocol_policy"] == "https-only"


def test_apis_are_tried_in_the_order_of_their_numbers_and_ten_is_an_apis_that_names_none(full):
    behaviors = distribution(full)["ordered_cache_behavior"]
    assert [behavior["target_origin_id"] for behavior in behaviors] == ["accounts", "cart", "rest"]


def test_every_name_leads_to_the_distribution_by_both_kinds_of_address(plan, full):
    found = {key: (record["name"], record["type"]) for key, record in records(full).items()}
    assert found == {f"{name}/{kind}": (name, kind) for name in NAMES for kind in ("A", "AAAA")}
    assert "module.records[0]" not in plan.modules


def test_a_name_that_leaves_takes_its_own_records_only(plan_module, full):
    fewer = plan_module(MODULE, **BASE, aliases=NAMES[:1], certificate_arn=CERTIFICATE, zone=ZONE)
    assert set(records(full)) - set(records(fewer)) == {f"{NAMES[1]}/A", f"{NAMES[1]}/AAAA"}


def test_without_a_log_bucket_and_a_web_acl_there_is_neither(plan_module):
    bare = plan_module(MODULE, **(BASE | {"access_log_bucket": None, "web_acl": None}))
    assert distribution(bare).get("web_acl_id") is None
    every = [address for module in bare.modules.values() for address in module.resources]
    assert [address for address in every if "logging" in address or "log_delivery" in address] == []


def test_outputs_say_where_pages_go_and_who_serves_them(plan, full):
    assert plan.outputs["fqdns"] == {}
    assert {
        "bucket_arn",
        "bucket_name",
        "distribution_arn",
        "distribution_id",
        "domain_name",
        "fqdns",
        "hosted_zone_id",
    } == set(full.planned_values["outputs"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="short account id"),
        pytest.param(
            {"access_log_bucket": {"arn": "arn:aws:s3:::a", "name": "b"}},
            r'one bucket by its ARN and its name; got \{"arn":"arn:aws:s3:::a","name":"b"\}',
            id="two log buckets",
        ),
        pytest.param(
            {"apis": {"pages": {"domain_name": "a.example.com", "path": "/a/*"}}},
            r'pages and standby belong to the buckets; got \["pages"\]',
            id="an API with the bucket's key",
        ),
        pytest.param(
            {"aliases": ["shop.example.org"], "certificate_arn": CERTIFICATE, "zone": ZONE},
            r'zone\'s domain \(shop.example.com\); got \["shop.example.org"\]',
            id="alias outside the zone",
        ),
        pytest.param(
            {"standby": STANDBY | {"bucket_arn": "acme-standby"}},
            'one bucket by its ARN and.*"bucket_arn":"acme-standby"',
            id="standby without an ARN",
        ),
        pytest.param(
            {"standby": STANDBY | {"bucket_arn": "arn:aws:s3:::another"}},
            'one bucket by its ARN and.*"bucket_arn":"arn:aws:s3:::another"',
            id="two standbys",
        ),
        pytest.param(
            {
                "standby": {
                    "bucket_arn": f"arn:aws:s3:::acme-shop-pages-{ACCOUNT}",
                    "bucket_regional_domain_name": f"acme-shop-pages-{ACCOUNT}.s3.us-east-1.amazonaws.com",
                }
            },
            f"another bucket than the one.*acme-shop-pages-{ACCOUNT}",
            id="standing by itself",
        ),
        pytest.param({"zone": ZONE}, r"zone is for a site with aliases; got \[\]", id="zone without aliases"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
