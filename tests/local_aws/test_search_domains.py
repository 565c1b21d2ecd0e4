"""A search domain in the embedded AWS says which logs it publishes, as Terraform reads it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_aws.conftest import ACCOUNT, Client

NAME = "logged"


def log(group: str, enabled: bool = True) -> dict[str, Any]:
    arn = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/search/{group}"
    return {"CloudWatchLogsLogGroupArn": arn, "Enabled": enabled}


@pytest.fixture
def search(client: Client) -> Any:
    made = client("opensearch")
    made.create_domain(DomainName=NAME, LogPublishingOptions={"AUDIT_LOGS": log("audit")})
    yield made
    made.delete_domain(DomainName=NAME)


def published(search: Any) -> tuple[Any, Any]:
    """As the domain says it, and as its configuration does."""
    status = search.describe_domain(DomainName=NAME)["DomainStatus"]
    config = search.describe_domain_config(DomainName=NAME)["DomainConfig"]
    return status["LogPublishingOptions"], config["LogPublishingOptions"]["Options"]


def test_a_domain_keeps_which_logs_it_publishes_and_where(search: Any) -> None:
    assert published(search) == ({"AUDIT_LOGS": log("audit")},) * 2


def test_a_kind_of_log_that_an_update_does_not_name_stays(search: Any) -> None:
    slow = {"SEARCH_SLOW_LOGS": log("slow", enabled=False)}
    search.update_domain_config(DomainName=NAME, LogPublishingOptions=slow)
    assert published(search) == ({"AUDIT_LOGS": log("audit")} | slow,) * 2


def test_a_change_of_something_else_leaves_the_logs(search: Any) -> None:
    search.update_domain_config(DomainName=NAME, SnapshotOptions={"AutomatedSnapshotStartHour": 3})
    assert published(search) == ({"AUDIT_LOGS": log("audit")},) * 2
