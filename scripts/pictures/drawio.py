"""A drawing as a draw.io file: boxes in boxes, arrows that stay joined when somebody moves a box.

https://www.drawio.com/doc/faq/format-drawio: an mxGraphModel in plain text, one mxCell a box or arrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from scripts.pictures.drawing import Box, Drawing, Line, Style, Text


def drawio(drawing: Drawing, name: str) -> str:
    """The file: one page called *name*."""
    file = Element("mxfile", {"host": "stagecraft", "version": "1"})
    diagram = SubElement(file, "diagram", {"id": name, "name": name})
    size = {"pageWidth": _number(drawing.width), "pageHeight": _number(drawing.height)}
    model = SubElement(diagram, "mxGraphModel", {"grid": "0", "page": "1", "math": "0", **size})
    root = SubElement(model, "root")
    SubElement(root, "mxCell", {"id": "0"})
    SubElement(root, "mxCell", {"id": "1", "parent": "0"})
    cells = {box.name: f"box {number}" for number, box in enumerate(drawing.boxes)}
    places = {box.name: box for box in drawing.boxes}
    # Lines first: what comes later lies above.
    for number, line in enumerate(drawing.lines):
        root.append(_edge(f"line {number}", line, cells))
    for box in drawing.boxes:
        root.extend(_vertex(cells, places, box))
    for number, text in enumerate(drawing.texts):
        root.append(_label(f"text {number}", text, "1", 0, 0))
    ElementTree.indent(file)
    return ElementTree.tostring(file, encoding="unicode") + "\n"


def _vertex(cells: Mapping[str, str], places: Mapping[str, Box], box: Box) -> Iterator[Element]:
    outer = places.get(box.inside)
    left, top = (outer.x, outer.y) if outer else (0.0, 0.0)
    cell = Element(
        "mxCell",
        {
            "id": cells[box.name],
            "value": "",
            "style": f"{_look(box.style)}html=0;",
            "vertex": "1",
            "parent": cells[outer.name] if outer else "1",
        },
    )
    _geometry(cell, box.x - left, box.y - top, box.width, box.height)
    yield cell
    for number, text in enumerate(box.texts):
        yield _label(f"{cells[box.name]} text {number}", text, cells[box.name], box.x, box.y)


def _label(name: str, text: Text, parent: str, left: float, top: float) -> Element:
    start, above, end, below = text.extent
    weight = "fontStyle=1;" if text.bold else ""
    style = (
        f"text;html=0;align=left;verticalAlign=middle;whiteSpace=nowrap;fontSize={_number(text.size)};"
        f"fontColor={text.colour};{weight}strokeColor=none;fillColor=none;spacing=0;"
    )
    cell = Element(
        "mxCell", {"id": name, "value": text.text, "style": style, "vertex": "1", "parent": parent}
    )
    _geometry(cell, start - left, above - top, end - start, below - above)
    return cell


def _edge(name: str, line: Line, cells: Mapping[str, str]) -> Element:
    style = "edgeStyle=none;curved=1;exitX=1;exitY=0.5;entryX=0;entryY=0.5;endArrow=block;endSize=4;html=0;"
    cell = Element(
        "mxCell",
        {
            "id": name,
            "value": "",
            "style": f"{style}strokeColor={line.style.stroke};",
            "edge": "1",
            "parent": "1",
            "source": cells[line.source],
            "target": cells[line.target],
        },
    )
    geometry = SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    if len(line.points) > 2:
        points = SubElement(geometry, "Array", {"as": "points"})
        for x, y in line.points[1:-1]:
            SubElement(points, "mxPoint", {"x": _number(x), "y": _number(y)})
    return cell


def _geometry(cell: Element, x: float, y: float, width: float, height: float) -> None:
    place = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
    SubElement(cell, "mxGeometry", {**place, "as": "geometry"})


def _look(style: Style) -> str:
    dashes = "dashed=1;" if style.dashed else ""
    rounded = "rounded=1;arcSize=4;" if style.radius else "rounded=0;"
    stroke = f"strokeColor={style.stroke};strokeWidth={_number(style.width)};"
    return f"{rounded}fillColor={style.fill};{stroke}{dashes}container=0;"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
