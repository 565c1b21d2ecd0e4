"""Values of a plan: hidden where they are sensitive, and compared leaf by leaf.

What Terraform marks as sensitive is replaced while a plan is read, so that nothing behind that point can print it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Path: TypeAlias = "tuple[str | int, ...]"

REDACTED = "(sensitive)"
NAMED_LIKE_A_SECRET = re.compile(
    r"(^|[_.-])(password|passwd|passphrase|secret|secret_string|token|private_key|api_key|access_key|credentials?)$",
    re.IGNORECASE,
)
"""An attribute called so is hidden even where nobody marked it: DB_PASSWORD in a function's environment."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place inside a resource that changes."""

    path: str
    before: Json
    after: Json
    unknown: bool
    """The new value is only known after the apply."""
    sensitive: bool
    forces: bool
    """This place is why the resource is replaced."""


def redacted(value: Json, mask: Json, name: str = "") -> Json:
    """*value* without what *mask* (or its name) says is sensitive; the shape stays."""
    if value is None:
        return None
    if mask is True or (isinstance(value, str) and _named_like_a_secret(name, value)):
        return REDACTED
    if isinstance(value, dict):
        return {key: redacted(inner, _inside(mask, key), key) for key, inner in value.items()}
    if isinstance(value, list):
        return [redacted(inner, _inside(mask, number), name) for number, inner in enumerate(value)]
    if isinstance(value, str) and (parsed := _document(value)) is not None:
        hidden = redacted(parsed, False)
        return value if hidden == parsed else json.dumps(hidden, sort_keys=True)
    return value


def hidden_by(masks: Iterable[Json], value: Json, name: str = "") -> Json:
    """*value* without what any of *masks* says is sensitive."""
    for mask in masks:
        value = redacted(value, mask, name)
    return value


def any_true(mask: Json) -> bool:
    """Whether a mask marks anything at all."""
    if isinstance(mask, dict):
        return any(map(any_true, mask.values()))
    if isinstance(mask, list):
        return any(map(any_true, mask))
    return mask is True


def differences(
    before: Json, after: Json, unknown: Json, masks: Sequence[Json], forcing: Sequence[Path]
) -> tuple[Difference, ...]:
    """Each leaf that differs, those that force a replacement first.

    *before* and *after* are the raw values, so that a change of a hidden value is seen; what comes out is hidden by
    every one of *masks*: a value that becomes sensitive now was a secret before, too.
    """
    forced = {text_of(path) for path in forcing}
    found = [
        Difference(
            text_of(leaf.path),
            leaf.shown(leaf.before),
            leaf.shown(leaf.after),
            leaf.unknown,
            leaf.hidden,
            _is_forced(leaf.path, forced),
        )
        for leaf in _leaves(_Leaf((), before, after, False, tuple(masks)), unknown)
    ]
    tagged = any(difference.path.split(".")[0] == "tags" for difference in found)
    return tuple(
        sorted(
            # What changes in tags changes in tags_all again, under the provider's own tags.
            (each for each in found if not (tagged and each.path.split(".")[0] == "tags_all")),
            key=lambda difference: (not difference.forces, difference.path),
        )
    )


def text_of(path: Path) -> str:
    """A path as people write it: ``rule[0].filter.prefix``."""
    return "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" if number else step
        for number, step in enumerate(path)
    )


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One place of two values under comparison, with the masks that hold there."""

    path: Path
    before: Json
    after: Json
    unknown: bool
    masks: tuple[Json, ...]

    @property
    def hidden(self) -> bool:
        return any(
            value is not None and self.shown(value) == REDACTED for value in (self.before, self.after)
        ) or any(mask is True for mask in self.masks)

    def shown(self, value: Json) -> Json:
        name = next((step for step in reversed(self.path) if isinstance(step, str)), "")
        return hidden_by(self.masks, value, name)


def _leaves(here: _Leaf, unknown: Json) -> Iterator[_Leaf]:
    old, new = here.before, here.after
    if unknown is True:
        yield replace(here, after=None, unknown=True)
        return
    if old == new and not any_true(unknown):
        return
    if not any(mask is True for mask in here.masks):
        left, right = _document(old), _document(new)
        if left is not None and right is not None:
            old, new = left, right
        if _splits(old, new, unknown):
            for step, first, second in _steps(old, new, unknown):
                masks = tuple(_inside(mask, step) for mask in here.masks)
                inner = _Leaf((*here.path, step), first, second, False, masks)
                yield from _leaves(inner, _inside(unknown, step))
            return
    yield replace(here, before=old, after=new, unknown=any_true(unknown))


def _splits(old: Json, new: Json, unknown: Json) -> bool:
    """Whether two values are compared part by part: objects always, lists of objects of the same length."""
    if isinstance(old, dict):
        return isinstance(new, dict) or (new is None and isinstance(unknown, dict) and bool(unknown))
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(isinstance(item, dict | list) for item in (*old, *new))
    return False


def _steps(old: Json, new: Json, unknown: Json) -> Iterator[tuple[str | int, Json, Json]]:
    if isinstance(old, dict):
        after = new if isinstance(new, dict) else {}
        more = unknown if isinstance(unknown, dict) else {}
        for key in sorted({*old, *after, *more}):
            yield key, old.get(key), after.get(key)
    elif isinstance(old, list) and isinstance(new, list):
        for number, pair in enumerate(zip(old, new, strict=True)):
            yield number, *pair


def _inside(mask: Json, step: str | int) -> Json:
    if mask is True:
        return True
    if isinstance(mask, dict) and isinstance(step, str):
        return mask.get(step, False)
    if isinstance(mask, list) and isinstance(step, int) and step < len(mask):
        return mask[step]
    return False


def _document(value: Json) -> Json:
    """A JSON object or array that stands in a string, as policies do; None for anything else."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return None
    try:
        parsed: Json = json.loads(value)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict | list) else None


def _named_like_a_secret(name: str, value: str) -> bool:
    return bool(NAMED_LIKE_A_SECRET.search(name)) and not value.startswith("arn:")


def _is_forced(path: Path, forced: set[str]) -> bool:
    """Terraform names a whole block where one of its values forces, and the other way round."""
    steps = {text_of(path[:length]) for length in range(1, len(path) + 1)}
    return bool(steps & forced)
