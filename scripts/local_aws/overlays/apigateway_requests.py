"""REST API requests: what API Gateway does around an integration and ministack 1.5.33 does not.

Violations of a body's model reach gateway responses, a function is invoked only if its policy lets
the API do so, and each request writes the stage's access log and the API's metrics.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from ministack.core.responses import get_account_id, get_region, new_uuid, request_scope
from ministack.services import apigateway_v1 as api
from ministack.services import cloudwatch, cloudwatch_logs

from scripts.local_aws.overlays import delivery, json_schema_errors
from scripts.local_aws.overlays.hooks import Document, Response, wrap

logger = logging.getLogger("stagecraft.apigateway")
_VARIABLE = re.compile(r"\$context(?:\.\w+)+")


def install() -> None:
    wrap(api, "_check_request_validation")(_check_request_validation)
    wrap(api, "_gateway_error_response")(_gateway_error_response)
    wrap(api, "_invoke_lambda_proxy_v1")(_invoke_lambda)
    wrap(api, "_invoke_lambda_custom_v1")(_invoke_lambda)
    wrap(api, "_handle_execute_in_scope")(_handle_execute)


def _check_request_validation(
    inner: Callable[..., Any],
    method: Document,
    api_id: str,
    request: Document,
    headers: Any,
    body: bytes,
    query: Any,
) -> Any:
    error = inner(method, api_id, request, headers, body, query)
    if error is not None and error.response_type == "BAD_REQUEST_BODY":
        error.violations = _violations(method, api_id, body)
    return error


def _violations(method: Document, api_id: str, body: bytes) -> str:
    try:
        document = json.loads(body)
    except ValueError:
        return "[Invalid JSON]"
    name = (method.get("requestModels") or {}).get("application/json", "")
    schema = api._model_schema(api_id, name) or {}
    return json_schema_errors.describe(schema, document, schema)


def _gateway_error_response(inner: Callable[..., Response], error: Any, request: Document) -> Response:
    """Fill in the variables that ministack leaves as text in a gateway response."""
    status, headers, body = inner(error, request)
    values = {
        "$context.error.validationErrorString": getattr(error, "violations", ""),
        "$context.stage": request["stage_name"],
        "$context.apiId": request["api_id"],
        "$context.extendedRequestId": request["request_id"],
    }
    text = body.decode()
    filled = _VARIABLE.sub(lambda found: json.dumps(values.get(found[0], ""))[1:-1], text)
    return status, headers, filled.encode()


async def _invoke_lambda(
    inner: Callable[..., Awaitable[Any]],
    integration: Document,
    api_id: str,
    stage_name: str,
    stage: Document,
    resource: Document,
    path: str,
    method: str,
    *args: Any,
    **kwargs: Any,
) -> Any:
    arn = str(integration.get("uri", "")).partition("/functions/")[2].removesuffix("/invocations")
    for name, value in (stage.get("variables") or {}).items():
        arn = arn.replace(f"${{stageVariables.{name}}}", value)
    # A path parameter stands as "*" in the ARN that API Gateway presents.
    shown = re.sub(r"\{[^}]+\}", "*", resource["path"])
    source = f"arn:aws:execute-api:{get_region()}:{get_account_id()}:{api_id}/{stage_name}/{method}{shown}"
    allowed = delivery.function_allows(arn, "apigateway.amazonaws.com", source)
    if arn.startswith("arn:") and not integration.get("credentials") and not allowed:
        logger.warning("%s does not allow apigateway.amazonaws.com for %s", arn, source)
        return api._gw_error("API_CONFIGURATION_ERROR", "Internal server error")
    return await inner(integration, api_id, stage_name, stage, resource, path, method, *args, **kwargs)


async def _handle_execute(
    inner: Callable[..., Awaitable[Response]],
    api_id: str,
    stage_name: str,
    method: str,
    path: str,
    headers: Any,
    body: bytes,
    query: Any,
    account: str,
    region: str,
) -> Response:
    started = time.time()
    answer = await inner(api_id, stage_name, method, path, headers, body, query, account, region)
    with request_scope(account, region):
        stage = api._stages_v1.get(api_id, {}).get(stage_name)
        if stage is not None:
            milliseconds = (time.time() - started) * 1000
            _record(api_id, stage_name, answer[0], milliseconds)
            _log(stage, api_id, method, path, headers or {}, answer, milliseconds)
    return answer


def _record(api_id: str, stage_name: str, status: int, milliseconds: float) -> None:
    name = (api._rest_apis.get(api_id) or {}).get("name", "")
    for dimensions in ({"ApiName": name}, {"ApiName": name, "Stage": stage_name}):
        for metric, value, unit in (
            ("Count", 1, "Count"),
            ("4XXError", 400 <= status < 500, "Count"),
            ("5XXError", status >= 500, "Count"),
            ("Latency", milliseconds, "Milliseconds"),
            ("IntegrationLatency", milliseconds, "Milliseconds"),
        ):
            cloudwatch.record_metric("AWS/ApiGateway", metric, float(value), unit, dimensions)


def _log(
    stage: Document, api_id: str, method: str, path: str, headers: Any, answer: Response, milliseconds: float
) -> None:
    settings = stage.get("accessLogSettings") or {}
    group = str(settings.get("destinationArn", "")).partition(":log-group:")[2].removesuffix(":*")
    if group not in cloudwatch_logs._log_groups:
        return
    now = time.time()
    lower = {name.lower(): value for name, value in answer[1].items()}
    resource, _ = api._match_resource_tree(api_id, [part for part in path.strip("/").split("/") if part])
    values = {
        "requestId": lower.get("x-amzn-requestid") or new_uuid(),
        "apiId": api_id,
        "accountId": get_account_id(),
        "stage": stage["stageName"],
        "httpMethod": method,
        "path": f"/{stage['stageName']}{path}",
        "resourcePath": (resource or {}).get("path", "-"),
        "protocol": "HTTP/1.1",
        "status": str(answer[0]),
        "responseLength": str(len(answer[2])),
        "responseLatency": str(int(milliseconds)),
        "integrationLatency": str(int(milliseconds)),
        "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
        "requestTimeEpoch": str(int(now * 1000)),
        "identity.sourceIp": "127.0.0.1",
        "identity.userAgent": headers.get("user-agent", "-"),
    }
    line = _VARIABLE.sub(
        lambda found: values.get(found[0].removeprefix("$context."), "-"), settings["format"]
    )
    stream = time.strftime("%Y/%m/%d", time.gmtime(now))
    if stream not in cloudwatch_logs._log_groups[group]["streams"]:
        cloudwatch_logs._create_log_stream({"logGroupName": group, "logStreamName": stream})
    event = {"timestamp": int(now * 1000), "message": line}
    cloudwatch_logs._put_log_events({"logGroupName": group, "logStreamName": stream, "logEvents": [event]})
