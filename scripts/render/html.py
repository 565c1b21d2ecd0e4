"""A review as one page that needs nothing else: the picture, the dangers, each unit with every attribute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from scripts.plans.plan import ResourceChange
from scripts.plans.review import Review, UnitReview
from scripts.plans.values import Difference
from scripts.render import picture, words

FEW = 12
"""Up to so many changes stand open, more are folded."""
STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --paper: #fff; --line: #d5dbe3; --card: #f6f8fa;
  --lost: #b42318; --replace: #b25e09; --update: #1d5fbf; --create: #1b7f43; --same: #8a94a3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --soft: #9aa6b5; --paper: #12161c; --line: #323b47;
  --card: #1b2129; --lost: #ff7b6e; --replace: #f0a04b; --update: #6ea8fe; --create: #5cc98a; --same: #7b8696; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1280px; font: 14px/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); }
h1 { font-size: 20px; margin: 0; } h2 { font-size: 16px; margin: 28px 0 8px; } p { margin: 4px 0; }
code, .value { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); } .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; } td, th { padding: 4px 10px; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); } th { font-weight: 600; color: var(--soft); } .n { text-align: right; }
.danger { border: 2px solid var(--lost); border-radius: 8px; padding: 8px 16px; margin: 16px 0; }
.danger h2 { color: var(--lost); margin: 4px 0; } ul { margin: 4px 0; padding-left: 20px; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; background: var(--card); }
summary { padding: 8px 12px; cursor: pointer; } details > div { padding: 0 12px 12px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; } a { color: inherit; }
.lost { color: var(--lost); } .failed { color: var(--lost); } .replace, .delete, .forget { color: var(--replace); }
.update { color: var(--update); } .create { color: var(--create); } .same, .again { color: var(--same); }
.forces td:first-child { border-left: 3px solid var(--replace); }
svg { display: block; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); stroke: none; }
svg .small { font-size: 11px; fill: var(--soft); } .node rect { fill: var(--paper); stroke: currentColor;
  stroke-width: 1.5; } .node.lost rect, .node.failed rect { stroke-width: 3; } .node.again rect { stroke-dasharray: 4 3; }
.edge { fill: none; stroke: var(--line); stroke-width: 1.2; } .edge.live { stroke: var(--update); }
.legend span { margin-right: 16px; } .legend span::before { content: "■ "; } .legend .again::before { content: "□ "; }
.wide { overflow-x: auto; } .wide td:first-child { min-width: 13em; overflow-wrap: anywhere; }
@media (max-width: 640px) { body { padding: 12px; } td, th { padding: 4px 6px; } }
@media print { details { break-inside: avoid; } }
"""


