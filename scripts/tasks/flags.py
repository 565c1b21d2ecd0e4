"""What the flags that most tasks share are for, as --help says it."""

CHOICE = {
    "env": "environment: dev, staging or prod",
    "system": "only these systems, by commas",
    "unit": "only units that fit this glob; '!glob': all others",
    "local": "rehearse: against the embedded AWS, no account needed",
}
JSON = {"json": "print JSON instead of tables"}
SELECT = CHOICE | JSON
RUN = SELECT | {
    "plain": "no warm provider: each unit starts its own",
    "parallelism": "units at once (default: by cores)",
}
YES = {"yes": "do not ask (never lifts a guard)"}
