"""What Terragrunt would know of a unit, computed from the same files without starting it."""

from __future__ import annotations

import os
from pathlib import Path

from scripts.hcl.evaluate import MISSING, Failed, Function, Lazy, Scope, Unknown, Value
from scripts.hcl.functions import TERRAFORM
from scripts.hcl.nodes import Expression
from scripts.hcl.reader import read


def functions(root: Path, file: Path, unit: Path) -> dict[str, Function]:
    """Terraform's functions and Terragrunt's, as seen in *file* when it is read for *unit*."""

    def read_config(path: str, *fallback: Value) -> Value:
        target = Path(os.path.normpath(file.parent / path))
        if not target.is_file():
            if fallback:
                return fallback[0]
            raise Failed(f"no {path}")
        return {"locals": locals_of(root, target, unit)}

    return {
        **TERRAFORM,
        "get_repo_root": lambda: str(root),
        "get_terragrunt_dir": lambda: str(unit),
        "get_original_terragrunt_dir": lambda: str(unit),
        "get_parent_terragrunt_dir": lambda *_: str(root),
        "path_relative_to_include": lambda *_: unit.relative_to(root).as_posix(),
        "get_env": _get_env,
        "basename": lambda path: Path(path).name,
        "dirname": lambda path: str(Path(path).parent),
        "read_terragrunt_config": read_config,
    }


def _get_env(name: str, *fallback: str) -> str:
    """Never the real environment: the same tree must give the same findings everywhere."""
    if not fallback:
        raise Unknown(name)
    return fallback[0]


def locals_of(root: Path, file: Path, unit: Path) -> Lazy:
    """The locals of *file*, read for *unit*."""
    assignments: dict[str, Expression] = {
        name: found.value
        for block in read(file).body.of_type("locals")
        for name, found in block.body.assignments.items()
    }
    return Lazy(assignments, functions(root, file, unit))


def file_scope(root: Path, file: Path, unit: Path) -> Scope:
    """What an expression in *file* may use when it is read for *unit*."""
    found = locals_of(root, file, unit)
    return Scope({"local": found}, found.scope.functions)


def context_of(root: Path, unit: Path) -> dict[str, Value]:
    """The values of live/context.hcl for *unit*: name, tags, account_id, region and the rest."""
    file = root / "live" / "context.hcl"
    if not file.is_file():
        return {}
    return {name: value for name, value in locals_of(root, file, unit).all().items() if value is not MISSING}
