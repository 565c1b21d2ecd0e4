"""Mail goes out signed, over TLS, through one configuration set that stops writing to who complained."""

import re

import pytest
import tftest

MODULE = "messaging/ses"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
DEFAULT_BUS = "arn:aws:events:us-east-1:111111111111:event-bus/default"
SET = "aws_sesv2_configuration_set.this"

FULL = {
    "name": "acme",
    "allow_delivery_without_tls": True,
    "sending_paused": True,
    "event_destinations": {
        "failures": {"topic_arn": TOPIC},
        "bus": {"event_bus_arn": DEFAULT_BUS, "event_types": ["SEND"]},
        "counts": {"metric_dimensions": {"kind": "none"}, "event_types": ["DELIVERY", "BOUNCE"]},
    },
    "identities": {
        "shop": {"identity": "example.com", "dkim_key_length": "RSA_1024_BIT", "mail_from": {}},
        "strict": {
            "identity": "mail.example.com",
            "mail_from": {"subdomain": "return", "reject_without_mx": True},
        },
        "reports": {"identity": "reports@example.com"},
    },
    "templates": {
        "report-ready": {"subject": "{{day}}", "text": "{{link}}", "html": "<p>{{link}}</p>"},
        "plain": {"subject": "Hello", "text": "Hello"},
    },
    "tags": {"System": "shop"},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """One domain about which nothing is said."""
    return plan_module(MODULE, name="acme", identities={"shop": {"identity": "example.com"}})


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def values(plan, address):
    return plan.resources[address]["values"]


def identity(plan, key):
    return values(plan, f'aws_sesv2_email_identity.this["{key}"]')


def destination(plan, key):
    (found,) = values(plan, f'aws_sesv2_configuration_set_event_destination.this["{key}"]')[
        "event_destination"
    ]
    return found


def test_mail_needs_tls_and_spares_who_bounced_or_complained(plain):
    found = values(plain, SET)
    assert found["configuration_set_name"] == "acme"
    assert found["delivery_options"][0]["tls_policy"] == "REQUIRE"
    assert found["suppression_options"] == [{"suppressed_reasons": ["BOUNCE", "COMPLAINT"]}]
    assert found["reputation_options"][0]["reputation_metrics_enabled"] is True
    assert found["sending_options"] == [{"sending_enabled": True}]


def test_a_domain_is_signed_with_2048_bits_and_sends_through_the_set(plain):
    found = identity(plain, "shop")
    assert found["dkim_signing_attributes"][0]["next_signing_key_length"] == "RSA_2048_BIT"
    assert (found["email_identity"], found["configuration_set_name"]) == ("example.com", "acme")
    assert 'aws_sesv2_email_identity_mail_from_attributes.this["shop"]' not in plain.resources


def test_a_set_can_be_paused_and_opened_to_servers_without_tls(full):
    found = values(full, SET)
    assert found["sending_options"] == [{"sending_enabled": False}]
    assert found["delivery_options"][0]["tls_policy"] == "OPTIONAL"


def test_tags_reach_the_set_and_the_identities(full):
    assert values(full, SET)["tags"] == identity(full, "reports")["tags"] == {"System": "shop"}


def test_an_address_is_not_signed_by_itself(full):
    assert identity(full, "reports")["email_identity"] == "reports@example.com"
    after_unknown = full.resource_changes['aws_sesv2_email_identity.this["reports"]']["change"][
        "after_unknown"
    ]
    assert after_unknown["dkim_signing_attributes"] is True  # SES's own, none of ours
    assert identity(full, "shop")["dkim_signing_attributes"][0]["next_signing_key_length"] == "RSA_1024_BIT"


@pytest.mark.parametrize(
    ("key", "domain", "without_mx"),
    [
        pytest.param("shop", "bounce.example.com", "USE_DEFAULT_VALUE", id="by default"),
        pytest.param("strict", "return.mail.example.com", "REJECT_MESSAGE", id="as the caller says"),
    ],
)
def test_a_return_path_is_a_subdomain_of_the_sender(full, key, domain, without_mx):
    found = values(full, f'aws_sesv2_email_identity_mail_from_attributes.this["{key}"]')
    assert (found["mail_from_domain"], found["behavior_on_mx_failure"]) == (domain, without_mx)


def test_failures_go_to_a_topic_by_default_four_kinds_of_them(full):
    found = destination(full, "failures")
    assert (found["enabled"], found["sns_destination"]) == (True, [{"topic_arn": TOPIC}])
    assert found["matching_event_types"] == ["BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE"]


def test_events_go_to_the_bus_or_become_metrics(full):
    assert destination(full, "bus")["event_bridge_destination"] == [{"event_bus_arn": DEFAULT_BUS}]
    (metrics,) = destination(full, "counts")["cloud_watch_destination"]
    assert metrics["dimension_configuration"] == [
        {
            "dimension_name": "kind",
            "default_dimension_value": "none",
            "dimension_value_source": "MESSAGE_TAG",
        }
    ]
    assert destination(full, "counts")["matching_event_types"] == ["BOUNCE", "DELIVERY"]


def test_a_template_has_a_subject_a_text_and_perhaps_html(full):
    found = values(full, 'aws_ses_template.this["report-ready"]')
    assert (found["subject"], found["text"], found["html"]) == ("{{day}}", "{{link}}", "<p>{{link}}</p>")
    assert values(full, 'aws_ses_template.this["plain"]')["html"] is None


def test_names_come_out_keyed_as_they_went_in(full):
    assert full.outputs["configuration_set_name"] == "acme"
    assert full.outputs["template_names"] == {"plain": "acme-plain", "report-ready": "acme-report-ready"}


def test_a_further_identity_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(
        MODULE, name="acme", identities={"a": {"identity": "a.org"}, "shop": {"identity": "example.com"}}
    )
    assert set(more.resources) - set(plain.resources) == {'aws_sesv2_email_identity.this["a"]'}


def sender(**settings):
    return {"identities": {"s": {"identity": "example.com"} | settings}}


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "a.b"}, "64 letters", '"a.b"', id="name"),
        pytest.param(
            {"event_destinations": {"d": {}}}, "exactly one of topic_arn", '{"d":{}}', id="no destination"
        ),
        pytest.param(
            {"event_destinations": {"d": {"topic_arn": TOPIC, "event_bus_arn": DEFAULT_BUS}}},
            "exactly one of topic_arn",
            TOPIC,
            id="two destinations",
        ),
        pytest.param(
            {"event_destinations": {"d": {"event_bus_arn": f"{DEFAULT_BUS}-not"}}},
            "default event bus only",
            f'{{"d":"{DEFAULT_BUS}-not"}}',
            id="another bus",
        ),
        pytest.param(
            {"event_destinations": {"d": {"topic_arn": TOPIC, "event_types": ["LOST"]}}},
            "event_types must be of",
            '{"d":["LOST"]}',
            id="event type",
        ),
        pytest.param(
            {"event_destinations": {"a b": {"topic_arn": TOPIC}}}, "key is its name", '["a b"]', id="key"
        ),
        pytest.param(
            sender(identity="shop"), "must be a domain", '["shop"]', id="neither domain nor address"
        ),
        pytest.param(
            {"identities": {"a": {"identity": "example.com"}, "b": {"identity": "Example.com"}}},
            "once per account",
            '["example.com","Example.com"]',
            id="one domain twice",
        ),
        pytest.param(
            sender(identity="a@example.com", mail_from={}),
            "mail_from belongs to a domain",
            '["a@example.com"]',
            id="an address's return path",
        ),
        pytest.param(
            sender(dkim_key_length="RSA_512_BIT"), "RSA_2048_BIT", '{"s":"RSA_512_BIT"}', id="a weak key"
        ),
        pytest.param(
            {"templates": {"a.b": {"subject": "s", "text": "t"}}},
            "64 letters",
            '["acme-a.b"]',
            id="template name",
        ),
        pytest.param(
            {"templates": {"t": {"subject": "s", "text": "x" * 500000}}}, "500 KB", '{"t":500002}', id="size"
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **{"name": "acme"} | variables)
