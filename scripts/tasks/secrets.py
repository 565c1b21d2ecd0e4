"""The tasks secrets.*: values are never arguments, never printed, never in a state."""

from invoke.context import Context
from invoke.tasks import task

from scripts.tasks.flags import CHOICE, SELECT, YES


@task(name="list", help=SELECT)
def list_(
    c: Context, env: str = "", system: str = "", unit: str = "", local: bool = False, json: bool = False
) -> None:
    """Show the secrets of applied units: who makes their values, how old they are.

    Reads states and AWS, no value; changes nothing; costs nothing.
    """
    from scripts.commands import secrets
    from scripts.commands.options import Flags, ending

    ending(secrets.list_secrets)(Flags(env, system, unit, local, json))


@task(name="set", help=CHOICE | YES | {"name": "the secret's name, as secrets.list shows it"})
def set_(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    name: str = "",
    local: bool = False,
    yes: bool = False,
) -> None:
    """Put the value that comes on standard input into a secret that people fill. With a pipe, add --yes.

    Reads standard input; changes the secret, after a question; costs nothing.
    """
    from scripts.commands import secrets
    from scripts.commands.options import Flags, ending

    ending(secrets.set_secret)(Flags(env, system, unit, local, yes=yes), name)


@task(
    help=CHOICE | YES | {"secret": "the secret's key, such as SECRET_KEY (default: the database's password)"}
)
def rotate(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    secret: str = "",
    local: bool = False,
    yes: bool = False,
) -> None:
    """Draw a new value: raises the version in the unit's tfvars, then plans, reviews and applies the unit.

    Reads states; changes the tfvars and the unit, after a question; costs nothing.
    """
    from scripts.commands import secrets
    from scripts.commands.options import Flags, ending

    ending(secrets.rotate)(Flags(env, system, unit, local, yes=yes), secret)
