"""What driving times are reckoned from: a line a source, in the order in which it is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app import formats
from app.i18n import N_, _
from app.operations.roads import RoadKind, road_sources, travel_times
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Mark, Run, Words, words
from app.ui.widgets.rows import Column
from app.workspace import Workspace

_KINDS = {RoadKind.PAIRS: N_("measured times"), RoadKind.EXTRACT: N_("OpenStreetMap roads")}
_ICONS = {RoadKind.PAIRS: Icon.TIME, RoadKind.EXTRACT: Icon.TOUR}


@dataclass(frozen=True, slots=True)
class RoadLine:
    """A source of driving times; without `kind` the reckoning by coordinates, which stays."""

    place: int
    name: str
    kind: RoadKind | None = None
    size_bytes: int = 0
    added: datetime | None = None


@dataclass(frozen=True, slots=True)
class Roads:
    """Every source in turn, and how tours planned now would be reckoned."""

    lines: tuple[RoadLine, ...]
    method: str


def roads_of(workspace: Workspace) -> Roads:
    """What a workspace reckons driving times from."""
    lines = [
        RoadLine(
            place,
            source.name,
            source.kind,
            source.file.stat().st_size,
            datetime.fromtimestamp(source.stamp / 1e9, UTC),
        )
        for place, source in enumerate(road_sources(workspace), start=1)
    ]
    lines.append(RoadLine(len(lines) + 1, ""))
    return Roads(tuple(lines), travel_times(workspace).note)


def road_columns(zone: Callable[[], ZoneInfo]) -> list[Column[RoadLine]]:
    """What a source is, how large, and since when it is there."""
    return [
        Column(
            name="kind",
            title="",
            text=_kind,
            look=lambda line: Mark(_ICONS[line.kind] if line.kind else Icon.MAP),
            align=Align.CENTRE,
            width=28,
        ),
        Column(
            name="name",
            title=N_("Source"),
            text=lambda line: line.name or _("coordinates"),
            look=lambda line: Words((Run(line.name or _("coordinates"), strong=bool(line.kind)),)),
            width=220,
            least=120,
        ),
        Column(
            name="what",
            title=N_("What it is"),
            text=_kind,
            look=lambda line: words(_kind(line), "text2"),
            width=260,
            least=120,
            grows=True,
        ),
        Column(
            name="size",
            title=N_("MB"),
            text=lambda line: (
                formats.number(max(0.1, line.size_bytes / 1e6), 1) if line.kind else ""
            ),
            align=Align.RIGHT,
            width=64,
            leaves=2,
        ),
        Column(
            name="added",
            title=N_("Taken in"),
            text=lambda line: formats.short_moment(line.added, zone()) if line.added else "",
            align=Align.RIGHT,
            width=120,
            leaves=1,
        ),
    ]


def _kind(line: RoadLine) -> str:
    if line.kind is None:
        return _("distance as the crow flies, lengthened as roads are there; fills every gap")
    return _(_KINDS[line.kind])


def _megabytes(line: RoadLine) -> str:
    return formats.number(max(0.1, line.size_bytes / 1e6), 1) if line.kind else ""
