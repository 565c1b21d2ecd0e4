"""A review for a terminal: one screen for fifty units, what cannot be taken back on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scripts.plans.plan import ResourceChange
from scripts.plans.review import Review, UnitReview
from scripts.plans.values import Difference
from scripts.render import words

LISTED = 8
"""Of each kind of news no more; Markdown and HTML have all of it."""
ROWS = 30
"""With more changing units than this, the harmless ones are summed up by system."""
DIFFERENCES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line and its style in rich's words."""

    text: str
    style: str = ""


def render(review: Review) -> tuple[Line, ...]:
    """The review, line by line."""
    news = (
        *_lost(review),
        *_table(review),
        *_changes("Replaced", "yellow", review.replaced),
        *_changes("Destroyed or let go of", "yellow", review.destroyed),
        *_changes("Updated", "", _worth_telling(review)),
        *_section(
            "Moved or taken over",
            [
                f"{words.short(unit.unit)}  {change.address}  {words.renaming(change)}"
                for unit, change in review.renamed
            ],
        ),
        *_section(
            "Only known after the apply",
            [
                f"{words.short(unit.unit)}  {change.address}: {', '.join(paths)}"
                for unit, change, paths in review.known_later
            ],
        ),
        *_section(
            "Outputs that change",
            [
                f"{words.short(unit.unit)}.{output.name} {words.output(output)}, read by {words.readers(output)}"
                for unit, output in review.outputs
                if output.readers
            ],
        ),
        *_section(
            "Different in AWS since the last apply",
            [
                f"{words.short(unit.unit)}  {change.address} {words.drift(change)}"
                for unit, change in review.drifted
            ],
        ),
    )
    last = Line(f"{review.title}: {review.sentence()}{_cost(review)}", "bold")
    first = next((number for number, line in enumerate(news) if line.text), 0)
    return (*news[first:], *([Line("")] if news else []), last)


def text(review: Review) -> str:
    """The same without styles."""
    return "".join(f"{line.text}\n" for line in render(review))


def _lost(review: Review) -> Iterator[Line]:
    if not review.lost:
        return
    yield Line("DATA WOULD BE LOST", "bold red")
    for unit, change in review.lost:
        yield Line(f"  {words.verb(change)}: {words.short(unit.unit)}  {_named(change)}", "red")
        yield from (Line(f"      {words.difference(each)}", "red") for each in _why(change))
    yield Line("")


def _table(review: Review) -> Iterator[Line]:
    rows = [*_rows(review)]
    if not rows:
        return
    priced = review.cost is not None
    head = ["unit", "create", "update", "replace", "destroy", *(["$/month"] if priced else []), ""]
    cells = [row for row, _ in rows] if priced else [[*row[:5], row[6]] for row, _ in rows]
    widths = [max(len(row[column]) for row in [head, *cells]) for column in range(len(head))]
    yield Line(_aligned(head, widths), "bold")
    for row, (_, style) in zip(cells, rows, strict=True):
        yield Line(_aligned(row, widths), style)
    if same := words.others(review):
        yield Line(same, "dim")


def _rows(review: Review) -> Iterator[tuple[list[str], str]]:
    """Each unit that is not as it was; when they are many, the harmless ones by system."""
    shown = [unit for unit in review.units if unit.status != "same"]
    plain = [unit for unit in shown if _harmless(unit)] if len(shown) > ROWS else []
    for unit in shown:
        if unit not in plain:
            yield _row(unit), _style(unit)
    for system in dict.fromkeys(_system(unit) for unit in plain):
        units = [unit for unit in plain if _system(unit) == system]
        sums = [sum(unit.counts[key] for unit in units) for key in ("create", "update", "replace", "delete")]
        known = [unit.cost for unit in units if unit.cost is not None]
        remarks = {unit.remark for unit in units} - {""}
        yield (
            [
                f"{system}: {len(units)} units",
                *(str(number) if number else "" for number in sums),
                words.money(sum(known)) if known else "",
                ", ".join(sorted(remarks)),
            ],
            "",
        )


def _row(unit: UnitReview) -> list[str]:
    return [unit.short, *words.counts(unit), words.money(unit.cost), unit.remark]


def _style(unit: UnitReview) -> str:
    if unit.status == "waits":
        return "yellow"
    if unit.status != "changes" or any(change.loses_data for change in unit.changes):
        return "red"
    return "" if _harmless(unit) else "yellow"


def _harmless(unit: UnitReview) -> bool:
    """Nothing is replaced, destroyed or let go of."""
    return unit.status == "changes" and not any(
        change.action in {"replace", "delete", "forget"} for change in unit.changes
    )


def _system(unit: UnitReview) -> str:
    return unit.short.rpartition("/")[0]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers, remark = (
        cell.ljust(width) if number in {0, len(cells) - 1} else cell.rjust(width)
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *numbers, remark]).rstrip()


def _changes(title: str, style: str, found: Sequence[tuple[UnitReview, ResourceChange]]) -> Iterator[Line]:
    if not found:
        return
    yield Line("")
    yield Line(title, f"bold {style}".strip())
    for unit, change in found[:LISTED]:
        yield Line(f"  {words.short(unit.unit)}  {_named(change)}", style)
        yield from (Line(f"      {words.difference(each)}") for each in _why(change))
    yield from _more(len(found))


def _named(change: ResourceChange) -> str:
    """The address, and why it is touched where Terraform says so."""
    why = words.reason(change)
    return f"{change.address}  ({why})" if why else change.address


def _worth_telling(review: Review) -> Sequence[tuple[UnitReview, ResourceChange]]:
    """The updates that are known, unless they are too many to be read: the table counts them."""
    known = [pair for pair in review.updated if _why(pair[1])]
    return known if len(review.updated) <= LISTED else ()


def _why(change: ResourceChange) -> tuple[Difference, ...]:
    """What forces a replacement, and of an update what is known of it."""
    if change.action == "update":
        return tuple(each for each in change.differences if not each.unknown)[:DIFFERENCES]
    return tuple(each for each in change.differences if each.forces)[:DIFFERENCES]


def _section(title: str, lines: Iterable[str]) -> Iterator[Line]:
    listed = tuple(lines)
    if not listed:
        return
    yield Line("")
    yield Line(title, "bold")
    yield from (Line(f"  {line}") for line in listed[:LISTED])
    yield from _more(len(listed))


def _more(count: int) -> Iterator[Line]:
    if count > LISTED:
        yield Line(f"  ... and {count - LISTED} more; --out review.html shows all", "dim")


def _cost(review: Review) -> str:
    return "" if review.cost is None else f" {words.money(review.cost)} USD a month."
