"""The cognito module: second factor, no client secrets, and nothing an attacker can learn by guessing."""

import pytest
import tftest

MODULE = "security/cognito"
ACL = "arn:aws:wafv2:us-east-1:111111111111:regional/webacl/acme/1234"
CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1234"
IDENTITY = "arn:aws:ses:us-east-1:111111111111:identity/acme.example"
ROLE = "arn:aws:iam::111111111111:role/staff"
WEB = {"callback_urls": ["https://acme.example/in"]}
ORDERS = {"identifier": "orders", "scopes": {"read": "See own orders", "write": "Place orders"}}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, name="acme", clients={"web": WEB})


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        name="acme",
        clients={
            "web": WEB
            | {
                "logout_urls": ["https://acme.example/out"],
                "scopes": ["openid", "orders/read"],
                "access_token_minutes": 15,
                "refresh_token_days": 7,
                "allow_password_auth": True,
            }
        },
        deletion_protection=False,
        domain={"name": "login.acme.example", "certificate_arn": CERTIFICATE},
        email={"identity_arn": IDENTITY, "from": "no-reply@acme.example", "reply_to": "help@acme.example"},
        groups={"staff": {"precedence": 1, "description": "Sees every order", "role_arn": ROLE}},
        mfa="OPTIONAL",
        password_policy={"minimum_length": 16, "remembered": 10, "temporary_days": 1},
        resource_servers={"api": ORDERS},
        self_sign_up=True,
        tags={"System": "shop"},
        threat_protection="ENFORCED",
        web_acl={"arn": ACL},
    )


def pool(plan):
    return plan.resources["aws_cognito_user_pool.this"]["values"]


def client(plan):
    return plan.resources['aws_cognito_user_pool_client.this["web"]']["values"]


@pytest.mark.parametrize(
    ("setting", "default", "chosen"),
    [
        pytest.param("mfa_configuration", "ON", "OPTIONAL", id="second factor"),
        pytest.param("deletion_protection", "ACTIVE", "INACTIVE", id="deletion protection"),
        pytest.param("user_pool_tier", "ESSENTIALS", "PLUS", id="tier"),
        pytest.param("name", "acme", "acme", id="name"),
        pytest.param("username_attributes", ["email"], ["email"], id="address as name"),
        pytest.param("auto_verified_attributes", ["email"], ["email"], id="address is proven"),
        pytest.param("tags", None, {"System": "shop"}, id="tags"),
    ],
)
def test_the_pool_is_as_the_caller_says(plain, full, setting, default, chosen):
    assert pool(plain)[setting] == default
    assert pool(full)[setting] == chosen


def test_the_second_factor_is_an_app(plain):
    assert pool(plain)["software_token_mfa_configuration"] == [{"enabled": True}]
    assert pool(plain)["account_recovery_setting"][0]["recovery_mechanism"] == [
        {"name": "verified_email", "priority": 1}
    ]


@pytest.mark.parametrize(
    ("which", "length", "remembered", "days"),
    [pytest.param("plain", 12, 0, 3, id="default"), pytest.param("full", 16, 10, 1, id="chosen")],
)
def test_passwords_are_long_and_mixed(request, which, length, remembered, days):
    (policy,) = pool(request.getfixturevalue(which))["password_policy"]
    assert (policy["minimum_length"], policy["temporary_password_validity_days"]) == (length, days)
    assert policy["password_history_size"] == remembered
    kinds = ("lowercase", "uppercase", "numbers", "symbols")
    assert all(policy[f"require_{kind}"] for kind in kinds)


def test_people_are_invited_unless_the_caller_lets_them_sign_up(plain, full):
    def invited_only(plan):
        return pool(plan)["admin_create_user_config"][0]["allow_admin_create_user_only"]

    assert invited_only(plain) is True
    assert invited_only(full) is False


def test_an_address_is_changed_only_once_the_new_one_is_proven(plain):
    (settings,) = pool(plain)["user_attribute_update_settings"]
    assert settings["attributes_require_verification_before_update"] == ["email"]
    assert pool(plain)["username_configuration"] == [{"case_sensitive": False}]


def test_stolen_sign_ins_are_treated_as_the_caller_says(plain, full):
    assert pool(plain)["user_pool_add_ons"][0]["advanced_security_mode"] == "OFF"
    assert pool(full)["user_pool_add_ons"][0]["advanced_security_mode"] == "ENFORCED"


