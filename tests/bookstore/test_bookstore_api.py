"""The API of the bookstore on the embedded AWS: who gets in, with what, how often, and from which page."""

import zlib
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest

from tests.bookstore.system import token
from tests.requests.system import until

pytestmark = pytest.mark.slow

ORIGIN = "https://bookstore.dev.example.com"
UPLOAD = {"book_id": "b-1", "bytes": 1000}


def picture(png_width=8):
    """A PNG of one colour, written by hand: the test must not trust the code that it tests."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = png_width.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    rows = (b"\0" + b"\x10\x20\x30" * png_width) * png_width
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_anybody_may_ask_whether_the_api_is_up(system):
    assert system.patiently("GET", "/healthz").body == {"status": "up"}


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no token"),
        pytest.param({"Authorization": "Bearer a.b.c"}, id="no token of ours"),
    ],
)
def test_a_call_without_a_token_is_refused(system, headers):
    assert system.patiently("POST", "/images", UPLOAD, **headers).status == 401


def test_a_token_whose_signature_was_changed_is_refused(system, editor):
    head, body, signature = editor.split(".")
    forged = f"{head}.{body}.{signature[::-1]}"
    assert system.patiently("POST", "/images", UPLOAD, Authorization=f"Bearer {forged}").status == 401


def test_a_token_without_the_scope_of_the_operation_is_refused(system, reader):
    """With 401, as API Gateway's own check of scopes answers; 403 is for a missing key."""
    assert system.patiently("POST", "/images", UPLOAD, Authorization=f"Bearer {reader}").status == 401


def test_a_token_with_the_scope_gets_an_answer(system, editor):
    answer = system.patiently("POST", "/images", UPLOAD, Authorization=f"Bearer {editor}")
    assert (answer.status, answer.body["image_id"].split("/")[0]) == (201, "b-1")
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_an_application_cannot_have_a_scope_that_it_was_not_given(system):
    with pytest.raises(PermissionError, match="invalid_scope"):
        token(system, "web", ["catalog/write"])


def test_a_code_is_worth_nothing_to_whoever_cannot_prove_to_have_asked_for_it(system):
    with pytest.raises(PermissionError, match="invalid_grant"):
        token(system, "web", ["openid"], proof="x" * 64)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param({"book_id": "b-1"}, "bytes", id="a missing field"),
        pytest.param(
            {"book_id": "b-1", "bytes": 6_000_000},
            "maximum: 5000000, found: 6000000",
            id="too large a picture",
        ),
        pytest.param(
            {"book_id": "../x", "bytes": 10},
            'does not match input string "../x"',
            id="a path in place of an id",
        ),
        pytest.param("{", "JSON", id="no JSON"),
    ],
)
def test_a_wrong_body_is_refused_and_the_answer_says_why(system, editor, body, reason):
    answer = system.patiently("POST", "/images", body, Authorization=f"Bearer {editor}")
    assert (answer.status, answer.body["message"]) == (400, "Invalid request body")
    assert reason in answer.body["reason"]


def test_a_browser_is_told_what_the_web_shop_may_send(system):
    def ask():
        request = Request(f"{system.caller.base}/images", method="OPTIONS", headers={"Origin": ORIGIN})
        with urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers)

    status, headers = ask()
    assert (status, headers["Access-Control-Allow-Origin"]) == (204, ORIGIN)
    assert "POST" in headers["Access-Control-Allow-Methods"]
    assert "Authorization" in headers["Access-Control-Allow-Headers"]


def test_a_page_can_read_why_it_was_refused(system):
    assert system.patiently("POST", "/images", UPLOAD).headers["Access-Control-Allow-Origin"] == ORIGIN


def test_more_than_the_stage_allows_is_answered_429(system):
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: system.send("GET", "/healthz").status, range(200)))
    assert set(answers) == {200, 429}


def test_a_partner_without_a_key_is_turned_away(system, reader):
    answer = system.patiently("GET", "/partners/books", Authorization=f"Bearer {reader}")
    assert answer.status == 403


def test_a_picture_that_is_uploaded_gets_its_sizes(system, editor):
    """By the API, the signed address, the bucket, the queue and the function."""
    data = picture(320)
    wanted = {"book_id": "b-2", "bytes": len(data)}
    answer = system.patiently("POST", "/images", wanted, Authorization=f"Bearer {editor}")
    put = Request(answer.body["upload_url"], data=data, method="PUT", headers={"Content-Type": "image/png"})
    with urlopen(put, timeout=30) as taken:
        assert taken.status == 200
    s3, bucket = system.client("s3"), system.outputs["images"]["bucket_name"]

    def sizes():
        found = s3.list_objects_v2(Bucket=bucket, Prefix="sizes/").get("Contents", [])
        keys = sorted(each["Key"] for each in found if answer.body["image_id"] in each["Key"])
        return keys if len(keys) == 2 else None

    keys = until(sizes)
    assert keys == [f"sizes/{width}/{answer.body['image_id']}.png" for width in (160, 640)]
    small = s3.get_object(Bucket=bucket, Key=keys[0])["Body"].read()
    assert int.from_bytes(small[16:20], "big") == 160
