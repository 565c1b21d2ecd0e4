"""Where each thing in a VPC stands: which attributes of which resource say its subnets, groups and public address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from scripts.reachability.state import Found, NotModelled, Values

Place = tuple[Iterable[str], Iterable[str], bool]
"""Groups, subnets, and whether there is a public address."""


_IN_A_SUBNET = (
    "network_configuration",
    "network_interfaces",
    "security_group_ids",
    "security_groups",
    "subnet_id",
    "subnet_ids",
    "subnets",
    "vpc_config",
    "vpc_options",
    "vpc_security_group_ids",
    "vpc_subnet_ids",
    "vpc_zone_identifier",
)
"""What a resource says of itself when it stands in a subnet or has a security group."""
_NO_MEMBERS = frozenset(
    {
        "aws_db_subnet_group",
        "aws_elasticache_subnet_group",
        "aws_launch_template",  # what it launches stands where the Auto Scaling group says
        "aws_nat_gateway",  # only answers come in
        "aws_network_acl",
        "aws_rds_cluster_instance",  # part of its cluster
        "aws_route_table_association",
    }
)


def all_known(found: Found) -> None:
    """Nothing stands in a subnet that has no row in the table: it would be called unreachable."""
    for kind, resources in found.items():
        for resource in resources if kind not in PLACES and kind not in _NO_MEMBERS else ():
            said = [name for name in _IN_A_SUBNET if resource.values.get(name)]
            if said:
                raise NotModelled(
                    f"{resource.name} has a {kind} in the VPC ({said[0]}), a type not known here"
                )


def _named(found: Found, kind: str, attribute: str, value: object) -> Values:
    """The one resource of this type with that value."""
    (resource,) = (each for each in found.get(kind, ()) if each.values.get(attribute) == value)
    return resource.values


def _load_balancer(values: Values, _found: Found) -> Place:
    return values["security_groups"], values["subnets"], not values["internal"]


def _tasks(values: Values, _found: Found) -> Place:
    (place,) = values["network_configuration"]
    return place["security_groups"], place["subnets"], bool(place["assign_public_ip"])


def _database(values: Values, found: Found) -> Place:
    """A replica names no subnets: it stands in those of what it copies."""
    copied = values.get("replicate_source_db")
    placed = _named(found, "aws_db_instance", "identifier", copied) if copied else values
    subnets = _named(found, "aws_db_subnet_group", "name", placed["db_subnet_group_name"])["subnet_ids"]
    return values["vpc_security_group_ids"], subnets, bool(values.get("publicly_accessible"))


def _cluster(values: Values, found: Found) -> Place:
    """Its instances have the addresses, and no groups or subnets but the cluster's."""
    groups, subnets, _ = _database(values, found)
    instances = (
        each.values
        for each in found.get("aws_rds_cluster_instance", ())
        if each.values["cluster_identifier"] in (values["id"], values.get("cluster_identifier"))
    )
    return groups, subnets, any(instance.get("publicly_accessible") for instance in instances)


def _proxy(values: Values, _found: Found) -> Place:
    return values["vpc_security_group_ids"], values["vpc_subnet_ids"], False


def _cache(values: Values, found: Found) -> Place:
    subnets = _named(found, "aws_elasticache_subnet_group", "name", values["subnet_group_name"])["subnet_ids"]
    return values["security_group_ids"], subnets, False


def _search(values: Values, _found: Found) -> Place | None:
    for place in values["vpc_options"]:
        return place["security_group_ids"], place["subnet_ids"], False
    return None


def _function(values: Values, _found: Found) -> Place | None:
    for place in values["vpc_config"]:
        return place["security_group_ids"], place["subnet_ids"], False
    return None


def _endpoint(values: Values, _found: Found) -> Place | None:
    if values["vpc_endpoint_type"] != "Interface":
        return None
    return values["security_group_ids"], values["subnet_ids"], False


def _machines(values: Values, found: Found) -> Place:
    """The groups of what is launched; it gets a public address where its subnet gives one."""
    (policy,) = values["mixed_instances_policy"]
    (launch,) = policy["launch_template"]
    (chosen,) = launch["launch_template_specification"]
    template = _named(found, "aws_launch_template", "id", chosen["launch_template_id"])
    subnets = frozenset(values["vpc_zone_identifier"])
    if template.get("network_interfaces"):
        raise NotModelled(f"{values['name']} launches machines with network interfaces of their own")
    gives = any(_named(found, "aws_subnet", "id", key).get("map_public_ip_on_launch") for key in subnets)
    return template["vpc_security_group_ids"], subnets, gives


PLACES: Mapping[str, Callable[[Values, Found], Place | None]] = {
    "aws_autoscaling_group": _machines,
    "aws_db_instance": _database,
    "aws_db_proxy": _proxy,
    "aws_ecs_service": _tasks,
    "aws_elasticache_replication_group": _cache,
    "aws_lambda_function": _function,
    "aws_lb": _load_balancer,
    "aws_opensearch_domain": _search,
    "aws_rds_cluster": _cluster,
    "aws_vpc_endpoint": _endpoint,
}
