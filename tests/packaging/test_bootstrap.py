"""Set-up: who may start it, what is still due, what is missing, and how troubles are said."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import bootstrap
import pytest

from prepare import application, machine, steps, web_assets
from prepare.commands import main
from prepare.layout import PACKAGING, ROOT, clean_environment
from prepare.stamp import Stamp, Step, fingerprint_of_files
from prepare.steps import Purpose, steps_for
from prepare.troubles import ToolFailed, explain, explain_os_error


def a_step(**changes: object) -> Step:
    given = {"name": "web", "says": "Fetching", "inputs": "a", "outputs": (), "work": lambda: None}
    return Step(**{**given, **changes})  # type: ignore[arg-type]


def names_of(purpose: Purpose) -> list[str]:
    return [step.name for step in steps_for(purpose)]


# which Python


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10), (3, 15)])
def test_another_python_is_refused_with_the_names_of_those_that_fit(
    version: tuple[int, int], tmp_path: Path
):
    pretend = (
        f"import runpy, sys; sys.version_info = {(*version, 1, 'final', 0)!r}; "
        f"runpy.run_path({str(PACKAGING / 'bootstrap.py')!r}, run_name='__main__')"
    )

    done = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, check=False, text=True, cwd=tmp_path
    )

    assert done.returncode == 4
    assert f"This is Python {version[0]}.{version[1]}" in done.stderr
    assert "3.11, 3.12, 3.13, 3.14" in done.stderr
    assert "Traceback" not in done.stderr


def test_even_python_2_can_read_the_refusal():
    source = (PACKAGING / "bootstrap.py").read_bytes()

    assert source.isascii()  # Python 2 takes a file for ASCII
    code = source.decode().split('"""', 2)[2]
    assert not re.search(r"\bf\"|:=|->|\bprint\(|\bmatch ", code)


def test_every_accepted_python_is_one_that_the_project_accepts_and_ci_looks_for():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    for major, minor in bootstrap.ACCEPTED:
        assert f"python{major}.{minor}" in ci
    assert "(3, 11) <= sys.version_info[:2] <= (3, 14)" in ci
    assert (bootstrap.ACCEPTED[0], bootstrap.ACCEPTED[-1]) == ((3, 11), (3, 14))


