"""GET /products?q=teapot finds products in OpenSearch.

Answers: 200 with at most 20 products; 400 when q is missing or too long; 503 where the environment has no search (its
terraform.tfvars names no domain) or the domain does not answer in time. Requests are signed with the function's own role,
because the domain knows roles and no passwords.
"""

import json
import os
import re
import urllib.error
import urllib.request
from typing import cast

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from structured_log import StructuredLog

CORRELATION = re.compile(r"[A-Za-z0-9_-]{1,64}")
LONGEST = 200
MOST = 20
TIMEOUT_SECONDS = 3

Event = dict[str, object]
Answer = dict[str, object]


class NoSearch(Exception):
    """The domain is not there or does not answer; the text is the caller's."""


def handle(event: Event, context: object) -> Answer:
    """Answer one request of the REST API's proxy integration."""
    log = StructuredLog("product-search", correlation_of(event))
    words = words_of(event)
    if not words or len(words) > LONGEST:
        return answer(400, {"message": f"q must be 1 to {LONGEST} characters", "field": "q"}, log)
    try:
        products = search(words)
    except NoSearch as reason:
        log.error("no search", reason=str(reason))
        return answer(503, {"message": str(reason)}, log)
    log.info("searched", found=len(products))
    return answer(200, {"products": products}, log)


def words_of(event: Event) -> str:
    """What the caller looks for."""
    query = event.get("queryStringParameters")
    words = query.get("q") if isinstance(query, dict) else None
    return words.strip() if isinstance(words, str) else ""


def search(words: str) -> list[dict[str, object]]:
    """The products that fit best. The words are a value of the query, never a part of its text."""
    host = os.environ.get("SEARCH_HOST", "")
    if not host:
        raise NoSearch("this environment has no search")
    query = {"size": MOST, "query": {"multi_match": {"query": words, "fields": ["name^3", "description"]}}}
    try:
        with urllib.request.urlopen(signed(host, query), timeout=TIMEOUT_SECONDS) as found:
            hits = json.load(found)["hits"]["hits"]
    except (OSError, ValueError, KeyError) as error:
        raise NoSearch(f"the search does not answer ({type(error).__name__}); try again") from error
    return [{"id": hit["_id"]} | cast("dict[str, object]", hit["_source"]) for hit in hits]


def signed(host: str, query: dict[str, object]) -> urllib.request.Request:
    """The search as a request that carries the signature of the function's role."""
    url = f"https://{host}/products/_search"
    body = json.dumps(query).encode()
    request = AWSRequest("POST", url, data=body, headers={"Content-Type": "application/json", "Host": host})
    session = boto3.Session()
    SigV4Auth(session.get_credentials(), "es", session.region_name).add_auth(request)
    return urllib.request.Request(url, data=body, headers=dict(request.headers), method="POST")


def answer(status: int, body: dict[str, object], log: StructuredLog) -> Answer:
    """Shape a proxy response."""
    headers = {"Content-Type": "application/json", "X-Correlation-Id": log.correlation_id}
    # The API answers a browser's question before the call; the answer to the call itself must say it again.
    if origin := os.environ.get("ALLOWED_ORIGIN"):
        headers["Access-Control-Allow-Origin"] = origin
    return {"statusCode": status, "headers": headers, "body": json.dumps(body), "isBase64Encoded": False}


def correlation_of(event: Event) -> str:
    """Take the caller's X-Correlation-Id if it is one, else the request's own id."""
    headers = event.get("headers")
    given = {str(k).lower(): v for k, v in headers.items()} if isinstance(headers, dict) else {}
    wanted = given.get("x-correlation-id")
    # Checked, because it is written to the log: a caller must not be able to forge lines or store text there.
    if isinstance(wanted, str) and CORRELATION.fullmatch(wanted):
        return wanted
    request = event.get("requestContext")
    return str(request.get("requestId", "none")) if isinstance(request, dict) else "none"
