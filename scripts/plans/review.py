"""What a plan means to whoever has to agree to it: what is lost, what is replaced and why, whom it reaches.

Pure: plans in, a review out. scripts/render turns it into text, Markdown, HTML or JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts.live.wiring import Wire
from scripts.plans.echoes import Owner, owners_of, without_echoes
from scripts.plans.plan import ResourceChange, UnitPlan, counted
from scripts.terragrunt import Problem, UnitRun

CENT = 0.01
RARE = ("move", "import", "forget")
REASONS = {
    "replace_because_tainted": "tainted: it was marked as broken",
    "replace_because_cannot_update": "cannot be updated in place",
    "replace_by_request": "asked for with -replace",
    "replace_by_triggers": "by replace_triggered_by",
    "delete_because_no_resource_config": "removed from the configuration",
    "delete_because_no_module": "its module was removed from the configuration",
    "delete_because_no_move_target": "moved to an address that is not in the configuration",
    "delete_because_wrong_repetition": "count or for_each was added or removed",
    "delete_because_count_index": "count became smaller",
    "delete_because_each_key": "its key was removed",
}


@dataclass(frozen=True, slots=True)
class OutputReview:
    """An output that changes, and the units that read it."""

    name: str
    action: str
    unknown: bool
    sensitive: bool
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitReview:
    """What the plan does in one unit."""

    unit: str
    status: str
    """``changes``, ``same``, ``waits``, ``failed`` or ``not reached``."""
    changes: tuple[ResourceChange, ...] = ()
    drift: tuple[ResourceChange, ...] = ()
    outputs: tuple[OutputReview, ...] = ()
    mocked: bool = False
    again: bool = False
    """It reads something that the plan may change, so it is planned again before it runs."""
    cost: float | None = None
    problems: tuple[Problem, ...] = ()
    waits_for: tuple[str, ...] = ()
    """It names a key that these units are yet to give: it is planned once they are applied."""

    @property
    def short(self) -> str:
        """The unit as people say it: without ``live/``."""
        return self.unit.removeprefix("live/")

    @property
    def counts(self) -> Counter[str]:
        """How many resources there are of each action."""
        return counted(self.changes)

    @property
    def remark(self) -> str:
        """What is special about this plan, in a few words."""
        if self.status in {"failed", "not reached"}:
            return self.status
        if self.waits_for:
            return f"planned after {', '.join('/'.join(unit.split('/')[-2:]) for unit in self.waits_for)}"
        said = [f"{self.counts[key]} to {key}" for key in RARE if self.counts[key]]
        if self.outputs and not self.changes:
            said.append("outputs only")
        if self.mocked or self.again:
            said.append("stand-in values" if self.mocked else "planned again")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Review:
    """The whole plan, ready to be shown."""

    title: str
    units: tuple[UnitReview, ...]
    edges: tuple[tuple[str, str], ...] = ()
    """Each unit with one that it needs."""

    @property
    def changing(self) -> tuple[UnitReview, ...]:
        """The units in which something changes."""
        return tuple(unit for unit in self.units if unit.status == "changes")

    @property
    def lost(self) -> tuple[tuple[UnitReview, ResourceChange], ...]:
        """Each resource whose data would be gone."""
        return self._where(lambda change: change.loses_data)

    @property
    def replaced(self) -> tuple[tuple[UnitReview, ResourceChange], ...]:
        """Each resource that is replaced and holds no data."""
        return self._where(lambda change: change.action == "replace" and not change.loses_data)

    @property
    def updated(self) -> tuple[tuple[UnitReview, ResourceChange], ...]:
        """Each resource that is changed in place."""
        return self._where(lambda change: change.action == "update")

    @property
    def destroyed(self) -> tuple[tuple[UnitReview, ResourceChange], ...]:
        """Each resource that goes, or is let go of, and holds no data."""
        return self._where(lambda change: change.action in {"delete", "forget"} and not change.loses_data)

    @property
    def renamed(self) -> tuple[tuple[UnitReview, ResourceChange], ...]:
        """Each resource that moves to another address or is taken over."""
        return self._where(lambda change: bool(change.previous_address or change.importing))

    @property
    def drifted(self) -> tuple[tuple[UnitReview, ResourceChange], ...]:
        """Each resource that somebody changed by other means."""
        return tuple((unit, change) for unit in self.units for change in unit.drift)

    @property
    def known_later(self) -> tuple[tuple[UnitReview, ResourceChange, tuple[str, ...]], ...]:
        """Each update in place with values that are only known after the apply."""
        found = []
        for unit, change in self._where(lambda change: change.action == "update"):
            paths = tuple(each.path for each in change.differences if each.unknown)
            if paths:
                found.append((unit, change, paths))
        return tuple(found)

    @property
    def outputs(self) -> tuple[tuple[UnitReview, OutputReview], ...]:
        """Each output that changes, those that somebody reads first."""
        found = [(unit, output) for unit in self.units for output in unit.outputs]
        return tuple(sorted(found, key=lambda pair: not pair[1].readers))

    @property
    def counts(self) -> Counter[str]:
        """All units' counts together."""
        return counted(change for unit in self.units for change in unit.changes)

    @property
    def cost(self) -> float | None:
        """What the plan adds to the monthly bill; None when it was not estimated, or makes no difference anywhere."""
        known = [unit.cost for unit in self.units if unit.cost is not None]
        return sum(known) if any(abs(cost) >= CENT / 2 for cost in known) else None

    def _where(self, fits: Callable[[ResourceChange], bool]) -> tuple[tuple[UnitReview, ResourceChange], ...]:
        return tuple((unit, change) for unit in self.units for change in unit.changes if fits(change))

    def sentence(self) -> str:
        """The plan in one line."""
        failed = sum(unit.status in {"failed", "not reached"} for unit in self.units)
        many = "1 unit" if len(self.units) == 1 else f"{len(self.units)} units"
        later = sum(unit.status == "waits" for unit in self.units)
        broken = f" {failed} could not be planned." if failed else ""
        broken += f" {later} to be planned after others are applied." if later else ""
        if not self.changing:
            return f"{many},{broken}" if broken else f"{many}, nothing to change."
        counts = self.counts
        words = [
            f"{counts['create']} to create",
            f"{counts['update']} to update",
            f"{counts['replace']} to replace",
            f"{counts['delete']} to destroy",
            *(f"{counts[key]} to {key}" for key in RARE if counts[key]),
        ]
        if not counts.total():
            words = [f"{len(self.outputs)} outputs to change"]
        return f"{many}, {len(self.changing)} of them change: {', '.join(words)}.{broken}"