def test_set_up_leans_on_the_standard_library_alone(tmp_path: Path):
    look = (
        "import sys; sys.path.insert(0, sys.argv[1]); import prepare.commands; "
        "own = {'prepare', '__main__'}; "
        "print({name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names) - own)"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", look, str(PACKAGING)],
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.stdout.strip() == "set()", done.stderr


# what is due


def test_a_step_done_with_the_same_inputs_is_not_done_again(tmp_path: Path):
    output = tmp_path / "leaflet.js"
    output.touch()

    assert not Stamp({"web": "a"}).is_due(a_step(outputs=(output,)))


@pytest.mark.parametrize("done", [{}, {"web": "b"}, {"geo": "a"}])
def test_a_step_never_done_or_done_with_other_inputs_is_due(done: dict[str, str]):
    assert Stamp(done).is_due(a_step())


def test_a_step_whose_output_is_gone_is_due(tmp_path: Path):
    assert Stamp({"web": "a"}).is_due(a_step(outputs=(tmp_path / "leaflet.js",)))


def test_the_fingerprint_follows_contents_and_names_but_not_the_order(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    before = fingerprint_of_files([one, two])

    assert fingerprint_of_files([two, one]) == before
    assert fingerprint_of_files([one]) != before
    assert fingerprint_of_files([one, two], "3.12") != before
    two.write_text("3")
    assert fingerprint_of_files([one, two]) != before


def test_a_stamp_survives_the_next_start_and_not_a_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from prepare import stamp

    monkeypatch.setattr(stamp, "_FILE", tmp_path / "regie-setup.json")
    Stamp({}).record(a_step())

    assert stamp.read_stamp().done == {"web": "a"}
    assert not stamp.moved_here()
    monkeypatch.setattr(stamp, "ROOT", tmp_path / "elsewhere")
    assert stamp.read_stamp().done == {}
    assert stamp.moved_here()


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", '{"made_for": 1}', '{"made_for": "x", "done": 3}']
)
def test_a_damaged_stamp_counts_as_none(
    damaged: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from prepare import stamp

    monkeypatch.setattr(stamp, "_FILE", tmp_path / "regie-setup.json")
    (tmp_path / "regie-setup.json").write_text(damaged)

    assert stamp.read_stamp().done == {}


def test_tests_get_all_that_running_gets_and_their_tools_besides():
    running = names_of(Purpose(with_screen=False, starts_qt=True))
    testing = names_of(Purpose(with_screen=False, starts_qt=True, for_tests=True))

    assert set(testing) - set(running) <= {"tools", "browser"}
    assert running == [name for name in testing if name in running]
    assert {"packages", "project", "web", "vendor", "geo", "catalogues"} <= set(running)


def test_only_what_does_not_start_qt_goes_on_without_its_libraries():
    def is_required(*, starts_qt: bool) -> bool:
        found = steps_for(Purpose(with_screen=True, starts_qt=starts_qt))
        return all(step.required for step in found)

    assert is_required(starts_qt=True)
    assert is_required(starts_qt=False) is (sys.platform != "linux")


def test_a_step_that_may_fail_is_told_and_tried_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from prepare import stamp

    monkeypatch.setattr(stamp, "_FILE", tmp_path / "regie-setup.json")

    def fail() -> None:
        raise ToolFailed("apt-get", "E: nothing to be had")

    done = Stamp({})
    steps._do(a_step(work=fail, required=False), done)

    assert done.is_due(a_step())
    assert "nothing to be had" in capsys.readouterr().err


# the machine


def test_a_folder_that_may_not_be_written_to_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(**_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(machine.tempfile, "TemporaryFile", refuse)

    with pytest.raises(machine.SetUpStopped, match=r"may not be written to\. Copy Régie"):
        machine.check_writable()


def test_a_full_disk_is_refused_before_the_downloads(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machine, "SPACE_FOR_EVERYTHING_MB", 10**12)

    with pytest.raises(machine.SetUpStopped, match=r"has \d+ MB left; set-up needs"):
        machine.check_space()


def test_a_display_is_what_x11_or_wayland_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "linux")

    assert machine.has_display({"DISPLAY": ":0"})
    assert machine.has_display({"WAYLAND_DISPLAY": "wayland-0"})
    assert not machine.has_display({"DISPLAY": ""})


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_display(platform: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", platform)

    assert machine.has_display({})


# troubles


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("NewConnectionError: Temporary failure in name resolution", "Check the network"),
        ("npm error code EAI_AGAIN", "Check the network"),
        ("E: Failed to fetch the index  Temporary failure resolving", "Check the network"),
        ("SSLError(CERTIFICATE_VERIFY_FAILED)", "certificates"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("npm error ENOSPC", "The disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one in the lock file"),
        ("npm error code EINTEGRITY", "not the one in the lock file"),
        ("ERROR: No matching distribution found for pyvrp==0.14.1", "no ready-made pyvrp==0.14.1"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "may not write"),
        ("something else\nwent wrong", "something else\n  went wrong"),
    ],
)
def test_the_last_words_of_a_tool_become_a_sentence(output: str, said: str):
    assert said in explain("pip", output)


def test_no_network_is_not_taken_for_a_package_that_does_not_exist():
    output = "Retrying after NewConnectionError\nERROR: No matching distribution found for absl-py"

    assert "Check the network" in explain("pip", output)


def test_only_what_failed_while_fetching_leaves_the_packages_whole():
    assert ToolFailed("pip", "Max retries exceeded").while_fetching
    assert ToolFailed("pip", "DO NOT MATCH THE HASHES").while_fetching
    assert not ToolFailed("pip", "No space left on device").while_fetching


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "may not be changed"),
        (errno.EIO, "The system answered"),
    ],
)
def test_what_the_system_refuses_becomes_a_sentence(number: int, said: str):
    assert said in explain_os_error(OSError(number, os.strerror(number), "some/file"))


