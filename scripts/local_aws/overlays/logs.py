"""CloudWatch Logs: query definitions and data protection, which ministack 1.5.33 lacks."""

from __future__ import annotations

import time
import uuid

from ministack.services import cloudwatch_logs

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, ok, refused, store

_queries = store("logs_query_definitions")
_protection = store("logs_data_protection")


def install() -> None:
    answer_first(cloudwatch_logs, _answer)


def _answer(request: Request) -> Response | None:
    handler = {
        "PutQueryDefinition": _put_query,
        "DescribeQueryDefinitions": _describe_queries,
        "DeleteQueryDefinition": _delete_query,
        "PutDataProtectionPolicy": _put_protection,
        "GetDataProtectionPolicy": _get_protection,
        "DeleteDataProtectionPolicy": _delete_protection,
    }.get(request.action)
    return handler(request.json) if handler else None


def _put_query(data: Document) -> Response:
    identifier = data.get("queryDefinitionId") or str(uuid.uuid4())
    _queries[identifier] = {
        "queryDefinitionId": identifier,
        "name": data["name"],
        "queryString": data["queryString"],
        "logGroupNames": data.get("logGroupNames") or [],
        "lastModified": _now(),
    }
    return ok({"queryDefinitionId": identifier})


def _describe_queries(data: Document) -> Response:
    prefix = data.get("queryDefinitionNamePrefix") or ""
    found = [query for query in _queries.values() if query["name"].startswith(prefix)]
    return ok({"queryDefinitions": sorted(found, key=lambda query: str(query["name"]))})


def _delete_query(data: Document) -> Response:
    known = _queries.pop(data["queryDefinitionId"], None)
    if known is None:
        return refused("ResourceNotFoundException", "The specified query definition does not exist.")
    return ok({"success": True})


def _group(data: Document) -> str:
    identifier = str(data.get("logGroupIdentifier", ""))
    return identifier.partition(":log-group:")[2].removesuffix(":*") or identifier


def _put_protection(data: Document) -> Response:
    group = _group(data)
    if group not in cloudwatch_logs._log_groups:
        return refused("ResourceNotFoundException", f"The specified log group does not exist: {group}")
    _protection[group] = {"policy": data["policyDocument"], "at": _now()}
    return _get_protection(data)


def _get_protection(data: Document) -> Response:
    kept = _protection.get(_group(data))
    answer: Document = {"logGroupIdentifier": data.get("logGroupIdentifier", "")}
    if kept:
        answer.update(policyDocument=kept["policy"], lastUpdatedTime=kept["at"])
    return ok(answer)


def _delete_protection(data: Document) -> Response:
    _protection.pop(_group(data), None)
    return ok()


def _now() -> int:
    return int(time.time() * 1000)
