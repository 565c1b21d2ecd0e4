"""Settings of a whole account: what moto 5.2.5 and ministack 1.5.33 have no action for.

EC2's default key for volumes and instance metadata defaults (moto), S3 Control's public access block of the account
(ministack). S3 Control puts the account before the host name; `dispatch` takes such requests through the proxy form.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import ministack.app
from moto.core.responses import ActionResult
from moto.ec2.models.elastic_block_store import EBSBackend
from moto.ec2.responses.settings import Settings

from scripts.local_aws.overlays.hooks import Response, store, wrap

PUBLIC_ACCESS_BLOCK = "/v20180820/configuration/publicAccessBlock"

_BLOCKS = store("s3-account-public-access-block")


def install() -> None:
    _default_volume_key()
    _metadata_defaults()
    _account_public_access_block()


def _default_volume_key() -> None:
    """moto looks the key up among its own, and the keys of this server stand in ministack; it has no read or reset."""

    def managed(backend: Any) -> str:
        return f"arn:aws:kms:{backend.region_name}:{backend.account_id}:alias/aws/ebs"

    def modify(self: Any, kms_key_id: str) -> str:
        self.default_kms_key_id = kms_key_id or managed(self)
        return str(self.default_kms_key_id)

    def get(self: Any) -> ActionResult:
        return ActionResult({"KmsKeyId": self.ec2_backend.default_kms_key_id or managed(self.ec2_backend)})

    def reset(self: Any) -> ActionResult:
        return ActionResult({"KmsKeyId": self.ec2_backend.modify_ebs_default_kms_key_id("")})

    EBSBackend.modify_ebs_default_kms_key_id = modify  # type: ignore[method-assign]
    Settings.get_ebs_default_kms_key_id = get  # type: ignore[attr-defined]
    Settings.reset_ebs_default_kms_key_id = reset  # type: ignore[attr-defined]


def _metadata_defaults() -> None:
    names = ("HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint", "InstanceMetadataTags")

    def modify(self: Any) -> ActionResult:
        kept = dict(getattr(self.ec2_backend, "instance_metadata_defaults", {}))
        for name in names:
            value = self._get_param(name)
            if value in ("no-preference", -1, "-1"):
                kept.pop(name, None)
            elif value is not None:
                kept[name] = int(value) if name == "HttpPutResponseHopLimit" else value
        self.ec2_backend.instance_metadata_defaults = kept
        return ActionResult({"Return": True})

    def get(self: Any) -> ActionResult:
        kept = getattr(self.ec2_backend, "instance_metadata_defaults", {})
        return ActionResult({"AccountLevel": {**kept, "ManagedBy": "account"}})

    Settings.modify_instance_metadata_defaults = modify  # type: ignore[attr-defined]
    Settings.get_instance_metadata_defaults = get  # type: ignore[attr-defined]


def _account_public_access_block() -> None:
    fields = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")

    @wrap(ministack.app, "_handle_s3_control_request")
    async def handle(inner: Any, path: str, method: str, body: bytes, *args: Any, **kwargs: Any) -> Any:
        if path.rstrip("/") != PUBLIC_ACCESS_BLOCK:
            return await inner(path, method, body, *args, **kwargs)
        if method == "PUT":
            root = ElementTree.fromstring(body)
            _BLOCKS["account"] = {
                child.tag.rpartition("}")[2]: child.text
                for child in root
                if child.tag.rpartition("}")[2] in fields
            }
            return 201, {}, b""
        if method == "DELETE":
            _BLOCKS.pop("account", None)
            return 204, {}, b""
        return _configuration(_BLOCKS.get("account"))


def _configuration(kept: dict[str, str] | None) -> Response:
    headers = {"Content-Type": "application/xml"}
    if kept is None:
        code = "NoSuchPublicAccessBlockConfiguration"
        message = "The public access block configuration was not found"
        error = (
            f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
        )
        return 404, headers, error.encode()
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in kept.items())
    return 200, headers, f"<PublicAccessBlockConfiguration>{inner}</PublicAccessBlockConfiguration>".encode()
