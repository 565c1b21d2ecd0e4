"""Find the provider types that a unit may use: in its module, the local modules that calls, and its state.

A type is spelled as in Terraform's addresses: ``aws_sqs_queue``, ``data.aws_region``,
``ephemeral.aws_secretsmanager_random_password``.
"""

import json
import re
from functools import cache
from pathlib import Path

# Only whole lines: a "/*" may as well stand in a string, and what a comment names too much does no harm.
_COMMENT = re.compile(r"^[ \t]*(#|//).*$", re.MULTILINE)
_BLOCK = re.compile(r'^\s*(resource|data|ephemeral)\s+"?([A-Za-z_][\w-]*)"?\s', re.MULTILINE)
# A type that was moved away from or removed is in no block any more, yet it still stands in a state.
_FORMER = re.compile(r"^\s*from\s*=\s*(?:module\.\S+?\.)*(data\.)?([a-z0-9]+_\w+)\.", re.MULTILINE)
_MODULE = re.compile(r'^\s*module\s+"?[\w-]+"?\s*\{', re.MULTILINE)
_LOCAL_SOURCE = re.compile(r'\bsource\s*=\s*"(\.{1,2}/[^"$]*)"')
_PREFIX = {"resource": "", "data": "data.", "ephemeral": "ephemeral."}
_STATE_PREFIX = {"managed": "", "data": "data."}

# What Terraform says when a configuration or a state needs a type that the schema at hand does not describe.
_LACKS = re.compile(
    r"does not support (resource|data source|ephemeral resource) type|no schema available for"
)


class UnreadableModuleError(Exception):
    """A module's types cannot be told from its files, so its units must run without the warm provider."""


def unit_types(module_dir: Path) -> frozenset[str]:
    """Return the types named in *module_dir* and in every local module below it.

    The reading errs on the side of too many: one more type costs a few bytes, one missing breaks a plan.
    """
    found: set[str] = set()
    waiting, seen = [module_dir.resolve()], set[Path]()
    while waiting:
        folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        types, sources = _read_folder(folder)
        found |= types
        waiting.extend((folder / source).resolve() for source in sources)
    return frozenset(found)


def types_in_state(state: str) -> frozenset[str]:
    """Return the types of a state file's text; an empty text is an empty state."""
    resources = json.loads(state).get("resources", []) if state.strip() else []
    return frozenset(_STATE_PREFIX.get(entry["mode"], "") + entry["type"] for entry in resources)


def lacks_type(output: str) -> bool:
    """Tell whether Terraform failed for want of a type, which a unit that runs plain does not."""
    return _LACKS.search(" ".join(output.replace("│", " ").split())) is not None


@cache
def _read_folder(folder: Path) -> tuple[frozenset[str], tuple[str, ...]]:
    """Read one folder once per run: a thousand units share a few dozen modules."""
    files = sorted(folder.glob("*.tf"))
    if not files:
        raise UnreadableModuleError(f"{folder} holds no .tf file")
    if json_file := next(folder.glob("*.tf.json"), None):
        raise UnreadableModuleError(f"{json_file} is JSON, which is not searched for types")
    types: set[str] = set()
    sources: list[str] = []
    for path in files:
        text = _COMMENT.sub("", path.read_text())
        types.update(_PREFIX[kind] + name for kind, name in _BLOCK.findall(text))
        types.update(data + name for data, name in _FORMER.findall(text))
        local = _LOCAL_SOURCE.findall(text)
        if len(_MODULE.findall(text)) > len(local):
            raise UnreadableModuleError(f"{path} calls a module that is not a local folder")
        sources.extend(local)
    return frozenset(types), tuple(sources)
