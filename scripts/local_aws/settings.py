"""The environment the emulators read when they are imported."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

from scripts.local_aws.home import Home

DEFAULT_ACCOUNT = "000000000000"


def emulator_environment(home: Home, port: int) -> dict[str, str]:
    """Loopback only, no second listener, everything kept under the home.

    MOTO_ACCOUNT_ID stays unset: it would override the account of each request.
    """
    return {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_ACCOUNT_ID": DEFAULT_ACCOUNT,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(home.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(home.objects),
        "LAMBDA_EXECUTOR": "local",
        "DOCKER_HOST": f"unix://{home.path}/no-docker.sock",  # a daemon on this machine is never used
        "TMPDIR": str(home.scratch),
        "AUTH": "true",  # a function may do what its role allows; an account's own key may do everything
        "LOG_LEVEL": "INFO",
    }


@dataclass(frozen=True, slots=True)
class Delays:
    """Waits that AWS makes long and a rehearsal makes short; an environment variable sets each.

    AWS retries a failed asynchronous invocation after 1 and 2 minutes, a failed event target with
    growing waits for up to a day, a failed stream batch at once and then ever slower, and looks
    at an alarm once a minute.
    """

    async_retry_seconds: float = 0.5
    event_retry_seconds: float = 0.2
    stream_retry_seconds: float = 0.2
    alarm_seconds: float = 2.0
    checkpoint_seconds: float = 5.0

    @classmethod
    def from_environment(cls) -> Delays:
        """``STAGECRAFT_ASYNC_RETRY_SECONDS`` sets ``async_retry_seconds``, and so on."""
        names = [field.name for field in fields(cls)]
        given = {name: os.environ.get(f"STAGECRAFT_{name.upper()}") for name in names}
        return cls(**{name: float(value) for name, value in given.items() if value})
