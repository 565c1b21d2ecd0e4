"""APIs, distributions, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.cost.rule import Line, Rule, Setting, line
from scripts.plans.planned_resources import Resource


def rest_api(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Requests to a REST API."""
    asked = setting.assumed("api_million_requests")
    yield line(
        resource, "API Gateway", "requests", asked.value, setting.prices["rest-api-million"], str(asked)
    )


def http_api(resource: Resource, setting: Setting) -> Iterator[Line]:
    """Requests to an HTTP API."""
    asked = setting.assumed("api_million_requests")
    yield line(
        resource, "API Gateway", "requests", asked.value, setting.prices["http-api-million"], str(asked)
    )


def stage(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A stage's cache, by the hour and size; without one a stage is free."""
    if not resource.values.flag("cache_cluster_enabled"):
        return
    size = resource.values.text("cache_cluster_size", "0.5")
    price = setting.price(f"rest-api-cache-{size}", f"API cache of {size} GB")
    yield line(resource, "API Gateway", "cache", setting.hours, price, f"{size} GB")


def distribution(resource: Resource, setting: Setting) -> Iterator[Line]:
    """What a distribution delivers, at the price of North America and Europe."""
    out, asked = setting.assumed("cloudfront_gb"), setting.assumed("cloudfront_10k_requests")
    yield line(resource, "CloudFront", "data", out.value, setting.prices["cloudfront-out-gb"], str(out))
    yield line(
        resource, "CloudFront", "requests", asked.value, setting.prices["cloudfront-10k-https"], str(asked)
    )


def edge_function(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A function that CloudFront runs at every request."""
    asked = setting.assumed("cloudfront_10k_requests")
    yield line(
        resource,
        "CloudFront",
        "function calls",
        asked.value / 100,
        setting.prices["cloudfront-function-million"],
        str(asked),
    )


def zone(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A hosted zone and the queries it answers."""
    asked = setting.assumed("zone_million_queries")
    yield line(resource, "Route 53", "zone", 1, setting.prices["route53-zone"])
    yield line(
        resource, "Route 53", "queries", asked.value, setting.prices["route53-million-queries"], str(asked)
    )


def cloud_map(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A private namespace is a hosted zone underneath."""
    yield line(
        resource,
        "Route 53",
        "private zone",
        1,
        setting.prices["route53-zone"],
        "Cloud Map makes a hosted zone",
    )


def health_check(resource: Resource, setting: Setting) -> Iterator[Line]:
    """A health check of an AWS endpoint."""
    yield line(resource, "Route 53", "health check", 1, setting.prices["route53-health-check"])


RULES: Mapping[str, Rule] = {
    "aws_api_gateway_rest_api": rest_api,
    "aws_api_gateway_stage": stage,
    "aws_apigatewayv2_api": http_api,
    "aws_cloudfront_distribution": distribution,
    "aws_cloudfront_function": edge_function,
    "aws_route53_health_check": health_check,
    "aws_route53_zone": zone,
    "aws_service_discovery_private_dns_namespace": cloud_map,
}
