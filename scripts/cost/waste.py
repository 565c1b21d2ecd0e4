"""Advice on what an environment pays for and may not need: rules over planned values, no measurements.

Whether a thing is really idle only its metrics know; a rule says what to look at and what it would save.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scripts.cost.estimate import Estimate
from scripts.cost.prices import PriceList
from scripts.cost.rule import Line
from scripts.plans.planned_resources import Resource

OLD_GENERATIONS = (
    "db.t2.",
    "db.t3.",
    "db.m4.",
    "db.m5.",
    "db.r4.",
    "db.r5.",
    "cache.t2.",
    "cache.t3.",
    "cache.m4.",
)
WORTH_A_COMMITMENT_USD = 20.0


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at, and what a month would cost less; 0 where that depends on use."""

    kind: str
    unit: str
    address: str
    text: str
    saves_usd: float


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule looks at."""

    size: str
    """The environment's size in env.hcl: small, medium or large."""
    resources: Sequence[Resource]
    estimate: Estimate
    prices: PriceList

    def of(self, kind: str) -> Iterator[Resource]:
        """The resources of a type."""
        return (resource for resource in self.resources if resource.type == kind)

    def lines(self, resource: Resource) -> Iterator[Line]:
        """The lines of a resource."""
        return (
            line
            for line in self.estimate.lines
            if (line.unit, line.address) == (resource.unit, resource.address)
        )

    def usd(self, resource: Resource) -> float:
        """What a resource costs in a month."""
        return sum(line.usd for line in self.lines(resource))


def advice(scene: Scene) -> tuple[Advice, ...]:
    """Every piece of advice, what saves most first."""
    found = [piece for rule in RULES for piece in rule(scene)]
    return tuple(sorted(found, key=lambda piece: (-piece.saves_usd, piece.kind, piece.unit, piece.address)))


def nat_per_zone(scene: Scene) -> Iterator[Advice]:
    """A small environment can do with one NAT gateway for all zones."""
    if scene.size != "small":
        return
    gateways: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in scene.of("aws_nat_gateway"):
        gateways[resource.unit].append(resource)
    for unit, listed in gateways.items():
        if len(listed) > 1:
            text = f"{len(listed)} NAT gateways in a small environment; one serves every zone."
            spared = sum(scene.usd(gateway) for gateway in listed[1:])
            yield Advice("oversized", unit, listed[0].address, text, spared)


def too_large(scene: Scene) -> Iterator[Advice]:
    """Standbys, copies and large sizes where the environment is small."""
    if scene.size != "small":
        return
    for resource in scene.of("aws_db_instance"):
        if resource.values.flag("multi_az"):
            text = "Multi-AZ in a small environment; one zone costs half."
            yield Advice("oversized", resource.unit, resource.address, text, scene.usd(resource) / 2)
    for resource in scene.of("aws_elasticache_replication_group"):
        nodes = resource.values.number("num_cache_clusters", 1)
        if nodes > 1:
            text = f"{nodes:g} cache nodes in a small environment; one is enough to develop with."
            spared = scene.usd(resource) * (nodes - 1) / nodes
            yield Advice("oversized", resource.unit, resource.address, text, spared)
    for resource in scene.of("aws_opensearch_domain"):
        masters = sum(line.usd for line in scene.lines(resource) if line.what == "dedicated masters")
        if masters:
            text = "dedicated masters in a small environment; data nodes elect one of their own."
            yield Advice("oversized", resource.unit, resource.address, text, masters)
    for resource in scene.of("aws_lambda_provisioned_concurrency_config"):
        text = "functions kept ready in a small environment; a cold start costs nothing there."
        yield Advice("oversized", resource.unit, resource.address, text, scene.usd(resource))


def never_asleep(scene: Scene) -> Iterator[Advice]:
    """A service of a small environment that runs at night, too."""
    if scene.size != "small":
        return
    asleep = {
        (schedule.unit, schedule.module)
        for schedule in scene.of("aws_appautoscaling_scheduled_action")
        if schedule.values.block("scalable_target_action").number("max_capacity", 1) == 0
    }
    for service in scene.of("aws_ecs_service"):
        if (service.unit, service.module) not in asleep and scene.usd(service):
            text = (
                "runs at night and on weekends; schedules with maximum = 0 stop it for two thirds of a week."
            )
            yield Advice("idle", service.unit, service.address, text, scene.usd(service) * 2 / 3)


def unused_addresses(scene: Scene) -> Iterator[Advice]:
    """Public addresses that no NAT gateway of their unit can be using."""
    users: defaultdict[str, int] = defaultdict(int)
    for kind in ("aws_nat_gateway", "aws_eip_association", "aws_lb"):
        for resource in scene.of(kind):
            users[resource.unit] += 1
    for resource in scene.of("aws_eip"):
        attached = any(resource.values.has(name) for name in ("instance", "network_interface"))
        if attached:
            continue
        users[resource.unit] -= 1
        if users[resource.unit] < 0:
            text = "nothing in its unit uses this address; AWS charges for it all the same."
            yield Advice("unattached", resource.unit, resource.address, text, scene.usd(resource))


