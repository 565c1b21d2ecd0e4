"""Plans that were saved to be applied as they were reviewed, and what must still be true when that happens.

Beside the plan files stands a manifest: which environment they are for, and for each unit what its plan was made of.
Terraform checks the state itself, but only when a unit's turn comes, half an apply later; here all are checked first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scripts.checks.finding import Finding, Refused
from scripts.states.state import State
from scripts.terragrunt import UnitRun

MANIFEST = "manifest.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Origin:
    """For which account and place plans are good."""

    environment: str
    account_id: str
    rehearsal: bool

    def __str__(self) -> str:
        return f"{self.environment} ({self.account_id}{', rehearsal' if self.rehearsal else ''})"


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """One unit's plan file and what it was made of."""

    unit: str
    file: str
    """Relative to the manifest."""
    sha256: str
    inputs: str
    """A digest of every file that the unit is made of."""
    serial: int
    lineage: str
    """Of the state that was planned against; empty when there was none."""
    mocked: bool = False
    changes: bool = False
    """Whether it changes anything, outputs included."""
    waits_for: tuple[str, ...] = ()
    """The units that are applied before it is planned at all: there is no file yet."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A folder of plans."""

    folder: Path
    origin: Origin
    plans: Mapping[str, SavedPlan]

    def file(self, unit: str) -> Path:
        """The plan file of *unit*."""
        return self.folder / self.plans[unit].file


def plan_file(unit: str) -> str:
    """Where Terragrunt's --out-dir puts a unit's plan, seen from that folder (live/<environment> is where it runs)."""
    return "/".join([*unit.split("/")[2:], "tfplan.tfplan"])


def save(
    folder: Path,
    origin: Origin,
    inputs: Mapping[str, str],
    states: Mapping[str, State | None],
    done: Mapping[str, UnitRun],
    changing: frozenset[str],
) -> Saved:
    """Write the manifest of the plans that stand in *folder*."""
    plans = {}
    for unit, digest in inputs.items():
        state = states.get(unit)
        plans[unit] = SavedPlan(
            unit=unit,
            file=plan_file(unit),
            sha256=_sha256(folder / plan_file(unit)),
            inputs=digest,
            serial=state.serial if state else 0,
            lineage=state.lineage if state else "",
            mocked=done[unit].mocked,
            changes=unit in changing,
            waits_for=done[unit].waits_for,
        )
    saved = Saved(folder, origin, plans)
    document = {
        "version": VERSION,
        "origin": asdict(origin),
        "plans": [asdict(plan) for plan in plans.values()],
    }
    path = folder / MANIFEST
    path.touch(mode=0o600)
    path.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n")
    return saved


def load(folder: Path) -> Saved:
    """The plans of *folder*; raises Refused when there are none, or none that this version can read."""
    path = folder / MANIFEST
    try:
        document: dict[str, Any] = json.loads(path.read_text())
        if document["version"] != VERSION:
            raise ValueError(f"version {document['version']}")
        return Saved(
            folder,
            Origin(**document["origin"]),
            {
                row["unit"]: SavedPlan(**{**row, "waits_for": tuple(row["waits_for"])})
                for row in document["plans"]
            },
        )
    except FileNotFoundError:
        message = f"there are no saved plans in {folder}; make them with `invoke plan`."
        raise Refused([Finding("--plans", 0, "no-plans", str(folder), "", "", message)]) from None
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path} cannot be read ({error}); make the plans again with `invoke plan`."
        raise Refused([Finding("--plans", 0, "no-plans", str(folder), "", "", message)]) from None


def unfit(
    saved: Saved, origin: Origin, inputs: Mapping[str, str], states: Mapping[str, State | None]
) -> Iterator[Finding]:
    """Why plans must not be applied: made for another place, edited, or older than what they were made of."""
    if saved.origin != origin:
        message = f"these plans were made for {saved.origin}, and this is {origin}; make them again."
        yield Finding("plans", 0, "other-environment", str(saved.origin), str(origin), "", message)
        return
    for unit in inputs:
        plan = saved.plans.get(unit)
        if plan is None:
            yield _finding(unit, "not-planned", "was not planned; plan it, or choose other units.")
        elif _sha256(saved.folder / plan.file) != plan.sha256:
            yield _finding(unit, "plan-edited", "its plan file is not the one that was made; plan again.")
        elif plan.inputs != inputs[unit]:
            yield _finding(
                unit, "plan-stale", "its configuration or its module changed since the plan; plan again."
            )
        elif (plan.serial, plan.lineage) != _version(states.get(unit)):
            serial, lineage = _version(states.get(unit))
            what = (
                f"its state was {plan.serial} when it was planned and is {serial} now"
                if lineage == plan.lineage
                else "its state is another one than when it was planned"
            )
            yield _finding(unit, "plan-stale", f"{what}: somebody applied meanwhile; plan again.")


def _finding(unit: str, rule: str, message: str) -> Finding:
    return Finding(unit, 0, rule, "", "", "", message)


def _version(state: State | None) -> tuple[int, str]:
    return (state.serial, state.lineage) if state else (0, "")


def _sha256(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
