"""What the front is told when it starts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

# The one line of the front's output that is no message for the user.
READY = "ready"


def region_folder(unit: str) -> str:
    """Return the folder above a unit's system: live/<environment>/<region>."""
    return str(PurePosixPath(unit).parent.parent)


PLAIN_HELPS = "Run again with --plain."
"""Ends each complaint that a plain run would not have, so that a caller may run the unit plain by itself."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The provider to stand in front of, and each unit's socket and types."""

    provider: Path
    directory: Path
    schema_file: Path
    sockets: Mapping[str, Path]
    types: Mapping[str, frozenset[str]]

    @property
    def working_directory(self) -> Path:
        """The folder the provider stands in: relative paths that it opens itself start here."""
        return self.directory / "cwd"

    def to_json(self) -> str:
        """Return one line of JSON. Equal type sets are written once: a thousand units share a few dozen."""
        sets = sorted({tuple(sorted(types)) for types in self.types.values()})
        place = {types: index for index, types in enumerate(sets)}
        units = {
            unit: [str(socket), place[tuple(sorted(self.types[unit]))]]
            for unit, socket in self.sockets.items()
        }
        folders = [str(self.provider), str(self.directory), str(self.schema_file)]
        return json.dumps({"folders": folders, "sets": sets, "units": units})

    def regions(self) -> dict[str, list[str]]:
        """Return the units by the folder of their region: each region has a provider of its own."""
        found: dict[str, list[str]] = {}
        for unit in self.sockets:
            found.setdefault(region_folder(unit), []).append(unit)
        return found

    @classmethod
    def from_json(cls, text: str) -> "Settings":
        """Read what to_json wrote."""
        read = json.loads(text)
        provider, directory, schema_file = map(Path, read["folders"])
        sets = [frozenset(types) for types in read["sets"]]
        return cls(
            provider=provider,
            directory=directory,
            schema_file=schema_file,
            sockets={unit: Path(socket) for unit, (socket, _) in read["units"].items()},
            types={unit: sets[index] for unit, (_, index) in read["units"].items()},
        )
