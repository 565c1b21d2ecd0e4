"""Building and pushing an image with whatever builder this machine has: which words are typed, in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.checks.finding import Finding, Refused

BUILDERS = ("docker", "podman", "buildah")
PLATFORMS = {"X86_64": "linux/amd64", "ARM64": "linux/arm64"}


@dataclass(frozen=True, slots=True)
class Step:
    """One command; *secret* goes to its standard input, never into its words."""

    argv: tuple[str, ...]
    secret: str = ""


def builder(which: Callable[[str], str | None]) -> str:
    """The first builder that *which* finds; Refused with a reason when there is none."""
    found = next((name for name in BUILDERS if which(name)), "")
    if not found:
        message = (
            "no docker, podman or buildah is on this machine, so no image can be built here; "
            "let CI build and push it, then name its tag without --context."
        )
        raise Refused([Finding("--context", 0, "no-builder", "", ", ".join(BUILDERS), "", message)])
    return found


def checked_context(context: str) -> Path:
    """The folder with the Dockerfile (or Containerfile); Refused when there is none."""
    folder = Path(context)
    if not any((folder / name).is_file() for name in ("Dockerfile", "Containerfile")):
        message = f'--context must be a folder with a Dockerfile; got "{context}".'
        raise Refused(
            [Finding("--context", 0, "no-dockerfile", context, "a folder with a Dockerfile", "", message)]
        )
    return folder


def steps(
    tool: str, repository: str, tag: str, context: Path, architecture: str, password: str
) -> Sequence[Step]:
    """Log in, build for the tasks' processor, push."""
    image, registry = f"{repository}:{tag}", repository.partition("/")[0]
    platform = PLATFORMS.get(architecture, PLATFORMS["X86_64"])
    build = "build" if tool != "buildah" else "bud"
    return (
        Step((tool, "login", "--username", "AWS", "--password-stdin", registry), password),
        Step((tool, build, "--platform", platform, "--tag", image, str(context))),
        Step((tool, "push", image)),
    )
