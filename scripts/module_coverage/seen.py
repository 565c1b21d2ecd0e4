"""What tests showed of each module: kept while they run, merged from all workers afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_RULE = re.compile(
    r"^(?P<message>.*)\n\nThis was checked by the validation rule at (?P<place>[\w./-]+:\d+),", re.S
)
_PRECONDITION = re.compile(
    r"^Error: Resource precondition failed \((?P<place>[\w./-]+:\d+)\)\n(?P<message>.*)", re.S
)


@dataclass(slots=True)
class Seen:
    """What was shown of one module."""

    settings: set[str] = field(default_factory=set)
    refused: dict[str, set[str]] = field(default_factory=dict)
    """Messages by ``file:line`` of the rule that gave them."""
    outputs: set[str] = field(default_factory=set)
    instances: dict[str, set[int]] = field(default_factory=dict)
    """How many instances a block had, plan by plan."""

    def to_json(self) -> dict[str, Any]:
        """Lists instead of sets."""
        return {
            "settings": sorted(self.settings),
            "refused": {place: sorted(texts) for place, texts in sorted(self.refused.items())},
            "outputs": sorted(self.outputs),
            "instances": {block: sorted(counts) for block, counts in sorted(self.instances.items())},
        }

    def add(self, read: Mapping[str, Any]) -> None:
        """Take in what another worker saw."""
        self.settings.update(read["settings"])
        self.outputs.update(read["outputs"])
        for place, texts in read["refused"].items():
            self.refused.setdefault(place, set()).update(texts)
        for block, counts in read["instances"].items():
            self.instances.setdefault(block, set()).update(counts)


def rules_in(error: str) -> dict[str, str]:
    """The message of every rule that *error*, Terraform's whole text, says was broken."""
    found = {}
    for text in re.split(r"\n\n(?=Error: )", error):
        precondition = _PRECONDITION.match(text)
        rule = precondition or _RULE.match(text.partition("\n")[2])
        if rule:
            found[rule["place"]] = rule["message"].strip()
    return found


def counted(blocks: Iterable[str], addresses: Iterable[str]) -> dict[str, int]:
    """How many of *addresses* are instances of each of *blocks* (``aws_s3_bucket.this``, ``module.table``)."""
    counts = dict.fromkeys(blocks, 0)
    for address in addresses:
        block = address.partition("[")[0]
        if block in counts:
            counts[block] += 1
    return counts
