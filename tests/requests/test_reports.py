"""The report of a day, from the event that asks for it to the mail that brings the link."""

import csv
import json
from datetime import UTC, datetime
from io import StringIO
from uuid import uuid4

import pytest

from tests.requests.system import allow, received, until


@pytest.fixture
def today():
    return datetime.now(UTC).date().isoformat()


def ask_for(system, day):
    entry = {"Source": "acme.orders", "DetailType": "ReportRequested", "EventBusName": system.name}
    answer = system.client("events").put_events(Entries=[entry | {"Detail": json.dumps({"day": day})}])
    assert answer["FailedEntryCount"] == 0


def report_of(system, day, kind):
    bucket = system.outputs["storage"]["bucket_names"]["reports"]
    found = system.client("s3").get_object(Bucket=bucket, Key=f"reports/{day}/orders.{kind}")
    return found["Body"].read().decode()


@pytest.fixture
def reported(system, order, today, listener):
    """An order, and the report of its day; the event that announced it."""
    queue = listener("ReportReady", {"day": [today]})
    system.patiently("POST", "/orders", order)
    ask_for(system, today)
    return until(lambda: received(system, queue))[0]["detail"]


def test_the_order_is_in_the_csv_and_in_the_json(system, reported, today, product):
    rows = list(csv.DictReader(StringIO(report_of(system, today, "csv"))))
    (row,) = [row for row in rows if row["product"] == product]
    assert (row["currency"], row["orders"], row["quantity"], row["revenue"]) == ("EUR", "1", "2", "25.00")
    document = json.loads(report_of(system, today, "json"))
    assert [found["revenue"] for found in document["products"] if found["product"] == product] == ["25.00"]
    assert document["orders"] == reported["orders"]


def test_the_report_is_encrypted_with_the_key_of_the_data(system, reported):
    found = system.client("s3").head_object(Bucket=reported["bucket"], Key=reported["csv_key"])
    assert found["ServerSideEncryption"] == "aws:kms"


@pytest.mark.rehearsed_only  # nobody else can look into a mailbox
def test_people_get_a_mail_with_the_link(system, reported, today):
    mail = until(lambda: next((mail for mail in system.mails()[::-1] if today in mail["Subject"]), None))
    assert f"prefix=reports/{today}/orders.csv" in mail["BodyText"]
    assert "EUR" in mail["BodyText"]
    assert "{{" not in mail["BodyText"] + mail["BodyHtml"] + mail["Subject"]


def test_programs_get_a_message_with_the_link(system):
    day = "2020-02-29"  # nobody else's: a report that another test asked for may still be on its way
    sqs, sns = system.client("sqs"), system.client("sns")
    topic = system.outputs["notification"]["topic_arns"]["reports"]
    url = sqs.create_queue(QueueName=f"test-{uuid4().hex[:12]}")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": allow("sns", arn, topic)})
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)["SubscriptionArn"]
    try:
        ask_for(system, day)

        def told():
            messages = [json.loads(envelope["Message"]) for envelope in received(system, url)]
            return [message for message in messages if message["day"] == day]

        assert f"prefix=reports/{day}/" in until(told)[0]["link"]
    finally:
        sns.unsubscribe(SubscriptionArn=subscription)
        sqs.delete_queue(QueueUrl=url)


def test_a_day_that_is_none_ends_in_the_dead_letter_queue_after_its_retries(system):
    queue = system.outputs["event-processing"]["dead_letter_queue_urls"]["report-generator"]
    ask_for(system, "yesterday")
    assert until(lambda: {"day": "yesterday"} in received(system, queue))
    system.client("sqs").purge_queue(QueueUrl=queue)
