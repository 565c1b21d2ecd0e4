"""HTTP APIs in a VPC: ministack 1.5.33 has no VPC links, and forgets which link an integration uses.

A JWT authorizer has no payload version on AWS; ministack tells one, which Terraform would take back.
Requests do not pass through a link here: there are no load balancers that listen.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from ministack.services import apigateway

from scripts.local_aws.overlays.hooks import (
    Document,
    Request,
    Response,
    answer_first,
    ok,
    refused,
    store,
    wrap,
)

_LINKS = store("apigateway-vpc-links")
_PATH = re.compile(r"/v2/vpclinks(?:/(?P<id>[^/]+))?/?$")
_TAGS = re.compile(r"/v2/tags/arn:aws:apigateway:[^:]*::/vpclinks/(?P<id>[^/]+)$")
_OF_INTEGRATION = ("connectionId", "tlsConfig", "credentialsArn", "integrationSubtype")


def install() -> None:
    answer_first(apigateway, _answer)
    for operation in ("_create_integration", "_update_integration"):
        wrap(apigateway, operation)(_keep_of_integration)

    @wrap(apigateway, "_create_authorizer")
    def create_authorizer(inner: Callable[..., Response], api_id: str, data: Document) -> Response:
        answer = inner(api_id, data)
        if answer[0] >= 400 or data.get("authorizerType") != "JWT":
            return answer
        authorizer = apigateway._authorizers[api_id][json.loads(answer[2])["authorizerId"]]
        for field in ("authorizerPayloadFormatVersion", "authorizerResultTtlInSeconds"):
            if field not in data:
                authorizer.pop(field, None)
        told: Response = apigateway._apigw_response(authorizer, 201)
        return told


def _keep_of_integration(inner: Callable[..., Response], api_id: str, *args: Any) -> Response:
    data = args[-1]
    answer = inner(api_id, *args)
    if answer[0] >= 400:
        return answer
    integration = apigateway._integrations[api_id][json.loads(answer[2])["integrationId"]]
    integration.update({field: data[field] for field in _OF_INTEGRATION if data.get(field)})
    told: Response = apigateway._apigw_response(integration, answer[0])
    return told


def _answer(request: Request) -> Response | None:
    path = unquote(request.path)
    if tagged := _TAGS.match(path):
        return _answer_tags(request, tagged["id"])
    found = _PATH.match(path)
    if not found:
        return None
    identifier = found["id"]
    if identifier is None:
        return _create(request.json) if request.method == "POST" else ok({"items": list(_LINKS.values())})
    if identifier not in _LINKS:
        return refused("NotFoundException", f"The VPC link {identifier} does not exist.", 404)
    if request.method == "DELETE":
        _LINKS.pop(identifier)
        return ok(status=202)
    if request.method == "PATCH":
        _LINKS[identifier]["name"] = request.json.get("name", _LINKS[identifier]["name"])
    return ok(_LINKS[identifier])


def _create(data: Document) -> Response:
    identifier = secrets.token_hex(3)
    _LINKS[identifier] = {
        "vpcLinkId": identifier,
        "name": data["name"],
        "securityGroupIds": data.get("securityGroupIds") or [],
        "subnetIds": data.get("subnetIds") or [],
        "tags": data.get("tags") or {},
        "vpcLinkStatus": "AVAILABLE",
        "vpcLinkVersion": "V2",
        "createdDate": datetime.now(UTC).isoformat(),
    }
    return ok(_LINKS[identifier], 201)


def _answer_tags(request: Request, identifier: str) -> Response:
    if identifier not in _LINKS:
        return refused("NotFoundException", f"The VPC link {identifier} does not exist.", 404)
    tags = _LINKS[identifier]["tags"]
    if request.method == "GET":
        return ok({"tags": tags})
    tags.update(request.json.get("tags", {}))
    for key in request.query.get("tagKeys", []):
        tags.pop(key, None)
    return ok(status=201 if request.method == "POST" else 204)
