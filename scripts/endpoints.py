"""Where a deployed thing answers: the URL that AWS gives, or the embedded AWS's own form of it."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

EXECUTE_API = re.compile(
    r"^https://(?P<api>[a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/(?P<stage>[^/]+)/?"
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request that shows a system at work; they stand in live/_units/<system>/try-it.toml."""

    title: str
    unit: str
    output: str
    method: str
    path: str
    body: str

    def curl(self, base: str, signature: tuple[str, ...] = ()) -> str:
        """The command line to type; *signature* are the words that sign it, for an API that asks for that."""
        words = ["curl", "-sS", *signature, "-X", self.method, f"{base.rstrip('/')}{self.path}"]
        if self.body:
            words += ["-H", "content-type: application/json", "-d", self.body]
        return shlex.join(words)


def reachable(url: str, endpoint: str) -> str:
    """*url* as it can be called from here; in a rehearsal API Gateway answers at the endpoint under another path."""
    found = EXECUTE_API.match(url)
    if not endpoint or found is None:
        return url
    return f"{endpoint.rstrip('/')}/_aws/execute-api/{found['api']}/{found['stage']}"


def signature(region: str, user: str) -> tuple[str, ...]:
    """curl's words for a call that IAM lets in (Signature Version 4); *user* is key and secret with a colon."""
    return ("--aws-sigv4", f"aws:amz:{region}:execute-api", "--user", user)


def requests_of(folder: Path) -> tuple[Request, ...]:
    """The example requests of a system, none when it has no such file."""
    path = folder / "try-it.toml"
    if not path.is_file():
        return ()
    rows: list[Mapping[str, object]] = tomllib.loads(path.read_text())["request"]
    return tuple(
        Request(
            title=str(row["title"]),
            unit=str(row["unit"]),
            output=str(row["output"]),
            method=str(row["method"]),
            path=str(row["path"]),
            body=json.dumps(row["body"]) if "body" in row else "",
        )
        for row in rows
    )
