"""Where the internet gets into each system: by the ways that stand here, and by no other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from scripts.checks.validate import Library
from scripts.hcl.evaluate import evaluate
from scripts.live.resources import Resource, resources_of
from scripts.live.tree import Tree, read_tree
from scripts.machine import REPOSITORY

KINDS = {
    "aws_api_gateway_rest_api": "API",
    "aws_apigatewayv2_api": "API",
    "aws_cloudfront_distribution": "CloudFront",
    "aws_cognito_user_pool_domain": "sign-in page",
    "aws_lambda_function_url": "address of a function",
    "aws_lb": "load balancer",
}
NAT = "address of a NAT gateway"  # a way out; nothing comes in by it
ENTRIES = {
    "bookstore": {("api", "API"), ("auth", "sign-in page"), ("network", NAT)},
    "commerce": {("api", "API"), ("frontend", "CloudFront"), ("network", NAT)},
    "order-analytics": {("api-ingestion", "API")},
    "platform": set(),
    "pyshop": {("load-balancer", "load balancer"), ("network", NAT)},
    "storefront": {("frontend", "CloudFront"), ("load-balancer", "load balancer"), ("network", NAT)},
}


@cache
def tree() -> Tree:
    return read_tree(REPOSITORY)


@cache
def library() -> Library:
    return Library(REPOSITORY)


def way_in(resource: Resource) -> str | None:
    """What the internet can call there, if anything."""
    if resource.type == "aws_lb":
        node = resource.block.body.value("internal")
        return KINDS["aws_lb"] if node is None or evaluate(node, resource.scope) is not True else None
    if resource.type == "aws_eip":
        return NAT if resource.address.startswith("module.nat_gateway.") else f"address {resource.address}"
    return KINDS.get(resource.type)


def ways_in(environment: str, system: str) -> Iterator[tuple[str, str]]:
    for unit in tree().select(environment, system):
        for resource in resources_of(tree(), unit, library()):
            way = way_in(resource)
            if way is not None:
                yield unit.name, way


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
@pytest.mark.parametrize("system", sorted(ENTRIES))
def test_the_internet_gets_in_where_it_is_said_and_nowhere_else(environment, system):
    assert set(ways_in(environment, system)) == ENTRIES[system]


def test_every_system_says_where_the_internet_gets_in():
    assert {unit.system for unit in tree().units} == set(ENTRIES)
