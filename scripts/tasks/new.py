"""The tasks new.*: files to start from, which pass validate and test as they are."""

from invoke.context import Context
from invoke.tasks import task


@task(
    help={
        "system": "the system it belongs to; a new one is allowed",
        "name": "what the unit is called",
        "module": "the module it is made of, such as messaging/sqs",
        "env": "only in these environments, by commas (default: all)",
    }
)
def unit(c: Context, system: str = "", name: str = "", module: str = "", env: str = "") -> None:
    """Write a unit: its definition and a folder in each environment, with the values of the module's example.

    Reads files; changes nothing but adds these files; costs nothing before an apply.
    """
    from scripts.commands import new
    from scripts.commands.options import ending

    ending(new.unit)(env, system, name, module)


@task(help={"module": "<domain>/<entity>, such as messaging/kinesis"})
def module(c: Context, module: str = "") -> None:
    """Write a module with one resource, README and tests.

    Reads files; changes nothing but adds these files; costs nothing.
    """
    from scripts.commands import new
    from scripts.commands.options import ending

    ending(new.module)(module)


@task(
    help={
        "name": "what the environment is called",
        "account_id": "its account, twelve digits",
        "like": "the environment whose units and values it gets (default: staging)",
    }
)
def env(c: Context, name: str = "", account_id: str = "", like: str = "staging") -> None:
    """Write an environment like another one, in an account of its own, with networks that nobody has.

    Reads files; changes live/addresses.hcl and adds live/<name>; costs nothing before an apply.
    """
    from scripts.commands import new
    from scripts.commands.options import ending

    ending(new.environment)(name, account_id, like)
