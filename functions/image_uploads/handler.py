"""Let a caller upload one picture of a book: answer with an address that takes exactly this upload for a while.

The picture goes from the browser to the bucket; this function never sees it. The address is signed for one key, one
type and one length, so that it cannot be used for anything else.
"""

import json
import os
from functools import cache
from typing import TYPE_CHECKING, TypedDict
from uuid import uuid4

import boto3
from botocore.config import Config
from structured_log import StructuredLog

if TYPE_CHECKING:
    from botocore.client import BaseClient

CONTENT_TYPE = "image/png"
SECONDS = 300


class Request(TypedDict):
    """What API Gateway hands over; the body was checked against the API's model before."""

    body: str
    requestContext: dict[str, str]


@cache
def bucket() -> "BaseClient":
    """The client; only version 4 signatures are taken for objects under a KMS key."""
    return boto3.client("s3", config=Config(signature_version="s3v4"))


def handle(request: Request, context: object) -> dict[str, object]:
    """Sign an upload and say where it goes."""
    wanted = json.loads(request["body"])
    image = f"{wanted['book_id']}/{uuid4().hex}"
    address = bucket().generate_presigned_url(
        "put_object",
        Params={
            "Bucket": os.environ["BUCKET_NAME"],
            "Key": f"originals/{image}.png",
            "ContentType": CONTENT_TYPE,
            "ContentLength": wanted["bytes"],
        },
        ExpiresIn=SECONDS,
    )
    log = StructuredLog("image-uploads", request["requestContext"].get("requestId", "none"))
    log.info("upload allowed", image=image, bytes=wanted["bytes"])
    return answer(201, {"image_id": image, "upload_url": address, "expires_in_seconds": SECONDS})


def answer(status: int, body: dict[str, str | int]) -> dict[str, object]:
    """The answer in API Gateway's form; the browser wants to be told again whom it may come from."""
    headers = {"Content-Type": "application/json", "Access-Control-Allow-Origin": os.environ["ALLOW_ORIGIN"]}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}
