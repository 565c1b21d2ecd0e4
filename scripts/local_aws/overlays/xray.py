"""X-Ray: neither ministack 1.5.33 nor the split has the service; this keeps its encryption setting."""

from __future__ import annotations

from scripts.local_aws.overlays.hooks import Request, Response, ok, store
from scripts.local_aws.overlays.services import serve

_ENCRYPTION = store("xray-encryption")
_UNSET = {"Type": "NONE", "Status": "ACTIVE"}


def install() -> None:
    serve("xray", _answer)


def _answer(request: Request) -> Response | None:
    if request.path == "/PutEncryptionConfig":
        asked: dict[str, str] = {
            name: request.json[name] for name in ("Type", "KeyId") if name in request.json
        }
        _ENCRYPTION["config"] = {**asked, "Status": "ACTIVE"}
        return ok({"EncryptionConfig": _ENCRYPTION["config"]})
    if request.path == "/EncryptionConfig":
        return ok({"EncryptionConfig": _ENCRYPTION.get("config", _UNSET)})
    return None
