"""Pictures can be read: nothing lies over anything else, and the same tree gives the same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.checks.finding import Refused
from scripts.commands.graph import graph
from scripts.commands.options import Flags
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from scripts.pictures import units as pictures
from scripts.pictures.drawing import Box, Drawing, Style, Text, overlapping, sticking_out
from scripts.pictures.layers import Node, layered, ranks, reduced
from scripts.pictures.svg import page, svg
from tests.scripts.scratch import QUEUE, build

KEY = "live/dev/us-east-1/platform/key"


@st.composite
def graphs(draw):
    """A graph without circles: edges lead from an earlier node to a later one."""
    count = draw(st.integers(1, 14))
    pairs = [(one, two) for two in range(count) for one in range(two)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=30)) if pairs else []
    nodes = [Node(f"n{n}", draw(st.integers(20, 200)), draw(st.integers(10, 60))) for n in range(count)]
    return nodes, [(f"n{one}", f"n{two}") for one, two in chosen]


@given(graphs())
def test_no_two_boxes_touch_and_every_edge_leads_to_the_right(graph):
    nodes, edges = graph
    layout = layered(nodes, edges)
    sizes = {node.name: node for node in nodes}
    spots = [(*layout.places[name], sizes[name].width, sizes[name].height) for name in sizes]
    for number, (x, y, wide, high) in enumerate(spots):
        for other_x, other_y, other_wide, other_high in spots[number + 1 :]:
            apart = x + wide <= other_x or other_x + other_wide <= x
            assert apart or y + high <= other_y + 0.01 or other_y + other_high <= y + 0.01
    for source, target in edges:
        assert layout.places[source][0] + sizes[source].width < layout.places[target][0]


@given(graphs())
def test_the_points_of_a_long_edge_lie_in_no_box(graph):
    nodes, edges = graph
    layout = layered(nodes, edges)
    for points in layout.bends.values():
        for x, y in points:
            for node in nodes:
                left, top = layout.places[node.name]
                assert not (left < x < left + node.width and top < y < top + node.height)


@given(graphs())
def test_what_is_left_out_is_still_reached_another_way(graph):
    nodes, edges = graph
    kept = reduced(edges)
    assert set(kept) <= set(edges)
    names = [node.name for node in nodes]
    assert ranks(names, kept) == ranks(names, edges)


def test_only_what_a_longer_way_says_is_left_out():
    assert reduced([("a", "b"), ("b", "c"), ("a", "c"), ("a", "d")]) == (("a", "b"), ("a", "d"), ("b", "c"))


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_the_graph_of_every_environment_can_be_read(environment):
    units = read_tree(REPOSITORY).select(environment)
    drawn = pictures.drawing("all", units, {})
    assert (overlapping(drawn), sticking_out(drawn)) == ([], [])
    assert svg(drawn) == svg(pictures.drawing("all", units, {}))


def test_texts_that_lie_over_each_other_are_found():
    texts = (Text(0, 10, "one word"), Text(20, 12, "another"), Text(0, 40, "far below"))
    assert overlapping(Drawing("x", 100, 100, (), (), texts)) == [("one word", "another")]


def test_a_text_wider_than_its_box_is_found():
    box = Box("narrow", 0, 0, 20, 20, Style(), (Text(2, 12, "wider than that"),))
    assert sticking_out(Drawing("x", 100, 100, (box,), ())) == ["narrow: wider than that"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    root = tmp_path_factory.mktemp("graph")
    return read_tree(build(root))


def report(root, *rows: tuple[str, str]) -> None:
    folder = root / ".cache/runs/dev-rehearsal"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(
        json.dumps([{"Name": name, "Result": result} for name, result in rows])
    )


def test_a_units_colour_says_how_the_last_run_ended(tree, monkeypatch, tmp_path):
    monkeypatch.setenv("STAGECRAFT_TREE", str(tree.repo))
    report(tree.repo, ("us-east-1/platform/key", "succeeded"), ("us-east-1/shop/queue", "failed"))
    out = tmp_path / "graph.svg"
    assert graph(Flags(env="dev", local=True), str(out), False) == 0
    image = ElementTree.fromstring(out.read_text())
    group = {found.get("data-name"): found for found in image.iter("{http://www.w3.org/2000/svg}g")}
    fills = {
        name: found.find("{http://www.w3.org/2000/svg}rect").get("fill") for name, found in group.items()
    }
    assert (fills[KEY], fills[QUEUE]) == (pictures.STYLES["done"].fill, pictures.STYLES["failed"].fill)


def test_a_run_elsewhere_says_nothing_of_this_one(tree, monkeypatch, capsys):
    """The rehearsal's last run is no news of the account."""
    monkeypatch.setenv("STAGECRAFT_TREE", str(tree.repo))
    report(tree.repo, ("us-east-1/platform/key", "succeeded"))
    assert graph(Flags(env="dev", json=True), "", False) == 0
    said = json.loads(capsys.readouterr().out)
    assert {unit["status"] for unit in said["units"]} == {"unknown"}
    assert said["layers"] == [[KEY], [QUEUE]]


def test_dot_has_every_dependency(tree):
    text = pictures.dot("dev", tree.select("dev"), {KEY: "applied"})
    assert f'"{KEY}" -> "{QUEUE}";' in text
    assert f'"{KEY}" [label="platform/key", fillcolor="{pictures.STYLES["applied"].fill}"' in text


def test_a_page_stands_alone(tree):
    text = page(pictures.drawing("dev", tree.select("dev"), {}))
    assert text.startswith("<!doctype html>") and "<?xml" not in text
    assert re.findall(r'(?:src|href)="|https?://(?!www\.w3\.org/2000/svg)|@import', text) == []


def test_a_hostile_name_stays_text(tree):
    (unit, *_) = tree.select("dev")
    hostile = replace(unit, name='<script>"&')
    image = svg(pictures.drawing("<b>", [hostile, *tree.select("prod")], {}))
    assert "<script>" not in image and "<b>" not in image
    ElementTree.fromstring(image)


def test_a_format_nobody_knows_is_refused():
    with pytest.raises(Refused, match=r"--out: a picture is written as \.dot, \.html, \.json, \.svg"):
        graph(Flags(env="dev"), "graph.png", False)
