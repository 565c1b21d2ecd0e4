"""Image tags: which one runs, which ran before, and where that is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scripts.checks.finding import Finding, Refused

if TYPE_CHECKING:
    import boto3

_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
MOVING = ("latest", "stable", "main", "master")
"""Tags that mean another image tomorrow: there is no way back to them."""


def checked(tag: str) -> str:
    """*tag*, or Refused."""
    if not _TAG.fullmatch(tag):
        message = f'--tag must be 1 to 128 letters, digits, dots, dashes or underscores, such as v1.4.2; got "{tag}".'
    elif tag in MOVING:
        message = (
            f'--tag "{tag}" means another image tomorrow, and a rollback could not find it; name one version.'
        )
    else:
        return tag
    raise Refused([Finding("--tag", 0, "tag", tag, "v1.4.2", "", message)])


def previous(history: Sequence[str]) -> str | None:
    """The last tag in *history* (oldest first) that is not the one that runs now."""
    return next((tag for tag in reversed(history) if tag != history[-1]), None) if history else None


def history(session: boto3.Session, parameter: str) -> tuple[str, ...]:
    """Every tag that the parameter held, oldest first; AWS keeps the last hundred."""
    pages = session.client("ssm").get_paginator("get_parameter_history")
    return tuple(
        version["Value"] for page in pages.paginate(Name=parameter) for version in page["Parameters"]
    )


def write(session: boto3.Session, parameter: str, tag: str) -> None:
    """Name the tag that runs from the next apply on."""
    client = session.client("ssm")
    client.put_parameter(Name=parameter, Value=tag, Type="String", Overwrite=True)
