"""Queues, topics, buses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.cost.rule import Line, Rule, Setting, line
from scripts.plans.planned_resources import Resource


def queue(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Requests to a queue; Lambda's polling of an idle one is among them."""
    asked = setting.assumed("queue_million_requests")
    yield line(resource, "SQS", "requests", asked.value, setting.prices["sqs-million-requests"], str(asked))


def topic(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Messages to a topic; delivery to queues and functions is free."""
    sent = setting.assumed("topic_million_requests")
    yield line(resource, "SNS", "messages", sent.value, setting.prices["sns-million-requests"], str(sent))


def bus(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Events that applications put on a bus; AWS's own are free."""
    sent = setting.assumed("event_million")
    price = setting.prices["eventbridge-million-events"]
    yield line(resource, "EventBridge", "events", sent.value, price, str(sent))


def archive(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Events that an archive keeps."""
    kept = setting.assumed("archive_gb")
    price = setting.prices["eventbridge-archive-gb"]
    yield line(resource, "EventBridge", "archive", kept.value, price, str(kept))


def discoverer(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Events that schema discovery reads."""
    sent = setting.assumed("event_million")
    price = setting.prices["schema-discovery-million"]
    yield line(resource, "EventBridge", "schema discovery", sent.value, price, str(sent))


RULES: Mapping[str, Rule] = {
    "aws_cloudwatch_event_archive": archive,
    "aws_cloudwatch_event_bus": bus,
    "aws_schemas_discoverer": discoverer,
    "aws_sns_topic": topic,
    "aws_sqs_queue": queue,
}
