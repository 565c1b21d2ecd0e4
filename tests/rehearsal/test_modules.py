"""Every module by itself on the embedded AWS: applied, stable, gone again.

The roots of tests/rehearsal/modules are rehearsed side by side on one server, since most of their time is waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from scripts import toolchain
from scripts.local_aws import lifecycle
from scripts.local_aws.differences import read
from scripts.machine import REPOSITORY
from scripts.module_rehearsals import TEST, calling, roots_of
from scripts.module_tests import module_names
from scripts.warm_provider import WarmProvider
from tests.rehearsal.roots import Rehearsed, Stage, environment_of, lay_out

AT_ONCE = 6
SLOWEST = (
    "database/opensearch",
    "patterns/search",
    "database/rds-postgres",
    "patterns/static-site",
    "security/waf",
    "patterns/postgres",
)
"""These wait for minutes whatever else happens, so they begin first."""

ROOTS = roots_of(REPOSITORY)


@pytest.fixture(scope="module")
def rehearsals(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Rehearsed]]]:
    """What becomes of each root that is asked for, on an embedded AWS of their own."""
    asked = {item.callspec.params["root"] for item in request.session.items if item.originalname == TEST}
    place = tmp_path_factory.mktemp("modules")
    folders = {root: lay_out(root, place / "roots" / root) for root in ROOTS if root in asked}
    home = place / "aws"
    environment = environment_of(lifecycle.start(home).url)
    # The provider ends before the threads: whoever stops in the middle would wait for its waits otherwise.
    with (
        ThreadPoolExecutor(AT_ONCE) as threads,
        WarmProvider.start(
            provider=toolchain.provider_binary(),
            environment=environment,
            units=folders,
            state_types=None,
            cache=REPOSITORY / ".cache" / "warm",
            say=print,
        ) as warm,
    ):
        stage = Stage(warm, environment, read())
        order = sorted(folders, key=lambda root: (root not in SLOWEST, root))
        yield {root: threads.submit(stage.rehearse, root, folders[root]) for root in order}
        threads.shutdown(wait=False, cancel_futures=True)
    lifecycle.stop(home)


@pytest.mark.slow
@pytest.mark.parametrize("root", ROOTS)
def test_it_is_applied_changes_nothing_the_second_time_and_goes_without_a_trace(root, rehearsals) -> None:
    rehearsed = rehearsals[root].result()
    assert rehearsed.made > 0
    assert rehearsed.again == ()
    assert rehearsed.left == ()


@pytest.mark.parametrize("module", module_names(REPOSITORY))
def test_every_module_has_a_root_that_calls_it(module) -> None:
    assert calling(REPOSITORY, module), f"write tests/rehearsal/modules/{module}.tf"
