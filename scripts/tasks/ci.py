"""The tasks ci.*: what a pipeline asks."""

from invoke.context import Context
from invoke.tasks import task


@task(
    help={
        "env": "only this environment",
        "system": "only this system",
        "base": "only what a change since this branch or commit concerns",
    }
)
def matrix(c: Context, env: str = "", system: str = "", base: str = "") -> None:
    """Print a job for each environment and system, in layers, as one line of JSON.

    Reads files and, with --base, git; changes nothing; costs nothing.
    """
    from scripts.commands import ci
    from scripts.commands.options import Flags, ending

    ending(ci.matrix)(Flags(env, system), base)
