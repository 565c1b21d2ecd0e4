"""Find Terraform, Terragrunt and the provider, or fetch them: from PATH, from the cache, from the release, from source.

What is fetched or built lives in the user's cache folder under its version and platform, and appears there in one
rename, so two runs at once are fine and a killed run leaves nothing half made.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
TERRAFORM_SERIES = (1, 11)
TERRAFORM_VERSION = "1.11.4"
TERRAGRUNT_VERSION = "1.1.3"
PROVIDER = "registry.terraform.io/hashicorp/aws"
CONNECT_SECONDS = 6.0


class ToolMissing(Exception):
    """A tool is neither here nor to be had; the message says what to do."""


def cache_folder() -> Path:
    """Our folder in the user's cache (XDG base directory specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stagecraft"


def platform_name() -> str:
    """This machine as Terraform spells it: ``linux_amd64``."""
    machine = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}.get(
        platform.machine(), platform.machine()
    )
    return f"{sys.platform.rstrip('0123456789')}_{machine.lower()}"


def version_in(text: str) -> tuple[int, ...]:
    """The first x.y.z in what a tool prints of itself; empty when there is none."""
    found = re.search(r"v?(\d+)\.(\d+)\.(\d+)", text)
    return tuple(int(part) for part in found.groups()) if found else ()


def terraform() -> Path:
    """Terraform of the pinned series: the one on PATH when it fits, else the release."""
    with contextlib.suppress(FileNotFoundError):
        return _remembered("terraform", TERRAFORM_VERSION)
    for candidate in _on_path("terraform"):
        if _version_of(candidate)[:2] == TERRAFORM_SERIES:
            return _remember("terraform", TERRAFORM_VERSION, candidate)
    return _make("terraform", TERRAFORM_VERSION, _download_terraform)


def terragrunt() -> Path:
    """Terragrunt of the pinned version: from PATH, the release, or built from source with Go."""
    with contextlib.suppress(FileNotFoundError):
        return _remembered("terragrunt", TERRAGRUNT_VERSION)
    for candidate in _on_path("terragrunt"):
        if _version_of(candidate) == version_in(TERRAGRUNT_VERSION):
            return _remember("terragrunt", TERRAGRUNT_VERSION, candidate)
    return _make("terragrunt", TERRAGRUNT_VERSION, _fetch_terragrunt)


def provider_version() -> str:
    """The provider version that the root lock file pins."""
    found = re.search(r'version\s*=\s*"([^"]+)"', (REPOSITORY / ".terraform.lock.hcl").read_text())
    assert found, ".terraform.lock.hcl names no version"
    return found.group(1)


def provider_mirror() -> Path | None:
    """A filesystem mirror on this machine that holds the pinned provider, if there is one.

    STAGECRAFT_PROVIDER_MIRROR names it outright; otherwise Terraform's implied mirror folders are looked at, and
    one level under the usual prefixes.
    """
    named = os.environ.get("STAGECRAFT_PROVIDER_MIRROR")
    places: list[Path] = (
        [Path(named)]
        if named
        else [
            Path.home() / ".terraform.d" / "plugins",
            Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
            / "terraform"
            / "plugins",
            Path("/usr/local/share/terraform/plugins"),
            Path("/usr/share/terraform/plugins"),
            *sorted(
                folder for prefix in ("/opt", "/usr/local/share", "/srv") for folder in Path(prefix).glob("*")
            ),
            cache_folder() / "providers",
        ]
    )
    wanted = Path(PROVIDER) / provider_version() / platform_name()
    return next((place for place in places if (place / wanted).is_dir()), None)


def provider_binary() -> Path | None:
    """The provider's executable, for the warm provider; None when Terraform would have to fetch it first."""
    mirror = provider_mirror()
    if mirror is None:
        return None
    folder = mirror / PROVIDER / provider_version() / platform_name()
    return next(iter(sorted(folder.glob("terraform-provider-aws_v*"))), None)


def cli_configuration() -> Path:
    """A Terraform CLI configuration of ours: the mirror when there is one, no calls home."""
    mirror = provider_mirror()
    lines = ["disable_checkpoint = true"]
    if mirror is not None:
        lines += [
            "provider_installation {",
            "  filesystem_mirror {",
            f'    path    = "{mirror}"',
            f'    include = ["{PROVIDER}"]',
            "  }",
            f'  direct {{ exclude = ["{PROVIDER}"] }}',
            "}",
        ]
    else:
        plugins = cache_folder() / "plugin-cache"
        plugins.mkdir(parents=True, exist_ok=True)
        lines.append(f'plugin_cache_dir = "{plugins}"')
    text = "\n".join(lines) + "\n"
    path = REPOSITORY / ".cache" / "terraform.rc"
    if not path.is_file() or path.read_text() != text:
        path.parent.mkdir(exist_ok=True)
        _write_atomically(path, text.encode())
    return path


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """*base* with what our tools need: the CLI configuration (unless the user's exists), Terraform's place, quiet."""
    made = dict(base)
    named = base.get("TF_CLI_CONFIG_FILE")
    implied = Path.home() / ".terraformrc"
    if not (named and Path(named).is_file()) and not implied.is_file():
        made["TF_CLI_CONFIG_FILE"] = str(cli_configuration())
    made.setdefault("TG_TF_PATH", str(terraform()))
    made.setdefault("CHECKPOINT_DISABLE", "1")
    if made.get("AWS_ENDPOINT_URL", "").startswith("http://"):
        # With it the provider fails on plain http: "unable to add custom RootCAs HTTPClient".
        made.pop("AWS_CA_BUNDLE", None)
    return made


