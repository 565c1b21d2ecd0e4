"""A copy of everything the server keeps, to return to when it was killed.

The emulators save their state when they stop; objects are on disk at once. After a kill the two
would not belong together: Terraform states that name resources nobody knows. So a server that did
not stop cleanly goes back to the last copy as a whole.
"""

from __future__ import annotations

import shutil

from scripts.local_aws.home import Home


def prepare(home: Home) -> None:
    """Before the emulators load: undo what an unclean end left, and count as unclean from now on."""
    if home.checkpoint.exists() and not home.clean.exists():
        for live in (home.state, home.objects):
            shutil.rmtree(live, ignore_errors=True)
            shutil.copytree(home.checkpoint / live.name, live)
    if not home.checkpoint.exists():
        copy(home)
    home.clean.unlink(missing_ok=True)


def copy(home: Home) -> None:
    """Take the copy; a kill in the middle leaves the older one."""
    draft, old = home.path / "checkpoint.new", home.path / "checkpoint.old"
    for leftover in (draft, old):
        shutil.rmtree(leftover, ignore_errors=True)
    for live in (home.state, home.objects):
        shutil.copytree(live, draft / live.name)
    if home.checkpoint.exists():
        home.checkpoint.rename(old)
    draft.rename(home.checkpoint)
    shutil.rmtree(old, ignore_errors=True)


def finish(home: Home) -> None:
    """After the state was saved at a stop: what is on disk is whole."""
    copy(home)
    home.clean.touch()
