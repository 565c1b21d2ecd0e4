"""The tasks: flags and help here, everything else in scripts/. `./invoke --list` shows them, `./invoke --help TASK` one.

Imports stand inside the tasks, so that --list and --help stay quick.
"""

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

from scripts.tasks import ci, data, local, new, release, secrets, state
from scripts.tasks.flags import RUN, SELECT, YES


@task(help=SELECT)
def doctor(
    c: Context, env: str = "", system: str = "", unit: str = "", local: bool = False, json: bool = False
) -> None:
    """Look at tools, disk and, with --env, credentials, account, region, clock and state bucket; 1 when one is not fine.

    Reads this machine and, with --env, AWS; changes nothing; costs nothing.
    """
    from scripts.commands import doctor as command
    from scripts.commands.options import Flags, ending

    ending(command.doctor)(Flags(env, system, unit, local, json))


@task(help={name: SELECT[name] for name in ("env", "system", "unit", "json")})
def validate(c: Context, env: str = "", system: str = "", unit: str = "", json: bool = False) -> None:
    """Check tree, tfvars, addresses, names and mocks without any cloud; 3 with findings.

    --env, --system and --unit choose whose values are checked; what concerns the tree as a whole always is.
    Reads files; changes nothing; costs nothing.
    """
    from scripts.commands import validate as command
    from scripts.commands.options import Flags, ending

    ending(command.validate)(Flags(env, system, unit, json=json))


@task(help=RUN | {"out": "write the review to a file, too: .md, .html or .json by its ending"})
def plan(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    local: bool = False,
    json: bool = False,
    plain: bool = False,
    parallelism: int = 0,
    out: str = "",
) -> None:
    """Plan, keep the plans and review them: what is lost, replaced, and why; 2 with changes.

    Reads AWS and states; changes nothing but the state bucket, made when there is none; costs nothing.
    """
    from scripts.commands import plan as command
    from scripts.commands.options import Flags, ending

    ending(command.plan)(Flags(env, system, unit, local, json, plain, parallelism=parallelism), out)


@task(
    help=RUN
    | YES
    | {
        "warm": "the warm provider for a real prod, too",
        "plans": "apply the plans that `invoke plan` left in this folder, as .cache/plans/dev-aws",
        "allow": "addresses of resources with data that may go, by commas; globs work",
    }
)
def apply(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    local: bool = False,
    json: bool = False,
    plain: bool = False,
    warm: bool = False,
    yes: bool = False,
    parallelism: int = 0,
    plans: str = "",
    allow: str = "",
) -> None:
    """Validate, plan, review, confirm, apply exactly that, summarise; run it again to continue.

    Reads AWS and states; changes what the review shows; costs what its units cost.

    Applies to a real prod start a provider per unit unless --warm; elsewhere one warm provider serves all.
    """
    from scripts.commands import apply as command
    from scripts.commands.options import Flags, ending

    ending(command.apply)(Flags(env, system, unit, local, json, plain, yes, parallelism), warm, plans, allow)


@task(help=RUN | YES | {"allow": "addresses of resources with data that may go, by commas; globs work"})
def destroy(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    allow: str = "",
    local: bool = False,
    json: bool = False,
    plain: bool = False,
    yes: bool = False,
    parallelism: int = 0,
) -> None:
    """Destroy units in reverse order, after a question. What holds data is refused unless --allow names it.

    Reads states; changes all that the chosen units made; costs the storage of last snapshots.
    """
    from scripts.commands import destroy as command
    from scripts.commands.options import Flags, ending

    ending(command.destroy)(Flags(env, system, unit, local, json, plain, yes, parallelism), allow)


@task(help=SELECT)
def output(
    c: Context, env: str = "", system: str = "", unit: str = "", local: bool = False, json: bool = False
) -> None:
    """Show the outputs of applied units; sensitive values stay hidden.

    Reads states; changes nothing; costs nothing.
    """
    from scripts.commands import outputs as command
    from scripts.commands.options import Flags, ending

    ending(command.show_outputs)(Flags(env, system, unit, local, json))


@task(
    help={
        "all": "everything, also what takes long",
        "coverage": "what the tests leave unshown: of the modules and, without --module, of our Python",
        "mutation": "change each module's defaults, one at a time: some test must fail",
        "module": "one module, as in database/dynamodb",
        "pytest": "further words for pytest",
        "json": "print JSON (with --coverage, --mutation or --load)",
        "requests": "send the request tests to --env, --local or real: writes a few test orders",
        "load": "put a bounded load on the system's first example request in --env",
        "rate": "requests a second of --load (default: 5)",
        "seconds": "how long --load lasts (default: 20)",
        "p95": "milliseconds within which 95 % of --load must be answered (default: 1000)",
    }
    | {name: SELECT[name] for name in ("env", "system", "local")}
)
def test(
    c: Context,
    all: bool = False,
    coverage: bool = False,
    mutation: bool = False,
    module: str = "",
    pytest: str = "",
    json: bool = False,
    requests: bool = False,
    load: bool = False,
    env: str = "",
    system: str = "",
    local: bool = False,
    rate: float = 5.0,
    seconds: float = 20.0,
    p95: float = 1000.0,
) -> None:
    """Run the tests: ten minutes of them, --all, or one module's.

    Reads files; changes an embedded AWS of its own, and with --requests or --load writes orders to --env; costs these.
    """
    from scripts.commands import running_system
    from scripts.commands import test as command
    from scripts.commands.options import Flags, ending

    if requests:
        ending(running_system.requests)(Flags(env, system, local=local), pytest)
    elif load:
        ending(running_system.under_load)(Flags(env, system, local=local, json=json), rate, seconds, p95)
    elif mutation:
        ending(command.mutation)(module, json)
    elif coverage:
        ending(command.coverage)(module, pytest, json)
    else:
        ending(command.test)(all, module, pytest)


