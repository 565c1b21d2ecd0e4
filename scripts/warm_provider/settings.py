"""What the front is told when it starts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The provider to stand in front of, and each unit's socket and types."""

    provider: Path
    directory: Path
    schema_file: Path
    sockets: Mapping[str, Path]
    types: Mapping[str, frozenset[str]]

    def to_json(self) -> str:
        """Return one line of JSON. Equal type sets are written once: a thousand units share a few dozen."""
        sets = sorted({tuple(sorted(types)) for types in self.types.values()})
        place = {types: index for index, types in enumerate(sets)}
        return json.dumps(
            {
                "provider": str(self.provider),
                "directory": str(self.directory),
                "schema_file": str(self.schema_file),
                "sets": sets,
                "units": {
                    unit: [str(socket), place[tuple(sorted(self.types[unit]))]]
                    for unit, socket in self.sockets.items()
                },
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "Settings":
        """Read what to_json wrote."""
        read = json.loads(text)
        sets = [frozenset(types) for types in read["sets"]]
        return cls(
            provider=Path(read["provider"]),
            directory=Path(read["directory"]),
            schema_file=Path(read["schema_file"]),
            sockets={unit: Path(socket) for unit, (socket, _) in read["units"].items()},
            types={unit: sets[index] for unit, (_, index) in read["units"].items()},
        )