def unattached_volumes(scene: Scene) -> Iterator[Advice]:
    """Volumes without an attachment in their unit."""
    attached = {resource.unit for resource in scene.of("aws_volume_attachment")}
    for resource in scene.of("aws_ebs_volume"):
        if resource.unit not in attached:
            yield Advice(
                "unattached",
                resource.unit,
                resource.address,
                "no instance in its unit uses this volume.",
                0.0,
            )


def balancers_without_listeners(scene: Scene) -> Iterator[Advice]:
    """A balancer that listens nowhere serves nobody."""
    listening = {resource.unit for resource in scene.of("aws_lb_listener")}
    for resource in scene.of("aws_lb"):
        if resource.unit not in listening:
            text = "has no listener in its unit, so it serves nobody."
            yield Advice("idle", resource.unit, resource.address, text, scene.usd(resource))


def kept_for_ever(scene: Scene) -> Iterator[Advice]:
    """Logs and images that only ever grow."""
    for resource in scene.of("aws_cloudwatch_log_group"):
        if resource.values.number("retention_in_days") == 0:
            text = "keeps its logs for ever; set log_retention_days."
            yield Advice("idle", resource.unit, resource.address, text, 0.0)
    cleaned = {(resource.unit, resource.module) for resource in scene.of("aws_ecr_lifecycle_policy")}
    for resource in scene.of("aws_ecr_repository"):
        if (resource.unit, resource.module) not in cleaned:
            text = "keeps every image for ever; give it a lifecycle policy."
            yield Advice("idle", resource.unit, resource.address, text, 0.0)


def endpoints_beside_nat(scene: Scene) -> Iterator[Advice]:
    """Interface endpoints in a small environment that has a NAT gateway anyway."""
    if scene.size != "small":
        return
    routed = {resource.unit for resource in scene.of("aws_nat_gateway")}
    for resource in scene.of("aws_vpc_endpoint"):
        if resource.unit in routed and resource.values.text("vpc_endpoint_type") == "Interface":
            text = "an interface endpoint beside a NAT gateway, which reaches the same service already."
            yield Advice("idle", resource.unit, resource.address, text, scene.usd(resource))


def old_generations(scene: Scene) -> Iterator[Advice]:
    """Sizes that a newer generation replaces for less."""
    for kind, name in (
        ("aws_db_instance", "instance_class"),
        ("aws_rds_cluster_instance", "instance_class"),
        ("aws_elasticache_replication_group", "node_type"),
    ):
        for resource in scene.of(kind):
            size = resource.values.text(name)
            if size.startswith(OLD_GENERATIONS):
                text = f"{size} is an old generation; the Graviton one of its size does more for less."
                yield Advice("oversized", resource.unit, resource.address, text, 0.0)


def could_be_spot(scene: Scene) -> Iterator[Advice]:
    """On-demand tasks where an interruption harms nobody."""
    if scene.size == "large":
        return
    for service in scene.of("aws_ecs_service"):
        vcpu = [line for line in scene.lines(service) if line.what == "vCPU"]
        dearer = sum(
            line.quantity * (line.price.usd - scene.prices["fargate-spot-vcpu-hour"].usd) for line in vcpu
        )
        if dearer > 0:
            text = (
                "on-demand tasks; FARGATE_SPOT in capacity_strategy costs a third, with two minutes' notice."
            )
            yield Advice("spot", service.unit, service.address, text, dearer)


def could_be_arm(scene: Scene) -> Iterator[Advice]:
    """Tasks on x86 that might run on Graviton."""
    for service in scene.of("aws_ecs_service"):
        spared = sum(
            line.quantity * (line.price.usd - scene.prices[f"fargate-arm-{rest}"].usd)
            for line in scene.lines(service)
            if (rest := line.price.name.removeprefix("fargate-")) in {"vcpu-hour", "gb-hour"}
            and line.what in {"vCPU", "memory"}
        )
        if spared > 0:
            text = "tasks on x86_64; an image built for ARM64 does the same for a fifth less."
            yield Advice("oversized", service.unit, service.address, text, spared)


def commitment(scene: Scene) -> Iterator[Advice]:
    """What always runs may be bought for a year."""
    steady = sum(
        line.usd
        for line in scene.estimate.lines
        if line.group in {"Fargate", "EC2"} and not line.what.startswith(("Spot", "gp3"))
    )
    share = scene.prices.discounts["savings-plan-one-year"]
    if scene.size == "large" and steady >= WORTH_A_COMMITMENT_USD:
        text = (
            f"{steady:.2f} USD a month of steady compute; a Compute Savings Plan of one year, nothing upfront, "
            f"takes off about {share:.0%}. Commit to what runs at night, not to the peak."
        )
        yield Advice("savings plan", "(environment)", "", text, steady * share)
    reserved = sum(
        line.usd for line in scene.estimate.lines if line.what in {"instance", "nodes", "data nodes"}
    )
    if scene.size == "large" and reserved >= WORTH_A_COMMITMENT_USD:
        text = f"{reserved:.2f} USD a month of databases, caches and search; look at reserved instances of one year."
        yield Advice("reserved", "(environment)", "", text, 0.0)


RULES: Sequence[Callable[[Scene], Iterator[Advice]]] = (
    balancers_without_listeners,
    commitment,
    could_be_arm,
    could_be_spot,
    endpoints_beside_nat,
    kept_for_ever,
    nat_per_zone,
    never_asleep,
    old_generations,
    too_large,
    unattached_volumes,
    unused_addresses,
)
