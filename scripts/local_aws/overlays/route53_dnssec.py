"""Route 53: moto 5.2.5 has no signing keys and signs no zone.

The public key is made up of the KMS key's ARN, since nothing is signed; tag and digest belong to it as RFC 4034 says.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.route53 import urls
from moto.route53.exceptions import Route53ClientError
from moto.route53.responses import Route53

from scripts.local_aws.overlays.hooks import Document, store

_KEYS = store("route53-key-signing-keys")
_SIGNED = store("route53-signed-zones")
_BASE = r"{0}/(?P<api_version>[\d_-]+)"
_PATHS = (
    r"/keysigningkey$",
    r"/keysigningkey/(?P<zone_id>[^/]+)/(?P<key_name>[^/]+)$",
    r"/keysigningkey/(?P<zone_id>[^/]+)/(?P<key_name>[^/]+)/activate$",
    r"/keysigningkey/(?P<zone_id>[^/]+)/(?P<key_name>[^/]+)/deactivate$",
    r"/hostedzone/(?P<zone_id>[^/]+)/enable-dnssec$",
    r"/hostedzone/(?P<zone_id>[^/]+)/disable-dnssec$",
)
_FLAGS, _PROTOCOL, _ALGORITHM, _DIGEST = 257, 3, 13, 2


def install() -> None:
    for path in _PATHS:
        urls.url_paths[_BASE + path] = Route53.dispatch
    operations: dict[str, Callable[[Any], Document]] = {
        "create_key_signing_key": _create,
        "activate_key_signing_key": lambda self: _switch(self, "ACTIVE"),
        "deactivate_key_signing_key": lambda self: _switch(self, "INACTIVE"),
        "delete_key_signing_key": _delete,
        "enable_hosted_zone_dnssec": _enable,
        "disable_hosted_zone_dnssec": _disable,
        "get_dnssec": _describe,
    }
    for name, operation in operations.items():
        setattr(Route53, name, _answering(operation))


def _answering(operation: Callable[[Any], Document]) -> Callable[[Any], ActionResult]:
    def answer(self: Any) -> ActionResult:
        self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
        return ActionResult(operation(self))

    return answer


def _create(self: Any) -> Document:
    zone, name = self._get_param("HostedZoneId"), self._get_param("Name")
    if f"{zone}/{name}" in _KEYS:
        raise _refusal("KeySigningKeyAlreadyExists", f"{name} exists already.")
    key = {
        "Name": name,
        "KmsArn": self._get_param("KeyManagementServiceArn"),
        "Status": self._get_param("Status"),
        "CreatedDate": datetime.now(UTC).isoformat(),
    }
    _KEYS[f"{zone}/{name}"] = key
    return {
        **_change(),
        "KeySigningKey": _shown(self, zone, key),
        "Location": f"/keysigningkey/{zone}/{name}",
    }


def _switch(self: Any, status: str) -> Document:
    zone, name = self._get_param("HostedZoneId"), self._get_param("Name")
    _found(zone, name)
    others = [key for key in _active(zone) if key["Name"] != name]
    if status == "INACTIVE" and zone in _SIGNED and not others:
        raise _refusal("KeySigningKeyInUse", f"{name} is the only key that signs the zone.")
    _KEYS[f"{zone}/{name}"] = {**_found(zone, name), "Status": status}
    return _change()


def _delete(self: Any) -> Document:
    zone, name = self._get_param("HostedZoneId"), self._get_param("Name")
    if _found(zone, name)["Status"] == "ACTIVE":
        raise _refusal("InvalidKeySigningKeyStatus", f"{name} is active; deactivate it first.")
    _KEYS.pop(f"{zone}/{name}")
    return _change()


def _enable(self: Any) -> Document:
    zone = self._get_param("HostedZoneId")
    if not _active(zone):
        raise _refusal("KeySigningKeyWithActiveStatusNotFound", f"{zone} has no active key.")
    _SIGNED[zone] = True
    return _change()


def _disable(self: Any) -> Document:
    zone = self._get_param("HostedZoneId")
    if zone not in _SIGNED:
        raise _refusal("DNSSECNotFound", f"{zone} is not signed.")
    _SIGNED.pop(zone)
    return _change()


def _describe(self: Any) -> Document:
    zone = self._get_param("HostedZoneId")
    return {
        "Status": {"ServeSignature": "SIGNING" if zone in _SIGNED else "NOT_SIGNING"},
        "KeySigningKeys": [_shown(self, zone, key) for key in _of(zone)],
    }


def _of(zone: str) -> list[Document]:
    return [key for place, key in _KEYS.items() if place.startswith(f"{zone}/")]


def _active(zone: str) -> list[Document]:
    return [key for key in _of(zone) if key["Status"] == "ACTIVE"]


def _found(zone: str, name: str) -> Document:
    key: Document | None = _KEYS.get(f"{zone}/{name}")
    if key is None:
        raise _refusal("NoSuchKeySigningKey", f"{name} does not exist.")
    return key


def _shown(self: Any, zone: str, key: Document) -> Document:
    """A key as AWS shows it, with what the parent's zone and resolvers need of it."""
    public = hashlib.sha512(key["KmsArn"].encode()).digest()
    rdata = struct.pack(">HBB", _FLAGS, _PROTOCOL, _ALGORITHM) + public
    domain = self.backend.get_hosted_zone(zone).name.rstrip(".")
    owner = b"".join(bytes([len(label)]) + label for label in domain.lower().encode().split(b".")) + b"\0"
    digest = hashlib.sha256(owner + rdata).hexdigest().upper()
    tag = _tag(rdata)
    text = base64.b64encode(public).decode()
    created = datetime.fromisoformat(key["CreatedDate"])
    return {
        **key,
        "CreatedDate": created,
        "LastModifiedDate": created,
        "Flag": _FLAGS,
        "SigningAlgorithmMnemonic": "ECDSAP256SHA256",
        "SigningAlgorithmType": _ALGORITHM,
        "DigestAlgorithmMnemonic": "SHA-256",
        "DigestAlgorithmType": _DIGEST,
        "KeyTag": tag,
        "DigestValue": digest,
        "PublicKey": text,
        "DSRecord": f"{tag} {_ALGORITHM} {_DIGEST} {digest}",
        "DNSKEYRecord": f"{_FLAGS} {_PROTOCOL} {_ALGORITHM} {text}",
    }


def _tag(rdata: bytes) -> int:
    total = sum(byte << 8 if number % 2 == 0 else byte for number, byte in enumerate(rdata))
    return (total + (total >> 16)) & 0xFFFF


def _change() -> Document:
    return {
        "ChangeInfo": {"Id": "/change/C2682N5HXP0BZ4", "Status": "INSYNC", "SubmittedAt": datetime.now(UTC)}
    }


def _refusal(code: str, message: str) -> Route53ClientError:
    return Route53ClientError(code, message)
