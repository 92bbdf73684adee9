"""A morning's tours for pictures and tests: nine as a desk has them at 09:42, or a hundred."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.fleet import Energy, Vehicle
from app.domain.orders import Mode, Queue
from app.domain.tours import PlanState, Stop, StopKind, Tour, TourPlan
from app.domain.values import Load, Window
from app.ui.tours.lanes import Day, Lane, lanes_of
from db.queries.board import OrderRow
from tests.builders import LILLE, a_vehicle, an_order, at

ON = date(2026, 11, 24)
PARIS = ZoneInfo("Europe/Paris")
DAY = Day(ON, PARIS)
TIGHT_S = 600

#: Vehicle | energy | Crit'Air | driver | state | locked | kg of kg | leaves | stops | comes home.
#: A stop is `begin+minutes`, `~arrival` where it waits, `[from-to]` its window; `p` is the pause.
_MORNING = """
Fourgon élec. 01|electric|E|A. Lemaire|published||855/900|8:05|8:14+12 8:30+12 8:47+12 9:05+11 \
9:22+12 9:37+9 9:48+17[9-12] 10:30+11~10:09[10:30-12:30] p10:50+45 11:36+14[10-12] 12:00+10 \
12:18+16 12:44+15|13:14
Fourgon élec. 02|electric|E|S. Benali|published||765/900|7:50|7:57+15 8:19+11 8:36+14 8:55+13 \
9:13+11 9:29+10 9:44+12[9-12] 10:00+10 10:15+14 p10:29+45 11:14+15 11:36+14[11-13]|11:57
Fourgon GNV 03|cng|1|J. Dubois|validated||605/1100|10:10|10:17+12 10:38+13 10:56+9 11:10+11 \
11:31+12 11:47+9 12:15+15~11:58[12:15-14] p12:40+45 13:26+10[12-13:35] 13:40+16 14:01+13|14:25
Fourgon élec. 04|electric|E|M. Carpentier|draft||504/800|11:00|11:06+11[8-12] 11:21+15[8-12] \
11:46+10[9-12] 12:04+12[11-13] 12:26+12[11-13] 12:47+10[12-14] 13:05+15[12-14] \
13:27+17[12-14] p13:47+45 14:33+11[14-16] 15:00+12[14-17] 15:33+12[15-18]|15:50
Fourgon diesel 05|diesel|2|P. Nowak|published||744/1200|8:20|8:34+16 8:54+16 9:20+11 9:41+14 \
10:14+10~10:01[10:14-12] 10:29+13[10-12] 10:47+13 p11:06+45 11:51+14[10-11:55] 12:12+11 \
12:31+15|13:00
Fourgon GNV 06|cng|1|K. Haddad|published||869/1100|7:46|8:01+15 8:20+10 8:37+11 8:55+13 9:12+10 \
9:31+10 9:49+12 10:06+11 p10:23+45 11:09+14 11:32+10 11:52+10 12:08+14 12:30+15[12-14]|13:10
Vélo-cargo 07|cargo_bike|E|L. Masson|published||101/120|8:30|8:33+7 8:49+9 9:05+7 9:25+10 \
9:54+8 10:11+9 10:24+5[9-10:30] 10:34+5 10:42+9 10:57+8 11:15+7 11:27+7 11:38+7|12:00
Fourgon diesel 08|diesel|2|T. Delvaux|validated||732/1200|10:20|10:37+15 10:56+15[10-11:04] \
11:20+9 11:35+13 11:52+9 12:08+11 12:30+8 12:45+9 p13:01+45 13:47+12 14:05+15[12-13:59] \
14:34+9|15:13
Porteur 7,5 t 09|diesel|2|D. Marchand|draft|locked|1960/2800|11:30|11:45+21 12:10+23 12:39+22 \
13:09+20[11-13] 13:43+20 p14:08+45 14:54+25 15:27+20 15:54+22[14-16]|16:32
"""


def a_morning() -> tuple[TourPlan, list[Vehicle]]:
    """Nine tours and the vehicles they ride on, three more without one."""
    vehicles, tours = [], []
    for number, line in enumerate(_MORNING.strip().splitlines(), start=1):
        vehicle, tour = _tour(number, line.split("|"))
        vehicles.append(vehicle)
        tours.append(tour)
    idle = [
        _vehicle("VDA10", "Fourgon élec. 10", "electric", "E", 800, "N. Rossi"),
        _vehicle("LIC11", "Vélo-cargo 11", "cargo_bike", "E", 120, "E. Petit"),
        _vehicle("ARM12", "Fourgon diesel 12", "diesel", "2", 1200, "F. Leroy"),
    ]
    return TourPlan(ON, tuple(tours)), [*vehicles, *idle]


def morning_lanes(**but: Any) -> tuple[Lane, ...]:
    """The nine tours as lanes, those without a tour after them."""
    plan, vehicles = a_morning()
    return lanes_of(plan, vehicles, DAY, tight_slack_s=TIGHT_S, **but)


def rows_of(plan: TourPlan) -> dict[str, OrderRow]:
    """A row of the board for every order on the tours."""
    people = ("Delattre, Claire", "Bouchet, Inès", "Garcia, Paul", "SARL Atelier Nord")
    orders = [stop.order for tour in plan.tours for stop in tour.deliveries]
    return {code: _row(code, people[n % len(people)]) for n, code in enumerate(orders)}


def many_tours(tours: int = 100, stops: int = 20) -> tuple[TourPlan, list[Vehicle]]:
    """A large day: every tour has so many stops, from seven to about five."""
    plan, vehicles = [], []
    for number in range(1, tours + 1):
        begin = 7 * 60 + number % 90
        inside = " ".join(
            f"{_hm(begin + 12 + 26 * n)}+{8 + (n + number) % 9}[6-{_hm(begin + 32 + 30 * n)}]"
            for n in range(stops)
        )
        line = f"Fourgon {number:03}|electric|E|D. Dupont|published||500/800|{_hm(begin)}"
        vehicle, tour = _tour(number, [*line.split("|"), inside, _hm(begin + 40 + 26 * stops)])
        vehicles.append(vehicle)
        plan.append(tour)
    return TourPlan(ON, tuple(plan)), vehicles


def clock(text: str) -> datetime:
    """`9:42` of the day in Paris."""
    hour, _colon, minute = text.partition(":")
    return datetime.combine(ON, time(int(hour), int(minute or 0)), PARIS).astimezone(UTC)


def _hm(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _tour(number: int, cells: list[str]) -> tuple[Vehicle, Tour]:
    label, energy, critair, driver, state, locked, load, leaves, inside, home = cells
    carried, room = (int(part) for part in load.split("/"))
    vehicle = _vehicle(f"V{number:03}", label, energy, critair, room, driver)
    texts = inside.split()
    count = sum(not text.startswith("p") for text in texts)
    stops = [Stop(StopKind.DEPART, LILLE, *[clock(leaves)] * 3)]
    for place, text in enumerate(texts):
        share = carried * 1_000 // count
        before = stops[-1].departure
        stops.append(_stop(text, number, place, share, before))
    stops.append(Stop(StopKind.RETURN, LILLE, *[clock(home)] * 3, distance_m=2_400, drive_s=480))
    tour = Tour(
        code=f"{ON.isoformat()}-T{number}",
        number=number,
        on=ON,
        vehicle=vehicle.code,
        depot="LES",
        stops=tuple(stops),
        load=sum((stop.load for stop in stops), Load()),
        distance_m=2_700 * count,
        drive_s=480 * (count + 1),
        cost_cents=1_297 * count,
        co2e_g=36 * count if critair == "E" else 780 * count,
        state=PlanState(state),
        locked=bool(locked),
    )
    return vehicle, tour


def _stop(text: str, tour: int, place: int, weight_g: int, before: datetime) -> Stop:
    paused = text.startswith("p")
    times, _bracket, window = text.removeprefix("p").rstrip("]").partition("[")
    times, _wave, waits = times.partition("~")
    begin, _plus, minutes = times.partition("+")
    start = clock(begin)
    arrival = clock(waits) if waits else start
    end = start + timedelta(minutes=int(minutes))
    if paused:
        return Stop(StopKind.BREAK, LILLE, arrival, start, end)
    opens, _dash, closes = window.partition("-")
    code = f"48{tour:02}{place:02}"
    return Stop(
        StopKind.DELIVERY,
        LILLE,
        arrival,
        start,
        end,
        order=code,
        shipment=f"{code}-1",
        window=Window(clock(opens), clock(closes)) if window else None,
        load=Load(weight_g, weight_g * 6, 2),
        distance_m=2_600,
        drive_s=max(0, int((arrival - before).total_seconds())),
    )


def _vehicle(
    code: str, label: str, energy: str, critair: str, room_kg: int, driver: str
) -> Vehicle:
    return a_vehicle(
        code,
        "LES",
        label=label,
        energy=Energy(energy),
        critair=critair,
        capacity=Load(room_kg * 1_000, room_kg * 10_000, 80),
        driver=driver,
    )


def _row(code: str, customer: str) -> OrderRow:
    order = replace(an_order(code), customer=customer)
    return OrderRow(
        code,
        customer,
        "59130",
        "Lambersart",
        Mode.HOME_DELIVERY,
        Queue.PLANNED,
        Window(clock("8"), clock("20")),
        promised=False,
        due_at=clock("20"),
        pieces=1,
        load=Load(1_000, 2_000, 1),
        place=at(LILLE),
        shipments=(),
        order=order,
    )
