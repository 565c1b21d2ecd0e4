"""One JSON object a line, joined across functions by the correlation id.

The keys ``timestamp`` and ``level`` are the two that Lambda's own log-level filter reads.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class StructuredLog:
    """Writes for one function and one request. Fields are ids and counts, never what a customer typed."""

    function: str
    correlation_id: str

    def info(self, message: str, **fields: str | int) -> None:
        """Say what went as intended."""
        self._write("INFO", message, fields)

    def warning(self, message: str, **fields: str | int) -> None:
        """Say what was refused, by the caller's fault."""
        self._write("WARN", message, fields)

    def error(self, message: str, **fields: str | int) -> None:
        """Say what failed and will be tried again or set aside."""
        self._write("ERROR", message, fields)

    def _write(self, level: str, message: str, fields: dict[str, str | int]) -> None:
        line = {
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": level,
            "function": self.function,
            "correlation_id": self.correlation_id,
            "message": message,
        }
        print(json.dumps(fields | line), flush=True)