def test_mail_comes_from_the_callers_identity(full):
    (mail,) = pool(full)["email_configuration"]
    assert (mail["email_sending_account"], mail["source_arn"]) == ("DEVELOPER", IDENTITY)
    assert (mail["from_email_address"], mail["reply_to_email_address"]) == (
        "no-reply@acme.example",
        "help@acme.example",
    )


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("generate_secret", False, id="no secret"),
        pytest.param("allowed_oauth_flows", ["code"], id="code flow only"),
        pytest.param("allowed_oauth_flows_user_pool_client", True, id="OAuth"),
        pytest.param("prevent_user_existence_errors", "ENABLED", id="guessing teaches nothing"),
        pytest.param("enable_token_revocation", True, id="tokens can be taken back"),
        pytest.param(
            "explicit_auth_flows", ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"], id="no password sent"
        ),
        pytest.param("allowed_oauth_scopes", ["email", "openid", "profile"], id="usual scopes"),
        pytest.param("access_token_validity", 60, id="an hour"),
        pytest.param("refresh_token_validity", 30, id="a month"),
        pytest.param("name", "acme-web", id="name"),
        pytest.param("callback_urls", ["https://acme.example/in"], id="callback"),
    ],
)
def test_a_client_by_default_has(plain, setting, value):
    assert client(plain)[setting] == value


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("allowed_oauth_scopes", ["openid", "orders/read"], id="scopes"),
        pytest.param("logout_urls", ["https://acme.example/out"], id="logout"),
        pytest.param("access_token_validity", 15, id="access token"),
        pytest.param("id_token_validity", 15, id="id token"),
        pytest.param("refresh_token_validity", 7, id="refresh token"),
    ],
)
def test_a_client_has_what_the_caller_says(full, setting, value):
    assert client(full)[setting] == value
    assert "ALLOW_USER_PASSWORD_AUTH" in client(full)["explicit_auth_flows"]


def test_a_watched_pool_remembers_five_passwords_and_a_group_needs_no_description(plan_module):
    plan = plan_module(MODULE, name="acme", threat_protection="AUDIT", groups={"staff": {"precedence": 1}})
    assert pool(plan)["password_policy"][0]["password_history_size"] == 5
    group = plan.resources['aws_cognito_user_group.this["staff"]']["values"]
    assert group["description"] == "Managed by Terraform"


def test_apis_groups_domain_and_web_acl(full):
    server = full.resources['aws_cognito_resource_server.this["api"]']["values"]
    assert (server["name"], server["identifier"]) == ("api", "orders")
    assert {scope["scope_name"]: scope["scope_description"] for scope in server["scope"]} == ORDERS["scopes"]
    group = full.resources['aws_cognito_user_group.this["staff"]']["values"]
    assert (group["name"], group["precedence"], group["role_arn"]) == ("staff", 1, ROLE)
    assert group["description"] == "Sees every order"
    domain = full.resources["aws_cognito_user_pool_domain.this[0]"]["values"]
    assert (domain["domain"], domain["certificate_arn"]) == ("login.acme.example", CERTIFICATE)
    assert full.resources["aws_wafv2_web_acl_association.this[0]"]["values"]["web_acl_arn"] == ACL


def test_a_plain_pool_has_a_pool_and_its_client_only(plain):
    assert set(plain.resources) == {"aws_cognito_user_pool.this", 'aws_cognito_user_pool_client.this["web"]'}


def test_outputs_are_what_authorizers_and_records_need(plain, full):
    assert full.outputs["scopes"] == {"api/read": "orders/read", "api/write": "orders/write"}
    assert plain.outputs["domain_cloudfront_name"] is None
    assert {"client_ids", "domain_cloudfront_name", "endpoint", "user_pool_arn", "user_pool_id"} <= set(
        full.planned_values["outputs"]
    )


def web(**changes):
    return {"clients": {"web": WEB | changes}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"name": "a b"}, 'name has letters.*"a b"', id="name"),
        pytest.param(
            web(callback_urls=["http://acme.example"]),
            "begin with https://.*http://acme",
            id="plain callback",
        ),
        pytest.param(web(callback_urls=[]), r'at least one callback URL.*\["web"\]', id="no callback"),
        pytest.param(web(access_token_minutes=1), r"5 to 1440 minutes.*\[1,30\]", id="short token"),
        pytest.param(
            web(scopes=["orders/read"]), r'of a resource server; got.*"orders/read"', id="unknown scope"
        ),
        pytest.param(
            {"domain": {"name": "a.example"}}, 'needs certificate_arn.*"a.example"', id="no certificate"
        ),
        pytest.param({"domain": {"name": "my-aws"}}, 'without the words aws.*"my-aws"', id="reserved word"),
        pytest.param(
            {"email": {"identity_arn": "x", "from": "a@b"}}, 'SES identity; got.*"x"', id="identity"
        ),
        pytest.param(
            {"groups": {k: {"precedence": 1} for k in "ab"}}, r'own precedence.*\{"a":1,"b":1\}', id="groups"
        ),
        pytest.param({"mfa": "OFF"}, 'ON or OPTIONAL; got "OFF"', id="no second factor"),
        pytest.param({"password_policy": {"minimum_length": 8}}, "12 to 99; got.*8", id="short password"),
        pytest.param({"password_policy": {"remembered": 25}}, "0 to 24.*25", id="remembered"),
        pytest.param(
            {"resource_servers": {"a": ORDERS, "b": ORDERS}},
            r'own identifier.*\{"a":"orders","b":"orders"\}',
            id="APIs",
        ),
        pytest.param({"threat_protection": "ON"}, 'OFF, AUDIT or ENFORCED; got "ON"', id="protection"),
        pytest.param(
            {"web_acl": {"arn": ACL.replace("regional", "global")}}, "REGIONAL scope; got.*global", id="ACL"
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **({"name": "acme"} | change))
