"""The environment the emulators read when they are imported."""

from __future__ import annotations

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
        "LOG_LEVEL": "INFO",
    }
