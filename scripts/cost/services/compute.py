"""Containers, functions, instances, builds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.cost.rule import Line, NoPrice, Rule, Setting, line
from scripts.plans.planned_resources import Resource, Values


def fargate(service: Resource, setting: Setting) -> Iterator[Line]:
    """Tasks of a service: desired count, shared out over on-demand and Spot, for the hours they run."""
    task = next(iter(setting.beside(service, "aws_ecs_task_definition")), None)
    if task is None:
        raise NoPrice("the task definition stands in another unit")
    tasks = service.values.number("desired_count", 1)
    on_demand, spot = _shares(service.values, tasks)
    hours, why = _hours(service, setting)
    vcpus, gigabytes = task.values.number("cpu") / 1024, task.values.number("memory") / 1024
    arm = task.values.block("runtime_platform").text("cpu_architecture") == "ARM64"
    kind = "fargate-arm" if arm else "fargate"
    size = f"{on_demand:g} on-demand tasks of {vcpus:g} vCPU and {gigabytes:g} GB, {why}"
    yield line(
        service, "Fargate", "vCPU", on_demand * vcpus * hours, setting.prices[f"{kind}-vcpu-hour"], size
    )
    yield line(
        service, "Fargate", "memory", on_demand * gigabytes * hours, setting.prices[f"{kind}-gb-hour"], size
    )
    size = f"{spot:g} Spot tasks of {vcpus:g} vCPU and {gigabytes:g} GB, {why}"
    yield line(
        service, "Fargate", "Spot vCPU", spot * vcpus * hours, setting.prices["fargate-spot-vcpu-hour"], size
    )
    # The list has no Spot price for memory; on-demand's is the safe side.
    yield line(
        service, "Fargate", "Spot memory", spot * gigabytes * hours, setting.prices["fargate-gb-hour"], size
    )


def _shares(service: Values, tasks: float) -> tuple[float, float]:
    """On-demand and Spot tasks: the base first, the rest by weight, as ECS places them on average."""
    strategy = {
        block.text("capacity_provider"): block for block in service.blocks("capacity_provider_strategy")
    }
    spot = strategy.get("FARGATE_SPOT")
    if spot is None:
        return tasks, 0.0
    base = {name: block.number("base") for name, block in strategy.items()}
    weight = {name: block.number("weight") for name, block in strategy.items()}
    rest = max(tasks - sum(base.values()), 0)
    total = sum(weight.values()) or 1
    on_spot = min(base["FARGATE_SPOT"], tasks) + rest * weight["FARGATE_SPOT"] / total
    return tasks - on_spot, on_spot


def _hours(service: Resource, setting: Setting) -> tuple[float, str]:
    """Hours of a month; fewer when a schedule sends the service to sleep."""
    schedules = setting.beside(service, "aws_appautoscaling_scheduled_action")
    sleeps = any(
        schedule.values.block("scalable_target_action").number("max_capacity", 1) == 0
        for schedule in schedules
    )
    if sleeps:
        return setting.assumed("scheduled_hours").value, str(setting.assumed("scheduled_hours"))
    return setting.hours, f"{setting.hours:g} hours a month"


def function(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Calls of a function and the memory they take while they run."""
    calls, length = setting.assumed("lambda_million_requests"), setting.assumed("lambda_ms")
    gigabytes = resource.values.number("memory_size", 128) / 1024
    arm = "arm64" in resource.values.texts("architectures")
    yield line(
        resource, "Lambda", "calls", calls.value, setting.prices["lambda-million-requests"], str(calls)
    )
    yield line(
        resource,
        "Lambda",
        "duration",
        calls.value * 1e6 * length.value / 1000 * gigabytes,
        setting.prices["lambda-arm-gb-second" if arm else "lambda-gb-second"],
        f"{gigabytes:g} GB; {length}",
    )


def provisioned(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Functions that are kept ready, whether called or not."""
    owner = next(iter(setting.beside(resource, "aws_lambda_function")), None)
    gigabytes = (owner.values.number("memory_size", 128) if owner else 128) / 1024
    ready = resource.values.number("provisioned_concurrent_executions")
    yield line(
        resource,
        "Lambda",
        "kept ready",
        ready * gigabytes * setting.hours * 3600,
        setting.prices["lambda-provisioned-gb-second"],
        f"{ready:g} of {gigabytes:g} GB, always",
    )


def instances(group: Resource, setting: Setting) -> Iterator[Line]:
    """An Auto Scaling group at the number it starts with, as on-demand instances, and their volumes."""
    template = next(iter(setting.beside(group, "aws_launch_template")), None)
    mixed = group.values.block("mixed_instances_policy").block("launch_template")
    override = mixed.block("override").text("instance_type")
    kind = override or (template.values.text("instance_type") if template else "")
    count = group.values.number("desired_capacity", group.values.number("min_size"))
    price, times = setting.sized("ec2-", kind)
    said = f"{count:g} instances at the price of on-demand; Spot costs less"
    yield line(group, "EC2", kind, count * times * setting.hours, price, said)
    for mapping in template.values.blocks("block_device_mappings") if template else ():
        size = mapping.block("ebs").number("volume_size", 8)
        yield line(
            group, "EC2", "gp3 volume", count * size, setting.prices["ebs-gp3-gb"], f"{size:g} GB each"
        )


def repository(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Images that are kept."""
    kept = setting.assumed("image_gb")
    yield line(resource, "ECR", "images", kept.value, setting.prices["ecr-gb"], str(kept))


def build(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Minutes of a build project."""
    kind = resource.values.block("environment").text("compute_type", "BUILD_GENERAL1_SMALL")
    size = kind.removeprefix("BUILD_GENERAL1_").lower()
    minutes = setting.assumed("build_minutes")
    price = setting.price(f"codebuild-{size}-minute", f"build size {kind}")
    yield line(resource, "CodeBuild", kind, minutes.value, price, str(minutes))


RULES: Mapping[str, Rule] = {
    "aws_autoscaling_group": instances,
    "aws_codebuild_project": build,
    "aws_ecr_repository": repository,
    "aws_ecs_service": fargate,
    "aws_lambda_function": function,
    "aws_lambda_provisioned_concurrency_config": provisioned,
}
