"""The name of the AWS operation that a request calls, whatever the service's protocol."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

import botocore.session
from botocore.exceptions import UnknownServiceError

# Credential scopes whose API models have other names.
_MODELS = {
    "apigateway": ("apigateway", "apigatewayv2"),
    "ses": ("ses", "sesv2"),
    "email": ("ses", "sesv2"),
    "monitoring": ("cloudwatch",),
    "elasticloadbalancing": ("elbv2", "elb"),
    "states": ("stepfunctions",),
    "es": ("opensearch",),
    "cognito-idp": ("cognito-idp",),
}


def name(scope: str, method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> str:
    """The operation, or "" when no model of the service has such a request."""
    if target := headers.get("x-amz-target"):
        return target.rpartition(".")[2]
    if found := re.search(r"/operation/(\w+)", path):
        return found[1]
    arguments = parse_qs(query, keep_blank_values=True)
    form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    action = {**arguments, **(parse_qs(body.decode("latin-1")) if form else {})}.get("Action")
    return action[0] if action else _by_path(scope, method, path, set(arguments))


def _by_path(scope: str, method: str, path: str, arguments: set[str]) -> str:
    """The operation whose address fits, the one that names the most query parameters first."""
    for operation, verb, pattern, required in _routes(scope):
        if verb == method and required <= arguments and pattern.fullmatch(path):
            return operation
    return ""


@lru_cache
def _routes(scope: str) -> list[tuple[str, str, re.Pattern[str], set[str]]]:
    routes = [route for service in _MODELS.get(scope, (scope,)) for route in _routes_of(service)]
    # "?" in an address outranks its absence, a fixed path outranks a placeholder.
    return sorted(routes, key=lambda route: (-len(route[3]), route[2].pattern.count("(")))


def _routes_of(service: str) -> list[tuple[str, str, re.Pattern[str], set[str]]]:
    try:
        model: Any = botocore.session.get_session().get_service_model(service)
    except UnknownServiceError:
        return []
    found = []
    for operation in model.operation_names:
        http = model.operation_model(operation).http
        address, _, query = http.get("requestUri", "/").partition("?")
        greedy = re.sub(r"\\\{[^}]+\\\+\\\}", "(.+)", re.escape(address.rstrip("/") or "/"))
        pattern = re.compile(re.sub(r"\\\{[^}]+\\\}", "([^/]+)", greedy) + "/?")
        found.append(
            (
                operation,
                str(http.get("method", "POST")),
                pattern,
                set(parse_qs(query, keep_blank_values=True)) - {"x-id"},
            )
        )
    return found
