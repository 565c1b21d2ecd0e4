"""An upload is signed for one key, one type, one length and five minutes."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

ORIGIN = "https://bookstore.example.com"


@pytest.fixture
def answer(handler, monkeypatch):
    monkeypatch.setenv("BUCKET_NAME", "images")
    monkeypatch.setenv("ALLOW_ORIGIN", ORIGIN)
    handler.bucket.cache_clear()
    request = {"body": json.dumps({"book_id": "b-1", "bytes": 1000}), "requestContext": {"requestId": "r-1"}}
    return handler.handle(request, None)


def test_the_address_is_below_the_prefix_that_the_resizer_reads(answer):
    body = json.loads(answer["body"])
    address = urlsplit(body["upload_url"])
    assert (answer["statusCode"], body["image_id"].split("/")[0]) == (201, "b-1")
    assert address.path.endswith(f"/originals/{body['image_id']}.png")
    assert "images" in address.netloc + address.path


def test_the_signature_covers_type_and_length_and_ends_after_five_minutes(answer):
    query = parse_qs(urlsplit(json.loads(answer["body"])["upload_url"]).query)
    assert query["X-Amz-SignedHeaders"] == ["content-length;content-type;host"]
    assert query["X-Amz-Expires"] == ["300"]
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]


def test_two_uploads_never_share_a_key(handler, answer):
    request = {"body": json.dumps({"book_id": "b-1", "bytes": 1000}), "requestContext": {}}
    again = json.loads(handler.handle(request, None)["body"])
    assert again["image_id"] != json.loads(answer["body"])["image_id"]


def test_the_browser_is_told_which_origin_may_read_the_answer(answer):
    assert answer["headers"]["Access-Control-Allow-Origin"] == ORIGIN


def test_the_log_line_holds_no_signature(answer, capsys):
    assert "X-Amz-Signature" not in capsys.readouterr().out
