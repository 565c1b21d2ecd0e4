"""A finished report is told to programs first and to people last, with a link that asks for a sign-in."""

import json

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

DETAIL = {
    "day": "2026-01-31",
    "orders": 2,
    "revenue": {"EUR": "5.50", "JPY": "100"},
    "bucket": "acme-dev-reports",
    "csv_key": "reports/2026-01-31/orders.csv",
    "correlation_id": "c-1",
}
LINK = (
    "https://us-east-1.console.aws.amazon.com/s3/object/acme-dev-reports"
    "?region=us-east-1&prefix=reports/2026-01-31/orders.csv"
)
PUBLISH = {
    "TopicArn": "arn:aws:sns:us-east-1:111111111111:reports",
    "Subject": "Order report for 2026-01-31",
    "Message": json.dumps({"day": "2026-01-31", "orders": 2, "revenue": DETAIL["revenue"], "link": LINK}),
}
FIELDS = {"day": "2026-01-31", "orders": 2, "revenue": "5.50 EUR, 100 JPY", "link": LINK}
MAIL = {
    "FromEmailAddress": "reports@example.com",
    "Destination": {"ToAddresses": ["a@example.com", "b@example.com"]},
    "Content": {"Template": {"TemplateName": "report-ready", "TemplateData": json.dumps(FIELDS)}},
}


@pytest.fixture
def services(handler, monkeypatch):
    """SNS and SES that answer exactly the calls a test queues, and fail the test on any other."""
    for key, value in {
        "TOPIC_ARN": PUBLISH["TopicArn"],
        "SENDER": "reports@example.com",
        "RECIPIENTS": "a@example.com, b@example.com",
        "TEMPLATE_NAME": "report-ready",
    }.items():
        monkeypatch.setenv(key, value)
    clients = {name: boto3.client(name, region_name="us-east-1") for name in ("sns", "sesv2")}
    monkeypatch.setattr(handler, "client", clients.__getitem__)
    with Stubber(clients["sns"]) as sns, Stubber(clients["sesv2"]) as sesv2:
        yield {"sns": sns, "sesv2": sesv2}
        sns.assert_no_pending_responses()
        sesv2.assert_no_pending_responses()


def event(**detail):
    return {"id": "e-1", "region": "us-east-1", "detail-type": "ReportReady", "detail": DETAIL | detail}


def test_topic_and_mail_carry_the_link_and_the_day(handler, services):
    services["sns"].add_response("publish", {"MessageId": "m-1"}, PUBLISH)
    services["sesv2"].add_response("send_email", {"MessageId": "m-2"}, MAIL)
    assert handler.handle(event(), None) == {"message_id": "m-1", "mail_id": "m-2", "link": LINK}


def test_a_day_without_orders_says_none(handler, services):
    message = json.dumps({"day": "2026-01-31", "orders": 0, "revenue": {}, "link": LINK})
    data = json.dumps(FIELDS | {"orders": 0, "revenue": "none"})
    template = {"TemplateName": "report-ready", "TemplateData": data}
    services["sns"].add_response("publish", {"MessageId": "m-1"}, PUBLISH | {"Message": message})
    services["sesv2"].add_response(
        "send_email", {"MessageId": "m-2"}, MAIL | {"Content": {"Template": template}}
    )
    assert handler.handle(event(orders=0, revenue={}), None)["mail_id"] == "m-2"


def test_no_mail_goes_out_when_the_topic_fails(handler, services):
    services["sns"].add_client_error("publish", "InternalError")
    with pytest.raises(ClientError, match="InternalError"):
        handler.handle(event(), None)


def test_a_failed_mail_is_raised_so_that_lambda_repeats_it(handler, services, capsys):
    services["sns"].add_response("publish", {"MessageId": "m-1"}, PUBLISH)
    services["sesv2"].add_client_error("send_email", "TooManyRequestsException")
    with pytest.raises(ClientError, match="TooManyRequests"):
        handler.handle(event(), None)
    assert json.loads(capsys.readouterr().out)["level"] == "ERROR"


@pytest.mark.parametrize(
    ("broken", "missing"),
    [
        pytest.param({}, "day, orders, revenue, bucket, csv_key", id="no detail at all"),
        pytest.param(
            {"detail": {k: v for k, v in DETAIL.items() if k != "csv_key"}}, "csv_key", id="no file"
        ),
    ],
)
def test_an_event_that_is_no_report_is_raised_and_nobody_is_told(handler, services, broken, missing):
    with pytest.raises(handler.InvalidEvent, match=f"needs {missing} in"):
        handler.handle(broken, None)


def test_no_address_is_logged(handler, services, capsys):
    services["sns"].add_response("publish", {"MessageId": "m-1"}, PUBLISH)
    services["sesv2"].add_response("send_email", {"MessageId": "m-2"}, MAIL)
    handler.handle(event(), None)
    line = capsys.readouterr().out
    assert "@" not in line
    assert (json.loads(line)["recipients"], json.loads(line)["correlation_id"]) == (2, "c-1")
