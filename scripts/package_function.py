"""Make the zip of a Lambda function, byte for byte the same on every machine.

Terragrunt runs this file before every plan (``python3 scripts/package_function.py order_processor``), with
whatever Python the machine has and no environment of ours: hence the standard library alone. The zip lands in
``artifacts/`` of the current folder, because that relative path is what the module names. A warm provider
stands in another folder, so with ``STAGECRAFT_WARM`` set the same zip lands under its ``cwd`` too.
"""

import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path

FUNCTIONS = Path(__file__).resolve().parent.parent / "functions"
SHARED = "_shared"
EARLIEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644 << 16
UNIX = 3
USER_MISTAKE = 3


class PackagingError(Exception):
    """A function that cannot be packaged; the text says which one and what to do."""


def known_functions(root: Path) -> list[str]:
    """Name every folder under *root* that holds a handler."""
    return sorted(handler.parent.name for handler in root.glob("*/handler.py"))


def sources(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name in the zip, file) for what runs in Lambda: no tests, no caches, nothing hidden."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in {"__pycache__", "tests"} for part in parts)
        test = path.name.startswith("test_") or path.name == "conftest.py"
        if path.is_file() and not hidden and not test and path.suffix not in {".pyc", ".md"}:
            yield "/".join(parts), path


def contents(root: Path, name: str) -> dict[str, bytes]:
    """Read the files of one function and the shared ones; the same name in both would hide one of them."""
    if name not in known_functions(root):
        near = get_close_matches(name, known_functions(root), n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"known are: {', '.join(known_functions(root))}."
        raise PackagingError(f'{root.name}/: no function "{name}" (a folder with handler.py); {hint}')
    shared = dict(sources(root / SHARED)) if (root / SHARED).is_dir() else {}
    own = dict(sources(root / name))
    for twice in sorted(shared.keys() & own.keys()):
        raise PackagingError(
            f"{root.name}/{name}/{twice}: {root.name}/{SHARED}/ has a file of this name; rename one."
        )
    return {inside: path.read_bytes() for inside, path in (shared | own).items()}


def archive(files: Mapping[str, bytes]) -> bytes:
    """Zip *files* sorted, with fixed times and modes.

    Stored, not deflated: two zlib builds compress to different bytes, and a few kilobytes are not worth a
    function that looks changed on every other machine.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for inside in sorted(files):
            entry = zipfile.ZipInfo(inside, date_time=EARLIEST_ZIP_TIME)
            entry.create_system = UNIX
            entry.external_attr = READABLE_FILE
            target.writestr(entry, files[inside])
    return buffer.getvalue()


def write_atomically(path: Path, data: bytes) -> None:
    """Replace *path* in one step: units that package the same function at once never read half a zip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def package(root: Path, names: Iterable[str], folders: Iterable[Path]) -> None:
    """Put ``artifacts/<name>.zip`` into each folder; nothing is written unless every name is known."""
    zips = {name: archive(contents(root, name)) for name in names}
    for folder in folders:
        for name, data in zips.items():
            write_atomically(folder / "artifacts" / f"{name}.zip", data)


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Package the functions named on the command line; a mistake is one line on stderr and exit code 3."""
    if not arguments:
        print("usage: package_function.py FUNCTION [FUNCTION ...]", file=sys.stderr)
        return USER_MISTAKE
    warm = environment.get("STAGECRAFT_WARM")
    folders = [Path.cwd(), *([Path(warm) / "cwd"] if warm else [])]
    try:
        package(FUNCTIONS, arguments, folders)
    except PackagingError as error:
        print(error, file=sys.stderr)
        return USER_MISTAKE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
