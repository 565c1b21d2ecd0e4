"""Client certificates of REST APIs: ministack 1.5.33 has none.

They are made, kept and told; no back end stands here to which a stage could show one.
"""

from __future__ import annotations

import datetime
import re
import secrets
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from ministack.services import apigateway, apigateway_v1

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, ok, refused, store

_CERTIFICATES = store("apigateway-client-certificates")
_PATH = re.compile(r"/clientcertificates(?:/(?P<id>[^/]+))?/?$")
_TAGS = re.compile(r"/tags/arn:aws:apigateway:[^:]*::/clientcertificates/(?P<id>[^/]+)$")
_VALID = datetime.timedelta(days=365)


def install() -> None:
    answer_first(apigateway, _answer)


def _answer(request: Request) -> Response | None:
    path = unquote(request.path)
    if tagged := _TAGS.match(path):
        return _answer_tags(request, tagged["id"])
    found = _PATH.match(path)
    if found is None:
        return None
    if found["id"] is None:
        if request.method == "POST":
            return _generate(request.json)
        return ok({"item": list(_CERTIFICATES.values())})
    return _answer_one(request, found["id"])


def _answer_one(request: Request, identifier: str) -> Response:
    if identifier not in _CERTIFICATES:
        return _missing()
    if request.method == "DELETE":
        if any(stage.get("clientCertificateId") == identifier for stage in _stages()):
            return refused(
                "BadRequestException", f"Client certificate {identifier} is still shown by a stage."
            )
        _CERTIFICATES.pop(identifier)
        return ok(status=202)
    for operation in request.json.get("patchOperations", []):
        if operation.get("path") == "/description":
            _CERTIFICATES[identifier] = {
                **_CERTIFICATES[identifier],
                "description": operation.get("value", ""),
            }
    return ok(_CERTIFICATES[identifier])


def _stages() -> list[Document]:
    return [stage for stages in apigateway_v1._stages_v1.values() for stage in stages.values()]


def _generate(data: Document) -> Response:
    identifier = secrets.token_hex(3)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    _CERTIFICATES[identifier] = {
        "clientCertificateId": identifier,
        "description": data.get("description", ""),
        "pemEncodedCertificate": _signed_by_itself(now),
        "createdDate": int(now.timestamp()),
        "expirationDate": int((now + _VALID).timestamp()),
        "tags": dict(data.get("tags") or {}),
    }
    return ok(_CERTIFICATES[identifier], 201)


def _signed_by_itself(now: datetime.datetime) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ApiGateway")])
    builder = x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    made = builder.not_valid_before(now).not_valid_after(now + _VALID).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode()


def _answer_tags(request: Request, identifier: str) -> Response:
    if identifier not in _CERTIFICATES:
        return _missing()
    tags = dict(_CERTIFICATES[identifier]["tags"])
    if request.method == "GET":
        return ok({"tags": tags})
    if request.method == "PUT":
        tags |= request.json.get("tags", {})
    for key in request.query.get("tagKeys", []):
        tags.pop(key, None)
    _CERTIFICATES[identifier] = {**_CERTIFICATES[identifier], "tags": tags}
    return ok(status=204)


def _missing() -> Response:
    return refused("NotFoundException", "Invalid Client Certificate identifier specified", 404)
