"""What holds data in a unit's state: databases, tables and caches, by what AWS calls them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DATABASE, CLUSTER, TABLE, CACHE = (
    "aws_db_instance",
    "aws_rds_cluster",
    "aws_dynamodb_table",
    "aws_elasticache_replication_group",
)
_NAMES: Mapping[str, str] = {
    DATABASE: "identifier",
    CLUSTER: "cluster_identifier",
    TABLE: "name",
    CACHE: "replication_group_id",
}
_SETTINGS = (
    "db_subnet_group_name",
    "vpc_security_group_ids",
    "instance_class",
    "parameter_group_name",
    "db_cluster_parameter_group_name",
    "kms_key_arn",
    "kms_key_id",
    "multi_az",
    "publicly_accessible",
    "deletion_protection",
    "copy_tags_to_snapshot",
)


@dataclass(frozen=True, slots=True)
class Store:
    """One database, cluster, table or cache of a unit."""

    unit: str
    region: str
    kind: str
    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What its restored twin must have as well: network, key, parameters."""

    @property
    def title(self) -> str:
        """What people call its kind."""
        return {
            DATABASE: "database",
            CLUSTER: "Aurora cluster",
            TABLE: "table",
            CACHE: "cache",
        }[self.kind]


def stores_in(unit: str, region: str, state: bytes) -> tuple[Store, ...]:
    """The stores that a unit's state holds; replicas have nothing of their own and are left out."""
    found = []
    for resource in json.loads(state).get("resources", []):
        if resource.get("mode") != "managed" or resource["type"] not in _NAMES:
            continue
        for instance in resource["instances"]:
            attributes = instance["attributes"]
            if attributes.get("replicate_source_db"):
                continue
            settings = {name: attributes[name] for name in _SETTINGS if attributes.get(name)}
            name = attributes[_NAMES[resource["type"]]]
            found.append(Store(unit, region, resource["type"], name, settings))
    return tuple(found)
