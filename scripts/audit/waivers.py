"""live/audit-waivers.toml: Checkov's rules that do not hold here, and findings in units that are accepted until a day."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from scripts.audit.breach import Breach
from scripts.checks.finding import Finding, Refused, finding

FILE = "live/audit-waivers.toml"
MOST_EXCLUSIONS = 6
UNITS = "live/"
"""What a waiver may speak of: a module's example has to be right for everybody who copies it."""
SHORTEST_REASON = 30
"""Characters: "not needed" is no reason."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A rule that is wrong for everything here, and why that is so on AWS."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings of one rule in live units that are accepted until a day."""

    rule: str
    unit: str
    address: str
    reason: str
    until: date

    def covers(self, breach: Breach) -> bool:
        """Whether it speaks of this finding."""
        return (
            self.rule == breach.rule
            and fnmatchcase(breach.unit, self.unit)
            and _fits(breach.address, self.address)
        )


def _fits(address: str, glob: str) -> bool:
    """A glob in which brackets mean themselves, since addresses are full of them."""
    return fnmatchcase(address, glob.replace("[", "[[]"))


@dataclass(frozen=True, slots=True)
class Waivers:
    """Everything that the file says."""

    exclusions: tuple[Exclusion, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit found, sorted by what counts."""

    open: tuple[Breach, ...]
    waived: tuple[tuple[Breach, Waiver], ...]
    excluded: tuple[Breach, ...]
    expired: tuple[Waiver, ...]
    unneeded: tuple[Waiver, ...]
    """They name some of the units that were audited, and cover nothing in them."""


def judge(found: Iterable[Breach], waivers: Waivers, units: Collection[str], today: date) -> Verdict:
    """Sort the findings in *units* into open, waived and excluded; an expired waiver covers nothing."""
    listed = sorted(set(found), key=lambda breach: breach.order)
    valid = [waiver for waiver in waivers.waivers if waiver.until >= today]
    excluded_rules = {each.rule for each in waivers.exclusions}
    rest = [breach for breach in listed if breach.rule not in excluded_rules]
    covered = {breach: waiver for breach in rest for waiver in valid if waiver.covers(breach)}
    return Verdict(
        open=tuple(breach for breach in rest if breach not in covered),
        waived=tuple((breach, covered[breach]) for breach in rest if breach in covered),
        excluded=tuple(breach for breach in listed if breach.rule in excluded_rules),
        expired=tuple(waiver for waiver in waivers.waivers if waiver.until < today),
        unneeded=tuple(
            waiver
            for waiver in valid
            if any(fnmatchcase(unit, waiver.unit) for unit in units)
            and not any(waiver.covers(breach) for breach in rest)
        ),
    )


def read_waivers(repo: Path) -> Waivers:
    """The file of *repo*, empty when there is none; raises Refused with everything that is wrong in it."""
    path = repo / FILE
    if not path.is_file():
        return Waivers()
    try:
        document = tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as error:
        raise Refused([finding(FILE, 0, "waiver", f"cannot be read: {error}; correct it.")]) from error
    wrong = list(_wrong(document))
    if wrong:
        raise Refused(wrong)
    return Waivers(
        tuple(Exclusion(row["rule"], row["reason"]) for row in document.get("excluded", [])),
        tuple(
            Waiver(row["rule"], row["unit"], row.get("address", "*"), row["reason"], row["until"])
            for row in document.get("waiver", [])
        ),
    )


def _wrong(document: Mapping[str, Any]) -> Iterator[Finding]:
    tables = {"excluded": {"rule", "reason"}, "waiver": {"rule", "unit", "reason", "until"}}
    for name in document:
        if name not in tables:
            yield _finding(f'there is no table "{name}"; use [[excluded]] or [[waiver]].')
    for name, needed in tables.items():
        for number, row in enumerate(document.get(name, []), 1):
            place = f"{name} {number} ({row.get('rule', 'no rule')})"
            missing = sorted(key for key in needed if key not in row)
            unknown = sorted(set(row) - needed - ({"address"} if name == "waiver" else set()))
            if missing or unknown:
                said = [f"lacks {key}" for key in missing] + [f"has an unknown {key}" for key in unknown]
                yield _finding(f"{place} {', '.join(said)}; correct it.")
            elif len(str(row["reason"]).strip()) < SHORTEST_REASON:
                yield _finding(f"{place} has no real reason; say why it holds on AWS.")
            elif name == "waiver" and not str(row["unit"]).startswith(UNITS):
                yield _finding(
                    f"{place} names {row['unit']}; name units below {UNITS}, an example is mended instead."
                )
            elif name == "waiver" and type(row["until"]) is not date:
                yield _finding(f"{place}: until is a day such as 2027-03-31, without quotes.")
    if len(document.get("excluded", [])) > MOST_EXCLUSIONS:
        text = f"excludes {len(document['excluded'])} rules, and at most {MOST_EXCLUSIONS} may be; mend some instead."
        yield _finding(text)


def _finding(text: str) -> Finding:
    return finding(FILE, 0, "waiver", text)