@pytest.mark.parametrize(
    ("trouble", "status", "said"),
    [
        (ToolFailed("npm", "ENOTFOUND"), 4, "npm could not reach"),
        (OSError(errno.ENOSPC, "full"), 4, "The disk is full"),
        (KeyboardInterrupt(), 130, "Start again to go on"),
    ],
)
def test_every_trouble_ends_in_a_sentence_and_a_status(
    trouble: BaseException,
    status: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    def fail(_purpose: Purpose) -> None:
        raise trouble

    monkeypatch.setattr("prepare.commands.make_ready", fail)

    assert main(["setup"]) == status
    assert said in capsys.readouterr().err


# commands


@pytest.mark.parametrize("words", [[], ["fly"], ["setup", "now"]])
def test_an_unknown_command_is_answered_with_the_known_ones(
    words: list[str], capsys: pytest.CaptureFixture[str]
):
    assert main(words) == 2
    assert "run WORDS" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]):
    assert main(["--help"]) == 0
    assert re.findall(r"^  (\w+)", capsys.readouterr().out, re.MULTILINE) == [
        *("setup", "run", "run", "test", "lock")
    ]


def test_without_a_display_qt_draws_nowhere(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISPLAY", ":0")

    hidden = application.environment(with_window=False)

    assert hidden["QT_QPA_PLATFORM"] == "offscreen"
    assert "DISPLAY" not in hidden


@pytest.mark.parametrize("root", [True, False])
def test_the_sandbox_is_left_only_by_root(root: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr(application, "is_root", lambda: root)

    assert ("QTWEBENGINE_DISABLE_SANDBOX" in application.environment()) is root


def test_a_bare_environment_gets_utf_8_and_another_keeps_its_language(
    monkeypatch: pytest.MonkeyPatch,
):
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert clean_environment()["LANG"] == "C.UTF-8"

    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert clean_environment()["LANG"] == "fr_FR.UTF-8"


def test_what_would_install_elsewhere_is_kept_from_the_tools(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")

    assert not {"PIP_TARGET", "PYTHONPATH"} & clean_environment().keys()


# web assets


def test_the_files_of_the_map_lie_where_the_page_looks_for_them():
    assert [
        file.relative_to(web_assets.VENDOR).as_posix() for file in web_assets.vendor_files()
    ] == [
        "leaflet/leaflet.js",
        "leaflet/leaflet.css",
        "protomaps-leaflet/protomaps-leaflet.js",
    ]


def test_a_bundle_comes_with_the_licences_of_all_that_it_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    modules, vendor = tmp_path / "node_modules", tmp_path / "vendor"
    for name, needs in (("map", '{"tiles": "1", "@types/tiles": "1"}'), ("tiles", "{}")):
        (modules / name / "dist").mkdir(parents=True)
        (modules / name / "dist" / f"{name}.js").write_text("script")
        (modules / name / "LICENSE").write_text(f"Licence of {name}")
        (modules / name / "package.json").write_text(
            f'{{"version": "1.0", "license": "MIT", "dependencies": {needs}}}'
        )
    monkeypatch.setattr(web_assets, "NODE_MODULES", modules)
    monkeypatch.setattr(web_assets, "VENDOR", vendor)
    monkeypatch.setattr(web_assets, "NEEDED_FILES", {"map": ("dist/map.js",)})

    web_assets.copy_vendor()

    assert (vendor / "map" / "map.js").read_text() == "script"
    licences = (vendor / "map" / "LICENSE.txt").read_text(encoding="utf-8")
    assert "map 1.0 (MIT)" in licences
    assert "Licence of map" in licences
    assert "Licence of tiles" in licences
