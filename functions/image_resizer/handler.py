"""Make the sizes of each picture that was uploaded.

The bucket tells a queue, the queue brings up to ten uploads at once. A size is written under a key made from the
original's, so that doing it twice changes nothing. A picture that cannot be read is handed back
(batchItemFailures) and ends, after its retries, in the dead-letter queue, where a person looks at it.
"""

import json
import os
from functools import cache
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import unquote_plus

import boto3
import png
from structured_log import StructuredLog

if TYPE_CHECKING:
    from botocore.client import BaseClient

ORIGINALS = "originals/"
SIZES = "sizes/"


class Message(TypedDict):
    """One message of the queue; its body is what S3 says of one or more objects."""

    messageId: str
    body: str


@cache
def bucket() -> "BaseClient":
    """The client, made on the first message: an import must not fail where no region is set."""
    return boto3.client("s3")


def handle(event: dict[str, list[Message]], context: object) -> dict[str, list[dict[str, str]]]:
    """Resize what the messages name; each fails by itself."""
    failed: list[dict[str, str]] = []
    for message in event["Records"]:
        log = StructuredLog("image-resizer", message["messageId"])
        try:
            for key in keys_in(message["body"]):
                written = resize(key)
                log.info("picture resized", key=key, sizes=written)
        except Exception as error:
            log.error("picture not resized", error=type(error).__name__)
            failed.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failed}


def keys_in(body: str) -> list[str]:
    """The keys that S3 reports; its first message to a new queue is only a test and reports none."""
    told = json.loads(body)
    if told.get("Event") == "s3:TestEvent":
        return []
    return [unquote_plus(record["s3"]["object"]["key"]) for record in told["Records"]]


def resize(key: str) -> int:
    """Write every size of one picture; says how many."""
    name = os.environ["BUCKET_NAME"]
    picture = png.decode(bucket().get_object(Bucket=name, Key=key)["Body"].read())
    widths = [int(width) for width in os.environ["WIDTHS"].split(",")]
    for width in widths:
        bucket().put_object(
            Bucket=name,
            Key=f"{SIZES}{width}/{key.removeprefix(ORIGINALS)}",
            Body=png.encode(png.shrink(picture, width)),
            ContentType="image/png",
        )
    return len(widths)
