"""Buckets and backups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.cost.rule import Line, Rule, Setting, line
from scripts.plans.planned_resources import Resource


def bucket(resource: Resource, setting: Setting) -> Iterator[Line]:
    """What a bucket holds and what is written to it, all in the standard class."""
    kept, written = setting.assumed("s3_gb"), setting.assumed("s3_thousand_puts")
    yield line(resource, "S3", "storage", kept.value, setting.prices["s3-gb"], str(kept))
    yield line(resource, "S3", "writes", written.value, setting.prices["s3-thousand-puts"], str(written))


def vault(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Recovery points, at the price of database snapshots, the dearest usual kind."""
    kept = setting.assumed("backup_gb")
    yield line(resource, "Backup", "recovery points", kept.value, setting.prices["backup-rds-gb"], str(kept))


RULES: Mapping[str, Rule] = {
    "aws_backup_vault": vault,
    "aws_s3_bucket": bucket,
}
