"""Which libraries of a Linux system Qt lacks, and how they get there."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable

from prepare.layout import VENV, clean_environment
from prepare.machine import is_debian_like, is_root
from prepare.running import complain, run_quietly
from prepare.troubles import SetUpStopped, ToolFailed

# what Qt and its web view load by themselves; enough to draw without a screen
DRAWING = (
    *("libGL.so.1", "libEGL.so.1", "libglib-2.0.so.0", "libdbus-1.so.3", "libfontconfig.so.1"),
    *("libxkbcommon.so.0", "libnss3.so", "libasound.so.2", "libgbm.so.1", "libxcb-dri3.so.0"),
    *("libXcomposite.so.1", "libXdamage.so.1", "libXfixes.so.3", "libXrandr.so.2"),
    *("libXtst.so.6", "libxkbfile.so.1"),
)
# in addition, for a window on a screen
SCREEN = (
    *("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-shape.so.0"),
    *("libxcb-xkb.so.1", "libxkbcommon-x11.so.0", "libX11-xcb.so.1"),
)

_DRAWING_FILES = (
    "plugins/platforms/libqoffscreen.so",
    "lib/libQt6WebEngineCore.so.6",
    "libexec/QtWebEngineProcess",
)
_SCREEN_FILES = ("plugins/platforms/libqxcb.so", "plugins/xcbglintegrations/*.so")

_UNUSUAL_PACKAGES = {  # where Debian's rule for naming a library's package does not hold
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGLdispatch.so.0": "libglvnd0",
    "libnss3.so": "libnss3",
    "libnssutil3.so": "libnss3",
    "libsmime3.so": "libnss3",
    "libnspr4.so": "libnspr4",
    "libplc4.so": "libnspr4",
    "libplds4.so": "libnspr4",
    "libz.so.1": "zlib1g",
}
_NO_PROMPTS = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "a"}
_TRY_LOADING = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


def missing_before_qt(*, with_screen: bool) -> tuple[str, ...]:
    """The libraries that the loader does not find, asked before Qt itself is there."""
    wanted = (*DRAWING, *(SCREEN if with_screen else ()))
    done = subprocess.run(
        [sys.executable, "-I", "-c", _TRY_LOADING, *wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    return tuple(done.stdout.split())


def missing_for_qt(*, with_screen: bool) -> tuple[str, ...]:
    """The libraries that the installed Qt asks for and does not find."""
    found = next(iter(VENV.glob("lib*/python3.*/site-packages/PySide6")), None)
    if found is None or shutil.which("ldd") is None:
        return ()
    patterns = (*_DRAWING_FILES, *(_SCREEN_FILES if with_screen else ()))
    files = [file for pattern in patterns for file in sorted((found / "Qt").glob(pattern))]
    environment = clean_environment()
    environment["LD_LIBRARY_PATH"] = f"{found / 'Qt' / 'lib'}:{found.parent / 'shiboken6'}"
    environment["LC_ALL"] = "C"
    listed = subprocess.run(
        ["ldd", *map(str, files)], capture_output=True, text=True, check=False, env=environment
    )
    return not_found(listed.stdout)


def not_found(listing: str) -> tuple[str, ...]:
    """The libraries that ldd marks as not found, each once."""
    return tuple(dict.fromkeys(re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE)))


def package_of(library: str) -> str:
    """The Debian package of a shared library, by Debian's rule for such names."""
    if library in _UNUSUAL_PACKAGES:
        return _UNUSUAL_PACKAGES[library]
    name, _, version = library.partition(".so")
    package = name.lower().replace("_", "-")
    version = version.lstrip(".").partition(".")[0]
    return f"{package}-{version}" if package[-1].isdigit() and version else package + version


def packages_of(libraries: Iterable[str], known: Callable[[list[str]], set[str]]) -> list[str]:
    """The packages that bring these libraries, under the names that this release knows.

    Debian and Ubuntu renamed some of them with a `t64` ending in 2024. The old name may live on as
    a virtual package that apt refuses to choose from, so the new name goes first. A name that
    the release does not know is left out: what it stands for comes along with the others.
    """
    plain = list(dict.fromkeys(package_of(library) for library in libraries))
    known_here = known([*plain, *map(_renamed, plain)])
    named = [_renamed(name) if _renamed(name) in known_here else name for name in plain]
    return [name for name in named if name in known_here] or plain


def known_to_apt(packages: list[str]) -> set[str]:
    """Those of the packages that apt could install under exactly this name."""
    told = subprocess.run(
        ["apt-cache", "policy", *packages],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment() | {"LC_ALL": "C"},
    ).stdout
    installable = re.compile(r"^(\S+):\n.*\n  Candidate: (?!\(none\))", re.MULTILINE)
    return set(installable.findall(told))


def _renamed(package: str) -> str:
    return f"{package}t64"


def line_to_type(libraries: Iterable[str]) -> str:
    """The one line with which an administrator brings the missing libraries."""
    if is_debian_like():
        return apt_line(packages_of(libraries, known_to_apt))
    for tool in ("dnf", "zypper"):  # both accept a library's name for its package
        if shutil.which(tool):
            quoted = " ".join(f"'{name}()(64bit)'" for name in libraries)
            return f"sudo {tool} install {quoted}"
    return f"with your system's package manager, install: {' '.join(libraries)}"


def apt_line(packages: Iterable[str]) -> str:
    """The line that installs Debian packages, for a person to type."""
    return (
        f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(packages)}"
    )


def install_with_apt(packages_after_update: Callable[[], Iterable[str]]) -> None:
    """Install Debian packages without a question; their names are asked for after the update."""
    try:
        run_quietly("apt-get", ["apt-get", "-q", "update"], extra=_NO_PROMPTS)
    except ToolFailed as failure:  # one dead source must not stop what the others can serve
        complain(f"  {failure}")
    wait = ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    command = ["apt-get", "-q", "-y", *wait, "install", "--no-install-recommends"]
    run_quietly("apt-get", [*command, *packages_after_update()], extra=_NO_PROMPTS)


def bring(find_missing: Callable[[], tuple[str, ...]]) -> None:
    """See to it that no library is missing.

    Raises:
        SetUpStopped: some are, and only the person can install them.
    """
    missing = find_missing()
    if missing and is_root() and is_debian_like():
        install_with_apt(lambda: packages_of(missing, known_to_apt))
        missing = find_missing()
    if missing:
        raise SetUpStopped(
            f"Qt needs system libraries that are not here ({', '.join(missing)}). "
            f"Type this line, then start again:\n\n  {line_to_type(missing)}\n"
        )