def page(review: Review) -> str:
    """The whole page."""
    body = "\n".join(_body(review))
    title = escape(review.title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        # Nothing from a plan may run or load anything, whatever its values hold.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Plan of {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _body(review: Review) -> Iterator[str]:
    yield f"<h1>Plan of {escape(review.title)}</h1>"
    yield f"<p>{escape(review.sentence())}</p>"
    if review.cost is not None:
        yield f"<p>Cost: <b>{words.money(review.cost)} USD</b> a month.</p>"
    if review.lost:
        items = [f"{words.verb(change)}: {_reasoned(unit, change)}" for unit, change in review.lost]
        yield f"<div class=danger><h2>Data would be lost</h2>{_items(items)}</div>"
    if review.units:
        yield f"<h2>Units</h2><div class=scroll>{picture.svg(review)}</div>{_legend(review)}"
    yield from _table(review)
    yield from _lists(review)
    shown = [(number, unit) for number, unit in enumerate(review.units) if unit.changes or unit.problems]
    if shown:
        yield "<h2>Every change</h2>"
    few = sum(len(unit.changes) for unit in review.units) <= FEW
    for number, unit in shown:
        yield from _unit(number, unit, few)


def _legend(review: Review) -> str:
    used = {picture.state(unit) for unit in review.units}
    spans = "".join(
        f"<span class={name}>{said}</span>" for name, said in picture.STATES.items() if name in used
    )
    live = "<span class=update>line: an output that changes</span>" if review.outputs else ""
    return f"<p class=legend>{spans}{live}</p>"


def _table(review: Review) -> Iterator[str]:
    shown = [(number, unit) for number, unit in enumerate(review.units) if unit.status != "same"]
    if shown:
        priced = review.cost is not None
        heads = ["create", "update", "replace", "destroy", *(["USD/month"] if priced else [])]
        yield (
            "<div class=wide><table><tr><th>unit</th>"
            + "".join(f"<th class=n>{head}</th>" for head in heads)
            + "<th></th></tr>"
        )
        for number, unit in shown:
            cells = [*words.counts(unit), *([words.money(unit.cost)] if priced else [])]
            numbers = "".join(f"<td class=n>{cell}</td>" for cell in cells)
            yield (
                f'<tr><td><a class={picture.state(unit)} href="#u{number}">{escape(unit.short)}</a></td>{numbers}'
                f"<td class=soft>{escape(unit.remark)}</td></tr>"
            )
        yield "</table></div>"
    if same := words.others(review):
        yield f"<p class=soft>{same}.</p>"


def _lists(review: Review) -> Iterator[str]:
    def named(found: Sequence[tuple[UnitReview, ResourceChange]]) -> list[str]:
        return [_reasoned(unit, change) for unit, change in found]

    sections: Iterable[tuple[str, list[str]]] = (
        ("Replaced", named(review.replaced)),
        ("Destroyed or let go of", named(review.destroyed)),
        (
            "Moved or taken over",
            [f"{_where(unit, change)} {escape(words.renaming(change))}" for unit, change in review.renamed],
        ),
        (
            "Only known after the apply",
            [
                f"{_where(unit, change)}: {escape(', '.join(paths))}"
                for unit, change, paths in review.known_later
            ],
        ),
        (
            "Outputs that change",
            [
                f"<code>{escape(f'{words.short(unit.unit)}.{output.name}')}</code> {words.output(output)}, "
                f"read by {escape(words.readers(output, most=100))}"
                for unit, output in review.outputs
            ],
        ),
        (
            "Different in AWS since the last apply",
            [f"{_where(unit, change)} {escape(words.drift(change))}" for unit, change in review.drifted],
        ),
    )
    for title, items in sections:
        if items:
            yield f"<h2>{title}</h2>{_items(items)}"


def _unit(number: int, unit: UnitReview, few: bool) -> Iterator[str]:
    open_ = few or picture.state(unit) in {"lost", "failed", "replace"}
    yield (
        f'<details id="u{number}"{" open" if open_ else ""}><summary><b class={picture.state(unit)}>'
        f"{escape(unit.short)}</b> {picture.summary(unit)} <span class=soft>{escape(unit.remark)}</span></summary><div>"
    )
    for problem in unit.problems:
        yield f"<pre class=failed>{escape(str(problem))}</pre>"
    for change in unit.changes:
        yield from _change(change)
    yield "</div></details>"


def _change(change: ResourceChange) -> Iterator[str]:
    notes = [
        words.reason(change),
        words.renaming(change) if change.previous_address or change.importing else "",
    ]
    said = "; ".join(note for note in notes if note)
    kind = "lost" if change.loses_data else change.action
    yield (
        f"<p><b class={kind}>{words.verb(change)}</b> <code>{escape(change.address)}</code> "
        f"<span class=soft>{escape(said)}</span></p>"
    )
    if change.differences:
        yield "<div class=wide><table><tr><th>attribute</th><th>before</th><th>after</th></tr>"
        yield from map(_difference, change.differences)
        yield "</table></div>"


def _difference(found: Difference) -> str:
    after = f"<i>{words.LATER}</i>" if found.unknown else escape(words.value(found.after, 2000))
    name = f"<b>{escape(found.path)}</b> forces the replacement" if found.forces else escape(found.path)
    before = escape(words.value(found.before, 2000))
    css = " class=forces" if found.forces else ""
    return f"<tr{css}><td>{name}</td><td class=value>{before}</td><td class=value>{after}</td></tr>"


def _where(unit: UnitReview, change: ResourceChange) -> str:
    return f"<code>{escape(words.short(unit.unit))}</code> <code>{escape(change.address)}</code>"


def _reasoned(unit: UnitReview, change: ResourceChange) -> str:
    why = words.reason(change)
    return f"{_where(unit, change)} <span class=soft>({escape(why)})</span>" if why else _where(unit, change)


def _items(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
