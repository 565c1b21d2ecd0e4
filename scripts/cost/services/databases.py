"""Relational databases, tables, caches, search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.cost.rule import Line, Rule, Setting, line
from scripts.plans.planned_resources import Resource


def instance(resource: Resource, setting: Setting) -> Iterator[Line]:
    """An RDS instance and its storage; a standby in another zone doubles both."""
    size = resource.values.text("instance_class")
    standby = resource.values.flag("multi_az")
    price, times = setting.sized("rds-", size)
    zones = 2 if standby else 1
    said = f"{size}, Multi-AZ: twice" if standby else f"{size}, one zone"
    yield line(resource, "RDS", "instance", times * zones * setting.hours, price, said)
    storage = resource.values.number("allocated_storage")
    yield line(
        resource,
        "RDS",
        "gp3 storage",
        storage,
        setting.prices["rds-gp3-multi-az-gb" if standby else "rds-gp3-gb"],
        "as it starts; backups up to the same size are free",
    )


def aurora_instance(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A writer or reader of a cluster: by the hour, or by capacity units."""
    size = resource.values.text("instance_class")
    if size == "db.serverless":
        cluster = next(iter(setting.beside(resource, "aws_rds_cluster")), None)
        scaling = cluster.values.block("serverlessv2_scaling_configuration") if cluster else None
        lowest = scaling.number("min_capacity") if scaling else 0.0
        assumed = setting.assumed("aurora_acu")
        units = max(assumed.value, lowest)
        yield line(
            resource,
            "Aurora",
            "capacity units",
            units * setting.hours,
            setting.prices["aurora-acu-hour"],
            f"{assumed} ({lowest:g})",
        )
        return
    price, times = setting.sized("aurora-", size)
    yield line(resource, "Aurora", "instance", times * setting.hours, price, size)


def aurora_cluster(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Storage and I/O, which the instances of a cluster share."""
    kept, requests = setting.assumed("aurora_gb"), setting.assumed("aurora_million_io")
    yield line(resource, "Aurora", "storage", kept.value, setting.prices["aurora-gb"], str(kept))
    yield line(resource, "Aurora", "I/O", requests.value, setting.prices["aurora-million-io"], str(requests))


def proxy(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A database proxy, which is billed by what stands behind it."""
    vcpus = setting.assumed("proxy_vcpus")
    yield line(
        resource,
        "RDS",
        "proxy",
        vcpus.value * setting.hours,
        setting.prices["rds-proxy-vcpu-hour"],
        str(vcpus),
    )


def table(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A DynamoDB table: requests or capacity, storage, and the copies that point-in-time recovery keeps."""
    copies = 1 + resource.values.count("replica")
    said = "" if copies == 1 else f", in {copies} regions"
    if resource.values.text("billing_mode") == "PROVISIONED":
        for what, name in (("read", "read_capacity"), ("write", "write_capacity")):
            units = resource.values.number(name)
            yield line(
                resource,
                "DynamoDB",
                f"{what} capacity",
                units * setting.hours * copies,
                setting.prices[f"dynamodb-{what}-unit-hour"],
                f"{units:g} units, before autoscaling{said}",
            )
    else:
        for what in ("reads", "writes"):
            assumed = setting.assumed(f"dynamodb_million_{what}")
            yield line(
                resource,
                "DynamoDB",
                what,
                assumed.value * copies,
                setting.prices[f"dynamodb-million-{what}"],
                f"{assumed}{said}",
            )
    kept = setting.assumed("dynamodb_gb")
    yield line(
        resource, "DynamoDB", "storage", kept.value * copies, setting.prices["dynamodb-gb"], f"{kept}{said}"
    )
    if resource.values.block("point_in_time_recovery").flag("enabled"):
        yield line(
            resource,
            "DynamoDB",
            "point-in-time recovery",
            kept.value * copies,
            setting.prices["dynamodb-pitr-gb"],
            f"{kept}{said}",
        )


def cache(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Every node of a replication group."""
    size = resource.values.text("node_type")
    shards = resource.values.number("num_node_groups", 1) or 1
    each = resource.values.number("replicas_per_node_group") + 1
    nodes = resource.values.number("num_cache_clusters") or shards * each
    price, times = setting.sized("cache-", size)
    said = f"{nodes:g} nodes {size}"
    yield line(resource, "ElastiCache", "nodes", nodes * times * setting.hours, price, said)


def search(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Data nodes, dedicated masters, warm nodes and storage of a domain."""
    shape = resource.values.block("cluster_config")
    nodes = shape.number("instance_count", 1)
    kinds = [("data nodes", shape.text("instance_type"), nodes)]
    if shape.flag("dedicated_master_enabled"):
        kinds.append(
            ("dedicated masters", shape.text("dedicated_master_type"), shape.number("dedicated_master_count"))
        )
    if shape.flag("warm_enabled"):
        kinds.append(("warm nodes", shape.text("warm_type"), shape.number("warm_count")))
    for what, size, count in kinds:
        price, times = setting.sized("search-", size)
        yield line(
            resource, "OpenSearch", what, count * times * setting.hours, price, f"{count:g} times {size}"
        )
    size_gb = resource.values.block("ebs_options").number("volume_size")
    yield line(
        resource,
        "OpenSearch",
        "gp3 storage",
        nodes * size_gb,
        setting.prices["search-gp3-gb"],
        f"{nodes:g} nodes with {size_gb:g} GB",
    )


RULES: Mapping[str, Rule] = {
    "aws_db_instance": instance,
    "aws_db_proxy": proxy,
    "aws_dynamodb_table": table,
    "aws_elasticache_replication_group": cache,
    "aws_opensearch_domain": search,
    "aws_rds_cluster": aurora_cluster,
    "aws_rds_cluster_instance": aurora_instance,
}
