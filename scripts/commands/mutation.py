"""invoke test --mutation"""

from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from scripts import output, toolchain
from scripts.commands import options
from scripts.machine import REPOSITORY
from scripts.mutation.run import REFUSED, SURVIVED, Outcome, Suite, copies, run
from scripts.warm_provider import WarmProvider


def mutation(tests: Mapping[str, Sequence[str]], json: bool = False) -> int:
    """Change each default of these modules once; 1 when no test notices a change, by module path and test files.

    Verdicts on modules that did not change since, tests included, are taken from .cache/mutation.
    """
    # Forked children find these loaded: half of what a mutant would cost.
    from scripts.mutation.examples import examples, run_examples
    from scripts.mutation.verdict import run_tests

    shared = [REPOSITORY / "tests/modules" / name for name in ("conftest.py", "planner.py", "refusals.py")]
    shared.append(REPOSITORY / "scripts/mutation/mutants.py")
    suite = Suite(REPOSITORY, tests, shared, REPOSITORY / ".cache" / "mutation")
    offline = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_REGION": "us-east-1"}
    with (
        tempfile.TemporaryDirectory() as folder,
        WarmProvider.start(
            provider=toolchain.provider_binary(),
            environment={**toolchain.environment(os.environ), **offline},
            units=examples.roots(Path(folder) / "roots"),
            state_types=None,
            cache=REPOSITORY / ".cache" / "warm",
            say=output.say,
        ) as warm,
    ):
        trees = copies(REPOSITORY, Path(folder), os.cpu_count() or 1)
        ask = functools.partial(run_tests, warm.directory)
        outcomes = run(suite, trees, ask, output.say, functools.partial(run_examples, warm.directory))
    _show(outcomes, json)
    return options.FAILED if any(one.result == SURVIVED for one in outcomes) else options.FINE


def _show(outcomes: Sequence[Outcome], json: bool) -> None:
    alive = [one for one in outcomes if one.result == SURVIVED]
    if json:
        output.emit_json([asdict(one) for one in outcomes])
        return
    for one in alive:
        output.result(f"{one.place}: {one.name} = {one.new} instead of {one.old}, and no test fails")
    refused = sum(one.result == REFUSED for one in outcomes)
    output.result(
        f"{len(outcomes)} defaults changed, one at a time: {len(outcomes) - len(alive)} noticed by the module's tests "
        f"({refused} of them because the module refuses every other value), {len(alive)} not."
    )
