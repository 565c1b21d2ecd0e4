"""S3 bucket configurations by id, which ministack 1.5.33 does not know.

Analytics, intelligent tiering, inventory and metrics: the document a client puts is the document
it gets. ministack answers an inventory read with an empty page, at which the Terraform provider crashes.
"""

from __future__ import annotations

from ministack.services import s3

from scripts.local_aws.overlays.hooks import Request, Response, answer_first, store

_kept = store("s3_configurations")
_LISTS = {
    "analytics": "ListBucketAnalyticsConfigurationResult",
    "intelligent-tiering": "ListBucketIntelligentTieringConfigurationsOutput",
    "inventory": "ListInventoryConfigurationsResult",
    "metrics": "ListMetricsConfigurationsResult",
}


def install() -> None:
    answer_first(s3, _answer)


def _answer(request: Request) -> Response | None:
    bucket = request.path.strip("/")
    if "/" in bucket or bucket not in s3._buckets:
        return None
    kind = next((name for name in _LISTS if name in request.query), None)
    if kind is None:
        if request.method == "DELETE" and not request.query:
            _forget(bucket)
        return None
    identifier = request.query.get("id", [""])[0]
    key = (bucket, kind, identifier)
    if request.method == "PUT":
        _kept[key] = request.body.decode()
        return 200, {}, b""
    if request.method == "DELETE":
        _kept.pop(key, None)
        return 204, {}, b""
    return _read(key) if identifier else _list(bucket, kind)


def _forget(bucket: str) -> None:
    for key in _kept.keys():  # noqa: SIM118 (the emulator's dictionary lists a copy)
        if key[0] == bucket:
            _kept.pop(key)


def _read(key: tuple[str, str, str]) -> Response:
    document = _kept.get(key)
    if document is None:
        message = "The specified configuration does not exist."
        return _xml(404, f"<Error><Code>NoSuchConfiguration</Code><Message>{message}</Message></Error>")
    return _xml(200, str(document))


def _list(bucket: str, kind: str) -> Response:
    documents = [
        str(text).partition("?>")[2] or str(text) for key, text in _kept.items() if key[:2] == (bucket, kind)
    ]
    root = _LISTS[kind]
    return _xml(200, f"<{root}><IsTruncated>false</IsTruncated>{''.join(documents)}</{root}>")


def _xml(status: int, document: str) -> Response:
    return status, {"Content-Type": "application/xml"}, document.encode()
