"""Start, stop and find the embedded AWS of a home."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.local_aws import home as homes
from scripts.local_aws.home import DEFAULT_HOME, REPOSITORY, Home

START_SECONDS = 120.0
STOP_SECONDS = 30.0
SECRET_KEY = "no-secret-in-a-rehearsal"
# Below the range systems hand out for outgoing connections, so that a stopped server's port stays free.
PORTS = range(15000, 32000)


class LocalAwsError(Exception):
    """The embedded AWS could not be started or stopped; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    url: str
    port: int
    pid: int


def start(home: Path = DEFAULT_HOME) -> Running:
    """Start the server of *home*, or return the one that runs; callers that race get the same one."""
    place = Home(home.resolve())
    with homes.exclusive(place):
        if homes.holder(place) is not None:
            return _wait_for_busy(home, place)
        return _start(place)


def stop(home: Path = DEFAULT_HOME) -> bool:
    """Stop the server of *home* cleanly, state saved; False when none ran."""
    place = Home(home.resolve())
    if not place.path.exists():
        return False
    with homes.exclusive(place):
        found = homes.holder(place)
        if found is None:
            return False
        _signal(found.pid, signal.SIGTERM)
        if not _wait_until_gone(place, STOP_SECONDS):
            _signal_group(found.pid, signal.SIGKILL)
            if not _wait_until_gone(place, STOP_SECONDS):
                raise LocalAwsError(f"process {found.pid} does not end; see {place.log}")
        # Function workers end with their server; one that hangs in its handler does not notice.
        _signal_group(found.pid, signal.SIGKILL)
        _reap(found.pid)
        return True


def status(home: Path = DEFAULT_HOME) -> Running | None:
    """The server of *home* if it lives and answers, else None."""
    found = homes.holder(Home(home.resolve()))
    if found is None:
        return None
    url = f"http://127.0.0.1:{found.port}"
    return Running(url, found.port, found.pid) if _pid_at(url) == found.pid else None


def reset(home: Path = DEFAULT_HOME) -> None:
    """Stop the server and forget everything it kept, except its port."""
    stop(home)
    place = Home(home.resolve())
    for folder in (place.state, place.objects, place.scratch, place.checkpoint):
        shutil.rmtree(folder, ignore_errors=True)
    place.log.unlink(missing_ok=True)


def client_environment(url: str, account_id: str, region: str) -> dict[str, str]:
    """Variables with which any AWS client talks to the server as *account_id*.

    The access key is the account: that is how accounts live side by side in one server.
    """
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": account_id,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _start(place: Home) -> Running:
    """Start a server in a home that nobody serves; the caller holds the home's starting lock."""
    port = _port(place)
    log_start = place.log.stat().st_size if place.log.exists() else 0
    process = _spawn(place, port)
    return _wait_until_healthy(place, process, port, log_start)


def _port(home: Home) -> int:
    """The port of the home, chosen once: queue URLs in saved states contain it."""
    with suppress(FileNotFoundError, ValueError):
        port = int(home.port_file.read_text())
        if not _is_free(port):
            raise LocalAwsError(
                f"port {port} of {home.path} is in use by another program; stop that program, "
                f"or delete {home.port_file} to choose a new one (rehearsed queue URLs will change)."
            )
        return port
    for candidate in random.sample(PORTS, k=50):
        if _is_free(candidate):
            home.port_file.write_text(f"{candidate}\n")
            return candidate
    raise LocalAwsError(f"no free port between {PORTS.start} and {PORTS.stop} on 127.0.0.1")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _spawn(home: Home, port: int) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, so a Ctrl-C in the caller's terminal does not reach it."""
    # The caller's AWS settings would leak into every function the server runs.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "TF_", "MOTO_"))}
    argv = [sys.executable, "-m", "scripts.local_aws.gateway", str(home.path), str(port)]
    with home.log.open("ab") as log:
        return subprocess.Popen(
            argv,
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait_until_healthy(home: Home, process: subprocess.Popen[bytes], port: int, log_start: int) -> Running:
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise LocalAwsError(
                f"the embedded AWS ended with code {process.returncode} while starting; "
                f"the end of {home.log}:\n{_tail(home.log, log_start)}"
            )
        if _pid_at(url) == process.pid:
            return Running(url, port, process.pid)
        time.sleep(0.05)
    _signal_group(process.pid, signal.SIGKILL)
    process.wait()
    raise LocalAwsError(
        f"the embedded AWS did not answer at {url} within {START_SECONDS:.0f} s; "
        f"the end of {home.log}:\n{_tail(home.log, log_start)}"
    )


def _wait_for_busy(home: Path, place: Home) -> Running:
    """The server that holds the home already; on a busy machine it may take a while to answer."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        running = status(home)
        if running is not None:
            return running
        if homes.holder(place) is None:
            return _start(place)
        time.sleep(0.1)
    found = homes.holder(place)
    raise LocalAwsError(
        f"process {found.pid if found else '?'} serves {place.path} but does not answer; stop it and start again."
    )


def _tail(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(start)
        return "\n".join(file.read().decode(errors="replace").splitlines()[-15:])


def _pid_at(url: str) -> int | None:
    """The pid that the server at *url* names as its own; None when no server of ours answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_stagecraft/health", timeout=5) as answer:
            return int(json.load(answer)["pid"])
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        return None


def _wait_until_gone(home: Home, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if homes.holder(home) is None:
            return True
        time.sleep(0.05)
    return False


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _signal_group(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _reap(pid: int) -> None:
    """Collect the exit status when this process is the one that started the server."""
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
