"""invoke cost"""

from __future__ import annotations

from scripts import output
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.cost import report
from scripts.cost.planned import estimate_of
from scripts.cost.prices import budget_of, price_list, usage_of
from scripts.cost.waste import Scene, advice
from scripts.plans.documents import plan_documents
from scripts.plans.plan import read_plan
from scripts.plans.planned_resources import after


def cost(flags: Flags, waste: bool, details: bool) -> int:
    """Estimate what the chosen units will cost in a month; 2 when that is over the environment's budget."""
    target = options.target(flags)
    usage, budget = usage_of(target.environment), budget_of(target.environment)
    documents = plan_documents(
        target, f"cost --env {flags.env}", plain=flags.plain, at_once=flags.parallelism, quiet=flags.json
    )
    plans = [read_plan(unit, document) for unit, document in documents.items()]
    estimate = estimate_of(plans, usage)
    hints = advice(Scene(target.text("size"), after(plans), estimate, price_list())) if waste else ()
    if flags.json:
        output.emit_json(report.as_json(estimate, price_list(), budget, hints))
    else:
        report.show(estimate, price_list(), budget, hints, details)
    return options.FOUND if budget is not None and estimate.usd > budget else options.FINE
