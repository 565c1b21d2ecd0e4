"""Send requests to a deployed API, signed where it asks for that (Signature Version 4, service execute-api)."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import boto3

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; status 0 when nothing did."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Caller:
    """An address and, for an API that wants signed calls, who signs."""

    base: str
    region: str
    session: boto3.Session | None = None
    """None: unsigned."""

    def send(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Reply:
        """Send one request and give back the answer, whatever its status."""
        url = f"{self.base.rstrip('/')}{path}"
        data = body.encode() if body else None
        request = urllib.request.Request(url, data=data, method=method)
        for name, value in {**headers, **self._signature(method, url, data, headers)}.items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return Reply(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            return Reply(error.code, error.read(), dict(error.headers))
        except OSError:
            return Reply(0, b"")

    def _signature(
        self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]
    ) -> Mapping[str, str]:
        if self.session is None:
            return {}
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest

        credentials = self.session.get_credentials()
        assert credentials is not None, "a target has credentials"
        request = AWSRequest(method=method, url=url, data=data, headers=dict(headers))
        SigV4Auth(credentials.get_frozen_credentials(), "execute-api", self.region).add_auth(request)
        return dict(request.headers)
