"""invoke graph"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from scripts import output, runs
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.live.units import Unit
from scripts.pictures import units as pictures
from scripts.pictures.svg import page, svg
from scripts.target import choose

FORMATS = (".svg", ".html", ".dot", ".json")


def graph(flags: Flags, out: str, states: bool) -> int:
    """Show which unit needs which: in layers as text, or as a picture in the file --out. Reads files only.

    With *states* the states are read, too, so credentials or --local are needed.
    """
    options.out_file(out, FORMATS, "a picture")
    tree = options.tree()
    environment, units = choose(tree, flags.env, flags.system, flags.unit)
    status = _status(tree.repo, flags)
    if states:
        status |= _applied(flags)
    title = f"{environment.name}: {', '.join(dict.fromkeys(unit.system for unit in units))}"
    if flags.json:
        output.emit_json(pictures.as_json(units, status))
    elif out:
        Path(out).write_text(_written(Path(out).suffix, title, units, status))
        output.result(f"wrote {out}: {len(units)} units in {len(pictures.layers(units))} layers")
    else:
        rows = [
            [str(number), path.removeprefix("live/"), status.get(path, "")]
            for number, layer in enumerate(pictures.layers(units), 1)
            for path in layer
        ]
        output.table("", ("#", "unit", "last run"), rows)
        output.result(
            f"{len(units)} units; each layer waits for those before it. A picture: --out graph.html"
        )
    return options.FINE


def _status(repo: Path, flags: Flags) -> dict[str, str]:
    """What the last run here said of the units."""
    where = "rehearsal" if flags.local else "aws"
    report = repo / ".cache" / "runs" / f"{flags.env}-{where}" / "report.json"
    return pictures.last_run(report, f"live/{flags.env}")


def _applied(flags: Flags) -> dict[str, str]:
    """Which units have a state with resources."""
    target = options.target(flags)
    found = runs.read_states(target, target.units)
    return {
        path: "applied" if state is not None and state.addresses else "not applied"
        for path, state in found.items()
    }


def _written(suffix: str, title: str, units: Sequence[Unit], status: dict[str, str]) -> str:
    if suffix == ".dot":
        return pictures.dot(title, units, status)
    if suffix == ".json":
        return json.dumps(pictures.as_json(units, status), indent=2, sort_keys=True) + "\n"
    drawn = pictures.drawing(title, units, status)
    return svg(drawn) if suffix == ".svg" else page(drawn)
