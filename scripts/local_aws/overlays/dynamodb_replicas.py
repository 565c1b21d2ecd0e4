"""DynamoDB replicas: ministack 1.5.33 encrypts a replica with the key of the table that it copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import dynamodb

from scripts.local_aws.overlays.hooks import Document, wrap


def install() -> None:
    @wrap(dynamodb, "_apply_replica_updates")
    def own_key(
        inner: Callable[[str, Document, list[Document]], Any],
        name: str,
        table: Document,
        updates: list[Document],
    ) -> Any:
        """A replica's key is of its own region: AWS takes it from the request that makes or changes the replica."""
        failed = inner(name, table, updates)
        if failed:
            return failed
        for update in updates:
            asked = update.get("Create") or update.get("Update") or {}
            if key := asked.get("KMSMasterKeyId"):
                replica = dynamodb._tables.get_scoped(get_account_id(), asked["RegionName"], name)
                replica["SSEDescription"] = {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": key}
        return failed
