"""Load balancers, NAT gateways, endpoints, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.cost.rule import Line, Rule, Setting, line
from scripts.plans.planned_resources import Resource

FEWEST_ZONES = 2
"""AWS takes no application load balancer in fewer."""


def load_balancer(resource: Resource, setting: Setting) -> Iterator[Line]:
    """The hours of a balancer, what passes through it, and its public addresses: one a zone."""
    kind = "nlb" if resource.values.text("load_balancer_type") == "network" else "alb"
    group = "Load balancer"
    busy = setting.assumed("lcu")
    yield line(resource, group, "hours", setting.hours, setting.prices[f"{kind}-hour"])
    yield line(
        resource,
        group,
        "capacity units",
        busy.value * setting.hours,
        setting.prices[f"{kind}-lcu-hour"],
        str(busy),
    )
    if resource.values.flag("internal"):
        return
    out = setting.assumed("internet_out_gb")
    yield line(
        resource, "Data transfer", "to the internet", out.value, setting.prices["internet-out-gb"], str(out)
    )
    listed = resource.values.count("subnets") or resource.values.count("subnet_mapping")
    zones = listed or _zones(resource, setting) or FEWEST_ZONES
    yield line(
        resource,
        "Public IPv4",
        "addresses of the balancer",
        zones * setting.hours,
        setting.prices["public-ipv4-hour"],
        f"one in each of {zones} zones",
    )


def nat_gateway(resource: Resource, setting: Setting) -> Iterator[Line]:
    """The hours of a gateway and what passes through it."""
    through = setting.assumed("nat_gb")
    yield line(resource, "NAT gateway", "hours", setting.hours, setting.prices["nat-hour"])
    yield line(resource, "NAT gateway", "data", through.value, setting.prices["nat-gb"], str(through))


def address(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A public address costs the same whether it is used or not."""
    yield line(resource, "Public IPv4", "address", setting.hours, setting.prices["public-ipv4-hour"])


def endpoint(resource: Resource, setting: Setting) -> Iterator[Line]:
    """An interface endpoint, an hour in each zone; a gateway endpoint is free."""
    if resource.values.text("vpc_endpoint_type", "Gateway") != "Interface":
        return
    zones = resource.values.count("subnet_ids") or _zones(resource, setting) or 1
    through = setting.assumed("endpoint_gb")
    yield line(
        resource,
        "VPC endpoint",
        "hours",
        zones * setting.hours,
        setting.prices["interface-endpoint-hour"],
        "in 1 zone" if zones == 1 else f"in {zones} zones",
    )
    yield line(
        resource, "VPC endpoint", "data", through.value, setting.prices["interface-endpoint-gb"], str(through)
    )


def _zones(resource: Resource, setting: Setting) -> int:
    """The zones of the subnets beside it: before the first apply a plan does not know which ids it will get."""
    return len(
        {
            subnet.values.text("availability_zone")
            for subnet in setting.resources
            if subnet.type == "aws_subnet" and subnet.unit == resource.unit
        }
    )


RULES: Mapping[str, Rule] = {
    "aws_eip": address,
    "aws_lb": load_balancer,
    "aws_nat_gateway": nat_gateway,
    "aws_vpc_endpoint": endpoint,
}
