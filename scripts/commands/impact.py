"""invoke impact"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import PurePosixPath

from scripts import output
from scripts.checks.finding import Refused, finding
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.impact.snapshot import Snapshot, base_commit, changed_files, snapshot_of
from scripts.impact.spread import GONE, PERHAPS, PLANS, UNTOUCHED, Impact, impact_of_files, impact_of_units
from scripts.live.tree import Tree

STYLES = {PLANS: "bold", PERHAPS: "", UNTOUCHED: "dim", GONE: "red"}


def impact(flags: Flags, base: str, changed: str) -> int:
    """Say which units a change makes plan again, and why; reads git and files, starts no Terraform."""
    tree = options.tree()
    if tree.problems:
        raise Refused(tree.problems)
    # Environments share no unit, so one can be looked at alone.
    tree = replace(tree, units=tree.select(flags.env or None))
    shown = {unit.path for unit in tree.select(flags.env or None, flags.system or None)}
    found = _found(tree, flags, base, changed)
    effects = [
        effect
        for effect in found.effects
        if effect.unit in shown or (effect.effect == GONE and f"/{flags.env}" in effect.unit)
    ]
    if flags.json:
        output.emit_json(
            {
                "files": list(found.files),
                "without_effect": list(found.without_effect),
                "units": [
                    {
                        "unit": effect.unit,
                        "effect": effect.effect,
                        "why": [list(chain) for chain in effect.why],
                    }
                    for effect in effects
                ],
            }
        )
        return options.FINE
    rows = [
        [
            effect.unit.removeprefix("live/"),
            effect.effect,
            " -> ".join(effect.why[0]) + _more(len(effect.why)),
        ]
        for order in (PLANS, PERHAPS, UNTOUCHED, GONE)
        for effect in effects
        if effect.effect == order
    ]
    if rows:
        output.table("", ("unit", "effect", "why"), rows, [STYLES[row[1]] for row in rows])
    output.result(sentence(found, len(shown)))
    for file in found.without_effect:
        output.say(f"no unit notices {file}")
    return options.FINE


def _found(tree: Tree, flags: Flags, base: str, changed: str) -> Impact:
    now = Snapshot.at(tree)
    if flags.unit:
        return impact_of_units(now, tree.select(flags.env or None, flags.system or None, flags.unit))
    if changed:
        return impact_of_files(now, None, _named_files(tree, changed))
    commit = base_commit(tree.repo, base)
    files = changed_files(tree.repo, commit)
    if not files:
        return Impact((), (), ())
    with snapshot_of(tree.repo, commit) as before:
        return impact_of_files(now, before, files)


def _named_files(tree: Tree, changed: str) -> list[str]:
    """The files of --changed, relative to the repository."""
    words = [word.strip() for word in changed.split(",") if word.strip()]
    files = [PurePosixPath(os.path.normpath(word)).as_posix() for word in words]
    missing = [file for file in files if file.startswith("..") or not (tree.repo / file).exists()]
    if missing:
        message = f'there is no "{missing[0]}" in this checkout; name files from its root.'
        raise Refused([finding("--changed", 0, "unknown-file", message, missing[0])])
    return [
        inner
        for file in files
        for inner in (
            [
                path.relative_to(tree.repo).as_posix()
                for path in sorted((tree.repo / file).rglob("*"))
                if path.is_file()
            ]
            if (tree.repo / file).is_dir()
            else [file]
        )
    ]


def _more(chains: int) -> str:
    return f" (and {chains - 1} more)" if chains > 1 else ""


def sentence(found: Impact, total: int) -> str:
    """The answer in one line."""
    plans, perhaps = len(found.of(PLANS)), len(found.of(PERHAPS))
    if not found.effects:
        return f"No unit plans again; {len(found.files)} changed files, {total} units."
    return (
        f"Of {total} units {plans} plan again, {perhaps} read outputs of those and follow only if these change; "
        "the rest is not touched."
    )
