"""The pictures of the systems, computed from the tree: docs/architecture, and one that draw.io opens."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.checks.validate import Library
from scripts.live.tree import Tree
from scripts.pictures.architecture import architecture
from scripts.pictures.drawio import drawio
from scripts.pictures.svg import svg
from scripts.pictures.system import read_system

FOLDER = "docs/architecture"
IN_DRAWIO = ("commerce",)
"""The seed of these has a draw.io file."""

_PAGE = """\
# Architecture

Each picture is computed from the live tree and its modules (`./invoke docs`); nobody draws them. They show what prod
has, because there a system is complete. Boxes are units, the rows in them what AWS will hold; the lists of rules below
come from the security groups themselves.

"""


def files(tree: Tree, system: str) -> Iterator[tuple[str, str]]:
    """Path and text of each picture of *system*."""
    drawn = architecture(read_system(tree, Library(tree.repo), system))
    yield f"{FOLDER}/{system}.svg", svg(drawn)
    if system in IN_DRAWIO:
        yield f"diagrams/{system}.drawio", drawio(drawn, system)


def systems(tree: Tree) -> tuple[str, ...]:
    """The systems that have a picture: all of them."""
    return tuple(sorted({unit.system for unit in tree.units}))


def page(tree: Tree) -> tuple[str, str]:
    """The page that shows all pictures."""
    shown = "\n".join(f"## {name}\n\n![{name}]({name}.svg)\n" for name in systems(tree))
    also = ", ".join(f"[{name}](../../diagrams/{name}.drawio)" for name in IN_DRAWIO if name in systems(tree))
    drawn = f"For draw.io: {also}.\n\n" if also else ""
    return f"{FOLDER}/README.md", _PAGE + drawn + shown
