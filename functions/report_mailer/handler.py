"""Tell people that a report is ready: a mail from the template, and a message on the topic.

The link is the console's address of the file, which asks its reader to sign in; a pre-signed link would be a
key that anybody could forward. The topic comes first and the mail last, because a retry repeats what already
went through, and a second message to a program harms less than a second mail to people.
"""

import json
import os
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

import boto3
from structured_log import StructuredLog

if TYPE_CHECKING:
    from botocore.client import BaseClient

NEEDED = ("day", "orders", "revenue", "bucket", "csv_key")


class InvalidEvent(Exception):
    """Not a ReportReady event; raised, so that the dead letter queue keeps it for a person."""


@cache
def client(service: str) -> "BaseClient":
    """A client, made on the first use: an import must not fail where no region is set."""
    return boto3.client(service)


def handle(event: dict, context: object) -> dict[str, str]:
    """Send one ReportReady event on to people and programs."""
    detail = event.get("detail") or {}
    log = StructuredLog("report-mailer", str(detail.get("correlation_id") or event.get("id", "none")))
    try:
        missing = [key for key in NEEDED if key not in detail]
        if missing:
            raise InvalidEvent(f"a ReportReady event needs {', '.join(missing)} in its detail")
        link = link_to(detail["bucket"], detail["csv_key"], event.get("region") or os.environ["AWS_REGION"])
        message_id = publish(detail, link)
        mail_id = mail(detail, link)
    except Exception as error:
        log.error("report not sent", error=type(error).__name__, reason=str(error))
        raise
    # Addresses are personal data: their number is all the log may hold.
    log.info("report sent", day=detail["day"], recipients=len(recipients()), mail_id=mail_id)
    return {"message_id": message_id, "mail_id": mail_id, "link": link}


def recipients() -> list[str]:
    """Who gets the mail."""
    return [address.strip() for address in os.environ["RECIPIENTS"].split(",") if address.strip()]


def link_to(bucket: str, key: str, region: str) -> str:
    """Address the file in the console."""
    return f"https://{region}.console.aws.amazon.com/s3/object/{quote(bucket)}?region={region}&prefix={quote(key)}"


def publish(detail: dict, link: str) -> str:
    """Send the message that programs and chat rooms read."""
    body = {key: detail[key] for key in ("day", "orders", "revenue")} | {"link": link}
    answer = client("sns").publish(
        TopicArn=os.environ["TOPIC_ARN"],
        Subject=f"Order report for {detail['day']}",
        Message=json.dumps(body),
    )
    return str(answer["MessageId"])


def mail(detail: dict, link: str) -> str:
    """Send the mail; its template has the fields day, orders, revenue and link."""
    revenue = ", ".join(f"{amount} {currency}" for currency, amount in detail["revenue"].items()) or "none"
    data = {"day": detail["day"], "orders": detail["orders"], "revenue": revenue, "link": link}
    answer = client("sesv2").send_email(
        FromEmailAddress=os.environ["SENDER"],
        Destination={"ToAddresses": recipients()},
        Content={"Template": {"TemplateName": os.environ["TEMPLATE_NAME"], "TemplateData": json.dumps(data)}},
    )
    return str(answer["MessageId"])
