"""Every line of a seed has an answer, every answer exists, and the page says what the files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.docs.seed_coverage import PAGE, SYSTEMS, main, outdated, page, read, read_all, wrong

REPOSITORY = Path(__file__).resolve().parents[2]
COVERAGES = read_all(REPOSITORY)
HEAD = 'seed = "shop"\n[[line]]\nsection = "Networking"\n'


@pytest.fixture
def found(tmp_path):
    """The findings of a project with one unit, one module, one test and this file."""
    for file, text in {
        "live/_units/shop/network.hcl": "",
        "modules/networking/vpc/variables.tf": "",
        "tests/test_network.py": "def test_the_network_stands():\n    pass\n",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)

    def look(text):
        place = tmp_path / "docs/seeds/shop.toml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return [str(finding) for finding in wrong(tmp_path, [read(tmp_path, place)])]

    return look


@pytest.mark.parametrize("coverage", COVERAGES, ids=lambda coverage: coverage.seed)
def test_every_line_is_built_or_has_its_reason(coverage):
    assert [str(finding) for finding in wrong(REPOSITORY, [coverage])] == []


def test_the_page_is_current():
    assert [str(finding) for finding in outdated(REPOSITORY)] == []


def test_each_seed_is_one_of_the_systems_or_what_they_share():
    assert {coverage.seed for coverage in COVERAGES} <= {*SYSTEMS, "platform"}
    assert {coverage.seed for coverage in COVERAGES} >= {"order-analytics", "platform", "pyshop"}


def test_a_line_with_a_unit_a_module_and_a_test_is_fine(found):
    line = 'says = "VPC"\nunits = ["shop/network"]\nmodules = ["networking/vpc"]\n'
    assert found(HEAD + line + 'tests = ["tests/test_network.py::test_the_network_stands"]\n') == []


def test_a_line_with_a_reason_alone_is_fine(found):
    assert found(HEAD + 'says = "Elasticsearch"\nreason = "OpenSearch is what AWS calls it now."\n') == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(
            'says = "VPC"\n', '2: "VPC" has no unit, module or test, and no reason why not', id="open"
        ),
        pytest.param('says = "VPC"\nunits = []\n', "no reason why not", id="an empty list"),
        pytest.param('says = "VPC"\nreason = "  "\n', "no reason why not", id="an empty reason"),
        pytest.param('reason = "x"\n', "needs the seed's section and what it says", id="nothing said"),
        pytest.param(
            'says = "VPC"\nunits = ["shop/netwerk"]\n', 'did you mean "shop/network"?', id="no such unit"
        ),
        pytest.param(
            'says = "VPC"\nmodules = ["networking/vpcs"]\n',
            'did you mean "networking/vpc"?',
            id="no such module",
        ),
        pytest.param(
            'says = "VPC"\ntests = ["tests/test_netwerk.py"]\n',
            "there is no file of the test",
            id="no such file",
        ),
        pytest.param(
            'says = "VPC"\ntests = ["tests/test_network.py::test_the_network_stand"]\n',
            'did you mean "test_the_network_stands"?',
            id="no such test",
        ),
        pytest.param(
            'says = "VPC"\nunit = ["shop/network"]\nreason = "x"\n',
            'did you mean "units"?',
            id="a misspelt key",
        ),
    ],
)
def test_a_line_without_a_true_answer_is_told_with_its_place(found, line, message):
    (text,) = found(HEAD + line)
    assert text.startswith("docs/seeds/shop.toml:2: ")
    assert message in text


def test_a_seed_has_the_name_of_its_file(found):
    assert found('seed = "shopp"\n')[0].startswith("docs/seeds/shop.toml:1: ")


def test_the_page_shows_what_builds_and_what_shows_each_line():
    (pyshop,) = [coverage for coverage in COVERAGES if coverage.seed == "pyshop"]
    text = page([pyshop])
    assert "| [pyshop/network](../../live/_units/pyshop/network.hcl) |" in text
    assert "[the network has the seeds addresses in two zones](../../tests/modules/systems/" in text
    assert "Not written down yet: commerce, bookstore, order-analytics, storefront." in text


def test_check_says_what_is_wrong_and_writes_nothing(capsys):
    before = (REPOSITORY / PAGE).read_bytes()
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == "Every line of every seed has an answer.\n"
    assert (REPOSITORY / PAGE).read_bytes() == before
