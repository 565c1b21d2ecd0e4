"""The server process of the embedded AWS: ``python -m scripts.local_aws.gateway HOME PORT``."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import os
from pathlib import Path

from scripts.local_aws import checkpoint
from scripts.local_aws import home as homes
from scripts.local_aws.home import Home
from scripts.local_aws.settings import emulator_environment


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts.local_aws.gateway", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("port", type=int)
    flags = parser.parse_args()

    home = Home(flags.home.resolve())
    home.create()
    descriptor = homes.hold(home, flags.port)
    checkpoint.prepare(home)
    os.environ.update(emulator_environment(home, flags.port))
    # Imported late: the emulators read the environment while they are imported.
    dispatch = importlib.import_module("scripts.local_aws.dispatch")
    try:
        asyncio.run(dispatch.serve(home, flags.port))
        checkpoint.finish(home)
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    main()
