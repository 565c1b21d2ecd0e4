"""What is neither a person's mistake nor ours: a full disk, a right that is missing, AWS that refuses or is not there."""

from __future__ import annotations

import errno

CONTINUES = "type the same command again, it continues"
NO_ROOM = f"make room, then {CONTINUES}"
IN_THE_WAY = f"a file stands where a folder belongs: move it away, then {CONTINUES}"
NO_RIGHT = f"ls -ld shows who may; get that right, then {CONTINUES}"
OF_THE_MACHINE = {
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: NO_ROOM,
    errno.EFBIG: NO_ROOM,
    errno.EROFS: NO_RIGHT,
    errno.EACCES: NO_RIGHT,
    errno.EPERM: NO_RIGHT,
    errno.ENOTDIR: IN_THE_WAY,
    errno.EEXIST: IN_THE_WAY,
    errno.EIO: f"look after that disk, then {CONTINUES}",
    errno.EMFILE: f"raise `ulimit -n`, then {CONTINUES}",
    errno.ENFILE: f"end other programs, then {CONTINUES}",
    errno.ENOMEM: f"end other programs, then {CONTINUES}",
}
"""Errors of the operating system that nobody's input or code explains, and what to do."""

EXPIRED = ("ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId")
FORBIDDEN = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403", "Forbidden")


def trouble(error: BaseException) -> str | None:
    """What went wrong and what to do, in one sentence; None for anything that may be a mistake of ours."""
    if isinstance(error, OSError) and error.errno in OF_THE_MACHINE:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror}; {OF_THE_MACHINE[error.errno]}."
    if isinstance(error, ConnectionError | TimeoutError):
        return f"the connection broke ({error}); {CONTINUES}."
    # Most tasks never load botocore, which takes a third of a second, so it is not imported to ask this.
    if type(error).__module__.partition(".")[0] == "botocore":
        return _of_aws(error)
    return None


def _of_aws(error: BaseException) -> str:
    from botocore.exceptions import ClientError

    if not isinstance(error, ClientError):
        return f"AWS cannot be asked: {error}; look at the network, then {CONTINUES}."
    code = str(error.response.get("Error", {}).get("Code", ""))
    said = (
        f"AWS refused {error.operation_name} ({code}: {error.response.get('Error', {}).get('Message', '')})"
    )
    if code in EXPIRED:
        return f"{said}; renew the credentials, then {CONTINUES}."
    if code in FORBIDDEN:
        return f"{said}; take on a role that may, then {CONTINUES}."
    return f"{said}; {CONTINUES}."
