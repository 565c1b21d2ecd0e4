"""A drawing as SVG, and as a page that stands alone; the same drawing always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from scripts.pictures.drawing import FONT, Box, Drawing, Line, Style, Text

ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto-start-reverse"><path d="M0,0 L8,4 L0,8 z" fill="#5b6770"/></marker></defs>'
)
_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
  body {{ margin: 0; font: 14px {font}; color: #1d2733; }}
  main {{ overflow: auto; padding: 12px; }}
  svg {{ max-width: none; height: auto; }}
  .far {{ opacity: 0.15; }}
  :root {{ color-scheme: light dark; }}
  /* Light becomes dark and each colour keeps its hue, so that the SVG itself stays one for all. */
  @media (prefers-color-scheme: dark) {{ body {{ background: #191919; }} svg {{ filter: invert(0.9) hue-rotate(180deg); }} }}
</style>
<main>
{svg}
</main>
<script>
  // Point at a box: what it is joined to stays, the rest fades.
  const lines = [...document.querySelectorAll("path[data-source]")];
  const boxes = [...document.querySelectorAll("g[data-name]")];
  function show(name) {{
    const near = new Set([name]);
    for (const line of lines) {{
      const joined = line.dataset.source === name || line.dataset.target === name;
      if (joined) near.add(line.dataset.source).add(line.dataset.target);
      line.classList.toggle("far", name !== null && !joined);
    }}
    for (const box of boxes) box.classList.toggle("far", name !== null && !near.has(box.dataset.name));
  }}
  const joined = new Set(lines.flatMap((line) => [line.dataset.source, line.dataset.target]));
  for (const box of boxes.filter((box) => joined.has(box.dataset.name))) {{
    box.addEventListener("mouseenter", () => show(box.dataset.name));
    box.addEventListener("mouseleave", () => show(null));
  }}
</script>
</html>
"""


def page(drawing: Drawing) -> str:
    """One file that needs nothing else."""
    return _PAGE.format(title=escape(drawing.title), font=FONT, svg=svg(drawing).partition("\n")[2].rstrip())


def svg(drawing: Drawing) -> str:
    """The drawing as an SVG file."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *_lines(drawing), ""])


def _lines(drawing: Drawing) -> Iterator[str]:
    wide, high = _number(drawing.width), _number(drawing.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        f'font-family="{FONT}" role="img" aria-label="{escape(drawing.title)}">'
    )
    yield f"<title>{escape(drawing.title)}</title>"
    yield ARROW
    yield f'<rect width="{wide}" height="{high}" fill="#ffffff"/>'
    # Frames first, then lines, so that no line hides behind a frame and none crosses a text.
    inner = {box.inside for box in drawing.boxes}
    yield from (_box(box) for box in drawing.boxes if box.name in inner)
    yield from map(_path, drawing.lines)
    yield from (_box(box) for box in drawing.boxes if box.name not in inner)
    yield from map(_text, drawing.texts)
    yield "</svg>"


def _box(box: Box) -> str:
    style = box.style
    shape = (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}" rx="{_number(style.radius)}" {_look(style)}/>'
    )
    hint = f"<title>{escape(box.hint)}</title>" if box.hint else ""
    return f'<g data-name="{escape(box.name)}">{hint}{shape}{"".join(map(_text, box.texts))}</g>'


def _look(style: Style) -> str:
    dashes = ' stroke-dasharray="5 4"' if style.dashed else ""
    return f'fill="{style.fill}" stroke="{style.stroke}" stroke-width="{_number(style.width)}"{dashes}'


def _text(text: Text) -> str:
    weight = ' font-weight="bold"' if text.bold else ""
    anchor = ' text-anchor="middle"' if text.centred else ""
    return (
        f'<text x="{_number(text.x)}" y="{_number(text.y)}" font-size="{_number(text.size)}" '
        f'fill="{text.colour}"{weight}{anchor}>{escape(text.text)}</text>'
    )


def _path(line: Line) -> str:
    hint = f"<title>{escape(line.hint)}</title>" if line.hint else ""
    look = _look(line.style)
    return (
        f'<path d="{way(line.points)}" {look} marker-end="url(#arrow)" data-source="{escape(line.source)}" '
        f'data-target="{escape(line.target)}">{hint}</path>'
    )


def way(points: Sequence[tuple[float, float]]) -> str:
    """Smooth from point to point: it leaves and arrives level."""
    (x, y), *rest = points
    parts = [f"M{_number(x)},{_number(y)}"]
    for to_x, to_y in rest:
        middle = _number((x + to_x) / 2)
        level = abs(y - to_y) < 0.05
        parts.append(
            f"L{_number(to_x)},{_number(to_y)}"
            if level or abs(x - to_x) < 0.05
            else f"C{middle},{_number(y)} {middle},{_number(to_y)} {_number(to_x)},{_number(to_y)}"
        )
        x, y = to_x, to_y
    return " ".join(parts)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
