"""The tasks local.*: the embedded AWS of this checkout."""

from invoke.context import Context
from invoke.tasks import task


@task
def start(c: Context) -> None:
    """Start the embedded AWS of this checkout, or say where it runs.

    Reads what was rehearsed before; changes nothing; costs half a gigabyte of memory while it runs.
    """
    from scripts.commands import local
    from scripts.commands.options import ending

    ending(local.start)()


@task
def stop(c: Context) -> None:
    """Stop the embedded AWS; its state is kept.

    Reads nothing; changes .rehearsal, where the state is kept; costs nothing.
    """
    from scripts.commands import local
    from scripts.commands.options import ending

    ending(local.stop)()


@task(help={"json": "print JSON instead of text"})
def status(c: Context, json: bool = False) -> None:
    """Say where the embedded AWS runs; 1 when it does not.

    Reads its answer; changes nothing; costs nothing.
    """
    from scripts.commands import local
    from scripts.commands.options import Flags, ending

    ending(local.status)(Flags(json=json))


@task(help={"yes": "do not ask"})
def reset(c: Context, yes: bool = False) -> None:
    """Stop the embedded AWS and forget everything that was rehearsed, after a question.

    Reads nothing; changes .rehearsal, which is emptied; costs nothing.
    """
    from scripts.commands import local
    from scripts.commands.options import Flags, ending

    ending(local.reset)(Flags(yes=yes))


@task(name="env", help={"env": "environment: dev, staging or prod"})
def local_env(c: Context, env: str = "") -> None:
    """Print exports that point a shell at the embedded AWS: eval "$(invoke local.env --env dev)".

    Reads env.hcl; changes nothing but starts the embedded AWS; costs nothing.
    """
    from scripts.commands import local
    from scripts.commands.options import Flags, ending

    ending(local.env)(Flags(env=env))
