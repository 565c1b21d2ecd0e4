"""What happens in the bookstore is passed on and leaves a record, and what cannot be done is set aside."""

import json
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import pytest

from tests.bookstore.system import audit_records
from tests.requests.system import received, until

pytestmark = pytest.mark.slow


def put_event(system, kind, detail, source="acme.bookstore"):
    entry = {
        "Source": source,
        "DetailType": kind,
        "Detail": json.dumps(detail),
        "EventBusName": system.name,
    }
    assert system.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0


@pytest.fixture
def order():
    return f"o-{uuid4().hex[:12]}"


def test_an_event_leaves_an_audit_record(system, order):
    put_event(system, "OrderPaid", {"order_id": order, "correlation_id": order})

    def mine():
        found = audit_records(system, "event#acme.bookstore")
        return [record for record in found if record["correlation_id"] == order]

    (record,) = until(mine)
    assert (record["action"], record["changed"]) == ("OrderPaid", ["correlation_id", "order_id"])


def test_an_event_about_an_order_reaches_the_queue_of_the_notifications_service(system, order):
    url = system.outputs["queues"]["queue_urls"]["notifications"]
    put_event(system, "OrderPlaced", {"order_id": order, "total": "9.90"})
    assert until(lambda: {"order_id": order, "total": "9.90"} in received(system, url))


def test_an_event_about_something_else_does_not(system, order):
    url = system.outputs["queues"]["queue_urls"]["notifications"]
    put_event(system, "BookChanged", {"order_id": order})
    put_event(system, "OrderPlaced", {"order_id": f"{order}-after"})
    seen = until(lambda: received(system, url))
    assert {"order_id": order} not in seen


def test_a_changed_review_leaves_an_audit_record_without_its_text(system):
    review = uuid4().hex[:12]
    key = {"book_id": {"S": "b-1"}, "review_id": {"S": review}}
    table, dynamodb = system.outputs["tables"]["table_names"]["reviews"], system.client("dynamodb")
    dynamodb.put_item(TableName=table, Item=key | {"stars": {"N": "5"}, "text": {"S": "secret-7"}})
    dynamodb.put_item(TableName=table, Item=key | {"stars": {"N": "4"}, "text": {"S": "secret-7"}})

    def both():
        found = audit_records(system, f"review#b-1#{review}")
        return found if len(found) == 2 else None

    found = until(both)
    assert sorted((record["action"], tuple(record["changed"])) for record in found) == [
        ("changed", ("stars",)),
        ("created", ("book_id", "review_id", "stars", "text")),
    ]
    assert "secret-7" not in str(found)


def test_a_message_that_cannot_be_worked_on_ends_in_the_dead_letter_queue(system):
    sqs, queues = system.client("sqs"), system.outputs["queues"]
    url = queues["queue_urls"]["audit"]
    dead = sqs.get_queue_url(QueueName=queues["dead_letter_queue_names"]["audit"])["QueueUrl"]
    poison = {"no event": uuid4().hex}
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    # It is tried three times, and between two tries hidden for three minutes: not for this test.
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1"})
    try:
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(poison))
        assert until(lambda: poison in received(system, dead), seconds=60)
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=before)


def test_a_service_reads_its_flags(system):
    flags = system.outputs["feature-flags"]
    reader = system.client("appconfigdata")
    session = reader.start_configuration_session(
        ApplicationIdentifier=flags["application_id"],
        EnvironmentIdentifier=flags["environment_id"],
        ConfigurationProfileIdentifier=flags["profile_id"],
    )
    token = session["InitialConfigurationToken"]
    read = json.loads(reader.get_latest_configuration(ConfigurationToken=token)["Configuration"].read())
    assert read["similar-books"]["enabled"] is True
    assert read["similar-books"]["percent"] == "50"


def test_the_database_can_be_reached_with_what_the_secret_says(system):
    arn = system.outputs["database"]["connection_secret_arn"]
    secret = json.loads(system.client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])
    url = urlsplit(secret["DATABASE_URL"])
    assert (url.username, unquote(str(url.password))) == ("bookstore", secret["password"])
    assert (url.path, url.query) == ("/bookstore", "sslmode=require")


def test_somebody_backs_a_table_up_by_hand(system):
    """As terraform.tfvars of the unit says: with its vault and its role."""
    backup, outputs = system.client("backup"), system.outputs["backup"]
    table = system.outputs["tables"]["table_arns"]["reviews"]
    job = backup.start_backup_job(
        BackupVaultName=outputs["vault_name"], ResourceArn=table, IamRoleArn=outputs["role_arn"]
    )

    def finished():
        found = backup.describe_backup_job(BackupJobId=job["BackupJobId"])
        return found if found["State"] == "COMPLETED" else None

    assert until(finished)["ResourceArn"] == table
