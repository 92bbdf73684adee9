"""What went wrong, said as a sentence with what to do about it."""

import errno
import re
import sys

from prepare.layout import LOG, VENV

ENVIRONMENT = 4  # exit status: this machine, not the command, is what has to change

_NO_NETWORK = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|Max retries exceeded|Connection(Reset|Refused)"
    r"|Failed to establish a new connection|Unable to connect|timed out|getaddrinfo failed"
    r"|Temporary failure (in name resolution|resolving)|Name or service not known"
    r"|Could not (connect|resolve)|Failed to fetch|network request .* failed"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENETDOWN"
    r"|ProxyError|Tunnel connection failed|SSLError|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT"
)
_NO_SPACE = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded|not enough space")
_READ_ONLY = re.compile(
    r"Read-only file system|EROFS|Permission denied|EACCES|EPERM|Access is denied"
)
_ALTERED = re.compile(r"DO NOT MATCH THE HASHES|EINTEGRITY|integrity checksum failed")
_NO_BUILD = re.compile(r"No matching distribution found for (?P<package>\S+)")
_DISK_ERRNOS = {errno.ENOSPC, errno.EDQUOT}
_RIGHTS_ERRNOS = {errno.EACCES, errno.EPERM, errno.EROFS}

SPACE = "The disk is full. Free at least 3 GB where {folder} lies, then start again."
NETWORK = (
    "{who} could not reach its package registry. Check the network (and the proxy or certificates, "
    "if your company has any), then start again: what was already fetched is kept."
)


class SetUpStopped(Exception):
    """Set-up cannot go on; its text says why and what the person can do."""


class ToolFailed(SetUpStopped):
    """A tool ended with an error; `while_fetching` when it had not yet changed anything."""

    def __init__(self, tool: str, output: str) -> None:
        fetching = (_NO_NETWORK, _ALTERED, _NO_BUILD)
        self.while_fetching = any(sign.search(output) for sign in fetching)
        super().__init__(explain(tool, output))


def explain(tool: str, output: str) -> str:
    """Say in one sentence what a tool's last words mean, or repeat those words."""
    if _NO_SPACE.search(output):
        return SPACE.format(folder=VENV.parent)
    if _NO_NETWORK.search(output):
        return NETWORK.format(who=tool)
    if _ALTERED.search(output):
        return (
            f"{tool} received a package that is not the one in the lock file, and refused it. "
            "Start again; if it happens again, whoever serves your packages alters them."
        )
    if no_build := _NO_BUILD.search(output):
        return (
            f"There is no ready-made {no_build['package']} for this computer ({this_computer()}). "
            "Régie runs on Linux with glibc 2.34 (Debian 12, Ubuntu 22.04 or newer), Windows 10 "
            "or newer, and macOS 14 on Apple silicon, always with a 64-bit Python."
        )
    if _READ_ONLY.search(output):
        return f"{tool} may not write where it has to: {_last_words(output)}"
    return f"{tool} failed: {_last_words(output)}\nEverything it said is in {LOG}."


def explain_os_error(error: OSError) -> str:
    """Say what the operating system refused."""
    if error.errno in _DISK_ERRNOS:
        return SPACE.format(folder=error.filename or VENV.parent)
    if error.errno in _RIGHTS_ERRNOS:
        return (
            f"{error.filename} may not be changed ({error.strerror}). Use a folder of your own, "
            "or close the program that holds it, then start again."
        )
    return f"The system answered: {error}. Start again once that is put right."


def this_computer() -> str:
    """The Python and the system at hand, as in "Python 3.12 on linux"."""
    return f"Python {sys.version_info[0]}.{sys.version_info[1]} on {sys.platform}"


def _last_words(output: str, lines: int = 8) -> str:
    said = [line.rstrip() for line in output.splitlines() if line.strip()]
    return "\n  ".join(said[-lines:]) or "it did not say why."
