"""Saved queries of CloudWatch Logs Insights: ministack 1.5.33 has no operation for them."""

from __future__ import annotations

import time
import uuid

from ministack.services import cloudwatch_logs

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, ok, refused, store

_QUERIES = store("logs-query-definitions")
_FIELDS = ("name", "queryString", "logGroupNames", "queryLanguage")


def install() -> None:
    answer_first(cloudwatch_logs, _answer)


def _answer(request: Request) -> Response | None:
    data = request.json
    if request.action == "PutQueryDefinition":
        return _put(data)
    if request.action == "DescribeQueryDefinitions":
        prefix = data.get("queryDefinitionNamePrefix") or ""
        found = [query for query in _QUERIES.values() if query["name"].startswith(prefix)]
        return ok({"queryDefinitions": found})
    if request.action == "DeleteQueryDefinition":
        return ok({"success": _QUERIES.pop(data.get("queryDefinitionId"), None) is not None})
    return None


def _put(data: Document) -> Response:
    identifier = data.get("queryDefinitionId")
    if identifier and identifier not in _QUERIES:
        return refused("ResourceNotFoundException", f"The query {identifier} does not exist.")
    identifier = identifier or str(uuid.uuid4())
    kept = {field: data[field] for field in _FIELDS if data.get(field) is not None}
    _QUERIES[identifier] = {**kept, "queryDefinitionId": identifier, "lastModified": int(time.time() * 1000)}
    return ok({"queryDefinitionId": identifier})
