"""What the list of zones says of each: whether it holds that day, for whom, and what it costs."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from app import formats
from app.i18n import N_, _
from app.planning.tours.zone_effects import ZoneEffect
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Badge, Look, Run, Words, figure
from app.ui.widgets.rows import Column
from app.wording.zones import closed_when, since_until, who

Day = Callable[[], date]


def zone_columns(zone: Callable[[], ZoneInfo], day: Day) -> list[Column[ZoneEffect]]:
    """One line a phase of a zone; what does not hold that day steps back."""
    return [
        Column(
            name="state",
            title=N_("State"),
            text=lambda effect: state(effect, day()),
            look=lambda effect: _state_look(effect, day()),
            width=116,
            least=92,
        ),
        Column(
            name="zone",
            title=N_("Zone"),
            text=lambda effect: effect.zone.name,
            look=lambda effect: Words(
                (
                    Run(effect.zone.name, _tone(effect), strong=True),
                    Run(effect.zone.code if effect.zone.label else "", "text3", drops=True),
                )
            ),
            tooltip=lambda effect: effect.zone.key.rstrip("/"),
            width=230,
            least=120,
            grows=True,
        ),
        Column(
            name="when",
            title=N_("In law"),
            text=lambda effect: since_until(effect.zone),
            look=lambda effect: Words((Run(since_until(effect.zone), "text2"),)),
            sort=lambda effect: effect.zone.valid_from or date.min,
            width=176,
            least=110,
            leaves=2,
        ),
        Column(
            name="who",
            title=N_("Kept out"),
            text=_who,
            look=lambda effect: Words((Run(_who(effect), _tone(effect)),)),
            tooltip=lambda effect: bans_in_words(effect, zone()),
            width=230,
            least=110,
            leaves=1,
        ),
        _count("vehicles", N_("Vehicles"), N_("Ours that are kept out for some of that day")),
        _count("stops", N_("Stops"), N_("Doors inside to which we deliver that day")),
        _count(
            "unreachable",
            N_("Out of reach"),
            N_("Shipments that no vehicle of their node may bring all day long"),
        ),
    ]


def state(effect: ZoneEffect, day: date) -> str:
    """Whether a zone holds on a day, and why not."""
    zone = effect.zone
    if not zone.active:
        return _("turned off")
    if effect.in_force:
        return _("in force")
    ended = zone.valid_to is not None and zone.valid_to < day
    return _("ended") if ended else _("to come")


def bans_in_words(effect: ZoneEffect, zone: ZoneInfo) -> str:
    """Each ban with its hours on that day, a line each."""
    return "\n".join(f"{who(ban.ban)}: {closed_when(ban, zone)}" for ban in effect.bans)


def _state_look(effect: ZoneEffect, day: date) -> Look:
    said = state(effect, day)
    if effect.in_force:
        return Badge(said, "warn", Icon.LOCKED)
    return Badge(said, "offline")


def _who(effect: ZoneEffect) -> str:
    return ", ".join(who(ban.ban) for ban in effect.bans)


def _tone(effect: ZoneEffect) -> str:
    return "text1" if effect.in_force else "text3"


def _counted(effect: ZoneEffect, name: str) -> int:
    value = getattr(effect, name)
    return value if isinstance(value, int) else len(value)


def _count(name: str, title: str, hint: str) -> Column[ZoneEffect]:
    def look(effect: ZoneEffect) -> Look:
        count = _counted(effect, name)
        if not count or not effect.in_force:
            return figure(formats.number(count), "text3")
        tone = "danger" if name == "unreachable" else "text1"
        return figure(formats.number(count), tone, strong=name == "unreachable")

    return Column(
        name=name,
        title=title,
        hint=hint,
        text=lambda effect: formats.number(_counted(effect, name)),
        look=look,
        sort=lambda effect: _counted(effect, name),
        align=Align.RIGHT,
        width=84 if name == "unreachable" else 68,
    )
