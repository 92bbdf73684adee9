"""Plug-ins: ours come through the same door, and a broken one harms nobody else."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.bookings import BookingFormat
from app.errors import EnvironmentProblem, UnknownSubject
from app.plugins import plugin, plugin_names
from app.wording import sentence

GROUP = "regie.booking_formats"

Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a stranger's distribution with one plug-in where Python finds it."""

    def put(name: str, module: str) -> None:
        (tmp_path / f"stranger_{name}.py").write_text(module, encoding="utf-8")
        info = tmp_path / f"stranger_{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Name: stranger-{name}\nVersion: 1.0\n", encoding="utf-8")
        entry = f"[{GROUP}]\n{name} = stranger_{name}:FORMAT\n"
        (info / "entry_points.txt").write_text(entry, encoding="utf-8")

    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return put


def test_our_own_formats_are_plug_ins_like_any_other():
    assert {"generic_csv", "generic_xlsx", "manifest_pdf"} <= set(plugin_names(GROUP))
    assert plugin(GROUP, "manifest_pdf", BookingFormat).extension == "pdf"


def test_a_strangers_format_is_found_beside_ours(install: Install):
    install(
        "plain",
        "from app.domain.bookings import BookingFormat\n"
        "FORMAT = BookingFormat('txt', lambda bookings, profile: b'x')\n",
    )

    assert "plain" in plugin_names(GROUP)
    assert plugin(GROUP, "plain", BookingFormat).extension == "txt"


@pytest.mark.parametrize("module", ["raise RuntimeError('no')", "FORMAT = 5", "nothing = 1"])
def test_a_broken_plug_in_harms_only_those_who_ask_for_it(install: Install, module: str):
    install("broken", module)

    assert plugin(GROUP, "generic_csv", BookingFormat).extension == "csv"
    with pytest.raises(EnvironmentProblem) as problem:
        plugin(GROUP, "broken", BookingFormat)
    assert problem.value.code == "broken_plugin"
    assert "broken" in sentence(problem.value.reason)


def test_a_name_that_nobody_registered_is_refused():
    with pytest.raises(UnknownSubject):
        plugin(GROUP, "telex", BookingFormat)
