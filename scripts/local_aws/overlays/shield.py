"""Shield Advanced: moto 5.2.5 protects single resources, without groups, health checks or answers of its own.

The three are kept and told again; nothing is attacked here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.shield.exceptions import ResourceAlreadyExistsException, ResourceNotFoundException
from moto.shield.responses import ShieldResponse

from scripts.local_aws.overlays.hooks import Document, store

_GROUPS = store("shield-protection-groups")


def install() -> None:
    operations: dict[str, Callable[[Any, Document], Document]] = {
        "create_protection_group": _create_group,
        "describe_protection_group": _describe_group,
        "update_protection_group": _update_group,
        "delete_protection_group": _delete_group,
        "enable_application_layer_automatic_response": _answer,
        "update_application_layer_automatic_response": _answer,
        "disable_application_layer_automatic_response": _stop_answering,
        "associate_health_check": _associate,
        "disassociate_health_check": _disassociate,
    }
    for name, operation in operations.items():
        setattr(ShieldResponse, name, _answering(operation))


def _answering(operation: Callable[[Any, Document], Document]) -> Callable[[Any], str]:
    return lambda self: json.dumps(operation(self, json.loads(self.body)))


def _create_group(self: Any, data: Document) -> Document:
    name = data["ProtectionGroupId"]
    if name in _GROUPS:
        raise ResourceAlreadyExistsException(f"The protection group {name} exists already.")
    arn = f"arn:aws:shield::{self.current_account}:protection-group/{name}"
    self.shield_backend.tag_resource(arn, data.pop("Tags", None) or [])
    _GROUPS[name] = {"Members": [], **data, "ProtectionGroupArn": arn}
    return {}


def _describe_group(_self: Any, data: Document) -> Document:
    return {"ProtectionGroup": _group(data)}


def _update_group(_self: Any, data: Document) -> Document:
    _GROUPS[data["ProtectionGroupId"]] = {**_group(data), **data}
    return {}


def _delete_group(_self: Any, data: Document) -> Document:
    _group(data)
    _GROUPS.pop(data["ProtectionGroupId"])
    return {}


def _group(data: Document) -> Document:
    found: Document | None = _GROUPS.get(data["ProtectionGroupId"])
    if found is None:
        raise ResourceNotFoundException(f"There is no protection group {data['ProtectionGroupId']}.")
    return found


def _answer(self: Any, data: Document) -> Document:
    protection = self.shield_backend.describe_protection(None, data["ResourceArn"])
    protection.application_layer_automatic_response_configuration = {
        "Status": "ENABLED",
        "Action": data["Action"],
    }
    return {}


def _stop_answering(self: Any, data: Document) -> Document:
    protection = self.shield_backend.describe_protection(None, data["ResourceArn"])
    protection.application_layer_automatic_response_configuration = {}
    return {}


def _associate(self: Any, data: Document) -> Document:
    protection = self.shield_backend.describe_protection(data["ProtectionId"], None)
    protection.health_check_ids.append(data["HealthCheckArn"].rpartition("/")[2])
    return {}


def _disassociate(self: Any, data: Document) -> Document:
    protection = self.shield_backend.describe_protection(data["ProtectionId"], None)
    protection.health_check_ids.remove(data["HealthCheckArn"].rpartition("/")[2])
    return {}
