"""A new module: one resource, its variables, a README with an example, tests that can fail, and a rehearsal."""

from __future__ import annotations

from pathlib import Path

from scripts.checks.finding import Finding, Refused, unknown
from scripts.module_rehearsals import ROOTS
from scripts.scaffold.unit import NAME

TEMPLATE = Path(__file__).parent / "new_module"
FILES = ("versions.tf", "main.tf", "variables.tf", "outputs.tf", "README.md")


def module_files(repo: Path, module: str) -> dict[str, str]:
    """The files of *module* (``<domain>/<entity>``), its test and the root that rehearses it, by path.

    Raises Refused when that is no name, the domain is none, or the module is there already.
    """
    domain, _, entity = module.partition("/")
    domains = {path.name for path in (repo / "modules").iterdir() if path.is_dir()}
    found: list[Finding] = []
    if not NAME.fullmatch(entity):
        message = f'"{module}" is no module; write <domain>/<entity>, such as messaging/sqs.'
        found.append(Finding("--module", 0, "not-a-name", module, "", "", message))
    elif domain not in domains:
        found.append(unknown("--module", 0, "unknown-domain", "there is no domain", domain, domains))
    elif (repo / "modules" / module).exists():
        message = f"modules/{module} is there already; choose another name."
        found.append(Finding("--module", 0, "module-exists", module, "", "", message))
    if found:
        raise Refused(found)
    words = {"DOMAIN": domain, "ENTITY": entity, "LABEL": entity.replace("-", "_")}
    made = {f"modules/{module}/{name}": _filled(name, words) for name in FILES}
    made[f"tests/modules/{domain}/test_{words['LABEL']}.py"] = _filled("test.py.template", words)
    made[f"{ROOTS}/{module}.tf"] = _filled("rehearsal.tf.template", words)
    return made


def _filled(name: str, words: dict[str, str]) -> str:
    text = (TEMPLATE / name).read_text()
    for word, value in words.items():
        text = text.replace(word, value)
    return text
