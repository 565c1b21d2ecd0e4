"""Pictures are read in every form that is promised, shrunk to the mean of their pixels, and written once a width."""

import io
import json
import struct
import zlib
from types import ModuleType

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber


@pytest.fixture
def png(handler) -> ModuleType:
    return handler.png


@pytest.fixture
def bucket(handler, monkeypatch):
    """An S3 that answers exactly the calls a test queues, and fails the test on any other."""
    monkeypatch.setenv("BUCKET_NAME", "images")
    monkeypatch.setenv("WIDTHS", "1,2")
    client = boto3.client("s3", region_name="us-east-1")
    monkeypatch.setattr(handler, "bucket", lambda: client)
    with Stubber(client) as stubbed:
        yield stubbed
        stubbed.assert_no_pending_responses()


def checkerboard(png, width=4, height=4):
    rows = tuple(
        bytes(channel for x in range(width) for channel in (255 * ((x + y) % 2), x, y)) for y in range(height)
    )
    return png.Picture(width, height, 2, rows)


def stored(png, picture, filters):
    """The same picture as another program would write it: each row predicted in its own way."""
    step, above, raw = png.CHANNELS[picture.colour], bytes(len(picture.rows[0])), b""
    for row, kind in zip(picture.rows, filters, strict=True):
        line = bytearray()
        for at, value in enumerate(row):
            left, up = (row[at - step] if at >= step else 0), above[at]
            corner = above[at - step] if at >= step else 0
            guesses = (0, left, up, (left + up) // 2, png._paeth(left, up, corner))
            line.append((value - guesses[kind]) & 255)
        raw += bytes([kind]) + bytes(line)
        above = row
    return raw


def file_of(png, raw, width, height, colour=2, depth=8, interlace=0, palette=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    chunks = [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    return png.SIGNATURE + b"".join(
        png._chunk(kind, data) for kind, data in chunks if data or kind == b"IEND"
    )


@pytest.mark.parametrize("kind", range(5))
def test_a_picture_is_read_whatever_its_rows_are_predicted_from(png, kind):
    picture = checkerboard(png)
    assert png.decode(file_of(png, stored(png, picture, [kind] * 4), 4, 4)) == picture


def test_what_is_written_is_read_again(png):
    picture = checkerboard(png)
    assert png.decode(png.encode(picture)) == picture


def test_a_palette_becomes_its_colours(png):
    raw = b"\0\0\1" + b"\0\1\0"
    picture = png.decode(file_of(png, raw, 2, 2, colour=3, palette=b"\x0a\x14\x1e\x28\x32\x3c"))
    assert (picture.colour, picture.rows[0]) == (2, b"\x0a\x14\x1e\x28\x32\x3c")


def test_a_pixel_is_the_mean_of_those_it_stands_for(png):
    small = png.shrink(checkerboard(png), 2)
    assert (small.width, small.height) == (2, 2)
    assert small.rows[0] == bytes([127, 0, 0, 127, 2, 0])


def test_the_shape_is_kept(png):
    tall = png.Picture(4, 8, 0, tuple(bytes(4) for _ in range(8)))
    assert (png.shrink(tall, 2).width, png.shrink(tall, 2).height) == (2, 4)


def test_a_small_picture_is_not_blown_up(png):
    picture = checkerboard(png)
    assert png.shrink(picture, 640) is picture


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(lambda png: b"GIF89a", "no PNG", id="another format"),
        pytest.param(lambda png: png.SIGNATURE, "no header", id="cut off at once"),
        pytest.param(lambda png: file_of(png, b"", 2, 2, depth=16), "depth 16", id="sixteen bits"),
        pytest.param(lambda png: file_of(png, b"", 2, 2, interlace=1), "interlace 1", id="interlaced"),
        pytest.param(lambda png: file_of(png, b"", 9000, 9000), "9000 x 9000", id="too large"),
        pytest.param(lambda png: file_of(png, b"\0" * 5, 2, 2), "broken data", id="too short"),
        pytest.param(
            lambda png: file_of(png, b"\0" * 50000, 2, 2), "broken data", id="larger than announced"
        ),
        pytest.param(lambda png: file_of(png, b"\7\0\0\0" * 1, 1, 1), "filter 7", id="unknown prediction"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(png, data, reason):
    with pytest.raises(png.Unsupported, match=reason):
        png.decode(data(png))


def message(*keys, number=1):
    records = [{"s3": {"object": {"key": key}}} for key in keys]
    return {"messageId": f"m-{number}", "body": json.dumps({"Records": records})}


def body(data):
    return {"Body": StreamingBody(io.BytesIO(data), len(data))}


def test_every_width_is_written_under_the_name_of_the_original(handler, bucket, png):
    picture = checkerboard(png)
    bucket.add_response(
        "get_object", body(png.encode(picture)), {"Bucket": "images", "Key": "originals/b 1/a.png"}
    )
    for width in (1, 2):
        expected = {
            "Bucket": "images",
            "Key": f"sizes/{width}/b 1/a.png",
            "Body": png.encode(png.shrink(picture, width)),
            "ContentType": "image/png",
        }
        bucket.add_response("put_object", {}, expected)
    assert handler.handle({"Records": [message("originals/b+1/a.png")]}, None) == {"batchItemFailures": []}


def test_a_picture_that_cannot_be_read_is_handed_back_and_the_next_is_resized(handler, bucket, png):
    good = png.encode(checkerboard(png))
    bucket.add_response("get_object", body(b"no picture"), {"Bucket": "images", "Key": ANY})
    bucket.add_response("get_object", body(good), {"Bucket": "images", "Key": ANY})
    bucket.add_response("put_object", {})
    bucket.add_response("put_object", {})
    records = [message("originals/bad.png", number=1), message("originals/good.png", number=2)]
    assert handler.handle({"Records": records}, None) == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}


def test_the_test_message_of_a_new_notification_is_passed_over(handler, bucket):
    test = {"messageId": "m-1", "body": json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent"})}
    assert handler.handle({"Records": [test]}, None) == {"batchItemFailures": []}
