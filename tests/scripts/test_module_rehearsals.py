"""Which root rehearses a module, and what its second plan may not say."""

from pathlib import Path

import pytest

from scripts import processes
from scripts.commands import test as command
from scripts.local_aws.differences import Difference
from scripts.module_rehearsals import ROOTS, calling, rehearsal_of, roots_of
from scripts.module_tests import known_later_of
from scripts.plans.plan import read_plan
from tests.rehearsal.roots import undeclared

CALL = 'module "{label}" {{\n  source = "{source}"\n}}\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    roots = {
        "messaging/sqs": ["./prerequisites", "./modules/messaging/sqs"],
        "compute/lambda": ["./modules/messaging/sqs", "./modules/compute/lambda"],
        "networking/vpc": ["./modules/networking/vpc", "./modules/networking/subnets"],
        "prerequisites/main": ["./modules/security/kms-key"],
    }
    for root, sources in roots.items():
        file = tmp_path / ROOTS / f"{root}.tf"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            "".join(CALL.format(label=f"m{number}", source=each) for number, each in enumerate(sources))
        )
    return tmp_path


def test_what_the_roots_share_is_no_root(repository: Path) -> None:
    assert roots_of(repository) == ("compute/lambda", "messaging/sqs", "networking/vpc")


@pytest.mark.parametrize(
    ("module", "roots"),
    [
        pytest.param("messaging/sqs", ("messaging/sqs", "compute/lambda"), id="its own first"),
        pytest.param("networking/subnets", ("networking/vpc",), id="called for another"),
        pytest.param("security/kms-key", (), id="a prerequisite is no rehearsal"),
        pytest.param("messaging/sq", (), id="the whole name"),
    ],
)
def test_a_module_is_rehearsed_by_the_roots_that_call_it(
    repository: Path, module: str, roots: tuple[str, ...]
) -> None:
    assert calling(repository, module) == roots


def test_one_rehearsal_is_run_for_a_module(repository: Path) -> None:
    (test,) = rehearsal_of(repository, "messaging/sqs")
    assert test.startswith("tests/rehearsal/test_modules.py::test_") and test.endswith("[messaging/sqs]")
    assert rehearsal_of(repository, "messaging/ses") == ()


@pytest.mark.parametrize(("all_of_it", "rehearsed"), [(True, True), (False, False)])
def test_all_of_one_module_is_its_own_tests_and_its_rehearsal(
    all_of_it: bool, rehearsed: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []
    monkeypatch.setattr(command, "_ready", lambda: None)
    monkeypatch.setattr(processes, "follow", lambda argv, **_: started.extend(argv) or 0)
    assert command.test(all_of_it, "messaging/sqs", "") == 0
    assert "tests/modules/messaging/test_sqs.py" in started
    assert {*known_later_of("messaging/sqs")} <= {*started}
    assert any(word.startswith("tests/rehearsal/test_modules.py::") for word in started) == rehearsed
    assert ("--all --module messaging/sqs" in capsys.readouterr().out) != rehearsed


def changing(actions: list[str], before: object, after: object) -> dict[str, object]:
    change = {"actions": actions, "before": before, "after": after, "after_unknown": {}}
    return {
        "resource_changes": [
            {"address": "aws_example.this", "type": "aws_example", "mode": "managed", "change": change}
        ]
    }


BLOCK = changing(["update"], {"rule": [{"days": 1}]}, {"rule": [{"days": 2}]})


@pytest.mark.parametrize(
    ("document", "attribute", "said"),
    [
        pytest.param(BLOCK, "", ("update aws_example.this: rule[0].days: 1 -> 2",), id="a change"),
        pytest.param(BLOCK, "rule.days", (), id="a declared difference, at any index"),
        pytest.param(
            BLOCK, "rule", ("update aws_example.this: rule[0].days: 1 -> 2",), id="declared as a whole"
        ),
        pytest.param(
            changing(["create"], None, {"rule": []}), "rule", ("create aws_example.this",), id="it is gone"
        ),
        pytest.param(changing(["no-op"], {"a": 1}, {"a": 1}), "", (), id="nothing"),
    ],
)
def test_a_second_plan_says_nothing_but_declared_differences(
    document: dict[str, object], attribute: str, said: tuple[str, ...]
) -> None:
    known = [Difference("aws_example", attribute, "moto", "because")] if attribute else []
    assert undeclared(read_plan("root", document), known) == said
