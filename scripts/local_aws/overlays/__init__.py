"""What the emulators lack, mended in memory before they serve: one module a service.

An overlay replaces functions of an emulator; the installed packages are never edited. Each
module names the emulator version and the gap, and each has a test that fails without it.
"""

from __future__ import annotations

from types import ModuleType

OVERLAYS: tuple[ModuleType, ...] = ()


def install_all() -> None:
    """Install every overlay, in the order of the list."""
    for overlay in OVERLAYS:
        overlay.install()
