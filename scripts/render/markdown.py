"""A review for a pull request: the table and the dangers in sight, every attribute behind a fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scripts.plans.plan import ResourceChange
from scripts.plans.review import Review, UnitReview
from scripts.plans.values import Difference
from scripts.render import words

LONGEST = 65_536
"""A comment on GitHub may have no more characters than this."""
CUT = "\n\n*The rest does not fit into a comment; `invoke plan --out review.html` shows all of it.*\n"
MARKS = {"create": "+", "update": "~", "replace": "-/+", "delete": "-", "forget": "x"}


def text(review: Review, longest: int = LONGEST) -> str:
    """The review as GitHub's Markdown, cut at a whole part when it is too long."""
    parts = [*_parts(review)]
    made = ""
    for part in parts:
        if len(made) + len(part) > longest - len(CUT):
            return made.rstrip("\n") + CUT
        made += part
    return made


def _parts(review: Review) -> Iterator[str]:
    """In the order of what a reader must not miss, so that a cut takes the least."""
    yield f"## {_plain(review.title)}: {review.sentence()}\n"
    if review.cost is not None:
        yield f"\nCost: **{words.money(review.cost)} USD a month**.\n"
    if review.lost:
        yield "\n> [!CAUTION]\n> **Data would be lost**\n"
        for unit, change in review.lost:
            yield f"> - {words.verb(change)}: {_where(unit, change)}\n"
    yield from _table(review)
    yield from _named("Replaced", review.replaced)
    yield from _named("Destroyed or let go of", review.destroyed)
    yield from _list(
        "Moved or taken over",
        [
            f"{_code(words.short(unit.unit))} {_code(change.address)} {_plain(words.renaming(change))}"
            for unit, change in review.renamed
        ],
    )
    yield from _list(
        "Outputs that change",
        [
            f"{_code(f'{words.short(unit.unit)}.{output.name}')} {words.output(output)}, read by {words.readers(output)}"
            for unit, output in review.outputs
        ],
    )
    yield from _list(
        "Different in AWS since the last apply",
        [
            f"{_code(words.short(unit.unit))} {_code(change.address)} {_code(words.drift(change))}"
            for unit, change in review.drifted
        ],
    )
    for unit in review.units:
        yield from _details(unit)


def _table(review: Review) -> Iterator[str]:
    shown = [unit for unit in review.units if unit.status != "same"]
    if shown:
        priced = review.cost is not None
        yield f"\n| unit | create | update | replace | destroy |{' USD/month |' if priced else ''} |\n"
        yield f"|---|--:|--:|--:|--:|{'--:|' if priced else ''}---|\n"
        for unit in shown:
            price = f" {words.money(unit.cost)} |" if priced else ""
            yield f"| {_code(unit.short)} | {' | '.join(words.counts(unit))} |{price} {unit.remark} |\n"
    if same := words.others(review):
        yield f"\n{same}.\n"


def _named(title: str, found: Sequence[tuple[UnitReview, ResourceChange]]) -> Iterator[str]:
    yield from _list(
        title,
        [_where(unit, change) for unit, change in found],
    )


def _where(unit: UnitReview, change: ResourceChange) -> str:
    why = words.reason(change)
    named = f"{_code(words.short(unit.unit))} {_code(change.address)}"
    return f"{named} ({_plain(why)})" if why else named


def _list(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n### {title}\n\n"
        yield from (f"- {line}\n" for line in lines)


def _details(unit: UnitReview) -> Iterator[str]:
    if unit.problems:
        said = "\n".join(str(problem) for problem in unit.problems)
        yield f"\n<details open><summary>{_html(unit.short)} failed</summary>\n\n{_fenced(said)}\n</details>\n"
    if unit.changes:
        lines = "\n".join(line for change in unit.changes for line in _change(change))
        count = len(unit.changes)
        summary = f"{_html(unit.short)}: {count} {'resource' if count == 1 else 'resources'}"
        yield f"\n<details><summary>{summary}</summary>\n\n{_fenced(lines, 'diff')}\n</details>\n"


def _change(change: ResourceChange) -> Iterator[str]:
    mark = MARKS.get(change.action, " ")
    why = words.reason(change)
    yield f"{mark} {change.address}{f'  ({why})' if why else ''}"
    for each in change.differences:
        yield from _difference(each)


def _difference(found: Difference) -> Iterator[str]:
    after = words.LATER if found.unknown else words.value(found.after, 200)
    forced = "  (forces the replacement)" if found.forces else ""
    yield f"-     {found.path}: {words.value(found.before, 200)}"
    yield f"+     {found.path}: {after}{forced}"


def _fenced(inner: str, language: str = "") -> str:
    """A code block that nothing inside can end."""
    fence = "```"
    while fence in inner:
        fence += "`"
    return f"{fence}{language}\n{inner}\n{fence}"


def _code(inner: str) -> str:
    """Code on a line, also inside a table."""
    ticks = "`"
    while ticks in inner:
        ticks += "`"
    pad = " " if "`" in inner else ""
    return f"{ticks}{pad}{inner}{pad}{ticks}".replace("|", "\\|").replace("\n", " ")


def _plain(inner: str) -> str:
    return _html(inner).replace("\n", " ").replace("|", "\\|")


def _html(inner: str) -> str:
    return inner.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