def _on_path(name: str) -> Iterator[Path]:
    ours = REPOSITORY / ".venv" / "bin"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        candidate = Path(folder) / name
        if (
            folder
            and candidate.parent.resolve() != ours
            and os.access(candidate, os.X_OK)
            and candidate.is_file()
        ):
            yield candidate


def _version_of(binary: Path) -> tuple[int, ...]:
    try:
        answer = subprocess.run(
            [binary, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return version_in(answer.stdout)


def _place(name: str, version: str) -> Path:
    return cache_folder() / "tools" / f"{name}-{version}-{platform_name()}" / name


def _note(name: str, version: str) -> Path:
    return REPOSITORY / ".cache" / "tools" / f"{name}-{version}"


def _remembered(name: str, version: str) -> Path:
    """Where the tool was found last time; asking a binary for its version costs more than all the rest."""
    path, stamp = _note(name, version).read_text().split("\n")[:2]
    found = Path(path)
    if not found.is_file() or str(found.stat().st_mtime_ns) != stamp:
        raise FileNotFoundError(path)
    return found


def _remember(name: str, version: str, found: Path) -> Path:
    note = _note(name, version)
    note.parent.mkdir(parents=True, exist_ok=True)
    _write_atomically(note, f"{found}\n{found.stat().st_mtime_ns}\n".encode())
    return found


def _make(name: str, version: str, maker: Callable[[Path], None]) -> Path:
    """Have *maker* write the tool into a scratch folder beside its place, then rename; one maker at a time."""
    place = _place(name, version)
    place.parent.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent.parent / f".{place.parent.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_file():
            scratch = Path(tempfile.mkdtemp(prefix=f".{place.parent.name}.", dir=place.parent.parent))
            try:
                maker(scratch / name)
                (scratch / name).chmod(0o755)
                shutil.rmtree(place.parent, ignore_errors=True)
                scratch.chmod(0o755)
                scratch.rename(place.parent)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    return _remember(name, version, place)


def _write_atomically(path: Path, data: bytes) -> None:
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_bytes(data)
    scratch.replace(path)


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=CONNECT_SECONDS) as answer:
        return bytes(answer.read())


def _checked(base: str, name: str, sums: str) -> bytes:
    """A file of a release, compared with the release's own SHA-256 list."""
    expected = {
        line.split()[-1].lstrip("*"): line.split()[0]
        for line in _fetch(f"{base}/{sums}").decode().splitlines()
    }
    data = _fetch(f"{base}/{name}")
    if hashlib.sha256(data).hexdigest() != expected.get(name):
        raise ToolMissing(f"{base}/{name} does not match its SHA-256 in {sums}; nothing was installed.")
    return data


def _download_terraform(target: Path) -> None:
    name = f"terraform_{TERRAFORM_VERSION}_{platform_name()}.zip"
    base = f"https://releases.hashicorp.com/terraform/{TERRAFORM_VERSION}"
    _say(f"Fetching Terraform {TERRAFORM_VERSION} ...")
    try:
        archive = _checked(base, name, f"terraform_{TERRAFORM_VERSION}_SHA256SUMS")
    except (urllib.error.URLError, OSError) as error:
        raise ToolMissing(
            f"Terraform {TERRAFORM_VERSION} is not on PATH and cannot be fetched ({error}); "
            "install any 1.11 release and run the command again."
        ) from error
    scratch = target.with_suffix(".zip")
    scratch.write_bytes(archive)
    with zipfile.ZipFile(scratch) as packed:
        target.write_bytes(packed.read("terraform"))
    scratch.unlink()


def _fetch_terragrunt(target: Path) -> None:
    base = f"https://github.com/gruntwork-io/terragrunt/releases/download/v{TERRAGRUNT_VERSION}"
    try:
        _say(f"Fetching Terragrunt {TERRAGRUNT_VERSION} ...")
        target.write_bytes(_checked(base, f"terragrunt_{platform_name()}", "SHA256SUMS"))
        return
    except (urllib.error.URLError, OSError) as error:
        reason = str(error)
    go = shutil.which("go")
    if go is None:
        raise ToolMissing(
            f"Terragrunt {TERRAGRUNT_VERSION} is not on PATH, cannot be fetched ({reason}), and there is no Go to build "
            "it with; install that release or Go and run the command again."
        )
    _say(
        f"No release to be had ({reason}); building Terragrunt {TERRAGRUNT_VERSION} with Go: about 4 minutes, once ..."
    )
    # Without the flag the binary calls itself 0.0 and refuses every version constraint.
    flags = f"-s -w -X github.com/gruntwork-io/terragrunt/internal/version.Version=v{TERRAGRUNT_VERSION}"
    subprocess.run(
        [
            go,
            "build",
            "-mod=readonly",
            "-trimpath",
            "-ldflags",
            flags,
            "-o",
            target,
            "github.com/gruntwork-io/terragrunt",
        ],
        cwd=REPOSITORY / "scripts" / "terragrunt_build",
        check=True,
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
