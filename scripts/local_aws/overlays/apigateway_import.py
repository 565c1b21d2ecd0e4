"""API Gateway REST APIs from an OpenAPI body: ministack 1.5.33 has no PutRestApi.

It can create an API from a body (for CloudFormation), so the import runs there and the result
takes the place of the API's resources. Models, request validators, gateway responses, request
parameters and the integration's details are imported here, which ministack leaves out.
"""

from __future__ import annotations

import importlib
import json

from ministack.services import apigateway_v1 as api

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first

_METHODS = ("get", "post", "put", "delete", "patch", "head", "options")
_ANY = "x-amazon-apigateway-any-method"
_X = "x-amazon-apigateway-"
_INTEGRATION_FIELDS = (
    "credentials",
    "connectionType",
    "connectionId",
    "requestParameters",
    "requestTemplates",
    "timeoutInMillis",
    "cacheNamespace",
    "cacheKeyParameters",
    "contentHandling",
    "tlsConfig",
)


def install() -> None:
    answer_first(api, _answer)


def _answer(request: Request) -> Response | None:
    parts = request.path.strip("/").split("/")
    if parts[0] != "restapis":
        return None
    if request.method == "PUT" and len(parts) == 2:
        return _put_rest_api(parts[1], _specification(request), request.query.get("mode", ["merge"])[0])
    if request.method == "POST" and request.query.get("mode") == ["import"]:
        created: Response = api._create_rest_api({"name": _specification(request)["info"]["title"]})
        identifier = json.loads(created[2])["id"]
        _put_rest_api(identifier, _specification(request), "overwrite")
        found: Response = api._v1_response(api._rest_api_view(api._rest_apis[identifier]), 201)
        return found
    return None


def _specification(request: Request) -> Document:
    try:
        return dict(json.loads(request.body))
    except ValueError:
        yaml = importlib.import_module("yaml")  # untyped, and only bodies in YAML need it
        return dict(yaml.safe_load(request.body))


def _put_rest_api(api_id: str, spec: Document, mode: str) -> Response:
    rest_api = api._rest_apis.get(api_id)
    if rest_api is None:
        missing: Response = api._v1_error("NotFoundException", "Invalid API identifier specified", 404)
        return missing
    if mode == "overwrite":
        _clear(api_id)
    _describe(rest_api, spec)
    _import_models(api_id, spec)
    validators = _import_validators(api_id, spec)
    _import_gateway_responses(api_id, spec)
    schemes = api._import_security_schemes(api_id, spec)
    for path, item in (spec.get("paths") or {}).items():
        _import_path(api_id, path, item, spec, schemes, validators)
    answer: Response = api._v1_response(api._rest_api_view(rest_api))
    return answer


def _clear(api_id: str) -> None:
    """Overwrite drops everything the earlier definition made, but for the root resource."""
    resources = api._resources[api_id]
    root = next(resource for resource in resources.values() if resource["path"] == "/")
    root["resourceMethods"] = {}
    api._resources[api_id] = {root["id"]: root}
    for kept in (api._models, api._authorizers_v1, api._gateway_responses, api._request_validators):
        kept[api_id] = {}


def _describe(rest_api: Document, spec: Document) -> None:
    info = spec.get("info") or {}
    rest_api["name"] = info.get("title") or rest_api["name"]
    rest_api["version"] = str(info.get("version") or "")
    if info.get("description"):
        rest_api["description"] = info["description"]
    if f"{_X}policy" in spec:
        rest_api["policy"] = json.dumps(spec[f"{_X}policy"])
    if f"{_X}binary-media-types" in spec:
        rest_api["binaryMediaTypes"] = spec[f"{_X}binary-media-types"]
    if f"{_X}minimum-compression-size" in spec:
        rest_api["minimumCompressionSize"] = spec[f"{_X}minimum-compression-size"]
    if f"{_X}api-key-source" in spec:
        rest_api["apiKeySource"] = spec[f"{_X}api-key-source"]


def _schemas(spec: Document) -> Document:
    return dict((spec.get("components") or {}).get("schemas") or spec.get("definitions") or {})


