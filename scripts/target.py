"""What a task acts on: the chosen units, the account behind them, and the environment variables that reach it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import toolchain
from scripts.checks.finding import Finding, Refused
from scripts.live.tree import Environment, Tree
from scripts.live.units import Unit
from scripts.states.bucket import StateStore, names

if TYPE_CHECKING:
    import boto3

STS_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Target:
    """One environment's account, and the units chosen in it, in the tree's order."""

    tree: Tree
    environment: Environment
    units: tuple[Unit, ...]
    rehearsal: bool
    endpoint: str
    variables: Mapping[str, str] = field(repr=False)

    @property
    def repository(self) -> Path:
        """Where the tree stands."""
        return self.tree.repo

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions in which units were chosen."""
        return tuple(sorted({unit.region for unit in self.units}))

    @property
    def paths(self) -> tuple[str, ...]:
        """The chosen units by their paths."""
        return tuple(unit.path for unit in self.units)

    def text(self, key: str) -> str:
        """A value of env.hcl that must be a text."""
        found = self.environment.values.get(key)
        return found if isinstance(found, str) else ""

    def session(self, region: str) -> boto3.Session:
        """A session of this account and region, rehearsed or real."""
        import boto3
        import botocore.session

        core = botocore.session.Session()
        if self.rehearsal:
            core.set_config_variable("ca_bundle", None)
            return boto3.Session(
                aws_access_key_id=self.variables["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=self.variables["AWS_SECRET_ACCESS_KEY"],
                region_name=region,
                botocore_session=core,
            )
        return boto3.Session(region_name=region, botocore_session=core)

    def store(self, region: str) -> StateStore:
        """Where the states of this environment and region live."""
        tags = {
            "Project": self.text("project"),
            "Environment": self.environment.name,
            "ManagedBy": "invoke",
            "Owner": self.text("owner"),
            "CostCenter": self.text("cost_center"),
        }
        return names(
            self.text("project"),
            self.environment.name,
            self.environment.account_id,
            region,
            self.text("state_lock") or "s3",
            tags,
        )


def choose(tree: Tree, environment: str, system: str, unit: str) -> tuple[Environment, tuple[Unit, ...]]:
    """The environment and units that the flags name; *system* may list several, by commas.

    Raises Refused with the allowed words when a flag names nothing.
    """
    if tree.problems:
        raise Refused(tree.problems)
    known = sorted(each.name for each in tree.environments)
    if not environment:
        listed = ", ".join(known)
        raise Refused([Finding("--env", 0, "missing-env", "", listed, "", f"name an environment: {listed}.")])
    units = tree.select(environment, system or None, unit or None)
    found = next(each for each in tree.environments if each.name == environment)
    return found, units


def rehearsed(tree: Tree, environment: Environment, units: tuple[Unit, ...]) -> Target:
    """The embedded AWS as the target; it is started when it does not run."""
    from scripts.local_aws import lifecycle

    running = lifecycle.start()
    region = units[0].region if units else "us-east-1"
    variables = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    variables |= lifecycle.client_environment(running.url, environment.account_id, region)
    # Why a proxy: see "rehearsal" in terragrunt.hcl; the warm provider gets it from here.
    variables["HTTP_PROXY"] = running.url
    # boto3 of this process must take the same way as Terraform.
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= lifecycle.client_environment(running.url, environment.account_id, region)
    return Target(tree, environment, units, True, running.url, toolchain.environment(variables))


def real(tree: Tree, environment: Environment, units: tuple[Unit, ...]) -> Target:
    """The account that env.hcl names; refused before Terraform when the credentials are missing or another's."""
    caller = _caller(environment, units[0].region if units else "us-east-1")
    if caller != environment.account_id:
        message = (
            f"the credentials belong to account {caller}, and {environment.name} is {environment.account_id}; "
            "switch AWS_PROFILE, or correct account_id."
        )
        line = _line_of(tree.repo / environment.file, "account_id")
        raise Refused(
            [Finding(environment.file, line, "wrong-account", caller, environment.account_id, "", message)]
        )
    variables = dict(os.environ) | {"AWS_REGION": units[0].region if units else "us-east-1"}
    return Target(
        tree,
        environment,
        units,
        False,
        os.environ.get("AWS_ENDPOINT_URL", ""),
        toolchain.environment(variables),
    )


def _caller(environment: Environment, region: str) -> str:
    """The account of the credentials at hand."""
    import boto3
    import botocore.session
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    # One short try at the instance's own credentials: a laptop should not wait for them.
    os.environ.setdefault("AWS_METADATA_SERVICE_TIMEOUT", "1")
    os.environ.setdefault("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "1")
    core = botocore.session.Session()
    rehearse = f"to rehearse without an account, add --local: invoke apply --env {environment.name} --local"
    try:
        found = core.get_credentials()
    except BotoCoreError as error:
        raise Refused([_credentials(f"the credentials cannot be read ({error}); {rehearse}")]) from error
    if found is None:
        raise Refused(
            [
                _credentials(
                    "there are no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                    f"or run `aws sso login`; {rehearse}"
                )
            ]
        )
    quick = Config(connect_timeout=STS_SECONDS, read_timeout=STS_SECONDS, retries={"max_attempts": 1})
    client = boto3.Session(botocore_session=core).client("sts", region_name=region, config=quick)
    try:
        return str(client.get_caller_identity()["Account"])
    except (BotoCoreError, ClientError) as error:
        raise Refused(
            [_credentials(f"AWS does not accept the credentials ({error}); renew them. Or {rehearse}")]
        ) from error


def _credentials(message: str) -> Finding:
    return Finding("credentials", 0, "credentials", "", "", "", message)


def _line_of(path: Path, key: str) -> int:
    lines = path.read_text().splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip().startswith(key)), 0)
