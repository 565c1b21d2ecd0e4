"""DynamoDB stream mappings: retries, bisection and partial failures as Lambda does them.

ministack 1.5.33 repeats a failing batch for ever, whatever the mapping says, and loses a mapping's
metrics settings and defaults. A batch is retried after ``Delays.stream_retry_seconds``.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ministack.core.concurrency import spawn_background
from ministack.core.responses import new_uuid, request_scope
from ministack.services import dynamodb, lambda_svc

from scripts.local_aws.overlays import delivery
from scripts.local_aws.overlays.hooks import Document, Response, wrap
from scripts.local_aws.settings import Delays

logger = logging.getLogger("stagecraft.streams")
_DELAYS = Delays.from_environment()
_LONGEST_WAIT = 5.0
_KEPT = ("MetricsConfig", "KMSKeyArn", "ProvisionedPollerConfig", "TumblingWindowInSeconds", "LoggingConfig")
_STREAM_DEFAULTS: Document = {
    "BatchSize": 100,
    "MaximumRetryAttempts": -1,
    "MaximumRecordAgeInSeconds": -1,
    "ParallelizationFactor": 1,
    "BisectBatchOnFunctionError": False,
    "DestinationConfig": {"OnFailure": {}},
}


@dataclass(slots=True)
class _Batch:
    """Records that go to the function together, and how often they have gone."""

    records: list[Document]
    attempts: int = 0


_busy: set[str] = set()
_lock = threading.Lock()


def install() -> None:
    lambda_svc._poll_dynamodb_streams = _poll

    @wrap(lambda_svc, "_create_esm")
    def create(inner: Callable[[Document], Response], data: Document) -> Response:
        is_stream = ":sqs:" not in data.get("EventSourceArn", "")
        answer = inner({**_STREAM_DEFAULTS, **data} if is_stream else data)
        return _remember(answer, data)

    @wrap(lambda_svc, "_update_esm")
    def update(inner: Callable[[str, Document], Response], esm_id: str, data: Document) -> Response:
        return _remember(inner(esm_id, data), data)


def _remember(answer: Response, data: Document) -> Response:
    if answer[0] >= 400:
        return answer
    mapping = lambda_svc._esms.get(json.loads(answer[2])["UUID"])
    mapping.update({field: data[field] for field in _KEPT if field in data})
    status, headers, _ = answer
    return status, headers, json.dumps(lambda_svc._esm_response(mapping)).encode()


def _poll() -> bool:
    """Start a worker for every mapping that has records and none yet; the workers wake the poller."""
    for account, region, mapping in lambda_svc._iter_all_esms():
        source = mapping.get("EventSourceArn", "")
        if ":dynamodb:" not in source or not mapping.get("Enabled", True):
            continue
        with request_scope(account, region):
            if _has_records(mapping, source):
                _start(mapping, source)
    return False


def _start(mapping: Document, source: str) -> None:
    identifier = mapping["UUID"]
    with _lock:
        if identifier in _busy:
            return
        _busy.add(identifier)

    def work() -> None:
        try:
            _drain(mapping, source)
        finally:
            with _lock:
                _busy.discard(identifier)
            lambda_svc._esm_wake.set()

    spawn_background(work, thread_name="stream-mapping")


def _table(source: str) -> str:
    return source.partition("/stream/")[0].rpartition("/")[2]


def _position(mapping: Document, table: str) -> int:
    """Where reading goes on; records that expired meanwhile are passed over.

    ministack keeps positions over a restart, but not the records they count: a position beyond the end is of a
    stream that is gone, and what is in the stream now was written since.
    """
    start, end = int(dynamodb.stream_start_position(table)), int(dynamodb.stream_end_position(table))
    with lambda_svc._dynamodb_stream_positions_lock:
        kept: int | None = lambda_svc._dynamodb_stream_positions.get(mapping["UUID"])
        if kept is None:
            latest = mapping.get("StartingPosition", "LATEST") != "TRIM_HORIZON"
            kept = end if latest else start
        position = start if int(kept) > end else max(int(kept), start)
        lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position
    return position


def _has_records(mapping: Document, source: str) -> bool:
    table = dynamodb._tables.get(_table(source))
    if not table or table.get("LatestStreamArn") != source:
        return False
    position = _position(mapping, _table(source))
    records = dynamodb.stream_records_since(_table(source), position, mapping["BatchSize"])
    if not records:
        return False
    window = mapping.get("MaximumBatchingWindowInSeconds") or 0
    return len(records) >= mapping["BatchSize"] or _age(records[0]) >= window


def _age(record: Document) -> float:
    created = (record.get("dynamodb") or {}).get("ApproximateCreationDateTime")
    return time.time() - float(created) if created else 0.0


def _is_live(mapping: Document) -> bool:
    return mapping["UUID"] in lambda_svc._esms and bool(mapping.get("Enabled", True))


def _drain(mapping: Document, source: str) -> None:
    """Work through the stream in order, until it is empty or the mapping is gone."""
    table = _table(source)
    while _is_live(mapping) and _has_records(mapping, source):
        position = _position(mapping, table)
        raw = dynamodb.stream_records_since(table, position, mapping["BatchSize"])
        matching = lambda_svc._apply_filter_criteria(raw, mapping)
        if matching and not _process(mapping, source, matching):
            return  # the mapping was deleted or disabled meanwhile
        with lambda_svc._dynamodb_stream_positions_lock:
            lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position + len(raw)


def _process(mapping: Document, source: str, records: list[Document]) -> bool:
    """Send *records* until each is done or given up; False when the mapping went away."""
    queue = deque([_Batch(records)])
    wait = _DELAYS.stream_retry_seconds
    while queue:
        if not _is_live(mapping):
            return False
        batch = queue.popleft()
        function, _ = lambda_svc._get_func_record_for_qualifier(
            mapping["FunctionName"], mapping.get("Qualifier")
        )
        if function is None:
            return False
        result: Document = lambda_svc._execute_function(function, {"Records": batch.records})
        if not result.get("throttle"):
            batch.attempts += 1
        remaining = _unfinished(mapping, batch.records, result)
        if not remaining:
            mapping["LastProcessingResult"] = "OK"
            wait = _DELAYS.stream_retry_seconds
            continue
        mapping["LastProcessingResult"] = "PROBLEM: Function call failed"
        queue.extendleft(reversed(_again(mapping, source, batch, remaining, result)))
        if queue:
            time.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
    return True


def _unfinished(mapping: Document, records: list[Document], result: Document) -> list[Document]:
    """Records from the first failed one on; order within a shard is kept."""
    if result.get("error"):
        return records
    body: Any = result.get("body")
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []) or not isinstance(
        body, dict
    ):
        return []
    failed = {item.get("itemIdentifier") for item in body.get("batchItemFailures") or []}
    if not failed:
        return []
    numbers = [str(record["dynamodb"]["SequenceNumber"]) for record in records]
    known = [index for index, number in enumerate(numbers) if number in failed]
    # An identifier that is none of the batch's makes the whole batch a failure.
    return records[min(known) :] if len(known) == len(failed) else records


def _again(
    mapping: Document, source: str, batch: _Batch, remaining: list[Document], result: Document
) -> list[_Batch]:
    """What to send next: nothing if the records are too old or were tried too often."""
    if len(remaining) < len(batch.records):
        batch = _Batch(remaining, batch.attempts)
    retries, age = mapping.get("MaximumRetryAttempts", -1), mapping.get("MaximumRecordAgeInSeconds", -1)
    if age > 0 and _age(batch.records[0]) > age:
        return _give_up(mapping, source, batch, result, "RecordAgeExceeded")
    if mapping.get("BisectBatchOnFunctionError") and len(batch.records) > 1 and result.get("error"):
        # A split does not count as an attempt, so that one bad record cannot use up the others' retries.
        half = len(batch.records) // 2
        tried = batch.attempts - 1
        return [_Batch(batch.records[:half], tried), _Batch(batch.records[half:], tried)]
    if retries >= 0 and batch.attempts > retries:
        return _give_up(mapping, source, batch, result, "RetryAttemptsExhausted")
    return [batch]


def _give_up(mapping: Document, source: str, batch: _Batch, result: Document, condition: str) -> list[_Batch]:
    logger.warning("%s gives up %d records: %s", mapping["FunctionArn"], len(batch.records), condition)
    target = ((mapping.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    if target:
        try:
            delivery.to_destination(target, _failure(mapping, source, batch, result, condition))
        except delivery.DeliveryError as error:
            logger.error("on-failure record of %s lost: %s", mapping["FunctionArn"], error)
    return []


def _failure(mapping: Document, source: str, batch: _Batch, result: Document, condition: str) -> Document:
    """The record AWS sends; it points at the stream and does not hold the data."""
    first, last = batch.records[0]["dynamodb"], batch.records[-1]["dynamodb"]
    return {
        "requestContext": {
            "requestId": new_uuid(),
            "functionArn": mapping["FunctionArn"],
            "condition": condition,
            "approximateInvokeCount": batch.attempts,
        },
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": result.get("function_error") or "Unhandled",
        },
        "version": "1.0",
        "timestamp": _iso(time.time()),
        "DDBStreamBatchInfo": {
            "shardId": "shardId-00000000000000000000-00000000",
            "startSequenceNumber": str(first["SequenceNumber"]),
            "endSequenceNumber": str(last["SequenceNumber"]),
            "approximateArrivalOfFirstRecord": _iso(first.get("ApproximateCreationDateTime")),
            "approximateArrivalOfLastRecord": _iso(last.get("ApproximateCreationDateTime")),
            "batchSize": len(batch.records),
            "streamArn": source,
        },
    }


def _iso(seconds: Any) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(float(seconds or time.time())))
