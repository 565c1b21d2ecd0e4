"""RDS clusters: ministack 1.5.33 gives a cluster the address of its first instance.

AWS names a cluster once, when it is made; a secret that holds the name would be written anew for nothing.
"""

from __future__ import annotations

from ministack.services import rds

from scripts.local_aws.overlays.hooks import Document


def install() -> None:
    def keep_names(cluster: Document) -> None:
        """Do nothing: no database runs behind the address that ministack would put there."""

    rds._sync_cluster_endpoints = keep_names
