"""An applied API takes another certificate, and gives its cache away, in one apply each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.local_aws.lifecycle import Running
from scripts.machine import REPOSITORY
from tests.local_aws.unit import Unit, initialised

MODULE = REPOSITORY / "modules" / "compute" / "api-gateway"
UNIT = "live/dev/us-east-1/shop/api"
BOOKS = {
    "security": [],
    "responses": {"200": {"description": "ok"}},
    "x-amazon-apigateway-integration": {
        "type": "http_proxy",
        "httpMethod": "GET",
        "uri": "https://books.example.com",
    },
}
DOCUMENT = {"openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "paths": {"/books": {"get": BOOKS}}}
VALUES = {"name": "acme-changing", "openapi": json.dumps(DOCUMENT), "public_operations": ["GET /books"]}


def changed(unit: Unit, **values: Any) -> dict[str, Any]:
    """Apply the module with these values; what the stage is then."""
    unit.write("terraform.tfvars.json", json.dumps(VALUES | values))
    unit.terraform("apply", "-input=false", "-auto-approve")
    assert unit.changes() == {}
    state = json.loads(unit.terraform("show", "-json"))["values"]["root_module"]["resources"]
    made = {resource["address"]: resource["values"] for resource in state}
    certificates = {address: found for address, found in made.items() if "client_certificate" in address}
    stage = made["aws_api_gateway_stage.this"]
    shown = [name for name, found in certificates.items() if found["id"] == stage["client_certificate_id"]]
    return {"made": sorted(certificates), "shown": shown, "cached": stage["cache_cluster_enabled"]}


def certificate(year: int) -> str:
    return f'aws_api_gateway_client_certificate.back_end["{year}"]'


@pytest.fixture(scope="module")
def unit(server: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    folder = tmp_path_factory.mktemp("api") / "unit"
    with initialised(server, MODULE, UNIT, folder) as made:
        yield made


def test_another_certificate_is_shown_before_the_old_one_goes(unit: Unit) -> None:
    cache = {"operations": {"GET /books": {"ttl_seconds": 60}}}
    first = changed(unit, cache=cache, client_certificates={"presented": "2026"})
    second = changed(unit, client_certificates={"presented": "2027"})
    assert first == {"made": [certificate(2026)], "shown": [certificate(2026)], "cached": True}
    assert second == {"made": [certificate(2027)], "shown": [certificate(2027)], "cached": False}
    assert changed(unit) == {"made": [], "shown": [], "cached": False}
