"""Run a task and leave what its own Python took: processor seconds of this one process, none of what it starts.

``python -m scripts.bench.own_time FILE plan --env dev`` in the repository's folder.
"""

import resource
import sys
from pathlib import Path

from invoke.main import program


def main(file: Path, words: list[str]) -> None:
    """Run the task that *words* name, as a shell would, and write the seconds to *file*, however it ends."""
    try:
        program.run(["invoke", *words])
    finally:
        own = resource.getrusage(resource.RUSAGE_SELF)
        file.write_text(f"{own.ru_utime + own.ru_stime:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
