"""invoke audit"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from scripts import output
from scripts.audit.breach import SEVERITIES, Breach
from scripts.audit.checkov import check
from scripts.audit.rules import breaches
from scripts.audit.waivers import FILE, Verdict, judge, read_waivers
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.plans.documents import plan_documents
from scripts.plans.plan import read_plan
from scripts.plans.planned_resources import after
from scripts.render.words import many


def audit(flags: Flags) -> int:
    """Hold what the chosen units would make to Checkov's rules and ours; 2 with findings that nobody waived."""
    target = options.target(flags)
    waivers = read_waivers(target.repository)
    documents = plan_documents(
        target, f"audit --env {flags.env}", plain=flags.plain, at_once=flags.parallelism, quiet=flags.json
    )
    ours = breaches(after(read_plan(unit, document) for unit, document in documents.items()))
    output.say(f"  Checkov reads {len(documents)} redacted plans ...")
    folders = {unit.path: unit.module for unit in target.units}
    found = (*ours, *check(documents, folders, target.repository))
    verdict = judge(found, waivers, documents.keys(), datetime.now(UTC).date())
    if flags.json:
        output.emit_json(as_json(verdict))
    else:
        show(verdict, len(documents), whole=not flags.system and not flags.unit)
    return options.FOUND if verdict.open or verdict.expired else options.FINE


def show(verdict: Verdict, units: int, whole: bool) -> None:
    """Findings by severity, then what was let through and why."""
    rows = [
        [breach.severity, breach.rule, breach.unit.removeprefix("live/"), breach.address, breach.text]
        for breach in verdict.open
    ]
    colours = {"high": "red", "medium": "yellow", "low": ""}
    if rows:
        styles = [colours[breach.severity] for breach in verdict.open]
        output.table("", ("severity", "rule", "unit", "resource", "what"), rows, styles)
    for waiver in verdict.expired:
        output.failure(f"{FILE}: the waiver of {waiver.rule} ended on {waiver.until}; mend it or renew it.")
    for waiver in verdict.unneeded if whole else ():
        output.say(f"  {FILE}: the waiver of {waiver.rule} in {waiver.unit} covers nothing here any more.")
    counts = ", ".join(
        f"{sum(breach.severity == severity for breach in verdict.open)} {severity}" for severity in SEVERITIES
    )
    output.result(f"{many(units, 'unit')}: {many(len(verdict.open), 'finding')} ({counts}).")
    output.result(
        f"Let through by {FILE}: {_by(verdict.excluded, 'excluded')}, {len(verdict.waived)} by waivers."
    )


def _by(found: Sequence[Breach], how: str) -> str:
    return f"{len(found)} by {len({breach.rule for breach in found})} {how} rules"


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The same for a machine."""
    return {
        "findings": [asdict(breach) for breach in verdict.open],
        "expired": [asdict(waiver) for waiver in verdict.expired],
        "waived": [
            asdict(breach) | {"until": waiver.until, "reason": waiver.reason}
            for breach, waiver in verdict.waived
        ],
        "excluded": [asdict(breach) for breach in verdict.excluded],
        "unneeded": [asdict(waiver) for waiver in verdict.unneeded],
    }
