"""The model of a plan: what ``terraform show -json`` says of one unit, as frozen values without secrets.

Whoever asks what a plan does (review, cost, audit, impact) reads this; the JSON itself is read nowhere else.
https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scripts.plans.echoes import Owner, owners_in
from scripts.plans.stateful import is_stateful
from scripts.plans.values import Difference, Json, Path, any_true, differences, hidden_by, redacted, text_of

ACTIONS = {
    ("create",): "create",
    ("update",): "update",
    ("delete",): "delete",
    ("delete", "create"): "replace",
    ("create", "delete"): "replace",
    ("read",): "read",
    ("no-op",): "no-op",
    ("forget",): "forget",
}
CHANGING = frozenset({"create", "update", "replace", "delete", "forget"})


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """One resource of a plan, those that stay as they are included (``no-op``).

    *before* and *after* are its attributes with sensitive values replaced; *unknown* has ``True`` where a value is
    only known after the apply (*after* has no key there).
    """

    address: str
    type: str
    action: str
    reason: str = ""
    """Terraform's word for it, as in ``replace_because_tainted``; empty when there is nothing to explain."""
    before: Mapping[str, Json] | None = None
    after: Mapping[str, Json] | None = None
    unknown: Mapping[str, Json] | None = None
    differences: tuple[Difference, ...] = ()
    """For an update or a replacement: each place that changes, what forces a replacement first."""
    replace_paths: tuple[str, ...] = ()
    previous_address: str = ""
    """Where it stood before a ``moved`` block."""
    importing: str = ""
    """The id under which it is taken over."""
    mode: str = "managed"
    module: str = ""
    deposed: str = ""
    """The key of an old object that a create-before-destroy left over."""
    creates_first: bool = False
    stateful: bool = False

    @property
    def changes(self) -> bool:
        """Whether an apply would change the world or the state by it."""
        return self.action in CHANGING or bool(self.previous_address or self.importing)

    @property
    def loses_data(self) -> bool:
        """Whether what it holds would be gone afterwards."""
        return self.stateful and self.action in {"replace", "delete"}


@dataclass(frozen=True, slots=True)
class OutputChange:
    """One output of a unit; a sensitive one keeps its values to itself."""

    name: str
    action: str
    before: Json = None
    after: Json = None
    unknown: bool = False
    sensitive: bool = False

    @property
    def changes(self) -> bool:
        """Whether whoever reads it may read something else after the apply."""
        return self.action != "no-op"


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """The plan of one unit."""

    unit: str
    changes: tuple[ResourceChange, ...] = ()
    drift: tuple[ResourceChange, ...] = ()
    """What is not as the last apply left it, echoes of later resources included (see echoes.py)."""
    owners: tuple[Owner, ...] = ()
    """What is there now of the resources that others repeat."""
    outputs: tuple[OutputChange, ...] = ()
    mocked: bool = False
    """Made with stand-ins for outputs that do not exist yet."""
    errored: bool = False

    @property
    def changing(self) -> tuple[ResourceChange, ...]:
        """The resources that an apply would touch."""
        return tuple(change for change in self.changes if change.changes)

    @property
    def changed_outputs(self) -> tuple[OutputChange, ...]:
        """The outputs that an apply would or may change."""
        return tuple(output for output in self.outputs if output.changes)

    @property
    def counts(self) -> Counter[str]:
        """How many resources there are of each action; ``move`` and ``import`` are counted besides."""
        return counted(self.changes)


def counted(changes: Iterable[ResourceChange]) -> Counter[str]:
    """How many of *changes* there are of each action, and how many moves and imports."""
    found: Counter[str] = Counter()
    for change in changes:
        found[change.action] += change.action in CHANGING
        found["move"] += bool(change.previous_address)
        found["import"] += bool(change.importing)
    return found


def read_plan(unit: str, document: Mapping[str, Any], *, mocked: bool = False) -> UnitPlan:
    """The plan of *unit* from what ``terraform show -json`` printed; its variables are dropped, they hold secrets."""
    return UnitPlan(
        unit=unit,
        changes=tuple(_changes(document.get("resource_changes"))),
        drift=tuple(filter(_is_drift, _changes(document.get("resource_drift")))),
        owners=tuple(owners_in(document)),
        outputs=tuple(
            _output(name, change) for name, change in sorted((document.get("output_changes") or {}).items())
        ),
        mocked=mocked,
        errored=bool(document.get("errored", False)),
    )


def _changes(rows: list[Mapping[str, Any]] | None) -> Iterator[ResourceChange]:
    for row in rows or ():
        change = row["change"]
        action = ACTIONS.get(tuple(change["actions"]), "/".join(change["actions"]))
        before, after = change.get("before"), change.get("after")
        hidden = [change.get("before_sensitive", False), change.get("after_sensitive", False)]
        unknown = change.get("after_unknown") or {}
        forcing: list[Path] = [tuple(path) for path in change.get("replace_paths") or ()]
        mode = str(row.get("mode", "managed"))
        compared = action in {"update", "replace"}
        yield ResourceChange(
            address=str(row["address"]),
            type=str(row["type"]),
            action=action,
            reason=str(row.get("action_reason", "")),
            before=_attributes(before, hidden),
            after=_attributes(after, hidden),
            unknown=unknown if isinstance(unknown, dict) else {},
            differences=differences(before, after, unknown, hidden, forcing) if compared else (),
            replace_paths=tuple(text_of(path) for path in forcing),
            previous_address=str(row.get("previous_address", "")),
            importing=_import_id(change.get("importing")),
            mode=mode,
            module=str(row.get("module_address", "")),
            deposed=str(row.get("deposed", "")),
            creates_first=tuple(change["actions"]) == ("create", "delete"),
            stateful=mode == "managed" and is_stateful(str(row["type"])),
        )


def _is_drift(change: ResourceChange) -> bool:
    """Terraform also lists what it merely spells otherwise since the apply (null for none), and what was moved."""
    if change.action == "update":
        return any(each.before or each.after for each in change.differences)
    return change.action == "delete"


def _attributes(value: Json, masks: list[Json]) -> Mapping[str, Json] | None:
    shown = hidden_by(masks, value)
    return shown if isinstance(shown, dict) else None if value is None else {}


def _import_id(importing: Mapping[str, Any] | None) -> str:
    if not importing:
        return ""
    return str(importing.get("id") or "(known after apply)")


def _output(name: str, change: Mapping[str, Any]) -> OutputChange:
    masks = (change.get("before_sensitive", False), change.get("after_sensitive", False))
    # Terraform marks an output as a whole; a part is enough for us.
    sensitive = any(map(any_true, masks))
    return OutputChange(
        name=name,
        action=ACTIONS.get(tuple(change["actions"]), "update"),
        before=redacted(change.get("before"), sensitive, name),
        after=redacted(change.get("after"), sensitive, name),
        unknown=any_true(change.get("after_unknown", False)),
        sensitive=sensitive,
    )
