"""Each command that a document says to type works as it is written."""

import pytest

from scripts.machine import REPOSITORY
from scripts.processes import Finished
from tests.checkout import Checkout, command_blocks
from tests.rehearsal.test_dev import PLAIN_TERRAGRUNT

TESTS = "./invoke test\n"  # this very run; running it inside itself would never end
RUN_BY_OTHERS = {TESTS, command_blocks(REPOSITORY / "README.md")[0], PLAIN_TERRAGRUNT}
DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
RUNBOOKS = sorted((REPOSITORY / "docs" / "runbooks").glob("*.md"))
BLOCKS = [
    pytest.param(
        block,
        id=f"{document.relative_to(REPOSITORY)}:{number}",
        marks=[pytest.mark.slow] if document in RUNBOOKS else [],
    )
    for document in [*DOCUMENTS, *RUNBOOKS]
    for number, block in enumerate(command_blocks(document))
    if block not in RUN_BY_OTHERS
]


def test_the_readme_begins_with_two_commands() -> None:
    first, second = command_blocks(REPOSITORY / "README.md")[:2]
    assert first.startswith("./invoke apply --env dev --local")
    assert second == TESTS


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_ends_well(checkout: Checkout, order_analytics: Finished, block: str) -> None:
    finished = checkout.type(block)
    assert finished.code == 0, finished.out + finished.err
