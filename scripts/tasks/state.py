"""The tasks state.*: states, their copies and their locks."""

from invoke.context import Context
from invoke.tasks import task

from scripts.tasks.flags import CHOICE, SELECT, YES

ONE = CHOICE | YES | {"unit": "the unit"}


@task(name="list", help=SELECT | {"copies": "the older copies of each state instead"})
def list_(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    local: bool = False,
    json: bool = False,
    copies: bool = False,
) -> None:
    """Show each unit's state: serial, resources, who holds it; or its copies.

    Reads states and locks; changes nothing; costs nothing.
    """
    from scripts.commands import state
    from scripts.commands.options import Flags, ending

    ending(state.list_states)(Flags(env, system, unit, local, json), copies)


@task(help=SELECT)
def backup(
    c: Context, env: str = "", system: str = "", unit: str = "", local: bool = False, json: bool = False
) -> None:
    """Copy states inside their bucket, below backup/. Applies and destroys do it by themselves.

    Reads states; changes nothing but adds the copies; costs their storage.
    """
    from scripts.commands import state
    from scripts.commands.options import Flags, ending

    ending(state.backup)(Flags(env, system, unit, local, json))


@task(
    help=ONE | {"at": "which copy: a time or a version that state.list --copies shows (default: the newest)"}
)
def restore(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    at: str = "",
    local: bool = False,
    yes: bool = False,
) -> None:
    """Make an older copy the state of one unit again, also of a deleted state. Shows what changes, then asks.

    Reads copies; changes the state, AWS itself not; costs nothing.
    """
    from scripts.commands import state
    from scripts.commands.options import Flags, ending

    ending(state.restore)(Flags(env, system, unit, local, yes=yes), at)


@task(help=ONE | {"unit": SELECT["unit"]})
def unlock(
    c: Context, env: str = "", system: str = "", unit: str = "", local: bool = False, yes: bool = False
) -> None:
    """Say who holds states since when, and take those locks away after a question.

    Reads locks; changes nothing but removes them; costs nothing.
    """
    from scripts.commands import state
    from scripts.commands.options import Flags, ending

    ending(state.unlock)(Flags(env, system, unit, local, yes=yes))


@task(
    help=ONE
    | {
        "address": "what moves: a resource, one of its instances, or a module",
        "to": "its new address",
        "to_unit": "the unit that gets it, as system/unit (default: the same)",
    }
)
def move(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    address: str = "",
    to: str = "",
    to_unit: str = "",
    local: bool = False,
    yes: bool = False,
) -> None:
    """Give a resource another address or unit in the state. Shows it, then asks.

    Reads states; changes them, AWS itself not; costs nothing.
    """
    from scripts.commands import state
    from scripts.commands.options import Flags, ending

    ending(state.move)(Flags(env, system, unit, local, yes=yes), address, to, to_unit)


@task(name="import", help=ONE | {"address": "the resource's address", "id": "what AWS calls it"})
def import_(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    address: str = "",
    id: str = "",
    local: bool = False,
    yes: bool = False,
) -> None:
    """Take a resource that exists into a unit's state: planned, reviewed and applied as any other change.

    Reads AWS and states; changes the state, after a question; costs nothing.
    """
    from scripts.commands import state
    from scripts.commands.options import Flags, ending

    ending(state.import_resource)(Flags(env, system, unit, local, yes=yes), address, id)
