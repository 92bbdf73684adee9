"""How the moves of a gentle re-optimisation are told: which stops go where, and what it gains."""

from app import formats
from app.i18n import _, n_
from app.planning.tours.consequences import Figures
from app.planning.tours.gentle import GentleMove, Moved, Suggestion


def in_a_line(move: GentleMove) -> str:
    """`480112 from T3 to T5: −4,20 €, −3,1 km, −0,9 kg CO₂e`."""
    needs = ", ".join(formats.number(number + 1) for number in sorted(move.needs))
    line = _("{number}. {stops}: {gain}").format(
        number=formats.number(move.number + 1), stops=ways(move), gain=gain(move.change)
    )
    return _("{line} (with {needs})").format(line=line, needs=needs) if needs else line


def ways(move: GentleMove) -> str:
    """Which stops go from which tour to which."""
    together: dict[tuple[str, str], list[Moved]] = {}
    for one in move.moved:
        together.setdefault((one.tour, one.to), []).append(one)
    return "; ".join(_way(tour, to, moved) for (tour, to), moved in together.items())


def _way(tour: str, to: str, moved: list[Moved]) -> str:
    orders = ", ".join(dict.fromkeys(formats.order_number(one.order) for one in moved))
    if tour == to:
        return _("{orders} elsewhere in {tour}").format(orders=orders, tour=_number(tour))
    text = _("{orders} from {tour} to {to}")
    return text.format(orders=orders, tour=_number(tour), to=_number(to))


def gain(change: Figures) -> str:
    """What it changes, with a sign: money, way, carbon, and lateness where there is any."""
    said = [
        formats.change(formats.money, change.cost_cents),
        formats.change(formats.distance, change.distance_m),
        formats.change(formats.emissions, change.co2e_g),
    ]
    if change.late_s:
        late = formats.change(formats.duration, change.late_s)
        said.append(_("{time} late").format(time=late))
    return " · ".join(said)


def total(suggestion: Suggestion, ticked: frozenset[int]) -> str:
    """What all that is ticked changes together."""
    stops = sum(len(suggestion.moves[number].moved) for number in ticked)
    count = n_("{count} stop moves", "{count} stops move", stops)
    said = count.format(count=formats.number(stops))
    return f"{said} · {gain(suggestion.change(ticked))}"


def _number(tour: str) -> str:
    """A tour's number alone, as people call it."""
    return tour.rpartition("-")[2]