def _import_models(api_id: str, spec: Document) -> None:
    schemas = _schemas(spec)
    for name, schema in schemas.items():
        # References between models are made local, so that one model validates by itself.
        text = json.dumps({**schema, "definitions": schemas})
        text = text.replace("#/components/schemas/", "#/definitions/")
        api._create_model(api_id, {"name": name, "schema": text})


def _import_validators(api_id: str, spec: Document) -> dict[str, str]:
    identifiers = {}
    for name, flags in (spec.get(f"{_X}request-validators") or {}).items():
        _, _, body = api._create_request_validator(api_id, {"name": name, **flags})
        identifiers[name] = str(json.loads(body)["id"])
    return identifiers


def _import_gateway_responses(api_id: str, spec: Document) -> None:
    for kind, response in (spec.get(f"{_X}gateway-responses") or {}).items():
        api._put_gateway_response(api_id, kind, response)


def _import_path(
    api_id: str, path: str, item: Document, spec: Document, schemes: Document, validators: dict[str, str]
) -> None:
    api._import_path_item(api_id, path, {}, schemes, None)
    resource_id, resource = next(
        (identifier, found) for identifier, found in api._resources[api_id].items() if found["path"] == path
    )
    for verb, operation in item.items():
        if verb.lower() not in _METHODS and verb != _ANY:
            continue
        name = "ANY" if verb == _ANY else verb.upper()
        security = operation.get("security", spec.get("security"))
        api._put_method(
            api_id,
            resource_id,
            name,
            {
                **api._method_security(security, schemes),
                "operationName": operation.get("operationId", ""),
                "requestParameters": _request_parameters(
                    [*item.get("parameters", []), *operation.get("parameters", [])]
                ),
                "requestModels": _request_models(operation),
                "requestValidatorId": validators.get(
                    operation.get(f"{_X}request-validator", spec.get(f"{_X}request-validator", ""))
                ),
            },
        )
        for status in operation.get("responses") or {}:
            api._put_method_response(api_id, resource_id, name, str(status), {})
        _import_integration(api_id, resource_id, name, operation.get(f"{_X}integration"))
        resource["resourceMethods"][name].setdefault("methodResponses", {})


def _request_parameters(parameters: list[Document]) -> dict[str, bool]:
    places = {"query": "querystring", "header": "header", "path": "path"}
    return {
        f"method.request.{places[found['in']]}.{found['name']}": bool(found.get("required"))
        for found in parameters
        if found.get("in") in places
    }


def _request_models(operation: Document) -> dict[str, str]:
    """Content type to model name, from OpenAPI 3 or Swagger 2."""
    models = {
        kind: str((media.get("schema") or {}).get("$ref", "")).rpartition("/")[2]
        for kind, media in ((operation.get("requestBody") or {}).get("content") or {}).items()
    }
    for parameter in operation.get("parameters", []):
        if parameter.get("in") == "body":
            models["application/json"] = str((parameter.get("schema") or {}).get("$ref", "")).rpartition("/")[
                2
            ]
    return {kind: name for kind, name in models.items() if name}


def _import_integration(api_id: str, resource_id: str, method: str, integration: Document | None) -> None:
    if not integration:
        return
    known = {field: integration[field] for field in _INTEGRATION_FIELDS if field in integration}
    api._put_integration(
        api_id,
        resource_id,
        method,
        {
            **known,
            "type": str(integration.get("type", "")).upper(),
            "httpMethod": integration.get("httpMethod"),
            "uri": integration.get("uri", ""),
            "passthroughBehavior": str(integration.get("passthroughBehavior", "when_no_match")).upper(),
        },
    )
    for pattern, response in (integration.get("responses") or {}).items():
        api._put_integration_response(
            api_id,
            resource_id,
            method,
            str(response.get("statusCode", "200")),
            {
                "selectionPattern": "" if pattern == "default" else pattern,
                "responseParameters": response.get("responseParameters", {}),
                "responseTemplates": response.get("responseTemplates", {}),
                "contentHandling": response.get("contentHandling"),
            },
        )
