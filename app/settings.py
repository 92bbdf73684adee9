"""This workstation's settings: typed, described once, kept in a TOML file of the user's."""

import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

from app.i18n import N_


@dataclass(frozen=True, slots=True)
class Settings:
    """What one workstation prefers; every field has a label, a help and its choices."""

    language: str = field(
        default="",
        metadata={
            "label": N_("Language"),
            "help": N_("Empty: the system's language, French first."),
            "choices": ("", "fr", "en"),
        },
    )
    theme: str = field(
        default="system",
        metadata={
            "label": N_("Theme"),
            "help": N_("Light, dark, or as the system says."),
            "choices": ("system", "light", "dark"),
        },
    )
    density: str = field(
        default="compact",
        metadata={
            "label": N_("Row height"),
            "help": N_("Compact shows more rows, comfortable is easier to hit."),
            "choices": ("compact", "comfortable"),
        },
    )
    single_keys: bool = field(
        default=True,
        metadata={
            "label": N_("Single-letter keys"),
            "help": N_("Letters act while a pane has the focus, such as P for Why."),
        },
    )
    animations: bool = field(
        default=True,
        metadata={
            "label": N_("Animations"),
            "help": N_("Short movements that show what went where."),
        },
    )
    online_geocoder: bool = field(
        default=False,
        metadata={
            "label": N_("Online geocoder"),
            "help": N_("Ask the French national address base for addresses; sends them out."),
        },
    )
    online_tiles: str = field(
        default="",
        metadata={
            "label": N_("Online map tiles"),
            "help": N_("Address of a tile server with {z}/{x}/{y}; empty: none is asked."),
        },
    )
    base_map: str = field(
        default="",
        metadata={
            "label": N_("Base map file"),
            "help": N_("A PMTiles or MBTiles file with roads and streets."),
        },
    )
    solve_seconds: int = field(
        default=20,
        metadata={
            "label": N_("Time to plan tours"),
            "help": N_("Seconds until planning stops by itself; Stop ends it sooner."),
            "minimum": 1,
            "maximum": 3600,
        },
    )


def settings_file() -> Path:
    """Where this workstation keeps its settings."""
    own = os.environ.get("REGIE_CONFIG")
    return Path(own) if own else user_config_path("regie", appauthor=False) / "settings.toml"


def default_workspace() -> Path:
    """The workspace folder when none is named."""
    return user_data_path("regie", appauthor=False) / "workspace"


def load_settings(file: Path | None = None) -> Settings:
    """The kept settings; whatever is missing or of the wrong kind takes its default."""
    try:
        with (file or settings_file()).open("rb") as stream:
            kept = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError):
        return Settings()
    good = {f.name: kept[f.name] for f in fields(Settings) if _fits(f, kept.get(f.name))}
    return replace(Settings(), **good)


def save_settings(settings: Settings, file: Path | None = None) -> None:
    """Keep the settings, whole or not at all."""
    target = file or settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{f.name} = {_toml(getattr(settings, f.name))}\n" for f in fields(Settings)]
    fresh = target.with_suffix(".tmp")
    fresh.write_text("".join(lines), encoding="utf-8")
    fresh.replace(target)


def _fits(described: Any, value: Any) -> bool:
    if type(value) is not described.type:
        return False
    choices = described.metadata.get("choices")
    if choices is not None and value not in choices:
        return False
    lowest, highest = described.metadata.get("minimum"), described.metadata.get("maximum")
    return lowest is None or lowest <= value <= highest


def _toml(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