def review(
    title: str,
    plans: Mapping[str, UnitPlan],
    runs: Mapping[str, UnitRun],
    needs: Mapping[str, Sequence[str]],
    wires: Iterable[Wire] = (),
    cost: Mapping[str, float] | None = None,
) -> Review:
    """The review of *runs* (every unit, in the order shown), with the plans of those that change something."""
    listed = tuple(wires)
    again = read_again(plans, listed)
    owners = owners_of(plans.values())
    return Review(
        title=title,
        units=tuple(
            _unit(name, run, plans.get(name), listed, owners, name in again, (cost or {}).get(name))
            for name, run in runs.items()
        ),
        edges=tuple((name, need) for name in runs for need in needs.get(name, ()) if need in runs),
    )


def _unit(
    name: str,
    run: UnitRun,
    plan: UnitPlan | None,
    wires: Sequence[Wire],
    owners: Counter[Owner],
    again: bool,
    cost: float | None,
) -> UnitReview:
    if run.status != "done":
        return UnitReview(name, run.status, mocked=run.mocked, problems=run.problems)
    if run.waits_for:
        return UnitReview(name, "waits", mocked=True, again=True, waits_for=run.waits_for)
    if plan is None:
        return UnitReview(name, "same", mocked=run.mocked, again=again, cost=cost)
    outputs = tuple(
        OutputReview(
            output.name,
            output.action,
            output.unknown,
            output.sensitive,
            tuple(
                sorted({wire.reader for wire in wires if wire.source == name and wire.carries(output.name)})
            ),
        )
        for output in plan.changed_outputs
    )
    return UnitReview(
        unit=name,
        status="changes" if plan.changing or outputs else "same",
        changes=plan.changing,
        drift=without_echoes(plan.drift, owners),
        outputs=outputs,
        mocked=plan.mocked or run.mocked,
        again=again,
        cost=cost,
    )


def read_again(plans: Mapping[str, UnitPlan], wires: Iterable[Wire]) -> frozenset[str]:
    """The units that read what *plans* may change, directly or through others.

    A unit that is planned again may give other outputs than before, whatever its first plan said.
    """
    listed = tuple(wires)
    changed = {name: {output.name for output in plan.changed_outputs} for name, plan in plans.items()}
    reached = {
        wire.reader for wire in listed if any(wire.carries(output) for output in changed.get(wire.source, ()))
    } | {name for name, plan in plans.items() if plan.mocked}
    grew = True
    while grew:
        more = {wire.reader for wire in listed if wire.source in reached} - reached
        reached |= more
        grew = bool(more)
    return frozenset(reached)
