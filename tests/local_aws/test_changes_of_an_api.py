"""An applied API takes another certificate, and gives its cache away, in one apply each."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import toolchain
from scripts.local_aws.lifecycle import Running, client_environment
from scripts.machine import REPOSITORY
from scripts.warm_provider import WarmProvider, unit_key
from tests.local_aws.test_upgrades import PROVIDER, Unit

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
    folder: Path = tmp_path_factory.mktemp("api") / "unit"
    shutil.copytree(MODULE, folder, ignore=shutil.ignore_patterns("tests", "*.md"))
    (folder / "provider.tf").write_text(PROVIDER)
    environment = toolchain.environment(os.environ) | client_environment(
        server.url, "111111111111", "us-east-1"
    )
    with WarmProvider.start(
        provider=toolchain.provider_binary(),
        environment=environment,
        units={UNIT: MODULE},
        state_types=None,
        cache=REPOSITORY / ".cache" / "warm",
        say=print,
    ) as warm:
        offer = (warm.directory / f"{unit_key(UNIT)}.json").read_text()
        made = Unit(folder, environment | {"TF_REATTACH_PROVIDERS": offer})
        made.terraform("init", "-input=false")
        yield made


def test_another_certificate_is_shown_before_the_old_one_goes(unit: Unit) -> None:
    cache = {"operations": {"GET /books": {"ttl_seconds": 60}}}
    first = changed(unit, cache=cache, client_certificates={"presented": "2026"})
    second = changed(unit, client_certificates={"presented": "2027"})
    assert first == {"made": [certificate(2026)], "shown": [certificate(2026)], "cached": True}
    assert second == {"made": [certificate(2027)], "shown": [certificate(2027)], "cached": False}
    assert changed(unit) == {"made": [], "shown": [], "cached": False}
