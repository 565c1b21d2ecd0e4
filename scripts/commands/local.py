"""invoke local.*: the embedded AWS by hand. Tasks with --local start it themselves."""

from __future__ import annotations

import shlex

from scripts import output, toolchain
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.local_aws import lifecycle
from scripts.target import choose


def start() -> int:
    """Start it, or say where it runs."""
    running = lifecycle.start()
    output.result(f"The embedded AWS answers at {running.url} (process {running.pid}).")
    return options.FINE


def stop() -> int:
    """Stop it cleanly; its state is kept for the next start."""
    output.result("Stopped; its state is kept." if lifecycle.stop() else "It was not running.")
    return options.FINE


def status(flags: Flags) -> int:
    """Where it runs; 1 when it does not."""
    running = lifecycle.status()
    if flags.json:
        output.emit_json({"running": running is not None, "url": running.url if running else None})
    else:
        output.result(
            f"It answers at {running.url} (process {running.pid})." if running else "It is not running."
        )
    return options.FINE if running else options.FAILED


def reset(flags: Flags) -> int:
    """Stop it and forget everything that was rehearsed."""
    options.confirm("Forget everything that was rehearsed?", "yes", flags)
    lifecycle.reset()
    output.result("Forgotten; the next start is empty.")
    return options.FINE


def env(flags: Flags) -> int:
    """Print the exports that point a shell, and plain terragrunt in it, at the embedded AWS."""
    environment, units = choose(options.tree(), flags.env, "", "")
    running = lifecycle.start()
    region = units[0].region if units else "us-east-1"
    variables = lifecycle.client_environment(running.url, environment.account_id, region)
    for name, value in variables.items():
        output.result(f"export {name}={shlex.quote(value)}")
    output.result("unset AWS_CA_BUNDLE AWS_PROFILE AWS_SESSION_TOKEN")
    output.result(f"export TF_CLI_CONFIG_FILE={shlex.quote(str(toolchain.cli_configuration()))}")
    return options.FINE
