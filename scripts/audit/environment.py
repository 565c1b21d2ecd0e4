"""Checkov's own environment: made the first time from pinned hashes, because Checkov pins boto3 in another version."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sys
import time
from pathlib import Path

from scripts import output, processes
from scripts.machine import REPOSITORY, ToolMissing, cache_folder
from scripts.processes import ProcessFailed

REQUIREMENTS = REPOSITORY / "requirements" / "audit.txt"
FOLDER = cache_folder() / "audit-tools"


def checkov() -> tuple[str, ...]:
    """How Checkov is called; its environment is made when it is not there yet. Raises ToolMissing."""
    python = _place() / "bin" / "python"
    if not _complete(_place()):
        _make(_place())
    return (str(python), "-m", "checkov.main")


def _place() -> Path:
    """Another list of pins is another environment."""
    return FOLDER / hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:16]


def _complete(place: Path) -> bool:
    return (place / ".complete").is_file()


def _make(place: Path) -> None:
    """Install under a lock, so that two audits at once make one environment; a killed one is made afresh."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _complete(place):
            return
        output.step("Installing Checkov into the user's cache (once, about 300 MB) ...")
        began = time.monotonic()
        shutil.rmtree(place, ignore_errors=True)
        uv = shutil.which("uv", path=str(Path(sys.executable).parent))
        if uv is None:
            raise ToolMissing(
                "there is no uv beside this Python; run the task as ./invoke, which installs it."
            )
        try:
            processes.run([uv, "venv", "--quiet", "--python", sys.executable, place])
            processes.run(
                [
                    *(uv, "pip", "install", "--quiet", "--require-hashes"),
                    *("--python", place / "bin" / "python", "-r", REQUIREMENTS),
                ]
            )
        except ProcessFailed as failed:
            raise ToolMissing(
                f"Checkov cannot be installed; with a way to a package index, run the task again.\n{failed}"
            ) from failed
        (place / ".complete").touch()
        output.say(f"  done in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    print(checkov()[0])
