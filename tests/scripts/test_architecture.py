"""The pictures of the systems say what the tree says, can be read, and are the ones that are committed."""

from __future__ import annotations

import shutil
from collections import Counter
from xml.etree import ElementTree

import pytest

from scripts.checks.validate import Library
from scripts.commands.docs import docs
from scripts.commands.options import Flags
from scripts.docs import generated, pictures
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from scripts.pictures.architecture import architecture
from scripts.pictures.drawing import Drawing, overlapping, sticking_out
from scripts.pictures.drawio import drawio
from scripts.pictures.svg import svg
from scripts.pictures.system import System, Way, read_system

TREE = read_tree(REPOSITORY)
LIBRARY = Library(REPOSITORY)
SYSTEMS = pictures.systems(TREE)


@pytest.fixture(scope="module")
def drawn() -> dict[str, tuple[System, Drawing]]:
    """Each system and its picture, worked out once."""
    found = {name: read_system(TREE, LIBRARY, name) for name in SYSTEMS}
    return {name: (system, architecture(system)) for name, system in found.items()}


@pytest.mark.parametrize("name", SYSTEMS)
def test_nothing_lies_over_anything_else(drawn, name):
    picture = drawn[name][1]
    assert (overlapping(picture), sticking_out(picture)) == ([], [])


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_unit_is_in_the_picture(drawn, name):
    system, picture = drawn[name]
    boxes = {box.name for box in picture.boxes}
    assert {card.unit for card in system.cards} <= boxes
    assert {line.source for line in picture.lines} | {line.target for line in picture.lines} <= {
        box.name.removeprefix("group ") for box in picture.boxes
    } | boxes


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Everything that is generated as a whole, as it should be today."""
    return dict(generated.texts(TREE))


COMMITTED = [
    *(f"{pictures.FOLDER}/{name}.svg" for name in SYSTEMS),
    *(f"diagrams/{name}.drawio" for name in pictures.IN_DRAWIO),
    f"{pictures.FOLDER}/README.md",
    "docs/comparison.md",
    "docs/seeds/README.md",
]


@pytest.mark.parametrize("path", COMMITTED)
def test_what_is_committed_is_current(texts, path):
    """Renewed by ./invoke docs."""
    assert (REPOSITORY / path).read_text() == texts[path]


def test_nothing_is_generated_that_is_not_looked_at(texts):
    assert set(texts) == set(COMMITTED)


def test_the_page_shows_every_picture(texts):
    page = texts[f"{pictures.FOLDER}/README.md"]
    assert all(f"![{name}]({name}.svg)" in page for name in SYSTEMS)


def test_a_system_is_drawn_as_prod_has_it(drawn):
    system = drawn["order-analytics"][0]
    assert (system.environment, system.network.cidr) == ("prod", "10.12.0.0/16")
    assert list(system.network.tiers["private"]) == ["us-east-1a", "us-east-1b", "us-east-1c"]
    cards = {card.name: card for card in system.cards}
    assert [kind.names for kind in cards["storage"].kinds if kind.type == "aws_dynamodb_table"] == [
        ("orders",)
    ]
    assert cards["api-ingestion"].tiers == ("private",)
    assert cards["notification"].tiers == ()
    assert cards["monitoring"].outside == ("platform/alerts",)


def test_the_ways_are_those_of_the_security_groups(drawn):
    system = drawn["order-analytics"][0]
    assert Way("order-processor", "dynamodb endpoint", ("tcp 443",)) in system.ways
    assert not [way for way in system.ways if way.target in ("order-processor", "report-generator")]
    assert system.members["report-generator"] == ("event-processing",)


def test_another_rule_is_another_way(tmp_path):
    for name in ("live", "modules", "functions"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("terragrunt.hcl", ".terraform.lock.hcl"):
        shutil.copy2(REPOSITORY / name, tmp_path / name)
    file = tmp_path / "live/_units/order-analytics/foundation.hcl"
    old = 'from_port = 443, gateway_endpoint = "s3"'
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, 'from_port = 8443, cidr_ipv4 = "0.0.0.0/0"'))
    tree = read_tree(tmp_path)
    changed = read_system(tree, Library(tree.repo), "order-analytics")
    assert Way("report-generator", "to anywhere", ("tcp 8443",)) in changed.ways
    assert not [way for way in changed.ways if way.target == "s3 endpoint"]


@pytest.mark.parametrize("name", SYSTEMS)
def test_draw_io_gets_cells_that_hold_together(drawn, name):
    picture = drawn[name][1]
    root = ElementTree.fromstring(drawio(picture, name)).find("diagram/mxGraphModel/root")
    cells = {cell.get("id"): cell for cell in root}
    assert len(cells) == len(root)
    for cell in list(root)[1:]:
        assert cell.get("parent") in cells
    edges = [cell for cell in root if cell.get("edge")]
    assert len(edges) == len(picture.lines)
    assert all(cells[cell.get(end)].get("vertex") for cell in edges for end in ("source", "target"))
    values = Counter(cell.get("value") for cell in root)
    assert all(values[text.text] for text in picture.every_text())


def test_a_picture_is_a_valid_document(drawn):
    for _, picture in drawn.values():
        ElementTree.fromstring(svg(picture))


def test_a_document_that_is_not_current_is_told_and_renewed(tmp_path, monkeypatch, capsys):
    """Only what differs is written, so that a second run has nothing to do."""
    written = {"docs/architecture/a.svg": "<svg/>\n", "docs/architecture/README.md": "# a\n"}
    monkeypatch.setattr(generated, "texts", lambda tree: iter(written.items()))
    monkeypatch.setattr(generated, "module_paths", lambda repo: ())
    (tmp_path / "live").mkdir()
    (tmp_path / "docs/architecture").mkdir(parents=True)
    (tmp_path / "docs/architecture/README.md").write_text("# a\n")
    monkeypatch.setenv("STAGECRAFT_TREE", str(tmp_path))
    assert docs(Flags(), True) == 2
    assert "docs/architecture/a.svg: is not current; run ./invoke docs." in capsys.readouterr().err
    assert docs(Flags(), False) == 0
    assert capsys.readouterr().out == "wrote docs/architecture/a.svg\n"
    assert (docs(Flags(), True), docs(Flags(), False)) == (0, 0)
