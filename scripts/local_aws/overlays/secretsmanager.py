"""Secrets Manager: rotation of ministack 1.5.33 cannot be cancelled, and copies in other Regions never go away.

It also takes the Regions of a new secret without making the copies.
"""

from __future__ import annotations

from collections.abc import Callable

from ministack.core.responses import get_account_id
from ministack.services import secretsmanager

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, ok, refused, wrap


def install() -> None:
    answer_first(secretsmanager, _answer)

    @wrap(secretsmanager, "_create_secret")
    def create_secret(inner: Callable[[Document], Response], data: Document) -> Response:
        answer = inner(data)
        if answer[0] < 400 and data.get("AddReplicaRegions"):
            asked = {field: data.get(field) for field in ("AddReplicaRegions", "ForceOverwriteReplicaSecret")}
            secretsmanager._replicate_secret_to_regions({"SecretId": data["Name"], **asked})
        return answer


def _answer(request: Request) -> Response | None:
    actions = {"CancelRotateSecret": _cancel_rotation, "RemoveRegionsFromReplication": _remove_regions}
    act = actions.get(request.action)
    if act is None:
        return None
    _, secret = secretsmanager._resolve(request.json.get("SecretId"))
    if not secret:
        return refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
    return act(secret, request.json)


def _cancel_rotation(secret: Document, _data: Document) -> Response:
    secret["RotationEnabled"] = False
    for field in ("RotationLambdaARN", "RotationRules"):
        secret.pop(field, None)
    return ok({"ARN": secret["ARN"], "Name": secret["Name"]})


def _remove_regions(secret: Document, data: Document) -> Response:
    gone = data.get("RemoveReplicaRegions", [])
    for region in gone:
        secretsmanager._secrets.pop_scoped(get_account_id(), region, secret["Name"], None)
    kept = [status for status in secret.get("ReplicationStatus", []) if status["Region"] not in gone]
    secret["ReplicationStatus"] = kept
    return ok({"ARN": secret["ARN"], "ReplicationStatus": kept})
