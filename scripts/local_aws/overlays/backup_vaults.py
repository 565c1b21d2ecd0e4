"""Backup vaults: ministack 1.5.33 has no lock, no access policy and no notifications of them."""

from __future__ import annotations

import re
import time
from urllib.parse import unquote

from ministack.services import backup

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, ok, refused, store

_POLICIES = store("backup-vault-policies")
_NOTIFICATIONS = store("backup-vault-notifications")
_PATH = re.compile(
    r"/backup-vaults/(?P<name>[^/]+)/(?P<part>vault-lock|access-policy|notification-configuration)/?$"
)
_DAY = 86400


def install() -> None:
    answer_first(backup, _answer)


def _answer(request: Request) -> Response | None:
    found = _PATH.match(unquote(request.path))
    if not found:
        return None
    vault = backup._vaults.get(found["name"])
    if vault is None:
        return refused("ResourceNotFoundException", f"The vault {found['name']} does not exist.", 404)
    if found["part"] == "vault-lock":
        return _lock(request, vault)
    kept = _POLICIES if found["part"] == "access-policy" else _NOTIFICATIONS
    name = str(vault["BackupVaultName"])
    if request.method == "PUT":
        kept[name] = request.json
    elif request.method == "DELETE":
        kept.pop(name, None)
    elif name not in kept:
        return refused("ResourceNotFoundException", f"The vault {name} has no such configuration.", 404)
    else:
        arn = vault["BackupVaultArn"]
        return ok({**kept[name], "BackupVaultName": name, "BackupVaultArn": arn})
    return ok()


def _lock(request: Request, vault: Document) -> Response:
    """A lock without a date can be taken off again; one with a date is for good once that has come."""
    for field in ("MinRetentionDays", "MaxRetentionDays", "LockDate"):
        vault.pop(field, None)
    vault["Locked"] = request.method == "PUT"
    asked = request.json if request.method == "PUT" else {}
    for field in ("MinRetentionDays", "MaxRetentionDays"):
        if asked.get(field) is not None:
            vault[field] = asked[field]
    if days := asked.get("ChangeableForDays"):
        vault["LockDate"] = time.time() + days * _DAY
    return ok()