@task(help={"json": SELECT["json"]})
def lint(c: Context, json: bool = False) -> None:
    """Check format and rules of HCL and Python; 2 with findings.

    Reads files; changes nothing; costs nothing.
    """
    from scripts.commands import lint as command
    from scripts.commands.options import Flags, ending

    ending(command.lint)(Flags(json=json))


@task(
    help={
        "sizes": "numbers of units, by commas (default: 12,50,120,500,1000)",
        "write": "renew docs/speed.md and its picture",
        "json": SELECT["json"],
    }
)
def bench(c: Context, sizes: str = "", write: bool = False, json: bool = False) -> None:
    """Measure plans of generated trees with and without the warm provider, side by side.

    Reads files; changes nothing but, with --write, docs/speed.md; costs minutes of all cores.
    """
    from scripts.commands import bench as command
    from scripts.commands.options import Flags, ending

    ending(command.bench)(Flags(json=json), sizes, write)


@task(
    help={name: SELECT[name] for name in ("env", "system", "json")}
    | {
        "unit": "instead of git: what a change of these units (a glob) would mean",
        "changed": "instead of git: what a change of these files would mean, by commas",
        "base": "compare with where the work parted from this branch or commit (default: main)",
    }
)
def impact(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    changed: str = "",
    base: str = "main",
    json: bool = False,
) -> None:
    """Say which units your changes make plan again, and why.

    Reads git and files; changes nothing; costs nothing.
    """
    from scripts.commands import impact as command
    from scripts.commands.options import Flags, ending

    ending(command.impact)(Flags(env, system, unit, json=json), base, changed)


@task(
    positional=["name"],
    help={name: SELECT[name] for name in ("env", "system", "unit", "json")}
    | {"name": "a unit, module, variable, output, resource, or what something is called in AWS"},
)
def find(c: Context, name: str, env: str = "", system: str = "", unit: str = "", json: bool = False) -> None:
    """Say where a name is defined, set and used, and what depends on it.

    Reads files; changes nothing; costs nothing.
    """
    from scripts.commands import find as command
    from scripts.commands.options import Flags, ending

    ending(command.find)(Flags(env, system, unit, json=json), name)


@task(
    help=SELECT
    | {
        "out": "write a picture: a file that ends with .svg, .html, .dot or .json",
        "states": "also read which units are applied (credentials, or --local)",
    }
)
def graph(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    out: str = "",
    states: bool = False,
    local: bool = False,
    json: bool = False,
) -> None:
    """Show which unit needs which, and how the last run ended.

    Reads files and, with --states, states; changes nothing but the file of --out; costs nothing.
    """
    from scripts.commands import graph as command
    from scripts.commands.options import Flags, ending

    ending(command.graph)(Flags(env, system, unit, local, json), out, states)


@task(
    help=RUN
    | {
        "waste": "say what might cost less, too",
        "details": "one line for every resource, nothing put together",
    }
)
def cost(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    waste: bool = False,
    details: bool = False,
    local: bool = False,
    json: bool = False,
    plain: bool = False,
    parallelism: int = 0,
) -> None:
    """Estimate a month of the chosen units by a dated price list; 2 over the budget.

    Reads AWS and states for a plan; changes nothing but the state bucket, made when there is none; costs nothing.
    """
    from scripts.commands import cost as command
    from scripts.commands.options import Flags, ending

    flags = Flags(env, system, unit, local, json, plain, parallelism=parallelism)
    ending(command.cost)(flags, waste, details)


@task(help=RUN)
def audit(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    local: bool = False,
    json: bool = False,
    plain: bool = False,
    parallelism: int = 0,
) -> None:
    """Hold plans to Checkov's rules and ours; 2 with findings nobody waived.

    Reads AWS and states for a plan; changes nothing but .cache, where Checkov is installed first; costs nothing.
    """
    from scripts.commands import audit as command
    from scripts.commands.options import Flags, ending

    ending(command.audit)(Flags(env, system, unit, local, json, plain, parallelism=parallelism))


@task(help={"check": "write nothing, only say what is not current", "json": SELECT["json"]})
def docs(c: Context, check: bool = False, json: bool = False) -> None:
    """Renew what is generated: module READMEs, architecture pictures, coverage of the seeds; with --check 2 when old.

    Reads files; changes documents, with --check none; costs nothing.
    """
    from scripts.commands import docs as command
    from scripts.commands.options import Flags, ending

    ending(command.docs)(Flags(json=json), check)


@task(help=RUN)
def drift(
    c: Context,
    env: str = "",
    system: str = "",
    unit: str = "",
    local: bool = False,
    json: bool = False,
    plain: bool = False,
    parallelism: int = 0,
) -> None:
    """Say what was changed in AWS behind Terraform's back; 2 with drift, 1 when a unit cannot be read.

    Reads AWS and states; changes nothing; costs nothing.
    """
    from scripts.commands import drift as command
    from scripts.commands.options import Flags, ending

    ending(command.drift)(Flags(env, system, unit, local, json, plain, parallelism=parallelism))


namespace = Collection(
    *(
        doctor,
        validate,
        plan,
        apply,
        destroy,
        output,
        impact,
        find,
        graph,
        drift,
        cost,
        audit,
        test,
        lint,
        docs,
        bench,
    )
)
for group in (ci, data, local, new, release, secrets, state):
    namespace.add_collection(Collection.from_module(group))
