"""The tasks data.*: copies of the data itself."""

from invoke.context import Context
from invoke.tasks import task

from scripts.tasks.flags import CHOICE, SELECT, YES


@task(name="list", help=SELECT)
def list_(
    c: Context, env: str = "", system: str = "", unit: str = "", local: bool = False, json: bool = False
) -> None:
    """Show databases, clusters, tables and caches of applied units, with their snapshots.

    Reads states and AWS; changes nothing; costs nothing.
    """
    from scripts.commands import data
    from scripts.commands.options import Flags, ending

    ending(data.list_data)(Flags(env, system, unit, local, json))


@task(
    help=CHOICE
    | YES
    | {
        "label": "ends the snapshots' names (default: the time)",
        "json": "print JSON instead of names",
    }
)
def snapshot(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    label: str = "",
    local: bool = False,
    json: bool = False,
    yes: bool = False,
) -> None:
    """Take a snapshot of all that holds data in the chosen units, and wait for it.

    Reads states; changes nothing but the new snapshots; costs their storage until they are deleted.
    """
    from scripts.commands import data
    from scripts.commands.options import Flags, ending

    ending(data.snapshot)(Flags(env, system, unit, local, json, yes=yes), label)


@task(
    help=CHOICE
    | YES
    | {
        "name": "what is restored, as data.list shows it",
        "to": "what the new one is called",
        "source": "a snapshot's name, or a moment such as 2026-01-31T13:00:00Z (default: the latest there is)",
    }
)
def restore(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    name: str = "",
    to: str = "",
    source: str = "",
    local: bool = False,
    yes: bool = False,
) -> None:
    """Bring a database, cluster or table back as a new one beside the old, after a question.

    Reads a snapshot or a moment; changes nothing that is there; costs as much as the old one.
    """
    from scripts.commands import data
    from scripts.commands.options import Flags, ending

    ending(data.restore_data)(Flags(env, system, unit, local, yes=yes), name, to, source)
