"""EventBridge schemas are kept: what is set is told again, changed, tagged and taken back."""

from __future__ import annotations

import pytest

BUS = "arn:aws:events:us-east-1:111111111111:event-bus/shop"


def test_a_registry(client):
    schemas = client("schemas")
    made = schemas.create_registry(RegistryName="shop", Description="d", Tags={"a": "b"})
    schemas.update_registry(RegistryName="shop", Description="e")
    schemas.tag_resource(ResourceArn=made["RegistryArn"], Tags={"c": "d"})
    schemas.untag_resource(ResourceArn=made["RegistryArn"], TagKeys=["a"])
    found = schemas.describe_registry(RegistryName="shop")
    assert (found["Description"], found["RegistryArn"]) == ("e", made["RegistryArn"])
    assert found["Tags"] == {"c": "d"}
    assert schemas.list_tags_for_resource(ResourceArn=made["RegistryArn"])["Tags"] == {"c": "d"}
    with pytest.raises(schemas.exceptions.ConflictException):
        schemas.create_registry(RegistryName="shop")
    schemas.delete_registry(RegistryName="shop")
    with pytest.raises(schemas.exceptions.NotFoundException):
        schemas.describe_registry(RegistryName="shop")


def test_a_discoverer(client):
    schemas = client("schemas")
    made = schemas.create_discoverer(SourceArn=BUS, Description="d", Tags={"a": "b"})
    schemas.update_discoverer(DiscovererId=made["DiscovererId"], Description="e")
    found = schemas.describe_discoverer(DiscovererId=made["DiscovererId"])
    assert (found["SourceArn"], found["Description"], found["State"]) == (BUS, "e", "STARTED")
    assert found["Tags"] == {"a": "b"}
    schemas.delete_discoverer(DiscovererId=made["DiscovererId"])
    with pytest.raises(schemas.exceptions.NotFoundException):
        schemas.describe_discoverer(DiscovererId=made["DiscovererId"])
