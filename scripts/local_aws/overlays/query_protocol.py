"""Read and write query-protocol messages by the AWS service model, through moto 5.2.5's parser."""

from __future__ import annotations

from typing import Any

from moto.core.parse import QueryParser
from moto.core.serialize import QuerySerializer
from moto.core.utils import get_service_model

from scripts.local_aws.overlays.hooks import Document, Response


def parse(service: str, operation: str, form: dict[str, str]) -> Document:
    """The parameters of a request as one typed document."""
    parser: Any = QueryParser(get_service_model(service).operation_model(operation))
    return dict(parser.parse({"values": form}) or {})


def render(service: str, operation: str, result: Document) -> Response:
    """*result* as the XML answer of the operation."""
    serializer = QuerySerializer(get_service_model(service).operation_model(operation))
    answer = serializer.serialize(result)
    body = answer["body"]
    return 200, {"Content-Type": "text/xml"}, body.encode() if isinstance(body, str) else bytes(body)
