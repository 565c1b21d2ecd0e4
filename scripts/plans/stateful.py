"""Which resources lose data when they are replaced or destroyed."""

from __future__ import annotations

from fnmatch import fnmatchcase

STATEFUL = frozenset(
    {
        "aws_athena_database",
        "aws_backup_vault",
        "aws_cognito_user_pool",
        "aws_db_instance",
        "aws_dynamodb_table",
        "aws_ebs_volume",
        "aws_ecr_repository",
        "aws_efs_file_system",
        "aws_elasticache_replication_group",
        "aws_kms_key",
        "aws_kms_replica_key",
        "aws_opensearch_domain",
        "aws_rds_cluster",
        "aws_route53_zone",
        "aws_s3_bucket",
        "aws_secretsmanager_secret",
    }
)
"""A key is among them: what it encrypted is gone with it."""


def is_stateful(resource_type: str) -> bool:
    """Whether losing a resource of this type loses data."""
    return resource_type in STATEFUL


def is_named(address: str, allow: str) -> bool:
    """Whether *allow* (addresses or globs, by commas) names a resource; a key's brackets mean themselves."""
    words = (word.strip().replace("[", "[[]") for word in allow.split(","))
    return any(fnmatchcase(address, word) for word in words if word)
