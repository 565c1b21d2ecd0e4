"""The tasks release.*: another image for a service and back, traffic by steps, one-off tasks."""

from invoke.context import Context
from invoke.tasks import task

from scripts.tasks.flags import CHOICE, SELECT, YES


@task(
    help=CHOICE
    | YES
    | {
        "tag": "image tag that shall run, such as v1.4.2",
        "context": "folder with a Dockerfile: build and push the image first (docker, podman or buildah)",
    }
)
def deploy(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    tag: str = "",
    context: str = "",
    local: bool = False,
    yes: bool = False,
) -> None:
    """Have a service run another image: build and push it, write its tag, then plan, review and apply the unit.

    Reads states and AWS; changes tag and service; costs the storage of the image.
    """
    from scripts.commands import release
    from scripts.commands.options import Flags, ending

    ending(release.deploy)(Flags(env, system, unit, local, yes=yes), tag, context)


@task(help=CHOICE | YES)
def rollback(
    c: Context, env: str = "", system: str = "", unit: str = "", local: bool = False, yes: bool = False
) -> None:
    """Have a service run the image again that ran before: the same way, with the tag before.

    Reads states and the tag's history; changes tag and service; costs nothing.
    """
    from scripts.commands import release
    from scripts.commands.options import Flags, ending

    ending(release.rollback)(Flags(env, system, unit, local, yes=yes))


@task(help=SELECT)
def status(
    c: Context, env: str = "", system: str = "", unit: str = "", local: bool = False, json: bool = False
) -> None:
    """Show which image each service should run, which it runs, and which ran before.

    Reads states and AWS; changes nothing; costs nothing.
    """
    from scripts.commands import release
    from scripts.commands.options import Flags, ending

    ending(release.status)(Flags(env, system, unit, local, json))


@task(
    help=CHOICE
    | YES
    | {
        "function": "key of a function: shift its alias; without it, the canary of the unit's REST API",
        "version": "the function's new version (default: the last published)",
        "rule": "key of a listener rule with two target groups: shift its weights",
        "steps": "shares of the traffic in percent, such as 10,50,100; a last one below 100 stays there",
        "smoke": "URL that must answer after each step",
        "alarms": "alarms that must not ring, by commas",
        "wait": "seconds between a step and its check",
    }
)
def promote(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    function: str = "",
    version: str = "",
    rule: str = "",
    steps: str = "10,50,100",
    smoke: str = "",
    alarms: str = "",
    wait: int = 60,
    local: bool = False,
    yes: bool = False,
) -> None:
    """Give a new version its traffic step by step; back at once when an alarm rings or the request fails.

    Reads states, alarms and --smoke; changes weights of the traffic, after a question; costs nothing.
    """
    from scripts.commands import release
    from scripts.commands.options import Flags, ending

    flags = Flags(env, system, unit, local, yes=yes)
    ending(release.promote)(flags, function, version, rule, steps, smoke, alarms, wait)


@task(
    help=CHOICE
    | YES
    | {"command": "what to run, as words or as a JSON list", "seconds": "how long it may take"}
)
def migrate(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    command: str = "",
    seconds: int = 900,
    local: bool = False,
    yes: bool = False,
) -> None:
    """Run a command once in a task like the service's own: expand the database before a release, contract after.

    Reads states and the service; changes what the command does, after a question; costs a task while it runs.
    """
    from scripts.commands import release
    from scripts.commands.options import Flags, ending

    ending(release.migrate)(Flags(env, system, unit, local, yes=yes), command, seconds)
