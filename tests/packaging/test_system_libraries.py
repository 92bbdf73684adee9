"""The libraries that a Linux system lacks: found, named as packages, put in one line."""

import pytest

from prepare import system_libraries
from prepare.system_libraries import (
    DRAWING,
    SCREEN,
    apt_line,
    bring,
    missing_before_qt,
    not_found,
    package_of,
    packages_of,
)
from prepare.troubles import SetUpStopped

LISTING = """/opt/Qt/lib/libQt6WebEngineCore.so.6:
\tlinux-vdso.so.1 (0x00007ffd3b5f2000)
\tlibnss3.so => not found
\tlibgbm.so.1 => not found
\tlibX11.so.6 => /lib/x86_64-linux-gnu/libX11.so.6 (0x00007f0f1c000000)
/opt/Qt/libexec/QtWebEngineProcess:
\tlibnss3.so => not found
"""


def everything(packages: list[str]) -> set[str]:
    return {package for package in packages if not package.endswith("t64")}


def test_ldd_names_what_is_missing_each_once():
    assert not_found(LISTING) == ("libnss3.so", "libgbm.so.1")


def test_nothing_is_missing_where_all_is_found():
    assert not_found("\tlibX11.so.6 => /lib/libX11.so.6 (0x00007f0f1c000000)\n") == ()


def test_the_libraries_of_qt_are_in_these_packages_of_debian():
    packages = [package_of(library) for library in (*DRAWING, *SCREEN)]

    assert packages == [
        *("libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),
        *("libnss3", "libasound2", "libgbm1", "libxcb-dri3-0", "libxcomposite1", "libxdamage1"),
        *("libxfixes3", "libxrandr2", "libxtst6", "libxkbfile1"),
        *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1"),
        *("libxkbcommon-x11-0", "libx11-xcb1"),
    ]


def test_one_package_is_named_once_for_all_its_libraries():
    assert packages_of(["libnss3.so", "libsmime3.so"], everything) == ["libnss3"]


def test_a_renamed_package_goes_by_its_new_name_where_there_is_one():
    def ubuntu_24(packages: list[str]) -> set[str]:
        renamed = {"libasound2t64", "libglib2.0-0t64"}
        return {name for name in packages if name in renamed or name == "libnss3"}

    libraries = ["libasound.so.2", "libglib-2.0.so.0", "libnss3.so"]

    assert packages_of(libraries, ubuntu_24) == ["libasound2t64", "libglib2.0-0t64", "libnss3"]


def test_a_package_that_apt_does_not_know_is_left_out():
    assert packages_of(["libnss3.so", "libnovel.so.1"], lambda _: {"libnss3"}) == ["libnss3"]


def test_all_are_named_while_apt_has_no_lists_yet():
    assert packages_of(["libnss3.so", "libgbm.so.1"], lambda _: set()) == ["libnss3", "libgbm1"]


def test_the_line_to_type_holds_the_missing_packages_alone():
    assert apt_line(["libnss3", "libgbm1"]) == (
        "sudo apt-get update && sudo apt-get install --no-install-recommends libnss3 libgbm1"
    )


def test_a_library_that_no_loader_knows_is_reported_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system_libraries, "DRAWING", ("libnovel.so.7",))

    assert missing_before_qt(with_screen=False) == ("libnovel.so.7",)


def test_who_is_not_root_gets_the_line_and_nothing_is_installed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system_libraries, "is_root", lambda: False)
    monkeypatch.setattr(system_libraries, "is_debian_like", lambda: True)
    monkeypatch.setattr(system_libraries, "known_to_apt", everything)

    with pytest.raises(SetUpStopped, match="--no-install-recommends libgbm1"):
        bring(lambda: ("libgbm.so.1",))


def test_root_has_them_installed_and_looked_for_again(monkeypatch: pytest.MonkeyPatch):
    installed: list[str] = []
    monkeypatch.setattr(system_libraries, "is_root", lambda: True)
    monkeypatch.setattr(system_libraries, "is_debian_like", lambda: True)
    monkeypatch.setattr(system_libraries, "known_to_apt", everything)
    monkeypatch.setattr(
        system_libraries, "install_with_apt", lambda names: installed.extend(names())
    )

    bring(lambda: () if installed else ("libgbm.so.1",))

    assert installed == ["libgbm1"]


def test_what_is_still_missing_after_the_installation_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system_libraries, "is_root", lambda: True)
    monkeypatch.setattr(system_libraries, "is_debian_like", lambda: True)
    monkeypatch.setattr(system_libraries, "known_to_apt", everything)
    monkeypatch.setattr(system_libraries, "install_with_apt", lambda _: None)

    with pytest.raises(SetUpStopped, match=r"libgbm\.so\.1"):
        bring(lambda: ("libgbm.so.1",))
