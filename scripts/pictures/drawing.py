"""A drawing as values: boxes, texts and lines with their places. Who lays out knows no file format, who writes no layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Point = tuple[float, float]

FONT = "Helvetica, Arial, sans-serif"
WIDEST_SIGN = 0.6
"""Of the size: what a sign takes on average in a sans-serif font, on the safe side."""
LINE_HEIGHT = 1.35


@dataclass(frozen=True, slots=True)
class Style:
    """How a box or a line looks."""

    fill: str = "#ffffff"
    stroke: str = "#5b6770"
    dashed: bool = False
    width: float = 1.2
    radius: float = 5.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; *x* is its start or, when centred, its middle, *y* its base line."""

    x: float
    y: float
    text: str
    size: float = 12.0
    bold: bool = False
    colour: str = "#1d2733"
    centred: bool = False

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, on the safe side."""
        wide = text_width(self.text, self.size, self.bold)
        left = self.x - wide / 2 if self.centred else self.x
        return left, self.y - self.size * 0.8, left + wide, self.y + self.size * 0.25


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with texts; *inside* names the box that holds it."""

    name: str
    x: float
    y: float
    width: float
    height: float
    style: Style
    texts: tuple[Text, ...] = ()
    inside: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A way from one box to another through *points*; bent lines are smooth."""

    source: str
    target: str
    points: tuple[Point, ...]
    style: Style
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture."""

    title: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...] = ()

    def every_text(self) -> Iterator[Text]:
        """The texts of the picture and of its boxes."""
        yield from self.texts
        for box in self.boxes:
            yield from box.texts


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide *text* is at most; fonts differ, so nothing is placed by less."""
    return len(text) * size * (WIDEST_SIGN + (0.07 if bold else 0.0))


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of texts that lie over each other."""
    found = []
    texts = sorted(drawing.every_text(), key=lambda text: text.extent[1])
    for number, one in enumerate(texts):
        left, top, right, bottom = one.extent
        for other in texts[number + 1 :]:
            other_left, other_top, other_right, other_bottom = other.extent
            if other_top >= bottom:
                break
            if other_left < right and left < other_right and other_bottom > top:
                found.append((one.text, other.text))
    return found


def sticking_out(drawing: Drawing) -> list[str]:
    """Texts that do not fit into their box, or boxes that do not fit into the picture."""
    found = []
    for box in drawing.boxes:
        if box.x < 0 or box.y < 0 or box.x + box.width > drawing.width or box.y + box.height > drawing.height:
            found.append(box.name)
        for text in box.texts:
            left, top, right, bottom = text.extent
            if left < box.x or right > box.x + box.width or top < box.y or bottom > box.y + box.height:
                found.append(f"{box.name}: {text.text}")
    return found
